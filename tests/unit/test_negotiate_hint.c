/* test_negotiate_hint.c - what an acceptor's NegTokenInit2 may change, and what not. */
#include "octets.h"
#include "script.h"

#include <check.h>

Suite *negotiate_hint_suite(void);

static struct pair pair;
static struct told told;

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR
#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))

/* The founding example: the server has B, C, D and the client A, B, C.  `offered` is the
 * list that the client then sends. */
static const struct {
    enum spnego_hint_policy policy;
    size_t floor;
    const char *shape;
    const char *offered;
} founding[] = {
    {SPNEGO_HINT_IGNORE, 0, "A init2 | I initt | A 3 | I 1t+M | A 0+M", "ABC"},
    {SPNEGO_HINT_IGNORE, 3, "A init2 | I initt | A 3 | I 1t+M | A 0+M", "ABC"},
    {SPNEGO_HINT_DROP, 3, "A init2 | I initt | A 0", "BC"},
    {SPNEGO_HINT_DROP, 2, "A init2 | I initt | A 0", "BC"},
    {SPNEGO_HINT_DROP, 1, "A init2 | I initt | A 3 | I 1t+M | A 0+M", "ABC"},
    {SPNEGO_HINT_DROP, 0, "A init2 | I initt | A 3 | I 1t+M | A 0+M", "ABC"},
    {SPNEGO_HINT_ORDER, 3, "A init2 | I initt | A 0", "BAC"},
    {SPNEGO_HINT_ORDER, 2, "A init2 | I initt | A 0", "BAC"},
    {SPNEGO_HINT_ORDER, 1, "A init2 | I initt | A 3 | I 1t+M | A 0+M", "ABC"},
    {SPNEGO_HINT_ORDER, 0, "A init2 | I initt | A 3 | I 1t+M | A 0+M", "ABC"},
};

static void
check_offered(const char *expected)
{
    struct spnego_outcome outcome;
    char list[16];

    spnego_ctx_outcome(pair.ctx[I], &outcome);
    script_letters(list, sizeof(list), &outcome.mech_types);
    ck_assert_str_eq(list, expected);
}

START_TEST(hint_saves_the_exchange)
{
    char shape[128];

    script_setup(&pair, &told, "ABC", "BCD", 1, 0);
    pair.config[I].hint_policy = founding[_i].policy;
    pair.config[I].hint_floor = founding[_i].floor;
    pair_open(&pair);
    pair_run_hinted(&pair);
    pair_shape(&pair, shape, sizeof(shape));
    ck_assert_str_eq(shape, founding[_i].shape);
    check_offered(founding[_i].offered);
    ck_assert(pair_complete(&pair));
    ck_assert_uint_eq(told.count[I][SPNEGO_EVENT_HINT], 1);
    ck_assert_ptr_nonnull(
        strstr(told.text, strcmp(founding[_i].offered, "ABC") != 0
                              ? "I hint followed, first is 2.25.1175737388\n"
                              : "I hint not followed, first is 2.25.1414534758\n"));
    pair_close(&pair);
}
END_TEST

START_TEST(without_hint_there_is_an_exchange)
{
    char shape[128];

    script_setup(&pair, &told, "ABC", "BCD", 1, 0);
    pair_open(&pair);
    pair_run(&pair);
    pair_shape(&pair, shape, sizeof(shape));
    ck_assert_str_eq(shape, "I initt | A 3 | I 1t+M | A 0+M");
    pair_close(&pair);
}
END_TEST

/* All lists of up to four different mechanisms: 4 + 12 + 24 + 24. */
#define HINTS 64

static void
hint_letters(char out[5], int number)
{
    static char all[HINTS][5];
    static int count;
    int digits, i, place;

    for (digits = 1; count < HINTS; digits++) {
        bool used[5] = {true}, good = true;
        int rest = digits;
        char text[5] = "";

        for (place = 0; rest > 0 && good; rest /= 5, place++) {
            good = place < 4 && !used[rest % 5];
            used[rest % 5] = true;
            if (good)
                text[place] = (char)('A' - 1 + rest % 5);
        }
        if (good)
            memcpy(all[count++], text, 5);
    }
    for (i = 0; i < 5; i++)
        out[i] = all[number][i];
}

