/* conversation_verdict.c: how a negotiation ended, in one sentence. */
#include "rules_conversation.h"

#include <stdarg.h>
#include <stdio.h>

static void say(struct conversation *conversation, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends to the sentence. */
static void
say(struct conversation *conversation, const char *format, ...)
{
    size_t len = strlen(conversation->verdict);
    va_list args;

    va_start(args, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is initialized above */
    vsnprintf(conversation->verdict + len, sizeof(conversation->verdict) - len, format, args);
    va_end(args);
}

static void
say_mech(const struct walk *walk)
{
    struct conversation *conversation = walk->conversation;
    char room[SPNEGO_OID_TEXT_MAX];

    if (walk->mech.oid.len == 0)
        return;
    say(conversation, " with %s", mech_short(walk->mech.oid, room));
    if (conversation->reselected)
        say(conversation, ", not the first choice");
}

static void
say_mics(const struct walk *walk)
{
    struct conversation *conversation = walk->conversation;

    if (conversation->mic_from_initiator && conversation->mic_from_acceptor)
        say(conversation, "; mechListMIC both ways");
    else if (conversation->mic_from_initiator || conversation->mic_from_acceptor)
        say(conversation, "; mechListMIC from the %s only",
            side_name(conversation->mic_from_initiator ? SIDE_INITIATOR : SIDE_ACCEPTOR));
    else if (walk->gap)
        say(conversation, "; no mechListMIC in the record");
    else
        say(conversation, "; no mechListMIC%s", walk->mic_due ? "" : ", and none is due");
}

static size_t
number_of(const struct walk *walk, const struct turn *turn)
{
    return (size_t)(turn - walk->conversation->turns) + 1;
}

static void
say_unfinished(const struct walk *walk)
{
    struct conversation *conversation = walk->conversation;

    if (walk->last == NULL) {
        say(conversation, "unfinished: the record has no token");
    } else if (conversation->init == conversation->count && walk->hint == walk->last) {
        say(conversation, "unfinished: the acceptor said what it has, and nothing was offered");
    } else {
        say(conversation, "unfinished");
        say_mech(walk);
        say(conversation, ": token %zu of the %s is the last in the record",
            number_of(walk, walk->last), side_name(walk->last->side));
    }
}

static void
say_complete(const struct walk *walk)
{
    struct conversation *conversation = walk->conversation;

    if (walk->closed_by_carrier)
        say(conversation, "accepted by %s", conversation->carrier);
    else
        say(conversation, "complete");
    say_mech(walk);
    if (walk->closed_by_carrier)
        say(conversation, ", without the acceptor's last token");
    if (walk->phase == PHASE_NAKED && conversation->accepted)
        say(conversation, ", without SPNEGO; accepted by %s", conversation->carrier);
    else if (walk->phase == PHASE_NAKED)
        say(conversation, ", without SPNEGO: whether it was accepted does not show");
    else
        say_mics(walk);
}

static void
say_rejected(const struct walk *walk)
{
    struct conversation *conversation = walk->conversation;
    char room[SPNEGO_OID_TEXT_MAX];
    size_t i = 0;

    while (!turn_says(&conversation->turns[i], SPNEGO_NEG_STATE_REJECT))
        i++;
    say(conversation, "rejected by the %s", side_name(conversation->turns[i].side));
    if (i == conversation->reply)
        say(conversation, " in its first reply");
    else if (walk->mech.oid.len == 0)
        say(conversation, " in token %zu", i + 1);
    else
        say(conversation, " in token %zu; the mechanism was %s", i + 1,
            mech_short(walk->mech.oid, room));
}

/* Such as a wrong password, which no token of NTLM tells. */
static void
say_refused(const struct walk *walk)
{
    struct conversation *conversation = walk->conversation;

    say(conversation, "refused by %s", conversation->carrier);
    say_mech(walk);
    say(conversation, "; no token of the acceptor says so");
}

static void
say_broken(const struct walk *walk, const struct turn *turn)
{
    say(walk->conversation, "broken: token %zu %s; what follows was not judged",
        number_of(walk, turn),
        turn->kind == TURN_BROKEN ? "cannot be read" : "does not belong where it stands");
}

void
walk_conclude(struct walk *walk)
{
    struct conversation *conversation = walk->conversation;

    conversation->mic_from_initiator = walk->mic[SIDE_INITIATOR] != NULL;
    conversation->mic_from_acceptor = walk->mic[SIDE_ACCEPTOR] != NULL;
    if (walk->phase == PHASE_NAKED || walk->gap)
        conversation->mech = walk->mech.oid;
    if (walk->phase == PHASE_NAKED && mech_finished(&walk->mech))
        conversation->outcome = OUTCOME_COMPLETE;
    if (walk->lost_by != NULL && !walk->gap && conversation->outcome == OUTCOME_UNFINISHED) {
        conversation->outcome = OUTCOME_BROKEN;
        say_broken(walk, walk->lost_by);
    }
    if (conversation->refused &&
        (conversation->outcome == OUTCOME_UNFINISHED || walk->phase == PHASE_NAKED)) {
        conversation->outcome = OUTCOME_REJECTED;
        say_refused(walk);
    } else if (conversation->outcome == OUTCOME_UNFINISHED)
        say_unfinished(walk);
    else if (conversation->outcome == OUTCOME_COMPLETE)
        say_complete(walk);
    else if (conversation->outcome == OUTCOME_REJECTED)
        say_rejected(walk);
}
