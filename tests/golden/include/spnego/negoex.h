/* spnego/negoex.h: NEGOEX.  Generated from negoex-schema/negoex.schema: edit that.  The
 * functions are in spnego/codec.h. */
#ifndef SPNEGO_NEGOEX_H
#define SPNEGO_NEGOEX_H

#include "spnego/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The AUTH_SCHEMEs that have a name.  spnego/names.h. */
enum negoex_scheme {
    NEGOEX_SCHEME_UNKNOWN = 0,
    NEGOEX_SCHEME_PKU2U = 1, /* 0D53335C-F9EA-4D0D-B2EC-4AE3786EC308 */
    NEGOEX_SCHEME_S_ANON_X25519 = 2, /* DEE384FF-1086-4E86-BE78-B94170BFD376 */
    NEGOEX_SCHEME_CERT_AUTH_DATA = 3 /* 235F69AD-73FB-4DBC-8203-0629E739339B */
};

/* A negoex_guid is a GUID in wire order: its first three parts are little-endian.
 * Source: [MS-DTYP] 2.3.4. */
struct negoex_guid {
    uint8_t octets[16];
};

/* negoex_guid_vector: `count` elements, checked, `offset` octets from the start of
 * `message`.  To encode a vector that was not decoded, set `items` and `count`. */
struct negoex_guid_vector {
    const struct negoex_guid *items;
    struct spnego_slice message;
    uint32_t offset;
    uint32_t count;
};

/* negoex_guid_vector_at copies element `i`.
 *
 * Borrows: slices in `*out` point where those of the vector do.
 * Returns: false behind the last one; a vector that was decoded cannot fail. */
SPNEGO_API bool negoex_guid_vector_at(struct negoex_guid *out,
                                      const struct negoex_guid_vector *vector,
                                      size_t i);

/* negoex_message_type: MESSAGE_TYPE.  Source: [MS-NEGOEX] 2.2.6.1. */
enum negoex_message_type {
    NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO = 0,
    NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO = 1,
    NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA = 2,
    NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA = 3,
    NEGOEX_MESSAGE_TYPE_CHALLENGE = 4,
    NEGOEX_MESSAGE_TYPE_AP_REQUEST = 5,
    NEGOEX_MESSAGE_TYPE_VERIFY = 6,
    NEGOEX_MESSAGE_TYPE_ALERT = 7
};

/* negoex_checksum_scheme: CHECKSUM_SCHEME.  Source: [MS-NEGOEX] 2.2.5.1.3. */
enum negoex_checksum_scheme {
    NEGOEX_CHECKSUM_SCHEME_RFC3961 = 1
};

/* negoex_alert_type: ALERT_TYPE.  An open set: values without a name are kept.  Source:
 * [MS-NEGOEX] 2.2.3. */
enum negoex_alert_type {
    NEGOEX_ALERT_TYPE_PULSE = 1
};

/* negoex_alert_reason: ALERT_REASON.  An open set: values without a name are kept.
 * Source: [MS-NEGOEX] 2.2.3. */
enum negoex_alert_reason {
    NEGOEX_ALERT_REASON_VERIFY_NO_KEY = 1
};

/* negoex_checksum_type: CHECKSUM_TYPE.  The registry of RFC 3961 8 with what came later:
 * 17 and 18 are of RFC 6803, 19 and 20 of RFC 8009, HMAC-MD5 of RFC 4757.  The type is
 * signed.  An open set: values without a name are kept.  Source: RFC 3961 8. */
#define NEGOEX_CHECKSUM_TYPE_CRC32 0x1u
#define NEGOEX_CHECKSUM_TYPE_RSA_MD4 0x2u
#define NEGOEX_CHECKSUM_TYPE_RSA_MD4_DES 0x3u
#define NEGOEX_CHECKSUM_TYPE_RSA_MD5 0x7u
#define NEGOEX_CHECKSUM_TYPE_RSA_MD5_DES 0x8u
#define NEGOEX_CHECKSUM_TYPE_SHA1_UNKEYED 0xau
#define NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_DES3_KD 0xcu
#define NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_DES3 0xdu
#define NEGOEX_CHECKSUM_TYPE_SHA1_UNKEYED_2 0xeu
#define NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_96_AES128 0xfu
#define NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_96_AES256 0x10u
#define NEGOEX_CHECKSUM_TYPE_CMAC_CAMELLIA128 0x11u
#define NEGOEX_CHECKSUM_TYPE_CMAC_CAMELLIA256 0x12u
#define NEGOEX_CHECKSUM_TYPE_HMAC_SHA256_128_AES128 0x13u
#define NEGOEX_CHECKSUM_TYPE_HMAC_SHA384_192_AES256 0x14u
#define NEGOEX_CHECKSUM_TYPE_HMAC_MD5 0xffffff76u

