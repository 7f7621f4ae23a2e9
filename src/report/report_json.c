/* report_json.c: a token and its findings as JSON, by Jansson.  README.md describes it. */
#include "report_json.h"

#include "mech_names.h"
#include "utf16.h"

/* Octets as a JSON string: ISO 8859-1, so that every octet has a character. */
static json_t *
json_latin1(struct spnego_slice octets)
{
    char *text = malloc(2 * octets.len + 1), *end = text;
    json_t *string;
    size_t i;

    if (text == NULL)
        return NULL;
    for (i = 0; i < octets.len; i++) {
        uint8_t octet = octets.ptr[i];

        if (octet >= 0x80)
            *end++ = (char)(0xc0 | octet >> 6);
        *end++ = (char)(octet >= 0x80 ? (0x80 | (octet & 0x3f)) : octet);
    }
    string = json_stringn(text, (size_t)(end - text));
    free(text);
    return string;
}

json_t *
json_text(struct spnego_slice octets)
{
    json_t *string = json_stringn((const char *)octets.ptr, octets.len);

    return string != NULL ? string : json_latin1(octets);
}

json_t *
json_oid(struct spnego_slice oid)
{
    char number[SPNEGO_OID_TEXT_MAX];

    spnego_oid_format(number, sizeof(number), oid);
    return json_pack("{s:s, s:s?}", "oid", number, "name",
                     spnego_mech_name(spnego_oid_mech(oid)));
}

/* A ConversationId is only a number; an AUTH_SCHEME may have a name. */
static json_t *
json_guid(const struct node *node, struct spnego_slice octets)
{
    struct negoex_guid guid;
    char number[NEGOEX_GUID_TEXT_LEN + 1];

    memcpy(guid.octets, octets.ptr, sizeof(guid.octets));
    negoex_guid_format(number, &guid);
    if (strcmp(node->desc->name, "conversationId") == 0)
        return json_string(number);
    return json_pack("{s:s, s:s?}", "guid", number, "name",
                     negoex_scheme_name(negoex_guid_scheme(&guid)));
}

static json_t *
json_flags(const struct node *node)
{
    json_t *names = json_array();
    size_t bit;

    for (bit = 0; bit < 32; bit++) {
        const char *name;
        char number[8];

        if ((node->value >> bit & 1) == 0)
            continue;
        name = value_name(node->desc, bit);
        snprintf(number, sizeof(number), "bit%zu", bit);
        json_array_append_new(names, json_string(name != NULL ? name : number));
    }
    return names;
}

/* Jansson's integers have a sign: what does not fit is a string. */
static json_t *
json_number(const struct node *node)
{
    const char *name = value_name(node->desc, node->value);
    char number[24];

    if (name != NULL)
        return json_string(name);
    if (value_is_signed(node) || node->value <= INT64_MAX)
        return json_integer((json_int_t)node->value);
    snprintf(number, sizeof(number), "%" PRIu64, node->value);
    return json_string(number);
}

/* A fixed number of octets is a value; other octets are somebody's token. */
static json_t *
json_octets(const struct analysis *analysis, const struct node *node)
{
    const char *kind = node->holds.name != NULL ? node->holds.name : "octets";
    char hex[2 * 64 + 1] = "";
    size_t i;

    if (strcmp(node->desc->type, "octets") == 0 && node->value_len <= 64 &&
        node->first == NULL) {
        for (i = 0; i < node->value_len; i++)
            snprintf(hex + 2 * i, 3, "%02x", analysis->octets.ptr[node->value_off + i]);
        return json_string(hex);
    }
    return json_pack("{s:I, s:I, s:s}", "offset", (json_int_t)node->value_off, "length",
                     (json_int_t)node->value_len, "kind",
                     node->value_len == 0 ? "empty" : kind);
}

/* Text of Windows is UTF-16; the other strings are of an unnamed code page. */
static json_t *
json_string_of(const struct node *node, struct spnego_slice octets)
{
    char utf8[1024];

    if (strcmp(node->desc->type, "UTF-16LE") != 0)
        return json_latin1(octets);
    return json_stringn(utf8, utf16_to_utf8(utf8, sizeof(utf8), octets));
}

