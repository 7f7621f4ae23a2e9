/* negoex_archive.c: a NegoEx conversation that waits, as octets for another process.
 *
 *     version, phase, chosen, verify_sent, verify_fits, said_token, count      1 octet each
 *     the next number, messages that came and went                 8 octets each
 *     the conversation's id                                        16 octets
 *     the transcript                                               8 octets of length before
 *     of each candidate its scheme, 16 octets; begun, finished and asked, 1 octet each;
 *     and its mechanism's own state, 8 octets of length before
 *
 * SPNEGO has a checksum around it (archive.h).  It is as secret as the keys inside. */
#include "blob.h"
#include "negoex_session.h"

#include <string.h>

#define VERSION 1

static enum spnego_status
save_candidate(struct spnego_saving *saving, const struct negoex_session *session, size_t i)
{
    const struct negoex_candidate *candidate = &session->candidates[i];
    const struct spnego_mech_ops *ops = negoex_ops(session, i);
    struct spnego_buf state = {NULL, 0, 0, session->config.alloc};
    struct spnego_slice octets;
    enum spnego_status status;

    if (ops->export_state == NULL || ops->import_state == NULL)
        return SPNEGO_E_UNSUPPORTED;
    status = ops->export_state(candidate->mech, &state);
    if (status == SPNEGO_OK) {
        octets.ptr = state.ptr;
        octets.len = state.len;
        spnego_save_octets(saving, ops->auth_scheme, sizeof(struct negoex_guid));
        spnego_save_number(saving, candidate->begun, 1);
        spnego_save_number(saving, candidate->finished, 1);
        spnego_save_number(saving, candidate->asked, 1);
        spnego_save_run(saving, octets);
    }
    spnego_buf_clear(&state);
    return status;
}

enum spnego_status
negoex_export_state(void *mech, struct spnego_buf *out)
{
    const struct negoex_session *session = (const struct negoex_session *)mech;
    struct spnego_slice transcript = {session->transcript.ptr, session->transcript.len};
    struct spnego_saving saving = {out, SPNEGO_OK};
    enum spnego_status status = SPNEGO_OK;
    size_t i;

    spnego_save_number(&saving, VERSION, 1);
    spnego_save_number(&saving, session->phase, 1);
    spnego_save_number(&saving, session->chosen, 1);
    spnego_save_number(&saving, session->verify_sent, 1);
    spnego_save_number(&saving, session->verify_fits, 1);
    spnego_save_number(&saving, session->said_token, 1);
    spnego_save_number(&saving, session->count, 1);
    spnego_save_number(&saving, session->sequence, SPNEGO_BLOB_NUMBER);
    spnego_save_number(&saving, session->messages_in, SPNEGO_BLOB_NUMBER);
    spnego_save_number(&saving, session->messages_out, SPNEGO_BLOB_NUMBER);
    spnego_save_octets(&saving, session->conversation_id.octets, sizeof(struct negoex_guid));
    spnego_save_run(&saving, transcript);
    for (i = 0; status == SPNEGO_OK && i < session->count; i++)
        status = save_candidate(&saving, session, i);
    return status == SPNEGO_OK ? saving.status : status;
}

static bool
load_bool(struct spnego_loading *loading)
{
    return spnego_load_number(loading, 1, 1) != 0;
}

/* The offer with this scheme, if no candidate has it yet; else num_offers. */
static size_t
find_offer(const struct negoex_session *session, struct spnego_slice scheme)
{
    const struct negoex_config *config = &session->config;
    size_t offer = config->num_offers;

    if (scheme.len == sizeof(struct negoex_guid) &&
        negoex_candidate_find(session, (const struct negoex_guid *)scheme.ptr) ==
            session->count)
        for (offer = 0; offer < config->num_offers; offer++)
            if (memcmp(config->offers[offer].ops->auth_scheme, scheme.ptr, scheme.len) == 0)
                break;
    return offer;
}

static void
load_candidate(struct spnego_loading *loading, struct negoex_session *session)
{
    struct negoex_candidate *candidate = &session->candidates[session->count];
    size_t found = find_offer(session, spnego_load_octets(loading, sizeof(struct negoex_guid)));
    bool begun = load_bool(loading), finished = load_bool(loading), asked = load_bool(loading);
    struct spnego_slice state = spnego_load_run(loading);
    const struct spnego_offer *offer = &session->config.offers[found];

    if (found == session->config.num_offers || (finished && !begun) ||
        (begun && session->count > 0))
        loading->status = SPNEGO_E_MALFORMED;
    else if (loading->status == SPNEGO_OK && offer->ops->import_state == NULL)
        loading->status = SPNEGO_E_UNSUPPORTED;
    if (loading->status != SPNEGO_OK)
        return;
    memset(candidate, 0, sizeof(*candidate));
    loading->status =
        offer->ops->import_state(&candidate->mech, offer->cred, session->role, state);
    if (loading->status != SPNEGO_OK || candidate->mech == NULL)
        return;
    candidate->offer = found;
    candidate->begun = begun;
    candidate->finished = finished;
    candidate->asked = asked;
    candidate->metadata.alloc = session->config.alloc;
    session->count++;
}

/* Is this a conversation that waits for the peer, has not begun, or is done while SPNEGO
 * waits? */
static bool
makes_sense(const struct negoex_session *session, size_t count)
{
    if (session->count != count || (session->chosen && count != 1) ||
        session->transcript.len > session->config.max_transcript)
        return false;
    switch (session->phase) {
    case NEGOEX_START:
        return count == 0 && session->sequence == 0 && session->transcript.len == 0;
    case NEGOEX_GREETED:
        return count > 0 && !session->chosen;
    case NEGOEX_ANSWER:
        return count > 0 && session->role == SPNEGO_INITIATOR && !session->chosen;
    case NEGOEX_MECH:
        return count > 0;
    case NEGOEX_DONE:
        return session->chosen && session->candidates[0].finished;
    default:
        return false;
    }
}

enum spnego_status
negoex_load_state(struct negoex_session *session, struct spnego_slice state)
{
    struct spnego_loading loading = {state, SPNEGO_OK};
    struct spnego_slice id;
    size_t count, i;

    (void)spnego_load_number(&loading, 1, VERSION);
    session->phase = (enum negoex_phase)spnego_load_number(&loading, 1, NEGOEX_DONE);
    session->chosen = load_bool(&loading);
    session->verify_sent = load_bool(&loading);
    session->verify_fits = load_bool(&loading);
    session->said_token = load_bool(&loading);
    count = (size_t)spnego_load_number(&loading, 1, session->config.num_offers);
    session->sequence = (uint32_t)spnego_load_number(&loading, SPNEGO_BLOB_NUMBER, UINT32_MAX);
    session->messages_in =
        (unsigned)spnego_load_number(&loading, SPNEGO_BLOB_NUMBER, UINT32_MAX);
    session->messages_out =
        (unsigned)spnego_load_number(&loading, SPNEGO_BLOB_NUMBER, UINT32_MAX);
    id = spnego_load_octets(&loading, sizeof(session->conversation_id));
    if (id.len > 0)
        memcpy(session->conversation_id.octets, id.ptr, id.len);
    spnego_load_copy(&loading, &session->transcript);
    for (i = 0; loading.status == SPNEGO_OK && i < count; i++)
        load_candidate(&loading, session);
    if (loading.status == SPNEGO_OK && (loading.left.len != 0 || !makes_sense(session, count)))
        loading.status = SPNEGO_E_MALFORMED;
    return loading.status;
}
