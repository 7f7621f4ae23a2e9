/* conversation_mech.h: how far a mechanism has come, as an observer sees it.
 *
 * Tokens of Kerberos, NTLM, PKU2U and SAnon say what they are; a table tells when each
 * side's context is complete.  Of other mechanisms, and of what is inside NegoEx, only
 * the beginning is known. */
#ifndef CONVERSATION_MECH_H
#define CONVERSATION_MECH_H

#include "conversation.h"

enum certain { CERTAIN_NO, CERTAIN_MAYBE, CERTAIN_YES };

struct mech_progress {
    struct spnego_slice oid; /* the mechanism; empty if nobody has said */
    enum spnego_mech mech;
    bool begun;             /* a token was sent */
    bool one_token;         /* and it was the only one that there is */
    bool ntlm_mic;          /* MsvAvFlags of AUTHENTICATE say that it has a MIC */
    enum certain done[3];   /* by enum side: its context is complete */
    enum side due;          /* who sends the next token; SIDE_UNKNOWN if none or unclear */
    enum certain integrity; /* it can make a mechListMIC */
};

/* mech_begin makes `progress` that of a mechanism of which nothing was sent. */
void mech_begin(struct mech_progress *progress, struct spnego_slice oid);

/* mech_feed takes a token that `side` has sent. */
void mech_feed(struct mech_progress *progress, enum side side, struct spnego_slice token);

/* mech_finished says whether both contexts are complete for certain. */
bool mech_finished(const struct mech_progress *progress);

/* mech_may_begin says whether `token` can be the first of a mechanism. */
bool mech_may_begin(const struct mech_progress *progress, struct spnego_slice token);

/* mech_is_foreign says whether `token` shows that it is not of the mechanism `oid`. */
bool mech_is_foreign(struct spnego_slice oid, struct spnego_slice token);

/* mech_is_per_message says whether `token` protects a message of the application. */
bool mech_is_per_message(struct spnego_slice token);

/* mech_same says whether two numbers are of one mechanism: Kerberos has two. */
bool mech_same(struct spnego_slice a, struct spnego_slice b);

/* mech_short returns the name that people use, "Kerberos V5"; for an unknown mechanism
 * its number, written to `room`. */
const char *mech_short(struct spnego_slice oid, char room[SPNEGO_OID_TEXT_MAX]);

#endif
