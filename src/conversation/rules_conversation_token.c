/* rules_conversation_token.c: the mechanism's tokens inside a reply.  Rules C14 to C17,
 * C19, C33 to C35 of docs/rules.md, and M08. */
#include "rules_conversation.h"

/* C16, C17: after another choice the mechanism begins anew, and the first one is gone. */
static void
rules_of_new_mech(struct walk *walk, struct turn *turn)
{
    bool other = mech_is_foreign(walk->mech.oid, turn->token) && !walk_falls_back(walk, turn);
    bool told = turn_has(turn, SPN6011_NEGOEX_ELSEWHERE) || turn_has(turn, SPN6012_OTHER_MECH);

    if (other && walk->given.oid.len != 0 && !mech_is_foreign(walk->given.oid, turn->token))
        walk_remark_mech(turn, SPN5207_ABANDONED_MECH, turn->token, walk->given.oid);
    else if (other && !told)
        walk_remark(walk, turn, SPN6012_OTHER_MECH, turn->token);
    else if (!other && walk->restart_due && turn->side == SIDE_INITIATOR &&
             !mech_may_begin(&walk->mech, turn->token))
        walk_remark(walk, turn, SPN5206_NO_RESTART, turn->token);
}

/* C33: the mechanism is finished, and here is a token for it. */
static void
rules_of_late_token(struct walk *walk, struct turn *turn)
{
    if (turn->has_mic)
        walk_remark(walk, turn, SPN5219_TOKEN_BESIDE_MIC, turn->token);
    else if (turn->token.len == 0)
        walk_remark(walk, turn, SPN5017_EMPTY_TOKEN_TOO_LATE, turn->token);
    else
        walk_remark(walk, turn, SPN5016_TOKEN_TOO_LATE, turn->token);
}

/* C14, C34: who has the next token to send does not send it. */
static void
rules_of_no_token(struct walk *walk, struct turn *turn, bool first_reply)
{
    struct spnego_slice nothing = {NULL, 0};

    if (walk->mech.due != turn->side)
        return;
    walk_remark(walk, turn, first_reply ? SPN5015_NO_RESPONSE_TOKEN : SPN5220_NO_MECH_DATA,
                nothing);
    walk->mech.due = SIDE_UNKNOWN;
}

/* The initiator's AP-REP makes three legs of what looked like two. */
static bool
is_third_leg(const struct turn *turn)
{
    return turn->side == SIDE_INITIATOR &&
           strncmp(turn->class.name, "Kerberos AP-REP", 15) == 0;
}

/* C19, C35 */
static void
rules_of_completion(struct walk *walk, struct turn *turn)
{
    bool answers = turn->has_mic && walk->mic[side_other(turn->side)] != NULL;

    if (!turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED))
        return;
    if (turn->side == SIDE_INITIATOR && !answers)
        walk_remark(walk, turn, SPN5039_INITIATOR_COMPLETES, turn_state(turn));
    if (turn->side == SIDE_ACCEPTOR && walk->mech.done[SIDE_ACCEPTOR] == CERTAIN_NO &&
        !walk->restart_due)
        walk_remark(walk, turn, SPN5018_EARLY_COMPLETION, turn_state(turn));
}

void
walk_token(struct walk *walk, struct turn *turn, bool first_reply)
{
    bool early = first_reply && walk->restart_due; /* C13 has said what is to say */

    if (turn->has_token && mech_finished(&walk->mech) && !is_third_leg(turn)) {
        rules_of_late_token(walk, turn);
    } else if (turn->has_token && turn->token.len > 0 && !early) {
        rules_of_new_mech(walk, turn);
        walk_feed(walk, turn);
    } else if (!early) {
        rules_of_no_token(walk, turn, first_reply);
    }
    rules_of_completion(walk, turn);
    if (turn->side == SIDE_INITIATOR)
        walk->restart_due = false;
}
