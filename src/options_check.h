/* options_check.h: mistakes on the command line. */
#ifndef OPTIONS_CHECK_H
#define OPTIONS_CHECK_H

#include "options.h"

/* These say what is wrong and return the status to exit with. */
int options_refuse(const char *option, const char *value, const char *expected);
int options_refuse_without(const char *option, const char *needed);

/* options_check looks at all options together.  Returns -1 to go on, or a status as these. */
int options_check(const struct options *options, int argc, char **argv);

#endif
