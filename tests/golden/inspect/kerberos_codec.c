/* inspect/kerberos_codec.c: what reads KerberosV5Spec2.  Generated from
 * asn1/kerberos.asn1: edit that.  Each function has the type's definition beside it. */
#include "inspect/inspect_der.h"
#include "inspect/names.h"
#include <inspect/kerberos.h>
#include <string.h>

/* NameString ::= SEQUENCE OF KerberosString.  asn1/kerberos.asn1:83.  RFC 4120 5.2.2. */
static void
read_name_string(struct spnego_reader *r, struct kerberos_name_string *out)
{
    struct spnego_slice item;
    size_t start = r->off;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    while (spnego_der_more(r, &out->count))
        inspect_string(r, &item, SPNEGO_DER_GENERAL_STRING);
    out->der = spnego_reader_slice(r, start, r->end);
}

bool
kerberos_name_string_next(struct spnego_slice *item, size_t *pos,
                          const struct kerberos_name_string *list)
{
    struct spnego_decoding decoding;
    struct spnego_reader element;

    if (!inspect_next(&element, &decoding, pos, list->der))
        return false;
    memset(item, 0, sizeof(*item));
    inspect_string(&element, item, SPNEGO_DER_GENERAL_STRING);
    return true;
}

/* PrincipalName ::= SEQUENCE.  asn1/kerberos.asn1:86.  RFC 4120 5.2.2. */
static void
read_principal_name(struct spnego_reader *r, struct kerberos_principal_name *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* name-type [0] NameType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_PrincipalName.name_type))
        inspect_may_integer(r, &out->name_type, SPNEGO_DER_CONTEXT(0),
                            &kerberos_PrincipalName.name_type);
    /* name-string [1] NameString */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(1),
                        &kerberos_PrincipalName.name_string)) {
        read_name_string(&field, &out->name_string);
        spnego_der_close(&field);
    }
    spnego_der_no_extensions(r);
}

/* HostAddress ::= SEQUENCE.  asn1/kerberos.asn1:92.  RFC 4120 5.2.5. */
static void
read_host_address(struct spnego_reader *r, struct kerberos_host_address *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* addr-type [0] Int32 */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_HostAddress.addr_type))
        inspect_may_integer(r, &out->addr_type, SPNEGO_DER_CONTEXT(0),
                            &kerberos_HostAddress.addr_type);
    /* address [1] OCTET STRING */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_HostAddress.address))
        spnego_der_may_string(r, &out->address, SPNEGO_DER_CONTEXT(1),
                              SPNEGO_DER_OCTET_STRING, &kerberos_HostAddress.address);
    spnego_der_no_extensions(r);
}

/* HostAddresses ::= SEQUENCE OF HostAddress.  asn1/kerberos.asn1:98.  RFC 4120 5.2.5. */
static void
read_host_addresses(struct spnego_reader *r, struct kerberos_host_addresses *out)
{
    struct spnego_reader element;
    struct kerberos_host_address item;
    size_t start = r->off;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    while (spnego_der_more(r, &out->count) && inspect_element(r, &element)) {
        memset(&item, 0, sizeof(item));
        read_host_address(&element, &item);
    }
    out->der = spnego_reader_slice(r, start, r->end);
}

bool
kerberos_host_addresses_next(struct kerberos_host_address *item, size_t *pos,
                             const struct kerberos_host_addresses *list)
{
    struct spnego_decoding decoding;
    struct spnego_reader element;

    if (!inspect_next(&element, &decoding, pos, list->der))
        return false;
    memset(item, 0, sizeof(*item));
    read_host_address(&element, item);
    return true;
}

/* AuthorizationDatum ::= SEQUENCE.  asn1/kerberos.asn1:101.  RFC 4120 5.2.6. */
static void
read_authorization_datum(struct spnego_reader *r,
                         struct kerberos_authorization_datum *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* ad-type [0] Int32 */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0),
                          &kerberos_AuthorizationDatum.ad_type))
        inspect_may_integer(r, &out->ad_type, SPNEGO_DER_CONTEXT(0),
                            &kerberos_AuthorizationDatum.ad_type);
    /* ad-data [1] OCTET STRING */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1),
                          &kerberos_AuthorizationDatum.ad_data))
        spnego_der_may_string(r, &out->ad_data, SPNEGO_DER_CONTEXT(1),
                              SPNEGO_DER_OCTET_STRING,
                              &kerberos_AuthorizationDatum.ad_data);
    spnego_der_no_extensions(r);
}

/* AuthorizationData ::= SEQUENCE OF AuthorizationDatum.  asn1/kerberos.asn1:107.  RFC
 * 4120 5.2.6. */
static void
read_authorization_data(struct spnego_reader *r,
                        struct kerberos_authorization_data *out)
{
    struct spnego_reader element;
    struct kerberos_authorization_datum item;
    size_t start = r->off;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    while (spnego_der_more(r, &out->count) && inspect_element(r, &element)) {
        memset(&item, 0, sizeof(item));
        read_authorization_datum(&element, &item);
    }
    out->der = spnego_reader_slice(r, start, r->end);
}

