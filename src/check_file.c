/* check_file.c: a file that holds one token. */
#include "load.h"
#include "run.h"

#include <unistd.h>

/* --from auto says what it decided. */
static void
say_form(const struct run *run, const struct origin *origin, enum input_form form)
{
    char what[32];

    if (run->options->from != INPUT_AUTO || run->options->quiet)
        return;
    snprintf(what, sizeof(what), "read as %s", input_form_name(form));
    run_say(origin, what);
}

static void
check_text(struct run *run, const struct origin *origin, const struct input_octets *text)
{
    struct origin told = *origin;
    struct input_result input;
    struct source source;

    if (!input_decode(&input, text->ptr, text->len, run->options->from, token_is_known)) {
        run_refuse(run, origin, input.error);
        return;
    }
    say_form(run, origin, input.form);
    source = (struct source){{text->ptr, text->len}, input.form, 0};
    told.source = &source;
    run_token(run, &told, (struct spnego_slice){input.octets.ptr, input.octets.len});
    free(input.octets.ptr);
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

void
check_file(struct run *run, const char *name)
{
    struct origin origin = {name, 0, {NULL, 0}, NULL};
    struct input_octets text;
    char error[256];

    if (strcmp(name, "-") == 0)
        origin.name = "standard input";
    if (!load_file(&text, name, error, sizeof(error))) {
        run_refuse(run, &origin, error);
        return;
    }
    if (text.len == 0)
        run_refuse(run, &origin, "it is empty; expected a token");
    else if (is_typed_binary(name, &text, run->options->from))
        run_refuse(run, &origin,
                   "raw octets cannot be typed at a terminal; expected hex or base64");
    else
        check_text(run, &origin, &text);
    free(text.ptr);
}
