/*
 * test_decode.c - what the token decoder makes of good and bad octets: fields,
 * kinds of tokens, extensions, frames.  What it accepts beyond the standards
 * and its limits: test_decode_tolerate.c; what it tells while it reads:
 * test_decode_told.c.
 */
#include "octets.h"
#include "record.h"

Suite *decode_suite(void);

#define KRB5 "06 09 2a 86 48 86 f7 12 01 02 02"

static struct spnego_negotiation_token token;

/* check_zero fails unless all octets of what a failed decode left are 0. */
static void
check_zero(const void *what, size_t len)
{
    const uint8_t *octet = what;

    while (len-- > 0)
        ck_assert_uint_eq(octet[len], 0);
}

static struct spnego_slice
accept(const char *text)
{
    struct spnego_slice in = octets(text);

    memset(&token, 0xee, sizeof(token));
    ck_assert_msg(spnego_token_decode(&token, in, NULL) == SPNEGO_OK, "%s", text);
    return in;
}

/* Checks that `text` is refused with `status`, that `code` is the only error,
 * and where it stands. */
static void
refuse(const char *text, enum spnego_status status, unsigned code, size_t off)
{
    struct record record;
    struct spnego_decode_opts opts = record_opts(&record, 0);
    enum spnego_status got;
    const struct spnego_finding *last;

    memset(&token, 0xee, sizeof(token));
    got = spnego_token_decode(&token, octets(text), &opts);
    ck_assert_msg(got == status, "%s: %s", text, spnego_status_name(got));
    check_zero(&token, sizeof(token));
    ck_assert_uint_gt(record.findings, 0);
    last = &record.finding[record.findings - 1];
    ck_assert_msg(last->code == code, "%s: SPN%d", text, last->code);
    ck_assert_int_eq(last->severity, SPNEGO_ERROR);
    ck_assert_msg(last->off == off, "%s: at %zu", text, last->off);
}

#define malformed(text, code, off) refuse(text, SPNEGO_E_MALFORMED, code, off)

/* Puts a NegTokenResp, a framed NegTokenInit with `fields`, short ones, into
 * static text. */
static char *
wrap(const char *fields, bool init)
{
    static char text[1024];
    size_t len = octets(fields).len;

    ck_assert_uint_lt(len, 112);
    if (init)
        snprintf(text, sizeof(text), "60%02zx 06062b0601050502 a0%02zx 30%02zx %s", len + 12,
                 len + 2, len, fields);
    else
        snprintf(text, sizeof(text), "a1%02zx 30%02zx %s", len + 2, len, fields);
    return text;
}

#define INIT_FIELDS(fields) wrap(fields, true)
#define RESP_FIELDS(fields) wrap(fields, false)
#define ONE_MECH "a0 0d 30 0b" KRB5

START_TEST(slices_point_into_the_input)
{
    const struct spnego_neg_token_init *init = &token.u.neg_token_init;
    struct spnego_slice in = accept(INIT_FIELDS(
                            ONE_MECH "a1 04 03 02 01 42 a2 04 04 02 aa bb a3 03 04 01 cc")),
                        item;
    size_t pos = 0;

    ck_assert_int_eq(token.kind, SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT);
    ck_assert_ptr_eq(init->mech_types.der.ptr, in.ptr + 16);
    octets_check(init->mech_types.der, octets("30 0b" KRB5));
    ck_assert_uint_eq(init->mech_types.count, 1);
    ck_assert_ptr_null(init->mech_types.items);
    ck_assert(spnego_mech_type_list_next(&item, &pos, &init->mech_types));
    ck_assert_ptr_eq(item.ptr, in.ptr + 20);
    ck_assert_uint_eq(item.len, 9);
    ck_assert(!spnego_mech_type_list_next(&item, &pos, &init->mech_types));
    ck_assert_uint_eq(init->req_flags,
                      SPNEGO_CONTEXT_FLAGS_MUTUAL_FLAG | SPNEGO_CONTEXT_FLAGS_INTEG_FLAG);
    ck_assert_ptr_eq(init->mech_token.ptr, in.ptr + 39);
    octets_check(init->mech_token, octets("aa bb"));
    ck_assert_ptr_eq(init->mech_list_mic.ptr, in.ptr + 45);
    octets_check(init->mech_list_mic, octets("cc"));
}
END_TEST

