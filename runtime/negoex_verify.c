/* negoex_verify.c: VERIFY, the checksum that protects the choice of a mechanism.
 *
 * It covers every octet of NegoEx that was said before it, by both sides, other VERIFYs
 * and ALERTs included, and nothing of SPNEGO.  [MS-NEGOEX] 2.2.6.5, 3.1.5.7. */
#include "negoex_session.h"

#include <string.h>

static enum spnego_status
get_key(const struct negoex_session *session, bool ours, struct spnego_key *key)
{
    const struct negoex_candidate *candidate = &session->candidates[0];
    const struct spnego_mech_ops *ops = negoex_ops(session, 0);
    enum spnego_status status;

    if (!candidate->begun || ops->key == NULL)
        return SPNEGO_CONTINUE;
    memset(key, 0, sizeof(*key));
    status = ops->key(candidate->mech, ours, key);
    if (status == SPNEGO_OK && key->octets.len == 0)
        status = SPNEGO_E_MECH; /* one that everybody has */
    return status == SPNEGO_CONTINUE ? status : spnego_mech_status(status);
}

/* A mechanism that is finished will have no key any more. */
static bool
may_wait_for_key(const struct negoex_session *session)
{
    return !session->candidates[0].finished || session->config.accept_unverified;
}

/* What a key is wanted for cannot be done. */
static enum spnego_status
fail_without_key(struct negoex_session *session, enum spnego_status status)
{
    const struct negoex_guid *scheme = negoex_scheme_at(session, 0);

    if (status == SPNEGO_E_MEMORY)
        return status;
    if (status == SPNEGO_CONTINUE)
        return negoex_fail(session, SPNEGO_E_UNSUPPORTED, SPN5111_NEGOEX_NO_KEY, NULL, scheme);
    session->failure_why[0] = '\0'; /* it was asked for a key, and has not failed before */
    return negoex_fail(session, SPNEGO_E_MECH, SPN5118_NEGOEX_MECH_FAILED, NULL, scheme);
}

bool
negoex_has_key(const struct negoex_session *session)
{
    struct spnego_key key;

    return get_key(session, false, &key) != SPNEGO_CONTINUE;
}

static int32_t
usage_of(enum spnego_role maker)
{
    return maker == SPNEGO_INITIATOR ? SPNEGO_USAGE_INITIATOR_VERIFY
                                     : SPNEGO_USAGE_ACCEPTOR_VERIFY;
}

/* Types that everybody can compute; the owner's check refuses them too.  RFC 3961 6. */
static bool
needs_no_key(uint32_t checksum_type)
{
    switch (checksum_type) {
    case NEGOEX_CHECKSUM_TYPE_CRC32:
    case NEGOEX_CHECKSUM_TYPE_RSA_MD4:
    case NEGOEX_CHECKSUM_TYPE_RSA_MD5:
    case NEGOEX_CHECKSUM_TYPE_SHA1_UNKEYED:
    case NEGOEX_CHECKSUM_TYPE_SHA1_UNKEYED_2:
        return true;
    default:
        return false;
    }
}

/* Compares the checksum with what stands before the message in the transcript. */
static enum spnego_status
compare(struct negoex_session *session, const struct negoex_flight *flight,
        const struct spnego_key *key)
{
    const struct spnego_crypto_ops *crypto = session->config.crypto;
    const struct negoex_message *message = &flight->verify;
    const struct negoex_verify_message *verify = &message->u.verify_message;
    uint32_t type = verify->checksum.checksum_type;
    enum spnego_role peer =
        session->role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    struct spnego_slice covered = {session->transcript.ptr, flight->begin};
    enum spnego_status status;

    covered.len += (size_t)(message->raw.ptr - session->in.ptr);
    if (needs_no_key(type))
        return negoex_fail_numbers(session, SPNEGO_E_INTEGRITY, SPN5113_NEGOEX_UNKEYED, message,
                                   type, 0);
    status = crypto->check_checksum(crypto->arg, key, usage_of(peer), covered, (int32_t)type,
                                    verify->checksum.checksum_value);
    if (status == SPNEGO_OK || status == SPNEGO_E_MEMORY)
        return status;
    return negoex_fail(session, SPNEGO_E_INTEGRITY, SPN5112_NEGOEX_VERIFY_WRONG, message,
                       &verify->auth_scheme);
}

enum spnego_status
negoex_check_verify(struct negoex_session *session, struct negoex_flight *flight)
{
    const struct negoex_guid *scheme = &flight->verify.u.verify_message.auth_scheme;
    struct spnego_key key;
    enum spnego_status status;

    if (!negoex_came(&flight->verify))
        return SPNEGO_OK;
    if (!negoex_guid_equal(scheme, negoex_scheme_at(session, 0))) {
        negoex_remark(session, SPN5120_NEGOEX_IGNORED, &flight->verify, scheme);
        return SPNEGO_OK;
    }
    status = get_key(session, false, &key);
    if (status == SPNEGO_CONTINUE && may_wait_for_key(session)) {
        flight->cannot_check = !session->candidates[0].finished;
        return SPNEGO_OK;
    }
    if (status != SPNEGO_OK)
        return fail_without_key(session, status);
    status = compare(session, flight, &key);
    if (status != SPNEGO_OK)
        return status;
    session->verify_fits = true;
    negoex_tell(session, NEGOEX_EVENT_FITS, &flight->verify, scheme);
    return SPNEGO_OK;
}

enum spnego_status
negoex_verify_make(struct negoex_session *session, struct spnego_buf *out, int32_t *type)
{
    const struct spnego_crypto_ops *crypto = session->config.crypto;
    const struct negoex_guid *scheme = negoex_scheme_at(session, 0);
    struct spnego_slice covered = {session->transcript.ptr, session->transcript.len};
    struct spnego_key key;
    enum spnego_status status;

    if (session->verify_sent)
        return SPNEGO_CONTINUE;
    status = get_key(session, true, &key);
    if (status == SPNEGO_CONTINUE && may_wait_for_key(session))
        return status;
    if (status != SPNEGO_OK)
        return fail_without_key(session, status);
    status =
        crypto->make_checksum(crypto->arg, out, type, &key, usage_of(session->role), covered);
    if (status == SPNEGO_OK || status == SPNEGO_E_MEMORY)
        return status;
    return negoex_fail(session, SPNEGO_E_MECH, SPN5122_NEGOEX_CHECKSUM_FAILED, NULL, scheme);
}