bool
kerberos_authorization_data_next(struct kerberos_authorization_datum *item,
                                 size_t *pos,
                                 const struct kerberos_authorization_data *list)
{
    struct spnego_decoding decoding;
    struct spnego_reader element;

    if (!inspect_next(&element, &decoding, pos, list->der))
        return false;
    memset(item, 0, sizeof(*item));
    read_authorization_datum(&element, item);
    return true;
}

/* PA-DATA ::= SEQUENCE.  asn1/kerberos.asn1:132.  RFC 4120 5.2.7. */
static void
read_pa_data(struct spnego_reader *r, struct kerberos_pa_data *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* padata-type [1] PaDataType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_PA_DATA.padata_type))
        inspect_may_integer(r, &out->padata_type, SPNEGO_DER_CONTEXT(1),
                            &kerberos_PA_DATA.padata_type);
    /* padata-value [2] OCTET STRING */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(2), &kerberos_PA_DATA.padata_value))
        spnego_der_may_string(r, &out->padata_value, SPNEGO_DER_CONTEXT(2),
                              SPNEGO_DER_OCTET_STRING, &kerberos_PA_DATA.padata_value);
    spnego_der_no_extensions(r);
}

/* METHOD-DATA ::= SEQUENCE OF PA-DATA.  asn1/kerberos.asn1:138.  RFC 4120 5.2.7. */
static void
read_method_data(struct spnego_reader *r, struct kerberos_method_data *out)
{
    struct spnego_reader element;
    struct kerberos_pa_data item;
    size_t start = r->off;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    while (spnego_der_more(r, &out->count) && inspect_element(r, &element)) {
        memset(&item, 0, sizeof(item));
        read_pa_data(&element, &item);
    }
    out->der = spnego_reader_slice(r, start, r->end);
}

bool
kerberos_method_data_next(struct kerberos_pa_data *item, size_t *pos,
                          const struct kerberos_method_data *list)
{
    struct spnego_decoding decoding;
    struct spnego_reader element;

    if (!inspect_next(&element, &decoding, pos, list->der))
        return false;
    memset(item, 0, sizeof(*item));
    read_pa_data(&element, item);
    return true;
}

/* EncryptedData ::= SEQUENCE.  asn1/kerberos.asn1:141.  RFC 4120 5.2.9. */
static void
read_encrypted_data(struct spnego_reader *r, struct kerberos_encrypted_data *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* etype [0] EncryptionType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_EncryptedData.etype))
        inspect_may_integer(r, &out->etype, SPNEGO_DER_CONTEXT(0),
                            &kerberos_EncryptedData.etype);
    /* kvno [1] UInt32 OPTIONAL */
    out->has_kvno = inspect_may_integer(r, &out->kvno, SPNEGO_DER_CONTEXT(1),
                                        &kerberos_EncryptedData.kvno);
    /* cipher [2] OCTET STRING */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(2), &kerberos_EncryptedData.cipher))
        spnego_der_may_string(r, &out->cipher, SPNEGO_DER_CONTEXT(2),
                              SPNEGO_DER_OCTET_STRING, &kerberos_EncryptedData.cipher);
    spnego_der_no_extensions(r);
}

/* EncryptionKey ::= SEQUENCE.  asn1/kerberos.asn1:148.  RFC 4120 5.2.9. */
static void
read_encryption_key(struct spnego_reader *r, struct kerberos_encryption_key *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* keytype [0] EncryptionType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_EncryptionKey.keytype))
        inspect_may_integer(r, &out->keytype, SPNEGO_DER_CONTEXT(0),
                            &kerberos_EncryptionKey.keytype);
    /* keyvalue [1] OCTET STRING */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_EncryptionKey.keyvalue))
        spnego_der_may_string(r, &out->keyvalue, SPNEGO_DER_CONTEXT(1),
                              SPNEGO_DER_OCTET_STRING, &kerberos_EncryptionKey.keyvalue);
    spnego_der_no_extensions(r);
}

/* Checksum ::= SEQUENCE.  asn1/kerberos.asn1:154.  RFC 4120 5.2.9. */
static void
read_checksum(struct spnego_reader *r, struct kerberos_checksum *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* cksumtype [0] Int32 */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_Checksum.cksumtype))
        inspect_may_integer(r, &out->cksumtype, SPNEGO_DER_CONTEXT(0),
                            &kerberos_Checksum.cksumtype);
    /* checksum [1] OCTET STRING */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_Checksum.checksum))
        spnego_der_may_string(r, &out->checksum, SPNEGO_DER_CONTEXT(1),
                              SPNEGO_DER_OCTET_STRING, &kerberos_Checksum.checksum);
    spnego_der_no_extensions(r);
}