/* The value of one node, without what is below it. */
static json_t *
json_value(const struct analysis *analysis, const struct node *node)
{
    struct spnego_slice octets = {analysis->octets.ptr + node->value_off, node->value_len};

    switch (tree_kind(node)) {
    case SPNEGO_KIND_OID:
        return node->has_value ? json_oid(octets) : json_null();
    case SPNEGO_KIND_GUID:
        return node->has_value ? json_guid(node, octets) : json_null();
    case SPNEGO_KIND_FLAGS:
        return json_flags(node);
    case SPNEGO_KIND_ENUM:
    case SPNEGO_KIND_INT:
        return node->has_value ? json_number(node) : json_null();
    case SPNEGO_KIND_TEXT:
        return node->has_value ? json_string_of(node, octets) : json_null();
    case SPNEGO_KIND_OCTETS:
        return node->has_value ? json_octets(analysis, node) : json_null();
    case SPNEGO_KIND_LIST:
        return json_array();
    case SPNEGO_KIND_UNKNOWN:
        return json_pack("{s:I, s:I}", "offset", (json_int_t)node->off, "length",
                         (json_int_t)node->len);
    default:
        return json_object();
    }
}

static bool
is_message(const struct node *node)
{
    return tree_child(node, "messageType") != NULL;
}

static void
append(json_t *parent, const char *name, json_t *value)
{
    json_t *list = json_object_get(parent, name);

    if (list == NULL) {
        json_object_set_new(parent, name, json_array());
        list = json_object_get(parent, name);
    }
    json_array_append_new(list, value);
}

/* A name that stands already makes a list of both, as NTLM's AV_PAIRs may do. */
static void
set(json_t *parent, const char *name, json_t *value)
{
    json_t *before = json_object_get(parent, name);

    if (before != NULL && !json_is_array(before)) {
        json_incref(before);
        json_object_del(parent, name);
        append(parent, name, before);
    }
    if (before != NULL)
        append(parent, name, value);
    else
        json_object_set_new(parent, name, value);
}

/* Puts `value` where the reader of a specification looks for it. */
static void
put(json_t *parent, const struct node *node, json_t *value)
{
    const char *name = node->desc->name;

    if (json_is_array(parent))
        json_array_append_new(parent, value);
    else if (is_message(node))
        append(parent, "negoex", value);
    else if (node->desc->kind == SPNEGO_KIND_UNKNOWN)
        append(parent, "unknownFields", value);
    else
        set(parent, strcmp(name, "messageType") == 0 ? "type" : name, value);
}

/* Below the input's own object stand the token's fields, without the frame and
 * the type's name around them: those are `framed` and `kind`. */
static bool
is_transparent(const struct node *node)
{
    const struct node *above = node->parent;
    bool outer = above->desc == NULL || above->desc->kind == SPNEGO_KIND_FRAME;

    return node->desc->kind == SPNEGO_KIND_FRAME ||
           (outer && node->desc->kind == SPNEGO_KIND_STRUCT && !is_message(node));
}

static json_t *json_below(const struct analysis *analysis, struct node *node, json_t *into);

static json_t *
json_node(const struct analysis *analysis, struct node *node)
{
    return json_below(analysis, node, json_value(analysis, node));
}

/* Recurses as deep as the schemas are nested, no deeper. */
static json_t *
json_below(const struct analysis *analysis, struct node *node, json_t *into)
{
    struct node *child;

    for (child = node->first; child != NULL; child = child->next) {
        if (is_transparent(child))
            json_below(analysis, child, into);
        else if (json_is_object(into) || json_is_array(into))
            put(into, child, json_node(analysis, child));
    }
    return into;
}

static json_t *
json_token(struct analysis *analysis)
{
    json_t *token = json_below(analysis, &analysis->tree.root, json_object());

    if (analysis->tree.root.first == NULL || analysis->class.family == FAMILY_GSS ||
        analysis->class.family == FAMILY_KERBEROS || analysis->class.family == FAMILY_NTLMSSP)
        json_object_set_new(token, "name", json_string(analysis->class.name));
    return token;
}

static json_t *
json_remark(const struct remark *remark)
{
    char code[12];

    snprintf(code, sizeof(code), "SPN%04u", remark->code);
    return json_pack("{s:s, s:s, s:I, s:I, s:s, s:s, s:s}", "code", code, "severity",
                     severity_names[remark->severity], "offset", (json_int_t)remark->off,
                     "length", (json_int_t)remark->len, "path", remark->path, "message",
                     remark->message, "source", spnego_finding_source(remark->code));
}

static json_t *
json_remarks(const struct analysis *analysis)
{
    json_t *findings = json_array();
    size_t i;

    for (i = 0; i < analysis->remark_count; i++)
        json_array_append_new(findings, json_remark(&analysis->remarks[i]));
    return findings;
}

bool
json_put_analysis(json_t *object, struct analysis *analysis)
{
    json_t *known =
        json_pack("{s:I, s:s, s:b, s:s, s:o, s:o}", "octets", (json_int_t)analysis->octets.len,
                  "kind", analysis->kind, "framed", (int)analysis->class.framed, "verdict",
                  analysis_verdict(analysis), "token", json_token(analysis), "findings",
                  json_remarks(analysis));
    bool done = json_object_update(object, known) == 0;

    json_decref(known);
    return done;
}
