/* names.c: object identifiers and GUIDs as text, and the known ones. */
#include "spnego/names.h"

#include "reflect.h"
#include "text.h"

#include <string.h>

/* Reads one arc; false if it does not end or does not fit 64 bits. */
static bool
next_arc(uint64_t *arc, size_t *pos, struct spnego_slice oid)
{
    *arc = 0;
    while (*pos < oid.len) {
        uint8_t octet = oid.ptr[(*pos)++];

        if (*arc > UINT64_MAX >> 7)
            return false;
        *arc = *arc * 128 + (octet & 0x7fu);
        if (octet < 0x80)
            return true;
    }
    return false;
}

/* The first two arcs share a number: 40 * first + second.  X.690 8.19.4. */
static void
put_first_arcs(struct spnego_text *text, uint64_t arc)
{
    uint64_t first = arc < 80 ? arc / 40 : 2;

    spnego_text_number(text, first);
    spnego_text_put(text, ".", 1);
    spnego_text_number(text, arc - 40 * first);
}

size_t
spnego_oid_format(char *out, size_t cap, struct spnego_slice oid)
{
    struct spnego_text text = {out, cap, 0};
    uint64_t arc;
    size_t pos = 0;

    while (pos < oid.len) {
        bool first = pos == 0;

        /* An arc takes up to 21 characters, "..." three. */
        if (text.len > SPNEGO_OID_TEXT_MAX - 25 || !next_arc(&arc, &pos, oid)) {
            spnego_text_put(&text, "...", 3);
            break;
        }
        if (first) {
            put_first_arcs(&text, arc);
        } else {
            spnego_text_put(&text, ".", 1);
            spnego_text_number(&text, arc);
        }
    }
    return spnego_text_end(&text);
}

/* Returns the place of `octets` in a table of known ones, from 1; or 0. */
static size_t
find_known(const struct spnego_known *known, size_t count, const uint8_t *octets, size_t len)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (known[i].len == len && memcmp(known[i].octets, octets, len) == 0)
            return i + 1;
    return 0;
}

enum spnego_mech
spnego_oid_mech(struct spnego_slice oid)
{
    if (oid.len == 0)
        return SPNEGO_MECH_UNKNOWN;
    return (enum spnego_mech)find_known(spnego_known_mechs, spnego_known_mechs_count, oid.ptr,
                                        oid.len);
}

const char *
spnego_mech_name(enum spnego_mech mech)
{
    size_t place = (size_t)mech;

    if (place == 0 || place > spnego_known_mechs_count)
        return NULL;
    return spnego_known_mechs[place - 1].name;
}

struct spnego_slice
spnego_mech_oid(enum spnego_mech mech)
{
    struct spnego_slice oid = {NULL, 0};
    size_t place = (size_t)mech;

    if (place == 0 || place > spnego_known_mechs_count)
        return oid;
    oid.ptr = spnego_known_mechs[place - 1].octets;
    oid.len = spnego_known_mechs[place - 1].len;
    return oid;
}

/* Where the octets of the registry form stand on the wire; -1 is a dash. */
static const int8_t guid_order[] = {
    3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15,
};

void
negoex_guid_format(char out[NEGOEX_GUID_TEXT_LEN + 1], const struct negoex_guid *guid)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t i;

    for (i = 0; i < sizeof(guid_order); i++) {
        if (guid_order[i] < 0) {
            *out++ = '-';
            continue;
        }
        *out++ = hex[guid->octets[guid_order[i]] >> 4];
        *out++ = hex[guid->octets[guid_order[i]] & 15];
    }
    *out = '\0';
}

enum negoex_scheme
negoex_guid_scheme(const struct negoex_guid *guid)
{
    return (enum negoex_scheme)find_known(spnego_known_schemes, spnego_known_schemes_count,
                                          guid->octets, sizeof(guid->octets));
}

const char *
negoex_scheme_name(enum negoex_scheme scheme)
{
    size_t place = (size_t)scheme;

    if (place == 0 || place > spnego_known_schemes_count)
        return NULL;
    return spnego_known_schemes[place - 1].name;
}