/* Joins the fields that `subset` has bits for. */
static char *
join(const char *const *fields, size_t count, unsigned subset)
{
    static char text[512];
    size_t i;

    text[0] = '\0';
    for (i = 0; i < count; i++)
        if ((subset >> i & 1) != 0)
            strcat(text, fields[i]);
    return text;
}

START_TEST(every_subset_of_resp)
{
    static const char *const fields[] = {
        "a0 03 0a 01 01", "a1 0b" KRB5, "a2 03 04 01 aa", "a3 02 04 00", "a4 0d 30 0b" KRB5,
    };
    const struct spnego_neg_token_resp *resp = &token.u.neg_token_resp;
    unsigned subset;

    for (subset = 0; subset < 32; subset++) {
        accept(RESP_FIELDS(join(fields, 5, subset)));
        ck_assert_int_eq(token.kind, SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);
        ck_assert_uint_eq(resp->has_neg_state, subset & 1);
        ck_assert_uint_eq(resp->neg_state, subset & 1);
        ck_assert_uint_eq(resp->has_supported_mech, subset >> 1 & 1);
        ck_assert_uint_eq(resp->supported_mech.len, resp->has_supported_mech ? 9 : 0);
        ck_assert_uint_eq(resp->has_response_token, subset >> 2 & 1);
        ck_assert_uint_eq(resp->response_token.len, resp->has_response_token);
        ck_assert_uint_eq(resp->has_mech_list_mic, subset >> 3 & 1);
        ck_assert_uint_eq(resp->mech_list_mic.len, 0);
        ck_assert_uint_eq(resp->has_supported_mechs, subset >> 4);
        ck_assert_uint_eq(resp->supported_mechs.count, subset >> 4);
    }
}
END_TEST

START_TEST(every_subset_of_init)
{
    static const char *const fields[] = {
        "a1 04 03 02 05 20",
        "a2 03 04 01 aa",
        "a3 03 04 01 bb",
    };
    const struct spnego_neg_token_init *init = &token.u.neg_token_init;
    char text[600];
    unsigned subset;

    for (subset = 0; subset < 8; subset++) {
        snprintf(text, sizeof(text), ONE_MECH "%s", join(fields, 3, subset));
        accept(INIT_FIELDS(text));
        ck_assert_int_eq(token.kind, SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT);
        ck_assert_uint_eq(init->has_req_flags, subset & 1);
        ck_assert_uint_eq(init->req_flags, subset & 1 ? SPNEGO_CONTEXT_FLAGS_REPLAY_FLAG : 0);
        ck_assert_uint_eq(init->has_mech_token, subset >> 1 & 1);
        ck_assert_uint_eq(init->mech_token.len, subset >> 1 & 1);
        ck_assert_uint_eq(init->has_mech_list_mic, subset >> 2);
        ck_assert_uint_eq(init->mech_list_mic.len, subset >> 2);
    }
}
END_TEST

/* One of negHints and [4] must be there, or it is no NegTokenInit2. */
START_TEST(every_subset_of_init2)
{
    static const char *const fields[] = {
        ONE_MECH,         "a1 03 03 01 00", "a2 02 04 00", "a3 07 30 05 a0 03 1b 01 61",
        "a4 03 04 01 cc",
    };
    const struct spnego_neg_token_init2 *init = &token.u.neg_token_init2;
    unsigned subset;

    for (subset = 8; subset < 32; subset++) {
        accept(INIT_FIELDS(join(fields, 5, subset)));
        ck_assert_int_eq(token.kind, SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2);
        ck_assert_uint_eq(init->has_mech_types, subset & 1);
        ck_assert_uint_eq(init->mech_types.count, subset & 1);
        ck_assert_uint_eq(init->has_req_flags, subset >> 1 & 1);
        ck_assert_uint_eq(init->has_mech_token, subset >> 2 & 1);
        ck_assert_uint_eq(init->has_neg_hints, subset >> 3 & 1);
        ck_assert_uint_eq(init->neg_hints.has_hint_name, subset >> 3 & 1);
        ck_assert_uint_eq(init->neg_hints.hint_name.len, subset >> 3 & 1);
        ck_assert_uint_eq(init->has_mech_list_mic, subset >> 4);
        if (subset == 15)
            subset = 16;
    }
    malformed(INIT_FIELDS("a2 02 04 00"), SPN1010_MISSING_FIELD, 14);
}
END_TEST

