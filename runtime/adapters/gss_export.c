/* gss_export.c: a mechanism as octets, for another process: ret_flags and lifetime, each
 * an u32 that is little-endian, and what gss_export_sec_context gives, if it has begun.
 *
 * MIT krb5 1.20 and gss-ntlmssp 1.2 export a context also before it is established, of
 * which RFC 2744 5.15 does not speak; a mechanism that does not is not exported. */
#include "gss_mech.h"

static void
put_number(uint8_t out[4], uint32_t number)
{
    size_t i;

    for (i = 0; i < 4; i++, number >>= 8)
        out[i] = (uint8_t)number;
}

/* What is exported is deleted: the context is made anew of the same octets, so that a
 * failure of the caller later on costs nothing. */
static enum spnego_status
export_context(struct gss_mech *mech, struct spnego_buf *out)
{
    gss_buffer_desc state = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor, major = gss_export_sec_context(&minor, &mech->context, &state);
    enum spnego_status status;

    if (major != GSS_S_COMPLETE)
        return major == GSS_S_UNAVAILABLE ? SPNEGO_E_UNSUPPORTED
                                          : spnego_gss_status(major, minor);
    major = gss_import_sec_context(&minor, &state, &mech->context);
    status = spnego_gss_status(major, minor);
    if (status == SPNEGO_OK)
        status = spnego_buf_append(out, state.value, state.length);
    spnego_gss_wipe(&state);
    gss_release_buffer(&minor, &state);
    return status;
}

/* A delegated credential cannot go along. */
enum spnego_status
spnego_gss_export_state(void *arg, struct spnego_buf *out)
{
    struct gss_mech *mech = (struct gss_mech *)arg;
    uint8_t numbers[8];
    enum spnego_status status;

    if (mech->delegated != GSS_C_NO_CREDENTIAL)
        return SPNEGO_E_UNSUPPORTED;
    put_number(numbers, mech->ret_flags);
    put_number(numbers + 4, mech->lifetime);
    status = spnego_buf_append(out, numbers, sizeof(numbers));
    if (status != SPNEGO_OK || mech->context == GSS_C_NO_CONTEXT)
        return status;
    return export_context(mech, out);
}

enum spnego_status
spnego_gss_restore(struct gss_mech *mech, struct spnego_slice state)
{
    gss_buffer_desc context;
    enum spnego_status status;
    OM_uint32 minor, major;

    if (state.len < 8)
        return SPNEGO_E_MALFORMED;
    mech->ret_flags = spnego_gss_number(state.ptr);
    mech->lifetime = spnego_gss_number(state.ptr + 4);
    if (state.len == 8)
        return SPNEGO_OK;
    context.length = state.len - 8;
    context.value = (void *)(state.ptr + 8);
    major = gss_import_sec_context(&minor, &context, &mech->context);
    status = spnego_gss_status(major, minor);
    return status == SPNEGO_OK || status == SPNEGO_E_MEMORY ? status : SPNEGO_E_MALFORMED;
}
