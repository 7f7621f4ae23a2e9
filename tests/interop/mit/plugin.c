/* plugin.c: the toy mechanisms A and B of examples/toy_mech.c once more, as a
 * mechanism that MIT krb5 loads through GSS_MECH_CONFIG.  Not a line is shared
 * with the other: what both understand is the protocol.
 *
 * The mechglue looks up each gss_* function by its name.  A call of one such
 * function from another would end in the mechglue, not here; so they call
 * nothing but static functions and what libgssapi_krb5 exports.  There is no
 * gss_mech_initialize: the mechglue would then look up nothing else.
 *
 * How it behaves is in the environment:
 *   TOY_HOPS       tokens that it needs; an acceptor learns it from the first
 *   TOY_INTEGRITY  1: it can make MICs
 *   TOY_MIC_KEY    an octet, the same on both sides unless MICs shall not fit
 *   TOY_WANTS_MIC  1: it asks SPNEGO for a mechListMIC, as NTLM does
 *   TOY_FAILS      the step, from 1, that fails
 *   TOY_FAILING    the letters of mechanisms that do so; all without it
 *   TOY_SAYS_WHY   1: it then gives an error token
 *   TOY_ABSENT     the letters of mechanisms that cannot start
 *   TOY_BINDINGS   it fails unless these are the channel bindings
 * and for NegoEx:
 *   TOY_NEGOEX          the letters of mechanisms that take part; SPNEGO offers the
 *                       others itself
 *   TOY_METADATA        what it sends
 *   TOY_GOT_METADATA    it fails for anything else
 *   TOY_QUERY_FAILS     the letters of mechanisms that fail to make metadata
 *   TOY_EXCHANGE_FAILS  the letters of mechanisms that fail to take it
 *   TOY_KEYS            always, never, or end, also without it */
#include "plugin.h"

#include <stdlib.h>
#include <string.h>

/* A step that fails, and a token that cannot be read: what the mechglue makes
 * of the minor status is not looked at. */
#define FAILED GSS_S_FAILURE
#define UNREADABLE GSS_S_DEFECTIVE_TOKEN

static gss_OID_desc oids[] = {
    {6, "\x69\x85\xa2\xc0\xac\x66"}, /* A: 2.25.1414534758 */
    {6, "\x69\x84\xb0\xd1\xa8\x2c"}, /* B: 2.25.1175737388 */
};
#define NUM_OIDS (sizeof(oids) / sizeof(oids[0]))

unsigned
toy_setting(const char *name)
{
    const char *text = getenv(name);

    return text == NULL ? 0 : (unsigned)strtoul(text, NULL, 0);
}

gss_OID
toy_find_oid(const void *octets, size_t len)
{
    size_t i;

    for (i = 0; i < NUM_OIDS; i++) {
        if (oids[i].length == len && memcmp(oids[i].elements, octets, len) == 0)
            return &oids[i];
    }
    return GSS_C_NO_OID;
}

bool
toy_is_among(const char *name, gss_OID oid)
{
    const char *letters = getenv(name);

    return letters != NULL && strchr(letters, 'a' + (int)(oid - oids)) != NULL;
}

bool
toy_give(gss_buffer_t out, const void *octets, size_t len)
{
    out->value = malloc(len);
    if (out->value == NULL)
        return false;
    memcpy(out->value, octets, len);
    out->length = len;
    return true;
}

/* An initiator frames its octet with its identifier: RFC 2743 3.1. */
static bool
write_token(const struct toy *toy, gss_buffer_t out)
{
    uint8_t octets[32] = {0x60, 0, 0x06};
    size_t len = toy->oid->length;

    if (!toy->initiator) {
        octets[0] = (uint8_t)toy->left;
        return toy_give(out, octets, 1);
    }
    octets[1] = (uint8_t)(len + 3);
    octets[3] = (uint8_t)len;
    memcpy(octets + 4, toy->oid->elements, len);
    octets[4 + len] = (uint8_t)toy->left;
    return toy_give(out, octets, len + 5);
}

