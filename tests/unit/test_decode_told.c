/*
 * test_decode_told.c - what a decoder tells while it reads: elements, findings
 * and the paths of both.
 */
#include "octets.h"
#include "record.h"

Suite *decode_told_suite(void);

#define KRB5 "06 09 2a 86 48 86 f7 12 01 02 02"
#define NTLM "06 0a 2b 06 01 04 01 82 37 02 02 0a"
#define FRAMED "06 06 2b 06 01 05 05 02"

static struct record record;

static enum spnego_status
decode(const char *text, unsigned tolerate)
{
    struct spnego_negotiation_token token;
    struct spnego_decode_opts opts = record_opts(&record, tolerate);

    return spnego_token_decode(&token, octets(text), &opts);
}

START_TEST(elements_of_init)
{
    ck_assert_int_eq(decode("60 33" FRAMED "a0 29 30 27 a0 19 30 17" KRB5 NTLM
                            "a1 04 03 02 01 42 a2 04 04 02 aa bb",
                            0),
                     SPNEGO_OK);
    ck_assert_str_eq(record.elements, " @0+53\n"
                                      "thisMech @2+8 holds @4+6 =0\n"
                                      "NegTokenInit @10+43\n"
                                      "NegTokenInit.mechTypes @14+27\n"
                                      "NegTokenInit.mechTypes[0] @18+11 holds @20+9 =0\n"
                                      "NegTokenInit.mechTypes[1] @29+12 holds @31+10 =0\n"
                                      "NegTokenInit.reqFlags @41+6\n"
                                      "NegTokenInit.reqFlags @43+4 holds @45+2 =66\n"
                                      "NegTokenInit.mechToken @47+6\n"
                                      "NegTokenInit.mechToken @49+4 holds @51+2 =0\n");
    ck_assert_uint_eq(record.findings, 0);
}
END_TEST

START_TEST(elements_of_resp)
{
    ck_assert_int_eq(decode("a1 18 30 16 a0 03 0a 01 02 a4 0d 30 0b" KRB5 "be 00", 0),
                     SPNEGO_E_MALFORMED);
    ck_assert_str_eq(record.elements, "NegTokenResp @0+26\n"
                                      "NegTokenResp.negState @4+5\n"
                                      "NegTokenResp.negState @6+3 holds @8+1 =2\n"
                                      "NegTokenResp.supportedMechs @9+15\n"
                                      "NegTokenResp.supportedMechs[0] @13+11 holds @15+9 =0\n"
                                      "NegTokenResp.[unknown] @24+2\n");
}
END_TEST

START_TEST(elements_of_hints)
{
    ck_assert_int_eq(decode("60 15" FRAMED "a0 0b 30 09 a3 07 30 05 a0 03 1b 01 61", 0),
                     SPNEGO_OK);
    ck_assert_str_eq(record.elements, " @0+23\n"
                                      "thisMech @2+8 holds @4+6 =0\n"
                                      "NegTokenInit2 @10+13\n"
                                      "NegTokenInit2.negHints @14+9\n"
                                      "NegTokenInit2.negHints.hintName @18+5\n"
                                      "NegTokenInit2.negHints.hintName @20+3 holds @22+1 =0\n");
}
END_TEST

/* The path and place of the only finding. */
static void
check_told(const char *text, unsigned code, const char *path, size_t off, size_t len)
{
    decode(text, 0);
    ck_assert_uint_eq(record.findings, 1);
    ck_assert_uint_eq(record.finding[0].code, code);
    ck_assert_str_eq(record.path[0], path);
    ck_assert_uint_eq(record.finding[0].off, off);
    ck_assert_uint_eq(record.finding[0].len, len);
}

START_TEST(paths_of_findings)
{
    check_told("", SPN1025_UNKNOWN_START, "", 0, 0);
    check_told("60 05 06", SPN1001_FRAGMENT, "", 0, 3);
    check_told("60 02 06 00", SPN1018_EMPTY_OID, "thisMech", 2, 2);
    check_told("a1 02 30 01", SPN1002_OVERRUN, "NegTokenResp", 2, 2);
    check_told("a1 07 30 05 a0 03 0a 01 07", SPN1031_ENUM_VALUE, "NegTokenResp.negState", 8, 1);
    check_told("60 23" FRAMED "a0 19 30 17 a0 15 30 13" KRB5 "06 06 2b 06 01 80 01 02",
               SPN1019_PADDED_ARC, "NegTokenInit.mechTypes[1]", 34, 1);
    check_told("60 0c" FRAMED "a0 02 30 00", SPN1010_MISSING_FIELD, "NegTokenInit.mechTypes",
               14, 0);
    check_told("60 10" FRAMED "a0 06 30 04 a1 02 03 00", SPN1010_MISSING_FIELD,
               "NegTokenInit.mechTypes", 14, 1);
    check_told("60 15" FRAMED "a0 0b 30 09 a3 07 30 05 a0 03 04 01 61", SPN1009_WRONG_TAG,
               "NegTokenInit2.negHints.hintName", 20, 1);
    check_told("a1 06 30 04 a9 02 05 00", SPN1016_UNKNOWN_FIELD, "NegTokenResp", 4, 4);
}
END_TEST

