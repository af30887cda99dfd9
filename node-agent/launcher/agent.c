/* The node agent's connection: see agent.h. */
#define _GNU_SOURCE
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "clock.h"
#include "console.h"
#include "files.h"

#ifndef SOCKET_PATH
#define SOCKET_PATH "/skete/run/agent.sock"
#endif

/* Milliseconds after which a connection was no mistake. */
#ifndef A_WHILE
#define A_WHILE 10000
#endif

enum { HEADER = 8, LIMIT = 256 * 1024, RESOLV_LIMIT = 4096, NUMBER_DIGITS = 16 };
/* Milliseconds. A guest starts faster the sooner we see the agent. A running one is in no hurry, unless an agent that it had for
 * A_WHILE went away: that one is SOON back, and knows of no guest before it is told. */
enum { EAGER = 50, EAGER_UNTIL = 1000, PATIENT = 100, RUNNING = 1000, SOON = 30000 };

/* A E D F, then L or P, and S N C T Q at most once each per connection. */
static char out[3 * (HEADER + LIMIT) + HEADER + RESOLV_LIMIT + 6 * (HEADER + NUMBER_DIGITS) + CONSOLE_REPORT + AGENT_REASON];
_Static_assert(sizeof TAKES_INTERFACE <= NUMBER_DIGITS, "L takes more than its place");
static size_t introduction_length, out_length, out_sent; /* the introduction is A E D F: the same each time */
static char in[5 * (HEADER + LIMIT) + HEADER];           /* I V E W G X is the most that is ever held, of which I is empty */
static size_t in_length;

static int agent = -1;      /* the connection, or -1 */
static int descriptor = -1; /* the last that came by it, or -1 */
static int running;         /* the VMM's pid, or 0 */
static int64_t began, connected_at, soon_back_until, retry_at;

_Noreturn void protocol_error(const char *what) {
  dprintf(STDERR_FILENO, "skete: node agent and launcher do not understand each other: %s\n", what);
  exit(EXIT_PROTOCOL);
}

/* ---- out ---- */

static void put_header(char *at, char type, size_t length) {
  const char header[HEADER] = {type, 0, 0, 0, (char)length, (char)(length >> 8), (char)(length >> 16), (char)(length >> 24)};
  memcpy(at, header, HEADER);
}

static void queue(char type, const char *payload, size_t length) {
  put_header(out + out_length, type, length);
  memcpy(out + out_length + HEADER, payload, length);
  out_length += HEADER + length;
}

static void queue_number(char type, int number) {
  char digits[NUMBER_DIGITS];
  queue(type, digits, (size_t)snprintf(digits, sizeof digits, "%d", number));
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

static void queue_files(void) {
  const char *root = getenv("SKETE_FILES");
  if (!root) return;
  const size_t length = list_files(root, out + out_length + HEADER, LIMIT);
  if (length > LIMIT) too_long("files' names");
  put_header(out + out_length, 'F', length);
  out_length += HEADER + length;
}

void agent_introduction(char **arguments, char **environment) {
  queue_list('A', arguments, "arguments");
  queue_list('E', environment, "environment variables");
  queue_resolv_conf();
  queue_files();
  introduction_length = out_length;
  began = retry_at = now();
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

void agent_say(char type, const char *payload, size_t length) {
  if (agent < 0) return;
  queue(type, payload, length);
  flush_out();
}

void agent_say_number(char type, int number) {
  if (agent < 0) return;
  queue_number(type, number);
  flush_out();
}

void agent_started(int vmm) {
  running = vmm;
  agent_say_number('S', vmm);
}

/* ---- the connection ---- */

bool agent_connected(void) { return agent >= 0; }

int64_t agent_retry_at(void) { return retry_at; }

static void retry_later(void) {
  const int64_t t = now();
  if (running) retry_at = t + (t < soon_back_until ? PATIENT : RUNNING);
  else retry_at = t + (t - began < EAGER_UNTIL ? EAGER : PATIENT);
}

static void keep_descriptor(int fd) {
  if (descriptor >= 0) close(descriptor);
  descriptor = fd;
}

int agent_descriptor(void) { return descriptor; }

void agent_forget_descriptor(void) { keep_descriptor(-1); }

void agent_disconnect(void) {
  keep_descriptor(-1);
  if (agent >= 0) {
    close(agent);
    if (now() - connected_at >= A_WHILE) soon_back_until = now() + SOON;
  }
  agent = -1;
  retry_later();
}

/* Connecting to a Unix socket succeeds or fails at once, also when the agent's backlog is full. */
void agent_connect(void) {
  static const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = SOCKET_PATH};
  _Static_assert(sizeof SOCKET_PATH <= sizeof address.sun_path, "SOCKET_PATH is too long");
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0 || connect(fd, (const struct sockaddr *)&address, sizeof address) < 0) {
    if (fd >= 0) close(fd);
    retry_later();
    return;
  }
  agent = fd;
  connected_at = now();
  soon_back_until = 0; /* one that turns us away is not pressed */
  in_length = out_sent = 0; /* what an earlier agent left half-said is void */
  out_length = introduction_length;
  if (running) queue_number('P', running);
  else queue('L', TAKES_INTERFACE, sizeof TAKES_INTERFACE - 1);
  flush_out();
}

