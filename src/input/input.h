/*
 * input.h - from the text a person pastes to the octets of a token.
 *
 * A token reaches a person's clipboard as hex, as one of many dumps, as base64, inside an HTTP
 * header, between PEM lines or as a binary file; also in UTF-16, if PowerShell wrote the file.
 * input_decode() takes all of these, and says where it stopped when it cannot.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum input_form { INPUT_AUTO, INPUT_HEX, INPUT_BASE64, INPUT_HTTP, INPUT_PEM, INPUT_RAW };

/* Owned by the caller: free(ptr). */
struct input_octets {
    uint8_t *ptr;
    size_t len;
};

struct input_result {
    struct input_octets octets; /* at least one octet on success; { NULL, 0 } on failure */
    enum input_form form;       /* what the text was taken for; never INPUT_AUTO on success */
    char error[256];            /* on failure: what is wrong, where, and what was expected */
};

/* Whether the octets begin a token of a known kind; decides between two readings of a text. */
typedef bool input_begins_token_fn(const uint8_t *ptr, size_t len);

/* Turn text into octets.  begins_token is asked only when form is INPUT_AUTO. */
bool input_decode(struct input_result *out, const uint8_t *text, size_t len,
                  enum input_form form, input_begins_token_fn *begins_token);

/* Where in the text each octet stood that input_decode made of it, in octets from the start of
 * the text; form is what the text was taken for.  Owned by the caller: free().  NULL if there
 * was no memory. */
size_t *input_places(const uint8_t *text, size_t len, enum input_form form);

/* The byte order mark before a text: PowerShell writes UTF-16, Notepad marks UTF-8 too. */
struct input_mark {
    size_t len;  /* octets; 0: there is none */
    size_t unit; /* octets in a character of ASCII behind it: 2 in UTF-16, else 1 */
};
struct input_mark input_mark(const uint8_t *text, size_t len);

/* Copy a text without its mark, UTF-16 as the ASCII that it has to be: lines and columns stay
 * what they are.  Returns false, with the error as input_decode has it, if that cannot be. */
bool input_unmark(struct input_result *out, const uint8_t *text, size_t len);

/* "auto", "hex", "base64", "http", "pem" or "raw". */
const char *input_form_name(enum input_form form);
bool input_form_parse(enum input_form *out, const char *name);

/*
 * The rest is between input.c, which tells the forms apart, input_base64.c, and input_text.c,
 * which reads hex and dumps.
 */

/* Part of a text: from the octet at begin up to the one before end. */
struct input_span {
    size_t begin;
    size_t end;
};

/* One attempt to read a text in one form. */
struct input_reading {
    const uint8_t *text; /* all of it, so that errors can count lines */
    size_t len;
    struct input_octets octets; /* what has been read so far */
    size_t capacity;
    bool wants_places;
    size_t *places;   /* where each of the octets stood, if that is wanted; else NULL */
    size_t failed_at; /* how far into the text the attempt came */
    char error[256];
};

/* Whether the first line begins with an offset.  The octets of a dump may look like base64. */
bool input_is_dump(const struct input_reading *reading);

/* Read all of the text as hex or, if its first line has an offset, as a dump. */
bool input_read_hex(struct input_reading *reading);

bool input_read_base64(struct input_reading *reading, struct input_span span);
bool input_read_pem(struct input_reading *reading);

/* Make room for another octet; at is the place in the text to name should memory run out. */
bool input_grow(struct input_reading *reading, size_t at);

/* Describe a failure, after the line and column of at.  Always false. */
bool input_fail(struct input_reading *reading, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same because of one character: "'g' is not a hexadecimal digit", what being the end. */
bool input_reject(struct input_reading *reading, size_t at, const char *what);

/* Append an octet that was written at `at`. */
static inline bool
input_put(struct input_reading *reading, size_t at, uint8_t octet)
{
    if (reading->octets.len == reading->capacity && !input_grow(reading, at)) {
        return false;
    }
    if (reading->places != NULL) {
        reading->places[reading->octets.len] = at;
    }
    reading->octets.ptr[reading->octets.len++] = octet;
    return true;
}

static inline bool
input_is_blank(uint8_t octet)
{
    return octet == ' ' || (octet >= '\t' && octet <= '\r');
}

/* Take the line at *at, without the white space around it, and move *at behind it. */
static inline bool
input_next_line(const struct input_reading *reading, size_t *at, struct input_span *line)
{
    if (*at >= reading->len) {
        return false;
    }
    const uint8_t *newline = memchr(reading->text + *at, '\n', reading->len - *at);
    line->begin = *at;
    line->end = newline != NULL ? (size_t)(newline - reading->text) : reading->len;
    *at = line->end + 1;
    while (line->begin < line->end && input_is_blank(reading->text[line->begin])) {
        line->begin++;
    }
    while (line->end > line->begin && input_is_blank(reading->text[line->end - 1])) {
        line->end--;
    }
    return true;
}

/* In any case of letters. */
static inline bool
input_line_begins(const struct input_reading *reading, struct input_span line,
                  const char *prefix)
{
    const size_t len = strlen(prefix);
    return line.end - line.begin >= len &&
           strncasecmp((const char *)reading->text + line.begin, prefix, len) == 0;
}

#endif
