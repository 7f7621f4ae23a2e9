/* test_negotiate_unruly.c: mechanisms and callers that do not do as they are told,
 * and what a fresh look at the negotiation has found. */
#include "flow.h"
#include "script.h"

#include <stdlib.h>
#include <string.h>

Suite *negotiate_unruly_suite(void);

static struct pair pair;
static struct told told;
static const enum spnego_role I = SPNEGO_INITIATOR, A = SPNEGO_ACCEPTOR;

/* The toy A with one function that does something else. */
static struct spnego_mech_ops unruly;

static void
open_unruly(enum spnego_role role)
{
    pair.offers[role][0].ops = &unruly;
    pair_open(&pair);
}

static enum spnego_status
create_nothing(void **mech, void *cred, enum spnego_role role)
{
    (void)cred;
    (void)role;
    *mech = NULL;
    return SPNEGO_OK;
}

/* A mechanism without state must still have something to point at. */
START_TEST(nothing_is_no_mechanism)
{
    pair_init(&pair, "AB", "B", 2);
    unruly = toy_a;
    unruly.create = create_nothing;
    open_unruly(I);
    pair_run(&pair);
    ck_assert(pair_complete(&pair));
    pair_close(&pair);
}
END_TEST

static enum spnego_status
export_oddly(void *mech, struct spnego_buf *out)
{
    (void)mech;
    (void)out;
    return (enum spnego_status)99;
}

START_TEST(odd_statuses_are_failures)
{
    struct spnego_buf blob = {NULL, 0, 0, NULL};
    struct spnego_slice nothing = {NULL, 0};

    pair_init(&pair, "A", "A", 3);
    unruly = toy_a;
    unruly.export_state = export_oddly;
    open_unruly(I);
    pair_step(&pair, I, nothing);
    ck_assert_int_eq(spnego_ctx_export(pair.ctx[I], &blob), SPNEGO_E_MECH);
    ck_assert_uint_eq(blob.len, 0);
    pair_close(&pair);
}
END_TEST

static unsigned
flags_of_tomorrow(void *mech)
{
    return toy_a.flags(mech) | 0xff00u;
}

START_TEST(unknown_flags_are_not_kept)
{
    uint8_t octets[1024];
    struct spnego_buf blob = {octets, sizeof(octets), 0, NULL};
    struct spnego_slice nothing = {NULL, 0}, state = {octets, 0};

    pair_init(&pair, "A", "A", 3);
    unruly = toy_a;
    unruly.flags = flags_of_tomorrow;
    open_unruly(I);
    pair_step(&pair, I, nothing);
    ck_assert_int_eq(spnego_ctx_export(pair.ctx[I], &blob), SPNEGO_OK);
    spnego_ctx_free(pair.ctx[I]);
    state.len = blob.len;
    ck_assert_int_eq(spnego_ctx_import(&pair.ctx[I], &pair.config[I], state), SPNEGO_OK);
    pair_close(&pair);
}
END_TEST

static void
say_too_much(void *mech, char *out, size_t cap)
{
    (void)mech;
    memset(out, '\x1b', cap); /* not even terminated */
    out[0] = 'x';
}

static void
check_reason(enum spnego_role role, const char *expected)
{
    char reason[256];

    ck_assert_uint_eq(spnego_ctx_reason(pair.ctx[role], reason, sizeof(reason)),
                      strlen(expected));
    ck_assert_str_eq(reason, expected);
}

/* The mechanism's words stand behind the reason: its own after a failure, on both
 * sides if there was an error token; those of one that could not start do not stay. */
START_TEST(reason_has_the_words_of_the_mechanism)
{
    pair_init(&pair, "A", "A", 3);
    pair.creds[A][0].fails = 2;
    pair.creds[A][0].says_why = true;
    pair_open(&pair);
    pair_run(&pair);
    check_reason(A, "2.25.1414534758 failed: step 2, and it says why");
    check_reason(I, "the peer rejected the negotiation; its mechanism was 2.25.1414534758");
    pair_close(&pair);

    pair_init(&pair, "A", "A", 4);
    pair.creds[A][0].fails = 1;
    pair.creds[A][0].says_why = true;
    pair_open(&pair);
    pair_run(&pair);
    check_reason(I, "the peer rejected the negotiation; its mechanism was 2.25.1414534758: "
                    "step 2");
    pair_close(&pair);

    pair_init(&pair, "AB", "C", 2);
    pair.creds[I][0].fails = 1;
    pair_open(&pair);
    pair_run(&pair);
    check_reason(I, "the peer rejected the negotiation");
    pair_close(&pair);
}
END_TEST