/* What the client, which has ABCD, offers after the hint. */
static void
expect_offers(char out[5], const char *hint, enum spnego_hint_policy policy, size_t above)
{
    static const char own[] = "ABCD";
    const char *favourite = hint;
    size_t len = 0, i;

    memcpy(out, own, sizeof(own));
    if (policy == SPNEGO_HINT_DROP) {
        if (strcspn(own, hint) >= above)
            return;
        for (i = 0; i < 4; i++)
            if (strchr(hint, own[i]) != NULL)
                out[len++] = own[i];
        out[len] = '\0';
    } else if (policy == SPNEGO_HINT_ORDER) {
        while (*favourite != '\0' && (size_t)(*favourite - 'A') >= above)
            favourite++;
        if (*favourite == '\0')
            return;
        out[len++] = *favourite;
        for (i = 0; i < 4; i++)
            if (own[i] != *favourite)
                out[len++] = own[i];
    }
}

static void
begin_with_hint(const char *kind, const char *hint, bool as_step)
{
    char words[64];
    struct spnego_slice token;

    snprintf(words, sizeof(words), "%s %s", kind, hint);
    token = script_token(words);
    pair_open(&pair);
    if (as_step) {
        ck_assert_uint_gt(pair_step(&pair, I, token).len, 0);
    } else {
        ck_assert_int_eq(spnego_ctx_take_hint(pair.ctx[I], token), SPNEGO_OK);
        ck_assert_uint_gt(pair_step(&pair, I, script_token("")).len, 0);
    }
    ck_assert_int_eq(pair.status[I], SPNEGO_CONTINUE);
}

/* Every list, policy and floor, as NegTokenInit2 and NegTokenInit, taken or stepped. */
START_TEST(every_hint_has_its_effect)
{
    char hint[5], expected[5];
    int policy, way;
    size_t above;

    hint_letters(hint, _i);
    for (policy = 0; policy < 3; policy++)
        for (above = 0; above <= 4; above++)
            for (way = 0; way < 4; way++) {
                script_setup(&pair, &told, "ABCD", "A", 1, 0);
                pair.config[I].hint_policy = (enum spnego_hint_policy)policy;
                pair.config[I].hint_floor = above;
                begin_with_hint(way & 1 ? "init" : "init2", hint, way & 2);
                expect_offers(expected, hint, (enum spnego_hint_policy)policy, above);
                check_offered(expected);
                pair_close(&pair);
            }
}
END_TEST

/* "He can never put a mechanism below the floor first, and never add one", whichever of
 * the mechanisms can start: then it would have been first without him too. */
START_TEST(attacker_stays_above_the_floor)
{
    struct spnego_outcome outcome;
    struct spnego_slice token;
    char hint[5], words[16], list[16];
    int policy, absent, i, first;
    size_t above;

    hint_letters(hint, _i);
    snprintf(words, sizeof(words), "init2 %s", hint);
    token = script_token(words);
    for (policy = 0; policy < 3; policy++)
        for (above = 0; above <= 4; above++)
            for (absent = 0; absent < 15; absent++) {
                script_setup(&pair, &told, "ABCD", "A", 1, 0);
                pair.config[I].hint_policy = (enum spnego_hint_policy)policy;
                pair.config[I].hint_floor = above;
                for (i = 0; i < 4; i++)
                    pair.creds[I][i].absent = (absent >> i & 1) != 0;
                for (first = 0; (absent >> first & 1) != 0;)
                    first++;
                pair_open(&pair);
                ck_assert_int_eq(spnego_ctx_take_hint(pair.ctx[I], token), SPNEGO_OK);
                pair_step(&pair, I, script_token(""));
                spnego_ctx_outcome(pair.ctx[I], &outcome);
                script_letters(list, sizeof(list), &outcome.mech_types);
                ck_assert_msg(pair.status[I] < 0 || (size_t)(list[0] - 'A') < above ||
                                  list[0] == 'A' + first,
                              "hint %s, policy %d, floor %zu, absent %x: %s is offered\n%s",
                              hint, policy, above, (unsigned)absent, list, told.text);
                pair_close(&pair);
            }
}
END_TEST

