/* wire.c: what can happen to octets on their way. */
#include "sides.h"

#include <string.h>

static struct spnego_slice
first(const struct side *side)
{
    struct spnego_slice none = {NULL, 0};

    if (side->waiting == 0)
        return none;
    none.ptr = side->to[0].ptr;
    none.len = side->to[0].len;
    return none;
}

void
wire_push(struct side *side, struct spnego_slice token)
{
    struct token *place = &side->to[side->waiting];

    if (side->waiting == WIRE_TOKENS)
        return;
    place->ptr = exact_copy(token);
    place->len = token.len;
    side->waiting++;
}

void
wire_drop(struct side *side)
{
    if (side->waiting == 0)
        return;
    free(side->to[0].ptr);
    side->waiting--;
    memmove(side->to, side->to + 1, side->waiting * sizeof(side->to[0]));
}

void
wire_replace(struct side *side, struct spnego_slice token)
{
    uint8_t *copy;

    if (side->waiting == 0)
        return;
    copy = exact_copy(token);
    free(side->to[0].ptr);
    side->to[0].ptr = copy;
    side->to[0].len = token.len;
}

void
wire_flip(struct side *side, struct spnego_slice *input)
{
    size_t place = input_octet(input);
    uint8_t bits = input_octet(input);

    if (side->waiting > 0 && side->to[0].len > 0)
        side->to[0].ptr[place % side->to[0].len] ^= bits;
}

void
wire_cut(struct side *side, struct spnego_slice *input)
{
    struct spnego_slice token = first(side);

    token.len -= input_octet(input) % (token.len + 1);
    wire_replace(side, token);
}

void
wire_append(struct side *side, struct spnego_slice *input)
{
    struct spnego_slice token = first(side);
    struct spnego_slice more = input_take(input, input_octet(input) & 31);
    uint8_t *joined = (uint8_t *)malloc(token.len + more.len + 1);

    PROMISE(joined != NULL);
    if (token.len > 0)
        memcpy(joined, token.ptr, token.len);
    if (more.len > 0)
        memcpy(joined + token.len, more.ptr, more.len);
    token.ptr = joined;
    token.len += more.len;
    wire_replace(side, token);
    free(joined);
}

void
wire_swap(struct side *side)
{
    struct token held = side->to[0];

    if (side->waiting < 2)
        return;
    side->to[0] = side->to[1];
    side->to[1] = held;
}
