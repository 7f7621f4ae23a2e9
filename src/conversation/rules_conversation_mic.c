/* rules_conversation_mic.c: which tokens have a mechListMIC, and which should.  Rules C21
 * to C30, C32, C44 of docs/rules.md.
 *
 * Who sends the mechanism's last token sends the first MIC, beside it; the other side
 * answers with its own.  RFC 4178 5. */
#include "rules_conversation.h"

static const struct spnego_slice nothing = {NULL, 0};

static bool
is_required(const struct walk *walk)
{
    return walk->conversation->mic_required || walk->conversation->reselected;
}

/* C32: who answers a MIC is finished.  What an initiator says whose only token was the
 * optimistic one, RFC 4178 5 (c) IV leaves open. */
static void
rules_of_answer(struct walk *walk, struct turn *turn)
{
    bool open = turn->side == SIDE_INITIATOR && walk->mech.one_token;

    if (!open && !turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED))
        walk_remark(walk, turn, SPN5218_MIC_ANSWER_STATE, turn->mic);
}

/* C29.  NTLM wants it, and Windows sends it beside Kerberos' third leg. */
static bool
is_usual(const struct walk *walk, const struct turn *turn)
{
    return walk->conversation->mic_required || walk->conversation->reselected ||
           walk->mech.mech == SPNEGO_MECH_NTLMSSP ||
           (turn->side == SIDE_INITIATOR && turn->class.family == FAMILY_KERBEROS);
}

/* C26 to C29 */
static void
rules_of_mic_here(struct walk *walk, struct turn *turn)
{
    enum side side = turn->side;
    bool answers = walk->mic[side_other(side)] != NULL;

    if (walk->mic[side] != NULL) {
        walk_remark(walk, turn, SPN5214_MIC_REPEATED, turn->mic);
        return;
    }
    if (walk->mech.done[side] == CERTAIN_NO)
        walk_remark(walk, turn, SPN5019_MIC_TOO_EARLY, turn->mic);
    else if (walk->mech.integrity == CERTAIN_NO)
        walk_remark(walk, turn, SPN5022_MIC_UNEXPECTED, turn->mic);
    else if (answers)
        rules_of_answer(walk, turn);
    else if (!is_usual(walk, turn))
        walk_remark(walk, turn, SPN5215_MIC_NOT_REQUIRED, turn->mic);
    walk->mic[side] = turn;
}

/* C22 to C24: the mechanism's last token was just sent, without the MIC that was asked for. */
static bool
rules_of_last_token(struct walk *walk, struct turn *turn, bool first_reply)
{
    bool has_token = turn->has_token && turn->token.len > 0;

    if (!walk->conversation->mic_required || walk->mech.integrity != CERTAIN_YES ||
        !mech_finished(&walk->mech) || walk->mic[turn->side] != NULL)
        return false;
    if (first_reply && walk->mech.one_token)
        walk_remark(walk, turn, SPN5212_ONE_TOKEN_MIC_MISSING, nothing);
    else if (turn->side == SIDE_INITIATOR && has_token)
        walk_remark(walk, turn, SPN5210_INITIATOR_MIC_MISSING, nothing);
    else if (turn->side == SIDE_ACCEPTOR && has_token)
        walk_remark(walk, turn, SPN5211_ACCEPTOR_MIC_MISSING, nothing);
    else
        return false;
    return true;
}

/* C25: the other side has sent a MIC that this token does not answer.  T10 is a fault of
 * acceptors. */
static bool
rules_of_unanswered(struct walk *walk, struct turn *turn)
{
    const struct turn *asked = walk->mic[side_other(turn->side)];

    if (asked == NULL || asked->kind != TURN_RESP || walk->mic[turn->side] != NULL ||
        walk->mech.integrity == CERTAIN_NO || walk->mech.done[turn->side] == CERTAIN_NO)
        return false;
    if (turn->side == SIDE_ACCEPTOR)
        walk_remark(walk, turn, SPN5213_MIC_UNANSWERED, nothing);
    else
        walk_remark_strict(walk, turn, SPN5213_MIC_UNANSWERED, nothing);
    return true;
}

/* C30: Windows demands it even if NTLM is the first choice of both. */
static bool
rules_of_ntlm(struct walk *walk)
{
    if (!walk->mech.ntlm_mic || walk->mech.integrity != CERTAIN_YES)
        return false;
    walk_remark(walk, walk->authenticate, SPN5216_NTLM_MIC_REQUIRED, nothing);
    return true;
}

/* C21, C44: it is over, and the acceptor has not seen a MIC of the initiator. */
static void
rules_of_no_mic(struct walk *walk, struct turn *turn)
{
    bool able = walk->mech.integrity == CERTAIN_YES || walk->mic[SIDE_ACCEPTOR] != NULL;
    bool unable = walk->mech.integrity == CERTAIN_NO ||
                  (!able && walk->conversation->mic_required);

    if (walk->mic[SIDE_INITIATOR] != NULL || walk->late_fallback)
        return;
    if (!walk->mic_told && !rules_of_ntlm(walk) && is_required(walk) && able)
        walk_remark(walk, turn, SPN5023_MIC_MISSING, nothing);
    if (walk->conversation->reselected)
        walk_remark(walk, turn, unable ? SPN5035_UNPROTECTED_CHOICE : SPN5229_DOWNGRADE,
                    nothing);
}

/* The acceptor is finished, or the initiator is and has both MICs. */
static void
end_of_talk(struct walk *walk, struct turn *turn)
{
    bool both = walk->mic[SIDE_INITIATOR] != NULL && walk->mic[SIDE_ACCEPTOR] != NULL;

    if (!turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED) ||
        (turn->side == SIDE_INITIATOR && !(both && turn->has_mic)))
        return;
    walk->phase = PHASE_COMPLETE;
    walk->conversation->outcome = OUTCOME_COMPLETE;
    rules_of_no_mic(walk, turn);
}

void
walk_mic(struct walk *walk, struct turn *turn, bool first_reply)
{
    if (turn->has_mic)
        rules_of_mic_here(walk, turn);
    else if (!walk->mic_told)
        walk->mic_told =
            rules_of_last_token(walk, turn, first_reply) || rules_of_unanswered(walk, turn);
    end_of_talk(walk, turn);
}