/* negoex_extension: EXTENSION.  Source: [MS-NEGOEX] 2.2.5.1.4. */
struct negoex_extension {
    uint32_t extension_type; /* bit 31: critical */
    struct spnego_slice extension_value;
};

/* negoex_extension_vector: `count` elements, checked, `offset` octets from the start of
 * `message`.  To encode a vector that was not decoded, set `items` and `count`. */
struct negoex_extension_vector {
    const struct negoex_extension *items;
    struct spnego_slice message;
    uint32_t offset;
    uint32_t count;
};

/* negoex_extension_vector_at copies element `i`.
 *
 * Borrows: slices in `*out` point where those of the vector do.
 * Returns: false behind the last one; a vector that was decoded cannot fail. */
SPNEGO_API bool negoex_extension_vector_at(
    struct negoex_extension *out, const struct negoex_extension_vector *vector,
    size_t i);

/* negoex_checksum: CHECKSUM.  Source: [MS-NEGOEX] 2.2.5.1.3. */
struct negoex_checksum {
    enum negoex_checksum_scheme checksum_scheme;
    uint32_t checksum_type; /* NEGOEX_CHECKSUM_TYPE_* */
    struct spnego_slice checksum_value;
};

/* negoex_alert_pulse: ALERT_PULSE.  Source: [MS-NEGOEX] 2.2.5.1.2. */
struct negoex_alert_pulse {
    uint32_t header_length; /* readers ignore it */
    uint32_t reason; /* NEGOEX_ALERT_REASON_* */
};

/* negoex_alert: ALERT.  Source: [MS-NEGOEX] 2.2.5.1.1. */
struct negoex_alert {
    uint32_t alert_type; /* NEGOEX_ALERT_TYPE_* */
    struct spnego_slice alert_value;
    bool has_alert_pulse; /* alertValue holds one */
    struct negoex_alert_pulse alert_pulse;
};

/* negoex_alert_vector: `count` elements, checked, `offset` octets from the start of
 * `message`.  To encode a vector that was not decoded, set `items` and `count`. */
struct negoex_alert_vector {
    const struct negoex_alert *items;
    struct spnego_slice message;
    uint32_t offset;
    uint32_t count;
};

/* negoex_alert_vector_at copies element `i`.
 *
 * Borrows: slices in `*out` point where those of the vector do.
 * Returns: false behind the last one; a vector that was decoded cannot fail. */
SPNEGO_API bool negoex_alert_vector_at(struct negoex_alert *out,
                                       const struct negoex_alert_vector *vector,
                                       size_t i);

enum negoex_nego_message_layout {
    NEGOEX_LAYOUT_ALIGNED,
    NEGOEX_LAYOUT_PACKED
};

/* negoex_nego_message: NEGO_MESSAGE.  Source: [MS-NEGOEX] 2.2.6.3. */
struct negoex_nego_message {
    enum negoex_nego_message_layout layout; /* as read; aligned is written */
    uint8_t random[32];
    struct negoex_guid_vector auth_schemes;
    struct negoex_extension_vector extensions;
};

/* negoex_exchange_message: EXCHANGE_MESSAGE.  Source: [MS-NEGOEX] 2.2.6.4. */
struct negoex_exchange_message {
    struct negoex_guid auth_scheme;
    struct spnego_slice exchange;
};

/* negoex_verify_message: VERIFY_MESSAGE.  Some writers leave out the padding at the end
 * of the header: "or 76".  Source: [MS-NEGOEX] 2.2.6.5. */
struct negoex_verify_message {
    struct negoex_guid auth_scheme;
    struct negoex_checksum checksum;
};

/* negoex_alert_message: ALERT_MESSAGE.  Source: [MS-NEGOEX] 2.2.6.6. */
struct negoex_alert_message {
    struct negoex_guid auth_scheme;
    uint32_t error_code; /* an NTSTATUS */
    struct negoex_alert_vector alerts;
};

/* negoex_message_header: MESSAGE_HEADER.  Source: [MS-NEGOEX] 2.2.6.2. */
struct negoex_message_header {
    enum negoex_message_type message_type;
    uint32_t sequence_num; /* one counter for both directions */
    uint32_t header_length; /* octets before the payload */
    uint32_t message_length; /* octets, payload included */
    struct negoex_guid conversation_id;
};

/* negoex_message: one message.  `raw` is all its octets: what a transcript keeps.  The member
 * of `u` goes with `header.message_type`. */
struct negoex_message {
    struct negoex_message_header header;
    struct spnego_slice raw;
    union {
        struct negoex_nego_message nego_message;
        struct negoex_exchange_message exchange_message;
        struct negoex_verify_message verify_message;
        struct negoex_alert_message alert_message;
    } u;
};

#ifdef __cplusplus
}
#endif
#endif
