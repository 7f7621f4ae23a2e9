/* Both sides of a negotiation by our library, as examples/loopback.c does it. */
#include "negotiate_ours.h"

#include "toy_mech.h"

#include <spnego/gss.h>
#include <spnego/negoex_mech.h>
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
    cred.metadata = NEGOTIATE_METADATA;
    cred.got_metadata = NEGOTIATE_METADATA;
}

static void
close_flow(void)
{
}

struct side {
    const struct spnego_offer *toys;
    struct negoex_config negoex; /* with the toys in it; and the offer of that */
    struct spnego_offer offer;
    struct spnego_ctx *ctx;
};

static void
put_into_negoex(struct side *side, struct spnego_config *config,
                const struct spnego_alloc *alloc)
{
    side->negoex.size = sizeof(side->negoex);
    side->negoex.offers = config->offers;
    side->negoex.num_offers = config->num_offers;
    side->negoex.crypto = &spnego_krb5_crypto;
    side->negoex.alloc = alloc;
    side->offer.ops = &negoex_mech;
    side->offer.cred = &side->negoex;
    config->offers = &side->offer;
    config->num_offers = 1;
}

static bool
start(struct side *side, const struct negotiate_flow *flow, enum spnego_role role,
      const struct negotiate_allocs *allocs)
{
    size_t first = role == SPNEGO_ACCEPTOR && flow->reselect ? 1 : 0;
    struct spnego_config config = {.size = sizeof(config), .role = role};

    side->toys = offers + first;
    config.offers = side->toys;
    config.num_offers = 2 - first;
    config.alloc = allocs->spnego;
    if (flow->by == NEGOTIATE_NEGOEX)
        put_into_negoex(side, &config, allocs->negoex);
    return spnego_ctx_new(&side->ctx, &config) == SPNEGO_OK;
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

/* The toy that was chosen, by NegoEx if that was chosen to do so. */
static const struct spnego_mech_ops *
chosen(const struct side *side)
{
    struct spnego_outcome outcome;
    struct negoex_outcome inner;

    spnego_ctx_outcome(side->ctx, &outcome);
    if (!outcome.complete)
        return NULL;
    if (side->offer.ops == NULL)
        return side->toys[outcome.selected].ops;
    negoex_mech_outcome(spnego_ctx_mech(side->ctx), &inner);
    return side->toys[inner.selected].ops;
}

bool
negotiate_ours_run(const struct negotiate_flow *flow, struct negotiate_wire *wire,
                   const struct negotiate_allocs *initiators,
                   const struct negotiate_allocs *acceptors)
{
    const struct spnego_mech_ops *wanted = flow->reselect ? &toy_b : &toy_a;
    struct side initiator = {0}, acceptor = {0};
    bool good = start(&initiator, flow, SPNEGO_INITIATOR, initiators) &&
                start(&acceptor, flow, SPNEGO_ACCEPTOR, acceptors);

    if (good) {
        talk(initiator.ctx, acceptor.ctx, wire);
        good = chosen(&initiator) == wanted && chosen(&acceptor) == wanted;
    }
    spnego_ctx_free(initiator.ctx);
    spnego_ctx_free(acceptor.ctx);
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
    static const struct negotiate_allocs none = {NULL, NULL};

    return flow->by == NEGOTIATE_NOTHING ? run_bare(wire)
                                         : negotiate_ours_run(flow, wire, &none, &none);
}

const struct negotiate_party negotiate_ours = {"ours", open_flow, run, close_flow};
