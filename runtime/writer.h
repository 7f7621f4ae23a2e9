/* writer.h: where encoders put octets.
 *
 * An encoder runs twice over the same value: the first time with no memory,
 * which measures, the second time into memory of exactly that size.  So the
 * size is computed by the function that writes. */
#ifndef SPNEGO_WRITER_H
#define SPNEGO_WRITER_H

#include "spnego/base.h"

/* `mem` is NULL while measuring.  DER grows from the end of the memory towards
 * its start, NegoEx from its start; `len` counts the octets so far. */
struct spnego_writer {
    uint8_t *mem;
    size_t size; /* of `mem` */
    size_t len;
    bool broken; /* the value does not fit its schema */
};

typedef void spnego_write_fn(struct spnego_writer *w, const void *value);

/* spnego_writer_run measures, makes room in `out`, writes, and appends.
 * Returns: as spnego_token_encode. */
enum spnego_status spnego_writer_run(struct spnego_buf *out, spnego_write_fn *write,
                                     const void *value);

/* spnego_writer_put puts octets in front of those that are there. */
void spnego_writer_put(struct spnego_writer *w, const uint8_t *ptr, size_t len);

#endif
