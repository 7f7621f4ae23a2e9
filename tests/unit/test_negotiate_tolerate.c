/* test_negotiate_tolerate.c - deviations that peers are known for: each is refused, or
 * borne with by its own bit, and then told. */
#include "octets.h"
#include "script.h"

#include <check.h>

Suite *negotiate_tolerate_suite(void);

static struct pair pair;
static struct told told;

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR
#define ALL 0x1ffffu
#define T(name) SPNEGO_TOLERATE_##name
#define NTLMSSP "4e 54 4c 4d 53 53 50 00"
#define NTLM_TOKEN "hex " NTLMSSP "01 00 00 00"
#define KRB5_TOKEN "hex 60 0d 06 09 2a 86 48 86 f7 12 01 02 02 01 00"
#define MS_KRB5_TOKEN "hex 60 0d 06 09 2a 86 48 82 f7 12 01 02 02 01 00"

/* What the deviating line ends in; `strict` without the bit. */
struct deviation {
    unsigned bit;
    unsigned code;
    enum spnego_status strict;
    enum spnego_status borne;
    struct play play;
};

#define BAD SPNEGO_E_MALFORMED
#define GO_ON SPNEGO_CONTINUE
static const struct deviation deviations[] = {
    /* In the octets: T1, T2, T9, T11, and NegTokenInit without a frame. */
    {T(FRAMED_RESP),
     1023,
     BAD,
     SPNEGO_OK,
     {I,
      "A",
      1,
      0,
      0,
      {"", "hex 60 1b 06 06 2b 06 01 05 05 02 a1 11 30 0f a0 03 0a 01 00 a1 08 06 06"
           "69 85 a2 c0 ac 66"}}},
    {T(BARE_RESP),
     1024,
     BAD,
     SPNEGO_OK,
     {I, "A", 1, 0, 0, {"", "hex a1 0f a0 03 0a 01 00 a1 08 06 06 69 85 a2 c0 ac 66"}}},
    {T(LONG_LENGTH),
     1007,
     BAD,
     SPNEGO_OK,
     {I,
      "A",
      1,
      0,
      0,
      {"", "hex a1 81 11 30 0f a0 03 0a 01 00 a1 08 06 06 69 85 a2 c0 ac 66"}}},
    {T(ZERO_PADDING),
     1005,
     BAD,
     SPNEGO_OK,
     {I,
      "A",
      1,
      0,
      0,
      {"", "hex a1 11 30 0f a0 03 0a 01 00 a1 08 06 06 69 85 a2 c0 ac 66 00 00 00"}}},
    {T(NAKED_INIT),
     1022,
     BAD,
     GO_ON,
     {A, "A", 1, 0, 0, {"hex a0 0e 30 0c a0 0a 30 08 06 06 69 85 a2 c0 ac 66"}}},
    {T(UNTRIMMED_FLAGS),
     1034,
     BAD,
     GO_ON,
     {A,
      "A",
      1,
      0,
      0,
      {"hex 60 1e 06 06 2b 06 01 05 05 02 a0 14 30 12 a0 0a 30 08 06 06 69 85 a2 c0 ac 66"
       "a1 04 03 02 01 00"}}},
    /* In the negotiation: T3 to T8, T10, T12, T13. */
    {T(NO_CHOICE), 5005, BAD, SPNEGO_OK, {I, "A", 1, 0, 0, {"", "resp 0"}}},
    {T(NO_CHOICE), 5005, BAD, SPNEGO_OK, {I, "A", 1, 0, 0, {"", "resp - A"}}},
    {T(NO_CHOICE), 5005, BAD, SPNEGO_OK, {I, "A", 2, 0, 0, {"", "resp - t00"}}},
    {T(NO_CHOICE), 5005, BAD, GO_ON, {I, "A", 3, 0, 0, {"", "resp - t01"}}},
    {T(EMPTY_RESPONSE), 5017, BAD, SPNEGO_OK, {I, "A", 1, 0, 0, {"", "resp 0 A t"}}},
    {T(EMPTY_RESPONSE),
     5017,
     BAD,
     SPNEGO_OK,
     {I, "A", 3, 0, 0, {"", "resp 1 A t01", "resp 0 t"}}},
    {T(COPIED_MIC), 5020, BAD, SPNEGO_OK, {I, "A", 2, 0, 0, {"", "resp 0 A t00 m00"}}},
    {T(COPIED_MIC),
     5020,
     BAD,
     SPNEGO_OK,
     {A, "A", 3, 0, 0, {"init A TA02", "resp 1 TA00 m600906066985a2c0ac6600"}}},
    {T(COPIED_MIC), 5020, BAD, GO_ON, {I, "A", 4, 0, 0, {"", "resp 1 A t02 m02"}}},
    {T(ALIAS_CHOSEN), 5008, BAD, SPNEGO_OK, {I, "K", 2, 0, 0, {"", "resp 0 W t01"}}},
    {T(ALIAS_CHOSEN), 5008, BAD, SPNEGO_OK, {I, "W", 1, 0, 0, {"", "resp 0 K"}}},
    {T(LATE_CHOICE),
     5009,
     BAD,
     SPNEGO_OK,
     {I, "A", 4, 0, 0, {"", "resp 1 A t02", "resp 0 A t00"}}},
    {T(LATE_CHOICE),
     5009,
     BAD,
     SPNEGO_OK,
     {I, "A", 4, 0, 0, {"", "resp 1 A t02", "resp 0 C t00"}}},
    {T(ALIAS_INSIDE), 5006, BAD, SPNEGO_OK, {A, "W", 1, 0, 0, {"init W TK01"}}},
    {T(ALIAS_INSIDE), 5006, BAD, SPNEGO_OK, {A, "K", 1, 0, 0, {"init KA TW01"}}},
    {T(ALIAS_OFFERED), 5037, SPNEGO_E_NO_MECH, SPNEGO_OK, {A, "K", 1, 0, 0, {"init WA TW01"}}},
    {T(ALIAS_OFFERED), 5037, SPNEGO_E_NO_MECH, GO_ON, {A, "K", 1, 0, 0, {"init AW TA00"}}},
    {T(NO_REQUEST), 5013, BAD, GO_ON, {I, "AN", 1, 0, 0, {"", "resp 1 N"}}},
    {T(NO_MIC),
     5023,
     SPNEGO_E_INTEGRITY,
     SPNEGO_OK,
     {I, "A", 3, 0, 0, {"", "resp 3 A t01", "resp 0"}}},
    {T(NO_MIC),
     5023,
     SPNEGO_E_INTEGRITY,
     SPNEGO_OK,
     {I, "A", 2, WANTS_I, 0, {"", "resp 0 A t00"}}},
    /* Whole tokens of mechanisms. */
    {T(NAKED_MECH), 5032, SPNEGO_E_UNSUPPORTED, SPNEGO_OK, {A, "KN", 1, 0, 0, {NTLM_TOKEN}}},
    {T(NAKED_MECH), 5032, SPNEGO_E_UNSUPPORTED, SPNEGO_OK, {A, "KN", 2, 0, 0, {KRB5_TOKEN}}},
    {T(NAKED_MECH), 5032, SPNEGO_E_UNSUPPORTED, GO_ON, {A, "W", 3, 0, 0, {MS_KRB5_TOKEN}}},
};
#define DEVIATIONS (int)(sizeof(deviations) / sizeof(deviations[0]))

