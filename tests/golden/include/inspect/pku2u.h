/* inspect/pku2u.h: PKU2U.  Generated from asn1/pku2u.asn1: edit that. */
#ifndef INSPECT_PKU2U_H
#define INSPECT_PKU2U_H

#include "spnego/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* pku2u_name_type: NameType.  An open set: values without a name are kept.  Source: RFC
 * 4120 7.5.8. */
enum pku2u_name_type {
    PKU2U_NAME_TYPE_KRB_NT_UNKNOWN = 0,
    PKU2U_NAME_TYPE_KRB_NT_PRINCIPAL = 1,
    PKU2U_NAME_TYPE_KRB_NT_SRV_INST = 2,
    PKU2U_NAME_TYPE_KRB_NT_SRV_HST = 3,
    PKU2U_NAME_TYPE_KRB_NT_WELLKNOWN = 11
};

/* pku2u_name_string: NameString.  `der` is the whole list, with tag and length.  Source:
 * RFC 4120 5.2.2. */
struct pku2u_name_string {
    struct spnego_slice der;
    size_t count;
};

/* pku2u_name_string_next steps through `list`.  Start with `*pos` 0.  Returns false
 * behind the last one; a list that was decoded cannot fail. */
bool pku2u_name_string_next(struct spnego_slice *item, size_t *pos,
                            const struct pku2u_name_string *list);

/* pku2u_principal_name: PrincipalName.  Source: RFC 4120 5.2.2. */
struct pku2u_principal_name {
    int64_t name_type; /* PKU2U_NAME_TYPE_* */
    struct pku2u_name_string name_string;
};

/* pku2u_external_principal: ExternalPrincipal.  An issuer whose certificates are
 * accepted; subjectName is the DER of a Name.  Source: RFC 4556 3.2.1. */
struct pku2u_external_principal {
    bool has_subject_name;
    struct spnego_slice subject_name;
    bool has_issuer_and_serial_number;
    struct spnego_slice issuer_and_serial_number;
    bool has_subject_key_identifier;
    struct spnego_slice subject_key_identifier;
};

/* pku2u_trusted_certifiers: TrustedCertifiers.  `der` is the whole list, with tag and
 * length.  Source: RFC 4556 3.2.1. */
struct pku2u_trusted_certifiers {
    struct spnego_slice der;
    size_t count;
};

/* pku2u_trusted_certifiers_next steps through `list`.  Start with `*pos` 0.  Returns
 * false behind the last one; a list that was decoded cannot fail. */
bool pku2u_trusted_certifiers_next(struct pku2u_external_principal *item,
                                   size_t *pos,
                                   const struct pku2u_trusted_certifiers *list);

/* pku2u_meta_data_target: MetaDataTarget.  Whom the initiator wants to reach.  Names of
 * these fields are our own: what Windows sends is written in no document.  Source: [MS-
 * NEGOEX] 4. */
struct pku2u_meta_data_target {
    struct spnego_slice realm;
    struct pku2u_principal_name sname;
};

/* pku2u_meta_data: MetaData.  The Exchange of a META_DATA message; the acceptor's has no
 * target.  Source: [MS-NEGOEX] 4. */
struct pku2u_meta_data {
    struct pku2u_trusted_certifiers trusted_certifiers;
    bool has_target;
    struct pku2u_meta_data_target target;
};

/* Each reads one message, which must fill `in`.  Slices in `*out` point into `in`.
 * Returns SPNEGO_OK, SPNEGO_E_MALFORMED or SPNEGO_E_LIMIT; `*out` is good only if
 * SPNEGO_OK. */
/* MetaData.  [MS-NEGOEX] 4. */
SPNEGO_MUST_USE enum spnego_status
pku2u_meta_data_decode(struct pku2u_meta_data *out, struct spnego_slice in,
                       const struct spnego_decode_opts *opts);

#ifdef __cplusplus
}
#endif
#endif
