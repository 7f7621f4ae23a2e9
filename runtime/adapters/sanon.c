/* sanon.c: the mechanism SAnon-X25519, two tokens.  draft-howard-gss-sanon-13 5.1.
 *
 *     I  60 L 06 0a 2b...6e, public key (32) [, flags (8)]
 *     A  public key (32), MIC of nothing (32)
 *
 * What follows is as in Heimdal's lib/gssapi/sanon, by the author of the draft:
 *
 *  - Flags are numbers of GSS-API, big-endian, and stand in the token only when there
 *    are any.  8 octets go into the key all the same: zeros if none came, else what came,
 *    with those that are unknown; an acceptor drops these only then.  (Of the first 4
 *    octets Heimdal makes zeros; nobody sends anything else in them.)
 *  - Channel bindings are the application data alone, without types or lengths.
 *  - The base key counts as an acceptor's subkey: AcceptorSubkey is set in all MICs.
 *    Each side numbers its MICs from 0, and the one in the acceptor's token is its 0.
 *  - There is no metadata; what comes is ignored. */
#include "sanon_keys.h"
#include "spnego/codec.h"
#include "spnego/sanon.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

#define KNOWN_FLAGS                                                                            \
    (SPNEGO_SANON_DCE_STYLE | SPNEGO_SANON_IDENTIFY | SPNEGO_SANON_EXTENDED_ERROR)

enum state { START, WAITING, FINISHED, FAILED };

struct sanon {
    enum spnego_role role;
    enum state state;
    struct spnego_slice bindings;        /* the credential's */
    uint8_t flags[SPNEGO_SANON_FLAGS];   /* the initiator's, as on the wire */
    uint8_t secret[SPNEGO_SANON_X25519]; /* until there are keys */
    uint8_t ours[SPNEGO_SANON_X25519];   /* the public key that goes with it */
    struct spnego_sanon_keys keys;       /* FINISHED */
    uint64_t next[2];                    /* numbers of the next MICs, by who makes them */
    const char *why;
};

static const uint8_t oid[] = {0x2b, 0x06, 0x01, 0x04, 0x01, 0xa9, 0x4a, 0x1a, 0x01, 0x6e};

/* {DEE384FF-1086-4E86-BE78-B94170BFD376}.  Appendix C. */
static const uint8_t auth_scheme[16] = {0xff, 0x84, 0xe3, 0xde, 0x86, 0x10, 0x86, 0x4e,
                                        0xbe, 0x78, 0xb9, 0x41, 0x70, 0xbf, 0xd3, 0x76};

static const struct spnego_slice nothing = {NULL, 0};

static enum spnego_role
peer_of(const struct sanon *sanon)
{
    return sanon->role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
}

static void
destroy(void *mech)
{
    OPENSSL_clear_free(mech, sizeof(struct sanon));
}

static const struct spnego_sanon_cred *
cred_or_defaults(const void *cred)
{
    static const struct spnego_sanon_cred defaults = {.size = sizeof(defaults)};

    return cred != NULL ? (const struct spnego_sanon_cred *)cred : &defaults;
}

static enum spnego_status
create(void **mech, void *cred, enum spnego_role role)
{
    const struct spnego_sanon_cred *given = cred_or_defaults(cred);
    enum spnego_status status = SPNEGO_OK;
    struct sanon *sanon;

    if (given->size != sizeof(*given))
        return SPNEGO_E_MECH;
    sanon = (struct sanon *)OPENSSL_zalloc(sizeof(*sanon));
    if (sanon == NULL)
        return SPNEGO_E_MEMORY;
    sanon->role = role;
    sanon->bindings = given->bindings;
    if (role == SPNEGO_INITIATOR)
        spnego_sanon_put_number(sanon->flags, given->flags & KNOWN_FLAGS);
    if (given->secret != NULL)
        memcpy(sanon->secret, given->secret, sizeof(sanon->secret));
    else
        status = spnego_sanon_secret(sanon->secret);
    if (status == SPNEGO_OK)
        status = spnego_sanon_public(sanon->ours, sanon->secret);
    if (status == SPNEGO_OK)
        *mech = sanon;
    else
        destroy(sanon);
    return status;
}

