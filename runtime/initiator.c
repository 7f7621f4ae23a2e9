/* initiator.c: the side that offers.
 *
 *     initiator                                     acceptor
 *         |<- - - NegTokenInit2: a hint, if any - - - -|
 *         |                                            |
 *   START |-- NegTokenInit: mechTypes, mechToken ----->|
 *  SELECT |<- NegTokenResp: negState, supportedMech ---|   or reject
 *         |       responseToken if it was the first    |
 *    MECH |-- NegTokenResp: responseToken ------------>|
 *         |<- NegTokenResp: responseToken -------------|
 *     MIC |-- NegTokenResp: the last one, MIC -------->|
 *         |<- accept-completed, MIC -------------------|
 *    DONE |                                            |
 *
 * The MIC exchange is shown for a mechanism whose last token is the initiator's.
 * When it is the acceptor's, its MIC comes with it, and ours is the last word. */
#include "context.h"
#include "spnego/names.h"

#include <string.h>

/* Takes the first offer out of the list.  If a hint has left nothing to begin with
 * that the caller would begin with, it is forgotten. */
static void
drop_first_offer(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    struct spnego_event event = spnego_ctx_event(ctx, SPNEGO_EVENT_DROPPED, spnego_no_octets());

    event.mech = spnego_offer_oid(ctx, ctx->order[0]);
    spnego_ctx_tell(ctx, &event);
    spnego_mech_drop(ctx);
    spnego_buf_clear(&leg->mech_token);
    ctx->failure.code = 0;
    ctx->unstartable |= (uint64_t)1 << ctx->order[0];
    ctx->order_count--;
    memmove(ctx->order, ctx->order + 1, ctx->order_count);
    if (ctx->hint_dropped && (ctx->order_count == 0 || ctx->order[0] >= ctx->config.hint_floor))
        spnego_ctx_reset_order(ctx);
}

/* Starts the first offer that can start; the others are not offered.  RFC 4178
 * 3.1 forbids to offer what cannot be had. */
static enum spnego_status
start_first_offer(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    size_t first = ctx->order[0];
    enum spnego_status status;

    while (ctx->order_count > 0) {
        status = spnego_mech_create(ctx, ctx->order[0]);
        if (status == SPNEGO_OK && !ctx->config.no_optimistic)
            status = spnego_mech_step(ctx, leg, spnego_no_octets());
        if (status == SPNEGO_OK && ctx->config.require_mic && ctx->mech_finished &&
            !spnego_mic_is_possible(ctx))
            status = SPNEGO_E_INTEGRITY;
        if (status == SPNEGO_OK || status == SPNEGO_E_MEMORY)
            return status;
        drop_first_offer(ctx, leg);
    }
    return spnego_ctx_fail(ctx, leg, SPNEGO_E_MECH, SPN5029_NO_MECH_STARTS, spnego_no_octets(),
                           spnego_offer_oid(ctx, first));
}

/* START, no token: offer. */
static enum spnego_status
begin(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    enum spnego_status status = start_first_offer(ctx, leg);

    if (status != SPNEGO_OK)
        return status;
    status = spnego_ctx_list_offers(ctx, &ctx->mech_types);
    if (status != SPNEGO_OK)
        return status;
    ctx->mech_types_count = ctx->order_count;
    ctx->failure_why[0] = '\0'; /* of one that could not start */
    leg->peer_speaks_next = true;
    status = spnego_mic_settle(ctx, leg);
    if (status < 0)
        return status;
    leg->has_reply = true;
    leg->reply.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
    leg->reply.u.neg_token_init.mech_types = spnego_ctx_mech_types(ctx);
    ctx->state = SPNEGO_STATE_SELECT;
    return SPNEGO_CONTINUE;
}

/* START, the acceptor spoke first: follow its hint as far as the policy goes. */
static enum spnego_status
take_hint(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    leg->has_mic = false;
    spnego_hint_follow(ctx, &leg->received, leg->in);
    return begin(ctx, leg);
}

/* T7: old Samba says 48018 whichever number of Kerberos was offered, and goes on
 * with the optimistic token. */
static bool
means_the_first(const struct spnego_ctx *ctx, const struct spnego_leg *leg)
{
    return (ctx->config.tolerate & SPNEGO_TOLERATE_ALIAS_CHOSEN) != 0 &&
           leg->input != SPNEGO_IN_REQUEST_MIC &&
           spnego_oid_is_alias(leg->resp->supported_mech, spnego_offer_oid(ctx, ctx->order[0]));
}

