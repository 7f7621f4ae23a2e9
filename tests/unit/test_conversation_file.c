/* test_conversation_file.c: what people may write down, and what they get to hear if it
 * cannot be read. */
#include "conversation_file.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *conversation_file_suite(void);

static const struct analysis_setup setup = {.tolerate = TOLERATE_INTEROP_PROFILE};

/* "I3 A0": the side and the number of octets of each token, "?" before a guess. */
static void
describe(char *out, size_t cap, const char *text, enum input_form form)
{
    struct spnego_slice octets = {(const uint8_t *)text, strlen(text)};
    struct conversation conversation;
    size_t len = 0, i;
    char error[256];

    conversation_start(&conversation, "text", &setup);
    snprintf(out, cap, "%s", "");
    if (!conversation_read(&conversation, octets, form, error, sizeof(error)))
        len = (size_t)snprintf(out, cap, "%s", error);
    else
        for (i = 0; i < conversation.count; i++)
            len +=
                (size_t)snprintf(out + len, cap - len, "%s%s%c%zu(%s)", i > 0 ? " " : "",
                                 conversation.turns[i].side_guessed ? "?" : "",
                                 "?IA"[conversation.turns[i].side],
                                 conversation.turns[i].octets.len, conversation.turns[i].label);
    conversation_free(&conversation);
}

static const struct {
    const char *text;
    const char *expected;
    enum input_form form;
} texts[] = {
    {"I a1 07 30 05 a0 03 0a 01 00\n", "I9(line 1)", INPUT_AUTO},
    {"I a1073005a0030a0100", "I9(line 1)", INPUT_AUTO},
    {"# a comment\n\nA a1 07 30 05 # a0\n   a0 03 0a 01 02 # reject\n", "A9(line 3)",
     INPUT_AUTO},
    {"I a1 07\n  30 05\n\ta0 03 0a 01 00\nA a1 00", "I9(line 1) A2(line 4)", INPUT_AUTO},
    {"I\n  a1 07 30 05\n  a0 03 0a 01 00\n", "I9(line 1)", INPUT_AUTO},
    {"I -\nA\nI \"\"\n? -", "I0(line 1) A0(line 2) I0(line 3) ?A0(line 4)", INPUT_AUTO},
    {"I a1 00\r\nA a1 00\r\n", "I2(line 1) A2(line 2)", INPUT_AUTO},
    {"a1 07 30 05 a0 03 0a 01 00\n", "?A9(line 1)", INPUT_AUTO},
    {"A oQcwBaADCgEC\n", "A9(line 1)", INPUT_AUTO},
    {"WWW-Authenticate: Negotiate oQcwBaADCgEC\nAuthorization: Negotiate oQcwBaADCgEC\n",
     "A9(line 1) I9(line 2)", INPUT_AUTO},
    {"? a1 07 30 05 a0 03 0a 01 03\n? a1 00\n", "?A9(line 1) ?I2(line 2)", INPUT_AUTO},
    {"I a1 0g\n", "line 1, column 7: 'g' is not a hexadecimal digit", INPUT_HEX},
    {"I a1 00\n\nA a1\n  07 3x\n", "line 4, column 7: 'x' is not a hexadecimal digit",
     INPUT_HEX},
    {"I a1 08 30 06\nA -\nI a0 03 0a 01 00 05\n", "I10(line 1)", INPUT_AUTO},
    {"I a1 08 30 06\nA -\nI a0 03 0a 01 0g 05\n",
     "line 3, column 16: 'g' is not a hexadecimal digit", INPUT_HEX},
    {"  # pasted\n  I a1 07\n    30 05\n  A a1 00\n\n  -\n",
     "I4(line 2) A2(line 4) ?I0(line 6)", INPUT_AUTO},
    {"I a1 0g\n", "line 1, column 7: 'g' is not a hexadecimal digit", INPUT_AUTO},
    {"A oQcwBaADCgEC\nI a1\n  0g\n", "line 3, column 4: 'g' is not a hexadecimal digit",
     INPUT_AUTO},
    {"I zz\n",
     "line 1, column 4: the text looks most like base64, but the unused bits of the last "
     "base64 "
     "symbol 'z' are not zero; as hex, line 1, column 3: 'z' is not a hexadecimal digit",
     INPUT_AUTO},
    {"A -\nX a1 07 30\n", "line 2, column 1: 'X' names no side, expected I, A or ?",
     INPUT_AUTO},
    {"i a1 07\n", "line 1, column 1: 'i' names no side, expected I, A or ?", INPUT_AUTO},
    {"R\n", "line 1, column 1: 'R' names no side, expected I, A or ?", INPUT_AUTO},
    {"I a1 00\n\tB a1 00\n", "line 2, column 2: 'B' names no side, expected I, A or ?",
     INPUT_AUTO},
    {"> Authorization: Negotiate oQcwBaADCgEC\n  < WWW-authenticate: Negotiate oQcwBaADCgEC\n"
     " Proxy-Authorization: Negotiate oQcwBaADCgEC\n",
     "I9(line 1) A9(line 2) I9(line 3)", INPUT_AUTO},
    {"\xef\xbb\xbfI a1 00\nA a1 00\n", "I2(line 1) A2(line 2)", INPUT_AUTO},
    {"\xef\xbb\xbfI a1 0g\n", "line 1, column 7: 'g' is not a hexadecimal digit", INPUT_AUTO},
    {"I a1 07\n", "I2(line 1)", INPUT_AUTO},
    {"", "no token; expected lines such as \"I 60 48 ...\"", INPUT_AUTO},
    {"# nothing\n\n", "no token; expected lines such as \"I 60 48 ...\"", INPUT_AUTO},
};

