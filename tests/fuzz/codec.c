/* codec.c: any octets, to each decoder. */
#include "promise.h"
#include "reencode.h"

#include <string.h>

/* Findings and elements are about octets that are there. */
struct listener {
    size_t len;
    unsigned errors;
    bool not_kept; /* something that a struct has no place for */
};

static void
on_finding(void *arg, const struct spnego_finding *finding)
{
    struct listener *listener = (struct listener *)arg;
    char text[400];

    PROMISE(finding->off <= listener->len && finding->len <= listener->len - finding->off);
    PROMISE(spnego_finding_format(text, sizeof(text), finding) > 0);
    listener->errors += finding->severity == SPNEGO_ERROR;
    listener->not_kept |= finding->code == SPN1016_UNKNOWN_FIELD;
    /* Of flags there is place for 32: 4 octets beside tag, length and unused bits. */
    listener->not_kept |= finding->code == SPN2010_UNNAMED_FLAGS && finding->len > 7;
}

static void
on_element(void *arg, const struct spnego_element *element)
{
    const struct listener *listener = (const struct listener *)arg;

    PROMISE(element->off <= listener->len && element->len <= listener->len - element->off);
    PROMISE(!element->has_value || (element->value_off <= listener->len &&
                                    element->value_len <= listener->len - element->value_off));
}

/* One error finding says why it failed; without one it did not, and left zeros. */
static void
promise_verdict(enum spnego_status status, const struct listener *listener, const void *out,
                size_t len)
{
    const uint8_t *octets = (const uint8_t *)out;
    size_t i;

    PROMISE(status == SPNEGO_OK || (status <= SPNEGO_E_TRUNCATED && status >= SPNEGO_E_LIMIT));
    PROMISE(listener->errors == (status != SPNEGO_OK));
    for (i = 0; status != SPNEGO_OK && i < len; i++)
        PROMISE(octets[i] == 0);
}

/* What was tolerated is written as it should have been, but for the list. */
static void
promise_rewritten(const struct spnego_negotiation_token *token)
{
    struct spnego_decode_opts opts = {sizeof(opts), SPNEGO_TOLERATE_CODEC, 0, 0, NULL, NULL,
                                      NULL};
    struct spnego_buf out = {NULL, 0, 0, NULL};
    struct spnego_negotiation_token again;
    struct spnego_slice written;

    PROMISE(spnego_token_encode(&out, token) == SPNEGO_E_SPACE);
    out.cap = out.len;
    out.len = 0;
    out.ptr = (uint8_t *)malloc(out.cap);
    PROMISE(out.ptr != NULL);
    PROMISE(spnego_token_encode(&out, token) == SPNEGO_OK && out.len == out.cap);
    written.ptr = out.ptr;
    written.len = out.len;
    PROMISE(spnego_token_decode(&again, written, &opts) == SPNEGO_OK);
    PROMISE(again.kind == token->kind && reencode_token(&again, written) == NULL);
    free(out.ptr);
}

static void
try_token(struct spnego_slice in)
{
    struct listener listener = {in.len, 0, false};
    struct spnego_decode_opts strict = {sizeof(strict), 0,          0,        0,
                                        on_finding,     on_element, &listener};
    struct spnego_decode_opts interop = strict;
    struct spnego_negotiation_token token, lenient;
    enum spnego_status status;

    interop.tolerate = SPNEGO_TOLERATE_CODEC;
    status = spnego_token_decode(&token, in, &strict);
    promise_verdict(status, &listener, &token, sizeof(token));
    if (status == SPNEGO_OK && !listener.not_kept)
        PROMISE(reencode_token(&token, in) == NULL);
    listener.errors = 0;
    if (spnego_token_decode(&lenient, in, &interop) == SPNEGO_OK) {
        promise_verdict(SPNEGO_OK, &listener, &lenient, sizeof(lenient));
        promise_rewritten(&lenient);
    } else {
        PROMISE(status != SPNEGO_OK && listener.errors == 1);
    }
}

/* A frame has one encoding: its length octets and its identifier are all there is. */
static void
try_frame(struct spnego_slice in)
{
    struct listener listener = {in.len, 0, false};
    struct spnego_decode_opts strict = {sizeof(strict), 0,          0,        0,
                                        on_finding,     on_element, &listener};
    struct spnego_decode_opts interop = strict;
    struct spnego_slice mech, inner, oid, rest;
    enum spnego_status status = spnego_frame_decode(&mech, &inner, in, &strict);
    size_t lengths = 2;

    PROMISE(listener.errors == (status != SPNEGO_OK));
    interop.tolerate = SPNEGO_TOLERATE_CODEC;
    listener.errors = 0;
    if (status != SPNEGO_OK) {
        PROMISE(mech.ptr == NULL && mech.len == 0 && inner.ptr == NULL && inner.len == 0);
        if (spnego_frame_decode(&oid, &rest, in, &interop) == SPNEGO_OK)
            PROMISE(oid.len > 0 && oid.len + rest.len + 4 <= in.len);
        return;
    }
    lengths += mech.len > 0x7f ? 1 + (mech.len > 0xff) : 0;
    lengths += in.len - 2 > 0x7f ? 1 : 0;
    lengths += in.len - 3 > 0xff ? 1 : 0;
    PROMISE(mech.len > 0 && in.len == 2 + lengths + mech.len + inner.len);
    PROMISE(spnego_frame_decode(&oid, &rest, in, &interop) == SPNEGO_OK);
    PROMISE(oid.ptr == mech.ptr && oid.len == mech.len && rest.ptr == inner.ptr &&
            rest.len == inner.len);
}

static void
try_messages(struct spnego_slice in, unsigned tolerate)
{
    struct listener listener = {in.len, 0, false};
    struct spnego_decode_opts opts = {sizeof(opts), tolerate,   0,        0,
                                      on_finding,   on_element, &listener};
    enum spnego_status status = SPNEGO_OK;
    struct negoex_message message;
    size_t used;

    while (status == SPNEGO_OK && in.len > 0) {
        listener.len = in.len;
        status = negoex_message_decode(&message, &used, in, &opts);
        promise_verdict(status, &listener, &message, sizeof(message));
        PROMISE((status == SPNEGO_OK) == (used > 0) && used <= in.len);
        if (status == SPNEGO_OK)
            PROMISE(reencode_message(&message) == NULL);
        in.ptr += used;
        in.len -= used;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len)
{
    struct spnego_slice whole = {octets, len};
    uint8_t *copy = exact_copy(whole);

    whole.ptr = copy;
    try_token(whole);
    try_frame(whole);
    try_messages(whole, 0);
    try_messages(whole, SPNEGO_TOLERATE_CODEC);
    free(copy);
    return 0;
}
