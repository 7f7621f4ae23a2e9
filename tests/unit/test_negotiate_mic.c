/* test_negotiate_mic.c - the mechListMIC: when it is sent, what it covers, and that nobody
 * completes without the one that he needs. */
#include "octets.h"
#include "script.h"

#include <check.h>

Suite *negotiate_mic_suite(void);

static struct pair pair;
static struct told told;
static unsigned resets[2];

/* One combination of everything that decides about MICs. */
struct combination {
    unsigned hops;
    bool reselected;
    bool integrity[2], wants[2], requires[2]; /* by role */
};
#define COMBINATIONS (4 * 2 * 4 * 4 * 4)

static struct combination
combination_of(int number)
{
    struct combination combination;
    int role;

    combination.hops = (unsigned)number % 4 + 1;
    combination.reselected = number / 4 % 2 != 0;
    for (role = 0; role < 2; role++) {
        combination.integrity[role] = (number / 8 >> role & 1) != 0;
        combination.wants[role] = (number / 32 >> role & 1) != 0;
        combination.requires[role] = (number / 128 >> role & 1) != 0;
    }
    return combination;
}

static void
run(const struct combination *combination)
{
    int role, i;

    script_setup(&pair, &told, "AB", combination->reselected ? "B" : "AB", combination->hops,
                 0);
    for (role = 0; role < 2; role++) {
        resets[role] = 0;
        pair.config[role].require_mic = combination->requires[role];
        for (i = 0; i < 2; i++) {
            pair.creds[role][i].integrity = combination->integrity[role];
            pair.creds[role][i].wants_mic = combination->wants[role];
            pair.creds[role][i].resets = &resets[role];
        }
    }
    pair_open(&pair);
    pair_run(&pair);
}

/* The toy's MIC of the list as it stood in the NegTokenInit. */
static void
expected_mic(uint8_t mic[4])
{
    struct spnego_slice first = {pair.tokens[0].octets, pair.tokens[0].len};
    struct spnego_negotiation_token token;
    size_t i;

    ck_assert_int_eq(spnego_token_decode(&token, first, NULL), SPNEGO_OK);
    memcpy(mic, "MIC\xa5", 4);
    for (i = 0; i < token.u.neg_token_init.mech_types.der.len; i++)
        mic[3] ^= token.u.neg_token_init.mech_types.der.ptr[i];
}

/* Counts the MICs that went over the wire, and checks their octets.  One in a
 * NegTokenInit whose mechanism was not chosen is none. */
static unsigned
count_mics(enum spnego_role sender, bool reselected)
{
    struct spnego_negotiation_token token;
    uint8_t mic[4];
    unsigned count = 0;
    size_t i;

    for (i = 0; i < pair.count; i++) {
        struct spnego_slice octets_of = {pair.tokens[i].octets, pair.tokens[i].len}, found;
        bool is_init, has;

        ck_assert_int_eq(spnego_token_decode(&token, octets_of, NULL), SPNEGO_OK);
        is_init = token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
        has = is_init ? token.u.neg_token_init.has_mech_list_mic
                      : token.u.neg_token_resp.has_mech_list_mic;
        if (pair.tokens[i].sender != sender || !has)
            continue;
        found = is_init ? token.u.neg_token_init.mech_list_mic
                        : token.u.neg_token_resp.mech_list_mic;
        expected_mic(mic);
        octets_check(found, (struct spnego_slice){mic, 4});
        count += !(is_init && reselected);
    }
    return count;
}

