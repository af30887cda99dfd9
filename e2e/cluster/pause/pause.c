/* Waits for ever and reaps what it inherits: PID 1 of every pod's sandbox, and of every node of the embedded cluster. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void end(int signal) { _exit(128 + signal); }

int main(void) {
  struct sigaction ends = {.sa_handler = end};
  struct sigaction reaps = {.sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT};
  sigaction(SIGTERM, &ends, 0); /* PID 1 has no default action for a signal */
  sigaction(SIGINT, &ends, 0);
  sigaction(SIGCHLD, &reaps, 0); /* the kernel reaps, also what was orphaned before */
  for (;;) {
    while (waitpid(-1, 0, WNOHANG) > 0) {
    }
    pause();
  }
}
