/* negoex_flight.c: the peer's token, taken apart.
 *
 * Every octet of it goes into the transcript; every message must have the next number
 * and the conversation's id.  What may come when is a table. */
#include "negoex_session.h"
#include "spnego/codec.h"

#include <string.h>

enum admission {
    NEVER,
    UNUSED, /* it may come, and nothing depends on it */
    MANY,
    ONCE,
    FIRST /* once, and it must be the first of the token */
};

/* [MS-NEGOEX] 2.2.6.1, 3.1.5.4 to 3.1.5.7.  The columns are MESSAGE_TYPE: the two NEGO, the
 * two META_DATA, CHALLENGE, AP_REQUEST, VERIFY, ALERT; initiators' and acceptors' in turn. */
static const uint8_t admissions[2][NEGOEX_PHASES][8] =
    {
        [SPNEGO_INITIATOR] =
            {
                [NEGOEX_START] = {NEVER, FIRST, NEVER, MANY, NEVER, NEVER, NEVER, NEVER},
                [NEGOEX_ANSWER] = {NEVER, FIRST, NEVER, MANY, ONCE, NEVER, ONCE, MANY},
                [NEGOEX_MECH] = {NEVER, NEVER, NEVER, UNUSED, ONCE, NEVER, ONCE, MANY},
            },
        [SPNEGO_ACCEPTOR] =
            {
                [NEGOEX_START] = {FIRST, NEVER, MANY, NEVER, NEVER, ONCE, ONCE, MANY},
                [NEGOEX_GREETED] = {FIRST, NEVER, MANY, NEVER, NEVER, ONCE, ONCE, MANY},
                [NEGOEX_MECH] = {NEVER, NEVER, UNUSED, NEVER, NEVER, ONCE, ONCE, MANY},
            },
};

static struct negoex_message *
place_for(struct negoex_flight *flight, enum negoex_message_type type)
{
    switch (type) {
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        return &flight->verify;
    case NEGOEX_MESSAGE_TYPE_CHALLENGE:
    case NEGOEX_MESSAGE_TYPE_AP_REQUEST:
        return &flight->exchange;
    default:
        return &flight->nego;
    }
}

/* None is defined; so one that must be understood is not.  [MS-NEGOEX] 2.2.5.1.4. */
static enum spnego_status
check_extensions(struct negoex_session *session, const struct negoex_message *message)
{
    const uint32_t critical = 0x80000000u;
    struct negoex_extension extension;
    size_t i;

    for (i = 0; negoex_extension_vector_at(&extension, &message->u.nego_message.extensions, i);
         i++)
        if ((extension.extension_type & critical) != 0)
            return negoex_fail_numbers(session, SPNEGO_E_UNSUPPORTED,
                                       SPN5106_NEGOEX_CRITICAL_EXTENSION, message,
                                       extension.extension_type, 0);
    return SPNEGO_OK;
}

/* Is this a message that the peer may send now, at this place of its token? */
static enum spnego_status
admit(struct negoex_session *session, struct negoex_flight *flight,
      const struct negoex_message *message, uint32_t index)
{
    enum negoex_message_type type = message->header.message_type;
    const uint8_t *row = admissions[session->role][session->phase];
    enum admission admission = (enum admission)row[type];
    bool needs_nego = row[NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO] == FIRST ||
                      row[NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO] == FIRST;
    struct negoex_message *place = place_for(flight, type);

    if (negoex_came(&flight->verify) && type != NEGOEX_MESSAGE_TYPE_ALERT)
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5123_NEGOEX_BEHIND_VERIFY, message,
                           NULL);
    if (admission == NEVER)
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5104_NEGOEX_UNEXPECTED, message,
                           NULL);
    if (index == 0 && needs_nego && admission != FIRST)
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5103_NEGOEX_NEGO_EXPECTED, message,
                           NULL);
    flight->types |= (uint32_t)1 << type;
    if (admission == UNUSED)
        negoex_remark(session, SPN5120_NEGOEX_IGNORED, message,
                      &message->u.exchange_message.auth_scheme);
    if (admission < ONCE)
        return SPNEGO_OK;
    if (negoex_came(place))
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5105_NEGOEX_REPEATED, message, NULL);
    *place = *message;
    return admission == FIRST ? check_extensions(session, message) : SPNEGO_OK;
}

