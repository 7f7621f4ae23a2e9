/* base64_line.h: the form that most lines of a log have, read fast. */
#ifndef BASE64_LINE_H
#define BASE64_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* base64_line_read turns base64 in its plainest form (RFC 4648 4: one alphabet, no blanks,
 * padded, not taken for hex) into octets at `out`, which has room for 3/4 of `len`.
 *
 * Returns: false if the text is anything else; input_decode knows what. */
bool base64_line_read(uint8_t *out, size_t *out_len, const uint8_t *text, size_t len);

#endif
