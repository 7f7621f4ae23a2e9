/* negoex_trace.c: what happens in a NegoEx conversation, in words. */
#include "finding.h"
#include "spnego/negoex_mech.h"

static const struct negoex_guid *
scheme_of(const struct negoex_message *message)
{
    switch (message->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        return &message->u.verify_message.auth_scheme;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        return &message->u.alert_message.auth_scheme;
    default:
        return &message->u.exchange_message.auth_scheme;
    }
}

static void
put_schemes(struct spnego_text *text, const struct negoex_guid_vector *schemes)
{
    struct negoex_guid scheme;
    size_t i;

    for (i = 0; negoex_guid_vector_at(&scheme, schemes, i); i++) {
        spnego_text_words(text, i == 0 ? ": " : ", ");
        spnego_text_scheme(text, &scheme);
    }
}

/* "#7 CHALLENGE, 75 octets: SAnon-X25519". */
static void
put_message(struct spnego_text *text, const struct negoex_message *message)
{
    spnego_text_words(text, "#");
    spnego_text_number(text, message->header.sequence_num);
    spnego_text_words(text, " ");
    spnego_text_message(text, message);
    spnego_text_words(text, ", ");
    spnego_text_number(text, message->raw.len);
    spnego_text_words(text, " octets");
    if (message->header.message_type <= NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO) {
        put_schemes(text, &message->u.nego_message.auth_schemes);
    } else {
        spnego_text_words(text, ": ");
        spnego_text_scheme(text, scheme_of(message));
    }
}

static void
put_finding(struct spnego_text *text, const struct negoex_event *event)
{
    spnego_text_words(text, event->words);
    spnego_text_words(text, " [SPN");
    spnego_text_number(text, event->finding->code);
    spnego_text_words(text, "]");
}

size_t
negoex_event_format(char *out, size_t cap, const struct negoex_event *event)
{
    static const char *const words[] = {[NEGOEX_EVENT_RECEIVED] = "received ",
                                        [NEGOEX_EVENT_SENT] = "sent ",
                                        [NEGOEX_EVENT_DROPPED] = "dropped: ",
                                        [NEGOEX_EVENT_ANEW] = "begins anew: ",
                                        [NEGOEX_EVENT_SELECTED] = "chosen: ",
                                        [NEGOEX_EVENT_FINISHED] = "finished: ",
                                        [NEGOEX_EVENT_FITS] = "fits: ",
                                        [NEGOEX_EVENT_FINDING] = "",
                                        [NEGOEX_EVENT_COMPLETE] = "complete, with ",
                                        [NEGOEX_EVENT_FAILED] = "failed"};
    struct spnego_text text = {out, cap, 0};

    spnego_text_words(&text, words[event->kind]);
    if (event->message != NULL)
        put_message(&text, event->message);
    else if (event->scheme != NULL)
        spnego_text_scheme(&text, event->scheme);
    if (event->kind == NEGOEX_EVENT_FAILED && event->words != NULL)
        spnego_text_words(&text, ": ");
    if (event->words != NULL)
        put_finding(&text, event);
    return spnego_text_end(&text);
}
