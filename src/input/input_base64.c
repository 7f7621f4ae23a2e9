/*
 * input_base64.c - base64 (RFC 4648) in both alphabets, and PEM around it.
 */
#include "input.h"

#include <string.h>

/* The six bits of a symbol, or -1. */
static int
symbol_value(uint8_t octet)
{
    static const char symbols[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                  "abcdefghijklmnopqrstuvwxyz0123456789+/";
    const int standard = octet == '-' ? '+' : octet == '_' ? '/' : octet;
    const char *found = memchr(symbols, standard, 64);
    return found != NULL ? (int)(found - symbols) : -1;
}

struct base64 {
    uint32_t bits; /* the last symbols, six bits each */
    size_t symbols;
    size_t last_symbol; /* where it is */
    size_t pads;
    bool standard; /* `+` or `/` has been seen */
    bool url_safe; /* `-` or `_` has been seen */
};

/* A group of four symbols holds three octets; this many bits of the last symbol are left over.
 */
static unsigned
leftover_bits(size_t symbols)
{
    return (unsigned)(2 * (3 - (symbols + 3) % 4));
}

static bool
add_symbol(struct input_reading *reading, struct base64 *base64, size_t at)
{
    const uint8_t octet = reading->text[at];
    const int value = symbol_value(octet);
    if (value < 0) {
        return input_reject(reading, at, "is not a base64 symbol");
    }
    if (base64->pads > 0) {
        return input_fail(reading, at, "'%c' follows the padding, expected the end", octet);
    }
    base64->standard = base64->standard || octet == '+' || octet == '/';
    base64->url_safe = base64->url_safe || octet == '-' || octet == '_';
    if (base64->standard && base64->url_safe) {
        return input_fail(reading, at, "'%c' mixes the standard and URL-safe alphabets", octet);
    }
    const size_t begun = base64->last_symbol; /* the octet began in the symbol before */
    base64->bits = base64->bits << 6 | (uint32_t)value;
    base64->symbols++;
    base64->last_symbol = at;
    return base64->symbols % 4 == 1 ||
           input_put(reading, begun, (uint8_t)(base64->bits >> leftover_bits(base64->symbols)));
}

static bool
finish_base64(struct input_reading *reading, const struct base64 *base64)
{
    const size_t pads_expected = (4 - base64->symbols % 4) % 4;
    if (base64->symbols % 4 == 1) {
        return input_fail(reading, base64->last_symbol,
                          "%zu base64 symbols end here, one too many or too few",
                          base64->symbols);
    }
    /* Logs of JWT libraries and of browsers strip the padding; without any, nothing is lost. */
    if (base64->pads != 0 && base64->pads != pads_expected) {
        return input_fail(reading, base64->last_symbol, "%zu '=' follow, expected %zu",
                          base64->pads, pads_expected);
    }
    if (base64->symbols > 0 &&
        (base64->bits & ((1U << leftover_bits(base64->symbols)) - 1)) != 0) {
        return input_fail(reading, base64->last_symbol,
                          "the unused bits of the last base64 symbol '%c' are not zero",
                          reading->text[base64->last_symbol]);
    }
    return true;
}

bool
input_read_base64(struct input_reading *reading, struct input_span span)
{
    struct base64 base64 = {.last_symbol = span.begin};
    for (size_t at = span.begin; at < span.end; at++) {
        if (reading->text[at] == '=') {
            base64.pads++;
        } else if (!input_is_blank(reading->text[at]) && !add_symbol(reading, &base64, at)) {
            return false;
        }
    }
    return finish_base64(reading, &base64);
}

/* PEM. */

/* Reads the first block; lines before it, and after, do not matter. */
bool
input_read_pem(struct input_reading *reading)
{
    static const char begin_mark[] = "-----BEGIN ";
    static const char end_mark[] = "-----END ";
    size_t at = 0;
    struct input_span begin;
    do {
        if (!input_next_line(reading, &at, &begin)) {
            return input_fail(reading, 0, "no line begins with \"-----BEGIN \"");
        }
    } while (!input_line_begins(reading, begin, begin_mark));

    struct input_span body = {.begin = at};
    struct input_span end;
    do {
        body.end = at;
        if (!input_next_line(reading, &at, &end)) {
            return input_fail(reading, begin.begin, "no \"-----END \" line follows this line");
        }
    } while (!input_line_begins(reading, end, end_mark));

    /* What comes after the marks, the closing dashes too, has to be the same. */
    const uint8_t *opened = reading->text + begin.begin + sizeof begin_mark - 1;
    const size_t closed = end.begin + sizeof end_mark - 1;
    if (begin.end - begin.begin != end.end - end.begin + 2 ||
        memcmp(opened, reading->text + closed, end.end - closed) != 0) {
        return input_fail(reading, closed, "the label differs from the one on the BEGIN line");
    }
    return input_read_base64(reading, body);
}
