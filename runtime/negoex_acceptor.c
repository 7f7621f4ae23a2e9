/* negoex_acceptor.c: NegoEx, the side that has the last word on the schemes.  The
 * message flow is drawn in negoex_initiator.c.  [MS-NEGOEX] 3.1.5.5. */
#include "negoex_session.h"

static bool
is_listed(const struct negoex_guid_vector *list, const struct negoex_guid *scheme)
{
    struct negoex_guid listed;
    size_t i;

    for (i = 0; negoex_guid_vector_at(&listed, list, i); i++)
        if (negoex_guid_equal(&listed, scheme))
            return true;
    return false;
}

/* START: what both have, in our order. */
static enum spnego_status
begin_common(struct negoex_session *session, struct negoex_flight *flight)
{
    const struct negoex_guid_vector *theirs = &flight->nego.u.nego_message.auth_schemes;
    const struct negoex_config *config = &session->config;
    enum spnego_status status = SPNEGO_OK;
    size_t offer;

    for (offer = 0; status == SPNEGO_OK && offer < config->num_offers; offer++)
        if (is_listed(theirs,
                      (const struct negoex_guid *)config->offers[offer].ops->auth_scheme))
            status = negoex_candidate_add(session, offer);
    return status;
}

/* GREETED: all have begun; what the initiator lacks goes. */
static enum spnego_status
drop_unlisted(struct negoex_session *session, struct negoex_flight *flight)
{
    size_t i;

    for (i = session->count; i-- > 0;)
        if (!is_listed(&flight->nego.u.nego_message.auth_schemes, negoex_scheme_at(session, i)))
            negoex_candidate_drop(session, i);
    return SPNEGO_OK;
}

/* A mechanism that does not like the optimistic token has never seen it: it begins anew,
 * and the initiator will begin anew too, since no CHALLENGE answers it. */
static enum spnego_status
forget_optimistic(struct negoex_session *session, struct negoex_flight *flight)
{
    enum spnego_status status = negoex_candidate_anew(session);

    negoex_forget_failure(session, flight);
    if (status == SPNEGO_OK)
        status = negoex_retake_metadata(session, flight);
    return status == SPNEGO_OK ? negoex_require_scheme(session, flight) : status;
}

/* START: the optimistic token serves if it is for the scheme that we want most. */
static enum spnego_status
try_optimistic(struct negoex_session *session, struct negoex_flight *flight)
{
    const struct negoex_exchange_message *exchange = &flight->exchange.u.exchange_message;
    enum spnego_status status;

    if (!negoex_came(&flight->exchange))
        return SPNEGO_OK;
    if (negoex_candidate_find(session, &exchange->auth_scheme) != 0) {
        negoex_remark(session, SPN5120_NEGOEX_IGNORED, &flight->exchange,
                      &exchange->auth_scheme);
        return SPNEGO_OK;
    }
    status = negoex_feed(session, flight);
    if (status == SPNEGO_OK || status == SPNEGO_E_MEMORY)
        return status;
    return forget_optimistic(session, flight);
}

/* GREETED, MECH: the initiator's AP_REQUEST says which scheme it is, once and for all. */
static enum spnego_status
take_choice(struct negoex_session *session, struct negoex_flight *flight)
{
    const struct negoex_guid *scheme = &flight->exchange.u.exchange_message.auth_scheme;
    size_t i = 0;

    if (session->chosen)
        return SPNEGO_OK;
    if (!session->candidates[0].begun && negoex_came(&flight->exchange))
        i = negoex_candidate_find(session, scheme);
    if (i == session->count)
        return negoex_fail(session, SPNEGO_E_MALFORMED, SPN5108_NEGOEX_OTHER_SCHEME,
                           &flight->exchange, scheme);
    negoex_candidate_choose(session, i);
    return SPNEGO_OK;
}

const negoex_plan negoex_acceptor_greeting = {negoex_name_conversation, negoex_begin_offers,
                                              negoex_make_metadata, negoex_require_scheme,
                                              negoex_say};

const negoex_plan negoex_acceptor_plans[NEGOEX_PHASES] = {
    [NEGOEX_START] = {begin_common, negoex_take_metadata, negoex_make_metadata,
                      negoex_require_scheme, try_optimistic, negoex_check_verify, negoex_say},
    [NEGOEX_GREETED] = {drop_unlisted, negoex_take_metadata, negoex_require_scheme, take_choice,
                        negoex_feed, negoex_check_verify, negoex_say},
    [NEGOEX_MECH] = {take_choice, negoex_heed_alerts, negoex_feed, negoex_check_verify,
                     negoex_say},
};
