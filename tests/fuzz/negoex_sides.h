/* negoex_sides.h: two sides that speak NegoEx, with mechanisms that nobody on the wire can
 * forge, and a watch on who calls them. */
#ifndef NEGOEX_SIDES_H
#define NEGOEX_SIDES_H

#include "mech.h"
#include "memory_count.h"

#include <string.h>

#define NEGOEX_SCHEMES 3
#define NEGOEX_TOKEN_MAX 16384

/* A scheme is a mechanism of mech.h with keys and metadata. */
struct negoex_cred {
    struct fuzz_cred inner;
    bool early; /* it has keys at once, or */
    bool never;
    bool makes, refuses; /* metadata */
    struct negoex_side *side;
};

struct negoex_token {
    uint8_t octets[NEGOEX_TOKEN_MAX];
    size_t len;
};

struct negoex_side {
    struct negoex_cred creds[NEGOEX_SCHEMES];
    struct spnego_offer schemes[NEGOEX_SCHEMES];
    struct spnego_crypto_ops crypto;
    struct negoex_config negoex;
    struct spnego_offer offer;
    struct spnego_config config;
    struct spnego_ctx *ctx;
    enum spnego_role role;
    enum spnego_status status;
    bool stepped, ended, waiting;
    unsigned ends;          /* events */
    bool unverified;        /* SPN5115 was told */
    size_t covered;         /* of its transcript, by the peer's VERIFY */
    unsigned calls, fails;  /* of its crypto, and the one that fails */
    struct negoex_token to; /* waits for it */
};

struct negoex_sides {
    struct memory_count memory;
    struct negoex_side side[2]; /* by enum spnego_role */
    unsigned living;
    uint64_t secret;
    bool honest;  /* nobody has meddled */
    bool trouble; /* something fails by itself */
    bool to_end;  /* let both finish behind the script */
};
extern struct negoex_sides negoex_sides;

/* negoex_sides_read (negoex_read.c) reads seven octets from the front of `input`. */
void negoex_sides_read(struct spnego_slice *input);

/* negoex_sides_fill gives a side what is the same in all configurations. */
void negoex_sides_fill(struct negoex_side *side, enum spnego_role role);
extern struct spnego_mech_ops negoex_sides_ops[NEGOEX_SCHEMES];
void negoex_sides_make_ops(void);

/* negoex_sides_forged: did `mech`, a scheme's, take metadata that nobody has made? */
bool negoex_sides_forged(const void *mech);

/* negoex_sides_run_of is fuzz_mech_session: what both ends have the same. */
uint64_t negoex_sides_run_of(const void *mech);

/* The conversation of a side, also of one that has failed; or NULL. */
const struct negoex_session *negoex_side_session(const struct negoex_side *side);

extern const uint8_t negoex_sides_guids[NEGOEX_SCHEMES][16];

#endif