static void
check_side(const struct combination *combination, enum spnego_role role)
{
    enum spnego_role peer = role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    struct spnego_outcome outcome;
    unsigned mics = count_mics(role, combination->reselected);
    bool needs =
        combination->requires[role] ||
        (combination->integrity[role] && (combination->wants[role] || combination->reselected));
    bool asked = combination->requires[SPNEGO_ACCEPTOR] ||
                 combination->wants[SPNEGO_ACCEPTOR] || combination->requires[role] ||
                 combination->wants[role];

    spnego_ctx_outcome(pair.ctx[role], &outcome);
    ck_assert_msg(!outcome.complete || !needs || outcome.mic_verified,
                  "complete without the MIC that it needs\n%s", told.text);
    ck_assert_uint_le(mics, 1);
    ck_assert_msg(outcome.mic_sent == (mics == 1), "%u MICs sent\n%s", mics, told.text);
    ck_assert(!outcome.mic_verified || count_mics(peer, combination->reselected) == 1);
    ck_assert_msg(!outcome.mic_verified || outcome.mic_sent, "a MIC is not answered\n%s",
                  told.text);
    ck_assert_msg(mics == 0 || combination->integrity[role], "a MIC without integrity");
    ck_assert_msg(mics == 0 || combination->reselected || asked || outcome.mic_verified,
                  "an unsolicited MIC\n%s", told.text);
    ck_assert_uint_eq(resets[role], told.count[role][SPNEGO_EVENT_MIC_MADE] +
                                        told.count[role][SPNEGO_EVENT_MIC_FITS]);
    ck_assert_uint_eq(told.count[role][SPNEGO_EVENT_MIC_FITS], outcome.mic_verified);
    if (!outcome.complete && outcome.tokens_in > 0)
        ck_assert_int_lt(outcome.status, 0);
}

START_TEST(invariants_hold)
{
    struct combination combination = combination_of(_i);

    run(&combination);
    check_side(&combination, SPNEGO_INITIATOR);
    check_side(&combination, SPNEGO_ACCEPTOR);
    pair_close(&pair);
}
END_TEST

/* With integrity on both sides or on none it can be said how each ends. */
START_TEST(end_is_foreseen)
{
    struct combination combination = combination_of(_i);
    bool integrity = combination.integrity[SPNEGO_INITIATOR], odd = combination.hops % 2 != 0;
    bool required = combination.requires[0] || combination.requires[1];
    bool i_asks = combination.wants[SPNEGO_INITIATOR] || combination.requires[SPNEGO_INITIATOR];
    bool a_asks = combination.wants[SPNEGO_ACCEPTOR] || combination.requires[SPNEGO_ACCEPTOR];
    bool mics = integrity && (combination.reselected || a_asks || (i_asks && odd));
    bool good = integrity ? mics || !i_asks : !required;

    if (integrity != combination.integrity[SPNEGO_ACCEPTOR])
        return;
    run(&combination);
    ck_assert_msg(pair_complete(&pair) == good, "expected to %s\n%s",
                  good ? "complete" : "fail", told.text);
    ck_assert_uint_eq(count_mics(SPNEGO_INITIATOR, combination.reselected), mics);
    ck_assert_uint_eq(count_mics(SPNEGO_ACCEPTOR, combination.reselected), mics);
    if (!good && integrity)
        ck_assert_int_eq(pair.status[SPNEGO_INITIATOR], SPNEGO_E_INTEGRITY);
    pair_close(&pair);
}
END_TEST

/* What an attacker does to the MICs of one side. */
enum attack { OTHER_KEY, STRIP, DAMAGE, CUT, EMPTY, LENGTHEN, ATTACKS };
static struct {
    enum attack attack;
    enum spnego_role sender;
    unsigned hit;
} attacker;

static void
attack_wire(void *arg, struct pair_token *carried, size_t index)
{
    struct spnego_slice in = {carried->octets, carried->len};
    struct spnego_slice copy = octets_copy(in);
    struct spnego_negotiation_token token;
    struct spnego_neg_token_resp *resp = &token.u.neg_token_resp;
    struct spnego_buf out = {carried->octets, PAIR_TOKEN_LEN, 0, NULL};
    uint8_t mic[5] = {0};

    (void)arg;
    (void)index;
    ck_assert_int_eq(spnego_token_decode(&token, copy, NULL), SPNEGO_OK);
    if (carried->sender != attacker.sender || attacker.attack == OTHER_KEY ||
        token.kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP || !resp->has_mech_list_mic)
        return;
    attacker.hit++;
    memcpy(mic, resp->mech_list_mic.ptr, 4);
    resp->has_mech_list_mic = attacker.attack != STRIP;
    mic[3] ^= attacker.attack == DAMAGE ? 1 : 0;
    resp->mech_list_mic.ptr = mic;
    resp->mech_list_mic.len = attacker.attack == CUT        ? 3
                              : attacker.attack == EMPTY    ? 0
                              : attacker.attack == LENGTHEN ? 5
                                                            : 4;
    ck_assert_int_eq(spnego_token_encode(&out, &token), SPNEGO_OK);
    carried->len = out.len;
}