/* Finds in our list what the acceptor chose; without a choice it is the first. */
static enum spnego_status
find_choice(struct spnego_ctx *ctx, struct spnego_leg *leg, size_t *place)
{
    struct spnego_slice chosen = leg->resp->supported_mech;

    *place = 0;
    if (!leg->resp->has_supported_mech)
        return SPNEGO_OK;
    if (means_the_first(ctx, leg))
        return spnego_ctx_tolerate(ctx, leg, SPN5008_ALIAS_CHOSEN, chosen, chosen);
    for (; *place < ctx->order_count; ++*place)
        if (spnego_octets_equal(chosen, spnego_offer_oid(ctx, ctx->order[*place])))
            return SPNEGO_OK;
    for (*place = 0; *place < ctx->order_count; ++*place)
        if (spnego_oid_is_alias(chosen, spnego_offer_oid(ctx, ctx->order[*place])))
            return spnego_ctx_tolerate(ctx, leg, SPN5008_ALIAS_CHOSEN, chosen, chosen);
    return spnego_ctx_fail(ctx, leg, SPNEGO_E_MALFORMED, SPN5007_NOT_OFFERED, chosen, chosen);
}

/* T6: Windows 2003 falls to NTLM without a word.  It makes no MIC either. */
static enum spnego_status
check_request_mic(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    struct spnego_slice chosen = leg->resp->supported_mech;

    if (leg->input == SPNEGO_IN_REQUEST_MIC)
        return SPNEGO_OK;
    if (leg->input == SPNEGO_IN_INCOMPLETE &&
        spnego_octets_equal(chosen, spnego_mech_oid(SPNEGO_MECH_NTLMSSP)))
        return spnego_ctx_tolerate(ctx, leg, SPN5013_NO_REQUEST_MIC, leg->in, chosen);
    return spnego_ctx_fail(ctx, leg, SPNEGO_E_MALFORMED, SPN5013_NO_REQUEST_MIC, leg->in,
                           chosen);
}

/* The choice is not what was begun: begin what was chosen.  RFC 4178 3.2 (d). */
static enum spnego_status
reselect(struct spnego_ctx *ctx, struct spnego_leg *leg, size_t place)
{
    enum spnego_status status = check_request_mic(ctx, leg);

    if (status != SPNEGO_OK)
        return status;
    status = spnego_mech_create(ctx, ctx->order[place]);
    if (status == SPNEGO_OK || status == SPNEGO_E_MEMORY)
        return status;
    return spnego_ctx_fail(ctx, leg, SPNEGO_E_MECH, SPN5028_MECH_FAILED, spnego_no_octets(),
                           leg->resp->supported_mech);
}

/* What is said when the leg's token was taken, and how it goes on. */
static enum spnego_status
answer(struct spnego_ctx *ctx, struct spnego_leg *leg, enum spnego_status settled)
{
    bool done = settled == SPNEGO_OK && leg->mech_token.len == 0;

    if (settled < 0)
        return settled;
    leg->has_reply = !done || leg->mic_made.len > 0;
    leg->reply.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
    leg->reply.u.neg_token_resp.has_neg_state = true;
    leg->reply.u.neg_token_resp.neg_state =
        done ? SPNEGO_NEG_STATE_ACCEPT_COMPLETED : SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE;
    ctx->state = done                 ? SPNEGO_STATE_DONE
                 : ctx->mech_finished ? SPNEGO_STATE_MIC
                                      : SPNEGO_STATE_MECH;
    return done ? SPNEGO_OK : SPNEGO_CONTINUE;
}

/* The acceptor says that it waits, and the mechanism has nothing to say: all that
 * it can be waiting for is our MIC.  Azure and Apple do this. */
static enum spnego_status
offer_mic(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    bool waits = leg->input == SPNEGO_IN_INCOMPLETE && ctx->mech_finished &&
                 leg->mech_token.len == 0 && !leg->has_mic && !ctx->mic_required;

    if (!waits)
        return SPNEGO_OK;
    if (!spnego_mic_is_possible(ctx))
        return spnego_ctx_refuse(ctx, leg, SPN5034_NOTHING_LEFT, leg->in);
    ctx->mic_required = true;
    leg->peer_speaks_next = true;
    return SPNEGO_OK;
}

/* The acceptor has completed, and waits for nothing.  Some mechanisms can bear that. */
static enum spnego_status
end_with_peer(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    if ((ctx->mech_flags & SPNEGO_MECH_MAY_OMIT) != 0)
        spnego_buf_clear(&leg->mech_token);
    if (ctx->mech_finished || (ctx->mech_flags & SPNEGO_MECH_MAY_END) == 0 ||
        leg->mech_token.len > 0)
        return SPNEGO_OK;
    return spnego_mech_step(ctx, leg, spnego_no_octets());
}

