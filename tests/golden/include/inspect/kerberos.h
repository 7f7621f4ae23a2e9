/* inspect/kerberos.h: KerberosV5Spec2.  Generated from asn1/kerberos.asn1: edit that. */
#ifndef INSPECT_KERBEROS_H
#define INSPECT_KERBEROS_H

#include "spnego/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* kerberos_message_type: MessageType.  An open set: values without a name are kept.
 * Source: RFC 4120 7.5.7. */
enum kerberos_message_type {
    KERBEROS_MESSAGE_TYPE_KRB_AS_REQ = 10,
    KERBEROS_MESSAGE_TYPE_KRB_AS_REP = 11,
    KERBEROS_MESSAGE_TYPE_KRB_TGS_REQ = 12,
    KERBEROS_MESSAGE_TYPE_KRB_TGS_REP = 13,
    KERBEROS_MESSAGE_TYPE_KRB_AP_REQ = 14,
    KERBEROS_MESSAGE_TYPE_KRB_AP_REP = 15,
    KERBEROS_MESSAGE_TYPE_KRB_TGT_REQ = 16,
    KERBEROS_MESSAGE_TYPE_KRB_TGT_REP = 17,
    KERBEROS_MESSAGE_TYPE_KRB_SAFE = 20,
    KERBEROS_MESSAGE_TYPE_KRB_PRIV = 21,
    KERBEROS_MESSAGE_TYPE_KRB_CRED = 22,
    KERBEROS_MESSAGE_TYPE_KRB_ERROR = 30
};

/* kerberos_name_type: NameType.  An open set: values without a name are kept.  Source:
 * RFC 4120 7.5.8. */
enum kerberos_name_type {
    KERBEROS_NAME_TYPE_KRB_NT_UNKNOWN = 0,
    KERBEROS_NAME_TYPE_KRB_NT_PRINCIPAL = 1,
    KERBEROS_NAME_TYPE_KRB_NT_SRV_INST = 2,
    KERBEROS_NAME_TYPE_KRB_NT_SRV_HST = 3,
    KERBEROS_NAME_TYPE_KRB_NT_SRV_XHST = 4,
    KERBEROS_NAME_TYPE_KRB_NT_UID = 5,
    KERBEROS_NAME_TYPE_KRB_NT_X500_PRINCIPAL = 6,
    KERBEROS_NAME_TYPE_KRB_NT_SMTP_NAME = 7,
    KERBEROS_NAME_TYPE_KRB_NT_ENTERPRISE = 10,
    KERBEROS_NAME_TYPE_KRB_NT_WELLKNOWN = 11
};

/* kerberos_encryption_type: EncryptionType.  How a part is encrypted.  An open set:
 * values without a name are kept.  Source: RFC 3961 8. */
enum kerberos_encryption_type {
    KERBEROS_ENCRYPTION_TYPE_DES_CBC_CRC = 1,
    KERBEROS_ENCRYPTION_TYPE_DES_CBC_MD4 = 2,
    KERBEROS_ENCRYPTION_TYPE_DES_CBC_MD5 = 3,
    KERBEROS_ENCRYPTION_TYPE_DES3_CBC_MD5 = 5,
    KERBEROS_ENCRYPTION_TYPE_DES3_CBC_SHA1 = 7,
    KERBEROS_ENCRYPTION_TYPE_DES3_CBC_SHA1_KD = 16,
    KERBEROS_ENCRYPTION_TYPE_AES128_CTS_HMAC_SHA1_96 = 17,
    KERBEROS_ENCRYPTION_TYPE_AES256_CTS_HMAC_SHA1_96 = 18,
    KERBEROS_ENCRYPTION_TYPE_AES128_CTS_HMAC_SHA256_128 = 19,
    KERBEROS_ENCRYPTION_TYPE_AES256_CTS_HMAC_SHA384_192 = 20,
    KERBEROS_ENCRYPTION_TYPE_RC4_HMAC = 23,
    KERBEROS_ENCRYPTION_TYPE_RC4_HMAC_EXP = 24,
    KERBEROS_ENCRYPTION_TYPE_CAMELLIA128_CTS_CMAC = 25,
    KERBEROS_ENCRYPTION_TYPE_CAMELLIA256_CTS_CMAC = 26,
    KERBEROS_ENCRYPTION_TYPE_RC4_HMAC_OLD_EXP = -135,
    KERBEROS_ENCRYPTION_TYPE_RC4_HMAC_OLD = -133,
    KERBEROS_ENCRYPTION_TYPE_RC4_MD4 = -128
};

