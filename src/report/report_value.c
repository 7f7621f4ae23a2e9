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

/* Characters that move the cursor, or turn the direction of what is written: C1, line and
 * paragraph separators, marks of direction. */
static bool
is_unruly(uint32_t character)
{
    return character < 0xa0 || character == 0x061c ||
           (character >= 0x200e && character <= 0x200f) ||
           (character >= 0x2028 && character <= 0x202e) ||
           (character >= 0x2066 && character <= 0x2069);
}

/* The octets of a character in UTF-8 that may stand in a line; or 0.  RFC 3629 3. */
static size_t
utf8_len(const uint8_t *octets, size_t left)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t len = octets[0] >= 0xf0 ? 4 : octets[0] >= 0xe0 ? 3 : 2, i;
    uint32_t character = octets[0] & (0xffu >> (len + 1));

    if (octets[0] < 0xc2 || octets[0] > 0xf4 || left < len)
        return 0;
    for (i = 1; i < len; i++) {
        if ((octets[i] & 0xc0) != 0x80)
            return 0;
        character = character << 6 | (octets[i] & 0x3fu);
    }
    if (character < least[len] || character > 0x10ffff ||
        (character >= 0xd800 && character <= 0xdfff))
        return 0;
    return is_unruly(character) ? 0 : len;
}

/* UTF-8 stays as it is. */
static void
escape_utf8(char *out, size_t cap, struct spnego_slice text)
{
    const uint8_t *octets = text.ptr;
    size_t left = text.len, len = 0, wide;

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

void
report_name(char *out, size_t cap, const char *name)
{
    struct spnego_slice text = {(const uint8_t *)name, strlen(name)};

    escape_utf8(out, cap, text);
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

bool
value_is_signed(const struct node *node)
{
    return node->desc->type[0] != 'u' && strcmp(node->desc->type, "FILETIME") != 0;
}

static void
number_text(char *out, size_t cap, const struct node *node)
{
    const char *name = value_name(node->desc, node->value);
    char number[24];

    if (strcmp(node->desc->type, "FILETIME") == 0 && filetime_text(out, cap, node->value))
        return;
    if (value_is_signed(node))
        snprintf(number, sizeof(number), "%" PRId64, (int64_t)node->value);
    else
        snprintf(number, sizeof(number), "%" PRIu64, node->value);
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
    struct spnego_slice converted = {(const uint8_t *)utf8, 0};

    if (strcmp(node->desc->type, "UTF-16LE") == 0) {
        converted.len = utf16_to_utf8(utf8, sizeof(utf8), octets);
        escape_utf8(text, sizeof(text), converted);
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