START_TEST(numbers_of_findings)
{
    check_told("60 82 01 00 06", SPN1001_FRAGMENT, "", 0, 5);
    ck_assert_uint_eq(record.finding[0].got, 5);
    ck_assert_uint_eq(record.finding[0].want, 260);
    check_told("a1 04 30 02 a2 07", SPN1002_OVERRUN, "NegTokenResp.responseToken", 4, 2);
    ck_assert_uint_eq(record.finding[0].got, 7);
    ck_assert_uint_eq(record.finding[0].want, 0);
    check_told("a1 05 30 03 0a 01 00", SPN1015_NO_FIELD, "NegTokenResp", 4, 1);
    ck_assert_uint_eq(record.finding[0].got, 0x0a);
    check_told("a1 07 30 05 a2 03 24 01 00", SPN1011_CONSTRUCTED_BIT,
               "NegTokenResp.responseToken", 6, 1);
    ck_assert_uint_eq(record.finding[0].got, 0x24);
    ck_assert_uint_eq(record.finding[0].want, 0x04);
}
END_TEST

/* Each deviation is told once, also where a header is looked at twice. */
START_TEST(nothing_is_told_twice)
{
    static const char *const texts[] = {
        "a1 12 30 10 a4 81 0d 30 0b" KRB5,
        "a1 07 30 05 a4 81 02 04 00",
        "a1 07 30 05 a5 81 02 05 00",
        "60 15" FRAMED "a0 0b 30 09 a3 07 30 05 a0 81 02 1b 00",
    };
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        ck_assert_int_eq(decode(texts[i], SPNEGO_TOLERATE_CODEC), SPNEGO_OK);
        ck_assert_msg(record_count(&record, SPN1007_LONG_LENGTH) == 1, "%s: %u times", texts[i],
                      record_count(&record, SPN1007_LONG_LENGTH));
    }
}
END_TEST

START_TEST(paths_are_cut_like_snprintf)
{
    static const struct spnego_desc outer = {"NegTokenInit", "", "", SPNEGO_KIND_STRUCT, 0, 0};
    static const struct spnego_desc list = {"mechTypes", "", "", SPNEGO_KIND_LIST, 0, 0};
    static const struct spnego_desc frame = {"frame", "", "", SPNEGO_KIND_FRAME, 0, 0};
    struct spnego_path top = {NULL, NULL, SPNEGO_NO_INDEX};
    struct spnego_path framed = {&top, &frame, SPNEGO_NO_INDEX};
    struct spnego_path init = {&framed, &outer, SPNEGO_NO_INDEX};
    struct spnego_path item = {&init, &list, 17};
    const char *whole = "NegTokenInit.mechTypes[17]";
    char out[32], want[32];
    size_t cap;

    for (cap = 0; cap <= sizeof(out); cap++) {
        memset(out, 0x55, sizeof(out));
        memset(want, 0x55, sizeof(want));
        snprintf(want, cap, "%s", whole);
        ck_assert_uint_eq(spnego_path_format(out, cap, &item), strlen(whole));
        /* compared to the terminator; snprintf may not touch the rest either */
        if (cap > 0)
            ck_assert_str_eq(out, want);
        else
            ck_assert_int_eq(out[0], 0x55);
        ck_assert_int_eq(out[cap < sizeof(out) ? cap : sizeof(out) - 1],
                         cap < sizeof(out) ? 0x55 : want[sizeof(out) - 1]);
    }
    ck_assert_uint_eq(spnego_path_format(NULL, 0, &item), strlen(whole));
    ck_assert_uint_eq(spnego_path_format(out, sizeof(out), &framed), 0);
    ck_assert_str_eq(out, "");
}
END_TEST

/* Values have the names of the schema; the descriptors come with elements. */
static void
name_values(void *arg, const struct spnego_element *element)
{
    char *names = arg;
    const char *name = NULL;

    if (!element->has_value)
        return;
    if (element->path->desc->kind == SPNEGO_KIND_ENUM)
        name = spnego_desc_value_name(element->path->desc, element->value);
    if (element->path->desc->kind == SPNEGO_KIND_FLAGS)
        name = spnego_desc_value_name(element->path->desc, 6);
    if (name != NULL)
        strcat(strcat(names, name), " ");
    ck_assert_ptr_null(spnego_desc_value_name(element->path->desc, 77));
}

START_TEST(names_of_values)
{
    struct spnego_negotiation_token token;
    char names[128] = "";
    struct spnego_decode_opts opts = {.size = sizeof(opts),
                                      .on_element = name_values,
                                      .arg = names};

    ck_assert_int_eq(spnego_token_decode(&token, octets("a1 07 30 05 a0 03 0a 01 03"), &opts),
                     SPNEGO_OK);
    ck_assert_int_eq(spnego_token_decode(&token,
                                         octets("60 21" FRAMED "a0 17 30 15 a0 0d 30 0b" KRB5
                                                "a1 04 03 02 01 02"),
                                         &opts),
                     SPNEGO_OK);
    ck_assert_str_eq(names, "request-mic integFlag ");
}
END_TEST

Suite *
decode_told_suite(void)
{
    Suite *suite = suite_create("decode_told");
    TCase *cases = tcase_create("callbacks");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_test(cases, elements_of_init);
    tcase_add_test(cases, elements_of_resp);
    tcase_add_test(cases, elements_of_hints);
    tcase_add_test(cases, paths_of_findings);
    tcase_add_test(cases, numbers_of_findings);
    tcase_add_test(cases, nothing_is_told_twice);
    tcase_add_test(cases, paths_are_cut_like_snprintf);
    tcase_add_test(cases, names_of_values);
    suite_add_tcase(suite, cases);
    return suite;
}
