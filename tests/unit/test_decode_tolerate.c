/*
 * test_decode_tolerate.c - what the decoder accepts beyond the standards, its
 * limits, and frames alone.
 */
#include "octets.h"
#include "record.h"

#include <limits.h>

Suite *decode_tolerate_suite(void);

#define KRB5 "06 09 2a 86 48 86 f7 12 01 02 02"
#define FRAMED "06 06 2b 06 01 05 05 02"

static struct spnego_negotiation_token token;

/* One deviation each, and the finding that it makes. */
static const struct {
    unsigned bit;
    unsigned code;
    size_t off;
    const char *text;
} deviations[] = {
    {SPNEGO_TOLERATE_FRAMED_RESP, SPN1023_FRAMED_RESP, 10, "60 0c" FRAMED "a1 02 30 00"},
    {SPNEGO_TOLERATE_BARE_RESP, SPN1024_BARE_RESP, 2, "a1 05 a0 03 0a 01 00"},
    {SPNEGO_TOLERATE_LONG_LENGTH, SPN1007_LONG_LENGTH, 1, "a1 81 02 30 00"},
    {SPNEGO_TOLERATE_LONG_LENGTH, SPN1007_LONG_LENGTH, 3, "a1 06 30 84 00 00 00 00"},
    {SPNEGO_TOLERATE_LONG_LENGTH, SPN1007_LONG_LENGTH, 5, "a1 07 30 05 a2 81 02 04 00"},
    {SPNEGO_TOLERATE_LONG_LENGTH, SPN1007_LONG_LENGTH, 7, "a1 07 30 05 a2 03 04 81 00"},
    {SPNEGO_TOLERATE_LONG_LENGTH, SPN1007_LONG_LENGTH, 5, "a1 12 30 10 a4 81 0d 30 0b" KRB5},
    {SPNEGO_TOLERATE_LONG_LENGTH, SPN1007_LONG_LENGTH, 5, "a1 07 30 05 a5 81 02 05 00"},
    {SPNEGO_TOLERATE_ZERO_PADDING, SPN1005_ZERO_PADDING, 4, "a1 02 30 00 00"},
    {SPNEGO_TOLERATE_ZERO_PADDING, SPN1005_ZERO_PADDING, 4, "a1 02 30 00 00 00 00 00"},
    {SPNEGO_TOLERATE_NAKED_INIT, SPN1022_NAKED_INIT, 0, "a0 11 30 0f a0 0d 30 0b" KRB5},
    {SPNEGO_TOLERATE_UNTRIMMED_FLAGS, SPN1034_UNTRIMMED_FLAGS, 31,
     "60 21" FRAMED "a0 17 30 15 a0 0d 30 0b" KRB5 "a1 04 03 02 00 40"},
    {SPNEGO_TOLERATE_UNTRIMMED_FLAGS, SPN1034_UNTRIMMED_FLAGS, 31,
     "60 24" FRAMED "a0 1a 30 18 a0 0d 30 0b" KRB5 "a1 07 03 05 00 40 00 00 00"},
    {SPNEGO_TOLERATE_UNTRIMMED_FLAGS, SPN1034_UNTRIMMED_FLAGS, 31,
     "60 21" FRAMED "a0 17 30 15 a0 0d 30 0b" KRB5 "a1 04 03 02 00 00"},
};
#define DEVIATIONS (sizeof(deviations) / sizeof(deviations[0]))

START_TEST(without_its_bit_it_is_an_error)
{
    struct record record;
    struct spnego_decode_opts opts =
        record_opts(&record, SPNEGO_TOLERATE_CODEC & ~deviations[_i].bit);
    const struct spnego_finding *finding = &record.finding[0];

    ck_assert_int_eq(spnego_token_decode(&token, octets(deviations[_i].text), &opts),
                     SPNEGO_E_MALFORMED);
    ck_assert_uint_eq(record.findings, 1);
    ck_assert_uint_eq(finding->code, deviations[_i].code);
    ck_assert_int_eq(finding->severity, SPNEGO_ERROR);
    ck_assert_uint_eq(finding->off, deviations[_i].off);
    ck_assert_int_eq(spnego_finding_severity(finding->code, opts.tolerate), SPNEGO_ERROR);
    ck_assert_int_eq(spnego_token_decode(&token, octets(deviations[_i].text), NULL),
                     SPNEGO_E_MALFORMED);
}
END_TEST

