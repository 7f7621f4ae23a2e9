/* negoex_meddle.h: what somebody between two NegoEx sides can do to a token. */
#ifndef NEGOEX_MEDDLE_H
#define NEGOEX_MEDDLE_H

#include "negoex_sides.h"

#define NEGOEX_HISTORY 12

/* Everything that was said, to say it again. */
struct negoex_history {
    struct negoex_token tokens[NEGOEX_HISTORY];
    size_t count;
};

enum negoex_op {
    OP_DELIVER,
    OP_RUN,
    OP_GREET, /* the acceptor speaks first */
    OP_FLIP,
    OP_FIELD,
    OP_REMOVE,
    OP_REPEAT,
    OP_SWAP,
    OP_INSERT,
    OP_CUT,
    OP_REPLAY,
    OP_HEADS,
    OP_TURN, /* what the initiator says becomes what the acceptor would say */
    OP_LOSE,
    OP_RAW,
    OPS
};

/* negoex_meddle writes the token that waits for `side` anew, as `input` says. */
void negoex_meddle(enum negoex_op op, struct negoex_side *side, struct spnego_slice *input,
                   const struct negoex_history *history);

/* negoex_token_keep puts octets into a token. */
void negoex_token_keep(struct negoex_token *token, struct spnego_slice octets);

static inline struct spnego_slice
negoex_token_octets(const struct negoex_token *token)
{
    struct spnego_slice octets = {token->octets, token->len};

    return octets;
}

#endif
