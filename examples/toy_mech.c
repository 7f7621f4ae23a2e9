/* toy_mech.c: the smallest mechanism that can be negotiated.  Nothing in it is
 * secure; all of it is what spnego/mech.h asks for. */
#include "toy_mech.h"

#include <spnego/codec.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct toy {
    const struct toy_cred *cred;
    const struct spnego_mech_ops *ops;
    enum spnego_role role;
    unsigned steps;
    unsigned left; /* hops, after the last token that was sent or taken */
    bool finished;
};

static enum spnego_status
create(void **mech, const struct spnego_mech_ops *ops, const struct toy_cred *cred,
       enum spnego_role role)
{
    struct toy *toy;

    if (cred->absent)
        return SPNEGO_E_MECH;
    toy = (struct toy *)calloc(1, sizeof(*toy));
    if (toy == NULL)
        return SPNEGO_E_MEMORY;
    toy->ops = ops;
    toy->cred = cred;
    toy->role = role;
    toy->left = cred->hops;
    if (cred->living != NULL)
        ++*cred->living;
    *mech = toy;
    return SPNEGO_OK;
}

static void
destroy(void *mech)
{
    struct toy *toy = (struct toy *)mech;

    if (toy->cred->living != NULL)
        --*toy->cred->living;
    free(toy);
}

/* Appends the octet `left`; an initiator frames it with its identifier. */
static enum spnego_status
write_token(struct toy *toy, struct spnego_buf *out)
{
    uint8_t octets[32] = {0x60, 0, 0x06};
    size_t len = toy->ops->oid.len;

    if (toy->role == SPNEGO_ACCEPTOR) {
        octets[0] = (uint8_t)toy->left;
        return spnego_buf_append(out, octets, 1);
    }
    octets[1] = (uint8_t)(len + 3);
    octets[3] = (uint8_t)len;
    memcpy(octets + 4, toy->ops->oid.ptr, len);
    octets[4 + len] = (uint8_t)toy->left;
    return spnego_buf_append(out, octets, len + 5);
}

static bool
is_ours(const struct toy *toy, struct spnego_slice oid)
{
    return oid.len == toy->ops->oid.len && memcmp(oid.ptr, toy->ops->oid.ptr, oid.len) == 0;
}

/* Takes the frame off an initiator's token; what is left is one octet. */
static bool
read_token(struct toy *toy, struct spnego_slice in)
{
    struct spnego_slice oid;
    bool expected = toy->role == SPNEGO_ACCEPTOR && toy->steps == 1;

    if (toy->role == SPNEGO_ACCEPTOR &&
        (spnego_frame_decode(&oid, &in, in, NULL) != SPNEGO_OK || !is_ours(toy, oid)))
        return false;
    if (in.len != 1 || (!expected && in.ptr[0] + 1u != toy->left))
        return false;
    toy->left = in.ptr[0];
    return true;
}

static enum spnego_status
step(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    struct toy *toy = (struct toy *)mech;
    bool begins = toy->role == SPNEGO_INITIATOR && toy->steps == 0;
    enum spnego_status status;

    toy->steps++;
    if (toy->finished || toy->steps == toy->cred->fails || (!begins && !read_token(toy, in))) {
        if (!toy->cred->says_why)
            return SPNEGO_E_MECH;
        status = spnego_buf_append(out, TOY_ERROR_TOKEN, sizeof(TOY_ERROR_TOKEN) - 1);
        return status == SPNEGO_OK ? SPNEGO_E_MECH : status;
    }
    if (toy->left > 0) {
        toy->left--;
        status = write_token(toy, out);
        if (status != SPNEGO_OK)
            return status;
        toy->finished = toy->left == 0;
    } else {
        toy->finished = true;
    }
    return toy->finished ? SPNEGO_OK : SPNEGO_CONTINUE;
}

static unsigned
flags(void *mech)
{
    const struct toy *toy = (const struct toy *)mech;

    return (toy->cred->integrity ? SPNEGO_MECH_INTEGRITY : 0) |
           (toy->cred->wants_mic ? SPNEGO_MECH_WANTS_MIC : 0);
}

/* Of the peer's error token after a rejection, or of a step that failed. */
static void
why(void *mech, char *out, size_t cap)
{
    const struct toy *toy = (const struct toy *)mech;

    snprintf(out, cap, toy->cred->says_why ? "step %u, and it says why" : "step %u",
             toy->steps);
}

static void
compute_mic(uint8_t mic[4], const struct toy *toy, struct spnego_slice message)
{
    size_t i;

    memcpy(mic, "MIC", 3);
    mic[3] = (uint8_t)(0xa5 ^ toy->cred->mic_key);
    for (i = 0; i < message.len; i++)
        mic[3] ^= message.ptr[i];
}

static enum spnego_status
make_mic(void *mech, struct spnego_buf *out, struct spnego_slice message)
{
    uint8_t mic[4];

    compute_mic(mic, (const struct toy *)mech, message);
    return spnego_buf_append(out, mic, sizeof(mic));
}

