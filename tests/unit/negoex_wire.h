/* negoex_wire.h: honest NegoEx conversations of every sort, somebody on the wire between
 * the sides, and what he must not achieve. */
#ifndef NEGOEX_WIRE_H
#define NEGOEX_WIRE_H

#include "flow.h"
#include "negoex_pair.h"
#include "negoex_session.h"

#define WIRE_EARLY_I 0x01u /* the initiator has its keys at once */
#define WIRE_EARLY_A 0x02u
#define WIRE_LATE 0x04u   /* no optimistic token */
#define WIRE_GREETS 0x08u /* the acceptor speaks first, and the initiator goes on from there   \
                           */

/* One sort of conversation; the letters are negoex_pair_init's. */
struct negoex_wire_flow {
    const char *name;
    const char *initiator, *acceptor;
    unsigned hops, how;
};
#define WIRE_FLOWS 17
extern const struct negoex_wire_flow negoex_wire_flows[WIRE_FLOWS];

/* The two sides, and a watch on them. */
struct negoex_wire {
    struct negoex_pair np;
    struct spnego_mech_ops toys[4]; /* with the watch */
    unsigned how;                   /* the flow's */
    enum spnego_role turn;          /* who makes a step */
    unsigned salt;                  /* of the random octets: another conversation */
    unsigned steps;                 /* so many are made; 0: to the end */
    size_t covered[2];              /* octets of its transcript that the peer's VERIFY covers */
    bool forged[2];                 /* it took metadata that its peer has not made */
};
extern struct negoex_wire negoex_wire;

/* negoex_wire_init makes the sides ready; they may be changed before each run. */
void negoex_wire_init(const struct negoex_wire_flow *flow);

/* negoex_wire_run lets them speak, with random octets that depend on the salt alone;
 * `on_wire` is called for each token, and may change it.  End it with
 * flow_close(&negoex_wire.np.pair). */
typedef void negoex_wire_hook(void *arg, struct pair_token *token, size_t number);
void negoex_wire_run(negoex_wire_hook *on_wire, void *arg);

/* negoex_wire_problem says what he has achieved and must not; or NULL. */
const char *negoex_wire_problem(void);

/* The conversation of one side, also of one that has failed; NULL if there is none. */
const struct negoex_session *negoex_wire_session(enum spnego_role role);

/* negoex_wire_ignored: token number `token` is a greeting from which the initiator has not
 * gone on: then it belongs to no conversation. */
bool negoex_wire_ignored(size_t token);

/* negoex_wire_put puts `inner` in the place of the NegoEx octets of `token`, and makes the
 * SPNEGO around them right again. */
void negoex_wire_put(struct pair_token *token, struct spnego_slice inner);

/* negoex_wire_split takes NegoEx octets apart; returns how many messages there are. */
#define WIRE_MESSAGES 16
size_t negoex_wire_split(struct spnego_slice messages[WIRE_MESSAGES],
                         struct spnego_slice inner);

/* Little-endian numbers, of up to eight octets. */
uint64_t negoex_wire_load(const uint8_t *from, size_t width);
void negoex_wire_store(uint8_t *to, size_t width, uint64_t value);

/* Where the fields of a message stand.  [MS-NEGOEX] 2.2.6. */
enum { AT_TYPE = 8, AT_SEQUENCE = 12, AT_HEADER_LEN = 16, AT_LEN = 20, AT_CONVERSATION = 24 };

static inline unsigned
negoex_wire_type(struct spnego_slice message)
{
    return (unsigned)negoex_wire_load(message.ptr + AT_TYPE, 4);
}

/* The honest conversation, to compare with and to replay. */
#define WIRE_TOKENS 12
#define WIRE_TOKEN_LEN 640
struct negoex_wire_record {
    struct {
        enum spnego_role sender;
        size_t begin; /* octets of NegoEx that were said before */
        size_t len;   /* octets of NegoEx */
        uint8_t octets[WIRE_TOKEN_LEN];
    } tokens[WIRE_TOKENS];
    size_t count;
    size_t
        covered; /* octets that a VERIFY covers: all but the last VERIFY, and what is behind */
    char letter; /* what was chosen */
};
void negoex_wire_listen(struct negoex_wire_record *record, const struct negoex_wire_flow *flow);

#endif