/* kerberos_name_string: NameString.  Names of more than one part have them in order:
 * service, then host.  `der` is the whole list, with tag and length.  Source: RFC 4120
 * 5.2.2. */
struct kerberos_name_string {
    struct spnego_slice der;
    size_t count;
};

/* kerberos_name_string_next steps through `list`.  Start with `*pos` 0.  Returns false
 * behind the last one; a list that was decoded cannot fail. */
bool kerberos_name_string_next(struct spnego_slice *item, size_t *pos,
                               const struct kerberos_name_string *list);

/* kerberos_principal_name: PrincipalName.  Source: RFC 4120 5.2.2. */
struct kerberos_principal_name {
    int64_t name_type; /* KERBEROS_NAME_TYPE_* */
    struct kerberos_name_string name_string;
};

/* kerberos_host_address: HostAddress.  Source: RFC 4120 5.2.5. */
struct kerberos_host_address {
    int64_t addr_type;
    struct spnego_slice address;
};

/* kerberos_host_addresses: HostAddresses.  `der` is the whole list, with tag and length.
 * Source: RFC 4120 5.2.5. */
struct kerberos_host_addresses {
    struct spnego_slice der;
    size_t count;
};

/* kerberos_host_addresses_next steps through `list`.  Start with `*pos` 0.  Returns
 * false behind the last one; a list that was decoded cannot fail. */
bool kerberos_host_addresses_next(struct kerberos_host_address *item, size_t *pos,
                                  const struct kerberos_host_addresses *list);

/* kerberos_authorization_datum: AuthorizationDatum.  One element of AuthorizationData,
 * inline there.  Source: RFC 4120 5.2.6. */
struct kerberos_authorization_datum {
    int64_t ad_type;
    struct spnego_slice ad_data;
};

/* kerberos_authorization_data: AuthorizationData.  `der` is the whole list, with tag and
 * length.  Source: RFC 4120 5.2.6. */
struct kerberos_authorization_data {
    struct spnego_slice der;
    size_t count;
};

/* kerberos_authorization_data_next steps through `list`.  Start with `*pos` 0.  Returns
 * false behind the last one; a list that was decoded cannot fail. */
bool kerberos_authorization_data_next(
    struct kerberos_authorization_datum *item, size_t *pos,
    const struct kerberos_authorization_data *list);

/* kerberos_pa_data_type: PaDataType.  What a client shows before it gets a ticket.  136
 * is PA_PKU2U_NAME too.  An open set: values without a name are kept.  Source: RFC 4120
 * 7.5.2. */
enum kerberos_pa_data_type {
    KERBEROS_PA_DATA_TYPE_PA_TGS_REQ = 1,
    KERBEROS_PA_DATA_TYPE_PA_ENC_TIMESTAMP = 2,
    KERBEROS_PA_DATA_TYPE_PA_PW_SALT = 3,
    KERBEROS_PA_DATA_TYPE_PA_ETYPE_INFO = 11,
    KERBEROS_PA_DATA_TYPE_PA_PK_AS_REQ_OLD = 14,
    KERBEROS_PA_DATA_TYPE_PA_PK_AS_REP_OLD = 15,
    KERBEROS_PA_DATA_TYPE_PA_PK_AS_REQ = 16,
    KERBEROS_PA_DATA_TYPE_PA_PK_AS_REP = 17,
    KERBEROS_PA_DATA_TYPE_PA_ETYPE_INFO2 = 19,
    KERBEROS_PA_DATA_TYPE_PA_PAC_REQUEST = 128,
    KERBEROS_PA_DATA_TYPE_PA_FOR_USER = 129,
    KERBEROS_PA_DATA_TYPE_PA_FX_COOKIE = 133,
    KERBEROS_PA_DATA_TYPE_PA_FX_FAST = 136,
    KERBEROS_PA_DATA_TYPE_PA_FX_ERROR = 137,
    KERBEROS_PA_DATA_TYPE_PA_ENCRYPTED_CHALLENGE = 138,
    KERBEROS_PA_DATA_TYPE_PA_PKINIT_KX = 147,
    KERBEROS_PA_DATA_TYPE_PA_REQ_ENC_PA_REP = 149
};

