/* conversation_parts.h: what the files of the conversation share among themselves. */
#ifndef CONVERSATION_PARTS_H
#define CONVERSATION_PARTS_H

#include "conversation.h"
#include "octets.h"

/* conversation_guess_side says who sends `octets` next, if nobody has told. */
enum side conversation_guess_side(struct conversation *conversation,
                                  struct spnego_slice octets);

/* conversation_fragment returns the turn that `octets` of `side` continue, or NULL if they
 * are a token of their own. */
struct turn *conversation_fragment(struct conversation *conversation, enum side side,
                                   struct spnego_slice octets);

/* conversation_missing returns how many octets of a token's outer length are missing. */
size_t conversation_missing(struct spnego_slice octets);

/* The rules, run by conversation_judge in this order. */
void rules_of_conversation(struct conversation *conversation);        /* C */
void rules_of_negoex_conversation(struct conversation *conversation); /* X */

#endif
