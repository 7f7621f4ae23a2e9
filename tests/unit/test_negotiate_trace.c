/* test_negotiate_trace.c - what a negotiation tells: its events in words, its statuses as
 * GSS-API's, and everything that can be asked at any time. */
#include "octets.h"
#include "script.h"

#include <check.h>

Suite *negotiate_trace_suite(void);

static struct pair pair;
static struct told told;

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR
#define COUNT(table) (int)(sizeof(table) / sizeof((table)[0]))
#define MECH_A "2.25.1414534758"
#define MECH_B "2.25.1175737388"

static enum spnego_role
other(enum spnego_role role)
{
    return role == I ? A : I;
}

/* Lets both speak, also with empty tokens, until neither waits any more. */
static void
speak(void)
{
    enum spnego_role role = I;
    struct spnego_slice token = {NULL, 0};
    size_t i;

    for (i = 0; i < 60 && pair.status[role] == SPNEGO_CONTINUE; i++) {
        token = pair_step(&pair, role, token);
        if (token.len == 0 && pair.status[role] < 0)
            break;
        role = other(role);
    }
    ck_assert_uint_lt(i, 60);
}

static const struct {
    const char *initiator, *acceptor;
    unsigned hops, how;
    const char *lines;
} traces[] = {
    {"AB", "B", 2, 0,
     "I sent NegTokenInit, 49 octets: " MECH_A ", " MECH_B ", mechToken of 11\n"
     "A received NegTokenInit, 49 octets: " MECH_A ", " MECH_B ", mechToken of 11\n"
     "A chosen: " MECH_B ", not the first choice\n"
     "A sent NegTokenResp, 19 octets: request-mic, " MECH_B "\n"
     "I received NegTokenResp, 19 octets: request-mic, " MECH_B "\n"
     "I chosen: " MECH_B ", not the first choice\n"
     "I sent NegTokenResp, 24 octets: accept-incomplete, responseToken of 11\n"
     "A received NegTokenResp, 24 octets: accept-incomplete, responseToken of 11\n"
     "A finished: " MECH_B "\n"
     "A mechListMIC made\n"
     "A sent NegTokenResp, 22 octets: accept-incomplete, responseToken of 1, mechListMIC of 4\n"
     "I received NegTokenResp, 22 octets: accept-incomplete, responseToken of 1, "
     "mechListMIC of 4\n"
     "I finished: " MECH_B "\n"
     "I mechListMIC fits\n"
     "I mechListMIC made\n"
     "I sent NegTokenResp, 17 octets: accept-completed, mechListMIC of 4\n"
     "I complete, with " MECH_B "\n"
     "A received NegTokenResp, 17 octets: accept-completed, mechListMIC of 4\n"
     "A mechListMIC fits\n"
     "A complete, with " MECH_B "\n"},
    {"A", "A", 1, WANTS_I,
     "I finished: " MECH_A "\n"
     "I mechListMIC made\n"
     "I sent NegTokenInit, 49 octets: " MECH_A ", mechToken of 11, mechListMIC of 4\n"
     "A received NegTokenInit, 49 octets: " MECH_A ", mechToken of 11, mechListMIC of 4\n"
     "A chosen: " MECH_A ", the first choice\n"
     "A finished: " MECH_A "\n"
     "A mechListMIC fits\n"
     "A mechListMIC made\n"
     "A sent NegTokenResp, 27 octets: accept-completed, " MECH_A ", mechListMIC of 4\n"
     "A complete, with " MECH_A "\n"
     "I received NegTokenResp, 27 octets: accept-completed, " MECH_A ", mechListMIC of 4\n"
     "I chosen: " MECH_A ", the first choice\n"
     "I mechListMIC fits\n"
     "I complete, with " MECH_A "\n"},
    {"AB", "AB", 1, ABSENT_I,
     "I not offered, it does not start: " MECH_A "\n"
     "I finished: " MECH_B "\n"
     "I sent NegTokenInit, 41 octets: " MECH_B ", mechToken of 11\n"
     "A received NegTokenInit, 41 octets: " MECH_B ", mechToken of 11\n"
     "A chosen: " MECH_B ", the first choice\n"
     "A finished: " MECH_B "\n"
     "A sent NegTokenResp, 19 octets: accept-completed, " MECH_B "\n"
     "A complete, with " MECH_B "\n"
     "I received NegTokenResp, 19 octets: accept-completed, " MECH_B "\n"
     "I chosen: " MECH_B ", the first choice\n"
     "I complete, with " MECH_B "\n"},
    {"AB", "B", 1, NO_INTEGRITY | NO_OPTIMISTIC,
     "I sent NegTokenInit, 34 octets: " MECH_A ", " MECH_B "\n"
     "A received NegTokenInit, 34 octets: " MECH_A ", " MECH_B "\n"
     "A chosen: " MECH_B ", not the first choice\n"
     "A sent NegTokenResp, 19 octets: request-mic, " MECH_B "\n"
     "I received NegTokenResp, 19 octets: request-mic, " MECH_B "\n"
     "I chosen: " MECH_B ", not the first choice\n"
     "I finished: " MECH_B "\n"
     "I sent NegTokenResp, 24 octets: accept-incomplete, responseToken of 11\n"
     "A received NegTokenResp, 24 octets: accept-incomplete, responseToken of 11\n"
     "A finished: " MECH_B "\n"
     "A sent NegTokenResp, 9 octets: accept-completed\n"
     "A " MECH_B
     " is not the first choice, and without integrity nobody can tell why [SPN5035]\n"
     "A complete, with " MECH_B "\n"
     "I received NegTokenResp, 9 octets: accept-completed\n"
     "I " MECH_B
     " is not the first choice, and without integrity nobody can tell why [SPN5035]\n"
     "I complete, with " MECH_B "\n"},
    /* Pieces of at most 20 octets. */
    {"A", "A", 2, PIECES,
     "I sent NegTokenInit, 41 octets: " MECH_A ", mechToken of 11\n"
     "I fragment of 20 octets, of 41\n"
     "A fragment of 20 octets, of 41\n"
     "I fragment of 20 octets, of 41\n"
     "A fragment of 20 octets, of 41\n"
     "I fragment of 1 octets, of 41\n"
     "A fragment of 1 octets, of 41\n"
     "A received NegTokenInit, 41 octets: " MECH_A ", mechToken of 11\n"
     "A chosen: " MECH_A ", the first choice\n"
     "A finished: " MECH_A "\n"
     "A sent NegTokenResp, 24 octets: accept-completed, " MECH_A ", responseToken of 1\n"
     "A complete, with " MECH_A "\n"
     "A fragment of 20 octets, of 24\n"
     "I fragment of 20 octets, of 24\n"
     "A fragment of 4 octets, of 24\n"
     "I fragment of 4 octets, of 24\n"
     "I received NegTokenResp, 24 octets: accept-completed, " MECH_A ", responseToken of 1\n"
     "I chosen: " MECH_A ", the first choice\n"
     "I finished: " MECH_A "\n"
     "I complete, with " MECH_A "\n"},
    {"A", "B", 2, 0,
     "I sent NegTokenInit, 41 octets: " MECH_A ", mechToken of 11\n"
     "A received NegTokenInit, 41 octets: " MECH_A ", mechToken of 11\n"
     "A sent NegTokenResp, 9 octets: reject\n"
     "A failed: none of the offered mechanisms is available here: " MECH_A " [SPN5027]\n"
     "I received NegTokenResp, 9 octets: reject\n"
     "I failed: the peer rejected the negotiation [SPN5025]\n"},
    {"A", "A", 1, ABSENT_I,
     "I not offered, it does not start: " MECH_A "\n"
     "I failed: no mechanism could start; the first was " MECH_A " [SPN5029]\n"},
};

