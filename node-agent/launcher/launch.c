/*
 * launch: PID 1 of a guest's container. It asks the node agent how to run the VMM, runs it, and ends with its status.
 *
 * Frame, both ways: u8 type, three zero bytes, u32 little-endian payload length (at most 256 KiB), payload.
 * A list is a run of NUL-terminated strings.
 *   to the agent:    A arguments  E environment  D resolv.conf  F files below $SKETE_FILES, if it is set;
 *                    then L launch me | P I run already: VMM's pid; later S VMM's pid, once it runs; Q exit status, once it ended
 *   from the agent:  V VMM's arguments  E its environment  X 256 exit statuses; or R refusal
 * Pids are those of the container's own PID namespace.
 *
 * No privilege, no allocation: all buffers are static, and their untouched pages cost nothing.
 * Every signal stays blocked and is read from a descriptor in the one loop below, so none can race the VMM's start or end.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef SOCKET_PATH
#define SOCKET_PATH "/skete/run/agent.sock"
#endif

enum { HEADER = 8, LIMIT = 256 * 1024, RESOLV_LIMIT = 4096, PID_DIGITS = 16 };
/* One file more is listed than may be used, so that the agent sees that there are too many. */
enum { FILES_LIMIT = 256 + 1, FILES_DEPTH = 8, FILES_VISITS = 4096 };
enum { EXIT_PROTOCOL = 124, EXIT_REFUSED = 125, EXIT_NOT_STARTED = 126, EXIT_STOPPED = 128 + SIGTERM };
/* Milliseconds. A guest starts faster the sooner we see the agent; a running one is in no hurry. */
enum { EAGER = 50, EAGER_UNTIL = 1000, PATIENT = 100, RUNNING = 1000, HINT_AFTER = 2000, FAREWELL = 200 };

static char out[3 * (HEADER + LIMIT) + HEADER + RESOLV_LIMIT + 3 * (HEADER + PID_DIGITS)]; /* A E D F, then of L P S Q at most three */
static size_t request_length, out_length, out_sent;                                          /* the request is A E D F: the same each time */
static char in[3 * (HEADER + LIMIT)];                                                        /* V E X is the most that is ever held */
static size_t in_length;
static char *vmm_argv[LIMIT + 1], *vmm_env[LIMIT + 1];
static unsigned char exit_map[256];

static sigset_t inherited_mask;
static int agent = -1; /* the connection, or -1 */
static pid_t vmm;      /* 0 until it runs */
static bool stopping;  /* we told the VMM to stop */
static int64_t started, retry_at;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

_Noreturn static void protocol_error(const char *what) {
  dprintf(STDERR_FILENO, "skete: node agent and launcher do not understand each other: %s\n", what);
  exit(EXIT_PROTOCOL);
}

/* ---- to the agent ---- */

static void put_header(char *at, char type, size_t length) {
  const char header[HEADER] = {type, 0, 0, 0, (char)length, (char)(length >> 8), (char)(length >> 16), (char)(length >> 24)};
  memcpy(at, header, HEADER);
}

static void queue_number(char type, int number) {
  const int length = snprintf(out + out_length + HEADER, PID_DIGITS, "%d", number);
  put_header(out + out_length, type, (size_t)length);
  out_length += HEADER + (size_t)length;
}

_Noreturn static void too_long(const char *name) {
  dprintf(STDERR_FILENO, "skete: the guest's %s take more than %d bytes (256 KiB), which is the limit\n", name, LIMIT);
  exit(EXIT_PROTOCOL);
}

static void queue_list(char type, char **list, const char *name) {
  size_t length = 0;
  for (char **s = list; *s; s++) {
    const size_t size = strlen(*s) + 1;
    if (size > LIMIT - length) too_long(name);
    memcpy(out + out_length + HEADER + length, *s, size);
    length += size;
  }
  put_header(out + out_length, type, length);
  out_length += HEADER + length;
}

