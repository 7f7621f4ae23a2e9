/* load.h: the octets of a file or of standard input. */
#ifndef LOAD_H
#define LOAD_H

#include "input.h"

#include <stdio.h>

#define LOAD_LIMIT (64u * 1024 * 1024) /* octets in one file */

/* load_file reads all of `name`, "-" being standard input.  On failure `error`
 * has a sentence without the name. */
bool load_file(struct input_octets *out, const char *name, char *error, size_t cap);

#endif