START_TEST(trace_is_exact)
{
    script_setup(&pair, &told, traces[_i].initiator, traces[_i].acceptor, traces[_i].hops,
                 traces[_i].how);
    pair_open(&pair);
    speak();
    ck_assert_str_eq(told.text, traces[_i].lines);
    pair_close(&pair);
}
END_TEST

/* Single sides: what cannot be read, is borne with, is a hint, is naked, or fails without
 * a finding. */
static const struct {
    struct play play;
    const char *lines;
} alone[] = {
    {{A, "A", 1, 0, 0, {"hex 60 01 00"}},
     "A received what cannot be read, 3 octets\n"
     "A sent NegTokenResp, 9 octets: reject\n"
     "A failed: tag 0x00, expected 0x06 [SPN1009]\n"},
    {{I, "A", 1, 0, SPNEGO_TOLERATE_NO_CHOICE, {"", "resp -"}},
     "I finished: " MECH_A "\n"
     "I sent NegTokenInit, 41 octets: " MECH_A ", mechToken of 11\n"
     "I received NegTokenResp, 4 octets: no negState\n"
     "I the acceptor's first reply lacks negState or supportedMech [SPN5005]\n"
     "I chosen: " MECH_A ", the first choice\n"
     "I complete, with " MECH_A "\n"},
    {{I, "A", 3, 0, 0, {"init2 A"}},
     "I received NegTokenInit, 26 octets: " MECH_A "\n"
     "I hint not followed, first is " MECH_A "\n"
     "I sent NegTokenInit, 41 octets: " MECH_A ", mechToken of 11\n"},
    {{A, "A", 3, 0, 0, {""}}, "A sent NegTokenInit2, 70 octets: " MECH_A ", negHints\n"},
    {{A, "N", 3, 0, SPNEGO_TOLERATE_NAKED_MECH, {"hex 4e 54 4c 4d 53 53 50 00"}},
     "A received a token without SPNEGO, 8 octets\n"
     "A a token of 1.3.6.1.4.1.311.2.2.10 (NTLMSSP) where SPNEGO should begin [SPN5032]\n"
     "A sent a token without SPNEGO, 1 octets\n"},
    {{A, "A", 1, 0, 0, {"init A tff"}},
     "A received NegTokenInit, 31 octets: " MECH_A ", mechToken of 1\n"
     "A chosen: " MECH_A ", the first choice\n"
     "A sent NegTokenResp, 9 octets: reject\n"
     "A failed: " MECH_A " failed: step 1 [SPN5028]\n"},
};

