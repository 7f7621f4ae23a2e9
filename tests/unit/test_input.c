/*
 * test_input.c - every form of text a token is pasted in, and the near misses.
 */
#include "input.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *input_suite(void);

static bool
begins_token(const uint8_t *ptr, size_t len)
{
    return (len >= 1 && memchr("\x60\xa0\xa1\x6e\x6f\x7e", ptr[0], 6) != NULL) ||
           (len >= 8 && memcmp(ptr, "NTLMSSP", 8) == 0) ||
           (len >= 8 && memcmp(ptr, "NEGOEXTS", 8) == 0);
}

/* The octets that the dumps below were made of, the characters chosen to look like hex. */
static const char tricky[] = "`5  de ad be ef 60 a1 #x |dead| \\x41 cafe";

/* Two octets and 68 zeros. */
static const char zeros[70] = "\x60\x44";

static void
check_octets(const char *text, size_t text_len, enum input_form form, enum input_form taken_for,
             const char *octets, size_t octets_len)
{
    struct input_result result;
    const bool decoded =
        input_decode(&result, (const uint8_t *)text, text_len, form, begins_token);
    ck_assert_msg(decoded, "%s", result.error);
    ck_assert_str_eq(input_form_name(result.form), input_form_name(taken_for));
    ck_assert_uint_eq(result.octets.len, octets_len);
    ck_assert_mem_eq(result.octets.ptr, octets, octets_len);
    ck_assert_str_eq(result.error, "");
    free(result.octets.ptr);
}

static void
check_error_of(const char *text, size_t len, enum input_form form, const char *error)
{
    struct input_result result;
    ck_assert(!input_decode(&result, (const uint8_t *)text, len, form, begins_token));
    ck_assert_ptr_null(result.octets.ptr);
    ck_assert_uint_eq(result.octets.len, 0);
    ck_assert_str_eq(result.error, error);
}

#define check_auto(text, form, octets)                                                         \
    check_octets(text, strlen(text), INPUT_AUTO, form, octets, sizeof(octets) - 1)
#define check_as(text, form, octets)                                                           \
    check_octets(text, strlen(text), form, form, octets, sizeof(octets) - 1)
#define check_error(text, form, error) check_error_of(text, strlen(text), form, error)

START_TEST(forms_have_names)
{
    enum input_form form;
    for (int i = INPUT_AUTO; i <= INPUT_RAW; i++) {
        ck_assert(input_form_parse(&form, input_form_name((enum input_form)i)));
        ck_assert_int_eq((int)form, i);
    }
    ck_assert(!input_form_parse(&form, "HEX"));
    ck_assert(!input_form_parse(&form, ""));
}
END_TEST

START_TEST(hex_spellings)
{
    static const char *const texts[] = {
        "608201ab",
        "60 82 01 AB\r\n",
        "6082\n01ab",
        "60:82:01:ab",
        "60-82-01-ab",
        "\\x60\\x82\\x01\\xab",
        "0x608201ab",
        "\"\\x60\\x82\\x01\\xab\"",
        "{0x60,0x82,0X01,};ab",
        "# 99\n60 82 # zz\n01ab",
        " 60 82 01 ab\n",
        "unsigned char t[] = {\n  0x60, 0x82, 0x01, 0xab\n};\nunsigned int t_len = 4;\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        check_auto(texts[i], INPUT_HEX, "\x60\x82\x01\xab");
    }
}
END_TEST

START_TEST(hex_errors)
{
    check_error("60 82\n0g", INPUT_HEX, "line 2, column 2: 'g' is not a hexadecimal digit");
    check_error("60 \x01", INPUT_HEX,
                "line 1, column 4: the octet 0x01 is not a hexadecimal digit");
    check_error("60 821", INPUT_HEX,
                "line 1, column 6: an odd number of hexadecimal digits (3) "
                "ends here, expected pairs");
    check_error("0x", INPUT_HEX, "line 1, column 1: no hexadecimal digits follow the prefix");
    check_error("\\x60ab", INPUT_HEX, "line 1, column 3: 4 digits follow \\x, expected 2");
    check_error("60 00\n*\n00", INPUT_HEX,
                "line 2, column 1: '*' stands for repeated lines, "
                "but without offsets their number is unknown");
}
END_TEST

