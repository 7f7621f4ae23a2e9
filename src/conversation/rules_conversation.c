/* rules_conversation.c: the tokens of a negotiation in their order.  Rules C01 to C04,
 * C18, C34, C37, C38 of docs/rules.md; the other files of this name have the rest.
 *
 * A table says what to do with a token: its row is where the negotiation stands, its
 * column what the token is and who sent it.  After a token that breaks the negotiation
 * what follows is not judged, since nobody can know what it answers. */
#include "rules_conversation.h"

static const struct spnego_slice nothing = {NULL, 0};

void
walk_remark_mech(struct turn *turn, enum spnego_finding_code code, struct spnego_slice part,
                 struct spnego_slice mech)
{
    struct spnego_subject subject = {{NULL, 0}, {{NULL, 0}, NULL, 0}, NULL, NULL};

    subject.mech = mech;
    conversation_remark(turn, code, part, &subject, 0, 0);
}

void
walk_remark(struct walk *walk, struct turn *turn, enum spnego_finding_code code,
            struct spnego_slice part)
{
    walk_remark_mech(turn, code, part, walk->mech.oid);
}

void
walk_remark_strict(struct walk *walk, struct turn *turn, enum spnego_finding_code code,
                   struct spnego_slice part)
{
    unsigned tolerate = turn->analysis.setup.tolerate;

    turn->analysis.setup.tolerate = 0;
    walk_remark(walk, turn, code, part);
    turn->analysis.setup.tolerate = tolerate;
}

struct spnego_slice
turn_state(struct turn *turn)
{
    return analysis_element(&turn->analysis, "negState");
}

void
walk_feed(struct walk *walk, struct turn *turn)
{
    mech_feed(&walk->mech, turn->side, turn->token);
    walk->fed = turn;
    if (strcmp(turn->class.name, "NTLMSSP AUTHENTICATE") == 0)
        walk->authenticate = turn;
}

bool
turn_has(const struct turn *turn, enum spnego_finding_code code)
{
    size_t i;

    for (i = 0; i < turn->analysis.remark_count; i++)
        if (turn->analysis.remarks[i].code == code)
            return true;
    return false;
}

void
walk_complete(struct walk *walk, struct turn *turn)
{
    walk->phase = PHASE_COMPLETE;
    walk->completed = turn;
    walk->conversation->outcome = OUTCOME_COMPLETE;
}

static void
skip(struct walk *walk, struct turn *turn)
{
    (void)walk;
    (void)turn;
}

static void
lose(struct walk *walk, struct turn *turn)
{
    walk->phase = PHASE_LOST;
    walk->lost_by = turn;
}

/* The first piece of a token, whose others have not come. */
static bool
is_piece(const struct turn *turn)
{
    return turn->kind == TURN_BROKEN && conversation_missing(turn->octets) > 0;
}

/* A token that cannot be read; unless it is the first piece of one, which is waited for. */
static void
unread(struct walk *walk, struct turn *turn)
{
    if (!is_piece(turn))
        lose(walk, turn);
}

/* What is lost because a token is not in the record may end well all the same. */
static void
in_the_dark(struct walk *walk, struct turn *turn)
{
    if (turn->side == SIDE_INITIATOR)
        walk_later_choice(walk, turn);
    if (!walk->gap)
        return;
    if (turn_says(turn, SPNEGO_NEG_STATE_REJECT))
        walk->conversation->outcome = OUTCOME_REJECTED;
    else if (turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED))
        walk->conversation->outcome = OUTCOME_COMPLETE;
    if (turn->has_choice && walk->mech.oid.len == 0)
        mech_begin(&walk->mech, turn->choice);
    if (turn->has_mic && walk->mic[turn->side] == NULL)
        walk->mic[turn->side] = turn;
}

/* C02: the acceptor may begin with what it has. */
static void
hint(struct walk *walk, struct turn *turn)
{
    walk_remark(walk, turn, SPN5201_SERVER_FIRST, nothing);
    if (turn->has_list)
        walk->hint = turn;
}

static void
offer(struct walk *walk, struct turn *turn)
{
    struct conversation *conversation = walk->conversation;
    struct spnego_slice oid;
    size_t pos = 0;

    walk->phase = PHASE_OFFERED;
    conversation->init = (size_t)(turn - conversation->turns);
    if (turn->analysis.token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2)
        walk_remark(walk, turn, SPN5001_INIT_EXPECTED, nothing);
    spnego_mech_type_list_next(&conversation->first, &pos, &turn->list);
    for (pos = 0; spnego_mech_type_list_next(&oid, &pos, &turn->list);)
        walk->late_fallback |= spnego_oid_mech(oid) == SPNEGO_MECH_LATE_FALLBACK;
    mech_begin(&walk->mech, conversation->first);
    if (turn->has_token && turn->token.len > 0)
        walk_feed(walk, turn);
    if (turn->has_mic)
        walk->mic[SIDE_INITIATOR] = turn;
}

