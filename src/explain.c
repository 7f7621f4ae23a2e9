/* explain.c: pages about findings, at 80 columns. */
#include "explain.h"
#include "options.h"
#include "report.h"

#include <jansson.h>
#include <spnego/findings.h>
#include <strings.h>

enum { COLUMNS = 80, INDENT = 2 };

enum profile { STRICT, INTEROP };

static const char *
severity_in(const struct explanation *entry, enum profile profile)
{
    unsigned tolerate = profile == STRICT ? 0 : TOLERATE_INTEROP_PROFILE;

    return severity_names[spnego_finding_severity(entry->code, tolerate)];
}

const struct explanation *
explanation_of(unsigned code)
{
    size_t i;

    for (i = 0; i < explanations_count; i++)
        if (explanations[i].code == code)
            return &explanations[i];
    return NULL;
}

/* The number in "SPN1007" or "1007"; 0 in other words. */
static unsigned
code_number(const char *word)
{
    const char *digits = strncasecmp(word, "SPN", 3) == 0 ? word + 3 : word;
    unsigned number = 0;

    if (strlen(digits) != 4 || strspn(digits, "0123456789") != 4)
        return 0;
    for (; *digits != '\0'; digits++)
        number = 10 * number + (unsigned)(*digits - '0');
    return number;
}

const struct explanation *
explanation_find(const char *word)
{
    size_t i;

    for (i = 0; i < explanations_count; i++)
        if (strcmp(explanations[i].name, word) == 0)
            return &explanations[i];
    return explanation_of(code_number(word));
}

/* One line of a text, broken between words; what goes on stands `hang` deeper. */
static void
put_line(FILE *out, const char *text, size_t len, size_t indent, size_t hang)
{
    while (len > 0) {
        size_t room = COLUMNS - indent, end = len;

        if (end > room) {
            for (end = room; end > 0 && text[end] != ' '; end--)
                ;
            if (end == 0)
                end = room;
        }
        fprintf(out, "%*s%.*s\n", (int)indent, "", (int)end, text);
        for (; end < len && text[end] == ' '; end++)
            ;
        text += end;
        len -= end;
        indent += hang;
        hang = 0;
    }
}

/* A text of several lines; a blank line between them where they are paragraphs. */
static void
put_lines(FILE *out, const char *text, size_t indent, bool paragraphs)
{
    for (;;) {
        size_t len = strcspn(text, "\n");

        put_line(out, text, len, indent, paragraphs ? 0 : 2);
        if (text[len] == '\0')
            return;
        if (paragraphs || len == 0)
            fputc('\n', out);
        text += len + 1;
    }
}

static void
put_section(FILE *out, const char *title, const char *text, bool paragraphs)
{
    fprintf(out, "\n%s:\n", title);
    put_lines(out, text, INDENT, paragraphs);
}

static void
put_help(FILE *out, const struct explanation *entry)
{
    put_lines(out, entry->why, 0, true);
    put_section(out, "Bad", entry->bad, false);
    put_section(out, "Good", entry->good, false);
    put_section(out, "Repair", entry->repair, true);
    if (entry->seen != NULL)
        put_section(out, "Seen", entry->seen, true);
}

char *
explanation_help(const struct explanation *entry)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    bool good;

    if (out == NULL)
        return NULL;
    put_help(out, entry);
    good = !ferror(out);
    if (fclose(out) == 0 && good)
        return text;
    free(text);
    return NULL;
}

/* A line of the table at the head of a page. */
static void
put_row(FILE *out, const char *key, const char *text)
{
    char row[512];

    snprintf(row, sizeof(row), "%-9s %s", key, text);
    put_line(out, row, strlen(row), INDENT, 10);
}

static void
put_page(FILE *out, const struct explanation *entry)
{
    char text[128];

    fprintf(out, "SPN%u: %s\n\n", entry->code, entry->title);
    put_row(out, "Name", entry->name);
    if (entry->tolerance == NULL) {
        put_row(out, "Severity", severity_in(entry, STRICT));
    } else {
        snprintf(text, sizeof(text), "%s in the strict profile, %s in the interop profile",
                 severity_in(entry, STRICT), severity_in(entry, INTEROP));
        put_row(out, "Severity", text);
        snprintf(text, sizeof(text), "with %s, in the library", entry->tolerance);
        put_row(out, "Tolerated", text);
    }
    put_row(out, "Message", entry->text);
    put_row(out, "Source", spnego_finding_source(entry->code));
    if (entry->rules[0] != '\0')
        put_row(out, "Rules", entry->rules);
    fputc('\n', out);
    put_help(out, entry);
}

int
explain_code(FILE *out, const char *code)
{
    const struct explanation *entry = explanation_find(code);

    if (entry == NULL) {
        fprintf(stderr,
                "spnego-check: --explain %s: no such finding; --list-findings prints all\n",
                code);
        return EXIT_USAGE;
    }
    put_page(out, entry);
    return EXIT_SOUND;
}

static json_t *
json_rules(const char *rules)
{
    json_t *array = json_array();

    while (*rules != '\0') {
        size_t len = strcspn(rules, " ");

        json_array_append_new(array, json_stringn(rules, len));
        rules += len + strspn(rules + len, " ");
    }
    return array;
}

static json_t *
json_entry(const struct explanation *entry)
{
    char code[8];

    snprintf(code, sizeof(code), "SPN%u", entry->code);
    return json_pack("{s:s, s:s, s:{s:s, s:s}, s:s*, s:o, s:s, s:s, s:s, s:s, s:s, s:s, s:s*, "
                     "s:s}",
                     "code", code, "name", entry->name, "severity", "strict",
                     severity_in(entry, STRICT), "interop", severity_in(entry, INTEROP),
                     "tolerance", entry->tolerance, "rules", json_rules(entry->rules), "title",
                     entry->title, "text", entry->text, "why", entry->why, "bad", entry->bad,
                     "good", entry->good, "repair", entry->repair, "seen", entry->seen,
                     "source", spnego_finding_source(entry->code));
}

static bool
list_json(FILE *out)
{
    json_t *list = json_array();
    bool good = true;
    size_t i;

    for (i = 0; i < explanations_count && good; i++)
        good = json_array_append_new(list, json_entry(&explanations[i])) == 0;
    good = good && json_dumpf(list, out, JSON_INDENT(2)) == 0;
    fputc('\n', out);
    json_decref(list);
    return good;
}

static void
list_text(FILE *out)
{
    int width = 0;
    size_t i;

    for (i = 0; i < explanations_count; i++)
        if ((int)strlen(explanations[i].name) > width)
            width = (int)strlen(explanations[i].name);
    for (i = 0; i < explanations_count; i++) {
        const struct explanation *entry = &explanations[i];
        char severity[24];

        snprintf(severity, sizeof(severity), "%s%s", severity_in(entry, STRICT),
                 entry->tolerance != NULL ? "/warning" : "");
        fprintf(out, "SPN%u  %-13s  %-*s  %s\n", entry->code, severity, width, entry->name,
                entry->title);
    }
}

bool
explain_list(FILE *out, bool json)
{
    if (json)
        return list_json(out);
    list_text(out);
    return true;
}