/* Ticket ::= [APPLICATION 1] SEQUENCE.  asn1/kerberos.asn1:160.  RFC 4120 5.3. */
static void
read_ticket(struct spnego_reader *r, struct kerberos_ticket *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, INSPECT_DER_APPLICATION(1)) ||
        !spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* tkt-vno [0] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_Ticket.tkt_vno))
        inspect_may_integer(r, &out->tkt_vno, SPNEGO_DER_CONTEXT(0),
                            &kerberos_Ticket.tkt_vno);
    /* realm [1] Realm */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_Ticket.realm))
        spnego_der_may_string(r, &out->realm, SPNEGO_DER_CONTEXT(1),
                              SPNEGO_DER_GENERAL_STRING, &kerberos_Ticket.realm);
    /* sname [2] PrincipalName */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(2), &kerberos_Ticket.sname)) {
        read_principal_name(&field, &out->sname);
        spnego_der_close(&field);
    }
    /* enc-part [3] EncryptedData */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(3), &kerberos_Ticket.enc_part)) {
        read_encrypted_data(&field, &out->enc_part);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

/* TransitedEncoding ::= SEQUENCE.  asn1/kerberos.asn1:187.  RFC 4120 5.3. */
static void
read_transited_encoding(struct spnego_reader *r,
                        struct kerberos_transited_encoding *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* tr-type [0] Int32 */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0),
                          &kerberos_TransitedEncoding.tr_type))
        inspect_may_integer(r, &out->tr_type, SPNEGO_DER_CONTEXT(0),
                            &kerberos_TransitedEncoding.tr_type);
    /* contents [1] OCTET STRING */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1),
                          &kerberos_TransitedEncoding.contents))
        spnego_der_may_string(r, &out->contents, SPNEGO_DER_CONTEXT(1),
                              SPNEGO_DER_OCTET_STRING,
                              &kerberos_TransitedEncoding.contents);
    spnego_der_no_extensions(r);
}

/* EncTicketPart ::= [APPLICATION 3] SEQUENCE.  asn1/kerberos.asn1:193.  RFC 4120 5.3. */
static void
read_enc_ticket_part(struct spnego_reader *r, struct kerberos_enc_ticket_part *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, INSPECT_DER_APPLICATION(3)) ||
        !spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* flags [0] TicketFlags */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_EncTicketPart.flags))
        inspect_may_bits(r, &out->flags, SPNEGO_DER_CONTEXT(0),
                         &kerberos_EncTicketPart.flags);
    /* key [1] EncryptionKey */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(1),
                        &kerberos_EncTicketPart.key)) {
        read_encryption_key(&field, &out->key);
        spnego_der_close(&field);
    }
    /* crealm [2] Realm */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(2), &kerberos_EncTicketPart.crealm))
        spnego_der_may_string(r, &out->crealm, SPNEGO_DER_CONTEXT(2),
                              SPNEGO_DER_GENERAL_STRING, &kerberos_EncTicketPart.crealm);
    /* cname [3] PrincipalName */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(3),
                        &kerberos_EncTicketPart.cname)) {
        read_principal_name(&field, &out->cname);
        spnego_der_close(&field);
    }
    /* transited [4] TransitedEncoding */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(4),
                        &kerberos_EncTicketPart.transited)) {
        read_transited_encoding(&field, &out->transited);
        spnego_der_close(&field);
    }
    /* authtime [5] KerberosTime */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(5), &kerberos_EncTicketPart.authtime))
        spnego_der_may_string(r, &out->authtime, SPNEGO_DER_CONTEXT(5),
                              INSPECT_DER_GENERALIZED_TIME,
                              &kerberos_EncTicketPart.authtime);
    /* starttime [6] KerberosTime OPTIONAL */
    out->has_starttime = spnego_der_may_string(r, &out->starttime,
                                               SPNEGO_DER_CONTEXT(6),
                                               INSPECT_DER_GENERALIZED_TIME,
                                               &kerberos_EncTicketPart.starttime);
    /* endtime [7] KerberosTime */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(7), &kerberos_EncTicketPart.endtime))
        spnego_der_may_string(r, &out->endtime, SPNEGO_DER_CONTEXT(7),
                              INSPECT_DER_GENERALIZED_TIME,
                              &kerberos_EncTicketPart.endtime);
    /* renew-till [8] KerberosTime OPTIONAL */
    out->has_renew_till = spnego_der_may_string(r, &out->renew_till,
                                                SPNEGO_DER_CONTEXT(8),
                                                INSPECT_DER_GENERALIZED_TIME,
                                                &kerberos_EncTicketPart.renew_till);
    /* caddr [9] HostAddresses OPTIONAL */
    out->has_caddr = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(9),
                                    &kerberos_EncTicketPart.caddr);
    if (out->has_caddr) {
        read_host_addresses(&field, &out->caddr);
        spnego_der_close(&field);
    }
    /* authorization-data [10] AuthorizationData OPTIONAL */
    out->has_authorization_data = spnego_der_may(
        r, &field, SPNEGO_DER_CONTEXT(10), &kerberos_EncTicketPart.authorization_data);
    if (out->has_authorization_data) {
        read_authorization_data(&field, &out->authorization_data);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

enum spnego_status
kerberos_enc_ticket_part_decode(struct kerberos_enc_ticket_part *out,
                                struct spnego_slice in,
                                const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_EncTicketPart.self);
    read_enc_ticket_part(&r, out);
    return decoding.status;
}

