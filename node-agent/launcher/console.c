/* The console: see console.h. Passing bytes on comes first; looking at them never changes, delays or drops one. */
#define _GNU_SOURCE
#include "console.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"

enum { FAILURES = 16, TEXT_LIMIT = 128, RULES_LIMIT = 4096 };
/* A line is looked at in pieces of this size, which overlap so that no text or number falls between two. */
enum { PIECE = 1024, OVERLAP = TEXT_LIMIT + 32 };
/* Milliseconds that a blocked log may block the guest. A container runtime that restarts is back sooner. */
enum { LOG_PATIENCE = 10000 };

struct findings findings;

static struct {
  const char *text;
  int status;
} failures[FAILURES];
static size_t failure_count;
static const char *exit_text; /* NULL: not looked for */

static int from_vmm = -1, own[2]; /* our own output and error output, while the VMM starts with the pipe as its */
static char held[64 * 1024]; /* read and not yet passed on; nothing more is read before it is */
static size_t held_length, held_sent;
static int64_t log_moved_at; /* when the log last took something, or had nothing to take */
static size_t lost;          /* bytes dropped since then */

static char piece[PIECE];
static size_t piece_length, looked_at, kept_from;
static enum { PLAIN, ESCAPE, CONTROL_SEQUENCE, STRING } escape;

/* ---- rules ---- */

const char *console_rules(const char *list, size_t length) {
  static char texts[RULES_LIMIT];
  failure_count = 0;
  exit_text = NULL;
  if (length == 0) return NULL;
  if (length > sizeof texts || list[length - 1] != 0) return "the console rules are too long, or cut short";
  memcpy(texts, list, length);
  if (*texts) exit_text = texts;
  for (const char *text = texts + strlen(texts) + 1, *status; text < texts + length; text = status + strlen(status) + 1) {
    status = text + strlen(text) + 1;
    if (!*text || status >= texts + length) return "a console rule has no text or no exit status";
    if (failure_count == FAILURES) return "there are too many console rules";
    failures[failure_count].text = text;
    failures[failure_count].status = atoi(status);
    if (failures[failure_count].status < 1 || failures[failure_count].status > 255) return "a console rule's exit status is not 1 to 255";
    if (strlen(text) > TEXT_LIMIT) return "a console rule's text is too long";
    failure_count++;
  }
  return exit_text && strlen(exit_text) > TEXT_LIMIT ? "a console rule's text is too long" : NULL;
}

/* ---- looking ---- */

/* Keeps as much of the line as there is room for, so that the text that matched is in it. */
static void keep_line(void) {
  const size_t length = piece_length - kept_from;
  findings.line_length = length < CONSOLE_REPORT ? length : CONSOLE_REPORT;
  memcpy(findings.line, piece + kept_from, findings.line_length);
}

static void look_for_failures(void) {
  for (size_t i = 0; i < failure_count && !findings.failure; i++) {
    const size_t length = strlen(failures[i].text), begin = looked_at < length ? 0 : looked_at - length + 1;
    const char *found = memmem(piece + begin, piece_length - begin, failures[i].text, length);
    if (!found) continue;
    const size_t end = (size_t)(found - piece) + length;
    findings.failure = failures[i].status;
    kept_from = end < CONSOLE_REPORT ? 0 : end - CONSOLE_REPORT;
  }
  looked_at = piece_length;
  if (findings.failure && !findings.line_complete) keep_line();
}

/* A number counts if the text stands right before it and nothing but blanks behind it. */
static void look_for_exit_status(void) {
  size_t end = piece_length, begin;
  int number = 0;
  while (end > 0 && piece[end - 1] == ' ') end--;
  for (begin = end; begin > 0 && piece[begin - 1] >= '0' && piece[begin - 1] <= '9'; begin--);
  for (size_t i = begin; i < end; i++) number = number > 255 ? number : number * 10 + (piece[i] - '0');
  const bool negative = begin > 0 && piece[begin - 1] == '-';
  const size_t length = strlen(exit_text), before = negative ? begin - 1 : begin;
  if (begin == end || before < length || memcmp(piece + before - length, exit_text, length) != 0) return;
  findings.exit_status = negative || number > 255 ? 255 : number == 0 ? 1 : number;
}

static void line_ends(void) {
  look_for_failures();
  if (exit_text) look_for_exit_status();
  if (findings.failure) findings.line_complete = true;
  piece_length = looked_at = 0;
}

static void add(char c) {
  if (piece_length == PIECE) {
    look_for_failures();
    if (findings.failure) findings.line_complete = true; /* as far as it is kept */
    memmove(piece, piece + PIECE - OVERLAP, OVERLAP);
    piece_length = looked_at = OVERLAP;
  }
  piece[piece_length++] = c;
}

