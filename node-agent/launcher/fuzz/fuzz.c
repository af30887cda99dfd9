/*
 * fuzz frames|rules|console INPUTS FIRST_SEED: gives the launcher's readers of what others wrote so many random inputs, each made from a seed
 * of its own, which a failure names.
 *
 * The launcher's sources are part of this one, because what is to be tested is static; where they would ask the system for something that an
 * input must not do, they ask the functions below instead.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <sanitizer/common_interface_defs.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "../boot.c"
#include "../files.c"

/* ---- chance ---- */

static uint64_t seed, state;

static void check_failed(const char *what) {
  fprintf(stderr, "fuzz: %s\n", what);
  abort();
}
#define CHECK(condition) ((condition) ? (void)0 : check_failed(#condition))

static void name_seed(void) { fprintf(stderr, "fuzz: with seed %" PRIu64 "\n", seed); }
static void on_abort(int signal) {
  (void)signal;
  name_seed();
}

/* SplitMix64. */
static uint64_t chance(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}
static size_t below(size_t limit) { return (size_t)(chance() % limit); }
static bool one_in(size_t n) { return below(n) == 0; }

/* ---- the system, as the launcher sees it ---- */

enum { NO_FILE = 1 << 20 };

static jmp_buf ends;
static char *input;
static size_t input_length, input_at;
static char said[4096 + 256 * 1024];

_Noreturn static void end(int status) { longjmp(ends, status + 1); }

static int say(int fd, const char *format, ...) {
  va_list arguments;
  (void)fd;
  va_start(arguments, format);
  const int length = vsnprintf(said, sizeof said, format, arguments);
  va_end(arguments);
  return length;
}

/* Sometimes one, and sometimes what is no descriptor. */
static void give_descriptors(struct msghdr *message) {
  const int fd = NO_FILE;
  struct cmsghdr *const header = message->msg_control;
  if (!one_in(4)) {
    message->msg_controllen = 0;
    return;
  }
  *header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof fd), .cmsg_level = SOL_SOCKET, .cmsg_type = one_in(8) ? SCM_CREDENTIALS : SCM_RIGHTS};
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
}

static ssize_t give(int fd, struct msghdr *message, int flags) {
  void *const to = message->msg_iov->iov_base;
  const size_t room = message->msg_iov->iov_len;
  (void)fd, (void)flags;
  CHECK(room > 0);
  give_descriptors(message);
  size_t n = one_in(4) ? 1 + below(16) : room;
  if (n > input_length - input_at) n = input_length - input_at;
  if (n > room) n = room;
  memcpy(to, input + input_at, n);
  input_at += n;
  return (ssize_t)n;
}

static ssize_t take(int fd, const void *bytes, size_t length, int flags) {
  (void)fd, (void)bytes, (void)flags;
  return (ssize_t)length;
}

static int open_pipe(int pipe[2], int flags) {
  (void)flags;
  pipe[0] = pipe[1] = NO_FILE;
  return 0;
}

static int let_go(int fd) { return fd < 0; }

static size_t length_of(char *const *list) {
  size_t length = 0;
  for (; *list; list++) length += strlen(*list) + 1;
  return length;
}

static int spawn(pid_t *pid, const char *program, const void *actions, const void *attributes, char *const argv[], char *const environment[]) {
  (void)program, (void)actions, (void)attributes;
  CHECK(argv[0] != NULL);
  CHECK(length_of(argv) <= 256 * 1024 && length_of(environment) <= 256 * 1024);
  *pid = 2;
  return one_in(8) ? ENOENT : 0;
}

#define exit end
#define dprintf say
#define recvmsg give
#define send take
#define pipe2 open_pipe
#define fcntl(fd, ...) let_go(fd)
#define dup2(from, to) let_go(from)
#define close let_go
#define posix_spawn spawn
#define posix_spawn_file_actions_adddup2(actions, from, to) CHECK((from) == NO_FILE)
#define main launch_main
int launch_main(int argc, char **argv);
#include "../agent.c"
#include "../console.c"
#include "../launch.c"
#undef exit
#undef dprintf
#undef close
#undef main

/* ---- frames ---- */

static void put(const void *bytes, size_t length) {
  memcpy(input + input_length, bytes, length);
  input_length += length;
}

