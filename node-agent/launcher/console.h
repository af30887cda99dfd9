/*
 * What the VMM prints, on its way through us to the container's log, and what the runtime's rules find in it. Only a guest whose runtime has
 * such rules is listened to; any other one's VMM writes to the container's log itself.
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONSOLE_REPORT = 512 };

/* What the rules found so far. */
struct findings {
  int failure; /* exit status that the first matching rule gives, or 0 */
  bool line_complete;
  size_t line_length; /* of the line that matched, without escape sequences and control bytes, and cut */
  char line[CONSOLE_REPORT];
  int exit_status; /* of the last line that ends with one, 1 to 255; 0 before any */
};
extern struct findings findings;

/*
 * Takes the rules: NUL-terminated strings, first the text before an exit status (empty: none), then a text and an exit status for each
 * failure. Returns what is wrong with them, or NULL. An empty list: no rules, and no listening.
 */
const char *console_rules(const char *list, size_t length);

/* Around the VMM's start: its output, errors too, becomes a pipe to us, and ours becomes ours again. */
bool console_begin(void);
void console_begun(void);

/* What to wait for: two descriptors, and until when. INT64_MAX: for ever. */
int64_t console_wait(struct pollfd ready[2]);
void console_move(const struct pollfd ready[2]);

/* After the VMM's end: passes on what it left, and looks at its last line, which may have no end. */
void console_end(void);

#endif
