/* fragment.c: tokens in pieces.
 *
 * The first piece holds the outer length, from which the receiver knows that
 * more will come; it answers each piece but the last with an empty token.
 * [MS-SPNG] 3.1.5.6 to 3.1.5.11. */
#include "context.h"

/* The decoder has found the outer length and too few octets for it. */
bool
spnego_fragment_is_first(const struct spnego_ctx *ctx, enum spnego_status status)
{
    return ctx->config.max_fragment != 0 && status == SPNEGO_E_TRUNCATED &&
           ctx->failure.code == SPN1001_FRAGMENT && ctx->in.len == 0;
}

static void
tell_fragment(struct spnego_ctx *ctx, struct spnego_slice octets, size_t want)
{
    struct spnego_event event = spnego_ctx_event(ctx, SPNEGO_EVENT_FRAGMENT, octets);

    event.want = want;
    spnego_ctx_tell(ctx, &event);
}

enum spnego_status
spnego_fragment_keep(struct spnego_ctx *ctx, struct spnego_slice in)
{
    size_t max_len = ctx->config.max_len;
    enum spnego_status status;

    if (ctx->failure.want > max_len)
        return spnego_ctx_limit(ctx, SPN1026_MAX_LEN, ctx->failure.want, max_len);
    ctx->in_want = (size_t)ctx->failure.want;
    ctx->failure.code = 0;
    status = spnego_buf_append(&ctx->in, in.ptr, in.len);
    if (status != SPNEGO_OK)
        return status;
    tell_fragment(ctx, in, ctx->in_want);
    return SPNEGO_CONTINUE;
}

/* Puts a further piece to those that are kept.  When all are there, they are what
 * `*in` is. */
enum spnego_status
spnego_fragment_join(struct spnego_ctx *ctx, struct spnego_slice *in)
{
    enum spnego_status status;

    if (ctx->in.len == 0)
        return SPNEGO_OK;
    if (in->len == 0)
        return spnego_ctx_refuse(ctx, NULL, SPN5004_EMPTY_TOKEN, *in);
    if (in->len > ctx->config.max_len - ctx->in.len)
        return spnego_ctx_limit(ctx, SPN1026_MAX_LEN, ctx->in.len + (uint64_t)in->len,
                                ctx->config.max_len);
    tell_fragment(ctx, *in, ctx->in_want);
    status = spnego_buf_append(&ctx->in, in->ptr, in->len);
    if (status != SPNEGO_OK)
        return status;
    *in = spnego_buf_octets(&ctx->in);
    return in->len < ctx->in_want ? SPNEGO_CONTINUE : SPNEGO_OK;
}

bool
spnego_fragment_pending(const struct spnego_ctx *ctx)
{
    return ctx->out_off < ctx->out.len;
}

/* Hands out the next piece of the token in ctx->out, or all of it. */
enum spnego_status
spnego_fragment_next(struct spnego_ctx *ctx, struct spnego_slice *out)
{
    size_t left = ctx->out.len - ctx->out_off;
    bool cut = ctx->config.max_fragment != 0 && left > ctx->config.max_fragment && !ctx->naked;

    *out = spnego_no_octets();
    if (left == 0)
        return ctx->out_status;
    out->ptr = ctx->out.ptr + ctx->out_off;
    out->len = cut ? ctx->config.max_fragment : left;
    if (cut || ctx->out_off > 0)
        tell_fragment(ctx, *out, ctx->out.len);
    ctx->out_off += out->len;
    return cut ? SPNEGO_CONTINUE : ctx->out_status;
}
