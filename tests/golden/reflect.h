/* reflect.h: names.  Generated from the schemas: edit those. */
#ifndef SPNEGO_REFLECT_H
#define SPNEGO_REFLECT_H

#include "reader.h"

extern const struct spnego_NegTokenInit_desc {
    struct spnego_desc self, mechTypes, reqFlags, mechToken, mechListMIC;
} spnego_NegTokenInit SPNEGO_HIDDEN;
extern const struct spnego_NegTokenResp_desc {
    struct spnego_desc self, negState, supportedMech, responseToken, mechListMIC,
        supportedMechs;
} spnego_NegTokenResp SPNEGO_HIDDEN;
extern const struct spnego_NegHints_desc {
    struct spnego_desc self, hintName, hintAddress;
} spnego_NegHints SPNEGO_HIDDEN;
extern const struct spnego_NegTokenInit2_desc {
    struct spnego_desc self, mechTypes, reqFlags, mechToken, negHints, mechListMIC;
} spnego_NegTokenInit2 SPNEGO_HIDDEN;
extern const struct negoex_EXTENSION_desc {
    struct spnego_desc self, extensionType, extensionValue;
} negoex_EXTENSION SPNEGO_HIDDEN;
extern const struct negoex_CHECKSUM_desc {
    struct spnego_desc self, headerLength, checksumScheme, checksumType,
        checksumValue;
} negoex_CHECKSUM SPNEGO_HIDDEN;
extern const struct negoex_ALERT_PULSE_desc {
    struct spnego_desc self, headerLength, reason;
} negoex_ALERT_PULSE SPNEGO_HIDDEN;
extern const struct negoex_ALERT_desc {
    struct spnego_desc self, alertType, alertValue;
} negoex_ALERT SPNEGO_HIDDEN;
extern const struct negoex_NEGO_MESSAGE_desc {
    struct spnego_desc self, random, protocolVersion, authSchemes, extensions;
} negoex_NEGO_MESSAGE SPNEGO_HIDDEN;
extern const struct negoex_EXCHANGE_MESSAGE_desc {
    struct spnego_desc self, authScheme, exchange;
} negoex_EXCHANGE_MESSAGE SPNEGO_HIDDEN;
extern const struct negoex_VERIFY_MESSAGE_desc {
    struct spnego_desc self, authScheme, checksum;
} negoex_VERIFY_MESSAGE SPNEGO_HIDDEN;
extern const struct negoex_ALERT_MESSAGE_desc {
    struct spnego_desc self, authScheme, errorCode, alerts;
} negoex_ALERT_MESSAGE SPNEGO_HIDDEN;
extern const struct negoex_MESSAGE_HEADER_desc {
    struct spnego_desc self, signature, messageType, sequenceNum, headerLength,
        messageLength, conversationId;
} negoex_MESSAGE_HEADER SPNEGO_HIDDEN;

/* The name of one value; `table` is what spnego_desc.names has. */
struct spnego_value_name {
    uint32_t value;
    uint8_t table;
    char name[27];
};
extern const struct spnego_value_name spnego_value_names[] SPNEGO_HIDDEN;
extern const size_t spnego_value_names_count SPNEGO_HIDDEN;

/* A known object identifier or GUID, in the order of its enum, from 1. */
struct spnego_known {
    uint8_t len;
    uint8_t octets[16];
    char name[31];
};
extern const struct spnego_known spnego_known_mechs[] SPNEGO_HIDDEN;
extern const size_t spnego_known_mechs_count SPNEGO_HIDDEN;
extern const struct spnego_known spnego_known_schemes[] SPNEGO_HIDDEN;
extern const size_t spnego_known_schemes_count SPNEGO_HIDDEN;

#endif
