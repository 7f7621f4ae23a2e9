/* der_value.c: the primitive elements that the schemas have. */
#include "der.h"

static inline void
report(struct spnego_reader *r, const struct spnego_der_value *value, uint64_t number)
{
    if (spnego_watched(r))
        spnego_report_value(r, value->tag, value->end - value->tag, value->off,
                            value->end - value->off, number);
}

/* X.690 8.19.2: arcs of seven bits an octet, the last with bit 8 clear, the
 * first never 0x80. */
static bool
check_oid(struct spnego_reader *r, const struct spnego_der_value *value)
{
    const uint8_t *octets = r->decoding->base + value->off;
    size_t len = value->end - value->off, i;

    if (len == 0)
        return spnego_fail(r, SPN1018_EMPTY_OID, value->tag, value->end - value->tag, 0, 0);
    for (i = 0; i < len; i++)
        if (octets[i] == 0x80 && (i == 0 || octets[i - 1] < 0x80))
            return spnego_fail(r, SPN1019_PADDED_ARC, value->off + i, 1, 0, 0);
    if (octets[len - 1] >= 0x80)
        return spnego_fail(r, SPN1020_CUT_ARC, value->end - 1, 1, 0, 0);
    return true;
}

/* Gives the octets of a value away. */
static bool
give(struct spnego_reader *r, const struct spnego_der_value *value, struct spnego_slice *out)
{
    report(r, value, 0);
    r->decoding->field = NULL;
    *out = spnego_reader_slice(r, value->off, value->end);
    return true;
}

void
spnego_der_oid(struct spnego_reader *r, struct spnego_slice *out)
{
    struct spnego_der_value value;

    if (spnego_der_value(r, &value, SPNEGO_DER_OID) && check_oid(r, &value))
        give(r, &value, out);
}

bool
spnego_der_take_oid(struct spnego_reader *r, struct spnego_slice *out,
                    const struct spnego_desc *desc)
{
    struct spnego_der_value value;

    return spnego_der_take_value(r, &value, SPNEGO_DER_OID, desc) && check_oid(r, &value) &&
           give(r, &value, out);
}

bool
spnego_der_take_string(struct spnego_reader *r, struct spnego_slice *out, uint8_t inner,
                       const struct spnego_desc *desc)
{
    struct spnego_der_value value;

    return spnego_der_take_value(r, &value, inner, desc) && give(r, &value, out);
}

bool
spnego_der_take_enumerated(struct spnego_reader *r, uint32_t *out, uint32_t last,
                           const struct spnego_desc *desc)
{
    struct spnego_der_value value;
    uint8_t number;

    if (!spnego_der_take_value(r, &value, SPNEGO_DER_ENUMERATED, desc))
        return false;
    if (value.end - value.off != 1)
        return spnego_fail(r, SPN1030_ENUM_LENGTH, value.tag, value.end - value.tag,
                           value.end - value.off, 1);
    number = r->decoding->base[value.off];
    report(r, &value, number);
    if (number > last)
        return spnego_fail(r, SPN1031_ENUM_VALUE, value.off, 1, number, last);
    r->decoding->field = NULL;
    *out = number;
    return true;
}

/* Bit 0 of ASN.1 is the top bit of the first octet; here it is bit 0. */
static uint32_t
gather_bits(const uint8_t *octets, size_t count)
{
    uint32_t bits = 0, i;

    for (i = 0; i < 32 && i < count; i++)
        if ((octets[i / 8] & (0x80u >> (i % 8))) != 0)
            bits |= UINT32_C(1) << i;
    return bits;
}

/* X.690 8.6.2, 11.2: the first octet counts the bits at the end that are not
 * in use; they are 0, and the bit before them is 1. */
static bool
check_flags(struct spnego_reader *r, const struct spnego_der_value *value)
{
    const uint8_t *octets = r->decoding->base + value->off;
    size_t len = value->end - value->off, whole = value->end - value->tag;
    unsigned unused = len > 0 ? octets[0] : 0;

    if (len == 0 || unused > 7 || (len == 1 && unused != 0))
        return spnego_fail(r, SPN1033_UNUSED_BITS, value->tag, whole, unused, len);
    if (len > 1 && (octets[len - 1] & ((1u << unused) - 1)) != 0)
        return spnego_fail(r, SPN1035_USED_BITS, value->tag, whole, unused, 0);
    if (len > 1 && (octets[len - 1] >> unused & 1) == 0)
        return spnego_tolerate(r, SPNEGO_TOLERATE_UNTRIMMED_FLAGS, SPN1034_UNTRIMMED_FLAGS,
                               value->tag, whole, 0);
    return true;
}

bool
spnego_der_take_flags(struct spnego_reader *r, uint32_t *out, uint32_t named,
                      const struct spnego_desc *desc)
{
    struct spnego_der_value value;
    size_t count;
    uint32_t flags;

    if (!spnego_der_take_value(r, &value, SPNEGO_DER_BIT_STRING, desc) ||
        !check_flags(r, &value))
        return false;
    count = 8 * (value.end - value.off - 1) - r->decoding->base[value.off];
    flags = gather_bits(r->decoding->base + value.off + 1, count);
    report(r, &value, flags);
    if ((flags & ~named) != 0 || count > 32)
        spnego_remark(r, SPNEGO_NOTE, SPN2010_UNNAMED_FLAGS, value.tag, value.end - value.tag,
                      flags, named);
    r->decoding->field = NULL;
    *out = flags;
    return true;
}
