/* options.h: the command line of spnego-check. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "filter.h"
#include "input.h"

#include <stdio.h>

/* Exit statuses; the largest that any input calls for is the program's. */
enum { EXIT_SOUND = 0, EXIT_FINDINGS = 1, EXIT_INPUT = 2, EXIT_USAGE = 3 };

enum mode { MODE_TOKENS, MODE_LINES, MODE_CONVERSATION, MODE_CAPTURE };
enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_NDJSON, FORMAT_GCC, FORMAT_SARIF };

#define OPTIONS_MAX_KEYS 8
#define OPTIONS_MAX_DECODE_AS 8

/* The strings are argv's. */
struct options {
    enum mode mode;
    enum input_form from;
    enum format format;
    unsigned tolerate; /* SPNEGO_TOLERATE_*: none in the strict profile */
    struct filter filter;
    int fail_on;              /* the least enum spnego_severity that fails; FAIL_NEVER */
    unsigned long id_column;  /* of --lines, from 1; 0: there is none */
    unsigned long start_line; /* of --lines, from 1 */
    const char *capture;
    const char *decode_as[OPTIONS_MAX_DECODE_AS]; /* of tshark's -d */
    size_t decode_as_count;
    const char *svg;
    const char *keys[OPTIONS_MAX_KEYS]; /* HEX, I:HEX or A:HEX */
    size_t key_count;
    unsigned long enctype; /* of the keys; 0: not given */
    const char *ntlm_session_key;
    const char *keytab;
    bool list_findings;
    bool stats;
    bool progress;
    bool quiet;
    bool color;
    int first_file; /* in argv */
};
#define FAIL_NEVER 3

/* What --help prints. */
extern const char options_help[];

/* options_parse returns -1 to go on, or the status to exit with at once. */
int options_parse(struct options *options, int argc, char **argv);

#endif
