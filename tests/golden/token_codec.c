/* token_codec.c: the DER codec of SPNEGOASNOneSpec.  Generated from asn1/spnego.asn1:
 * edit that.  Each function has the type's definition beside it.  A writer goes from the
 * last field to the first: a length is known when its contents stand. */
#include "token_codec.h"
#include "reflect.h"

/* MechTypeList ::= SEQUENCE OF MechType.  asn1/spnego.asn1:17.  RFC 4178 4.1. */
void
spnego_read_mech_type_list(struct spnego_reader *r,
                           struct spnego_mech_type_list *out)
{
    struct spnego_slice item;
    size_t start = r->off;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    while (spnego_der_more(r, &out->count))
        spnego_der_oid(r, &item);
    spnego_der_not_empty(r, out->count);
    out->der = spnego_reader_slice(r, start, r->end);
}

void
spnego_write_mech_type_list(struct spnego_writer *w,
                            const struct spnego_mech_type_list *in)
{
    size_t list = w->len, i;

    if (in->count == 0)
        w->broken = true;
    if (in->items == NULL && in->der.len == 0)
        w->broken = true;
    if (in->items == NULL) {
        spnego_writer_put(w, in->der.ptr, in->der.len);
        return;
    }
    for (i = in->count; i-- > 0;)
        spnego_der_put_oid(w, in->items[i]);
    spnego_der_put_header(w, SPNEGO_DER_SEQUENCE, list);
}

bool
spnego_mech_type_list_next(struct spnego_slice *item, size_t *pos,
                           const struct spnego_mech_type_list *list)
{
    if (list->items == NULL)
        return spnego_der_list_next(item, pos, list->der);
    if (*pos >= list->count)
        return false;
    *item = list->items[(*pos)++];
    return true;
}

/* NegTokenInit ::= SEQUENCE.  asn1/spnego.asn1:33.  RFC 4178 4.2.1. */
static void
read_neg_token_init(struct spnego_reader *r, struct spnego_neg_token_init *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* mechTypes [0] MechTypeList */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(0),
                        &spnego_NegTokenInit.mechTypes)) {
        spnego_read_mech_type_list(&field, &out->mech_types);
        spnego_der_close(&field);
    }
    /* reqFlags [1] ContextFlags OPTIONAL */
    out->has_req_flags = spnego_der_may_flags(r, &out->req_flags,
                                              SPNEGO_DER_CONTEXT(1), 0x7f,
                                              &spnego_NegTokenInit.reqFlags);
    /* mechToken [2] OCTET STRING OPTIONAL */
    out->has_mech_token = spnego_der_may_string(r, &out->mech_token,
                                                SPNEGO_DER_CONTEXT(2),
                                                SPNEGO_DER_OCTET_STRING,
                                                &spnego_NegTokenInit.mechToken);
    /* mechListMIC [3] OCTET STRING OPTIONAL */
    out->has_mech_list_mic = spnego_der_may_string(r, &out->mech_list_mic,
                                                   SPNEGO_DER_CONTEXT(3),
                                                   SPNEGO_DER_OCTET_STRING,
                                                   &spnego_NegTokenInit.mechListMIC);
    spnego_der_extensions(r); /* ... */
}

static void
write_neg_token_init(struct spnego_writer *w,
                     const struct spnego_neg_token_init *in)
{
    size_t seq = w->len, field;

    /* mechListMIC [3] OCTET STRING OPTIONAL */
    if (in->has_mech_list_mic) {
        spnego_der_put_string_field(w, SPNEGO_DER_CONTEXT(3), SPNEGO_DER_OCTET_STRING,
                                    in->mech_list_mic);
    }
    /* mechToken [2] OCTET STRING OPTIONAL */
    if (in->has_mech_token) {
        spnego_der_put_string_field(w, SPNEGO_DER_CONTEXT(2), SPNEGO_DER_OCTET_STRING,
                                    in->mech_token);
    }
    /* reqFlags [1] ContextFlags OPTIONAL */
    if (in->has_req_flags)
        spnego_der_put_flags_field(w, SPNEGO_DER_CONTEXT(1), in->req_flags);
    /* mechTypes [0] MechTypeList */
    field = w->len;
    spnego_write_mech_type_list(w, &in->mech_types);
    spnego_der_put_header(w, SPNEGO_DER_CONTEXT(0), field);
    spnego_der_put_header(w, SPNEGO_DER_SEQUENCE, seq);
}

