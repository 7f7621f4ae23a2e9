/* report.h: an analysis on paper.  Text for people, JSON for programs. */
#ifndef REPORT_H
#define REPORT_H

#include "analysis.h"
#include "options.h"

/* report_text prints the tree with the findings under what they are about. */
void report_text(FILE *out, const char *name, struct analysis *analysis, bool color);

/* report_json prints one object; on one line if `compact`.  Returns false if
 * there was no memory. */
bool report_json(FILE *out, const char *name, struct analysis *analysis, bool compact);

/* report_json_unreadable prints the object of an input without octets. */
bool report_json_unreadable(FILE *out, const char *name, const char *error, bool compact);

/* value_text writes what a node's value means: "accept-incomplete (1)". */
void value_text(char *out, size_t cap, const struct analysis *analysis,
                const struct node *node);

/* report_name writes a file's name in the same way; UTF-8 stays as it is. */
void report_name(char *out, size_t cap, const char *name);

/* report_escape writes octets as text in which nothing can move the cursor. */
void report_escape(char *out, size_t cap, struct spnego_slice octets);

#endif
