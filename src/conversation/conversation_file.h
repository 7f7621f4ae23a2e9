/* conversation_file.h: conversations as people write them down.
 *
 *     # NTLM over SMB2
 *     I 60 48 06 06 2b 06 01 05 05 02   the initiator's token, in any form of text that
 *       a0 3e 30 3c                     spnego-check reads; indented lines go on
 *     A oYHqMIHnoAMK...                 the acceptor's
 *     ? a1 07 ...                       nobody knows whose: it is guessed
 *     A -                               an empty token
 *     a1 07 30 05 a0 03 0a 01 00        a line without a letter is a guess too; headers
 *                                       of HTTP say by their names whose they are
 *
 * # begins a comment.  A byte order mark before it all is passed over; the text may be
 * UTF-16. */
#ifndef CONVERSATION_FILE_H
#define CONVERSATION_FILE_H

#include "conversation.h"
#include "input.h"

/* conversation_read adds all tokens in `text`.  Each is labelled "line 3".  Returns false
 * with a sentence in `error` that begins with the place: "line 3, column 7: ...". */
bool conversation_read(struct conversation *conversation, struct spnego_slice text,
                       enum input_form form, char *error, size_t cap);

/* conversation_file_side returns the side that a name like "I:first.bin" begins with, and
 * moves `*name` behind it; SIDE_UNKNOWN without. */
enum side conversation_file_side(const char **name);

/* conversation_read_one adds the one token that `text` is, labelled `label`. */
bool conversation_read_one(struct conversation *conversation, enum side side,
                           struct spnego_slice text, enum input_form form, const char *label,
                           char *error, size_t cap);

#endif
