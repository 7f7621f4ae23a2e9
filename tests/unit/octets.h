/*
 * octets.h - octets written as hexadecimal text, for tests.
 *
 * They stand on the heap in exactly their size, so that the address sanitizer
 * sees every read beyond them.
 */
#ifndef OCTETS_H
#define OCTETS_H

#include "spnego/base.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

/* Everything made here, so that octets_release can free it behind a test. */
struct octets_made {
    struct octets_made *next;
    uint8_t *ptr;
};
static struct octets_made *octets_all;

/* octets_room returns `len` octets of memory, all 0xee. */
static inline uint8_t *
octets_room(size_t len)
{
    struct octets_made *made = malloc(sizeof(*made));

    ck_assert_ptr_nonnull(made);
    made->ptr = malloc(len > 0 ? len : 1);
    ck_assert_ptr_nonnull(made->ptr);
    memset(made->ptr, 0xee, len > 0 ? len : 1);
    made->next = octets_all;
    octets_all = made;
    return made->ptr;
}

static inline struct spnego_slice
octets_copy(struct spnego_slice from)
{
    struct spnego_slice to = {octets_room(from.len), from.len};

    if (from.len > 0)
        memcpy((uint8_t *)to.ptr, from.ptr, from.len);
    return to;
}

static inline int
octets_digit(char digit)
{
    const char *digits = "0123456789abcdef", *found = strchr(digits, digit);

    return digit != '\0' && found != NULL ? (int)(found - digits) : -1;
}

/* octets reads lower case digits in pairs, with anything else between them. */
static inline struct spnego_slice
octets(const char *text)
{
    uint8_t *room = octets_room(strlen(text) / 2);
    size_t len = 0;

    while (*text != '\0') {
        int high = octets_digit(text[0]);

        if (high < 0) {
            text++;
            continue;
        }
        ck_assert_int_ge(octets_digit(text[1]), 0);
        room[len++] = (uint8_t)(16 * high + octets_digit(text[1]));
        text += 2;
    }
    return octets_copy((struct spnego_slice){room, len});
}

static inline void
octets_release(void)
{
    while (octets_all != NULL) {
        struct octets_made *made = octets_all;

        octets_all = made->next;
        free(made->ptr);
        free(made);
    }
}

static inline void
octets_check(struct spnego_slice got, struct spnego_slice want)
{
    ck_assert_uint_eq(got.len, want.len);
    if (want.len > 0)
        ck_assert_mem_eq(got.ptr, want.ptr, want.len);
}

/* octets_check_inside fails unless `part` is within `whole`. */
static inline void
octets_check_inside(struct spnego_slice part, struct spnego_slice whole)
{
    if (part.len == 0)
        return;
    ck_assert_uint_le((uintptr_t)whole.ptr, (uintptr_t)part.ptr);
    ck_assert_uint_le(part.len, whole.len);
    ck_assert_uint_le((uintptr_t)part.ptr - (uintptr_t)whole.ptr, whole.len - part.len);
}

#endif
