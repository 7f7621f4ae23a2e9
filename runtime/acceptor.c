/* acceptor.c: the side that chooses.
 *
 *     initiator                                     acceptor
 *         |-- (nothing) - - - - - - - - - - - - - - -->| START
 *         |<- NegTokenInit2: mechTypes, negHints - - - |   a hint, if it is asked for
 *         |                                            |
 *         |-- NegTokenInit: mechTypes, mechToken ----->| START
 *         |<- NegTokenResp: negState, supportedMech ---|   request-mic unless it is the first
 *         |       responseToken if it is the first     |   choice of both
 *         |-- NegTokenResp: responseToken ------------>| MECH
 *         |<- NegTokenResp: the last one, MIC ---------|
 *         |-- accept-completed, MIC ------------------>| MIC
 *         |                                            | DONE
 *
 * The MIC exchange is shown for a mechanism whose last token is the acceptor's.
 * When it is the initiator's, its MIC comes with it, and ours is the last word. */
#include "context.h"
#include "spnego/codec.h"
#include "spnego/names.h"

#include <string.h>

/* What Windows and all others write there.  [MS-SPNG] 2.2.1. */
static const char hint_name[] = "not_defined_in_RFC4178@please_ignore";

/* START, no token: say what is here, and go on waiting. */
static enum spnego_status
give_hint(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    struct spnego_neg_token_init2 *init2 = &leg->reply.u.neg_token_init2;
    enum spnego_status status = spnego_ctx_list_offers(ctx, &leg->hint_list);

    if (status == SPNEGO_OK)
        status = spnego_mech_greet(ctx, leg);
    if (status != SPNEGO_OK)
        return status;
    leg->has_reply = true;
    leg->reply.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2;
    init2->has_mech_types = true;
    init2->mech_types.der = spnego_buf_octets(&leg->hint_list);
    init2->mech_types.count = ctx->order_count;
    init2->has_neg_hints = !ctx->config.no_hints;
    init2->neg_hints.has_hint_name = true;
    init2->neg_hints.hint_name.ptr = (const uint8_t *)hint_name;
    init2->neg_hints.hint_name.len = sizeof(hint_name) - 1;
    return SPNEGO_CONTINUE;
}

static bool
is_offered(const struct spnego_ctx *ctx, struct spnego_slice oid)
{
    size_t offer;

    for (offer = 0; offer < ctx->config.num_offers; offer++)
        if (spnego_octets_equal(spnego_offer_oid(ctx, offer), oid))
            return true;
    return false;
}

/* T13: is `offered` the other number of Kerberos, and not ours as it stands? */
static bool
is_alias_here(const struct spnego_ctx *ctx, size_t offer, struct spnego_slice offered)
{
    return (ctx->config.tolerate & SPNEGO_TOLERATE_ALIAS_OFFERED) != 0 &&
           spnego_oid_is_alias(spnego_offer_oid(ctx, offer), offered) &&
           !is_offered(ctx, offered);
}

/* Creates the mechanism of `offer` for what stands at `place` of the list, if that
 * is what it is.  SPNEGO_E_NO_MECH: it is something else, or not available. */
static enum spnego_status
try_offer(struct spnego_ctx *ctx, struct spnego_leg *leg, size_t offer, size_t place,
          struct spnego_slice offered)
{
    bool alias = is_alias_here(ctx, offer, offered);
    enum spnego_status status;

    if (!alias && !spnego_octets_equal(spnego_offer_oid(ctx, offer), offered))
        return SPNEGO_E_NO_MECH;
    status = spnego_mech_create(ctx, offer);
    if (status != SPNEGO_OK)
        return status == SPNEGO_E_MEMORY ? status : SPNEGO_E_NO_MECH;
    spnego_greeter_drop(ctx); /* unless it is what was chosen, nobody will ask for it */
    if (alias)
        (void)spnego_ctx_tolerate(ctx, leg, SPN5037_ALIAS_OFFERED, spnego_no_octets(), offered);
    ctx->mech_oid = offered; /* the reply echoes it.  [MS-SPNG] 3.2.5 */
    ctx->first_choice = place == 0;
    if (place != 0 || (ctx->config.choice == SPNEGO_CHOOSE_OWN_ORDER && offer != 0))
        ctx->mic_required = true;
    return SPNEGO_OK;
}

/* What stands at `place`: which of our offers can do it? */
static enum spnego_status
choose_for(struct spnego_ctx *ctx, struct spnego_leg *leg, size_t place,
           struct spnego_slice offered)
{
    enum spnego_status status = SPNEGO_E_NO_MECH;
    size_t offer;

    for (offer = 0; offer < ctx->config.num_offers && status == SPNEGO_E_NO_MECH; offer++)
        status = try_offer(ctx, leg, offer, place, offered);
    return status;
}

static enum spnego_status
choose_in_their_order(struct spnego_ctx *ctx, struct spnego_leg *leg,
                      const struct spnego_mech_type_list *list)
{
    enum spnego_status status = SPNEGO_E_NO_MECH;
    struct spnego_slice offered;
    size_t pos = 0, place = 0;

    while (status == SPNEGO_E_NO_MECH && spnego_mech_type_list_next(&offered, &pos, list))
        status = choose_for(ctx, leg, place++, offered);
    return status;
}

