/* text.c: numbers as text. */
#include "text.h"

#include <string.h>

void
spnego_text_put(struct spnego_text *text, const char *octets, size_t len)
{
    size_t i;

    for (i = 0; i < len; i++, text->len++)
        if (text->len < text->cap)
            text->out[text->len] = octets[i];
}

void
spnego_text_words(struct spnego_text *text, const char *words)
{
    spnego_text_put(text, words, strlen(words));
}

void
spnego_text_number(struct spnego_text *text, uint64_t number)
{
    char digits[20];
    size_t first = sizeof(digits);

    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number != 0);
    spnego_text_put(text, digits + first, sizeof(digits) - first);
}

void
spnego_text_signed(struct spnego_text *text, uint32_t number)
{
    if (number > INT32_MAX) {
        spnego_text_put(text, "-", 1);
        number = UINT32_MAX - number + 1;
    }
    spnego_text_number(text, number);
}

void
spnego_text_hex(struct spnego_text *text, uint64_t number)
{
    static const char hex[] = "0123456789abcdef";
    unsigned digits = 2, i;

    while (digits < 16 && number >> (4 * digits) != 0)
        digits += 2;
    spnego_text_put(text, "0x", 2);
    for (i = digits; i-- > 0;)
        spnego_text_put(text, &hex[number >> (4 * i) & 15], 1);
}

void
spnego_text_mask(char *words, size_t cap)
{
    words[cap - 1] = '\0';
    for (; *words != '\0'; words++)
        if (*words < ' ' || *words > '~')
            *words = '?';
}

size_t
spnego_text_end(struct spnego_text *text)
{
    if (text->cap > 0)
        text->out[text->len < text->cap ? text->len : text->cap - 1] = '\0';
    return text->len;
}
