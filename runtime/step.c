/* step.c: one leg of a negotiation, spnego_ctx_step.
 *
 * A token is put together, decoded, and handed to the action that the role's
 * machine has for it in this state; the reply is encoded and, if need be, cut. */
#include "context.h"
#include "spnego/codec.h"
#include "spnego/names.h"

#include <string.h>

/* Is what is no SPNEGO a mechanism's token?  NTLM says its name, others stand in a
 * frame of their own. */
static bool
looks_naked(const struct spnego_ctx *ctx, struct spnego_slice in)
{
    static const char ntlmssp[8] = "NTLMSSP";
    struct spnego_slice oid, inner;

    if (ctx->config.role != SPNEGO_ACCEPTOR || ctx->state != SPNEGO_STATE_START)
        return false;
    if (in.len >= sizeof(ntlmssp) && memcmp(in.ptr, ntlmssp, sizeof(ntlmssp)) == 0)
        return true;
    return spnego_frame_decode(&oid, &inner, in, &spnego_lenient_opts) == SPNEGO_OK &&
           !spnego_octets_equal(oid, spnego_mech_oid(SPNEGO_MECH_SPNEGO));
}

static enum spnego_input
input_of_resp(const struct spnego_neg_token_resp *resp)
{
    static const enum spnego_input inputs[] = {SPNEGO_IN_COMPLETED, SPNEGO_IN_INCOMPLETE,
                                               SPNEGO_IN_REJECT, SPNEGO_IN_REQUEST_MIC};

    return resp->has_neg_state ? inputs[resp->neg_state] : SPNEGO_IN_NO_STATE;
}

static const struct spnego_negotiation_token *
sort_token(struct spnego_leg *leg)
{
    const struct spnego_neg_token_init *init = &leg->received.u.neg_token_init;

    switch (leg->received.kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        leg->input = SPNEGO_IN_INIT;
        leg->has_mic = init->has_mech_list_mic;
        leg->mic = init->mech_list_mic;
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        leg->input = SPNEGO_IN_INIT2;
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        leg->resp = &leg->received.u.neg_token_resp;
        leg->input = input_of_resp(leg->resp);
        leg->has_mic = leg->resp->has_mech_list_mic;
        leg->mic = leg->resp->mech_list_mic;
        break;
    }
    return &leg->received;
}

/* Reads the leg's token.  SPNEGO_CONTINUE: it is the first piece of one. */
static enum spnego_status
read_token(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    struct spnego_event event = spnego_ctx_event(ctx, SPNEGO_EVENT_RECEIVED, leg->in);
    bool naked = ctx->state == SPNEGO_STATE_NAKED;

    if (leg->in.len == 0) {
        leg->input = SPNEGO_IN_EMPTY;
        return SPNEGO_OK;
    }
    event.status = naked ? SPNEGO_OK : spnego_ctx_decode(ctx, &leg->received, leg->in);
    if (spnego_fragment_is_first(ctx, event.status))
        return spnego_fragment_keep(ctx, leg->in);
    if (event.status != SPNEGO_OK && looks_naked(ctx, leg->in)) {
        naked = true;
        event.status = SPNEGO_OK;
        ctx->failure.code = 0;
    }
    ctx->tokens_in++;
    ctx->octets_in += leg->in.len;
    if (naked)
        leg->input = SPNEGO_IN_NAKED;
    else if (event.status == SPNEGO_OK)
        event.token = sort_token(leg);
    spnego_ctx_tell(ctx, &event);
    return event.status;
}

static enum spnego_status
act(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    const spnego_machine *machine = ctx->config.role == SPNEGO_INITIATOR
                                        ? &spnego_initiator_machine
                                        : &spnego_acceptor_machine;
    const struct spnego_cell *cell = &(*machine)[ctx->state][leg->input];

    if (cell->action != NULL)
        return cell->action(ctx, leg);
    return spnego_ctx_refuse(ctx, leg, cell->refusal, leg->in);
}

/* A failure is told to the peer, with the mechanism's own words if that is what
 * failed; but not to one that said reject, that is done, or that never heard of
 * this negotiation.  RFC 4178 4.2.2. */
static void
reject(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    struct spnego_neg_token_resp *resp = &leg->reply.u.neg_token_resp;
    bool initiator = ctx->config.role == SPNEGO_INITIATOR;
    bool deaf =
        leg->input == SPNEGO_IN_REJECT ||
        (initiator && (ctx->state == SPNEGO_STATE_START || leg->input == SPNEGO_IN_COMPLETED));

    memset(&leg->reply, 0, sizeof(leg->reply));
    leg->reply.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
    leg->has_reply = !deaf && !ctx->naked;
    resp->has_neg_state = true;
    resp->neg_state = SPNEGO_NEG_STATE_REJECT;
    spnego_buf_clear(&leg->mic_made);
    if (!leg->mech_failed)
        spnego_buf_clear(&leg->mech_token);
}

/* Puts the mechanism's token and the MIC into the reply. */
static void
fill_reply(struct spnego_leg *leg)
{
    struct spnego_neg_token_init *init = &leg->reply.u.neg_token_init;
    struct spnego_neg_token_init2 *init2 = &leg->reply.u.neg_token_init2;
    struct spnego_neg_token_resp *resp = &leg->reply.u.neg_token_resp;

    if (leg->reply.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT) {
        init->has_mech_token = leg->mech_token.len > 0;
        init->mech_token = spnego_buf_octets(&leg->mech_token);
        init->has_mech_list_mic = leg->mic_made.len > 0;
        init->mech_list_mic = spnego_buf_octets(&leg->mic_made);
    } else if (leg->reply.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2) {
        init2->has_mech_token = leg->mech_token.len > 0;
        init2->mech_token = spnego_buf_octets(&leg->mech_token);
    } else {
        resp->has_response_token = leg->mech_token.len > 0;
        resp->response_token = spnego_buf_octets(&leg->mech_token);
        resp->has_mech_list_mic = leg->mic_made.len > 0;
        resp->mech_list_mic = spnego_buf_octets(&leg->mic_made);
    }
}

