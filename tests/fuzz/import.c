/* import.c: octets that are no export of ours, or one that was edited, under a sound
 * checksum; what comes of them is driven on.
 *
 * The input: a configuration (sides_read.c); an octet of which bit 0 is the role and
 * the rest how many tokens go before; how many edits; the edits; tokens.  What
 * stands in a state may be any lie: memory must be safe, and an end the end. */
#include "sides.h"

#include "archive.h"
#include "blob.h"

#include <string.h>

#define STATE_ROOM 4096
#define TOKENS_MAX 40

struct state {
    size_t len;
    uint8_t octets[STATE_ROOM];
};

static void
put_numbers(uint8_t *out, uint64_t value, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++, value >>= 8)
        out[i] = (uint8_t)value;
}

/* Puts octets over those at `off`, or between them. */
static void
put_octets(struct state *state, size_t off, struct spnego_slice octets, bool between)
{
    size_t len = octets.len;

    off = off < state->len ? off : state->len;
    if (len > STATE_ROOM - SPNEGO_ARCHIVE_TRAILER - state->len)
        return;
    if (between)
        memmove(state->octets + off + len, state->octets + off, state->len - off);
    if (len > 0)
        memcpy(state->octets + off, octets.ptr, len);
    if (between)
        state->len += len;
    else if (state->len < off + len)
        state->len = off + len;
}

/* A member of the negotiation, or a number behind the order, becomes another. */
static void
edit_number(struct state *state, struct spnego_slice *input)
{
    size_t which = input_octet(input);
    size_t off = SPNEGO_ARCHIVE_HEADER + SPNEGO_BLOB_NUMBER * which;
    uint64_t value = input_octet(input);
    uint8_t number[SPNEGO_BLOB_NUMBER];
    struct spnego_slice octets = {number, sizeof(number)};

    if (which >= spnego_members_count) /* order_count is member 1 */
        off += state->octets[SPNEGO_ARCHIVE_HEADER + SPNEGO_BLOB_NUMBER];
    if (value >= 0xf0)
        value = UINT64_MAX >> 4 * (value & 15);
    put_numbers(number, value, sizeof(number));
    put_octets(state, off, octets, false);
}

static void
edit(struct state *state, struct spnego_slice *input)
{
    unsigned how = input_octet(input);
    size_t off;

    if (how % 5 == 1) {
        edit_number(state, input);
        return;
    }
    off = SPNEGO_ARCHIVE_HEADER + (size_t)input_octet(input) + 256 * (size_t)(how & 0x80);
    if (how % 5 == 0) {
        state->len = off < state->len ? off : state->len;
        put_octets(state, state->len, input_take(input, input_octet(input)), true);
    } else if (how % 5 == 2) {
        put_octets(state, off, input_take(input, 1), false);
    } else if (how % 5 == 3) {
        put_octets(state, off, input_take(input, input_octet(input)), false);
    } else {
        put_octets(state, off, input_take(input, input_octet(input)), true);
    }
}

static void
seal_state(struct state *state)
{
    struct spnego_slice covered = {state->octets, state->len};

    put_numbers(state->octets + state->len, spnego_crc32(0, covered), SPNEGO_ARCHIVE_TRAILER);
    state->len += SPNEGO_ARCHIVE_TRAILER;
}

/* What a side that has got so far would write, without its checksum. */
static bool
honest_state(struct state *state, struct sides *sides, unsigned tokens, enum spnego_role role)
{
    struct spnego_buf out = {NULL, 0, 0, &sides->memory.alloc};
    bool sound = false;
    unsigned i;

    for (i = 0; i < tokens; i++)
        (void)sides_deliver(sides, (enum spnego_role)(i & 1));
    if (spnego_ctx_export(sides->side[role].ctx, &out) == SPNEGO_OK && out.len < STATE_ROOM) {
        memcpy(state->octets, out.ptr, out.len);
        state->len = out.len - SPNEGO_ARCHIVE_TRAILER;
        sound = true;
    }
    memory_count_release(&sides->memory, &out);
    return sound;
}

