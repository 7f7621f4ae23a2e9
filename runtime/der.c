/* der.c: tags, lengths and the order of elements.  der.h says what each
 * function is for; what stands inside is read in der_value.c. */
#include "der.h"

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

/* The first length octet says how many follow: none is the indefinite form,
 * more than 4 cannot be meant. */
static void
fail_length_octets(struct spnego_reader *r, size_t octets)
{
    if (octets == 0)
        spnego_fail(r, SPN1006_INDEFINITE_LENGTH, r->off + 1, 1, 0, 0);
    else
        spnego_fail(r, SPN1008_LENGTH_OCTETS, r->off + 1, 1, octets, 4);
}

/* Where an element's contents are; `off` is 0 if it could not be read. */
struct contents {
    size_t off;
    size_t end;
};

/* The length octets behind the first, of which there are `octets`; all of them
 * are there. */
static size_t
load_length(const uint8_t *base, size_t off, size_t octets)
{
    size_t len = 0;

    while (octets-- > 0)
        len = len * 256 + base[off++];
    return len;
}

/* A length in the long form, or one that is wrong. */
static SPNEGO_COLD struct contents
read_long_header(struct spnego_reader *r)
{
    const uint8_t *base = r->decoding->base;
    struct contents contents = {0, 0};
    size_t left = r->end - r->off, octets, len, off = r->off + 2;

    if (left < 2) {
        fail_cut(r);
        return contents;
    }
    len = base[off - 1];
    octets = len >= 0x80 ? len - 0x80 : 0;
    if (octets > 4 || len == 0x80) {
        fail_length_octets(r, octets);
        return contents;
    }
    if (octets > left - 2) {
        fail_cut(r);
        return contents;
    }
    if (octets > 0)
        len = load_length(base, off, octets);
    if (octets > 0 && (len < 0x80 || base[off] == 0) &&
        !spnego_tolerate(r, SPNEGO_TOLERATE_LONG_LENGTH, SPN1007_LONG_LENGTH, off - 1,
                         1 + octets, len))
        return contents;
    off += octets;
    if (len > r->end - off) {
        fail_overrun(r, off, len);
        return contents;
    }
    contents.off = off;
    contents.end = off + len;
    return contents;
}

/* Reads the header of the element at `r->off`, whose tag the caller knows.
 * Moves nothing.  Nearly all lengths take one octet or three; the rest, and
 * all that is wrong, takes the long way. */
static SPNEGO_NOINLINE struct contents
read_header(struct spnego_reader *r)
{
    const uint8_t *header = r->decoding->base + r->off;
    struct contents contents;
    size_t left = r->end - r->off, octets = 2, len;

    if (left < 2)
        return read_long_header(r);
    len = header[1];
    if (len == 0x82 && left >= 4 && header[2] != 0) {
        octets = 4;
        len = header[2] * 256u + header[3];
    } else if (len >= 0x80) {
        return read_long_header(r);
    }
    if (len > left - octets)
        return read_long_header(r);
    contents.off = r->off + octets;
    contents.end = contents.off + len;
    return contents;
}

static bool
open_element(struct spnego_reader *r, struct spnego_reader *child,
             const struct spnego_desc *desc)
{
    struct contents contents = read_header(r);

    if (contents.off == 0)
        return false;
    child->decoding = r->decoding;
    child->start = contents.off;
    child->off = contents.off;
    child->end = contents.end;
    child->path.parent = &r->path;
    child->path.desc = desc;
    child->path.index = SPNEGO_NO_INDEX;
    if (spnego_watched(r))
        spnego_report_open(child, r->off, child->end - r->off);
    r->off = contents.end;
    return true;
}

bool
spnego_der_refuse(struct spnego_reader *r, uint8_t tag, const struct spnego_desc *desc)
{
    bool is_field = (tag & SPNEGO_DER_CLASS) == SPNEGO_DER_CONTEXT_CLASS;
    size_t len = r->off < r->end;
    uint8_t got = spnego_der_next_tag(r);

    r->decoding->field = desc;
    if (len == 0 && !is_field)
        return fail_cut(r);
    if (len != 0 && (got ^ tag) == SPNEGO_DER_CONSTRUCTED)
        return spnego_fail(r, SPN1011_CONSTRUCTED_BIT, r->off, 1, got, tag);
    if (len == 0 ||
        (is_field && ((got ^ tag) & (SPNEGO_DER_CLASS | SPNEGO_DER_CONSTRUCTED)) == 0))
        return spnego_fail(r, SPN1010_MISSING_FIELD, r->off, len, got, tag);
    return spnego_fail(r, SPN1009_WRONG_TAG, r->off, 1, got, tag);
}

