/* der_end.c: what may stand at the end of an element, and lists that were
 * decoded before. */
#include "der.h"

#define CONSTRUCTED 0x20u
#define CLASS 0xc0u
#define CONTEXT_CLASS 0x80u
#define NUMBER 0x1fu

/* Says whether the tag that stands next can be a field's: context-specific,
 * constructed, not seen before, and above all that were seen. */
static bool
check_field_tag(struct spnego_reader *r)
{
    uint8_t tag = r->decoding->base[r->off];
    unsigned number = tag & NUMBER;

    if ((tag & CLASS) != CONTEXT_CLASS || number == NUMBER)
        return spnego_fail(r, SPN1015_NO_FIELD, r->off, 1, tag, 0);
    if ((tag & CONSTRUCTED) == 0)
        return spnego_fail(r, SPN1011_CONSTRUCTED_BIT, r->off, 1, tag, tag | CONSTRUCTED);
    if ((r->seen >> number & 1) != 0)
        return spnego_fail(r, SPN1013_FIELD_REPEATED, r->off, 1, number, 0);
    if (r->seen >> number != 0)
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
    spnego_remark(r, SPNEGO_NOTE, SPN1016_UNKNOWN_FIELD,
                  off, r->off - off, r->decoding->base[off] & NUMBER, 0);
}

void
spnego_der_extensions(struct spnego_reader *r)
{
    while (spnego_reader_ok(r) && r->off < r->end)
        if (check_field_tag(r))
            skip_field(r);
}

void
spnego_der_no_extensions(struct spnego_reader *r)
{
    if (spnego_reader_ok(r) && r->off < r->end && check_field_tag(r))
        spnego_fail(r, SPN1015_NO_FIELD,
                    r->off, 1, spnego_der_next_tag(r), 0);
}

void
spnego_der_close(struct spnego_reader *r)
{
    if (spnego_reader_ok(r) && r->off < r->end)
        spnego_fail(r, SPN1014_LEFT_OVER,
                    r->off, r->end - r->off, r->end - r->off, 0);
}

bool
spnego_der_list_next(struct spnego_slice *out, size_t *pos, struct spnego_slice der)
{
    struct spnego_decoding decoding;
    struct spnego_reader whole, list, item;

    spnego_reader_start(&whole, &decoding, der, &spnego_lenient_opts);
    if (!spnego_der_need(&whole, &list, SPNEGO_DER_SEQUENCE, NULL))
        return false;
    if (*pos != 0)
        list.off = *pos;
    if (list.off >= list.end ||
        !spnego_der_need(&list, &item, spnego_der_next_tag(&list), NULL))
        return false;
    *out = spnego_reader_slice(&item, item.off, item.end);
    *pos = list.off;
    return true;
}
