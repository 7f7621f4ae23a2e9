/* check_lines.c: every line a token of its own.  One line is held at a time. */
#include "base64_line.h"
#include "line.h"
#include "report_place.h"
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LONGEST_SCHEME 9 /* "Negotiate": a word of a header, and base64 as well */

struct lines {
    struct run *run;
    struct origin origin;
    const uint8_t *start;               /* of the line */
    unsigned said;                      /* forms that lines were taken for, a bit each */
    bool any;                           /* a line was not blank */
    uint8_t octets[LINE_LIMIT / 4 * 3]; /* of a line of plain base64 */
};

static void
refuse(struct lines *lines, const char *error)
{
    run_refuse(lines->run, &lines->origin, error);
}

/* --from auto says what it decided, the first time. */
static void
say_form(struct lines *lines, enum input_form form)
{
    const struct options *options = lines->run->options;
    char what[32];

    if (options->from != INPUT_AUTO || options->quiet || (lines->said >> form & 1) != 0)
        return;
    snprintf(what, sizeof(what), "read as %s", input_form_name(form));
    run_say(&lines->origin, what);
    lines->said |= 1u << form;
}

static void
check_octets(struct lines *lines, struct spnego_slice text, enum input_form form,
             struct spnego_slice octets)
{
    struct source source = {text, form, (size_t)(text.ptr - lines->start)};

    say_form(lines, form);
    lines->origin.source = &source;
    run_token(lines->run, &lines->origin, octets);
    lines->origin.source = NULL;
}

/* Refuses for an `error` that has places in the token's own text, which begins in its line 1
 * and column 1: of the file that is this line, and `before` characters further on. */
static void
refuse_text(struct lines *lines, const char *error, size_t before)
{
    static const char place[] = "line 1, column ";
    const char *found, *number;
    size_t len = 0, at;
    char said[320];

    while ((found = strstr(error, place)) != NULL) {
        number = found + sizeof(place) - 1;
        at = (size_t)strtoul(number, NULL, 10) + before;
        len += (size_t)snprintf(said + len, sizeof(said) - len, "%.*scolumn %zu",
                                (int)(found - error), error, at);
        error = number + strspn(number, "0123456789");
    }
    snprintf(said + len, sizeof(said) - len, "%s", error);
    refuse(lines, said);
}

static void
check_text(struct lines *lines, struct spnego_slice text)
{
    size_t before = place_characters(lines->start, (size_t)(text.ptr - lines->start));
    struct input_result input;

    if (!input_decode(&input, text.ptr, text.len, lines->run->options->from, token_is_known)) {
        refuse_text(lines, input.error, before);
        return;
    }
    if (input.form == INPUT_RAW)
        refuse(lines, "it is not text; expected hex or base64");
    else
        check_octets(lines, text, input.form,
                     (struct spnego_slice){input.octets.ptr, input.octets.len});
    free(input.octets.ptr);
}

