/* flow.h: honest negotiations of every sort, which the tests of the negotiation
 * then disturb; and an allocator that counts and can fail. */
#ifndef FLOW_H
#define FLOW_H

#include "pair.h"

#include <check.h>

#define FLOW_REQUIRE 0x01u /* both sides: require_mic */
#define FLOW_OWN 0x02u     /* the acceptor chooses in its own order */
#define FLOW_PLAIN 0x04u   /* no mechanism has integrity */
#define FLOW_WANTS 0x08u   /* all mechanisms want a mechListMIC */
#define FLOW_LATE 0x10u    /* no optimistic token */
#define FLOW_HINT 0x20u    /* the acceptor speaks first, and its hint is followed */

/* One sort of negotiation; each has 1 to FLOW_HOPS tokens of its mechanism. */
struct flow {
    const char *name;
    const char *initiator, *acceptor; /* their mechanisms */
    unsigned how;                     /* FLOW_* */
    unsigned hops;
};
#define FLOW_HOPS 4

/* flow_at returns flow number `i` of flow_count(). */
size_t flow_count(void);
struct flow flow_at(size_t i);

/* FLOW_CHECK is ck_assert for what is checked a million times: it tells libcheck
 * nothing when it holds. */
#define FLOW_CHECK(good)                                                                       \
    do {                                                                                       \
        if (!(good))                                                                           \
            ck_abort_msg("not so: %s", #good);                                                 \
    } while (0)

/* flow_init is pair_init for a flow. */
void flow_init(struct pair *pair, const struct flow *flow);
enum spnego_role flow_first(const struct flow *flow);

/* flow_open and flow_close are pair_open and pair_close, and quicker. */
void flow_open(struct pair *pair);
void flow_close(struct pair *pair);

/* flow_step is pair_step with a copy of `in` that is gone afterwards, and checks
 * what must hold after every step. */
struct spnego_slice flow_step(struct pair *pair, enum spnego_role role, struct spnego_slice in);

/* flow_check checks what must hold after a step that returned pair->status. */
void flow_check(const struct pair *pair, enum spnego_role role, struct spnego_slice out);

/* flow_check_ended checks that a side takes nothing any more. */
void flow_check_ended(struct pair *pair, enum spnego_role role);

/* What both sides have said, without the borders between tokens. */
#define FLOW_TAPE 1024
struct flow_tape {
    uint8_t octets[2][FLOW_TAPE];
    size_t len[2];
    unsigned steps;
};

/* flow_run lets both speak, also in fragments, for at most `steps` steps (0: to
 * the end), and calls `hook`, if there is one, before each.  `tape` may be NULL.
 * pair->wire sees every token, also empty ones. */
typedef void flow_hook(void *arg, struct pair *pair, enum spnego_role next);
void flow_run(struct pair *pair, const struct flow *flow, struct flow_tape *tape,
              unsigned steps, flow_hook *hook, void *arg);
void flow_tape_check(const struct flow_tape *got, const struct flow_tape *want,
                     const char *name);

/* flow_fail ends the test if `good` is false, and says which flow it was. */
void flow_fail(const struct flow *flow, bool good, const char *problem);

/* flow_mic writes the toy MIC of the list that a side has. */
void flow_mic(uint8_t mic[4], const struct spnego_ctx *ctx);

/* An allocator that counts.  Call number `fails`, from 1, fails; 0: none does. */
struct flow_alloc {
    struct spnego_alloc alloc;
    size_t calls, fails;
    size_t first;      /* octets of the first call */
    size_t used, peak; /* octets */
    size_t total;      /* octets, of all calls */
};
void flow_alloc_init(struct flow_alloc *counter, size_t fails);

#endif