/* kerberos_pa_data: PA-DATA.  Source: RFC 4120 5.2.7. */
struct kerberos_pa_data {
    int64_t padata_type; /* KERBEROS_PA_DATA_TYPE_* */
    struct spnego_slice padata_value;
};

/* kerberos_method_data: METHOD-DATA.  `der` is the whole list, with tag and length.
 * Source: RFC 4120 5.2.7. */
struct kerberos_method_data {
    struct spnego_slice der;
    size_t count;
};

/* kerberos_method_data_next steps through `list`.  Start with `*pos` 0.  Returns false
 * behind the last one; a list that was decoded cannot fail. */
bool kerberos_method_data_next(struct kerberos_pa_data *item, size_t *pos,
                               const struct kerberos_method_data *list);

/* kerberos_encrypted_data: EncryptedData.  Source: RFC 4120 5.2.9. */
struct kerberos_encrypted_data {
    int64_t etype; /* KERBEROS_ENCRYPTION_TYPE_* */
    bool has_kvno;
    int64_t kvno;
    struct spnego_slice cipher;
};

/* kerberos_encryption_key: EncryptionKey.  Source: RFC 4120 5.2.9. */
struct kerberos_encryption_key {
    int64_t keytype; /* KERBEROS_ENCRYPTION_TYPE_* */
    struct spnego_slice keyvalue;
};

/* kerberos_checksum: Checksum.  Source: RFC 4120 5.2.9. */
struct kerberos_checksum {
    int64_t cksumtype;
    struct spnego_slice checksum;
};

/* kerberos_ticket: Ticket.  Source: RFC 4120 5.3. */
struct kerberos_ticket {
    int64_t tkt_vno;
    struct spnego_slice realm;
    struct kerberos_principal_name sname;
    struct kerberos_encrypted_data enc_part;
};

/* kerberos_ticket_flags: TicketFlags.  Source: RFC 4120 5.3. */
#define KERBEROS_TICKET_FLAGS_RESERVED 0x01u /* bit 0 */
#define KERBEROS_TICKET_FLAGS_FORWARDABLE 0x02u /* bit 1 */
#define KERBEROS_TICKET_FLAGS_FORWARDED 0x04u /* bit 2 */
#define KERBEROS_TICKET_FLAGS_PROXIABLE 0x08u /* bit 3 */
#define KERBEROS_TICKET_FLAGS_PROXY 0x10u /* bit 4 */
#define KERBEROS_TICKET_FLAGS_MAY_POSTDATE 0x20u /* bit 5 */
#define KERBEROS_TICKET_FLAGS_POSTDATED 0x40u /* bit 6 */
#define KERBEROS_TICKET_FLAGS_INVALID 0x80u /* bit 7 */
#define KERBEROS_TICKET_FLAGS_RENEWABLE 0x100u /* bit 8 */
#define KERBEROS_TICKET_FLAGS_INITIAL 0x200u /* bit 9 */
#define KERBEROS_TICKET_FLAGS_PRE_AUTHENT 0x400u /* bit 10 */
#define KERBEROS_TICKET_FLAGS_HW_AUTHENT 0x800u /* bit 11 */
#define KERBEROS_TICKET_FLAGS_TRANSITED_POLICY_CHECKED 0x1000u /* bit 12 */
#define KERBEROS_TICKET_FLAGS_OK_AS_DELEGATE 0x2000u /* bit 13 */

/* kerberos_transited_encoding: TransitedEncoding.  Source: RFC 4120 5.3. */
struct kerberos_transited_encoding {
    int64_t tr_type;
    struct spnego_slice contents;
};

/* kerberos_enc_ticket_part: EncTicketPart.  What a ticket's key opens.  Source: RFC 4120
 * 5.3. */
struct kerberos_enc_ticket_part {
    uint32_t flags; /* KERBEROS_TICKET_FLAGS_* */
    struct kerberos_encryption_key key;
    struct spnego_slice crealm;
    struct kerberos_principal_name cname;
    struct kerberos_transited_encoding transited;
    struct spnego_slice authtime;
    bool has_starttime;
    struct spnego_slice starttime;
    struct spnego_slice endtime;
    bool has_renew_till;
    struct spnego_slice renew_till;
    bool has_caddr;
    struct kerberos_host_addresses caddr;
    bool has_authorization_data;
    struct kerberos_authorization_data authorization_data;
};

