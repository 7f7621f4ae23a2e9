/* promises.c: what holds at any time, of docs/negotiation.md. */
#include "sides.h"

#include <string.h>

#define TEXT_MAX 400

/* A text that is cut has a terminator, and its whole length is known. */
static size_t
reason_len(const struct spnego_ctx *ctx)
{
    char whole[TEXT_MAX], cut[8];
    size_t len = spnego_ctx_reason(ctx, whole, sizeof(whole));

    PROMISE(len < sizeof(whole) && strlen(whole) == len);
    PROMISE(spnego_ctx_reason(ctx, cut, sizeof(cut)) == len);
    PROMISE(strlen(cut) == (len < sizeof(cut) ? len : sizeof(cut) - 1));
    PROMISE(spnego_ctx_reason(ctx, NULL, 0) == len);
    return len;
}

void
promise_event(void *arg, const struct spnego_event *event)
{
    struct side *side = (struct side *)arg;
    char whole[4 * TEXT_MAX], cut[8];
    size_t len = spnego_event_format(whole, sizeof(whole), event);

    PROMISE(len > 0 && strlen(whole) == (len < sizeof(whole) ? len : sizeof(whole) - 1));
    PROMISE(spnego_event_format(cut, sizeof(cut), event) == len);
    PROMISE(event->role == side->config.role);
    side->completed += event->kind == SPNEGO_EVENT_COMPLETE;
    side->failed += event->kind == SPNEGO_EVENT_FAILED;
}

/* Goes through the list, and through what was tolerated. */
static void
promise_lists(struct side *side, const struct spnego_outcome *outcome)
{
    struct spnego_slice oid;
    size_t pos = 0, count = 0;

    while (outcome->mech_types.der.len > 0 &&
           spnego_mech_type_list_next(&oid, &pos, &outcome->mech_types)) {
        PROMISE(oid.len > 0);
        count++;
    }
    PROMISE(count == outcome->mech_types.count);
    PROMISE((outcome->tolerated & ~side->config.tolerate) == 0);
    if (outcome->tolerated == side->tolerated)
        return;
    side->tolerated = outcome->tolerated;
    for (count = 0; spnego_ctx_tolerated(side->ctx, count) != 0; count++)
        PROMISE(count < 64);
    PROMISE(count != 0);
}

/* No hint puts an offer below the floor first; only "drop" leaves any out. */
static void
promise_floor(const struct side *side, const struct spnego_outcome *outcome)
{
    size_t floor = side->config.hint_floor, pos = 0, i = 0;
    struct spnego_slice first;

    if (outcome->mech_types.count == 0 || side->config.role != SPNEGO_INITIATOR)
        return;
    if (floor == 0 || side->config.hint_policy == SPNEGO_HINT_IGNORE)
        floor = 1;
    PROMISE(spnego_mech_type_list_next(&first, &pos, &outcome->mech_types));
    while (i < floor && !same_octets(first, side->offers[i].ops->oid))
        i++;
    PROMISE(i < floor);
    PROMISE(side->config.hint_policy == SPNEGO_HINT_DROP ||
            outcome->mech_types.count == side->config.num_offers);
}

static const struct fuzz_cred *
chosen(const struct side *side, const struct spnego_outcome *outcome)
{
    PROMISE(outcome->selected >= 0 && (size_t)outcome->selected < side->config.num_offers);
    return &side->creds[outcome->selected];
}

/* RFC 4178 5: where a MIC must have been verified before this side is done. */
static bool
needs_mic(const struct side *side, const struct spnego_outcome *outcome,
          const struct fuzz_cred *cred)
{
    bool own = side->config.role == SPNEGO_ACCEPTOR &&
               side->config.choice == SPNEGO_CHOOSE_OWN_ORDER && outcome->selected != 0;

    if (side->config.require_mic)
        return true;
    if (!cred->integrity || outcome->naked)
        return false;
    if (!outcome->first_choice)
        return (outcome->tolerated & SPNEGO_TOLERATE_NO_REQUEST) == 0;
    return (cred->wants_mic || own) && (outcome->tolerated & SPNEGO_TOLERATE_NO_MIC) == 0;
}

