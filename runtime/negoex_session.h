/* negoex_session.h: one NegoEx conversation, as the files that drive it see it.
 *
 * A call of the mechanism's step is a turn (negoex_turn.c): the peer's messages are
 * read (negoex_flight.c), then the actions of the role's plan for this phase are run
 * (negoex_initiator.c, negoex_acceptor.c), of which the last writes our messages
 * (negoex_say.c).  Actions run mechanisms through negoex_candidate.c and deal with
 * VERIFY in negoex_verify.c. */
#ifndef SPNEGO_NEGOEX_SESSION_H
#define SPNEGO_NEGOEX_SESSION_H

#include "mech_status.h"
#include "memory.h"
#include "reader.h"
#include "spnego/findings.h"
#include "spnego/negoex_mech.h"

enum negoex_phase {
    NEGOEX_START,   /* nothing was said */
    NEGOEX_GREETED, /* the acceptor spoke first: its schemes are known */
    NEGOEX_ANSWER,  /* initiator: the acceptor's schemes are awaited */
    NEGOEX_MECH,    /* both know the schemes; one of them runs */
    NEGOEX_PHASES,  /* so many have plans; in those below nothing is taken any more */
    NEGOEX_DONE,
    NEGOEX_FAILED
};

/* A mechanism that may still be chosen. */
struct negoex_candidate {
    size_t offer; /* index in the offers */
    void *mech;
    bool begun; /* it has made a step */
    bool finished;
    bool asked;                 /* for its metadata, */
    bool given;                 /* and the peer's */
    struct spnego_buf metadata; /* ours, until it is sent */
};

struct negoex_session {
    struct negoex_config config; /* `alloc` is never NULL, no limit is 0 */
    enum spnego_role role;
    enum negoex_phase phase;

    /* In the order in which we would have them, which is the acceptor's as soon as it is
     * known.  The first is the one that runs; when `chosen`, it is the one for good. */
    struct negoex_candidate candidates[NEGOEX_MAX_OFFERS];
    size_t count;
    bool chosen;

    uint32_t sequence; /* the number of the next message, of either side */
    struct negoex_guid conversation_id;
    struct spnego_buf transcript;
    bool verify_sent; /* ours, for the first candidate */
    bool verify_fits; /* the peer's */
    bool said_token;  /* the last turn said one of the mechanism */
    unsigned messages_in, messages_out;

    struct spnego_slice in; /* the peer's token, during a turn */

    /* Why it failed. */
    struct spnego_finding failure; /* code 0: it has not */
    char failure_words[256];
    char failure_why[96]; /* the words of the mechanism that failed last */
};

/* What a turn has read, and what it is about to say.  A message that did not come has an
 * empty `raw`. */
struct negoex_flight {
    size_t begin;         /* octets of the transcript before the peer's token */
    size_t ours;          /* ... and with it: what is behind them, we say */
    uint32_t said_before; /* messages that we have said before */
    uint32_t types;       /* a bit for each type of message that came */
    struct negoex_message nego, exchange, verify;
    bool cannot_check;       /* the peer's VERIFY: there is no key yet */
    struct spnego_buf token; /* our mechanism's */
    bool mech_failed;        /* ... and it is an error token */
};

/* An action of a plan; the first that does not return SPNEGO_OK ends the turn.  The
 * greeting's plan is what an acceptor says first, or an initiator makes of it. */
typedef enum spnego_status negoex_action(struct negoex_session *session,
                                         struct negoex_flight *flight);
#define NEGOEX_PLAN_MAX 10
typedef negoex_action *negoex_plan[NEGOEX_PLAN_MAX]; /* NULL behind the last */
extern const negoex_plan negoex_initiator_greeting SPNEGO_HIDDEN;
extern const negoex_plan negoex_acceptor_greeting SPNEGO_HIDDEN;
extern const negoex_plan negoex_initiator_plans[NEGOEX_PHASES] SPNEGO_HIDDEN;
extern const negoex_plan negoex_acceptor_plans[NEGOEX_PHASES] SPNEGO_HIDDEN;

static inline bool
negoex_came(const struct negoex_message *message)
{
    return message->raw.len != 0;
}

static inline bool
negoex_type_came(const struct negoex_flight *flight, enum negoex_message_type type)
{
    return (flight->types >> type & 1) != 0;
}

bool negoex_guid_equal(const struct negoex_guid *a, const struct negoex_guid *b);

/* negoex_verdict.c: failing and remarking.  `message` and `scheme`, which may be NULL,
 * are what the finding's text calls so. */
enum spnego_status negoex_fail(struct negoex_session *session, enum spnego_status status,
                               enum spnego_finding_code code,
                               const struct negoex_message *message,
                               const struct negoex_guid *scheme);
enum spnego_status negoex_fail_numbers(struct negoex_session *session,
                                       enum spnego_status status, enum spnego_finding_code code,
                                       const struct negoex_message *message, uint64_t got,
                                       uint64_t want);
