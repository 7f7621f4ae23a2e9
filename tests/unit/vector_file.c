/* vector_file.c: reading test vectors.  vector_file.h has the format. */
#include "vector_file.h"

#include "spnego/spnego.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Where the reading of one file stands. */
struct reading {
    struct vector_file *vector;
    const char *name;
    unsigned line;
    unsigned keys; /* bit n: keys[n] was there */
    bool in_repeat;
    size_t repeat_from; /* what stands in the open parenthesis */
};

static bool
fail(struct reading *reading, const char *format, ...)
{
    char *error = reading->vector->error;
    size_t cap = sizeof(reading->vector->error), len;
    va_list args;

    len = (size_t)snprintf(error, cap, "%s:%u: ", reading->name, reading->line);
    va_start(args, format);
    if (len < cap)
        vsnprintf(error + len, cap - len, format, args);
    va_end(args);
    return false;
}

static bool
keep(struct reading *reading, char *out, size_t cap, const char *value)
{
    if (strlen(value) >= cap)
        return fail(reading, "the value is too long");
    strcpy(out, value);
    return true;
}

static bool
read_text(struct reading *reading, const char *value)
{
    return value[0] != '\0' || fail(reading, "the value is missing");
}

static bool
read_as(struct reading *reading, const char *value)
{
    static const char *const words[] = {"check", "token", "negoex"};
    size_t i;

    for (i = 0; i < 3; i++) {
        if (strcmp(value, words[i]) == 0) {
            reading->vector->as = (enum vector_as)i;
            return true;
        }
    }
    return fail(reading, "\"%s\" is not check, token or negoex", value);
}

static bool
read_side(struct reading *reading, const char *value)
{
    if (strcmp(value, "I") != 0 && strcmp(value, "A") != 0)
        return fail(reading, "\"%s\" is not I or A", value);
    reading->vector->side = value[0] == 'I' ? SIDE_INITIATOR : SIDE_ACCEPTOR;
    return true;
}

static bool
read_profile(struct reading *reading, const char *value)
{
    if (strcmp(value, "strict") != 0 && strcmp(value, "interop") != 0)
        return fail(reading, "\"%s\" is not interop or strict", value);
    reading->vector->tolerate = value[0] == 'i' ? SPNEGO_TOLERATE_INTEROP : 0;
    return true;
}

static bool
read_verdict(struct reading *reading, const char *value)
{
    if (strcmp(value, "valid") != 0 && strcmp(value, "warning") != 0 &&
        strcmp(value, "invalid") != 0)
        return fail(reading, "\"%s\" is not valid, warning or invalid", value);
    return keep(reading, reading->vector->verdict, sizeof(reading->vector->verdict), value);
}

static bool
read_status(struct reading *reading, const char *value)
{
    int status;

    for (status = SPNEGO_OK; status >= SPNEGO_E_LIMIT; status--)
        if (strcmp(value, spnego_status_name((enum spnego_status)status)) == 0)
            return keep(reading, reading->vector->status, sizeof(reading->vector->status),
                        value);
    return fail(reading, "\"%s\" is no status of a decoder", value);
}

static bool
is_code(unsigned long code)
{
    size_t i;

    for (i = 0; spnego_finding_code_at(i) != 0; i++)
        if (spnego_finding_code_at(i) == code)
            return true;
    return false;
}

/* A list of codes, each followed by @0xoffset+length if `places`. */
static bool
check_codes(struct reading *reading, const char *value, bool places)
{
    const char *at = value;
    char *end;

    while (*at != '\0') {
        if (strncmp(at, "SPN", 3) != 0 || !is_code(strtoul(at + 3, &end, 10)))
            return fail(reading, "no code of a finding at \"%.20s\"", at);
        if (places) {
            if (strncmp(end, "@0x", 3) != 0)
                return fail(reading, "no @0xoffset at \"%.20s\"", end);
            strtoul(end + 1, &end, 16);
            if (*end != '+')
                return fail(reading, "no +length at \"%.20s\"", end);
            strtoul(end + 1, &end, 10);
        }
        if (*end != '\0' && (*end != ' ' || end[1] == ' '))
            return fail(reading, "not one blank at \"%.20s\"", end);
        at = *end == ' ' ? end + 1 : end;
    }
    return true;
}

static bool
read_expect(struct reading *reading, const char *value)
{
    return check_codes(reading, value, true) &&
           keep(reading, reading->vector->expect, sizeof(reading->vector->expect), value);
}

static bool
read_near(struct reading *reading, const char *value)
{
    return check_codes(reading, value, false) &&
           keep(reading, reading->vector->near, sizeof(reading->vector->near), value);
}

static bool
read_number(struct reading *reading, const char *value, unsigned long *out)
{
    char *end;

    *out = strtoul(value, &end, 10);
    return (*out != 0 && *end == '\0') || fail(reading, "\"%s\" is no number", value);
}

static bool
read_max_len(struct reading *reading, const char *value)
{
    unsigned long number;

    if (!read_number(reading, value, &number))
        return false;
    reading->vector->max_len = number;
    return true;
}

static bool
read_max_items(struct reading *reading, const char *value)
{
    unsigned long number;

    if (!read_number(reading, value, &number))
        return false;
    reading->vector->max_items = (uint32_t)number;
    return true;
}

static const struct {
    const char *name;
    bool needed;
    bool (*read)(struct reading *reading, const char *value);
} keys[] = {
    {"title", true, read_text},           {"source", true, read_text},
    {"status", true, read_status},        {"expect", true, read_expect},
    {"near", false, read_near},           {"as", false, read_as},
    {"side", false, read_side},           {"profile", false, read_profile},
    {"verdict", false, read_verdict},     {"max-len", false, read_max_len},
    {"max-items", false, read_max_items},
};
#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))

