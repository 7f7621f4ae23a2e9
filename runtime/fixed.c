/* fixed.c: reading structures with fixed offsets.  fixed.h says what each
 * function is for; its writing half is fixed_put.c. */
#include "fixed.h"

#include <string.h>

/* Says whether `len` octets stand at `at`, and fails if not.  The generator
 * has checked this for whole structures already; every read checks again,
 * since the holes in other parsers were reads that trusted a check elsewhere. */
static bool
need_room(struct spnego_reader *r, size_t at, size_t len)
{
    size_t left = r->end - r->off;

    if (!spnego_reader_ok(r))
        return false;
    if (at <= left && len <= left - at)
        return true;
    spnego_fail_as(r, SPNEGO_E_TRUNCATED, SPN3002_CUT_MESSAGE_HEADER, r->off, left, left,
                   at + len);
    return false;
}

/* A little-endian number of up to eight octets. */
static uint64_t
load(const struct spnego_reader *r, size_t at, size_t width)
{
    const uint8_t *octets = r->decoding->base + r->off + at;
    uint64_t value = 0;

    while (width-- > 0)
        value = value * 256 + octets[width];
    return value;
}

static void
report_field(struct spnego_reader *r, size_t at, size_t len, uint64_t value)
{
    if (spnego_watched(r))
        spnego_report_value(r, r->off + at, len, r->off + at, len, value);
}

bool
spnego_fixed_message(struct spnego_reader *r, struct spnego_reader *message, size_t header_size,
                     const struct spnego_fixed_lengths *lengths, const struct spnego_desc *desc)
{
    size_t left = r->end - r->off, len;

    r->decoding->field = NULL;
    if (!need_room(r, 0, header_size))
        return false;
    *message = *r;
    message->start = r->off;
    message->path.desc = desc;
    len = (size_t)load(r, lengths->message_at, 4);
    if (spnego_watched(r))
        spnego_report_open(message, r->off, len < left ? len : left);
    return true;
}

bool
spnego_fixed_message_size(struct spnego_reader *r, struct spnego_reader *message,
                          const struct spnego_fixed_lengths *lengths)
{
    size_t left = r->end - r->off;
    size_t header_at = r->off + lengths->header_at, message_at = r->off + lengths->message_at;

    if (!spnego_reader_ok(r))
        return false;
    r->decoding->field = NULL;
    if (lengths->message > left) {
        spnego_fail_as(message, SPNEGO_E_TRUNCATED, SPN3003_MESSAGE_LENGTH, message_at, 4,
                       lengths->message, left);
        return false;
    }
    if (lengths->header > lengths->message)
        return spnego_fail(message, SPN3007_LONG_HEADER, header_at, 4, lengths->header,
                           lengths->message);
    if (lengths->header < lengths->fixed_unpadded)
        return spnego_fail(message, SPN3004_SHORT_HEADER, header_at, 4, lengths->header,
                           lengths->fixed_unpadded);
    if (lengths->header != lengths->fixed)
        spnego_remark(message, SPNEGO_WARNING, SPN3005_HEADER_LENGTH, header_at, 4,
                      lengths->header, lengths->fixed);
    message->end = r->off + lengths->message;
    r->off = message->end;
    return true;
}

/* Makes `child` a reader of the structure at `off`. */
static void
open_child(struct spnego_reader *r, struct spnego_reader *child, size_t off, size_t size,
           const struct spnego_desc *desc, uint32_t index)
{
    *child = *r;
    child->off = off;
    child->path.parent = &r->path;
    child->path.desc = desc;
    child->path.index = index;
    r->decoding->field = NULL;
    if (spnego_watched(r))
        spnego_report_open(child, off, size);
}

bool
spnego_fixed_open(struct spnego_reader *r, struct spnego_reader *child, size_t at, size_t size,
                  const struct spnego_desc *desc)
{
    r->decoding->field = desc;
    if (!need_room(r, at, size))
        return false;
    open_child(r, child, r->off + at, size, desc, SPNEGO_NO_INDEX);
    return true;
}

bool
spnego_fixed_element(struct spnego_reader *r, struct spnego_reader *child,
                     struct spnego_slice elements, size_t index, size_t size,
                     const struct spnego_desc *desc)
{
    size_t first = (size_t)(elements.ptr - r->decoding->base);

    if (!spnego_reader_ok(r))
        return false;
    open_child(r, child, first + index * size, size, desc, (uint32_t)index);
    return true;
}

void
spnego_fixed_held(struct spnego_reader *r, struct spnego_reader *child,
                  struct spnego_slice octets, size_t size, const struct spnego_desc *desc)
{
    open_child(r, child, (size_t)(octets.ptr - r->decoding->base), size, desc, SPNEGO_NO_INDEX);
}

void
spnego_fixed_again(struct spnego_reader *r, struct spnego_decoding *decoding,
                   struct spnego_slice message, size_t at)
{
    spnego_reader_start(r, decoding, message, &spnego_lenient_opts);
    r->off = at;
}