/* By the other number of Kerberos too. */
static bool
names(struct spnego_slice oid, unsigned mech)
{
    unsigned i;

    for (i = 0; i < MECH_COUNT; i++)
        if (fuzz_mech_family(i) == fuzz_mech_family(mech) &&
            same_octets(oid, fuzz_mechs[i].oid))
            return true;
    return false;
}

static void
promise_complete(const struct side *side, const struct spnego_outcome *outcome)
{
    const struct fuzz_cred *cred = chosen(side, outcome);
    struct spnego_slice oid;
    size_t pos = 0;
    bool listed = outcome->naked;

    PROMISE(side->ended && side->status == SPNEGO_OK);
    PROMISE((spnego_ctx_mech(side->ctx) != NULL) == (side->mech == NULL));
    PROMISE(!needs_mic(side, outcome, cred) || outcome->mic_verified);
    /* An initiator whose peer says that it is done has nobody to send its MIC to. */
    PROMISE(side->config.role == SPNEGO_INITIATOR || !needs_mic(side, outcome, cred) ||
            outcome->mic_sent);
    PROMISE(!outcome->mic_verified || cred->integrity);
    PROMISE(names(outcome->mech, cred->mech));
    while (!listed && spnego_mech_type_list_next(&oid, &pos, &outcome->mech_types))
        listed = same_octets(oid, outcome->mech);
    PROMISE(listed);
    PROMISE(outcome->tokens_in > 0 && outcome->octets_in > 0);
}

/* A reason is there if, and only if, it failed; of memory and of a mechanism there
 * may be none.  Between the pieces of its last token it may be known already. */
static void
promise_reason(struct side *side, bool complete)
{
    size_t len;

    if (side->asked && side->ended)
        return;
    side->asked = side->ended;
    len = reason_len(side->ctx);
    if (complete || (!side->ended && side->config.max_fragment == 0))
        PROMISE(len == 0);
    if (side->ended && !complete && side->status != SPNEGO_E_MEMORY &&
        side->status != SPNEGO_E_MECH)
        PROMISE(len > 0);
}

void
promise_side(struct sides *sides, enum spnego_role role)
{
    struct side *side = &sides->side[role];
    struct spnego_outcome outcome;

    spnego_ctx_outcome(side->ctx, &outcome);
    PROMISE(outcome.status == side->status);
    PROMISE(outcome.complete == (side->ended && side->status == SPNEGO_OK));
    PROMISE(outcome.complete || spnego_ctx_mech(side->ctx) == NULL);
    PROMISE(side->config.max_legs == 0 || outcome.tokens_in <= side->config.max_legs);
    promise_lists(side, &outcome);
    if (!sides->trouble)
        promise_floor(side, &outcome);
    if (outcome.complete)
        promise_complete(side, &outcome);
    promise_reason(side, outcome.complete);
    if (side->config.max_fragment == 0) {
        PROMISE(side->completed + side->failed == side->ended);
        PROMISE(side->completed == outcome.complete);
    }
}

/* Nobody can make a MIC but the other side, and it makes one of its own list. */
void
promise_pair(struct sides *sides)
{
    struct spnego_outcome outcome[2];
    void *mech[2];
    unsigned role;

    for (role = 0; role < 2; role++) {
        spnego_ctx_outcome(sides->side[role].ctx, &outcome[role]);
        mech[role] = sides->side[role].mech != NULL ? sides->side[role].mech
                                                    : spnego_ctx_mech(sides->side[role].ctx);
    }
    for (role = 0; role < 2; role++)
        if (outcome[role].mic_verified) {
            PROMISE(outcome[!role].mic_sent);
            PROMISE(same_octets(outcome[0].mech_types.der, outcome[1].mech_types.der));
        }
    if (!outcome[0].complete || !outcome[1].complete)
        return;
    if ((outcome[SPNEGO_INITIATOR].tolerated & SPNEGO_TOLERATE_NO_REQUEST) != 0)
        return; /* docs/negotiation.md: nothing protects that choice of NTLM */
    PROMISE(fuzz_mech_family(chosen(&sides->side[0], &outcome[0])->mech) ==
            fuzz_mech_family(chosen(&sides->side[1], &outcome[1])->mech));
    PROMISE(fuzz_mech_session(mech[0]) == fuzz_mech_session(mech[1]));
}
