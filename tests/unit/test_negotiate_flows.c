/* test_negotiate_flows.c - who says what when: whole negotiations by their shape, and
 * octet by octet. */
#include "octets.h"
#include "script.h"

#include <check.h>

Suite *negotiate_flows_suite(void);

static struct pair pair;
static struct told told;

/* The step that fails, of the first or of the last mechanism of a side. */
enum { FIRST = 0, LAST = 0x100, STEP = 0xff };

struct flow {
    const char *initiator, *acceptor; /* letters */
    unsigned hops;
    unsigned how;
    unsigned fails_i, fails_a;
    const char *shape;
    const char *outcome_i, *outcome_a; /* as outcome_text has it */
};

/* No MIC where the choice is the first of both and nobody asks; RFC 4178 5. */
#define IN_IN "ok A first 1/1 [AB]"
static const struct flow flows[] = {
    {"AB", "AB", 1, 0, 0, 0, "I initt | A 0", IN_IN, IN_IN},
    {"AB", "AB", 2, 0, 0, 0, "I initt | A 0t", IN_IN, IN_IN},
    {"AB", "AB", 3, 0, 0, 0, "I initt | A 1t | I 1t | A 0", "ok A first 2/2 [AB]",
     "ok A first 2/2 [AB]"},
    {"AB", "AB", 4, 0, 0, 0, "I initt | A 1t | I 1t | A 0t", "ok A first 2/2 [AB]",
     "ok A first 2/2 [AB]"},
    {"AB", "AB", 1, NO_INTEGRITY, 0, 0, "I initt | A 0", IN_IN, IN_IN},
    {"AB", "AB", 3, NO_INTEGRITY_A, 0, 0, "I initt | A 1t | I 1t | A 0", "ok A first 2/2 [AB]",
     "ok A first 2/2 [AB]"},

    /* A reselection, and MICs. */
    {"AB", "B", 1, 0, 0, 0, "I initt | A 3 | I 1t+M | A 0+M", "ok B sent verified 2/2 [AB]",
     "ok B sent verified 2/2 [AB]"},
    {"AB", "B", 2, 0, 0, 0, "I initt | A 3 | I 1t | A 1t+M | I 0+M",
     "ok B sent verified 2/3 [AB]", "ok B sent verified 3/2 [AB]"},
    {"AB", "B", 3, 0, 0, 0, "I initt | A 3 | I 1t | A 1t | I 1t+M | A 0+M",
     "ok B sent verified 3/3 [AB]", "ok B sent verified 3/3 [AB]"},
    {"AB", "B", 4, 0, 0, 0, "I initt | A 3 | I 1t | A 1t | I 1t | A 1t+M | I 0+M",
     "ok B sent verified 3/4 [AB]", "ok B sent verified 4/3 [AB]"},
    {"ABC", "BCD", 2, 0, 0, 0, "I initt | A 3 | I 1t | A 1t+M | I 0+M",
     "ok B sent verified 2/3 [ABC]", "ok B sent verified 3/2 [ABC]"},
    {"AB", "B", 1, NO_INTEGRITY, 0, 0, "I initt | A 3 | I 1t | A 0", "ok B 2/2 [AB]",
     "ok B 2/2 [AB]"},
    {"AB", "B", 2, NO_INTEGRITY, 0, 0, "I initt | A 3 | I 1t | A 0t", "ok B 2/2 [AB]",
     "ok B 2/2 [AB]"},
    {"AB", "B", 3, NO_INTEGRITY, 0, 0, "I initt | A 3 | I 1t | A 1t | I 1t | A 0",
     "ok B 3/3 [AB]", "ok B 3/3 [AB]"},
    {"AB", "B", 4, NO_INTEGRITY, 0, 0, "I initt | A 3 | I 1t | A 1t | I 1t | A 0t",
     "ok B 3/3 [AB]", "ok B 3/3 [AB]"},

    /* The acceptor likes another one better, offered or not. */
    {"A", "BA", 1, OWN_ORDER, 0, 0, "I initt | A 3+M | I 0+M",
     "ok A first sent verified 1/2 [A]", "ok A first sent verified 2/1 [A]"},
    {"A", "BA", 2, OWN_ORDER, 0, 0, "I initt | A 3t+M | I 0+M",
     "ok A first sent verified 1/2 [A]", "ok A first sent verified 2/1 [A]"},
    {"A", "BA", 3, OWN_ORDER, 0, 0, "I initt | A 3t | I 1t+M | A 0+M",
     "ok A first sent verified 2/2 [A]", "ok A first sent verified 2/2 [A]"},
    {"A", "BA", 4, OWN_ORDER, 0, 0, "I initt | A 3t | I 1t | A 1t+M | I 0+M",
     "ok A first sent verified 2/3 [A]", "ok A first sent verified 3/2 [A]"},
    {"A", "BA", 1, OWN_ORDER | NO_INTEGRITY, 0, 0, "I initt | A 0", "ok A first 1/1 [A]",
     "ok A first 1/1 [A]"},
    {"AB", "BA", 1, OWN_ORDER, 0, 0, "I initt | A 3 | I 1t+M | A 0+M",
     "ok B sent verified 2/2 [AB]", "ok B sent verified 2/2 [AB]"},
    {"AB", "AB", 1, OWN_ORDER, 0, 0, "I initt | A 0", IN_IN, IN_IN},
    {"AB", "BA", 1, 0, 0, 0, "I initt | A 0", IN_IN, IN_IN},

    /* Somebody asks for MICs: (c) IV, and an initiator that could know. */
    {"A", "A", 1, REQUIRE_A, 0, 0, "I initt | A 3+M | I 0+M",
     "ok A first sent verified 1/2 [A]", "ok A first sent verified 2/1 [A]"},
    {"A", "A", 2, REQUIRE_A, 0, 0, "I initt | A 3t+M | I 0+M",
     "ok A first sent verified 1/2 [A]", "ok A first sent verified 2/1 [A]"},
    {"A", "A", 3, WANTS_A, 0, 0, "I initt | A 3t | I 1t+M | A 0+M",
     "ok A first sent verified 2/2 [A]", "ok A first sent verified 2/2 [A]"},
    {"A", "A", 4, WANTS_A, 0, 0, "I initt | A 3t | I 1t | A 1t+M | I 0+M",
     "ok A first sent verified 2/3 [A]", "ok A first sent verified 3/2 [A]"},
    {"A", "A", 1, WANTS_I, 0, 0, "I initt+M | A 0+M", "ok A first sent verified 1/1 [A]",
     "ok A first sent verified 1/1 [A]"},
    {"A", "A", 2, WANTS_I, 0, 0, "I initt | A 0t", "integrity A first 1/1 [A]",
     "ok A first 1/1 [A]"},
    {"A", "A", 3, REQUIRE_I, 0, 0, "I initt | A 1t | I 1t+M | A 0+M",
     "ok A first sent verified 2/2 [A]", "ok A first sent verified 2/2 [A]"},
    {"A", "A", 4, WANTS_I, 0, 0, "I initt | A 1t | I 1t | A 0t", "integrity A first 2/2 [A]",
     "ok A first 2/2 [A]"},
    {"A", "A", 1, WANTS_I | WANTS_A, 0, 0, "I initt+M | A 0+M",
     "ok A first sent verified 1/1 [A]", "ok A first sent verified 1/1 [A]"},
    {"A", "A", 2, WANTS_I | WANTS_A, 0, 0, "I initt | A 3t+M | I 0+M",
     "ok A first sent verified 1/2 [A]", "ok A first sent verified 2/1 [A]"},
    {"A", "A", 3, WANTS_I | WANTS_A, 0, 0, "I initt | A 3t | I 1t+M | A 0+M",
     "ok A first sent verified 2/2 [A]", "ok A first sent verified 2/2 [A]"},
    {"A", "A", 4, REQUIRE_I | REQUIRE_A, 0, 0, "I initt | A 3t | I 1t | A 1t+M | I 0+M",
     "ok A first sent verified 2/3 [A]", "ok A first sent verified 3/2 [A]"},
    {"A", "A", 3, WANTS_A | NO_INTEGRITY, 0, 0, "I initt | A 3t | I 1t | A 0",
     "ok A first 2/2 [A]", "ok A first 2/2 [A]"},
    {"A", "A", 1, REQUIRE_A | NO_INTEGRITY, 0, 0, "I initt | A 2", "no mechanism A 1/1 [A]",
     "integrity A first 1/1 [A]"},
    /* The MIC in the NegTokenInit goes down with its mechanism. */
    {"AB", "B", 1, WANTS_I, 0, 0, "I initt+M | A 3 | I 1t+M | A 0+M",
     "ok B sent verified 2/2 [AB]", "ok B sent verified 2/2 [AB]"},
    {"AB", "B", 1, REQUIRE_I, 0, 0, "I initt+M | A 3 | I 1t+M | A 0+M",
     "ok B sent verified 2/2 [AB]", "ok B sent verified 2/2 [AB]"},
    {"AB", "B", 2, WANTS_I, 0, 0, "I initt | A 3 | I 1t | A 1t+M | I 0+M",
     "ok B sent verified 2/3 [AB]", "ok B sent verified 3/2 [AB]"},

    /* Without an optimistic token. */
    {"A", "A", 1, NO_OPTIMISTIC, 0, 0, "I init | A 1 | I 1t | A 0", "ok A first 2/2 [A]",
     "ok A first 2/2 [A]"},
    {"A", "A", 2, NO_OPTIMISTIC, 0, 0, "I init | A 1 | I 1t | A 0t", "ok A first 2/2 [A]",
     "ok A first 2/2 [A]"},
    {"A", "A", 1, NO_OPTIMISTIC | REQUIRE_A, 0, 0, "I init | A 3 | I 1t+M | A 0+M",
     "ok A first sent verified 2/2 [A]", "ok A first sent verified 2/2 [A]"},
    {"A", "A", 1, NO_OPTIMISTIC | WANTS_I, 0, 0, "I init | A 1 | I 1t+M | A 0+M",
     "ok A first sent verified 2/2 [A]", "ok A first sent verified 2/2 [A]"},
    {"AB", "B", 2, NO_OPTIMISTIC, 0, 0, "I init | A 3 | I 1t | A 1t+M | I 0+M",
     "ok B sent verified 2/3 [AB]", "ok B sent verified 3/2 [AB]"},

    /* What is not available is not offered, or not chosen; RFC 4178 3.1. */
    {"AB", "AB", 1, ABSENT_I, 0, 0, "I initt | A 0", "ok B first 1/1 [B]",
     "ok B first 1/1 [B]"},
    {"AB", "AB", 1, 0, 1, 0, "I initt | A 0", "ok B first 1/1 [B]", "ok B first 1/1 [B]"},
    {"AB", "AB", 3, SAYS_WHY, 1, 0, "I initt | A 1t | I 1t | A 0", "ok B first 2/2 [B]",
     "ok B first 2/2 [B]"},
    {"A", "A", 1, ABSENT_I, 0, 0, "", "mechanism - 0/0 []", "continue - 0/0 []"},
    {"A", "A", 1, SAYS_WHY, 1, 0, "", "mechanism - 0/0 []", "continue - 0/0 []"},
    {"AB", "AB", 1, ABSENT_A, 0, 0, "I initt | A 3 | I 1t+M | A 0+M",
     "ok B sent verified 2/2 [AB]", "ok B sent verified 2/2 [AB]"},
    {"A", "A", 1, ABSENT_A, 0, 0, "I initt | A 2", "no mechanism A 1/1 [A]",
     "no mechanism - 1/1 [A]"},
    {"A", "B", 1, 0, 0, 0, "I initt | A 2", "no mechanism A 1/1 [A]", "no mechanism - 1/1 [A]"},
    {"AC", "BD", 4, OWN_ORDER, 0, 0, "I initt | A 2", "no mechanism A 1/1 [AC]",
     "no mechanism - 1/1 [AC]"},

    /* A mechanism fails, with and without words. */
    {"A", "A", 1, 0, 0, 1, "I initt | A 2", "no mechanism A 1/1 [A]",
     "mechanism A first 1/1 [A]"},
    {"A", "A", 1, SAYS_WHY, 0, 1, "I initt | A 2t", "rejected A 1/1 [A]",
     "mechanism A first 1/1 [A]"},
    {"A", "A", 4, SAYS_WHY, 0, 1, "I initt | A 2t", "rejected A 1/1 [A]",
     "mechanism A first 1/1 [A]"},
    {"A", "A", 3, 0, 0, 2, "I initt | A 1t | I 1t | A 2", "rejected A first 2/2 [A]",
     "mechanism A first 2/2 [A]"},
    {"A", "A", 4, SAYS_WHY, 0, 2, "I initt | A 1t | I 1t | A 2t", "rejected A first 2/2 [A]",
     "mechanism A first 2/2 [A]"},
    {"A", "A", 3, 0, 2, 0, "I initt | A 1t | I 2", "mechanism A first 1/2 [A]",
     "rejected A first 2/1 [A]"},
    {"A", "A", 4, SAYS_WHY, 2, 0, "I initt | A 1t | I 2t", "mechanism A first 1/2 [A]",
     "rejected A first 2/1 [A]"},
    /* It is of no use to tell an acceptor that is done. */
    {"A", "A", 2, SAYS_WHY, 2, 0, "I initt | A 0t", "mechanism A first 1/1 [A]",
     "ok A first 1/1 [A]"},
    {"A", "A", 4, 0, 3, 0, "I initt | A 1t | I 1t | A 0t", "mechanism A first 2/2 [A]",
     "ok A first 2/2 [A]"},
    {"AB", "B", 2, 0, LAST + 1, 0, "I initt | A 3 | I 2", "mechanism B 1/2 [AB]",
     "rejected B 2/1 [AB]"},
    {"AB", "B", 2, SAYS_WHY, LAST + 2, 0, "I initt | A 3 | I 1t | A 1t+M | I 2t",
     "mechanism B 2/3 [AB]", "rejected B sent 3/2 [AB]"},
    {"AB", "B", 4, 0, LAST + 3, 0, "I initt | A 3 | I 1t | A 1t | I 1t | A 1t+M | I 2",
     "mechanism B 3/4 [AB]", "rejected B sent 4/3 [AB]"},
    {"AB", "B", 1, SAYS_WHY, 0, 1, "I initt | A 3 | I 1t+M | A 2t", "rejected B sent 2/2 [AB]",
     "mechanism B 2/2 [AB]"},
    {"AB", "B", 3, 0, 0, 2, "I initt | A 3 | I 1t | A 1t | I 1t+M | A 2",
     "rejected B sent 3/3 [AB]", "mechanism B 3/3 [AB]"},
};
#define FLOWS (int)(sizeof(flows) / sizeof(flows[0]))

