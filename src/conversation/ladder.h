/* ladder.h: a conversation as a diagram of two columns. */
#ifndef LADDER_H
#define LADDER_H

#include "conversation.h"

#include <stdio.h>

/* ladder_text draws it in ASCII, at most 80 columns wide. */
void ladder_text(FILE *out, const struct conversation *conversation, bool color);

/* ladder_svg draws it as an SVG file of its own.  Returns false if it could not be
 * written. */
bool ladder_svg(FILE *out, const struct conversation *conversation);

#endif