START_TEST(words_are_masked_and_cut)
{
    char reason[512];
    size_t len, i;

    pair_init(&pair, "A", "A", 2);
    pair.creds[A][0].fails = 1;
    unruly = toy_a;
    unruly.why = say_too_much;
    open_unruly(A);
    pair_run(&pair);
    len = spnego_ctx_reason(pair.ctx[A], reason, sizeof(reason));
    ck_assert_mem_eq(reason, "2.25.1414534758 failed: x?", 26);
    ck_assert_uint_lt(len, 220);
    for (i = 26; i < len; i++)
        ck_assert_int_eq(reason[i], '?');
    pair_close(&pair);
}
END_TEST

/* What a callback may do with the negotiation that it hears of: look. */
static void
meddle(void *arg, const struct spnego_event *event)
{
    struct spnego_ctx *ctx = *(struct spnego_ctx **)arg;
    struct spnego_slice nothing = {NULL, 0}, out;
    struct spnego_buf blob = {NULL, 0, 0, NULL};
    struct spnego_outcome outcome;

    (void)event;
    ck_assert_int_eq(spnego_ctx_step(ctx, &out, nothing), SPNEGO_E_STATE);
    ck_assert_uint_eq(out.len, 0);
    ck_assert_int_eq(spnego_ctx_take_hint(ctx, nothing), SPNEGO_E_STATE);
    ck_assert_int_eq(spnego_ctx_export(ctx, &blob), SPNEGO_E_STATE);
    ck_assert(spnego_ctx_take_mech(ctx) == NULL);
    spnego_ctx_outcome(ctx, &outcome);
}

START_TEST(callback_may_only_look)
{
    pair_init(&pair, "AB", "B", 2);
    pair.config[I].on_event = meddle;
    pair.config[I].arg = &pair.ctx[I];
    pair_open(&pair);
    pair_run(&pair);
    ck_assert(pair_complete(&pair));
    pair_close(&pair);
}
END_TEST

static const uint8_t padded[] = {0x69, 0x80, 0x01}, cut[] = {0x69, 0x85};
static const uint8_t spnego[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x02};

static const struct {
    struct spnego_slice oid;
    const char *fault;
} bad_oids[] = {
    {{NULL, 0}, "an offer has no object identifier"},
    {{padded, sizeof(padded)}, "an offer has no object identifier"},
    {{cut, sizeof(cut)}, "an offer has no object identifier"},
    {{spnego, sizeof(spnego)}, "SPNEGO cannot be offered by itself"},
};

START_TEST(bad_identifiers_are_faults)
{
    struct spnego_ctx *ctx;

    pair_init(&pair, "A", "A", 1);
    unruly = toy_a;
    unruly.oid = bad_oids[_i].oid;
    pair.offers[I][0].ops = &unruly;
    ck_assert_str_eq(spnego_config_fault(&pair.config[I]), bad_oids[_i].fault);
    ck_assert_int_eq(spnego_ctx_new(&ctx, &pair.config[I]), SPNEGO_E_STATE);
    ck_assert(ctx == NULL);
}
END_TEST

START_TEST(unknown_policies_are_faults)
{
    pair_init(&pair, "A", "A", 1);
    pair.config[A].choice = (enum spnego_choice)7;
    ck_assert_str_eq(spnego_config_fault(&pair.config[A]),
                     "choice or hint_policy has no such value");
    pair.config[I].hint_policy = (enum spnego_hint_policy)3;
    ck_assert_str_eq(spnego_config_fault(&pair.config[I]),
                     "choice or hint_policy has no such value");
    pair.config[I].hint_policy = SPNEGO_HINT_ORDER;
    pair.config[I].max_len = SPNEGO_MAX_MAX_LEN + 1;
    ck_assert_str_eq(spnego_config_fault(&pair.config[I]),
                     "max_len is greater than SPNEGO_MAX_MAX_LEN");
}
END_TEST