/* "ok B first sent verified 1/2 [AB]": status, mechanism, what holds, tokens that came
 * and went, and the list. */
static void
outcome_text(char *out, size_t cap, enum spnego_role role)
{
    struct spnego_outcome outcome;
    char letter[2] = "-", list[16];
    size_t octets_of[2] = {0, 0}, i;

    spnego_ctx_outcome(pair.ctx[role], &outcome);
    ck_assert_int_eq(outcome.status, pair.status[role]);
    ck_assert_int_eq(outcome.complete, outcome.status == SPNEGO_OK);
    ck_assert_int_eq(spnego_ctx_mech(pair.ctx[role]) != NULL, outcome.complete);
    ck_assert(!outcome.naked);
    ck_assert_uint_eq(outcome.tolerated, 0);
    for (i = 0; i < pair.count; i++)
        octets_of[pair.tokens[i].sender] += pair.tokens[i].len;
    ck_assert_uint_eq(outcome.octets_out, octets_of[role]);
    ck_assert_uint_eq(outcome.octets_in, octets_of[1 - role]);
    if (outcome.selected >= 0) {
        struct spnego_mech_type_list one = {{NULL, 0}, &outcome.mech, 1};

        octets_check(outcome.mech, pair.offers[role][outcome.selected].ops->oid);
        one.der = outcome.mech;
        script_letters(letter, sizeof(letter), &one);
    }
    script_letters(list, sizeof(list), &outcome.mech_types);
    ck_assert_uint_eq(outcome.mech_types.count, strlen(list));
    snprintf(out, cap, "%s %s%s%s%s %u/%u [%s]", spnego_status_name(outcome.status), letter,
             outcome.first_choice ? " first" : "", outcome.mic_sent ? " sent" : "",
             outcome.mic_verified ? " verified" : "", outcome.tokens_in, outcome.tokens_out,
             list);
}

