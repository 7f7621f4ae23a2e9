/* options.c: the command line, by getopt_long. */
#include "options.h"

#include <getopt.h>
#include <spnego/base.h>
#include <unistd.h>

static const char help[] =
    "usage: spnego-check [options] [file ...]\n"
    "\n"
    "Says what a SPNEGO, NegoEx or GSS-API token is and whether it is sound.\n"
    "Without a file, or with \"-\", it reads standard input.\n"
    "\n"
    "      --from FORM      auto, hex, base64, http, pem or raw (default: auto)\n"
    "      --lines          every line is a token of its own\n"
    "      --format FORMAT  text, json or ndjson (default: text)\n"
    "      --profile NAME   strict, or interop: deviations that peers are known\n"
    "                       for are warnings (default: interop)\n"
    "  -q, --quiet          print nothing but what could not be read\n"
    "      --color WHEN     auto, always or never (default: auto, and never when\n"
    "                       NO_COLOR is set)\n"
    "  -h, --help           print this\n"
    "      --version        print the version\n"
    "\n"
    "Exit status: 0 nothing at error level, 1 at least one finding at error\n"
    "level, 2 an input that could not be read or turned into octets, 3 usage.\n";

enum { OPT_FROM = 256, OPT_LINES, OPT_FORMAT, OPT_PROFILE, OPT_COLOR, OPT_VERSION };

static const struct option long_options[] = {
    {"from", required_argument, NULL, OPT_FROM},
    {"lines", no_argument, NULL, OPT_LINES},
    {"format", required_argument, NULL, OPT_FORMAT},
    {"profile", required_argument, NULL, OPT_PROFILE},
    {"quiet", no_argument, NULL, 'q'},
    {"color", required_argument, NULL, OPT_COLOR},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

static const char *const formats[] = {"text", "json", "ndjson", NULL};
static const char *const profiles[] = {"interop", "strict", NULL};
static const char *const colors[] = {"auto", "always", "never", NULL};

/* Returns the place of `word` in `words`, or -1. */
static int
find_word(const char *const words[], const char *word)
{
    int i;

    for (i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], word) == 0)
            return i;
    return -1;
}

static int
refuse(const char *option, const char *value, const char *expected)
{
    fprintf(stderr, "spnego-check: --%s %s: expected %s; --help lists the options\n", option,
            value, expected);
    return EXIT_USAGE;
}

static bool
wants_color(int when)
{
    const char *no_color = getenv("NO_COLOR");

    if (when != 0)
        return when == 1;
    return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0');
}

/* Takes one option; returns -1 to go on. */
static int
take(struct options *options, int *color, int option, const char *value)
{
    int place;

    switch (option) {
    case OPT_FROM:
        if (!input_form_parse(&options->from, value))
            return refuse("from", value, "auto, hex, base64, http, pem or raw");
        return -1;
    case OPT_LINES:
        options->lines = true;
        return -1;
    case OPT_FORMAT:
        place = find_word(formats, value);
        if (place < 0)
            return refuse("format", value, "text, json or ndjson");
        options->format = (enum format)place;
        return -1;
    case OPT_PROFILE:
        place = find_word(profiles, value);
        if (place < 0)
            return refuse("profile", value, "strict or interop");
        options->tolerate = place == 0 ? SPNEGO_TOLERATE_CODEC : 0;
        return -1;
    case OPT_COLOR:
        *color = find_word(colors, value);
        return *color < 0 ? refuse("color", value, "auto, always or never") : -1;
    case 'q':
        options->quiet = true;
        return -1;
    case 'h':
        fputs(help, stdout);
        return EXIT_SOUND;
    case OPT_VERSION:
        puts("spnego-check " SPNEGO_VERSION);
        return EXIT_SOUND;
    default: /* getopt_long has said what is wrong */
        fputs("spnego-check: --help lists the options\n", stderr);
        return EXIT_USAGE;
    }
}

int
options_parse(struct options *options, int argc, char **argv)
{
    static char name[] = "spnego-check";
    int option, color = 0, status;

    argv[0] = name; /* getopt_long's messages begin with it */
    memset(options, 0, sizeof(*options));
    options->from = INPUT_AUTO;
    options->tolerate = SPNEGO_TOLERATE_CODEC;
    while ((option = getopt_long(argc, argv, "qh", long_options, NULL)) != -1) {
        status = take(options, &color, option, optarg);
        if (status >= 0)
            return status;
    }
    options->color = wants_color(color);
    options->first_file = optind;
    if (options->lines && (options->from == INPUT_PEM || options->from == INPUT_RAW))
        return refuse("from", input_form_name(options->from),
                      "a form that fits in one line, because of --lines");
    return -1;
}