/* How MICs come to be needed. */
static const struct {
    const char *acceptor;
    unsigned how;
} needs_mic[] = {{"B", 0}, {"AB", REQUIRE_A}, {"AB", WANTS_A}, {"BA", OWN_ORDER}};

#define ATTACKED (4 * 4 * ATTACKS * 2)

/* The victim fails, says reject where somebody listens, and the attacked side never
 * completes on the strength of a MIC that was not its peer's. */
START_TEST(wrong_mic_fails_its_reader)
{
    unsigned hops = (unsigned)_i % 4 + 1, need = (unsigned)_i / 4 % 4;
    enum spnego_role sender = (enum spnego_role)(_i / 16 % 2);
    enum spnego_role reader = sender == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    struct spnego_outcome outcome;

    attacker.attack = (enum attack)(_i / 32);
    attacker.sender = sender;
    attacker.hit = 0;
    script_setup(&pair, &told, "AB", needs_mic[need].acceptor, hops, needs_mic[need].how);
    if (attacker.attack == OTHER_KEY)
        pair.creds[sender][0].mic_key = pair.creds[sender][1].mic_key = 1;
    pair.wire = attack_wire;
    pair_open(&pair);
    pair_run(&pair);
    if (attacker.attack == OTHER_KEY) {
        ck_assert_int_ne(pair.status[0], SPNEGO_OK);
        ck_assert_int_ne(pair.status[1], SPNEGO_OK);
        ck_assert(pair.status[0] == SPNEGO_E_INTEGRITY || pair.status[1] == SPNEGO_E_INTEGRITY);
        ck_assert(pair.status[0] == SPNEGO_E_REJECTED || pair.status[1] == SPNEGO_E_REJECTED);
        ck_assert_uint_eq(told.count[0][SPNEGO_EVENT_MIC_FITS], 0);
        ck_assert_uint_eq(told.count[1][SPNEGO_EVENT_MIC_FITS], 0);
    } else {
        ck_assert_uint_eq(attacker.hit, 1);
        spnego_ctx_outcome(pair.ctx[reader], &outcome);
        ck_assert_int_eq(outcome.status, SPNEGO_E_INTEGRITY);
        ck_assert(!outcome.complete && !outcome.mic_verified);
        ck_assert_uint_eq(told.finding[reader].code, attacker.attack == STRIP ? 5023 : 5024);
    }
    pair_close(&pair);
}
END_TEST

static const struct {
    const char *acceptor;
    unsigned hops;
    unsigned how;
    const char *shape;
    enum spnego_status initiator, acceptor_status;
} wrong_keys[] = {
    {"B", 1, 0, "I initt | A 3 | I 1t+M | A 2", SPNEGO_E_REJECTED, SPNEGO_E_INTEGRITY},
    {"B", 2, 0, "I initt | A 3 | I 1t | A 1t+M | I 2", SPNEGO_E_INTEGRITY, SPNEGO_E_REJECTED},
    {"B", 3, 0, "I initt | A 3 | I 1t | A 1t | I 1t+M | A 2", SPNEGO_E_REJECTED,
     SPNEGO_E_INTEGRITY},
    {"B", 4, 0, "I initt | A 3 | I 1t | A 1t | I 1t | A 1t+M | I 2", SPNEGO_E_INTEGRITY,
     SPNEGO_E_REJECTED},
    {"A", 1, WANTS_A, "I initt | A 3+M | I 2", SPNEGO_E_INTEGRITY, SPNEGO_E_REJECTED},
    {"A", 2, WANTS_A, "I initt | A 3t+M | I 2", SPNEGO_E_INTEGRITY, SPNEGO_E_REJECTED},
    {"A", 3, WANTS_A, "I initt | A 3t | I 1t+M | A 2", SPNEGO_E_REJECTED, SPNEGO_E_INTEGRITY},
    {"A", 1, WANTS_I, "I initt+M | A 2", SPNEGO_E_NO_MECH, SPNEGO_E_INTEGRITY},
};

