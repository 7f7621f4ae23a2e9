/* archive.h: how a half-open negotiation is laid out as octets.
 *
 *     "SPNX", version 2, role, checksum of the offers     1, 1 and 4 octets
 *     the members of struct spnego_ctx that archive.c lists      8 octets each
 *     the order of the offers                               1 octet each
 *     the mechanism's offer from 1, where its identifier stands in the list and
 *     how long it is                                        8 octets each
 *     the MechTypeList; the acceptor's greeting             8 octets of length before
 *     the greeting's offer                                  8 octets
 *     the pieces of a token that have come; those that wait to go; the mechanism's own
 *     state                                                 8 octets of length before
 *     CRC-32 of all of it                                   4 octets
 *
 * Numbers are little-endian.  export.c writes it, import.c believes nothing of it. */
#ifndef SPNEGO_ARCHIVE_H
#define SPNEGO_ARCHIVE_H

#include "context.h"

#define SPNEGO_ARCHIVE_MAGIC "SPNX"
#define SPNEGO_ARCHIVE_VERSION 2
#define SPNEGO_ARCHIVE_HEADER 10 /* octets */
#define SPNEGO_ARCHIVE_TRAILER 4 /* octets */

/* A member of struct spnego_ctx: a number that is at most `max`. */
struct spnego_member {
    size_t at;
    size_t size;
    uint64_t max;
};
extern const struct spnego_member spnego_members[] SPNEGO_HIDDEN;
extern const size_t spnego_members_count SPNEGO_HIDDEN;

uint64_t spnego_member_get(const struct spnego_ctx *ctx, const struct spnego_member *member);
void spnego_member_set(struct spnego_ctx *ctx, const struct spnego_member *member,
                       uint64_t value);

/* spnego_crc32 goes on from `crc`, which is 0 at first.  It finds accidents. */
uint32_t spnego_crc32(uint32_t crc, struct spnego_slice octets);
uint32_t spnego_offers_checksum(const struct spnego_config *config);

#endif
