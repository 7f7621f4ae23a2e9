/*
 * The codec that asn1c generates from the project's own asn1/spnego.asn1, used
 * as its manual shows: ber_decode allocates, der_encode_to_buffer writes.
 */
#include "frame.h"

#include <NegotiationToken.h>
#include <NegotiationToken2.h>

static asn_TYPE_descriptor_t *
type_of(const struct bench_token *token)
{
    return token->kind == BENCH_INIT2 ? &asn_DEF_NegotiationToken2 : &asn_DEF_NegotiationToken;
}

static void
unload(const struct bench_token *token, void *loaded)
{
    asn_TYPE_descriptor_t *type = type_of(token);

    type->free_struct(type, loaded, 0);
}

static void *
load(const struct bench_token *token)
{
    struct bench_span inner = frame_open(token);
    void *loaded = NULL;
    asn_dec_rval_t got;

    if (inner.start == NULL)
        return NULL;
    got = ber_decode(NULL, type_of(token), &loaded, inner.start, inner.len);
    if (got.code == RC_OK && got.consumed == inner.len)
        return loaded;
    unload(token, loaded); /* asn1c leaves what it had decoded so far */
    return NULL;
}

static bool
decode(const struct bench_token *token)
{
    void *loaded = load(token);

    if (loaded == NULL)
        return false;
    unload(token, loaded);
    return true;
}

static struct bench_span
encode(const struct bench_token *token, const void *loaded, uint8_t *out, size_t cap)
{
    uint8_t *inner = out + FRAME_ROOM;
    asn_enc_rval_t put;

    /* asn1c declares the value it only reads as writable. */
    put = der_encode_to_buffer(type_of(token), (void *)(uintptr_t)loaded, inner,
                               cap - FRAME_ROOM);
    if (put.encoded < 0)
        return (struct bench_span){NULL, 0};
    return frame_close(token, inner, (size_t)put.encoded);
}

const struct bench_codec bench_asn1c = {"asn1c", decode, load, encode, unload};
