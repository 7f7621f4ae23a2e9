/*
 * input.c - tells the forms of a token's text apart, and reads HTTP headers.
 */
#include "input.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOWHERE SIZE_MAX

static const char *const form_names[] = {"auto", "hex", "base64", "http", "pem", "raw"};

const char *
input_form_name(enum input_form form)
{
    return form_names[form];
}

bool
input_form_parse(enum input_form *out, const char *name)
{
    for (size_t i = 0; i < sizeof form_names / sizeof form_names[0]; i++) {
        if (strcmp(name, form_names[i]) == 0) {
            *out = (enum input_form)i;
            return true;
        }
    }
    return false;
}

/* Make room for more octets. */
bool
input_grow(struct input_reading *reading, size_t at)
{
    const size_t capacity = reading->capacity == 0 ? 256 : reading->capacity * 2;
    const bool fits = capacity <= SIZE_MAX / sizeof(size_t);
    uint8_t *ptr = fits ? realloc(reading->octets.ptr, capacity) : NULL;
    size_t *places = NULL;

    if (ptr != NULL) {
        reading->octets.ptr = ptr;
    }
    if (ptr != NULL && reading->wants_places) {
        places = realloc(reading->places, capacity * sizeof *places);
    }
    if (places != NULL) {
        reading->places = places;
    }
    if (ptr == NULL || (reading->wants_places && places == NULL)) {
        return input_fail(reading, at, "out of memory after %zu octets", reading->octets.len);
    }
    reading->capacity = capacity;
    return true;
}

/* HTTP headers. */

/* The length of the word of the list that begins the span and is not part of a longer one. */
static size_t
match_word(const struct input_reading *reading, struct input_span span,
           const char *const words[])
{
    for (; *words != NULL; words++) {
        const size_t after = span.begin + strlen(*words);
        if (input_line_begins(reading, span, *words) &&
            (after == span.end || strchr(" \t,:", reading->text[after]) != NULL)) {
            return after - span.begin;
        }
    }
    return 0;
}

static size_t
match_scheme(const struct input_reading *reading, struct input_span span)
{
    static const char *const schemes[] = {"Negotiate", "Nego2", "Kerberos", "NTLM", NULL};
    return match_word(reading, span, schemes);
}

/* Whether the line has a header for tokens, or a bare scheme; line becomes the header's value.
 */
static bool
take_header_value(const struct input_reading *reading, struct input_span *line)
{
    static const char *const names[] = {"Authorization", "WWW-Authenticate",
                                        "Proxy-Authorization", "Proxy-Authenticate", NULL};
    /* `curl -v` marks the headers it sends and receives. */
    if (input_line_begins(reading, *line, "> ") || input_line_begins(reading, *line, "< ")) {
        line->begin += 2;
    }
    const size_t name = match_word(reading, *line, names);
    if (name == 0 || line->begin + name == line->end ||
        reading->text[line->begin + name] != ':') {
        return match_scheme(reading, *line) != 0;
    }
    line->begin += name + 1;
    return true;
}

/* Find the first challenge ("Basic realm=x, Negotiate YII...") with data; note a bare scheme.
 */
static bool
find_data(const struct input_reading *reading, struct input_span value, struct input_span *data,
          size_t *bare)
{
    for (size_t at = value.begin; at < value.end; at++) {
        bool quoted = false;
        while (at < value.end && input_is_blank(reading->text[at])) {
            at++;
        }
        const size_t scheme = match_scheme(reading, (struct input_span){at, value.end});
        data->begin = at + scheme;
        for (; at < value.end && (quoted || reading->text[at] != ','); at++) {
            quoted ^= reading->text[at] == '"';
        }
        data->end = at;
        while (data->begin < data->end && input_is_blank(reading->text[data->begin])) {
            data->begin++;
        }
        if (scheme > 0 && data->begin < data->end) {
            return true;
        }
        *bare = scheme > 0 && *bare == NOWHERE ? data->end : *bare;
    }
    return false;
}

