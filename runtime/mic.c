/* mic.c: the mechListMIC, which protects the choice of a mechanism.
 *
 * It covers the MechTypeList as it went over the wire, 30 L 06 ..., without the
 * [0] around it.  RFC 4178 5:
 *
 *     the mechanism has no integrity          no MIC, ever
 *     it was the first choice of both         optional: none is sent unasked
 *     anything else                           required, in both directions
 *     the peer sent one                       required: it is answered, unless the
 *                                             peer says that it waits for nothing
 *
 * Who sends the last token of the mechanism sends the first MIC, beside it; the
 * other answers with its own.  One case stands apart, (c) IV: the initiator's
 * optimistic token was the last, so it could not know; the acceptor begins. */
#include "context.h"

bool
spnego_mic_is_possible(const struct spnego_ctx *ctx)
{
    const struct spnego_mech_ops *ops = ctx->config.offers[ctx->selected].ops;

    return (ctx->mech_flags & SPNEGO_MECH_INTEGRITY) != 0 && ops->make_mic != NULL &&
           ops->check_mic != NULL;
}

static void
after_mic(struct spnego_ctx *ctx, bool made, struct spnego_slice mic)
{
    const struct spnego_mech_ops *ops = ctx->config.offers[ctx->selected].ops;
    struct spnego_event event =
        spnego_ctx_event(ctx, made ? SPNEGO_EVENT_MIC_MADE : SPNEGO_EVENT_MIC_FITS, mic);

    if (ops->after_mic != NULL)
        ops->after_mic(ctx->mech, made);
    spnego_ctx_tell(ctx, &event);
}

static enum spnego_status
check_mic(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const struct spnego_mech_ops *ops = ctx->config.offers[ctx->selected].ops;
    enum spnego_status status;

    status = ops->check_mic(ctx->mech, spnego_buf_octets(&ctx->mech_types), leg->mic);
    if (status == SPNEGO_E_MEMORY)
        return status;
    if (status != SPNEGO_OK)
        return spnego_ctx_fail(ctx, leg, SPNEGO_E_INTEGRITY, SPN5024_MIC_WRONG, leg->mic,
                               ctx->mech_oid);
    ctx->mic_verified = true;
    ctx->mic_required = true; /* RFC 4178 5 (b) I, (c) I: a MIC is answered */
    after_mic(ctx, false, leg->mic);
    return SPNEGO_OK;
}

static enum spnego_status
make_mic(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const struct spnego_mech_ops *ops = ctx->config.offers[ctx->selected].ops;
    enum spnego_status status =
        ops->make_mic(ctx->mech, &leg->mic_made, spnego_buf_octets(&ctx->mech_types));

    if (status == SPNEGO_E_MEMORY)
        return status;
    if (status != SPNEGO_OK || leg->mic_made.len == 0)
        return spnego_ctx_fail(ctx, leg, SPNEGO_E_MECH, SPN5028_MECH_FAILED, spnego_no_octets(),
                               ctx->mech_oid);
    ctx->mic_sent = true;
    after_mic(ctx, true, spnego_buf_octets(&leg->mic_made));
    return SPNEGO_OK;
}

/* T10: some acceptors never send a MIC.  Going without cannot be told from an
 * attack, so it is never tolerated where the choice was not the first. */
static enum spnego_status
miss_mic(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    bool peer_ends = leg->input == SPNEGO_IN_COMPLETED || leg->input == SPNEGO_IN_NO_STATE;
    bool may_go_without = ctx->config.role == SPNEGO_INITIATOR && ctx->first_choice &&
                          peer_ends && !ctx->config.require_mic;

    if (may_go_without && (ctx->config.tolerate & SPNEGO_TOLERATE_NO_MIC) != 0) {
        ctx->mic_required = false;
        return spnego_ctx_tolerate(ctx, leg, SPN5023_MIC_MISSING, leg->in, ctx->mech_oid);
    }
    return spnego_ctx_fail(ctx, leg, SPNEGO_E_INTEGRITY, SPN5023_MIC_MISSING, leg->in,
                           ctx->mech_oid);
}

/* Without integrity nothing can be required but by the caller. */
static enum spnego_status
settle_without_integrity(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    if (leg->has_mic)
        return spnego_ctx_fail(ctx, leg, SPNEGO_E_INTEGRITY, SPN5022_MIC_UNEXPECTED, leg->mic,
                               ctx->mech_oid);
    if (ctx->config.require_mic)
        return spnego_ctx_fail(ctx, leg, SPNEGO_E_INTEGRITY, SPN5036_INTEGRITY_MISSING,
                               spnego_no_octets(), ctx->mech_oid);
    return SPNEGO_OK;
}

/* T5: Windows 2000 repeats the responseToken in the place of the MIC. */
static enum spnego_status
drop_copied_mic(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const struct spnego_neg_token_resp *resp = leg->resp;

    if (!leg->has_mic || resp == NULL || !resp->has_response_token ||
        !spnego_octets_equal(leg->mic, resp->response_token))
        return SPNEGO_OK;
    leg->has_mic = false;
    return spnego_ctx_tolerate(ctx, leg, SPN5020_MIC_IS_TOKEN, leg->mic, ctx->mech_oid);
}

enum spnego_status
spnego_mic_settle(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    bool peer_is_done =
        ctx->config.role == SPNEGO_INITIATOR && leg->input == SPNEGO_IN_COMPLETED;
    enum spnego_status status = drop_copied_mic(ctx, leg);

    if (status != SPNEGO_OK)
        return status;
    /* While we have a token for it, the peer's mechanism is not finished either. */
    if (leg->has_mic && (!ctx->mech_finished || leg->mech_token.len > 0))
        return spnego_ctx_refuse(ctx, leg, SPN5019_MIC_TOO_EARLY, leg->mic);
    if (!ctx->mech_finished)
        return SPNEGO_CONTINUE;
    if (!spnego_mic_is_possible(ctx))
        return settle_without_integrity(ctx, leg);

    if (leg->has_mic)
        status = check_mic(ctx, leg);
    else if (ctx->mic_required && !ctx->mic_verified && leg->mech_token.len == 0 &&
             !leg->peer_speaks_next)
        status = miss_mic(ctx, leg);
    if (status != SPNEGO_OK || !ctx->mic_required)
        return status;
    if (!ctx->mic_sent && !peer_is_done)
        status = make_mic(ctx, leg);
    if (status != SPNEGO_OK)
        return status;
    return ctx->mic_verified ? SPNEGO_OK : SPNEGO_CONTINUE;
}
