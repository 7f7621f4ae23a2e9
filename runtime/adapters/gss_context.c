/* gss_context.c: what a context can do and is asked for. */
#include "gss_mech.h"

/* 1.3.6.1.4.1.7165.655.1.2 and .3: gss-ntlmssp has them for SPNEGO, and other mechanisms
 * answer that they do not. */
#define NTLMSSP_PROPERTY "\x2b\x06\x01\x04\x01\xb7\x7d\x85\x0f\x01"
static const gss_OID_desc require_mic = {11, NTLMSSP_PROPERTY "\x02"};
static const gss_OID_desc reset_crypto = {11, NTLMSSP_PROPERTY "\x03"};

/* The answer is one octet, 1 if the AUTHENTICATE has a MIC.  The question also tells
 * gss-ntlmssp that it may put one there, so it has to come before.  An acceptor of it
 * has no answer. */
static bool
wants_mic(const struct gss_mech *mech)
{
    gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
    OM_uint32 minor, major = gss_inquire_sec_context_by_oid(&minor, mech->context,
                                                            (gss_OID)&require_mic, &set);
    bool wants = major == GSS_S_COMPLETE && set != GSS_C_NO_BUFFER_SET && set->count == 1 &&
                 set->elements[0].length == 1 && *(uint8_t *)set->elements[0].value == 1;

    gss_release_buffer_set(&minor, &set);
    return wants;
}

unsigned
spnego_gss_flags(void *arg)
{
    const struct gss_mech *mech = (const struct gss_mech *)arg;

    return ((mech->ret_flags & GSS_C_INTEG_FLAG) != 0 ? SPNEGO_MECH_INTEGRITY : 0) |
           (mech->role == SPNEGO_INITIATOR && wants_mic(mech) ? SPNEGO_MECH_WANTS_MIC : 0);
}

enum spnego_status
spnego_gss_make_mic(void *arg, struct spnego_buf *out, struct spnego_slice message)
{
    const struct gss_mech *mech = (const struct gss_mech *)arg;
    gss_buffer_desc covered = {message.len, (void *)message.ptr}, mic = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor,
        major = gss_get_mic(&minor, mech->context, GSS_C_QOP_DEFAULT, &covered, &mic);
    enum spnego_status status = spnego_gss_status(major, minor);

    if (status == SPNEGO_OK)
        status = spnego_buf_append(out, mic.value, mic.length);
    gss_release_buffer(&minor, &mic);
    return status;
}

enum spnego_status
spnego_gss_check_mic(void *arg, struct spnego_slice message, struct spnego_slice mic)
{
    const struct gss_mech *mech = (const struct gss_mech *)arg;
    gss_buffer_desc covered = {message.len, (void *)message.ptr};
    gss_buffer_desc theirs = {mic.len, (void *)mic.ptr};
    OM_uint32 minor, major = gss_verify_mic(&minor, mech->context, &covered, &theirs, NULL);

    return spnego_gss_status(major, minor);
}

/* The value is an uint32_t as it lies in memory: 1 stands for what is received. */
void
spnego_gss_after_mic(void *arg, bool made)
{
    struct gss_mech *mech = (struct gss_mech *)arg;
    uint32_t receiving = !made;
    gss_buffer_desc value = {sizeof(receiving), &receiving};
    OM_uint32 minor;

    gss_set_sec_context_option(&minor, &mech->context, (gss_OID)&reset_crypto, &value);
}

/* A plain memset of what is freed next may be left out. */
void
spnego_gss_wipe(gss_buffer_t buffer)
{
    volatile uint8_t *octets = (volatile uint8_t *)buffer->value;
    size_t i;

    for (i = 0; i < buffer->length; i++)
        octets[i] = 0;
}

static void
forget_key(gss_buffer_set_t *set)
{
    OM_uint32 minor;

    if (*set != GSS_C_NO_BUFFER_SET && (*set)->count > 0)
        spnego_gss_wipe(&(*set)->elements[0]);
    gss_release_buffer_set(&minor, set);
}

void
spnego_gss_forget_keys(struct gss_mech *mech)
{
    forget_key(&mech->keys[0]);
    forget_key(&mech->keys[1]);
}

uint32_t
spnego_gss_number(const uint8_t octets[4])
{
    return octets[0] | (uint32_t)octets[1] << 8 | (uint32_t)octets[2] << 16 |
           (uint32_t)octets[3] << 24;
}

/* A mechanism of NegoEx answers with the key, and with its encryption type; another one
 * is not available for this, or not before its context is established. */
enum spnego_status
spnego_gss_key(void *arg, bool ours, struct spnego_key *key)
{
    struct gss_mech *mech = (struct gss_mech *)arg;
    gss_OID question = ours ? GSS_C_INQ_NEGOEX_KEY : GSS_C_INQ_NEGOEX_VERIFY_KEY;
    gss_buffer_set_t set = GSS_C_NO_BUFFER_SET;
    OM_uint32 minor, major = GSS_S_NO_CONTEXT;

    forget_key(&mech->keys[ours]);
    if (mech->context != GSS_C_NO_CONTEXT)
        major = gss_inquire_sec_context_by_oid(&minor, mech->context, question, &set);
    mech->keys[ours] = set;
    if (major == GSS_S_UNAVAILABLE || major == GSS_S_NO_CONTEXT)
        return SPNEGO_CONTINUE;
    if (major != GSS_S_COMPLETE)
        return spnego_gss_status(major, minor);
    if (set == GSS_C_NO_BUFFER_SET || set->count != 2 || set->elements[1].length != 4)
        return SPNEGO_E_MECH;
    key->octets.ptr = (const uint8_t *)set->elements[0].value;
    key->octets.len = set->elements[0].length;
    key->enctype = (int32_t)spnego_gss_number((const uint8_t *)set->elements[1].value);
    return SPNEGO_OK;
}

/* An acceptor of gss-ntlmssp 1.2 whose credential has no name crashes when it is asked
 * for it. */
static bool
knows_acceptor(const struct gss_mech *mech)
{
    return mech->role == SPNEGO_INITIATOR || !gss_oid_equal(mech->oid, &spnego_gss_oid_ntlmssp);
}

void
spnego_gss_outcome(void *arg, struct spnego_gss_outcome *out)
{
    struct gss_mech *mech = (struct gss_mech *)arg;
    OM_uint32 minor, major = GSS_S_NO_CONTEXT;

    if (!mech->has_names && mech->context != GSS_C_NO_CONTEXT)
        major = gss_inquire_context(&minor, mech->context, &mech->initiator,
                                    knows_acceptor(mech) ? &mech->acceptor : NULL, NULL, NULL,
                                    NULL, NULL, NULL);
    mech->has_names = mech->has_names || major == GSS_S_COMPLETE;
    out->context = mech->context;
    out->initiator = mech->initiator;
    out->acceptor = mech->acceptor;
    out->delegated = mech->delegated;
    out->mech = mech->oid;
    out->ret_flags = mech->ret_flags;
    out->lifetime = mech->lifetime;
}

gss_ctx_id_t
spnego_gss_take_context(void *arg)
{
    struct gss_mech *mech = (struct gss_mech *)arg;
    gss_ctx_id_t context = mech->context;

    mech->context = GSS_C_NO_CONTEXT;
    return context;
}

gss_cred_id_t
spnego_gss_take_delegated(void *arg)
{
    struct gss_mech *mech = (struct gss_mech *)arg;
    gss_cred_id_t delegated = mech->delegated;

    mech->delegated = GSS_C_NO_CREDENTIAL;
    return delegated;
}
