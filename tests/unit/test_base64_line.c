/* test_base64_line.c: the fast path says nothing or what input_decode says: of every text of
 * four characters from an alphabet of traps, of tokens, and of texts that were damaged. */
#include "base64_line.h"

#include "input.h"
#include "token_class.h"
#include "suites.h"

#include <stdio.h>

#define TEXT_MAX 240

/* Compares the two with the length that the fast path may need.  Returns whether it said
 * something. */
static bool
check_as(const uint8_t *text, size_t len, enum input_form form)
{
    struct input_result slow;
    uint8_t *octets = malloc(len / 4 * 3 + 1);
    size_t octets_len;
    bool fast = base64_line_read(octets, &octets_len, text, len);

    if (fast) {
        bool same = input_decode(&slow, text, len, form, token_is_known);

        ck_assert_msg(same, "%.*s: %s", (int)len, (const char *)text, slow.error);
        ck_assert_str_eq(input_form_name(slow.form), "base64");
        ck_assert_uint_eq(slow.octets.len, octets_len);
        ck_assert_mem_eq(slow.octets.ptr, octets, octets_len);
        free(slow.octets.ptr);
    }
    free(octets);
    return fast;
}

static bool
check_both(const void *text, size_t len)
{
    bool said = check_as(text, len, INPUT_AUTO);

    ck_assert(check_as(text, len, INPUT_BASE64) == said);
    return said;
}

static bool
check_text(const char *text)
{
    return check_both(text, strlen(text));
}

START_TEST(plain)
{
    ck_assert(check_text("oQcwBaADCgEA"));
    ck_assert(check_text("TlRMTVNTUAABAAAA"));
    ck_assert(check_text("YGU="));
    ck_assert(check_text("YA=="));
    ck_assert(check_text("+/+/"));
}
END_TEST

START_TEST(not_plain)
{
    static const char *const texts[] = {
        "",
        "YGU",
        "YG==",
        "YGV=",
        "Y===",
        "====",
        "YG=U",
        "=YGU",
        "YGU=YGU=",
        "YG U",
        "YGU\n",
        "YGU\r",
        "Y\tGU",
        "-_-_",
        "YG.U",
        "Y\xc3\xa4GU",
        "a1073005a0030a0100",
        "a1073005A0030A01",
        "0x60",
        "0X60",
        "0xYG",
        "deadBEEF",
        "x000",
        "Negotiate YGU=",
    };
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (strcmp(texts[i], "0xYG") == 0)
            ck_assert(check_text(texts[i]));
        else
            ck_assert_msg(!check_text(texts[i]), "%s", texts[i]);
}
END_TEST

/* All groups that these make, alone and behind a group that is plain. */
START_TEST(groups)
{
    static const char signs[] = "0AFXxg/=-_ \n\\:";
    size_t count = sizeof(signs) - 1, i, said = 0;
    char text[9] = "YGU";

    for (i = 0; i < count * count * count * count; i++) {
        snprintf(text, sizeof(text), "YGUx%c%c%c%c", signs[i % count], signs[i / count % count],
                 signs[i / count / count % count], signs[i / count / count / count]);
        said += check_text(text) + check_text(text + 4);
    }
    ck_assert_uint_gt(said, 1000);
}
END_TEST

/* Knuth's generator, so that a failure repeats. */
static unsigned
chance(uint64_t *state, unsigned below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % below;
}

static size_t
encode(char *text, const uint8_t *octets, size_t len)
{
    static const char symbols[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t at, out = 0;

    for (at = 0; at < len; at += 3) {
        unsigned bits = octets[at] * 65536u + (at + 1 < len ? octets[at + 1] * 256u : 0) +
                        (at + 2 < len ? octets[at + 2] : 0u);

        text[out++] = symbols[bits >> 18];
        text[out++] = symbols[bits >> 12 & 63];
        text[out++] = at + 1 < len ? symbols[bits >> 6 & 63] : '=';
        text[out++] = at + 2 < len ? symbols[bits & 63] : '=';
    }
    return out;
}

/* Half of the texts are as they were encoded, half have one character changed. */
START_TEST(random_texts)
{
    uint8_t octets[TEXT_MAX / 4 * 3];
    char text[TEXT_MAX];
    uint64_t state = 1;
    size_t len, round, i, said = 0;

    for (round = 0; round < 20000; round++) {
        len = 1 + chance(&state, sizeof(octets));
        for (i = 0; i < len; i++)
            octets[i] = (uint8_t)chance(&state, 256);
        len = encode(text, octets, len);
        if (round % 2 == 0)
            text[chance(&state, (unsigned)len)] = (char)chance(&state, 256);
        said += check_both(text, len - (round % 16 == 0));
    }
    ck_assert_uint_gt(said, 10000);
}
END_TEST

/* Digits, which both forms may have made. */
START_TEST(random_digits)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    char text[TEXT_MAX];
    uint64_t state = 2;
    size_t len, round, i;

    for (round = 0; round < 5000; round++) {
        len = 1 + chance(&state, TEXT_MAX);
        for (i = 0; i < len; i++)
            text[i] = digits[chance(&state, sizeof(digits) - 1)];
        ck_assert(!check_both(text, len));
        text[chance(&state, (unsigned)len)] = "gxX=/"[chance(&state, 5)];
        (void)check_both(text, len);
    }
}
END_TEST

Suite *
base64_line_suite(void)
{
    Suite *suite = suite_create("base64_line");
    TCase *tcase = tcase_create("all");

    tcase_add_test(tcase, plain);
    tcase_add_test(tcase, not_plain);
    tcase_add_test(tcase, groups);
    tcase_add_test(tcase, random_texts);
    tcase_add_test(tcase, random_digits);
    suite_add_tcase(suite, tcase);
    return suite;
}