/* NegTokenResp ::= SEQUENCE.  asn1/spnego.asn1:65.  RFC 4178 4.2.2. */
static void
read_neg_token_resp(struct spnego_reader *r, struct spnego_neg_token_resp *out)
{
    struct spnego_reader field;
    uint32_t number;

    if (!spnego_der_enter_or_bare(r, SPNEGO_DER_SEQUENCE))
        return;
    /* negState [0] NegState OPTIONAL */
    number = 0;
    out->has_neg_state = spnego_der_may_enumerated(r, &number, SPNEGO_DER_CONTEXT(0),
                                                   3, &spnego_NegTokenResp.negState);
    out->neg_state = (enum spnego_neg_state)number;
    /* supportedMech [1] MechType OPTIONAL */
    out->has_supported_mech = spnego_der_may_oid(r, &out->supported_mech,
                                                 SPNEGO_DER_CONTEXT(1),
                                                 &spnego_NegTokenResp.supportedMech);
    /* responseToken [2] OCTET STRING OPTIONAL */
    out->has_response_token = spnego_der_may_string(r, &out->response_token,
                                                    SPNEGO_DER_CONTEXT(2),
                                                    SPNEGO_DER_OCTET_STRING,
                                                    &spnego_NegTokenResp.responseToken);
    /* mechListMIC [3] OCTET STRING OPTIONAL */
    out->has_mech_list_mic = spnego_der_may_string(r, &out->mech_list_mic,
                                                   SPNEGO_DER_CONTEXT(3),
                                                   SPNEGO_DER_OCTET_STRING,
                                                   &spnego_NegTokenResp.mechListMIC);
    /* supportedMechs [4] MechTypeList OPTIONAL  -- observed only: Negotiate Late Fallback,
     * [MS-SPNG] 3.1.5.4 */
    out->has_supported_mechs = spnego_der_may_hold(r, &field, SPNEGO_DER_CONTEXT(4),
                                                   SPNEGO_DER_SEQUENCE,
                                                   &spnego_NegTokenResp.supportedMechs);
    if (out->has_supported_mechs) {
        spnego_read_mech_type_list(&field, &out->supported_mechs);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

static void
write_neg_token_resp(struct spnego_writer *w,
                     const struct spnego_neg_token_resp *in)
{
    size_t seq = w->len, field;

    /* supportedMechs [4] MechTypeList OPTIONAL */
    if (in->has_supported_mechs) {
        field = w->len;
        spnego_write_mech_type_list(w, &in->supported_mechs);
        spnego_der_put_header(w, SPNEGO_DER_CONTEXT(4), field);
    }
    /* mechListMIC [3] OCTET STRING OPTIONAL */
    if (in->has_mech_list_mic) {
        spnego_der_put_string_field(w, SPNEGO_DER_CONTEXT(3), SPNEGO_DER_OCTET_STRING,
                                    in->mech_list_mic);
    }
    /* responseToken [2] OCTET STRING OPTIONAL */
    if (in->has_response_token) {
        spnego_der_put_string_field(w, SPNEGO_DER_CONTEXT(2), SPNEGO_DER_OCTET_STRING,
                                    in->response_token);
    }
    /* supportedMech [1] MechType OPTIONAL */
    if (in->has_supported_mech)
        spnego_der_put_oid_field(w, SPNEGO_DER_CONTEXT(1), in->supported_mech);
    /* negState [0] NegState OPTIONAL */
    if (in->has_neg_state) {
        spnego_der_put_enumerated_field(w, SPNEGO_DER_CONTEXT(0), (uint32_t)in->neg_state,
                                        3);
    }
    spnego_der_put_header(w, SPNEGO_DER_SEQUENCE, seq);
}

/* NegHints ::= SEQUENCE.  asn1/spnego.asn1:75.  [MS-SPNG] 2.2.1. */
static void
read_neg_hints(struct spnego_reader *r, struct spnego_neg_hints *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* hintName [0] GeneralString OPTIONAL */
    out->has_hint_name = spnego_der_may_string(r, &out->hint_name,
                                               SPNEGO_DER_CONTEXT(0),
                                               SPNEGO_DER_GENERAL_STRING,
                                               &spnego_NegHints.hintName);
    /* hintAddress [1] OCTET STRING OPTIONAL */
    out->has_hint_address = spnego_der_may_string(r, &out->hint_address,
                                                  SPNEGO_DER_CONTEXT(1),
                                                  SPNEGO_DER_OCTET_STRING,
                                                  &spnego_NegHints.hintAddress);
    spnego_der_no_extensions(r);
}

static void
write_neg_hints(struct spnego_writer *w, const struct spnego_neg_hints *in)
{
    size_t seq = w->len;

    /* hintAddress [1] OCTET STRING OPTIONAL */
    if (in->has_hint_address) {
        spnego_der_put_string_field(w, SPNEGO_DER_CONTEXT(1), SPNEGO_DER_OCTET_STRING,
                                    in->hint_address);
    }
    /* hintName [0] GeneralString OPTIONAL */
    if (in->has_hint_name) {
        spnego_der_put_string_field(w, SPNEGO_DER_CONTEXT(0), SPNEGO_DER_GENERAL_STRING,
                                    in->hint_name);
    }
    spnego_der_put_header(w, SPNEGO_DER_SEQUENCE, seq);
}

/* NegTokenInit2 ::= SEQUENCE.  asn1/spnego.asn1:81.  [MS-SPNG] 2.2.1. */
static void
read_neg_token_init2(struct spnego_reader *r, struct spnego_neg_token_init2 *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* mechTypes [0] MechTypeList OPTIONAL */
    out->has_mech_types = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(0),
                                         &spnego_NegTokenInit2.mechTypes);
    if (out->has_mech_types) {
        spnego_read_mech_type_list(&field, &out->mech_types);
        spnego_der_close(&field);
    }
    /* reqFlags [1] ContextFlags OPTIONAL */
    out->has_req_flags = spnego_der_may_flags(r, &out->req_flags,
                                              SPNEGO_DER_CONTEXT(1), 0x7f,
                                              &spnego_NegTokenInit2.reqFlags);
    /* mechToken [2] OCTET STRING OPTIONAL */
    out->has_mech_token = spnego_der_may_string(r, &out->mech_token,
                                                SPNEGO_DER_CONTEXT(2),
                                                SPNEGO_DER_OCTET_STRING,
                                                &spnego_NegTokenInit2.mechToken);
    /* negHints [3] NegHints OPTIONAL */
    out->has_neg_hints = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(3),
                                        &spnego_NegTokenInit2.negHints);
    if (out->has_neg_hints) {
        read_neg_hints(&field, &out->neg_hints);
        spnego_der_close(&field);
    }
    /* mechListMIC [4] OCTET STRING OPTIONAL */
    out->has_mech_list_mic = spnego_der_may_string(r, &out->mech_list_mic,
                                                   SPNEGO_DER_CONTEXT(4),
                                                   SPNEGO_DER_OCTET_STRING,
                                                   &spnego_NegTokenInit2.mechListMIC);
    spnego_der_extensions(r); /* ... */
}