static enum spnego_status
run_mech(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const struct spnego_neg_token_resp *resp = leg->resp;
    enum spnego_status status =
        spnego_mech_feed(ctx, leg, resp->has_response_token, resp->response_token);

    if (status != SPNEGO_OK)
        return status;
    if (leg->input == SPNEGO_IN_COMPLETED)
        status = end_with_peer(ctx, leg);
    if (status != SPNEGO_OK)
        return status;
    if (leg->input == SPNEGO_IN_COMPLETED && (!ctx->mech_finished || leg->mech_token.len > 0))
        return spnego_ctx_refuse(ctx, leg, SPN5018_EARLY_COMPLETION, leg->in);
    status = offer_mic(ctx, leg);
    if (status != SPNEGO_OK)
        return status;
    return answer(ctx, leg, spnego_mic_settle(ctx, leg));
}

/* SELECT: the acceptor's first reply. */
static enum spnego_status
choose(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const struct spnego_neg_token_resp *resp = leg->resp;
    enum spnego_status status = SPNEGO_OK;
    struct spnego_event event;
    size_t place;

    if (!resp->has_neg_state || !resp->has_supported_mech)
        status = spnego_ctx_tolerate(ctx, leg, SPN5005_NO_CHOICE, leg->in, ctx->mech_oid);
    if (status == SPNEGO_OK)
        status = find_choice(ctx, leg, &place);
    if (status == SPNEGO_OK && place != 0)
        status = reselect(ctx, leg, place);
    if (status != SPNEGO_OK)
        return status;
    ctx->first_choice = place == 0;
    if (leg->input == SPNEGO_IN_REQUEST_MIC)
        ctx->mic_required = true;
    event = spnego_ctx_event(ctx, SPNEGO_EVENT_SELECTED, spnego_no_octets());
    spnego_ctx_tell(ctx, &event);
    return run_mech(ctx, leg);
}

/* MECH, MIC: the replies after the first.  Under T8 a supportedMech in them is
 * ignored, whatever it names: [MS-SPNG] 3.3.5 says so, and the choice stands. */
static enum spnego_status
go_on(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    struct spnego_slice late = leg->resp->supported_mech;
    enum spnego_status status = SPNEGO_OK;

    if (leg->resp->has_supported_mech)
        status = spnego_ctx_tolerate(ctx, leg, SPN5009_LATE_CHOICE, late, late);
    return status == SPNEGO_OK ? run_mech(ctx, leg) : status;
}

/* The later replies are taken alike, whether the mechanism is finished or not. */
#define GOES_ON                                                                                \
    SPNEGO_NEVER, [SPNEGO_IN_COMPLETED] = SPNEGO_DO(go_on),                                    \
                  [SPNEGO_IN_INCOMPLETE] = SPNEGO_DO(go_on),                                   \
                  [SPNEGO_IN_REJECT] = SPNEGO_DO(spnego_mech_rejected),                        \
                  [SPNEGO_IN_REQUEST_MIC] = SPNEGO_NO(SPN5011_LATE_REQUEST_MIC),               \
                  [SPNEGO_IN_NO_STATE] = SPNEGO_DO(go_on)

const spnego_machine spnego_initiator_machine = {
    [SPNEGO_STATE_START] =
        {
            [SPNEGO_IN_EMPTY] = SPNEGO_DO(begin),
            [SPNEGO_IN_INIT] = SPNEGO_DO(take_hint),
            [SPNEGO_IN_INIT2] = SPNEGO_DO(take_hint),
            [SPNEGO_IN_COMPLETED] = SPNEGO_NO(SPN5003_EARLY_REPLY),
            [SPNEGO_IN_INCOMPLETE] = SPNEGO_NO(SPN5003_EARLY_REPLY),
            [SPNEGO_IN_REJECT] = SPNEGO_NO(SPN5003_EARLY_REPLY),
            [SPNEGO_IN_REQUEST_MIC] = SPNEGO_NO(SPN5003_EARLY_REPLY),
            [SPNEGO_IN_NO_STATE] = SPNEGO_NO(SPN5003_EARLY_REPLY),
        },
    [SPNEGO_STATE_SELECT] =
        {
            SPNEGO_NEVER,
            [SPNEGO_IN_COMPLETED] = SPNEGO_DO(choose),
            [SPNEGO_IN_INCOMPLETE] = SPNEGO_DO(choose),
            [SPNEGO_IN_REJECT] = SPNEGO_DO(spnego_mech_rejected),
            [SPNEGO_IN_REQUEST_MIC] = SPNEGO_DO(choose),
            [SPNEGO_IN_NO_STATE] = SPNEGO_DO(choose),
        },
    [SPNEGO_STATE_MECH] = {GOES_ON},
    [SPNEGO_STATE_MIC] = {GOES_ON},
};
