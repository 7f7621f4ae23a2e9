/* shape.c: which tokens build.c is asked for. */
#include "oracle.h"

/* Where a length takes one octet more, and beside it. */
static const size_t edges[] = {
    0,   1,   2,   126,   127,   128,   129,   130,   253,   254,   255,
    256, 257, 258, 65532, 65533, 65534, 65535, 65536, 65537, 65538,
};
#define EDGES (sizeof(edges) / sizeof(edges[0]))
#define SHORT_EDGES (EDGES - 7)

static void
plain(struct shape *shape, size_t kind, unsigned fields)
{
    size_t i;

    shape->kind = (enum spnego_negotiation_token_kind)(kind % 3);
    shape->fields = fields;
    for (i = 0; i < STRING_COUNT; i++)
        shape->len[i] = 3 + i;
    shape->flag_bits = 7;
    shape->mech_count = 2;
    shape->oid_len = 0;
}

/* Every combination of optional fields, with strings of 0, 1 and 5 octets. */
static void
series_fields(struct shape *shape, size_t i)
{
    static const size_t lengths[] = {0, 1, 5};
    size_t s;

    plain(shape, i, (unsigned)(i / 9));
    for (s = 0; s < STRING_COUNT; s++)
        shape->len[s] = lengths[i / 3 % 3];
}

/* Every string at every edge. */
static void
series_edges(struct shape *shape, size_t i)
{
    size_t string = i / 3 % STRING_COUNT;

    plain(shape, i, string == HINT_ADDRESS ? HAS_ALL : HAS_ALL & ~(unsigned)HAS_HINT_ADDRESS);
    shape->len[string] = edges[i / (3 * STRING_COUNT)];
}

/* Every length on the way across an edge: the SEQUENCE and the tags around a
 * string cross it where the string does not. */
static void
series_short_sweep(struct shape *shape, size_t i)
{
    plain(shape, i, HAS_MECH_TYPES | HAS_TOKEN | HAS_HINTS);
    shape->len[TOKEN] = 60 + i / 3;
}

static void
series_long_sweep(struct shape *shape, size_t i)
{
    plain(shape, i, HAS_MECH_TYPES | HAS_TOKEN | HAS_HINTS);
    shape->len[TOKEN] = 65440 + i / 3;
}

static void
series_flags(struct shape *shape, size_t i)
{
    plain(shape, i % 2 * 2, HAS_ALL & ~(unsigned)HAS_HINT_ADDRESS);
    shape->flag_bits = (unsigned)(i / 2);
}

static void
series_mechs(struct shape *shape, size_t i)
{
    plain(shape, i, HAS_ALL & ~(unsigned)HAS_HINT_ADDRESS);
    shape->mech_count = 1 + i / 3;
}

static void
series_oids(struct shape *shape, size_t i)
{
    plain(shape, i, HAS_ALL & ~(unsigned)HAS_HINT_ADDRESS);
    shape->oid_len = edges[1 + i / 3];
}

static const struct series {
    size_t count;
    void (*shape)(struct shape *shape, size_t i);
} all_series[] = {
    {9 * (HAS_ALL + 1), series_fields},
    {3 * STRING_COUNT * EDGES, series_edges},
    {3 * 240, series_short_sweep},
    {3 * 110, series_long_sweep},
    {2 * 33, series_flags},
    {3 * BUILT_MECHS, series_mechs},
    {3 * (SHORT_EDGES - 1), series_oids},
};
#define SERIES (sizeof(all_series) / sizeof(all_series[0]))

size_t
shape_systematic_count(void)
{
    size_t count = 0, s;

    for (s = 0; s < SERIES; s++)
        count += all_series[s].count;
    return count;
}

void
shape_systematic(struct shape *shape, size_t i)
{
    size_t s = 0;

    while (s < SERIES - 1 && i >= all_series[s].count)
        i -= all_series[s++].count;
    all_series[s].shape(shape, i);
}

void
shape_small(struct shape *shape, struct random_source *r)
{
    size_t i;

    plain(shape, random_below(r, 3), (unsigned)random_below(r, HAS_ALL + 1));
    if (random_below(r, 8) != 0)
        shape->fields &= ~(unsigned)HAS_HINT_ADDRESS;
    if (random_below(r, 8) != 0)
        shape->fields |= HAS_MECH_TYPES;
    for (i = 0; i < STRING_COUNT; i++)
        shape->len[i] =
            random_below(r, 4) == 0 ? 100 + random_below(r, 32) : random_below(r, 16);
    shape->flag_bits = (unsigned)random_below(r, random_below(r, 4) == 0 ? 33 : 8);
    shape->mech_count = 1 + random_below(r, 4);
}

void
shape_any(struct shape *shape, struct random_source *r)
{
    size_t i;

    shape_small(shape, r);
    for (i = 0; i < STRING_COUNT; i++) {
        if (random_below(r, 2) == 0)
            shape->len[i] = edges[random_below(r, SHORT_EDGES)];
        else if (random_below(r, 40) == 0)
            shape->len[i] = edges[random_below(r, EDGES)];
    }
    shape->flag_bits = (unsigned)random_below(r, 33);
    if (random_below(r, 4) == 0)
        shape->mech_count = 1 + random_below(r, BUILT_MECHS);
    if (random_below(r, 16) == 0)
        shape->oid_len = 1 + random_below(r, 258);
}
