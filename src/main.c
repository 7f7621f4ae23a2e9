/* main.c: spnego-check.  Each input goes load -> input -> analysis -> report. */
#include "load.h"
#include "report.h"

#include <unistd.h>

struct run {
    const struct options *options;
    int status;           /* the worst so far */
    enum input_form said; /* what the lines of this file were last taken for */
    bool any;             /* a line of this file was not blank */
};

static void
worsen(struct run *run, int status)
{
    if (run->status < status)
        run->status = status;
}

/* A sentence about an input, on standard error. */
static void
say(const char *name, const char *what)
{
    char shown[512];

    report_name(shown, sizeof(shown), name);
    fprintf(stderr, "spnego-check: %s: %s\n", shown, what);
}

static void
refuse_input(struct run *run, const char *name, const char *error)
{
    say(name, error);
    worsen(run, EXIT_INPUT);
    if (!run->options->quiet && run->options->format != FORMAT_TEXT)
        report_json_unreadable(stdout, name, error, run->options->format == FORMAT_NDJSON);
}

static void
print_report(struct run *run, const char *name, struct analysis *analysis)
{
    const struct options *options = run->options;

    if (options->quiet)
        return;
    if (options->format == FORMAT_TEXT)
        report_text(stdout, name, analysis, options->color);
    else if (!report_json(stdout, name, analysis, options->format == FORMAT_NDJSON))
        refuse_input(run, name, "no memory for its report");
}

static void
judge(struct run *run, const char *name, const struct input_octets *octets)
{
    struct spnego_slice slice = {octets->ptr, octets->len};
    struct analysis analysis;

    if (analysis_run(&analysis, slice, run->options->tolerate)) {
        print_report(run, name, &analysis);
        if (analysis_count(&analysis, SPNEGO_ERROR) > 0)
            worsen(run, EXIT_FINDINGS);
    } else {
        refuse_input(run, name, "no memory to judge it");
    }
    analysis_free(&analysis);
}

/* --from auto says what it decided; for lines, once as long as it stays so. */
static void
say_form(struct run *run, const char *name, enum input_form form)
{
    char what[32];

    if (run->options->from != INPUT_AUTO || run->options->quiet || run->said == form)
        return;
    snprintf(what, sizeof(what), "read as %s", input_form_name(form));
    say(name, what);
    if (run->options->lines)
        run->said = form;
}

/* A line of a file is line 1 of its own text: that would say nothing. */
static void
drop_line_1(char *error)
{
    static const char first[] = "line 1, ";
    char *found;

    while ((found = strstr(error, first)) != NULL)
        memmove(found, found + sizeof(first) - 1, strlen(found + sizeof(first) - 1) + 1);
}

static void
check_text(struct run *run, const char *name, const uint8_t *text, size_t len)
{
    struct input_result input;

    if (!input_decode(&input, text, len, run->options->from, token_is_known)) {
        if (run->options->lines)
            drop_line_1(input.error);
        refuse_input(run, name, input.error);
        return;
    }
    say_form(run, name, input.form);
    judge(run, name, &input.octets);
    free(input.octets.ptr);
}

static bool
is_blank(const uint8_t *text, size_t len)
{
    while (len > 0 && input_is_blank(text[len - 1]))
        len--;
    return len == 0;
}

static void
check_lines(struct run *run, const char *name, const struct input_octets *text)
{
    size_t at = 0, line = 0;
    char place[4096];

    run->any = false;
    run->said = INPUT_AUTO;
    while (at < text->len) {
        const uint8_t *start = text->ptr + at, *end = memchr(start, '\n', text->len - at);
        size_t len = end != NULL ? (size_t)(end - start) : text->len - at;

        line++;
        at += len + 1;
        snprintf(place, sizeof(place), "%s:%zu", name, line);
        if (is_blank(start, len))
            continue;
        run->any = true;
        check_text(run, place, start, len);
    }
    if (!run->any)
        refuse_input(run, name, "no line has a token");
}

/* Raw octets that were typed at a terminal have lost some on the way. */
static bool
is_typed_binary(const char *name, const struct input_octets *text, enum input_form from)
{
    size_t i;

    if (strcmp(name, "-") != 0 || !isatty(STDIN_FILENO))
        return false;
    if (from == INPUT_RAW)
        return true;
    for (i = 0; i < text->len; i++)
        if (!input_is_blank(text->ptr[i]) && (text->ptr[i] < 0x20 || text->ptr[i] >= 0x7f))
            return true;
    return false;
}

static void
check_file(struct run *run, const char *name)
{
    const char *shown = strcmp(name, "-") == 0 ? "standard input" : name;
    struct input_octets text;
    char error[256];

    if (!load_file(&text, name, error, sizeof(error))) {
        refuse_input(run, shown, error);
        return;
    }
    if (text.len == 0)
        refuse_input(run, shown, "it is empty; expected a token");
    else if (is_typed_binary(name, &text, run->options->from))
        refuse_input(run, shown,
                     "raw octets cannot be typed at a terminal; expected hex or base64");
    else if (run->options->lines)
        check_lines(run, shown, &text);
    else
        check_text(run, shown, text.ptr, text.len);
    free(text.ptr);
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

int
main(int argc, char **argv)
{
    struct options options;
    struct run run = {&options, EXIT_SOUND, INPUT_AUTO, false};
    int status = options_parse(&options, argc, argv), i;

    if (status >= 0)
        return finish(status);
    if (options.first_file == argc)
        check_file(&run, "-");
    for (i = options.first_file; i < argc; i++)
        check_file(&run, argv[i]);
    return finish(run.status);
}
