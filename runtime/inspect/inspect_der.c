/* inspect_der.c: elements that only spnego-check reads.  inspect_der.h says which. */
#include "inspect/inspect_der.h"

void
inspect_start(struct spnego_reader *r, struct spnego_decoding *decoding, struct spnego_slice in,
              const struct spnego_decode_opts *opts, const struct spnego_desc *desc)
{
    spnego_reader_start(r, decoding, in, opts);
    r->path.desc = desc;
    if (spnego_watched(r))
        spnego_report_open(r, 0, in.len);
}

static void
report(struct spnego_reader *r, const struct spnego_der_value *value, uint64_t number)
{
    if (spnego_watched(r))
        spnego_report_value(r, value->tag, value->end - value->tag, value->off,
                            value->end - value->off, number);
}

/* X.690 8.3: two's complement, the highest octet first. */
static bool
load_integer(struct spnego_reader *r, int64_t *out, const struct spnego_der_value *value)
{
    const uint8_t *octets = r->decoding->base + value->off;
    size_t len = value->end - value->off, i;
    uint64_t number;

    if (len == 0 || len > sizeof(number))
        return spnego_fail(r, SPN1030_ENUM_LENGTH, value->tag, value->end - value->tag, len,
                           sizeof(number));
    number = octets[0] >= 0x80 ? UINT64_MAX : 0;
    for (i = 0; i < len; i++)
        number = number << 8 | octets[i];
    report(r, value, number);
    *out = (int64_t)number;
    return true;
}

bool
inspect_may_integer(struct spnego_reader *r, int64_t *out, uint8_t tag,
                    const struct spnego_desc *desc)
{
    struct spnego_der_value value;

    if (spnego_der_next_tag(r) != tag ||
        !spnego_der_take_value(r, &value, INSPECT_DER_INTEGER, desc) ||
        !load_integer(r, out, &value))
        return false;
    r->decoding->field = NULL;
    return true;
}

bool
inspect_may_bits(struct spnego_reader *r, uint32_t *out, uint8_t tag,
                 const struct spnego_desc *desc)
{
    struct spnego_der_value value;
    const uint8_t *octets;
    uint32_t bits = 0, bit;
    size_t len;

    if (spnego_der_next_tag(r) != tag ||
        !spnego_der_take_value(r, &value, SPNEGO_DER_BIT_STRING, desc))
        return false;
    octets = r->decoding->base + value.off;
    len = value.end - value.off;
    if (len == 0 || octets[0] > 7 || (len == 1 && octets[0] != 0))
        return spnego_fail(r, SPN1033_UNUSED_BITS, value.tag, value.end - value.tag,
                           len > 0 ? octets[0] : 0, len);
    for (bit = 0; bit < 32 && bit / 8 + 1 < len; bit++)
        bits |= (uint32_t)(octets[1 + bit / 8] >> (7 - bit % 8) & 1) << bit;
    report(r, &value, bits);
    r->decoding->field = NULL;
    *out = bits;
    return true;
}

static void
give(struct spnego_reader *r, struct spnego_slice *out, const struct spnego_der_value *value)
{
    report(r, value, 0);
    *out = spnego_reader_slice(r, value->off, value->end);
}

bool
inspect_may_implicit(struct spnego_reader *r, struct spnego_slice *out, uint8_t tag,
                     const struct spnego_desc *desc)
{
    struct spnego_der_value value;

    if (spnego_der_next_tag(r) != tag || !spnego_reader_ok(r))
        return false;
    r->decoding->field = desc;
    if (!spnego_der_value(r, &value, tag))
        return false;
    give(r, out, &value);
    r->decoding->field = NULL;
    return true;
}

void
inspect_integer(struct spnego_reader *r, int64_t *out)
{
    struct spnego_der_value value;

    if (spnego_der_value(r, &value, INSPECT_DER_INTEGER))
        load_integer(r, out, &value);
}

void
inspect_string(struct spnego_reader *r, struct spnego_slice *out, uint8_t tag)
{
    struct spnego_der_value value;

    if (spnego_der_value(r, &value, tag))
        give(r, out, &value);
}

/* The element that stands next, as a reader of its own. */
static bool
cut_element(struct spnego_reader *r, struct spnego_reader *element)
{
    size_t off = r->off;

    if (!spnego_der_skip(r))
        return false;
    *element = *r;
    element->start = off;
    element->off = off;
    element->end = r->off;
    return true;
}

bool
inspect_element(struct spnego_reader *r, struct spnego_reader *element)
{
    if (!cut_element(r, element))
        return false;
    if (spnego_watched(r))
        spnego_report_open(element, element->off, element->end - element->off);
    return true;
}

bool
inspect_next(struct spnego_reader *element, struct spnego_decoding *decoding, size_t *pos,
             struct spnego_slice der)
{
    struct spnego_reader list;

    spnego_reader_start(&list, decoding, der, &spnego_lenient_opts);
    if (!spnego_der_enter(&list, SPNEGO_DER_SEQUENCE))
        return false;
    if (*pos != 0)
        list.off = *pos;
    if (list.off >= list.end || !cut_element(&list, element))
        return false;
    *pos = list.off;
    return true;
}
