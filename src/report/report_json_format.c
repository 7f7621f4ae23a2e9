/* report_json_format.c: one object for each input and each conversation; `ndjson` has each of
 * them on a line of its own. */
#include "report_json.h"

static struct spnego_slice
slice_of(const char *text)
{
    struct spnego_slice slice = {(const uint8_t *)text, strlen(text)};

    return slice;
}

/* "file", or "file:3"; a file that could be opened has no longer name. */
static json_t *
json_input(const struct origin *origin)
{
    char place[4200];

    if (origin->line == 0)
        return json_text(slice_of(origin->name));
    snprintf(place, sizeof(place), "%s:%lu", origin->name, origin->line);
    return json_text(slice_of(place));
}

static json_t *
json_origin(const struct origin *origin)
{
    json_t *object = json_object();

    if (origin->id.ptr != NULL)
        json_object_set_new(object, "id", json_text(origin->id));
    json_object_set_new(object, "input", json_input(origin));
    if (origin->line != 0)
        json_object_set_new(object, "line", json_integer((json_int_t)origin->line));
    return object;
}

/* Prints `object` if it is complete, and drops it.  That it could not be written shows at
 * the end of the run. */
static bool
print_object(struct report *report, json_t *object, bool complete)
{
    bool compact = report->options->format == FORMAT_NDJSON;
    size_t flags = JSON_ENSURE_ASCII | (compact ? JSON_COMPACT : JSON_INDENT(2));

    complete = complete && (json_dumpf(object, report->out, flags) == 0 || ferror(report->out));
    if (complete)
        fputc('\n', report->out);
    json_decref(object);
    return complete;
}

static bool
json_token(struct report *report, const struct origin *origin, struct analysis *analysis)
{
    json_t *object = json_origin(origin);

    return print_object(report, object, json_put_analysis(object, analysis));
}

static bool
json_unreadable(struct report *report, const struct origin *origin, const char *error)
{
    json_t *object = json_origin(origin);
    json_t *known = json_pack("{s:i, s:s, s:b, s:s, s:n, s:[], s:o}", "octets", 0, "kind",
                              "unknown", "framed", 0, "verdict", "invalid", "token", "findings",
                              "error", json_text(slice_of(error)));
    bool complete = json_object_update(object, known) == 0;

    json_decref(known);
    return print_object(report, object, complete);
}

static json_t *
json_turn(struct turn *turn, size_t number)
{
    json_t *object = json_pack("{s:I, s:s, s:b, s:o}", "turn", (json_int_t)number, "side",
                               side_name(turn->side), "guessed", (int)turn->side_guessed,
                               "label", json_text(slice_of(turn->label)));

    if (turn->frame != 0)
        json_object_set_new(object, "frame", json_integer((json_int_t)turn->frame));
    if (!json_put_analysis(object, &turn->analysis)) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static const char *
worst_of(const struct conversation *conversation)
{
    if (conversation_count(conversation, SPNEGO_ERROR) > 0)
        return "invalid";
    return conversation_count(conversation, SPNEGO_WARNING) > 0 ? "warning" : "valid";
}

static bool
json_conversation(struct report *report, struct conversation *conversation)
{
    static const char *const outcomes[] = {"unfinished", "complete", "rejected", "broken"};
    json_t *mech = conversation->mech.len > 0 ? json_oid(conversation->mech) : json_null();
    json_t *turns = json_array();
    bool complete = true;
    size_t i;

    for (i = 0; i < conversation->count; i++)
        complete &=
            json_array_append_new(turns, json_turn(&conversation->turns[i], i + 1)) == 0;
    return print_object(report,
                        json_pack("{s:o, s:s, s:s, s:s, s:o, s:o}", "conversation",
                                  json_text(slice_of(conversation->name)), "verdict",
                                  worst_of(conversation), "outcome",
                                  outcomes[conversation->outcome], "summary",
                                  conversation->verdict, "mech", mech, "turns", turns),
                        complete);
}

static json_t *
json_kinds(const struct stats *stats)
{
    json_t *kinds = json_object();
    size_t i;

    for (i = 0; i < STATS_KINDS && stats->kinds[i].name != NULL; i++)
        json_object_set_new(kinds, stats->kinds[i].name,
                            json_integer((json_int_t)stats->kinds[i].count));
    return kinds;
}

static json_t *
json_mechs(const struct stats *stats)
{
    json_t *mechs = json_object();
    int i;

    for (i = 0; i < STATS_MECHS; i++)
        if (stats->mechs[i] > 0)
            json_object_set_new(mechs, stats_mech_name((enum spnego_mech)i),
                                json_integer((json_int_t)stats->mechs[i]));
    return mechs;
}

static json_t *
json_counts(const struct stats *stats)
{
    json_t *counts = json_object();
    char code[12];
    unsigned i;

    for (i = 0; i < STATS_CODES; i++) {
        snprintf(code, sizeof(code), "SPN%04u", i);
        if (stats->findings[i] > 0)
            json_object_set_new(counts, code, json_integer((json_int_t)stats->findings[i]));
    }
    return counts;
}

static bool
json_end(struct report *report, const struct stats *stats)
{
    json_t *object;

    if (stats == NULL)
        return true;
    object = json_pack("{s:{s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}}", "stats", "inputs",
                       (json_int_t)stats->inputs, "valid", (json_int_t)stats->valid, "warning",
                       (json_int_t)stats->warning, "invalid", (json_int_t)stats->invalid,
                       "unreadable", (json_int_t)stats->unreadable, "conversations",
                       (json_int_t)stats->conversations, "kinds", json_kinds(stats), "mechs",
                       json_mechs(stats), "findings", json_counts(stats));
    return print_object(report, object, object != NULL);
}

const struct report_format report_format_json = {NULL, json_token, json_unreadable,
                                                 json_conversation, json_end};
const struct report_format report_format_ndjson = {NULL, json_token, json_unreadable,
                                                   json_conversation, json_end};