START_TEST(dumps_of_real_programs)
{
    /* xxd */
    check_auto("00000000: 6035 2020 6465 2061 6420 6265 2065 6620  `5  de ad be ef \n"
               "00000010: 3630 2061 3120 2378 207c 6465 6164 7c20  60 a1 #x |dead| \n"
               "00000020: 5c78 3431 2063 6166 65                   \\x41 cafe\n",
               INPUT_HEX, tricky);
    /* xxd -u -c 8 */
    check_auto("00000000: 6035 2020 6465 2061  `5  de a\n"
               "00000008: 6420 6265 2065 6620  d be ef \n"
               "00000010: 3630 2061 3120 2378  60 a1 #x\n"
               "00000018: 207C 6465 6164 7C20   |dead| \n"
               "00000020: 5C78 3431 2063 6166  \\x41 caf\n"
               "00000028: 65                   e\n",
               INPUT_HEX, tricky);
    /* xxd -p */
    check_auto("603520206465206164206265206566203630206131202378207c64656164\n"
               "7c205c7834312063616665\n",
               INPUT_HEX, tricky);
    /* hexdump -C */
    check_auto(
        "00000000  60 35 20 20 64 65 20 61  64 20 62 65 20 65 66 20  |`5  de ad be ef |\n"
        "00000010  36 30 20 61 31 20 23 78  20 7c 64 65 61 64 7c 20  |60 a1 #x |dead| |\n"
        "00000020  5c 78 34 31 20 63 61 66  65                       |\\x41 cafe|\n"
        "00000029\n",
        INPUT_HEX, tricky);
    /* od -A x -t x1z */
    check_auto("000000 60 35 20 20 64 65 20 61 64 20 62 65 20 65 66 20  >`5  de ad be ef <\n"
               "000010 36 30 20 61 31 20 23 78 20 7c 64 65 61 64 7c 20  >60 a1 #x |dead| <\n"
               "000020 5c 78 34 31 20 63 61 66 65                       >\\x41 cafe<\n"
               "000029\n",
               INPUT_HEX, tricky);
    /* od -t x1 */
    check_auto("0000000 60 35 20 20 64 65 20 61 64 20 62 65 20 65 66 20\n"
               "0000020 36 30 20 61 31 20 23 78 20 7c 64 65 61 64 7c 20\n"
               "0000040 5c 78 34 31 20 63 61 66 65\n"
               "0000051\n",
               INPUT_HEX, tricky);
    /* tshark -x writes this shape; the program was not at hand */
    check_auto("0000  60 35 20 20 64 65 20 61 64 20 62 65 20 65 66 20   `5  de ad be ef \n"
               "0010  36 30 20 61 31 20 23 78 20 7c 64 65 61 64 7c 20   60 a1 #x |dead| \n"
               "0020  5c 78 34 31 20 63 61 66 65                        \\x41 cafe\n",
               INPUT_HEX, tricky);
}
END_TEST

static void
check_zeros(const char *dump)
{
    check_octets(dump, strlen(dump), INPUT_AUTO, INPUT_HEX, zeros, sizeof zeros);
}

START_TEST(dumps_with_repeated_lines)
{
    /* hexdump -C, od -A x -t x1z, xxd -a */
    check_zeros(
        "00000000  60 44 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |`D..............|\n"
        "00000010  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n"
        "*\n"
        "00000040  00 00 00 00 00 00                                 |......|\n"
        "00000046\n");
    check_zeros("000000 60 44 00 00 00 00 00 00 00 00 00 00 00 00 00 00  >`D..............<\n"
                "000010 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  >................<\n"
                "*\n"
                "000040 00 00 00 00 00 00                                >......<\n"
                "000046\n");
    check_zeros("00000000: 6044 0000 0000 0000 0000 0000 0000 0000  `D..............\n"
                "00000010: 0000 0000 0000 0000 0000 0000 0000 0000  ................\n"
                "*\n"
                "00000040: 0000 0000 0000                           ......\n");
}
END_TEST

