/* theirs.c: asn1c's decoder and encoder. */
#include "theirs.h"

asn_TYPE_descriptor_t *
theirs_type(enum spnego_negotiation_token_kind kind)
{
    return kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2 ? &asn_DEF_NegotiationToken2
                                                            : &asn_DEF_NegotiationToken;
}

void
theirs_decode(struct theirs *out, asn_TYPE_descriptor_t *type, struct spnego_slice in)
{
    asn_dec_rval_t got;

    out->type = type;
    out->value = NULL;
    got = ber_decode(NULL, type, &out->value, in.ptr, in.len);
    out->accepted = got.code == RC_OK;
    out->used = got.consumed;
}

/* asn1c leaves what it had read so far when it refuses. */
void
theirs_free(struct theirs *theirs)
{
    if (theirs->value != NULL)
        theirs->type->free_struct(theirs->type, theirs->value, 0);
    theirs->value = NULL;
}

bool
theirs_encode(struct input *out, const struct theirs *theirs)
{
    asn_enc_rval_t put =
        der_encode_to_buffer(theirs->type, theirs->value, out->octets, INPUT_MAX);

    out->len = put.encoded < 0 ? 0 : (size_t)put.encoded;
    return put.encoded >= 0;
}
