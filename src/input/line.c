/* line.c: reads in large parts and looks for newlines in them. */
#include "line.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BUFFER (2 * LINE_LIMIT) /* so that a part can be read behind any line */

/* Moves what is left to the front and reads what there is, up to a whole buffer.  Returns
 * false at the end, and if the file cannot be read. */
static bool
fill(struct line_reader *reader)
{
    size_t left = reader->end - reader->begin;
    ssize_t got;

    if (reader->tied != NULL)
        fflush(reader->tied);
    memmove(reader->buffer, reader->buffer + reader->begin, left);
    got = read(reader->file, reader->buffer + left, BUFFER - left);
    reader->begin = 0;
    reader->end = left + (got > 0 ? (size_t)got : 0);
    reader->ended = got <= 0;
    reader->failed = got < 0;
    return got > 0;
}

/* Finds a newline within the first LINE_LIMIT + 1 octets that are not yet given out, or NULL;
 * reads as much as that needs. */
static const uint8_t *
find_newline(struct line_reader *reader)
{
    size_t seen = 0, len, most;
    const uint8_t *start, *newline;

    for (;;) {
        start = reader->buffer + reader->begin;
        len = reader->end - reader->begin;
        most = len <= LINE_LIMIT ? len : LINE_LIMIT + 1;
        newline = memchr(start + seen, '\n', most - seen);
        seen = most;
        if (newline != NULL || len > LINE_LIMIT || reader->ended || !fill(reader))
            return newline;
    }
}

/* Throws away the rest of a line that is too long. */
static void
skip(struct line_reader *reader)
{
    const uint8_t *newline;

    do {
        newline = memchr(reader->buffer + reader->begin, '\n', reader->end - reader->begin);
        reader->begin = newline != NULL ? (size_t)(newline + 1 - reader->buffer) : reader->end;
    } while (newline == NULL && !reader->ended && fill(reader));
    reader->skipping = false;
}

enum line_status
line_next(struct line_reader *reader, const uint8_t **line, size_t *len)
{
    const uint8_t *newline;

    if (reader->buffer == NULL)
        reader->buffer = malloc(BUFFER);
    if (reader->buffer == NULL)
        return LINE_FAILED;
    if (reader->skipping)
        skip(reader);
    newline = find_newline(reader);
    if (reader->failed)
        return LINE_FAILED;
    *line = reader->buffer + reader->begin;
    *len = newline != NULL ? (size_t)(newline - *line) : reader->end - reader->begin;
    if (newline == NULL && *len == 0)
        return LINE_END;
    reader->number++;
    if (newline == NULL && *len > LINE_LIMIT) {
        *len = LINE_LIMIT;
        reader->begin += LINE_LIMIT;
        reader->skipping = true;
        return LINE_TOO_LONG;
    }
    reader->begin += *len + (newline != NULL);
    return LINE_READ;
}

void
line_free(struct line_reader *reader)
{
    free(reader->buffer);
    reader->buffer = NULL;
}
