/* trace.c: a negotiation in words: its events, and why it failed. */
#include "context.h"
#include "finding.h"

#include <string.h>

static void
put_octets(struct spnego_text *text, const char *name, bool has, struct spnego_slice octets)
{
    if (!has)
        return;
    spnego_text_words(text, ", ");
    spnego_text_words(text, name);
    spnego_text_words(text, " of ");
    spnego_text_number(text, octets.len);
}

static void
put_init(struct spnego_text *text, const struct spnego_neg_token_init *init)
{
    spnego_text_words(text, ": ");
    spnego_text_mechs(text, &init->mech_types);
    put_octets(text, "mechToken", init->has_mech_token, init->mech_token);
    put_octets(text, "mechListMIC", init->has_mech_list_mic, init->mech_list_mic);
}

static void
put_init2(struct spnego_text *text, const struct spnego_neg_token_init2 *init2)
{
    spnego_text_words(text, ": ");
    spnego_text_mechs(text, &init2->mech_types);
    put_octets(text, "mechToken", init2->has_mech_token, init2->mech_token);
    if (init2->has_neg_hints)
        spnego_text_words(text, ", negHints");
}

static void
put_resp(struct spnego_text *text, const struct spnego_neg_token_resp *resp)
{
    static const char *const states[] = {"accept-completed", "accept-incomplete", "reject",
                                         "request-mic"};

    spnego_text_words(text, ": ");
    spnego_text_words(text, resp->has_neg_state ? states[resp->neg_state] : "no negState");
    if (resp->has_supported_mech) {
        spnego_text_words(text, ", ");
        spnego_text_mech(text, resp->supported_mech);
    }
    put_octets(text, "responseToken", resp->has_response_token, resp->response_token);
    put_octets(text, "mechListMIC", resp->has_mech_list_mic, resp->mech_list_mic);
}

static const char *
kind_name(const struct spnego_event *event)
{
    static const char *const kinds[] = {"NegTokenInit", "NegTokenResp", "NegTokenInit2"};

    if (event->token != NULL)
        return kinds[event->token->kind];
    return event->status < 0 ? "what cannot be read" : "a token without SPNEGO";
}

/* "NegTokenResp, 9 octets: accept-completed". */
static void
put_token(struct spnego_text *text, const struct spnego_event *event)
{
    spnego_text_words(text, kind_name(event));
    spnego_text_words(text, ", ");
    spnego_text_number(text, event->octets.len);
    spnego_text_words(text, " octets");
    if (event->token == NULL)
        return;
    switch (event->token->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        put_init(text, &event->token->u.neg_token_init);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        put_resp(text, &event->token->u.neg_token_resp);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        put_init2(text, &event->token->u.neg_token_init2);
        break;
    }
}

static void
put_why(struct spnego_text *text, const char *why)
{
    if (why == NULL || *why == '\0')
        return;
    spnego_text_words(text, ": ");
    spnego_text_words(text, why);
}

static void
put_finding(struct spnego_text *text, const struct spnego_event *event)
{
    struct spnego_subject subject = {event->mech, event->mech_types, NULL, NULL};

    spnego_finding_put(text, event->finding, &subject);
    put_why(text, event->why);
    spnego_text_words(text, " [SPN");
    spnego_text_number(text, event->finding->code);
    spnego_text_words(text, "]");
}

static void
put_hint(struct spnego_text *text, const struct spnego_event *event)
{
    spnego_text_words(text, event->followed ? "hint followed, first is "
                                            : "hint not followed, first is ");
    spnego_text_mech(text, event->mech);
}

static void
put_selected(struct spnego_text *text, const struct spnego_event *event)
{
    spnego_text_words(text, "chosen: ");
    spnego_text_mech(text, event->mech);
    spnego_text_words(text,
                      event->first_choice ? ", the first choice" : ", not the first choice");
}

static void
put_fragment(struct spnego_text *text, const struct spnego_event *event)
{
    spnego_text_words(text, "fragment of ");
    spnego_text_number(text, event->octets.len);
    spnego_text_words(text, " octets, of ");
    spnego_text_number(text, event->want);
}

static void
put_failed(struct spnego_text *text, const struct spnego_event *event)
{
    spnego_text_words(text, "failed: ");
    if (event->finding != NULL)
        put_finding(text, event);
    else
        spnego_text_words(text, spnego_status_name(event->status));
}

static void
put_words(struct spnego_text *text, const char *words, const struct spnego_event *event)
{
    spnego_text_words(text, words);
    spnego_text_mech(text, event->mech);
}

size_t
spnego_event_format(char *out, size_t cap, const struct spnego_event *event)
{
    struct spnego_text text = {out, cap, 0};

    switch (event->kind) {
    case SPNEGO_EVENT_RECEIVED:
        spnego_text_words(&text, "received ");
        put_token(&text, event);
        break;
    case SPNEGO_EVENT_SENT:
        spnego_text_words(&text, "sent ");
        put_token(&text, event);
        break;
    case SPNEGO_EVENT_FRAGMENT:
        put_fragment(&text, event);
        break;
    case SPNEGO_EVENT_HINT:
        put_hint(&text, event);
        break;
    case SPNEGO_EVENT_DROPPED:
        put_words(&text, "not offered, it does not start: ", event);
        break;
    case SPNEGO_EVENT_SELECTED:
        put_selected(&text, event);
        break;
    case SPNEGO_EVENT_FINISHED:
        put_words(&text, "finished: ", event);
        break;
    case SPNEGO_EVENT_MIC_MADE:
        spnego_text_words(&text, "mechListMIC made");
        break;
    case SPNEGO_EVENT_MIC_FITS:
        spnego_text_words(&text, "mechListMIC fits");
        break;
    case SPNEGO_EVENT_FINDING:
        put_finding(&text, event);
        break;
    case SPNEGO_EVENT_COMPLETE:
        put_words(&text, "complete, with ", event);
        break;
    case SPNEGO_EVENT_FAILED:
        put_failed(&text, event);
        break;
    }
    return spnego_text_end(&text);
}

size_t
spnego_ctx_reason(const struct spnego_ctx *ctx, char *out, size_t cap)
{
    struct spnego_text text = {out, cap, 0};
    struct spnego_subject subject = {spnego_buf_octets(&ctx->failure_mech),
                                     spnego_ctx_mech_types(ctx), NULL, NULL};

    if (ctx->state != SPNEGO_STATE_FAILED)
        return spnego_text_end(&text);
    if (ctx->failure.code == 0) {
        spnego_text_words(&text, spnego_status_name(ctx->result));
        return spnego_text_end(&text);
    }
    if (ctx->failure_place[0] != '\0') {
        spnego_text_words(&text, ctx->failure_place);
        spnego_text_words(&text, ": ");
    }
    spnego_finding_put(&text, &ctx->failure, &subject);
    put_why(&text, ctx->failure_why);
    return spnego_text_end(&text);
}
