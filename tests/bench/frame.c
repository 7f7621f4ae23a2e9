#include "frame.h"

#include <string.h>

enum { TAG_FRAME = 0x60 };

static const uint8_t spnego_oid[] = {0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02};

uint8_t *
der_prepend(uint8_t *end, const void *octets, size_t len)
{
    return memcpy(end - len, octets, len);
}

uint8_t *
der_prepend_header(uint8_t *end, uint8_t tag, size_t len)
{
    size_t rest = len;

    do
        *--end = (uint8_t)(rest & 0xff);
    while ((rest >>= 8) != 0);
    if (len >= 0x80) {
        uint8_t count = 0;

        for (rest = len; rest != 0; rest >>= 8)
            count++;
        *--end = (uint8_t)(0x80 | count);
    }
    *--end = tag;
    return end;
}

/* Read a length at *p, no further than end; moves *p past it. */
static bool
read_length(const uint8_t **p, const uint8_t *end, size_t *len)
{
    uint8_t first;
    uint8_t count;

    if (*p == end)
        return false;
    first = *(*p)++;
    *len = first;
    if (first < 0x80)
        return true;
    count = first & 0x7f;
    if (count == 0 || count > 4 || count > end - *p)
        return false;
    for (*len = 0; count != 0; count--)
        *len = *len << 8 | *(*p)++;
    return true;
}

struct bench_span
frame_open(const struct bench_token *token)
{
    const struct bench_span whole = {token->der, token->len};
    const struct bench_span none = {NULL, 0};
    const uint8_t *p = token->der;
    const uint8_t *end = p + token->len;
    size_t len;

    if (token->kind == BENCH_RESP)
        return whole;
    if (p == end || *p++ != TAG_FRAME || !read_length(&p, end, &len))
        return none;
    if (len != (size_t)(end - p) || len < sizeof spnego_oid ||
        memcmp(p, spnego_oid, sizeof spnego_oid) != 0)
        return none;
    p += sizeof spnego_oid;
    return (struct bench_span){p, (size_t)(end - p)};
}

struct bench_span
frame_close(const struct bench_token *token, uint8_t *inner, size_t inner_len)
{
    uint8_t *start = inner;

    if (token->kind != BENCH_RESP) {
        start = der_prepend(start, spnego_oid, sizeof spnego_oid);
        start = der_prepend_header(start, TAG_FRAME, inner_len + sizeof spnego_oid);
    }
    return (struct bench_span){start, (size_t)(inner - start) + inner_len};
}
