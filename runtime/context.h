/* context.h: one negotiation, as the files that drive it see it.
 *
 * A call of spnego_ctx_step is a leg.  step.c decodes the peer's token, looks up
 * in the role's machine (initiator.c, acceptor.c) which action the state has for
 * it, and encodes the reply that the action leaves in the leg.  Actions run the
 * mechanism through mech_run.c and settle the MICs through mic.c. */
#ifndef SPNEGO_CONTEXT_H
#define SPNEGO_CONTEXT_H

#include "mech_status.h"
#include "memory.h"
#include "reader.h"
#include "spnego/trace.h"

enum spnego_state {
    SPNEGO_STATE_START,  /* nothing was said, but perhaps a hint */
    SPNEGO_STATE_SELECT, /* initiator: the NegTokenInit is out, the choice is not known */
    SPNEGO_STATE_MECH,   /* a mechanism is chosen and not finished here */
    SPNEGO_STATE_MIC,    /* it is finished; the peer's last word or MIC is awaited */
    SPNEGO_STATE_NAKED,  /* acceptor: the peer speaks the mechanism without SPNEGO */
    SPNEGO_STATES,       /* so many have actions; in those below nothing is taken any more */
    SPNEGO_STATE_DONE,
    SPNEGO_STATE_FAILED
};

/* What a token is to a machine: its kind, and of a NegTokenResp the negState. */
enum spnego_input {
    SPNEGO_IN_EMPTY,
    SPNEGO_IN_INIT,
    SPNEGO_IN_INIT2,
    SPNEGO_IN_COMPLETED,
    SPNEGO_IN_INCOMPLETE,
    SPNEGO_IN_REJECT,
    SPNEGO_IN_REQUEST_MIC,
    SPNEGO_IN_NO_STATE,
    SPNEGO_IN_NAKED, /* a token of a mechanism, without SPNEGO */
    SPNEGO_INPUTS
};

struct spnego_ctx {
    struct spnego_config config; /* `alloc` is never NULL */
    enum spnego_state state;
    enum spnego_status result; /* of the last leg */
    bool busy;                 /* in a leg: an event's callback may only look */

    /* The initiator's offers in the order in which it offers them. */
    uint8_t order[SPNEGO_MAX_OFFERS];
    uint8_t order_count;
    uint64_t unstartable; /* a bit for each offer that failed to start */
    bool hint_dropped;    /* a hint has shortened the order */

    int selected; /* index in the offers, or -1 */
    void *mech;   /* NULL unless one is created */
    bool mech_begun;
    bool mech_finished;
    unsigned mech_flags;
    struct spnego_slice mech_oid; /* as negotiated: the acceptor's points into mech_types */

    void *greeter;              /* acceptor: of the first offer; it has said the mechToken of
                                   our NegTokenInit2 */
    struct spnego_buf greeting; /* initiator: the acceptor's, for an offer */
    size_t greeting_offer;

    struct spnego_buf mech_types; /* the MechTypeList: what a mechListMIC covers */
    size_t mech_types_count;
    bool first_choice;
    bool mic_required;
    bool mic_sent;
    bool mic_verified;
    bool naked;

    unsigned legs;
    unsigned tokens_in, tokens_out;
    size_t octets_in, octets_out;
    unsigned tolerated;

    /* Why it failed. */
    struct spnego_finding failure; /* code 0: it has not */
    struct spnego_buf failure_mech;
    char failure_place[64];
    char failure_why[192]; /* the mechanism's words */

    struct spnego_buf in; /* fragments of a token, until all have come */
    size_t in_want;
    struct spnego_buf out;         /* what is lent to the caller */
    size_t out_off;                /* octets of it that were handed out */
    enum spnego_status out_status; /* to return with the last of them */
};

struct spnego_leg {
    struct spnego_slice in;
    enum spnego_input input;
    struct spnego_negotiation_token received;
    const struct spnego_neg_token_resp *resp; /* in `received`, if it is one */
    bool has_mic;
    struct spnego_slice mic; /* the peer's */
    bool peer_speaks_next;   /* the peer cannot have sent its MIC yet: mic.c */

    struct spnego_buf mech_token; /* ours */
    bool mech_failed;             /* ... and it is an error token */
    struct spnego_buf mic_made;
    struct spnego_buf hint_list; /* what an acceptor's NegTokenInit2 lists */
    bool has_reply;
    struct spnego_negotiation_token reply;
};

/* An action takes the leg's token; or, without one, the token is refused. */
typedef enum spnego_status spnego_action(struct spnego_ctx *ctx, struct spnego_leg *leg);
struct spnego_cell {
    spnego_action *action;
    enum spnego_finding_code refusal;
};
typedef struct spnego_cell spnego_machine[SPNEGO_STATES][SPNEGO_INPUTS];
#define SPNEGO_DO(action)                                                                      \
    {                                                                                          \
        action, (enum spnego_finding_code)0                                                    \
    }
#define SPNEGO_NO(finding)                                                                     \
    {                                                                                          \
        NULL, finding                                                                          \
    }
/* What nobody takes once the NegTokenInit is out. */
#define SPNEGO_NEVER                                                                           \
    [SPNEGO_IN_EMPTY] = SPNEGO_NO(SPN5004_EMPTY_TOKEN),                                        \
    [SPNEGO_IN_INIT] = SPNEGO_NO(SPN5002_INIT_REPEATED),                                       \
    [SPNEGO_IN_INIT2] = SPNEGO_NO(SPN5002_INIT_REPEATED)
extern const spnego_machine spnego_initiator_machine SPNEGO_HIDDEN;
extern const spnego_machine spnego_acceptor_machine SPNEGO_HIDDEN;