static void
play(const struct deviation *deviation, unsigned tolerate)
{
    struct play copy = deviation->play;

    copy.tolerate = tolerate;
    script_play(&pair, &told, &copy);
}

/* Refused, also when everything else is tolerated. */
START_TEST(refused_without_its_bit)
{
    static const unsigned others[] = {0, ALL};
    const struct deviation *deviation = &deviations[_i];
    enum spnego_role role = deviation->play.role;
    unsigned expected = deviation->code == 5037 ? 5027 : deviation->code;
    size_t i;

    for (i = 0; i < 2; i++) {
        play(deviation, others[i] & ~deviation->bit);
        ck_assert_msg(pair.status[role] == deviation->strict, "%s", told.text);
        ck_assert_uint_eq(told.finding[role].code, expected);
        ck_assert_int_eq(told.finding[role].severity, SPNEGO_ERROR);
        ck_assert_uint_eq(spnego_ctx_tolerated(pair.ctx[role], 0), 0);
        pair_close(&pair);
    }
}
END_TEST

START_TEST(borne_with_its_bit)
{
    const struct deviation *deviation = &deviations[_i];
    enum spnego_role role = deviation->play.role;
    struct spnego_outcome outcome;

    play(deviation, deviation->bit);
    ck_assert_msg(pair.status[role] == deviation->borne, "%s", told.text);
    spnego_ctx_outcome(pair.ctx[role], &outcome);
    ck_assert_uint_eq(outcome.tolerated, deviation->bit);
    ck_assert_uint_eq(spnego_ctx_tolerated(pair.ctx[role], 0), deviation->code);
    ck_assert_uint_eq(spnego_ctx_tolerated(pair.ctx[role], 1), 0);
    ck_assert_uint_eq(told.findings[role], 1);
    ck_assert_uint_eq(told.finding[role].code, deviation->code);
    ck_assert_int_eq(told.finding[role].severity, SPNEGO_WARNING);
    pair_close(&pair);
}
END_TEST