static void
set_fails(enum spnego_role role, unsigned fails)
{
    size_t which = fails & LAST ? pair.config[role].num_offers - 1 : 0;

    pair.creds[role][which].fails = fails & STEP;
}

START_TEST(flow_has_its_shape)
{
    const struct flow *flow = &flows[_i];
    char shape[256], outcome[128];

    script_setup(&pair, &told, flow->initiator, flow->acceptor, flow->hops, flow->how);
    set_fails(SPNEGO_INITIATOR, flow->fails_i);
    set_fails(SPNEGO_ACCEPTOR, flow->fails_a);
    pair_open(&pair);
    pair_run(&pair);
    pair_shape(&pair, shape, sizeof(shape));
    ck_assert_msg(strcmp(shape, flow->shape) == 0, "flow %d: %s\nexpected %s\n%s", _i, shape,
                  flow->shape, told.text);
    outcome_text(outcome, sizeof(outcome), SPNEGO_INITIATOR);
    ck_assert_msg(strcmp(outcome, flow->outcome_i) == 0, "flow %d, initiator: %s\nexpected %s",
                  _i, outcome, flow->outcome_i);
    outcome_text(outcome, sizeof(outcome), SPNEGO_ACCEPTOR);
    ck_assert_msg(strcmp(outcome, flow->outcome_a) == 0, "flow %d, acceptor: %s\nexpected %s",
                  _i, outcome, flow->outcome_a);
    pair_close(&pair);
}
END_TEST

