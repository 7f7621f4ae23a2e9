/* der.c: tags, lengths and the order of elements.  der.h says what each
 * function is for; what stands inside is read in der_value.c. */
#include "der.h"

#define CONSTRUCTED 0x20u
#define CLASS 0xc0u
#define CONTEXT_CLASS 0x80u
#define NUMBER 0x1fu

/* Not enough octets.  More of them can only help where nothing has said yet
 * how many there should be. */
static bool
fail_short(struct spnego_reader *r, enum spnego_finding_code code, size_t len, uint64_t got,
           uint64_t want)
{
    spnego_fail_as(r, r->path.desc == NULL ? SPNEGO_E_TRUNCATED : SPNEGO_E_MALFORMED, code,
                   r->off, len, got, want);
    return false;
}

static bool
fail_cut(struct spnego_reader *r)
{
    return fail_short(r, SPN1003_CUT_HEADER, r->end - r->off, 0, 0);
}

/* The length says more than there is: at the very start that is a fragment,
 * anywhere else a lie. */
static bool
fail_overrun(struct spnego_reader *r, size_t value_off, size_t value_len)
{
    if (r->path.desc == NULL && r->off == 0)
        return fail_short(r, SPN1001_FRAGMENT, r->end, r->end, (uint64_t)value_off + value_len);
    return fail_short(r, SPN1002_OVERRUN, value_off - r->off, value_len, r->end - value_off);
}

/* A length in the long form.  `*off` stands behind the first length octet,
 * whose low seven bits are `octets`. */
static bool
read_long_length(struct spnego_reader *r, size_t *off, size_t *len)
{
    const uint8_t *base = r->decoding->base;
    size_t octets = base[*off - 1] & 0x7fu, first = *off - 1, value = 0, i;

    if (octets == 0)
        return spnego_fail(r, SPN1006_INDEFINITE_LENGTH, first, 1, 0, 0);
    if (octets > 4)
        return spnego_fail(r, SPN1008_LENGTH_OCTETS, first, 1, octets, 4);
    if (octets > r->end - *off)
        return fail_cut(r);
    for (i = 0; i < octets; i++)
        value = value * 256 + base[*off + i];
    *off += octets;
    *len = value;
    if (value < 0x80 || base[first + 1] == 0)
        return spnego_tolerate(r, SPNEGO_TOLERATE_LONG_LENGTH, SPN1007_LONG_LENGTH, first,
                               1 + octets, value);
    return true;
}

/* Reads the header of the element at `r->off`, whose tag the caller knows.
 * Moves nothing. */
static inline bool
read_header(struct spnego_reader *r, size_t *value_off, size_t *value_len)
{
    size_t off = r->off + 1, len;

    if (off >= r->end)
        return fail_cut(r);
    len = r->decoding->base[off++];
    if (len >= 0x80 && !read_long_length(r, &off, &len))
        return false;
    if (len > r->end - off)
        return fail_overrun(r, off, len);
    *value_off = off;
    *value_len = len;
    return true;
}

static bool
open_element(struct spnego_reader *r, struct spnego_reader *child,
             const struct spnego_desc *desc)
{
    size_t value_off = 0, value_len = 0;

    if (!read_header(r, &value_off, &value_len))
        return false;
    child->decoding = r->decoding;
    child->origin = r->origin;
    child->off = value_off;
    child->end = value_off + value_len;
    child->seen = 0;
    child->field = NULL;
    if (desc == NULL) {
        child->path = r->path;
    } else {
        child->path.parent = &r->path;
        child->path.desc = desc;
        child->path.index = SPNEGO_NO_INDEX;
        if (spnego_watched(r))
            spnego_report_open(child, r->off, child->end - r->off);
    }
    r->seen |= UINT32_C(1) << (r->decoding->base[r->off] & NUMBER);
    r->off = child->end;
    return true;
}