static enum spnego_status
write_reply(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    enum spnego_status status = SPNEGO_OK;
    struct spnego_event event;

    fill_reply(leg);
    if (leg->has_reply)
        status = spnego_token_encode(&ctx->out, &leg->reply);
    else if (ctx->naked && leg->mech_token.len > 0)
        status = spnego_buf_append(&ctx->out, leg->mech_token.ptr, leg->mech_token.len);
    if (status != SPNEGO_OK || ctx->out.len == 0)
        return status;
    ctx->tokens_out++;
    ctx->octets_out += ctx->out.len;
    event = spnego_ctx_event(ctx, SPNEGO_EVENT_SENT, spnego_buf_octets(&ctx->out));
    event.token = leg->has_reply ? &leg->reply : NULL;
    spnego_ctx_tell(ctx, &event);
    return SPNEGO_OK;
}

/* Notes how the leg ended, and tells it if that was the end. */
static void
close_leg(struct spnego_ctx *ctx, enum spnego_status status)
{
    struct spnego_event event;

    ctx->result = status;
    ctx->out_status = status;
    if (status == SPNEGO_CONTINUE)
        return;
    if (status == SPNEGO_OK && ctx->selected >= 0 && !ctx->first_choice && !ctx->mic_verified)
        spnego_ctx_remark(ctx, SPN5035_UNPROTECTED_CHOICE, ctx->mech_oid);
    ctx->state = status == SPNEGO_OK ? SPNEGO_STATE_DONE : SPNEGO_STATE_FAILED;
    event =
        spnego_ctx_event(ctx, status == SPNEGO_OK ? SPNEGO_EVENT_COMPLETE : SPNEGO_EVENT_FAILED,
                         spnego_no_octets());
    event.finding = status == SPNEGO_OK || ctx->failure.code == 0 ? NULL : &ctx->failure;
    if (event.finding != NULL)
        event.mech = spnego_buf_octets(&ctx->failure_mech);
    event.mech_types = spnego_ctx_mech_types(ctx);
    event.why = ctx->failure_why[0] != '\0' ? ctx->failure_why : NULL;
    spnego_ctx_tell(ctx, &event);
}

/* An initiator's first leg takes no token. */
static bool
begins(const struct spnego_ctx *ctx, struct spnego_slice in)
{
    return ctx->config.role == SPNEGO_INITIATOR && ctx->state == SPNEGO_STATE_START &&
           in.len == 0;
}

/* Counts the leg and makes its token whole.  SPNEGO_CONTINUE: pieces are missing. */
static enum spnego_status
open_leg(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    size_t max_len = ctx->config.max_len;
    uint32_t max_legs = ctx->config.max_legs;
    enum spnego_status status;

    if (spnego_fragment_pending(ctx))
        return spnego_ctx_refuse(ctx, leg, SPN5033_FRAGMENT_UNANSWERED, leg->in);
    if (ctx->in.len == 0 && !begins(ctx, leg->in) && ++ctx->legs > max_legs)
        return spnego_ctx_limit(ctx, SPN5031_MAX_LEGS, ctx->legs, max_legs);
    status = spnego_fragment_join(ctx, &leg->in);
    if (status != SPNEGO_OK)
        return status;
    if (leg->in.len > max_len)
        return spnego_ctx_limit(ctx, SPN1026_MAX_LEN, leg->in.len, max_len);
    return read_token(ctx, leg);
}

static enum spnego_status
take_leg(struct spnego_ctx *ctx, struct spnego_leg *leg)
{
    enum spnego_status status = open_leg(ctx, leg), written;

    if (status == SPNEGO_CONTINUE)
        return status;
    if (status == SPNEGO_OK)
        status = act(ctx, leg);
    spnego_buf_clear(&ctx->in);
    ctx->out.len = 0;
    ctx->out_off = 0;
    if (status < 0)
        reject(ctx, leg);
    written = write_reply(ctx, leg);
    return written == SPNEGO_OK ? status : written;
}

enum spnego_status
spnego_ctx_step(struct spnego_ctx *ctx, struct spnego_slice *out, struct spnego_slice in)
{
    struct spnego_leg leg;

    *out = spnego_no_octets();
    if (ctx->busy)
        return SPNEGO_E_STATE;
    if (spnego_fragment_pending(ctx) && in.len == 0)
        return spnego_fragment_next(ctx, out);
    if (ctx->state > SPNEGO_STATES && !spnego_fragment_pending(ctx))
        return SPNEGO_E_STATE;
    if (ctx->state == SPNEGO_STATE_FAILED) {
        ctx->out_off = ctx->out.len; /* nobody asks for the rest of our reject */
        return ctx->result;
    }
    memset(&leg, 0, sizeof(leg));
    leg.in = in;
    leg.mech_token.alloc = ctx->config.alloc;
    leg.mic_made.alloc = ctx->config.alloc;
    leg.hint_list.alloc = ctx->config.alloc;
    ctx->busy = true;
    close_leg(ctx, take_leg(ctx, &leg));
    ctx->busy = false;
    spnego_buf_clear(&leg.mech_token);
    spnego_buf_clear(&leg.mic_made);
    spnego_buf_clear(&leg.hint_list);
    return spnego_fragment_next(ctx, out);
}
