/* reencode.h: what holds for everything that was decoded.  Each function returns
 * NULL, or what is wrong. */
#ifndef REENCODE_H
#define REENCODE_H

#include <spnego/spnego.h>

/* A token that is good by the letter has one encoding. */
const char *reencode_token(const struct spnego_negotiation_token *token,
                           struct spnego_slice in);

/* A message has many layouts; one is written, and it says the same. */
const char *reencode_message(const struct negoex_message *message);

#endif
