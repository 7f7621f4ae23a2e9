/* inspect_der.h: what the schemas that only spnego-check reads have beyond SPNEGO's:
 * INTEGER, flags of whole words, tags of the application class, lists of anything.
 *
 * The library has none of it.  der.h is the other half; these functions keep its
 * promises: a failed reader stays failed, and what is read is reported. */
#ifndef INSPECT_DER_H
#define INSPECT_DER_H

#include "der.h"

#define INSPECT_DER_INTEGER 0x02
#define INSPECT_DER_UTF8_STRING 0x0c
#define INSPECT_DER_GENERALIZED_TIME 0x18
#define INSPECT_DER_APPLICATION(n) (0x60 | (n))
#define INSPECT_DER_IMPLICIT(n) (0x80 | (n)) /* of a primitive element */

/* inspect_start begins to read one element of the type that `desc` is about, which
 * must fill `in`.  It is inside something else, so that nothing can be truncated. */
void inspect_start(struct spnego_reader *r, struct spnego_decoding *decoding,
                   struct spnego_slice in, const struct spnego_decode_opts *opts,
                   const struct spnego_desc *desc);

/* Fields that hold one primitive element, as in der.h: false if it is missing, and on
 * failure.  An integer has at most 8 octets; of flags the first 32 are kept, and zeros
 * may stand at their end.  RFC 4120 5.2.4, 5.2.8. */
bool inspect_may_integer(struct spnego_reader *r, int64_t *out, uint8_t tag,
                         const struct spnego_desc *desc);
bool inspect_may_bits(struct spnego_reader *r, uint32_t *out, uint8_t tag,
                      const struct spnego_desc *desc);

/* inspect_may_implicit reads an OCTET STRING that `tag` stands in place of. */
bool inspect_may_implicit(struct spnego_reader *r, struct spnego_slice *out, uint8_t tag,
                          const struct spnego_desc *desc);

/* Elements of lists, after spnego_der_more. */
void inspect_integer(struct spnego_reader *r, int64_t *out);
void inspect_string(struct spnego_reader *r, struct spnego_slice *out, uint8_t tag);

/* inspect_element makes `element` read the element that stands next, whose own tag is
 * the first that it finds. */
bool inspect_element(struct spnego_reader *r, struct spnego_reader *element);

/* inspect_next does the same with the element at `*pos` of a list that was decoded;
 * `der` starts with the list's own tag.  Returns false at the end. */
bool inspect_next(struct spnego_reader *element, struct spnego_decoding *decoding, size_t *pos,
                  struct spnego_slice der);

#endif