size_t
spnego_der_peek(const struct spnego_reader *r, size_t off, size_t *value_off)
{
    const uint8_t *base = r->decoding->base;
    size_t left = r->end - off, octets, len;

    if (left < 2)
        return 0;
    len = base[off + 1];
    off += 2;
    if (len >= 0x80) {
        octets = len - 0x80;
        if (octets > 4 || octets > left - 2)
            return 0;
        len = octets == 2 ? base[off] * 256u + base[off + 1] : load_length(base, off, octets);
        off += octets;
    }
    *value_off = off;
    return len <= r->end - off ? off + len : 0;
}

bool
spnego_der_enter(struct spnego_reader *r, uint8_t tag)
{
    struct contents contents;

    if (!spnego_reader_ok(r))
        return false;
    if (spnego_der_next_tag(r) != tag)
        return spnego_der_refuse(r, tag, NULL);
    contents = read_header(r);
    if (contents.off == 0)
        return false;
    if (contents.end < r->end)
        return spnego_fail(r, SPN1014_LEFT_OVER, contents.end, r->end - contents.end,
                           r->end - contents.end, 0);
    r->start = contents.off;
    r->off = contents.off;
    return true;
}

bool
spnego_der_enter_or_bare(struct spnego_reader *r, uint8_t tag)
{
    bool bare = (spnego_der_next_tag(r) & (SPNEGO_DER_CLASS | SPNEGO_DER_CONSTRUCTED)) ==
                (SPNEGO_DER_CONTEXT_CLASS | SPNEGO_DER_CONSTRUCTED);

    if (!spnego_reader_ok(r) || !bare)
        return spnego_der_enter(r, tag);
    return spnego_tolerate(r, SPNEGO_TOLERATE_BARE_RESP, SPN1024_BARE_RESP, r->off,
                           r->end - r->off, 0);
}

static inline bool
read_value(struct spnego_reader *r, struct spnego_der_value *value, uint8_t tag)
{
    struct contents contents;

    if (spnego_der_next_tag(r) != tag)
        return spnego_der_refuse(r, tag, r->decoding->field);
    contents = read_header(r);
    if (contents.off == 0)
        return false;
    value->tag = r->off;
    value->off = contents.off;
    value->end = contents.end;
    r->off = contents.end;
    return true;
}

bool
spnego_der_value(struct spnego_reader *r, struct spnego_der_value *value, uint8_t tag)
{
    return spnego_reader_ok(r) && read_value(r, value, tag);
}

bool
spnego_der_take_value(struct spnego_reader *r, struct spnego_der_value *value, uint8_t inner,
                      const struct spnego_desc *desc)
{
    struct contents contents;
    size_t end = r->end;
    bool found;

    if (!spnego_reader_ok(r))
        return false;
    r->decoding->field = desc;
    contents = read_header(r);
    if (contents.off == 0)
        return false;
    if (spnego_watched(r))
        spnego_report_open(r, r->off, contents.end - r->off);
    r->off = contents.off;
    r->end = contents.end;
    found = read_value(r, value, inner);
    if (found)
        spnego_der_close(r);
    r->end = end;
    return found;
}

bool
spnego_der_take(struct spnego_reader *r, struct spnego_reader *child,
                const struct spnego_desc *desc)
{
    return spnego_reader_ok(r) && open_element(r, child, desc);
}

bool
spnego_der_may_hold(struct spnego_reader *r, struct spnego_reader *child, uint8_t tag,
                    uint8_t inner, const struct spnego_desc *desc)
{
    size_t value_off = 0, end;

    if (spnego_der_next_tag(r) != tag)
        return false;
    end = spnego_der_peek(r, r->off, &value_off);
    if (end <= value_off || r->decoding->base[value_off] != inner)
        return false;
    return spnego_der_may(r, child, tag, desc);
}

bool
spnego_der_skip(struct spnego_reader *r)
{
    struct contents contents;

    if (!spnego_reader_ok(r))
        return false;
    if (r->off < r->end && spnego_der_next_tag(r) == 0)
        return spnego_fail(r, SPN1015_NO_FIELD, r->off, 1, 0, 0);
    /* A tag of more than one octet: its last stands before the length. */
    if ((spnego_der_next_tag(r) & SPNEGO_DER_NUMBER) == SPNEGO_DER_NUMBER)
        while (r->end - r->off > 1 && r->decoding->base[++r->off] >= 0x80)
            continue;
    contents = read_header(r);
    if (contents.off == 0)
        return false;
    r->off = contents.end;
    return true;
}

bool
spnego_der_more(struct spnego_reader *list, size_t *count)
{
    uint32_t max_items = list->decoding->max_items;

    if (!spnego_reader_ok(list) || list->off >= list->end)
        return false;
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