static enum spnego_status
make_mic(void *mech, struct spnego_buf *out, struct spnego_slice message)
{
    struct sanon *sanon = (struct sanon *)mech;
    uint8_t mic[SPNEGO_SANON_MIC];
    enum spnego_status status;

    if (sanon->state != FINISHED)
        return SPNEGO_E_MECH;
    status =
        spnego_sanon_mic(mic, &sanon->keys, sanon->role, sanon->next[sanon->role], 0, message);
    if (status == SPNEGO_OK)
        status = spnego_buf_append(out, mic, sizeof(mic));
    if (status == SPNEGO_OK)
        sanon->next[sanon->role]++;
    return status;
}

/* Replays and sequence are detected in all contexts, as Heimdal asks for, so a MIC that
 * is old, double or early is no success: RFC 2743 1.2.3.  What is left is the next one. */
static enum spnego_status
check_mic(void *mech, struct spnego_slice message, struct spnego_slice mic)
{
    struct sanon *sanon = (struct sanon *)mech;
    enum spnego_role peer = peer_of(sanon);
    uint8_t expected[SPNEGO_SANON_MIC], unknown;
    enum spnego_status status;

    if (sanon->state != FINISHED)
        return SPNEGO_E_MECH;
    if (mic.len != sizeof(expected))
        return SPNEGO_E_INTEGRITY;
    unknown = mic.ptr[SPNEGO_SANON_MIC_FLAGS] & SPNEGO_SANON_MIC_UNKNOWN;
    status =
        spnego_sanon_mic(expected, &sanon->keys, peer, sanon->next[peer], unknown, message);
    if (status == SPNEGO_OK && CRYPTO_memcmp(mic.ptr, expected, sizeof(expected)) != 0)
        status = SPNEGO_E_INTEGRITY;
    if (status == SPNEGO_OK)
        sanon->next[peer]++;
    return status;
}

/* Nothing of a mechanism that has failed is of use any more. */
static enum spnego_status
fail(struct sanon *sanon, enum spnego_status status, const char *why)
{
    OPENSSL_cleanse(sanon, sizeof(*sanon));
    sanon->state = FAILED;
    sanon->why = why;
    return status;
}

/* The initiator's first token. */
static enum spnego_status
begin(struct sanon *sanon, struct spnego_buf *out)
{
    uint8_t token[4 + sizeof(oid) + SPNEGO_SANON_X25519 + SPNEGO_SANON_FLAGS];
    uint8_t *inner = token + 4 + sizeof(oid);
    bool has_flags = spnego_sanon_get_number(sanon->flags) != 0;
    size_t len = sizeof(token) - (has_flags ? 0 : SPNEGO_SANON_FLAGS);
    enum spnego_status status;

    token[0] = 0x60;
    token[1] = (uint8_t)(len - 2);
    token[2] = 0x06;
    token[3] = sizeof(oid);
    memcpy(token + 4, oid, sizeof(oid));
    memcpy(inner, sanon->ours, SPNEGO_SANON_X25519);
    memcpy(inner + SPNEGO_SANON_X25519, sanon->flags, SPNEGO_SANON_FLAGS);
    status = spnego_buf_append(out, token, len);
    if (status != SPNEGO_OK)
        return fail(sanon, status, "there is no memory");
    sanon->state = WAITING;
    return SPNEGO_CONTINUE;
}

/* Makes the keys, of our secret and the peer's public key. */
static enum spnego_status
agree(struct sanon *sanon, const uint8_t *theirs)
{
    bool initiator = sanon->role == SPNEGO_INITIATOR;
    uint8_t shared[SPNEGO_SANON_X25519];
    struct spnego_sanon_agreed agreed = {shared, initiator ? sanon->ours : theirs,
                                         initiator ? theirs : sanon->ours, sanon->flags,
                                         sanon->bindings};
    enum spnego_status status = spnego_sanon_shared(shared, sanon->secret, theirs);

    if (status == SPNEGO_OK)
        status = spnego_sanon_base_key(&sanon->keys, &agreed);
    if (status == SPNEGO_OK)
        status = spnego_sanon_negoex_keys(&sanon->keys);
    OPENSSL_cleanse(shared, sizeof(shared));
    OPENSSL_cleanse(sanon->secret, sizeof(sanon->secret));
    if (status == SPNEGO_E_MALFORMED)
        return fail(sanon, status, "the peer's public key is a point of low order");
    if (status != SPNEGO_OK)
        return fail(sanon, status, "OpenSSL fails");
    sanon->state = FINISHED;
    return SPNEGO_OK;
}