static bool
is_blank(struct spnego_slice text)
{
    while (text.len > 0 && input_is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text.len == 0;
}

/* Takes the column with the id, and leaves the last one in `*text`.  Returns how many columns
 * there are. */
static unsigned long
take_id(struct lines *lines, struct spnego_slice *text)
{
    const uint8_t *end = text->ptr + text->len, *tab;
    unsigned long column = 1;

    lines->origin.id = (struct spnego_slice){text->ptr, 0};
    for (;; column++) {
        tab = memchr(text->ptr, '\t', text->len);
        if (column == lines->run->options->id_column) {
            lines->origin.id.ptr = text->ptr;
            lines->origin.id.len = tab != NULL ? (size_t)(tab - text->ptr) : text->len;
        }
        if (tab == NULL)
            return column;
        text->ptr = tab + 1;
        text->len = (size_t)(end - text->ptr);
    }
}

/* The token of a line without its id.  Returns false if the line has no place for it. */
static bool
take_token(struct lines *lines, struct spnego_slice *text)
{
    unsigned long wanted = lines->run->options->id_column, columns;
    char error[128];

    if (wanted == 0)
        return true;
    columns = take_id(lines, text);
    if (columns > wanted)
        return true;
    snprintf(error, sizeof(error),
             "columns: %lu; --id-column says %lu, and a token is behind that", columns, wanted);
    refuse(lines, error);
    return false;
}

static void
check_line(struct lines *lines, struct spnego_slice text)
{
    const struct options *options = lines->run->options;
    bool maybe_base64 = options->from == INPUT_AUTO || options->from == INPUT_BASE64;
    size_t len;

    if (text.len > 0 && text.ptr[text.len - 1] == '\r')
        text.len--;
    lines->any |= !is_blank(text);
    if (!take_token(lines, &text))
        return;
    if (maybe_base64 && text.len > LONGEST_SCHEME &&
        base64_line_read(lines->octets, &len, text.ptr, text.len))
        check_octets(lines, text, INPUT_BASE64, (struct spnego_slice){lines->octets, len});
    else if (!is_blank(text))
        check_text(lines, text);
    else if (options->id_column != 0)
        refuse(lines, "it has no token");
}

/* Of a line that is too long only the beginning is here, with the id in it. */
static void
refuse_long(struct lines *lines, struct spnego_slice text)
{
    char error[64];

    if (lines->run->options->id_column != 0)
        (void)take_id(lines, &text);
    lines->any = true;
    snprintf(error, sizeof(error), "it is longer than %u MiB", LINE_LIMIT >> 20);
    refuse(lines, error);
}

/* Returns why there is no more to read, or NULL if all is well. */
static const char *
check_all(struct lines *lines, struct line_reader *reader)
{
    unsigned long first = lines->run->options->start_line;
    enum line_status status;
    struct spnego_slice text;
    struct input_mark mark;

    while ((status = line_next(reader, &text.ptr, &text.len)) == LINE_READ ||
           status == LINE_TOO_LONG) {
        if (reader->number == 1) {
            mark = input_mark(text.ptr, text.len);
            if (mark.unit == 2 && memchr(text.ptr, 0, text.len) != NULL)
                return "it is UTF-16; expected ASCII or UTF-8, as iconv makes it";
            if (mark.unit == 1) {
                text.ptr += mark.len;
                text.len -= mark.len;
            }
        }
        lines->origin.line = reader->number;
        lines->start = text.ptr;
        if (reader->number < first)
            lines->any = true;
        else if (status == LINE_READ)
            check_line(lines, text);
        else
            refuse_long(lines, text);
    }
    if (status == LINE_FAILED)
        return strerror(errno);
    if (first > reader->number + 1)
        return "it has fewer lines than --start-line says";
    /* With ids there is one answer a line, so none to no line at all. */
    if (lines->any || lines->run->options->id_column != 0)
        return NULL;
    return "no line has a token";
}

static void
check_stream(struct lines *lines, int file)
{
    struct line_reader reader = {file, stdout, NULL, 0, 0, false, false, false, 0};
    const char *error = check_all(lines, &reader);

    lines->origin.line = 0;
    lines->origin.id = (struct spnego_slice){NULL, 0};
    if (error != NULL)
        refuse(lines, error);
    line_free(&reader);
}

void
check_lines(struct run *run, const char *name)
{
    bool standard = strcmp(name, "-") == 0;
    struct origin origin = {standard ? "standard input" : name, 0, {NULL, 0}, NULL};
    struct lines *lines = calloc(1, sizeof(*lines));
    int file = standard ? STDIN_FILENO : open(name, O_RDONLY);

    if (lines == NULL || file < 0) {
        run_refuse(run, &origin, lines == NULL ? "no memory to read it" : strerror(errno));
    } else {
        lines->run = run;
        lines->origin = origin;
        check_stream(lines, file);
    }
    if (file >= 0 && !standard)
        close(file);
    free(lines);
}
