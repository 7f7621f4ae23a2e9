/*
 * input_text.c - hex in its many spellings, and the dumps of xxd and its kin.
 */
#include "input.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* A `*` line makes few characters stand for many octets; this keeps it from eating the memory.
 */
#define DUMP_OCTETS_MAX ((size_t)16 * 1024 * 1024)

/* Shorter runs of digits are octets or words rather than the offset of a dump line. */
#define OFFSET_DIGITS_MIN 4
#define OFFSET_DIGITS_MAX 16

bool
input_fail(struct input_reading *reading, size_t at, const char *format, ...)
{
    size_t line = 1;
    size_t column = 1;
    for (size_t i = 0; i < at; i++) {
        const uint8_t octet = reading->text[i];
        column +=
            (octet & 0xc0) != 0x80; /* characters: UTF-8 continuation octets do not count */
        if (octet == '\n') {
            line++;
            column = 1;
        }
    }
    reading->failed_at = at;
    const int used =
        snprintf(reading->error, sizeof reading->error, "line %zu, column %zu: ", line, column);
    va_list args;
    va_start(args, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is initialized above */
    (void)vsnprintf(reading->error + used, sizeof reading->error - (size_t)used, format, args);
    va_end(args);
    return false;
}

static int
digit_value(uint8_t octet)
{
    static const char digits[] = "0123456789abcdef";
    const int lower = octet >= 'A' && octet <= 'F' ? octet + ('a' - 'A') : octet;
    const char *found = memchr(digits, lower, 16);
    return found != NULL ? (int)(found - digits) : -1;
}

/* Where the run of hexadecimal digits beginning at `at` stops. */
static size_t
digits_end(const struct input_reading *reading, size_t at, size_t end)
{
    while (at < end && digit_value(reading->text[at]) >= 0) {
        at++;
    }
    return at;
}

static size_t
blanks_end(const struct input_reading *reading, size_t at, size_t end)
{
    while (at < end && input_is_blank(reading->text[at])) {
        at++;
    }
    return at;
}

static size_t
line_end(const struct input_reading *reading, size_t at)
{
    const uint8_t *newline = memchr(reading->text + at, '\n', reading->len - at);
    return newline != NULL ? (size_t)(newline - reading->text) : reading->len;
}

/* Fail because of one character: "'g' is not a hexadecimal digit". */
bool
input_reject(struct input_reading *reading, size_t at, const char *what)
{
    const uint8_t octet = reading->text[at];
    if (octet > ' ' && octet < 0x7f) {
        return input_fail(reading, at, "'%c' %s", octet, what);
    }
    return input_fail(reading, at, "the octet 0x%02x %s", octet, what);
}

static bool
put_digit_pairs(struct input_reading *reading, size_t at, size_t end)
{
    for (; at < end; at += 2) {
        const int octet =
            digit_value(reading->text[at]) * 16 + digit_value(reading->text[at + 1]);
        if (!input_put(reading, at, (uint8_t)octet)) {
            return false;
        }
    }
    return true;
}

/* Hex without offsets. */

/* What may stand between octets: white space, and the punctuation of C, of MAC addresses... */
static bool
is_hex_separator(uint8_t octet)
{
    return input_is_blank(octet) || (octet != '\0' && strchr(",;{}:-\"", octet) != NULL);
}

/* `xxd -i` declares an array and its length; skip up to the `{` of the octets or the `;`. */
static size_t
declaration_end(const struct input_reading *reading, size_t at)
{
    static const char word[] = "unsigned ";
    const size_t len = sizeof word - 1;
    if (reading->len - at >= len && memcmp(reading->text + at, word, len) == 0) {
        while (at < reading->len && reading->text[at] != '{' && reading->text[at] != ';') {
            at++;
        }
    }
    return at;
}

/* The length of the `0x` or `\x` at `at`. */
static size_t
prefix_length(const struct input_reading *reading, size_t at)
{
    const uint8_t *text = reading->text + at;
    const bool prefixed = reading->len - at >= 2 && (text[0] == '0' || text[0] == '\\') &&
                          (text[1] == 'x' || text[1] == 'X');
    return prefixed ? 2 : 0;
}

/* Read a run of digits with or without prefix; *at moves behind it. */
static bool
read_hex_group(struct input_reading *reading, size_t *at)
{
    const bool escape = reading->text[*at] == '\\';
    const size_t begin = *at + prefix_length(reading, *at);
    const size_t end = digits_end(reading, begin, reading->len);
    const size_t count = end - begin;
    const bool ended = end == reading->len || is_hex_separator(reading->text[end]) ||
                       reading->text[end] == '#' || reading->text[end] == '\\';

    if (!ended) {
        return input_reject(reading, end, "is not a hexadecimal digit");
    }
    if (count == 0) {
        return input_fail(reading, *at, "no hexadecimal digits follow the prefix");
    }
    /* In "\x60ab" the letters may be text between escapes as well as digits: do not guess. */
    if (escape && count != 2) {
        return input_fail(reading, begin, "%zu digits follow \\x, expected 2", count);
    }
    if (count % 2 != 0) {
        return input_fail(reading, end - 1,
                          "an odd number of hexadecimal digits (%zu) ends here, expected pairs",
                          count);
    }
    *at = end;
    return put_digit_pairs(reading, begin, end);
}

static bool
read_plain_hex(struct input_reading *reading)
{
    size_t at = 0;
    while (at < reading->len) {
        const uint8_t octet = reading->text[at];
        const size_t declared = declaration_end(reading, at);
        if (declared != at) {
            at = declared;
        } else if (octet == '#') {
            at = line_end(reading, at);
        } else if (is_hex_separator(octet)) {
            at++;
        } else if (octet == '*') {
            return input_fail(reading, at,
                              "'*' stands for repeated lines, "
                              "but without offsets their number is unknown");
        } else if (digit_value(octet) < 0 && prefix_length(reading, at) == 0) {
            return input_reject(reading, at, "is not a hexadecimal digit");
        } else if (!read_hex_group(reading, &at)) {
            return false;
        }
    }
    return true;
}

/* Dumps: lines of an offset, octets and, after a wider gap, the same octets as characters. */

struct dump_offset {
    struct input_span digits;
    bool colon;   /* xxd and tcpdump write one; hexdump, od and Wireshark do not */
    size_t after; /* where the rest of the line begins */
};

struct dump {
    struct input_reading *reading;
    struct input_span last; /* the octets of the line before, which a `*` repeats */
    size_t star;            /* where a `*` waits for the next offset, or NO_STAR */
};

#define NO_STAR SIZE_MAX

static bool
find_offset(const struct input_reading *reading, struct input_span line,
            struct dump_offset *out)
{
    const size_t prefix =
        reading->text[line.begin] == '0' ? prefix_length(reading, line.begin) : 0;
    out->digits.begin = line.begin + prefix;
    out->digits.end = digits_end(reading, out->digits.begin, line.end);
    out->colon = out->digits.end < line.end && reading->text[out->digits.end] == ':';
    out->after = out->digits.end + (out->colon ? 1 : 0);

    const size_t count = out->digits.end - out->digits.begin;
    return count >= OFFSET_DIGITS_MIN && count <= OFFSET_DIGITS_MAX &&
           (out->colon || prefix == 0) &&
           (out->after == line.end || input_is_blank(reading->text[out->after]));
}

/*
 * The first line shows whether the text is a dump.  Without a colon the offset looks like
 * octets; it gives itself away by its leading zero, which no token has, and its length.
 */
bool
input_is_dump(const struct input_reading *reading)
{
    size_t at = 0;
    struct input_span line;
    struct dump_offset offset;
    do {
        if (!input_next_line(reading, &at, &line)) {
            return false;
        }
    } while (line.begin == line.end || reading->text[line.begin] == '#');

    if (!find_offset(reading, line, &offset) || offset.colon) {
        return find_offset(reading, line, &offset);
    }
    const size_t group = blanks_end(reading, offset.after, line.end);
    const size_t group_len = digits_end(reading, group, line.end) - group;
    return reading->text[line.begin] == '0' && group_len > 0 &&
           group_len != offset.digits.end - offset.digits.begin;
}

/* Seven digits without a colon are what od writes unless told otherwise: octal. */
static bool
is_octal(const struct dump_offset *offset)
{
    return offset->digits.end - offset->digits.begin == 7 && !offset->colon;
}

static uint64_t
offset_value(const struct input_reading *reading, const struct dump_offset *offset)
{
    const uint64_t radix = is_octal(offset) ? 8 : 16;
    uint64_t value = 0;
    for (size_t i = offset->digits.begin; i < offset->digits.end; i++) {
        value = value * radix + (uint64_t)digit_value(reading->text[i]);
    }
    return value;
}

/* Repeat the octets of the last line until there are as many as the offset says. */
static bool
expand_star(struct dump *dump, uint64_t offset)
{
    struct input_reading *reading = dump->reading;
    const size_t width = dump->last.end - dump->last.begin;
    const size_t star = dump->star;

    dump->star = NO_STAR;
    if (width == 0) {
        return input_fail(reading, star, "there is no line before '*' that it could repeat");
    }
    if (offset > DUMP_OCTETS_MAX) {
        return input_fail(reading, star, "'*' stands for more octets than the limit of 16 MiB");
    }
    while (reading->octets.len < offset) {
        if (!input_put(reading, star, reading->octets.ptr[reading->octets.len - width])) {
            return false;
        }
    }
    if ((reading->octets.len - dump->last.end) % width != 0) {
        return input_fail(reading, star, "'*' does not stand for whole lines of %zu octets",
                          width);
    }
    return true;
}

static bool
check_offset(struct dump *dump, const struct dump_offset *offset)
{
    struct input_reading *reading = dump->reading;
    const uint64_t value = offset_value(reading, offset);
    const int digits = (int)(offset->digits.end - offset->digits.begin);

    if (dump->star != NO_STAR && !expand_star(dump, value)) {
        return false;
    }
    if (value == reading->octets.len) {
        return true;
    }
    return input_fail(reading, offset->digits.begin,
                      is_octal(offset)
                          ? "offset %.*s found, expected %0*zo: is a line missing?"
                          : "offset %.*s found, expected %0*zx: is a line missing?",
                      digits, (const char *)reading->text + offset->digits.begin, digits,
                      reading->octets.len);
}

/* hexdump -C and Wireshark leave a second space after the eighth octet. */
static bool
is_middle_gap(const struct input_reading *reading, size_t at, size_t line_end_at)
{
    const size_t end = digits_end(reading, at, line_end_at);
    return end - at == 2 && (end == line_end_at || input_is_blank(reading->text[end]));
}

/* Read the octets of a line and stop before its characters, which may look like octets. */
static bool
read_dump_octets(struct input_reading *reading, const struct dump_offset *offset,
                 size_t line_stop)
{
    const size_t first = reading->octets.len;
    size_t at = offset->after;
    for (;;) {
        const size_t group = blanks_end(reading, at, line_stop);
        const size_t gap = group - at;
        const size_t count = reading->octets.len - first;
        const bool wide = gap > 1 && count > 0;
        const bool middle = !offset->colon && gap == 2 && count == 8 &&
                            is_middle_gap(reading, group, line_stop);
        if (group == line_stop || reading->text[group] == '#' || (wide && !middle)) {
            return true;
        }
        at = digits_end(reading, group, line_stop);
        if (at < line_stop && !input_is_blank(reading->text[at])) {
            return input_reject(reading, at, "is not a hexadecimal digit");
        }
        if (!offset->colon && at - group != 2) {
            return input_fail(reading, group,
                              "a group of %zu digits, expected 2: the order of the octets in "
                              "words "
                              "is unknown (try hexdump -C, od -t x1)",
                              at - group);
        }
        if ((at - group) % 2 != 0) {
            return input_fail(reading, at - 1, "an odd number of hexadecimal digits ends here");
        }
        if (!put_digit_pairs(reading, group, at)) {
            return false;
        }
    }
}

static bool
read_dump_line(struct dump *dump, struct input_span line)
{
    struct input_reading *reading = dump->reading;
    struct dump_offset offset;

    if (line.begin == line.end || reading->text[line.begin] == '#') {
        return true;
    }
    if (reading->text[line.begin] == '*' && line.end - line.begin == 1) {
        dump->star = line.begin;
        return true;
    }
    if (!find_offset(reading, line, &offset)) {
        return input_fail(reading, line.begin,
                          "this line of the dump does not begin with an offset");
    }
    if (!check_offset(dump, &offset)) {
        return false;
    }
    dump->last.begin = reading->octets.len;
    const bool read = read_dump_octets(reading, &offset, line.end);
    dump->last.end = reading->octets.len;
    return read;
}

static bool
read_dump(struct input_reading *reading)
{
    struct dump dump = {.reading = reading, .star = NO_STAR};
    struct input_span line;
    size_t at = 0;
    while (input_next_line(reading, &at, &line)) {
        if (!read_dump_line(&dump, line)) {
            return false;
        }
    }
    if (dump.star != NO_STAR) {
        return input_fail(reading, dump.star, "no offset after '*' says how often to repeat");
    }
    return true;
}

bool
input_read_hex(struct input_reading *reading)
{
    return input_is_dump(reading) ? read_dump(reading) : read_plain_hex(reading);
}
