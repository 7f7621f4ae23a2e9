/* plugin_negoex.c: what SPNEGO asks of a mechanism: for NegoEx by three functions
 * that no application calls, and all else by identifiers.  [MS-NEGOEX] 3.1.5.8. */
#include "plugin.h"

#include <stdlib.h>
#include <string.h>

/* A mechanism that has no scheme is offered by SPNEGO itself. */
OM_uint32 KRB5_CALLCONV
gssspi_query_mechanism_info(OM_uint32 *minor, gss_const_OID oid, unsigned char scheme[16])
{
    gss_OID toy = toy_find_oid(oid->elements, oid->length);

    *minor = 0;
    if (toy == GSS_C_NO_OID || !toy_is_among("TOY_NEGOEX", toy))
        return GSS_S_UNAVAILABLE;
    memset(scheme, 0, 16);
    memcpy(scheme, toy->elements, toy->length);
    return GSS_S_COMPLETE;
}

OM_uint32 KRB5_CALLCONV
gssspi_query_meta_data(OM_uint32 *minor, gss_const_OID oid, gss_cred_id_t cred,
                       gss_ctx_id_t *ctx, const gss_name_t target, OM_uint32 req_flags,
                       gss_buffer_t out)
{
    const char *text = getenv("TOY_METADATA");

    UNUSED(cred);
    UNUSED(ctx);
    UNUSED(target);
    UNUSED(req_flags);
    *minor = 0;
    if (toy_is_among("TOY_QUERY_FAILS", toy_find_oid(oid->elements, oid->length)))
        return GSS_S_FAILURE;
    if (text == NULL)
        return GSS_S_COMPLETE;
    return toy_give(out, text, strlen(text)) ? GSS_S_COMPLETE : GSS_S_FAILURE;
}

OM_uint32 KRB5_CALLCONV
gssspi_exchange_meta_data(OM_uint32 *minor, gss_const_OID oid, gss_cred_id_t cred,
                          gss_ctx_id_t *ctx, const gss_name_t target, OM_uint32 req_flags,
                          gss_const_buffer_t in)
{
    const char *text = getenv("TOY_GOT_METADATA");

    UNUSED(cred);
    UNUSED(ctx);
    UNUSED(target);
    UNUSED(req_flags);
    *minor = 0;
    if (toy_is_among("TOY_EXCHANGE_FAILS", toy_find_oid(oid->elements, oid->length)))
        return GSS_S_FAILURE;
    if (text != NULL &&
        (in->length != strlen(text) || memcmp(in->value, text, in->length) != 0))
        return GSS_S_FAILURE;
    return GSS_S_COMPLETE;
}

static bool
is_same(gss_OID a, gss_OID b)
{
    return a->length == b->length && memcmp(a->elements, b->elements, a->length) == 0;
}

static bool
has_key(const struct toy *toy)
{
    const char *when = getenv("TOY_KEYS");

    if (when == NULL || strcmp(when, "end") == 0)
        return toy->finished;
    return strcmp(when, "always") == 0;
}

static OM_uint32
answer(OM_uint32 *minor, gss_buffer_set_t *set, const void *octets, size_t len)
{
    gss_buffer_desc buffer = {len, (void *)octets};

    return gss_add_buffer_set_member(minor, &buffer, set);
}

static OM_uint32
answer_key(OM_uint32 *minor, gss_buffer_set_t *set, bool initiators)
{
    static const uint8_t aes256_cts_hmac_sha1_96[4] = {18};
    const uint8_t key[32] = {initiators};
    OM_uint32 major = answer(minor, set, key, sizeof(key));

    if (major != GSS_S_COMPLETE)
        return major;
    return answer(minor, set, aes256_cts_hmac_sha1_96, sizeof(aes256_cts_hmac_sha1_96));
}

OM_uint32 KRB5_CALLCONV
gss_inquire_sec_context_by_oid(OM_uint32 *minor, const gss_ctx_id_t ctx, const gss_OID oid,
                               gss_buffer_set_t *set)
{
    /* 1.3.6.1.4.1.7165.655.1.2: gss-ntlmssp's "require a mechListMIC". */
    static gss_OID_desc wants_mic = {11, "\x2b\x06\x01\x04\x01\xb7\x7d\x85\x0f\x01\x02"};
    const struct toy *toy = (const struct toy *)ctx;

    *minor = 0;
    if (is_same(oid, &wants_mic) && toy_setting("TOY_WANTS_MIC"))
        return answer(minor, set, "\x01", 1);
    if (is_same(oid, GSS_C_INQ_NEGOEX_KEY) && has_key(toy))
        return answer_key(minor, set, toy->initiator);
    if (is_same(oid, GSS_C_INQ_NEGOEX_VERIFY_KEY) && has_key(toy))
        return answer_key(minor, set, !toy->initiator);
    return GSS_S_UNAVAILABLE;
}
