/* report_value.c: what a value means, in words that both reports use. */
#include "mech_names.h"
#include "report.h"
#include "utf16.h"

#include <inttypes.h>
#include <time.h>

void
report_escape(char *out, size_t cap, struct spnego_slice octets)
{
    size_t i, len = 0;

    for (i = 0; i < octets.len && len + 5 < cap; i++) {
        uint8_t octet = octets.ptr[i];
        const char *form = octet >= 0x20 && octet < 0x7f && octet != '\\' ? "%c" : "\\x%02x";

        len += (size_t)snprintf(out + len, cap - len, form, octet);
    }
    out[len] = '\0';
    if (i < octets.len && cap > 3)
        memcpy(out + (len > 3 ? len - 3 : 0), "...", 4);
}

/* The octets of a character in UTF-8 that is no control character; or 0. */
static size_t
utf8_len(const uint8_t *octets, size_t left)
{
    size_t len = octets[0] >= 0xf0 ? 4 : octets[0] >= 0xe0 ? 3 : 2, i;

    if (octets[0] < 0xc2 || octets[0] > 0xf4 || left < len)
        return 0;
    for (i = 1; i < len; i++)
        if ((octets[i] & 0xc0) != 0x80)
            return 0;
    return octets[0] == 0xc2 && octets[1] < 0xa0 ? 0 : len;
}

void
report_name(char *out, size_t cap, const char *name)
{
    const uint8_t *octets = (const uint8_t *)name;
    size_t left = strlen(name), len = 0, wide;

    for (; left > 0 && len + 5 < cap; octets += wide, left -= wide) {
        struct spnego_slice octet = {octets, 1};

        wide = utf8_len(octets, left);
        if (wide > 0) {
            memcpy(out + len, octets, wide);
            len += wide;
        } else {
            wide = 1;
            report_escape(out + len, cap - len, octet);
            len += strlen(out + len);
        }
    }
    out[len] = '\0';
}

static struct spnego_slice
contents(const struct analysis *analysis, const struct node *node)
{
    struct spnego_slice slice = {analysis->octets.ptr + node->value_off, node->value_len};

    return slice;
}

static void
oid_text(char *out, size_t cap, struct spnego_slice oid)
{
    char number[SPNEGO_OID_TEXT_MAX];
    const char *name = spnego_mech_name(spnego_oid_mech(oid));

    spnego_oid_format(number, sizeof(number), oid);
    if (name != NULL)
        snprintf(out, cap, "%s (%s)", name, number);
    else
        snprintf(out, cap, "%s", number);
}

static void
guid_text(char *out, size_t cap, struct spnego_slice octets)
{
    struct negoex_guid guid;
    char number[NEGOEX_GUID_TEXT_LEN + 1];
    const char *name;

    memcpy(guid.octets, octets.ptr, sizeof(guid.octets));
    negoex_guid_format(number, &guid);
    name = negoex_scheme_name(negoex_guid_scheme(&guid));
    if (name != NULL)
        snprintf(out, cap, "%s (%s)", name, number);
    else
        snprintf(out, cap, "%s", number);
}

static void
flags_text(char *out, size_t cap, const struct node *node)
{
    size_t len = 0, bit;

    out[0] = '\0';
    for (bit = 0; bit < 32 && len < cap; bit++) {
        const char *name = value_name(node->desc, bit);

        if ((node->value >> bit & 1) == 0)
            continue;
        char number[8];

        snprintf(number, sizeof(number), "bit%zu", bit);
        len += (size_t)snprintf(out + len, cap - len, "%s%s", len > 0 ? ", " : "",
                                name != NULL ? name : number);
    }
    if (len == 0)
        snprintf(out, cap, "none");
}

/* Windows counts tenths of microseconds from 1601.  [MS-DTYP] 2.3.3 */
static bool
filetime_text(char *out, size_t cap, uint64_t value)
{
    time_t seconds = (time_t)(value / 10000000u) - (time_t)11644473600;
    struct tm tm;

    return gmtime_r(&seconds, &tm) != NULL &&
           strftime(out, cap, "%Y-%m-%d %H:%M:%S UTC", &tm) > 0;
}

/* An INTEGER of ASN.1 has a sign; the numbers of fixed layouts, u16 to u64, have none. */
static void
number_text(char *out, size_t cap, const struct node *node)
{
    const char *name = value_name(node->desc, node->value);
    char number[24];

    if (strcmp(node->desc->type, "FILETIME") == 0 && filetime_text(out, cap, node->value))
        return;
    if (node->desc->type[0] == 'u')
        snprintf(number, sizeof(number), "%" PRIu64, node->value);
    else
        snprintf(number, sizeof(number), "%" PRId64, (int64_t)node->value);
    if (name != NULL)
        snprintf(out, cap, "%s (%s)", name, number);
    else
        snprintf(out, cap, "%s", number);
}

#define SHORT_VALUE 16 /* octets that are shown one by one */

/* Octets that are a value, not somebody's token. */
static bool
is_short_value(const struct node *node)
{
    return strcmp(node->desc->type, "octets") == 0 && node->value_len > 0 &&
           node->value_len <= SHORT_VALUE;
}

static void
hex_text(char *out, size_t cap, struct spnego_slice octets)
{
    size_t i;

    for (i = 0; i < octets.len && 2 * i + 3 <= cap; i++)
        snprintf(out + 2 * i, 3, "%02x", octets.ptr[i]);
}

static void
string_text(char *out, size_t cap, const struct node *node, struct spnego_slice octets)
{
    char utf8[160], text[160];

    if (strcmp(node->desc->type, "UTF-16LE") == 0) {
        utf16_to_utf8(utf8, sizeof(utf8), octets);
        report_name(text, sizeof(text), utf8);
    } else {
        report_escape(text, sizeof(text), octets);
    }
    snprintf(out, cap, "\"%s\"", text);
}

static void
octets_text(char *out, size_t cap, const struct node *node)
{
    if (node->value_len == 0)
        snprintf(out, cap, "empty");
    else if (node->holds.family == FAMILY_UNKNOWN)
        snprintf(out, cap, "%zu octets", node->value_len);
    else
        snprintf(out, cap, "%s, %zu octets", node->holds.name, node->value_len);
}

void
value_text(char *out, size_t cap, const struct analysis *analysis, const struct node *node)
{
    out[0] = '\0';
    if (node->desc->kind == SPNEGO_KIND_FRAME && analysis->class.mech != SPNEGO_MECH_SPNEGO &&
        analysis->class.family != FAMILY_SPNEGO_INIT)
        snprintf(out, cap, "%s", analysis->class.name);
    if (!node->has_value)
        return;
    switch (tree_kind(node)) {
    case SPNEGO_KIND_OID:
        oid_text(out, cap, contents(analysis, node));
        return;
    case SPNEGO_KIND_GUID:
        guid_text(out, cap, contents(analysis, node));
        return;
    case SPNEGO_KIND_FLAGS:
        flags_text(out, cap, node);
        return;
    case SPNEGO_KIND_ENUM:
    case SPNEGO_KIND_INT:
        number_text(out, cap, node);
        return;
    case SPNEGO_KIND_TEXT:
        string_text(out, cap, node, contents(analysis, node));
        return;
    case SPNEGO_KIND_OCTETS:
        if (is_short_value(node))
            hex_text(out, cap, contents(analysis, node));
        else
            octets_text(out, cap, node);
        return;
    case SPNEGO_KIND_LIST:
        snprintf(out, cap, "%" PRIu64, node->value);
        return;
    default:
        return;
    }
}
