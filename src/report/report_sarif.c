/* report_sarif.c: one document of SARIF 2.1.0 for the whole run.
 *
 * Results are written as they come, so that the memory does not grow with the inputs.
 * Only notifications, which have to stand behind the results, wait: in a file.
 * Sections are those of the OASIS standard. */
#include "report_json.h"
#include "report_place.h"
#include "report_sarif.h"

#define SCHEMA                                                                                 \
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"                      \
    "sarif-schema-2.1.0.json"

struct sarif {
    bool any;            /* result was written */
    bool failed;         /* something that was to be written is missing */
    FILE *notifications; /* NULL before the first */
};

/* Writes `value` as an element of an array, and drops it. */
static bool
put_element(FILE *out, json_t *value, bool first)
{
    bool done = value != NULL;

    if (done && !first)
        fputs(",\n", out);
    if (done)
        done = json_dumpf(value, out, JSON_ENSURE_ASCII | JSON_COMPACT) == 0 || ferror(out);
    json_decref(value);
    return done;
}

static bool
put_result(struct report *report, json_t *result)
{
    struct sarif *sarif = report->state;
    bool done = put_element(report->out, result, !sarif->any);

    sarif->any |= done;
    return done;
}

/* 3.4.3: a relative reference, or a file's URI.  RFC 3986 2.1. */
static json_t *
json_uri(const char *name)
{
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                "0123456789-._~/";
    size_t len = strlen(name);
    char *uri = malloc(sizeof("file://") + 3 * len), *end = uri;
    json_t *string;

    if (uri == NULL)
        return NULL;
    end += sprintf(end, "%s", name[0] == '/' ? "file://" : "");
    for (; *name != '\0'; name++)
        end +=
            sprintf(end, strchr(plain, *name) != NULL ? "%c" : "%%%02X", (unsigned char)*name);
    string = json_string(uri);
    free(uri);
    return string;
}

/* 3.28: where; `region` and `path` may be missing. */
static json_t *
json_location(const char *name, json_t *region, const char *path)
{
    json_t *logical = NULL;

    if (path != NULL && path[0] != '\0')
        logical = json_pack("[{s:s}]", "fullyQualifiedName", path);
    return json_pack("{s:{s:{s:o}, s:o*}, s:o*}", "physicalLocation", "artifactLocation", "uri",
                     json_uri(name), "region", region, "logicalLocations", logical);
}

/* 3.30: in a text by lines and columns; by octets if these count from the file's start. */
static json_t *
json_region(struct place_finder *finder, const struct remark *remark)
{
    struct place begin = place_find(finder, remark->off);
    struct place end = begin;
    json_t *region = json_object();

    if (remark->len > 0)
        end = place_find_behind(finder, remark->off + remark->len);
    if (finder->is_text || finder->origin->line != 0)
        json_object_set_new(region, "startLine", json_integer((json_int_t)begin.line));
    if (finder->is_text) {
        json_object_set_new(region, "startColumn", json_integer((json_int_t)begin.column));
        json_object_set_new(region, "endLine", json_integer((json_int_t)end.line));
        json_object_set_new(region, "endColumn", json_integer((json_int_t)end.column));
    }
    if (finder->origin->line == 0) {
        json_object_set_new(region, "byteOffset", json_integer((json_int_t)begin.off));
        json_object_set_new(region, "byteLength",
                            json_integer((json_int_t)(end.off - begin.off)));
    }
    return region;
}

/* 3.27: one finding. */
static json_t *
json_result(const struct remark *remark, json_t *location, json_t *properties)
{
    char code[12];

    snprintf(code, sizeof(code), "SPN%04u", remark->code);
    json_object_set_new(properties, "octetOffset", json_integer((json_int_t)remark->off));
    json_object_set_new(properties, "octetLength", json_integer((json_int_t)remark->len));
    return json_pack("{s:s, s:i, s:s, s:{s:s}, s:[o], s:o}", "ruleId", code, "ruleIndex",
                     sarif_rule_index(remark->code), "level", severity_names[remark->severity],
                     "message", "text", remark->message, "locations", location, "properties",
                     properties);
}

static bool
sarif_token(struct report *report, const struct origin *origin, struct analysis *analysis)
{
    struct place_finder finder;
    bool done = true;
    size_t i;

    if (analysis->remark_count == 0)
        return true;
    if (!place_find_start(&finder, origin, analysis->octets.len))
        return false;
    for (i = 0; i < analysis->remark_count && done; i++) {
        const struct remark *remark = &analysis->remarks[i];
        json_t *properties = json_object();

        if (origin->id.ptr != NULL)
            json_object_set_new(properties, "id", json_text(origin->id));
        done = put_result(report,
                          json_result(remark,
                                      json_location(origin->name, json_region(&finder, remark),
                                                    remark->path),
                                      properties));
    }
    place_find_end(&finder);
    return done;
}

