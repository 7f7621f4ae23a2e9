/* spnego/base.h: the words that every other header uses.
 *
 * Slices and buffers, statuses, findings and the options of a decoder.  Read
 * on at spnego/codec.h, which has the functions that decode and encode. */
#ifndef SPNEGO_BASE_H
#define SPNEGO_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define SPNEGO_API __attribute__((visibility("default")))
#define SPNEGO_MUST_USE __attribute__((warn_unused_result))
#else
#define SPNEGO_API
#define SPNEGO_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* A spnego_slice is a borrowed run of octets.  `ptr` may be NULL only when
 * `len` is 0.  Nobody frees a slice: it lives as long as the memory that it
 * was cut from. */
struct spnego_slice {
    const uint8_t *ptr;
    size_t len;
};

/* A spnego_alloc is the only way in which this library gets memory, and only
 * a growing buffer uses it; decoders never do.  `resize` works like realloc,
 * with `new_len` 0 meaning free; NULL from it means that there is no memory
 * and that `ptr` is still good. */
struct spnego_alloc {
    void *(*resize)(void *arg, void *ptr, size_t old_len, size_t new_len);
    void *arg;
};

/* A spnego_buf is memory lent to an encoder.  With `alloc` NULL it is fixed:
 * when the octets do not fit, nothing is written and `len` still counts them,
 * so that encoding once with `cap` 0 measures and encoding again writes.
 * With `alloc` set the buffer grows.
 *
 * Units:   `cap` and `len` are octets.
 * Owns:    the caller frees `ptr`, by `alloc` if that is set. */
struct spnego_buf {
    uint8_t *ptr;
    size_t cap;
    size_t len;
    const struct spnego_alloc *alloc;
};

/* A spnego_status says what to do next.  Branch on it: its numbers never
 * change.  Why something failed is a finding: log those, never branch on
 * them. */
enum spnego_status {
    SPNEGO_OK = 0,
    SPNEGO_CONTINUE = 1,       /* a negotiation goes on: send, then wait for the peer */
    SPNEGO_E_TRUNCATED = -1,   /* the input ends inside the token; more may help */
    SPNEGO_E_MALFORMED = -2,   /* the input breaks the wire rules */
    SPNEGO_E_UNSUPPORTED = -3, /* legal, but not something that is spoken here */
    SPNEGO_E_LIMIT = -4,       /* a limit in the options was reached */
    SPNEGO_E_SPACE = -5,       /* out->len says how many octets were needed */
    SPNEGO_E_MEMORY = -6,      /* the allocator said no */
    SPNEGO_E_NO_MECH = -7,     /* no mechanism in common */
    SPNEGO_E_REJECTED = -8,    /* the peer said no */
    SPNEGO_E_INTEGRITY = -9,   /* a MIC is missing, or does not fit */
    SPNEGO_E_MECH = -10,       /* the mechanism failed */
    SPNEGO_E_STATE = -11       /* a call that the state or the configuration does not allow */
};

/* spnego_status_name returns `status` in words: "malformed". */
SPNEGO_API const char *spnego_status_name(enum spnego_status status);

/* A spnego_kind says what sort of value a schema's name stands for. */
enum spnego_kind {
    SPNEGO_KIND_FRAME, /* the GSS-API frame around a token; no part of paths */
    SPNEGO_KIND_STRUCT,
    SPNEGO_KIND_LIST,
    SPNEGO_KIND_ENUM,
    SPNEGO_KIND_FLAGS,
    SPNEGO_KIND_INT,
    SPNEGO_KIND_OCTETS,
    SPNEGO_KIND_TEXT,
    SPNEGO_KIND_OID,
    SPNEGO_KIND_GUID,
    SPNEGO_KIND_UNKNOWN /* a field that the schema does not have */
};

/* A spnego_desc describes one type or field of a schema.  The generator makes
 * them; they hold no pointers, so that they need no relocation. */
struct spnego_desc {
    char name[24]; /* as the specification spells it */
    char type[24];
    char source[32]; /* the section that defines it */
    uint8_t kind;    /* enum spnego_kind */
    uint8_t element; /* enum spnego_kind of what a list holds */
    uint8_t names;   /* which table has the names of its values; 0: none */
};

/* spnego_desc_value_name returns the name that the schema gives to `value` of
 * an enumeration, or to bit number `value` of a set of flags; else NULL. */
SPNEGO_API const char *spnego_desc_value_name(const struct spnego_desc *desc, uint64_t value);

/* A spnego_path is a place in a token, as a list that leads to the top.
 * `index` is the place in a list, or SPNEGO_NO_INDEX. */
#define SPNEGO_NO_INDEX UINT32_MAX
struct spnego_path {
    const struct spnego_path *parent;
    const struct spnego_desc *desc;
    uint32_t index;
};

/* spnego_path_format writes `path` as "NegTokenInit.mechTypes[2]".
 *
 * Units:   `cap` and the result are octets, the terminator not counted.
 * Returns: the length that the whole path needs, like snprintf. */
