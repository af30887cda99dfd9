/* Lists a guest's files: see files.h. */
#define _GNU_SOURCE
#include "files.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* One file more is listed than may be given, so that the agent sees that there are too many. */
enum { FILES = 256 + 1, DEPTH = 8, VISITS = 4096 };

static char *list, path[PATH_MAX];
static size_t list_length, list_room;
static int files, visits;

/*
 * Links are followed, because the kubelet lays a volume's files out as links; names that begin with ".." are its own. Links that form
 * circles end at the depth limit.
 */
static void add_directory(int directory, size_t path_length, int depth) {
  _Alignas(struct dirent) char entries[4096]; /* not readdir(), which allocates */
  const struct dirent *entry;
  for (long n; (n = syscall(SYS_getdents64, directory, entries, sizeof entries)) > 0;) {
    for (long at = 0; at < n; at += entry->d_reclen) {
      entry = (const struct dirent *)(const void *)(entries + at);
      const size_t length = path_length + strlen(entry->d_name);
      struct stat status;
      if (files == FILES || visits++ == VISITS || list_length > list_room) return;
      if (strncmp(entry->d_name, "..", 2) == 0 || strcmp(entry->d_name, ".") == 0) continue;
      if (length + 2 > PATH_MAX || fstatat(directory, entry->d_name, &status, 0) < 0) continue;
      memcpy(path + path_length, entry->d_name, length - path_length + 1);
      if (S_ISREG(status.st_mode)) {
        if (length < list_room - list_length) memcpy(list + list_length, path, length + 1);
        list_length += length + 1;
        files++;
      } else if (S_ISDIR(status.st_mode) && depth < DEPTH) {
        const int below = openat(directory, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        path[length] = '/';
        if (below >= 0) add_directory(below, length + 1, depth + 1);
        if (below >= 0) close(below);
      }
    }
  }
}

size_t list_files(const char *root, char *to, size_t room) {
  const int directory = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  list = to;
  list_room = room;
  if (directory >= 0) add_directory(directory, 0, 0);
  if (directory >= 0) close(directory);
  return list_length;
}
