/* options.c: the command line, by getopt_long.  One row of a table an option. */
#include "options_check.h"

#include "explain.h"
#include "report.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stddef.h>
#include <unistd.h>

/* What belongs to the reading of options alone. */
struct taking {
    struct options *options;
    const char *name; /* of the option that is read */
    const char *mode; /* of the option that has set the mode */
    unsigned given;   /* a bit for each row */
    int color;        /* in `colors` */
};

static const char *const formats[] = {"text", "json", "ndjson", "gcc", "sarif", NULL};
static const char *const profiles[] = {"interop", "strict", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};

/* Finds `value` in `words`.  Like all below it returns -1 to go on, or the status after
 * it has said what is wrong. */
static int
take_word(int *place, const struct taking *taking, const char *const words[], const char *value,
          const char *expected)
{
    for (*place = 0; words[*place] != NULL; (*place)++)
        if (strcmp(words[*place], value) == 0)
            return -1;
    return options_refuse(taking->name, value, expected);
}

static int
take_number(unsigned long *number, const struct taking *taking, const char *value)
{
    char *end;

    errno = 0;
    *number = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || errno != 0 || *number == 0 ||
        *number > INT_MAX)
        return options_refuse(taking->name, value, "a number from 1 on");
    return -1;
}

static int
take_mode(struct taking *taking, enum mode mode)
{
    if (taking->mode != NULL && taking->options->mode != mode) {
        fprintf(stderr,
                "spnego-check: --%s and --%s: expected one of them; --help lists the options\n",
                taking->mode, taking->name);
        return EXIT_USAGE;
    }
    taking->mode = taking->name;
    taking->options->mode = mode;
    return -1;
}

static int
take_lines(struct taking *taking, const char *value)
{
    (void)value;
    return take_mode(taking, MODE_LINES);
}

static int
take_conversation(struct taking *taking, const char *value)
{
    (void)value;
    return take_mode(taking, MODE_CONVERSATION);
}

static int
take_capture(struct taking *taking, const char *value)
{
    if (value[0] == '\0')
        return options_refuse(taking->name, "\"\"", "a value that is not empty");
    if (taking->options->capture != NULL)
        return options_refuse(taking->name, value, "one capture at a time");
    taking->options->capture = value;
    return take_mode(taking, MODE_CAPTURE);
}

static int
take_from(struct taking *taking, const char *value)
{
    if (!input_form_parse(&taking->options->from, value))
        return options_refuse(taking->name, value, "auto, hex, base64, http, pem or raw");
    return -1;
}

static int
take_key(struct taking *taking, const char *value)
{
    struct options *options = taking->options;

    if (options->key_count == OPTIONS_MAX_KEYS)
        return options_refuse(taking->name, value, "at most 8 keys");
    options->keys[options->key_count++] = value;
    return -1;
}

static int
take_decode_as(struct taking *taking, const char *value)
{
    struct options *options = taking->options;

    if (options->decode_as_count == OPTIONS_MAX_DECODE_AS)
        return options_refuse(taking->name, value, "at most 8 of them");
    options->decode_as[options->decode_as_count++] = value;
    return -1;
}

static int
take_format(struct taking *taking, const char *value)
{
    int place, status;

    status = take_word(&place, taking, formats, value, "text, json, ndjson, gcc or sarif");
    taking->options->format = (enum format)place;
    return status;
}

static int
take_profile(struct taking *taking, const char *value)
{
    int place, status = take_word(&place, taking, profiles, value, "strict or interop");

    taking->options->tolerate = place == 0 ? TOLERATE_INTEROP_PROFILE : 0;
    return status;
}

static int
take_level(int *level, const struct taking *taking, const char *value, const char *expected)
{
    for (*level = SPNEGO_NOTE; *level <= SPNEGO_ERROR; (*level)++)
        if (strcmp(severity_names[*level], value) == 0)
            return -1;
    return options_refuse(taking->name, value, expected);
}

static int
take_severity(struct taking *taking, const char *value)
{
    int level, status = take_level(&level, taking, value, "note, warning or error");

    taking->options->filter.least = (enum spnego_severity)level;
    return status;
}

static int
take_fail_on(struct taking *taking, const char *value)
{
    int *level = &taking->options->fail_on;

    if (strcmp(value, "never") != 0)
        return take_level(level, taking, value, "note, warning, error or never");
    *level = FAIL_NEVER;
    return -1;
}

static int
take_codes(struct taking *taking, const char *value)
{
    bool include = strcmp(taking->name, "include") == 0;
    size_t len;
    const char *word = filter_add(&taking->options->filter, include, value, &len);

    if (word == NULL)
        return -1;
    fprintf(stderr,
            "spnego-check: --%s %s: \"%.*s\" is no finding; --list-findings prints all\n",
            taking->name, value, (int)len, word);
    return EXIT_USAGE;
}

static int
take_color(struct taking *taking, const char *value)
{
    return take_word(&taking->color, taking, colors, value, "auto, always or never");
}

static int
take_explain(struct taking *taking, const char *value)
{
    (void)taking;
    return explain_code(stdout, value);
}

static int
take_help(struct taking *taking, const char *value)
{
    (void)taking;
    (void)value;
    fputs(options_help, stdout);
    return EXIT_SOUND;
}

static int
take_version(struct taking *taking, const char *value)
{
    (void)taking;
    (void)value;
    puts("spnego-check " SPNEGO_VERSION);
    return EXIT_SOUND;
}

/* The modes that an option belongs to. */
#define LINES (1u << MODE_LINES)
#define CONVERSATION (1u << MODE_CONVERSATION)
#define CAPTURE (1u << MODE_CAPTURE)
#define ANY 0u