START_TEST(trace_of_one_side)
{
    script_play(&pair, &told, &alone[_i].play);
    ck_assert_str_eq(told.text, alone[_i].lines);
    pair_close(&pair);
}
END_TEST

/* Each event's line in every room that is too small, and in one that is not. */
static void
cut_event(void *arg, const struct spnego_event *event)
{
    char whole[1024];
    size_t len = spnego_event_format(whole, sizeof(whole), event), cap;
    unsigned *events = (unsigned *)arg;

    ++*events;
    ck_assert_uint_eq(len, strlen(whole));
    ck_assert_uint_gt(len, 0);
    ck_assert_uint_eq(spnego_event_format(NULL, 0, event), len);
    for (cap = 1; cap <= len + 1; cap++) {
        char *room = (char *)octets_room(cap);

        ck_assert_uint_eq(spnego_event_format(room, cap, event), len);
        ck_assert_uint_eq(strlen(room), cap - 1);
        ck_assert_mem_eq(room, whole, cap - 1);
    }
    octets_release();
}

START_TEST(lines_are_cut)
{
    unsigned events = 0, role;

    script_setup(&pair, &told, traces[_i].initiator, traces[_i].acceptor, traces[_i].hops,
                 traces[_i].how);
    for (role = 0; role < 2; role++) {
        pair.config[role].on_event = cut_event;
        pair.config[role].arg = &events;
    }
    pair_open(&pair);
    speak();
    ck_assert_uint_ge(events, 2);
    pair_close(&pair);
}
END_TEST

