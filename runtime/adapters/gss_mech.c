/* gss_mech.c: the life of a mechanism of the system: created, stepped, ended. */
#include "gss_mech.h"

#include <errno.h>
#include <gssapi/gssapi_krb5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const gss_OID_desc spnego_gss_oid_ntlmssp = {10, "\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"};

enum spnego_status
spnego_gss_status(OM_uint32 major, OM_uint32 minor)
{
    switch (major) {
    case GSS_S_COMPLETE:
        return SPNEGO_OK;
    case GSS_S_CONTINUE_NEEDED:
        return SPNEGO_CONTINUE;
    case GSS_S_DEFECTIVE_TOKEN:
        return SPNEGO_E_MALFORMED;
    case GSS_S_BAD_MIC:
    case GSS_S_BAD_BINDINGS:
        return SPNEGO_E_INTEGRITY;
    case GSS_S_BAD_MECH:
        return SPNEGO_E_UNSUPPORTED;
    default: /* also GSS_S_DUPLICATE_TOKEN and its like, for which GSS_ERROR is 0 */
        return minor == ENOMEM ? SPNEGO_E_MEMORY : SPNEGO_E_MECH;
    }
}

/* Loads the mechanism if it is one of the system.  To look for it in the list of
 * gss_indicate_mechs would load all of them. */
static OM_uint32
find_mech(struct gss_mech *mech)
{
    gss_OID_set attributes = GSS_C_NO_OID_SET;
    OM_uint32 minor,
        major = gss_inquire_attrs_for_mech(&mech->minor, mech->oid, &attributes, NULL);

    gss_release_oid_set(&minor, &attributes);
    return major == GSS_S_BAD_MECH ? major : GSS_S_COMPLETE;
}

/* An acceptor that chooses a mechanism for which it has no keys cannot choose again.
 * An initiator learns it from its first step, which also says why, in time. */
static OM_uint32
find_keys(struct gss_mech *mech)
{
    gss_OID_set_desc mechs = {1, mech->oid};
    gss_cred_usage_t usage = GSS_C_BOTH;
    OM_uint32 major;

    if (mech->cred == NULL || mech->cred->cred == GSS_C_NO_CREDENTIAL)
        return gss_acquire_cred(&mech->minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &mechs,
                                GSS_C_ACCEPT, &mech->default_cred, NULL, NULL);
    major = gss_inquire_cred_by_mech(&mech->minor, mech->cred->cred, mech->oid, NULL, NULL,
                                     NULL, &usage);
    return major == GSS_S_COMPLETE && usage == GSS_C_INITIATE ? GSS_S_NO_CRED : major;
}

static OM_uint32
prepare(struct gss_mech *mech)
{
    OM_uint32 major = mech->oid != GSS_C_NO_OID ? find_mech(mech) : GSS_S_BAD_MECH;

    if (major == GSS_S_COMPLETE && mech->role == SPNEGO_ACCEPTOR)
        return find_keys(mech);
    if (major == GSS_S_COMPLETE && (mech->cred == NULL || mech->cred->target == GSS_C_NO_NAME))
        return GSS_S_BAD_NAME;
    return major;
}

static void
destroy(void *arg)
{
    struct gss_mech *mech = (struct gss_mech *)arg;
    OM_uint32 minor;

    spnego_gss_forget_keys(mech);
    gss_delete_sec_context(&minor, &mech->context, GSS_C_NO_BUFFER);
    gss_release_cred(&minor, &mech->default_cred);
    gss_release_cred(&minor, &mech->delegated);
    gss_release_name(&minor, &mech->initiator);
    gss_release_name(&minor, &mech->acceptor);
    free(mech);
}

static enum spnego_status
create(void **out, void *arg, enum spnego_role role, gss_OID oid)
{
    const struct spnego_gss_cred *cred = (const struct spnego_gss_cred *)arg;
    struct gss_mech *mech;
    enum spnego_status status;

    if (cred != NULL && cred->size != sizeof(*cred))
        return SPNEGO_E_STATE;
    if (cred != NULL && cred->mech != GSS_C_NO_OID)
        oid = cred->mech;
    mech = (struct gss_mech *)calloc(1, sizeof(*mech));
    if (mech == NULL)
        return SPNEGO_E_MEMORY;
    mech->cred = cred;
    mech->oid = oid;
    mech->role = role;
    mech->major = prepare(mech);
    status = spnego_gss_status(mech->major, mech->minor);
    if (status != SPNEGO_OK)
        destroy(mech);
    else
        *out = mech;
    return status;
}

static OM_uint32
step_initiator(struct gss_mech *mech, gss_buffer_t out, gss_buffer_t in)
{
    const struct spnego_gss_cred *cred = mech->cred;

    return gss_init_sec_context(&mech->minor, cred->cred, &mech->context, cred->target,
                                mech->oid, cred->req_flags | GSS_C_INTEG_FLAG, cred->lifetime,
                                cred->bindings, in->length > 0 ? in : GSS_C_NO_BUFFER, NULL,
                                out, &mech->ret_flags, &mech->lifetime);
}

/* The mechglue runs the mechanism that the token names, which with a credential for
 * several need not be the one that was negotiated.  While Kerberos goes on, in DCE
 * style, it does not tell. */
static bool
is_another(const struct gss_mech *mech, OM_uint32 major, gss_OID actual)
{
    if (actual == GSS_C_NO_OID)
        return major == GSS_S_COMPLETE;
    return !gss_oid_equal(actual, mech->oid);
}

