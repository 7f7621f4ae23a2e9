/* rules_negoex.c: what the messages of one NegoEx token show together.  Rules
 * N08 to N38 of docs/rules.md; those of one vector are in
 * rules_negoex_layout.c, those of one field in the decoder. */
#include "mech.h"
#include "negoex_rules.h"

#include <stdio.h>
#include <string.h>

#define OFFSET_SEQUENCE_NUM 12
#define OFFSET_CONVERSATION_ID 24
#define OFFSET_BODY 40

struct spnego_slice
negoex_field(const struct negoex_message *message, size_t at, size_t len)
{
    struct spnego_slice field = {message->raw.ptr + at, len};

    return field;
}

static bool
is_constant(struct spnego_slice octets)
{
    size_t i;

    for (i = 1; i < octets.len; i++)
        if (octets.ptr[i] != octets.ptr[0])
            return false;
    return true;
}

/* N08: a token has one direction. */
static void
rules_of_direction(struct negoex_token *token, const struct negoex_message *message,
                   const char *path)
{
    switch (message->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_AP_REQUEST:
        token->from_initiator = true;
        break;
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_CHALLENGE:
        token->from_acceptor = true;
        break;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
    case NEGOEX_MESSAGE_TYPE_ALERT:
        return;
    }
    if (token->from_initiator && token->from_acceptor)
        analysis_remark(token->analysis, SPN4008_MIXED_DIRECTIONS, negoex_field(message, 8, 4),
                        path);
}

/* N12, N13, N37: against the message before. */
static void
rules_of_order(struct negoex_token *token, const struct negoex_message *message,
               const char *path)
{
    const struct negoex_message_header *now = &message->header;
    const struct negoex_message_header *before = &token->previous.header;

    if (token->count == 0)
        return;
    if (memcmp(&now->conversation_id, &before->conversation_id, 16) != 0)
        analysis_remark(token->analysis, SPN4012_CONVERSATION_ID,
                        negoex_field(message, OFFSET_CONVERSATION_ID, 16), path);
    if (now->sequence_num != before->sequence_num + 1)
        analysis_remark_numbers(token->analysis, SPN4013_SEQUENCE,
                                negoex_field(message, OFFSET_SEQUENCE_NUM, 4), path,
                                now->sequence_num, (uint64_t)before->sequence_num + 1);
    if (token->has_verify)
        analysis_remark(token->analysis, SPN4037_VERIFY_NOT_LAST, token->previous.raw, path);
}

static void
rules_of_nego(struct negoex_token *token, const struct negoex_message *message,
              const char *path)
{
    const struct negoex_nego_message *nego = &message->u.nego_message;
    struct spnego_slice random = negoex_field(message, OFFSET_BODY, 32);

    if (token->count > 0)
        analysis_remark(token->analysis, SPN4009_NEGO_PLACE, negoex_field(message, 8, 4), path);
    if (nego->auth_schemes.count == 0)
        analysis_remark(token->analysis, SPN4015_NO_SCHEMES, negoex_field(message, 80, 6),
                        path);
    if (is_constant(random))
        analysis_remark(token->analysis, SPN4035_CONSTANT_RANDOM, random, path);
    if (token->count == 0) {
        token->nego = *message;
        token->has_nego = true;
    }
}

static bool
is_offered(const struct negoex_token *token, const struct negoex_guid *scheme)
{
    struct negoex_guid offered;
    size_t i;

    for (i = 0; negoex_guid_vector_at(&offered, &token->nego.u.nego_message.auth_schemes, i);
         i++)
        if (memcmp(&offered, scheme, sizeof(offered)) == 0)
            return true;
    return false;
}

/* N10, N23, N25. */
static void
rules_of_metadata(struct negoex_token *token, const struct negoex_message *message,
                  const char *path)
{
    const struct negoex_exchange_message *exchange = &message->u.exchange_message;
    struct spnego_slice scheme = negoex_field(message, OFFSET_BODY, 16);
    size_t i;

    for (i = 0; i < token->metadata_count; i++)
        if (memcmp(token->metadata[i].ptr, scheme.ptr, 16) == 0)
            break;
    if (i < token->metadata_count)
        analysis_remark(token->analysis, SPN4010_METADATA_REPEATED, scheme, path);
    else if (i < sizeof(token->metadata) / sizeof(token->metadata[0]))
        token->metadata[token->metadata_count++] = scheme;
    if (token->has_nego && !is_offered(token, &exchange->auth_scheme))
        analysis_remark(token->analysis, SPN4023_METADATA_SCHEME, scheme, path);
    if (exchange->exchange.len == 0)
        analysis_remark(token->analysis, SPN4025_EMPTY_METADATA, negoex_field(message, 56, 8),
                        path);
}