START_TEST(wrong_key_is_told)
{
    char shape[128];

    script_setup(&pair, &told, "AB", wrong_keys[_i].acceptor, wrong_keys[_i].hops,
                 wrong_keys[_i].how);
    pair.creds[SPNEGO_ACCEPTOR][0].mic_key = 1;
    pair_open(&pair);
    pair_run(&pair);
    pair_shape(&pair, shape, sizeof(shape));
    ck_assert_str_eq(shape, wrong_keys[_i].shape);
    ck_assert_int_eq(pair.status[SPNEGO_INITIATOR], wrong_keys[_i].initiator);
    ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], wrong_keys[_i].acceptor_status);
    pair_close(&pair);
}
END_TEST

/* An acceptor keeps the list as it came: here with lengths in too many octets.  The MIC
 * is "MIC" and a5 ^ all of: */
#define LONG_LIST "30 82 00 09 06 81 06 69 85 a2 c0 ac 66"

START_TEST(mic_covers_octets_as_received)
{
    struct spnego_slice list = octets(LONG_LIST), out, in;
    struct spnego_negotiation_token token;
    uint8_t mic[4] = {'M', 'I', 'C', 0xa5};
    char answer[64];
    size_t i;

    for (i = 0; i < list.len; i++)
        mic[3] ^= list.ptr[i];
    script_setup(&pair, &told, "A", "A", 1, REQUIRE_A);
    pair.config[SPNEGO_ACCEPTOR].tolerate = SPNEGO_TOLERATE_LONG_LENGTH;
    pair_open(&pair);
    in = octets("60 2a 06 06 2b 06 01 05 05 02 a0 20 30 1e a0 0d" LONG_LIST
                "a2 0d 04 0b 60 09 06 06 69 85 a2 c0 ac 66 00");
    out = pair_step(&pair, SPNEGO_ACCEPTOR, in);
    ck_assert_msg(pair.status[SPNEGO_ACCEPTOR] == SPNEGO_CONTINUE, "%s", told.text);
    ck_assert_int_eq(spnego_token_decode(&token, out, NULL), SPNEGO_OK);
    octets_check(token.u.neg_token_resp.mech_list_mic, (struct spnego_slice){mic, 4});
    snprintf(answer, sizeof(answer), "resp 0 m4d4943%02x", (unsigned)mic[3] ^ (_i == 1));
    out = pair_step(&pair, SPNEGO_ACCEPTOR, script_token(answer));
    ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], _i == 1 ? SPNEGO_E_INTEGRITY : SPNEGO_OK);
    ck_assert_int_eq(out.len > 0, _i == 1);
    pair_close(&pair);
}
END_TEST

/* Whose MIC is answered by what, alone: "accept-completed" means to an initiator that
 * nothing more is heard. */
