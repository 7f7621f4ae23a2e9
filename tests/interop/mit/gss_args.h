/* gss_args.h: what a peer hands to GSS-API. */
#ifndef GSS_ARGS_H
#define GSS_ARGS_H

#include <gssapi/gssapi.h>

#include "lines.h"

static inline gss_name_t
gss_target(void)
{
    gss_buffer_desc text = {13, "host@invented"};
    OM_uint32 minor;
    gss_name_t name = GSS_C_NO_NAME;

    if (gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, &name) != GSS_S_COMPLETE)
        stop("cannot import a name");
    return name;
}

/* Those in PEER_BINDINGS, or none. */
static inline gss_channel_bindings_t
gss_bindings(void)
{
    static struct gss_channel_bindings_struct ours;
    char *text = getenv("PEER_BINDINGS");

    if (text == NULL)
        return GSS_C_NO_CHANNEL_BINDINGS;
    ours.application_data.value = text;
    ours.application_data.length = strlen(text);
    return &ours;
}

#endif