static bool
put_turn(struct report *report, const struct conversation *conversation, size_t index)
{
    const struct turn *turn = &conversation->turns[index];
    struct origin origin = report_turn_origin(report, conversation, turn);
    bool done = true;
    size_t i;

    for (i = 0; i < turn->analysis.remark_count && done; i++) {
        const struct remark *remark = &turn->analysis.remarks[i];
        json_t *region = NULL, *properties;

        if (origin.line != 0)
            region = json_pack("{s:I}", "startLine", (json_int_t)origin.line);
        properties = json_pack("{s:o, s:I, s:s}", "conversation",
                               json_text((struct spnego_slice){(uint8_t *)conversation->name,
                                                               strlen(conversation->name)}),
                               "turn", (json_int_t)index + 1, "side", side_name(turn->side));
        if (turn->frame != 0)
            json_object_set_new(properties, "frame", json_integer((json_int_t)turn->frame));
        done = put_result(report,
                          json_result(remark, json_location(origin.name, region, remark->path),
                                      properties));
    }
    return done;
}

static bool
sarif_conversation(struct report *report, struct conversation *conversation)
{
    bool done = true;
    size_t i;

    for (i = 0; i < conversation->count && done; i++)
        done = put_turn(report, conversation, i);
    return done;
}

/* 3.58: an input that could not be read is about the run, and no result. */
static bool
sarif_unreadable(struct report *report, const struct origin *origin, const char *error)
{
    struct sarif *sarif = report->state;
    bool first = sarif->notifications == NULL;
    json_t *region = NULL;
    struct place place;

    if (first)
        sarif->notifications = tmpfile();
    if (place_of_error(&place, &error, origin))
        region = json_pack("{s:I, s:I}", "startLine", (json_int_t)place.line, "startColumn",
                           (json_int_t)place.column);
    sarif->failed |=
        sarif->notifications == NULL ||
        !put_element(sarif->notifications,
                     json_pack("{s:s, s:{s:o}, s:[o]}", "level", "error", "message", "text",
                               json_text((struct spnego_slice){(const uint8_t *)error,
                                                               strlen(error)}),
                               "locations", json_location(origin->name, region, NULL)),
                     first);
    return !sarif->failed;
}

/* The tool as text, to be freed; NULL if there was no memory. */
static char *
tool_text(unsigned tolerate)
{
    json_t *tool = sarif_tool(tolerate);
    char *text = json_dumps(tool, JSON_ENSURE_ASCII | JSON_COMPACT);

    json_decref(tool);
    return text;
}

static bool
sarif_begin(struct report *report)
{
    struct sarif *sarif;
    char *tool;

    if (report->options->quiet)
        return true;
    sarif = calloc(1, sizeof(*sarif));
    tool = tool_text(report->options->tolerate);
    if (sarif == NULL || tool == NULL) {
        free(sarif);
        free(tool);
        return false;
    }
    report->state = sarif;
    fprintf(report->out,
            "{\"$schema\":\"" SCHEMA "\",\n\"version\":\"2.1.0\",\n\"runs\":[{\n\"tool\":%s"
            ",\n\"columnKind\":\"unicodeCodePoints\",\n\"results\":[\n",
            tool);
    free(tool);
    return true;
}

/* Copies what waited in a file. */
static bool
put_notifications(struct report *report, FILE *from)
{
    char part[4096];
    size_t len;

    rewind(from);
    while ((len = fread(part, 1, sizeof(part), from)) > 0)
        fwrite(part, 1, len, report->out);
    return !ferror(from);
}

static bool
sarif_end(struct report *report, const struct stats *stats)
{
    struct sarif *sarif = report->state;
    bool done = true;

    stats_print(stderr, stats);
    if (sarif == NULL)
        return true;
    fprintf(report->out, "\n],\n\"invocations\":[{\"executionSuccessful\":%s",
            sarif->notifications == NULL ? "true" : "false");
    if (sarif->notifications != NULL) {
        fputs(",\"toolExecutionNotifications\":[\n", report->out);
        done = put_notifications(report, sarif->notifications);
        fputs("\n]", report->out);
        fclose(sarif->notifications);
    }
    fputs("}]\n}]}\n", report->out);
    done = done && !sarif->failed;
    free(sarif);
    return done;
}

const struct report_format report_format_sarif = {sarif_begin, sarif_token, sarif_unreadable,
                                                  sarif_conversation, sarif_end};