START_TEST(reason_is_cut)
{
    static const struct play play = {I, "AB", 1, 0, 0, {"", "resp 1 B"}};
    char whole[256], *room;
    size_t len, cap;

    script_play(&pair, &told, &play);
    len = spnego_ctx_reason(pair.ctx[I], whole, sizeof(whole));
    ck_assert_uint_eq(len, strlen(whole));
    ck_assert_uint_eq(spnego_ctx_reason(pair.ctx[I], NULL, 0), len);
    for (cap = 1; cap <= len + 1; cap++) {
        room = (char *)octets_room(cap);
        ck_assert_uint_eq(spnego_ctx_reason(pair.ctx[I], room, cap), len);
        ck_assert_uint_eq(strlen(room), cap - 1);
        ck_assert_mem_eq(room, whole, cap - 1);
    }
    pair_close(&pair);
}
END_TEST

/* RFC 2744 3.9.1; RFC 4178 3.2, 5. */
static const struct {
    int status;
    uint32_t major;
} majors[] = {
    {SPNEGO_OK, 0},
    {SPNEGO_CONTINUE, 1},
    {SPNEGO_E_TRUNCATED, 0x90000},
    {SPNEGO_E_MALFORMED, 0x90000},
    {SPNEGO_E_UNSUPPORTED, 0x10000},
    {SPNEGO_E_LIMIT, 0xd0000},
    {SPNEGO_E_SPACE, 0xd0000},
    {SPNEGO_E_MEMORY, 0xd0000},
    {SPNEGO_E_NO_MECH, 0x10000},
    {SPNEGO_E_REJECTED, 0xd0000},
    {SPNEGO_E_INTEGRITY, 0x90000},
    {SPNEGO_E_MECH, 0xd0000},
    {SPNEGO_E_STATE, 0x80000},
    {-12, 0xd0000},
    {99, 0xd0000},
};

START_TEST(every_status_has_a_major)
{
    ck_assert_uint_eq(spnego_gss_major((enum spnego_status)majors[_i].status),
                      majors[_i].major);
}
END_TEST

/* Asks `role` everything; nothing but a complete negotiation has a mechanism. */
static void
ask_everything(enum spnego_role role, bool ended)
{
    struct spnego_ctx *ctx = pair.ctx[role];
    struct spnego_outcome outcome, again;
    struct spnego_buf state = {NULL, 0, 0, NULL};
    enum spnego_status exported = spnego_ctx_export(ctx, &state);
    char reason[256];
    bool failed = pair.status[role] < 0;

    spnego_ctx_outcome(ctx, &outcome);
    ck_assert_int_eq(outcome.status, pair.status[role]);
    ck_assert_int_eq(outcome.complete, pair.status[role] == SPNEGO_OK);
    ck_assert_int_eq(spnego_ctx_reason(ctx, reason, sizeof(reason)) > 0, failed);
    ck_assert_uint_eq(spnego_ctx_tolerated(ctx, 0), 0);
    ck_assert_uint_eq(spnego_ctx_tolerated(ctx, SIZE_MAX), 0);
    ck_assert_int_eq(exported, ended ? SPNEGO_E_STATE : SPNEGO_E_SPACE);
    ck_assert_int_eq(spnego_ctx_mech(ctx) != NULL, outcome.complete);
    if (!outcome.complete)
        ck_assert_ptr_null(spnego_ctx_take_mech(ctx));
    ck_assert_int_lt(outcome.selected, (int)pair.config[role].num_offers);
    spnego_ctx_outcome(ctx, &again);
    ck_assert_mem_eq(&outcome, &again, sizeof(outcome));
}