static void queue_resolv_conf(void) {
  char *text = out + out_length + HEADER;
  size_t length = 0;
  const int fd = open("/etc/resolv.conf", O_RDONLY | O_CLOEXEC);
  for (ssize_t n; fd >= 0 && length < RESOLV_LIMIT && (n = read(fd, text + length, RESOLV_LIMIT - length)) > 0;) length += (size_t)n;
  if (fd >= 0) close(fd);
  if (length == RESOLV_LIMIT) /* cut at a line's end: half an address would be a wrong address */
    while (length > 0 && text[length - 1] != '\n') length--;
  put_header(out + out_length, 'D', length);
  out_length += HEADER + length;
}

/*
 * Appends the files below a directory to the list at `end`, each with its path from $SKETE_FILES on; returns the list's new end. Links are
 * followed, because the kubelet lays a volume's files out as links; names that begin with ".." are its own. Circles end at the depth limit.
 */
static size_t list_directory(int directory, char *path, size_t path_length, int depth, size_t end) {
  static int files, visits;
  _Alignas(struct dirent) char entries[4096]; /* not readdir(), which allocates */
  for (long n; (n = syscall(SYS_getdents64, directory, entries, sizeof entries)) > 0;) {
    const struct dirent *entry;
    for (long at = 0; at < n; at += entry->d_reclen) {
      entry = (const struct dirent *)(const void *)(entries + at);
      const size_t length = path_length + strlen(entry->d_name);
      struct stat status;
      if (files == FILES_LIMIT || visits++ == FILES_VISITS) return end;
      if (strncmp(entry->d_name, "..", 2) == 0 || strcmp(entry->d_name, ".") == 0) continue;
      if (length + 2 > PATH_MAX || fstatat(directory, entry->d_name, &status, 0) < 0) continue;
      strcpy(path + path_length, entry->d_name);
      if (S_ISREG(status.st_mode)) {
        if (end + length + 1 > out_length + HEADER + LIMIT) too_long("files' names");
        memcpy(out + end, path, length + 1);
        end += length + 1;
        files++;
      } else if (S_ISDIR(status.st_mode) && depth < FILES_DEPTH) {
        const int below = openat(directory, entry->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        path[length] = '/';
        if (below >= 0) end = list_directory(below, path, length + 1, depth + 1, end);
        if (below >= 0) close(below);
      }
    }
  }
  return end;
}

static void queue_files(void) {
  static char path[PATH_MAX];
  const char *root = getenv("SKETE_FILES");
  if (!root) return;
  const int directory = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const size_t begin = out_length + HEADER, end = directory < 0 ? begin : list_directory(directory, path, 0, 0, begin);
  if (directory >= 0) close(directory);
  put_header(out + out_length, 'F', end - begin);
  out_length = end;
}

static void flush_out(void) {
  while (out_sent < out_length) {
    const ssize_t n = send(agent, out + out_sent, out_length - out_sent, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return;
    if (n < 0) out_sent = out_length; /* give up sending, but read on: a refusal may be waiting before the end of file */
    else out_sent += (size_t)n;
  }
}

static void disconnect(void) {
  if (agent >= 0) close(agent);
  agent = -1;
  retry_at = now() + (vmm ? RUNNING : now() - started < EAGER_UNTIL ? EAGER : PATIENT);
}

/* Never blocks: connecting to a Unix socket succeeds or fails at once, also when the agent's backlog is full. */
static void connect_to_agent(void) {
  static const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = SOCKET_PATH};
  _Static_assert(sizeof SOCKET_PATH <= sizeof address.sun_path, "SOCKET_PATH is too long");
  agent = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (agent < 0 || connect(agent, (const struct sockaddr *)&address, sizeof address) < 0) {
    disconnect();
    return;
  }
  in_length = out_sent = 0; /* what an earlier agent left half-said is void */
  out_length = request_length;
  if (vmm) queue_number('P', vmm);
  else put_header(out + out_length, 'L', 0), out_length += HEADER;
  flush_out();
}

/* ---- from the agent ---- */

/* Whether a whole frame lies at `at`. Its type and length are judged as soon as the header is there. */
static bool whole_frame(size_t at, const char *types, char **payload, size_t *length, const char **error) {
  if (in_length - at < HEADER) return false;
  const unsigned char *h = (const unsigned char *)in + at;
  *payload = in + at + HEADER;
  *length = h[4] | (size_t)h[5] << 8 | (size_t)h[6] << 16 | (size_t)h[7] << 24;
  if (h[0] == 0 || !strchr(types, h[0]) || h[1] || h[2] || h[3]) *error = "it sent a frame that is not expected here";
  else if (*length > LIMIT) *error = "it sent a frame over 262144 bytes (256 KiB)";
  return !*error && in_length - at - HEADER >= *length;
}

/* The agent quotes what users wrote; control bytes must not reach the terminal or fake lines in the log. */
static void print_refusal(char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    const unsigned char c = (unsigned char)text[i], next = i + 1 < length ? (unsigned char)text[i + 1] : 0;
    if (c < 0x20 || c == 0x7f) text[i] = '?';
    else if (c == 0xc2 && next >= 0x80 && next < 0xa0) text[i] = text[i + 1] = '?'; /* U+0080 to U+009F in UTF-8 */
  }
  dprintf(STDERR_FILENO, "skete: refused: %.*s\n", (int)length, text);
}