/* N11, N24, N26. */
static void
rules_of_exchange(struct negoex_token *token, const struct negoex_message *message,
                  const char *path)
{
    const struct negoex_exchange_message *exchange = &message->u.exchange_message;
    struct negoex_guid first;

    if (token->has_exchange)
        analysis_remark(token->analysis, SPN4011_EXCHANGE_REPEATED, negoex_field(message, 8, 4),
                        path);
    token->has_exchange = true;
    if (exchange->exchange.len == 0)
        analysis_remark(token->analysis, SPN4026_EMPTY_EXCHANGE, negoex_field(message, 56, 8),
                        path);
    if (token->has_nego && message->header.message_type == NEGOEX_MESSAGE_TYPE_AP_REQUEST &&
        negoex_guid_vector_at(&first, &token->nego.u.nego_message.auth_schemes, 0) &&
        memcmp(&first, &exchange->auth_scheme, sizeof(first)) != 0)
        analysis_remark(token->analysis, SPN4024_OPTIMISTIC_SCHEME,
                        negoex_field(message, OFFSET_BODY, 16), path);
}

/* RFC 3961 8 and its successors: how long each keyed checksum is. */
static const struct {
    uint32_t type;
    uint32_t len; /* octets; 0: the type has no key */
} checksums[] = {
    {NEGOEX_CHECKSUM_TYPE_CRC32, 0},
    {NEGOEX_CHECKSUM_TYPE_RSA_MD4, 0},
    {NEGOEX_CHECKSUM_TYPE_RSA_MD4_DES, 24},
    {NEGOEX_CHECKSUM_TYPE_RSA_MD5, 0},
    {NEGOEX_CHECKSUM_TYPE_RSA_MD5_DES, 24},
    {NEGOEX_CHECKSUM_TYPE_SHA1_UNKEYED, 0},
    {NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_DES3_KD, 20},
    {NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_DES3, 20},
    {NEGOEX_CHECKSUM_TYPE_SHA1_UNKEYED_2, 0},
    {NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_96_AES128, 12},
    {NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_96_AES256, 12},
    {NEGOEX_CHECKSUM_TYPE_CMAC_CAMELLIA128, 16},
    {NEGOEX_CHECKSUM_TYPE_CMAC_CAMELLIA256, 16},
    {NEGOEX_CHECKSUM_TYPE_HMAC_SHA256_128_AES128, 16},
    {NEGOEX_CHECKSUM_TYPE_HMAC_SHA384_192_AES256, 24},
    {NEGOEX_CHECKSUM_TYPE_HMAC_MD5, 16},
};

/* N29. */
static void
rules_of_verify(struct negoex_token *token, const struct negoex_message *message,
                const char *path)
{
    const struct negoex_checksum *checksum = &message->u.verify_message.checksum;
    struct spnego_slice type = negoex_field(message, 64, 4);
    size_t i, count = sizeof(checksums) / sizeof(checksums[0]);

    for (i = 0; i < count && checksums[i].type != checksum->checksum_type; i++)
        continue;
    if (i == count)
        analysis_remark_numbers(token->analysis, SPN4039_UNKNOWN_CHECKSUM, type, path,
                                checksum->checksum_type, 0);
    else if (checksums[i].len == 0)
        analysis_remark_numbers(token->analysis, SPN4029_UNKEYED_CHECKSUM, type, path,
                                checksum->checksum_type, 0);
    else if (checksum->checksum_value.len != checksums[i].len)
        analysis_remark_numbers(token->analysis, SPN4030_CHECKSUM_LENGTH,
                                checksum->checksum_value, path, checksum->checksum_value.len,
                                checksums[i].len);
}

/* N31 to N33. */
static void
rules_of_alert(struct negoex_token *token, const struct negoex_message *message,
               const char *path)
{
    const struct negoex_alert_message *alerts = &message->u.alert_message;
    struct negoex_alert alert;
    size_t i;

    if (alerts->error_code != 0)
        analysis_remark_numbers(token->analysis, SPN4033_ERROR_CODE,
                                negoex_field(message, 56, 4), path, alerts->error_code, 0);
    for (i = 0; negoex_alert_vector_at(&alert, &alerts->alerts, i); i++) {
        struct spnego_slice about = negoex_field(message, alerts->alerts.offset + 12 * i, 12);

        if (!alert.has_alert_pulse ||
            alert.alert_pulse.reason != NEGOEX_ALERT_REASON_VERIFY_NO_KEY)
            analysis_remark(token->analysis, SPN4031_ALERT_VALUE, about, path);
        else if (alert.alert_pulse.header_length != 8)
            analysis_remark_numbers(token->analysis, SPN4032_PULSE_HEADER, alert.alert_value,
                                    path, alert.alert_pulse.header_length, 8);
    }
}

