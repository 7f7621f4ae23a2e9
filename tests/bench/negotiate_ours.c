/* Both sides of a negotiation by our library, as examples/loopback.c does it. */
#include "negotiate_ours.h"

#include "toy_mech.h"

#include <string.h>

/* How the mechanisms behave in the flow that is open. */
static struct toy_cred cred;
static const struct spnego_offer offers[] = {{&toy_a, &cred}, {&toy_b, &cred}};

static void
open_flow(const struct negotiate_flow *flow)
{
    memset(&cred, 0, sizeof(cred));
    cred.hops = flow->hops;
    cred.integrity = true;
}

static void
close_flow(void)
{
}

static struct spnego_ctx *
start(enum spnego_role role, size_t first, const struct spnego_alloc *alloc)
{
    struct spnego_config config = {.size = sizeof(config), .role = role};
    struct spnego_ctx *ctx;

    config.offers = offers + first;
    config.num_offers = 2 - first;
    config.alloc = alloc;
    return spnego_ctx_new(&ctx, &config) == SPNEGO_OK ? ctx : NULL;
}

static void
talk(struct spnego_ctx *initiator, struct spnego_ctx *acceptor, struct negotiate_wire *wire)
{
    struct spnego_slice token = {NULL, 0};
    struct spnego_ctx *turn = initiator;
    enum spnego_status status;

    do {
        status = spnego_ctx_step(turn, &token, token);
        turn = turn == initiator ? acceptor : initiator;
        if (token.len > 0)
            negotiate_sent(wire, token.ptr, token.len);
    } while (status >= 0 && token.len > 0);
}

static bool
chose(const struct spnego_ctx *ctx, const struct spnego_mech_ops *wanted)
{
    struct spnego_outcome outcome;

    spnego_ctx_outcome(ctx, &outcome);
    return outcome.complete && outcome.mech.len == wanted->oid.len &&
           memcmp(outcome.mech.ptr, wanted->oid.ptr, wanted->oid.len) == 0;
}

bool
negotiate_ours_run(const struct negotiate_flow *flow, struct negotiate_wire *wire,
                   const struct spnego_alloc *initiators, const struct spnego_alloc *acceptors)
{
    const struct spnego_mech_ops *wanted = flow->reselect ? &toy_b : &toy_a;
    struct spnego_ctx *initiator = start(SPNEGO_INITIATOR, 0, initiators);
    struct spnego_ctx *acceptor = start(SPNEGO_ACCEPTOR, flow->reselect, acceptors);
    bool good = initiator != NULL && acceptor != NULL;

    if (good) {
        talk(initiator, acceptor, wire);
        good = chose(initiator, wanted) && chose(acceptor, wanted);
    }
    spnego_ctx_free(initiator);
    spnego_ctx_free(acceptor);
    return good;
}

/* The mechanism's own tokens, from one side's buffer to the other's. */
static bool
talk_bare(void *mechs[2], struct negotiate_wire *wire)
{
    uint8_t octets[2][32];
    struct spnego_slice token = {NULL, 0};
    enum spnego_status status[2] = {SPNEGO_CONTINUE, SPNEGO_CONTINUE};
    int turn = 0;

    do {
        struct spnego_buf out = {octets[turn], sizeof(octets[turn]), 0, NULL};

        status[turn] = toy_a.step(mechs[turn], &out, token);
        if (status[turn] < 0)
            return false;
        token.ptr = out.ptr;
        token.len = out.len;
        if (token.len > 0)
            negotiate_sent(wire, token.ptr, token.len);
        turn = 1 - turn;
    } while (token.len > 0);
    return status[0] == SPNEGO_OK && status[1] == SPNEGO_OK;
}

static bool
run_bare(struct negotiate_wire *wire)
{
    void *mechs[2] = {NULL, NULL};
    bool good = toy_a.create(&mechs[0], &cred, SPNEGO_INITIATOR) == SPNEGO_OK &&
                toy_a.create(&mechs[1], &cred, SPNEGO_ACCEPTOR) == SPNEGO_OK &&
                talk_bare(mechs, wire);
    int i;

    for (i = 0; i < 2; i++)
        if (mechs[i] != NULL)
            toy_a.destroy(mechs[i]);
    return good;
}

static bool
run(const struct negotiate_flow *flow, struct negotiate_wire *wire)
{
    return flow->bare ? run_bare(wire) : negotiate_ours_run(flow, wire, NULL, NULL);
}

const struct negotiate_party negotiate_ours = {"ours", open_flow, run, close_flow};
