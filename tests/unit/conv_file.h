/* conv_file.h: the files in tests/vectors that hold a conversation, and what is to be found
 * in it.
 *
 *     title:   the acceptor chooses what was not offered
 *     source:  RFC 4178 4.2.2
 *     profile: interop            all tolerances (the default); or strict: none
 *     verdict: invalid            the worst of all tokens
 *     outcome: unfinished         or complete, rejected, broken
 *     expect:  2:SPN5007          token:code of all errors and warnings, in order
 *     notes:   2:SPN5228          the notes of conversations, 5xxx; may be left out
 *     near:    SPN5008            codes that are not raised, but nearly
 *     key:     ...                kept as it stands, one a line
 *
 * A blank line ends the header.  Behind it stands what conversation_read takes. */
#ifndef CONV_FILE_H
#define CONV_FILE_H

#include "conversation.h"

#include <stdio.h>

struct conv_file {
    char title[128], source[64], profile[16], verdict[16], outcome[16];
    char expect[512], notes[512], near[256];
    char keys[1024]; /* lines */
    bool has_notes;
    char *body;
    size_t body_len;
    char error[256]; /* "file:line: what is wrong" */
};

/* conv_file_load reads the file `name`, conv_file_read a stream that is called so.  Both
 * return false with `error` set if the format is broken; conv_file_free is due either way. */
bool conv_file_load(struct conv_file *file, const char *name);
bool conv_file_read(struct conv_file *file, FILE *stream, const char *name);
void conv_file_free(struct conv_file *file);

/* conv_file_judge makes a conversation of the body and judges it; conversation_free is due.
 * Returns false with `error` set if the body cannot be read. */
bool conv_file_judge(struct conv_file *file, struct conversation *conversation);

/* conv_file_found writes the findings of `from` to `to` with these severities as `expect`
 * has them. */
void conv_file_found(char *out, size_t cap, const struct conversation *conversation,
                     bool (*wanted)(const struct remark *remark));

/* What stands in `expect`, and in `notes`. */
bool conv_file_is_grave(const struct remark *remark);
bool conv_file_is_note(const struct remark *remark);

/* "complete", and the worst verdict of all tokens. */
const char *conv_file_outcome(const struct conversation *conversation);
const char *conv_file_verdict(const struct conversation *conversation);

#endif
