/* ladder_rung.h: what stands on one rung of the ladder, the same in text and in SVG. */
#ifndef LADDER_RUNG_H
#define LADDER_RUNG_H

#include "conversation.h"

#define RUNG_WIDTH 54 /* characters in a line */
#define RUNG_LINES 24
#define RUNG_CODES 24

#define LADDER_GUESSED "?  nobody said whose token it is: the side is a guess"

struct rung {
    char lines[RUNG_LINES][RUNG_WIDTH + 1]; /* printable ASCII */
    size_t count;
    const struct remark *codes[RUNG_CODES]; /* one of each code, the gravest first */
    size_t code_count;
};

/* rung_of says what a token is, in a few lines: the first has its kind and size. */
void rung_of(struct rung *rung, const struct turn *turn);

/* rung_fitting returns how much of `text` fits into `room` characters: up to a comma, or to a
 * blank, if there is one. */
size_t rung_fitting(const char *text, size_t room);

/* rung_severity returns "note", "warning" or "error". */
const char *rung_severity(enum spnego_severity severity);

#endif