/* Hops, reselected or not, and who fails if anybody does. */
START_TEST(everything_can_be_asked)
{
    enum spnego_role role = I;
    struct spnego_slice token = {NULL, 0};
    unsigned fails = (unsigned)_i / 8, i;

    script_setup(&pair, &told, "AB", _i / 4 % 2 != 0 ? "B" : "AB", (unsigned)_i % 4 + 1, 0);
    for (i = 0; i < 2 && fails > 0; i++)
        pair.creds[(fails - 1) % 2][i].fails = (fails + 1) / 2;
    pair_open(&pair);
    for (;; role = other(role)) {
        ask_everything(I, pair.status[I] != SPNEGO_CONTINUE);
        ask_everything(A, pair.status[A] != SPNEGO_CONTINUE);
        if (role == A && token.len == 0)
            break;
        if (role == I && token.len == 0 && told.count[I][SPNEGO_EVENT_SENT] > 0)
            break;
        token = pair_step(&pair, role, octets_copy(token));
    }
    for (i = 0; i < 2; i++) {
        pair_step(&pair, (enum spnego_role)i, token);
        ck_assert(pair.status[i] == SPNEGO_E_STATE || (i == A && fails > 0));
    }
    pair_close(&pair);
}
END_TEST

/* Complete is what was handed out to the last piece. */
START_TEST(complete_when_all_is_out)
{
    struct spnego_slice out = {NULL, 0};
    struct spnego_outcome outcome;
    void *mech;

    script_setup(&pair, &told, "A", "A", 2, 0);
    pair.config[A].max_fragment = 6;
    pair_open(&pair);
    out = pair_step(&pair, A, script_token("init A TA01"));
    while (pair.status[A] == SPNEGO_CONTINUE) {
        ck_assert_uint_eq(out.len, 6);
        spnego_ctx_outcome(pair.ctx[A], &outcome);
        ck_assert(!outcome.complete);
        ck_assert_int_eq(outcome.status, SPNEGO_CONTINUE);
        ck_assert_ptr_null(spnego_ctx_mech(pair.ctx[A]));
        ck_assert_ptr_null(spnego_ctx_take_mech(pair.ctx[A]));
        out = pair_step(&pair, A, script_token(""));
    }
    ck_assert_int_eq(pair.status[A], SPNEGO_OK);
    ck_assert_uint_eq(told.count[A][SPNEGO_EVENT_FRAGMENT], 4);
    mech = spnego_ctx_mech(pair.ctx[A]);
    ck_assert_ptr_nonnull(mech);
    ck_assert_ptr_eq(spnego_ctx_take_mech(pair.ctx[A]), mech);
    ck_assert_ptr_null(spnego_ctx_mech(pair.ctx[A]));
    ck_assert_ptr_null(spnego_ctx_take_mech(pair.ctx[A]));
    spnego_ctx_outcome(pair.ctx[A], &outcome);
    ck_assert(outcome.complete);
    spnego_ctx_free(pair.ctx[A]);
    pair.ctx[A] = NULL;
    ck_assert_uint_eq(pair.living, 1); /* it is ours */
    toy_a.destroy(mech);
    pair_close(&pair);
}
END_TEST

Suite *
negotiate_trace_suite(void)
{
    Suite *suite = suite_create("negotiate_trace");
    TCase *words = tcase_create("words");
    TCase *questions = tcase_create("questions");

    tcase_add_unchecked_fixture(words, NULL, script_release);
    tcase_add_loop_test(words, trace_is_exact, 0, COUNT(traces));
    tcase_add_loop_test(words, trace_of_one_side, 0, COUNT(alone));
    tcase_add_loop_test(words, lines_are_cut, 0, COUNT(traces));
    tcase_add_test(words, reason_is_cut);
    suite_add_tcase(suite, words);
    tcase_add_unchecked_fixture(questions, NULL, octets_release);
    tcase_add_loop_test(questions, every_status_has_a_major, 0, COUNT(majors));
    tcase_add_loop_test(questions, everything_can_be_asked, 0, 8 * 7);
    tcase_add_test(questions, complete_when_all_is_out);
    suite_add_tcase(suite, questions);
    return suite;
}
