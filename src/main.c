/* main.c: spnego-check.  Each input goes load -> input -> analysis -> report; run.h
 * has the modes. */
#include "run.h"

static void
check_all(struct run *run, int argc, char **argv)
{
    static char standard_input[] = "-";
    char *only[] = {standard_input};
    const struct options *options = run->options;
    size_t count = (size_t)(argc - options->first_file), i;
    char *const *names = count > 0 ? argv + options->first_file : only;

    count = count > 0 ? count : 1;
    switch (options->mode) {
    case MODE_CAPTURE:
        check_capture(run, options->capture);
        break;
    case MODE_CONVERSATION:
        check_conversation(run, count, names);
        break;
    case MODE_LINES:
        for (i = 0; i < count; i++)
            check_lines(run, names[i]);
        break;
    case MODE_TOKENS:
        for (i = 0; i < count; i++)
            check_file(run, names[i]);
        break;
    }
}

/* What was printed and could not be written is an error too. */
static int
finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fputs("spnego-check: standard output: it cannot be written\n", stderr);
    return status > EXIT_INPUT ? status : EXIT_INPUT;
}

static int
refuse(const char *what, int status)
{
    fprintf(stderr, "spnego-check: %s\n", what);
    return status;
}

static int
check(struct run *run, int argc, char **argv)
{
    const struct report_format *format = run->report.format;

    if (format->begin != NULL && !format->begin(&run->report))
        return refuse("no memory for the report", EXIT_INPUT);
    check_all(run, argc, argv);
    if (format->end != NULL && !format->end(&run->report, run->stats))
        return refuse("no memory for the report", EXIT_INPUT);
    return run->status;
}

/* Gets ready what a run needs all the time. */
static int
check_with(const struct options *options, struct keys *keys, int argc, char **argv)
{
    struct run run = {options,
                      {report_format_of(options->format), options, stdout, NULL},
                      keys,
                      NULL,
                      EXIT_SOUND};
    char error[256];
    int status;

    if (!keys_load(keys, options, error, sizeof(error)))
        return refuse(error, EXIT_USAGE);
    if (options->stats) {
        run.stats = calloc(1, sizeof(*run.stats));
        if (run.stats == NULL)
            return refuse("no memory for the statistics", EXIT_INPUT);
    }
    status = check(&run, argc, argv);
    free(run.stats);
    return status;
}

int
main(int argc, char **argv)
{
    struct options options;
    struct keys keys;
    int status = options_parse(&options, argc, argv);

    if (status < 0) {
        status = check_with(&options, &keys, argc, argv);
        keys_free(&keys);
    }
    return finish(status);
}
