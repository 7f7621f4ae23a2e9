/* sides.c: two contexts and the octets between them. */
#include "sides.h"

#include <string.h>

#define RUN_MAX 4000 /* steps: a token of 300 octets in pieces of 6, there and back */

bool
sides_open(struct sides *sides)
{
    enum spnego_status status;
    unsigned role;

    for (role = 0; role < 2; role++) {
        PROMISE(spnego_config_fault(&sides->side[role].config) == NULL);
        status = spnego_ctx_new(&sides->side[role].ctx, &sides->side[role].config);
        PROMISE((status == SPNEGO_OK) == (sides->side[role].ctx != NULL));
        PROMISE(status == SPNEGO_OK || sides->memory.refused > 0);
        PROMISE(sides->memory.largest_first <= CONTEXT_MAX);
        if (status != SPNEGO_OK)
            return false;
    }
    return true;
}

/* Everything is given back, whatever happened. */
void
sides_close(struct sides *sides)
{
    struct side *side;
    unsigned role;

    for (role = 0; role < 2; role++) {
        side = &sides->side[role];
        spnego_ctx_free(side->ctx);
        if (side->mech != NULL)
            fuzz_mechs[0].destroy(side->mech);
        while (side->waiting > 0)
            wire_drop(side);
    }
    while (sides->said > 0)
        free(sides->history[--sides->said].ptr);
    PROMISE(sides->living == 0);
    PROMISE(sides->memory.blocks == 0 && sides->memory.octets == 0);
}

static void
note(struct sides *sides, struct spnego_slice token)
{
    if (sides->said == WIRE_HISTORY || token.len == 0)
        return;
    sides->history[sides->said].ptr = exact_copy(token);
    sides->history[sides->said].len = token.len;
    sides->said++;
}

/* Who does not fetch the pieces of an error is told no more; the status is known. */
static enum spnego_status
cut_off(const struct side *side)
{
    struct spnego_outcome outcome;

    PROMISE(side->config.max_fragment != 0);
    spnego_ctx_outcome(side->ctx, &outcome);
    PROMISE(outcome.status < 0);
    return outcome.status;
}

/* An error, or success, is the last word. */
static void
promise_step(struct sides *sides, struct side *side, enum spnego_status status,
             struct spnego_slice out)
{
    PROMISE(status <= SPNEGO_CONTINUE && status >= SPNEGO_E_STATE);
    PROMISE(status != SPNEGO_E_SPACE);
    PROMISE(status != SPNEGO_E_MEMORY || sides->memory.refused > 0);
    PROMISE(out.ptr != NULL || out.len == 0);
    PROMISE(side->config.max_fragment == 0 || out.len <= side->config.max_fragment);
    PROMISE(!side->ended || status == SPNEGO_E_STATE);
    PROMISE(status != SPNEGO_E_STATE || out.len == 0);
    if (side->ended)
        return;
    if (status == SPNEGO_E_STATE)
        status = cut_off(side);
    side->status = status;
    side->ended = status != SPNEGO_CONTINUE;
}

void
sides_give(struct sides *sides, enum spnego_role role, struct spnego_slice in)
{
    struct side *side = &sides->side[role];
    uint8_t *copy = exact_copy(in);
    enum spnego_status status;
    struct spnego_slice out = {copy, 1};

    in.ptr = copy;
    side->stepped = true;
    status = spnego_ctx_step(side->ctx, &out, in);
    promise_step(sides, side, status, out);
    /* Nothing may be kept of what came in, but by a copy. */
    memset(copy, 0xdd, in.len);
    free(copy);
    note(sides, out);
    if (out.len > 0 || status == SPNEGO_CONTINUE)
        wire_push(&sides->side[sides_other(role)], out);
    promise_side(sides, SPNEGO_INITIATOR);
    promise_side(sides, SPNEGO_ACCEPTOR);
    promise_pair(sides);
}

bool
sides_deliver(struct sides *sides, enum spnego_role role)
{
    struct side *side = &sides->side[role];
    struct spnego_slice none = {NULL, 0}, in;
    struct token token = side->to[0];

    if (side->waiting == 0) {
        if (side->stepped || role != SPNEGO_INITIATOR)
            return false;
        sides_give(sides, role, none);
        return true;
    }
    in.ptr = token.ptr;
    in.len = token.len;
    side->waiting--;
    memmove(side->to, side->to + 1, side->waiting * sizeof(side->to[0]));
    sides_give(sides, role, in);
    free(token.ptr);
    return true;
}

void
sides_run(struct sides *sides)
{
    bool moved = true;
    unsigned steps;

    for (steps = 0; moved; steps++) {
        PROMISE(steps < RUN_MAX);
        moved = sides_deliver(sides, SPNEGO_ACCEPTOR);
        moved = sides_deliver(sides, SPNEGO_INITIATOR) || moved;
    }
}
