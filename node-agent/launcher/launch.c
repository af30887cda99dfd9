/*
 * launch: PID 1 of a guest's container. It asks the node agent how to run the VMM (agent.h), runs it, listens to the guest's console if there
 * is something to listen for (console.h), and ends with the guest's status.
 *
 * No privilege, no allocation: all buffers are static, and their untouched pages cost nothing.
 * Every signal stays blocked and is read from a descriptor in the one loop below, so none can race the VMM's start or end.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "boot.h"
#include "clock.h"
#include "console.h"

enum { STRINGS = 256 * 1024 }; /* more than a frame can hold */
enum { INTERFACE = 3 };        /* the VMM's descriptor of its network interface, if it is handed one */
enum { EXIT_REFUSED = 125, EXIT_NOT_STARTED = 126, EXIT_STOPPED = 128 + SIGTERM };
/* Milliseconds. A guest that failed may still say why; a VMM that does not end by SIGTERM is killed; an agent may hang. */
enum { HINT_AFTER = 2000, LAST_WORDS = 300, KILL_AFTER = 2000, FAREWELL = 200, GRACE_LIMIT = 24 * 60 * 60 * 1000 };

static char *vmm_argv[STRINGS + 1], *vmm_env[STRINGS + 1];
static unsigned char exit_map[256];

static sigset_t inherited_mask;
static pid_t vmm;     /* 0 until it runs */
static bool handed;   /* the VMM gets its network interface from us */
static bool stopping; /* we were told to stop */
static bool asked;    /* and had the guest asked to */
static int grace;     /* milliseconds for a guest whose power button is pressed then, or 0: it has none */
static bool reported; /* an agent was told what the guest failed with */
static int doomed;    /* exit status to end with whatever the VMM's is, or 0 */
static int64_t started, term_at = INT64_MAX, kill_at = INT64_MAX;

/* ---- what the agent says ---- */

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

/* The log has it, and the pod's condition: the container is not simply gone. */
_Noreturn static void not_started(const char *why) {
  dprintf(STDERR_FILENO, "skete: %s\n", why);
  agent_say('N', why, strlen(why));
  agent_say_number('Q', EXIT_NOT_STARTED);
  agent_finish(FAREWELL);
  exit(EXIT_NOT_STARTED);
}

static void start_vmm(void) {
  static char why[AGENT_REASON];
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t descriptors;
  sigset_t all;
  if (!boot_files_are_good(take_boot_files(vmm_env), why, sizeof why)) not_started(why);
  sigfillset(&all);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &inherited_mask);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if (!console_begin()) {
    snprintf(why, sizeof why, "cannot listen to the console: %s", strerror(errno));
    not_started(why);
  }
  posix_spawn_file_actions_init(&descriptors);
  if (handed) posix_spawn_file_actions_adddup2(&descriptors, agent_descriptor(), INTERFACE);
  /* Returns once the program is executed or could not be, so there is no moment at which the VMM may still fail to start. */
  const int error = posix_spawn(&vmm, vmm_argv[0], &descriptors, &attributes, vmm_argv, vmm_env);
  console_begun();
  agent_forget_descriptor(); /* the interface is to be free when the VMM has gone */
  if (error) {
    snprintf(why, sizeof why, "cannot run %s: %s", vmm_argv[0], strerror(error));
    not_started(why);
  }
  agent_started(vmm);
}

static void take_part(const struct frame *part) {
  const char *error = NULL;
  switch (part->type) {
    case 'R':
      print_refusal(part->payload, part->length);
      exit(EXIT_REFUSED);
    case 'I':
      handed = agent_descriptor() >= 0;
      if (!handed) error = "a network interface was announced and did not come";
      break;
    case 'V':
      split_list(part->payload, part->length, vmm_argv);
      if (part->length == 0) error = "the VMM's argument list is empty";
      break;
    case 'E':
      split_list(part->payload, part->length, vmm_env);
      break;
    case 'W':
      error = console_rules(part->payload, part->length);
      break;
    case 'G':
      grace = frame_number(part);
      if (grace < 0 || grace > GRACE_LIMIT) error = "the time to stop is not a number, or more than a day";
      break;
    case 'X':
      if (part->length == sizeof exit_map) memcpy(exit_map, part->payload, sizeof exit_map);
      else error = "the exit map does not have 256 entries";
  }
  if (error) protocol_error(error);
}

/* Looks at the answer from its start each time, so it does not matter in what pieces it came, or that half of one came before. */
static void read_answer(void) {
  static const char parts[] = "IVEWGXR"; /* I, W and G may be left out, and a refusal may come instead of any */
  struct frame part = {0};
  size_t length = 0;
  const char *error = NULL;
  console_rules("", 0);
  grace = 0;
  handed = false;
  for (const char *next = parts; part.type != 'X'; next = strchr(parts, part.type) + 1) {
    const bool whole = agent_frame(length, *next == 'I' ? "IVR" : *next == 'V' ? "VR" : *next == 'E' ? "ER" : next, &part, &error);
    if (error) protocol_error(error);
    if (!whole) return;
    take_part(&part);
    length += frame_size(&part);
  }
  start_vmm();
  agent_used(length);
}

