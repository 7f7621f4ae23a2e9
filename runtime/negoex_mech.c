/* negoex_mech.c: NegoEx as a mechanism of SPNEGO, which knows nothing else of it.
 *
 * Its object identifier stands in SPNEGO's list, its tokens are runs of messages, and
 * what SPNEGO asks of a mechanism beyond them the one that NegoEx has chosen answers. */
#include "negoex_session.h"
#include "spnego/names.h"

#include <string.h>

#define DEFAULT_MAX_TRANSCRIPT 262144u
#define DEFAULT_MAX_MESSAGES 40u
#define DEFAULT_MAX_ITEMS 32u

static const char *
offer_fault(const struct spnego_mech_ops *ops)
{
    if (ops == NULL || ops->size != sizeof(*ops))
        return "an offer has no ops, or ops of another version: set its size";
    if (ops->create == NULL || ops->step == NULL || ops->destroy == NULL)
        return "an offer lacks create, step or destroy";
    if (ops->auth_scheme == NULL)
        return "an offer has no auth_scheme";
    return NULL;
}

const char *
negoex_config_fault(const struct negoex_config *config)
{
    const struct spnego_crypto_ops *crypto = config->crypto;
    const char *fault = NULL;
    size_t i, j;

    if (config->size != sizeof(*config))
        return "the configuration is of another version: set its size";
    if (config->offers == NULL || config->num_offers == 0)
        return "there are no offers";
    if (config->num_offers > NEGOEX_MAX_OFFERS)
        return "there are more offers than NEGOEX_MAX_OFFERS";
    if (crypto == NULL || crypto->size != sizeof(*crypto) || crypto->random == NULL ||
        crypto->make_checksum == NULL || crypto->check_checksum == NULL)
        return "crypto is missing, or of another version: set its size";
    for (i = 0; fault == NULL && i < config->num_offers; i++) {
        fault = offer_fault(config->offers[i].ops);
        for (j = 0; fault == NULL && j < i; j++)
            if (memcmp(config->offers[i].ops->auth_scheme, config->offers[j].ops->auth_scheme,
                       sizeof(struct negoex_guid)) == 0)
                fault = "two offers have the same auth_scheme";
    }
    return fault;
}

static enum spnego_status
create(void **mech, void *cred, enum spnego_role role)
{
    const struct negoex_config *config = (const struct negoex_config *)cred;
    const struct spnego_alloc *alloc;
    struct negoex_session *session;

    if (config == NULL || negoex_config_fault(config) != NULL)
        return SPNEGO_E_MECH;
    alloc = config->alloc != NULL ? config->alloc : &spnego_libc_alloc;
    session = (struct negoex_session *)alloc->resize(alloc->arg, NULL, 0, sizeof(*session));
    if (session == NULL)
        return SPNEGO_E_MEMORY;
    memset(session, 0, sizeof(*session));
    session->config = *config;
    session->config.alloc = alloc;
    if (config->max_transcript == 0)
        session->config.max_transcript = DEFAULT_MAX_TRANSCRIPT;
    if (config->max_messages == 0)
        session->config.max_messages = DEFAULT_MAX_MESSAGES;
    if (config->max_items == 0)
        session->config.max_items = DEFAULT_MAX_ITEMS;
    session->role = role;
    session->transcript.alloc = alloc;
    *mech = session;
    return SPNEGO_OK;
}

static void
destroy(void *mech)
{
    struct negoex_session *session = (struct negoex_session *)mech;
    const struct spnego_alloc *alloc = session->config.alloc;

    negoex_candidates_clear(session);
    spnego_buf_clear(&session->transcript);
    spnego_wipe(session, sizeof(*session));
    alloc->resize(alloc->arg, session, sizeof(*session), 0);
}

static void
why(void *mech, char *out, size_t cap)
{
    const struct negoex_session *session = (const struct negoex_session *)mech;
    size_t len = strlen(session->failure_words);

    if (cap == 0)
        return;
    if (len > cap - 1)
        len = cap - 1;
    memcpy(out, session->failure_words, len);
    out[len] = '\0';
}

/* The mechanism that runs; NULL if none does. */
static void *
inner(const struct negoex_session *session)
{
    return session->count > 0 ? session->candidates[0].mech : NULL;
}