/* A side whose mechanism is gone by then cannot choose it again. */
START_TEST(chosen_mechanism_cannot_start)
{
    char shape[256];

    script_setup(&pair, &told, "AB", "B", 1, 0);
    pair.creds[SPNEGO_INITIATOR][1].absent = true;
    pair_open(&pair);
    pair_run(&pair);
    pair_shape(&pair, shape, sizeof(shape));
    ck_assert_str_eq(shape, "I initt | A 3 | I 2");
    ck_assert_int_eq(pair.status[SPNEGO_INITIATOR], SPNEGO_E_MECH);
    ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_E_REJECTED);
    pair_close(&pair);
}
END_TEST

/* The acceptor speaks first, once or more; [MS-SPNG] 3.2.5.2. */
START_TEST(acceptor_speaks_first)
{
    char shape[256];

    script_setup(&pair, &told, "AB", "B", 1, 0);
    pair_open(&pair);
    if (_i > 0)
        ck_assert_uint_gt(pair_step(&pair, SPNEGO_ACCEPTOR, (struct spnego_slice){NULL, 0}).len,
                          0);
    pair_run_hinted(&pair);
    pair_shape(&pair, shape, sizeof(shape));
    ck_assert_str_eq(shape, "A init2 | I initt | A 3 | I 1t+M | A 0+M");
    ck_assert(pair_complete(&pair));
    pair_close(&pair);
}
END_TEST