/* ECMA-48: colours and cursor movements are CSI sequences, window titles are strings. They may stand anywhere, also inside a word. */
static bool in_escape(unsigned char c) {
  switch (escape) {
    case PLAIN:
      if (c == 0x1b) escape = ESCAPE;
      return c == 0x1b;
    case ESCAPE:
      escape = c == '[' ? CONTROL_SEQUENCE : c == ']' || c == 'P' || c == '_' || c == '^' ? STRING : c >= ' ' && c < '0' ? ESCAPE : PLAIN;
      return true;
    case CONTROL_SEQUENCE:
      if (c >= 0x40) escape = PLAIN;
      return true;
    case STRING:
      if (c == 0x07) escape = PLAIN;
      if (c == 0x1b) escape = ESCAPE; /* its terminator is ESC \ */
      return true;
  }
  return false;
}

static void look_at(const char *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    const unsigned char c = (unsigned char)bytes[i];
    if (c == '\n') {
      line_ends();
      escape = PLAIN;
    } else if (!in_escape(c) && (c >= ' ' || c == '\t') && c != 0x7f) {
      add(c == '\t' ? ' ' : bytes[i]);
    }
  }
  look_for_failures(); /* a guest that panics may never end its line */
}

/* ---- passing on ---- */

/* Without posix_spawn's file actions, which allocate. */
bool console_begin(void) {
  int ends[2];
  if (failure_count == 0 && !exit_text) return true;
  for (int i = 0; i < 2; i++) own[i] = fcntl(STDOUT_FILENO + i, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (own[0] < 0 || own[1] < 0 || pipe2(ends, O_CLOEXEC) < 0) return false;
  from_vmm = ends[0];
  /* Ours only: the VMM's end is another description, whose flags are the VMM's to set. */
  if (fcntl(from_vmm, F_SETFL, O_NONBLOCK) < 0) return false;
  if (dup2(ends[1], STDOUT_FILENO) < 0 || dup2(ends[1], STDERR_FILENO) < 0) return false;
  return close(ends[1]) == 0;
}

void console_begun(void) {
  if (from_vmm < 0) return;
  for (int i = 0; i < 2; i++) {
    dup2(own[i], STDOUT_FILENO + i);
    close(own[i]);
  }
  log_moved_at = now();
}

/* Whether there may be more. */
static bool read_some(void) {
  const ssize_t n = read(from_vmm, held, sizeof held);
  if (n < 0 && errno == EINTR) return true;
  if (n < 0 && errno == EAGAIN) return false;
  if (n <= 0) {
    close(from_vmm);
    from_vmm = -1;
    return false;
  }
  held_length = (size_t)n;
  held_sent = 0;
  if (lost == 0) log_moved_at = now();
  look_at(held, held_length);
  return true;
}

/* Never blocks, if the log is a pipe: one that is writable has room for PIPE_BUF bytes. */
static void write_some(void) {
  if (lost > 0) {
    dprintf(STDOUT_FILENO, "\nskete: %zu bytes of the console are lost, because the container's log was blocked\n", lost);
    lost = 0;
    log_moved_at = now();
    return;
  }
  const size_t left = held_length - held_sent;
  const ssize_t n = write(STDOUT_FILENO, held + held_sent, left < PIPE_BUF ? left : PIPE_BUF);
  if (n < 0 && (errno == EINTR || errno == EAGAIN)) return;
  held_sent = n < 0 ? held_length : held_sent + (size_t)n; /* nobody reads the log any more: the guest goes on without */
  log_moved_at = now();
}

static bool holding(void) { return held_sent < held_length; }

int64_t console_wait(struct pollfd ready[2]) {
  ready[0] = (struct pollfd){.fd = holding() ? -1 : from_vmm, .events = POLLIN};
  ready[1] = (struct pollfd){.fd = holding() ? STDOUT_FILENO : -1, .events = POLLOUT};
  return holding() ? log_moved_at + LOG_PATIENCE : INT64_MAX;
}

void console_move(const struct pollfd ready[2]) {
  if (ready[0].revents) read_some();
  const bool waited = ready[1].fd >= 0 && !ready[1].revents;
  if (ready[1].revents) write_some();
  if (waited && now() >= log_moved_at + LOG_PATIENCE) {
    lost += held_length - held_sent;
    held_sent = held_length;
  }
}

void console_end(void) {
  while (holding() || (from_vmm >= 0 && read_some())) {
    struct pollfd ready[2];
    const int64_t left = console_wait(ready) - now();
    if (holding() && poll(ready + 1, 1, left > 0 ? (int)left : 0) == 0) break;
    if (holding()) write_some();
  }
  if (piece_length > 0) line_ends();
}
