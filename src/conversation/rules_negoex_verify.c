/* rules_negoex_verify.c: who has sent a VERIFY, for what, and who has asked for another.
 * Rules X10 and X12 to X17 of docs/rules.md. */
#include "negoex_conversation.h"

#define OFFSET_MESSAGE_TYPE 8

/* X13. */
static void
count(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    if (attempt->verify[entry->side] != NULL)
        negoex_attempt_remark(attempt, entry, SPN5308_NEGOEX_VERIFY_AGAIN, OFFSET_MESSAGE_TYPE,
                              4, 0, 0);
    attempt->verify[entry->side] = entry;
    attempt->asked[entry->side] = NULL;
}

/* X10, X16.  One that nobody will check is not counted. */
void
rules_of_negoex_verify(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    const struct negoex_entry *selecting = attempt->selecting;
    bool fits = selecting == NULL || negoex_same_scheme(entry, selecting);
    bool opens = entry->turn == attempt->first_turn[SIDE_INITIATOR];

    attempt->tried[entry->side] = true;
    if (selecting != NULL && entry > selecting) {
        if (!fits)
            negoex_attempt_remark_scheme(attempt, entry, SPN5311_NEGOEX_VERIFY_SCHEME);
    } else if (entry->turn == attempt->answer) {
        negoex_attempt_remark_scheme(attempt, entry, SPN5304_NEGOEX_EARLY_ANSWER);
    } else if (opens && (attempt->discarded || !fits)) {
        negoex_attempt_remark_scheme(attempt, entry, SPN5120_NEGOEX_IGNORED);
        fits = false;
    }
    if (fits)
        count(attempt, entry);
}

static bool
wants_verify(const struct negoex_entry *entry)
{
    const struct negoex_alert_vector *alerts = &entry->message.u.alert_message.alerts;
    struct negoex_alert alert;
    size_t i;

    for (i = 0; negoex_alert_vector_at(&alert, alerts, i); i++)
        if (alert.has_alert_pulse &&
            alert.alert_pulse.reason == NEGOEX_ALERT_REASON_VERIFY_NO_KEY)
            return true;
    return false;
}

/* X15.  Windows says it also before there was a VERIFY; then nothing is asked for again. */
void
rules_of_negoex_alert(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    enum side other = side_other(entry->side);

    if (!wants_verify(entry))
        return;
    negoex_attempt_remark(attempt, entry, SPN5310_NEGOEX_ALERT, OFFSET_MESSAGE_TYPE, 4, 0, 0);
    if (!attempt->tried[other])
        return;
    attempt->verify[other] = NULL;
    attempt->asked[other] = entry;
}

/* The turn with accept-completed. */
static struct turn *
completion(const struct negoex_attempt *attempt)
{
    struct conversation *conversation = attempt->conversation;
    size_t i;

    for (i = attempt->entries[0].turn; i < conversation->count; i++) {
        struct turn *turn = &conversation->turns[i];

        if (turn->kind == TURN_RESP && turn->side == SIDE_ACCEPTOR && turn->has_state &&
            turn->state == SPNEGO_NEG_STATE_ACCEPT_COMPLETED)
            return turn;
    }
    return NULL;
}

static void
say_of_token(struct turn *turn, enum spnego_finding_code code)
{
    struct spnego_slice whole = {NULL, 0};

    conversation_remark(turn, code, whole, NULL, 0, 0);
}

/* X14. */
static void
rules_of_asked(struct negoex_attempt *attempt, enum side side)
{
    if (attempt->asked[side] != NULL)
        negoex_attempt_remark(attempt, attempt->asked[side], SPN5309_NEGOEX_ALERT_UNANSWERED,
                              OFFSET_MESSAGE_TYPE, 4, 0, 0);
}

static bool
has_sent(const struct negoex_attempt *attempt, enum side side)
{
    return attempt->verify[side] != NULL || attempt->asked[side] != NULL;
}

/* X12, X14, X17: only where both sides were content in the end. */
void
rules_of_negoex_end(struct negoex_attempt *attempt)
{
    struct conversation *conversation = attempt->conversation;
    const struct negoex_entry *verify = attempt->verify[SIDE_INITIATOR];
    bool from_initiator = has_sent(attempt, SIDE_INITIATOR);
    bool from_acceptor = has_sent(attempt, SIDE_ACCEPTOR);
    struct turn *last = &conversation->turns[conversation->count - 1];
    struct turn *completed = completion(attempt);

    if (conversation->outcome != OUTCOME_COMPLETE ||
        spnego_oid_mech(conversation->mech) != SPNEGO_MECH_NEGOEX ||
        attempt->first_turn[SIDE_INITIATOR] == conversation->count)
        return;
    rules_of_asked(attempt, SIDE_INITIATOR);
    rules_of_asked(attempt, SIDE_ACCEPTOR);
    if (!from_initiator && !from_acceptor) {
        say_of_token(last, SPN5307_NEGOEX_NO_VERIFIES);
        return;
    }
    if (!from_initiator || !from_acceptor)
        say_of_token(last, SPN5306_NEGOEX_ONE_VERIFY);
    if (completed == NULL || attempt->asked[SIDE_INITIATOR] != NULL)
        return;
    if (verify == NULL || &conversation->turns[verify->turn] > completed)
        say_of_token(completed, SPN5312_NEGOEX_EARLY_COMPLETION);
}
