/* plugin.h: what the files of the plug-in share.  plugin.c says what it is. */
#ifndef PLUGIN_H
#define PLUGIN_H

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UNUSED(name) (void)(name)

struct toy {
    gss_OID oid;
    bool initiator;
    bool finished;
    unsigned steps;
    unsigned left; /* hops, after the last token that was sent or taken */
};

/* toy_setting returns the number in the environment variable `name`; 0 without it. */
unsigned toy_setting(const char *name);

/* toy_find_oid returns the toy mechanism that these octets identify, or NULL. */
gss_OID toy_find_oid(const void *octets, size_t len);

/* toy_is_among says whether the variable `name` has the letter of the toy `oid`. */
bool toy_is_among(const char *name, gss_OID oid);

/* toy_give puts octets into `out`, which the mechglue frees with free. */
bool toy_give(gss_buffer_t out, const void *octets, size_t len);

#endif
