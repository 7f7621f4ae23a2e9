/* options_check.c: what does not go together on the command line. */
#include "options_check.h"

#include "conversation_file.h"

#include <stdio.h>
#include <string.h>

int
options_refuse(const char *option, const char *value, const char *expected)
{
    fprintf(stderr, "spnego-check: --%s %s: expected %s; --help lists the options\n", option,
            value, expected);
    return EXIT_USAGE;
}

int
options_refuse_without(const char *option, const char *needed)
{
    fprintf(stderr, "spnego-check: --%s: expected together with %s; --help lists the options\n",
            option, needed);
    return EXIT_USAGE;
}

/* A form that needs several lines, or the whole of a file, is none of a line's. */
static int
check_form(const struct options *options)
{
    const char *form = input_form_name(options->from);

    if (options->mode == MODE_CAPTURE && options->from != INPUT_AUTO)
        return options_refuse("from", form, "no form of text, because of --capture");
    if (options->mode == MODE_LINES &&
        (options->from == INPUT_PEM || options->from == INPUT_RAW))
        return options_refuse("from", form, "a form that fits in one line, because of --lines");
    if (options->mode == MODE_CONVERSATION && options->from == INPUT_PEM)
        return options_refuse("from", form,
                              "a form that fits in one line, because of --conversation");
    return -1;
}

static int
check_pairs(const struct options *options, int argc)
{
    if (options->start_line != 0 && argc - options->first_file > 1)
        return options_refuse_without("start-line", "one file only");
    if ((options->key_count > 0) != (options->enctype != 0))
        return options->key_count > 0 ? options_refuse_without("key", "--enctype")
                                      : options_refuse_without("enctype", "--key");
    if (options->mode == MODE_CAPTURE && options->first_file < argc)
        return options_refuse("capture", options->capture, "no further file");
    if (options->svg != NULL && strcmp(options->svg, "-") == 0)
        return options_refuse("svg", "-", "a file, as the report is on standard output");
    return -1;
}

/* "I:" says whose a file is and is no part of its name. */
static int
check_files(const struct options *options, int argc, char **argv)
{
    const char *name;
    int i;

    for (i = options->first_file; i < argc; i++) {
        name = argv[i];
        if (options->mode == MODE_CONVERSATION)
            (void)conversation_file_side(&name);
        if (name[0] != '\0')
            continue;
        fprintf(stderr,
                "spnego-check: \"%s\": expected the name of a file; --help lists the options\n",
                argv[i]);
        return EXIT_USAGE;
    }
    return -1;
}

int
options_check(const struct options *options, int argc, char **argv)
{
    int status = check_form(options);

    if (status < 0)
        status = check_pairs(options, argc);
    return status < 0 ? check_files(options, argc, argv) : status;
}