/* [3] alone decides if it is there: with an OCTET STRING in it the token is RFC
 * 4178's, and [4] is an extension that it does not know. */
START_TEST(init_with_mic_and_an_extension)
{
    accept(INIT_FIELDS(ONE_MECH "a3 03 04 01 bb a4 03 04 01 cc"));
    ck_assert_int_eq(token.kind, SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT);
    octets_check(token.u.neg_token_init.mech_list_mic, octets("bb"));
}
END_TEST

START_TEST(neg_hints)
{
    const struct spnego_neg_hints *hints = &token.u.neg_token_init2.neg_hints;

    accept(INIT_FIELDS(ONE_MECH "a3 02 30 00"));
    ck_assert(!hints->has_hint_name && !hints->has_hint_address);
    accept(INIT_FIELDS(ONE_MECH "a3 07 30 05 a0 03 1b 01 ff"));
    octets_check(hints->hint_name, octets("ff"));
    malformed(INIT_FIELDS(ONE_MECH "a3 07 30 05 a0 03 04 01 ff"), SPN1009_WRONG_TAG, 35);
    /* NegHints has no "...". */
    malformed(INIT_FIELDS(ONE_MECH "a3 07 30 05 a2 03 04 01 ff"), SPN1015_NO_FIELD, 33);
}
END_TEST

START_TEST(tokens_cut_short)
{
    const char *text = INIT_FIELDS(ONE_MECH "a2 03 04 01 aa");
    struct spnego_slice whole = octets(text), cut;
    size_t len;

    for (len = 0; len < whole.len; len++) {
        cut = octets_copy((struct spnego_slice){whole.ptr, len});
        ck_assert_int_eq(spnego_token_decode(&token, cut, NULL), SPNEGO_E_TRUNCATED);
        check_zero(&token, sizeof(token));
        /* with lengths that agree it is not a fragment any more */
        if (len < 2)
            continue;
        ((uint8_t *)cut.ptr)[1] = (uint8_t)(len - 2);
        ck_assert_int_eq(spnego_token_decode(&token, cut, NULL), SPNEGO_E_MALFORMED);
    }
    refuse("", SPNEGO_E_TRUNCATED, SPN1025_UNKNOWN_START, 0);
    refuse("60 1b 06", SPNEGO_E_TRUNCATED, SPN1001_FRAGMENT, 0);
    refuse("60", SPNEGO_E_TRUNCATED, SPN1003_CUT_HEADER, 0);
    refuse("60 82 01", SPNEGO_E_TRUNCATED, SPN1003_CUT_HEADER, 0);
}
END_TEST

START_TEST(lengths)
{
    malformed("a1 80 30 00 00 00", SPN1006_INDEFINITE_LENGTH, 1);
    malformed("a1 85 00 00 00 00 02 30 00", SPN1008_LENGTH_OCTETS, 1);
    malformed("a1 ff 30 00", SPN1008_LENGTH_OCTETS, 1);
    malformed("a1 02 30 01", SPN1002_OVERRUN, 2);
    malformed("a1 06 30 04 a2 84 ff ff", SPN1003_CUT_HEADER, 4);
    malformed("a1 08 30 06 a2 84 ff ff ff ff", SPN1002_OVERRUN, 4);
    malformed("a1 02 30 00 01", SPN1004_TRAILING_OCTETS, 4);
    malformed("a1 03 30 00 00", SPN1014_LEFT_OVER, 4);
    malformed(RESP_FIELDS("a2 04 04 01 aa bb"), SPN1014_LEFT_OVER, 9);
    malformed("60 0d 06 06 2b 06 01 05 05 02 a0 02 30 00 00", SPN1010_MISSING_FIELD, 14);
}
END_TEST

