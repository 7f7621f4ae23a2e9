/* negoex_turn.c: one turn of a NegoEx conversation: what came is read, the plan of the phase
 * is run, and what stands in the transcript behind it goes out. */
#include "negoex_session.h"

#include <string.h>

/* May it complete although no VERIFY of the peer has come?  If the peer is done none will;
 * and an acceptor that could not check one says so by completing. */
bool
negoex_may_go_unverified(const struct negoex_session *session, bool peer_is_done)
{
    return session->config.accept_unverified && session->phase == NEGOEX_MECH &&
           session->candidates[0].finished &&
           (peer_is_done || (session->role == SPNEGO_ACCEPTOR && !negoex_has_key(session)));
}

/* Where the turn has led to. */
static enum spnego_status
conclude(struct negoex_session *session, bool said_something)
{
    const struct negoex_candidate *candidate = &session->candidates[0];
    const struct negoex_guid *scheme = negoex_scheme_at(session, 0);

    if (candidate->finished && session->verify_fits)
        return SPNEGO_OK;
    if (negoex_may_go_unverified(session, !said_something)) {
        negoex_remark(session, SPN5115_NEGOEX_UNVERIFIED, NULL, scheme);
        return SPNEGO_OK;
    }
    if (!said_something)
        return negoex_fail(session, SPNEGO_E_INTEGRITY, SPN5114_NEGOEX_NO_VERIFY, NULL, scheme);
    return SPNEGO_CONTINUE;
}

static enum spnego_status
run_plan(struct negoex_session *session, struct negoex_flight *flight,
         negoex_action *const *action)
{
    enum spnego_status status = SPNEGO_OK;

    for (; status == SPNEGO_OK && *action != NULL; action++)
        status = (*action)(session, flight);
    return status;
}

/* An initiator cannot begin with what the greeting has left.  Anybody can forge one: so it
 * begins as if there had been none. */
static enum spnego_status
begin_ungreeted(struct negoex_session *session, struct negoex_flight *flight)
{
    negoex_forget_failure(session, flight);
    negoex_begin_anew(session);
    flight->begin = 0;
    flight->ours = 0;
    flight->said_before = 0;
    return run_plan(session, flight, negoex_initiator_plans[NEGOEX_START]);
}

static enum spnego_status
take_turn(struct negoex_session *session, struct negoex_flight *flight)
{
    bool initiator = session->role == SPNEGO_INITIATOR;
    const negoex_plan *plans = initiator ? negoex_initiator_plans : negoex_acceptor_plans;
    bool begins = initiator && session->phase <= NEGOEX_GREETED;
    enum negoex_phase next =
        initiator && session->phase == NEGOEX_START ? NEGOEX_ANSWER : NEGOEX_MECH;
    enum spnego_status status = SPNEGO_OK;

    if (session->in.len == 0 && negoex_may_go_unverified(session, true))
        return SPNEGO_OK; /* SPNEGO_MECH_MAY_END: the peer has ended */
    if (begins != (session->in.len == 0))
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5109_NEGOEX_NO_EXCHANGE, NULL, NULL);
    if (session->in.len > 0)
        status = negoex_flight_read(session, flight); /* which may find us ungreeted */
    if (status == SPNEGO_OK)
        status = run_plan(session, flight, plans[session->phase]);
    if (begins && session->phase == NEGOEX_GREETED && status != SPNEGO_OK &&
        status != SPNEGO_E_MEMORY) {
        status = begin_ungreeted(session, flight);
        next = NEGOEX_ANSWER;
    }
    session->phase = next;
    session->said_token = flight->token.len > 0;
    return begins && status == SPNEGO_OK ? SPNEGO_CONTINUE : status;
}

/* Ends the turn: what stands in the transcript behind the peer's messages goes out; of a
 * turn that has failed only the mechanism's error token. */
static enum spnego_status
end_turn(struct negoex_session *session, struct negoex_flight *flight, struct spnego_buf *out,
         enum spnego_status status)
{
    const struct spnego_buf *transcript = &session->transcript;
    enum spnego_status written;

    if (status == SPNEGO_OK)
        status = conclude(session, transcript->len > flight->ours);
    if (status < 0)
        negoex_say_failure(session, flight);
    if (transcript->len == flight->ours)
        return status;
    written =
        spnego_buf_append(out, transcript->ptr + flight->ours, transcript->len - flight->ours);
    if (written == SPNEGO_OK)
        negoex_tell_said(session, flight);
    return written == SPNEGO_OK ? status : written;
}

/* Notes how the turn ended, and tells it if that was the end. */
static void
close_turn(struct negoex_session *session, enum spnego_status status)
{
    if (status == SPNEGO_CONTINUE)
        return;
    session->phase = status == SPNEGO_OK ? NEGOEX_DONE : NEGOEX_FAILED;
    if (status != SPNEGO_OK) {
        negoex_tell_failure(session);
        return;
    }
    negoex_candidate_choose(session, 0);
    negoex_tell(session, NEGOEX_EVENT_COMPLETE, NULL, negoex_scheme_at(session, 0));
}

static void
open_turn(struct negoex_session *session, struct negoex_flight *flight, struct spnego_slice in)
{
    memset(flight, 0, sizeof(*flight));
    flight->token.alloc = session->config.alloc;
    flight->begin = session->transcript.len;
    flight->ours = session->transcript.len;
    flight->said_before = session->messages_out;
    session->in = in;
}

enum spnego_status
negoex_step(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    struct negoex_session *session = (struct negoex_session *)mech;
    struct negoex_flight flight;
    enum spnego_status status;

    if (session->phase > NEGOEX_PHASES)
        return SPNEGO_E_STATE;
    open_turn(session, &flight, in);
    status = end_turn(session, &flight, out, take_turn(session, &flight));
    close_turn(session, status);
    spnego_buf_clear(&flight.token);
    return status;
}

/* Our schemes and metadata, before the initiator has said anything. */
enum spnego_status
negoex_greet(void *mech, struct spnego_buf *out)
{
    struct negoex_session *session = (struct negoex_session *)mech;
    struct spnego_slice nothing = {NULL, 0};
    struct negoex_flight flight;
    enum spnego_status status;

    if (!session->config.server_first)
        return SPNEGO_OK;
    open_turn(session, &flight, nothing);
    status = run_plan(session, &flight, negoex_acceptor_greeting);
    if (status != SPNEGO_OK)
        return status;
    session->phase = NEGOEX_GREETED;
    status = spnego_buf_append(out, session->transcript.ptr, session->transcript.len);
    if (status == SPNEGO_OK)
        negoex_tell_said(session, &flight);
    return status;
}

/* Goes on from the acceptor's schemes; if that cannot be, as if there were none. */
enum spnego_status
negoex_take_greeting(void *mech, struct spnego_slice in)
{
    struct negoex_session *session = (struct negoex_session *)mech;
    struct negoex_flight flight;
    enum spnego_status status;

    if (!session->config.server_first)
        return SPNEGO_OK;
    open_turn(session, &flight, in);
    status = negoex_flight_read(session, &flight);
    if (status == SPNEGO_OK)
        status = run_plan(session, &flight, negoex_initiator_greeting);
    if (status == SPNEGO_OK) {
        session->phase = NEGOEX_GREETED;
        return SPNEGO_OK;
    }
    negoex_forget_failure(session, &flight);
    negoex_begin_anew(session);
    return status == SPNEGO_E_MEMORY ? status : SPNEGO_OK;
}
