/* run.h: one run of the program: its options, its report, its exit status. */
#ifndef RUN_H
#define RUN_H

#include "keys.h"
#include "report.h"

struct run {
    const struct options *options;
    struct report report;
    const struct keys *keys;
    struct stats *stats; /* NULL without --stats */
    int status;          /* the worst so far */
};

/* run_say writes a sentence about an input on standard error. */
void run_say(const struct origin *origin, const char *what);

/* run_fail is for what could not be written: a sentence, exit status 2. */
void run_fail(struct run *run, const struct origin *origin, const char *error);

/* run_refuse is for an input that has no octets: a sentence, a place in the report,
 * exit status 2. */
void run_refuse(struct run *run, const struct origin *origin, const char *error);

/* run_token judges one token and reports it. */
void run_token(struct run *run, const struct origin *origin, struct spnego_slice octets);

/* run_conversation judges a conversation and reports it.  Returns false if it was refused
 * for want of memory. */
bool run_conversation(struct run *run, struct conversation *conversation);

/* What each mode does with a file, "-" being standard input. */
void check_file(struct run *run, const char *name);
void check_lines(struct run *run, const char *name);

/* And these with all of them. */
void check_conversation(struct run *run, size_t count, char *const names[]);
void check_capture(struct run *run, const char *name);

#endif
