/* What the VMM is about to load. */
#ifndef BOOT_H
#define BOOT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Takes SKETE_BOOT, if it is there, out of an environment: it is the agent's word to us, not to the VMM. Its value, or NULL: a line for
 * each file, of the most bytes that it may have, a blank, and its path.
 */
char *take_boot_files(char **environment);

/*
 * Whether the VMM can load them; otherwise says of the first that it cannot why not. A VMM that opens a FIFO waits for ever, and what it
 * says of a directory or an empty file helps nobody. Nothing is opened here.
 */
bool boot_files_are_good(char *files, char *why, size_t room);

#endif