/* The peer's error token is for the mechanism that waits for one, and only for that. */
static const struct {
    struct play play;
    const char *heard;
} errors[] = {
    {{SPNEGO_INITIATOR, "N", 3, 0, 0, {"", "resp 2 t6f6f"}}, "6f6f"},
    {{SPNEGO_INITIATOR, "N", 3, 0, 0, {"", "resp 1 N t02", "resp 2 t6f6f"}}, "02"},
    {{SPNEGO_INITIATOR, "N", 3, 0, 0, {"", "resp 2"}}, ""},
    {{SPNEGO_INITIATOR, "N", 3, NO_OPTIMISTIC, 0, {"", "resp 2 t6f6f"}}, ""},
    {{SPNEGO_ACCEPTOR, "N", 3, 0, 0, {"init N t01", "resp 2 t6f6f"}}, "6f6f"},
    {{SPNEGO_ACCEPTOR, "N", 3, 0, 0, {"init N t01", "resp 2"}}, "01"},
    {{SPNEGO_ACCEPTOR, "N", 3, 0, 0, {"init AN t01", "resp 2 t6f6f"}}, ""},
};

START_TEST(error_token_is_heard)
{
    enum spnego_role role = errors[_i].play.role;
    struct spnego_slice out = script_play(&pair, &told, &errors[_i].play);
    bool said_nothing =
        strcmp(errors[_i].heard, "") == 0 && errors[_i].play.lines[1][6] == '\0';

    ck_assert_int_eq(pair.status[role], said_nothing ? SPNEGO_E_NO_MECH : SPNEGO_E_REJECTED);
    ck_assert_uint_eq(out.len, 0);
    ck_assert_str_eq(script_fakes[role][0].heard, errors[_i].heard);
    pair_close(&pair);
}
END_TEST