static bool
read_header_line(struct reading *reading, char *line)
{
    char *value = strchr(line, ':');
    size_t i;

    if (value == NULL)
        return fail(reading, "no key in \"%.40s\"; a blank line ends the header", line);
    *value++ = '\0';
    value += strspn(value, " ");
    for (i = 0; i < KEY_COUNT && strcmp(keys[i].name, line) != 0; i++)
        continue;
    if (i == KEY_COUNT)
        return fail(reading, "unknown key \"%.40s\"", line);
    if ((reading->keys >> i & 1) != 0)
        return fail(reading, "%s stands twice", line);
    reading->keys |= 1u << i;
    return keys[i].read(reading, value);
}

static bool
check_header(struct reading *reading)
{
    const struct vector_file *vector = reading->vector;
    size_t i;

    for (i = 0; i < KEY_COUNT; i++)
        if (keys[i].needed && (reading->keys >> i & 1) == 0)
            return fail(reading, "%s is missing", keys[i].name);
    if ((vector->as == VECTOR_AS_CHECK) != (vector->verdict[0] != '\0'))
        return fail(reading, "verdict belongs to as: check, and only there");
    if (vector->as == VECTOR_AS_CHECK && (vector->max_len != 0 || vector->max_items != 0))
        return fail(reading, "limits belong to as: token or as: negoex");
    return true;
}

static bool
add(struct reading *reading, const uint8_t *octets, size_t count)
{
    struct vector_file *vector = reading->vector;
    size_t cap = 2 * (vector->len + count);
    uint8_t *grown;

    if (vector->cap - vector->len < count) {
        grown = realloc(vector->octets, cap);
        if (grown == NULL)
            return fail(reading, "no memory");
        vector->octets = grown;
        vector->cap = cap;
    }
    memcpy(vector->octets + vector->len, octets, count);
    vector->len += count;
    return true;
}

/* What stands behind ")".  Moves `*at` behind the number. */
static bool
end_repeat(struct reading *reading, char **at)
{
    struct vector_file *vector = reading->vector;
    size_t from = reading->repeat_from, len = vector->len - from;
    unsigned long times;
    uint8_t *copy;
    bool added = true;

    *at += strspn(*at, " ");
    if (!reading->in_repeat || **at != '*')
        return fail(reading, "a repeat is written ( octets ) * count");
    times = strtoul(*at + 1, at, 10);
    reading->in_repeat = false;
    copy = malloc(len + 1);
    if (copy == NULL || len == 0 || times < 2) {
        free(copy);
        return fail(reading, "nothing to repeat, or not twice");
    }
    memcpy(copy, vector->octets + from, len);
    while (added && --times > 0)
        added = add(reading, copy, len);
    free(copy);
    return added;
}

static bool
read_hex_line(struct reading *reading, char *line)
{
    static const char digits[] = "0123456789abcdef";
    const char *high, *low;
    uint8_t octet;

    line[strcspn(line, "#")] = '\0';
    while (*(line += strspn(line, " ")) != '\0') {
        if (*line == '(' && !reading->in_repeat) {
            reading->in_repeat = true;
            reading->repeat_from = reading->vector->len;
            line++;
            continue;
        }
        if (*line == ')') {
            line++;
            if (!end_repeat(reading, &line))
                return false;
            continue;
        }
        high = strchr(digits, line[0]);
        low = line[1] != '\0' ? strchr(digits, line[1]) : NULL;
        if (high == NULL || low == NULL)
            return fail(reading, "no pair of digits at \"%.20s\"", line);
        octet = (uint8_t)(16 * (high - digits) + (low - digits));
        if (!add(reading, &octet, 1))
            return false;
        line += 2;
    }
    return true;
}

bool
vector_file_read(struct vector_file *vector, FILE *stream, const char *name)
{
    struct reading reading = {vector, name, 0, 0, false, 0};
    char line[1200];
    bool in_header = true, good = true;

    memset(vector, 0, sizeof(*vector));
    vector->tolerate = SPNEGO_TOLERATE_INTEROP;
    while (good && fgets(line, sizeof(line), stream) != NULL) {
        size_t len = strcspn(line, "\n");

        reading.line++;
        if (line[len] != '\n')
            return fail(&reading, "the line is too long, or does not end");
        while (len > 0 && line[len - 1] == ' ')
            len--;
        line[len] = '\0';
        if (!in_header) {
            good = read_hex_line(&reading, line);
        } else if (len == 0) {
            in_header = false;
            good = check_header(&reading);
        } else {
            good = read_header_line(&reading, line);
        }
    }
    if (good && in_header)
        return fail(&reading, "no blank line behind the header");
    if (good && reading.in_repeat)
        return fail(&reading, "a parenthesis is not closed");
    return good;
}

bool
vector_file_load(struct vector_file *vector, const char *name)
{
    FILE *stream = fopen(name, "r");
    bool good;

    if (stream == NULL) {
        memset(vector, 0, sizeof(*vector));
        snprintf(vector->error, sizeof(vector->error), "%s: %s", name, strerror(errno));
        return false;
    }
    good = vector_file_read(vector, stream, name);
    fclose(stream);
    return good;
}

void
vector_file_free(struct vector_file *vector)
{
    free(vector->octets);
    vector->octets = NULL;
    vector->len = vector->cap = 0;
}

void
vector_file_names(glob_t *names)
{
    memset(names, 0, sizeof(*names));
    glob("tests/vectors/*/*.hex", 0, NULL, names);
}

bool
vector_file_is_negoex(const struct vector_file *vector)
{
    return vector->as == VECTOR_AS_NEGOEX ||
           (vector->as == VECTOR_AS_CHECK && vector->len >= 8 &&
            memcmp(vector->octets, "NEGOEXTS", 8) == 0);
}