static void put_list(void) {
  static const char *const words[] = {"/bin/vmm", "", "exit status ", "LOST", "7", "300", "SKETE_BOOT=9 /\n1 /dev/null", "a=b", "\xc2\x9b\x1b[2J"};
  for (size_t left = below(6); left > 0; left--) {
    const char *const word = words[below(sizeof words / sizeof *words)];
    put(word, strlen(word) + 1);
  }
}

static void put_run(size_t length) {
  memset(input + input_length, one_in(2) ? 'a' : (int)below(256), length);
  input_length += length;
}

static void put_frame(char type) {
  char *const header = input + input_length;
  input_length += HEADER;
  if (type == 'X' && !one_in(8)) put_run(sizeof exit_map);
  else if (type == 'G' || type == 'K') input_length += (size_t)sprintf(input + input_length, "%d", (int)below(one_in(2) ? 300 : 100000000));
  else if (type == 'I' && !one_in(8)) input_length += 0;
  else if (one_in(1000)) put_run(LIMIT - below(3));
  else put_list();
  put_header(header, type, input + input_length - header - HEADER + (one_in(64) ? below(3) : 0));
}

/* What an agent may say, each frame perhaps, and then something changed in it. */
static void make_conversation(void) {
  static const char order[] = "IVEWGXRKRK";
  input_length = input_at = 0;
  for (const char *type = order; *type; type++)
    if (!one_in(*type == 'R' || *type == 'K' ? 2 : 6)) put_frame(one_in(40) ? order[below(sizeof order - 1)] : *type);
  for (size_t changes = one_in(2) ? 0 : 1 + below(4); changes > 0 && input_length > 0; changes--)
    input[below(one_in(2) && input_length > 64 ? 64 : input_length)] = (char)(one_in(2) ? below(256) : 0);
  if (one_in(4)) input_length = below(input_length + 1);
}

static void check_refusal(void) {
  const char *text = strstr(said, "refused: ");
  if (!text) return;
  for (; text[1]; text++) {
    const unsigned char c = (unsigned char)*text, next = (unsigned char)text[1];
    CHECK(c >= 0x20 && c != 0x7f && !(c == 0xc2 && next >= 0x80 && next < 0xa0));
  }
}

static void listen_to_agent(void) {
  const struct pollfd readable = {.revents = POLLIN};
  while (agent >= 0 && input_at < input_length && agent_move(&readable)) {
    if (!vmm) read_answer();
    if (vmm) read_while_running();
  }
}

static void forget_all(void) {
  agent = NO_FILE;
  in_length = out_length = out_sent = introduction_length = 0;
  running = vmm = doomed = grace = 0;
  descriptor = -1;
  from_vmm = -1;
  term_at = kill_at = INT64_MAX;
  *said = 0;
}

static void fuzz_frames(void) {
  forget_all();
  make_conversation();
  const int status = setjmp(ends) - 1;
  if (status < 0) listen_to_agent();
  CHECK(status < 0 || status == EXIT_PROTOCOL || status == EXIT_REFUSED || status == EXIT_NOT_STARTED);
  CHECK(doomed >= 0 && doomed <= 255);
  CHECK(!vmm || (grace >= 0 && grace <= GRACE_LIMIT));
  check_refusal();
}

/* ---- console rules ---- */

static void fuzz_rules(void) {
  input_length = input_at = 0;
  for (size_t left = below(one_in(8) ? 60 : 8); left > 0; left--) put_list();
  for (size_t changes = below(4); changes > 0 && input_length > 0; changes--) input[below(input_length)] = (char)below(256);
  if (one_in(8)) input_length = below(input_length + 1);
  char *const list = malloc(input_length); /* of just this size, so that one byte too far is seen */
  CHECK(list);
  memcpy(list, input, input_length);
  if (!console_rules(list, input_length)) {
    CHECK(failure_count <= FAILURES && (!exit_text || strlen(exit_text) <= TEXT_LIMIT));
    for (size_t i = 0; i < failure_count; i++) {
      CHECK(failures[i].status >= 1 && failures[i].status <= 255);
      CHECK(*failures[i].text && strlen(failures[i].text) <= TEXT_LIMIT);
    }
  }
  free(list);
}

/* ---- the console ---- */

static const char rules[] = "status \0LOST\0" "11\0OLOL\0" "12\0T ST\0" "13"; /* the end of one is the beginning of another */

