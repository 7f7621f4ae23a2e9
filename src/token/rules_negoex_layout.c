/* rules_negoex_layout.c: where the vectors of one NegoEx message point, and
 * what is in the lists of schemes and extensions.  Rules N15 to N36. */
#include "negoex_rules.h"

#include <stdlib.h>
#include <string.h>

#define CRITICAL 0x80000000u
#define MAX_REGIONS 160

/* The parts of a message's payload that its vectors point to. */
struct regions {
    struct spnego_slice at[MAX_REGIONS];
    size_t count;
};

static void
add_region(struct regions *regions, struct spnego_slice region)
{
    if (region.len > 0 && regions->count < MAX_REGIONS)
        regions->at[regions->count++] = region;
}

static struct spnego_slice
vector_region(struct spnego_slice message, uint32_t offset, uint32_t count, size_t width)
{
    struct spnego_slice region = {message.ptr + offset, count * width};

    return region;
}

static int
by_place(const void *a, const void *b)
{
    const struct spnego_slice *left = a, *right = b;

    return (left->ptr > right->ptr) - (left->ptr < right->ptr);
}

static void
extension_regions(struct regions *regions, const struct negoex_extension_vector *vector)
{
    struct negoex_extension extension;
    size_t i;

    if (vector->count > 0)
        add_region(regions, vector_region(vector->message, vector->offset, vector->count, 12));
    for (i = 0; negoex_extension_vector_at(&extension, vector, i); i++)
        add_region(regions, extension.extension_value);
}

static void
alert_regions(struct regions *regions, const struct negoex_alert_vector *vector)
{
    struct negoex_alert alert;
    size_t i;

    if (vector->count > 0)
        add_region(regions, vector_region(vector->message, vector->offset, vector->count, 12));
    for (i = 0; negoex_alert_vector_at(&alert, vector, i); i++)
        add_region(regions, alert.alert_value);
}

static void
find_regions(struct regions *regions, const struct negoex_message *message)
{
    const struct negoex_guid_vector *schemes = &message->u.nego_message.auth_schemes;

    switch (message->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        if (schemes->count > 0)
            add_region(regions,
                       vector_region(schemes->message, schemes->offset, schemes->count, 16));
        extension_regions(regions, &message->u.nego_message.extensions);
        break;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        add_region(regions, message->u.verify_message.checksum.checksum_value);
        break;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        alert_regions(regions, &message->u.alert_message.alerts);
        break;
    default:
        add_region(regions, message->u.exchange_message.exchange);
        break;
    }
    qsort(regions->at, regions->count, sizeof(regions->at[0]), by_place);
}

/* N17, N34: the payload is covered once, and nothing else is. */
static void
rules_of_regions(struct analysis *analysis, const struct negoex_message *message,
                 const struct regions *regions, const char *path)
{
    const uint8_t *payload = message->raw.ptr + message->header.header_length;
    const uint8_t *end = message->raw.ptr + message->raw.len, *covered = payload;
    bool overlap = false;
    size_t gap = 0, i;

    for (i = 0; i < regions->count; i++) {
        const struct spnego_slice region = regions->at[i];

        if (region.ptr < payload) {
            analysis_remark(analysis, SPN3017_PAYLOAD_IN_HEADER, region, path);
            return;
        }
        if (region.ptr < covered)
            overlap = true;
        else
            gap += (size_t)(region.ptr - covered);
        if (region.ptr + region.len > covered)
            covered = region.ptr + region.len;
    }
    gap += (size_t)(end - covered);
    if (overlap)
        analysis_remark(analysis, SPN3034_OVERLAP, message->raw, path);
    if (gap > 0) {
        struct spnego_slice rest = {payload, (size_t)(end - payload)};

        analysis_remark_numbers(analysis, SPN3035_UNREFERENCED, rest, path, gap, 0);
    }
}

/* N22: would the other layout find other extensions?  Said only if both
 * readings stay inside the message. */
static void
rules_of_layouts(struct analysis *analysis, const struct negoex_message *message,
                 const char *path)
{
    const uint8_t *raw = message->raw.ptr;
    size_t aligned_count = raw[92] + 256u * raw[93], packed_count = raw[90] + 256u * raw[91];
    uint64_t aligned =
        raw[88] + 256u * raw[89] + 65536u * raw[90] + UINT64_C(16777216) * raw[91];
    uint64_t packed =
        raw[86] + 256u * raw[87] + 65536u * raw[88] + UINT64_C(16777216) * raw[89];
    size_t len = message->raw.len;

    if (aligned_count == 0 && packed_count == 0)
        return;
    if (aligned + 12 * aligned_count <= len && packed + 12 * packed_count <= len)
        analysis_remark(analysis, SPN3022_AMBIGUOUS_EXTENSIONS, negoex_field(message, 86, 8),
                        path);
}

/* N21. */
static void
rules_of_extensions(struct analysis *analysis, const struct negoex_message *message,
                    const char *path)
{
    const struct negoex_extension_vector *vector = &message->u.nego_message.extensions;
    struct negoex_extension extension;
    size_t i;

    for (i = 0; negoex_extension_vector_at(&extension, vector, i); i++)
        if ((extension.extension_type & CRITICAL) != 0)
            analysis_remark(analysis, SPN4021_CRITICAL_EXTENSION,
                            negoex_field(message, vector->offset + 12 * i, 4), path);
}

void
negoex_scheme_rules(struct analysis *analysis, const struct negoex_guid *scheme,
                    struct spnego_slice about, const char *path)
{
    static const struct negoex_guid zero;

    if (memcmp(scheme, &zero, sizeof(zero)) == 0)
        analysis_remark(analysis, SPN4038_ZERO_SCHEME, about, path);
    if (negoex_guid_scheme(scheme) == NEGOEX_SCHEME_CERT_AUTH_DATA)
        analysis_remark(analysis, SPN4036_MISNAMED_SCHEME, about, path);
}

/* N18, N36, N38 for each scheme that is offered. */
static void
rules_of_schemes(struct analysis *analysis, const struct negoex_message *message,
                 const char *path)
{
    const struct negoex_guid_vector *schemes = &message->u.nego_message.auth_schemes;
    struct negoex_guid scheme, other;
    size_t i, j;

    for (i = 0; negoex_guid_vector_at(&scheme, schemes, i); i++) {
        struct spnego_slice about = negoex_field(message, schemes->offset + 16 * i, 16);

        for (j = 0; j < i && negoex_guid_vector_at(&other, schemes, j); j++)
            if (memcmp(&scheme, &other, sizeof(other)) == 0)
                break;
        if (j < i)
            analysis_remark(analysis, SPN4018_SCHEME_REPEATED, about, path);
        else
            negoex_scheme_rules(analysis, &scheme, about, path);
    }
}

void
negoex_layout_rules(struct analysis *analysis, const struct negoex_message *message,
                    const char *path)
{
    struct regions regions;

    if (message->header.message_type <= NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO) {
        rules_of_schemes(analysis, message, path);
        rules_of_extensions(analysis, message, path);
        rules_of_layouts(analysis, message, path);
    }
    regions.count = 0;
    find_regions(&regions, message);
    rules_of_regions(analysis, message, &regions, path);
}
