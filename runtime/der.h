/* der.h: strict DER, as far as the schemas need it.  X.690 10, 11.
 *
 * `need` and `may` are the two halves of the optional-field idiom.  A decoder
 * that the generator writes has one of them a field; reader.h says why it
 * need not test what they return before it goes on to the next field. */
#ifndef SPNEGO_DER_H
#define SPNEGO_DER_H

#include "reader.h"
#include "writer.h"

#define SPNEGO_DER_BIT_STRING 0x03
#define SPNEGO_DER_OCTET_STRING 0x04
#define SPNEGO_DER_OID 0x06
#define SPNEGO_DER_ENUMERATED 0x0a
#define SPNEGO_DER_GENERAL_STRING 0x1b
#define SPNEGO_DER_SEQUENCE 0x30
#define SPNEGO_DER_CONTEXT(n) (0xa0 | (n))

/* The parts of a tag octet. */
#define SPNEGO_DER_CLASS 0xc0u
#define SPNEGO_DER_CONTEXT_CLASS 0x80u
#define SPNEGO_DER_CONSTRUCTED 0x20u
#define SPNEGO_DER_NUMBER 0x1fu

/* spnego_der_next_tag returns the tag that stands next; 0 at the end. */
static inline uint8_t
spnego_der_next_tag(const struct spnego_reader *r)
{
    return r->off < r->end ? r->decoding->base[r->off] : 0;
}

/* spnego_der_take opens the element that stands next: `child` reads its
 * contents, `r` stands behind it.  Returns false on failure. */
bool spnego_der_take(struct spnego_reader *r, struct spnego_reader *child,
                     const struct spnego_desc *desc);

/* spnego_der_refuse fails and says why what stands next is not `tag`. */
bool spnego_der_refuse(struct spnego_reader *r, uint8_t tag,
                       const struct spnego_desc *desc) SPNEGO_COLD;

/* spnego_der_expect fails unless `tag` stands next. */
static inline bool
spnego_der_expect(struct spnego_reader *r, uint8_t tag, const struct spnego_desc *desc)
{
    return spnego_der_next_tag(r) == tag || spnego_der_refuse(r, tag, desc);
}

/* spnego_der_need opens the element that must stand next. */
static inline bool
spnego_der_need(struct spnego_reader *r, struct spnego_reader *child, uint8_t tag,
                const struct spnego_desc *desc)
{
    return spnego_der_expect(r, tag, desc) && spnego_der_take(r, child, desc);
}

/* spnego_der_may opens the element that may be missing.  Returns false if it
 * is missing, and on failure. */
static inline bool
spnego_der_may(struct spnego_reader *r, struct spnego_reader *child, uint8_t tag,
               const struct spnego_desc *desc)
{
    return spnego_der_next_tag(r) == tag && spnego_der_take(r, child, desc);
}

/* spnego_der_enter goes into the element that must fill `r`: an inner tag for
 * which the schema has no name of its own. */
bool spnego_der_enter(struct spnego_reader *r, uint8_t tag);

/* spnego_der_enter_or_bare is spnego_der_enter for a SEQUENCE that some peers
 * leave out, so that its fields stand alone. */
bool spnego_der_enter_or_bare(struct spnego_reader *r, uint8_t tag);

/* spnego_der_may_hold is spnego_der_may for a field that is only taken for
 * ours if an element with `inner` stands in it. */
bool spnego_der_may_hold(struct spnego_reader *r, struct spnego_reader *child, uint8_t tag,
                         uint8_t inner, const struct spnego_desc *desc);

/* spnego_der_peek looks at the element at `off` without reading it: returns
 * where it ends, and where its contents begin; 0 if that is not plain. */
size_t spnego_der_peek(const struct spnego_reader *r, size_t off, size_t *value_off);

/* spnego_der_skip passes over the element that stands next. */
bool spnego_der_skip(struct spnego_reader *r);

/* spnego_der_more says whether a list goes on, and counts its elements. */
bool spnego_der_more(struct spnego_reader *list, size_t *count);

/* spnego_der_not_empty fails if a list that must have an element has none. */
void spnego_der_not_empty(struct spnego_reader *list, size_t count);

/* A spnego_der_value is where an element's tag stands and where its contents
 * begin and end. */
struct spnego_der_value {
    size_t tag;
    size_t off;
    size_t end;
};

/* spnego_der_value reads past the primitive element that must stand next. */
bool spnego_der_value(struct spnego_reader *r, struct spnego_der_value *value, uint8_t tag);

