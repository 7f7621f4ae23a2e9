/* writer.c: measure, make room, write. */
#include "writer.h"

#include <string.h>

#define SHORT_TOKEN 512 /* octets; written at once, and copied */

/* A buffer that may grow doubles, so that appending is linear. */
enum spnego_status
spnego_writer_make_room(struct spnego_buf *out, size_t len)
{
    size_t cap;
    void *ptr;

    if (out->len <= out->cap && len <= out->cap - out->len)
        return SPNEGO_OK;
    if (out->alloc == NULL) {
        out->len += len;
        return SPNEGO_E_SPACE;
    }
    if (len > SIZE_MAX / 2 - out->len || out->cap > SIZE_MAX / 2)
        return SPNEGO_E_MEMORY;
    cap = 2 * out->cap;
    if (cap < out->len + len)
        cap = out->len + len;
    ptr = out->alloc->resize(out->alloc->arg, out->ptr, out->cap, cap);
    if (ptr == NULL)
        return SPNEGO_E_MEMORY;
    out->ptr = (uint8_t *)ptr;
    out->cap = cap;
    return SPNEGO_OK;
}

enum spnego_status
spnego_writer_run(struct spnego_buf *out, spnego_write_fn *write, const void *value,
                  bool from_end)
{
    uint8_t scratch[SHORT_TOKEN];
    struct spnego_writer w = {from_end ? scratch : NULL, from_end ? SHORT_TOKEN : 0, 0, false};
    enum spnego_status status;

    write(&w, value);
    if (w.broken)
        return SPNEGO_E_MALFORMED;
    status = spnego_writer_make_room(out, w.len);
    if (status != SPNEGO_OK)
        return status;
    if (w.len <= w.size) {
        memcpy(out->ptr + out->len, scratch + (SHORT_TOKEN - w.len), w.len);
    } else {
        w.mem = out->ptr + out->len;
        w.size = w.len;
        w.len = 0;
        write(&w, value);
    }
    out->len += w.len;
    return SPNEGO_OK;
}

void
spnego_writer_put(struct spnego_writer *w, const uint8_t *ptr, size_t len)
{
    w->len += len;
    if (w->len <= w->size && len != 0)
        memcpy(w->mem + (w->size - w->len), ptr, len);
}
