/* negoex_candidate.c: the lives of the mechanisms in a NegoEx conversation. */
#include "negoex_session.h"
#include "text.h"

#include <string.h>

bool
negoex_guid_equal(const struct negoex_guid *a, const struct negoex_guid *b)
{
    return memcmp(a->octets, b->octets, sizeof(a->octets)) == 0;
}

static const struct spnego_offer *
offer_of(const struct negoex_session *session, size_t i)
{
    return &session->config.offers[session->candidates[i].offer];
}

const struct spnego_mech_ops *
negoex_ops(const struct negoex_session *session, size_t i)
{
    return offer_of(session, i)->ops;
}

const struct negoex_guid *
negoex_scheme_at(const struct negoex_session *session, size_t i)
{
    return (const struct negoex_guid *)negoex_ops(session, i)->auth_scheme;
}

size_t
negoex_candidate_find(const struct negoex_session *session, const struct negoex_guid *scheme)
{
    size_t i;

    for (i = 0; i < session->count; i++)
        if (negoex_guid_equal(negoex_scheme_at(session, i), scheme))
            break;
    return i;
}

/* Creates the mechanism of candidate `i`.  SPNEGO_E_MECH: it is not available. */
static enum spnego_status
create(struct negoex_session *session, size_t i)
{
    const struct spnego_offer *offer = offer_of(session, i);

    return spnego_mech_attempt(offer->ops, &session->candidates[i].mech, offer->cred,
                               session->role);
}

static void
destroy(struct negoex_session *session, size_t i)
{
    struct negoex_candidate *candidate = &session->candidates[i];

    if (candidate->mech != NULL)
        negoex_ops(session, i)->destroy(candidate->mech);
    candidate->mech = NULL;
    candidate->begun = false;
    candidate->finished = false;
    candidate->given = false;
    if (i != 0)
        return;
    session->verify_sent = false; /* what was made with its keys goes with it */
    session->verify_fits = false;
}

/* SPNEGO_E_MEMORY ends the conversation; whatever else went wrong, only this attempt. */
static enum spnego_status
drop_unless_memory(struct negoex_session *session, size_t i, enum spnego_status status)
{
    if (status == SPNEGO_OK || status == SPNEGO_E_MEMORY)
        return status;
    negoex_candidate_drop(session, i);
    return SPNEGO_OK;
}

enum spnego_status
negoex_candidate_add(struct negoex_session *session, size_t offer)
{
    size_t i = session->count++;

    memset(&session->candidates[i], 0, sizeof(session->candidates[i]));
    session->candidates[i].offer = offer;
    session->candidates[i].metadata.alloc = session->config.alloc;
    return drop_unless_memory(session, i, create(session, i));
}

enum spnego_status
negoex_begin_offers(struct negoex_session *session, struct negoex_flight *flight)
{
    enum spnego_status status = SPNEGO_OK;
    size_t offer;

    (void)flight;
    for (offer = 0; status == SPNEGO_OK && offer < session->config.num_offers; offer++)
        status = negoex_candidate_add(session, offer);
    return status;
}

void
negoex_candidate_drop(struct negoex_session *session, size_t i)
{
    struct negoex_candidate *candidate = &session->candidates[i];

    negoex_tell(session, NEGOEX_EVENT_DROPPED, NULL, negoex_scheme_at(session, i));
    destroy(session, i);
    spnego_buf_clear(&candidate->metadata);
    session->count--;
    memmove(candidate, candidate + 1, (session->count - i) * sizeof(*candidate));
}

void
negoex_candidates_clear(struct negoex_session *session)
{
    while (session->count > 0) {
        destroy(session, session->count - 1);
        spnego_buf_clear(&session->candidates[--session->count].metadata);
    }
}

enum spnego_status
negoex_candidate_anew(struct negoex_session *session)
{
    negoex_tell(session, NEGOEX_EVENT_ANEW, NULL, negoex_scheme_at(session, 0));
    destroy(session, 0);
    return drop_unless_memory(session, 0, create(session, 0));
}

void
negoex_candidate_choose(struct negoex_session *session, size_t i)
{
    while (i > 0) {
        negoex_candidate_drop(session, 0);
        i--;
    }
    while (session->count > 1)
        negoex_candidate_drop(session, session->count - 1);
    if (!session->chosen)
        negoex_tell(session, NEGOEX_EVENT_SELECTED, NULL, negoex_scheme_at(session, 0));
    session->chosen = true;
}

enum spnego_status
negoex_require_scheme(struct negoex_session *session, struct negoex_flight *flight)
{
    (void)flight;
    if (session->count > 0)
        return SPNEGO_OK;
    return negoex_fail(session, SPNEGO_E_NO_MECH, SPN5107_NEGOEX_NO_SCHEME, NULL, NULL);
}

