/* token_class.h: what octets are, by how they begin.
 *
 * A person asks first "what is this?", and a mechanism's token inside SPNEGO
 * is only named, never opened.  Source: RFC 2743 3.1, RFC 4121 4.1, RFC 1964
 * 1.2.1, [MS-NLMP] 2.2.1, draft-zhu-pku2u-09 6. */
#ifndef TOKEN_CLASS_H
#define TOKEN_CLASS_H

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
    bool from_initiator;     /* its sender can only be the initiator */
    bool from_acceptor;      /* its sender can only be the acceptor */
    enum spnego_mech mech;   /* whose token it is, as far as it shows */
    struct spnego_slice oid; /* of the frame; empty without one */
    const char *name;        /* "NTLMSSP NEGOTIATE"; "unknown" if nothing is known */
};

/* token_classify says what `octets` are.  Only looks; never fails. */
struct token_class token_classify(struct spnego_slice octets);

/* token_classify_for does the same where a token of `mech` should be: SAnon's answer may
 * begin with any octets, also with those of another token. */
struct token_class token_classify_for(struct spnego_slice octets, enum spnego_mech mech);

/* token_class_fits says whether a token of this class may be one of `mech`, as far as
 * both are known: the two Kerberos numbers are one mechanism, and user-to-user and
 * IAKERB tokens carry Kerberos' own. */
bool token_class_fits(const struct token_class *class, enum spnego_mech mech);

/* token_class_kind returns the word for `class` alone: "NTLMSSP". */
const char *token_class_kind(const struct token_class *class);

/* token_is_known says whether `octets` begin something that has a name. */
bool token_is_known(const uint8_t *ptr, size_t len);

#endif
