/* token_codec.h: the DER codec of SPNEGOASNOneSpec.  Generated from asn1/spnego.asn1:
 * edit that. */
#ifndef SPNEGO_TOKEN_CODEC_H
#define SPNEGO_TOKEN_CODEC_H

#include "der.h"
#include "spnego/token.h"

void spnego_read_mech_type_list(struct spnego_reader *r,
                                struct spnego_mech_type_list *out);
void spnego_write_mech_type_list(struct spnego_writer *w,
                                 const struct spnego_mech_type_list *in);

void spnego_read_negotiation_token(struct spnego_reader *r,
                                   struct spnego_negotiation_token *out);
void spnego_write_negotiation_token(struct spnego_writer *w,
                                    const struct spnego_negotiation_token *in);

/* Is the alternative that stands next negTokenInit2?  It has no tag of its own.
 * token.c. */
bool spnego_holds_neg_token_init2(const struct spnego_reader *r);

#endif