/* An option without `take` is stored where `place` says. */
enum value { NONE, NUMBER, STRING };
static const struct row {
    const char *name;
    enum value value;
    unsigned modes;
    size_t place; /* in struct options */
    int (*take)(struct taking *taking, const char *value);
} rows[] = {
    {"from", STRING, ANY, 0, take_from},
    {"lines", NONE, ANY, 0, take_lines},
    {"id-column", NUMBER, LINES, offsetof(struct options, id_column), NULL},
    {"start-line", NUMBER, LINES, offsetof(struct options, start_line), NULL},
    {"conversation", NONE, ANY, 0, take_conversation},
    {"capture", STRING, ANY, 0, take_capture},
    {"decode-as", STRING, CAPTURE, 0, take_decode_as},
    {"key", STRING, CONVERSATION | CAPTURE, 0, take_key},
    {"enctype", NUMBER, ANY, offsetof(struct options, enctype), NULL},
    {"ntlm-session-key", STRING, CONVERSATION | CAPTURE,
     offsetof(struct options, ntlm_session_key), NULL},
    {"keytab", STRING, CONVERSATION | CAPTURE, offsetof(struct options, keytab), NULL},
    {"format", STRING, ANY, 0, take_format},
    {"svg", STRING, CONVERSATION, offsetof(struct options, svg), NULL},
    {"profile", STRING, ANY, 0, take_profile},
    {"severity", STRING, ANY, 0, take_severity},
    {"include", STRING, ANY, 0, take_codes},
    {"exclude", STRING, ANY, 0, take_codes},
    {"fail-on", STRING, ANY, 0, take_fail_on},
    {"stats", NONE, ANY, offsetof(struct options, stats), NULL},
    {"progress", NONE, CAPTURE, offsetof(struct options, progress), NULL},
    {"quiet", NONE, ANY, offsetof(struct options, quiet), NULL},
    {"color", STRING, ANY, 0, take_color},
    {"explain", STRING, ANY, 0, take_explain},
    {"list-findings", NONE, ANY, offsetof(struct options, list_findings), NULL},
    {"help", NONE, ANY, 0, take_help},
    {"version", NONE, ANY, 0, take_version},
};
#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

static int
take(struct taking *taking, const struct row *row, const char *value)
{
    void *place = (char *)taking->options + row->place;

    taking->name = row->name;
    taking->given |= 1u << (row - rows);
    if (row->take != NULL)
        return row->take(taking, value);
    if (row->value == NUMBER)
        return take_number(place, taking, value);
    if (row->value == STRING && value[0] == '\0')
        return options_refuse(row->name, "\"\"", "a value that is not empty");
    if (row->value == STRING)
        *(const char **)place = value;
    else
        *(bool *)place = true;
    return -1;
}

/* What getopt_long returns for the first row: more than any letter. */
#define FIRST_ROW (UCHAR_MAX + 1)

/* Returns the row of what getopt_long has read, or NULL after it has complained. */
static const struct row *
row_of(int option)
{
    const char *name = option == 'q' ? "quiet" : "help";
    size_t i;

    if (option == '?')
        return NULL;
    if (option >= FIRST_ROW)
        return &rows[option - FIRST_ROW];
    for (i = 0; strcmp(rows[i].name, name) != 0; i++)
        continue;
    return &rows[i];
}

static int
take_all(struct taking *taking, int argc, char **argv)
{
    struct option long_options[ROW_COUNT + 1];
    const struct row *row;
    int option, status;
    size_t i;

    memset(long_options, 0, sizeof(long_options));
    for (i = 0; i < ROW_COUNT; i++) {
        long_options[i].name = rows[i].name;
        long_options[i].has_arg = rows[i].value == NONE ? no_argument : required_argument;
        long_options[i].val = FIRST_ROW + (int)i;
    }
    while ((option = getopt_long(argc, argv, "qh", long_options, NULL)) != -1) {
        row = row_of(option);
        if (row == NULL) {
            fputs("spnego-check: --help lists the options\n", stderr);
            return EXIT_USAGE;
        }
        status = take(taking, row, optarg);
        if (status >= 0)
            return status;
    }
    return -1;
}

static bool
wants_color(int when)
{
    const char *no_color = getenv("NO_COLOR");

    if (when != 0)
        return when == 1;
    return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0');
}

static const char *
names_of(unsigned modes)
{
    return modes == LINES          ? "--lines"
           : modes == CONVERSATION ? "--conversation"
           : modes == CAPTURE      ? "--capture"
                                   : "--conversation or --capture";
}

static int
check_modes(const struct taking *taking)
{
    unsigned mode = 1u << taking->options->mode;
    size_t i;

    for (i = 0; i < ROW_COUNT; i++)
        if ((taking->given >> i & 1) != 0 && rows[i].modes != ANY && !(rows[i].modes & mode))
            return options_refuse_without(rows[i].name, names_of(rows[i].modes));
    return -1;
}

int
options_parse(struct options *options, int argc, char **argv)
{
    static char name[] = "spnego-check";
    struct taking taking = {options, NULL, NULL, 0, 0};
    int status;

    argv[0] = name; /* getopt_long's messages begin with it */
    memset(options, 0, sizeof(*options));
    options->tolerate = TOLERATE_INTEROP_PROFILE;
    options->fail_on = SPNEGO_ERROR;
    status = take_all(&taking, argc, argv);
    if (status >= 0)
        return status;
    if (options->list_findings && options->format > FORMAT_JSON)
        return options_refuse("format", formats[options->format],
                              "text or json, because of --list-findings");
    if (options->list_findings)
        return explain_list(stdout, options->format == FORMAT_JSON) ? EXIT_SOUND : EXIT_INPUT;
    options->color = wants_color(taking.color);
    options->first_file = optind;
    status = check_modes(&taking);
    return status < 0 ? options_check(options, argc, argv) : status;
}