START_TEST(with_its_bit_it_is_a_warning)
{
    struct record record;
    struct spnego_decode_opts opts = record_opts(&record, deviations[_i].bit);
    const struct spnego_finding *finding = &record.finding[0];

    ck_assert_int_eq(spnego_token_decode(&token, octets(deviations[_i].text), &opts),
                     SPNEGO_OK);
    ck_assert_uint_eq(record_count(&record, deviations[_i].code), 1);
    ck_assert_uint_eq(finding->code, deviations[_i].code);
    ck_assert_int_eq(finding->severity, SPNEGO_WARNING);
    ck_assert_uint_eq(finding->off, deviations[_i].off);
    ck_assert_int_eq(spnego_finding_severity(finding->code, opts.tolerate), SPNEGO_WARNING);
}
END_TEST

/* The one bit that decoders do not look at: the rules of a checker do. */
START_TEST(hint_address)
{
    struct spnego_slice in =
        octets("60 24" FRAMED "a0 1a 30 18 a0 0d 30 0b" KRB5 "a3 07 30 05 a1 03 04 01 7f");
    struct record record;
    struct spnego_decode_opts opts = record_opts(&record, 0);

    ck_assert_int_eq(spnego_token_decode(&token, in, &opts), SPNEGO_OK);
    octets_check(token.u.neg_token_init2.neg_hints.hint_address, octets("7f"));
    ck_assert_uint_eq(record.findings, 0);
    ck_assert_int_eq(spnego_finding_severity(SPN2017_HINT_ADDRESS, 0), SPNEGO_ERROR);
    ck_assert_int_eq(spnego_finding_severity(SPN2017_HINT_ADDRESS,
                                             SPNEGO_TOLERATE_HINT_ADDRESS),
                     SPNEGO_WARNING);
}
END_TEST

/* Bits that a BIT STRING says are unused are 0 in DER; that some are 1 is
 * another matter than zeros that were not dropped.  X.690 11.2.1. */
START_TEST(unused_bits_that_are_set)
{
    struct spnego_slice in =
        octets("60 21" FRAMED "a0 17 30 15 a0 0d 30 0b" KRB5 "a1 04 03 02 01 03");
    struct spnego_decode_opts opts = {.size = sizeof(opts), .tolerate = SPNEGO_TOLERATE_CODEC};

    ck_assert_int_eq(spnego_token_decode(&token, in, NULL), SPNEGO_E_MALFORMED);
    ck_assert_int_eq(spnego_token_decode(&token, in, &opts), SPNEGO_E_MALFORMED);
}
END_TEST

START_TEST(tolerances_have_ends)
{
    static const char *const texts[] = {
        "a1 02 30 00 00 01",
        "a1 02 30 00 01 00",
        "a1 00",
        "a1 80 30 00 00 00",
        "a1 85 00 00 00 00 02 30 00",
        "a1 05 80 03 0a 01 00",
        "a1 04 31 02 30 00",
        "60 02 a1 00",
        "a0 02 30 00",
        "a1 0a 30 03 0a 01 00 30 03 0a 01 00",
        "a1 06 30 04 24 02 04 00",
        "61 0c" FRAMED "a1 02 30 00",
    };
    struct spnego_decode_opts opts = {.size = sizeof(opts), .tolerate = UINT_MAX};
    size_t i;

    for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        ck_assert_msg(spnego_token_decode(&token, octets(texts[i]), &opts) ==
                          SPNEGO_E_MALFORMED,
                      "%s", texts[i]);
}
END_TEST

