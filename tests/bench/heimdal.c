/*
 * The codec that Heimdal's asn1_compile generates from heimdal_spnego.asn1,
 * used as Heimdal's own GSS-API library does: decode into a struct of the
 * caller's, encode backwards from the end of a buffer.
 */
#include "frame.h"

#include <stdlib.h>

#include "heimdal_spnego.h"

union message {
    NegotiationToken token;
    NegotiationToken2 token2;
};

static bool
read_message(const struct bench_token *token, union message *message)
{
    struct bench_span inner = frame_open(token);
    size_t used;
    int error;

    if (inner.start == NULL)
        return false;
    if (token->kind == BENCH_INIT2)
        error = decode_NegotiationToken2(inner.start, inner.len, &message->token2, &used);
    else
        error = decode_NegotiationToken(inner.start, inner.len, &message->token, &used);
    return error == 0 && used == inner.len;
}

static void
clear_message(const struct bench_token *token, union message *message)
{
    if (token->kind == BENCH_INIT2)
        free_NegotiationToken2(&message->token2);
    else
        free_NegotiationToken(&message->token);
}

static bool
decode(const struct bench_token *token)
{
    union message message;

    if (!read_message(token, &message))
        return false;
    clear_message(token, &message);
    return true;
}

static void *
load(const struct bench_token *token)
{
    union message *message = malloc(sizeof *message);

    if (message != NULL && !read_message(token, message)) {
        free(message);
        return NULL;
    }
    return message;
}

static void
unload(const struct bench_token *token, void *loaded)
{
    clear_message(token, loaded);
    free(loaded);
}

static struct bench_span
encode(const struct bench_token *token, const void *loaded, uint8_t *out, size_t cap)
{
    const union message *message = loaded;
    uint8_t *last = out + cap - 1;
    size_t room = cap - FRAME_ROOM;
    size_t len;
    int error;

    if (token->kind == BENCH_INIT2)
        error = encode_NegotiationToken2(last, room, &message->token2, &len);
    else
        error = encode_NegotiationToken(last, room, &message->token, &len);
    if (error != 0)
        return (struct bench_span){NULL, 0};
    return frame_close(token, out + cap - len, len);
}

const struct bench_codec bench_heimdal = {"heimdal", decode, load, encode, unload};
