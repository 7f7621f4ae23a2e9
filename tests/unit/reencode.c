/* reencode.c: does what was decoded encode to the same again? */
#include "reencode.h"

#include <stdlib.h>
#include <string.h>

/* A token that is good by the letter has one encoding. */
const char *
reencode_token(const struct spnego_negotiation_token *token, struct spnego_slice in)
{
    struct spnego_buf out = {malloc(in.len), in.len, 0, NULL};
    enum spnego_status status = spnego_token_encode(&out, token);
    bool equal =
        status == SPNEGO_OK && out.len == in.len && memcmp(out.ptr, in.ptr, in.len) == 0;

    free(out.ptr);
    return equal ? NULL : "strictly good, but encoded in another way";
}

static bool
same_octets(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static bool
same_nego(const struct negoex_nego_message *a, const struct negoex_nego_message *b)
{
    struct negoex_guid left, right;
    struct negoex_extension one, other;
    size_t i;

    if (memcmp(a->random, b->random, sizeof(a->random)) != 0 ||
        a->auth_schemes.count != b->auth_schemes.count ||
        a->extensions.count != b->extensions.count)
        return false;
    for (i = 0; negoex_guid_vector_at(&left, &a->auth_schemes, i); i++)
        if (!negoex_guid_vector_at(&right, &b->auth_schemes, i) ||
            memcmp(&left, &right, sizeof(left)) != 0)
            return false;
    for (i = 0; negoex_extension_vector_at(&one, &a->extensions, i); i++)
        if (!negoex_extension_vector_at(&other, &b->extensions, i) ||
            one.extension_type != other.extension_type ||
            !same_octets(one.extension_value, other.extension_value))
            return false;
    return true;
}

/* Of a pulse only the reason is written: its length is computed, and nothing
 * is defined to stand behind it. */
static bool
same_alert(const struct negoex_alert *a, const struct negoex_alert *b)
{
    if (a->alert_type != b->alert_type || a->has_alert_pulse != b->has_alert_pulse)
        return false;
    if (a->has_alert_pulse)
        return a->alert_pulse.reason == b->alert_pulse.reason;
    return same_octets(a->alert_value, b->alert_value);
}

static bool
same_alerts(const struct negoex_alert_message *a, const struct negoex_alert_message *b)
{
    struct negoex_alert left, right;
    size_t i;

    if (memcmp(&a->auth_scheme, &b->auth_scheme, sizeof(a->auth_scheme)) != 0 ||
        a->error_code != b->error_code || a->alerts.count != b->alerts.count)
        return false;
    for (i = 0; negoex_alert_vector_at(&left, &a->alerts, i); i++)
        if (!negoex_alert_vector_at(&right, &b->alerts, i) || !same_alert(&left, &right))
            return false;
    return true;
}

static bool
same_verify(const struct negoex_verify_message *a, const struct negoex_verify_message *b)
{
    return memcmp(&a->auth_scheme, &b->auth_scheme, sizeof(a->auth_scheme)) == 0 &&
           a->checksum.checksum_scheme == b->checksum.checksum_scheme &&
           a->checksum.checksum_type == b->checksum.checksum_type &&
           same_octets(a->checksum.checksum_value, b->checksum.checksum_value);
}

static bool
same_exchange(const struct negoex_exchange_message *a, const struct negoex_exchange_message *b)
{
    return memcmp(&a->auth_scheme, &b->auth_scheme, sizeof(a->auth_scheme)) == 0 &&
           same_octets(a->exchange, b->exchange);
}

static bool
same_message(const struct negoex_message *a, const struct negoex_message *b)
{
    if (a->header.message_type != b->header.message_type ||
        a->header.sequence_num != b->header.sequence_num ||
        memcmp(&a->header.conversation_id, &b->header.conversation_id, 16) != 0)
        return false;
    switch (a->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        return same_nego(&a->u.nego_message, &b->u.nego_message);
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        return same_verify(&a->u.verify_message, &b->u.verify_message);
    case NEGOEX_MESSAGE_TYPE_ALERT:
        return same_alerts(&a->u.alert_message, &b->u.alert_message);
    default:
        break;
    }
    return same_exchange(&a->u.exchange_message, &b->u.exchange_message);
}

/* A message has many layouts; one is written, and it says the same. */
const char *
reencode_message(const struct negoex_message *message)
{
    struct spnego_buf out = {NULL, 0, 0, NULL};
    struct negoex_message again;
    struct spnego_slice written;
    const char *problem = NULL;
    size_t used;

    if (negoex_message_encode(&out, message) != SPNEGO_E_SPACE)
        return "a message that was decoded cannot be measured";
    out.cap = out.len;
    out.len = 0;
    out.ptr = malloc(out.cap);
    if (negoex_message_encode(&out, message) != SPNEGO_OK || out.len != out.cap)
        problem = "a message has not the length that was measured";
    written.ptr = out.ptr;
    written.len = out.len;
    if (problem == NULL && out.len <= SPNEGO_DEFAULT_MAX_LEN &&
        (negoex_message_decode(&again, &used, written, NULL) != SPNEGO_OK ||
         used != written.len || !same_message(message, &again)))
        problem = "a message that was encoded again says something else";
    free(out.ptr);
    return problem;
}