/* kerberos_kdc_options: KDCOptions.  Source: RFC 4120 5.4.1. */
#define KERBEROS_KDC_OPTIONS_RESERVED 0x01u /* bit 0 */
#define KERBEROS_KDC_OPTIONS_FORWARDABLE 0x02u /* bit 1 */
#define KERBEROS_KDC_OPTIONS_FORWARDED 0x04u /* bit 2 */
#define KERBEROS_KDC_OPTIONS_PROXIABLE 0x08u /* bit 3 */
#define KERBEROS_KDC_OPTIONS_PROXY 0x10u /* bit 4 */
#define KERBEROS_KDC_OPTIONS_ALLOW_POSTDATE 0x20u /* bit 5 */
#define KERBEROS_KDC_OPTIONS_POSTDATED 0x40u /* bit 6 */
#define KERBEROS_KDC_OPTIONS_RENEWABLE 0x100u /* bit 8 */
#define KERBEROS_KDC_OPTIONS_OPT_HARDWARE_AUTH 0x800u /* bit 11 */
#define KERBEROS_KDC_OPTIONS_CANONICALIZE 0x8000u /* bit 15 */
#define KERBEROS_KDC_OPTIONS_DISABLE_TRANSITED_CHECK 0x4000000u /* bit 26 */
#define KERBEROS_KDC_OPTIONS_RENEWABLE_OK 0x8000000u /* bit 27 */
#define KERBEROS_KDC_OPTIONS_ENC_TKT_IN_SKEY 0x10000000u /* bit 28 */
#define KERBEROS_KDC_OPTIONS_RENEW 0x40000000u /* bit 30 */
#define KERBEROS_KDC_OPTIONS_VALIDATE 0x80000000u /* bit 31 */

/* kerberos_encryption_types: EncryptionTypes.  In the order of the client's preference.
 * `der` is the whole list, with tag and length.  Source: RFC 4120 5.4.1. */
struct kerberos_encryption_types {
    struct spnego_slice der;
    size_t count;
};

/* kerberos_encryption_types_next steps through `list`.  Start with `*pos` 0.  Returns
 * false behind the last one; a list that was decoded cannot fail. */
bool kerberos_encryption_types_next(int64_t *item, size_t *pos,
                                    const struct kerberos_encryption_types *list);

/* kerberos_tickets: Tickets.  `der` is the whole list, with tag and length.  Source: RFC
 * 4120 5.4.1. */
struct kerberos_tickets {
    struct spnego_slice der;
    size_t count;
};

/* kerberos_tickets_next steps through `list`.  Start with `*pos` 0.  Returns false
 * behind the last one; a list that was decoded cannot fail. */
bool kerberos_tickets_next(struct kerberos_ticket *item, size_t *pos,
                           const struct kerberos_tickets *list);

/* kerberos_kdc_req_body: KDC-REQ-BODY.  Source: RFC 4120 5.4.1. */
struct kerberos_kdc_req_body {
    uint32_t kdc_options; /* KERBEROS_KDC_OPTIONS_* */
    bool has_cname;
    struct kerberos_principal_name cname; /* in an AS-REQ only */
    struct spnego_slice realm; /* the server's; in an AS-REQ the client's too */
    bool has_sname;
    struct kerberos_principal_name sname;
    bool has_from;
    struct spnego_slice from;
    struct spnego_slice till;
    bool has_rtime;
    struct spnego_slice rtime;
    int64_t nonce;
    struct kerberos_encryption_types etype;
    bool has_addresses;
    struct kerberos_host_addresses addresses;
    bool has_enc_authorization_data;
    struct kerberos_encrypted_data enc_authorization_data;
    bool has_additional_tickets;
    struct kerberos_tickets additional_tickets;
};

/* kerberos_kdc_req: KDC-REQ.  Source: RFC 4120 5.4.1. */
struct kerberos_kdc_req {
    int64_t pvno;
    int64_t msg_type; /* KERBEROS_MESSAGE_TYPE_* */
    bool has_padata;
    struct kerberos_method_data padata;
    struct kerberos_kdc_req_body req_body;
};

/* kerberos_kdc_rep: KDC-REP.  Source: RFC 4120 5.4.2. */
struct kerberos_kdc_rep {
    int64_t pvno;
    int64_t msg_type; /* KERBEROS_MESSAGE_TYPE_* */
    bool has_padata;
    struct kerberos_method_data padata;
    struct spnego_slice crealm;
    struct kerberos_principal_name cname;
    struct kerberos_ticket ticket;
    struct kerberos_encrypted_data enc_part;
};