static void
rules_of_message(struct negoex_token *token, const struct negoex_message *message,
                 const char *path)
{
    switch (message->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        rules_of_nego(token, message, path);
        return;
    case NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA:
        rules_of_metadata(token, message, path);
        break;
    case NEGOEX_MESSAGE_TYPE_CHALLENGE:
    case NEGOEX_MESSAGE_TYPE_AP_REQUEST:
        rules_of_exchange(token, message, path);
        break;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        rules_of_verify(token, message, path);
        break;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        rules_of_alert(token, message, path);
        break;
    }
    /* All messages but NEGO have their scheme in the same place. */
    negoex_scheme_rules(token->analysis, &message->u.exchange_message.auth_scheme,
                        negoex_field(message, OFFSET_BODY, 16), path);
}

void
negoex_rules(struct negoex_token *token, const struct negoex_message *message, const char *path)
{
    struct spnego_slice id = negoex_field(message, OFFSET_CONVERSATION_ID, 16);

    rules_of_direction(token, message, path);
    rules_of_order(token, message, path);
    if (token->count == 0 && is_constant(id))
        analysis_remark(token->analysis, SPN4035_CONSTANT_RANDOM, id, path);
    rules_of_message(token, message, path);
    negoex_layout_rules(token->analysis, message, path);
    token->has_verify = message->header.message_type == NEGOEX_MESSAGE_TYPE_VERIFY;
    token->previous = *message;
    token->count++;
}

/* The mechanism whose tokens are exchanged under a scheme; empty if nobody knows. */
static struct spnego_slice
mech_of(const struct negoex_guid *scheme)
{
    static const struct spnego_slice unknown = {NULL, 0};

    switch (negoex_guid_scheme(scheme)) {
    case NEGOEX_SCHEME_PKU2U:
        return spnego_mech_oid(SPNEGO_MECH_PKU2U);
    case NEGOEX_SCHEME_S_ANON_X25519:
        return spnego_mech_oid(SPNEGO_MECH_SANON_X25519);
    default:
        return unknown;
    }
}

/* What a mechanism has put into an exchange message. */
static void
analyse_exchange(struct analysis *analysis, const struct negoex_message *message,
                 struct node *parent, const char *path)
{
    const struct negoex_exchange_message *exchange = &message->u.exchange_message;
    struct spnego_slice mech;
    struct node *node =
        parent != NULL && parent->last != NULL ? tree_find(parent->last, "exchange") : NULL;

    switch (message->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_AP_REQUEST:
    case NEGOEX_MESSAGE_TYPE_CHALLENGE:
        mech = mech_of(&exchange->auth_scheme);
        if (mech.len > 0)
            analyse_mech(analysis, exchange->exchange, node, path, mech);
        break;
    case NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA:
        if (negoex_guid_scheme(&exchange->auth_scheme) == NEGOEX_SCHEME_PKU2U)
            analyse_pku2u_metadata(analysis, exchange->exchange, node, path);
        break;
    default:
        break;
    }
}

void
analyse_negoex(struct analysis *analysis, struct spnego_slice slice, struct node *parent,
               const char *path)
{
    struct spnego_decode_opts opts = analysis_opts(analysis);
    struct negoex_token token;
    struct negoex_message message;
    struct spnego_slice rest = slice;
    char name[64];
    size_t used;

    memset(&token, 0, sizeof(token));
    token.analysis = analysis;
    while (rest.len > 0) {
        if (token.count == SPNEGO_DEFAULT_MAX_ITEMS) {
            analysis_remark_numbers(analysis, SPN1027_MAX_ITEMS, rest, path, 0,
                                    SPNEGO_DEFAULT_MAX_ITEMS);
            break;
        }
        tree_below(&analysis->tree, parent, (size_t)(rest.ptr - analysis->octets.ptr));
        snprintf(name, sizeof(name), "%s[%zu]", path, token.count);
        snprintf(analysis->prefix, sizeof(analysis->prefix), "%s", name);
        if (negoex_message_decode(&message, &used, rest, &opts) != SPNEGO_OK)
            break;
        negoex_rules(&token, &message, name);
        analyse_exchange(analysis, &message, parent, name);
        rest.ptr += used;
        rest.len -= used;
    }
    analysis->prefix[0] = '\0';
    tree_below(&analysis->tree, &analysis->tree.root, 0);
}