/* EncryptionTypes ::= SEQUENCE OF EncryptionType.  asn1/kerberos.asn1:228.  RFC 4120
 * 5.4.1. */
static void
read_encryption_types(struct spnego_reader *r,
                      struct kerberos_encryption_types *out)
{
    int64_t item;
    size_t start = r->off;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    while (spnego_der_more(r, &out->count))
        inspect_integer(r, &item);
    out->der = spnego_reader_slice(r, start, r->end);
}

bool
kerberos_encryption_types_next(int64_t *item, size_t *pos,
                               const struct kerberos_encryption_types *list)
{
    struct spnego_decoding decoding;
    struct spnego_reader element;

    if (!inspect_next(&element, &decoding, pos, list->der))
        return false;
    memset(item, 0, sizeof(*item));
    inspect_integer(&element, item);
    return true;
}

/* Tickets ::= SEQUENCE OF Ticket.  asn1/kerberos.asn1:231.  RFC 4120 5.4.1. */
static void
read_tickets(struct spnego_reader *r, struct kerberos_tickets *out)
{
    struct spnego_reader element;
    struct kerberos_ticket item;
    size_t start = r->off;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    while (spnego_der_more(r, &out->count) && inspect_element(r, &element)) {
        memset(&item, 0, sizeof(item));
        read_ticket(&element, &item);
    }
    out->der = spnego_reader_slice(r, start, r->end);
}

bool
kerberos_tickets_next(struct kerberos_ticket *item, size_t *pos,
                      const struct kerberos_tickets *list)
{
    struct spnego_decoding decoding;
    struct spnego_reader element;

    if (!inspect_next(&element, &decoding, pos, list->der))
        return false;
    memset(item, 0, sizeof(*item));
    read_ticket(&element, item);
    return true;
}

