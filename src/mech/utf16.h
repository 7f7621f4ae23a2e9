/* utf16.h: the text of Windows. */
#ifndef UTF16_H
#define UTF16_H

#include <spnego/spnego.h>

/* utf16_to_utf8 writes text in UTF-16LE as UTF-8; U+FFFD stands for half a pair of
 * surrogates and for half a unit at the end, "..." for what did not fit.  `cap` is 4 at
 * least.  Returns the octets without the terminator: U+0000 may be among them. */
size_t utf16_to_utf8(char *out, size_t cap, struct spnego_slice octets);

#endif
