/* report_value.c: what a value means, in words that both reports use. */
#include "report.h"

#include <inttypes.h>

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
        const char *name = spnego_desc_value_name(node->desc, bit);

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

static void
number_text(char *out, size_t cap, const struct node *node)
{
    const char *name = spnego_desc_value_name(node->desc, node->value);

    if (name != NULL)
        snprintf(out, cap, "%s (%" PRIu64 ")", name, node->value);
    else
        snprintf(out, cap, "%" PRIu64, node->value);
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
    char text[160];

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
        report_escape(text, sizeof(text), contents(analysis, node));
        snprintf(out, cap, "\"%s\"", text);
        return;
    case SPNEGO_KIND_OCTETS:
        octets_text(out, cap, node);
        return;
    case SPNEGO_KIND_LIST:
        snprintf(out, cap, "%" PRIu64, node->value);
        return;
    default:
        return;
    }
}
