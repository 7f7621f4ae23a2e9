/* mutate.c: changes that know nothing of ASN.1, and the choice among all. */
#include "oracle.h"

#include <string.h>

void
splice(struct input *in, size_t off, size_t cut, const uint8_t *put, size_t put_len)
{
    if (off > in->len || cut > in->len - off || in->len - cut + put_len > INPUT_MAX)
        return;
    memmove(in->octets + off + put_len, in->octets + off + cut, in->len - off - cut);
    if (put_len != 0)
        memcpy(in->octets + off, put, put_len);
    in->len = in->len - cut + put_len;
}

static void
flip_bit(struct input *in, struct random_source *r)
{
    if (in->len != 0)
        in->octets[random_below(r, in->len)] ^= (uint8_t)(1u << random_below(r, 8));
}

/* Most of what there is to break stands near the start. */
static void
set_octet(struct input *in, struct random_source *r)
{
    static const uint8_t telling[] = {0x00, 0x01, 0x7f, 0x80, 0x81,
                                      0x82, 0x84, 0xff, 0x30, 0xa0};
    size_t near = in->len < 48 || random_below(r, 2) == 0 ? in->len : 48;
    size_t off = random_below(r, near);

    if (in->len == 0)
        return;
    if (random_below(r, 2) == 0)
        in->octets[off] = telling[random_below(r, sizeof(telling))];
    else
        in->octets[off] = (uint8_t)random_next(r);
}

static void
truncate_input(struct input *in, struct random_source *r)
{
    in->len = random_below(r, in->len + 1);
}

static void
insert_octets(struct input *in, struct random_source *r)
{
    uint8_t put[4];
    size_t i;

    for (i = 0; i < sizeof(put); i++)
        put[i] = (uint8_t)(random_next(r) >> 32);
    splice(in, random_below(r, in->len + 1), 0, put, 1 + random_below(r, sizeof(put)));
}

static void
delete_octets(struct input *in, struct random_source *r)
{
    splice(in, random_below(r, in->len + 1), 1 + random_below(r, 6), NULL, 0);
}

static void
append_octets(struct input *in, struct random_source *r)
{
    uint8_t put[5] = {0, 0, 0, 0, 0};

    if (random_below(r, 2) == 0)
        put[random_below(r, sizeof(put))] = (uint8_t)random_next(r);
    splice(in, in->len, 0, put, 1 + random_below(r, sizeof(put)));
}

/* Takes the frame off where it stands and puts it where it does not. */
static void
toggle_frame(struct input *in, struct random_source *r)
{
    struct spnego_slice whole = {in->octets, in->len}, inner;
    bool framed;

    (void)r;
    if (!frame_open(&inner, &framed, whole))
        return;
    if (framed)
        splice(in, 0, in->len - inner.len, NULL, 0);
    else
        (void)frame_close(in);
}

void
mutate(struct input *in, struct random_source *r)
{
    static void (*const blind[])(struct input *, struct random_source *) = {
        flip_bit,      set_octet,     truncate_input, insert_octets,
        delete_octets, append_octets, toggle_frame,
    };
    size_t times = 1 + random_below(r, 2) * random_below(r, 3);

    while (times-- > 0) {
        if (random_below(r, 3) == 0)
            blind[random_below(r, sizeof(blind) / sizeof(blind[0]))](in, r);
        else
            mutate_tlv(in, r);
    }
}
