/* conversation_file.c: text with a token in each line. */
#include "conversation_file.h"

#include <stdio.h>

/* Where the reader stands.  The text is a copy, in which what is no part of a token
 * becomes blank, so that lines and columns stay what they are. */
struct reader {
    struct conversation *conversation;
    enum input_form form;
    enum input_form last; /* what the tokens before were taken for */
    uint8_t *text;
    size_t len;
    size_t at;   /* the start of the next line */
    size_t line; /* its number, from 1 */
    char *error;
    size_t cap;
};

/* "line 1" of a token is line `first` of the file.  The first place in the sentence comes to
 * its front; what is about the whole token has none of its own. */
static void
shift_lines(char *out, size_t cap, const char *error, size_t first)
{
    const char *found = strstr(error, "line ");
    size_t len, line, column;
    int used = 0;

    if (found != NULL &&
        sscanf(found, "line %zu, column %zu: %n", &line, &column, &used) == 2 && used > 0) {
        len = (size_t)snprintf(out, cap, "line %zu, column %zu: %.*s", line + first - 1, column,
                               (int)(found - error), error);
        error = found + used;
    } else {
        len = (size_t)snprintf(out, cap, "line %zu: ", first);
    }
    while (len < cap && (found = strstr(error, "line ")) != NULL) {
        used = 0;
        if (sscanf(found, "line %zu,%n", &line, &used) == 1 && used > 0)
            len += (size_t)snprintf(out + len, cap - len, "%.*sline %zu,", (int)(found - error),
                                    error, line + first - 1);
        else
            len += (size_t)snprintf(out + len, cap - len, "%.*sline ", (int)(found - error),
                                    error);
        error = found + (used > 0 ? used : 5);
    }
    if (len < cap)
        snprintf(out + len, cap - len, "%s", error);
}

static size_t
line_end(const struct reader *reader, size_t at)
{
    const uint8_t *end = memchr(reader->text + at, '\n', reader->len - at);

    return end != NULL ? (size_t)(end - reader->text) : reader->len;
}

/* Takes a comment out. */
static void
blank_comment(struct reader *reader, size_t at, size_t end)
{
    uint8_t *sign = memchr(reader->text + at, '#', end - at);

    if (sign != NULL)
        memset(sign, ' ', (size_t)(reader->text + end - sign));
}

/* The first octet of a line that is not blank, or its end. */
static size_t
skip_blanks(const struct reader *reader, size_t at, size_t end)
{
    while (at < end && input_is_blank(reader->text[at]))
        at++;
    return at;
}

/* A letter with a blank behind it says whose the token is. */
static bool
begins_with_letter(const struct reader *reader, size_t at, size_t end)
{
    uint8_t letter;

    at = skip_blanks(reader, at, end);
    if (at == end || (at + 1 < end && !input_is_blank(reader->text[at + 1])))
        return false;
    letter = reader->text[at] | 0x20;
    return reader->text[at] == '?' || (letter >= 'a' && letter <= 'z');
}

/* The letter becomes blank. */
static bool
take_side(struct reader *reader, size_t at, size_t end, enum side *side)
{
    static const char letters[] = "?IA"; /* in the order of enum side */
    size_t place = skip_blanks(reader, at, end);
    const char *found = strchr(letters, reader->text[place]);

    if (found == NULL) {
        snprintf(reader->error, reader->cap,
                 "line %zu, column %zu: '%c' names no side, expected I, A or ?",
                 reader->line - 1, place - at + 1, reader->text[place]);
        return false;
    }
    *side = (enum side)(found - letters);
    reader->text[place] = ' ';
    return true;
}

/* A header says by its name who sends it.  RFC 4559 4. */
static enum side
side_of_header(const uint8_t *text, size_t len)
{
    static const struct {
        const char *name;
        enum side side;
    } headers[] = {{"Authorization:", SIDE_INITIATOR},
                   {"Proxy-Authorization:", SIDE_INITIATOR},
                   {"WWW-Authenticate:", SIDE_ACCEPTOR},
                   {"Proxy-Authenticate:", SIDE_ACCEPTOR}};
    size_t i;

    for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++) {
        size_t name = strlen(headers[i].name);

        if (len >= name && strncasecmp((const char *)text, headers[i].name, name) == 0)
            return headers[i].side;
    }
    return SIDE_UNKNOWN;
}

/* The sign that curl -v prints before a header becomes blank. */
static enum side
take_header(struct reader *reader, size_t at, size_t end)
{
    at = skip_blanks(reader, at, end);
    if (end - at > 1 && memchr("<>", reader->text[at], 2) != NULL &&
        input_is_blank(reader->text[at + 1])) {
        reader->text[at] = ' ';
        at = skip_blanks(reader, at, end);
    }
    return side_of_header(reader->text + at, end - at);
}

