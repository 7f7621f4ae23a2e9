/* test_negoex_attack_unruly.c: mechanisms, cryptography and listeners inside NegoEx that do
 * what spnego/mech.h and spnego/crypto.h do not allow, or just so. */
#include "negoex_wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *negoex_attack_unruly_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR

#define SCHEME "C0A28569-66AC-0000-0000-000000000000"
#define FAILED "1.3.6.1.4.1.311.2.2.30 (NEGOEX) failed: "

static struct negoex_pair *const np = &negoex_wire.np;
static struct spnego_mech_ops odd; /* toy A, and what a test puts into it */
static unsigned calls;
static enum spnego_role who; /* misbehaves */

/* `role` has the odd one in the place of A. */
static void
start(const char *letters, unsigned hops, enum spnego_role role)
{
    struct negoex_wire_flow flow = {"", letters, letters, hops, 0};

    negoex_wire_init(&flow);
    odd = toy_a;
    np->schemes[role][0].ops = &odd;
    calls = 0;
    who = role;
}

static void
check_failed(enum spnego_status status, const char *want)
{
    char reason[512];

    ck_assert_int_eq(np->pair.status[who], status);
    spnego_ctx_reason(np->pair.ctx[who], reason, sizeof(reason));
    if (want != NULL)
        ck_assert_str_eq(reason, want);
    ck_assert_uint_gt(strlen(reason), 0);
    flow_check_ended(&np->pair, who);
    flow_close(&np->pair);
}

/* Its second step goes on, and says nothing. */
static enum spnego_status
stuck(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    return calls++ == 0 ? toy_a.step(mech, out, in) : SPNEGO_CONTINUE;
}

START_TEST(it_goes_on_and_says_nothing)
{
    start("A", 5, (enum spnego_role)_i);
    odd.step = stuck;
    odd.why = NULL;
    negoex_wire_run(NULL, NULL);
    check_failed(SPNEGO_E_MECH, FAILED SCHEME " goes on and gives no token");
}
END_TEST

/* What a step may say of its failure is passed on; anything else is SPNEGO_E_MECH. */
static const struct {
    int status, want;
} statuses[] = {
    {SPNEGO_E_MALFORMED, SPNEGO_E_MALFORMED},
    {SPNEGO_E_UNSUPPORTED, SPNEGO_E_UNSUPPORTED},
    {SPNEGO_E_LIMIT, SPNEGO_E_LIMIT},
    {SPNEGO_E_NO_MECH, SPNEGO_E_NO_MECH},
    {SPNEGO_E_INTEGRITY, SPNEGO_E_INTEGRITY},
    {SPNEGO_E_MEMORY, SPNEGO_E_MEMORY},
    {SPNEGO_E_MECH, SPNEGO_E_MECH},
    {SPNEGO_E_STATE, SPNEGO_E_MECH},
    {SPNEGO_E_SPACE, SPNEGO_E_MECH},
    {SPNEGO_E_TRUNCATED, SPNEGO_E_MECH},
    {SPNEGO_E_REJECTED, SPNEGO_E_MECH},
    {-1000, SPNEGO_E_MECH},
    {7, SPNEGO_E_MECH},
};
#define STATUSES ((int)(sizeof(statuses) / sizeof(statuses[0])))
static int fate;

static enum spnego_status
second_fails(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    if (calls++ == 0)
        return toy_a.step(mech, out, in);
    ck_assert_int_eq(spnego_buf_append(out, "an error token", 14), SPNEGO_OK);
    return (enum spnego_status)fate;
}

START_TEST(a_step_fails_somehow)
{
    start("A", 5, (enum spnego_role)(_i % 2));
    odd.step = second_fails;
    fate = statuses[_i / 2].status;
    negoex_wire_run(NULL, NULL);
    ck_assert_int_eq(np->pair.status[who], statuses[_i / 2].want);
    ck_assert_int_lt(np->pair.status[who == I ? A : I], 0);
    flow_close(&np->pair);
}
END_TEST

/* Number `fate` of the calls fails. */
static enum spnego_status
create(void **mech, void *cred, enum spnego_role role)
{
    if (++calls != (unsigned)fate)
        return toy_a.create(mech, cred, role);
    *mech = NULL;
    return SPNEGO_OK; /* which is a lie */
}

/* The acceptor likes B better: what the initiator has begun with A begins anew, and cannot,
 * and A is left out. */
