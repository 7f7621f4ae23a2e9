/* octets.h: numbers and parts of octets, for readers that look before they decode.  None
 * reads behind the end. */
#ifndef OCTETS_H
#define OCTETS_H

#include <spnego/base.h>
#include <string.h>

/* The number of `size` octets at `off`; 0 where the octets end before it does. */
static inline uint64_t
octets_le(struct spnego_slice in, size_t off, size_t size)
{
    uint64_t value = 0;

    if (off > in.len || size > in.len - off)
        return 0;
    while (size > 0)
        value = value << 8 | in.ptr[off + --size];
    return value;
}

static inline uint64_t
octets_be(struct spnego_slice in, size_t off, size_t size)
{
    uint64_t value = 0;
    size_t i;

    if (off > in.len || size > in.len - off)
        return 0;
    for (i = 0; i < size; i++)
        value = value << 8 | in.ptr[off + i];
    return value;
}

/* The part of `len` octets at `off`; no octets if it is not all there. */
static inline struct spnego_slice
octets_part(struct spnego_slice in, size_t off, size_t len)
{
    struct spnego_slice part = {NULL, 0};

    if (off <= in.len && len <= in.len - off) {
        part.ptr = in.ptr + off;
        part.len = len;
    }
    return part;
}

static inline bool
octets_equal(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* octets_der looks at one DER header: `*header` is how long tag and length are, `*len` what
 * the length says, whether it is there or not.  Lengths of more than four octets and
 * indefinite ones are none.  A guess, for who must know before anything is decoded. */
static inline bool
octets_der(struct spnego_slice in, size_t *header, uint64_t *len)
{
    size_t count;

    if (in.len < 2)
        return false;
    count = in.ptr[1] < 0x80 ? 0 : in.ptr[1] & 0x7fu;
    if (in.ptr[1] == 0x80 || count > 4 || in.len - 2 < count)
        return false;
    *header = 2 + count;
    *len = count == 0 ? in.ptr[1] : octets_be(in, 2, count);
    return true;
}

#endif