/* kerberos_ap_options: APOptions.  Source: RFC 4120 5.5.1. */
#define KERBEROS_AP_OPTIONS_RESERVED 0x01u /* bit 0 */
#define KERBEROS_AP_OPTIONS_USE_SESSION_KEY 0x02u /* bit 1 */
#define KERBEROS_AP_OPTIONS_MUTUAL_REQUIRED 0x04u /* bit 2 */

/* kerberos_ap_req: AP-REQ.  The client's first message.  Source: RFC 4120 5.5.1. */
struct kerberos_ap_req {
    int64_t pvno;
    int64_t msg_type; /* KERBEROS_MESSAGE_TYPE_* */
    uint32_t ap_options; /* KERBEROS_AP_OPTIONS_* */
    struct kerberos_ticket ticket;
    struct kerberos_encrypted_data authenticator;
};

/* kerberos_authenticator: Authenticator.  What the ticket's session key opens in an AP-
 * REQ.  Source: RFC 4120 5.5.1. */
struct kerberos_authenticator {
    int64_t authenticator_vno;
    struct spnego_slice crealm;
    struct kerberos_principal_name cname;
    bool has_cksum;
    struct kerberos_checksum cksum;
    int64_t cusec;
    struct spnego_slice ctime;
    bool has_subkey;
    struct kerberos_encryption_key subkey;
    bool has_seq_number;
    int64_t seq_number;
    bool has_authorization_data;
    struct kerberos_authorization_data authorization_data;
};

/* kerberos_ap_rep: AP-REP.  The service's answer.  Source: RFC 4120 5.5.2. */
struct kerberos_ap_rep {
    int64_t pvno;
    int64_t msg_type; /* KERBEROS_MESSAGE_TYPE_* */
    struct kerberos_encrypted_data enc_part;
};

/* kerberos_enc_ap_rep_part: EncAPRepPart.  What the ticket's session key opens in an AP-
 * REP.  Source: RFC 4120 5.5.2. */
struct kerberos_enc_ap_rep_part {
    struct spnego_slice ctime;
    int64_t cusec;
    bool has_subkey;
    struct kerberos_encryption_key subkey;
    bool has_seq_number;
    int64_t seq_number;
};

/* kerberos_error_code: ErrorCode.  85 and 86 are IAKERB's.  An open set: values without
 * a name are kept.  Source: RFC 4120 7.5.9. */