START_TEST(it_cannot_begin_anew)
{
    struct negoex_wire_flow flow = {"", "AB", "BA", 2, 0};

    negoex_wire_init(&flow);
    odd = toy_a;
    odd.create = create;
    calls = 0;
    fate = 2;
    np->schemes[I][0].ops = &odd;
    negoex_wire_run(NULL, NULL);
    ck_assert(pair_complete(&np->pair));
    ck_assert_uint_eq(calls, 2);
    ck_assert_int_eq(negoex_pair_letter(np, I), 'B');
    flow_close(&np->pair);
}
END_TEST

/* The acceptor fails at the optimistic token and cannot begin anew: B is left, or nothing. */
START_TEST(an_acceptor_cannot_begin_anew)
{
    start(_i == 0 ? "AB" : "A", 3, A);
    odd.create = create;
    fate = 2;
    np->pair.creds[A][0].fails = 1;
    negoex_wire_run(NULL, NULL);
    ck_assert_uint_eq(calls, 2);
    ck_assert_int_eq(np->pair.status[A], _i == 0 ? SPNEGO_OK : SPNEGO_E_NO_MECH);
    ck_assert_int_eq(pair_complete(&np->pair), _i == 0);
    flow_close(&np->pair);
}
END_TEST

static unsigned
changing_flags(void *mech)
{
    unsigned hash = ++calls * 2654435761u + (unsigned)fate * 40503u;

    (void)mech;
    return hash >> 16;
}

/* Bits that come and go, and that do not exist. */
START_TEST(its_flags_change)
{
    for (fate = 0; fate < 64; fate++) {
        start("AB", 1 + (unsigned)fate % 4, (enum spnego_role)_i);
        odd.flags = changing_flags;
        negoex_wire_run(NULL, NULL);
        ck_assert_ptr_null(negoex_wire_problem());
        ck_assert(np->pair.status[who] != SPNEGO_CONTINUE ||
                  np->pair.status[who == I ? A : I] != SPNEGO_CONTINUE);
        flow_close(&np->pair);
    }
}
END_TEST

static void
endless(void *mech, char *out, size_t cap)
{
    (void)mech;
    memset(out, 'x', cap);
}

