/* Looks at what the VMM is about to load: see boot.h. */
#define _GNU_SOURCE
#include "boot.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char prefix[] = "SKETE_BOOT=";

char *take_boot_files(char **environment) {
  char *value = NULL, **kept = environment;
  for (char **entry = environment; *entry; entry++) {
    if (!value && strncmp(*entry, prefix, sizeof prefix - 1) == 0) value = *entry + sizeof prefix - 1;
    else *kept++ = *entry;
  }
  *kept = NULL;
  return value;
}

/* Links are followed, as the VMM will: they cannot lead out of the container. */
static const char *fault(const char *path, long long most) {
  struct stat file;
  if (stat(path, &file) < 0) return errno == ENOENT || errno == ENOTDIR ? "the image has no such file" : strerror(errno);
  if (S_ISDIR(file.st_mode)) return "it is a directory";
  if (S_ISFIFO(file.st_mode)) return "it is a FIFO, not a file";
  if (S_ISSOCK(file.st_mode)) return "it is a socket, not a file";
  if (!S_ISREG(file.st_mode)) return "it is a device, not a file";
  if (access(path, R_OK) < 0) return "the container's user may not read it";
  return file.st_size == 0 ? "it is empty" : file.st_size > most ? "it is too large" : NULL;
}

bool boot_files_are_good(char *files, char *why, size_t room) {
  for (char *file = files, *path, *next; file; file = next) {
    next = strchr(file, '\n');
    if (next) *next++ = 0;
    const long long most = strtoll(file, &path, 10);
    if (*path == ' ') path++;
    const char *const is = fault(path, most);
    if (is) snprintf(why, room, "cannot boot %s: %s", path, is);
    if (is) return false;
  }
  return true;
}
