/* compare.h: octets as they should be, or a line that says how they differ. */
#ifndef COMPARE_H
#define COMPARE_H

#include "spnego/codec.h"

#include <stdio.h>
#include <string.h>

static inline int
differs(const char *what, struct spnego_slice got, const void *want, size_t len)
{
    size_t i;

    if (got.len == len && memcmp(got.ptr, want, len) == 0)
        return 0;
    printf("%s: got", what);
    for (i = 0; i < got.len; i++)
        printf(" %02x", (unsigned)got.ptr[i]);
    printf("\n");
    return 1;
}

static inline struct spnego_slice
slice_of(const void *ptr, size_t len)
{
    struct spnego_slice slice;

    slice.ptr = ptr;
    slice.len = len;
    return slice;
}

#endif
