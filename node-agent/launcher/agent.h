/*
 * The connection to the node agent, which may go away and come back at any time.
 *
 * Frame, both ways: u8 type, three zero bytes, u32 little-endian payload length (at most 256 KiB), payload.
 * A list is a run of NUL-terminated strings; a number is decimal text.
 *   to the agent:    A arguments  E environment  D resolv.conf  F files below $SKETE_FILES, if it is set;
 *                    then L launch me (its payload: what else I understand) | P I run already: VMM's pid; later
 *                    S VMM's pid, once it runs; N why it cannot; C line of the console that means a failure; T we are told to stop; Q exit status
 *   from the agent:  I the VMM's network interface, if the VMM does not open it by itself: its descriptor comes with the frame (SCM_RIGHTS)
 *                    V VMM's arguments  E its environment (boot.h)  W console rules, if any  G milliseconds that a guest which is told to stop
 *                    has for itself, if any  X 256 exit statuses; or R refusal; later K exit status: end the VMM, and with this
 * Pids are those of the container's own PID namespace.
 */
#ifndef AGENT_H
#define AGENT_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the payload of L: I is understood. An agent that does not know the word ignores it. */
#define TAKES_INTERFACE "interface"

enum { EXIT_PROTOCOL = 124, AGENT_REASON = 2048 };

struct frame {
  char type;
  char *payload;
  size_t length;
};

/* Composes what every agent is told first. */
void agent_introduction(char **arguments, char **environment);

bool agent_connected(void);
/* When to connect, if it is not. */
int64_t agent_retry_at(void);
/* Introduces us, and asks to be launched, or says that the VMM runs already. Never blocks. */
void agent_connect(void);
void agent_disconnect(void);

/* Says that the VMM runs; so does every later connection. */
void agent_started(int vmm);
/* Says something, if an agent is there. */
void agent_say(char type, const char *payload, size_t length);
void agent_say_number(char type, int number);

void agent_wait(struct pollfd *ready);
/* Sends and receives; true if there is something new to look at. */
bool agent_move(const struct pollfd *ready);
/* Waits until all is sent, for so many milliseconds at most. */
void agent_finish(int64_t patience);

/* Whether a whole frame of one of these types lies `at` so many bytes of what came; `error` says why there can be none. */
bool agent_frame(size_t at, const char *types, struct frame *frame, const char **error);
/* The size of a frame, and what was used up. */
size_t frame_size(const struct frame *frame);
int frame_number(const struct frame *frame);
void agent_used(size_t length);

/* The descriptor that came last, or -1. It is closed with the connection, or when it is no longer needed. */
int agent_descriptor(void);
void agent_forget_descriptor(void);

_Noreturn void protocol_error(const char *what);

#endif