START_TEST(dump_errors)
{
    check_error("00000000: 6044 0000\n00000008: 0000\n", INPUT_AUTO,
                "line 2, column 1: offset 00000008 found, expected 00000004: is a line "
                "missing?");
    /* Base64 as well, which must not win over the line that was lost. */
    check_error("000000 60 44\n000004 00 0A\n", INPUT_AUTO,
                "line 2, column 1: offset 000004 found, expected 000002: is a line missing?");
    check_error("0000000 4860 0606 062b\n0000006\n", INPUT_HEX,
                "line 1, column 9: a group of 4 digits, expected 2: the order of the octets in "
                "words is unknown (try hexdump -C, od -t x1)");
    check_error("00000000  60 44\n00000001\n", INPUT_HEX,
                "line 2, column 1: offset 00000001 found, expected 00000002: is a line "
                "missing?");
    check_error("00000000  60 4g\n", INPUT_HEX,
                "line 1, column 15: 'g' is not a hexadecimal digit");
    check_error("00000000: 604\n", INPUT_HEX,
                "line 1, column 13: an odd number of hexadecimal digits ends here");
    check_error("00000000: 60\nmore\n", INPUT_HEX,
                "line 2, column 1: this line of the dump does not begin with an offset");
    check_error("00000000: 60\n*\n", INPUT_HEX,
                "line 2, column 1: no offset after '*' says how often to repeat");
    check_error("00000000:\n*\n00000004\n", INPUT_HEX,
                "line 2, column 1: there is no line before '*' that it could repeat");
    check_error("00000000: 6044\n*\n00000005\n", INPUT_HEX,
                "line 2, column 1: '*' does not stand for whole lines of 2 octets");
}
END_TEST

START_TEST(repeated_lines_have_a_limit)
{
    static const char dump[] = "00000000: 6044\n*\n01000000\n";
    struct input_result result;
    ck_assert(
        input_decode(&result, (const uint8_t *)dump, strlen(dump), INPUT_AUTO, begins_token));
    ck_assert_uint_eq(result.octets.len, 16 * 1024 * 1024);
    ck_assert_uint_eq(result.octets.ptr[result.octets.len - 1], 0x44);
    free(result.octets.ptr);

    const char *error = "line 2, column 1: '*' stands for more octets than the limit of 16 MiB";
    check_error("00000000: 6044\n*\n01000002\n", INPUT_HEX, error);
    check_error("00000000: 6044\n*\nffffffffffffffff\n", INPUT_HEX, error);
    check_error("00000000: 6044\n*\n10000000000000000\n", INPUT_HEX,
                "line 3, column 1: this line of the dump does not begin with an offset");
}
END_TEST

START_TEST(base64_spellings)
{
    check_auto("YIIB\n", INPUT_BASE64, "\x60\x82\x01");
    check_auto("YII\r\n B\n", INPUT_BASE64, "\x60\x82\x01");
    check_auto("YIIBqw==", INPUT_BASE64, "\x60\x82\x01\xab");
    check_auto("YIIBqw", INPUT_BASE64, "\x60\x82\x01\xab");
    check_auto("YIIBq80", INPUT_BASE64, "\x60\x82\x01\xab\xcd");
    check_as("++//", INPUT_BASE64, "\xfb\xef\xff");
    check_as("--__", INPUT_BASE64, "\xfb\xef\xff");
}
END_TEST

START_TEST(base64_errors)
{
    check_error("YIIB\nYI!B", INPUT_BASE64, "line 2, column 3: '!' is not a base64 symbol");
    check_error("YIIBq", INPUT_BASE64,
                "line 1, column 5: 5 base64 symbols end here, one too many or too few");
    check_error("YIIBqw=", INPUT_BASE64, "line 1, column 6: 1 '=' follow, expected 2");
    check_error("YIIB=", INPUT_BASE64, "line 1, column 4: 1 '=' follow, expected 0");
    check_error("YIIBqx==", INPUT_BASE64,
                "line 1, column 6: the unused bits of the last base64 symbol 'x' are not zero");
    check_error("qw==qw==", INPUT_BASE64,
                "line 1, column 5: 'q' follows the padding, expected the end");
    check_error("+A_A", INPUT_BASE64,
                "line 1, column 3: '_' mixes the standard and URL-safe alphabets");
}
END_TEST

