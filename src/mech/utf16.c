/* utf16.c: UTF-16LE to UTF-8.  RFC 3629 3, RFC 2781 2.2. */
#include "utf16.h"

#include <string.h>

#define REPLACEMENT 0xfffdu
#define LONGEST 4 /* octets of a character */

static uint32_t
unit_at(struct spnego_slice octets, size_t at)
{
    return octets.ptr[at] | (uint32_t)octets.ptr[at + 1] << 8;
}

/* Reads the character at `*at`, of one unit or two. */
static uint32_t
next_character(size_t *at, struct spnego_slice octets)
{
    uint32_t high = unit_at(octets, *at), low;

    *at += 2;
    if (high < 0xd800 || high > 0xdfff)
        return high;
    if (high > 0xdbff || octets.len - *at < 2)
        return REPLACEMENT;
    low = unit_at(octets, *at);
    if (low < 0xdc00 || low > 0xdfff)
        return REPLACEMENT;
    *at += 2;
    return 0x10000 + ((high & 0x3ff) << 10 | (low & 0x3ff));
}

static size_t
put(char *out, uint32_t character)
{
    static const uint8_t leads[] = {0, 0x00, 0xc0, 0xe0, 0xf0};
    size_t len = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4, i;

    for (i = len - 1; i > 0; i--, character >>= 6)
        out[i] = (char)(0x80 | (character & 0x3f));
    out[0] = (char)(leads[len] | character);
    return len;
}

size_t
utf16_to_utf8(char *out, size_t cap, struct spnego_slice octets)
{
    size_t at = 0, len = 0;

    while (octets.len - at >= 2) {
        if (cap - len < LONGEST + sizeof("...")) {
            memcpy(out + len, "...", cap - len < 4 ? cap - len : 4);
            out[cap - 1] = '\0';
            return cap - 1 < len + 3 ? cap - 1 : len + 3;
        }
        len += put(out + len, next_character(&at, octets));
    }
    if (octets.len - at == 1 && cap - len > LONGEST)
        len += put(out + len, REPLACEMENT);
    out[len] = '\0';
    return len;
}