static bool
is_empty_token(struct spnego_slice text)
{
    while (text.len > 0 && input_is_blank(text.ptr[0])) {
        text.ptr++;
        text.len--;
    }
    while (text.len > 0 && input_is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text.len == 0 || (text.len == 1 && text.ptr[0] == '-') ||
           (text.len == 2 && memcmp(text.ptr, "\"\"", 2) == 0);
}

/* No octets for an empty token; free(out->octets.ptr). */
static bool
decode(struct input_result *out, struct spnego_slice text, enum input_form form)
{
    memset(out, 0, sizeof(*out));
    return is_empty_token(text) || input_decode(out, text.ptr, text.len, form, token_is_known);
}

static bool
add_input(struct conversation *conversation, enum side side, const struct input_result *input,
          const char *label, char *error, size_t cap)
{
    struct spnego_slice octets = {input->octets.ptr, input->octets.len};

    return conversation_add(conversation, side, octets, label, 0, error, cap);
}

bool
conversation_read_one(struct conversation *conversation, enum side side,
                      struct spnego_slice text, enum input_form form, const char *label,
                      char *error, size_t cap)
{
    struct input_result input;
    bool good = false;

    if (decode(&input, text, form))
        good = add_input(conversation, side, &input, label, error, cap);
    else
        snprintf(error, cap, "%s", input.error);
    free(input.octets.ptr);
    return good;
}

/* Pairs of characters with blanks between them are hex, with a slip perhaps, though the
 * characters may be base64 as well. */
static bool
is_in_pairs(struct spnego_slice text)
{
    size_t at = 0, word, len;

    for (word = 0; word < 2; word++) {
        while (at < text.len && input_is_blank(text.ptr[at]))
            at++;
        for (len = 0; at < text.len && !input_is_blank(text.ptr[at]); at++)
            len++;
        if (len != 2)
            return false;
    }
    return true;
}

/* The further pieces of a fragment begin like nothing that is known: they are written as
 * the first one was. */
static bool
decode_like_before(struct reader *reader, struct input_result *out, struct spnego_slice text)
{
    enum input_form form = reader->form;
    struct input_result again;

    if (form == INPUT_AUTO && is_in_pairs(text))
        form = INPUT_HEX;
    if (!decode(out, text, form)) {
        if (form != INPUT_AUTO || reader->last == INPUT_AUTO ||
            !decode(&again, text, reader->last))
            return false;
        *out = again;
    }
    if (out->octets.len != 0)
        reader->last = out->form;
    return true;
}

/* Does the line at `at` go on with the token of the one before? */
static bool
is_continued(const struct reader *reader, size_t at)
{
    size_t end = at < reader->len ? line_end(reader, at) : at;

    return end > at && input_is_blank(reader->text[at]) && !begins_with_letter(reader, at, end);
}

/* Takes in the lines that go on with the token in the line before; returns their end. */
static size_t
take_lines(struct reader *reader, size_t end)
{
    while (is_continued(reader, reader->at)) {
        end = line_end(reader, reader->at);
        blank_comment(reader, reader->at, end);
        reader->at = end + 1;
        reader->line++;
    }
    return end;
}

/* Reads the token that begins in the line at `at`. */
static bool
read_token(struct reader *reader, size_t at, size_t end)
{
    size_t first = reader->line - 1;
    char label[32], error[256];
    struct input_result input;
    struct spnego_slice text = {reader->text + at, end - at};
    enum side side;
    bool good;

    if (!begins_with_letter(reader, at, end))
        side = take_header(reader, at, end);
    else if (take_side(reader, at, end, &side))
        text.len = take_lines(reader, end) - at;
    else
        return false;
    if (!decode_like_before(reader, &input, text)) {
        shift_lines(reader->error, reader->cap, input.error, first);
        return false;
    }
    snprintf(label, sizeof(label), "line %zu", first);
    good = add_input(reader->conversation, side, &input, label, error, sizeof(error));
    free(input.octets.ptr);
    if (good)
        conversation_place(reader->conversation, first);
    else
        snprintf(reader->error, reader->cap, "line %zu: %s", first, error);
    return good;
}

static bool
read_lines(struct reader *reader)
{
    while (reader->at < reader->len) {
        size_t at = reader->at, end = line_end(reader, at);

        blank_comment(reader, at, end);
        reader->at = end + 1;
        reader->line++;
        if (skip_blanks(reader, at, end) < end && !read_token(reader, at, end))
            return false;
    }
    if (reader->conversation->count > 0)
        return true;
    snprintf(reader->error, reader->cap, "no token; expected lines such as \"I 60 48 ...\"");
    return false;
}

bool
conversation_read(struct conversation *conversation, struct spnego_slice text,
                  enum input_form form, char *error, size_t cap)
{
    struct reader reader = {conversation, form, INPUT_AUTO, NULL, 0, 0, 1, error, cap};
    struct input_result plain = {.octets = {NULL, 0}};
    bool good = text.len == 0 || input_unmark(&plain, text.ptr, text.len);

    reader.text = plain.octets.ptr;
    reader.len = plain.octets.len;
    if (good)
        good = read_lines(&reader);
    else
        snprintf(error, cap, "%s", plain.error);
    free(plain.octets.ptr);
    return good;
}

enum side
conversation_file_side(const char **name)
{
    enum side side = SIDE_UNKNOWN;

    if (strncmp(*name, "I:", 2) == 0)
        side = SIDE_INITIATOR;
    else if (strncmp(*name, "A:", 2) == 0)
        side = SIDE_ACCEPTOR;
    if (side != SIDE_UNKNOWN)
        *name += 2;
    return side;
}
