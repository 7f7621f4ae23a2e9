/* inspect/names.h: names.  Generated from the schemas: edit those. */
#ifndef INSPECT_NAMES_H
#define INSPECT_NAMES_H

#include "reader.h"

extern const struct kerberos_PrincipalName_desc {
    struct spnego_desc self, name_type, name_string;
} kerberos_PrincipalName SPNEGO_HIDDEN;
extern const struct kerberos_HostAddress_desc {
    struct spnego_desc self, addr_type, address;
} kerberos_HostAddress SPNEGO_HIDDEN;
extern const struct kerberos_AuthorizationDatum_desc {
    struct spnego_desc self, ad_type, ad_data;
} kerberos_AuthorizationDatum SPNEGO_HIDDEN;
extern const struct kerberos_PA_DATA_desc {
    struct spnego_desc self, padata_type, padata_value;
} kerberos_PA_DATA SPNEGO_HIDDEN;
extern const struct kerberos_EncryptedData_desc {
    struct spnego_desc self, etype, kvno, cipher;
} kerberos_EncryptedData SPNEGO_HIDDEN;
extern const struct kerberos_EncryptionKey_desc {
    struct spnego_desc self, keytype, keyvalue;
} kerberos_EncryptionKey SPNEGO_HIDDEN;
extern const struct kerberos_Checksum_desc {
    struct spnego_desc self, cksumtype, checksum;
} kerberos_Checksum SPNEGO_HIDDEN;
extern const struct kerberos_Ticket_desc {
    struct spnego_desc self, tkt_vno, realm, sname, enc_part;
} kerberos_Ticket SPNEGO_HIDDEN;
extern const struct kerberos_TransitedEncoding_desc {
    struct spnego_desc self, tr_type, contents;
} kerberos_TransitedEncoding SPNEGO_HIDDEN;
extern const struct kerberos_EncTicketPart_desc {
    struct spnego_desc self, flags, key, crealm, cname, transited, authtime,
        starttime, endtime, renew_till, caddr, authorization_data;
} kerberos_EncTicketPart SPNEGO_HIDDEN;
extern const struct kerberos_KDC_REQ_BODY_desc {
    struct spnego_desc self, kdc_options, cname, realm, sname, from, till, rtime,
        nonce, etype, addresses, enc_authorization_data, additional_tickets;
} kerberos_KDC_REQ_BODY SPNEGO_HIDDEN;
extern const struct kerberos_KDC_REQ_desc {
    struct spnego_desc self, pvno, msg_type, padata, req_body;
} kerberos_KDC_REQ SPNEGO_HIDDEN;
extern const struct kerberos_AS_REQ_desc {
    struct spnego_desc self;
} kerberos_AS_REQ SPNEGO_HIDDEN;
extern const struct kerberos_TGS_REQ_desc {
    struct spnego_desc self;
} kerberos_TGS_REQ SPNEGO_HIDDEN;
extern const struct kerberos_KDC_REP_desc {
    struct spnego_desc self, pvno, msg_type, padata, crealm, cname, ticket,
        enc_part;
} kerberos_KDC_REP SPNEGO_HIDDEN;
extern const struct kerberos_AS_REP_desc {
    struct spnego_desc self;
} kerberos_AS_REP SPNEGO_HIDDEN;
extern const struct kerberos_TGS_REP_desc {
    struct spnego_desc self;
} kerberos_TGS_REP SPNEGO_HIDDEN;
extern const struct kerberos_AP_REQ_desc {
    struct spnego_desc self, pvno, msg_type, ap_options, ticket, authenticator;
} kerberos_AP_REQ SPNEGO_HIDDEN;
extern const struct kerberos_Authenticator_desc {
    struct spnego_desc self, authenticator_vno, crealm, cname, cksum, cusec, ctime,
        subkey, seq_number, authorization_data;
} kerberos_Authenticator SPNEGO_HIDDEN;
extern const struct kerberos_AP_REP_desc {
    struct spnego_desc self, pvno, msg_type, enc_part;
} kerberos_AP_REP SPNEGO_HIDDEN;
extern const struct kerberos_EncAPRepPart_desc {
    struct spnego_desc self, ctime, cusec, subkey, seq_number;
} kerberos_EncAPRepPart SPNEGO_HIDDEN;
extern const struct kerberos_KRB_ERROR_desc {
    struct spnego_desc self, pvno, msg_type, ctime, cusec, stime, susec, error_code,
        crealm, cname, realm, sname, e_text, e_data;
} kerberos_KRB_ERROR SPNEGO_HIDDEN;
extern const struct kerberos_TGT_REQ_desc {
    struct spnego_desc self, pvno, msg_type, server_name, realm;
} kerberos_TGT_REQ SPNEGO_HIDDEN;
extern const struct kerberos_TGT_REP_desc {
    struct spnego_desc self, pvno, msg_type, ticket;
} kerberos_TGT_REP SPNEGO_HIDDEN;
extern const struct kerberos_IAKERB_HEADER_desc {
    struct spnego_desc self, target_realm, cookie, header_flags;
} kerberos_IAKERB_HEADER SPNEGO_HIDDEN;
extern const struct pku2u_PrincipalName_desc {
    struct spnego_desc self, name_type, name_string;
} pku2u_PrincipalName SPNEGO_HIDDEN;
extern const struct pku2u_ExternalPrincipal_desc {
    struct spnego_desc self, subjectName, issuerAndSerialNumber,
        subjectKeyIdentifier;
} pku2u_ExternalPrincipal SPNEGO_HIDDEN;
extern const struct pku2u_MetaDataTarget_desc {
    struct spnego_desc self, realm, sname;
} pku2u_MetaDataTarget SPNEGO_HIDDEN;
extern const struct pku2u_MetaData_desc {
    struct spnego_desc self, trustedCertifiers, target;
} pku2u_MetaData SPNEGO_HIDDEN;

#endif
