/* fake_crypto.c: a checksum that depends on all that a real one depends on. */
#include "fake_crypto.h"

#include <spnego/mech.h>
#include <string.h>

static bool
fails(struct fake_crypto *fake)
{
    return ++fake->calls == fake->fails;
}

static enum spnego_status
make_random(void *arg, uint8_t *out, size_t len)
{
    struct fake_crypto *fake = (struct fake_crypto *)arg;

    if (fails(fake))
        return fake->fate;
    memset(out, (int)(0x10 + fake->calls), len);
    return SPNEGO_OK;
}

/* FNV-1a, over and over. */
static uint64_t
mix(uint64_t hash, const uint8_t *octets, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++)
        hash = (hash ^ octets[i]) * 0x100000001b3u;
    return hash;
}

static void
compute(uint8_t out[FAKE_CHECKSUM_LEN], const struct spnego_key *key, int32_t usage,
        struct spnego_slice message)
{
    uint64_t hash = mix(0xcbf29ce484222325u, key->octets.ptr, key->octets.len);
    uint8_t octets[2] = {(uint8_t)key->enctype, (uint8_t)usage};
    size_t i;

    hash = mix(mix(hash, octets, 2), message.ptr, message.len);
    for (i = 0; i < FAKE_CHECKSUM_LEN; i++) {
        hash = mix(hash, octets, 1);
        out[i] = (uint8_t)(hash >> 40);
    }
}

static enum spnego_status
make_checksum(void *arg, struct spnego_buf *out, int32_t *type, const struct spnego_key *key,
              int32_t usage, struct spnego_slice message)
{
    struct fake_crypto *fake = (struct fake_crypto *)arg;
    uint8_t checksum[FAKE_CHECKSUM_LEN];

    if (fails(fake))
        return fake->fate;
    compute(checksum, key, usage, message);
    *type = FAKE_CHECKSUM_TYPE;
    return spnego_buf_append(out, checksum, sizeof(checksum));
}

static enum spnego_status
check_checksum(void *arg, const struct spnego_key *key, int32_t usage,
               struct spnego_slice message, int32_t type, struct spnego_slice checksum)
{
    struct fake_crypto *fake = (struct fake_crypto *)arg;
    uint8_t expected[FAKE_CHECKSUM_LEN];

    if (fails(fake))
        return fake->fate;
    compute(expected, key, usage, message);
    if (type != FAKE_CHECKSUM_TYPE || checksum.len != FAKE_CHECKSUM_LEN ||
        memcmp(expected, checksum.ptr, FAKE_CHECKSUM_LEN) != 0)
        return SPNEGO_E_INTEGRITY;
    return SPNEGO_OK;
}

void
fake_crypto_init(struct fake_crypto *fake)
{
    memset(fake, 0, sizeof(*fake));
    fake->ops.size = sizeof(fake->ops);
    fake->ops.random = make_random;
    fake->ops.make_checksum = make_checksum;
    fake->ops.check_checksum = check_checksum;
    fake->ops.arg = fake;
    fake->fate = SPNEGO_E_MECH;
}