/* The acceptor's only step. */
static enum spnego_status
answer(struct sanon *sanon, struct spnego_buf *out, struct spnego_slice in)
{
    struct spnego_slice mech, inner;
    uint8_t token[SPNEGO_SANON_X25519 + SPNEGO_SANON_MIC];
    enum spnego_status status;

    if (spnego_frame_decode(&mech, &inner, in, NULL) != SPNEGO_OK || mech.len != sizeof(oid) ||
        memcmp(mech.ptr, oid, sizeof(oid)) != 0)
        return fail(sanon, SPNEGO_E_MALFORMED, "the token has no frame of SAnon-X25519");
    if (inner.len == SPNEGO_SANON_X25519 + SPNEGO_SANON_FLAGS)
        memcpy(sanon->flags, inner.ptr + SPNEGO_SANON_X25519, SPNEGO_SANON_FLAGS);
    else if (inner.len != SPNEGO_SANON_X25519)
        return fail(sanon, SPNEGO_E_MALFORMED, "there are not 32 or 40 octets in the frame");
    memcpy(token, sanon->ours, SPNEGO_SANON_X25519);
    status = agree(sanon, inner.ptr);
    if (status != SPNEGO_OK)
        return status;
    status = spnego_sanon_mic(token + SPNEGO_SANON_X25519, &sanon->keys, SPNEGO_ACCEPTOR,
                              sanon->next[SPNEGO_ACCEPTOR]++, 0, nothing);
    if (status != SPNEGO_OK)
        return fail(sanon, status, "OpenSSL fails");
    status = spnego_buf_append(out, token, sizeof(token));
    return status == SPNEGO_OK ? status : fail(sanon, status, "there is no memory");
}

/* The initiator's second step, which says nothing. */
static enum spnego_status
complete(struct sanon *sanon, struct spnego_slice in)
{
    struct spnego_slice mic = {NULL, SPNEGO_SANON_MIC};
    enum spnego_status status;

    if (in.len != SPNEGO_SANON_X25519 + SPNEGO_SANON_MIC)
        return fail(sanon, SPNEGO_E_MALFORMED,
                    "there are not 64 octets in the acceptor's token");
    status = agree(sanon, in.ptr);
    if (status != SPNEGO_OK)
        return status;
    mic.ptr = in.ptr + SPNEGO_SANON_X25519;
    status = check_mic(sanon, nothing, mic);
    if (status == SPNEGO_E_INTEGRITY)
        return fail(sanon, status,
                    "the acceptor's MIC does not fit: other channel bindings, or other tokens");
    return status == SPNEGO_OK ? status : fail(sanon, status, "OpenSSL fails");
}

static enum spnego_status
step(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    struct sanon *sanon = (struct sanon *)mech;

    if (sanon->state == WAITING)
        return complete(sanon, in);
    if (sanon->state != START)
        return fail(sanon, SPNEGO_E_MECH, "there was a last token already");
    if (sanon->role == SPNEGO_ACCEPTOR)
        return answer(sanon, out, in);
    if (in.len != 0)
        return fail(sanon, SPNEGO_E_MECH, "an initiator speaks first");
    return begin(sanon, out);
}

static unsigned
flags(void *mech)
{
    return ((const struct sanon *)mech)->state == FINISHED ? SPNEGO_MECH_INTEGRITY : 0;
}

static void
why(void *mech, char *out, size_t cap)
{
    const struct sanon *sanon = (const struct sanon *)mech;

    snprintf(out, cap, "%s", sanon->why != NULL ? sanon->why : "");
}

static enum spnego_status
take_metadata(void *mech, struct spnego_slice in)
{
    (void)mech;
    (void)in;
    return SPNEGO_OK;
}

static struct spnego_key
make_key(const uint8_t *octets)
{
    return (struct spnego_key){SPNEGO_SANON_ENCTYPE, {octets, SPNEGO_SANON_KEY}};
}

static enum spnego_status
key(void *mech, bool ours, struct spnego_key *out)
{
    const struct sanon *sanon = (const struct sanon *)mech;

    if (sanon->state != FINISHED)
        return SPNEGO_CONTINUE;
    *out = make_key(sanon->keys.negoex[ours ? sanon->role : peer_of(sanon)]);
    return SPNEGO_OK;
}