/* What a mechListMIC covers is what was received, tolerated lengths included. */
START_TEST(long_lengths_stay_in_the_list)
{
    struct spnego_slice in = octets("60 20" FRAMED "a0 16 30 14 a0 12 30 81 0f 06 82 00 09"
                                    "2a 86 48 86 f7 12 01 02 02 06 00"),
                        item;
    const struct spnego_mech_type_list *list = &token.u.neg_token_init.mech_types;
    struct spnego_decode_opts opts = {.size = sizeof(opts),
                                      .tolerate = SPNEGO_TOLERATE_LONG_LENGTH};
    size_t pos = 0;

    ck_assert_int_eq(spnego_token_decode(&token, in, &opts), SPNEGO_E_MALFORMED);
    in = octets("60 22" FRAMED "a0 18 30 16 a0 14 30 81 11 06 82 00 09"
                "2a 86 48 86 f7 12 01 02 02 06 02 2b 01");
    ck_assert_int_eq(spnego_token_decode(&token, in, &opts), SPNEGO_OK);
    ck_assert_ptr_eq(list->der.ptr, in.ptr + 16);
    ck_assert_uint_eq(list->der.len, in.len - 16);
    ck_assert_uint_eq(list->count, 2);
    ck_assert(spnego_mech_type_list_next(&item, &pos, list));
    ck_assert_int_eq(spnego_oid_mech(item), SPNEGO_MECH_KRB5);
    ck_assert(spnego_mech_type_list_next(&item, &pos, list));
    octets_check(item, octets("2b 01"));
    ck_assert(!spnego_mech_type_list_next(&item, &pos, list));
}
END_TEST

static enum spnego_status
decode_within(struct spnego_slice in, size_t max_len, uint32_t max_items, unsigned *code)
{
    struct record record;
    struct spnego_decode_opts opts = record_opts(&record, 0);
    enum spnego_status status;

    opts.max_len = max_len;
    opts.max_items = max_items;
    opts.on_element = NULL;
    status = spnego_token_decode(&token, in, &opts);
    *code = record.findings > 0 ? record.finding[record.findings - 1].code : 0;
    return status;
}

START_TEST(max_len)
{
    struct spnego_slice in = octets("a1 02 30 00"), large;
    unsigned code;

    ck_assert_int_eq(decode_within(in, 4, 0, &code), SPNEGO_OK);
    ck_assert_int_eq(decode_within(in, 3, 0, &code), SPNEGO_E_LIMIT);
    ck_assert_uint_eq(code, SPN1026_MAX_LEN);
    /* a1 83 .. 30 83 .. a2 83 .. 04 82 ..: 65536 octets in all */
    large = (struct spnego_slice){octets_room(65537), 65536};
    memcpy((uint8_t *)large.ptr,
           "\xa1\x82\xff\xfc\x30\x82\xff\xf8\xa2\x82\xff\xf4\x04\x82"
           "\xff\xf0",
           16);
    ck_assert_int_eq(spnego_token_decode(&token, large, NULL), SPNEGO_OK);
    ck_assert_int_eq(decode_within(large, 0, 0, &code), SPNEGO_OK);
    large.len++;
    ck_assert_int_eq(spnego_token_decode(&token, large, NULL), SPNEGO_E_LIMIT);
    ck_assert_int_eq(decode_within(large, 65537, 0, &code), SPNEGO_E_MALFORMED);
    ck_assert_uint_eq(code, SPN1004_TRAILING_OCTETS);
}
END_TEST

/* A framed NegTokenInit of `count` mechanisms 1.3. */
static struct spnego_slice
many_mechs(size_t count)
{
    struct spnego_slice items[200];
    struct spnego_negotiation_token many;
    struct spnego_buf buf = {octets_room(1024), 1024, 0, NULL};
    size_t i;

    for (i = 0; i < count; i++)
        items[i] = (struct spnego_slice){(const uint8_t *)"\x2b", 1};
    memset(&many, 0, sizeof(many));
    many.u.neg_token_init.mech_types.items = items;
    many.u.neg_token_init.mech_types.count = count;
    ck_assert_int_eq(spnego_token_encode(&buf, &many), SPNEGO_OK);
    return (struct spnego_slice){buf.ptr, buf.len};
}

