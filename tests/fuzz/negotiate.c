/* negotiate.c: two sides, and somebody between them who can do anything to octets.
 *
 * The input is a configuration (sides_read.c) and a script of operations, one octet
 * each: bit 0 is the side that it is about, the rest which one.  Its arguments
 * follow.  The promises of docs/negotiation.md are looked at after each. */
#include "sides.h"

#include <string.h>

#define SCRIPT_MAX 200

/* Two negotiations that stand at the same place. */
static void
promise_same_place(const struct spnego_ctx *a, const struct spnego_ctx *b)
{
    struct spnego_outcome one, other;

    spnego_ctx_outcome(a, &one);
    spnego_ctx_outcome(b, &other);
    PROMISE(one.selected == other.selected && same_octets(one.mech, other.mech));
    PROMISE(same_octets(one.mech_types.der, other.mech_types.der));
    PROMISE(one.first_choice == other.first_choice && one.naked == other.naked);
    PROMISE(one.mic_sent == other.mic_sent && one.mic_verified == other.mic_verified);
    PROMISE(one.tokens_in == other.tokens_in && one.tokens_out == other.tokens_out);
    PROMISE(one.octets_in == other.octets_in && one.octets_out == other.octets_out);
    PROMISE(one.tolerated == other.tolerated && one.status == other.status);
}

/* What is imported goes on in the place of what was exported. */
static void
move_to_another_process(struct sides *sides, struct side *side)
{
    struct spnego_buf state = {NULL, 0, 0, &sides->memory.alloc}, again = state;
    unsigned refused = sides->memory.refused;
    struct spnego_ctx *ctx = NULL;
    enum spnego_status status = spnego_ctx_export(side->ctx, &state);

    if (status != SPNEGO_OK) {
        PROMISE(state.len == 0);
        PROMISE(status == SPNEGO_E_MEMORY ? sides->memory.refused > refused
                                          : status == SPNEGO_E_STATE);
    } else {
        PROMISE(!side->ended);
        status =
            spnego_ctx_import(&ctx, &side->config, (struct spnego_slice){state.ptr, state.len});
        PROMISE(status == SPNEGO_OK || sides->memory.refused > refused);
        PROMISE((status == SPNEGO_OK) == (ctx != NULL));
    }
    if (ctx != NULL) {
        promise_same_place(side->ctx, ctx);
        if (spnego_ctx_export(ctx, &again) == SPNEGO_OK)
            PROMISE(again.len == state.len && memcmp(again.ptr, state.ptr, state.len) == 0);
        spnego_ctx_free(side->ctx);
        side->ctx = ctx;
    }
    memory_count_release(&sides->memory, &state);
    memory_count_release(&sides->memory, &again);
}

static void
take_hint(struct sides *sides, enum spnego_role role, struct spnego_slice *input)
{
    struct side *side = &sides->side[role];
    size_t len = input_octet(input);
    struct spnego_slice hint = input_take(input, len);
    enum spnego_status status;
    bool early = role == SPNEGO_INITIATOR && !side->stepped;
    uint8_t *copy;

    if (len == 0 && side->waiting > 0) {
        hint.ptr = side->to[0].ptr;
        hint.len = side->to[0].len;
    } else {
        sides->honest = false;
    }
    copy = exact_copy(hint);
    hint.ptr = copy;
    status = spnego_ctx_take_hint(side->ctx, hint);
    /* Between the pieces of a token an initiator is stepped, and has said nothing. */
    PROMISE(!early || status != SPNEGO_E_STATE);
    PROMISE(early || side->config.max_fragment != 0 || status == SPNEGO_E_STATE);
    PROMISE(status <= SPNEGO_OK);
    if (status != SPNEGO_OK)
        sides->honest = false;
    memset(copy, 0xdd, hint.len);
    free(copy);
    if (len == 0 && early)
        wire_drop(side);
}

static void
take_mech(struct side *side)
{
    bool there = spnego_ctx_mech(side->ctx) != NULL;
    void *mech = spnego_ctx_take_mech(side->ctx);

    PROMISE(there == (mech != NULL));
    if (mech != NULL)
        side->mech = mech;
}

