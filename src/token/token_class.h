/* token_class.h: what octets are, by how they begin.
 *
 * A person asks first "what is this?", and so do the rules, before anything is decoded.
 * Source: RFC 2743 3.1, RFC 4121 4.1, RFC 1964 1.2.1, [MS-NLMP] 2.2.1,
 * draft-zhu-pku2u-09 6. */
#ifndef TOKEN_CLASS_H
#define TOKEN_CLASS_H

#include "side.h"

#include <spnego/spnego.h>

enum token_family {
    FAMILY_UNKNOWN,
    FAMILY_SPNEGO_INIT, /* framed for SPNEGO, or a naked NegTokenInit */
    FAMILY_SPNEGO_RESP,
    FAMILY_NEGOEX,
    FAMILY_NTLMSSP,
    FAMILY_KERBEROS,
    FAMILY_GSS /* framed for some other mechanism */
};

struct token_class {
    enum token_family family;
    bool framed;
    enum side sender;        /* who alone sends it; SIDE_UNKNOWN if both may */
    enum spnego_mech mech;   /* whose token it is, as far as it shows */
    struct spnego_slice oid; /* of the frame; empty without one */
    const char *name;        /* "NTLMSSP NEGOTIATE", "base64 text"; else "unknown" */
};

/* token_classify says what `octets` are.  Only looks; never fails. */
struct token_class token_classify(struct spnego_slice octets);

/* token_classify_for does the same where a token of `mech` should be: SAnon's answer may
 * begin with any octets, also with those of another token. */
struct token_class token_classify_for(struct spnego_slice octets, enum spnego_mech mech);

/* token_class_fits says whether a token of this class may be one of the mechanism with
 * these contents octets of an object identifier; yes, if there are none.  The two Kerberos
 * numbers are one mechanism, and user-to-user and IAKERB tokens carry Kerberos' own.  Of a
 * mechanism that is not known, only its own frame and octets without a name may be. */
bool token_class_fits(const struct token_class *class, struct spnego_slice oid);

/* mic_fits says whether `mic`, a mechListMIC, may be one of `mech`, by its shape.  Of
 * mechanisms whose MICs are not known, all but a context token of NTLM or Kerberos may be.
 * [MS-NLMP] 2.2.2.9, RFC 4121 4.2.6.1, RFC 1964 1.2.1. */
bool mic_fits(struct spnego_slice mic, enum spnego_mech mech);

/* token_class_kind returns the word for `class` alone: "NTLMSSP". */
const char *token_class_kind(const struct token_class *class);

/* token_is_known says whether `octets` begin something that has a name. */
bool token_is_known(const uint8_t *ptr, size_t len);

#endif
