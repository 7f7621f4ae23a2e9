/* theirs_equal.c: our structs beside asn1c's. */
#include "theirs.h"

#include <string.h>

static bool
equal_octets(struct spnego_slice ours, const uint8_t *buf, int size)
{
    return size >= 0 && ours.len == (size_t)size &&
           (ours.len == 0 || memcmp(ours.ptr, buf, ours.len) == 0);
}

static bool
equal_string(bool present, struct spnego_slice ours, const OCTET_STRING_t *theirs)
{
    if (!present || theirs == NULL)
        return !present && theirs == NULL;
    return equal_octets(ours, theirs->buf, theirs->size);
}

static bool
equal_oid(bool present, struct spnego_slice ours, const MechType_t *theirs)
{
    if (!present || theirs == NULL)
        return !present && theirs == NULL;
    return equal_octets(ours, theirs->buf, theirs->size);
}

static bool
equal_list(bool present, const struct spnego_mech_type_list *ours, const MechTypeList_t *theirs)
{
    struct spnego_slice item;
    size_t pos = 0;
    int i = 0;

    if (!present || theirs == NULL)
        return !present && theirs == NULL;
    while (spnego_mech_type_list_next(&item, &pos, ours)) {
        if (i >= theirs->list.count || !equal_oid(true, item, theirs->list.array[i]))
            return false;
        i++;
    }
    return i == theirs->list.count && ours->count == (size_t)i;
}

/* Bit 0 of ASN.1 is the top bit of the first octet.  We keep 32 bits. */
static enum equality
equal_flags(bool present, uint32_t ours, const BIT_STRING_t *theirs)
{
    int count, i;

    if (!present || theirs == NULL)
        return !present && theirs == NULL ? EQUAL : UNEQUAL;
    count = 8 * theirs->size - theirs->bits_unused;
    for (i = 0; i < 32; i++) {
        bool bit = i < count && (theirs->buf[i / 8] >> (7 - i % 8) & 1) != 0;

        if (bit != ((ours >> i & 1) != 0))
            return UNEQUAL;
    }
    return count > 32 ? FLAGS_CUT_AT_32 : EQUAL;
}

static enum equality
equal_init(const struct spnego_neg_token_init *ours, const NegTokenInit_t *theirs)
{
    if (!equal_list(true, &ours->mech_types, &theirs->mechTypes) ||
        !equal_string(ours->has_mech_token, ours->mech_token, theirs->mechToken) ||
        !equal_string(ours->has_mech_list_mic, ours->mech_list_mic, theirs->mechListMIC))
        return UNEQUAL;
    return equal_flags(ours->has_req_flags, ours->req_flags, theirs->reqFlags);
}

static enum equality
equal_resp(const struct spnego_neg_token_resp *ours, const NegTokenResp_t *theirs)
{
    if (ours->has_neg_state != (theirs->negState != NULL) ||
        (ours->has_neg_state && *theirs->negState != (long)ours->neg_state) ||
        !equal_oid(ours->has_supported_mech, ours->supported_mech, theirs->supportedMech) ||
        !equal_string(ours->has_response_token, ours->response_token, theirs->responseToken) ||
        !equal_string(ours->has_mech_list_mic, ours->mech_list_mic, theirs->mechListMIC) ||
        !equal_list(ours->has_supported_mechs, &ours->supported_mechs, theirs->supportedMechs))
        return UNEQUAL;
    return EQUAL;
}

static bool
equal_hints(bool present, const struct spnego_neg_hints *ours, const NegHints_t *theirs)
{
    if (!present || theirs == NULL)
        return !present && theirs == NULL;
    return equal_string(ours->has_hint_name, ours->hint_name, theirs->hintName) &&
           equal_string(ours->has_hint_address, ours->hint_address, theirs->hintAddress);
}

static enum equality
equal_init2(const struct spnego_neg_token_init2 *ours, const NegTokenInit2_t *theirs)
{
    if (!equal_list(ours->has_mech_types, &ours->mech_types, theirs->mechTypes) ||
        !equal_string(ours->has_mech_token, ours->mech_token, theirs->mechToken) ||
        !equal_hints(ours->has_neg_hints, &ours->neg_hints, theirs->negHints) ||
        !equal_string(ours->has_mech_list_mic, ours->mech_list_mic, theirs->mechListMIC))
        return UNEQUAL;
    return equal_flags(ours->has_req_flags, ours->req_flags, theirs->reqFlags);
}

enum equality
theirs_equal(const struct spnego_negotiation_token *ours, const struct theirs *theirs)
{
    const NegotiationToken_t *token = theirs->value;
    const NegotiationToken2_t *token2 = theirs->value;

    switch (ours->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        if (token->present == NegotiationToken_PR_negTokenInit)
            return equal_init(&ours->u.neg_token_init, &token->choice.negTokenInit);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        if (token->present == NegotiationToken_PR_negTokenResp)
            return equal_resp(&ours->u.neg_token_resp, &token->choice.negTokenResp);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        if (token2->present == NegotiationToken2_PR_negTokenInit2)
            return equal_init2(&ours->u.neg_token_init2, &token2->choice.negTokenInit2);
        break;
    }
    return UNEQUAL;
}
