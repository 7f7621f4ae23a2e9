/* fixed_put.c: writing structures with fixed offsets. */
#include "fixed.h"

#include <string.h>

size_t
spnego_fixed_put_room(struct spnego_writer *w, size_t len)
{
    size_t at = w->len;

    if (w->mem != NULL)
        memset(w->mem + at, 0, len);
    w->len += len;
    return at;
}

void
spnego_fixed_put_number(struct spnego_writer *w, size_t at, size_t width, uint64_t value)
{
    size_t i;

    if (width < 8 && value >> (8 * width) != 0)
        w->broken = true;
    if (w->mem == NULL)
        return;
    for (i = 0; i < width; i++)
        w->mem[at + i] = (uint8_t)(value >> (8 * i) & 0xff);
}

void
spnego_fixed_put_octets(struct spnego_writer *w, size_t at, const void *octets, size_t len)
{
    if (w->mem != NULL)
        memcpy(w->mem + at, octets, len);
}

/* Windows writes offset 0 for what is empty. */
static void
put_offset(struct spnego_writer *w, size_t at, size_t count_width, size_t count)
{
    spnego_fixed_put_number(w, at, 4, count != 0 ? w->len : 0);
    spnego_fixed_put_number(w, at + 4, count_width, count);
}

void
spnego_fixed_put_bytes(struct spnego_writer *w, size_t at, struct spnego_slice bytes)
{
    size_t start = w->len;

    put_offset(w, at, 4, bytes.len);
    w->len += bytes.len;
    if (w->mem != NULL && bytes.len != 0)
        memcpy(w->mem + start, bytes.ptr, bytes.len);
}

size_t
spnego_fixed_put_held(struct spnego_writer *w, size_t at, size_t size)
{
    put_offset(w, at, 4, size);
    return spnego_fixed_put_room(w, size);
}

size_t
spnego_fixed_put_vector(struct spnego_writer *w, size_t at, size_t count, size_t width)
{
    put_offset(w, at, 2, count);
    return spnego_fixed_put_room(w, count * width);
}