static void split_list(char *list, size_t length, char **strings) {
  if (length > 0 && list[length - 1] != 0) protocol_error("a list does not end with a NUL byte");
  for (char *s = list; s < list + length; s += strlen(s) + 1) *strings++ = s;
  *strings = NULL;
}

static void start_vmm(void) {
  posix_spawnattr_t attributes;
  sigset_t all;
  sigfillset(&all);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &inherited_mask);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  /* Returns once the program is executed or could not be, so there is no moment at which the VMM may still fail to start. */
  const int error = posix_spawn(&vmm, vmm_argv[0], NULL, &attributes, vmm_argv, vmm_env);
  if (error) {
    dprintf(STDERR_FILENO, "skete: cannot run %s: %s\n", vmm_argv[0], strerror(error));
    exit(EXIT_NOT_STARTED);
  }
  queue_number('S', vmm);
  flush_out();
}

/* Looks at the answer from its start each time, so it does not matter in what pieces it came. */
static void read_answer(void) {
  size_t at = 0, length;
  char *payload;
  const char *error = NULL;
  static const char *const expected[] = {"VR", "ER", "XR"};
  for (int i = 0; i < 3; i++, at += HEADER + length) {
    const bool whole = whole_frame(at, expected[i], &payload, &length, &error);
    if (error) protocol_error(error);
    if (!whole) return;
    if (in[at] == 'R') {
      print_refusal(payload, length);
      exit(EXIT_REFUSED);
    }
    if (in[at] == 'V') split_list(payload, length, vmm_argv);
    if (in[at] == 'V' && length == 0) protocol_error("the VMM's argument list is empty");
    if (in[at] == 'E') split_list(payload, length, vmm_env);
    if (in[at] == 'X' && length != sizeof exit_map) protocol_error("the exit map does not have 256 entries");
    if (in[at] == 'X') memcpy(exit_map, payload, sizeof exit_map);
  }
  start_vmm();
  in_length -= at;
  memmove(in, in + at, in_length);
}

/* A running VMM is never touched for what an agent says: a refusal is printed once, anything else ends the connection. */
static void read_while_running(void) {
  static bool printed;
  size_t length;
  char *payload;
  const char *error = NULL;
  const bool refused = whole_frame(0, "R", &payload, &length, &error);
  if (refused && !printed) print_refusal(payload, length);
  printed |= refused;
  if (refused || error) disconnect();
}

static void hear_agent(void) {
  /* There is always room: what is held is less than the three largest frames, or it would have been used. */
  const ssize_t n = recv(agent, in + in_length, sizeof in - in_length, 0);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (n <= 0) {
    disconnect();
    return;
  }
  in_length += (size_t)n;
  if (!vmm) read_answer();
  if (vmm) read_while_running();
}