/* The peer's metadata for one candidate.  [MS-NEGOEX] 3.1.5.5: a failure removes it. */
static enum spnego_status
take_metadata(struct negoex_session *session, const struct negoex_message *message)
{
    const struct negoex_exchange_message *exchange = &message->u.exchange_message;
    size_t i = negoex_candidate_find(session, &exchange->auth_scheme);
    const struct spnego_mech_ops *ops;

    if (i == session->count || negoex_ops(session, i)->take_metadata == NULL)
        return SPNEGO_OK; /* of a scheme that is not here, or of no interest */
    if (session->candidates[i].given) {
        negoex_remark(session, SPN5120_NEGOEX_IGNORED, message, &exchange->auth_scheme);
        return SPNEGO_OK;
    }
    session->candidates[i].given = true;
    ops = negoex_ops(session, i);
    return drop_unless_memory(session, i,
                              spnego_mech_status(ops->take_metadata(session->candidates[i].mech,
                                                                    exchange->exchange)));
}

/* The peer's metadata for all, or for the one scheme `only`. */
static enum spnego_status
take_all_metadata(struct negoex_session *session, const struct negoex_flight *flight,
                  const struct negoex_guid *only)
{
    enum spnego_status status = SPNEGO_OK;
    struct spnego_slice left = session->in;
    struct negoex_message message;

    if (!negoex_type_came(flight, NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA) &&
        !negoex_type_came(flight, NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA))
        return SPNEGO_OK;
    while (status == SPNEGO_OK && negoex_next(session, &message, &left)) {
        if (message.header.message_type != NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA &&
            message.header.message_type != NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA)
            continue;
        if (only == NULL || negoex_guid_equal(&message.u.exchange_message.auth_scheme, only))
            status = take_metadata(session, &message);
    }
    return status;
}

enum spnego_status
negoex_take_metadata(struct negoex_session *session, struct negoex_flight *flight)
{
    return take_all_metadata(session, flight, NULL);
}

enum spnego_status
negoex_retake_metadata(struct negoex_session *session, struct negoex_flight *flight)
{
    if (session->count == 0)
        return SPNEGO_OK;
    return take_all_metadata(session, flight, negoex_scheme_at(session, 0));
}

enum spnego_status
negoex_make_metadata(struct negoex_session *session, struct negoex_flight *flight)
{
    enum spnego_status status = SPNEGO_OK;
    const struct spnego_mech_ops *ops;
    struct negoex_candidate *candidate;
    size_t i;

    (void)flight;
    for (i = session->count; status == SPNEGO_OK && i-- > 0;) {
        ops = negoex_ops(session, i);
        candidate = &session->candidates[i];
        if (ops->make_metadata == NULL || candidate->asked)
            continue;
        candidate->asked = true;
        status =
            drop_unless_memory(session, i,
                               spnego_mech_status(
                                   ops->make_metadata(candidate->mech, &candidate->metadata)));
    }
    return status;
}

static void
ask_why(struct negoex_session *session)
{
    const struct spnego_mech_ops *ops = negoex_ops(session, 0);
    char *why = session->failure_why;

    why[0] = '\0';
    if (ops->why != NULL)
        ops->why(session->candidates[0].mech, why, sizeof(session->failure_why));
    spnego_text_mask(why, sizeof(session->failure_why));
}

enum spnego_status
negoex_run(struct negoex_session *session, struct negoex_flight *flight, struct spnego_slice in)
{
    struct negoex_candidate *candidate = &session->candidates[0];
    const struct negoex_guid *scheme = negoex_scheme_at(session, 0);
    enum spnego_status status =
        negoex_ops(session, 0)->step(candidate->mech, &flight->token, in);

    if (status == SPNEGO_E_MEMORY)
        return status;
    candidate->begun = true;
    candidate->finished = status == SPNEGO_OK;
    if (candidate->finished)
        negoex_tell(session, NEGOEX_EVENT_FINISHED, NULL, scheme);
    if (status == SPNEGO_OK || (status == SPNEGO_CONTINUE && flight->token.len > 0))
        return SPNEGO_OK;
    flight->mech_failed = true;
    if (status == SPNEGO_CONTINUE)
        return negoex_fail(session, SPNEGO_E_MECH, SPN5119_NEGOEX_MECH_STUCK, NULL, scheme);
    ask_why(session);
    return negoex_fail(session, spnego_step_failure(status), SPN5118_NEGOEX_MECH_FAILED, NULL,
                       scheme);
}

enum spnego_status
negoex_feed(struct negoex_session *session, struct negoex_flight *flight)
{
    const struct negoex_candidate *candidate = &session->candidates[0];
    const struct negoex_exchange_message *exchange = &flight->exchange.u.exchange_message;
    const struct negoex_guid *scheme = negoex_scheme_at(session, 0);
    bool came = negoex_came(&flight->exchange);

    if (came && !negoex_guid_equal(&exchange->auth_scheme, scheme))
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5108_NEGOEX_OTHER_SCHEME,
                           &flight->exchange, &exchange->auth_scheme);
    if (came && candidate->finished)
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5110_NEGOEX_LATE_EXCHANGE,
                           &flight->exchange, scheme);
    if (candidate->finished)
        return SPNEGO_OK;
    if (!came || exchange->exchange.len == 0)
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5109_NEGOEX_NO_EXCHANGE, NULL,
                           scheme);
    return negoex_run(session, flight, exchange->exchange);
}
