/* The files that a guest may be given. */
#ifndef FILES_H
#define FILES_H

#include <stddef.h>

/*
 * Lists the files below a directory, at most one more than a guest may be given, each as its path from there on and a NUL. Returns the
 * list's length, or a number greater than `room` if it does not fit.
 */
size_t list_files(const char *root, char *list, size_t room);

#endif