/* Whatever it was, what is written of it can be read, and is the same again. */
static struct spnego_ctx *
go_round(struct sides *sides, struct side *side, struct spnego_ctx *ctx)
{
    struct spnego_buf once = {NULL, 0, 0, &sides->memory.alloc}, twice = once;
    struct spnego_ctx *again = NULL;
    unsigned refused = sides->memory.refused;
    struct spnego_slice state;

    if (spnego_ctx_export(ctx, &once) == SPNEGO_OK) {
        state.ptr = once.ptr;
        state.len = once.len;
        if (spnego_ctx_import(&again, &side->config, state) == SPNEGO_OK &&
            spnego_ctx_export(again, &twice) == SPNEGO_OK)
            PROMISE(once.len == twice.len && memcmp(once.ptr, twice.ptr, once.len) == 0);
        else
            PROMISE(sides->memory.refused > refused);
    } else {
        PROMISE(sides->memory.refused > refused);
    }
    memory_count_release(&sides->memory, &once);
    memory_count_release(&sides->memory, &twice);
    if (again == NULL)
        return ctx;
    spnego_ctx_free(ctx);
    return again;
}

static void
ask(const struct spnego_ctx *ctx, bool complete)
{
    struct spnego_outcome outcome;
    struct spnego_slice oid;
    char text[400];
    size_t pos = 0;

    spnego_ctx_outcome(ctx, &outcome);
    PROMISE(outcome.complete == complete);
    PROMISE(complete == (spnego_ctx_mech(ctx) != NULL));
    (void)spnego_ctx_reason(ctx, text, sizeof(text));
    if (complete)
        (void)spnego_ctx_tolerated(ctx, 0);
    while (outcome.mech_types.der.len > 0 &&
           spnego_mech_type_list_next(&oid, &pos, &outcome.mech_types))
        PROMISE(pos <= outcome.mech_types.der.len);
    (void)spnego_oid_format(text, sizeof(text), outcome.mech);
}

/* Tokens from the input, or those that waited for this side. */
static void
drive(struct sides *sides, struct side *side, struct spnego_ctx *ctx,
      struct spnego_slice *input)
{
    enum spnego_status status = SPNEGO_CONTINUE, before;
    struct spnego_slice out, in;
    unsigned tokens, how;
    uint8_t *copy;

    ask(ctx, false);
    for (tokens = 0; tokens < TOKENS_MAX && (input->len > 0 || side->waiting > 0); tokens++) {
        how = input_octet(input);
        in = input_take(input, how < 0xc0 ? how : 0);
        if (how >= 0xc0 || input->len == 0) {
            in.ptr = side->to[0].ptr;
            in.len = side->waiting > 0 ? side->to[0].len : 0;
        }
        copy = exact_copy(in);
        in.ptr = copy;
        before = status;
        status = spnego_ctx_step(ctx, &out, in);
        free(copy);
        if (how >= 0xc0 || input->len == 0)
            wire_drop(side);
        PROMISE(status <= SPNEGO_CONTINUE && status >= SPNEGO_E_STATE);
        PROMISE(status != SPNEGO_E_SPACE);
        PROMISE(status != SPNEGO_E_MEMORY || sides->memory.refused > 0);
        PROMISE(before == SPNEGO_CONTINUE || status == SPNEGO_E_STATE);
        PROMISE(before != SPNEGO_CONTINUE || status != SPNEGO_E_STATE ||
                side->config.max_fragment != 0);
        if (before != SPNEGO_CONTINUE)
            status = before;
        ask(ctx, status == SPNEGO_OK);
    }
}

static void
try_state(struct sides *sides, struct spnego_slice *input)
{
    static struct state state;
    unsigned octet = input_octet(input), edits = input_octet(input) & 15;
    enum spnego_role role = (enum spnego_role)(octet & 1);
    struct side *side = &sides->side[role];
    struct spnego_slice sealed = {state.octets, 0};
    struct spnego_ctx *ctx;
    enum spnego_status status;
    uint8_t *copy;

    if (!honest_state(&state, sides, octet >> 1 & 15, role))
        return;
    while (edits-- > 0)
        edit(&state, input);
    seal_state(&state);
    sealed.len = state.len;
    copy = exact_copy(sealed);
    sealed.ptr = copy;
    status = spnego_ctx_import(&ctx, &side->config, sealed);
    free(copy);
    PROMISE((status == SPNEGO_OK) == (ctx != NULL));
    PROMISE(status <= SPNEGO_OK && status != SPNEGO_E_STATE && status != SPNEGO_E_SPACE);
    if (ctx == NULL)
        return;
    ctx = go_round(sides, side, ctx);
    drive(sides, side, ctx, input);
    spnego_ctx_free(ctx);
}

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    struct spnego_slice input = {octets, len};
    static struct sides sides;
    unsigned i;

    sides_read(&sides, &input);
    for (i = 0; i < MECH_COUNT; i++)
        sides.side[0].creds[i].forged = sides.side[1].creds[i].forged = true;
    if (sides_open(&sides))
        try_state(&sides, &input);
    sides_close(&sides);
    return 0;
}
