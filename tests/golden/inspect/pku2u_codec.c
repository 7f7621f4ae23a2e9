/* inspect/pku2u_codec.c: what reads PKU2U.  Generated from asn1/pku2u.asn1: edit that.
 * Each function has the type's definition beside it. */
#include "inspect/inspect_der.h"
#include "inspect/names.h"
#include <inspect/pku2u.h>
#include <string.h>

/* NameString ::= SEQUENCE OF GeneralString.  asn1/pku2u.asn1:17.  RFC 4120 5.2.2. */
static void
read_name_string(struct spnego_reader *r, struct pku2u_name_string *out)
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
pku2u_name_string_next(struct spnego_slice *item, size_t *pos,
                       const struct pku2u_name_string *list)
{
    struct spnego_decoding decoding;
    struct spnego_reader element;

    if (!inspect_next(&element, &decoding, pos, list->der))
        return false;
    memset(item, 0, sizeof(*item));
    inspect_string(&element, item, SPNEGO_DER_GENERAL_STRING);
    return true;
}

/* PrincipalName ::= SEQUENCE.  asn1/pku2u.asn1:20.  RFC 4120 5.2.2. */
static void
read_principal_name(struct spnego_reader *r, struct pku2u_principal_name *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* name-type [0] NameType */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &pku2u_PrincipalName.name_type))
        inspect_may_integer(r, &out->name_type, SPNEGO_DER_CONTEXT(0),
                            &pku2u_PrincipalName.name_type);
    /* name-string [1] NameString */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(1),
                        &pku2u_PrincipalName.name_string)) {
        read_name_string(&field, &out->name_string);
        spnego_der_close(&field);
    }
    spnego_der_no_extensions(r);
}

/* ExternalPrincipal ::= SEQUENCE.  asn1/pku2u.asn1:27.  RFC 4556 3.2.1. */
static void
read_external_principal(struct spnego_reader *r,
                        struct pku2u_external_principal *out)
{
    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* subjectName [0] OCTET STRING OPTIONAL */
    out->has_subject_name = inspect_may_implicit(r, &out->subject_name,
                                                 INSPECT_DER_IMPLICIT(0),
                                                 &pku2u_ExternalPrincipal.subjectName);
    /* issuerAndSerialNumber [1] OCTET STRING OPTIONAL */
    out->has_issuer_and_serial_number = inspect_may_implicit(
        r, &out->issuer_and_serial_number, INSPECT_DER_IMPLICIT(1),
        &pku2u_ExternalPrincipal.issuerAndSerialNumber);
    /* subjectKeyIdentifier [2] OCTET STRING OPTIONAL */
    out->has_subject_key_identifier = inspect_may_implicit(
        r, &out->subject_key_identifier, INSPECT_DER_IMPLICIT(2),
        &pku2u_ExternalPrincipal.subjectKeyIdentifier);
    spnego_der_extensions(r); /* ... */
}

/* TrustedCertifiers ::= SEQUENCE OF ExternalPrincipal.  asn1/pku2u.asn1:35.  RFC 4556
 * 3.2.1. */
static void
read_trusted_certifiers(struct spnego_reader *r,
                        struct pku2u_trusted_certifiers *out)
{
    struct spnego_reader element;
    struct pku2u_external_principal item;
    size_t start = r->off;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    while (spnego_der_more(r, &out->count) && inspect_element(r, &element)) {
        memset(&item, 0, sizeof(item));
        read_external_principal(&element, &item);
    }
    out->der = spnego_reader_slice(r, start, r->end);
}

bool
pku2u_trusted_certifiers_next(struct pku2u_external_principal *item, size_t *pos,
                              const struct pku2u_trusted_certifiers *list)
{
    struct spnego_decoding decoding;
    struct spnego_reader element;

    if (!inspect_next(&element, &decoding, pos, list->der))
        return false;
    memset(item, 0, sizeof(*item));
    read_external_principal(&element, item);
    return true;
}

/* MetaDataTarget ::= SEQUENCE.  asn1/pku2u.asn1:39.  [MS-NEGOEX] 4. */
static void
read_meta_data_target(struct spnego_reader *r, struct pku2u_meta_data_target *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* realm [0] GeneralString */
    if (spnego_der_expect(r, SPNEGO_DER_CONTEXT(0), &pku2u_MetaDataTarget.realm))
        spnego_der_may_string(r, &out->realm, SPNEGO_DER_CONTEXT(0),
                              SPNEGO_DER_GENERAL_STRING, &pku2u_MetaDataTarget.realm);
    /* sname [1] PrincipalName */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(1),
                        &pku2u_MetaDataTarget.sname)) {
        read_principal_name(&field, &out->sname);
        spnego_der_close(&field);
    }
    spnego_der_no_extensions(r);
}

/* MetaData ::= SEQUENCE.  asn1/pku2u.asn1:45.  [MS-NEGOEX] 4. */
static void
read_meta_data(struct spnego_reader *r, struct pku2u_meta_data *out)
{
    struct spnego_reader field;

    if (!spnego_der_enter(r, SPNEGO_DER_SEQUENCE))
        return;
    /* trustedCertifiers [0] TrustedCertifiers */
    if (spnego_der_need(r, &field, SPNEGO_DER_CONTEXT(0),
                        &pku2u_MetaData.trustedCertifiers)) {
        read_trusted_certifiers(&field, &out->trusted_certifiers);
        spnego_der_close(&field);
    }
    /* target [1] MetaDataTarget OPTIONAL */
    out->has_target = spnego_der_may(r, &field, SPNEGO_DER_CONTEXT(1),
                                     &pku2u_MetaData.target);
    if (out->has_target) {
        read_meta_data_target(&field, &out->target);
        spnego_der_close(&field);
    }
    spnego_der_extensions(r); /* ... */
}

enum spnego_status
pku2u_meta_data_decode(struct pku2u_meta_data *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    memset(out, 0, sizeof(*out));
    inspect_start(&r, &decoding, in, opts, &pku2u_MetaData.self);
    read_meta_data(&r, out);
    return decoding.status;
}