static enum spnego_status
check_mic(void *mech, struct spnego_slice message, struct spnego_slice mic)
{
    uint8_t expected[4];

    compute_mic(expected, (const struct toy *)mech, message);
    return mic.len == 4 && memcmp(mic.ptr, expected, 4) == 0 ? SPNEGO_OK : SPNEGO_E_MECH;
}

static void
after_mic(void *mech, bool made)
{
    const struct toy *toy = (const struct toy *)mech;

    (void)made;
    if (toy->cred->resets != NULL)
        ++*toy->cred->resets;
}

static enum spnego_status
export_state(void *mech, struct spnego_buf *out)
{
    const struct toy *toy = (const struct toy *)mech;
    uint8_t octets[3] = {(uint8_t)toy->steps, (uint8_t)toy->left, toy->finished};

    return spnego_buf_append(out, octets, sizeof(octets));
}

static enum spnego_status
import_state(void **mech, const struct spnego_mech_ops *ops, const struct toy_cred *cred,
             enum spnego_role role, struct spnego_slice state)
{
    enum spnego_status status;
    struct toy *toy;

    if (state.len != 3)
        return SPNEGO_E_MECH;
    status = create(mech, ops, cred, role);
    if (status != SPNEGO_OK)
        return status;
    toy = (struct toy *)*mech;
    toy->steps = state.ptr[0];
    toy->left = state.ptr[1];
    toy->finished = state.ptr[2] != 0;
    return SPNEGO_OK;
}

static enum spnego_status
make_metadata(void *mech, struct spnego_buf *out)
{
    const struct toy_cred *cred = ((const struct toy *)mech)->cred;

    if (cred->refuses_to_make)
        return SPNEGO_E_MECH;
    if (cred->metadata == NULL)
        return SPNEGO_OK;
    return spnego_buf_append(out, cred->metadata, strlen(cred->metadata));
}

static enum spnego_status
take_metadata(void *mech, struct spnego_slice in)
{
    const struct toy_cred *cred = ((const struct toy *)mech)->cred;

    if (cred->refuses_to_take)
        return SPNEGO_E_MECH;
    if (cred->got_metadata != NULL && (in.len != strlen(cred->got_metadata) ||
                                       memcmp(in.ptr, cred->got_metadata, in.len) != 0))
        return SPNEGO_E_MECH;
    return SPNEGO_OK;
}

static enum spnego_status
key(void *mech, bool ours, struct spnego_key *out)
{
    enum { AES256_CTS_HMAC_SHA1_96 = 18 };
    static const uint8_t initiator[32] = {1}, acceptor[32] = {0};
    const struct toy *toy = (const struct toy *)mech;

    if (toy->cred->keys == TOY_KEYS_NEVER ||
        (toy->cred->keys == TOY_KEYS_AT_END && !toy->finished))
        return SPNEGO_CONTINUE;
    out->enctype = AES256_CTS_HMAC_SHA1_96;
    out->octets.ptr = ours == (toy->role == SPNEGO_INITIATOR) ? initiator : acceptor;
    out->octets.len = 32;
    return SPNEGO_OK;
}

#define OID_LEN 6

/* One table and the two functions that know whose table it is. */
#define TOY(name, ...)                                                                         \
    static enum spnego_status create_##name(void **mech, void *cred, enum spnego_role role)    \
    {                                                                                          \
        return create(mech, &toy_##name, (const struct toy_cred *)cred, role);                 \
    }                                                                                          \
    static enum spnego_status import_##name(void **mech, void *cred, enum spnego_role role,    \
                                            struct spnego_slice state)                         \
    {                                                                                          \
        return import_state(mech, &toy_##name, (const struct toy_cred *)cred, role, state);    \
    }                                                                                          \
    static const uint8_t oid_##name[16] = {__VA_ARGS__};                                       \
    const struct spnego_mech_ops toy_##name = {                                                \
        .size = sizeof(struct spnego_mech_ops),                                                \
        .oid = {oid_##name, OID_LEN},                                                          \
        .create = create_##name,                                                               \
        .step = step,                                                                          \
        .flags = flags,                                                                        \
        .why = why,                                                                            \
        .make_mic = make_mic,                                                                  \
        .check_mic = check_mic,                                                                \
        .after_mic = after_mic,                                                                \
        .export_state = export_state,                                                          \
        .import_state = import_##name,                                                         \
        .destroy = destroy,                                                                    \
        .auth_scheme = oid_##name,                                                             \
        .make_metadata = make_metadata,                                                        \
        .take_metadata = take_metadata,                                                        \
        .key = key,                                                                            \
    }

TOY(a, 0x69, 0x85, 0xa2, 0xc0, 0xac, 0x66);
TOY(b, 0x69, 0x84, 0xb0, 0xd1, 0xa8, 0x2c);
TOY(c, 0x69, 0x85, 0xa2, 0xc0, 0xac, 0x67);
TOY(d, 0x69, 0x85, 0xa2, 0xc0, 0xac, 0x68);