SPNEGO_API size_t spnego_path_format(char *out, size_t cap, const struct spnego_path *path);

/* A spnego_finding is one remark about the input, made while it is decoded.
 *
 * Units:   `off` and `len` are octets, from the start of the decoder's input.
 *          `got` and `want` are what the code's text calls them.
 * Borrows: `path` is valid only until the callback returns.
 * Source:  spnego/findings.h has the codes. */
enum spnego_severity { SPNEGO_NOTE, SPNEGO_WARNING, SPNEGO_ERROR };
struct spnego_finding {
    uint16_t code;
    enum spnego_severity severity;
    size_t off;
    size_t len;
    uint64_t got;
    uint64_t want;
    const struct spnego_path *path;
};

/* A spnego_element is one thing that the decoder has read: it is opened when
 * its length is known to fit, and a value follows when it holds one.  The
 * elements come in the order of the schema, parents before children; they
 * stop where the decoder stops.
 *
 * Units:   `off` and `len` cover the whole element, with tag and length where
 *          it has them; `value_off` and `value_len` its contents.
 * Borrows: `path` is valid only until the callback returns. */
struct spnego_element {
    const struct spnego_path *path;
    bool has_value;
    size_t off;
    size_t len;
    size_t value_off;
    size_t value_len;
    uint64_t value; /* of an enumeration, flags (bit 0 is 1) or an integer */
};

/* What is accepted beyond the standards.  Each is a deviation that a peer is
 * known for; accepting one makes a warning of what is an error.  These are
 * deviations in the octets of one token: */
#define SPNEGO_TOLERATE_FRAMED_RESP 0x01u     /* T1: NegTokenResp in a frame (old Sun) */
#define SPNEGO_TOLERATE_BARE_RESP 0x02u       /* T2: NegTokenResp without its SEQUENCE */
#define SPNEGO_TOLERATE_LONG_LENGTH 0x04u     /* T9: length not in the fewest octets (NetApp) */
#define SPNEGO_TOLERATE_ZERO_PADDING 0x08u    /* T11: zeros after the token (DCE/RPC) */
#define SPNEGO_TOLERATE_NAKED_INIT 0x10u      /* NegTokenInit without a frame */
#define SPNEGO_TOLERATE_UNTRIMMED_FLAGS 0x20u /* trailing zero bits in reqFlags */
#define SPNEGO_TOLERATE_HINT_ADDRESS 0x40u /* negHints.hintAddress: decoders read it anyway */
#define SPNEGO_TOLERATE_CODEC 0x7fu        /* all of these */

/* And these in a negotiation.  The three at the end weaken its outcome:
 * spnego/negotiate.h says how. */
#define SPNEGO_TOLERATE_NO_CHOICE 0x80u /* T3: no negState or supportedMech at first (Java) */
#define SPNEGO_TOLERATE_EMPTY_RESPONSE                                                         \
    0x100u /* T4: empty token for a finished mechanism (IIS) */
#define SPNEGO_TOLERATE_COPIED_MIC                                                             \
    0x200u /* T5: MIC is a copy of responseToken (Windows 2000) */
#define SPNEGO_TOLERATE_ALIAS_CHOSEN 0x400u   /* T7: answers 48018 for Kerberos (old Samba) */
#define SPNEGO_TOLERATE_LATE_CHOICE 0x800u    /* T8: supportedMech again in a later reply */
#define SPNEGO_TOLERATE_ALIAS_INSIDE 0x1000u  /* T12: 113554 in a token for 48018 (Windows) */
#define SPNEGO_TOLERATE_ALIAS_OFFERED 0x2000u /* T13: 48018 offered, 113554 here (Windows) */
#define SPNEGO_TOLERATE_NO_REQUEST 0x4000u    /* T6: NTLM without request-mic (Windows 2003) */
#define SPNEGO_TOLERATE_NO_MIC 0x8000u /* T10: the acceptor never sends one (Azure, Apple) */
#define SPNEGO_TOLERATE_NAKED_MECH 0x10000u /* NTLM or Kerberos without SPNEGO (Windows) */

/* All that cannot weaken the outcome of a negotiation. */
#define SPNEGO_TOLERATE_INTEROP 0x3fffu

/* Options of a decoder.  NULL in their place means strict DER, the default
 * limits and no callbacks. */
struct spnego_decode_opts {
    size_t size;        /* sizeof(struct spnego_decode_opts), for later growth */
    unsigned tolerate;  /* SPNEGO_TOLERATE_* */
    size_t max_len;     /* octets in one input; 0 means 65536 */
    uint32_t max_items; /* elements in any one list; 0 means 64 */
    void (*on_finding)(void *arg, const struct spnego_finding *finding);
    void (*on_element)(void *arg, const struct spnego_element *element);
    void *arg;
};
#define SPNEGO_DEFAULT_MAX_LEN 65536u
#define SPNEGO_DEFAULT_MAX_ITEMS 64u

#ifdef __cplusplus
}
#endif
#endif