/* Where does `offer` stand in the list? */
static enum spnego_status
look_for(struct spnego_ctx *ctx, struct spnego_leg *leg, size_t offer,
         const struct spnego_mech_type_list *list)
{
    enum spnego_status status = SPNEGO_E_NO_MECH;
    struct spnego_slice offered;
    size_t pos = 0, place = 0;

    while (status == SPNEGO_E_NO_MECH && spnego_mech_type_list_next(&offered, &pos, list))
        status = try_offer(ctx, leg, offer, place++, offered);
    return status;
}

static enum spnego_status
choose_in_own_order(struct spnego_ctx *ctx, struct spnego_leg *leg,
                    const struct spnego_mech_type_list *list)
{
    enum spnego_status status = SPNEGO_E_NO_MECH;
    size_t offer;

    for (offer = 0; offer < ctx->config.num_offers && status == SPNEGO_E_NO_MECH; offer++)
        status = look_for(ctx, leg, offer, list);
    return status;
}

/* What a mechToken is framed for must be what was offered first; some stand in
 * no frame.  T12: it may be framed for the other number of Kerberos. */
static enum spnego_status
check_frame(struct spnego_ctx *ctx, struct spnego_leg *leg, struct spnego_slice token)
{
    struct spnego_slice framed, inner;

    if (spnego_frame_decode(&framed, &inner, token, &spnego_lenient_opts) != SPNEGO_OK ||
        spnego_octets_equal(framed, ctx->mech_oid))
        return SPNEGO_OK;
    if (spnego_oid_is_alias(framed, ctx->mech_oid))
        return spnego_ctx_tolerate(ctx, leg, SPN5006_ALIAS_INSIDE, framed, ctx->mech_oid);
    return spnego_ctx_refuse(ctx, leg, SPN5006_ALIAS_INSIDE, framed);
}

/* The optimistic token, and a MIC beside it, are the first choice's alone. */
static enum spnego_status
take_optimistic_token(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const struct spnego_neg_token_init *init = &leg->received.u.neg_token_init;
    enum spnego_status status;

    if (!ctx->first_choice)
        leg->has_mic = false;
    if (!ctx->first_choice || !init->has_mech_token || init->mech_token.len == 0)
        return SPNEGO_OK;
    status = check_frame(ctx, leg, init->mech_token);
    return status == SPNEGO_OK ? spnego_mech_feed(ctx, leg, true, init->mech_token) : status;
}

/* What is said when the leg's token was taken, and how it goes on. */
static enum spnego_status
answer(struct spnego_ctx *ctx, struct spnego_leg *leg, enum spnego_status settled)
{
    struct spnego_neg_token_resp *resp = &leg->reply.u.neg_token_resp;
    bool first = ctx->state == SPNEGO_STATE_START, done = settled == SPNEGO_OK;

    if (settled < 0)
        return settled;
    /* After a MIC exchange that we began, the peer's MIC is the last word. */
    leg->has_reply = !(done && ctx->state == SPNEGO_STATE_MIC);
    leg->reply.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
    resp->has_neg_state = true;
    resp->neg_state = done                         ? SPNEGO_NEG_STATE_ACCEPT_COMPLETED
                      : first && ctx->mic_required ? SPNEGO_NEG_STATE_REQUEST_MIC
                                                   : SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE;
    resp->has_supported_mech = first;
    resp->supported_mech = ctx->mech_oid;
    ctx->state = done                 ? SPNEGO_STATE_DONE
                 : ctx->mech_finished ? SPNEGO_STATE_MIC
                                      : SPNEGO_STATE_MECH;
    return done ? SPNEGO_OK : SPNEGO_CONTINUE;
}

/* START: the initiator's list. */
static enum spnego_status
choose(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    enum spnego_status status =
        spnego_ctx_keep_mech_types(ctx, &leg->received.u.neg_token_init.mech_types);
    struct spnego_mech_type_list list = spnego_ctx_mech_types(ctx);
    struct spnego_event event;

    if (status != SPNEGO_OK)
        return status;
    status = ctx->config.choice == SPNEGO_CHOOSE_OWN_ORDER
                 ? choose_in_own_order(ctx, leg, &list)
                 : choose_in_their_order(ctx, leg, &list);
    if (status == SPNEGO_E_NO_MECH)
        return spnego_ctx_fail(ctx, leg, status, SPN5027_NO_COMMON_MECH, leg->in,
                               spnego_no_octets());
    if (status != SPNEGO_OK)
        return status;
    event = spnego_ctx_event(ctx, SPNEGO_EVENT_SELECTED, spnego_no_octets());
    spnego_ctx_tell(ctx, &event);
    status = take_optimistic_token(ctx, leg);
    if (status != SPNEGO_OK)
        return status;
    leg->peer_speaks_next = true; /* RFC 4178 5 (c) IV */
    return answer(ctx, leg, spnego_mic_settle(ctx, leg));
}