/* One counter for both directions; the id is that of message 0, whoever sent it. */
static enum spnego_status
check_header(struct negoex_session *session, const struct negoex_message *message)
{
    const struct negoex_message_header *header = &message->header;

    if (header->sequence_num != session->sequence)
        return negoex_fail_numbers(session, SPNEGO_E_MALFORMED, SPN5101_NEGOEX_SEQUENCE,
                                   message, header->sequence_num, session->sequence);
    if (session->sequence == 0)
        session->conversation_id = header->conversation_id;
    if (!negoex_guid_equal(&header->conversation_id, &session->conversation_id))
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5102_NEGOEX_CONVERSATION, message,
                           NULL);
    session->sequence++;
    session->messages_in++;
    return SPNEGO_OK;
}

void
negoex_begin_anew(struct negoex_session *session)
{
    negoex_candidates_clear(session);
    session->phase = NEGOEX_START;
    session->chosen = false;
    session->transcript.len = 0;
    session->sequence = 0;
    session->messages_in = 0;
    session->messages_out = 0;
}

/* An initiator that does not go on from our greeting has never heard it. */
static void
judge_greeting(struct negoex_session *session, struct negoex_flight *flight,
               const struct negoex_message *message)
{
    if (session->phase != NEGOEX_GREETED || message->header.sequence_num != 0 ||
        session->messages_in > 0)
        return;
    negoex_begin_anew(session);
    flight->begin = 0;
    flight->ours = 0;
    flight->said_before = 0;
}

static enum spnego_status
take_message(struct negoex_session *session, struct negoex_flight *flight,
             const struct negoex_message *message, uint32_t index)
{
    enum spnego_status status;

    judge_greeting(session, flight, message);
    status = check_header(session, message);
    negoex_tell(session, NEGOEX_EVENT_RECEIVED, message, NULL);
    return status == SPNEGO_OK ? admit(session, flight, message, index) : status;
}

enum spnego_status
negoex_flight_read(struct negoex_session *session, struct negoex_flight *flight)
{
    size_t pos = 0, used, max_transcript = session->config.max_transcript;
    uint32_t index = 0, max_messages = session->config.max_messages;
    struct negoex_message message;
    enum spnego_status status;
    struct spnego_slice left;

    if (session->in.len > max_transcript - flight->begin)
        return negoex_fail_numbers(session, SPNEGO_E_LIMIT, SPN5116_NEGOEX_MAX_TRANSCRIPT, NULL,
                                   flight->begin + session->in.len, max_transcript);
    for (; pos < session->in.len; pos += used, index++) {
        if (index == max_messages)
            return negoex_fail_numbers(session, SPNEGO_E_LIMIT, SPN5117_NEGOEX_MAX_MESSAGES,
                                       NULL, index + 1, max_messages);
        left.ptr = session->in.ptr + pos;
        left.len = session->in.len - pos;
        status = negoex_decode(session, &message, &used, left);
        if (status == SPNEGO_OK)
            status = take_message(session, flight, &message, index);
        if (status != SPNEGO_OK)
            return status;
    }
    status = spnego_buf_append(&session->transcript, session->in.ptr, session->in.len);
    flight->ours = session->transcript.len;
    return status;
}

bool
negoex_next(const struct negoex_session *session, struct negoex_message *out,
            struct spnego_slice *left)
{
    struct spnego_decode_opts opts = {sizeof(opts), 0, 0, 0, NULL, NULL, NULL};
    size_t used;

    opts.max_len = SPNEGO_MAX_MAX_LEN;
    opts.max_items = session->config.max_items;
    if (left->len == 0 || negoex_message_decode(out, &used, *left, &opts) != SPNEGO_OK)
        return false;
    left->ptr += used;
    left->len -= used;
    return true;
}

static bool
asks_for_verify(const struct negoex_alert_message *message)
{
    struct negoex_alert alert;
    size_t i;

    for (i = 0; negoex_alert_vector_at(&alert, &message->alerts, i); i++)
        if (alert.has_alert_pulse &&
            alert.alert_pulse.reason == NEGOEX_ALERT_REASON_VERIFY_NO_KEY)
            return true;
    return false;
}

enum spnego_status
negoex_heed_alerts(struct negoex_session *session, struct negoex_flight *flight)
{
    struct spnego_slice left = session->in;
    struct negoex_message message;

    if (!negoex_type_came(flight, NEGOEX_MESSAGE_TYPE_ALERT))
        return SPNEGO_OK;
    while (negoex_next(session, &message, &left))
        if (message.header.message_type == NEGOEX_MESSAGE_TYPE_ALERT &&
            asks_for_verify(&message.u.alert_message) &&
            negoex_candidate_find(session, &message.u.alert_message.auth_scheme) == 0)
            session->verify_sent = false;
    return SPNEGO_OK;
}
