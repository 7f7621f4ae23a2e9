/* spnego/negotiate.h: the negotiation.
 *
 * It does no I/O: hand it the peer's octets, send the octets that it gives.
 * Mechanisms are in spnego/mech.h; what it tells on the way in spnego/trace.h. */
#ifndef SPNEGO_NEGOTIATE_H
#define SPNEGO_NEGOTIATE_H

#include "spnego/mech.h"
#include "spnego/token.h"

#ifdef __cplusplus
extern "C" {
#endif

struct spnego_ctx; /* one negotiation, opaque */
struct spnego_event;

/* A spnego_offer is one mechanism that this side can do.  `cred` is handed to
 * `ops->create`. */
struct spnego_offer {
    const struct spnego_mech_ops *ops;
    void *cred;
};
#define SPNEGO_MAX_OFFERS 64

/* How an acceptor chooses.  RFC 4178 3.1, 5. */
enum spnego_choice {
    /* The first mechanism of the initiator that is here.  The order of the
     * offers means nothing. */
    SPNEGO_CHOOSE_THEIR_ORDER,
    /* The first of the offers that the initiator has.  It asks for the MIC
     * exchange unless its own first offer is the initiator's first too. */
    SPNEGO_CHOOSE_OWN_ORDER
};

/* What an initiator does with the acceptor's NegTokenInit2.  Nothing in it is
 * authenticated, and no mechListMIC covers it: whoever can send octets can write
 * it.  Under a policy other than ignore an attacker chooses which of the first
 * `hint_floor` offers stands first, and so which one is agreed on without a
 * MIC exchange; under drop also which others are not offered at all.  He can
 * never put a mechanism below the floor first, and never add one. */
enum spnego_hint_policy {
    SPNEGO_HINT_IGNORE,
    SPNEGO_HINT_DROP, /* offer only what the acceptor has */
    SPNEGO_HINT_ORDER /* offer the acceptor's favourite first, and all others */
};

/* A spnego_config says what a negotiation may do.  Zero is the default of every
 * member that has one. */
struct spnego_config {
    size_t size; /* sizeof(struct spnego_config), for later growth */
    enum spnego_role role;
    const struct spnego_offer *offers; /* most wanted first */
    size_t num_offers;                 /* at most SPNEGO_MAX_OFFERS */

    unsigned tolerate;                   /* SPNEGO_TOLERATE_*; 0 is strict */
    bool require_mic;                    /* never complete without the peer's mechListMIC */
    bool no_optimistic;                  /* initiator: no mechToken in the NegTokenInit */
    bool no_hints;                       /* acceptor: NegTokenInit2 without negHints */
    enum spnego_choice choice;           /* acceptor */
    enum spnego_hint_policy hint_policy; /* initiator */
    size_t hint_floor;                   /* offers, from the first */

    size_t max_len;      /* octets in a token of the peer; 0 means 65536 */
    uint32_t max_items;  /* mechanisms in its list; 0 means 64 */
    uint32_t max_legs;   /* tokens that are taken from the peer; 0 means 32 */
    size_t max_fragment; /* octets that the carrier takes at once, 6 or more; longer tokens
                            are cut, and put together: [MS-SPNG] 3.1.5.6.  0 means that
                            tokens come and go whole */

    const struct spnego_alloc *alloc; /* NULL means malloc, realloc, free */
    void (*on_event)(void *arg, const struct spnego_event *event); /* spnego/trace.h */
    void *arg;
};
#define SPNEGO_DEFAULT_MAX_LEGS 32u
#define SPNEGO_MAX_MAX_LEN 0x1000000u /* 16 MiB */

/* spnego_config_fault returns what is wrong with `config`, in words; or NULL. */
SPNEGO_API const char *spnego_config_fault(const struct spnego_config *config);

/* spnego_ctx_new makes a negotiation from a copy of `config`.
 *
 * Owns:    the caller owns `*out` and ends it with spnego_ctx_free.  The things
 *          that `config` points to stay the caller's and must outlive it.
 * Returns: SPNEGO_OK, SPNEGO_E_MEMORY, SPNEGO_E_STATE (spnego_config_fault says
 *          why).  `*out` is NULL unless SPNEGO_OK. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
spnego_ctx_new(struct spnego_ctx **out, const struct spnego_config *config);

/* spnego_ctx_take_hint gives an initiator, before its first step, the acceptor's
 * NegTokenInit2.  What it changes is the policy's business.  An initiator's
 * first step takes one too.
 *
 * Returns: SPNEGO_OK, also if the hint is not followed; an error of the decoder
 *          (an event has the finding), with the negotiation as it was;
 *          SPNEGO_E_STATE.
 * Source:  [MS-SPNG] 3.3.5.2. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status spnego_ctx_take_hint(struct spnego_ctx *ctx,
                                                                   struct spnego_slice token);

/* spnego_ctx_step takes one token of the peer and says what to send.  An
 * initiator begins with an empty one.  An acceptor that is given an empty one
 * first answers with a NegTokenInit2 and still waits for the NegTokenInit.
 *
 * Borrows: `*out` points into `ctx` until the next call with it.
 * Returns: SPNEGO_OK (finished: send `*out` if it is not empty), SPNEGO_CONTINUE
 *          (send `*out`, even if it is empty, and wait), or an error: send
 *          `*out` if it is not empty, it tells the peer; every later call
 *          returns SPNEGO_E_STATE.
 * Source:  RFC 4178 3, 5. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
spnego_ctx_step(struct spnego_ctx *ctx, struct spnego_slice *out, struct spnego_slice in);

/* A spnego_outcome is where a negotiation stands.  It can be had at any time;
 * until `complete` nothing in it is agreed upon.
 *
 * Borrows: `mech` and `mech_types` point into the negotiation. */
struct spnego_outcome {
    enum spnego_status status; /* of the last step that took something; at first CONTINUE */
    bool complete;             /* finished, well, and everything was handed out */
    int selected;              /* index in the offers; -1: none yet */
    struct spnego_slice mech;  /* as it was negotiated; contents octets */
    bool first_choice;         /* it was the initiator's first */
    bool mic_sent;             /* a mechListMIC went out */
    bool mic_verified;         /* the peer's came and fits */
    bool naked;                /* the peer spoke the mechanism without SPNEGO */
    unsigned tokens_in, tokens_out; /* not counting empty ones */
    size_t octets_in, octets_out;
    unsigned tolerated;                      /* SPNEGO_TOLERATE_*: what was needed */
    struct spnego_mech_type_list mech_types; /* the initiator's list */
};
SPNEGO_API void spnego_ctx_outcome(const struct spnego_ctx *ctx, struct spnego_outcome *out);

/* spnego_ctx_tolerated returns the finding (spnego/findings.h) of deviation
 * number `i` that was tolerated, or 0 behind the last: for a log. */
SPNEGO_API unsigned spnego_ctx_tolerated(const struct spnego_ctx *ctx, size_t i);

/* spnego_ctx_reason writes why the negotiation failed, in one line of plain words;
 * nothing if it has not failed.
 *
 * Units:   `cap` and the result are octets, the terminator not counted.
 * Returns: the length that the whole text needs, like snprintf. */
SPNEGO_API size_t spnego_ctx_reason(const struct spnego_ctx *ctx, char *out, size_t cap);

/* spnego_ctx_mech returns the finished mechanism of a negotiation that is
 * complete, and NULL before.  spnego_ctx_take_mech also hands it over: the
 * caller then ends it with its `destroy`. */
SPNEGO_API void *spnego_ctx_mech(const struct spnego_ctx *ctx);
SPNEGO_API void *spnego_ctx_take_mech(struct spnego_ctx *ctx);

/* spnego_ctx_export appends a negotiation that has not ended to `out`, so that
 * another process can go on; `ctx` stays as it is and should be freed.  One that
 * has ended and only has pieces of its last token to hand out is not exported.
 * What is written is as secret as a mechanism's keys.  It is guarded against
 * accidents, not against somebody who can change it.
 *
 * Returns: SPNEGO_OK, SPNEGO_E_SPACE, SPNEGO_E_MEMORY, SPNEGO_E_STATE (it has
 *          ended), SPNEGO_E_UNSUPPORTED (the mechanism has no export_state, or has said
 *          something in our NegTokenInit2 that nobody has answered yet),
 *          SPNEGO_E_MECH. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status spnego_ctx_export(const struct spnego_ctx *ctx,
                                                                struct spnego_buf *out);

/* spnego_ctx_import is spnego_ctx_new for a negotiation that was exported under
 * a `config` with the same role and the same offers.
 *
 * Returns: as spnego_ctx_new; SPNEGO_E_MALFORMED (damaged), SPNEGO_E_UNSUPPORTED
 *          (another version, role or list of offers), SPNEGO_E_LIMIT,
 *          SPNEGO_E_MECH. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
spnego_ctx_import(struct spnego_ctx **out, const struct spnego_config *config,
                  struct spnego_slice state);

/* spnego_ctx_free wipes and releases `ctx` and its mechanism.  NULL is
 * allowed. */
SPNEGO_API void spnego_ctx_free(struct spnego_ctx *ctx);

/* spnego_gss_major returns the major status that GSS-API has for `status`:
 * GSS_S_DEFECTIVE_TOKEN for a MIC that is missing or wrong.
 *
 * Source:  RFC 4178 3.2, 5; RFC 2744 3.9.1. */
SPNEGO_API uint32_t spnego_gss_major(enum spnego_status status);

#ifdef __cplusplus
}
#endif
#endif