enum kerberos_error_code {
    KERBEROS_ERROR_CODE_KDC_ERR_NONE = 0,
    KERBEROS_ERROR_CODE_KDC_ERR_NAME_EXP = 1,
    KERBEROS_ERROR_CODE_KDC_ERR_SERVICE_EXP = 2,
    KERBEROS_ERROR_CODE_KDC_ERR_BAD_PVNO = 3,
    KERBEROS_ERROR_CODE_KDC_ERR_C_OLD_MAST_KVNO = 4,
    KERBEROS_ERROR_CODE_KDC_ERR_S_OLD_MAST_KVNO = 5,
    KERBEROS_ERROR_CODE_KDC_ERR_C_PRINCIPAL_UNKNOWN = 6,
    KERBEROS_ERROR_CODE_KDC_ERR_S_PRINCIPAL_UNKNOWN = 7,
    KERBEROS_ERROR_CODE_KDC_ERR_PRINCIPAL_NOT_UNIQUE = 8,
    KERBEROS_ERROR_CODE_KDC_ERR_NULL_KEY = 9,
    KERBEROS_ERROR_CODE_KDC_ERR_CANNOT_POSTDATE = 10,
    KERBEROS_ERROR_CODE_KDC_ERR_NEVER_VALID = 11,
    KERBEROS_ERROR_CODE_KDC_ERR_POLICY = 12,
    KERBEROS_ERROR_CODE_KDC_ERR_BADOPTION = 13,
    KERBEROS_ERROR_CODE_KDC_ERR_ETYPE_NOSUPP = 14,
    KERBEROS_ERROR_CODE_KDC_ERR_SUMTYPE_NOSUPP = 15,
    KERBEROS_ERROR_CODE_KDC_ERR_PADATA_TYPE_NOSUPP = 16,
    KERBEROS_ERROR_CODE_KDC_ERR_TRTYPE_NOSUPP = 17,
    KERBEROS_ERROR_CODE_KDC_ERR_CLIENT_REVOKED = 18,
    KERBEROS_ERROR_CODE_KDC_ERR_SERVICE_REVOKED = 19,
    KERBEROS_ERROR_CODE_KDC_ERR_TGT_REVOKED = 20,
    KERBEROS_ERROR_CODE_KDC_ERR_CLIENT_NOTYET = 21,
    KERBEROS_ERROR_CODE_KDC_ERR_SERVICE_NOTYET = 22,
    KERBEROS_ERROR_CODE_KDC_ERR_KEY_EXPIRED = 23,
    KERBEROS_ERROR_CODE_KDC_ERR_PREAUTH_FAILED = 24,
    KERBEROS_ERROR_CODE_KDC_ERR_PREAUTH_REQUIRED = 25,
    KERBEROS_ERROR_CODE_KDC_ERR_SERVER_NOMATCH = 26,
    KERBEROS_ERROR_CODE_KDC_ERR_MUST_USE_USER2USER = 27,
    KERBEROS_ERROR_CODE_KDC_ERR_PATH_NOT_ACCEPTED = 28,
    KERBEROS_ERROR_CODE_KDC_ERR_SVC_UNAVAILABLE = 29,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_BAD_INTEGRITY = 31,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_TKT_EXPIRED = 32,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_TKT_NYV = 33,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_REPEAT = 34,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_NOT_US = 35,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_BADMATCH = 36,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_SKEW = 37,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_BADADDR = 38,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_BADVERSION = 39,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_MSG_TYPE = 40,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_MODIFIED = 41,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_BADORDER = 42,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_BADKEYVER = 44,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_NOKEY = 45,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_MUT_FAIL = 46,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_BADDIRECTION = 47,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_METHOD = 48,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_BADSEQ = 49,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_INAPP_CKSUM = 50,
    KERBEROS_ERROR_CODE_KRB_AP_PATH_NOT_ACCEPTED = 51,
    KERBEROS_ERROR_CODE_KRB_ERR_RESPONSE_TOO_BIG = 52,
    KERBEROS_ERROR_CODE_KRB_ERR_GENERIC = 60,
    KERBEROS_ERROR_CODE_KRB_ERR_FIELD_TOOLONG = 61,
    KERBEROS_ERROR_CODE_KDC_ERROR_CLIENT_NOT_TRUSTED = 62,
    KERBEROS_ERROR_CODE_KDC_ERROR_KDC_NOT_TRUSTED = 63,
    KERBEROS_ERROR_CODE_KDC_ERROR_INVALID_SIG = 64,
    KERBEROS_ERROR_CODE_KDC_ERR_KEY_TOO_WEAK = 65,
    KERBEROS_ERROR_CODE_KDC_ERR_CERTIFICATE_MISMATCH = 66,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_NO_TGT = 67,
    KERBEROS_ERROR_CODE_KDC_ERR_WRONG_REALM = 68,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_USER_TO_USER_REQUIRED = 69,
    KERBEROS_ERROR_CODE_KDC_ERR_CANT_VERIFY_CERTIFICATE = 70,
    KERBEROS_ERROR_CODE_KDC_ERR_INVALID_CERTIFICATE = 71,
    KERBEROS_ERROR_CODE_KDC_ERR_REVOKED_CERTIFICATE = 72,
    KERBEROS_ERROR_CODE_KDC_ERR_REVOCATION_STATUS_UNKNOWN = 73,
    KERBEROS_ERROR_CODE_KDC_ERR_REVOCATION_STATUS_UNAVAILABLE = 74,
    KERBEROS_ERROR_CODE_KDC_ERR_CLIENT_NAME_MISMATCH = 75,
    KERBEROS_ERROR_CODE_KDC_ERR_KDC_NAME_MISMATCH = 76,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_IAKERB_KDC_NOT_FOUND = 85,
    KERBEROS_ERROR_CODE_KRB_AP_ERR_IAKERB_KDC_NO_RESPONSE = 86
};

/* kerberos_krb_error: KRB-ERROR.  Source: RFC 4120 5.9.1. */
struct kerberos_krb_error {
    int64_t pvno;
    int64_t msg_type; /* KERBEROS_MESSAGE_TYPE_* */
    bool has_ctime;
    struct spnego_slice ctime;
    bool has_cusec;
    int64_t cusec;
    struct spnego_slice stime;
    int64_t susec;
    int64_t error_code; /* KERBEROS_ERROR_CODE_* */
    bool has_crealm;
    struct spnego_slice crealm;
    bool has_cname;
    struct kerberos_principal_name cname;
    struct spnego_slice realm;
    struct kerberos_principal_name sname;
    bool has_e_text;
    struct spnego_slice e_text;
    bool has_e_data;
    struct spnego_slice e_data;
};

