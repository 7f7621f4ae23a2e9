/* negoex_conversation.h: the NegoEx messages of a conversation, in the order in which
 * they were sent, and what its rules know of them.
 *
 * A conversation of SPNEGO may hold several of NegoEx: the acceptor's greeting, from
 * which the initiator does not go on, and one for each NegTokenInit. */
#ifndef NEGOEX_CONVERSATION_H
#define NEGOEX_CONVERSATION_H

#include "conversation.h"

/* One message. */
struct negoex_entry {
    size_t turn;    /* its token */
    enum side side; /* who sent it; SIDE_UNKNOWN only if neither token nor message says so */
    size_t origin;  /* the first entry of its NegoEx conversation */
    bool whole;     /* nothing is known to be missing from `origin` to here */
    struct negoex_message message; /* borrows from the turn's octets */
};

/* All of them.  A VERIFY that is `whole` covers the `raw` octets of the entries from its
 * `origin` to the one before it: [MS-NEGOEX] 3.1.5.7. */
struct negoex_transcript {
    struct negoex_entry *entries;
    size_t count;
    size_t cap;
    bool cut; /* something behind the last entry could not be read */
};

/* negoex_transcript_build reads the tokens of all turns.  Of one that cannot be read the
 * messages before the fault are kept.  Returns false if there was no memory;
 * negoex_transcript_free is due either way. */
bool negoex_transcript_build(struct negoex_transcript *transcript,
                             const struct conversation *conversation);
void negoex_transcript_free(struct negoex_transcript *transcript);

/* negoex_is_misdirected says that it is not its sender's to send.  [MS-NEGOEX] 2.2.6.1. */
bool negoex_is_misdirected(const struct negoex_entry *entry);

/* One conversation of NegoEx, and what is to be known of it before any message is
 * judged.  Pointers are NULL, and turns conversation->count, where there is none.  What
 * is kept by side has the index `enum side`. */
struct negoex_attempt {
    struct conversation *conversation;
    const struct negoex_entry *entries;
    size_t count;
    bool server_first;                    /* it begins with the acceptor's greeting */
    size_t first_turn[3];                 /* of each side */
    size_t answer;                        /* the acceptor's first turn behind the initiator's */
    const struct negoex_entry *nego[3];   /* the NEGO message of each side */
    const struct negoex_entry *opening;   /* the optimistic AP_REQUEST */
    const struct negoex_entry *selecting; /* the AP_REQUEST whose scheme was selected */
    bool discarded;                       /* `opening` and its VERIFY were not used */

    /* While the messages are judged. */
    const struct negoex_entry *verify[3]; /* the last VERIFY of each side that counts */
    const struct negoex_entry *asked[3];  /* the ALERT that wants another one of it */
    bool tried[3];                        /* it has sent a VERIFY, of whatever use */
};

/* negoex_attempt_survey fills in `attempt`; its entries are of one `origin`. */
void negoex_attempt_survey(struct negoex_attempt *attempt, struct conversation *conversation,
                           const struct negoex_entry *entries, size_t count);

/* negoex_scheme_of returns the AuthScheme of a message that has one: all but NEGO. */
const struct negoex_guid *negoex_scheme_of(const struct negoex_entry *entry);
bool negoex_same_scheme(const struct negoex_entry *a, const struct negoex_entry *b);

/* negoex_attempt_remark adds a remark about `len` octets at `at` of a message. */
void negoex_attempt_remark(struct negoex_attempt *attempt, const struct negoex_entry *entry,
                           enum spnego_finding_code code, size_t at, size_t len, uint64_t got,
                           uint64_t want);

/* negoex_attempt_remark_about adds one about an AUTH_SCHEME at `at` of a message,
 * negoex_attempt_remark_scheme about the message's own. */
void negoex_attempt_remark_about(struct negoex_attempt *attempt,
                                 const struct negoex_entry *entry,
                                 enum spnego_finding_code code, size_t at,
                                 const struct negoex_guid *scheme);
void negoex_attempt_remark_scheme(struct negoex_attempt *attempt,
                                  const struct negoex_entry *entry,
                                  enum spnego_finding_code code);

/* The rules about VERIFY and ALERT: X10, X12 to X17. */
void rules_of_negoex_verify(struct negoex_attempt *attempt, const struct negoex_entry *entry);
void rules_of_negoex_alert(struct negoex_attempt *attempt, const struct negoex_entry *entry);
void rules_of_negoex_end(struct negoex_attempt *attempt);

#endif
