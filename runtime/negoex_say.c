/* negoex_say.c: our messages, straight into the transcript: NEGO and metadata in the
 * first token, then the mechanism's token, an ALERT, and the VERIFY of all that. */
#include "negoex_session.h"
#include "spnego/codec.h"

#include <string.h>

#define EXCHANGE_HEADER 64 /* octets before the token.  [MS-NEGOEX] 2.2.6.4 */

static void
head(struct negoex_message *message, enum negoex_message_type type)
{
    memset(message, 0, sizeof(*message));
    message->header.message_type = type;
}

/* What a message is called depends on who says it. */
static enum negoex_message_type
by_role(const struct negoex_session *session, enum negoex_message_type initiator,
        enum negoex_message_type acceptor)
{
    return session->role == SPNEGO_INITIATOR ? initiator : acceptor;
}

static enum spnego_status
put(struct negoex_session *session, struct negoex_message *message)
{
    size_t begin = session->transcript.len, max = session->config.max_transcript;
    enum spnego_status status;

    message->header.sequence_num = session->sequence;
    message->header.conversation_id = session->conversation_id;
    status = negoex_message_encode(&session->transcript, message);
    if (status != SPNEGO_OK)
        return status;
    if (session->transcript.len > max) {
        status = negoex_fail_numbers(session, SPNEGO_E_LIMIT, SPN5116_NEGOEX_MAX_TRANSCRIPT,
                                     NULL, session->transcript.len, max);
        session->transcript.len = begin;
        return status;
    }
    session->sequence++;
    session->messages_out++;
    return SPNEGO_OK;
}

static enum spnego_status
fill_random(struct negoex_session *session, uint8_t *out, size_t len)
{
    const struct spnego_crypto_ops *crypto = session->config.crypto;
    enum spnego_status status = crypto->random(crypto->arg, out, len);

    if (status == SPNEGO_OK || status == SPNEGO_E_MEMORY)
        return status;
    return negoex_fail(session, SPNEGO_E_MECH, SPN5124_NEGOEX_NO_RANDOM, NULL, NULL);
}

/* Whoever speaks first gives the conversation a number that nobody else has. */
enum spnego_status
negoex_name_conversation(struct negoex_session *session, struct negoex_flight *flight)
{
    (void)flight;
    return fill_random(session, session->conversation_id.octets,
                       sizeof(session->conversation_id.octets));
}

static enum spnego_status
put_nego(struct negoex_session *session)
{
    struct negoex_guid schemes[NEGOEX_MAX_OFFERS];
    struct negoex_message message;
    struct negoex_nego_message *nego = &message.u.nego_message;
    enum spnego_status status;
    size_t i;

    head(&message, by_role(session, NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO,
                           NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO));
    for (i = 0; i < session->count; i++)
        schemes[i] = *negoex_scheme_at(session, i);
    nego->auth_schemes.items = schemes;
    nego->auth_schemes.count = (uint32_t)session->count;
    status = fill_random(session, nego->random, sizeof(nego->random));
    return status == SPNEGO_OK ? put(session, &message) : status;
}

static enum spnego_status
put_exchange(struct negoex_session *session, enum negoex_message_type type, size_t i,
             const struct spnego_buf *octets)
{
    struct negoex_message message;

    if (octets->len == 0)
        return SPNEGO_OK;
    head(&message, type);
    message.u.exchange_message.auth_scheme = *negoex_scheme_at(session, i);
    message.u.exchange_message.exchange.ptr = octets->ptr;
    message.u.exchange_message.exchange.len = octets->len;
    return put(session, &message);
}

static enum spnego_status
put_metadata(struct negoex_session *session)
{
    enum negoex_message_type type = by_role(session, NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA,
                                            NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA);
    enum spnego_status status = SPNEGO_OK;
    size_t i;

    for (i = 0; status == SPNEGO_OK && i < session->count; i++) {
        status = put_exchange(session, type, i, &session->candidates[i].metadata);
        spnego_buf_clear(&session->candidates[i].metadata);
    }
    return status;
}

static enum spnego_status
put_token(struct negoex_session *session, const struct spnego_buf *token)
{
    return put_exchange(session,
                        by_role(session, NEGOEX_MESSAGE_TYPE_AP_REQUEST,
                                NEGOEX_MESSAGE_TYPE_CHALLENGE),
                        0, token);
}

/* "Your VERIFY came, and I have no key for it yet."  [MS-NEGOEX] 2.2.5.1.2. */
static enum spnego_status
put_alert(struct negoex_session *session)
{
    struct negoex_alert alert = {NEGOEX_ALERT_TYPE_PULSE, {NULL, 0}, true, {0, 0}};
    struct negoex_message message;

    head(&message, NEGOEX_MESSAGE_TYPE_ALERT);
    alert.alert_pulse.reason = NEGOEX_ALERT_REASON_VERIFY_NO_KEY;
    message.u.alert_message.auth_scheme = *negoex_scheme_at(session, 0);
    message.u.alert_message.alerts.items = &alert;
    message.u.alert_message.alerts.count = 1;
    return put(session, &message);
}

static enum spnego_status
put_verify(struct negoex_session *session)
{
    struct spnego_buf checksum = {NULL, 0, 0, session->config.alloc};
    struct negoex_message message;
    struct negoex_verify_message *verify = &message.u.verify_message;
    int32_t type = 0;
    enum spnego_status status = negoex_verify_make(session, &checksum, &type);

    head(&message, NEGOEX_MESSAGE_TYPE_VERIFY);
    if (status == SPNEGO_OK) {
        verify->auth_scheme = *negoex_scheme_at(session, 0);
        verify->checksum.checksum_scheme = NEGOEX_CHECKSUM_SCHEME_RFC3961;
        verify->checksum.checksum_type = (uint32_t)type;
        verify->checksum.checksum_value.ptr = checksum.ptr;
        verify->checksum.checksum_value.len = checksum.len;
        status = put(session, &message);
        session->verify_sent = status == SPNEGO_OK;
    }
    spnego_buf_clear(&checksum);
    return status == SPNEGO_CONTINUE ? SPNEGO_OK : status;
}

enum spnego_status
negoex_say(struct negoex_session *session, struct negoex_flight *flight)
{
    enum spnego_status status = SPNEGO_OK;

    if (session->messages_out == 0)
        status = put_nego(session);
    if (status == SPNEGO_OK)
        status = put_metadata(session);
    if (status == SPNEGO_OK)
        status = put_token(session, &flight->token);
    if (status == SPNEGO_OK && flight->cannot_check)
        status = put_alert(session);
    if (status == SPNEGO_OK)
        status = put_verify(session);
    return status;
}

void
negoex_say_failure(struct negoex_session *session, struct negoex_flight *flight)
{
    size_t room = session->config.max_transcript - flight->ours;

    session->sequence -= session->messages_out - flight->said_before;
    session->messages_out = flight->said_before;
    session->transcript.len = flight->ours;
    /* Without room for it, that would be the reason in place of the mechanism's. */
    if (session->count > 0 && flight->mech_failed && flight->token.len < room &&
        room - flight->token.len >= EXCHANGE_HEADER)
        (void)put_token(session, &flight->token);
}

void
negoex_tell_said(const struct negoex_session *session, const struct negoex_flight *flight)
{
    struct spnego_slice left = {NULL, session->transcript.len - flight->ours};
    struct negoex_message message;

    if (left.len == 0 || session->config.on_event == NULL)
        return;
    left.ptr = session->transcript.ptr + flight->ours;
    while (negoex_next(session, &message, &left))
        negoex_tell(session, NEGOEX_EVENT_SENT, &message, NULL);
}