bool
spnego_fixed_slice(struct spnego_reader *r, struct spnego_slice *out, uint64_t offset,
                   uint64_t count, size_t width)
{
    size_t len = r->end - r->start;

    if (offset > len || count > (len - offset) / width)
        return false;
    *out = spnego_reader_slice(r, r->start + (size_t)offset,
                               r->start + (size_t)offset + (size_t)count * width);
    return true;
}

uint64_t
spnego_fixed_peek(const struct spnego_reader *r, size_t at, size_t width)
{
    size_t left = r->end - r->off;

    return at <= left && width <= left - at ? load(r, at, width) : 0;
}

uint64_t
spnego_fixed_number(struct spnego_reader *r, size_t at, size_t width,
                    const struct spnego_desc *desc)
{
    uint64_t value;

    r->decoding->field = desc;
    if (!need_room(r, at, width))
        return 0;
    value = load(r, at, width);
    report_field(r, at, width, value);
    return value;
}

uint64_t
spnego_fixed_ruled(struct spnego_reader *r, size_t at, size_t width,
                   const struct spnego_fixed_rule *rule, const struct spnego_desc *desc)
{
    uint64_t value = spnego_fixed_number(r, at, width, desc);

    if (!spnego_reader_ok(r) || (value >= rule->first && value <= rule->last))
        return value;
    spnego_fail_as(r, rule->status, rule->code, r->off + at, width, value, rule->last);
    return 0;
}

void
spnego_fixed_octets(struct spnego_reader *r, uint8_t *out, size_t at, size_t len,
                    const struct spnego_desc *desc)
{
    r->decoding->field = desc;
    if (!need_room(r, at, len))
        return;
    memcpy(out, r->decoding->base + r->off + at, len);
    report_field(r, at, len, 0);
}

bool
spnego_fixed_literal(struct spnego_reader *r, const char *want, size_t at, size_t len,
                     enum spnego_status status, enum spnego_finding_code code,
                     const struct spnego_desc *desc)
{
    r->decoding->field = desc;
    if (!need_room(r, at, len))
        return false;
    if (memcmp(r->decoding->base + r->off + at, want, len) != 0) {
        spnego_fail_as(r, status, code, r->off + at, len, 0, 0);
        return false;
    }
    report_field(r, at, len, 0);
    return true;
}

/* Reads an offset of 4 octets and a count of `count_width`, and checks that
 * `count` elements of `width` octets lie there. */
static bool
read_vector(struct spnego_reader *r, struct spnego_slice *out, uint64_t *count, size_t at,
            size_t count_width, size_t width)
{
    uint64_t offset;

    if (!need_room(r, at, 4 + count_width))
        return false;
    offset = load(r, at, 4);
    *count = load(r, at + 4, count_width);
    if (!spnego_fixed_slice(r, out, offset, *count, width))
        return spnego_fail(r, SPN3016_VECTOR_BOUNDS, r->off + at, 4 + count_width, offset,
                           *count * width);
    if (spnego_watched(r))
        spnego_report_value(r, r->off + at, 4 + count_width,
                            (size_t)(out->ptr - r->decoding->base), out->len, *count);
    return true;
}

void
spnego_fixed_bytes(struct spnego_reader *r, struct spnego_slice *out, size_t at,
                   const struct spnego_desc *desc)
{
    uint64_t len;

    r->decoding->field = desc;
    read_vector(r, out, &len, at, 4, 1);
}

bool
spnego_fixed_vector(struct spnego_reader *r, struct spnego_slice *elements, uint32_t *count,
                    size_t at, size_t width, const struct spnego_desc *desc)
{
    uint32_t max_items = r->decoding->max_items;
    uint64_t total;

    r->decoding->field = desc;
    if (!read_vector(r, elements, &total, at, 2, width))
        return false;
    if (total > max_items) {
        spnego_fail_as(r, SPNEGO_E_LIMIT, SPN1027_MAX_ITEMS, r->off + at, 6, total, max_items);
        return false;
    }
    *count = (uint32_t)total;
    return true;
}

void
spnego_fixed_report_elements(struct spnego_reader *r, struct spnego_slice elements, size_t size,
                             const struct spnego_desc *desc)
{
    struct spnego_reader element;
    size_t i, off = (size_t)(elements.ptr - r->decoding->base);

    if (!spnego_reader_ok(r) || !spnego_watched(r))
        return;
    for (i = 0; i < elements.len / size; i++) {
        open_child(r, &element, off + i * size, size, desc, (uint32_t)i);
        report_field(&element, 0, size, 0);
    }
}

void
spnego_fixed_pad(struct spnego_reader *r, size_t at, size_t len)
{
    size_t i;

    r->decoding->field = NULL;
    if (!need_room(r, at, len))
        return;
    for (i = 0; i < len; i++) {
        if (r->decoding->base[r->off + at + i] != 0) {
            spnego_remark(r, SPNEGO_WARNING, SPN3020_PADDING, r->off + at, len, 0, 0);
            return;
        }
    }
}