START_TEST(max_items)
{
    unsigned code;

    ck_assert_int_eq(spnego_token_decode(&token, many_mechs(64), NULL), SPNEGO_OK);
    ck_assert_uint_eq(token.u.neg_token_init.mech_types.count, 64);
    ck_assert_int_eq(spnego_token_decode(&token, many_mechs(65), NULL), SPNEGO_E_LIMIT);
    ck_assert_int_eq(decode_within(many_mechs(64), 0, 0, &code), SPNEGO_OK);
    ck_assert_int_eq(decode_within(many_mechs(65), 0, 0, &code), SPNEGO_E_LIMIT);
    ck_assert_uint_eq(code, SPN1027_MAX_ITEMS);
    ck_assert_int_eq(decode_within(many_mechs(65), 0, 65, &code), SPNEGO_OK);
    ck_assert_int_eq(decode_within(many_mechs(1), 0, 1, &code), SPNEGO_OK);
    ck_assert_int_eq(decode_within(many_mechs(2), 0, 1, &code), SPNEGO_E_LIMIT);
    ck_assert_int_eq(decode_within(many_mechs(200), 0, UINT32_MAX, &code), SPNEGO_OK);
    ck_assert_uint_eq(token.u.neg_token_init.mech_types.count, 200);
}
END_TEST

START_TEST(frames)
{
    struct spnego_slice mech, inner, in = octets("60 0d" KRB5 "01 00");

    ck_assert_int_eq(spnego_frame_decode(&mech, &inner, in, NULL), SPNEGO_OK);
    ck_assert_ptr_eq(mech.ptr, in.ptr + 4);
    ck_assert_int_eq(spnego_oid_mech(mech), SPNEGO_MECH_KRB5);
    ck_assert_ptr_eq(inner.ptr, in.ptr + 13);
    octets_check(inner, octets("01 00"));
    ck_assert_int_eq(spnego_frame_decode(&mech, &inner, octets("60 0b" KRB5), NULL), SPNEGO_OK);
    ck_assert_uint_eq(inner.len, 0);
    in = octets("60 0e" KRB5 "01 00");
    ck_assert_int_eq(spnego_frame_decode(&mech, &inner, in, NULL), SPNEGO_E_TRUNCATED);
    ck_assert(mech.ptr == NULL && mech.len == 0 && inner.ptr == NULL && inner.len == 0);
    in = octets("60 0c" KRB5 "01 00");
    ck_assert_int_eq(spnego_frame_decode(&mech, &inner, in, NULL), SPNEGO_E_MALFORMED);
    ck_assert(mech.ptr == NULL && mech.len == 0 && inner.ptr == NULL && inner.len == 0);
    in = octets("60 02 06 05");
    ck_assert_int_eq(spnego_frame_decode(&mech, &inner, in, NULL), SPNEGO_E_MALFORMED);
    in = octets("61 0b" KRB5);
    ck_assert_int_eq(spnego_frame_decode(&mech, &inner, in, NULL), SPNEGO_E_MALFORMED);
    in = octets("60 02 04 00");
    ck_assert_int_eq(spnego_frame_decode(&mech, &inner, in, NULL), SPNEGO_E_MALFORMED);
    in = octets("");
    ck_assert_int_eq(spnego_frame_decode(&mech, &inner, in, NULL), SPNEGO_E_TRUNCATED);
}
END_TEST

Suite *
decode_tolerate_suite(void)
{
    Suite *suite = suite_create("decode_tolerate");
    TCase *cases = tcase_create("options");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_loop_test(cases, without_its_bit_it_is_an_error, 0, DEVIATIONS);
    tcase_add_loop_test(cases, with_its_bit_it_is_a_warning, 0, DEVIATIONS);
    tcase_add_test(cases, hint_address);
    tcase_add_test(cases, unused_bits_that_are_set);
    tcase_add_test(cases, tolerances_have_ends);
    tcase_add_test(cases, long_lengths_stay_in_the_list);
    tcase_add_test(cases, max_len);
    tcase_add_test(cases, max_items);
    tcase_add_test(cases, frames);
    suite_add_tcase(suite, cases);
    return suite;
}
