/* build.c: tokens from scratch, in our structs.  theirs.c turns them into
 * asn1c's. */
#include "oracle.h"

#include <string.h>

/* Strings are cut from here: what they hold is no matter, but two of them in
 * one token should differ. */
static uint8_t pool[1 << 18];

static struct spnego_slice
cut_string(size_t len, struct random_source *r)
{
    struct random_source fill;
    struct spnego_slice string;
    size_t i;

    if (pool[0] == 0) {
        random_start(&fill, 0);
        for (i = 0; i < sizeof(pool); i++)
            pool[i] = (uint8_t)random_next(&fill);
        pool[0] = 1;
    }
    string.ptr = pool + random_below(r, sizeof(pool) - len);
    string.len = len;
    return string;
}

/* Any arcs that X.690 8.19.2 allows: none begins with 0x80, the last ends. */
static struct spnego_slice
build_oid(struct built *out, size_t len, struct random_source *r)
{
    uint8_t *octets = out->oids + out->oids_used;
    struct spnego_slice oid;
    size_t i;

    if (len == 0)
        len = 1 + random_below(r, 12);
    for (i = 0; i < len; i++) {
        octets[i] = (uint8_t)(random_next(r) >> 24);
        if (octets[i] == 0x80 && (i == 0 || octets[i - 1] < 0x80))
            octets[i] = 0x81;
    }
    octets[len - 1] &= 0x7f;
    out->oids_used += len;
    oid.ptr = octets;
    oid.len = len;
    return oid;
}

static void
build_list(struct spnego_mech_type_list *list, struct built *out, const struct shape *shape,
           struct random_source *r)
{
    size_t i;

    for (i = 0; i < shape->mech_count; i++)
        out->mechs[i] = build_oid(out, shape->oid_len, r);
    list->items = out->mechs;
    list->count = shape->mech_count;
}

static uint32_t
build_flags(unsigned bits, struct random_source *r)
{
    uint32_t top;

    if (bits == 0)
        return 0;
    top = UINT32_C(1) << (bits - 1);
    return top | ((uint32_t)random_next(r) & (top - 1));
}

static void
build_init(struct built *out, const struct shape *shape, struct random_source *r)
{
    struct spnego_neg_token_init *init = &out->token.u.neg_token_init;

    build_list(&init->mech_types, out, shape, r);
    init->has_req_flags = (shape->fields & HAS_FLAGS) != 0;
    if (init->has_req_flags)
        init->req_flags = build_flags(shape->flag_bits, r);
    init->has_mech_token = (shape->fields & HAS_TOKEN) != 0;
    if (init->has_mech_token)
        init->mech_token = cut_string(shape->len[TOKEN], r);
    init->has_mech_list_mic = (shape->fields & HAS_MIC) != 0;
    if (init->has_mech_list_mic)
        init->mech_list_mic = cut_string(shape->len[MIC], r);
}

static void
build_resp(struct built *out, const struct shape *shape, struct random_source *r)
{
    struct spnego_neg_token_resp *resp = &out->token.u.neg_token_resp;

    resp->has_neg_state = (shape->fields & HAS_STATE) != 0;
    if (resp->has_neg_state)
        resp->neg_state = (enum spnego_neg_state)random_below(r, 4);
    resp->has_supported_mech = (shape->fields & HAS_MECH) != 0;
    if (resp->has_supported_mech)
        resp->supported_mech = build_oid(out, shape->oid_len, r);
    resp->has_response_token = (shape->fields & HAS_TOKEN) != 0;
    if (resp->has_response_token)
        resp->response_token = cut_string(shape->len[TOKEN], r);
    resp->has_mech_list_mic = (shape->fields & HAS_MIC) != 0;
    if (resp->has_mech_list_mic)
        resp->mech_list_mic = cut_string(shape->len[MIC], r);
    resp->has_supported_mechs = (shape->fields & HAS_MECH_TYPES) != 0;
    if (resp->has_supported_mechs)
        build_list(&resp->supported_mechs, out, shape, r);
}

static void
build_hints(struct spnego_neg_hints *hints, const struct shape *shape, struct random_source *r)
{
    hints->has_hint_name = (shape->fields & HAS_HINT_NAME) != 0;
    if (hints->has_hint_name)
        hints->hint_name = cut_string(shape->len[HINT_NAME], r);
    hints->has_hint_address = (shape->fields & HAS_HINT_ADDRESS) != 0;
    if (hints->has_hint_address)
        hints->hint_address = cut_string(shape->len[HINT_ADDRESS], r);
}

static void
build_init2(struct built *out, const struct shape *shape, struct random_source *r)
{
    struct spnego_neg_token_init2 *init2 = &out->token.u.neg_token_init2;

    init2->has_mech_types = (shape->fields & HAS_MECH_TYPES) != 0;
    if (init2->has_mech_types)
        build_list(&init2->mech_types, out, shape, r);
    init2->has_req_flags = (shape->fields & HAS_FLAGS) != 0;
    if (init2->has_req_flags)
        init2->req_flags = build_flags(shape->flag_bits, r);
    init2->has_mech_token = (shape->fields & HAS_TOKEN) != 0;
    if (init2->has_mech_token)
        init2->mech_token = cut_string(shape->len[TOKEN], r);
    init2->has_neg_hints = (shape->fields & HAS_HINTS) != 0;
    if (init2->has_neg_hints)
        build_hints(&init2->neg_hints, shape, r);
    init2->has_mech_list_mic = (shape->fields & HAS_MIC) != 0;
    if (init2->has_mech_list_mic)
        init2->mech_list_mic = cut_string(shape->len[MIC], r);
}

void
build(struct built *out, const struct shape *shape, struct random_source *r)
{
    memset(&out->token, 0, sizeof(out->token));
    out->oids_used = 0;
    out->token.kind = shape->kind;
    switch (shape->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        build_init(out, shape, r);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        build_resp(out, shape, r);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        build_init2(out, shape, r);
        break;
    }
}