START_TEST(text_is_read)
{
    char found[400];

    describe(found, sizeof(found), texts[_i].text, texts[_i].form);
    ck_assert_str_eq(found, texts[_i].expected);
}
END_TEST

/* As PowerShell writes it, in both orders of octets. */
START_TEST(utf16_is_read)
{
    static const char text[] = "I a1 00\nA a1 07\n   30 05\n? a1 00\n";
    const bool big = _i == 1;
    uint8_t wide[2 * sizeof(text)] = {0xff, 0xfe};
    struct conversation conversation;
    char error[256];
    size_t i;

    wide[0] = big ? 0xfe : 0xff;
    wide[1] = big ? 0xff : 0xfe;
    for (i = 0; text[i] != '\0'; i++)
        wide[2 + 2 * i + big] = (uint8_t)text[i];
    conversation_start(&conversation, "text", &setup);
    ck_assert_msg(conversation_read(&conversation, (struct spnego_slice){wide, 2 + 2 * i},
                                    INPUT_AUTO, error, sizeof(error)),
                  "%s", error);
    ck_assert_uint_eq(conversation.count, 3);
    ck_assert_uint_eq(conversation.turns[1].octets.len, 4);
    ck_assert_uint_eq(conversation.turns[1].line, 2);
    ck_assert_uint_eq(conversation.turns[2].line, 4);
    ck_assert(!conversation_read(&conversation, (struct spnego_slice){wide, 1 + 2 * i},
                                 INPUT_AUTO, error, sizeof(error)));
    ck_assert_str_eq(error, "line 4, column 8: the UTF-16 text ends within a character");
    conversation_free(&conversation);
}
END_TEST

START_TEST(too_many_tokens)
{
    char text[3 * (CONVERSATION_MAX_TURNS + 2)] = "", found[4000];
    size_t i;

    for (i = 0; i <= CONVERSATION_MAX_TURNS; i++)
        strcat(text, i % 2 == 0 ? "I\n" : "A\n");
    describe(found, sizeof(found), text, INPUT_AUTO);
    ck_assert_str_eq(found, "line 65: more than 64 tokens: no negotiation has that many");
}
END_TEST

static const struct {
    const char *name;
    const char *rest;
    enum side side;
} files[] = {
    {"I:first.bin", "first.bin", SIDE_INITIATOR},
    {"A:/tmp/second", "/tmp/second", SIDE_ACCEPTOR},
    {"I", "I", SIDE_UNKNOWN},
    {"first.bin", "first.bin", SIDE_UNKNOWN},
};

START_TEST(names_have_sides)
{
    const char *name = files[_i].name;

    ck_assert_int_eq(conversation_file_side(&name), files[_i].side);
    ck_assert_str_eq(name, files[_i].rest);
}
END_TEST

START_TEST(files_are_tokens)
{
    static const uint8_t raw[] = {0xa1, 0x07, 0x30, 0x05, 0xa0, 0x03, 0x0a, 0x01, 0x02};
    struct spnego_slice octets = {raw, sizeof(raw)}, empty = {NULL, 0};
    struct conversation conversation;
    char error[256];

    conversation_start(&conversation, "files", &setup);
    ck_assert(conversation_read_one(&conversation, SIDE_INITIATOR, empty, INPUT_AUTO, "one",
                                    error, sizeof(error)));
    ck_assert(conversation_read_one(&conversation, SIDE_UNKNOWN, octets, INPUT_RAW, "two",
                                    error, sizeof(error)));
    ck_assert_uint_eq(conversation.count, 2);
    ck_assert_str_eq(conversation.turns[1].label, "two");
    ck_assert_int_eq(conversation.turns[1].side, SIDE_ACCEPTOR);
    ck_assert_mem_eq(conversation.turns[1].octets.ptr, raw, sizeof(raw));
    octets.ptr = (const uint8_t *)"6x";
    octets.len = 2;
    ck_assert(!conversation_read_one(&conversation, SIDE_UNKNOWN, octets, INPUT_HEX, "three",
                                     error, sizeof(error)));
    ck_assert_str_eq(error, "line 1, column 2: 'x' is not a hexadecimal digit");
    conversation_free(&conversation);
}
END_TEST

Suite *
conversation_file_suite(void)
{
    Suite *suite = suite_create("conversation_file");
    TCase *reading = tcase_create("reading");

    tcase_add_loop_test(reading, text_is_read, 0, (int)(sizeof(texts) / sizeof(texts[0])));
    tcase_add_loop_test(reading, utf16_is_read, 0, 2);
    tcase_add_test(reading, too_many_tokens);
    tcase_add_loop_test(reading, names_have_sides, 0, (int)(sizeof(files) / sizeof(files[0])));
    tcase_add_test(reading, files_are_tokens);
    suite_add_tcase(suite, reading);
    return suite;
}
