/* options.c: the command line, by getopt_long.  One row of a table an option. */
#include "options.h"

#include "explain.h"

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
    int color;        /* in `colors` */
};

static const char *const formats[] = {"text", "json", "ndjson", "gcc", "sarif", NULL};
static const char *const profiles[] = {"interop", "strict", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};
static const char *const levels[] = {"note", "warning", "error", "never", NULL};

static int
refuse(const char *option, const char *value, const char *expected)
{
    fprintf(stderr, "spnego-check: --%s %s: expected %s; --help lists the options\n", option,
            value, expected);
    return EXIT_USAGE;
}

/* Finds `value` in `words`.  Like all below it returns -1 to go on, or the status after
 * it has said what is wrong. */
static int
take_word(int *place, const struct taking *taking, const char *const words[], const char *value,
          const char *expected)
{
    for (*place = 0; words[*place] != NULL; (*place)++)
        if (strcmp(words[*place], value) == 0)
            return -1;
    return refuse(taking->name, value, expected);
}

static int
take_number(unsigned long *number, const struct taking *taking, const char *value)
{
    char *end;

    errno = 0;
    *number = strtoul(value, &end, 10);
    if (value[0] < '0' || value[0] > '9' || *end != '\0' || errno != 0 || *number == 0 ||
        *number > INT_MAX)
        return refuse(taking->name, value, "a number from 1 on");
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
    if (taking->options->capture != NULL)
        return refuse(taking->name, value, "one capture at a time");
    taking->options->capture = value;
    return take_mode(taking, MODE_CAPTURE);
}

static int
take_from(struct taking *taking, const char *value)
{
    if (!input_form_parse(&taking->options->from, value))
        return refuse(taking->name, value, "auto, hex, base64, http, pem or raw");
    return -1;
}

static int
take_key(struct taking *taking, const char *value)
{
    struct options *options = taking->options;

    if (options->key_count == OPTIONS_MAX_KEYS)
        return refuse(taking->name, value, "at most 8 keys");
    options->keys[options->key_count++] = value;
    return -1;
}