START_TEST(values)
{
    malformed(RESP_FIELDS("a0 03 0a 01 04"), SPN1031_ENUM_VALUE, 8);
    malformed(RESP_FIELDS("a0 03 0a 01 ff"), SPN1031_ENUM_VALUE, 8);
    malformed(RESP_FIELDS("a0 02 0a 00"), SPN1030_ENUM_LENGTH, 6);
    malformed(RESP_FIELDS("a0 04 0a 02 00 01"), SPN1030_ENUM_LENGTH, 6);
    malformed(RESP_FIELDS("a1 02 06 00"), SPN1018_EMPTY_OID, 6);
    malformed(RESP_FIELDS("a1 04 06 02 80 01"), SPN1019_PADDED_ARC, 8);
    malformed(RESP_FIELDS("a1 05 06 03 2b 80 01"), SPN1019_PADDED_ARC, 9);
    malformed(RESP_FIELDS("a1 04 06 02 2b 86"), SPN1020_CUT_ARC, 9);
    accept(RESP_FIELDS("a1 05 06 03 2b 81 00"));
    malformed(RESP_FIELDS("a2 03 24 01 00"), SPN1011_CONSTRUCTED_BIT, 6);
    malformed(INIT_FIELDS("a0 02 30 00"), SPN1032_EMPTY_LIST, 18);
    malformed(INIT_FIELDS(ONE_MECH "a1 02 03 00"), SPN1033_UNUSED_BITS, 31);
    malformed(INIT_FIELDS(ONE_MECH "a1 03 03 01 01"), SPN1033_UNUSED_BITS, 31);
    malformed(INIT_FIELDS(ONE_MECH "a1 04 03 02 08 01"), SPN1033_UNUSED_BITS, 31);
}
END_TEST

START_TEST(unnamed_flags)
{
    accept(INIT_FIELDS(ONE_MECH "a1 04 03 02 00 03"));
    ck_assert_uint_eq(token.u.neg_token_init.req_flags, 0xc0);
    /* bits above 31 are counted, but not kept */
    accept(INIT_FIELDS(ONE_MECH "a1 08 03 06 07 40 00 00 00 80"));
    ck_assert_uint_eq(token.u.neg_token_init.req_flags, 0x02);
}
END_TEST

START_TEST(unknown_fields_are_skipped)
{
    struct record record;
    struct spnego_decode_opts opts = record_opts(&record, 0);

    ck_assert_int_eq(spnego_token_decode(&token,
                                         octets(RESP_FIELDS(
                                             "a0 03 0a 01 00 a5 02 04 00 be 02 05 00")),
                                         &opts),
                     SPNEGO_OK);
    ck_assert_uint_eq(record_count(&record, SPN1016_UNKNOWN_FIELD), 2);
    ck_assert_uint_eq(record.finding[0].got, 5);
    ck_assert_uint_eq(record.finding[1].got, 30);
    ck_assert_int_eq(record.finding[0].severity, SPNEGO_NOTE);
    /* [4] is supportedMechs only with a list in it */
    accept(RESP_FIELDS("a4 02 04 00"));
    ck_assert(!token.u.neg_token_resp.has_supported_mechs);
    malformed(RESP_FIELDS("a4 02 30 00"), SPN1032_EMPTY_LIST, 8);
    malformed(RESP_FIELDS("a5 00"), SPN1003_CUT_HEADER, 6);
}
END_TEST

/* An error is the last that is told. */
START_TEST(two_elements_in_an_unknown_field)
{
    malformed(RESP_FIELDS("a5 04 05 00 05 00"), SPN1014_LEFT_OVER, 8);
}
END_TEST