/* Returns whose frame is around `in`, and in `*hops` what is inside. */
static gss_OID
read_frame(uint8_t *hops, gss_buffer_t in)
{
    const uint8_t *octets = (const uint8_t *)in->value;
    size_t len;

    if (in->length < 5 || octets[0] != 0x60 || octets[1] != in->length - 2 || octets[2] != 0x06)
        return GSS_C_NO_OID;
    len = octets[3];
    if (in->length != len + 5)
        return GSS_C_NO_OID;
    *hops = octets[4 + len];
    return toy_find_oid(octets + 4, len);
}

static bool
read_token(struct toy *toy, gss_buffer_t in)
{
    bool first = !toy->initiator && toy->steps == 1;
    uint8_t hops;

    if (in == GSS_C_NO_BUFFER)
        return false;
    if (!toy->initiator) {
        if (read_frame(&hops, in) != toy->oid)
            return false;
    } else {
        if (in->length != 1)
            return false;
        hops = *(const uint8_t *)in->value;
    }
    if (!first && hops + 1u != toy->left)
        return false;
    toy->left = hops;
    return true;
}

static bool
is_to_fail(const struct toy *toy)
{
    return toy->steps == toy_setting("TOY_FAILS") &&
           (getenv("TOY_FAILING") == NULL || toy_is_among("TOY_FAILING", toy->oid));
}

static bool
fits(gss_channel_bindings_t bindings)
{
    const char *text = getenv("TOY_BINDINGS");

    return text == NULL || (bindings != GSS_C_NO_CHANNEL_BINDINGS &&
                            bindings->application_data.length == strlen(text) &&
                            memcmp(bindings->application_data.value, text, strlen(text)) == 0);
}

static OM_uint32
fail(OM_uint32 status, gss_buffer_t out)
{
    if (toy_setting("TOY_SAYS_WHY") && !toy_give(out, "toy error", 9))
        return GSS_S_FAILURE;
    return status;
}

static OM_uint32
step(struct toy *toy, gss_channel_bindings_t bindings, gss_buffer_t in, gss_buffer_t out)
{
    bool begins = toy->initiator && toy->steps == 0;

    toy->steps++;
    if (is_to_fail(toy) || !fits(bindings))
        return fail(FAILED, out);
    if (toy->finished || (!begins && !read_token(toy, in)))
        return fail(UNREADABLE, out);
    if (toy->left > 0) {
        toy->left--;
        if (!write_token(toy, out))
            return GSS_S_FAILURE;
        toy->finished = toy->left == 0;
    } else {
        toy->finished = true;
    }
    return toy->finished ? GSS_S_COMPLETE : GSS_S_CONTINUE_NEEDED;
}

static struct toy *
create(gss_OID oid, bool initiator)
{
    struct toy *toy;

    if (oid == GSS_C_NO_OID || toy_is_among("TOY_ABSENT", oid))
        return NULL;
    toy = (struct toy *)calloc(1, sizeof(*toy));
    if (toy == NULL)
        return NULL;
    toy->oid = oid;
    toy->initiator = initiator;
    toy->left = toy_setting("TOY_HOPS");
    return toy;
}

/* One call of an application, with what it may want to know. */
static OM_uint32
run(struct toy *toy, gss_channel_bindings_t bindings, gss_buffer_t in, gss_buffer_t out,
    gss_OID *mech, OM_uint32 *flags, OM_uint32 *seconds)
{
    if (mech != NULL)
        *mech = toy->oid;
    if (flags != NULL)
        *flags = toy_setting("TOY_INTEGRITY") ? GSS_C_INTEG_FLAG : 0;
    if (seconds != NULL)
        *seconds = GSS_C_INDEFINITE;
    return step(toy, bindings, in, out);
}

