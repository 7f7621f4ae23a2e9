/* theirs.h: the codec that asn1c generates from asn1/spnego.asn1. */
#ifndef ORACLE_THEIRS_H
#define ORACLE_THEIRS_H

#include "oracle.h"

#include <NegotiationToken.h>
#include <NegotiationToken2.h>
#include <NegHints.h>

/* A token as asn1c has it.  `value` is its NegotiationToken or
 * NegotiationToken2, as `type` says. */
struct theirs {
    asn_TYPE_descriptor_t *type;
    void *value;
    bool accepted;
    size_t used; /* octets; asn1c does not mind if some are left */
};

/* NegotiationToken2 for a NegTokenInit2. */
asn_TYPE_descriptor_t *theirs_type(enum spnego_negotiation_token_kind kind);
void theirs_decode(struct theirs *out, asn_TYPE_descriptor_t *type, struct spnego_slice in);
void theirs_free(struct theirs *theirs);
bool theirs_encode(struct input *out, const struct theirs *theirs);

/* theirs_make.c: one of ours, encoded and not decoded, as asn1c wants it.
 * Memory for one, for ever; borrows what `token` borrows. */
void theirs_make(struct theirs *out, const struct spnego_negotiation_token *token);

/* theirs_equal.c: field for field. */
enum equality { EQUAL, FLAGS_CUT_AT_32, UNEQUAL };
enum equality theirs_equal(const struct spnego_negotiation_token *ours,
                           const struct theirs *theirs);

#endif
