/* explain.h: what runtime/findings.toml says about each finding, for people who
 * meet it in a report and for programs that carry it on. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* One entry of the registry.  Texts are ASCII; paragraphs, and the lines of `bad`
 * and `good`, end at a newline, the last at the end of the string.  How severe a
 * finding is and where it is written come from libspnego: spnego_finding_severity,
 * spnego_finding_source. */
struct explanation {
    unsigned code;
    const char *name;      /* long-length */
    const char *title;     /* one statement, 72 characters at most, no full stop */
    const char *text;      /* what a report says; {got}, {mech} and so on stand for values */
    const char *why;       /* paragraphs: what it is, why it matters, what goes wrong */
    const char *bad;       /* octets in hex, or what is said, that show it */
    const char *good;      /* the same as it should be */
    const char *repair;    /* what to do */
    const char *seen;      /* products and bugs, or NULL */
    const char *tolerance; /* SPNEGO_TOLERATE_* that makes a warning of an error, or NULL */
    const char *rules;     /* rows of docs/rules.md, with blanks between; may be empty */
};

/* All findings, in ascending order of their codes.  Generated. */
extern const struct explanation explanations[];
extern const size_t explanations_count;

/* explanation_of returns the entry of a code, or NULL. */
const struct explanation *explanation_of(unsigned code);

/* explanation_find returns the entry of "SPN1007", "spn1007", "1007" or
 * "long-length", or NULL. */
const struct explanation *explanation_find(const char *word);

/* explanation_help returns why, bad, good, repair and seen as one text, wrapped at
 * 80 columns, for readers that take a single text (SARIF's help).  The caller owns
 * it: free().  NULL if there was no memory. */
char *explanation_help(const struct explanation *entry);

/* explain_code prints the page of one finding, as --explain does.  Returns the exit
 * status: EXIT_SOUND, or EXIT_USAGE after saying on standard error that there is no
 * such finding. */
int explain_code(FILE *out, const char *code);

/* explain_list prints all findings: a line each, or as `json` one array of objects.
 * Returns false if there was no memory. */
bool explain_list(FILE *out, bool json);

#endif
