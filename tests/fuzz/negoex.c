/* negoex.c: two sides that speak NegoEx inside SPNEGO, and somebody between them who can do
 * anything to its messages, and has no keys.
 *
 * The input is a configuration (negoex_sides.c) and a script of operations, one octet each:
 * bit 0 is the side whose next token it is about, the rest which one.  Its arguments follow.
 * The promises are looked at after each. */
#include "negoex_meddle.h"
#include "negoex_session.h"

#include <string.h>

#define SCRIPT_MAX 120
#define RUN_MAX 80

static struct negoex_side *const sides = negoex_sides.side;
static struct negoex_history history;

/* A completed side: everything that its peer's VERIFY covers was said as it was heard, and
 * its mechanism knows nothing that nobody has told it. */
static void
promise_complete(const struct negoex_side *side, const struct negoex_side *peer)
{
    const struct negoex_session *ours = negoex_side_session(side),
                                *theirs = negoex_side_session(peer);

    PROMISE(ours != NULL && ours->phase == NEGOEX_DONE && ours->count == 1);
    PROMISE(ours->candidates[0].finished && ours->chosen);
    PROMISE(ours->transcript.len <= ours->config.max_transcript);
    PROMISE(ours->verify_fits || (side->negoex.accept_unverified && side->unverified));
    if (!ours->verify_fits)
        return;
    PROMISE(theirs != NULL && side->covered > 0 && theirs->transcript.len >= side->covered);
    PROMISE(memcmp(ours->transcript.ptr, theirs->transcript.ptr, side->covered) == 0);
    PROMISE(!negoex_sides_forged(ours->candidates[0].mech));
}

static void
promise_side(const struct negoex_side *side)
{
    struct spnego_outcome outcome;
    char reason[512];
    size_t len = spnego_ctx_reason(side->ctx, reason, sizeof(reason));

    spnego_ctx_outcome(side->ctx, &outcome);
    PROMISE(outcome.status == side->status);
    PROMISE(outcome.complete == (side->ended && side->status == SPNEGO_OK));
    PROMISE((spnego_ctx_mech(side->ctx) != NULL) == outcome.complete);
    PROMISE(strlen(reason) == len && strchr(reason, '\n') == NULL);
    PROMISE(side->status >= 0 || side->status == SPNEGO_E_MEMORY || len > 0);
    PROMISE(side->ends <= 1);
    if (outcome.complete)
        promise_complete(side, &sides[!side->role]);
}

/* Both have the same scheme, and the same run of it. */
static void
promise_pair(void)
{
    const struct negoex_session *one = negoex_side_session(&sides[0]),
                                *two = negoex_side_session(&sides[1]);

    promise_side(&sides[0]);
    promise_side(&sides[1]);
    if (sides[0].status != SPNEGO_OK || sides[1].status != SPNEGO_OK)
        return;
    PROMISE(memcmp(negoex_scheme_at(one, 0), negoex_scheme_at(two, 0), 16) == 0);
    PROMISE(negoex_sides_run_of(one->candidates[0].mech) ==
            negoex_sides_run_of(two->candidates[0].mech));
}

static void
give(enum spnego_role role, struct spnego_slice in)
{
    struct negoex_side *side = &sides[role];
    uint8_t *copy = exact_copy(in);
    enum spnego_status status;
    struct spnego_slice out = {copy, 1};

    in.ptr = copy;
    status = spnego_ctx_step(side->ctx, &out, in);
    PROMISE(status <= SPNEGO_CONTINUE && status >= SPNEGO_E_STATE);
    PROMISE(status != SPNEGO_E_MEMORY || negoex_sides.memory.refused > 0);
    PROMISE(side->ended == (status == SPNEGO_E_STATE));
    PROMISE(!side->ended || out.len == 0);
    memset(copy, 0xdd, in.len);
    free(copy);
    side->stepped = true;
    if (side->ended)
        return;
    side->status = status;
    side->ended = status != SPNEGO_CONTINUE;
    if (history.count < NEGOEX_HISTORY)
        negoex_token_keep(&history.tokens[history.count++], out);
    sides[!role].waiting = out.len > 0 || status == SPNEGO_CONTINUE;
    negoex_token_keep(&sides[!role].to, out);
    promise_pair();
}

static bool
deliver(enum spnego_role role)
{
    struct negoex_side *side = &sides[role];
    struct spnego_slice none = {NULL, 0};

    if (!side->waiting && (side->stepped || role == SPNEGO_ACCEPTOR))
        return false;
    if (!side->waiting) {
        give(role, none);
        return true;
    }
    side->waiting = false;
    give(role, negoex_token_octets(&side->to));
    return true;
}

static void
run(void)
{
    bool moved = true;
    unsigned steps;

    for (steps = 0; moved; steps++) {
        PROMISE(steps < RUN_MAX);
        moved = deliver(SPNEGO_ACCEPTOR);
        moved = deliver(SPNEGO_INITIATOR) || moved;
    }
}

static void
operate(struct spnego_slice *input)
{
    unsigned octet = input_octet(input);
    enum spnego_role role = (enum spnego_role)(octet & 1);
    enum negoex_op op = (enum negoex_op)((octet >> 1) % OPS);
    struct spnego_slice none = {NULL, 0};

    if (op == OP_DELIVER)
        (void)deliver(role);
    else if (op == OP_RUN)
        run();
    else if (op != OP_GREET)
        negoex_meddle(op, &sides[role], input, &history);
    else if (!sides[0].stepped && !sides[1].stepped)
        give(SPNEGO_ACCEPTOR, none);
    negoex_sides.honest = negoex_sides.honest && op <= OP_GREET;
}

static bool
open_sides(void)
{
    size_t role;

    for (role = 0; role < 2; role++)
        if (spnego_ctx_new(&sides[role].ctx, &sides[role].config) != SPNEGO_OK)
            return false;
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    struct spnego_slice input = {octets, len};
    unsigned count;

    negoex_sides_read(&input);
    history.count = 0;
    if (open_sides()) {
        for (count = 0; count < SCRIPT_MAX && input.len > 0; count++)
            operate(&input);
        if (negoex_sides.to_end)
            run();
        if (negoex_sides.to_end && negoex_sides.honest && !negoex_sides.trouble)
            PROMISE(sides[0].status == SPNEGO_OK && sides[1].status == SPNEGO_OK);
    }
    spnego_ctx_free(sides[0].ctx);
    spnego_ctx_free(sides[1].ctx);
    PROMISE(negoex_sides.living == 0);
    PROMISE(negoex_sides.memory.blocks == 0 && negoex_sides.memory.octets == 0);
    return 0;
}