/* The name says what is in it: all but what weakens the outcome. */
START_TEST(interop_has_what_does_not_weaken)
{
    const struct deviation *deviation = &deviations[_i];
    bool weakens = deviation->bit == T(NO_REQUEST) || deviation->bit == T(NO_MIC) ||
                   deviation->bit == T(NAKED_MECH);

    ck_assert_int_eq((T(INTEROP) & deviation->bit) == 0, weakens);
    play(deviation, T(INTEROP));
    ck_assert_int_eq(pair.status[deviation->play.role],
                     weakens ? deviation->strict : deviation->borne);
    pair_close(&pair);
}
END_TEST

/* What no bit helps with. */
static const struct {
    unsigned code;
    struct play play;
} never[] = {
    /* A missing MIC where the choice was not the first, or the caller needs it. */
    {5023, {I, "AB", 2, 0, ALL, {"", "resp 3 B", "resp 0 t00"}}},
    {5023, {I, "AB", 1, 0, ALL, {"", "resp 3 B", "resp 0"}}},
    {5023, {I, "A", 2, REQUIRE_I, ALL, {"", "resp 0 A t00"}}},
    {5023, {I, "A", 3, REQUIRE_I, ALL, {"", "resp 1 A t01", "resp 0"}}},
    {5023, {A, "B", 1, 0, ALL, {"init AB TA00", "resp 1 TB00"}}},
    {5023, {A, "A", 3, WANTS_A, ALL, {"init A TA02", "resp 1 TA00"}}},
    {5023, {A, "A", 1, REQUIRE_A, ALL, {"init A TA00", "resp 0"}}},
    /* A copied MIC is none. */
    {5023, {I, "AB", 2, 0, ALL, {"", "resp 3 B", "resp 1 t00 m00"}}},
    {5023, {I, "A", 2, REQUIRE_I, ALL, {"", "resp 1 A t00 m00"}}},
    /* T6 is for NTLM and accept-incomplete. */
    {5013, {I, "AB", 1, 0, ALL, {"", "resp 1 B"}}},
    {5013, {I, "AN", 1, 0, ALL, {"", "resp 0 N"}}},
    {5013, {I, "AN", 1, 0, ALL, {"", "resp - N"}}},
    /* An alias is Kerberos and nothing else. */
    {5007, {I, "K", 1, 0, ALL, {"", "resp 0 N"}}},
    {5006, {A, "K", 1, 0, ALL, {"init K TN01"}}},
    {5006, {A, "A", 1, 0, ALL, {"init A TK01"}}},
    {5027, {A, "N", 1, 0, ALL, {"init KW TK01"}}},
    /* A token that is not empty; one that comes for an unfinished mechanism. */
    {5016, {I, "A", 1, 0, ALL, {"", "resp 0 A t00"}}},
    {5014, {I, "AB", 2, 0, ALL, {"", "resp 3 B t"}}},
    {5010, {A, "A", 3, 0, ALL, {"init A TA02", "resp 1 A TA00"}}},
    /* Without SPNEGO there is no MIC to require, and no other mechanism. */
    {5036, {A, "N", 1, REQUIRE_A, ALL, {NTLM_TOKEN}}},
    {5038, {A, "A", 1, 0, ALL, {NTLM_TOKEN}}},
    /* A NegTokenInit must come first, and an initiator never hears naked tokens. */
    {1025, {I, "N", 3, 0, ALL, {"", NTLM_TOKEN}}},
    {1021, {I, "K", 3, 0, ALL, {"", KRB5_TOKEN}}},
    {1025, {A, "N", 3, 0, ALL, {"init N t01", NTLM_TOKEN}}},
};

