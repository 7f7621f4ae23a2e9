/* spnego/gss.h: libspnego-gss, the GSS-API mechanisms of the system as mechanisms of
 * a negotiation, and the checksums of MIT krb5.  It needs libgssapi_krb5 and libkrb5. */
#ifndef SPNEGO_GSS_H
#define SPNEGO_GSS_H

#include "spnego/mech.h"

#include <gssapi/gssapi.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A spnego_gss_cred is how a GSS-API mechanism is used: the `cred` of an offer.  It is
 * constant, and one serves all negotiations.  A NULL in its place means all defaults,
 * which only an acceptor can do with.
 *
 * An acceptor without a credential acquires its default one for each negotiation, and
 * does not choose a mechanism for which there is none; a server that has much to do
 * acquires one for all, once.  An initiator learns that it has none from its first step.
 *
 * Borrows: what it points to stays the caller's and must outlive the negotiations. */
struct spnego_gss_cred {
    size_t size;         /* sizeof(struct spnego_gss_cred), for later growth */
    gss_OID mech;        /* what runs; NULL: what the table says */
    gss_cred_id_t cred;  /* NULL: the default credential */
    gss_name_t target;   /* initiator: who is called, as gss_import_name makes it */
    OM_uint32 req_flags; /* initiator: GSS_C_*_FLAG; GSS_C_INTEG_FLAG is always asked for */
    OM_uint32 lifetime;  /* initiator: seconds; 0: the mechanism's default */
    gss_channel_bindings_t bindings; /* or NULL */
};

/* Kerberos under its own number and under the one that Windows also uses, whose tokens
 * bear the first (an acceptor of ours needs SPNEGO_TOLERATE_ALIAS_INSIDE for that), and
 * NTLM, for which gss-ntlmssp must be installed.
 *
 * A step returns SPNEGO_E_MALFORMED for GSS_S_DEFECTIVE_TOKEN, also if an acceptor gets a
 * token of another mechanism, SPNEGO_E_INTEGRITY for GSS_S_BAD_MIC and _BAD_BINDINGS,
 * SPNEGO_E_UNSUPPORTED for GSS_S_BAD_MECH, SPNEGO_E_MECH for all else.  They can be
 * exported, unless a credential was delegated. */
SPNEGO_API extern const struct spnego_mech_ops spnego_gss_krb5;
SPNEGO_API extern const struct spnego_mech_ops spnego_gss_ms_krb5;
SPNEGO_API extern const struct spnego_mech_ops spnego_gss_ntlmssp;

/* spnego_gss_any writes the table of another mechanism of the system, to be negotiated
 * as `oid`.  The offer's cred must name it by `mech`.  If it takes part in NegoEx, set
 * `out->auth_scheme`: the mechglue does not hand the scheme and the metadata of a
 * mechanism to its callers, but its keys it does.
 *
 * Borrows: `oid` (contents octets) must live as long as the table. */
SPNEGO_API void spnego_gss_any(struct spnego_mech_ops *out, struct spnego_slice oid);

/* A spnego_gss_outcome is what a mechanism, finished by spnego_ctx_step, has found.
 *
 * Borrows: all of it is the mechanism's. */
struct spnego_gss_outcome {
    gss_ctx_id_t context;
    gss_name_t initiator, acceptor; /* or NULL, as NTLM's acceptor is on its own side */
    gss_cred_id_t delegated;        /* acceptor: what the initiator delegated, or NULL */
    gss_OID mech;                   /* what runs, whatever it was negotiated as */
    OM_uint32 ret_flags;            /* GSS_C_*_FLAG */
    OM_uint32 lifetime;             /* seconds, after the last step; or GSS_C_INDEFINITE */
};
SPNEGO_API void spnego_gss_outcome(void *mech, struct spnego_gss_outcome *out);

/* spnego_gss_take_context and _take_delegated hand over what the caller then deletes
 * with gss_delete_sec_context or gss_release_cred. */
SPNEGO_API gss_ctx_id_t spnego_gss_take_context(void *mech);
SPNEGO_API gss_cred_id_t spnego_gss_take_delegated(void *mech);

/* spnego_krb5_crypto is MIT krb5's keyed checksums and random octets, for NegoEx. */
SPNEGO_API extern const struct spnego_crypto_ops spnego_krb5_crypto;

#ifdef __cplusplus
}
#endif
#endif
