/* test_negoex_memory.c: each allocation and each call of the cryptography fails in its
 * turn; nothing leaks, however a NegoEx conversation ends; and how much it takes. */
#include "negoex_wire.h"

#include <stdlib.h>
#include <string.h>

Suite *negoex_memory_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR

#define MAX_SESSION 2560 /* octets: no header promises a number, this does */
#define MAX_PEAK 6144    /* of a side, SPNEGO included, with tokens of less than 400 octets */
#define ABANDONED 25000  /* 100,000 with ALL_EDITS */

static struct negoex_pair *const np = &negoex_wire.np;
static struct flow_alloc counter;

static void
count(enum spnego_role role, size_t fails)
{
    flow_alloc_init(&counter, fails);
    np->pair.config[role].alloc = &counter.alloc;
    np->negoex[role].alloc = &counter.alloc;
}

/* Lets it run with one allocation too few, from the first step on.  Returns false when it
 * made fewer. */
static bool
run_short(const struct negoex_wire_flow *flow, enum spnego_role role, size_t fails)
{
    struct spnego_outcome outcome;
    bool short_of, gone_on; /* without the greeting */

    negoex_wire_init(flow);
    count(role, fails + 1); /* the first is spnego_ctx_new's: test_negotiate_memory.c */
    negoex_wire_run(NULL, NULL);
    short_of = counter.calls > fails;
    gone_on = (flow->how & WIRE_GREETS) != 0 && pair_complete(&np->pair);
    if (!gone_on && (short_of != (np->pair.status[role] == SPNEGO_E_MEMORY) ||
                     short_of == pair_complete(&np->pair)))
        ck_abort_msg("%s, side %d, allocation %zu of %zu: %s", flow->name, role, fails,
                     counter.calls, spnego_status_name(np->pair.status[role]));
    spnego_ctx_outcome(np->pair.ctx[role], &outcome);
    if (short_of && outcome.status < 0)
        flow_check_ended(&np->pair, role);
    flow_close(&np->pair);
    FLOW_CHECK(counter.used == 0);
    return short_of;
}

START_TEST(every_allocation_fails)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    size_t fails;

    for (fails = 1; run_short(flow, I, fails); fails++)
        continue;
    ck_assert_uint_gt(fails, 8);
    for (fails = 1; run_short(flow, A, fails); fails++)
        continue;
    ck_assert_uint_gt(fails, 8);
}
END_TEST

/* What the side says whose crypto has failed like this.  Of its own failures a mechanism
 * tells SPNEGO_E_MECH; a checksum that could not be compared is one that does not fit. */
static bool
is_right(enum spnego_status status, enum spnego_status fate)
{
    if (fate == SPNEGO_E_MEMORY)
        return status == SPNEGO_E_MEMORY;
    return status == SPNEGO_E_MECH || status == SPNEGO_E_INTEGRITY;
}

static bool
run_with_failing_crypto(const struct negoex_wire_flow *flow, enum spnego_role role,
                        enum spnego_status fate, unsigned fails)
{
    char reason[256];
    bool failed, gone_on;

    negoex_wire_init(flow);
    fake_crypto_init(&np->crypto[role]); /* without the watch, which does not fail */
    np->crypto[role].fate = fate;
    np->crypto[role].fails = fails;
    negoex_wire_run(NULL, NULL);
    failed = np->crypto[role].calls >= fails;
    gone_on = (flow->how & WIRE_GREETS) != 0 && pair_complete(&np->pair);
    spnego_ctx_reason(np->pair.ctx[role], reason, sizeof(reason));
    if (failed ? !gone_on && !is_right(np->pair.status[role], fate) : !pair_complete(&np->pair))
        ck_abort_msg("%s, side %d, call %u, %s: %s, %s", flow->name, role, fails,
                     spnego_status_name(fate), spnego_status_name(np->pair.status[role]),
                     reason);
    FLOW_CHECK(!failed || gone_on || fate == SPNEGO_E_MEMORY || reason[0] != '\0');
    flow_close(&np->pair);
    return failed;
}

START_TEST(every_call_of_the_crypto_fails)
{
    static const enum spnego_status fates[] = {SPNEGO_E_MECH, SPNEGO_E_MEMORY,
                                               SPNEGO_E_UNSUPPORTED, SPNEGO_CONTINUE};
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    unsigned fails;
    int role, i;

    for (role = 0; role < 2; role++)
        for (i = 0; i < 4; i++) {
            fails = 1;
            while (run_with_failing_crypto(flow, (enum spnego_role)role, fates[i], fails))
                fails++;
            ck_assert_uint_gt(fails, 3);
        }
}
END_TEST

/* bugs.md R3: peers that go away. */
START_TEST(abandoned_conversations_leave_nothing)
{
    size_t most = getenv("ALL_EDITS") != NULL ? 4 * ABANDONED : ABANDONED, i, number;

    flow_alloc_init(&counter, 0);
    for (i = 0; i < most; i++) {
        number = i % (WIRE_FLOWS * 6);
        if (number % 6 == 0) {
            negoex_wire_init(&negoex_wire_flows[number / 6]);
            count(I, 0);
            count(A, 0);
        }
        negoex_wire.steps = 1 + (unsigned)(number % 6);
        negoex_wire_run(NULL, NULL);
        flow_close(&np->pair);
        FLOW_CHECK(counter.used == 0);
    }
    negoex_wire.steps = 0;
}
END_TEST