/* MECH, MIC: the initiator's later tokens. */
static enum spnego_status
go_on(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const struct spnego_neg_token_resp *resp = leg->resp;
    enum spnego_status status;

    if (resp->has_supported_mech)
        return spnego_ctx_fail(ctx, leg, SPNEGO_E_MALFORMED, SPN5010_INITIATOR_CHOOSES,
                               resp->supported_mech, resp->supported_mech);
    status = spnego_mech_feed(ctx, leg, resp->has_response_token, resp->response_token);
    if (status == SPNEGO_OK && leg->input == SPNEGO_IN_COMPLETED && !ctx->mech_finished)
        spnego_ctx_remark(ctx, SPN5039_INITIATOR_COMPLETES, ctx->mech_oid);
    return status == SPNEGO_OK ? answer(ctx, leg, spnego_mic_settle(ctx, leg)) : status;
}

/* NAKED: the mechanism's tokens go through as they are. */
static enum spnego_status
pass_naked(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    enum spnego_status status = spnego_mech_step(ctx, leg, leg->in);

    if (status != SPNEGO_OK)
        return status;
    ctx->state = ctx->mech_finished ? SPNEGO_STATE_DONE : SPNEGO_STATE_NAKED;
    return ctx->mech_finished ? SPNEGO_OK : SPNEGO_CONTINUE;
}

/* Whose token it is: NTLM begins with its name, others say so in their frame. */
static struct spnego_slice
naked_mech(struct spnego_slice in)
{
    struct spnego_slice oid, inner;

    if (spnego_frame_decode(&oid, &inner, in, &spnego_lenient_opts) == SPNEGO_OK)
        return oid;
    return spnego_mech_oid(SPNEGO_MECH_NTLMSSP);
}

/* START: a token of a mechanism.  Windows sends NTLM and Kerberos like this.  No
 * MIC will protect the choice, since there is none. */
static enum spnego_status
begin_naked(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    struct spnego_slice oid = naked_mech(leg->in);
    enum spnego_status status = spnego_ctx_tolerate(ctx, leg, SPN5032_NAKED_MECH, leg->in, oid);

    if (status != SPNEGO_OK)
        return SPNEGO_E_UNSUPPORTED;
    ctx->naked = true;
    if (ctx->config.require_mic)
        return spnego_ctx_fail(ctx, leg, SPNEGO_E_INTEGRITY, SPN5036_INTEGRITY_MISSING, leg->in,
                               oid);
    status = choose_for(ctx, leg, 0, oid);
    if (status == SPNEGO_E_NO_MECH)
        return spnego_ctx_fail(ctx, leg, status, SPN5038_NAKED_UNKNOWN, leg->in, oid);
    if (status != SPNEGO_OK)
        return status;
    ctx->mech_oid = spnego_offer_oid(ctx, (size_t)ctx->selected);
    return pass_naked(ctx, leg);
}

/* The later tokens are taken alike, whether the mechanism is finished or not. */
#define GOES_ON                                                                                \
    SPNEGO_NEVER, [SPNEGO_IN_COMPLETED] = SPNEGO_DO(go_on),                                    \
                  [SPNEGO_IN_INCOMPLETE] = SPNEGO_DO(go_on),                                   \
                  [SPNEGO_IN_REJECT] = SPNEGO_DO(spnego_mech_rejected),                        \
                  [SPNEGO_IN_REQUEST_MIC] = SPNEGO_NO(SPN5012_INITIATOR_REQUEST_MIC),          \
                  [SPNEGO_IN_NO_STATE] = SPNEGO_DO(go_on)

const spnego_machine spnego_acceptor_machine = {
    [SPNEGO_STATE_START] =
        {
            [SPNEGO_IN_EMPTY] = SPNEGO_DO(give_hint),
            [SPNEGO_IN_INIT] = SPNEGO_DO(choose),
            [SPNEGO_IN_INIT2] = SPNEGO_NO(SPN5001_INIT_EXPECTED),
            [SPNEGO_IN_COMPLETED] = SPNEGO_NO(SPN5001_INIT_EXPECTED),
            [SPNEGO_IN_INCOMPLETE] = SPNEGO_NO(SPN5001_INIT_EXPECTED),
            [SPNEGO_IN_REJECT] = SPNEGO_NO(SPN5001_INIT_EXPECTED),
            [SPNEGO_IN_REQUEST_MIC] = SPNEGO_NO(SPN5001_INIT_EXPECTED),
            [SPNEGO_IN_NO_STATE] = SPNEGO_NO(SPN5001_INIT_EXPECTED),
            [SPNEGO_IN_NAKED] = SPNEGO_DO(begin_naked),
        },
    [SPNEGO_STATE_MECH] = {GOES_ON},
    [SPNEGO_STATE_MIC] = {GOES_ON},
    [SPNEGO_STATE_NAKED] =
        {
            [SPNEGO_IN_EMPTY] = SPNEGO_NO(SPN5004_EMPTY_TOKEN),
            [SPNEGO_IN_NAKED] = SPNEGO_DO(pass_naked),
        },
};
