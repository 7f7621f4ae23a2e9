/* gss_mech.h: one attempt of a mechanism of the system. */
#ifndef SPNEGO_GSS_MECH_H
#define SPNEGO_GSS_MECH_H

#include "spnego/gss.h"

#include <gssapi/gssapi_ext.h>

struct gss_mech {
    const struct spnego_gss_cred *cred; /* the offer's; an acceptor may have none */
    gss_OID oid;                        /* of the mechanism that runs */
    enum spnego_role role;
    gss_cred_id_t default_cred; /* an acceptor's, if the offer has no credential */

    gss_ctx_id_t context;
    gss_cred_id_t delegated;
    bool has_names; /* somebody has asked for them */
    gss_name_t initiator, acceptor;
    gss_buffer_set_t keys[2]; /* the peer's, ours: what was asked for last */
    OM_uint32 ret_flags, lifetime;
    OM_uint32 major, minor; /* of the last step */
};

extern const gss_OID_desc spnego_gss_oid_ntlmssp;

/* Maps what a call of GSS-API has returned. */
enum spnego_status spnego_gss_status(OM_uint32 major, OM_uint32 minor);

/* What a context is asked for: members of a spnego_mech_ops. */
unsigned spnego_gss_flags(void *arg);
enum spnego_status spnego_gss_make_mic(void *arg, struct spnego_buf *out,
                                       struct spnego_slice message);
enum spnego_status spnego_gss_check_mic(void *arg, struct spnego_slice message,
                                        struct spnego_slice mic);
void spnego_gss_after_mic(void *arg, bool made);
enum spnego_status spnego_gss_key(void *arg, bool ours, struct spnego_key *key);
void spnego_gss_forget_keys(struct gss_mech *mech);

/* An u32 that is little-endian; and zeros over what was a secret. */
uint32_t spnego_gss_number(const uint8_t octets[4]);
void spnego_gss_wipe(gss_buffer_t buffer);

/* A member of a spnego_mech_ops, and the other way: into what was just created. */
enum spnego_status spnego_gss_export_state(void *arg, struct spnego_buf *out);
enum spnego_status spnego_gss_restore(struct gss_mech *mech, struct spnego_slice state);

#endif
