/* Our codec: a decoded token points into the octets it came from. */
#include "bench.h"

#include <spnego/codec.h>
#include <stdlib.h>

static bool
read_token(struct spnego_negotiation_token *out, const struct bench_token *token)
{
    struct spnego_slice in = {token->der, token->len};

    return spnego_token_decode(out, in, NULL) == SPNEGO_OK;
}

static bool
decode(const struct bench_token *token)
{
    struct spnego_negotiation_token decoded;

    return read_token(&decoded, token);
}

static void *
load(const struct bench_token *token)
{
    struct spnego_negotiation_token *loaded = malloc(sizeof(*loaded));

    if (loaded == NULL || read_token(loaded, token))
        return loaded;
    free(loaded);
    return NULL;
}

static void
unload(const struct bench_token *token, void *loaded)
{
    (void)token;
    free(loaded);
}

static struct bench_span
encode(const struct bench_token *token, const void *loaded, uint8_t *out, size_t cap)
{
    struct spnego_buf buf = {out, cap, 0, NULL};
    struct bench_span span = {NULL, 0};

    (void)token;
    if (spnego_token_encode(&buf, loaded) == SPNEGO_OK) {
        span.start = buf.ptr;
        span.len = buf.len;
    }
    return span;
}

const struct bench_codec bench_ours = {"ours", decode, load, encode, unload};