/* An empty mechToken is none: the mechanism begins with the next. */
START_TEST(empty_mech_token_is_none)
{
    static const struct play play =
        {SPNEGO_ACCEPTOR, "A", 1, 0, 0, {"init A t", "resp 1 TA00"}};

    octets_check(script_play(&pair, &told, &play), script_token("resp 0"));
    ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_OK);
    pair_close(&pair);
}
END_TEST

/* No memory is not the same as no mechanism. */
START_TEST(no_memory_is_the_end)
{
    enum spnego_role role = _i == 0 ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;

    script_setup(&pair, &told, "AN", "N", 1, 0);
    script_fakes[role][_i].fate = SPNEGO_E_MEMORY;
    pair_open(&pair);
    pair_run(&pair);
    ck_assert_int_eq(pair.status[role], SPNEGO_E_MEMORY);
    ck_assert_uint_eq(told.finding[role].code, 0);
    ck_assert_ptr_nonnull(
        strstr(told.text, _i == 0 ? "A failed: memory\n" : "I failed: memory\n"));
    ck_assert_int_eq(pair.status[1 - role], _i == 0 ? SPNEGO_E_NO_MECH : SPNEGO_E_REJECTED);
    pair_close(&pair);
}
END_TEST

/* "The initiator's list" is not what the acceptor has said in its hint. */
START_TEST(list_of_hint_is_not_the_initiators)
{
    struct spnego_outcome outcome;

    script_setup(&pair, &told, "AB", "B", 1, 0);
    pair_open(&pair);
    pair_step(&pair, SPNEGO_ACCEPTOR, (struct spnego_slice){NULL, 0});
    spnego_ctx_outcome(pair.ctx[SPNEGO_ACCEPTOR], &outcome);
    ck_assert_uint_eq(outcome.mech_types.count, 0);
    pair_close(&pair);
}
END_TEST

Suite *
negotiate_flows_suite(void)
{
    Suite *suite = suite_create("negotiate_flows");
    TCase *shapes = tcase_create("shapes");

    tcase_add_unchecked_fixture(shapes, NULL, script_release);
    tcase_add_loop_test(shapes, flow_has_its_shape, 0, FLOWS);
    tcase_add_test(shapes, chosen_mechanism_cannot_start);
    tcase_add_loop_test(shapes, acceptor_speaks_first, 0, 2);
    tcase_add_loop_test(shapes, error_token_is_heard, 0,
                        (int)(sizeof(errors) / sizeof(errors[0])));
    tcase_add_loop_test(shapes, no_memory_is_the_end, 0, 2);
    tcase_add_test(shapes, empty_mech_token_is_none);
    tcase_add_test(shapes, list_of_hint_is_not_the_initiators);
    suite_add_tcase(suite, shapes);
    return suite;
}