/* A second piece of a megabyte is refused before it is kept. */
START_TEST(pieces_are_bounded_before_they_are_kept)
{
    static uint8_t large[1u << 20];
    struct spnego_slice first = {large, 10}, second = {large, sizeof(large)};
    struct flow_alloc counter;

    memcpy(large, "\x60\x20\x06\x06\x2b\x06\x01\x05\x05\x02", 10);
    pair_init(&pair, "A", "A", 1);
    flow_alloc_init(&counter, 0);
    pair.config[A].alloc = &counter.alloc;
    pair.config[A].max_fragment = 64;
    pair_open(&pair);
    pair_step(&pair, A, first);
    ck_assert_int_eq(pair.status[A], SPNEGO_CONTINUE);
    pair_step(&pair, A, second);
    ck_assert_int_eq(pair.status[A], SPNEGO_E_LIMIT);
    ck_assert_uint_lt(counter.peak, 2048);
    pair_close(&pair);
}
END_TEST

/* A mechanism in the middle never sees an empty token: it means "begin". */
START_TEST(empty_token_does_not_reach_the_mechanism)
{
    static const struct play plays[] = {
        {SPNEGO_INITIATOR, "A", 4, 0, 0, {"", "resp 1 A t"}},
        {SPNEGO_ACCEPTOR, "A", 4, 0, 0, {"init A TA03", "resp 1 t"}},
    };
    char reason[100];

    script_play(&pair, &told, &plays[_i]);
    ck_assert_int_eq(pair.status[plays[_i].role], SPNEGO_E_MALFORMED);
    spnego_ctx_reason(pair.ctx[plays[_i].role], reason, sizeof(reason));
    ck_assert_str_eq(reason, "no responseToken, and 2.25.1414534758 waits for one");
    pair_close(&pair);
    script_release();
}
END_TEST

/* T10 is for an acceptor that ends without its MIC, not for one that waits. */
START_TEST(no_mic_is_borne_only_at_the_end)
{
    static const struct {
        const char *reply;
        enum spnego_status status;
    } replies[] = {
        {"resp 0 A", SPNEGO_OK},
        {"resp 3 A", SPNEGO_E_INTEGRITY},
        {"resp 1 A", SPNEGO_E_INTEGRITY},
    };
    struct play play = {SPNEGO_INITIATOR, "A", 1, WANTS_I, SPNEGO_TOLERATE_NO_MIC, {""}};

    play.lines[1] = replies[_i].reply;
    script_play(&pair, &told, &play);
    ck_assert_int_eq(pair.status[I], replies[_i].status);
    pair_close(&pair);
    script_release();
}
END_TEST

/* Windows lists 48018 and 113554 and sends a token for the first.  A server that has
 * 113554 alone, and its own order, takes it all the same. */
START_TEST(own_order_takes_the_alias_at_the_front)
{
    static const struct play play =
        {SPNEGO_ACCEPTOR, "K", 1, OWN_ORDER, SPNEGO_TOLERATE_ALIAS_OFFERED, {"init WK t01"}};
    struct spnego_outcome outcome;

    script_play(&pair, &told, &play);
    spnego_ctx_outcome(pair.ctx[A], &outcome);
    ck_assert(outcome.first_choice);
    ck_assert_uint_eq(outcome.tolerated, SPNEGO_TOLERATE_ALIAS_OFFERED);
    ck_assert_int_ge(pair.status[A], SPNEGO_OK);
    pair_close(&pair);
    script_release();
}
END_TEST

static enum spnego_status
speak_long(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    static const uint8_t octets[20];

    (void)mech;
    (void)in;
    return spnego_buf_append(out, octets, sizeof(octets));
}

