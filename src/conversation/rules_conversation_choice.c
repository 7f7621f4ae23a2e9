/* rules_conversation_choice.c: who chooses what, and how it is said.  Rules C05 to C13,
 * C20, C36, C41 of docs/rules.md. */
#include "rules_conversation.h"

static const struct spnego_slice nothing = {NULL, 0};

static bool
is_offered(const struct turn *init, struct spnego_slice mech)
{
    struct spnego_slice oid;
    size_t pos = 0;

    while (spnego_mech_type_list_next(&oid, &pos, &init->list))
        if (octets_equal(oid, mech))
            return true;
    return false;
}

static bool
alias_is_offered(const struct turn *init, struct spnego_slice mech)
{
    struct spnego_slice oid;
    size_t pos = 0;

    while (spnego_mech_type_list_next(&oid, &pos, &init->list))
        if (mech_same(oid, mech))
            return true;
    return false;
}

/* C07, C08: one of those that were offered, by the number under which it was. */
static void
rules_of_number(struct walk *walk, struct turn *turn)
{
    struct conversation *conversation = walk->conversation;
    const struct turn *init = &conversation->turns[conversation->init];

    if (is_offered(init, turn->choice)) {
        if (init->token.len > 0 &&
            spnego_oid_mech(conversation->first) == SPNEGO_MECH_MS_KRB5 &&
            spnego_oid_mech(turn->choice) == SPNEGO_MECH_KRB5)
            walk_remark_mech(turn, SPN5204_ALIAS_NOT_ECHOED, turn->choice, turn->choice);
    } else if (alias_is_offered(init, turn->choice)) {
        walk_remark_mech(turn, SPN5008_ALIAS_CHOSEN, turn->choice, turn->choice);
    } else {
        walk_remark_mech(turn, SPN5007_NOT_OFFERED, turn->choice, turn->choice);
    }
}

/* C12, C13, C20: another mechanism than the first, so it begins anew and the choice has
 * to be protected.  T6 is Windows 2003 with NTLM; nobody else may do without. */
static void
rules_of_reselection(struct walk *walk, struct turn *turn)
{
    bool is_ntlm = spnego_oid_mech(turn->choice) == SPNEGO_MECH_NTLMSSP;

    if (turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED))
        walk_remark(walk, turn, SPN5209_COMPLETED_AT_ONCE, turn_state(turn));
    else if (turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE) && is_ntlm)
        walk_remark(walk, turn, SPN5013_NO_REQUEST_MIC, turn_state(turn));
    else if (!turn_says(turn, SPNEGO_NEG_STATE_REQUEST_MIC))
        walk_remark_strict(walk, turn, SPN5013_NO_REQUEST_MIC, turn_state(turn));
    if (turn->has_token && turn->token.len > 0)
        walk_remark(walk, turn, SPN5014_TOKEN_TOO_EARLY, turn->token);
}

void
walk_first_choice(struct walk *walk, struct turn *turn)
{
    struct conversation *conversation = walk->conversation;
    struct spnego_slice offered = conversation->first;

    if (!turn_says(turn, SPNEGO_NEG_STATE_REJECT) && (!turn->has_state || !turn->has_choice))
        walk_remark(walk, turn, SPN5005_NO_CHOICE, nothing);
    conversation->mic_required = turn_says(turn, SPNEGO_NEG_STATE_REQUEST_MIC);
    conversation->mech = turn->has_choice ? turn->choice : offered;
    if (!turn->has_choice)
        return;
    rules_of_number(walk, turn);
    if (mech_same(offered, turn->choice)) {
        /* C15: nothing was sent that this could answer. */
        if (!walk->mech.begun && turn->has_token && turn->token.len > 0)
            walk_remark(walk, turn, SPN5205_UNASKED_TOKEN, turn->token);
        walk->mech.oid = turn->choice;
        return;
    }
    conversation->reselected = true;
    walk->given = walk->mech;
    walk->restart_due = true;
    mech_begin(&walk->mech, turn->choice);
    if (!turn_says(turn, SPNEGO_NEG_STATE_REJECT))
        rules_of_reselection(walk, turn);
}

/* C10 */
static void
rules_of_initiators_choice(struct turn *turn)
{
    if (turn->has_choice)
        walk_remark_mech(turn, SPN5010_INITIATOR_CHOOSES, turn->choice, turn->choice);
    if (turn_says(turn, SPNEGO_NEG_STATE_REQUEST_MIC))
        walk_remark_mech(turn, SPN5012_INITIATOR_REQUEST_MIC, turn_state(turn), nothing);
}

/* Did the mechanism perhaps fail?  Who sent its last token did not. */
static bool
may_have_failed(const struct walk *walk)
{
    return walk->fed != NULL && (walk->fed->side == SIDE_INITIATOR ||
                                 strncmp(walk->fed->class.name, "Kerberos KRB-ERROR", 18) == 0);
}

/* Negotiate Late Fallback: both sides must know it.  The initiator lists it; the acceptor
 * shows it by supportedMechs, or by another choice after a failure. */
static bool
falls_back(const struct walk *walk, const struct turn *turn)
{
    return walk->late_fallback &&
           (walk->fallen || turn->analysis.token.u.neg_token_resp.has_supported_mechs ||
            (!mech_same(turn->choice, walk->conversation->mech) && may_have_failed(walk)));
}

/* The next mechanism, which the initiator may have begun unasked. */
static void
fall_back(struct walk *walk, struct turn *turn)
{
    struct conversation *conversation = walk->conversation;

    walk->fallen = true;
    conversation->mech = turn->choice;
    conversation->reselected = !mech_same(conversation->first, turn->choice);
    conversation->mic_required |= turn_says(turn, SPNEGO_NEG_STATE_REQUEST_MIC);
    memset(&walk->given, 0, sizeof(walk->given));
    if (!mech_same(walk->mech.oid, turn->choice)) {
        mech_begin(&walk->mech, turn->choice);
        walk->restart_due = true;
    }
}

bool
walk_falls_back(struct walk *walk, const struct turn *turn)
{
    struct spnego_slice oid =
        turn->class.framed ? turn->class.oid : spnego_mech_oid(turn->class.mech);

    if (turn->side != SIDE_INITIATOR || !walk->late_fallback || !may_have_failed(walk) ||
        !is_offered(&walk->conversation->turns[walk->conversation->init], oid))
        return false;
    mech_begin(&walk->mech, oid);
    return true;
}

/* C09, C41.  With Negotiate Late Fallback the choice may change, by rules that nobody
 * has written down. */
static void
rules_of_acceptors_choice(struct walk *walk, struct turn *turn)
{
    if (turn->has_choice && falls_back(walk, turn)) {
        fall_back(walk, turn);
        return;
    }
    if (turn->has_choice) {
        if (mech_same(turn->choice, walk->mech.oid))
            walk_remark_mech(turn, SPN5009_LATE_CHOICE, turn->choice, turn->choice);
        else
            walk_remark_mech(turn, SPN5225_SECOND_CHOICE, turn->choice, turn->choice);
    }
    if (turn_says(turn, SPNEGO_NEG_STATE_REQUEST_MIC))
        walk_remark(walk, turn, SPN5011_LATE_REQUEST_MIC, turn_state(turn));
}

void
walk_later_choice(struct walk *walk, struct turn *turn)
{
    if (turn->side == SIDE_INITIATOR)
        rules_of_initiators_choice(turn);
    else
        rules_of_acceptors_choice(walk, turn);
    if (!turn->has_state && turn->kind == TURN_RESP)
        walk_remark(walk, turn, SPN5221_STATE_LEFT_OUT, nothing);
}