static int
take_decode_as(struct taking *taking, const char *value)
{
    struct options *options = taking->options;

    if (options->decode_as_count == OPTIONS_MAX_DECODE_AS)
        return refuse(taking->name, value, "at most 8 of them");
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
take_severity(struct taking *taking, const char *value)
{
    int place, status = take_word(&place, taking, levels, value, "note, warning or error");

    if (place == FAIL_NEVER)
        return refuse(taking->name, value, "note, warning or error");
    taking->options->filter.least = (enum spnego_severity)place;
    return status;
}

static int
take_fail_on(struct taking *taking, const char *value)
{
    return take_word(&taking->options->fail_on, taking, levels, value,
                     "note, warning, error or never");
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

/* An option without `take` is stored where `place` says. */
enum value { NONE, NUMBER, STRING };
static const struct row {
    const char *name;
    enum value value;
    size_t place; /* in struct options */
    int (*take)(struct taking *taking, const char *value);
} rows[] = {
    {"from", STRING, 0, take_from},
    {"lines", NONE, 0, take_lines},
    {"id-column", NUMBER, offsetof(struct options, id_column), NULL},
    {"start-line", NUMBER, offsetof(struct options, start_line), NULL},
    {"conversation", NONE, 0, take_conversation},
    {"capture", STRING, 0, take_capture},
    {"decode-as", STRING, 0, take_decode_as},
    {"key", STRING, 0, take_key},
    {"enctype", NUMBER, offsetof(struct options, enctype), NULL},
    {"ntlm-session-key", STRING, offsetof(struct options, ntlm_session_key), NULL},
    {"keytab", STRING, offsetof(struct options, keytab), NULL},
    {"format", STRING, 0, take_format},
    {"svg", STRING, offsetof(struct options, svg), NULL},
    {"profile", STRING, 0, take_profile},
    {"severity", STRING, 0, take_severity},
    {"include", STRING, 0, take_codes},
    {"exclude", STRING, 0, take_codes},
    {"fail-on", STRING, 0, take_fail_on},
    {"stats", NONE, offsetof(struct options, stats), NULL},
    {"progress", NONE, offsetof(struct options, progress), NULL},
    {"quiet", NONE, offsetof(struct options, quiet), NULL},
    {"color", STRING, 0, take_color},
    {"explain", STRING, 0, take_explain},
    {"list-findings", NONE, offsetof(struct options, list_findings), NULL},
    {"help", NONE, 0, take_help},
    {"version", NONE, 0, take_version},
};
#define ROW_COUNT (sizeof(rows) / sizeof(rows[0]))

static int
take(struct taking *taking, const struct row *row, const char *value)
{
    void *place = (char *)taking->options + row->place;

    taking->name = row->name;
    if (row->take != NULL)
        return row->take(taking, value);
    if (row->value == NUMBER)
        return take_number(place, taking, value);
    if (row->value == STRING)
        *(const char **)place = value;
    else
        *(bool *)place = true;
    return -1;
}

/* Returns the row of what getopt_long has read, or NULL after it has complained. */
static const struct row *
row_of(int option)
{
    const char *name = option == 'q' ? "quiet" : "help";
    size_t i;

    if (option == '?')
        return NULL;
    if (option >= 256)
        return &rows[option - 256];
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
        long_options[i].val = 256 + (int)i;
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

static int
refuse_without(const char *option, const char *needed)
{
    fprintf(stderr, "spnego-check: --%s: expected together with %s; --help lists the options\n",
            option, needed);
    return EXIT_USAGE;
}

/* What does not go together. */
static int
check_options(const struct options *options, int argc)
{
    const char *key = options->key_count > 0              ? "key"
                      : options->keytab != NULL           ? "keytab"
                      : options->ntlm_session_key != NULL ? "ntlm-session-key"
                                                          : NULL;
    bool one_line = options->mode == MODE_LINES || options->mode == MODE_CONVERSATION;

    if (one_line && (options->from == INPUT_PEM ||
                     (options->from == INPUT_RAW && options->mode == MODE_LINES)))
        return refuse("from", input_form_name(options->from),
                      options->mode == MODE_LINES
                          ? "a form that fits in one line, because of --lines"
                          : "a form that fits in one line, because of --conversation");
    if (options->mode != MODE_LINES && options->id_column != 0)
        return refuse_without("id-column", "--lines");
    if (options->mode != MODE_LINES && options->start_line != 0)
        return refuse_without("start-line", "--lines");
    if (options->start_line != 0 && argc - options->first_file > 1)
        return refuse_without("start-line", "one file only");
    if (options->mode != MODE_CONVERSATION && options->svg != NULL)
        return refuse_without("svg", "--conversation");
    if (key != NULL && options->mode != MODE_CONVERSATION && options->mode != MODE_CAPTURE)
        return refuse_without(key, "--conversation or --capture");
    if ((options->key_count > 0) != (options->enctype != 0))
        return options->key_count > 0 ? refuse_without("key", "--enctype")
                                      : refuse_without("enctype", "--key");
    if (options->decode_as_count > 0 && options->mode != MODE_CAPTURE)
        return refuse_without("decode-as", "--capture");
    if (options->progress && options->mode != MODE_CAPTURE)
        return refuse_without("progress", "--capture");
    if (options->mode == MODE_CAPTURE && options->first_file < argc)
        return refuse("capture", options->capture, "no further file");
    return -1;
}

int
options_parse(struct options *options, int argc, char **argv)
{
    static char name[] = "spnego-check";
    struct taking taking = {options, NULL, NULL, 0};
    int status;

    argv[0] = name; /* getopt_long's messages begin with it */
    memset(options, 0, sizeof(*options));
    options->tolerate = TOLERATE_INTEROP_PROFILE;
    options->fail_on = SPNEGO_ERROR;
    status = take_all(&taking, argc, argv);
    if (status >= 0)
        return status;
    if (options->list_findings)
        return explain_list(stdout, options->format == FORMAT_JSON) ? EXIT_SOUND : EXIT_INPUT;
    options->color = wants_color(taking.color);
    options->first_file = optind;
    return check_options(options, argc);
}