OM_uint32 KRB5_CALLCONV
gss_init_sec_context(OM_uint32 *minor, gss_cred_id_t cred, gss_ctx_id_t *ctx, gss_name_t target,
                     gss_OID oid, OM_uint32 req_flags, OM_uint32 req_seconds,
                     gss_channel_bindings_t bindings, gss_buffer_t in, gss_OID *mech,
                     gss_buffer_t out, OM_uint32 *flags, OM_uint32 *seconds)
{
    UNUSED(cred);
    UNUSED(target);
    UNUSED(req_flags);
    UNUSED(req_seconds);
    *minor = 0;
    if (*ctx == GSS_C_NO_CONTEXT)
        *ctx = (gss_ctx_id_t)create(toy_find_oid(oid->elements, oid->length), true);
    if (*ctx == GSS_C_NO_CONTEXT)
        return GSS_S_UNAVAILABLE;
    return run((struct toy *)*ctx, bindings, in, out, mech, flags, seconds);
}

OM_uint32 KRB5_CALLCONV
gss_accept_sec_context(OM_uint32 *minor, gss_ctx_id_t *ctx, gss_cred_id_t cred, gss_buffer_t in,
                       gss_channel_bindings_t bindings, gss_name_t *source, gss_OID *mech,
                       gss_buffer_t out, OM_uint32 *flags, OM_uint32 *seconds,
                       gss_cred_id_t *delegated)
{
    uint8_t hops;

    UNUSED(cred);
    *minor = 0;
    if (source != NULL)
        *source = GSS_C_NO_NAME;
    if (delegated != NULL)
        *delegated = GSS_C_NO_CREDENTIAL;
    if (*ctx == GSS_C_NO_CONTEXT)
        *ctx = (gss_ctx_id_t)create(read_frame(&hops, in), false);
    if (*ctx == GSS_C_NO_CONTEXT)
        return GSS_S_UNAVAILABLE;
    return run((struct toy *)*ctx, bindings, in, out, mech, flags, seconds);
}

OM_uint32 KRB5_CALLCONV
gss_delete_sec_context(OM_uint32 *minor, gss_ctx_id_t *ctx, gss_buffer_t out)
{
    UNUSED(out);
    *minor = 0;
    free(*ctx);
    *ctx = GSS_C_NO_CONTEXT;
    return GSS_S_COMPLETE;
}

static void
compute_mic(uint8_t mic[4], gss_buffer_t message)
{
    const uint8_t *octets = (const uint8_t *)message->value;
    size_t i;

    memcpy(mic, "MIC", 3);
    mic[3] = (uint8_t)(0xa5 ^ toy_setting("TOY_MIC_KEY"));
    for (i = 0; i < message->length; i++)
        mic[3] ^= octets[i];
}

OM_uint32 KRB5_CALLCONV
gss_get_mic(OM_uint32 *minor, gss_ctx_id_t ctx, gss_qop_t qop, gss_buffer_t message,
            gss_buffer_t mic)
{
    uint8_t octets[4];

    UNUSED(ctx);
    *minor = 0;
    if (qop != GSS_C_QOP_DEFAULT)
        return GSS_S_BAD_QOP;
    compute_mic(octets, message);
    return toy_give(mic, octets, sizeof(octets)) ? GSS_S_COMPLETE : GSS_S_FAILURE;
}

OM_uint32 KRB5_CALLCONV
gss_verify_mic(OM_uint32 *minor, gss_ctx_id_t ctx, gss_buffer_t message, gss_buffer_t mic,
               gss_qop_t *qop)
{
    uint8_t octets[4];

    UNUSED(ctx);
    *minor = 0;
    if (qop != NULL)
        *qop = GSS_C_QOP_DEFAULT;
    compute_mic(octets, message);
    return mic->length == 4 && memcmp(mic->value, octets, 4) == 0 ? GSS_S_COMPLETE
                                                                  : GSS_S_BAD_SIG;
}
