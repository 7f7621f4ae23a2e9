/* negoex_pair.h: an initiator and an acceptor whose toy mechanisms are negotiated by
 * NegoEx, inside SPNEGO, for the tests of the conversation. */
#ifndef NEGOEX_PAIR_H
#define NEGOEX_PAIR_H

#include "fake_crypto.h"
#include "pair.h"

/* Everything is set by negoex_pair_init and may be changed before pair_open(&np->pair):
 * pair.creds are the toys', in the order of the schemes. */
struct negoex_pair {
    struct pair pair;
    struct spnego_offer schemes[2][4];
    struct negoex_config negoex[2];
    struct fake_crypto crypto[2];
    char text[2][16384]; /* events, a line each */
    unsigned codes[2][40];
    size_t num_codes[2]; /* of findings that were told, the failure's too */
};

/* The mechanisms by their letters, most wanted first; each has its letter and "!" as
 * metadata.  Letters behind a "+" are offered by SPNEGO itself, behind NegoEx; those
 * before a "-" in front of it: "A-BC+D". */
void negoex_pair_init(struct negoex_pair *np, const char *initiator, const char *acceptor,
                      unsigned hops);

/* negoex_pair_shape writes the transcript: per token the sender, negState, and the NegoEx
 * messages as their number and a letter: N for NEGO, M for metadata, T for AP_REQUEST and
 * CHALLENGE, V for VERIFY, A for ALERT.  "I 0N1M2T | A1 3N4M5T6V | I1 7V | A0". */
void negoex_pair_shape(const struct negoex_pair *np, char *out, size_t cap);

/* negoex_pair_letter returns the letter of what NegoEx chose, or '-'. */
char negoex_pair_letter(const struct negoex_pair *np, enum spnego_role role);

/* negoex_pair_inner finds the NegoEx octets in a token; empty if it has none. */
struct spnego_slice negoex_pair_inner(const struct pair_token *token);

/* negoex_pair_told: was this finding told to `role`? */
bool negoex_pair_told(const struct negoex_pair *np, enum spnego_role role, unsigned code);

#endif
