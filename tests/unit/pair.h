/* pair.h: an initiator and an acceptor with toy mechanisms, and the wire between
 * them, for the tests of the negotiation. */
#ifndef PAIR_H
#define PAIR_H

#include "toy_mech.h"

#include <spnego/spnego.h>

#define PAIR_TOKENS 40
#define PAIR_TOKEN_LEN 4096

/* A token as it went over the wire. */
struct pair_token {
    enum spnego_role sender;
    size_t len;
    uint8_t octets[PAIR_TOKEN_LEN];
};

/* Everything is set by pair_init and may be changed before pair_open. */
struct pair {
    struct toy_cred creds[2][4]; /* by role, in the order of the offers */
    struct spnego_offer offers[2][4];
    struct spnego_config config[2];
    unsigned living; /* mechanisms that are not destroyed */

    /* Called for each token before it arrives; may change it, or drop it by making
     * its length 0.  NULL: an honest wire. */
    void (*wire)(void *arg, struct pair_token *token, size_t index);
    void *arg;

    struct spnego_ctx *ctx[2];
    enum spnego_status status[2];
    struct pair_token tokens[PAIR_TOKENS]; /* as they arrived */
    size_t count;
};

/* pair_init: the mechanisms by their letters, most wanted first. */
void pair_init(struct pair *pair, const char *initiator, const char *acceptor, unsigned hops);
void pair_open(struct pair *pair);

/* pair_step gives `in` to one side and returns what it says; its status is in
 * pair->status. */
struct spnego_slice pair_step(struct pair *pair, enum spnego_role role, struct spnego_slice in);

/* pair_run lets both speak until neither has anything to say. */
void pair_run(struct pair *pair);

/* pair_run_hinted is that, and the acceptor begins. */
void pair_run_hinted(struct pair *pair);

/* pair_complete: did both sides complete? */
bool pair_complete(const struct pair *pair);

/* pair_shape writes the transcript in the manner of RFC 4178's readers:
 * "I init | A 3 | I 1+M | A 0+M"; a token with a mechanism's token has a "t". */
void pair_shape(const struct pair *pair, char *out, size_t cap);

/* pair_close ends both sides and checks that no mechanism is left. */
void pair_close(struct pair *pair);

#endif