START_TEST(why_has_no_end)
{
    char want[512];

    start("A", 5, (enum spnego_role)_i);
    odd.why = endless;
    np->pair.creds[_i][0].fails = 2;
    negoex_wire_run(NULL, NULL);
    snprintf(want, sizeof(want), FAILED SCHEME " failed: %.*s", 95,
             "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
             "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    check_failed(SPNEGO_E_MECH, want);
}
END_TEST

/* A checksum of `fate` octets. */
static enum spnego_status
make_checksum(void *arg, struct spnego_buf *out, int32_t *type, const struct spnego_key *key,
              int32_t usage, struct spnego_slice message)
{
    static const uint8_t octets[600];

    (void)arg;
    (void)key;
    (void)usage;
    (void)message;
    *type = FAKE_CHECKSUM_TYPE;
    return spnego_buf_append(out, octets, (size_t)fate);
}

START_TEST(a_checksum_of_another_length)
{
    static const int lengths[] = {0, 1, 11, 13, 600};

    fate = lengths[_i / 2];
    start("A", 4, (enum spnego_role)(_i % 2));
    np->crypto[who].ops.make_checksum = make_checksum;
    negoex_wire_run(NULL, NULL);
    who = who == I ? A : I;
    check_failed(SPNEGO_E_INTEGRITY,
                 FAILED "the VERIFY for " SCHEME " does not fit what both sides have said");
}
END_TEST

/* A listener that asks, and tries to go on, from within. */
static void
call_back(void *arg, const struct negoex_event *event)
{
    const struct negoex_session *session = negoex_wire_session(event->role);
    struct spnego_slice out = {NULL, 0}, in = {(const uint8_t *)"NEGOEXTS", 8};
    struct spnego_ctx *ctx = np->pair.ctx[event->role];
    struct negoex_outcome outcome;
    char text[512];

    (void)arg;
    calls++;
    ck_assert_int_eq(spnego_ctx_step(ctx, &out, in), SPNEGO_E_STATE);
    ck_assert_ptr_null(spnego_ctx_mech(ctx));
    ck_assert_ptr_null(spnego_ctx_take_mech(ctx));
    spnego_ctx_reason(ctx, text, sizeof(text));
    ck_assert_uint_gt(negoex_event_format(text, sizeof(text), event), 0);
    ck_assert_uint_gt(negoex_event_format(NULL, 0, event), 0);
    if (session != NULL)
        negoex_mech_outcome(session, &outcome);
}

START_TEST(listeners_call_back)
{
    negoex_wire_init(&negoex_wire_flows[_i]);
    calls = 0;
    np->negoex[I].on_event = call_back;
    np->negoex[A].on_event = call_back;
    negoex_wire_run(NULL, NULL);
    ck_assert(pair_complete(&np->pair));
    ck_assert_uint_gt(calls, 10);
    flow_close(&np->pair);
}
END_TEST

/* Adds `fate` octets of metadata, or as many to its second token. */
static enum spnego_status
append_much(struct spnego_buf *out)
{
    uint8_t *octets = calloc(1, (size_t)fate + 1);
    enum spnego_status status;

    ck_assert_ptr_nonnull(octets);
    status = spnego_buf_append(out, octets, (size_t)fate);
    free(octets);
    return status;
}

static enum spnego_status
much_metadata(void *mech, struct spnego_buf *out)
{
    (void)mech;
    return append_much(out);
}

static enum spnego_status
take_much(void *mech, struct spnego_slice in)
{
    (void)mech;
    ck_assert_uint_eq(in.len, (size_t)fate);
    calls++;
    return SPNEGO_OK;
}

/* One token there, one back: each `fate` octets. */
static enum spnego_status
talk_much(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    (void)mech;
    ck_assert(in.len == 0 || in.len == (size_t)fate);
    if (calls++ == 2)
        return SPNEGO_OK;
    return append_much(out) == SPNEGO_OK && calls == 2 ? SPNEGO_OK : SPNEGO_CONTINUE;
}

static enum spnego_status
key_after_two(void *mech, bool ours, struct spnego_key *key)
{
    static const uint8_t octets[32];

    (void)mech;
    (void)ours;
    key->enctype = 18;
    key->octets = (struct spnego_slice){octets, sizeof(octets)};
    return calls >= 2 ? SPNEGO_OK : SPNEGO_CONTINUE;
}

/* pair.h's tokens are too short: lets both speak with tokens of any length. */
static void
run_large(size_t max_len, size_t max_transcript)
{
    struct spnego_slice token = {NULL, 0};
    enum spnego_role role;

    for (role = I; role <= A; role = (enum spnego_role)(role + 1)) {
        np->schemes[role][0].ops = &odd;
        np->pair.config[role].max_len = max_len;
        np->negoex[role].max_transcript = max_transcript;
    }
    flow_open(&np->pair);
    role = I;
    do {
        token = flow_step(&np->pair, role, token);
        role = role == I ? A : I;
    } while (token.len > 0);
}

START_TEST(much_metadata_is_carried)
{
    static const int lengths[] = {0, 1, 60000};

    fate = lengths[_i];
    start("A", 3, I);
    odd.make_metadata = much_metadata;
    odd.take_metadata = take_much;
    run_large(0, 0);
    ck_assert(pair_complete(&np->pair));
    ck_assert_uint_eq(calls, fate > 0 ? 2 : 0);
    flow_close(&np->pair);
}
END_TEST

START_TEST(long_tokens_are_carried)
{
    fate = 200 * 1024;
    start("A", 2, I);
    odd.step = talk_much;
    odd.key = key_after_two;
    run_large(1u << 20, 1u << 20);
    ck_assert(pair_complete(&np->pair));
    flow_close(&np->pair);
    start("A", 2, I);
    odd.step = talk_much;
    odd.key = key_after_two;
    run_large(1u << 20, 0);
    who = A; /* it says the second */
    check_failed(SPNEGO_E_LIMIT, NULL);
}
END_TEST

Suite *
negoex_attack_unruly_suite(void)
{
    Suite *suite = suite_create("negoex_attack_unruly");
    TCase *cases = tcase_create("unruly");

    tcase_add_loop_test(cases, it_goes_on_and_says_nothing, 0, 2);
    tcase_add_loop_test(cases, a_step_fails_somehow, 0, 2 * STATUSES);
    tcase_add_test(cases, it_cannot_begin_anew);
    tcase_add_loop_test(cases, an_acceptor_cannot_begin_anew, 0, 2);
    tcase_add_loop_test(cases, its_flags_change, 0, 2);
    tcase_add_loop_test(cases, why_has_no_end, 0, 2);
    tcase_add_loop_test(cases, a_checksum_of_another_length, 0, 10);
    tcase_add_loop_test(cases, listeners_call_back, 0, WIRE_FLOWS);
    tcase_add_loop_test(cases, much_metadata_is_carried, 0, 3);
    tcase_add_test(cases, long_tokens_are_carried);
    suite_add_tcase(suite, cases);
    return suite;
}
