/* negoex_initiator.c: NegoEx, the side that offers.
 *
 *     initiator                                     acceptor
 *   START |-- NEGO: schemes ------------------------->|
 *         |   META_DATA of each scheme that has some  |
 *         |   AP_REQUEST: optimistic, of the first    |
 *         |   VERIFY, if it has a key already         |
 *  ANSWER |<- NEGO: the common schemes, in his order -|
 *         |   META_DATA                               |
 *         |   CHALLENGE, if the optimistic one served |
 *    MECH |-- AP_REQUEST ---------------------------->|
 *         |<- CHALLENGE ------------------------------|
 *         |-- AP_REQUEST, VERIFY -------------------->|
 *         |<- CHALLENGE, VERIFY ----------------------|
 *
 * An acceptor may say its NEGO and META_DATA before all that, in the NegTokenInit2; if the
 * initiator goes on from there, they are not said again, and nothing is optimistic.
 *
 * A VERIFY goes out with the first token at which its maker has a key; one that could
 * not be checked yet is asked for once more, by ALERT.  [MS-NEGOEX] 3.1.5.4, 3.1.5.6. */
#include "negoex_session.h"

#include <string.h>

/* Lets the first scheme begin that can; those before it take part no more. */
static enum spnego_status
begin_first(struct negoex_session *session, struct negoex_flight *flight)
{
    struct spnego_slice nothing = {NULL, 0};
    enum spnego_status status;

    while (session->count > 0) {
        status = negoex_run(session, flight, nothing);
        if (status == SPNEGO_OK || status == SPNEGO_E_MEMORY)
            return status;
        negoex_forget_failure(session, flight);
        negoex_candidate_drop(session, 0);
    }
    return negoex_require_scheme(session, flight);
}

static enum spnego_status
begin_optimistically(struct negoex_session *session, struct negoex_flight *flight)
{
    if (session->config.no_optimistic)
        return negoex_require_scheme(session, flight);
    return begin_first(session, flight);
}

static bool
is_for(const struct negoex_message *message, const struct negoex_guid *got,
       const struct negoex_guid *want)
{
    return negoex_came(message) && negoex_guid_equal(got, want);
}

/* ANSWER: has the acceptor gone on with the optimistic token?  If not, what its
 * mechanism has done is void.  [MS-NEGOEX] 3.1.5.6. */
static enum spnego_status
judge_optimistic(struct negoex_session *session, struct negoex_flight *flight)
{
    const struct negoex_guid *scheme = negoex_scheme_at(session, 0);

    if (!session->candidates[0].begun)
        return SPNEGO_OK;
    if (is_for(&flight->exchange, &flight->exchange.u.exchange_message.auth_scheme, scheme) ||
        is_for(&flight->verify, &flight->verify.u.verify_message.auth_scheme, scheme)) {
        negoex_candidate_choose(session, 0);
        return SPNEGO_OK;
    }
    return negoex_candidate_anew(session);
}

/* Moves candidate `from` to `to`, which stands before it. */
static void
move(struct negoex_session *session, size_t to, size_t from)
{
    struct negoex_candidate moved = session->candidates[from];

    memmove(&session->candidates[to + 1], &session->candidates[to],
            (from - to) * sizeof(moved));
    session->candidates[to] = moved;
}

/* The greeting, ANSWER: the acceptor's order is ours from now on; what it lacks goes. */
static enum spnego_status
take_order(struct negoex_session *session, struct negoex_flight *flight)
{
    const struct negoex_guid_vector *theirs = &flight->nego.u.nego_message.auth_schemes;
    struct negoex_guid scheme;
    size_t i, found, ordered = 0;

    for (i = 0; negoex_guid_vector_at(&scheme, theirs, i); i++) {
        found = negoex_candidate_find(session, &scheme);
        if (found < session->count && found >= ordered)
            move(session, ordered++, found);
        else if (!session->chosen && found == session->count)
            negoex_remark(session, SPN5121_NEGOEX_NOT_OFFERED, &flight->nego, &scheme);
    }
    while (session->count > ordered)
        negoex_candidate_drop(session, session->count - 1);
    return negoex_require_scheme(session, flight);
}

/* ANSWER: the mechanism goes on, or the best of those that are left begins. */
static enum spnego_status
go_on_or_begin(struct negoex_session *session, struct negoex_flight *flight)
{
    enum spnego_status status = negoex_require_scheme(session, flight);

    if (status != SPNEGO_OK)
        return status;
    if (session->chosen)
        return negoex_feed(session, flight);
    if (negoex_came(&flight->exchange))
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5104_NEGOEX_UNEXPECTED,
                           &flight->exchange, NULL);
    status = begin_first(session, flight);
    if (status == SPNEGO_OK)
        negoex_candidate_choose(session, 0);
    return status;
}

/* MECH: after a greeting nothing was optimistic, and the first is what both use. */
static enum spnego_status
choose_first(struct negoex_session *session, struct negoex_flight *flight)
{
    (void)flight;
    if (!session->chosen)
        negoex_candidate_choose(session, 0);
    return SPNEGO_OK;
}

const negoex_plan negoex_initiator_greeting = {negoex_begin_offers, negoex_take_metadata,
                                               take_order};

const negoex_plan negoex_initiator_plans[NEGOEX_PHASES] = {
    [NEGOEX_START] = {negoex_name_conversation, negoex_begin_offers, negoex_make_metadata,
                      begin_optimistically, negoex_say},
    [NEGOEX_GREETED] = {negoex_make_metadata, begin_first, negoex_say},
    [NEGOEX_ANSWER] = {negoex_heed_alerts, judge_optimistic, negoex_take_metadata, take_order,
                       go_on_or_begin, negoex_check_verify, negoex_say},
    [NEGOEX_MECH] = {choose_first, negoex_heed_alerts, negoex_feed, negoex_check_verify,
                     negoex_say},
};
