/* export.c: a half-open negotiation as octets.  archive.h has the layout. */
#include "archive.h"
#include "blob.h"

/* Where the negotiated mechanism stands in the acceptor's copy of the list. */
static size_t
mech_place(const struct spnego_ctx *ctx)
{
    if (ctx->config.role == SPNEGO_INITIATOR || ctx->selected < 0 || ctx->naked)
        return 0;
    return (size_t)(ctx->mech_oid.ptr - ctx->mech_types.ptr);
}

static void
save(struct spnego_saving *saving, const struct spnego_ctx *ctx, struct spnego_slice mech)
{
    struct spnego_slice waiting = {ctx->out.ptr, 0};
    size_t start = saving->out->len, i;
    struct spnego_slice written;

    if (spnego_fragment_pending(ctx)) {
        waiting.ptr = ctx->out.ptr + ctx->out_off;
        waiting.len = ctx->out.len - ctx->out_off;
    }
    spnego_save_octets(saving, SPNEGO_ARCHIVE_MAGIC, 4);
    spnego_save_number(saving, SPNEGO_ARCHIVE_VERSION, 1);
    spnego_save_number(saving, ctx->config.role, 1);
    spnego_save_number(saving, spnego_offers_checksum(&ctx->config), 4);
    for (i = 0; i < spnego_members_count; i++)
        spnego_save_number(saving, spnego_member_get(ctx, &spnego_members[i]),
                           SPNEGO_BLOB_NUMBER);
    spnego_save_octets(saving, ctx->order, ctx->order_count);
    spnego_save_number(saving, ctx->mech != NULL ? (uint64_t)ctx->selected + 1 : 0,
                       SPNEGO_BLOB_NUMBER);
    spnego_save_number(saving, mech_place(ctx), SPNEGO_BLOB_NUMBER);
    spnego_save_number(saving, ctx->mech_oid.len, SPNEGO_BLOB_NUMBER);
    spnego_save_run(saving, spnego_buf_octets(&ctx->mech_types));
    spnego_save_run(saving, spnego_buf_octets(&ctx->greeting));
    spnego_save_number(saving, ctx->greeting_offer, SPNEGO_BLOB_NUMBER);
    spnego_save_run(saving, spnego_buf_octets(&ctx->in));
    spnego_save_run(saving, waiting);
    spnego_save_run(saving, mech);
    written.ptr = saving->status == SPNEGO_OK ? saving->out->ptr + start : NULL;
    written.len = saving->status == SPNEGO_OK ? saving->out->len - start : 0;
    spnego_save_number(saving, spnego_crc32(0, written), SPNEGO_ARCHIVE_TRAILER);
}

enum spnego_status
spnego_ctx_export(const struct spnego_ctx *ctx, struct spnego_buf *out)
{
    struct spnego_saving saving = {out, SPNEGO_OK};
    struct spnego_buf mech = {NULL, 0, 0, ctx->config.alloc};
    const struct spnego_mech_ops *ops;
    enum spnego_status status = SPNEGO_OK;
    size_t start = out->len;

    if (ctx->state > SPNEGO_STATES || ctx->busy)
        return SPNEGO_E_STATE;
    if (ctx->greeter != NULL)
        return SPNEGO_E_UNSUPPORTED; /* nobody has chosen it yet, and it goes on */
    if (ctx->mech != NULL) {
        ops = ctx->config.offers[ctx->selected].ops;
        if (ops->export_state == NULL || ops->import_state == NULL)
            return SPNEGO_E_UNSUPPORTED;
        status = ops->export_state(ctx->mech, &mech);
        if (status != SPNEGO_E_UNSUPPORTED)
            status = spnego_mech_status(status);
    }
    if (status == SPNEGO_OK) {
        save(&saving, ctx, spnego_buf_octets(&mech));
        status = saving.status;
    }
    spnego_buf_clear(&mech);
    if (status != SPNEGO_OK && status != SPNEGO_E_SPACE)
        out->len = start;
    return status;
}
