/* field.c: tokens whose meaning is changed and whose encoding is sound. */
#include "sides.h"

#define LIST_MAX 8

/* What stands in the place of a field: from the input, or from what was said. */
static struct spnego_slice
any_octets(const struct sides *sides, struct spnego_slice *input)
{
    unsigned source = input_octet(input);
    struct spnego_slice octets = {NULL, 0};

    if (source < 64)
        return input_take(input, source);
    if (sides->said > 0) {
        octets.ptr = sides->history[source % sides->said].ptr;
        octets.len = sides->history[source % sides->said].len;
    }
    return octets;
}

/* The mechanism's octets of a token: its own part, its MIC, or all of it. */
static struct spnego_slice
part_of(struct spnego_slice octets, unsigned which)
{
    struct spnego_negotiation_token token;
    struct spnego_decode_opts opts = {sizeof(opts), SPNEGO_TOLERATE_CODEC, 0, 0, NULL, NULL,
                                      NULL};
    const struct spnego_neg_token_resp *resp = &token.u.neg_token_resp;

    if (spnego_token_decode(&token, octets, &opts) != SPNEGO_OK)
        return octets;
    if (token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
        return which & 1 ? token.u.neg_token_init.mech_list_mic
                         : token.u.neg_token_init.mech_token;
    if (token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        return which & 1 ? resp->mech_list_mic : resp->response_token;
    return octets;
}

/* A list of any mechanisms; `items` is where they are kept. */
static void
edit_list(struct spnego_mech_type_list *list, struct spnego_slice *items,
          struct spnego_slice *input)
{
    size_t count = input_octet(input) % (LIST_MAX + 1), i;
    unsigned which;

    for (i = 0; i < count; i++) {
        which = input_octet(input);
        items[i] = which < 0xf0 ? fuzz_mechs[which % MECH_COUNT].oid
                                : input_take(input, 1 + (which & 15));
    }
    list->items = items;
    list->count = count;
    list->der.ptr = NULL;
    list->der.len = 0;
}

static void
edit_string(bool *has, struct spnego_slice *octets, const struct sides *sides,
            struct spnego_slice *input)
{
    unsigned how = input_octet(input);

    *has = (how & 1) != 0;
    *octets = any_octets(sides, input);
    if (how & 2)
        *octets = part_of(*octets, how >> 2);
}

static void
edit_init(struct spnego_neg_token_init *init, struct spnego_slice *items,
          const struct sides *sides, struct spnego_slice *input)
{
    switch (input_octet(input) % 4) {
    case 0:
        edit_list(&init->mech_types, items, input);
        break;
    case 1:
        edit_string(&init->has_mech_token, &init->mech_token, sides, input);
        break;
    case 2:
        edit_string(&init->has_mech_list_mic, &init->mech_list_mic, sides, input);
        break;
    default:
        init->req_flags = input_octet(input);
        init->has_req_flags = (init->req_flags & 0x80) == 0;
        break;
    }
}

static void
edit_resp(struct spnego_neg_token_resp *resp, struct spnego_slice *items,
          const struct sides *sides, struct spnego_slice *input)
{
    unsigned what = input_octet(input);

    switch (what % 5) {
    case 0:
        resp->has_neg_state = (what & 0x80) == 0;
        resp->neg_state = (enum spnego_neg_state)(input_octet(input) & 3);
        break;
    case 1:
        resp->has_supported_mech = (what & 0x80) == 0;
        resp->supported_mech = fuzz_mechs[input_octet(input) % MECH_COUNT].oid;
        break;
    case 2:
        edit_string(&resp->has_response_token, &resp->response_token, sides, input);
        break;
    case 3:
        edit_string(&resp->has_mech_list_mic, &resp->mech_list_mic, sides, input);
        break;
    default:
        resp->has_supported_mechs = (what & 0x80) == 0;
        edit_list(&resp->supported_mechs, items, input);
        break;
    }
}

/* Writes `token` in the place of the one that waits, if it can be written. */
static void
rewrite(struct side *side, const struct spnego_negotiation_token *token)
{
    struct spnego_buf out = {NULL, 0, 0, NULL};
    struct spnego_slice written;

    if (spnego_token_encode(&out, token) != SPNEGO_E_SPACE)
        return;
    out.cap = out.len;
    out.len = 0;
    out.ptr = (uint8_t *)malloc(out.cap);
    PROMISE(out.ptr != NULL);
    PROMISE(spnego_token_encode(&out, token) == SPNEGO_OK && out.len == out.cap);
    written.ptr = out.ptr;
    written.len = out.len;
    wire_replace(side, written);
    free(out.ptr);
}

void
wire_edit_field(struct sides *sides, enum spnego_role role, struct spnego_slice *input)
{
    struct side *side = &sides->side[role];
    struct spnego_slice in = {side->to[0].ptr, side->to[0].len}, items[LIST_MAX];
    struct spnego_negotiation_token token;
    struct spnego_decode_opts opts = {sizeof(opts), SPNEGO_TOLERATE_CODEC, 0, 0, NULL, NULL,
                                      NULL};

    if (side->waiting == 0 || spnego_token_decode(&token, in, &opts) != SPNEGO_OK)
        return;
    if (token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
        edit_init(&token.u.neg_token_init, items, sides, input);
    else if (token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        edit_resp(&token.u.neg_token_resp, items, sides, input);
    else
        edit_list(&token.u.neg_token_init2.mech_types, items, input);
    rewrite(side, &token);
}

void
wire_strip(struct side *side)
{
    struct spnego_slice in = {side->to[0].ptr, side->to[0].len};

    if (side->waiting > 0)
        wire_replace(side, part_of(in, 0));
}