static inline struct spnego_slice
spnego_no_octets(void)
{
    struct spnego_slice none = {NULL, 0};

    return none;
}

static inline struct spnego_slice
spnego_buf_octets(const struct spnego_buf *buf)
{
    struct spnego_slice octets = {buf->ptr, buf->len};

    return octets;
}

/* verdict.c: failing and remarking.  `about` is a part of the leg's token, or
 * empty; `mech` is what {mech} in the finding's text stands for. */
enum spnego_status spnego_ctx_fail(struct spnego_ctx *ctx, const struct spnego_leg *leg,
                                   enum spnego_status status, enum spnego_finding_code code,
                                   struct spnego_slice about, struct spnego_slice mech);
/* spnego_ctx_refuse is that for a token that the negotiation does not allow. */
enum spnego_status spnego_ctx_refuse(struct spnego_ctx *ctx, const struct spnego_leg *leg,
                                     enum spnego_finding_code code, struct spnego_slice about);
/* spnego_ctx_tolerate returns SPNEGO_OK if `code`'s tolerance is on, and notes it. */
enum spnego_status spnego_ctx_tolerate(struct spnego_ctx *ctx, const struct spnego_leg *leg,
                                       enum spnego_finding_code code, struct spnego_slice about,
                                       struct spnego_slice mech);
void spnego_ctx_remark(struct spnego_ctx *ctx, enum spnego_finding_code code,
                       struct spnego_slice mech);
enum spnego_status spnego_ctx_limit(struct spnego_ctx *ctx, enum spnego_finding_code code,
                                    uint64_t got, uint64_t want);
/* spnego_ctx_decode decodes `in` under the configuration's limits and tolerances. */
enum spnego_status spnego_ctx_decode(struct spnego_ctx *ctx,
                                     struct spnego_negotiation_token *out,
                                     struct spnego_slice in);

/* An event with what all have in common; spnego_ctx_tell hands it to the caller's
 * callback. */
struct spnego_event spnego_ctx_event(const struct spnego_ctx *ctx, enum spnego_event_kind kind,
                                     struct spnego_slice octets);
void spnego_ctx_tell(const struct spnego_ctx *ctx, const struct spnego_event *event);
void spnego_ctx_tell_finding(const struct spnego_ctx *ctx, const struct spnego_finding *finding,
                             struct spnego_slice mech);

/* spnego_ctx_reset_order (context.c) lists all offers but those that failed to start,
 * in the caller's order. */
void spnego_ctx_reset_order(struct spnego_ctx *ctx);

/* mech_list.c: object identifiers and lists of them. */
bool spnego_octets_equal(struct spnego_slice a, struct spnego_slice b);
bool spnego_oid_is_alias(struct spnego_slice a, struct spnego_slice b);
struct spnego_slice spnego_offer_oid(const struct spnego_ctx *ctx, size_t offer);
struct spnego_mech_type_list spnego_ctx_mech_types(const struct spnego_ctx *ctx);
enum spnego_status spnego_ctx_keep_mech_types(struct spnego_ctx *ctx,
                                              const struct spnego_mech_type_list *list);
/* spnego_ctx_count_mech_types counts a list that came from elsewhere. */
void spnego_ctx_count_mech_types(struct spnego_ctx *ctx);
/* spnego_ctx_list_offers writes the list of the offers, in ctx->order. */
enum spnego_status spnego_ctx_list_offers(const struct spnego_ctx *ctx, struct spnego_buf *out);

/* mech_run.c: the life of one mechanism. */
enum spnego_status spnego_mech_create(struct spnego_ctx *ctx, size_t offer);
void spnego_mech_drop(struct spnego_ctx *ctx);
/* spnego_mech_greet lets the first offer speak before the initiator does. */
enum spnego_status spnego_mech_greet(struct spnego_ctx *ctx, struct spnego_leg *leg);
void spnego_greeter_drop(struct spnego_ctx *ctx);
enum spnego_status spnego_mech_step(struct spnego_ctx *ctx, struct spnego_leg *leg,
                                    struct spnego_slice token);
/* spnego_mech_feed gives the leg's token to the mechanism, if one is due. */
enum spnego_status spnego_mech_feed(struct spnego_ctx *ctx, struct spnego_leg *leg, bool has,
                                    struct spnego_slice token);
/* spnego_mech_rejected hands over the error token of a peer that said reject, and
 * fails. */
enum spnego_status spnego_mech_rejected(struct spnego_ctx *ctx, struct spnego_leg *leg);

/* spnego_mic_is_possible (mic.c): does the mechanism, which is finished, make MICs? */
bool spnego_mic_is_possible(const struct spnego_ctx *ctx);

/* spnego_mic_settle (mic.c) verifies the peer's MIC, and makes ours, as the rules
 * want it after this leg.  Returns SPNEGO_OK when nothing is owed any more,
 * SPNEGO_CONTINUE, or an error. */
enum spnego_status spnego_mic_settle(struct spnego_ctx *ctx, struct spnego_leg *leg);

/* spnego_hint_follow (hint.c) takes a decoded NegTokenInit2. */
void spnego_hint_follow(struct spnego_ctx *ctx, const struct spnego_negotiation_token *hint,
                        struct spnego_slice octets);

/* fragment.c: tokens in pieces. */
bool spnego_fragment_is_first(const struct spnego_ctx *ctx, enum spnego_status status);
enum spnego_status spnego_fragment_keep(struct spnego_ctx *ctx, struct spnego_slice in);
enum spnego_status spnego_fragment_join(struct spnego_ctx *ctx, struct spnego_slice *in);
bool spnego_fragment_pending(const struct spnego_ctx *ctx);
enum spnego_status spnego_fragment_next(struct spnego_ctx *ctx, struct spnego_slice *out);

#endif
