/* writer.h: where encoders put octets.
 *
 * An encoder runs twice over the same value: the first time with little memory
 * or none, which measures, the second time into memory of exactly that size.
 * So the size is computed by the function that writes. */
#ifndef SPNEGO_WRITER_H
#define SPNEGO_WRITER_H

#include "spnego/base.h"

/* DER grows from the end of the memory towards its start; what does not fit is
 * only counted.  NegoEx grows from the start; `mem` is NULL while measuring. */
struct spnego_writer {
    uint8_t *mem;
    size_t size; /* of `mem` */
    size_t len;  /* octets so far */
    bool broken; /* the value does not fit its schema */
};

typedef void spnego_write_fn(struct spnego_writer *w, const void *value);

/* spnego_writer_run measures, makes room in `out`, writes, and appends.  Writing
 * that goes from the end may find, when it has measured, that all of it is there.
 * Returns: as spnego_token_encode. */
enum spnego_status spnego_writer_run(struct spnego_buf *out, spnego_write_fn *write,
                                     const void *value, bool from_end);

/* spnego_writer_make_room makes room for `len` octets behind those in `out`.
 * Returns: SPNEGO_OK; SPNEGO_E_SPACE, with `len` counted; SPNEGO_E_MEMORY. */
enum spnego_status spnego_writer_make_room(struct spnego_buf *out, size_t len);

/* spnego_writer_put puts octets in front of those that are there. */
void spnego_writer_put(struct spnego_writer *w, const uint8_t *ptr, size_t len);

#endif