static void put_console(void) {
  static const char *const parts[] = {"LOST", "LO", "ST", "OL", " ", "status 7", "status ", "-1", "255", "256", "0", "\x1b[1;31m", "\x1b]0;title\x07",
                                      "\x1b", "\x1bP", "\x1b\\", "\t", "\r", "\b", "\x7f", "\xc2\x9b", "\xff", "\n"};
  for (size_t left = below(one_in(16) ? 400 : 24); left > 0; left--) {
    const char *const part = parts[below(sizeof parts / sizeof *parts - (one_in(3) ? 0 : 1))];
    if (one_in(12)) put_run(below(one_in(4) ? 3000 : 40));
    put(part, strlen(part));
  }
}

/* One line, whole: without what escape sequences and control bytes there are. */
static size_t plain_line(char *line, size_t from, size_t *next) {
  size_t length = 0, i = from;
  escape = PLAIN;
  for (; i < input_length && input[i] != '\n'; i++) {
    const unsigned char c = (unsigned char)input[i];
    if (!in_escape(c) && (c >= ' ' || c == '\t') && c != 0x7f) line[length++] = c == '\t' ? ' ' : input[i];
  }
  *next = i + 1;
  return length;
}

/* The exit status that a line ends with; 0 if with none. */
static int status_at_end(const char *line, size_t length) {
  char text[PIECE + 1];
  memcpy(text, line, length);
  text[length] = 0;
  while (length > 0 && text[length - 1] == ' ') text[--length] = 0;
  const char *found = NULL;
  for (const char *at = text; (at = strstr(at, exit_text)); at++) found = at;
  if (!found) return 0;
  found += strlen(exit_text);
  const char *const digits = found + (*found == '-');
  if (!*digits || strspn(digits, "0123456789") != strlen(digits)) return 0;
  const long number = strtol(found, NULL, 10);
  return *found == '-' || number > 255 ? 255 : number == 0 ? 1 : (int)number;
}

/* What rules would find that could look at whole lines. */
static void check_findings(void) {
  static char line[64 * 1024 + 400 * 4096];
  bool failed = false, judged = true;
  int exit_status = 0;
  for (size_t at = 0, next; at < input_length; at = next) {
    const size_t length = plain_line(line, at, &next);
    for (size_t i = 0; i < failure_count; i++) failed |= memmem(line, length, failures[i].text, strlen(failures[i].text)) != NULL;
    if (length > PIECE) judged = false; /* of such, only the end is looked at */
    else if (!memchr(line, 0, length) && status_at_end(line, length)) exit_status = status_at_end(line, length);
  }
  CHECK((findings.failure != 0) == failed);
  CHECK(!judged || findings.exit_status == exit_status);
  CHECK(findings.exit_status >= 0 && findings.exit_status <= 255);
}

static void check_line(void) {
  if (!findings.failure) return;
  const char *const text = failures[findings.failure - 11].text;
  CHECK(findings.line_length <= CONSOLE_REPORT);
  CHECK(memmem(findings.line, findings.line_length, text, strlen(text)));
  for (size_t i = 0; i < findings.line_length; i++) CHECK((unsigned char)findings.line[i] >= ' ' && findings.line[i] != 0x7f);
}

static void fuzz_console(void) {
  input_length = input_at = 0;
  CHECK(!console_rules(rules, sizeof rules));
  findings = (struct findings){0};
  escape = PLAIN;
  put_console();
  while (input_at < input_length) {
    size_t n = 1 + below(one_in(2) ? 8 : 5000);
    if (n > input_length - input_at) n = input_length - input_at;
    look_at(input + input_at, n);
    input_at += n;
  }
  console_end();
  check_line();
  check_findings();
}

int main(int argc, char **argv) {
  static const struct {
    const char *name;
    void (*with_one)(void);
  } readers[] = {{"frames", fuzz_frames}, {"rules", fuzz_rules}, {"console", fuzz_console}};
  if (argc != 4) return 2;
  const uint64_t first = strtoull(argv[3], NULL, 10), count = strtoull(argv[2], NULL, 10);
  const int64_t begin = now();
  input = malloc(16 * (HEADER + LIMIT));
  __sanitizer_set_death_callback(name_seed);
  signal(SIGABRT, on_abort);
  for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
    if (strcmp(argv[1], readers[i].name) != 0) continue;
    for (seed = first; seed < first + count; seed++) {
      state = seed;
      readers[i].with_one();
    }
    printf("fuzz: %s: %" PRIu64 " inputs in %" PRId64 " s\n", argv[1], count, (now() - begin) / 1000);
    free(input);
    return 0;
  }
  return 2;
}