void agent_wait(struct pollfd *ready) {
  *ready = (struct pollfd){.fd = agent, .events = POLLIN};
  if (out_sent < out_length) ready->events |= POLLOUT;
}

/* Like recv, and keeps a descriptor that comes along. Of more than one the kernel closes all but the first. */
static ssize_t receive(char *into, size_t room) {
  union {
    struct cmsghdr header; /* aligns the bytes */
    char bytes[CMSG_SPACE(sizeof(int))];
  } control;
  struct iovec data = {.iov_base = into, .iov_len = room};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_LEN(sizeof(int))};
  const ssize_t n = recvmsg(agent, &message, MSG_CMSG_CLOEXEC);
  const struct cmsghdr *first = n > 0 ? CMSG_FIRSTHDR(&message) : NULL;
  if (first && first->cmsg_level == SOL_SOCKET && first->cmsg_type == SCM_RIGHTS && first->cmsg_len == CMSG_LEN(sizeof(int))) {
    int fd;
    memcpy(&fd, CMSG_DATA(first), sizeof fd);
    keep_descriptor(fd);
  }
  return n;
}

bool agent_move(const struct pollfd *ready) {
  if (agent >= 0 && ready->revents & POLLOUT) flush_out();
  if (agent < 0 || !(ready->revents & ~POLLOUT)) return false;
  /* There is always room: what is held is less than the five largest frames, or it would have been used. */
  const ssize_t n = receive(in + in_length, sizeof in - in_length);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (n <= 0) agent_disconnect();
  else in_length += (size_t)n;
  return n > 0;
}

void agent_finish(int64_t patience) {
  const int64_t deadline = now() + patience;
  while (agent >= 0 && out_sent < out_length) {
    const int64_t left = deadline - now();
    struct pollfd writable = {.fd = agent, .events = POLLOUT};
    if (left <= 0 || poll(&writable, 1, (int)left) <= 0) return;
    flush_out();
  }
}

/* ---- in ---- */

/* Its type and length are judged as soon as the header is there. */
bool agent_frame(size_t at, const char *types, struct frame *frame, const char **error) {
  if (in_length - at < HEADER) return false;
  const unsigned char *h = (const unsigned char *)in + at;
  const size_t length = h[4] | (size_t)h[5] << 8 | (size_t)h[6] << 16 | (size_t)h[7] << 24;
  *frame = (struct frame){.type = in[at], .payload = in + at + HEADER, .length = length};
  if (h[0] == 0 || !strchr(types, h[0]) || h[1] || h[2] || h[3]) *error = "it sent a frame that is not expected here";
  else if (length > LIMIT) *error = "it sent a frame over 262144 bytes (256 KiB)";
  return !*error && in_length - at - HEADER >= length;
}

size_t frame_size(const struct frame *frame) { return HEADER + frame->length; }

/* A decimal payload, or -1. */
int frame_number(const struct frame *frame) {
  int value = 0;
  if (frame->length == 0 || frame->length > 8) return -1;
  for (size_t i = 0; i < frame->length; i++) {
    const char digit = frame->payload[i];
    if (digit < '0' || digit > '9') return -1;
    value = value * 10 + (digit - '0');
  }
  return value;
}

void agent_used(size_t length) {
  in_length -= length;
  memmove(in, in + length, in_length);
}
