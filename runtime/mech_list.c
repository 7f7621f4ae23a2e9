/* mech_list.c: object identifiers of mechanisms, and the initiator's list. */
#include "context.h"
#include "spnego/codec.h"
#include "spnego/names.h"

#include <string.h>

bool
spnego_octets_equal(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && a.len != 0 && memcmp(a.ptr, b.ptr, a.len) == 0;
}

static bool
is_krb5(struct spnego_slice oid)
{
    return spnego_octets_equal(oid, spnego_mech_oid(SPNEGO_MECH_KRB5)) ||
           spnego_octets_equal(oid, spnego_mech_oid(SPNEGO_MECH_MS_KRB5));
}

/* Windows 2000 cut 113554 to 16 bits, which gives 48018; ever since Kerberos has
 * two numbers.  [MS-SPNG] 3.1.5.2 <10>. */
bool
spnego_oid_is_alias(struct spnego_slice a, struct spnego_slice b)
{
    return is_krb5(a) && is_krb5(b) && !spnego_octets_equal(a, b);
}

struct spnego_slice
spnego_offer_oid(const struct spnego_ctx *ctx, size_t offer)
{
    return ctx->config.offers[offer].ops->oid;
}

struct spnego_mech_type_list
spnego_ctx_mech_types(const struct spnego_ctx *ctx)
{
    struct spnego_mech_type_list list = {spnego_buf_octets(&ctx->mech_types), NULL,
                                         ctx->mech_types_count};

    return list;
}

void
spnego_ctx_count_mech_types(struct spnego_ctx *ctx)
{
    struct spnego_mech_type_list list = spnego_ctx_mech_types(ctx);
    struct spnego_slice oid;
    size_t pos = 0;

    ctx->mech_types_count = 0;
    while (list.der.len > 0 && spnego_mech_type_list_next(&oid, &pos, &list))
        ctx->mech_types_count++;
}

enum spnego_status
spnego_ctx_keep_mech_types(struct spnego_ctx *ctx, const struct spnego_mech_type_list *list)
{
    enum spnego_status status;

    ctx->mech_types.len = 0;
    status = spnego_mech_type_list_encode(&ctx->mech_types, list);
    ctx->mech_types_count = status == SPNEGO_OK ? list->count : 0;
    return status;
}

enum spnego_status
spnego_ctx_list_offers(const struct spnego_ctx *ctx, struct spnego_buf *out)
{
    struct spnego_slice oids[SPNEGO_MAX_OFFERS];
    struct spnego_mech_type_list list = {{NULL, 0}, oids, ctx->order_count};
    size_t i;

    for (i = 0; i < list.count; i++)
        oids[i] = spnego_offer_oid(ctx, ctx->order[i]);
    return spnego_mech_type_list_encode(out, &list);
}