/* What cannot be read changes nothing. */
static const struct {
    const char *token;
    enum spnego_status status;
} bad_hints[] = {
    {"", SPNEGO_E_MALFORMED},
    {"hex 60", SPNEGO_E_TRUNCATED},
    {"hex 60 10 06 06", SPNEGO_E_TRUNCATED},
    {"hex 4e 54 4c 4d 53 53 50 00", SPNEGO_E_MALFORMED},
    {"hex 60 0d 06 09 2a 86 48 86 f7 12 01 02 02 01 00", SPNEGO_E_UNSUPPORTED},
    {"resp 0 A", SPNEGO_E_MALFORMED},
    {"resp 2", SPNEGO_E_MALFORMED},
};

START_TEST(bad_hint_changes_nothing)
{
    struct spnego_outcome before, after;
    char reason[64];

    script_setup(&pair, &told, "AB", "B", 1, 0);
    pair.config[I].hint_policy = SPNEGO_HINT_ORDER;
    pair.config[I].hint_floor = 2;
    pair_open(&pair);
    spnego_ctx_outcome(pair.ctx[I], &before);
    ck_assert_int_eq(spnego_ctx_take_hint(pair.ctx[I], script_token(bad_hints[_i].token)),
                     bad_hints[_i].status);
    spnego_ctx_outcome(pair.ctx[I], &after);
    ck_assert_mem_eq(&before, &after, sizeof(before));
    ck_assert_uint_eq(spnego_ctx_reason(pair.ctx[I], reason, sizeof(reason)), 0);
    ck_assert_uint_eq(told.count[I][SPNEGO_EVENT_FAILED], 0);
    ck_assert_uint_eq(told.findings[I], 1);
    pair_run(&pair);
    check_offered("AB");
    ck_assert(pair_complete(&pair));
    pair_close(&pair);
}
END_TEST

/* As a first step it is a failure, and nobody is told. */
START_TEST(bad_hint_as_first_step_fails)
{
    if (bad_hints[_i].token[0] == '\0')
        return; /* an empty one begins */
    script_setup(&pair, &told, "AB", "B", 1, 0);
    pair_open(&pair);
    ck_assert_uint_eq(pair_step(&pair, I, script_token(bad_hints[_i].token)).len, 0);
    ck_assert_int_eq(pair.status[I], bad_hints[_i].status);
    pair_step(&pair, I, script_token(""));
    ck_assert_int_eq(pair.status[I], SPNEGO_E_STATE);
    pair_close(&pair);
}
END_TEST

/* A hint is for an initiator that has not begun. */
START_TEST(hint_in_a_wrong_state)
{
    struct spnego_slice hint = script_token("init2 B");

    script_setup(&pair, &told, "AB", "AB", 3, 0);
    pair_open(&pair);
    ck_assert_int_eq(spnego_ctx_take_hint(pair.ctx[A], hint), SPNEGO_E_STATE);
    pair_step(&pair, I, script_token(""));
    ck_assert_int_eq(spnego_ctx_take_hint(pair.ctx[I], hint), SPNEGO_E_STATE);
    pair_step(&pair, I, script_token("resp 1 A t01"));
    ck_assert_int_eq(spnego_ctx_take_hint(pair.ctx[I], hint), SPNEGO_E_STATE);
    pair_step(&pair, I, script_token(_i == 0 ? "resp 0" : "resp 2"));
    ck_assert_int_eq(pair.status[I], _i == 0 ? SPNEGO_OK : SPNEGO_E_REJECTED);
    ck_assert_int_eq(spnego_ctx_take_hint(pair.ctx[I], hint), SPNEGO_E_STATE);
    pair_close(&pair);
}
END_TEST

/* The last hint counts; Kerberos has two numbers; unknown mechanisms mean nothing; a list
 * may be missing; DER is as strict as ever. */
