/* promise.h: what a target holds the library to, and the input that it reads. */
#ifndef PROMISE_H
#define PROMISE_H

#include <spnego/spnego.h>

#include <stdio.h>
#include <stdlib.h>

/* A promise that is broken ends the run, and libFuzzer keeps the input. */
#define PROMISE(holds) ((holds) ? (void)0 : promise_broken(#holds, __FILE__, __LINE__))

static inline void
promise_broken(const char *what, const char *file, int line)
{
    fprintf(stderr, "%s:%d: broken: %s\n", file, line, what);
    abort();
}

/* libFuzzer calls this for each input. */
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t len);

/* What is left of the input.  Behind its end it is all zeros. */
static inline uint8_t
input_octet(struct spnego_slice *input)
{
    if (input->len == 0)
        return 0;
    input->len--;
    return *input->ptr++;
}

static inline struct spnego_slice
input_take(struct spnego_slice *input, size_t len)
{
    struct spnego_slice taken = {input->ptr, len < input->len ? len : input->len};

    input->ptr += taken.len;
    input->len -= taken.len;
    return taken;
}

/* A copy in exactly its size, so that every octet read beyond it is seen. */
static inline uint8_t *
exact_copy(struct spnego_slice from)
{
    uint8_t *copy = (uint8_t *)malloc(from.len > 0 ? from.len : 1);
    size_t i;

    PROMISE(copy != NULL);
    for (i = 0; i < from.len; i++)
        copy[i] = from.ptr[i];
    return copy;
}

static inline bool
same_octets(struct spnego_slice a, struct spnego_slice b)
{
    size_t i;

    for (i = 0; i < a.len && i < b.len && a.ptr[i] == b.ptr[i]; i++)
        continue;
    return a.len == b.len && i == a.len;
}

#endif
