/* reader.h: the cursor of every decoder, and what it remembers.
 *
 * A reader is three indices into one input.  They are only ever compared as
 * `len <= end - off`, so no sum can wrap and no pointer leaves the input.
 * The status is sticky: after the first failure every read fails at once, so
 * generated code need not test each line.  A failed read leaves the reader
 * where it was. */
#ifndef SPNEGO_READER_H
#define SPNEGO_READER_H

#include "spnego/base.h"
#include "spnego/findings.h"

/* Shared between the files of this library, invisible outside. */
#if defined(__GNUC__)
#define SPNEGO_HIDDEN __attribute__((visibility("hidden")))
#define SPNEGO_COLD __attribute__((cold))
#define SPNEGO_NOINLINE __attribute__((noinline))
#else
#define SPNEGO_HIDDEN
#define SPNEGO_COLD
#define SPNEGO_NOINLINE
#endif

/* What all readers of one decode share. */
struct spnego_decoding {
    const uint8_t *base;
    const struct spnego_decode_opts *opts; /* never NULL */
    enum spnego_status status;
    uint32_t max_items;
    const struct spnego_desc *field; /* below a reader's path: what is being read; or NULL */
};

struct spnego_reader {
    struct spnego_decoding *decoding;
    size_t start; /* where this reader began; NegoEx offsets count from a message's */
    size_t off;   /* next octet to read */
    size_t end;   /* first octet that is not ours */
    struct spnego_path path;
};

/* spnego_reader_start begins a decode of `in`.  `opts` may be NULL.  An input
 * beyond the limit leaves a failed reader. */
void spnego_reader_start(struct spnego_reader *r, struct spnego_decoding *decoding,
                         struct spnego_slice in, const struct spnego_decode_opts *opts);

/* The options for going again over what a decode has found good. */
extern const struct spnego_decode_opts spnego_lenient_opts SPNEGO_HIDDEN;

/* spnego_reader_ok says whether nothing has failed so far. */
static inline bool
spnego_reader_ok(const struct spnego_reader *r)
{
    return r->decoding->status == SPNEGO_OK;
}

/* spnego_reader_slice returns the octets from `off` to `end`. */
static inline struct spnego_slice
spnego_reader_slice(const struct spnego_reader *r, size_t off, size_t end)
{
    struct spnego_slice slice;

    slice.ptr = r->decoding->base + off;
    slice.len = end - off;
    return slice;
}

/* Findings.  `off` and `len` say which octets a finding is about; the code's
 * text says what `got` and `want` are. */

void spnego_fail_as(struct spnego_reader *r, enum spnego_status status,
                    enum spnego_finding_code code, size_t off, size_t len, uint64_t got,
                    uint64_t want) SPNEGO_COLD;
void spnego_fail_malformed(struct spnego_reader *r, enum spnego_finding_code code, size_t off,
                           size_t len, uint64_t got, uint64_t want) SPNEGO_COLD;

/* spnego_fail reports that the input is malformed and ends the decode.
 * Returns false, so that a read can say `return spnego_fail(...)`. */
static inline bool
spnego_fail(struct spnego_reader *r, enum spnego_finding_code code, size_t off, size_t len,
            uint64_t got, uint64_t want)
{
    spnego_fail_malformed(r, code, off, len, got, want);
    return false;
}

/* spnego_remark reports a note or a warning; the decode goes on. */
void spnego_remark(struct spnego_reader *r, enum spnego_severity severity,
                   enum spnego_finding_code code, size_t off, size_t len, uint64_t got,
                   uint64_t want) SPNEGO_COLD;

/* spnego_tolerate reports a warning and returns true if `bit` is among the
 * tolerances; else it fails as malformed. */
bool spnego_tolerate(struct spnego_reader *r, unsigned bit, enum spnego_finding_code code,
                     size_t off, size_t len, uint64_t got) SPNEGO_COLD;

/* Elements: what a printer sees of the decode.  Off unless somebody asked. */
static inline bool
spnego_watched(const struct spnego_reader *r)
{
    return r->decoding->opts->on_element != NULL;
}
void spnego_report_open(struct spnego_reader *r, size_t off, size_t len) SPNEGO_COLD;
void spnego_report_value(struct spnego_reader *r, size_t off, size_t len, size_t value_off,
                         size_t value_len, uint64_t value) SPNEGO_COLD;

#endif
