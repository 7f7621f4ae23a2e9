/* negoex_tape.h: an honest NegoEx conversation of our own, on a tape that can be cut,
 * changed and given to the judge. */
#ifndef NEGOEX_TAPE_H
#define NEGOEX_TAPE_H

#include "conversation.h"
#include "negoex_wire.h"

#define TAPE_TOKENS (2 * WIRE_TOKENS)

struct negoex_tape {
    size_t count;
    struct pair_token tokens[TAPE_TOKENS];
};

/* negoex_tape_record appends what both sides say; another `salt` gives other random
 * octets. */
void negoex_tape_record(struct negoex_tape *tape, const struct negoex_wire_flow *flow,
                        unsigned salt);

/* negoex_tape_judge runs the rules over it; conversation_free is due. */
void negoex_tape_judge(struct conversation *conversation, const struct negoex_tape *tape);

/* negoex_tape_raised says whether `code` was raised, of any token. */
bool negoex_tape_raised(const struct conversation *conversation, unsigned code);

/* negoex_tape_worst returns an error or a warning that the messages of both sides
 * together have raised (51xx and 53xx), or NULL. */
const struct remark *negoex_tape_worst(const struct conversation *conversation);

#endif