/* spnego_der_take_value reads past the field that stands next and the primitive
 * element in it, `inner`, which must fill it.  When it returns true, reports
 * are about the field until the caller clears `decoding->field`. */
bool spnego_der_take_value(struct spnego_reader *r, struct spnego_der_value *value,
                           uint8_t inner, const struct spnego_desc *desc);

/* spnego_der_oid reads one object identifier, an element of a list. */
void spnego_der_oid(struct spnego_reader *r, struct spnego_slice *out);

/* Fields that hold one primitive element.  `take` reads the field that stands
 * next; `may` returns false if it is missing.  Both set the result only when
 * they return true. */
bool spnego_der_take_oid(struct spnego_reader *r, struct spnego_slice *out,
                         const struct spnego_desc *desc);
bool spnego_der_take_string(struct spnego_reader *r, struct spnego_slice *out, uint8_t inner,
                            const struct spnego_desc *desc);
bool spnego_der_take_enumerated(struct spnego_reader *r, uint32_t *out, uint32_t last,
                                const struct spnego_desc *desc);
bool spnego_der_take_flags(struct spnego_reader *r, uint32_t *out, uint32_t named,
                           const struct spnego_desc *desc);

static inline bool
spnego_der_may_oid(struct spnego_reader *r, struct spnego_slice *out, uint8_t tag,
                   const struct spnego_desc *desc)
{
    return spnego_der_next_tag(r) == tag && spnego_der_take_oid(r, out, desc);
}

static inline bool
spnego_der_may_string(struct spnego_reader *r, struct spnego_slice *out, uint8_t tag,
                      uint8_t inner, const struct spnego_desc *desc)
{
    return spnego_der_next_tag(r) == tag && spnego_der_take_string(r, out, inner, desc);
}

static inline bool
spnego_der_may_enumerated(struct spnego_reader *r, uint32_t *out, uint8_t tag, uint32_t last,
                          const struct spnego_desc *desc)
{
    return spnego_der_next_tag(r) == tag && spnego_der_take_enumerated(r, out, last, desc);
}

static inline bool
spnego_der_may_flags(struct spnego_reader *r, uint32_t *out, uint8_t tag, uint32_t named,
                     const struct spnego_desc *desc)
{
    return spnego_der_next_tag(r) == tag && spnego_der_take_flags(r, out, named, desc);
}

/* spnego_der_extensions ends a SEQUENCE that has "...": fields that the schema
 * does not know are skipped, but a field that it does know is out of order or
 * repeated here.  RFC 4178 6. */
void spnego_der_skip_fields(struct spnego_reader *r) SPNEGO_COLD;
static inline void
spnego_der_extensions(struct spnego_reader *r)
{
    if (r->off < r->end)
        spnego_der_skip_fields(r);
}

/* spnego_der_no_extensions ends a SEQUENCE without "...". */
void spnego_der_refuse_fields(struct spnego_reader *r) SPNEGO_COLD;
static inline void
spnego_der_no_extensions(struct spnego_reader *r)
{
    if (r->off < r->end)
        spnego_der_refuse_fields(r);
}

/* spnego_der_no_alternative fails where none of a CHOICE's tags stands; `tag`
 * is one of them. */
void spnego_der_no_alternative(struct spnego_reader *r, uint8_t tag) SPNEGO_COLD;

/* spnego_der_close fails if anything is left in `r`. */
void spnego_der_left_over(struct spnego_reader *r) SPNEGO_COLD;
static inline void
spnego_der_close(struct spnego_reader *r)
{
    if (r->off < r->end)
        spnego_der_left_over(r);
}

/* spnego_der_list_next steps through the elements of a list that was decoded;
 * `der` starts with the list's own tag.  Returns false at the end. */
bool spnego_der_list_next(struct spnego_slice *out, size_t *pos, struct spnego_slice der);

/* Writing goes from the last octet to the first: when a header is written its
 * contents stand, and their length is known.  writer.h. */
void spnego_der_put_header(struct spnego_writer *w, uint8_t tag, size_t contents);
void spnego_der_put_oid(struct spnego_writer *w, struct spnego_slice value);

/* Fields that hold one primitive element. */
void spnego_der_put_oid_field(struct spnego_writer *w, uint8_t tag, struct spnego_slice value);
void spnego_der_put_string_field(struct spnego_writer *w, uint8_t tag, uint8_t inner,
                                 struct spnego_slice value);
void spnego_der_put_enumerated_field(struct spnego_writer *w, uint8_t tag, uint32_t value,
                                     uint32_t last);
void spnego_der_put_flags_field(struct spnego_writer *w, uint8_t tag, uint32_t value);

#endif