START_TEST(no_bit_helps)
{
    enum spnego_role role = never[_i].play.role;

    script_play(&pair, &told, &never[_i].play);
    ck_assert_msg(pair.status[role] < 0, "%s", told.text);
    ck_assert_msg(told.finding[role].code == never[_i].code, "%s", told.text);
    pair_close(&pair);
}
END_TEST

/* What is sent when all is borne with, and how it ends: the last line's reply, in hex;
 * "-" for none. */
static const struct {
    const char *reply;
    unsigned tolerated;
    struct play play;
} whole[] = {
    /* Windows 2003: NTLM without request-mic, and no MIC. */
    {"-", T(NO_REQUEST), {I, "AN", 3, 0, ALL, {"", "resp 1 N", "resp 1 t02", "resp 0"}}},
    {"-", T(NO_REQUEST), {I, "AN", 3, WANTS_I, ALL, {"", "resp 1 N", "resp 1 t02", "resp 0"}}},
    {"-", T(NO_REQUEST), {I, "AN", 1, WANTS_I, ALL, {"", "resp 1 N", "resp 0"}}},
    /* Old Samba says 48018 whatever was offered first; aliases count as equal. */
    {"-", T(ALIAS_CHOSEN), {I, "KW", 2, 0, T(ALIAS_CHOSEN), {"", "resp 0 W t01"}}},
    /* An exact match needs no tolerance. */
    {"a1 14 30 12 a0 03 0a 01 00 a1 0b 06 09 2a 86 48 82 f7 12 01 02 02",
     0,
     {A, "KW", 1, 0, T(ALIAS_OFFERED), {"init W TW01"}}},
    /* The offered number is echoed.  [MS-SPNG] 3.2.5. */
    {"a1 14 30 12 a0 03 0a 01 00 a1 0b 06 09 2a 86 48 82 f7 12 01 02 02",
     T(ALIAS_OFFERED),
     {A, "K", 1, 0, T(ALIAS_OFFERED), {"init W TW01"}}},
    {"a1 14 30 12 a0 03 0a 01 00 a1 0b 06 09 2a 86 48 82 f7 12 01 02 02",
     T(ALIAS_OFFERED) | T(ALIAS_INSIDE),
     {A, "K", 1, 0, ALL, {"init W TK01"}}},
    /* Azure and Apple: a MIC goes out and none comes. */
    {"-", T(NO_MIC), {I, "A", 1, 0, ALL, {"", "resp 1 A", "resp 0"}}},
    /* Naked: answers are naked too. */
    {"5a", T(NAKED_MECH), {A, "N", 4, 0, ALL, {NTLM_TOKEN, "hex " NTLMSSP "03"}}},
    {"-", T(NAKED_MECH), {A, "N", 3, 0, ALL, {NTLM_TOKEN, "hex " NTLMSSP "03"}}},
    {"5a", T(NAKED_MECH), {A, "K", 2, 0, ALL, {KRB5_TOKEN}}},
    {"5a", T(NAKED_MECH) | T(ALIAS_OFFERED), {A, "K", 2, 0, ALL, {MS_KRB5_TOKEN}}},
    {"5a", T(NAKED_MECH), {A, "N", 2, 0, ALL, {"", NTLM_TOKEN}}},
};

