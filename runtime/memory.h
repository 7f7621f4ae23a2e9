/* memory.h: where a negotiation gets memory, and how it gives it back. */
#ifndef SPNEGO_MEMORY_H
#define SPNEGO_MEMORY_H

#include "spnego/mech.h"

/* malloc, realloc and free. */
extern const struct spnego_alloc spnego_libc_alloc;

/* spnego_wipe writes zeros that no optimiser takes away. */
void spnego_wipe(void *ptr, size_t len);

/* spnego_buf_clear wipes and releases what `buf` holds; its `alloc` stays. */
void spnego_buf_clear(struct spnego_buf *buf);

#endif
