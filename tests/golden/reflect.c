/* reflect.c: names.  Generated from the schemas: edit those. */
#include "reflect.h"

const struct spnego_NegTokenInit_desc spnego_NegTokenInit = {
    {"NegTokenInit", "NegTokenInit", "RFC 4178 4.2.1",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"mechTypes", "MechTypeList", "RFC 4178 4.2.1",
     SPNEGO_KIND_LIST, SPNEGO_KIND_OID, 0},
    {"reqFlags", "ContextFlags", "RFC 4178 4.2.1",
     SPNEGO_KIND_FLAGS, SPNEGO_KIND_UNKNOWN, 1},
    {"mechToken", "OCTET STRING", "RFC 4178 4.2.1",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
    {"mechListMIC", "OCTET STRING", "RFC 4178 4.2.1",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
};

const struct spnego_NegTokenResp_desc spnego_NegTokenResp = {
    {"NegTokenResp", "NegTokenResp", "RFC 4178 4.2.2",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"negState", "NegState", "RFC 4178 4.2.2",
     SPNEGO_KIND_ENUM, SPNEGO_KIND_UNKNOWN, 2},
    {"supportedMech", "MechType", "RFC 4178 4.2.2",
     SPNEGO_KIND_OID, SPNEGO_KIND_UNKNOWN, 0},
    {"responseToken", "OCTET STRING", "RFC 4178 4.2.2",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
    {"mechListMIC", "OCTET STRING", "RFC 4178 4.2.2",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
    {"supportedMechs", "MechTypeList", "RFC 4178 4.2.2",
     SPNEGO_KIND_LIST, SPNEGO_KIND_OID, 0},
};

const struct spnego_NegHints_desc spnego_NegHints = {
    {"NegHints", "NegHints", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"hintName", "GeneralString", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_TEXT, SPNEGO_KIND_UNKNOWN, 0},
    {"hintAddress", "OCTET STRING", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
};

const struct spnego_NegTokenInit2_desc spnego_NegTokenInit2 = {
    {"NegTokenInit2", "NegTokenInit2", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"mechTypes", "MechTypeList", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_LIST, SPNEGO_KIND_OID, 0},
    {"reqFlags", "ContextFlags", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_FLAGS, SPNEGO_KIND_UNKNOWN, 1},
    {"mechToken", "OCTET STRING", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
    {"negHints", "NegHints", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"mechListMIC", "OCTET STRING", "[MS-SPNG] 2.2.1",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
};

const struct negoex_EXTENSION_desc negoex_EXTENSION = {
    {"EXTENSION", "EXTENSION", "[MS-NEGOEX] 2.2.5.1.4",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"extensionType", "u32", "[MS-NEGOEX] 2.2.5.1.4",
     SPNEGO_KIND_INT, SPNEGO_KIND_UNKNOWN, 0},
    {"extensionValue", "bytes", "[MS-NEGOEX] 2.2.5.1.4",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
};

const struct negoex_CHECKSUM_desc negoex_CHECKSUM = {
    {"CHECKSUM", "CHECKSUM", "[MS-NEGOEX] 2.2.5.1.3",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"headerLength", "u32", "[MS-NEGOEX] 2.2.5.1.3",
     SPNEGO_KIND_INT, SPNEGO_KIND_UNKNOWN, 0},
    {"checksumScheme", "CHECKSUM_SCHEME", "[MS-NEGOEX] 2.2.5.1.3",
     SPNEGO_KIND_ENUM, SPNEGO_KIND_UNKNOWN, 4},
    {"checksumType", "CHECKSUM_TYPE", "[MS-NEGOEX] 2.2.5.1.3",
     SPNEGO_KIND_ENUM, SPNEGO_KIND_UNKNOWN, 7},
    {"checksumValue", "bytes", "[MS-NEGOEX] 2.2.5.1.3",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
};

const struct negoex_ALERT_PULSE_desc negoex_ALERT_PULSE = {
    {"ALERT_PULSE", "ALERT_PULSE", "[MS-NEGOEX] 2.2.5.1.2",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"headerLength", "u32", "[MS-NEGOEX] 2.2.5.1.2",
     SPNEGO_KIND_INT, SPNEGO_KIND_UNKNOWN, 0},
    {"reason", "ALERT_REASON", "[MS-NEGOEX] 2.2.5.1.2",
     SPNEGO_KIND_ENUM, SPNEGO_KIND_UNKNOWN, 6},
};

const struct negoex_ALERT_desc negoex_ALERT = {
    {"ALERT", "ALERT", "[MS-NEGOEX] 2.2.5.1.1",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"alertType", "ALERT_TYPE", "[MS-NEGOEX] 2.2.5.1.1",
     SPNEGO_KIND_ENUM, SPNEGO_KIND_UNKNOWN, 5},
    {"alertValue", "bytes", "[MS-NEGOEX] 2.2.5.1.1",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
};

const struct negoex_NEGO_MESSAGE_desc negoex_NEGO_MESSAGE = {
    {"NEGO_MESSAGE", "NEGO_MESSAGE", "[MS-NEGOEX] 2.2.6.3",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"random", "octets", "[MS-NEGOEX] 2.2.6.3",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
    {"protocolVersion", "u64", "[MS-NEGOEX] 2.2.6.3",
     SPNEGO_KIND_INT, SPNEGO_KIND_UNKNOWN, 0},
    {"authSchemes", "vector(guid)", "[MS-NEGOEX] 2.2.6.3",
     SPNEGO_KIND_LIST, SPNEGO_KIND_GUID, 0},
    {"extensions", "vector(EXTENSION)", "[MS-NEGOEX] 2.2.6.3",
     SPNEGO_KIND_LIST, SPNEGO_KIND_STRUCT, 0},
};

const struct negoex_EXCHANGE_MESSAGE_desc negoex_EXCHANGE_MESSAGE = {
    {"EXCHANGE_MESSAGE", "EXCHANGE_MESSAGE", "[MS-NEGOEX] 2.2.6.4",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"authScheme", "guid", "[MS-NEGOEX] 2.2.6.4",
     SPNEGO_KIND_GUID, SPNEGO_KIND_UNKNOWN, 0},
    {"exchange", "bytes", "[MS-NEGOEX] 2.2.6.4",
     SPNEGO_KIND_OCTETS, SPNEGO_KIND_UNKNOWN, 0},
};

const struct negoex_VERIFY_MESSAGE_desc negoex_VERIFY_MESSAGE = {
    {"VERIFY_MESSAGE", "VERIFY_MESSAGE", "[MS-NEGOEX] 2.2.6.5",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"authScheme", "guid", "[MS-NEGOEX] 2.2.6.5",
     SPNEGO_KIND_GUID, SPNEGO_KIND_UNKNOWN, 0},
    {"checksum", "CHECKSUM", "[MS-NEGOEX] 2.2.6.5",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
};

const struct negoex_ALERT_MESSAGE_desc negoex_ALERT_MESSAGE = {
    {"ALERT_MESSAGE", "ALERT_MESSAGE", "[MS-NEGOEX] 2.2.6.6",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"authScheme", "guid", "[MS-NEGOEX] 2.2.6.6",
     SPNEGO_KIND_GUID, SPNEGO_KIND_UNKNOWN, 0},
    {"errorCode", "u32", "[MS-NEGOEX] 2.2.6.6",
     SPNEGO_KIND_INT, SPNEGO_KIND_UNKNOWN, 0},
    {"alerts", "vector(ALERT)", "[MS-NEGOEX] 2.2.6.6",
     SPNEGO_KIND_LIST, SPNEGO_KIND_STRUCT, 0},
};

const struct negoex_MESSAGE_HEADER_desc negoex_MESSAGE_HEADER = {
    {"MESSAGE_HEADER", "MESSAGE_HEADER", "[MS-NEGOEX] 2.2.6.2",
     SPNEGO_KIND_STRUCT, SPNEGO_KIND_UNKNOWN, 0},
    {"signature", "octets", "[MS-NEGOEX] 2.2.6.2",
     SPNEGO_KIND_TEXT, SPNEGO_KIND_UNKNOWN, 0},
    {"messageType", "MESSAGE_TYPE", "[MS-NEGOEX] 2.2.6.2",
     SPNEGO_KIND_ENUM, SPNEGO_KIND_UNKNOWN, 3},
    {"sequenceNum", "u32", "[MS-NEGOEX] 2.2.6.2",
     SPNEGO_KIND_INT, SPNEGO_KIND_UNKNOWN, 0},
    {"headerLength", "u32", "[MS-NEGOEX] 2.2.6.2",
     SPNEGO_KIND_INT, SPNEGO_KIND_UNKNOWN, 0},
    {"messageLength", "u32", "[MS-NEGOEX] 2.2.6.2",
     SPNEGO_KIND_INT, SPNEGO_KIND_UNKNOWN, 0},
    {"conversationId", "guid", "[MS-NEGOEX] 2.2.6.2",
     SPNEGO_KIND_GUID, SPNEGO_KIND_UNKNOWN, 0},
};

const struct spnego_value_name spnego_value_names[] = {
    /* ContextFlags */
    {0x0, 1, "delegFlag"},
    {0x1, 1, "mutualFlag"},
    {0x2, 1, "replayFlag"},
    {0x3, 1, "sequenceFlag"},
    {0x4, 1, "anonFlag"},
    {0x5, 1, "confFlag"},
    {0x6, 1, "integFlag"},
    /* NegState */
    {0x0, 2, "accept-completed"},
    {0x1, 2, "accept-incomplete"},
    {0x2, 2, "reject"},
    {0x3, 2, "request-mic"},
    /* MESSAGE_TYPE */
    {0x0, 3, "INITIATOR_NEGO"},
    {0x1, 3, "ACCEPTOR_NEGO"},
    {0x2, 3, "INITIATOR_META_DATA"},
    {0x3, 3, "ACCEPTOR_META_DATA"},
    {0x4, 3, "CHALLENGE"},
    {0x5, 3, "AP_REQUEST"},
    {0x6, 3, "VERIFY"},
    {0x7, 3, "ALERT"},
    /* CHECKSUM_SCHEME */
    {0x1, 4, "RFC3961"},
    /* ALERT_TYPE */
    {0x1, 5, "PULSE"},
    /* ALERT_REASON */
    {0x1, 6, "VERIFY_NO_KEY"},
    /* CHECKSUM_TYPE */
    {0x1, 7, "CRC32"},
    {0x2, 7, "RSA-MD4"},
    {0x3, 7, "RSA-MD4-DES"},
    {0x7, 7, "RSA-MD5"},
    {0x8, 7, "RSA-MD5-DES"},
    {0xa, 7, "SHA1-UNKEYED"},
    {0xc, 7, "HMAC-SHA1-DES3-KD"},
    {0xd, 7, "HMAC-SHA1-DES3"},
    {0xe, 7, "SHA1-UNKEYED-2"},
    {0xf, 7, "HMAC-SHA1-96-AES128"},
    {0x10, 7, "HMAC-SHA1-96-AES256"},
    {0x11, 7, "CMAC-CAMELLIA128"},
    {0x12, 7, "CMAC-CAMELLIA256"},
    {0x13, 7, "HMAC-SHA256-128-AES128"},
    {0x14, 7, "HMAC-SHA384-192-AES256"},
    {0xffffff76, 7, "HMAC-MD5"},
};
const size_t spnego_value_names_count =
    sizeof(spnego_value_names) / sizeof(spnego_value_names[0]);

const struct spnego_known spnego_known_mechs[] = {
    /* 1.3.6.1.5.5.2  RFC 4178 4.2 */
    {6, {0x2b,0x06,0x01,0x05,0x05,0x02},
     "SPNEGO"},
    /* 1.2.840.113554.1.2.2  RFC 4121 4.1 */
    {9, {0x2a,0x86,0x48,0x86,0xf7,0x12,0x01,0x02,0x02},
     "Kerberos V5"},
    /* 1.2.840.48018.1.2.2  RFC 4178 C */
    {9, {0x2a,0x86,0x48,0x82,0xf7,0x12,0x01,0x02,0x02},
     "MS-KRB5"},
    /* 1.2.840.113554.1.2.2.3  [MS-SPNG] 3.1.5.2 */
    {10, {0x2a,0x86,0x48,0x86,0xf7,0x12,0x01,0x02,0x02,0x03},
     "Kerberos user-to-user"},
    /* 1.3.6.1.4.1.311.2.2.10  [MS-NLMP] 1.9 */
    {10, {0x2b,0x06,0x01,0x04,0x01,0x82,0x37,0x02,0x02,0x0a},
     "NTLMSSP"},
    /* 1.3.6.1.4.1.311.2.2.30  [MS-NEGOEX] 1.9.1 */
    {10, {0x2b,0x06,0x01,0x04,0x01,0x82,0x37,0x02,0x02,0x1e},
     "NEGOEX"},
    /* 1.3.6.1.4.1.311.2.2.40  [MS-SPNG] 3.1.5.4 */
    {10, {0x2b,0x06,0x01,0x04,0x01,0x82,0x37,0x02,0x02,0x28},
     "Negotiate Late Fallback"},
    /* 1.3.6.1.5.2.5  [MS-SPNG] 3.1.5.3 */
    {6, {0x2b,0x06,0x01,0x05,0x02,0x05},
     "IAKERB"},
    /* 1.3.6.1.5.2.7  draft-zhu-pku2u-09 6 */
    {6, {0x2b,0x06,0x01,0x05,0x02,0x07},
     "PKU2U"},
    /* 1.3.6.1.4.1.5322.26.1.110  draft-howard-gss-sanon-13 3 */
    {10, {0x2b,0x06,0x01,0x04,0x01,0xa9,0x4a,0x1a,0x01,0x6e},
     "SAnon-X25519"},
    /* 1.3.6.1.5.5.14  RFC 5802 12 */
    {6, {0x2b,0x06,0x01,0x05,0x05,0x0e},
     "SCRAM-SHA-1"},
    /* 1.3.6.1.5.5.18  RFC 7677 4 */
    {6, {0x2b,0x06,0x01,0x05,0x05,0x12},
     "SCRAM-SHA-256"},
    /* 1.3.6.1.5.5.15.1.1.17  RFC 7055 7.2 */
    {9, {0x2b,0x06,0x01,0x05,0x05,0x0f,0x01,0x01,0x11},
     "GSS-EAP aes128"},
    /* 1.3.6.1.5.5.15.1.1.18  RFC 7055 7.2 */
    {9, {0x2b,0x06,0x01,0x05,0x05,0x0f,0x01,0x01,0x12},
     "GSS-EAP aes256"},
    /* 1.3.6.1.5.5.1.1  RFC 2025 1 */
    {7, {0x2b,0x06,0x01,0x05,0x05,0x01,0x01},
     "SPKM-1"},
    /* 1.3.6.1.5.5.1.3  RFC 2847 2 */
    {7, {0x2b,0x06,0x01,0x05,0x05,0x01,0x03},
     "SPKM-3"},
    /* 1.3.6.1.5.5.9  RFC 2847 2 */
    {6, {0x2b,0x06,0x01,0x05,0x05,0x09},
     "LIPKEY"},
    /* 1.3.6.1.4.1.3536.1.1  GFD.24 2 */
    {9, {0x2b,0x06,0x01,0x04,0x01,0x9b,0x50,0x01,0x01},
     "GSI"},
    /* 1.3.5.1.5.2  RFC 1964 1 */
    {5, {0x2b,0x05,0x01,0x05,0x02},
     "Kerberos V5 draft"},
    /* 1.2.840.113554.1.2.3  MIT krb5 gssapi_krb5.c */
    {9, {0x2a,0x86,0x48,0x86,0xf7,0x12,0x01,0x02,0x03},
     "Kerberos V5 second draft"},
    /* 1.2.752.43.14.1  Heimdal oid.txt */
    {6, {0x2a,0x85,0x70,0x2b,0x0e,0x01},
     "DIGEST-MD5"},
    /* 1.2.752.43.14.2  Heimdal oid.txt */
    {6, {0x2a,0x85,0x70,0x2b,0x0e,0x02},
     "NETLOGON SSP"},
};
const size_t spnego_known_mechs_count =
    sizeof(spnego_known_mechs) / sizeof(spnego_known_mechs[0]);

const struct spnego_known spnego_known_schemes[] = {
    /* 0D53335C-F9EA-4D0D-B2EC-4AE3786EC308  [MS-SPNG] 4 */
    {16, {0x5c,0x33,0x53,0x0d,0xea,0xf9,0x0d,0x4d,0xb2,0xec,0x4a,0xe3,0x78,0x6e,0xc3,0x08},
     "PKU2U"},
    /* DEE384FF-1086-4E86-BE78-B94170BFD376  draft-howard-gss-sanon-13 C */
    {16, {0xff,0x84,0xe3,0xde,0x86,0x10,0x86,0x4e,0xbe,0x78,0xb9,0x41,0x70,0xbf,0xd3,0x76},
     "SAnon-X25519"},
    /* 235F69AD-73FB-4DBC-8203-0629E739339B  [MS-SPNG] A 2 */
    {16, {0xad,0x69,0x5f,0x23,0xfb,0x73,0xbc,0x4d,0x82,0x03,0x06,0x29,0xe7,0x39,0x33,0x9b},
     "CERT-AUTH-DATA"},
};
const size_t spnego_known_schemes_count =
    sizeof(spnego_known_schemes) / sizeof(spnego_known_schemes[0]);
