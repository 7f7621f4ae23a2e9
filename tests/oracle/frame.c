/* frame.c: the GSS-API frame of RFC 2743 3.1.
 *
 * The frame is no part of the ASN.1 module, so asn1c knows nothing of it.  It
 * is read here once more, and not with our codec, which is on trial. */
#include "oracle.h"

#include <string.h>

static const uint8_t this_mech[] = {0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02};

/* The length that stands behind the frame's tag, in the fewest octets.
 * Returns how many octets it takes, 0 if it is wrong. */
static size_t
read_length(size_t *value, struct spnego_slice in)
{
    size_t i, octets;

    if (in.len < 2)
        return 0;
    *value = in.ptr[1];
    if (*value < 0x80)
        return 1;
    octets = *value - 0x80;
    if (octets < 1 || octets > 4 || in.len < 2 + octets || in.ptr[2] == 0)
        return 0;
    for (*value = 0, i = 0; i < octets; i++)
        *value = *value << 8 | in.ptr[2 + i];
    return *value < 0x80 ? 0 : 1 + octets;
}

bool
frame_open(struct spnego_slice *inner, bool *framed, struct spnego_slice in)
{
    size_t len = 0, head;

    *inner = in;
    *framed = in.len > 0 && in.ptr[0] == 0x60;
    if (!*framed)
        return true;
    head = read_length(&len, in);
    if (head == 0 || in.len - 1 - head != len || len < sizeof(this_mech) ||
        memcmp(in.ptr + 1 + head, this_mech, sizeof(this_mech)) != 0)
        return false;
    inner->ptr = in.ptr + 1 + head + sizeof(this_mech);
    inner->len = len - sizeof(this_mech);
    return true;
}

bool
frame_close(struct input *out)
{
    size_t len = out->len + sizeof(this_mech), head = 2, shift;
    uint8_t start[6] = {0x60, 0};

    if (len < 0x80) {
        start[1] = (uint8_t)len;
    } else {
        for (shift = 32; shift > 0; shift -= 8)
            if (head > 2 || len >> (shift - 8) != 0)
                start[head++] = (uint8_t)(len >> (shift - 8) & 0xff);
        start[1] = (uint8_t)(0x80 + head - 2);
    }
    if (len + head > INPUT_MAX)
        return false;
    memmove(out->octets + head + sizeof(this_mech), out->octets, out->len);
    memcpy(out->octets, start, head);
    memcpy(out->octets + head, this_mech, sizeof(this_mech));
    out->len = len + head;
    return true;
}
