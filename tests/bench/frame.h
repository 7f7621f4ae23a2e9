/*
 * The GSS-API frame of a first token (RFC 2743 3.1), for the codecs that leave
 * it to their caller.  A few lines by hand cost every rival less than another
 * level of its own SEQUENCE machinery would.
 */
#ifndef BENCH_FRAME_H
#define BENCH_FRAME_H

#include "bench.h"

enum {
    FRAME_ROOM = 16 /* no frame is longer than this */
};

/* The NegotiationToken within a token, framed or not. */
struct bench_span frame_open(const struct bench_token *token);

/*
 * Complete the token whose NegotiationToken starts at inner: a framed kind gets
 * its frame written into the FRAME_ROOM octets before it.
 */
struct bench_span frame_close(const struct bench_token *token, uint8_t *inner,
                              size_t inner_len);

/* Write a DER header that ends just before end; returns where it starts. */
uint8_t *der_prepend_header(uint8_t *end, uint8_t tag, size_t len);

/* Write octets that end just before end; returns where they start. */
uint8_t *der_prepend(uint8_t *end, const void *octets, size_t len);

#endif
