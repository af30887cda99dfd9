// exit-port N: ends the virtual machine with exit code N (0 to 125; any other is told as 255), by QEMU's isa-debug-exit at port 0xf4.
// Debian's kernel has no /dev/port, so a shell cannot do it.
#include <stdio.h>
#include <stdlib.h>
#include <sys/io.h>
#include <unistd.h>

enum { EXIT_PORT = 0xf4, PORTS = 4, LARGEST = 125 };

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: exit-port N\n");
        return 2;
    }
    sync();
    // PID 1 runs as root; without the port the caller powers the machine off.
    if (ioperm(EXIT_PORT, PORTS, 1) != 0) {
        perror("exit-port: ioperm");
        return 1;
    }
    // QEMU ends with 2(N+1)+1: 1 is its own status when it cannot start, and must never be a guest's success.
    // That is one byte: a larger N would come out as another guest's number. 126 makes it 255.
    const int code = atoi(argv[1]);
    outl((code < 0 || code > LARGEST ? LARGEST + 1 : code) + 1, EXIT_PORT);
    fprintf(stderr, "exit-port: nothing answers at port 0x%x\n", EXIT_PORT);
    return 1;
}
