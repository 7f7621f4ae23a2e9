/* rules_conversation.h: the walk through a conversation that its rules share. */
#ifndef RULES_CONVERSATION_H
#define RULES_CONVERSATION_H

#include "conversation_mech.h"
#include "conversation_parts.h"

/* Where the negotiation stands. */
enum phase {
    PHASE_BEFORE,   /* nothing but a hint so far */
    PHASE_OFFERED,  /* the NegTokenInit was sent */
    PHASE_TALK,     /* the acceptor has chosen */
    PHASE_NAKED,    /* a mechanism without SPNEGO */
    PHASE_COMPLETE, /* nobody has anything to say */
    PHASE_REJECTED,
    PHASE_LOST /* something is missing or broken: what follows is not judged */
};
#define PHASES 7

struct walk {
    struct conversation *conversation;
    enum phase phase;
    struct turn *lost_by;       /* the token that PHASE_LOST began with */
    bool gap;                   /* and the record is at fault: a token is not in it */
    bool naked_told;            /* SPN5032 was raised */
    enum phase spoken;          /* where SPNEGO was left for the mechanism alone */
    bool late_fallback;         /* it is offered */
    bool fallen;                /* and used: the rules of its MIC are unknown */
    struct turn *hint;          /* the acceptor's, with a list */
    struct turn *last;          /* with octets, of SPNEGO or a mechanism */
    struct mech_progress mech;  /* the one that runs */
    struct mech_progress given; /* the optimistic one, if another was chosen; else zero */
    struct turn *mic[3];        /* by enum side: its mechListMIC */
    struct turn *authenticate;  /* NTLM's last token */
    struct turn *mic_told;      /* of this one it was said that its MIC is missing */
    bool mic_due;               /* known at the end */
    struct turn *fed;           /* the last with a token of the mechanism */
    struct turn *completed;     /* the last of what is complete */
    bool closed_by_carrier;     /* the acceptor's last token did not come, and it accepts */
    bool restart_due;           /* the next token of the initiator begins the mechanism */
};

/* walk_remark says something about a turn; {mech} is the mechanism that runs. */
void walk_remark(struct walk *walk, struct turn *turn, enum spnego_finding_code code,
                 struct spnego_slice part);

/* walk_remark_mech is the same with another {mech}; walk_remark_strict also takes no
 * notice of the tolerances: what is forgiven to some is not forgiven here. */
void walk_remark_mech(struct turn *turn, enum spnego_finding_code code,
                      struct spnego_slice part, struct spnego_slice mech);
void walk_remark_strict(struct walk *walk, struct turn *turn, enum spnego_finding_code code,
                        struct spnego_slice part);

/* walk_feed gives the turn's token to the mechanism that runs. */
void walk_feed(struct walk *walk, struct turn *turn);

/* The octets of negState; none if there is no tree. */
struct spnego_slice turn_state(struct turn *turn);

static inline bool
turn_says(const struct turn *turn, enum spnego_neg_state state)
{
    return turn->has_state && turn->state == state;
}

/* turn_has says whether a finding was raised about this token. */
bool turn_has(const struct turn *turn, enum spnego_finding_code code);

/* walk_complete says that nothing is due behind `turn`. */
void walk_complete(struct walk *walk, struct turn *turn);

/* rules_conversation_choice.c: C05 to C13, C20, C36, C41. */
void walk_first_choice(struct walk *walk, struct turn *turn);
void walk_later_choice(struct walk *walk, struct turn *turn);

/* walk_falls_back says whether the initiator's token begins, after a failure, another of
 * the mechanisms that it offered; then that one runs.  Negotiate Late Fallback. */
bool walk_falls_back(struct walk *walk, const struct turn *turn);

/* rules_conversation_token.c: C14 to C17, C19, C33, C34, C35. */
void walk_token(struct walk *walk, struct turn *turn, bool first_reply);

/* rules_conversation_mic.c: C21 to C30, C32, C44. */
void walk_mic(struct walk *walk, struct turn *turn, bool first_reply);
void walk_mic_end(struct walk *walk);

/* rules_conversation_end.c: what can be said when all was seen.  C31, C39, C40, C42. */
void walk_end(struct walk *walk);

/* conversation_verdict.c: how it ended, in one sentence. */
void walk_conclude(struct walk *walk);

#endif