uint64_t
spnego_sanon_flags(const void *mech)
{
    return spnego_sanon_get_number(((const struct sanon *)mech)->flags) & KNOWN_FLAGS;
}

enum spnego_status
spnego_sanon_key(const void *mech, struct spnego_key *key)
{
    const struct sanon *sanon = (const struct sanon *)mech;

    if (sanon->state != FINISHED)
        return SPNEGO_E_STATE;
    *key = make_key(sanon->keys.base);
    return SPNEGO_OK;
}

/* An exported state: what it is, the initiator's flags, the secret or the base key (the
 * other is zeros), the numbers of the next MICs.  The rest follows from them and the
 * credential. */
enum {
    STATE_VERSION = 1,
    AT_FLAGS = 3, /* behind the version, the role and the state */
    AT_SECRET = AT_FLAGS + SPNEGO_SANON_FLAGS,
    AT_BASE = AT_SECRET + SPNEGO_SANON_X25519,
    AT_NEXT = AT_BASE + SPNEGO_SANON_KEY,
    STATE_LEN = AT_NEXT + 2 * 8
};

static enum spnego_status
export_state(void *mech, struct spnego_buf *out)
{
    const struct sanon *sanon = (const struct sanon *)mech;
    uint8_t octets[STATE_LEN] = {STATE_VERSION, (uint8_t)sanon->role, (uint8_t)sanon->state};
    enum spnego_status status;

    if (sanon->state == FAILED)
        return SPNEGO_E_MECH;
    memcpy(octets + AT_FLAGS, sanon->flags, SPNEGO_SANON_FLAGS);
    memcpy(octets + AT_SECRET, sanon->secret, SPNEGO_SANON_X25519);
    memcpy(octets + AT_BASE, sanon->keys.base, SPNEGO_SANON_KEY);
    spnego_sanon_put_number(octets + AT_NEXT, sanon->next[0]);
    spnego_sanon_put_number(octets + AT_NEXT + 8, sanon->next[1]);
    status = spnego_buf_append(out, octets, sizeof(octets));
    OPENSSL_cleanse(octets, sizeof(octets));
    return status;
}

static enum spnego_status
load(struct sanon *sanon, struct spnego_slice state)
{
    bool acceptor = sanon->role == SPNEGO_ACCEPTOR;
    const uint8_t *octets = state.ptr;

    if (state.len != STATE_LEN || octets[0] != STATE_VERSION || octets[1] != sanon->role ||
        octets[2] > FINISHED || (acceptor && octets[2] == WAITING))
        return SPNEGO_E_MECH;
    sanon->state = (enum state)octets[2];
    memcpy(sanon->flags, octets + AT_FLAGS, SPNEGO_SANON_FLAGS);
    memcpy(sanon->secret, octets + AT_SECRET, SPNEGO_SANON_X25519);
    memcpy(sanon->keys.base, octets + AT_BASE, SPNEGO_SANON_KEY);
    sanon->next[0] = spnego_sanon_get_number(octets + AT_NEXT);
    sanon->next[1] = spnego_sanon_get_number(octets + AT_NEXT + 8);
    return sanon->state == FINISHED ? spnego_sanon_negoex_keys(&sanon->keys)
                                    : spnego_sanon_public(sanon->ours, sanon->secret);
}

static enum spnego_status
import_state(void **mech, void *cred, enum spnego_role role, struct spnego_slice state)
{
    enum spnego_status status = create(mech, cred, role);

    if (status != SPNEGO_OK)
        return status;
    status = load((struct sanon *)*mech, state);
    if (status != SPNEGO_OK) {
        destroy(*mech);
        *mech = NULL;
    }
    return status;
}

const struct spnego_mech_ops spnego_sanon = {
    .size = sizeof(struct spnego_mech_ops),
    .oid = {oid, sizeof(oid)},
    .create = create,
    .step = step,
    .flags = flags,
    .why = why,
    .make_mic = make_mic,
    .check_mic = check_mic,
    .export_state = export_state,
    .import_state = import_state,
    .destroy = destroy,
    .auth_scheme = auth_scheme,
    .take_metadata = take_metadata,
    .key = key,
};