/* The VMM gets SIGTERM after a while and we end with this status, whatever its own is. The first reason counts. */
static void doom(int status, int64_t delay) {
  if (doomed) return;
  doomed = status;
  if (now() + delay < term_at) term_at = now() + delay;
}

/* A running VMM is ended only by an order to: a refusal is printed once, anything else ends the connection. */
static void read_while_running(void) {
  static bool printed;
  struct frame frame;
  const char *error = NULL;
  while (agent_connected() && agent_frame(0, "RK", &frame, &error)) {
    const int status = frame.type == 'K' ? frame_number(&frame) : 0;
    if (frame.type == 'R' && !printed) print_refusal(frame.payload, frame.length);
    printed |= frame.type == 'R';
    if (status < 1 || status > 255) agent_disconnect();
    else doom(status, 0);
    agent_used(frame_size(&frame));
  }
  if (error) agent_disconnect();
}

/* ---- signals and the end ---- */

static void report_failure(bool at_last) {
  if (reported || !agent_connected() || !findings.failure || !(findings.line_complete || at_last)) return;
  agent_say('C', findings.line, findings.line_length);
  reported = true;
}

static int final_status(int vmm_status) {
  if (doomed) return doomed;
  if (WIFSIGNALED(vmm_status)) return 128 + WTERMSIG(vmm_status);
  const int status = exit_map[WEXITSTATUS(vmm_status)];
  /*
   * QEMU ends with 0 when it is told to stop, and a guest with its own success when it is asked to, but a Job must not take either for a
   * finished one.
   */
  if (stopping && (WEXITSTATUS(vmm_status) == 0 || (asked && status == 0))) return EXIT_STOPPED;
  return status != 0 && findings.exit_status != 0 ? findings.exit_status : status;
}

/* Reaps every child there is: as PID 1 we inherit the orphans of the container. */
static void reap(void) {
  int status;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
    if (pid != vmm) continue;
    console_end();
    if (findings.failure) doom(findings.failure, 0);
    report_failure(true);
    agent_say_number('Q', final_status(status));
    agent_finish(FAREWELL);
    exit(final_status(status));
  }
}

/* The power button first, if the guest has one and somebody can press it. Told twice, at once. */
static void stop_vmm(void) {
  const bool ask = grace > 0 && agent_connected() && !stopping;
  if (ask) agent_say('T', "", 0);
  if (!ask || now() + grace < term_at) term_at = now() + (ask ? grace : 0);
  stopping = true;
  asked |= ask;
}

static void hear_signal(int signals) {
  struct signalfd_siginfo info;
  while (read(signals, &info, sizeof info) == (ssize_t)sizeof info) {
    const int signal = (int)info.ssi_signo;
    const bool stop = signal == SIGTERM || signal == SIGINT || signal == SIGQUIT || signal == SIGHUP;
    if (signal == SIGCHLD) reap();
    else if (!vmm && stop) exit(EXIT_STOPPED);
    else if (vmm && stop) stop_vmm();
    else if (vmm) kill(vmm, signal); /* still ours: its pid is not reused before reap() */
  }
}

static void end_vmm_in_time(void) {
  if (findings.failure) doom(findings.failure, LAST_WORDS);
  report_failure(now() >= term_at);
  if (now() >= term_at) {
    kill(vmm, SIGTERM);
    term_at = INT64_MAX;
    if (doomed) kill_at = now() + KILL_AFTER;
  }
  if (now() >= kill_at) {
    kill(vmm, SIGKILL);
    kill_at = INT64_MAX;
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

static int64_t earliest(int64_t a, int64_t b) { return a < b ? a : b; }

static int milliseconds_until(int64_t at) {
  const int64_t left = at - now();
  return at == INT64_MAX ? -1 : left > INT32_MAX ? INT32_MAX : left > 0 ? (int)left : 0;
}

int main(int argc, char **argv) {
  const int signals = open_signals();
  if (signals < 0) {
    dprintf(STDERR_FILENO, "skete: cannot receive signals: %s\n", strerror(errno));
    return EXIT_NOT_STARTED;
  }
  agent_introduction(argc > 0 ? argv + 1 : argv, environ);
  started = now();
  for (bool hinted = false;;) {
    struct pollfd ready[4] = {{.fd = signals, .events = POLLIN}};
    agent_wait(ready + 1);
    int64_t at = earliest(earliest(term_at, kill_at), console_wait(ready + 2));
    if (!agent_connected()) at = earliest(at, agent_retry_at());
    if (!vmm && !hinted) at = earliest(at, started + HINT_AFTER);
    if (poll(ready, 4, milliseconds_until(at)) < 0) continue; /* only EINTR, by a debugger */
    console_move(ready + 2);
    hear_signal(signals); /* before the agent: a stop that came before the answer wins */
    const bool news = agent_move(ready + 1);
    if (news && !vmm) read_answer();
    if (news && vmm) read_while_running();
    if (vmm) end_vmm_in_time();
    if (!vmm && !hinted && now() - started >= HINT_AFTER) {
      dprintf(STDERR_FILENO, "skete: waiting for the node agent\n");
      hinted = true;
    }
    if (!agent_connected() && now() >= agent_retry_at()) {
      agent_connect();
      if (asked) agent_say('T', "", 0); /* the agent before may have gone before it came to it */
    }
  }
}
