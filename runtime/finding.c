/* finding.c: findings and paths in words.  The words themselves are generated
 * from findings.toml. */
#include "finding.h"

#include "finding_texts.h"
#include "reflect.h"
#include "spnego/names.h"

#include <string.h>

static const struct spnego_finding_text *
find_text(unsigned code)
{
    size_t low = 0, high = spnego_finding_texts_count, middle;

    while (low < high) {
        middle = low + (high - low) / 2;
        if (spnego_finding_texts[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == spnego_finding_texts_count || spnego_finding_texts[low].code != code)
        return NULL;
    return &spnego_finding_texts[low];
}

const char *
spnego_finding_source(unsigned code)
{
    const struct spnego_finding_text *found = find_text(code);

    return found != NULL ? found->source : NULL;
}

enum spnego_severity
spnego_finding_severity(unsigned code, unsigned tolerate)
{
    const struct spnego_finding_text *found = find_text(code);

    if (found == NULL)
        return SPNEGO_ERROR;
    if ((found->tolerance & tolerate) != 0)
        return SPNEGO_WARNING;
    return (enum spnego_severity)found->severity;
}

unsigned
spnego_finding_code_at(size_t i)
{
    return i < spnego_finding_texts_count ? spnego_finding_texts[i].code : 0;
}

unsigned
spnego_finding_tolerance(unsigned code)
{
    const struct spnego_finding_text *found = find_text(code);

    return found != NULL ? found->tolerance : 0;
}

void
spnego_text_mech(struct spnego_text *text, struct spnego_slice oid)
{
    const char *name = spnego_mech_name(spnego_oid_mech(oid));
    char dotted[SPNEGO_OID_TEXT_MAX];

    spnego_text_put(text, dotted, spnego_oid_format(dotted, sizeof(dotted), oid));
    if (name == NULL)
        return;
    spnego_text_words(text, " (");
    spnego_text_words(text, name);
    spnego_text_words(text, ")");
}

void
spnego_text_mechs(struct spnego_text *text, const struct spnego_mech_type_list *list)
{
    struct spnego_slice oid;
    size_t pos = 0, count;

    for (count = 0; spnego_mech_type_list_next(&oid, &pos, list); count++) {
        if (count > 0)
            spnego_text_words(text, ", ");
        spnego_text_mech(text, oid);
    }
}

void
spnego_text_message(struct spnego_text *text, const struct negoex_message *message)
{
    const char *name = spnego_desc_value_name(&negoex_MESSAGE_HEADER.messageType,
                                              message->header.message_type);

    spnego_text_words(text, name != NULL ? name : "an unknown message");
}

void
spnego_text_scheme(struct spnego_text *text, const struct negoex_guid *scheme)
{
    const char *name = negoex_scheme_name(negoex_guid_scheme(scheme));
    char guid[NEGOEX_GUID_TEXT_LEN + 1];

    negoex_guid_format(guid, scheme);
    spnego_text_words(text, name != NULL ? name : guid);
}

static void
put_mech(struct spnego_text *out, const struct spnego_subject *subject)
{
    if (subject->mech.len != 0)
        spnego_text_mech(out, subject->mech);
    else
        spnego_text_words(out, "the mechanism");
}

static void
put_list(struct spnego_text *out, const struct spnego_subject *subject)
{
    if (subject->list.der.len != 0)
        spnego_text_mechs(out, &subject->list);
    else
        spnego_text_words(out, "no list");
}

static void
put_message(struct spnego_text *out, const struct spnego_subject *subject)
{
    if (subject->message != NULL)
        spnego_text_message(out, subject->message);
    else
        spnego_text_words(out, "a message");
}

static void
put_scheme(struct spnego_text *out, const struct spnego_subject *subject)
{
    if (subject->scheme != NULL)
        spnego_text_scheme(out, subject->scheme);
    else
        spnego_text_words(out, "the mechanism");
}

/* What only a negotiation knows: words where it does not.  Returns as fill_in. */
static size_t
fill_in_subject(struct spnego_text *out, const char *text, const struct spnego_subject *subject)
{
    static const struct {
        const char *name;
        void (*put)(struct spnego_text *out, const struct spnego_subject *subject);
    } places[] = {{"{mech}", put_mech},
                  {"{list}", put_list},
                  {"{message}", put_message},
                  {"{scheme}", put_scheme}};
    size_t i, len;

    for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        len = strlen(places[i].name);
        if (strncmp(text, places[i].name, len) != 0)
            continue;
        places[i].put(out, subject);
        return len;
    }
    return 0;
}

/* Writes the number that a placeholder stands for, and returns the octets of
 * the placeholder; 0 if `text` does not begin with one. */
static size_t
fill_in(struct spnego_text *out, const char *text, const struct spnego_finding *finding)
{
    bool got = strncmp(text, "{got", 4) == 0;
    size_t len = got ? 4 : 5;
    uint64_t number = got ? finding->got : finding->want;

    if (!got && strncmp(text, "{want", 5) != 0)
        return 0;
    if (text[len] == '}') {
        spnego_text_number(out, number);
        return len + 1;
    }
    if (text[len + 1] == 'x')
        spnego_text_hex(out, number);
    else
        spnego_text_signed(out, (uint32_t)number);
    return len + 3;
}

void
spnego_finding_put(struct spnego_text *text, const struct spnego_finding *finding,
                   const struct spnego_subject *subject)
{
    const struct spnego_finding_text *found = find_text(finding->code);
    const char *from = found != NULL ? found->text : "an unknown finding";
    size_t skip;

    while (*from != '\0') {
        skip = fill_in(text, from, finding);
        if (skip == 0)
            skip = fill_in_subject(text, from, subject);
        if (skip == 0)
            spnego_text_put(text, from, 1);
        from += skip != 0 ? skip : 1;
    }
}

size_t
spnego_finding_format_about(char *out, size_t cap, const struct spnego_finding *finding,
                            const struct spnego_subject *subject)
{
    struct spnego_text text = {out, cap, 0};

    spnego_finding_put(&text, finding, subject);
    return spnego_text_end(&text);
}

size_t
spnego_finding_format(char *out, size_t cap, const struct spnego_finding *finding)
{
    static const struct spnego_subject nobody = {{NULL, 0}, {{NULL, 0}, NULL, 0}, NULL, NULL};

    return spnego_finding_format_about(out, cap, finding, &nobody);
}

/* A path is a list from the leaf to the top; people read it the other way. */
static const struct spnego_path *
ancestor(const struct spnego_path *path, size_t steps)
{
    while (steps-- > 0)
        path = path->parent;
    return path;
}

static bool
is_printed(const struct spnego_path *path)
{
    return path->desc != NULL && path->desc->kind != SPNEGO_KIND_FRAME;
}

size_t
spnego_path_format(char *out, size_t cap, const struct spnego_path *path)
{
    struct spnego_text text = {out, cap, 0};
    const struct spnego_path *step;
    size_t depth = 0;

    for (step = path; step != NULL; step = step->parent)
        depth++;
    while (depth-- > 0) {
        step = ancestor(path, depth);
        if (!is_printed(step))
            continue;
        if (text.len > 0)
            spnego_text_put(&text, ".", 1);
        spnego_text_put(&text, step->desc->name, strlen(step->desc->name));
        if (step->index != SPNEGO_NO_INDEX) {
            spnego_text_put(&text, "[", 1);
            spnego_text_number(&text, step->index);
            spnego_text_put(&text, "]", 1);
        }
    }
    return spnego_text_end(&text);
}

const char *
spnego_desc_value_name(const struct spnego_desc *desc, uint64_t value)
{
    size_t i;

    for (i = 0; desc->names != 0 && i < spnego_value_names_count; i++)
        if (spnego_value_names[i].table == desc->names && spnego_value_names[i].value == value)
            return spnego_value_names[i].name;
    return NULL;
}

const char *
spnego_status_name(enum spnego_status status)
{
    switch (status) {
    case SPNEGO_OK:
        return "ok";
    case SPNEGO_CONTINUE:
        return "continue";
    case SPNEGO_E_TRUNCATED:
        return "truncated";
    case SPNEGO_E_MALFORMED:
        return "malformed";
    case SPNEGO_E_UNSUPPORTED:
        return "unsupported";
    case SPNEGO_E_LIMIT:
        return "limit";
    case SPNEGO_E_SPACE:
        return "space";
    case SPNEGO_E_MEMORY:
        return "memory";
    case SPNEGO_E_NO_MECH:
        return "no mechanism";
    case SPNEGO_E_REJECTED:
        return "rejected";
    case SPNEGO_E_INTEGRITY:
        return "integrity";
    case SPNEGO_E_MECH:
        return "mechanism";
    case SPNEGO_E_STATE:
        return "state";
    }
    return "unknown";
}
