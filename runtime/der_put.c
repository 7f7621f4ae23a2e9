/* der_put.c: writing DER, from the last octet to the first. */
#include "der.h"

/* Puts one octet in front. */
static inline void
put_octet(struct spnego_writer *w, size_t octet)
{
    w->len++;
    if (w->len <= w->size)
        w->mem[w->size - w->len] = (uint8_t)(octet & 0xff);
}

/* A length that takes more than one octet. */
static void
put_long_length(struct spnego_writer *w, size_t len)
{
    size_t octets = 0;

    for (; len != 0; len /= 256) {
        put_octet(w, len);
        octets++;
    }
    put_octet(w, 0x80 | octets);
}

void
spnego_der_put_header(struct spnego_writer *w, uint8_t tag, size_t contents)
{
    size_t len = w->len - contents;

    if (len < 0x80)
        put_octet(w, len);
    else
        put_long_length(w, len);
    put_octet(w, tag);
}

static void
put_string(struct spnego_writer *w, uint8_t tag, struct spnego_slice value)
{
    size_t contents = w->len;

    spnego_writer_put(w, value.ptr, value.len);
    spnego_der_put_header(w, tag, contents);
}

void
spnego_der_put_oid(struct spnego_writer *w, struct spnego_slice value)
{
    uint8_t last = 0;
    size_t i;

    for (i = 0; i < value.len; i++) {
        if (value.ptr[i] == 0x80 && last < 0x80)
            w->broken = true;
        last = value.ptr[i];
    }
    if (value.len == 0 || last >= 0x80)
        w->broken = true;
    put_string(w, SPNEGO_DER_OID, value);
}

void
spnego_der_put_string_field(struct spnego_writer *w, uint8_t tag, uint8_t inner,
                            struct spnego_slice value)
{
    size_t field = w->len;

    put_string(w, inner, value);
    spnego_der_put_header(w, tag, field);
}

void
spnego_der_put_oid_field(struct spnego_writer *w, uint8_t tag, struct spnego_slice value)
{
    size_t field = w->len;

    spnego_der_put_oid(w, value);
    spnego_der_put_header(w, tag, field);
}

void
spnego_der_put_enumerated_field(struct spnego_writer *w, uint8_t tag, uint32_t value,
                                uint32_t last)
{
    size_t field = w->len;

    if (value > last)
        w->broken = true;
    put_octet(w, value);
    put_octet(w, 1);
    put_octet(w, SPNEGO_DER_ENUMERATED);
    spnego_der_put_header(w, tag, field);
}

/* Bit 0 is the top bit of the first octet. */
static uint8_t
top_bit_first(uint32_t bits)
{
    uint32_t octet = 0, bit;

    for (bit = 0; bit < 8; bit++)
        octet = octet * 2 + (bits >> bit & 1);
    return (uint8_t)octet;
}

void
spnego_der_put_flags_field(struct spnego_writer *w, uint8_t tag, uint32_t value)
{
    size_t contents = w->len;
    uint32_t octet, used = 32;

    while (used > 0 && (value >> (used - 1) & 1) == 0)
        used--;
    for (octet = (used + 7) / 8; octet-- > 0;)
        put_octet(w, top_bit_first(value >> (8 * octet)));
    put_octet(w, (8 - used % 8) % 8);
    spnego_der_put_header(w, SPNEGO_DER_BIT_STRING, contents);
    spnego_der_put_header(w, tag, contents);
}
