/* memory.c: the allocator that is used unless the caller has one. */
#include "memory.h"

#include "reader.h"
#include "writer.h"

#include <stdlib.h>
#include <string.h>

static void *
resize(void *arg, void *ptr, size_t old_len, size_t new_len)
{
    (void)arg;
    (void)old_len;
    if (new_len != 0)
        return realloc(ptr, new_len);
    free(ptr);
    return NULL;
}

const struct spnego_alloc spnego_libc_alloc SPNEGO_HIDDEN = {resize, NULL};

void
spnego_wipe(void *ptr, size_t len)
{
    /* What a volatile pointer points to is not known to an optimiser. */
    static void *(*const volatile set)(void *, int, size_t) = memset;

    set(ptr, 0, len);
}

void
spnego_buf_clear(struct spnego_buf *buf)
{
    if (buf->ptr != NULL) {
        spnego_wipe(buf->ptr, buf->cap);
        buf->alloc->resize(buf->alloc->arg, buf->ptr, buf->cap, 0);
    }
    buf->ptr = NULL;
    buf->cap = 0;
    buf->len = 0;
}

enum spnego_status
spnego_buf_append(struct spnego_buf *out, const void *octets, size_t len)
{
    enum spnego_status status = spnego_writer_make_room(out, len);

    if (status != SPNEGO_OK)
        return status;
    if (len != 0)
        memcpy(out->ptr + out->len, octets, len);
    out->len += len;
    return SPNEGO_OK;
}