static void
write_neg_token_init2(struct spnego_writer *w,
                      const struct spnego_neg_token_init2 *in)
{
    size_t seq = w->len, field;

    /* mechListMIC [4] OCTET STRING OPTIONAL */
    if (in->has_mech_list_mic) {
        spnego_der_put_string_field(w, SPNEGO_DER_CONTEXT(4), SPNEGO_DER_OCTET_STRING,
                                    in->mech_list_mic);
    }
    /* negHints [3] NegHints OPTIONAL */
    if (in->has_neg_hints) {
        field = w->len;
        write_neg_hints(w, &in->neg_hints);
        spnego_der_put_header(w, SPNEGO_DER_CONTEXT(3), field);
    }
    /* mechToken [2] OCTET STRING OPTIONAL */
    if (in->has_mech_token) {
        spnego_der_put_string_field(w, SPNEGO_DER_CONTEXT(2), SPNEGO_DER_OCTET_STRING,
                                    in->mech_token);
    }
    /* reqFlags [1] ContextFlags OPTIONAL */
    if (in->has_req_flags)
        spnego_der_put_flags_field(w, SPNEGO_DER_CONTEXT(1), in->req_flags);
    /* mechTypes [0] MechTypeList OPTIONAL */
    if (in->has_mech_types) {
        field = w->len;
        spnego_write_mech_type_list(w, &in->mech_types);
        spnego_der_put_header(w, SPNEGO_DER_CONTEXT(0), field);
    }
    spnego_der_put_header(w, SPNEGO_DER_SEQUENCE, seq);
}

/* NegotiationToken ::= CHOICE.  asn1/spnego.asn1:20.  RFC 4178 4.2. */
void
spnego_read_negotiation_token(struct spnego_reader *r,
                              struct spnego_negotiation_token *out)
{
    struct spnego_reader field;

    switch (spnego_der_next_tag(r)) {
    case SPNEGO_DER_CONTEXT(0):
        if (spnego_holds_neg_token_init2(r)) {
            /* negTokenInit2 [0] NegTokenInit2 */
            out->kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2;
            if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(0), &spnego_NegTokenInit2.self)) {
                read_neg_token_init2(&field, &out->u.neg_token_init2);
                spnego_der_close(&field);
            }
            break;
        }
        /* negTokenInit [0] NegTokenInit */
        out->kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
        if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(0), &spnego_NegTokenInit.self)) {
            read_neg_token_init(&field, &out->u.neg_token_init);
            spnego_der_close(&field);
        }
        break;
    case SPNEGO_DER_CONTEXT(1):
        /* negTokenResp [1] NegTokenResp */
        out->kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
        if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(1), &spnego_NegTokenResp.self)) {
            read_neg_token_resp(&field, &out->u.neg_token_resp);
            spnego_der_close(&field);
        }
        break;
    default:
        spnego_der_no_alternative(r, SPNEGO_DER_CONTEXT(1));
        break;
    }
}

void
spnego_write_negotiation_token(struct spnego_writer *w,
                               const struct spnego_negotiation_token *in)
{
    size_t field = w->len;

    switch (in->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT: /* negTokenInit [0] NegTokenInit */
        write_neg_token_init(w, &in->u.neg_token_init);
        spnego_der_put_header(w, SPNEGO_DER_CONTEXT(0), field);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP: /* negTokenResp [1] NegTokenResp */
        write_neg_token_resp(w, &in->u.neg_token_resp);
        spnego_der_put_header(w, SPNEGO_DER_CONTEXT(1), field);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2: /* negTokenInit2 [0] NegTokenInit2 */
        write_neg_token_init2(w, &in->u.neg_token_init2);
        spnego_der_put_header(w, SPNEGO_DER_CONTEXT(0), field);
        break;
    default:
        w->broken = true;
        break;
    }
}
