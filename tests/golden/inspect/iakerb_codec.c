/* inspect/iakerb_codec.c: what reads IAKERB.  Generated from asn1/iakerb.asn1: edit
 * that.  Each function has the type's definition beside it. */
#include "inspect/inspect_der.h"
#include "inspect/names.h"
#include <inspect/iakerb.h>
#include <string.h>

/* IAKERB-HEADER ::= SEQUENCE.  asn1/iakerb.asn1:13.  draft-ietf-kitten-iakerb-03 3. */
static void
read_iakerb_header(struct spnego_reader *r, struct kerberos_iakerb_header *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* target-realm [1] UTF8String */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1),
                          &kerberos_IAKERB_HEADER.target_realm))
        spnego_der_may_string(r, &out->target_realm, SPNEGO_DER_CONTEXT(1),
                              INSPECT_DER_UTF8_STRING,
                              &kerberos_IAKERB_HEADER.target_realm);
    /* cookie [2] OCTET STRING OPTIONAL */
    out->has_cookie = spnego_der_may_string(r, &out->cookie, SPNEGO_DER_CONTEXT(2),
                                            SPNEGO_DER_OCTET_STRING,
                                            &kerberos_IAKERB_HEADER.cookie);
    /* header-flags [3] Int32 OPTIONAL */
    out->has_header_flags = inspect_may_integer(r, &out->header_flags,
                                                SPNEGO_DER_CONTEXT(3),
                                                &kerberos_IAKERB_HEADER.header_flags);
    spnego_der_extensions(r); /* ... */
}

enum spnego_status
kerberos_iakerb_header_decode(struct kerberos_iakerb_header *out,
                              struct spnego_slice in,
                              const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_IAKERB_HEADER.self);
    read_iakerb_header(&r, out);
    return decoding.status;
}