START_TEST(whole_conversation_is_borne)
{
    const struct play *played = &whole[_i].play;
    struct spnego_outcome outcome;
    struct spnego_slice out = script_play(&pair, &told, played);

    ck_assert_msg(pair.status[played->role] == SPNEGO_OK, "%s", told.text);
    octets_check(out, octets(whole[_i].reply));
    spnego_ctx_outcome(pair.ctx[played->role], &outcome);
    ck_assert(outcome.complete);
    if (outcome.naked)
        octets_check(outcome.mech, pair.offers[A][0].ops->oid);
    ck_assert_uint_eq(outcome.tolerated, whole[_i].tolerated);
    pair_close(&pair);
}
END_TEST

/* A naked token goes to its mechanism as it is. */
START_TEST(naked_token_is_handed_over_whole)
{
    static const struct play naked[] = {
        {A, "AKN", 3, 0, T(NAKED_MECH), {NTLM_TOKEN, "hex " NTLMSSP "03 ff"}},
        {A, "AKN", 3, 0, T(NAKED_MECH), {KRB5_TOKEN, "hex a1 07 30 05 a0 03 0a 01 02"}},
    };
    static const struct {
        int selected;
        const char *heard;
    } expected[] = {{2, "4e544c4d5353500003ff"}, {1, "a1073005a0030a0102"}};
    struct spnego_outcome outcome;

    script_play(&pair, &told, &naked[_i]);
    ck_assert_int_eq(pair.status[A], SPNEGO_OK);
    ck_assert_str_eq(script_fakes[A][expected[_i].selected].heard, expected[_i].heard);
    spnego_ctx_outcome(pair.ctx[A], &outcome);
    ck_assert(outcome.complete && outcome.naked && !outcome.mic_verified);
    ck_assert_int_eq(outcome.selected, expected[_i].selected);
    ck_assert_uint_eq(outcome.tokens_in, 2);
    ck_assert_uint_eq(outcome.tokens_out, 1);
    ck_assert_uint_eq(outcome.mech_types.count, 0);
    pair_close(&pair);
}
END_TEST

/* Tolerances that apply to the same token are all told. */
START_TEST(two_deviations_are_both_told)
{
    static const struct play two = {I, "A", 1,
                                    0, ALL, {"", "hex a1 08 30 81 05 a0 03 0a 01 00 00 00"}};

    script_play(&pair, &told, &two);
    ck_assert_msg(pair.status[I] == SPNEGO_OK, "%s", told.text);
    ck_assert_uint_eq(told.findings[I], 3);
    ck_assert_uint_eq(spnego_ctx_tolerated(pair.ctx[I], 0), 1005);
    ck_assert_uint_eq(spnego_ctx_tolerated(pair.ctx[I], 1), 1007);
    ck_assert_uint_eq(spnego_ctx_tolerated(pair.ctx[I], 2), 5005);
    ck_assert_uint_eq(spnego_ctx_tolerated(pair.ctx[I], 3), 0);
    pair_close(&pair);
}
END_TEST

#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

Suite *
negotiate_tolerate_suite(void)
{
    Suite *suite = suite_create("negotiate_tolerate");
    TCase *tolerances = tcase_create("tolerances");

    tcase_add_unchecked_fixture(tolerances, NULL, script_release);
    tcase_add_loop_test(tolerances, refused_without_its_bit, 0, DEVIATIONS);
    tcase_add_loop_test(tolerances, borne_with_its_bit, 0, DEVIATIONS);
    tcase_add_loop_test(tolerances, interop_has_what_does_not_weaken, 0, DEVIATIONS);
    tcase_add_loop_test(tolerances, no_bit_helps, 0, COUNT(never));
    tcase_add_loop_test(tolerances, whole_conversation_is_borne, 0, COUNT(whole));
    tcase_add_loop_test(tolerances, naked_token_is_handed_over_whole, 0, 2);
    tcase_add_test(tolerances, two_deviations_are_both_told);
    suite_add_tcase(suite, tolerances);
    return suite;
}
