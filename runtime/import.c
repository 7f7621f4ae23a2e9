/* import.c: octets as a half-open negotiation.  archive.h has the layout; nothing
 * in it is believed before it is checked. */
#include "archive.h"
#include "blob.h"

#include <string.h>

/* The order must name each offer at most once. */
static void
load_order(struct spnego_loading *loading, struct spnego_ctx *ctx)
{
    bool seen[SPNEGO_MAX_OFFERS] = {false};
    struct spnego_slice order = spnego_load_octets(loading, ctx->order_count);
    size_t i;

    for (i = 0; i < order.len; i++) {
        if (order.ptr[i] >= ctx->config.num_offers || seen[order.ptr[i]]) {
            loading->status = SPNEGO_E_MALFORMED;
            return;
        }
        seen[order.ptr[i]] = true;
        ctx->order[i] = order.ptr[i];
    }
}

/* A greeting is kept only for who can take it. */
static void
load_greeting(struct spnego_loading *loading, struct spnego_ctx *ctx)
{
    size_t offer;

    spnego_load_copy(loading, &ctx->greeting);
    offer = (size_t)spnego_load_number(loading, SPNEGO_BLOB_NUMBER, ctx->config.num_offers);
    ctx->greeting_offer = offer;
    if (loading->status == SPNEGO_OK && ctx->greeting.len > 0 &&
        (ctx->config.role != SPNEGO_INITIATOR || offer == ctx->config.num_offers ||
         ctx->config.offers[offer].ops->take_greeting == NULL))
        loading->status = SPNEGO_E_MALFORMED;
}

static void
load_mech(struct spnego_loading *loading, struct spnego_ctx *ctx, size_t offer, size_t place,
          size_t len)
{
    struct spnego_slice state = spnego_load_run(loading);
    const struct spnego_offer *offered;

    if (loading->status != SPNEGO_OK || offer == 0)
        return;
    offered = &ctx->config.offers[offer - 1];
    if (offered->ops->import_state == NULL) {
        loading->status = SPNEGO_E_UNSUPPORTED;
        return;
    }
    loading->status = spnego_mech_status(
        offered->ops->import_state(&ctx->mech, offered->cred, ctx->config.role, state));
    if (loading->status == SPNEGO_OK && ctx->mech == NULL)
        loading->status = SPNEGO_E_MECH;
    if (loading->status != SPNEGO_OK) {
        ctx->mech = NULL;
        return;
    }
    ctx->selected = (int)(offer - 1);
    ctx->mech_oid = offered->ops->oid;
    if (ctx->config.role == SPNEGO_INITIATOR || ctx->naked)
        return;
    if (place == 0 || len == 0 || place > ctx->mech_types.len ||
        len > ctx->mech_types.len - place) {
        loading->status = SPNEGO_E_MALFORMED;
    } else {
        ctx->mech_oid.ptr = ctx->mech_types.ptr + place;
        ctx->mech_oid.len = len;
    }
}

/* Does the state fit the role, and is there a mechanism where one is needed? */
static bool
makes_sense(const struct spnego_ctx *ctx)
{
    bool initiator = ctx->config.role == SPNEGO_INITIATOR;

    switch (ctx->state) {
    case SPNEGO_STATE_START:
        return ctx->mech == NULL && ctx->order_count > 0;
    case SPNEGO_STATE_SELECT:
        return initiator && ctx->mech != NULL && ctx->order_count > 0;
    case SPNEGO_STATE_MECH:
        return ctx->mech != NULL && !ctx->mech_finished && !ctx->naked;
    case SPNEGO_STATE_MIC:
        return ctx->mech != NULL && ctx->mech_finished && !ctx->naked;
    case SPNEGO_STATE_NAKED:
        return !initiator && ctx->mech != NULL && ctx->naked;
    default:
        return false;
    }
}

static enum spnego_status
load(struct spnego_ctx *ctx, struct spnego_slice octets)
{
    struct spnego_loading loading = {octets, SPNEGO_OK};
    size_t i, offer, place, len;

    for (i = 0; i < spnego_members_count; i++)
        spnego_member_set(ctx, &spnego_members[i],
                          spnego_load_number(&loading, SPNEGO_BLOB_NUMBER,
                                             spnego_members[i].max));
    load_order(&loading, ctx);
    offer = (size_t)spnego_load_number(&loading, SPNEGO_BLOB_NUMBER, ctx->config.num_offers);
    place = (size_t)spnego_load_number(&loading, SPNEGO_BLOB_NUMBER, SPNEGO_BLOB_MAX_RUN);
    len = (size_t)spnego_load_number(&loading, SPNEGO_BLOB_NUMBER, SPNEGO_BLOB_MAX_RUN);
    spnego_load_copy(&loading, &ctx->mech_types);
    spnego_ctx_count_mech_types(ctx);
    load_greeting(&loading, ctx);
    spnego_load_copy(&loading, &ctx->in);
    spnego_load_copy(&loading, &ctx->out);
    load_mech(&loading, ctx, offer, place, len);
    if (loading.status == SPNEGO_OK && (loading.left.len != 0 || !makes_sense(ctx)))
        loading.status = SPNEGO_E_MALFORMED;
    ctx->out_status = SPNEGO_CONTINUE;
    ctx->mic_required = ctx->mic_required || ctx->config.require_mic;
    return loading.status;
}

/* Checks what stands around the state; `*inner` is what stands inside. */
static enum spnego_status
open_state(const struct spnego_config *config, struct spnego_slice state,
           struct spnego_slice *inner)
{
    struct spnego_loading trailer, header = {state, SPNEGO_OK};
    struct spnego_slice covered = state;

    if (state.len < SPNEGO_ARCHIVE_HEADER + SPNEGO_ARCHIVE_TRAILER ||
        memcmp(state.ptr, SPNEGO_ARCHIVE_MAGIC, 4) != 0)
        return SPNEGO_E_MALFORMED;
    covered.len -= SPNEGO_ARCHIVE_TRAILER;
    trailer.left.ptr = state.ptr + covered.len;
    trailer.left.len = SPNEGO_ARCHIVE_TRAILER;
    trailer.status = SPNEGO_OK;
    if (spnego_load_number(&trailer, SPNEGO_ARCHIVE_TRAILER, UINT32_MAX) !=
        spnego_crc32(0, covered))
        return SPNEGO_E_MALFORMED;
    (void)spnego_load_octets(&header, 4);
    if (spnego_load_number(&header, 1, UINT8_MAX) != SPNEGO_ARCHIVE_VERSION ||
        spnego_load_number(&header, 1, UINT8_MAX) != (uint64_t)config->role ||
        spnego_load_number(&header, 4, UINT32_MAX) != spnego_offers_checksum(config))
        return SPNEGO_E_UNSUPPORTED;
    *inner = header.left;
    inner->len -= SPNEGO_ARCHIVE_TRAILER;
    return SPNEGO_OK;
}

enum spnego_status
spnego_ctx_import(struct spnego_ctx **out, const struct spnego_config *config,
                  struct spnego_slice state)
{
    struct spnego_slice inner;
    struct spnego_ctx *ctx;
    enum spnego_status status = spnego_ctx_new(&ctx, config);

    *out = NULL;
    if (status != SPNEGO_OK)
        return status;
    status = open_state(config, state, &inner);
    if (status == SPNEGO_OK)
        status = load(ctx, inner);
    if (status != SPNEGO_OK) {
        spnego_ctx_free(ctx);
        return status;
    }
    *out = ctx;
    return SPNEGO_OK;
}
