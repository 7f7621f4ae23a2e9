/* blob.h: numbers and runs of octets, put one behind the other and taken off again, for
 * what is exported.  Numbers are little-endian; the first failure is the one that counts. */
#ifndef SPNEGO_BLOB_H
#define SPNEGO_BLOB_H

#include "spnego/mech.h"

#define SPNEGO_BLOB_NUMBER 8           /* octets of a length, and of most numbers */
#define SPNEGO_BLOB_MAX_RUN 0x1000000u /* octets in one run: 16 MiB */

struct spnego_saving {
    struct spnego_buf *out;
    enum spnego_status status;
};
void spnego_save_octets(struct spnego_saving *saving, const void *octets, size_t len);
void spnego_save_number(struct spnego_saving *saving, uint64_t value, size_t size);
/* A run is its length and its octets. */
void spnego_save_run(struct spnego_saving *saving, struct spnego_slice octets);

/* Taking off fails for good at the first octet that is not there; what is returned then
 * is 0, or empty.
 *
 * Borrows: what is returned points into `left`. */
struct spnego_loading {
    struct spnego_slice left;
    enum spnego_status status;
};
struct spnego_slice spnego_load_octets(struct spnego_loading *loading, uint64_t len);
/* spnego_load_number takes a number of `size` octets that is not above `max`. */
uint64_t spnego_load_number(struct spnego_loading *loading, size_t size, uint64_t max);
struct spnego_slice spnego_load_run(struct spnego_loading *loading);
/* spnego_load_copy appends a run to `out`. */
void spnego_load_copy(struct spnego_loading *loading, struct spnego_buf *out);

#endif
