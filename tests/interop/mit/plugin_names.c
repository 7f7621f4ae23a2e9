/* plugin_names.c: credentials, names and statuses, which the mechglue wants and
 * the toys have no use for. */
#include "plugin.h"

/* Credentials and names are any pointer that is not NULL. */
static char something;

OM_uint32 KRB5_CALLCONV
gss_acquire_cred(OM_uint32 *minor, gss_name_t name, OM_uint32 req_seconds, gss_OID_set wanted,
                 gss_cred_usage_t usage, gss_cred_id_t *cred, gss_OID_set *mechs,
                 OM_uint32 *seconds)
{
    UNUSED(name);
    UNUSED(req_seconds);
    UNUSED(wanted);
    UNUSED(usage);
    *minor = 0;
    *cred = (gss_cred_id_t)&something;
    if (mechs != NULL)
        *mechs = GSS_C_NO_OID_SET;
    if (seconds != NULL)
        *seconds = GSS_C_INDEFINITE;
    return GSS_S_COMPLETE;
}

OM_uint32 KRB5_CALLCONV
gss_release_cred(OM_uint32 *minor, gss_cred_id_t *cred)
{
    *minor = 0;
    *cred = GSS_C_NO_CREDENTIAL;
    return GSS_S_COMPLETE;
}

OM_uint32 KRB5_CALLCONV
gss_import_name(OM_uint32 *minor, gss_buffer_t text, gss_OID type, gss_name_t *name)
{
    UNUSED(text);
    UNUSED(type);
    *minor = 0;
    *name = (gss_name_t)&something;
    return GSS_S_COMPLETE;
}

OM_uint32 KRB5_CALLCONV
gss_release_name(OM_uint32 *minor, gss_name_t *name)
{
    *minor = 0;
    *name = GSS_C_NO_NAME;
    return GSS_S_COMPLETE;
}

OM_uint32 KRB5_CALLCONV
gss_display_status(OM_uint32 *minor, OM_uint32 value, int type, gss_OID mech,
                   OM_uint32 *context, gss_buffer_t text)
{
    UNUSED(value);
    UNUSED(type);
    UNUSED(mech);
    *minor = 0;
    *context = 0;
    return toy_give(text, "toy", 3) ? GSS_S_COMPLETE : GSS_S_FAILURE;
}
