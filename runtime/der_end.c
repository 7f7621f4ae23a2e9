/* der_end.c: what may stand at the end of an element, and lists that were
 * decoded before. */
#include "der.h"

/* The numbers of the fields in front of `r->off`, as bits.  They were read
 * already, so this cannot fail. */
static uint32_t
seen_fields(const struct spnego_reader *r)
{
    uint32_t seen = 0;
    size_t off = r->start, value;

    while (off < r->off) {
        seen |= UINT32_C(1) << (r->decoding->base[off] & SPNEGO_DER_NUMBER);
        off = spnego_der_peek(r, off, &value);
        if (off == 0)
            break;
    }
    return seen;
}

/* Says whether the tag that stands next can be a field's: context-specific,
 * constructed, not seen before, and above all that were. */
static bool
check_field_tag(struct spnego_reader *r, uint32_t seen)
{
    uint8_t tag = r->decoding->base[r->off];
    unsigned number = tag & SPNEGO_DER_NUMBER;

    if ((tag & SPNEGO_DER_CLASS) != SPNEGO_DER_CONTEXT_CLASS || number == SPNEGO_DER_NUMBER)
        return spnego_fail(r, SPN1015_NO_FIELD, r->off, 1, tag, 0);
    if ((tag & SPNEGO_DER_CONSTRUCTED) == 0)
        return spnego_fail(r, SPN1011_CONSTRUCTED_BIT, r->off, 1, tag,
                           tag | SPNEGO_DER_CONSTRUCTED);
    if ((seen >> number & 1) != 0)
        return spnego_fail(r, SPN1013_FIELD_REPEATED, r->off, 1, number, 0);
    if (seen >> number != 0)
        return spnego_fail(r, SPN1012_FIELD_ORDER, r->off, 1, number, 0);
    return true;
}

/* An unknown field is EXPLICIT like every other: it holds one element. */
static void
skip_field(struct spnego_reader *r)
{
    static const struct spnego_desc unknown_field = {
        "[unknown]", "", "RFC 4178 6", SPNEGO_KIND_UNKNOWN, SPNEGO_KIND_UNKNOWN, 0,
    };
    struct spnego_reader field;
    size_t off = r->off;

    if (!spnego_der_need(r, &field, spnego_der_next_tag(r), &unknown_field))
        return;
    if (!spnego_der_skip(&field))
        return;
    spnego_der_close(&field);
    if (!spnego_reader_ok(r))
        return;
    spnego_remark(r, SPNEGO_NOTE, SPN1016_UNKNOWN_FIELD, off, r->off - off,
                  r->decoding->base[off] & SPNEGO_DER_NUMBER, 0);
}

void
spnego_der_skip_fields(struct spnego_reader *r)
{
    uint32_t seen;

    if (!spnego_reader_ok(r))
        return;
    for (seen = seen_fields(r); spnego_reader_ok(r) && r->off < r->end;) {
        uint32_t number = r->decoding->base[r->off] & SPNEGO_DER_NUMBER;

        if (check_field_tag(r, seen))
            skip_field(r);
        seen |= UINT32_C(1) << number;
    }
}

void
spnego_der_refuse_fields(struct spnego_reader *r)
{
    if (spnego_reader_ok(r) && check_field_tag(r, seen_fields(r)))
        spnego_fail(r, SPN1015_NO_FIELD, r->off, 1, spnego_der_next_tag(r), 0);
}

void
spnego_der_no_alternative(struct spnego_reader *r, uint8_t tag)
{
    if (r->off < r->end)
        spnego_fail(r, SPN1009_WRONG_TAG, r->off, 1, spnego_der_next_tag(r), tag);
    else
        spnego_fail(r, SPN1003_CUT_HEADER, r->off, 0, 0, 0);
}

void
spnego_der_left_over(struct spnego_reader *r)
{
    if (spnego_reader_ok(r))
        spnego_fail(r, SPN1014_LEFT_OVER, r->off, r->end - r->off, r->end - r->off, 0);
}

bool
spnego_der_list_next(struct spnego_slice *out, size_t *pos, struct spnego_slice der)
{
    struct spnego_decoding decoding;
    struct spnego_der_value item;
    struct spnego_reader list;

    spnego_reader_start(&list, &decoding, der, &spnego_lenient_opts);
    if (!spnego_der_enter(&list, SPNEGO_DER_SEQUENCE))
        return false;
    if (*pos != 0)
        list.off = *pos;
    if (list.off >= list.end || !spnego_der_value(&list, &item, spnego_der_next_tag(&list)))
        return false;
    *out = spnego_reader_slice(&list, item.off, item.end);
    *pos = list.off;
    return true;
}