START_TEST(collisions_are_refused)
{
    malformed(RESP_FIELDS("a0 03 0a 01 00 a0 03 0a 01 00"), SPN1013_FIELD_REPEATED, 9);
    malformed(RESP_FIELDS("a5 02 05 00 a5 02 05 00"), SPN1013_FIELD_REPEATED, 8);
    malformed(RESP_FIELDS("a4 02 04 00 a4 02 04 00"), SPN1013_FIELD_REPEATED, 8);
    malformed(RESP_FIELDS("a2 02 04 00 a1 0b" KRB5), SPN1012_FIELD_ORDER, 8);
    malformed(RESP_FIELDS("a6 02 05 00 a5 02 05 00"), SPN1012_FIELD_ORDER, 8);
    malformed(RESP_FIELDS("a5 02 05 00 a0 03 0a 01 00"), SPN1012_FIELD_ORDER, 8);
    malformed(RESP_FIELDS("83 01 aa"), SPN1011_CONSTRUCTED_BIT, 4);
    malformed(RESP_FIELDS("85 01 aa"), SPN1011_CONSTRUCTED_BIT, 4);
    malformed(RESP_FIELDS("04 01 aa"), SPN1015_NO_FIELD, 4);
    malformed(RESP_FIELDS("30 00"), SPN1015_NO_FIELD, 4);
    malformed(RESP_FIELDS("65 00"), SPN1015_NO_FIELD, 4);
    malformed(RESP_FIELDS("e5 00"), SPN1015_NO_FIELD, 4);
    malformed(RESP_FIELDS("00 00"), SPN1015_NO_FIELD, 4);
    malformed(RESP_FIELDS("bf 1f 00"), SPN1015_NO_FIELD, 4);
    malformed(RESP_FIELDS("bf 81 00 00"), SPN1015_NO_FIELD, 4);
}
END_TEST

/* What stands in an unknown field is one element of BER: no end-of-contents,
 * no tag of more octets that would be read as a length. */
START_TEST(odd_elements_in_unknown_fields)
{
    struct spnego_slice eoc = octets(RESP_FIELDS("a5 02 00 00"));
    struct spnego_slice high = octets(RESP_FIELDS("a5 04 1f 02 00 00"));

    ck_assert_int_eq(spnego_token_decode(&token, eoc, NULL), SPNEGO_E_MALFORMED);
    ck_assert_int_eq(spnego_token_decode(&token, high, NULL), SPNEGO_E_MALFORMED);
}
END_TEST

START_TEST(starts_of_other_things)
{
    malformed("30 00", SPN1025_UNKNOWN_START, 0);
    malformed("a2 00", SPN1025_UNKNOWN_START, 0);
    malformed("81 02 30 00", SPN1025_UNKNOWN_START, 0);
    malformed("4e 54 4c 4d 53 53 50 00", SPN1025_UNKNOWN_START, 0);
    malformed("60 0a 06 06 2b 06 01 05 05 02 a2 00", SPN1009_WRONG_TAG, 10);
    malformed("60 08 06 06 2b 06 01 05 05 02", SPN1003_CUT_HEADER, 10);
    refuse("60 0d 06 09 2a 86 48 86 f7 12 01 02 02 01 00", SPNEGO_E_UNSUPPORTED,
           SPN1021_FOREIGN_FRAME, 4);
}
END_TEST

Suite *
decode_suite(void)
{
    Suite *suite = suite_create("decode");
    TCase *cases = tcase_create("octets");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_test(cases, slices_point_into_the_input);
    tcase_add_test(cases, every_subset_of_resp);
    tcase_add_test(cases, every_subset_of_init);
    tcase_add_test(cases, every_subset_of_init2);
    tcase_add_test(cases, init_with_mic_and_an_extension);
    tcase_add_test(cases, neg_hints);
    tcase_add_test(cases, tokens_cut_short);
    tcase_add_test(cases, lengths);
    tcase_add_test(cases, values);
    tcase_add_test(cases, unnamed_flags);
    tcase_add_test(cases, unknown_fields_are_skipped);
    tcase_add_test(cases, two_elements_in_an_unknown_field);
    tcase_add_test(cases, collisions_are_refused);
    tcase_add_test(cases, odd_elements_in_unknown_fields);
    tcase_add_test(cases, starts_of_other_things);
    suite_add_tcase(suite, cases);
    return suite;
}
