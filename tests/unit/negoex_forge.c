/* negoex_forge.c: messages that neither side has said. */
#include "negoex_forge.h"

#include <string.h>

void
negoex_forge_append(struct negoex_forge *forge, struct spnego_slice octets)
{
    FLOW_CHECK(octets.len <= sizeof(forge->octets) - forge->len);
    if (octets.len > 0)
        memcpy(forge->octets + forge->len, octets.ptr, octets.len);
    forge->len += octets.len;
}

static void
fill_verify(struct negoex_verify_message *verify, const struct negoex_guid *scheme)
{
    static const struct spnego_slice nothing = {(const uint8_t *)"fits nothing", 12};

    verify->auth_scheme = *scheme;
    verify->checksum.checksum_scheme = NEGOEX_CHECKSUM_SCHEME_RFC3961;
    verify->checksum.checksum_type = FAKE_CHECKSUM_TYPE;
    verify->checksum.checksum_value = nothing;
}

static void
fill_alert(struct negoex_alert_message *message, const struct negoex_guid *scheme)
{
    static const struct negoex_alert alert = {NEGOEX_ALERT_TYPE_PULSE,
                                              {NULL, 0},
                                              true,
                                              {0, NEGOEX_ALERT_REASON_VERIFY_NO_KEY}};

    message->auth_scheme = *scheme;
    message->alerts.items = &alert;
    message->alerts.count = 1;
}

static void
fill(struct negoex_message *message)
{
    static const struct spnego_slice words = {(const uint8_t *)"forged", 6};
    const struct negoex_guid *scheme =
        (const struct negoex_guid *)negoex_wire.np.schemes[SPNEGO_ACCEPTOR][0].ops->auth_scheme;

    switch (message->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        message->u.nego_message.auth_schemes.items = scheme;
        message->u.nego_message.auth_schemes.count = 1;
        break;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        fill_verify(&message->u.verify_message, scheme);
        break;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        fill_alert(&message->u.alert_message, scheme);
        break;
    default:
        message->u.exchange_message.auth_scheme = *scheme;
        message->u.exchange_message.exchange = words;
        break;
    }
}

void
negoex_forge_message(struct negoex_forge *forge, enum negoex_message_type type)
{
    struct spnego_buf out = {forge->octets, sizeof(forge->octets), forge->len, NULL};
    struct negoex_message message;

    memset(&message, 0, sizeof(message));
    message.header.message_type = type;
    fill(&message);
    FLOW_CHECK(negoex_message_encode(&out, &message) == SPNEGO_OK);
    forge->len = out.len;
}

/* An acceptor that has heard nothing takes any ConversationId, but only one. */
void
negoex_forge_heads(struct negoex_forge *forge, enum spnego_role sender)
{
    const struct negoex_session *session =
        negoex_wire_session(sender == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR);
    struct spnego_slice messages[WIRE_MESSAGES];
    size_t count, i;
    uint8_t *head;

    if (session == NULL || session->sequence == 0)
        session = negoex_wire_session(sender);
    count = negoex_wire_split(messages, (struct spnego_slice){forge->octets, forge->len});
    for (i = 0; session != NULL && i < count; i++) {
        head = forge->octets + (messages[i].ptr - forge->octets);
        memcpy(head + AT_CONVERSATION, session->conversation_id.octets, 16);
        negoex_wire_store(head + AT_SEQUENCE, 4,
                          (session->role == sender ? 0 : session->sequence) + i);
    }
}

void
negoex_forge_send(const struct negoex_forge *forge, struct pair_token *token)
{
    negoex_wire_put(token, (struct spnego_slice){forge->octets, forge->len});
}
