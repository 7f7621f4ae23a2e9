/* run.c: what all modes do with a token and with a conversation. */
#include "run.h"

static const char no_judgement[] = "no memory to judge it";
static const char no_report[] = "no memory to report it";

void
run_say(const struct origin *origin, const char *what)
{
    char shown[600];

    report_origin(shown, sizeof(shown), origin);
    fprintf(stderr, "spnego-check: %s: %s\n", shown, what);
}

static void
worsen(struct run *run, int status)
{
    if (run->status < status)
        run->status = status;
}

void
run_fail(struct run *run, const struct origin *origin, const char *error)
{
    run_say(origin, error);
    worsen(run, EXIT_INPUT);
}

void
run_refuse(struct run *run, const struct origin *origin, const char *error)
{
    const struct report_format *format = run->report.format;

    run_fail(run, origin, error);
    if (run->stats != NULL) {
        run->stats->inputs++;
        run->stats->unreadable++;
    }
    if (!run->options->quiet && format->unreadable != NULL &&
        !format->unreadable(&run->report, origin, error))
        run_say(origin, no_report);
}

/* Does anything in it weigh as much as --fail-on says? */
static bool
fails(const struct run *run, const struct analysis *analysis)
{
    int severity;

    for (severity = run->options->fail_on; severity <= SPNEGO_ERROR; severity++)
        if (analysis_count(analysis, (enum spnego_severity)severity) > 0)
            return true;
    return false;
}

static struct analysis_setup
setup_of(const struct run *run)
{
    const struct options *options = run->options;
    struct analysis_setup setup = {options->tolerate, SIDE_UNKNOWN, options->quiet};

    return setup;
}

void
run_token(struct run *run, const struct origin *origin, struct spnego_slice octets)
{
    const struct report_format *format = run->report.format;
    struct analysis_setup setup = setup_of(run);
    struct analysis analysis;

    if (!analysis_run(&analysis, octets, &setup)) {
        run_refuse(run, origin, no_judgement);
    } else {
        filter_analysis(&run->options->filter, &analysis);
        if (run->stats != NULL)
            stats_token(run->stats, &analysis);
        if (fails(run, &analysis))
            worsen(run, EXIT_FINDINGS);
        if (!run->options->quiet && !format->token(&run->report, origin, &analysis))
            run_fail(run, origin, no_report);
    }
    analysis_free(&analysis);
}

bool
run_conversation(struct run *run, struct conversation *conversation)
{
    struct origin origin = {conversation->name, 0, {NULL, 0}, NULL};
    size_t i;

    if (!conversation_judge(conversation) || !rules_of_keys(conversation, run->keys)) {
        run_refuse(run, &origin, no_judgement);
        return false;
    }
    for (i = 0; i < conversation->count; i++) {
        struct analysis *analysis = &conversation->turns[i].analysis;

        analysis_settle(analysis);
        filter_analysis(&run->options->filter, analysis);
        if (fails(run, analysis))
            worsen(run, EXIT_FINDINGS);
    }
    if (run->stats != NULL)
        stats_conversation(run->stats, conversation);
    if (!run->options->quiet && !run->report.format->conversation(&run->report, conversation))
        run_fail(run, &origin, no_report);
    return true;
}
