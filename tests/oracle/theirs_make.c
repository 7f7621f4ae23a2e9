/* theirs_make.c: our structs to asn1c's.
 *
 * asn1c wants pointers to what may be missing and to what is in a list.  They
 * lead into one static store, so nothing is freed. */
#include "theirs.h"

#include <string.h>

static struct {
    NegotiationToken_t token;
    NegotiationToken2_t token2;
    MechTypeList_t list;
    NegHints_t hints;
    long state;
    BIT_STRING_t flags;
    uint8_t flag_octets[4];
    MechType_t mech;
    MechType_t items[BUILT_MECHS];
    MechType_t *item_pointers[BUILT_MECHS];
    OCTET_STRING_t strings[STRING_COUNT];
} store;

/* asn1c declares as writable what its encoders only read. */
static uint8_t *
writable(const uint8_t *octets)
{
    return (uint8_t *)(uintptr_t)octets;
}

static OCTET_STRING_t *
make_string(enum shape_string which, bool present, struct spnego_slice value)
{
    if (!present)
        return NULL;
    store.strings[which].buf = writable(value.ptr);
    store.strings[which].size = (int)value.len;
    return &store.strings[which];
}

static MechType_t
make_oid(struct spnego_slice value)
{
    MechType_t oid;

    memset(&oid, 0, sizeof(oid));
    oid.buf = writable(value.ptr);
    oid.size = (int)value.len;
    return oid;
}

static void
make_list(MechTypeList_t *out, const struct spnego_mech_type_list *list)
{
    size_t i;

    for (i = 0; i < list->count; i++) {
        store.items[i] = make_oid(list->items[i]);
        store.item_pointers[i] = &store.items[i];
    }
    out->list.array = store.item_pointers;
    out->list.count = out->list.size = (int)list->count;
}

static MechTypeList_t *
make_list_if(bool present, const struct spnego_mech_type_list *list)
{
    if (!present)
        return NULL;
    make_list(&store.list, list);
    return &store.list;
}

/* asn1c writes the bits that it is given; DER drops zeros behind the last 1.
 * X.690 11.2.2. */
static BIT_STRING_t *
make_flags(bool present, uint32_t flags)
{
    int bits = 0, i;

    if (!present)
        return NULL;
    for (i = 0; i < 32; i++)
        if ((flags >> i & 1) != 0) {
            store.flag_octets[i / 8] |= (uint8_t)(1 << (7 - i % 8));
            bits = i + 1;
        }
    store.flags.buf = store.flag_octets;
    store.flags.size = (bits + 7) / 8;
    store.flags.bits_unused = 8 * store.flags.size - bits;
    return &store.flags;
}

static void
make_init(const struct spnego_neg_token_init *in)
{
    NegTokenInit_t *out = &store.token.choice.negTokenInit;

    store.token.present = NegotiationToken_PR_negTokenInit;
    make_list(&out->mechTypes, &in->mech_types);
    out->reqFlags = make_flags(in->has_req_flags, in->req_flags);
    out->mechToken = make_string(TOKEN, in->has_mech_token, in->mech_token);
    out->mechListMIC = make_string(MIC, in->has_mech_list_mic, in->mech_list_mic);
}

static void
make_resp(const struct spnego_neg_token_resp *in)
{
    NegTokenResp_t *out = &store.token.choice.negTokenResp;

    store.token.present = NegotiationToken_PR_negTokenResp;
    store.state = (long)in->neg_state;
    out->negState = in->has_neg_state ? &store.state : NULL;
    store.mech = make_oid(in->supported_mech);
    out->supportedMech = in->has_supported_mech ? &store.mech : NULL;
    out->responseToken = make_string(TOKEN, in->has_response_token, in->response_token);
    out->mechListMIC = make_string(MIC, in->has_mech_list_mic, in->mech_list_mic);
    out->supportedMechs = make_list_if(in->has_supported_mechs, &in->supported_mechs);
}

static void
make_init2(const struct spnego_neg_token_init2 *in)
{
    const struct spnego_neg_hints *hints = &in->neg_hints;
    NegTokenInit2_t *out = &store.token2.choice.negTokenInit2;

    store.token2.present = NegotiationToken2_PR_negTokenInit2;
    out->mechTypes = make_list_if(in->has_mech_types, &in->mech_types);
    out->reqFlags = make_flags(in->has_req_flags, in->req_flags);
    out->mechToken = make_string(TOKEN, in->has_mech_token, in->mech_token);
    store.hints.hintName = make_string(HINT_NAME, hints->has_hint_name, hints->hint_name);
    store.hints.hintAddress =
        make_string(HINT_ADDRESS, hints->has_hint_address, hints->hint_address);
    out->negHints = in->has_neg_hints ? &store.hints : NULL;
    out->mechListMIC = make_string(MIC, in->has_mech_list_mic, in->mech_list_mic);
}

void
theirs_make(struct theirs *out, const struct spnego_negotiation_token *token)
{
    memset(&store, 0, sizeof(store));
    out->type = theirs_type(token->kind);
    out->accepted = true;
    out->used = 0;
    out->value = &store.token;
    switch (token->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        make_init(&token->u.neg_token_init);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        make_resp(&token->u.neg_token_resp);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        make_init2(&token->u.neg_token_init2);
        out->value = &store.token2;
        break;
    }
}