/* Somebody says again what was said before, to whom he likes. */
static void
replay(struct sides *sides, enum spnego_role role, struct spnego_slice *input)
{
    struct spnego_slice old = {NULL, 0};
    unsigned which = input_octet(input);

    if (sides->said > 0) {
        old.ptr = sides->history[which % sides->said].ptr;
        old.len = sides->history[which % sides->said].len;
    }
    wire_push(&sides->side[role], old);
}

/* A token in two pieces. */
static void
split(struct side *side, struct spnego_slice *input)
{
    size_t first = input_octet(input), len = side->to[0].len;
    struct token *next = &side->to[1];
    struct spnego_slice rest;

    if (side->waiting == 0 || side->waiting == WIRE_TOKENS || first >= len)
        return;
    rest.ptr = side->to[0].ptr + first;
    rest.len = len - first;
    memmove(next + 1, next, (side->waiting - 1) * sizeof(*next));
    next->ptr = exact_copy(rest);
    next->len = rest.len;
    side->to[0].len = first;
    side->waiting++;
}

enum op {
    OP_DELIVER,
    OP_RUN,
    OP_MOVE,
    OP_TAKE_MECH,
    OP_HINT,
    OP_ASK_HINT, /* the acceptor speaks first; so far nothing is dishonest */
    OP_FIELD,
    OP_FLIP,
    OP_CUT,
    OP_APPEND,
    OP_DROP,
    OP_SWAP,
    OP_REPLAY,
    OP_SPLIT,
    OP_STRIP,
    OP_RAW,
    OPS
};

static void
meddle(struct sides *sides, enum op op, enum spnego_role role, struct spnego_slice *input)
{
    struct side *side = &sides->side[role];

    sides->honest = false;
    if (op == OP_FIELD)
        wire_edit_field(sides, role, input);
    else if (op == OP_FLIP)
        wire_flip(side, input);
    else if (op == OP_CUT)
        wire_cut(side, input);
    else if (op == OP_APPEND)
        wire_append(side, input);
    else if (op == OP_DROP)
        wire_drop(side);
    else if (op == OP_SWAP)
        wire_swap(side);
    else if (op == OP_REPLAY)
        replay(sides, role, input);
    else if (op == OP_SPLIT)
        split(side, input);
    else if (op == OP_STRIP)
        wire_strip(side);
    else
        sides_give(sides, role, input_take(input, input_octet(input)));
}

static void
operate(struct sides *sides, struct spnego_slice *input)
{
    unsigned octet = input_octet(input);
    enum spnego_role role = (enum spnego_role)(octet & 1);
    enum op op = (enum op)((octet >> 1) % OPS);
    struct spnego_slice none = {NULL, 0};

    if (op == OP_DELIVER)
        (void)sides_deliver(sides, role);
    else if (op == OP_RUN)
        sides_run(sides);
    else if (op == OP_MOVE)
        move_to_another_process(sides, &sides->side[role]);
    else if (op == OP_TAKE_MECH)
        take_mech(&sides->side[role]);
    else if (op == OP_HINT)
        take_hint(sides, role, input);
    else if (op == OP_ASK_HINT && !sides->side[0].stepped && !sides->side[1].stepped)
        sides_give(sides, SPNEGO_ACCEPTOR, none);
    else
        meddle(sides, op, role, input);
}

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    struct spnego_slice input = {octets, len};
    static struct sides sides;
    unsigned ops;

    sides_read(&sides, &input);
    if (sides_open(&sides)) {
        for (ops = 0; ops < SCRIPT_MAX && input.len > 0; ops++)
            operate(&sides, &input);
        if (sides.to_end)
            sides_run(&sides);
        if (sides.to_end && sides.honest)
            PROMISE(sides.side[0].status == SPNEGO_OK && sides.side[0].ended &&
                    sides.side[1].status == SPNEGO_OK && sides.side[1].ended);
    }
    sides_close(&sides);
    return 0;
}