/* Is it known which mechanism it will be?  The wishes of another are none of SPNEGO's
 * business; an initiator's optimistic token may still be void. */
static bool
is_settled(const struct negoex_session *session)
{
    bool begun = session->count > 0 && session->candidates[0].begun;

    return inner(session) != NULL &&
           (session->chosen || (begun && session->role == SPNEGO_ACCEPTOR));
}

static unsigned
flags(void *mech)
{
    const struct negoex_session *session = (const struct negoex_session *)mech;
    const struct spnego_mech_ops *ops;
    unsigned found = 0;

    if (!is_settled(session))
        return 0;
    ops = negoex_ops(session, 0);
    if (ops->flags != NULL && ops->make_mic != NULL && ops->check_mic != NULL)
        found = ops->flags(inner(session)) & ~(SPNEGO_MECH_MAY_END | SPNEGO_MECH_MAY_OMIT);
    if (negoex_may_go_unverified(session, true))
        found |= SPNEGO_MECH_MAY_END;
    if (session->config.accept_unverified && session->candidates[0].finished &&
        !session->said_token)
        found |= SPNEGO_MECH_MAY_OMIT; /* it was no more than our VERIFY */
    return found;
}

/* SPNEGO's MIC is made with the mechanism that NegoEx has chosen.  RFC 4178 5. */
static enum spnego_status
make_mic(void *mech, struct spnego_buf *out, struct spnego_slice message)
{
    const struct negoex_session *session = (const struct negoex_session *)mech;

    return negoex_ops(session, 0)->make_mic(inner(session), out, message);
}

static enum spnego_status
check_mic(void *mech, struct spnego_slice message, struct spnego_slice mic)
{
    const struct negoex_session *session = (const struct negoex_session *)mech;

    return negoex_ops(session, 0)->check_mic(inner(session), message, mic);
}

static void
after_mic(void *mech, bool made)
{
    const struct negoex_session *session = (const struct negoex_session *)mech;

    if (negoex_ops(session, 0)->after_mic != NULL)
        negoex_ops(session, 0)->after_mic(inner(session), made);
}

static enum spnego_status
import_state(void **mech, void *cred, enum spnego_role role, struct spnego_slice state)
{
    enum spnego_status status = create(mech, cred, role);

    if (status != SPNEGO_OK)
        return status;
    status = negoex_load_state((struct negoex_session *)*mech, state);
    if (status != SPNEGO_OK) {
        destroy(*mech);
        *mech = NULL;
    }
    return status;
}

/* 1.3.6.1.4.1.311.2.2.30.  [MS-NEGOEX] 1.9. */
static const uint8_t oid[] = {0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x1e};

const struct spnego_mech_ops negoex_mech = {
    .size = sizeof(struct spnego_mech_ops),
    .oid = {oid, sizeof(oid)},
    .create = create,
    .step = negoex_step,
    .flags = flags,
    .why = why,
    .make_mic = make_mic,
    .check_mic = check_mic,
    .after_mic = after_mic,
    .export_state = negoex_export_state,
    .import_state = import_state,
    .greet = negoex_greet,
    .take_greeting = negoex_take_greeting,
    .destroy = destroy,
};

void
negoex_mech_outcome(const void *mech, struct negoex_outcome *out)
{
    const struct negoex_session *session = (const struct negoex_session *)mech;

    memset(out, 0, sizeof(*out));
    out->selected = -1;
    if (session == NULL)
        return;
    out->conversation_id = session->conversation_id;
    out->verify_sent = session->verify_sent;
    out->verify_fits = session->verify_fits;
    out->messages_in = session->messages_in;
    out->messages_out = session->messages_out;
    out->transcript.ptr = session->transcript.ptr;
    out->transcript.len = session->transcript.len;
    if (!session->chosen || session->count == 0)
        return;
    out->selected = (int)session->candidates[0].offer;
    out->scheme = *negoex_scheme_at(session, 0);
    out->inner = session->candidates[0].mech;
}

void *
negoex_mech_take(void *mech)
{
    struct negoex_session *session = (struct negoex_session *)mech;
    void *taken = inner(session);

    if (session->phase != NEGOEX_DONE || taken == NULL)
        return NULL;
    session->candidates[0].mech = NULL;
    return taken;
}
