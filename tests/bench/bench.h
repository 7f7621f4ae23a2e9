/*
 * The benchmark's contract: five SPNEGO tokens, and what a codec must offer to
 * be measured on them.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum bench_kind {
    BENCH_INIT2, /* framed NegotiationToken2, negTokenInit2 */
    BENCH_INIT,  /* framed NegotiationToken, negTokenInit */
    BENCH_RESP   /* NegotiationToken, negTokenResp; never framed */
};

struct bench_token {
    const char *name;
    enum bench_kind kind;
    const uint8_t *der;
    size_t len;
};

/* A run of octets somewhere in a buffer; start is NULL if there is none. */
struct bench_span {
    const uint8_t *start;
    size_t len;
};

struct bench_codec {
    const char *name;

    /*
     * Decode every field and release what the decoding took.  A caller could
     * have read any field in between without parsing anything again.
     */
    bool (*decode)(const struct bench_token *token);

    /* Decode and keep, for encode; NULL if the token is refused. */
    void *(*load)(const struct bench_token *token);

    /*
     * Encode what load returned into out, which holds cap octets.  The token
     * may lie anywhere in out: who writes backwards leaves it at the end.
     */
    struct bench_span (*encode)(const struct bench_token *token, const void *loaded,
                                uint8_t *out, size_t cap);

    void (*unload)(const struct bench_token *token, void *loaded);
};

enum {
    BENCH_TOKENS = 5,
    BENCH_CODECS = 4,
    BENCH_BUFFER = 65536 + 64 /* any token, and room in front of it */
};

/* The tokens, built on the first call: the same octets in every run. */
const struct bench_token *bench_tokens(void);

extern const struct bench_codec *const bench_codecs[BENCH_CODECS];

extern const struct bench_codec bench_ours;
extern const struct bench_codec bench_asn1c;
extern const struct bench_codec bench_openssl;
extern const struct bench_codec bench_heimdal;

#endif