/* KDC-REQ-BODY ::= SEQUENCE.  asn1/kerberos.asn1:234.  RFC 4120 5.4.1. */
static void
read_kdc_req_body(struct spnego_reader *r, struct kerberos_kdc_req_body *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* kdc-options [0] KDCOptions */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_KDC_REQ_BODY.kdc_options))
        inspect_may_bits(r, &out->kdc_options, SPNEGO_DER_CONTEXT(0),
                         &kerberos_KDC_REQ_BODY.kdc_options);
    /* cname [1] PrincipalName OPTIONAL */
    out->has_cname = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(1),
                                    &kerberos_KDC_REQ_BODY.cname);
    if (out->has_cname) {
        read_principal_name(&field, &out->cname);
        spnego_der_close(&field);
    }
    /* realm [2] Realm */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(2), &kerberos_KDC_REQ_BODY.realm))
        spnego_der_may_string(r, &out->realm, SPNEGO_DER_CONTEXT(2),
                              SPNEGO_DER_GENERAL_STRING, &kerberos_KDC_REQ_BODY.realm);
    /* sname [3] PrincipalName OPTIONAL */
    out->has_sname = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(3),
                                    &kerberos_KDC_REQ_BODY.sname);
    if (out->has_sname) {
        read_principal_name(&field, &out->sname);
        spnego_der_close(&field);
    }
    /* from [4] KerberosTime OPTIONAL */
    out->has_from = spnego_der_may_string(r, &out->from, SPNEGO_DER_CONTEXT(4),
                                          INSPECT_DER_GENERALIZED_TIME,
                                          &kerberos_KDC_REQ_BODY.from);
    /* till [5] KerberosTime */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(5), &kerberos_KDC_REQ_BODY.till))
        spnego_der_may_string(r, &out->till, SPNEGO_DER_CONTEXT(5),
                              INSPECT_DER_GENERALIZED_TIME, &kerberos_KDC_REQ_BODY.till);
    /* rtime [6] KerberosTime OPTIONAL */
    out->has_rtime = spnego_der_may_string(r, &out->rtime, SPNEGO_DER_CONTEXT(6),
                                           INSPECT_DER_GENERALIZED_TIME,
                                           &kerberos_KDC_REQ_BODY.rtime);
    /* nonce [7] UInt32 */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(7), &kerberos_KDC_REQ_BODY.nonce))
        inspect_may_integer(r, &out->nonce, SPNEGO_DER_CONTEXT(7),
                            &kerberos_KDC_REQ_BODY.nonce);
    /* etype [8] EncryptionTypes */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(8),
                        &kerberos_KDC_REQ_BODY.etype)) {
        read_encryption_types(&field, &out->etype);
        spnego_der_close(&field);
    }
    /* addresses [9] HostAddresses OPTIONAL */
    out->has_addresses = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(9),
                                        &kerberos_KDC_REQ_BODY.addresses);
    if (out->has_addresses) {
        read_host_addresses(&field, &out->addresses);
        spnego_der_close(&field);
    }
    /* enc-authorization-data [10] EncryptedData OPTIONAL */
    out->has_enc_authorization_data = spnego_der_may(
        r, &field, SPNEGO_DER_CONTEXT(10),
        &kerberos_KDC_REQ_BODY.enc_authorization_data);
    if (out->has_enc_authorization_data) {
        read_encrypted_data(&field, &out->enc_authorization_data);
        spnego_der_close(&field);
    }
    /* additional-tickets [11] Tickets OPTIONAL */
    out->has_additional_tickets = spnego_der_may(
        r, &field, SPNEGO_DER_CONTEXT(11), &kerberos_KDC_REQ_BODY.additional_tickets);
    if (out->has_additional_tickets) {
        read_tickets(&field, &out->additional_tickets);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

/* KDC-REQ ::= SEQUENCE.  asn1/kerberos.asn1:251.  RFC 4120 5.4.1. */
static void
read_kdc_req(struct spnego_reader *r, struct kerberos_kdc_req *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* pvno [1] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_KDC_REQ.pvno))
        inspect_may_integer(r, &out->pvno, SPNEGO_DER_CONTEXT(1), &kerberos_KDC_REQ.pvno);
    /* msg-type [2] MessageType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(2), &kerberos_KDC_REQ.msg_type))
        inspect_may_integer(r, &out->msg_type, SPNEGO_DER_CONTEXT(2),
                            &kerberos_KDC_REQ.msg_type);
    /* padata [3] METHOD-DATA OPTIONAL */
    out->has_padata = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(3),
                                     &kerberos_KDC_REQ.padata);
    if (out->has_padata) {
        read_method_data(&field, &out->padata);
        spnego_der_close(&field);
    }
    /* req-body [4] KDC-REQ-BODY */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(4), &kerberos_KDC_REQ.req_body)) {
        read_kdc_req_body(&field, &out->req_body);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

/* AS-REQ ::= [APPLICATION 10] KDC-REQ.  asn1/kerberos.asn1:260.  RFC 4120 5.4.1. */
enum spnego_status
kerberos_as_req_decode(struct kerberos_kdc_req *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_AS_REQ.self);
    if (spnego_der_enter(&r, INSPECT_DER_APPLICATION(10)))
        read_kdc_req(&r, out);
    return decoding.status;
}

/* TGS-REQ ::= [APPLICATION 12] KDC-REQ.  asn1/kerberos.asn1:263.  RFC 4120 5.4.1. */
enum spnego_status
kerberos_tgs_req_decode(struct kerberos_kdc_req *out, struct spnego_slice in,
                        const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_TGS_REQ.self);
    if (spnego_der_enter(&r, INSPECT_DER_APPLICATION(12)))
        read_kdc_req(&r, out);
    return decoding.status;
}

/* KDC-REP ::= SEQUENCE.  asn1/kerberos.asn1:266.  RFC 4120 5.4.2. */
static void
read_kdc_rep(struct spnego_reader *r, struct kerberos_kdc_rep *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* pvno [0] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_KDC_REP.pvno))
        inspect_may_integer(r, &out->pvno, SPNEGO_DER_CONTEXT(0), &kerberos_KDC_REP.pvno);
    /* msg-type [1] MessageType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_KDC_REP.msg_type))
        inspect_may_integer(r, &out->msg_type, SPNEGO_DER_CONTEXT(1),
                            &kerberos_KDC_REP.msg_type);
    /* padata [2] METHOD-DATA OPTIONAL */
    out->has_padata = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(2),
                                     &kerberos_KDC_REP.padata);
    if (out->has_padata) {
        read_method_data(&field, &out->padata);
        spnego_der_close(&field);
    }
    /* crealm [3] Realm */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(3), &kerberos_KDC_REP.crealm))
        spnego_der_may_string(r, &out->crealm, SPNEGO_DER_CONTEXT(3),
                              SPNEGO_DER_GENERAL_STRING, &kerberos_KDC_REP.crealm);
    /* cname [4] PrincipalName */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(4), &kerberos_KDC_REP.cname)) {
        read_principal_name(&field, &out->cname);
        spnego_der_close(&field);
    }
    /* ticket [5] Ticket */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(5), &kerberos_KDC_REP.ticket)) {
        read_ticket(&field, &out->ticket);
        spnego_der_close(&field);
    }
    /* enc-part [6] EncryptedData */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(6), &kerberos_KDC_REP.enc_part)) {
        read_encrypted_data(&field, &out->enc_part);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

/* AS-REP ::= [APPLICATION 11] KDC-REP.  asn1/kerberos.asn1:278.  RFC 4120 5.4.2. */
enum spnego_status
kerberos_as_rep_decode(struct kerberos_kdc_rep *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_AS_REP.self);
    if (spnego_der_enter(&r, INSPECT_DER_APPLICATION(11)))
        read_kdc_rep(&r, out);
    return decoding.status;
}

