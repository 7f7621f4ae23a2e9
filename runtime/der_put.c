/* der_put.c: writing DER, from the last octet to the first. */
#include "der.h"

/* Puts one octet in front. */
static void
put_octet(struct spnego_writer *w, size_t octet)
{
    w->len++;
    if (w->mem != NULL)
        w->mem[w->size - w->len] = (uint8_t)(octet & 0xff);
}

void
spnego_der_put_header(struct spnego_writer *w, uint8_t tag, size_t contents)
{
    size_t len = w->len - contents, octets = 0, rest;

    if (len < 0x80) {
        put_octet(w, len);
    } else {
        for (rest = len; rest != 0; rest /= 256) {
            put_octet(w, rest);
            octets++;
        }
        put_octet(w, 0x80 | octets);
    }
    put_octet(w, tag);
}

void
spnego_der_put_string(struct spnego_writer *w, uint8_t tag, struct spnego_slice value)
{
    size_t contents = w->len;

    spnego_writer_put(w, value.ptr, value.len);
    spnego_der_put_header(w, tag, contents);
}

void
spnego_der_put_oid(struct spnego_writer *w, struct spnego_slice value)
{
    if (value.len == 0 || value.ptr[value.len - 1] >= 0x80)
        w->broken = true;
    spnego_der_put_string(w, SPNEGO_DER_OID, value);
}

void
spnego_der_put_enumerated(struct spnego_writer *w, uint32_t value, uint32_t last)
{
    size_t contents = w->len;

    if (value > last)
        w->broken = true;
    put_octet(w, value);
    spnego_der_put_header(w, SPNEGO_DER_ENUMERATED, contents);
}

void
spnego_der_put_flags(struct spnego_writer *w, uint32_t value)
{
    size_t contents = w->len;
    uint32_t octet, bit, used = 32;

    while (used > 0 && (value >> (used - 1) & 1) == 0)
        used--;
    for (octet = (used + 7) / 8; octet-- > 0;) {
        unsigned top_first = 0;

        for (bit = 0; bit < 8; bit++)
            if ((value >> (8 * octet + bit) & 1) != 0)
                top_first |= 0x80u >> bit;
        put_octet(w, top_first);
    }
    put_octet(w, (8 - used % 8) % 8);
    spnego_der_put_header(w, SPNEGO_DER_BIT_STRING, contents);
}