static bool
read_http(struct input_reading *reading)
{
    struct input_span line;
    struct input_span data;
    size_t bare = NOWHERE;
    size_t at = 0;
    while (input_next_line(reading, &at, &line)) {
        if (take_header_value(reading, &line) && find_data(reading, line, &data, &bare)) {
            return input_read_base64(reading, data);
        }
    }
    return bare != NOWHERE
               ? input_fail(reading, bare, "no token follows the scheme, expected base64")
               : input_fail(reading, 0,
                            "no line has a header with a token, such as "
                            "\"Authorization: Negotiate YII...\"");
}

/* Telling the forms apart. */

/* Move what was read, or the error, to the result. */
static bool
finish(struct input_result *out, struct input_reading *reading, enum input_form form, bool read)
{
    if (read && reading->octets.len > 0) {
        out->octets = reading->octets;
        out->form = form;
        reading->octets.ptr = NULL;
        return true;
    }
    (void)snprintf(out->error, sizeof out->error, "%s",
                   read ? "there are no octets in it" : reading->error);
    return false;
}

static bool
read_raw(struct input_reading *reading)
{
    for (size_t at = 0; at < reading->len; at++) {
        if (!input_put(reading, at, reading->text[at])) {
            return false;
        }
    }
    return true;
}

static bool
read_form(struct input_reading *reading, enum input_form form)
{
    switch (form) {
    case INPUT_RAW:
        return read_raw(reading);
    case INPUT_HEX:
        return input_read_hex(reading);
    case INPUT_HTTP:
        return read_http(reading);
    case INPUT_PEM:
        return input_read_pem(reading);
    default:
        return input_read_base64(reading, (struct input_span){0, reading->len});
    }
}

/* Is it nothing but hexadecimal digits and blanks? */
static bool
is_all_hex(const struct input_reading *reading)
{
    size_t i;

    for (i = 0; i < reading->len; i++)
        if (!input_is_blank(reading->text[i]) &&
            strchr("0123456789abcdefABCDEF", reading->text[i]) == NULL)
            return false;
    return true;
}

/* What looks like hex is often base64 as well, and the other way round: read both. */
static bool
choose(struct input_result *out, struct input_reading *hex, struct input_reading *base64,
       input_begins_token_fn *begins_token)
{
    const bool is_hex = input_read_hex(hex);
    const bool is_base64 = read_form(base64, INPUT_BASE64);
    if (!is_hex && !is_base64) {
        const bool hex_first = hex->failed_at >= base64->failed_at;
        (void)snprintf(out->error, sizeof out->error,
                       "the text looks most like %s, but %.100s; as %s, %.90s",
                       hex_first ? "hex" : "base64", hex_first ? hex->error : base64->error,
                       hex_first ? "base64" : "hex", hex_first ? base64->error : hex->error);
        return false;
    }
    if (!is_hex && is_all_hex(hex) && !begins_token(base64->octets.ptr, base64->octets.len)) {
        /* Digits of which one was lost; that they are base64 too is chance. */
        (void)snprintf(out->error, sizeof out->error, "%s", hex->error);
        return false;
    }
    if (!is_hex || !is_base64 || hex->octets.len == 0) {
        return is_hex ? finish(out, hex, INPUT_HEX, true)
                      : finish(out, base64, INPUT_BASE64, true);
    }
    const bool hex_begins = begins_token(hex->octets.ptr, hex->octets.len);
    if (hex_begins == begins_token(base64->octets.ptr, base64->octets.len)) {
        (void)snprintf(out->error, sizeof out->error,
                       "the text reads as hex and as base64, and %s a known token; "
                       "say which with --from",
                       hex_begins ? "both begin" : "neither begins");
        return false;
    }
    return hex_begins ? finish(out, hex, INPUT_HEX, true)
                      : finish(out, base64, INPUT_BASE64, true);
}

static enum input_form
guess_form(const struct input_reading *reading)
{
    struct input_span line;
    size_t at = 0;
    for (size_t i = 0; i < reading->len; i++) {
        const uint8_t octet = reading->text[i];
        if (!input_is_blank(octet) && (octet < ' ' || octet >= 0x7f)) {
            return INPUT_RAW;
        }
    }
    while (input_next_line(reading, &at, &line)) {
        if (input_line_begins(reading, line, "-----BEGIN")) {
            return INPUT_PEM;
        }
        if (take_header_value(reading, &line)) {
            return INPUT_HTTP;
        }
    }
    return input_is_dump(reading) ? INPUT_HEX : INPUT_AUTO;
}

