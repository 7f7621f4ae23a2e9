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

/* C32: who answers a MIC is finished, and says so if it says anything.  What an initiator
 * says whose only token was the optimistic one, RFC 4178 5 (c) IV leaves open. */
static void
rules_of_answer(struct walk *walk, struct turn *turn)
{
    bool open = turn->side == SIDE_INITIATOR && walk->mech.one_token;

    if (!open && turn->has_state && !turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED))
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

/* S27, where only the conversation knows whose MIC it is. */
static void
rules_of_shape(struct walk *walk, struct turn *turn)
{
    if (!turn->has_choice && turn->token.len == 0 && mic_fits(turn->mic, SPNEGO_MECH_UNKNOWN) &&
        !mic_fits(turn->mic, walk->mech.mech))
        walk_remark(walk, turn, SPN2027_MIC_SHAPE, turn->mic);
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
    rules_of_shape(walk, turn);
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

/* C30: Windows demands it even if NTLM is the first choice of both.  An AUTHENTICATE
 * without SPNEGO has no place for it. */
static bool
ntlm_demands(const struct walk *walk)
{
    return walk->authenticate != NULL && walk->authenticate->kind != TURN_NAKED &&
           walk->mech.ntlm_mic && walk->mech.integrity == CERTAIN_YES;
}

/* C25: complete, and one side's MIC was never answered. */
static struct turn *
unanswered(const struct walk *walk)
{
    enum side side = walk->mic[SIDE_INITIATOR] != NULL ? SIDE_INITIATOR : SIDE_ACCEPTOR;
    struct turn *turn = walk->mic[side];

    if (turn == NULL || turn->kind != TURN_RESP || walk->mic[side_other(side)] != NULL ||
        walk->mech.integrity == CERTAIN_NO)
        return NULL;
    return turn;
}

/* C21, C25, C30: what did not come. */
static void
rules_of_missing(struct walk *walk)
{
    if (ntlm_demands(walk) && walk->mic[SIDE_INITIATOR] == NULL) {
        if (walk->mic_told != walk->authenticate)
            walk_remark(walk, walk->authenticate, SPN5216_NTLM_MIC_REQUIRED, nothing);
    } else if (walk->completed == NULL || walk->mic_told != NULL || walk->fallen) {
        return;
    } else if (unanswered(walk) != NULL) {
        walk_remark(walk, unanswered(walk), SPN5213_MIC_UNANSWERED, unanswered(walk)->mic);
    } else if (is_required(walk) && walk->mic[SIDE_INITIATOR] == NULL &&
               walk->mech.integrity == CERTAIN_YES) {
        walk_remark(walk, walk->completed, SPN5023_MIC_MISSING, nothing);
    }
}

void
walk_mic_end(struct walk *walk)
{
    bool unable = walk->mech.integrity == CERTAIN_NO;

    walk->mic_due = is_required(walk) || ntlm_demands(walk);
    if (walk->phase == PHASE_LOST || walk->phase == PHASE_NAKED)
        return;
    rules_of_missing(walk);
    /* C44: the acceptor has not seen a MIC of the initiator. */
    if (walk->completed != NULL && !walk->fallen && walk->mic[SIDE_INITIATOR] == NULL &&
        walk->conversation->reselected)
        walk_remark(walk, walk->completed,
                    unable ? SPN5035_UNPROTECTED_CHOICE : SPN5229_DOWNGRADE, nothing);
}

/* The acceptor is finished, or the initiator is and has both MICs.  C36: negState may be
 * left out where that shows. */
static void
end_of_talk(struct walk *walk, struct turn *turn)
{
    bool answers = turn->has_mic && walk->mic[side_other(turn->side)] != NULL;
    bool inferred = !turn->has_state && answers && mech_finished(&walk->mech);

    if ((turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED) || inferred) &&
        (turn->side == SIDE_ACCEPTOR || answers))
        walk_complete(walk, turn);
}

void
walk_mic(struct walk *walk, struct turn *turn, bool first_reply)
{
    if (turn->has_mic)
        rules_of_mic_here(walk, turn);
    else if (walk->mic_told == NULL &&
             (rules_of_last_token(walk, turn, first_reply) || rules_of_unanswered(walk, turn)))
        walk->mic_told = turn;
    end_of_talk(walk, turn);
}
