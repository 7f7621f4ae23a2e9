/* archive.c: which members of a negotiation are kept, and the checksums. */
#include "archive.h"
#include "blob.h"

#include <string.h>

#define MEMBER(name, max)                                                                      \
    {                                                                                          \
        offsetof(struct spnego_ctx, name), sizeof(((struct spnego_ctx *)0)->name), max         \
    }

const struct spnego_member spnego_members[] = {
    MEMBER(state, SPNEGO_STATES - 1),
    MEMBER(order_count, SPNEGO_MAX_OFFERS),
    MEMBER(hint_dropped, 1),
    MEMBER(mech_begun, 1),
    MEMBER(mech_finished, 1),
    MEMBER(mech_flags, SPNEGO_MECH_FLAGS),
    MEMBER(first_choice, 1),
    MEMBER(mic_required, 1),
    MEMBER(mic_sent, 1),
    MEMBER(mic_verified, 1),
    MEMBER(naked, 1),
    MEMBER(legs, UINT32_MAX),
    MEMBER(tokens_in, UINT32_MAX),
    MEMBER(tokens_out, UINT32_MAX),
    MEMBER(octets_in, SIZE_MAX),
    MEMBER(octets_out, SIZE_MAX),
    MEMBER(tolerated, UINT32_MAX),
    MEMBER(in_want, SPNEGO_BLOB_MAX_RUN),
};
const size_t spnego_members_count = sizeof(spnego_members) / sizeof(spnego_members[0]);

uint64_t
spnego_member_get(const struct spnego_ctx *ctx, const struct spnego_member *member)
{
    const uint8_t *at = (const uint8_t *)ctx + member->at;
    uint64_t u64;
    uint32_t u32;

    if (member->size == sizeof(u64)) {
        memcpy(&u64, at, sizeof(u64));
        return u64;
    }
    if (member->size == sizeof(u32)) {
        memcpy(&u32, at, sizeof(u32));
        return u32;
    }
    return *at;
}

void
spnego_member_set(struct spnego_ctx *ctx, const struct spnego_member *member, uint64_t value)
{
    uint8_t *at = (uint8_t *)ctx + member->at;
    uint32_t u32 = (uint32_t)value;

    if (member->size == sizeof(value))
        memcpy(at, &value, sizeof(value));
    else if (member->size == sizeof(u32))
        memcpy(at, &u32, sizeof(u32));
    else
        *at = (uint8_t)value;
}

uint32_t
spnego_crc32(uint32_t crc, struct spnego_slice octets)
{
    size_t i;
    int bit;

    crc = ~crc;
    for (i = 0; i < octets.len; i++) {
        crc ^= octets.ptr[i];
        for (bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (0xedb88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}

uint32_t
spnego_offers_checksum(const struct spnego_config *config)
{
    uint32_t crc = 0;
    size_t i;

    for (i = 0; i < config->num_offers; i++) {
        struct spnego_slice oid = config->offers[i].ops->oid;
        uint8_t len = (uint8_t)oid.len; /* so that two are not read as one */
        struct spnego_slice prefix = {&len, 1};

        crc = spnego_crc32(spnego_crc32(crc, prefix), oid);
    }
    return crc;
}
