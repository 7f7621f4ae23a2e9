/* fixed.h: little-endian structures whose fields stand at fixed offsets, with
 * vectors that point into the rest of the message.  [MS-NEGOEX] 2.2.
 *
 * In a reader here `start` is the first octet of the message, which the
 * offsets in vectors count from, and `off` the first octet of the structure,
 * which `at` counts from. */
#ifndef SPNEGO_FIXED_H
#define SPNEGO_FIXED_H

#include "reader.h"
#include "writer.h"

/* What a message's header says of it, and what the schema says. */
struct spnego_fixed_lengths {
    uint32_t header;         /* cbHeaderLength */
    uint32_t message;        /* cbMessageLength */
    uint32_t fixed;          /* octets before the payload by the schema */
    uint32_t fixed_unpadded; /* the same without the padding at its end */
    size_t header_at;        /* where cbHeaderLength stands */
    size_t message_at;       /* where cbMessageLength stands */
};

/* spnego_fixed_message opens the message at the front of `r`, which is called
 * `desc`.  The `header_size` octets that every message begins with must be
 * there; what they say is not checked yet. */
bool spnego_fixed_message(struct spnego_reader *r, struct spnego_reader *message,
                          size_t header_size, const struct spnego_fixed_lengths *lengths,
                          const struct spnego_desc *desc);

/* spnego_fixed_message_size checks the lengths in the header, sets the end of
 * `message`, and moves `r` behind it. */
bool spnego_fixed_message_size(struct spnego_reader *r, struct spnego_reader *message,
                               const struct spnego_fixed_lengths *lengths);

/* spnego_fixed_open makes a reader for the structure at `at`. */
bool spnego_fixed_open(struct spnego_reader *r, struct spnego_reader *child, size_t at,
                       size_t size, const struct spnego_desc *desc);

/* spnego_fixed_element makes a reader for element `index` of a vector. */
bool spnego_fixed_element(struct spnego_reader *r, struct spnego_reader *child,
                          struct spnego_slice elements, size_t index, size_t size,
                          const struct spnego_desc *desc);

/* spnego_fixed_held makes a reader for the structure that `octets` hold. */
void spnego_fixed_held(struct spnego_reader *r, struct spnego_reader *child,
                       struct spnego_slice octets, size_t size, const struct spnego_desc *desc);

/* spnego_fixed_again makes a reader of the structure at `at` of a message that
 * was decoded before. */
void spnego_fixed_again(struct spnego_reader *r, struct spnego_decoding *decoding,
                        struct spnego_slice message, size_t at);

/* spnego_fixed_slice is the only way from an (offset, count) that a peer has
 * written to octets: all of them lie inside the message, or it fails. */
bool spnego_fixed_slice(struct spnego_reader *r, struct spnego_slice *out, uint64_t offset,
                        uint64_t count, size_t width);

/* spnego_fixed_peek returns the octets at `at` as a number, without a report. */
uint64_t spnego_fixed_peek(const struct spnego_reader *r, size_t at, size_t width);

/* Fields.  A number of `width` octets; octets that are copied; a GUID; an
 * (offset, length) of octets; an (offset, count) of elements. */
uint64_t spnego_fixed_number(struct spnego_reader *r, size_t at, size_t width,
                             const struct spnego_desc *desc);
void spnego_fixed_octets(struct spnego_reader *r, uint8_t *out, size_t at, size_t len,
                         const struct spnego_desc *desc);
void spnego_fixed_bytes(struct spnego_reader *r, struct spnego_slice *out, size_t at,
                        const struct spnego_desc *desc);
bool spnego_fixed_vector(struct spnego_reader *r, struct spnego_slice *elements,
                         uint32_t *count, size_t at, size_t width,
                         const struct spnego_desc *desc);

/* spnego_fixed_report_elements shows a printer elements that need no reading. */
void spnego_fixed_report_elements(struct spnego_reader *r, struct spnego_slice elements,
                                  size_t size, const struct spnego_desc *desc);

/* A rule of the schema: what a field must be, and how to fail if it is not. */
struct spnego_fixed_rule {
    uint64_t first; /* the smallest value that is right */
    uint64_t last;
    enum spnego_status status;
    enum spnego_finding_code code;
};

/* spnego_fixed_ruled reads a number that must fit `rule`. */
uint64_t spnego_fixed_ruled(struct spnego_reader *r, size_t at, size_t width,
                            const struct spnego_fixed_rule *rule,
                            const struct spnego_desc *desc);

/* spnego_fixed_literal fails with `code` unless `want` stands at `at`. */
bool spnego_fixed_literal(struct spnego_reader *r, const char *want, size_t at, size_t len,
                          enum spnego_status status, enum spnego_finding_code code,
                          const struct spnego_desc *desc);

/* spnego_fixed_pad remarks on padding that is not zero. */
void spnego_fixed_pad(struct spnego_reader *r, size_t at, size_t len);

/* Writing goes forward: the fixed part first, zero where nothing is put, then
 * the payload in the order in which the vectors are put.  `at` counts from
 * the start of the message. */
size_t spnego_fixed_put_room(struct spnego_writer *w, size_t len);
void spnego_fixed_put_number(struct spnego_writer *w, size_t at, size_t width, uint64_t value);
void spnego_fixed_put_octets(struct spnego_writer *w, size_t at, const void *octets,
                             size_t len);
void spnego_fixed_put_bytes(struct spnego_writer *w, size_t at, struct spnego_slice bytes);

/* spnego_fixed_put_held writes the (offset, length) of a structure and makes
 * room for it.  Returns where it goes. */
size_t spnego_fixed_put_held(struct spnego_writer *w, size_t at, size_t size);

/* spnego_fixed_put_vector writes an (offset, count) and makes room for the
 * elements.  Returns where the first of them goes. */
size_t spnego_fixed_put_vector(struct spnego_writer *w, size_t at, size_t count, size_t width);

#endif
