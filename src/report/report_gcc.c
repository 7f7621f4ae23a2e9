/* report_gcc.c: the lines of a compiler, which editors and build systems know how to read.
 *
 *     login.b64:1:57: warning: reqFlags is present; senders leave it out [SPN2007]
 *
 * What is sound has no line. */
#include "report_place.h"

static void
put_line(FILE *out, const char *name, const struct place *place, const char *severity)
{
    char shown[512];

    report_name(shown, sizeof(shown), name);
    fprintf(out, "%s:%lu:%lu: %s: ", shown, place->line, place->column, severity);
}

static bool
gcc_token(struct report *report, const struct origin *origin, struct analysis *analysis)
{
    struct place_finder finder;
    size_t i;

    if (analysis->remark_count == 0)
        return true;
    if (!place_find_start(&finder, origin, analysis->octets.len))
        return false;
    for (i = 0; i < analysis->remark_count; i++) {
        const struct remark *remark = &analysis->remarks[i];
        struct place place = place_find(&finder, remark->off);

        put_line(report->out, origin->name, &place, severity_names[remark->severity]);
        fprintf(report->out, "%s [SPN%04u]\n", remark->message, remark->code);
    }
    place_find_end(&finder);
    return true;
}

static bool
gcc_unreadable(struct report *report, const struct origin *origin, const char *error)
{
    struct place place;

    (void)place_of_error(&place, &error, origin);
    put_line(report->out, origin->name, &place, "error");
    fprintf(report->out, "%s [unreadable]\n", error);
    return true;
}

/* A turn has a line of a file, or a file, or a frame of a capture. */
static bool
gcc_conversation(struct report *report, struct conversation *conversation)
{
    size_t i, k;

    for (i = 0; i < conversation->count; i++) {
        const struct turn *turn = &conversation->turns[i];
        struct origin origin = report_turn_origin(report, conversation, turn);
        struct place place = {0, origin.line != 0 ? origin.line : 1, 1};

        for (k = 0; k < turn->analysis.remark_count; k++) {
            const struct remark *remark = &turn->analysis.remarks[k];

            put_line(report->out, origin.name, &place, severity_names[remark->severity]);
            if (turn->frame != 0)
                fprintf(report->out, "frame %lu: ", turn->frame);
            fprintf(report->out, "%s [SPN%04u]\n", remark->message, remark->code);
        }
    }
    return true;
}

static bool
gcc_end(struct report *report, const struct stats *stats)
{
    (void)report;
    stats_print(stderr, stats);
    return true;
}

const struct report_format report_format_gcc = {NULL, gcc_token, gcc_unreadable,
                                                gcc_conversation, gcc_end};