/* C01: the initiator begins with another token. */
static void
no_offer(struct walk *walk, struct turn *turn)
{
    walk_remark(walk, turn, SPN5001_INIT_EXPECTED, nothing);
    lose(walk, turn);
}

/* C01, C02: a reply to nothing; unless the record begins in the middle. */
static void
early_reply(struct walk *walk, struct turn *turn)
{
    walk->gap = turn == walk->conversation->turns;
    walk_remark(walk, turn, walk->gap ? SPN5230_RECORD_BEGINS_LATE : SPN5003_EARLY_REPLY,
                nothing);
    lose(walk, turn);
    in_the_dark(walk, turn);
}

/* C03 */
static void
offer_again(struct walk *walk, struct turn *turn)
{
    walk_remark(walk, turn, SPN5002_INIT_REPEATED, nothing);
    lose(walk, turn);
}

static void
rejected(struct walk *walk, struct turn *turn)
{
    walk->phase = PHASE_REJECTED;
    walk->conversation->outcome = OUTCOME_REJECTED;
    walk_remark(walk, turn, SPN5228_REJECTS, turn_state(turn));
}

/* What a reply of SPNEGO has once its mechanism is known. */
static void
go_on(struct walk *walk, struct turn *turn, bool first_reply)
{
    if (turn_says(turn, SPNEGO_NEG_STATE_REJECT)) {
        rejected(walk, turn);
        return;
    }
    walk_token(walk, turn, first_reply);
    walk_mic(walk, turn, first_reply);
}

static void
first_reply(struct walk *walk, struct turn *turn)
{
    walk->phase = PHASE_TALK;
    walk->conversation->reply = (size_t)(turn - walk->conversation->turns);
    if (!turn_says(turn, SPNEGO_NEG_STATE_REJECT) || turn->has_choice)
        walk_first_choice(walk, turn);
    go_on(walk, turn, true);
}

static void
later_reply(struct walk *walk, struct turn *turn)
{
    walk_later_choice(walk, turn);
    go_on(walk, turn, false);
}

/* C34: nothing at all where a NegTokenResp is due.  An acceptor's last token may be empty
 * in DCE/RPC: [MS-RPCE] 3.3.1.5.2. */
static void
empty_answer(struct walk *walk, struct turn *turn)
{
    if (walk->last != NULL && (walk->last->side == turn->side || is_piece(walk->last)))
        return;
    if (turn->side == SIDE_ACCEPTOR && mech_finished(&walk->mech)) {
        if (!walk->conversation->refused)
            walk_complete(walk, walk->last);
        return;
    }
    walk_remark(walk, turn, SPN5004_EMPTY_TOKEN, nothing);
    lose(walk, turn);
}

/* C38: a mechanism's token without SPNEGO around it. */
static void
naked(struct walk *walk, struct turn *turn)
{
    struct spnego_slice oid = spnego_mech_oid(turn->class.mech);

    if (mech_is_per_message(turn->token))
        return;
    if (turn->class.framed)
        oid = turn->class.oid;
    if (!walk->naked_told)
        walk_remark_mech(turn, SPN5032_NAKED_MECH, nothing, oid);
    walk->naked_told = true;
    if ((walk->phase != PHASE_NAKED && !mech_same(walk->mech.oid, oid)) ||
        mech_finished(&walk->mech))
        mech_begin(&walk->mech, oid);
    else if (walk->phase != PHASE_NAKED)
        walk->spoken = walk->phase;
    walk->phase = PHASE_NAKED;
    walk_feed(walk, turn);
}

static void walk_turn(struct walk *walk, struct turn *turn);

/* A NegTokenResp behind it: of the negotiation that was left, or of none. */
static void
back_to_spnego(struct walk *walk, struct turn *turn)
{
    walk->phase = walk->spoken;
    walk_turn(walk, turn);
}

/* C04: nobody has anything to say any more, except that an initiator answers the MIC that
 * stands beside accept-completed, and an acceptor may say so once more. */
static void
after_all(struct walk *walk, struct turn *turn)
{
    bool answer = turn->side == SIDE_INITIATOR && turn->has_mic && !turn->has_token &&
                  walk->mic[SIDE_ACCEPTOR] != NULL && walk->mic[SIDE_INITIATOR] == NULL;
    bool again = turn->side == SIDE_ACCEPTOR && !turn->has_mic && !turn->has_token &&
                 turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED) &&
                 walk->last->side == SIDE_INITIATOR && turn->kind == TURN_RESP;

    if (answer)
        walk->mic[SIDE_INITIATOR] = turn;
    else if (!again && !mech_is_per_message(turn->token))
        walk_remark(walk, turn, SPN5203_AFTER_COMPLETION, nothing);
}

