/* report.h: what was found, on paper.  A report is begun once, gets every input in
 * order, and is ended once; a format is a table of what it does at each of these. */
#ifndef REPORT_H
#define REPORT_H

#include "conversation.h"
#include "options.h"
#include "stats.h"

/* The text that the octets of an input were read from. */
struct source {
    struct spnego_slice text;
    enum input_form form; /* what it was taken for */
    size_t before;        /* octets right before it in its line */
};

/* Where an input came from. */
struct origin {
    const char *name;            /* of a file; "standard input" */
    unsigned long line;          /* of the file, from 1; 0: all of it */
    struct spnego_slice id;      /* its column of --id-column; empty without */
    const struct source *source; /* NULL if unknown */
};

struct report;

/* What a format does; NULL where it does nothing.  A function that returns false had no
 * memory. */
struct report_format {
    bool (*begin)(struct report *report);
    bool (*token)(struct report *report, const struct origin *origin,
                  struct analysis *analysis);
    bool (*unreadable)(struct report *report, const struct origin *origin, const char *error);
    bool (*conversation)(struct report *report, struct conversation *conversation);
    bool (*end)(struct report *report, const struct stats *stats); /* NULL without --stats */
};

struct report {
    const struct report_format *format;
    const struct options *options;
    FILE *out;
    void *state; /* of the format */
};

/* report_format_of returns the functions of a format. */
const struct report_format *report_format_of(enum format format);

extern const struct report_format report_format_text, report_format_json, report_format_ndjson,
    report_format_gcc, report_format_sarif;

/* value_text writes what a node's value means: "accept-incomplete (1)". */
void value_text(char *out, size_t cap, const struct analysis *analysis,
                const struct node *node);

/* value_is_signed says whether a number may be below 0: an INTEGER of ASN.1 may, those of
 * fixed layouts, u16 to u64 and FILETIME, may not. */
bool value_is_signed(const struct node *node);

/* report_name writes a file's name in the same way; UTF-8 stays as it is. */
void report_name(char *out, size_t cap, const char *name);

/* report_origin writes "name" or "name:line". */
void report_origin(char *out, size_t cap, const struct origin *origin);

/* report_escape writes octets as text in which nothing can move the cursor. */
void report_escape(char *out, size_t cap, struct spnego_slice octets);

/* report_turn_origin returns the file and the line that a turn came from.  What it points to
 * are the conversation's. */
struct origin report_turn_origin(const struct report *report,
                                 const struct conversation *conversation,
                                 const struct turn *turn);

/* "note", "warning" or "error". */
extern const char *const severity_names[3];

/* report_counts prints how many remarks of each severity there are: ", 1 error, 2 notes". */
void report_counts(FILE *out, const struct analysis *analysis);

/* report_text_remark prints one finding as text does: below its token, indented. */
void report_text_remark(FILE *out, const struct analysis *analysis, const struct remark *remark,
                        bool color);

/* report_conversation_text prints a conversation: its tokens with what was found in
 * them, the ladder, the verdict. */
void report_conversation_text(FILE *out, struct conversation *conversation, bool color);

#endif
