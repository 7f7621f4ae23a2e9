/* conversation.h: the tokens of one negotiation, in the order in which they were
 * sent, and what they show together.
 *
 * conversation_add takes them one after the other; conversation_judge then runs
 * the rules, which add their remarks to the analysis of the token that they are
 * about.  What is missing at the end is said of the last token. */
#ifndef CONVERSATION_H
#define CONVERSATION_H

#include "analysis.h"

#define CONVERSATION_MAX_TURNS 64 /* tokens; more than any mechanism needs */

#define TURN_MAX_TOLD 4

/* What a token is in the negotiation. */
enum turn_kind {
    TURN_EMPTY, /* no octets */
    TURN_INIT,  /* the initiator's NegTokenInit */
    TURN_HINT,  /* the acceptor's NegTokenInit2 */
    TURN_RESP,  /* NegTokenResp */
    TURN_NAKED, /* a mechanism's token without SPNEGO around it */
    TURN_BROKEN /* lost, or octets that could not be decoded */
};

/* One token.  What it says stands in the same fields whatever its kind: the slices
 * borrow from `octets`, and are empty with `has_...` false where nothing stands. */
struct turn {
    enum side side;
    bool side_guessed;          /* nobody said whose it is */
    uint8_t *memory;            /* owns the octets */
    struct spnego_slice octets; /* in `memory` */
    char *label;                /* where it came from: "line 3", "frame 17", a file's name */
    unsigned long frame;        /* in a capture; else 0 */
    unsigned long line;         /* in a text, by conversation_place; else 0 */
    size_t fragments;           /* that it was joined from; else 1 */
    bool lost;                  /* there was one, and nobody could take it out */
    struct spnego_finding told[TURN_MAX_TOLD]; /* by conversation_tell */
    size_t told_count;
    struct analysis analysis; /* from conversation_judge on, as all below */
    enum turn_kind kind;
    bool has_list, has_state, has_choice, has_token, has_mic;
    struct spnego_mech_type_list list; /* mechTypes */
    enum spnego_neg_state state;       /* negState */
    struct spnego_slice choice;        /* supportedMech */
    struct spnego_slice token;         /* mechToken, responseToken or the naked token */
    struct token_class class;          /* of `token` */
    struct spnego_slice mic; /* mechListMIC; not if it is empty or a copy of `token` (T5) */
};

/* How a conversation ended. */
enum outcome { OUTCOME_UNFINISHED, OUTCOME_COMPLETE, OUTCOME_REJECTED, OUTCOME_BROKEN };

struct conversation {
    const char *name; /* of the file, or of the stream in a capture; borrowed */
    struct analysis_setup setup;
    struct turn *turns;
    size_t count;
    size_t cap;
    const char *carrier;    /* "SMB2", if that is known: what follows is its word */
    bool accepted, refused; /* the authentication, whatever its tokens say */

    /* What the rules have found out; all of it after conversation_judge. */
    size_t init;               /* the turn with the NegTokenInit; `count` if there is none */
    size_t reply;              /* the acceptor's first NegTokenResp behind it; or `count` */
    struct spnego_slice first; /* mechTypes[0]; empty without */
    struct spnego_slice mech;  /* the mechanism that is negotiated in the end; empty if open */
    bool reselected;           /* `mech` is not `first` */
    bool mic_required;         /* by request-mic */
    bool mic_from_initiator, mic_from_acceptor;
    enum outcome outcome;
    char verdict[200]; /* one sentence: "complete with NTLMSSP; mechListMIC both ways" */
};

/* `name` has to live as long as the conversation. */
void conversation_start(struct conversation *conversation, const char *name,
                        const struct analysis_setup *setup);
void conversation_free(struct conversation *conversation);

/* conversation_add copies one token; `side` may be SIDE_UNKNOWN, then it is guessed
 * from the token and from the one before.  A fragment is joined with what follows
 * from the same side.  Returns false with a sentence in `error` if there are too
 * many or no memory. */
bool conversation_add(struct conversation *conversation, enum side side,
                      struct spnego_slice octets, const char *label, unsigned long frame,
                      char *error, size_t cap);

/* conversation_add_lost adds a token that was there, but could not be taken out of what
 * carried it. */
bool conversation_add_lost(struct conversation *conversation, enum side side, const char *label,
                           unsigned long frame, char *error, size_t cap);

/* conversation_place says in which line of a text the last token begins. */
void conversation_place(struct conversation *conversation, unsigned long line);

/* conversation_tell adds a finding about what carried the last token, with the numbers of
 * its text.  More than TURN_MAX_TOLD of a token are dropped, and all before the first. */
void conversation_tell(struct conversation *conversation, enum spnego_finding_code code,
                       uint64_t got, uint64_t want);

/* conversation_judge runs all rules.  Returns false if there was no memory. */
bool conversation_judge(struct conversation *conversation);

/* conversation_count adds up the remarks of all turns. */
size_t conversation_count(const struct conversation *conversation,
                          enum spnego_severity severity);

/* conversation_remark adds a remark about `part`, which lies in the octets of `turn`;
 * without octets it is about the whole token. */
void conversation_remark(struct turn *turn, enum spnego_finding_code code,
                         struct spnego_slice part, const struct spnego_subject *subject,
                         uint64_t got, uint64_t want);

#endif
