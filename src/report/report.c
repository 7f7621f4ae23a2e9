/* report.c: what all formats share: where an input came from, and their table. */
#include "report.h"

const char *const severity_names[3] = {"note", "warning", "error"};

const struct report_format *
report_format_of(enum format format)
{
    static const struct report_format *const formats[] = {&report_format_text,
                                                          &report_format_json,
                                                          &report_format_ndjson,
                                                          &report_format_gcc,
                                                          &report_format_sarif};

    return formats[format];
}

void
report_origin(char *out, size_t cap, const struct origin *origin)
{
    size_t len;

    report_name(out, cap, origin->name);
    len = strlen(out);
    if (origin->line != 0)
        snprintf(out + len, cap - len, ":%lu", origin->line);
}

struct origin
report_turn_origin(const struct report *report, const struct conversation *conversation,
                   const struct turn *turn)
{
    struct origin origin = {conversation->name, 0, {NULL, 0}, NULL};

    if (report->options->capture != NULL)
        origin.name = report->options->capture;
    else if (turn->line != 0)
        origin.line = turn->line;
    else
        origin.name = turn->label;
    return origin;
}