/* TGS-REP ::= [APPLICATION 13] KDC-REP.  asn1/kerberos.asn1:281.  RFC 4120 5.4.2. */
enum spnego_status
kerberos_tgs_rep_decode(struct kerberos_kdc_rep *out, struct spnego_slice in,
                        const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_TGS_REP.self);
    if (spnego_der_enter(&r, INSPECT_DER_APPLICATION(13)))
        read_kdc_rep(&r, out);
    return decoding.status;
}

/* AP-REQ ::= [APPLICATION 14] SEQUENCE.  asn1/kerberos.asn1:291.  RFC 4120 5.5.1. */
static void
read_ap_req(struct spnego_reader *r, struct kerberos_ap_req *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, INSPECT_DER_APPLICATION(14)) ||
        !spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* pvno [0] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_AP_REQ.pvno))
        inspect_may_integer(r, &out->pvno, SPNEGO_DER_CONTEXT(0), &kerberos_AP_REQ.pvno);
    /* msg-type [1] MessageType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_AP_REQ.msg_type))
        inspect_may_integer(r, &out->msg_type, SPNEGO_DER_CONTEXT(1),
                            &kerberos_AP_REQ.msg_type);
    /* ap-options [2] APOptions */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(2), &kerberos_AP_REQ.ap_options))
        inspect_may_bits(r, &out->ap_options, SPNEGO_DER_CONTEXT(2),
                         &kerberos_AP_REQ.ap_options);
    /* ticket [3] Ticket */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(3), &kerberos_AP_REQ.ticket)) {
        read_ticket(&field, &out->ticket);
        spnego_der_close(&field);
    }
    /* authenticator [4] EncryptedData */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(4),
                        &kerberos_AP_REQ.authenticator)) {
        read_encrypted_data(&field, &out->authenticator);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

enum spnego_status
kerberos_ap_req_decode(struct kerberos_ap_req *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_AP_REQ.self);
    read_ap_req(&r, out);
    return decoding.status;
}

/* Authenticator ::= [APPLICATION 2] SEQUENCE.  asn1/kerberos.asn1:301.  RFC 4120 5.5.1. */
static void
read_authenticator(struct spnego_reader *r, struct kerberos_authenticator *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, INSPECT_DER_APPLICATION(2)) ||
        !spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* authenticator-vno [0] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0),
                          &kerberos_Authenticator.authenticator_vno))
        inspect_may_integer(r, &out->authenticator_vno, SPNEGO_DER_CONTEXT(0),
                            &kerberos_Authenticator.authenticator_vno);
    /* crealm [1] Realm */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_Authenticator.crealm))
        spnego_der_may_string(r, &out->crealm, SPNEGO_DER_CONTEXT(1),
                              SPNEGO_DER_GENERAL_STRING, &kerberos_Authenticator.crealm);
    /* cname [2] PrincipalName */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(2),
                        &kerberos_Authenticator.cname)) {
        read_principal_name(&field, &out->cname);
        spnego_der_close(&field);
    }
    /* cksum [3] Checksum OPTIONAL */
    out->has_cksum = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(3),
                                    &kerberos_Authenticator.cksum);
    if (out->has_cksum) {
        read_checksum(&field, &out->cksum);
        spnego_der_close(&field);
    }
    /* cusec [4] Microseconds */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(4), &kerberos_Authenticator.cusec))
        inspect_may_integer(r, &out->cusec, SPNEGO_DER_CONTEXT(4),
                            &kerberos_Authenticator.cusec);
    /* ctime [5] KerberosTime */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(5), &kerberos_Authenticator.ctime))
        spnego_der_may_string(r, &out->ctime, SPNEGO_DER_CONTEXT(5),
                              INSPECT_DER_GENERALIZED_TIME, &kerberos_Authenticator.ctime);
    /* subkey [6] EncryptionKey OPTIONAL */
    out->has_subkey = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(6),
                                     &kerberos_Authenticator.subkey);
    if (out->has_subkey) {
        read_encryption_key(&field, &out->subkey);
        spnego_der_close(&field);
    }
    /* seq-number [7] UInt32 OPTIONAL */
    out->has_seq_number = inspect_may_integer(r, &out->seq_number,
                                              SPNEGO_DER_CONTEXT(7),
                                              &kerberos_Authenticator.seq_number);
    /* authorization-data [8] AuthorizationData OPTIONAL */
    out->has_authorization_data = spnego_der_may(
        r, &field, SPNEGO_DER_CONTEXT(8), &kerberos_Authenticator.authorization_data);
    if (out->has_authorization_data) {
        read_authorization_data(&field, &out->authorization_data);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

enum spnego_status
kerberos_authenticator_decode(struct kerberos_authenticator *out,
                              struct spnego_slice in,
                              const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_Authenticator.self);
    read_authenticator(&r, out);
    return decoding.status;
}

