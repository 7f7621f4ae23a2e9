/* mech_run.c: the life of one mechanism in a negotiation. */
#include "context.h"
#include "text.h"

static const struct spnego_mech_ops *
selected_ops(const struct spnego_ctx *ctx)
{
    return ctx->config.offers[ctx->selected].ops;
}

/* Begins an attempt of `offer`, or goes on with the one that has greeted. */
static enum spnego_status
create(struct spnego_ctx *ctx, size_t offer, void **mech)
{
    const struct spnego_offer *offered = &ctx->config.offers[offer];

    if (offer != 0 || ctx->greeter == NULL)
        return spnego_mech_attempt(offered->ops, mech, offered->cred, ctx->config.role);
    *mech = ctx->greeter;
    ctx->greeter = NULL;
    return SPNEGO_OK;
}

enum spnego_status
spnego_mech_create(struct spnego_ctx *ctx, size_t offer)
{
    const struct spnego_mech_ops *ops = ctx->config.offers[offer].ops;
    enum spnego_status status;

    spnego_mech_drop(ctx);
    status = create(ctx, offer, &ctx->mech);
    if (status != SPNEGO_OK)
        return status;
    ctx->selected = (int)offer;
    ctx->mech_oid = ops->oid;
    if (ctx->greeting.len == 0 || offer != ctx->greeting_offer)
        return SPNEGO_OK;
    status = ops->take_greeting(ctx->mech, spnego_buf_octets(&ctx->greeting));
    return status == SPNEGO_E_MEMORY ? status : SPNEGO_OK;
}

void
spnego_greeter_drop(struct spnego_ctx *ctx)
{
    if (ctx->greeter != NULL)
        ctx->config.offers[0].ops->destroy(ctx->greeter);
    ctx->greeter = NULL;
}

enum spnego_status
spnego_mech_greet(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const struct spnego_mech_ops *ops = ctx->config.offers[0].ops;
    enum spnego_status status;

    spnego_greeter_drop(ctx);
    if (ops->greet == NULL)
        return SPNEGO_OK;
    status = create(ctx, 0, &ctx->greeter);
    if (status == SPNEGO_OK)
        status = spnego_mech_status(ops->greet(ctx->greeter, &leg->mech_token));
    if (status == SPNEGO_OK && leg->mech_token.len > 0)
        return SPNEGO_OK;
    spnego_greeter_drop(ctx);
    spnego_buf_clear(&leg->mech_token);
    return status == SPNEGO_E_MEMORY ? status : SPNEGO_OK;
}

void
spnego_mech_drop(struct spnego_ctx *ctx)
{
    if (ctx->mech != NULL)
        selected_ops(ctx)->destroy(ctx->mech);
    ctx->mech = NULL;
    ctx->selected = -1;
    ctx->mech_oid = spnego_no_octets();
    ctx->mech_begun = false;
    ctx->mech_finished = false;
    ctx->mech_flags = 0;
    ctx->mic_sent = false; /* what it asked for and what it made goes with it */
    ctx->mic_verified = false;
    ctx->mic_required = ctx->config.require_mic;
}

/* What a step's status means here; a mechanism that goes on must have said
 * something, or both sides would wait for ever. */
static enum spnego_status
judge_step(struct spnego_ctx *ctx, struct spnego_leg *leg, enum spnego_status status)
{
    if (status == SPNEGO_E_MEMORY)
        return status;
    if (status == SPNEGO_CONTINUE && leg->mech_token.len == 0)
        return spnego_ctx_fail(ctx, leg, SPNEGO_E_MECH, SPN5030_MECH_STUCK, spnego_no_octets(),
                               ctx->mech_oid);
    if (status != SPNEGO_OK && status != SPNEGO_CONTINUE)
        return spnego_ctx_fail(ctx, leg, spnego_step_failure(status), SPN5028_MECH_FAILED,
                               spnego_no_octets(), ctx->mech_oid);
    return SPNEGO_OK;
}