void negoex_remark(struct negoex_session *session, enum spnego_finding_code code,
                   const struct negoex_message *message, const struct negoex_guid *scheme);
/* negoex_forget_failure: what the first candidate has failed at does not end the
 * conversation. */
void negoex_forget_failure(struct negoex_session *session, struct negoex_flight *flight);
/* negoex_decode decodes the message at the front of `in` under our limits. */
enum spnego_status negoex_decode(struct negoex_session *session, struct negoex_message *out,
                                 size_t *used, struct spnego_slice in);
void negoex_tell(const struct negoex_session *session, enum negoex_event_kind kind,
                 const struct negoex_message *message, const struct negoex_guid *scheme);
/* negoex_tell_failure tells the event of a conversation that has failed. */
void negoex_tell_failure(const struct negoex_session *session);

/* negoex_flight_read takes the peer's token apart, into the transcript too. */
enum spnego_status negoex_flight_read(struct negoex_session *session,
                                      struct negoex_flight *flight);
/* negoex_begin_anew forgets all that was said. */
void negoex_begin_anew(struct negoex_session *session);
/* negoex_next takes a message off the front of `left`, which has been read or written here. */
bool negoex_next(const struct negoex_session *session, struct negoex_message *out,
                 struct spnego_slice *left);
/* negoex_heed_alerts is an action: a VERIFY that the peer could not check is sent again.
 * [MS-NEGOEX] 2.2.6.6. */
negoex_action negoex_heed_alerts;

/* negoex_candidate.c: the lives of mechanisms. */
const struct spnego_mech_ops *negoex_ops(const struct negoex_session *session, size_t i);
const struct negoex_guid *negoex_scheme_at(const struct negoex_session *session, size_t i);
/* negoex_candidate_find returns which candidate has `scheme`, or `count`. */
size_t negoex_candidate_find(const struct negoex_session *session,
                             const struct negoex_guid *scheme);
/* negoex_candidate_add begins an attempt of an offer; one that cannot be begun is left
 * out.  Returns SPNEGO_OK or SPNEGO_E_MEMORY.  negoex_begin_offers, an action, does that
 * for all. */
enum spnego_status negoex_candidate_add(struct negoex_session *session, size_t offer);
negoex_action negoex_begin_offers;
void negoex_candidate_drop(struct negoex_session *session, size_t i);
void negoex_candidates_clear(struct negoex_session *session);
/* negoex_candidate_anew throws away what the first has done so far, or drops it. */
enum spnego_status negoex_candidate_anew(struct negoex_session *session);
/* negoex_candidate_choose makes number `i` the only one. */
void negoex_candidate_choose(struct negoex_session *session, size_t i);
/* negoex_take_metadata and negoex_make_metadata are actions; negoex_retake_metadata is
 * for the first, when it has begun anew. */
negoex_action negoex_take_metadata, negoex_make_metadata, negoex_retake_metadata;
/* negoex_run gives `in` to the first candidate, negoex_feed what the peer sent for it. */
enum spnego_status negoex_run(struct negoex_session *session, struct negoex_flight *flight,
                              struct spnego_slice in);
negoex_action negoex_feed;
/* negoex_require_scheme, an action, fails if no candidate is left. */
negoex_action negoex_require_scheme;

/* negoex_verify.c.  negoex_check_verify is an action; negoex_verify_make makes the
 * checksum of the transcript, or says SPNEGO_CONTINUE if none is due. */
negoex_action negoex_check_verify;
enum spnego_status negoex_verify_make(struct negoex_session *session, struct spnego_buf *out,
                                      int32_t *type);
/* negoex_has_key: could the first candidate check a VERIFY? */
bool negoex_has_key(const struct negoex_session *session);

/* negoex_turn.c: members of the mechanism's table. */
enum spnego_status negoex_step(void *mech, struct spnego_buf *out, struct spnego_slice in);
enum spnego_status negoex_greet(void *mech, struct spnego_buf *out);
enum spnego_status negoex_take_greeting(void *mech, struct spnego_slice in);
/* negoex_may_go_unverified: may it complete although no VERIFY of the peer has come? */
bool negoex_may_go_unverified(const struct negoex_session *session, bool peer_is_done);

/* negoex_archive.c.  negoex_load_state fills a session that was just created; after a
 * failure it can only be destroyed. */
enum spnego_status negoex_export_state(void *mech, struct spnego_buf *out);
enum spnego_status negoex_load_state(struct negoex_session *session, struct spnego_slice state);

/* negoex_say (negoex_say.c) is the last action of each plan: it puts what is to be said
 * into the transcript, behind what the peer said. */
negoex_action negoex_say;
/* negoex_name_conversation is the action of who speaks first. */
negoex_action negoex_name_conversation;
/* negoex_say_failure takes back what was said, and says the error token of a mechanism that
 * failed.  negoex_tell_said tells the events of what is said for good. */
void negoex_say_failure(struct negoex_session *session, struct negoex_flight *flight);
void negoex_tell_said(const struct negoex_session *session, const struct negoex_flight *flight);

#endif
