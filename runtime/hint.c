/* hint.c: what an initiator makes of the acceptor's NegTokenInit2.
 *
 * It changes the order in which the offers are listed, or leaves some out; the
 * floor keeps it from putting first what the caller would not begin with. */
#include "context.h"

#include <string.h>

static bool
fits(struct spnego_slice theirs, struct spnego_slice ours)
{
    return spnego_octets_equal(theirs, ours) || spnego_oid_is_alias(theirs, ours);
}

static bool
is_listed(const struct spnego_mech_type_list *list, struct spnego_slice oid)
{
    struct spnego_slice theirs;
    size_t pos = 0;

    while (spnego_mech_type_list_next(&theirs, &pos, list))
        if (fits(theirs, oid))
            return true;
    return false;
}

/* Leaves out what the acceptor does not have.  False: that would leave nothing, or
 * something below the floor first. */
static bool
drop_unlisted(struct spnego_ctx *ctx, const struct spnego_mech_type_list *list)
{
    uint8_t kept[SPNEGO_MAX_OFFERS];
    uint8_t count = 0, i;

    for (i = 0; i < ctx->order_count; i++)
        if (is_listed(list, spnego_offer_oid(ctx, ctx->order[i])))
            kept[count++] = ctx->order[i];
    if (count == 0 || kept[0] >= ctx->config.hint_floor)
        return false;
    memcpy(ctx->order, kept, count);
    ctx->hint_dropped = count < ctx->order_count;
    ctx->order_count = count;
    return true;
}

/* Moves the offer that the acceptor likes best, of those above the floor, to the
 * front.  False: it has none of them. */
static bool
put_favourite_first(struct spnego_ctx *ctx, const struct spnego_mech_type_list *list)
{
    struct spnego_slice theirs;
    size_t pos = 0, i;

    while (spnego_mech_type_list_next(&theirs, &pos, list))
        for (i = 0; i < ctx->order_count && i < ctx->config.hint_floor; i++)
            if (fits(theirs, spnego_offer_oid(ctx, i))) {
                memmove(ctx->order + 1, ctx->order, i);
                ctx->order[0] = (uint8_t)i;
                return true;
            }
    return false;
}

/* The mechToken beside a hint is of the first mechanism in it.  Without memory it is
 * forgotten: one can begin without. */
static void
keep_greeting(struct spnego_ctx *ctx, const struct spnego_mech_type_list *list,
              struct spnego_slice token)
{
    struct spnego_slice theirs;
    size_t pos = 0, offer;

    ctx->greeting.len = 0;
    if (token.len == 0 || !spnego_mech_type_list_next(&theirs, &pos, list))
        return;
    for (offer = 0; offer < ctx->config.num_offers; offer++)
        if (ctx->config.offers[offer].ops->take_greeting != NULL &&
            spnego_octets_equal(theirs, spnego_offer_oid(ctx, offer)))
            break;
    ctx->greeting_offer = offer;
    if (offer < ctx->config.num_offers &&
        spnego_buf_append(&ctx->greeting, token.ptr, token.len) != SPNEGO_OK)
        ctx->greeting.len = 0;
}

void
spnego_hint_follow(struct spnego_ctx *ctx, const struct spnego_negotiation_token *hint,
                   struct spnego_slice octets)
{
    struct spnego_event event = spnego_ctx_event(ctx, SPNEGO_EVENT_HINT, octets);
    struct spnego_mech_type_list list = hint->u.neg_token_init2.mech_types;
    struct spnego_slice token = hint->u.neg_token_init2.mech_token;

    if (hint->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT) {
        list = hint->u.neg_token_init.mech_types; /* nothing but the role tells them apart */
        token = hint->u.neg_token_init.mech_token;
    }
    keep_greeting(ctx, &list, token);
    spnego_ctx_reset_order(ctx);
    if (ctx->config.hint_policy == SPNEGO_HINT_DROP)
        event.followed = drop_unlisted(ctx, &list);
    else if (ctx->config.hint_policy == SPNEGO_HINT_ORDER)
        event.followed = put_favourite_first(ctx, &list);
    event.mech = spnego_offer_oid(ctx, ctx->order[0]);
    event.token = hint;
    spnego_ctx_tell(ctx, &event);
}

enum spnego_status
spnego_ctx_take_hint(struct spnego_ctx *ctx, struct spnego_slice token)
{
    struct spnego_negotiation_token hint;
    unsigned tolerated = ctx->tolerated;
    enum spnego_status status;

    if (ctx->busy || ctx->config.role != SPNEGO_INITIATOR || ctx->state != SPNEGO_STATE_START ||
        ctx->in.len > 0)
        return SPNEGO_E_STATE;
    if (token.len == 0)
        status = spnego_ctx_refuse(ctx, NULL, SPN5004_EMPTY_TOKEN, token);
    else
        status = spnego_ctx_decode(ctx, &hint, token);
    if (status == SPNEGO_OK && hint.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        status = spnego_ctx_refuse(ctx, NULL, SPN5003_EARLY_REPLY, token);
    if (status == SPNEGO_OK) {
        spnego_hint_follow(ctx, &hint, token);
    } else {
        spnego_ctx_tell_finding(ctx, &ctx->failure, spnego_no_octets());
        ctx->tolerated = tolerated;
        ctx->failure.code = 0; /* nothing has failed: one can begin without a hint */
    }
    return status;
}
