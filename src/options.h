/* options.h: the command line of spnego-check. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "input.h"

#include <stdio.h>

/* Exit statuses; the largest that any input calls for is the program's. */
enum { EXIT_SOUND = 0, EXIT_FINDINGS = 1, EXIT_INPUT = 2, EXIT_USAGE = 3 };

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_NDJSON };

struct options {
    enum input_form from;
    enum format format;
    unsigned tolerate; /* SPNEGO_TOLERATE_*: none in the strict profile */
    bool lines;
    bool quiet;
    bool color;
    int first_file; /* in argv */
};

/* options_parse returns -1 to go on, or the status to exit with at once. */
int options_parse(struct options *options, int argc, char **argv);

#endif