/* ---- signals and the end ---- */

static void end_with(int status) {
  const int64_t deadline = now() + FAREWELL; /* the container's end must not wait for an agent that hangs */
  if (agent >= 0) queue_number('Q', status);
  while (agent >= 0) {
    flush_out();
    const int64_t left = deadline - now();
    struct pollfd writable = {.fd = agent, .events = POLLOUT};
    if (out_sent == out_length || left <= 0 || poll(&writable, 1, (int)left) <= 0) break;
  }
  exit(status);
}

/* Reaps every child there is: as PID 1 we inherit the orphans of the container. */
static void reap(void) {
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
    if (pid != vmm) continue;
    if (WIFSIGNALED(status)) end_with(128 + WTERMSIG(status));
    /* QEMU ends with 0 when it is told to stop, but a Job must not take a killed guest for a finished one. */
    end_with(stopping && WEXITSTATUS(status) == 0 ? EXIT_STOPPED : exit_map[WEXITSTATUS(status)]);
  }
}

static void hear_signal(int signals) {
  struct signalfd_siginfo info;
  while (read(signals, &info, sizeof info) == (ssize_t)sizeof info) {
    const int signal = (int)info.ssi_signo;
    const bool stop = signal == SIGTERM || signal == SIGINT || signal == SIGQUIT || signal == SIGHUP;
    if (signal == SIGCHLD) reap();
    else if (!vmm && stop) exit(EXIT_STOPPED);
    else if (vmm) kill(vmm, stop ? SIGTERM : signal); /* still ours: its pid is not reused before reap() */
    stopping |= stop;
  }
}

static int open_signals(void) {
  static const int heard[] = {SIGCHLD, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2};
  sigset_t all, read_here;
  sigfillset(&all);
  sigemptyset(&read_here);
  for (size_t i = 0; i < sizeof heard / sizeof *heard; i++) sigaddset(&read_here, heard[i]);
  sigprocmask(SIG_BLOCK, &all, &inherited_mask);
  signal(SIGCHLD, SIG_DFL); /* if it were inherited as ignored, the kernel would swallow the VMM's exit status */
  return signalfd(-1, &read_here, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int next_timeout(bool hinted) {
  int64_t at = agent < 0 ? retry_at : INT64_MAX;
  if (!vmm && !hinted && started + HINT_AFTER < at) at = started + HINT_AFTER;
  if (at == INT64_MAX) return -1;
  const int64_t left = at - now();
  return left > 0 ? (int)left : 0;
}

int main(int argc, char **argv) {
  const int signals = open_signals();
  if (signals < 0) {
    dprintf(STDERR_FILENO, "skete: cannot receive signals: %s\n", strerror(errno));
    return EXIT_NOT_STARTED;
  }
  queue_list('A', argc > 0 ? argv + 1 : argv, "arguments");
  queue_list('E', environ, "environment variables");
  queue_resolv_conf();
  queue_files();
  request_length = out_length;
  started = retry_at = now();
  for (bool hinted = false;;) {
    struct pollfd ready[] = {{.fd = signals, .events = POLLIN}, {.fd = agent, .events = POLLIN}};
    if (agent >= 0 && out_sent < out_length) ready[1].events |= POLLOUT;
    if (poll(ready, 2, next_timeout(hinted)) < 0) continue; /* only EINTR, by a debugger */
    hear_signal(signals); /* first: a stop that came before the answer wins */
    if (ready[1].revents & POLLOUT) flush_out();
    if (ready[1].revents & ~POLLOUT) hear_agent();
    if (!vmm && !hinted && now() - started >= HINT_AFTER) {
      dprintf(STDERR_FILENO, "skete: waiting for the node agent\n");
      hinted = true;
    }
    if (agent < 0 && now() >= retry_at) connect_to_agent();
  }
}