START_TEST(it_takes_little)
{
    size_t number, peak = 0;
    int role;

    ck_assert_uint_le(sizeof(struct negoex_session), MAX_SESSION);
    for (number = 0; number < WIRE_FLOWS; number++)
        for (role = 0; role < 2; role++) {
            negoex_wire_init(&negoex_wire_flows[number]);
            count((enum spnego_role)role, 0);
            negoex_wire_run(NULL, NULL);
            peak = counter.peak > peak ? counter.peak : peak;
            flow_close(&np->pair);
        }
    ck_assert_msg(peak <= MAX_PEAK, "a side took %zu octets", peak);
}
END_TEST

/* Writes a NegTokenInit with NegoEx: a NEGO, and metadata of `len` octets. */
static size_t
write_large(uint8_t *octets, size_t cap, size_t len)
{
    static uint8_t inner[SPNEGO_DEFAULT_MAX_LEN];
    struct spnego_buf messages = {inner, sizeof(inner), 0, NULL}, out = {octets, cap, 0, NULL};
    struct spnego_slice oid = negoex_mech.oid;
    struct spnego_negotiation_token token;
    struct negoex_message message;

    memset(&message, 0, sizeof(message));
    message.u.nego_message.auth_schemes.items = (const struct negoex_guid *)toy_a.auth_scheme;
    message.u.nego_message.auth_schemes.count = 1;
    ck_assert_int_eq(negoex_message_encode(&messages, &message), SPNEGO_OK);
    memset(&message, 0, sizeof(message));
    message.header.message_type = NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA;
    message.header.sequence_num = 1;
    memcpy(message.u.exchange_message.auth_scheme.octets, toy_a.auth_scheme, 16);
    message.u.exchange_message.exchange = (struct spnego_slice){octets, len};
    ck_assert_int_eq(negoex_message_encode(&messages, &message), SPNEGO_OK);
    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
    token.u.neg_token_init.mech_types.items = &oid;
    token.u.neg_token_init.mech_types.count = 1;
    token.u.neg_token_init.has_mech_token = true;
    token.u.neg_token_init.mech_token = (struct spnego_slice){inner, messages.len};
    ck_assert_int_eq(spnego_token_encode(&out, &token), SPNEGO_OK);
    return out.len;
}

static size_t
take_large(size_t len)
{
    static uint8_t octets[SPNEGO_DEFAULT_MAX_LEN];
    struct spnego_slice token = {octets, write_large(octets, sizeof(octets), len)}, out;

    negoex_wire_init(&negoex_wire_flows[1]);
    count(A, 0);
    flow_open(&np->pair);
    out = pair_step(&np->pair, A, token);
    ck_assert_int_eq(np->pair.status[A], SPNEGO_CONTINUE);
    ck_assert_uint_gt(out.len, 0);
    flow_close(&np->pair);
    ck_assert_uint_eq(counter.used, 0);
    ck_assert_msg(counter.peak <= 3 * token.len + MAX_PEAK, "%zu octets for a token of %zu",
                  counter.peak, token.len);
    return counter.total;
}

/* What half a negotiation of somebody unknown costs. */
START_TEST(a_large_token_costs_no_more)
{
    size_t half = take_large(30000);

    ck_assert_uint_le(take_large(60000), 2 * half + MAX_PEAK);
}
END_TEST

/* Number 0: NegoEx is ended first; 1: the mechanism. */
START_TEST(a_taken_mechanism_is_the_callers)
{
    struct negoex_outcome outcome;
    void *mech, *inner;

    negoex_wire_init(&negoex_wire_flows[0]);
    negoex_wire_run(NULL, NULL);
    mech = spnego_ctx_take_mech(np->pair.ctx[I]);
    ck_assert_ptr_nonnull(mech);
    negoex_mech_outcome(mech, &outcome);
    inner = negoex_mech_take(mech);
    ck_assert_ptr_nonnull(inner);
    ck_assert_ptr_eq(inner, outcome.inner);
    ck_assert_ptr_null(negoex_mech_take(mech));
    negoex_mech_outcome(mech, &outcome);
    ck_assert_ptr_null(outcome.inner);
    ck_assert_int_eq(outcome.selected, 0);
    ck_assert_uint_eq(negoex_mech.flags(mech), 0);
    if (_i == 0)
        negoex_mech.destroy(mech);
    toy_a.destroy(inner);
    if (_i == 1)
        negoex_mech.destroy(mech);
    flow_close(&np->pair);
}
END_TEST

Suite *
negoex_memory_suite(void)
{
    Suite *suite = suite_create("negoex_memory");
    TCase *cases = tcase_create("memory");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, every_allocation_fails, 0, WIRE_FLOWS);
    tcase_add_loop_test(cases, every_call_of_the_crypto_fails, 0, WIRE_FLOWS);
    tcase_add_test(cases, abandoned_conversations_leave_nothing);
    tcase_add_test(cases, it_takes_little);
    tcase_add_test(cases, a_large_token_costs_no_more);
    tcase_add_loop_test(cases, a_taken_mechanism_is_the_callers, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