/* kerberos_tgt_req: TGT-REQ.  User-to-user: asks the service for its TGT.  Source:
 * draft-swift-win2k-krb-user2user-03 3. */
struct kerberos_tgt_req {
    int64_t pvno;
    int64_t msg_type; /* KERBEROS_MESSAGE_TYPE_* */
    bool has_server_name;
    struct kerberos_principal_name server_name;
    bool has_realm;
    struct spnego_slice realm;
};

/* kerberos_tgt_rep: TGT-REP.  User-to-user: the service's TGT.  Source: draft-swift-
 * win2k-krb-user2user-03 3. */
struct kerberos_tgt_rep {
    int64_t pvno;
    int64_t msg_type; /* KERBEROS_MESSAGE_TYPE_* */
    struct kerberos_ticket ticket;
};

/* Each reads one message, which must fill `in`.  Slices in `*out` point into `in`.
 * Returns SPNEGO_OK, SPNEGO_E_MALFORMED or SPNEGO_E_LIMIT; `*out` is good only if
 * SPNEGO_OK. */
/* EncTicketPart.  RFC 4120 5.3. */
SPNEGO_MUST_USE enum spnego_status
kerberos_enc_ticket_part_decode(struct kerberos_enc_ticket_part *out,
                                struct spnego_slice in,
                                const struct spnego_decode_opts *opts);
/* AS-REQ.  RFC 4120 5.4.1. */
SPNEGO_MUST_USE enum spnego_status
kerberos_as_req_decode(struct kerberos_kdc_req *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts);
/* TGS-REQ.  RFC 4120 5.4.1. */
SPNEGO_MUST_USE enum spnego_status
kerberos_tgs_req_decode(struct kerberos_kdc_req *out, struct spnego_slice in,
                        const struct spnego_decode_opts *opts);
/* AS-REP.  RFC 4120 5.4.2. */
SPNEGO_MUST_USE enum spnego_status
kerberos_as_rep_decode(struct kerberos_kdc_rep *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts);
/* TGS-REP.  RFC 4120 5.4.2. */
SPNEGO_MUST_USE enum spnego_status
kerberos_tgs_rep_decode(struct kerberos_kdc_rep *out, struct spnego_slice in,
                        const struct spnego_decode_opts *opts);
/* AP-REQ.  RFC 4120 5.5.1. */
SPNEGO_MUST_USE enum spnego_status
kerberos_ap_req_decode(struct kerberos_ap_req *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts);
/* Authenticator.  RFC 4120 5.5.1. */
SPNEGO_MUST_USE enum spnego_status
kerberos_authenticator_decode(struct kerberos_authenticator *out,
                              struct spnego_slice in,
                              const struct spnego_decode_opts *opts);
/* AP-REP.  RFC 4120 5.5.2. */
SPNEGO_MUST_USE enum spnego_status
kerberos_ap_rep_decode(struct kerberos_ap_rep *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts);
/* EncAPRepPart.  RFC 4120 5.5.2. */
SPNEGO_MUST_USE enum spnego_status
kerberos_enc_ap_rep_part_decode(struct kerberos_enc_ap_rep_part *out,
                                struct spnego_slice in,
                                const struct spnego_decode_opts *opts);
/* KRB-ERROR.  RFC 4120 5.9.1. */
SPNEGO_MUST_USE enum spnego_status
kerberos_krb_error_decode(struct kerberos_krb_error *out, struct spnego_slice in,
                          const struct spnego_decode_opts *opts);
/* TGT-REQ.  draft-swift-win2k-krb-user2user-03 3. */
SPNEGO_MUST_USE enum spnego_status
kerberos_tgt_req_decode(struct kerberos_tgt_req *out, struct spnego_slice in,
                        const struct spnego_decode_opts *opts);
/* TGT-REP.  draft-swift-win2k-krb-user2user-03 3. */
SPNEGO_MUST_USE enum spnego_status
kerberos_tgt_rep_decode(struct kerberos_tgt_rep *out, struct spnego_slice in,
                        const struct spnego_decode_opts *opts);

#ifdef __cplusplus
}
#endif
#endif