/* A peer that does not speak SPNEGO knows nothing of its pieces. */
START_TEST(naked_answers_are_not_cut)
{
    static const uint8_t token[] = {0x60, 9, 6, 6, 0x69, 0x85, 0xa2, 0xc0, 0xac, 0x66, 1};
    struct spnego_slice in = {token, sizeof(token)}, out;

    pair_init(&pair, "A", "A", 2);
    pair.config[A].tolerate = SPNEGO_TOLERATE_NAKED_MECH;
    pair.config[A].max_fragment = 6;
    unruly = toy_a;
    unruly.step = speak_long;
    open_unruly(A);
    out = pair_step(&pair, A, in);
    ck_assert_int_eq(pair.status[A], SPNEGO_OK);
    ck_assert_uint_eq(out.len, 20);
    pair_close(&pair);
}
END_TEST

/* It says that it has integrity and cannot make a MIC: nothing is left to send. */
START_TEST(integrity_without_make_mic_is_none)
{
    struct spnego_slice nothing = {NULL, 0};

    pair_init(&pair, "A", "A", 2);
    unruly = toy_a;
    unruly.make_mic = NULL;
    open_unruly(I);
    pair_step(&pair, I, nothing);
    pair_step(&pair, I, script_token("resp 1 A t00"));
    ck_assert_int_eq(pair.status[I], SPNEGO_E_MALFORMED);
    check_reason(I, "the acceptor waits for more, and after 2.25.1414534758 nothing is left to "
                    "send");
    pair_close(&pair);
    script_release();
}
END_TEST

/* Three tokens of the mechanism: the initiator takes two, and its first step none. */
START_TEST(first_step_is_no_leg)
{
    pair_init(&pair, "A", "A", 3);
    pair.config[I].max_legs = 2u - (unsigned)_i;
    pair_open(&pair);
    pair_run(&pair);
    ck_assert_int_eq(pair.status[I], _i == 0 ? SPNEGO_OK : SPNEGO_E_LIMIT);
    pair_close(&pair);
}
END_TEST

/* The peer does not ask for the rest of our reject: the failure is told at last. */
START_TEST(status_behind_a_reject_in_pieces_is_told)
{
    struct spnego_slice garbage = script_token("hex 05"), out;

    pair_init(&pair, "A", "A", 1);
    pair.config[A].max_fragment = 6;
    pair_open(&pair);
    out = pair_step(&pair, A, garbage);
    ck_assert_int_eq(pair.status[A], SPNEGO_CONTINUE);
    ck_assert_uint_eq(out.len, 6);
    pair_step(&pair, A, garbage);
    ck_assert_int_eq(pair.status[A], SPNEGO_E_MALFORMED);
    pair_step(&pair, A, garbage);
    ck_assert_int_eq(pair.status[A], SPNEGO_E_STATE);
    pair_close(&pair);
    script_release();
}
END_TEST

Suite *
negotiate_unruly_suite(void)
{
    Suite *suite = suite_create("unruly");
    TCase *mechs = tcase_create("mechanisms"), *callers = tcase_create("callers"),
          *peers = tcase_create("peers");

    tcase_add_test(mechs, nothing_is_no_mechanism);
    tcase_add_test(mechs, odd_statuses_are_failures);
    tcase_add_test(mechs, unknown_flags_are_not_kept);
    tcase_add_test(mechs, reason_has_the_words_of_the_mechanism);
    tcase_add_test(mechs, words_are_masked_and_cut);
    tcase_add_test(callers, callback_may_only_look);
    tcase_add_loop_test(callers, bad_identifiers_are_faults, 0,
                        (int)(sizeof(bad_oids) / sizeof(bad_oids[0])));
    tcase_add_test(callers, unknown_policies_are_faults);
    tcase_add_test(peers, pieces_are_bounded_before_they_are_kept);
    tcase_add_loop_test(peers, empty_token_does_not_reach_the_mechanism, 0, 2);
    tcase_add_loop_test(peers, no_mic_is_borne_only_at_the_end, 0, 3);
    tcase_add_test(peers, own_order_takes_the_alias_at_the_front);
    tcase_add_test(peers, naked_answers_are_not_cut);
    tcase_add_test(mechs, integrity_without_make_mic_is_none);
    tcase_add_loop_test(peers, first_step_is_no_leg, 0, 2);
    tcase_add_test(peers, status_behind_a_reject_in_pieces_is_told);
    suite_add_tcase(suite, mechs);
    suite_add_tcase(suite, callers);
    suite_add_tcase(suite, peers);
    return suite;
}
