/* memory_count.h: an allocator that counts, looks at what it gets back, and can
 * say no. */
#ifndef MEMORY_COUNT_H
#define MEMORY_COUNT_H

#include "promise.h"

struct memory_count {
    struct spnego_alloc alloc; /* for a configuration */
    size_t blocks;             /* that are not freed */
    size_t octets, most;       /* now, and at the worst */
    size_t largest_first;      /* the largest block that began as a new one */
    unsigned calls;
    unsigned fail_at;  /* the call, from 1, that gets nothing; 0: none */
    bool fail_further; /* nor do those behind it */
    unsigned refused;
};

void memory_count_init(struct memory_count *memory);
/* Wipes and releases what `buf` has from it. */
void memory_count_release(struct memory_count *memory, struct spnego_buf *buf);

#endif