START_TEST(http_headers)
{
    check_auto("Authorization: Negotiate YIIB\r\n", INPUT_HTTP, "\x60\x82\x01");
    check_auto("negotiate YIIB", INPUT_HTTP, "\x60\x82\x01");
    check_auto("proxy-authenticate:NTLM YIIB", INPUT_HTTP, "\x60\x82\x01");
    check_auto("HTTP/1.1 401\r\nWWW-Authenticate: Negotiate\r\n"
               "WWW-Authenticate: Nego2 YIIB\r\nWWW-Authenticate: NTLM oYIB\r\n",
               INPUT_HTTP, "\x60\x82\x01");
    check_auto("> GET / HTTP/1.1\n> Proxy-Authorization: Kerberos YIIB\n", INPUT_HTTP,
               "\x60\x82\x01");
    check_auto("< WWW-Authenticate: Basic realm=\"a, NTLM b\", Negotiate YIIB , NTLM\n",
               INPUT_HTTP, "\x60\x82\x01");
    check_error("Negotiate\n", INPUT_AUTO,
                "line 1, column 10: no token follows the scheme, expected base64");
    check_error("WWW-Authenticate: Negotiate, NTLM\n", INPUT_AUTO,
                "line 1, column 28: no token follows the scheme, expected base64");
    check_error("Authorization: Basic YTpi", INPUT_AUTO,
                "line 1, column 1: no line has a header with a token, such as "
                "\"Authorization: Negotiate YII...\"");
    check_error("Authorization: Negotiate YI!", INPUT_AUTO,
                "line 1, column 28: '!' is not a base64 symbol");
}
END_TEST

START_TEST(pem_blocks)
{
    check_auto("-----BEGIN TOKEN-----\r\nYIIB\r\nqw==\r\n-----END TOKEN-----\r\n", INPUT_PEM,
               "\x60\x82\x01\xab");
    check_auto("before\n-----BEGIN A-----\nYIIB\n-----END A-----\nafter", INPUT_PEM,
               "\x60\x82\x01");
    check_error("-----BEGIN A-----\nYIIB\n", INPUT_AUTO,
                "line 1, column 1: no \"-----END \" line follows this line");
    check_error("-----BEGIN A-----\nYIIB\n-----END B-----\n", INPUT_AUTO,
                "line 3, column 10: the label differs from the one on the BEGIN line");
    check_error("-----BEGIN A-----\nYI!B\n-----END A-----\n", INPUT_AUTO,
                "line 2, column 3: '!' is not a base64 symbol");
    check_error("-----BEGIN A-----\n-----END A-----\n", INPUT_AUTO,
                "there are no octets in it");
    check_error("YIIB", INPUT_PEM, "line 1, column 1: no line begins with \"-----BEGIN \"");
}
END_TEST

START_TEST(raw_octets)
{
    check_octets("\x60\x00\x01", 3, INPUT_AUTO, INPUT_RAW, "\x60\x00\x01", 3);
    check_octets("NTLMSSP\0\1", 9, INPUT_AUTO, INPUT_RAW, "NTLMSSP\0\1", 9);
    check_octets("\xef\xbb\xbf"
                 "60",
                 5, INPUT_RAW, INPUT_RAW,
                 "\xef\xbb\xbf"
                 "60",
                 5);
}
END_TEST

START_TEST(unicode_text)
{
    check_auto("\xef\xbb\xbf"
               "60 82",
               INPUT_HEX, "\x60\x82");
    check_octets("\xff\xfe"
                 "6\0"
                 "0\0\r\0\n\0",
                 10, INPUT_AUTO, INPUT_HEX, "\x60", 1);
    check_octets("\xfe\xff\0Y\0I\0I\0B", 10, INPUT_AUTO, INPUT_BASE64, "\x60\x82\x01", 3);
    check_error_of("\xff\xfe"
                   "6\0\xac\x20",
                   6, INPUT_AUTO,
                   "line 1, column 2: U+20AC in the UTF-16 text, expected ASCII");
    check_error_of("\xff\xfe"
                   "6\0"
                   "0",
                   5, INPUT_HEX, "line 1, column 2: the UTF-16 text ends within a character");
    check_error_of("\xff\xfe", 2, INPUT_AUTO, "there are no octets in it");
}
END_TEST

