/* well_formed.c: whether octets are elements of DER, one in another, all
 * through.  It knows tags and lengths and nothing of what they stand for. */
#include "oracle.h"

#define DEPTH_MAX 64

/* X.690 8.1.2: a number from 31 on stands in octets of its own, in the fewest. */
static bool
pass_tag(size_t *off, struct spnego_slice in)
{
    size_t start;

    if (*off >= in.len)
        return false;
    if ((in.ptr[(*off)++] & 0x1f) != 0x1f)
        return true;
    start = *off;
    while (*off < in.len && in.ptr[*off] >= 0x80)
        ++*off;
    if (*off >= in.len || in.ptr[start] == 0x80 || (*off == start && in.ptr[start] < 31))
        return false;
    ++*off;
    return true;
}

/* X.690 8.1.3, 10.1: definite, in the fewest octets. */
static bool
pass_length(size_t *off, size_t *len, struct spnego_slice in)
{
    size_t octets, i;

    if (*off >= in.len)
        return false;
    *len = in.ptr[(*off)++];
    if (*len < 0x80)
        return *len <= in.len - *off;
    octets = *len - 0x80;
    if (octets == 0 || octets > 4 || octets > in.len - *off || in.ptr[*off] == 0)
        return false;
    for (*len = 0, i = 0; i < octets; i++)
        *len = *len << 8 | in.ptr[(*off)++];
    return *len >= 0x80 && *len <= in.len - *off;
}

static bool
walk(struct spnego_slice in, unsigned depth)
{
    size_t off = 0, tag, len = 0;

    while (off < in.len) {
        tag = off;
        if (!pass_tag(&off, in) || !pass_length(&off, &len, in))
            return false;
        if ((in.ptr[tag] & 0x20) != 0) {
            struct spnego_slice contents = {in.ptr + off, len};

            if (depth == DEPTH_MAX || !walk(contents, depth + 1))
                return false;
        }
        off += len;
    }
    return true;
}

bool
well_formed(struct spnego_slice in)
{
    return walk(in, 0);
}