/* C18.  A reject that only answers a reject is what MIT krb5 does. */
static void
after_reject(struct walk *walk, struct turn *turn)
{
    bool answer = turn_says(turn, SPNEGO_NEG_STATE_REJECT) && !turn->has_token &&
                  walk->last->side != turn->side;

    if (!answer)
        walk_remark(walk, turn, SPN5208_AFTER_REJECT, nothing);
}

typedef void action_fn(struct walk *walk, struct turn *turn);

/* OFFER is a NegTokenInit of the initiator or a hint of the acceptor. */
enum column { EMPTY, OFFER, RESP, NAKED, BROKEN };
#define COLUMNS 5

static action_fn *const table[PHASES][2][COLUMNS] = {
    [PHASE_BEFORE] = {{skip, offer, no_offer, naked, unread},
                      {skip, hint, early_reply, naked, unread}},
    [PHASE_OFFERED] = {{empty_answer, offer_again, later_reply, naked, unread},
                       {empty_answer, offer_again, first_reply, naked, unread}},
    [PHASE_TALK] = {{empty_answer, offer_again, later_reply, naked, unread},
                    {empty_answer, offer_again, later_reply, naked, unread}},
    [PHASE_NAKED] = {{skip, offer, back_to_spnego, naked, unread},
                     {skip, early_reply, back_to_spnego, naked, unread}},
    [PHASE_COMPLETE] = {{skip, offer_again, after_all, after_all, skip},
                        {skip, offer_again, after_all, after_all, skip}},
    [PHASE_REJECTED] = {{skip, after_reject, after_reject, after_reject, after_reject},
                        {skip, after_reject, after_reject, after_reject, after_reject}},
    [PHASE_LOST] = {{skip, skip, in_the_dark, skip, skip},
                    {skip, skip, in_the_dark, skip, skip}},
};

static enum column
column_of(const struct turn *turn)
{
    static const enum column columns[] =
        {[TURN_EMPTY] = EMPTY, [TURN_INIT] = OFFER,  [TURN_HINT] = OFFER,
         [TURN_RESP] = RESP,   [TURN_NAKED] = NAKED, [TURN_BROKEN] = BROKEN};

    return columns[turn->kind];
}

/* Does it come between the pieces of the other side's token? */
static bool
is_between_pieces(const struct walk *walk, const struct turn *turn)
{
    return walk->last != NULL && is_piece(walk->last) && turn->octets.len > 0 &&
           turn->side != walk->last->side && walk->phase != PHASE_LOST;
}

/* C37: the other side's fragment was not asked for more. */
static bool
interrupts(struct walk *walk, struct turn *turn)
{
    if (!is_between_pieces(walk, turn) || turn_says(turn, SPNEGO_NEG_STATE_REJECT))
        return false;
    conversation_remark(turn, SPN5033_FRAGMENT_UNANSWERED, nothing, NULL, turn->octets.len, 0);
    return true;
}

/* May a negotiation begin here, whoever spoke last?  Behind a mechanism without SPNEGO, and
 * behind a token of which the rest never came. */
static bool
may_begin_anew(const struct walk *walk, const struct turn *turn)
{
    if (turn->kind == TURN_INIT)
        return walk->phase == PHASE_NAKED || is_piece(walk->last);
    return walk->phase == PHASE_NAKED && mech_finished(&walk->mech);
}

/* C04 */
static bool
out_of_turn(struct walk *walk, struct turn *turn)
{
    if (walk->last == NULL || walk->last->side != turn->side || turn->kind == TURN_EMPTY ||
        walk->phase >= PHASE_COMPLETE || may_begin_anew(walk, turn) ||
        mech_is_per_message(turn->token))
        return false;
    walk_remark(walk, turn, SPN5202_TWO_IN_A_ROW, nothing);
    walk->gap = true;
    return true;
}

static void
walk_turn(struct walk *walk, struct turn *turn)
{
    action_fn *action = table[walk->phase][turn->side == SIDE_ACCEPTOR][column_of(turn)];

    if (interrupts(walk, turn)) {
        lose(walk, turn);
    } else if (is_between_pieces(walk, turn)) {
        rejected(walk, turn);
    } else if (out_of_turn(walk, turn)) {
        lose(walk, turn);
        in_the_dark(walk, turn);
    } else {
        action(walk, turn);
    }
    if (turn->kind != TURN_EMPTY)
        walk->last = turn;
}

void
rules_of_conversation(struct conversation *conversation)
{
    struct walk walk;
    size_t i;

    memset(&walk, 0, sizeof(walk));
    walk.conversation = conversation;
    conversation->init = conversation->reply = conversation->count;
    for (i = 0; i < conversation->count; i++)
        walk_turn(&walk, &conversation->turns[i]);
    walk_end(&walk);
    walk_conclude(&walk);
}