static const struct {
    struct play play;
    const char *reply;
    bool sent;
} answers[] = {
    {{SPNEGO_INITIATOR, "AB", 2, 0, 0, {"", "resp 3 B", "resp 1 t00 MAB"}}, "resp 0 MAB", true},
    {{SPNEGO_INITIATOR, "AB", 2, 0, 0, {"", "resp 3 B", "resp - t00 MAB"}}, "resp 0 MAB", true},
    {{SPNEGO_INITIATOR, "AB", 2, 0, 0, {"", "resp 3 B", "resp 0 t00 MAB"}}, "", false},
    {{SPNEGO_INITIATOR, "A", 1, 0, 0, {"", "resp 0 A MA"}}, "", false},
    {{SPNEGO_INITIATOR, "A", 1, 0, 0, {"", "resp 1 A", "resp 0 MA"}}, "", true},
    {{SPNEGO_ACCEPTOR, "B", 1, 0, 0, {"init AB", "resp 0 TB00 MAB"}}, "resp 0 MAB", true},
    {{SPNEGO_ACCEPTOR, "B", 1, 0, 0, {"init AB", "resp - TB00 MAB"}}, "resp 0 MAB", true},
    {{SPNEGO_ACCEPTOR, "A", 1, 0, 0, {"init A TA00 MA"}}, "resp 0 A MA", true},
    {{SPNEGO_ACCEPTOR, "A", 3, 0, 0, {"init A TA02", "resp 1 TA00 MA"}}, "resp 0 MA", true},
    {{SPNEGO_ACCEPTOR, "A", 2, REQUIRE_A, 0, {"init A TA01", "resp 0 MA"}}, "", true},
    {{SPNEGO_ACCEPTOR, "A", 2, REQUIRE_A, 0, {"init A TA01", "resp 1 MA"}}, "", true},
};

START_TEST(mic_is_answered)
{
    enum spnego_role role = answers[_i].play.role;
    struct spnego_slice out = script_play(&pair, &told, &answers[_i].play);
    struct spnego_outcome outcome;

    ck_assert_msg(pair.status[role] == SPNEGO_OK, "%s", told.text);
    octets_check(out, script_token(answers[_i].reply));
    spnego_ctx_outcome(pair.ctx[role], &outcome);
    ck_assert(outcome.mic_verified);
    ck_assert_int_eq(outcome.mic_sent, answers[_i].sent);
    pair_close(&pair);
}
END_TEST

START_TEST(mic_that_cannot_be_made)
{
    struct spnego_outcome outcome;

    script_setup(&pair, &told, "N", "N", 1, REQUIRE_A);
    script_fakes[SPNEGO_ACCEPTOR][0].mic_fails = _i == 0;
    script_fakes[SPNEGO_ACCEPTOR][0].mic_empty = _i == 1;
    pair.config[SPNEGO_ACCEPTOR].require_mic = true;
    pair_open(&pair);
    pair_run(&pair);
    ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_E_MECH);
    ck_assert_uint_eq(told.finding[SPNEGO_ACCEPTOR].code, 5028);
    ck_assert_int_eq(pair.status[SPNEGO_INITIATOR], SPNEGO_E_NO_MECH);
    spnego_ctx_outcome(pair.ctx[SPNEGO_ACCEPTOR], &outcome);
    ck_assert(!outcome.complete && !outcome.mic_sent);
    pair_close(&pair);
}
END_TEST

Suite *
negotiate_mic_suite(void)
{
    Suite *suite = suite_create("negotiate_mic");
    TCase *mics = tcase_create("mics");

    tcase_set_timeout(mics, 60);
    tcase_add_unchecked_fixture(mics, NULL, script_release);
    tcase_add_loop_test(mics, invariants_hold, 0, COMBINATIONS);
    tcase_add_loop_test(mics, end_is_foreseen, 0, COMBINATIONS);
    tcase_add_loop_test(mics, wrong_mic_fails_its_reader, 0, ATTACKED);
    tcase_add_loop_test(mics, wrong_key_is_told, 0,
                        (int)(sizeof(wrong_keys) / sizeof(wrong_keys[0])));
    tcase_add_loop_test(mics, mic_is_answered, 0, (int)(sizeof(answers) / sizeof(answers[0])));
    tcase_add_loop_test(mics, mic_that_cannot_be_made, 0, 2);
    tcase_add_loop_test(mics, mic_covers_octets_as_received, 0, 2);
    suite_add_tcase(suite, mics);
    return suite;
}