static OM_uint32
step_acceptor(struct gss_mech *mech, gss_buffer_t out, gss_buffer_t in)
{
    const struct spnego_gss_cred *cred = mech->cred;
    bool by_default = mech->default_cred != GSS_C_NO_CREDENTIAL;
    gss_OID actual = GSS_C_NO_OID;
    OM_uint32 minor, major;

    gss_release_cred(&minor, &mech->delegated);
    major = gss_accept_sec_context(&mech->minor, &mech->context,
                                   by_default ? mech->default_cred : cred->cred, in,
                                   cred != NULL ? cred->bindings : GSS_C_NO_CHANNEL_BINDINGS,
                                   NULL, &actual, out, &mech->ret_flags, &mech->lifetime,
                                   &mech->delegated);
    if (GSS_ERROR(major) || !is_another(mech, major, actual))
        return major;
    gss_release_buffer(&minor, out);
    mech->minor = 0;
    return GSS_S_DEFECTIVE_TOKEN;
}

static enum spnego_status
step(void *arg, struct spnego_buf *out, struct spnego_slice in)
{
    struct gss_mech *mech = (struct gss_mech *)arg;
    gss_buffer_desc theirs = {in.len, (void *)in.ptr}, ours = GSS_C_EMPTY_BUFFER;
    enum spnego_status status = SPNEGO_OK;
    OM_uint32 minor;

    spnego_gss_forget_keys(mech);
    mech->major = mech->role == SPNEGO_INITIATOR ? step_initiator(mech, &ours, &theirs)
                                                 : step_acceptor(mech, &ours, &theirs);
    if (ours.length > 0)
        status = spnego_buf_append(out, ours.value, ours.length);
    gss_release_buffer(&minor, &ours);
    return status == SPNEGO_OK ? spnego_gss_status(mech->major, mech->minor) : status;
}

/* The mechglue gives minor statuses numbers of its own, even to 0. */
static bool
says_nothing(const gss_buffer_desc *text)
{
    return text->length == 0 ||
           (text->length == 7 && memcmp(text->value, "Success", text->length) == 0);
}

/* Appends the messages of one status, and returns where the text ends then. */
static size_t
describe(char *out, size_t cap, size_t len, OM_uint32 code, int kind, gss_OID oid)
{
    OM_uint32 minor, more = 0;

    do {
        gss_buffer_desc text = GSS_C_EMPTY_BUFFER;

        if (gss_display_status(&minor, code, kind, oid, &more, &text) != GSS_S_COMPLETE)
            return len;
        if (len < cap && !says_nothing(&text))
            len += (size_t)snprintf(out + len, cap - len, "%s%.*s", len > 0 ? "; " : "",
                                    (int)text.length, (const char *)text.value);
        gss_release_buffer(&minor, &text);
    } while (more != 0);
    return len;
}

/* A major status that says no more than "failure" is left out if there is a minor. */
static void
why(void *arg, char *out, size_t cap)
{
    const struct gss_mech *mech = (const struct gss_mech *)arg;
    size_t len = 0;

    *out = '\0';
    if (mech->major != GSS_S_FAILURE || mech->minor == 0)
        len = describe(out, cap, len, mech->major, GSS_C_GSS_CODE, mech->oid);
    if (mech->minor != 0)
        describe(out, cap, len, mech->minor, GSS_C_MECH_CODE, mech->oid);
}

static enum spnego_status
import(void **out, void *cred, enum spnego_role role, gss_OID oid, struct spnego_slice state)
{
    void *mech = NULL;
    enum spnego_status status = create(&mech, cred, role, oid);

    if (status == SPNEGO_OK)
        status = spnego_gss_restore((struct gss_mech *)mech, state);
    if (status == SPNEGO_OK)
        *out = mech;
    else if (mech != NULL)
        destroy(mech);
    return status;
}

/* The two functions that know whose table they are in. */
#define KNOWING(name, mech_oid)                                                                \
    static enum spnego_status create_##name(void **mech, void *cred, enum spnego_role role)    \
    {                                                                                          \
        return create(mech, cred, role, mech_oid);                                             \
    }                                                                                          \
    static enum spnego_status import_##name(void **mech, void *cred, enum spnego_role role,    \
                                            struct spnego_slice state)                         \
    {                                                                                          \
        return import(mech, cred, role, mech_oid, state);                                      \
    }

KNOWING(krb5, gss_mech_krb5)
KNOWING(ntlmssp, (gss_OID)&spnego_gss_oid_ntlmssp)
KNOWING(any, GSS_C_NO_OID)

#define OPS(name, oid_ptr, oid_len)                                                            \
    {                                                                                          \
        .size = sizeof(struct spnego_mech_ops), .oid = {oid_ptr, oid_len},                     \
        .create = create_##name, .step = step, .flags = spnego_gss_flags, .why = why,          \
        .make_mic = spnego_gss_make_mic, .check_mic = spnego_gss_check_mic,                    \
        .after_mic = spnego_gss_after_mic, .export_state = spnego_gss_export_state,            \
        .import_state = import_##name, .destroy = destroy, .key = spnego_gss_key,              \
    }

static const uint8_t oids[][10] = {
    {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02},
    {0x2a, 0x86, 0x48, 0x82, 0xf7, 0x12, 0x01, 0x02, 0x02},
    {0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a},
};

const struct spnego_mech_ops spnego_gss_krb5 = OPS(krb5, oids[0], 9);
const struct spnego_mech_ops spnego_gss_ms_krb5 = OPS(krb5, oids[1], 9);
const struct spnego_mech_ops spnego_gss_ntlmssp = OPS(ntlmssp, oids[2], 10);

void
spnego_gss_any(struct spnego_mech_ops *out, struct spnego_slice oid)
{
    const struct spnego_mech_ops ops = OPS(any, oid.ptr, oid.len);

    *out = ops;
}