static const struct {
    const char *offers;
    enum spnego_hint_policy policy;
    unsigned tolerate;
    const char *hints[2];
    const char *offered;
} special[] = {
    {"ABC", SPNEGO_HINT_DROP, 0, {"init2 B", "init2 AC"}, "AC"},
    {"ABC", SPNEGO_HINT_DROP, 0, {"init2 B", "init2 D"}, "ABC"},
    {"ABC", SPNEGO_HINT_ORDER, 0, {"init2 C", "init2 B"}, "BAC"},
    {"AK", SPNEGO_HINT_ORDER, 0, {"init2 W", NULL}, "KA"},
    {"AW", SPNEGO_HINT_DROP, 0, {"init2 NK", NULL}, "W"},
    {"AB", SPNEGO_HINT_ORDER, 0, {"init2 NNNNNNB", NULL}, "BA"},
    {"AB",
     SPNEGO_HINT_DROP,
     0,
     {"hex 60 18 06 06 2b 06 01 05 05 02 a0 0e 30 0c a3 0a 30 08 a0 06 1b 04 61 62 63 64",
      NULL},
     "AB"},
    {"AB",
     SPNEGO_HINT_ORDER,
     SPNEGO_TOLERATE_LONG_LENGTH,
     {"hex 60 81 18 06 06 2b 06 01 05 05 02 a0 0e 30 0c a0 0a 30 08 06 06 69 84 b0 d1 a8 2c",
      NULL},
     "BA"},
};

START_TEST(special_hint)
{
    struct spnego_outcome outcome;
    size_t i;

    script_setup(&pair, &told, special[_i].offers, "A", 1, 0);
    pair.config[I].hint_policy = special[_i].policy;
    pair.config[I].hint_floor = strlen(special[_i].offers);
    pair.config[I].tolerate = special[_i].tolerate;
    pair_open(&pair);
    for (i = 0; i < 2 && special[_i].hints[i] != NULL; i++)
        ck_assert_int_eq(spnego_ctx_take_hint(pair.ctx[I], script_token(special[_i].hints[i])),
                         SPNEGO_OK);
    ck_assert_uint_gt(pair_step(&pair, I, script_token("")).len, 0);
    check_offered(special[_i].offered);
    spnego_ctx_outcome(pair.ctx[I], &outcome);
    ck_assert_uint_eq(outcome.tolerated, special[_i].tolerate);
    pair_close(&pair);
}
END_TEST

/* What the hint left out was not offered, and cannot be chosen. */
START_TEST(dropped_offer_cannot_be_chosen)
{
    script_setup(&pair, &told, "ABC", "A", 1, 0);
    pair.config[I].hint_policy = SPNEGO_HINT_DROP;
    pair.config[I].hint_floor = 3;
    begin_with_hint("init2", "AB", true);
    pair_step(&pair, I, script_token("resp 3 C"));
    ck_assert_int_eq(pair.status[I], SPNEGO_E_MALFORMED);
    ck_assert_uint_eq(told.finding[I].code, 5007);
    pair_close(&pair);
}
END_TEST

/* Only the list of a hint is looked at: here are a token and a MIC beside it. */
START_TEST(rest_of_hint_is_nothing)
{
    script_setup(&pair, &told, "AB", "A", _i == 0 ? 1 : 2, 0);
    begin_with_hint("init", "A t0102 m0304", true);
    check_offered("AB");
    pair_close(&pair);
}
END_TEST

Suite *
negotiate_hint_suite(void)
{
    Suite *suite = suite_create("negotiate_hint");
    TCase *hints = tcase_create("hints");

    tcase_set_timeout(hints, 60);
    tcase_add_unchecked_fixture(hints, NULL, script_release);
    tcase_add_loop_test(hints, hint_saves_the_exchange, 0, COUNT(founding));
    tcase_add_test(hints, without_hint_there_is_an_exchange);
    tcase_add_loop_test(hints, every_hint_has_its_effect, 0, HINTS);
    tcase_add_loop_test(hints, attacker_stays_above_the_floor, 0, HINTS);
    tcase_add_loop_test(hints, bad_hint_changes_nothing, 0, COUNT(bad_hints));
    tcase_add_loop_test(hints, bad_hint_as_first_step_fails, 0, COUNT(bad_hints));
    tcase_add_loop_test(hints, hint_in_a_wrong_state, 0, 2);
    tcase_add_loop_test(hints, special_hint, 0, COUNT(special));
    tcase_add_test(hints, dropped_offer_cannot_be_chosen);
    tcase_add_loop_test(hints, rest_of_hint_is_nothing, 0, 2);
    suite_add_tcase(suite, hints);
    return suite;
}
