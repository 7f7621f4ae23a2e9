/* spnego/token.h: SPNEGOASNOneSpec.  Generated from asn1/spnego.asn1: edit that.  The
 * functions are in spnego/codec.h. */
#ifndef SPNEGO_TOKEN_H
#define SPNEGO_TOKEN_H

#include "spnego/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The mechanisms that have a name.  spnego/names.h. */
enum spnego_mech {
    SPNEGO_MECH_UNKNOWN = 0,
    SPNEGO_MECH_SPNEGO = 1, /* 1.3.6.1.5.5.2 */
    SPNEGO_MECH_KRB5 = 2, /* 1.2.840.113554.1.2.2 */
    SPNEGO_MECH_MS_KRB5 = 3, /* 1.2.840.48018.1.2.2 */
    SPNEGO_MECH_KRB5_U2U = 4, /* 1.2.840.113554.1.2.2.3 */
    SPNEGO_MECH_NTLMSSP = 5, /* 1.3.6.1.4.1.311.2.2.10 */
    SPNEGO_MECH_NEGOEX = 6, /* 1.3.6.1.4.1.311.2.2.30 */
    SPNEGO_MECH_LATE_FALLBACK = 7, /* 1.3.6.1.4.1.311.2.2.40 */
    SPNEGO_MECH_IAKERB = 8, /* 1.3.6.1.5.2.5 */
    SPNEGO_MECH_PKU2U = 9, /* 1.3.6.1.5.2.7 */
    SPNEGO_MECH_SANON_X25519 = 10, /* 1.3.6.1.4.1.5322.26.1.110 */
    SPNEGO_MECH_SCRAM_SHA_1 = 11, /* 1.3.6.1.5.5.14 */
    SPNEGO_MECH_SCRAM_SHA_256 = 12, /* 1.3.6.1.5.5.18 */
    SPNEGO_MECH_EAP_AES128 = 13, /* 1.3.6.1.5.5.15.1.1.17 */
    SPNEGO_MECH_EAP_AES256 = 14, /* 1.3.6.1.5.5.15.1.1.18 */
    SPNEGO_MECH_SPKM_1 = 15, /* 1.3.6.1.5.5.1.1 */
    SPNEGO_MECH_SPKM_3 = 16, /* 1.3.6.1.5.5.1.3 */
    SPNEGO_MECH_LIPKEY = 17, /* 1.3.6.1.5.5.9 */
    SPNEGO_MECH_GSI = 18, /* 1.3.6.1.4.1.3536.1.1 */
    SPNEGO_MECH_KRB5_OLD = 19, /* 1.3.5.1.5.2 */
    SPNEGO_MECH_KRB5_V2 = 20, /* 1.2.840.113554.1.2.3 */
    SPNEGO_MECH_DIGEST_MD5 = 21, /* 1.2.752.43.14.1 */
    SPNEGO_MECH_NETLOGON = 22 /* 1.2.752.43.14.2 */
};

/* spnego_mech_type_list: MechTypeList.  Mechanisms, most wanted first: "one or more" in
 * the prose of 4.2.1.  Source: RFC 4178 4.1. */
/* `der` is the whole list as it stood on the wire, tag and length included: the octets
 * that a mechListMIC covers (RFC 4178 5).  To encode a list that was not decoded, set
 * `items` and `count`; with `items` NULL the octets in `der` are written as they are. */
struct spnego_mech_type_list {
    struct spnego_slice der;
    const struct spnego_slice *items;
    size_t count;
};

/* spnego_mech_type_list_next steps through `list`.  Start with `*pos` 0.
 *
 * Borrows: `*item` (contents octets, no tag) points into `list`.
 * Returns: false behind the last one; a list that was decoded cannot fail. */
SPNEGO_API bool spnego_mech_type_list_next(
    struct spnego_slice *item, size_t *pos,
    const struct spnego_mech_type_list *list);

/* spnego_context_flags: ContextFlags.  What the initiator would like of the context.
 * SIZE binds the abstract value only: DER drops trailing zero bits.  Source: RFC 4178
 * 4.2.1. */