static void
check_unmarked(const char *text, size_t len, const char *copy)
{
    struct input_result result;
    ck_assert_msg(input_unmark(&result, (const uint8_t *)text, len), "%s", result.error);
    ck_assert_uint_eq(result.octets.len, strlen(copy));
    ck_assert(strlen(copy) == 0 || memcmp(result.octets.ptr, copy, strlen(copy)) == 0);
    free(result.octets.ptr);
}

START_TEST(text_without_its_mark)
{
    static const struct {
        const char *text;
        size_t len, mark, unit;
        const char *copy;
    } cases[] = {
        {"I 60\n", 5, 0, 1, "I 60\n"},       {"\xef\xbb\xbfI 60", 7, 3, 1, "I 60"},
        {"\xff\xfeI\0\n\0", 6, 2, 2, "I\n"}, {"\xfe\xff\0I\0\n", 6, 2, 2, "I\n"},
        {"\xff\xfe", 2, 2, 2, ""},           {"\xef\xbb", 2, 0, 1, "\xef\xbb"},
        {"\xff", 1, 0, 1, "\xff"},           {NULL, 0, 0, 1, ""},
    };
    struct input_result result;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct input_mark mark = input_mark((const uint8_t *)cases[i].text, cases[i].len);
        ck_assert_uint_eq(mark.len, cases[i].mark);
        ck_assert_uint_eq(mark.unit, cases[i].unit);
        check_unmarked(cases[i].text, cases[i].len, cases[i].copy);
    }
    ck_assert(!input_unmark(&result, (const uint8_t *)"\xff\xfe\n\0\xe4\0", 6));
    ck_assert_str_eq(result.error,
                     "line 2, column 1: U+00E4 in the UTF-16 text, expected ASCII");
    ck_assert_ptr_null(result.octets.ptr);
}
END_TEST

START_TEST(two_readings)
{
    check_auto("60826082", INPUT_HEX, "\x60\x82\x60\x82");
    check_auto("oADd", INPUT_BASE64, "\xa0\x00\xdd");
    check_error("01020304", INPUT_AUTO,
                "the text reads as hex and as base64, and neither begins "
                "a known token; say which with --from");
    check_error("hello world!", INPUT_AUTO,
                "the text looks most like base64, but line 1, column 12: '!' is not a base64 "
                "symbol; as hex, line 1, column 1: 'h' is not a hexadecimal digit");
}
END_TEST

START_TEST(nothing_in_it)
{
    static const char *const texts[] = {"", " \r\n\t", "# only a comment\n", "\xef\xbb\xbf"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        check_error(texts[i], INPUT_AUTO, "there are no octets in it");
        check_error(texts[i], INPUT_HEX, "there are no octets in it");
    }
    check_error("", INPUT_RAW, "there are no octets in it");
    check_error(" \n", INPUT_BASE64, "there are no octets in it");
    check_error_of(NULL, 0, INPUT_AUTO, "there are no octets in it");
}
END_TEST

Suite *
input_suite(void)
{
    Suite *suite = suite_create("input");
    TCase *cases = tcase_create("forms");
    tcase_add_test(cases, forms_have_names);
    tcase_add_test(cases, hex_spellings);
    tcase_add_test(cases, hex_errors);
    tcase_add_test(cases, dumps_of_real_programs);
    tcase_add_test(cases, dumps_with_repeated_lines);
    tcase_add_test(cases, dump_errors);
    tcase_add_test(cases, repeated_lines_have_a_limit);
    tcase_add_test(cases, base64_spellings);
    tcase_add_test(cases, base64_errors);
    tcase_add_test(cases, http_headers);
    tcase_add_test(cases, pem_blocks);
    tcase_add_test(cases, raw_octets);
    tcase_add_test(cases, unicode_text);
    tcase_add_test(cases, text_without_its_mark);
    tcase_add_test(cases, two_readings);
    tcase_add_test(cases, nothing_in_it);
    suite_add_tcase(suite, cases);
    return suite;
}
