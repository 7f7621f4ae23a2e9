/* output.h: a file that is written anew. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

/* What output_open fills; output_close is due. */
struct output {
    FILE *stream;
    char *target; /* of the renaming; NULL if `stream` is the file itself */
    char *half;   /* the name until then */
};

/* output_open begins to write the file `name`, or what it is a link to.  What it holds stays
 * until output_close; a pipe or a device is written to at once.  Returns false with errno,
 * then there is nothing to close. */
bool output_open(struct output *output, const char *name);

/* output_close makes what was written the file's contents, if it is `whole`; else the file
 * stays as it was.  Returns whether it is written; if not, errno says why. */
bool output_close(struct output *output, bool whole);

#endif
