/* rules_conversation_end.c: what shows when all tokens are known.  Rules C31, C39, C40,
 * C42 of docs/rules.md. */
#include "rules_conversation.h"

#define USUAL_TOKENS 32 /* more than any mechanism that is in use */

static const struct spnego_slice nothing = {NULL, 0};

/* In DCE/RPC the acceptor's last token may be empty, or have no place at all.  [MS-RPCE]
 * 3.3.1.5.2.  Of HTTP another finding has said it. */
static bool
may_be_silent(const struct walk *walk)
{
    const char *carrier = walk->conversation->carrier;

    return (carrier != NULL && strcmp(carrier, "DCE/RPC") == 0) ||
           turn_has(walk->last, SPN8005_HTTP_NO_FINAL_TOKEN);
}

/* C31.  Where an acceptor leaves negState out it is inferred from the mechanism. */
static void
rules_of_last_turn(struct walk *walk)
{
    struct conversation *conversation = walk->conversation;
    bool finished = mech_finished(&walk->mech);

    if (walk->phase != PHASE_TALK && walk->phase != PHASE_OFFERED)
        return;
    if (walk->last->side == SIDE_ACCEPTOR) {
        if (!walk->last->has_state && finished)
            walk_complete(walk, walk->last);
        return;
    }
    if (finished && !conversation->refused && !may_be_silent(walk) &&
        !turn_says(walk->last, SPNEGO_NEG_STATE_ACCEPT_COMPLETED))
        walk_remark(walk, walk->last, SPN5217_LAST_UNANSWERED, nothing);
    if (conversation->accepted && walk->mech.due == SIDE_UNKNOWN) {
        walk->closed_by_carrier = true;
        walk_complete(walk, walk->last);
    }
}

/* C39 */
static void
rules_of_hint(struct walk *walk)
{
    struct conversation *conversation = walk->conversation;
    struct turn *init = &conversation->turns[conversation->init];

    if (walk->hint != NULL && conversation->init < conversation->count &&
        !octets_equal(walk->hint->list.der, init->list.der))
        walk_remark(walk, init, SPN5223_HINT_NOT_FOLLOWED, init->list.der);
}

/* A token of the negotiation, with SPNEGO around it or without. */
static bool
is_counted(const struct turn *turn)
{
    return turn->kind == TURN_INIT || turn->kind == TURN_RESP ||
           (turn->kind == TURN_NAKED && !mech_is_per_message(turn->token));
}

/* C40 */
static void
rules_of_count(struct walk *walk)
{
    struct conversation *conversation = walk->conversation;
    struct turn *last = NULL;
    size_t count = 0, i;

    for (i = 0; i < conversation->count; i++)
        if (is_counted(&conversation->turns[i])) {
            last = &conversation->turns[i];
            count++;
        }
    if (walk->phase == PHASE_COMPLETE && !walk->closed_by_carrier && count % 2 != 0)
        conversation_remark(last, SPN5224_ODD_COUNT, nothing, NULL, count, 0);
}

/* Does a token ask for something and bring nothing? */
static bool
is_hollow(const struct turn *turn)
{
    if (turn->kind == TURN_EMPTY)
        return true;
    return turn->kind == TURN_RESP && turn->token.len == 0 && !turn->has_mic &&
           !turn->has_choice && !turn_says(turn, SPNEGO_NEG_STATE_ACCEPT_COMPLETED) &&
           !turn_says(turn, SPNEGO_NEG_STATE_REJECT);
}

/* C42 */
static void
rules_of_circles(struct conversation *conversation)
{
    size_t i;

    for (i = 1; i < conversation->count; i++)
        if (is_hollow(&conversation->turns[i - 1]) && is_hollow(&conversation->turns[i])) {
            conversation_remark(&conversation->turns[i], SPN5227_EMPTY_LOOP, nothing, NULL, 0,
                                0);
            break;
        }
    if (conversation->count > USUAL_TOKENS)
        conversation_remark(&conversation->turns[USUAL_TOKENS], SPN5226_MANY_LEGS, nothing,
                            NULL, conversation->count, USUAL_TOKENS);
}

void
walk_end(struct walk *walk)
{
    rules_of_last_turn(walk);
    walk_mic_end(walk);
    rules_of_hint(walk);
    rules_of_count(walk);
    rules_of_circles(walk->conversation);
}
