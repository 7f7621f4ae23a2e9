/* base64_line.c: four symbols at a time, by a table. */
#include "base64_line.h"

/* What a character is; 0 if it is no symbol. */
#define SYMBOL 0x80u
#define HEX 0x40u   /* it may be hex too: a digit, or the x of 0x */
#define VALUE 0x3fu /* six bits */

#define ONE(character, bits, flags) [character] = SYMBOL | (flags) | (bits)
#define FIVE(character, bits, flags)                                                           \
    ONE(character, bits, flags), ONE((character) + 1, (bits) + 1, flags),                      \
        ONE((character) + 2, (bits) + 2, flags), ONE((character) + 3, (bits) + 3, flags),      \
        ONE((character) + 4, (bits) + 4, flags)

static const uint8_t symbols[256] = {
    ONE('A', 0, HEX),   FIVE('B', 1, HEX),  FIVE('G', 6, 0),   FIVE('L', 11, 0),
    FIVE('Q', 16, 0),   ONE('V', 21, 0),    ONE('W', 22, 0),   ONE('X', 23, HEX),
    ONE('Y', 24, 0),    ONE('Z', 25, 0),    ONE('a', 26, HEX), FIVE('b', 27, HEX),
    FIVE('g', 32, 0),   FIVE('l', 37, 0),   FIVE('q', 42, 0),  ONE('v', 47, 0),
    ONE('w', 48, 0),    ONE('x', 49, HEX),  ONE('y', 50, 0),   ONE('z', 51, 0),
    FIVE('0', 52, HEX), FIVE('5', 57, HEX), ONE('+', 62, 0),   ONE('/', 63, 0),
};

static unsigned
join(unsigned a, unsigned b, unsigned c, unsigned d)
{
    return (a & VALUE) << 18 | (b & VALUE) << 12 | (c & VALUE) << 6 | (d & VALUE);
}

/* The group that may be padded.  Returns its octets, or 0 if it is not in the plain form. */
static size_t
read_last(uint8_t *out, const uint8_t text[4], unsigned *all)
{
    size_t pads = text[3] != '=' ? 0 : text[2] != '=' ? 1 : 2;
    unsigned a = symbols[text[0]], b = symbols[text[1]];
    unsigned c = pads < 2 ? symbols[text[2]] : SYMBOL | HEX;
    unsigned d = pads < 1 ? symbols[text[3]] : SYMBOL | HEX;
    unsigned bits = join(a, b, c, d);

    if ((bits & ((1u << 8 * pads) - 1)) != 0)
        return 0;
    *all &= a & b & c & d;
    out[0] = (uint8_t)(bits >> 16);
    if (pads < 2)
        out[1] = (uint8_t)(bits >> 8);
    if (pads < 1)
        out[2] = (uint8_t)bits;
    return 3 - pads;
}

bool
base64_line_read(uint8_t *out, size_t *out_len, const uint8_t *text, size_t len)
{
    unsigned all = SYMBOL | HEX; /* what all characters are */
    size_t at, last;
    uint8_t *to = out;

    if (len == 0 || len % 4 != 0)
        return false;
    for (at = 0; at + 4 < len; at += 4, to += 3) {
        unsigned a = symbols[text[at]], b = symbols[text[at + 1]];
        unsigned c = symbols[text[at + 2]], d = symbols[text[at + 3]];
        unsigned bits = join(a, b, c, d);

        all &= a & b & c & d;
        to[0] = (uint8_t)(bits >> 16);
        to[1] = (uint8_t)(bits >> 8);
        to[2] = (uint8_t)bits;
    }
    last = read_last(to, text + at, &all);
    *out_len = (size_t)(to - out) + last;
    return last > 0 && all == SYMBOL;
}