/* AP-REP ::= [APPLICATION 15] SEQUENCE.  asn1/kerberos.asn1:315.  RFC 4120 5.5.2. */
static void
read_ap_rep(struct spnego_reader *r, struct kerberos_ap_rep *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, INSPECT_DER_APPLICATION(15)) ||
        !spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* pvno [0] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_AP_REP.pvno))
        inspect_may_integer(r, &out->pvno, SPNEGO_DER_CONTEXT(0), &kerberos_AP_REP.pvno);
    /* msg-type [1] MessageType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_AP_REP.msg_type))
        inspect_may_integer(r, &out->msg_type, SPNEGO_DER_CONTEXT(1),
                            &kerberos_AP_REP.msg_type);
    /* enc-part [2] EncryptedData */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(2), &kerberos_AP_REP.enc_part)) {
        read_encrypted_data(&field, &out->enc_part);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

enum spnego_status
kerberos_ap_rep_decode(struct kerberos_ap_rep *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_AP_REP.self);
    read_ap_rep(&r, out);
    return decoding.status;
}

/* EncAPRepPart ::= [APPLICATION 27] SEQUENCE.  asn1/kerberos.asn1:323.  RFC 4120 5.5.2. */
static void
read_enc_ap_rep_part(struct spnego_reader *r, struct kerberos_enc_ap_rep_part *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, INSPECT_DER_APPLICATION(27)) ||
        !spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* ctime [0] KerberosTime */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_EncAPRepPart.ctime))
        spnego_der_may_string(r, &out->ctime, SPNEGO_DER_CONTEXT(0),
                              INSPECT_DER_GENERALIZED_TIME, &kerberos_EncAPRepPart.ctime);
    /* cusec [1] Microseconds */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_EncAPRepPart.cusec))
        inspect_may_integer(r, &out->cusec, SPNEGO_DER_CONTEXT(1),
                            &kerberos_EncAPRepPart.cusec);
    /* subkey [2] EncryptionKey OPTIONAL */
    out->has_subkey = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(2),
                                     &kerberos_EncAPRepPart.subkey);
    if (out->has_subkey) {
        read_encryption_key(&field, &out->subkey);
        spnego_der_close(&field);
    }
    /* seq-number [3] UInt32 OPTIONAL */
    out->has_seq_number = inspect_may_integer(r, &out->seq_number,
                                              SPNEGO_DER_CONTEXT(3),
                                              &kerberos_EncAPRepPart.seq_number);
    spnego_der_extensions(r); /* ... */
}

enum spnego_status
kerberos_enc_ap_rep_part_decode(struct kerberos_enc_ap_rep_part *out,
                                struct spnego_slice in,
                                const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_EncAPRepPart.self);
    read_enc_ap_rep_part(&r, out);
    return decoding.status;
}

