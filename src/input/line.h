/* line.h: a stream, line by line, in memory that does not grow with the stream. */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define LINE_LIMIT (1024u * 1024) /* octets; a token of 64 KiB needs 88 KiB in base64 */

enum line_status { LINE_READ, LINE_TOO_LONG, LINE_END, LINE_FAILED };

/* All zero but for `file` and `tied` to begin with; line_free is due. */
struct line_reader {
    int file;   /* an open file's descriptor, which only this reader reads */
    FILE *tied; /* flushed before `file` is waited for; NULL: none */
    uint8_t *buffer;
    size_t begin, end; /* what was read and not yet given out */
    bool ended, failed;
    bool skipping;        /* what comes is the rest of a line that is too long */
    unsigned long number; /* of the line given out last, from 1 */
};

/* line_next gives out the next line, without its end, in `*line` and `*len`; it lives until
 * the next call.  Of a line that is too long it gives out the first LINE_LIMIT octets.
 * LINE_FAILED stands for a file that cannot be read (errno) or no memory. */
enum line_status line_next(struct line_reader *reader, const uint8_t **line, size_t *len);
void line_free(struct line_reader *reader);

#endif
