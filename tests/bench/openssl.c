/*
 * OpenSSL's ASN1_ITEM templates, as OpenSSL itself uses them for X.509: a table
 * for each type, and d2i/i2d functions over the tables.
 */
#include "frame.h"

#include <limits.h>

#include <openssl/asn1t.h>

typedef STACK_OF(ASN1_OBJECT) NEG_MECHS;

typedef struct {
    NEG_MECHS *mechTypes;
    ASN1_BIT_STRING *reqFlags;
    ASN1_OCTET_STRING *mechToken;
    ASN1_OCTET_STRING *mechListMIC;
} NEG_INIT;

typedef struct {
    ASN1_GENERALSTRING *hintName;
    ASN1_OCTET_STRING *hintAddress;
} NEG_HINTS;

typedef struct {
    NEG_MECHS *mechTypes;
    ASN1_BIT_STRING *reqFlags;
    ASN1_OCTET_STRING *mechToken;
    NEG_HINTS *negHints;
    ASN1_OCTET_STRING *mechListMIC;
} NEG_INIT2;

typedef struct {
    ASN1_ENUMERATED *negState;
    ASN1_OBJECT *supportedMech;
    ASN1_OCTET_STRING *responseToken;
    ASN1_OCTET_STRING *mechListMIC;
    NEG_MECHS *supportedMechs;
} NEG_RESP;

typedef struct {
    int type;
    union {
        NEG_INIT *negTokenInit;
        NEG_RESP *negTokenResp;
    } value;
} NEG_TOKEN;

typedef struct {
    int type;
    union {
        NEG_INIT2 *negTokenInit2;
    } value;
} NEG_TOKEN2;

ASN1_SEQUENCE(NEG_INIT) = {ASN1_EXP_SEQUENCE_OF(NEG_INIT, mechTypes, ASN1_OBJECT, 0),
                           ASN1_EXP_OPT(NEG_INIT, reqFlags, ASN1_BIT_STRING, 1),
                           ASN1_EXP_OPT(NEG_INIT, mechToken, ASN1_OCTET_STRING, 2),
                           ASN1_EXP_OPT(NEG_INIT, mechListMIC, ASN1_OCTET_STRING,
                                        3)} static_ASN1_SEQUENCE_END(NEG_INIT)

    ASN1_SEQUENCE(NEG_HINTS) = {ASN1_EXP_OPT(NEG_HINTS, hintName, ASN1_GENERALSTRING, 0),
                                ASN1_EXP_OPT(NEG_HINTS, hintAddress, ASN1_OCTET_STRING,
                                             1)} static_ASN1_SEQUENCE_END(NEG_HINTS)

        ASN1_SEQUENCE(NEG_INIT2) = {ASN1_EXP_SEQUENCE_OF_OPT(NEG_INIT2, mechTypes, ASN1_OBJECT,
                                                             0),
                                    ASN1_EXP_OPT(NEG_INIT2, reqFlags, ASN1_BIT_STRING, 1),
                                    ASN1_EXP_OPT(NEG_INIT2, mechToken, ASN1_OCTET_STRING, 2),
                                    ASN1_EXP_OPT(NEG_INIT2, negHints, NEG_HINTS, 3),
                                    ASN1_EXP_OPT(NEG_INIT2, mechListMIC, ASN1_OCTET_STRING,
                                                 4)} static_ASN1_SEQUENCE_END(NEG_INIT2)

            ASN1_SEQUENCE(
                NEG_RESP) = {ASN1_EXP_OPT(NEG_RESP, negState, ASN1_ENUMERATED, 0),
                             ASN1_EXP_OPT(NEG_RESP, supportedMech, ASN1_OBJECT, 1),
                             ASN1_EXP_OPT(NEG_RESP, responseToken, ASN1_OCTET_STRING, 2),
                             ASN1_EXP_OPT(NEG_RESP, mechListMIC, ASN1_OCTET_STRING, 3),
                             ASN1_EXP_SEQUENCE_OF_OPT(NEG_RESP, supportedMechs, ASN1_OBJECT,
                                                      4)} static_ASN1_SEQUENCE_END(NEG_RESP)

                ASN1_CHOICE(NEG_TOKEN) = {ASN1_EXP(NEG_TOKEN, value.negTokenInit, NEG_INIT, 0),
                                          ASN1_EXP(NEG_TOKEN, value.negTokenResp, NEG_RESP,
                                                   1)} static_ASN1_CHOICE_END(NEG_TOKEN)

                    ASN1_CHOICE(NEG_TOKEN2) = {ASN1_EXP(NEG_TOKEN2, value.negTokenInit2,
                                                        NEG_INIT2,
                                                        0)} static_ASN1_CHOICE_END(NEG_TOKEN2)

                                                  static const ASN1_ITEM
                                              * item_of(const struct bench_token *token)
{
    return token->kind == BENCH_INIT2 ? ASN1_ITEM_rptr(NEG_TOKEN2) : ASN1_ITEM_rptr(NEG_TOKEN);
}

static void
unload(const struct bench_token *token, void *loaded)
{
    ASN1_item_free(loaded, item_of(token));
}

static void *
load(const struct bench_token *token)
{
    struct bench_span inner = frame_open(token);
    const unsigned char *p = inner.start;
    ASN1_VALUE *loaded;

    if (p == NULL || inner.len > LONG_MAX)
        return NULL;
    loaded = ASN1_item_d2i(NULL, &p, (long)inner.len, item_of(token));
    if (loaded != NULL && p != inner.start + inner.len) {
        unload(token, loaded);
        return NULL;
    }
    return loaded;
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

/* i2d is not told where the buffer ends: the length has to be asked first. */
static struct bench_span
encode(const struct bench_token *token, const void *loaded, uint8_t *out, size_t cap)
{
    uint8_t *inner = out + FRAME_ROOM;
    unsigned char *p = inner;
    int len = ASN1_item_i2d(loaded, NULL, item_of(token));

    if (len <= 0 || (size_t)len > cap - FRAME_ROOM ||
        ASN1_item_i2d(loaded, &p, item_of(token)) != len)
        return (struct bench_span){NULL, 0};
    return frame_close(token, inner, (size_t)len);
}

const struct bench_codec bench_openssl = {"openssl", decode, load, encode, unload};
