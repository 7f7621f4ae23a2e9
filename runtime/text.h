/* text.h: writing text into a caller's buffer, counting what does not fit, as
 * snprintf does.  No stdio: an embedder may not have it. */
#ifndef SPNEGO_TEXT_H
#define SPNEGO_TEXT_H

#include "spnego/base.h"

struct spnego_text {
    char *out;
    size_t cap;
    size_t len; /* of the whole text, whether it fits or not */
};

void spnego_text_put(struct spnego_text *text, const char *octets, size_t len);
void spnego_text_words(struct spnego_text *text, const char *words);
void spnego_text_number(struct spnego_text *text, uint64_t number);
void spnego_text_signed(struct spnego_text *text, uint32_t number);
void spnego_text_hex(struct spnego_text *text, uint64_t number);

/* spnego_text_mask terminates the words of somebody else, and makes one line of them that
 * can be printed. */
void spnego_text_mask(char *words, size_t cap);

/* spnego_text_end terminates the text.  Returns the length of all of it. */
size_t spnego_text_end(struct spnego_text *text);

#endif
