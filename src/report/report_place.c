/* report_place.c: counts lines and columns. */
#include "report_place.h"

/* How an octet is written: two hexadecimal digits, or parts of two symbols of base64. */
#define CHARACTERS 2

/* Octets of UTF-8 that go on with a character do not count. */
size_t
place_characters(const uint8_t *octets, size_t len)
{
    size_t count = 0, i;

    for (i = 0; i < len; i++)
        count += (octets[i] & 0xc0) != 0x80;
    return count;
}

static void
rewind_to_start(struct place_finder *finder)
{
    const struct source *source = finder->origin->source;
    struct place start = {0, finder->origin->line, 1};

    if (finder->origin->line == 0)
        start.line = 1;
    if (finder->is_text) {
        start.column += place_characters(source->text.ptr - source->before, source->before);
        start.off = input_mark(source->text.ptr, source->text.len).len;
    }
    finder->at = start;
}

bool
place_find_start(struct place_finder *finder, const struct origin *origin, size_t count)
{
    const struct source *source = origin->source;

    finder->origin = origin;
    finder->is_text = source != NULL && source->form != INPUT_RAW;
    finder->places = NULL;
    finder->count = count;
    rewind_to_start(finder);
    if (finder->is_text)
        finder->places = input_places(source->text.ptr, source->text.len, source->form);
    return !finder->is_text || finder->places != NULL;
}

void
place_find_end(struct place_finder *finder)
{
    free(finder->places);
}

/* Goes on to `off`, a character at a time. */
static struct place
walk(struct place_finder *finder, size_t off)
{
    struct spnego_slice text = finder->origin->source->text;
    size_t step = input_mark(text.ptr, text.len).unit;

    if (off < finder->at.off)
        rewind_to_start(finder);
    for (; finder->at.off < off; finder->at.off += step) {
        const uint8_t *octets = text.ptr + finder->at.off;

        if (octets[0] == '\n' || (step == 2 && octets[0] == 0 && octets[1] == '\n')) {
            finder->at.line++;
            finder->at.column = 1;
        } else {
            finder->at.column += step == 2 ? 1 : place_characters(octets, 1);
        }
    }
    return finder->at;
}

struct place
place_find(struct place_finder *finder, size_t off)
{
    struct place place = {off, finder->at.line, off + 1};

    if (!finder->is_text)
        return place;
    return off < finder->count ? walk(finder, finder->places[off])
                               : place_find_behind(finder, finder->count);
}

struct place
place_find_behind(const struct place_finder *finder, size_t off)
{
    struct place_finder ahead = *finder; /* `finder` stays, for what begins before this */
    struct spnego_slice text;
    size_t end;

    if (!finder->is_text || off == 0)
        return place_find(&ahead, off);
    text = finder->origin->source->text;
    end = finder->places[off - 1] + CHARACTERS * input_mark(text.ptr, text.len).unit;
    return walk(&ahead, end < text.len ? end : text.len);
}

/* Reads "WORD NUMBER" and what parts it from what follows. */
static bool
take_number(const char **text, const char *word, unsigned long *number)
{
    size_t len = strlen(word);
    char *end;

    if (strncmp(*text, word, len) != 0 || (*text)[len] < '1' || (*text)[len] > '9')
        return false;
    *number = strtoul(*text + len, &end, 10);
    *text = end + strspn(end, ",: ");
    return true;
}

bool
place_of_error(struct place *place, const char **error, const struct origin *origin)
{
    const struct place first = {0, origin->line != 0 ? origin->line : 1, 1};
    const char *word;
    bool any = false;

    *place = first;
    for (word = *error; *word != '\0' && !any; word++) {
        const char *end = word;

        any = take_number(&end, "line ", &place->line);
        any |= take_number(&end, "column ", &place->column);
        if (any && word == *error)
            *error = end;
    }
    return any || origin->line != 0;
}