/* Asks the mechanism why it failed, unless one before it has said why. */
static void
ask_why(struct spnego_ctx *ctx)
{
    char *why = ctx->failure_why;

    if (selected_ops(ctx)->why == NULL || *why != '\0')
        return;
    selected_ops(ctx)->why(ctx->mech, why, sizeof(ctx->failure_why));
    spnego_text_mask(why, sizeof(ctx->failure_why));
}

enum spnego_status
spnego_mech_step(struct spnego_ctx *ctx, struct spnego_leg *leg, struct spnego_slice token)
{
    const struct spnego_mech_ops *ops = selected_ops(ctx);
    enum spnego_status status = ops->step(ctx->mech, &leg->mech_token, token), judged;
    struct spnego_event event;

    judged = judge_step(ctx, leg, status);
    leg->mech_failed = judged != SPNEGO_OK && judged != SPNEGO_E_MEMORY;
    if (leg->mech_failed)
        ask_why(ctx);
    if (judged != SPNEGO_OK)
        return judged;
    ctx->mech_begun = true;
    ctx->mech_finished = status == SPNEGO_OK;
    ctx->mech_flags = ops->flags != NULL ? ops->flags(ctx->mech) & SPNEGO_MECH_FLAGS : 0;
    if (ctx->mech_flags & SPNEGO_MECH_WANTS_MIC)
        ctx->mic_required = true;
    if (ctx->mech_finished) {
        event =
            spnego_ctx_event(ctx, SPNEGO_EVENT_FINISHED, spnego_buf_octets(&leg->mech_token));
        spnego_ctx_tell(ctx, &event);
    }
    return SPNEGO_OK;
}

enum spnego_status
spnego_mech_feed(struct spnego_ctx *ctx, struct spnego_leg *leg, bool has,
                 struct spnego_slice token)
{
    bool initiator_begins = ctx->config.role == SPNEGO_INITIATOR && !ctx->mech_begun;
    bool may_be_empty = initiator_begins || (ctx->mech_flags & SPNEGO_MECH_MAY_END) != 0;

    if (ctx->mech_finished && has && token.len == 0)
        return spnego_ctx_tolerate(ctx, leg, SPN5017_EMPTY_TOKEN_TOO_LATE, token,
                                   ctx->mech_oid);
    if (ctx->mech_finished)
        return has ? spnego_ctx_refuse(ctx, leg, SPN5016_TOKEN_TOO_LATE, token) : SPNEGO_OK;
    if (initiator_begins && has)
        return spnego_ctx_refuse(ctx, leg, SPN5014_TOKEN_TOO_EARLY, token);
    if (!may_be_empty && (!has || token.len == 0))
        return spnego_ctx_refuse(ctx, leg, SPN5015_NO_RESPONSE_TOKEN, leg->in);
    return spnego_mech_step(ctx, leg, token);
}

/* The mechanism may learn from its peer's error token what went wrong, and its
 * owner may ask it.  That it goes on is not possible. */
enum spnego_status
spnego_mech_rejected(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    bool selecting = ctx->state == SPNEGO_STATE_SELECT;
    const struct spnego_neg_token_resp *resp = leg->resp;

    if (resp->response_token.len == 0 || ctx->mech == NULL)
        return spnego_ctx_fail(ctx, leg, selecting ? SPNEGO_E_NO_MECH : SPNEGO_E_REJECTED,
                               SPN5025_REJECTED, leg->in, spnego_no_octets());
    if (ctx->mech_begun && !ctx->mech_finished) {
        if (selected_ops(ctx)->step(ctx->mech, &leg->mech_token, resp->response_token) ==
            SPNEGO_E_MEMORY)
            return SPNEGO_E_MEMORY;
        ask_why(ctx);
    }
    return spnego_ctx_fail(ctx, leg, SPNEGO_E_REJECTED, SPN5026_MECH_REJECTED,
                           resp->response_token, ctx->mech_oid);
}
