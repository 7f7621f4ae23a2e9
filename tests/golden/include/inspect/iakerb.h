/* inspect/iakerb.h: IAKERB.  Generated from asn1/iakerb.asn1: edit that. */
#ifndef INSPECT_IAKERB_H
#define INSPECT_IAKERB_H

#include "spnego/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* kerberos_iakerb_header: IAKERB-HEADER.  Whose KDC is asked, and what the acceptor
 * wants to get back.  header-flags is Windows'.  Source: draft-ietf-kitten-iakerb-03 3. */
struct kerberos_iakerb_header {
    struct spnego_slice target_realm;
    bool has_cookie;
    struct spnego_slice cookie;
    bool has_header_flags;
    int64_t header_flags;
};

/* Each reads one message, which must fill `in`.  Slices in `*out` point into `in`.
 * Returns SPNEGO_OK, SPNEGO_E_MALFORMED or SPNEGO_E_LIMIT; `*out` is good only if
 * SPNEGO_OK. */
/* IAKERB-HEADER.  draft-ietf-kitten-iakerb-03 3. */
SPNEGO_MUST_USE enum spnego_status
kerberos_iakerb_header_decode(struct kerberos_iakerb_header *out,
                              struct spnego_slice in,
                              const struct spnego_decode_opts *opts);

#ifdef __cplusplus
}
#endif
#endif