struct input_mark
input_mark(const uint8_t *text, size_t len)
{
    const bool wide =
        len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 || memcmp(text, "\xfe\xff", 2) == 0);
    const bool marked = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0;

    return (struct input_mark){wide ? 2 : marked ? 3 : 0, wide ? 2 : 1};
}

static bool
decode_utf16(struct input_reading *ascii, const uint8_t *text, size_t len)
{
    const size_t high = text[0] == 0xfe ? 0 : 1; /* which octet of a unit is the high one */
    for (size_t i = 2; i < len; i += 2) {
        ascii->text = ascii->octets.ptr;
        if (i + 1 == len) {
            return input_fail(ascii, ascii->octets.len,
                              "the UTF-16 text ends within a character");
        }
        const unsigned unit = text[i + high] * 256U + text[i + 1 - high];
        if (unit > 0x7f) {
            return input_fail(ascii, ascii->octets.len,
                              "U+%04X in the UTF-16 text, expected ASCII", unit);
        }
        if (!input_put(ascii, ascii->octets.len, (uint8_t)unit)) {
            return false;
        }
    }
    return true;
}

/* Begin to read `text`, behind its byte order mark.  UTF-16 becomes ASCII in `ascii`, which
 * the caller frees. */
static bool
open_text(struct input_reading *reading, struct input_reading *ascii, const uint8_t *text,
          size_t len, struct input_mark mark)
{
    const bool decoded = mark.unit == 1 || decode_utf16(ascii, text, len);

    reading->text = mark.unit == 2 ? ascii->octets.ptr : mark.len > 0 ? text + mark.len : text;
    reading->len = mark.unit == 2 ? ascii->octets.len : len - mark.len;
    return decoded;
}

/* Octets have no mark, whatever they begin with. */
static struct input_mark
mark_of(const uint8_t *text, size_t len, enum input_form form)
{
    return form != INPUT_RAW ? input_mark(text, len) : (struct input_mark){0, 1};
}

bool
input_unmark(struct input_result *out, const uint8_t *text, size_t len)
{
    const struct input_mark mark = input_mark(text, len);
    struct input_reading reading = {.text = mark.len > 0 ? text + mark.len : text,
                                    .len = len - mark.len};
    const bool done = mark.unit == 2 ? decode_utf16(&reading, text, len) : read_raw(&reading);

    *out = (struct input_result){.form = INPUT_RAW};
    if (done) {
        out->octets = reading.octets;
    } else {
        memcpy(out->error, reading.error, sizeof out->error);
        free(reading.octets.ptr);
    }
    return done;
}

static bool
decode_text(struct input_result *out, struct input_reading *reading, enum input_form form,
            input_begins_token_fn *begins_token)
{
    form = form == INPUT_AUTO ? guess_form(reading) : form;
    struct input_reading other = *reading;
    const bool decoded = form == INPUT_AUTO
                             ? choose(out, reading, &other, begins_token)
                             : finish(out, reading, form, read_form(reading, form));
    free(reading->octets.ptr);
    free(other.octets.ptr);
    return decoded;
}

bool
input_decode(struct input_result *out, const uint8_t *text, size_t len, enum input_form form,
             input_begins_token_fn *begins_token)
{
    struct input_reading reading = {.len = 0};
    struct input_reading ascii = {.len = 0};
    *out = (struct input_result){.form = form};

    const bool decoded = open_text(&reading, &ascii, text, len, mark_of(text, len, form))
                             ? decode_text(out, &reading, form, begins_token)
                             : finish(out, &ascii, form, false);
    free(ascii.octets.ptr);
    return decoded;
}

size_t *
input_places(const uint8_t *text, size_t len, enum input_form form)
{
    struct input_reading reading = {.wants_places = true};
    struct input_reading ascii = {.len = 0};
    const struct input_mark mark = mark_of(text, len, form);

    const bool read = open_text(&reading, &ascii, text, len, mark) && read_form(&reading, form);
    for (size_t i = 0; read && i < reading.octets.len; i++) {
        reading.places[i] = mark.len + mark.unit * reading.places[i];
    }
    free(ascii.octets.ptr);
    free(reading.octets.ptr);
    if (!read) {
        free(reading.places);
        return NULL;
    }
    return reading.places;
}