#define SPNEGO_CONTEXT_FLAGS_DELEG_FLAG 0x01u /* bit 0 */
#define SPNEGO_CONTEXT_FLAGS_MUTUAL_FLAG 0x02u /* bit 1 */
#define SPNEGO_CONTEXT_FLAGS_REPLAY_FLAG 0x04u /* bit 2 */
#define SPNEGO_CONTEXT_FLAGS_SEQUENCE_FLAG 0x08u /* bit 3 */
#define SPNEGO_CONTEXT_FLAGS_ANON_FLAG 0x10u /* bit 4 */
#define SPNEGO_CONTEXT_FLAGS_CONF_FLAG 0x20u /* bit 5 */
#define SPNEGO_CONTEXT_FLAGS_INTEG_FLAG 0x40u /* bit 6 */

/* spnego_neg_token_init: NegTokenInit.  The initiator's first token.  Source: RFC 4178
 * 4.2.1. */
struct spnego_neg_token_init {
    struct spnego_mech_type_list mech_types;
    bool has_req_flags;
    uint32_t req_flags; /* SPNEGO_CONTEXT_FLAGS_* */
    bool has_mech_token;
    struct spnego_slice mech_token; /* the optimistic token, for mechTypes[0] */
    bool has_mech_list_mic;
    struct spnego_slice mech_list_mic;
};

/* spnego_neg_state: NegState.  Where the negotiation stands, in the sender's eyes.
 * Inline in the standard; a type of its own here because asn1c reads the tag of an
 * inline ENUMERATED twice.  Source: RFC 4178 4.2.2. */
enum spnego_neg_state {
    SPNEGO_NEG_STATE_ACCEPT_COMPLETED = 0,
    SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE = 1,
    SPNEGO_NEG_STATE_REJECT = 2,
    SPNEGO_NEG_STATE_REQUEST_MIC = 3
};

/* spnego_neg_token_resp: NegTokenResp.  Every token after the initiator's first, in both
 * directions.  Observed without its SEQUENCE.  Source: RFC 4178 4.2.2. */
struct spnego_neg_token_resp {
    bool has_neg_state;
    enum spnego_neg_state neg_state;
    bool has_supported_mech;
    struct spnego_slice supported_mech; /* in the acceptor's first reply only */
    bool has_response_token;
    struct spnego_slice response_token;
    bool has_mech_list_mic;
    struct spnego_slice mech_list_mic;
    bool has_supported_mechs;
    /* observed only: Negotiate Late Fallback, [MS-SPNG] 3.1.5.4 */
    struct spnego_mech_type_list supported_mechs;
};

/* spnego_neg_hints: NegHints.  What Windows puts where RFC 4178 has mechListMIC.
 * Source: [MS-SPNG] 2.2.1. */
struct spnego_neg_hints {
    bool has_hint_name;
    struct spnego_slice hint_name; /* octets of an unnamed code page */
    bool has_hint_address;
    struct spnego_slice hint_address; /* must be left out */
};

/* spnego_neg_token_init2: NegTokenInit2.  The acceptor's list of mechanisms,
 * unauthenticated.  Source: [MS-SPNG] 2.2.1. */
struct spnego_neg_token_init2 {
    bool has_mech_types;
    struct spnego_mech_type_list mech_types;
    bool has_req_flags;
    uint32_t req_flags; /* SPNEGO_CONTEXT_FLAGS_* */
    bool has_mech_token;
    struct spnego_slice mech_token;
    bool has_neg_hints;
    struct spnego_neg_hints neg_hints;
    bool has_mech_list_mic;
    struct spnego_slice mech_list_mic;
};

/* spnego_negotiation_token: NegotiationToken.  Every token of a negotiation.  Source:
 * RFC 4178 4.2. */
enum spnego_negotiation_token_kind {
    SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT,
    SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP,
    SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2
};
struct spnego_negotiation_token {
    enum spnego_negotiation_token_kind kind;
    union {
        struct spnego_neg_token_init neg_token_init;
        struct spnego_neg_token_resp neg_token_resp;
        struct spnego_neg_token_init2 neg_token_init2;
    } u;
};

#ifdef __cplusplus
}
#endif
#endif