/* KRB-ERROR ::= [APPLICATION 30] SEQUENCE.  asn1/kerberos.asn1:406.  RFC 4120 5.9.1. */
static void
read_krb_error(struct spnego_reader *r, struct kerberos_krb_error *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, INSPECT_DER_APPLICATION(30)) ||
        !spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* pvno [0] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_KRB_ERROR.pvno))
        inspect_may_integer(r, &out->pvno, SPNEGO_DER_CONTEXT(0), &kerberos_KRB_ERROR.pvno);
    /* msg-type [1] MessageType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_KRB_ERROR.msg_type))
        inspect_may_integer(r, &out->msg_type, SPNEGO_DER_CONTEXT(1),
                            &kerberos_KRB_ERROR.msg_type);
    /* ctime [2] KerberosTime OPTIONAL */
    out->has_ctime = spnego_der_may_string(r, &out->ctime, SPNEGO_DER_CONTEXT(2),
                                           INSPECT_DER_GENERALIZED_TIME,
                                           &kerberos_KRB_ERROR.ctime);
    /* cusec [3] Microseconds OPTIONAL */
    out->has_cusec = inspect_may_integer(r, &out->cusec, SPNEGO_DER_CONTEXT(3),
                                         &kerberos_KRB_ERROR.cusec);
    /* stime [4] KerberosTime */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(4), &kerberos_KRB_ERROR.stime))
        spnego_der_may_string(r, &out->stime, SPNEGO_DER_CONTEXT(4),
                              INSPECT_DER_GENERALIZED_TIME, &kerberos_KRB_ERROR.stime);
    /* susec [5] Microseconds */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(5), &kerberos_KRB_ERROR.susec))
        inspect_may_integer(r, &out->susec, SPNEGO_DER_CONTEXT(5),
                            &kerberos_KRB_ERROR.susec);
    /* error-code [6] ErrorCode */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(6), &kerberos_KRB_ERROR.error_code))
        inspect_may_integer(r, &out->error_code, SPNEGO_DER_CONTEXT(6),
                            &kerberos_KRB_ERROR.error_code);
    /* crealm [7] Realm OPTIONAL */
    out->has_crealm = spnego_der_may_string(r, &out->crealm, SPNEGO_DER_CONTEXT(7),
                                            SPNEGO_DER_GENERAL_STRING,
                                            &kerberos_KRB_ERROR.crealm);
    /* cname [8] PrincipalName OPTIONAL */
    out->has_cname = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(8),
                                    &kerberos_KRB_ERROR.cname);
    if (out->has_cname) {
        read_principal_name(&field, &out->cname);
        spnego_der_close(&field);
    }
    /* realm [9] Realm */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(9), &kerberos_KRB_ERROR.realm))
        spnego_der_may_string(r, &out->realm, SPNEGO_DER_CONTEXT(9),
                              SPNEGO_DER_GENERAL_STRING, &kerberos_KRB_ERROR.realm);
    /* sname [10] PrincipalName */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(10), &kerberos_KRB_ERROR.sname)) {
        read_principal_name(&field, &out->sname);
        spnego_der_close(&field);
    }
    /* e-text [11] KerberosString OPTIONAL */
    out->has_e_text = spnego_der_may_string(r, &out->e_text, SPNEGO_DER_CONTEXT(11),
                                            SPNEGO_DER_GENERAL_STRING,
                                            &kerberos_KRB_ERROR.e_text);
    /* e-data [12] OCTET STRING OPTIONAL */
    out->has_e_data = spnego_der_may_string(r, &out->e_data, SPNEGO_DER_CONTEXT(12),
                                            SPNEGO_DER_OCTET_STRING,
                                            &kerberos_KRB_ERROR.e_data);
    spnego_der_extensions(r); /* ... */
}

enum spnego_status
kerberos_krb_error_decode(struct kerberos_krb_error *out, struct spnego_slice in,
                          const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_KRB_ERROR.self);
    read_krb_error(&r, out);
    return decoding.status;
}

/* TGT-REQ ::= SEQUENCE.  asn1/kerberos.asn1:424.  draft-swift-win2k-krb-user2user-03 3. */
static void
read_tgt_req(struct spnego_reader *r, struct kerberos_tgt_req *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* pvno [0] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_TGT_REQ.pvno))
        inspect_may_integer(r, &out->pvno, SPNEGO_DER_CONTEXT(0), &kerberos_TGT_REQ.pvno);
    /* msg-type [1] MessageType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_TGT_REQ.msg_type))
        inspect_may_integer(r, &out->msg_type, SPNEGO_DER_CONTEXT(1),
                            &kerberos_TGT_REQ.msg_type);
    /* server-name [2] PrincipalName OPTIONAL */
    out->has_server_name = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(2),
                                          &kerberos_TGT_REQ.server_name);
    if (out->has_server_name) {
        read_principal_name(&field, &out->server_name);
        spnego_der_close(&field);
    }
    /* realm [3] Realm OPTIONAL */
    out->has_realm = spnego_der_may_string(r, &out->realm, SPNEGO_DER_CONTEXT(3),
                                           SPNEGO_DER_GENERAL_STRING,
                                           &kerberos_TGT_REQ.realm);
    spnego_der_no_extensions(r);
}

enum spnego_status
kerberos_tgt_req_decode(struct kerberos_tgt_req *out, struct spnego_slice in,
                        const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_TGT_REQ.self);
    read_tgt_req(&r, out);
    return decoding.status;
}

/* TGT-REP ::= SEQUENCE.  asn1/kerberos.asn1:432.  draft-swift-win2k-krb-user2user-03 3. */
static void
read_tgt_rep(struct spnego_reader *r, struct kerberos_tgt_rep *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* pvno [0] INTEGER */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &kerberos_TGT_REP.pvno))
        inspect_may_integer(r, &out->pvno, SPNEGO_DER_CONTEXT(0), &kerberos_TGT_REP.pvno);
    /* msg-type [1] MessageType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(1), &kerberos_TGT_REP.msg_type))
        inspect_may_integer(r, &out->msg_type, SPNEGO_DER_CONTEXT(1),
                            &kerberos_TGT_REP.msg_type);
    /* ticket [2] Ticket */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(2), &kerberos_TGT_REP.ticket)) {
        read_ticket(&field, &out->ticket);
        spnego_der_close(&field);
    }
    spnego_der_no_extensions(r);
}

enum spnego_status
kerberos_tgt_rep_decode(struct kerberos_tgt_rep *out, struct spnego_slice in,
                        const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &kerberos_TGT_REP.self);
    read_tgt_rep(&r, out);
    return decoding.status;
}