/* Says why the element that stands next is not the one with `tag`. */
static bool
refuse_tag(struct spnego_reader *r, uint8_t tag, const struct spnego_desc *desc)
{
    bool is_field = (tag & CLASS) == CONTEXT_CLASS;
    size_t len = r->off < r->end;
    uint8_t got = spnego_der_next_tag(r);

    r->field = desc;
    if (len == 0 && !is_field)
        return fail_cut(r);
    if (len != 0 && (got ^ tag) == CONSTRUCTED)
        return spnego_fail(r, SPN1011_CONSTRUCTED_BIT, r->off, 1, got, tag);
    if (len == 0 || (is_field && ((got ^ tag) & (CLASS | CONSTRUCTED)) == 0))
        return spnego_fail(r, SPN1010_MISSING_FIELD, r->off, len, got, tag);
    return spnego_fail(r, SPN1009_WRONG_TAG, r->off, 1, got, tag);
}

uint8_t
spnego_der_next_tag(const struct spnego_reader *r)
{
    return r->off < r->end ? r->decoding->base[r->off] : 0;
}

bool
spnego_der_need(struct spnego_reader *r, struct spnego_reader *child, uint8_t tag,
                const struct spnego_desc *desc)
{
    if (!spnego_reader_ok(r))
        return false;
    if (r->off >= r->end || r->decoding->base[r->off] != tag)
        return refuse_tag(r, tag, desc);
    return open_element(r, child, desc);
}

bool
spnego_der_need_or_bare(struct spnego_reader *r, struct spnego_reader *child)
{
    if (!spnego_reader_ok(r))
        return false;
    if ((spnego_der_next_tag(r) & (CLASS | CONSTRUCTED)) != (CONTEXT_CLASS | CONSTRUCTED))
        return spnego_der_need(r, child, SPNEGO_DER_SEQUENCE, NULL);
    if (!spnego_tolerate(r, SPNEGO_TOLERATE_BARE_RESP, SPN1024_BARE_RESP, r->off,
                         r->end - r->off, 0))
        return false;
    *child = *r;
    r->off = r->end;
    return true;
}

bool
spnego_der_value(struct spnego_reader *r, struct spnego_der_value *value, uint8_t tag)
{
    size_t value_off = 0, value_len = 0;

    if (!spnego_reader_ok(r))
        return false;
    if (r->off >= r->end || r->decoding->base[r->off] != tag)
        return refuse_tag(r, tag, NULL);
    if (!read_header(r, &value_off, &value_len))
        return false;
    value->tag = r->off;
    value->off = value_off;
    value->end = value_off + value_len;
    r->off = value->end;
    return true;
}

bool
spnego_der_may(struct spnego_reader *r, struct spnego_reader *child, uint8_t tag,
               const struct spnego_desc *desc)
{
    if (!spnego_reader_ok(r))
        return false;
    if (r->off >= r->end || r->decoding->base[r->off] != tag)
        return false;
    return open_element(r, child, desc);
}

bool
spnego_der_may_hold(struct spnego_reader *r, struct spnego_reader *child, uint8_t tag,
                    uint8_t inner, const struct spnego_desc *desc)
{
    size_t value_off = 0, value_len = 0;

    if (!spnego_reader_ok(r) || spnego_der_next_tag(r) != tag)
        return false;
    if (!read_header(r, &value_off, &value_len))
        return false;
    if (value_len == 0 || r->decoding->base[value_off] != inner)
        return false;
    return open_element(r, child, desc);
}

bool
spnego_der_skip(struct spnego_reader *r)
{
    size_t value_off = 0, value_len = 0;

    if (!spnego_reader_ok(r))
        return false;
    if (!read_header(r, &value_off, &value_len))
        return false;
    r->off = value_off + value_len;
    return true;
}

bool
spnego_der_more(struct spnego_reader *list, size_t *count)
{
    uint32_t max_items = list->decoding->opts->max_items;

    if (!spnego_reader_ok(list) || list->off >= list->end)
        return false;
    if (max_items == 0)
        max_items = SPNEGO_DEFAULT_MAX_ITEMS;
    if (*count >= max_items) {
        spnego_fail_as(list, SPNEGO_E_LIMIT, SPN1027_MAX_ITEMS, list->off,
                       list->end - list->off, *count, max_items);
        return false;
    }
    list->path.index = (uint32_t)*count;
    *count += 1;
    return true;
}

void
spnego_der_not_empty(struct spnego_reader *list, size_t count)
{
    if (spnego_reader_ok(list) && count == 0)
        spnego_fail(list, SPN1032_EMPTY_LIST, list->end, 0, 0, 1);
}
