/* test_negoex_attack_unverified.c: a peer that sends no VERIFY, and who may go without:
 * accept_unverified.  MIT krb5 never does; a Windows 7 acceptor did.  [MS-NEGOEX] 5.1. */
#include "negoex_forge.h"

#include <string.h>

Suite *negoex_attack_unverified_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR

static struct negoex_pair *const np = &negoex_wire.np;
static struct negoex_forge forge;
static unsigned told[2]; /* SPN5115 */

static void
hear(void *arg, const struct negoex_event *event)
{
    (void)arg;
    if (event->finding != NULL && event->finding->code == SPN5115_NEGOEX_UNVERIFIED)
        told[event->role]++;
}

/* `careless` needs no VERIFY. */
static void
start(unsigned hops, unsigned how, enum spnego_role careless)
{
    struct negoex_wire_flow flow = {"", "A", "A", hops, how};
    size_t role;

    negoex_wire_init(&flow);
    np->negoex[careless].accept_unverified = true;
    for (role = 0; role < 2; role++) {
        np->negoex[role].on_event = hear;
        told[role] = 0;
    }
}

static void
check_reason(enum spnego_role role, const char *want)
{
    char reason[256];

    spnego_ctx_reason(np->pair.ctx[role], reason, sizeof(reason));
    ck_assert_msg(strstr(reason, want) != NULL, "%s", reason);
}

/* Takes all VERIFYs of `*arg` out, and gives what is behind them right numbers. */
static void
strip(void *arg, struct pair_token *token, size_t number)
{
    const enum spnego_role *maker = (const enum spnego_role *)arg;
    struct spnego_slice messages[WIRE_MESSAGES];
    size_t count = negoex_wire_split(messages, negoex_pair_inner(token)), i;

    (void)number;
    if (count == 0)
        return;
    forge.len = 0;
    for (i = 0; i < count; i++)
        if (token->sender != *maker ||
            negoex_wire_type(messages[i]) != NEGOEX_MESSAGE_TYPE_VERIFY)
            negoex_forge_append(&forge, messages[i]);
    negoex_forge_heads(&forge, token->sender);
    negoex_forge_send(&forge, token);
}

/* The acceptor's VERIFY is its last word, and is lost: the initiator can go without. */
START_TEST(an_initiator_may_go_without)
{
    enum spnego_role maker = A;

    start(3, 0, I);
    negoex_wire_run(strip, &maker);
    ck_assert(pair_complete(&np->pair));
    ck_assert_uint_eq(told[I], 1);
    ck_assert_uint_eq(told[A], 0);
    flow_close(&np->pair);
}
END_TEST

START_TEST(it_does_not_unless_it_is_told_to)
{
    enum spnego_role maker = (enum spnego_role)(_i % 2);
    unsigned hops = 1 + (unsigned)_i / 2;

    start(hops, 0, maker); /* the other one is careful */
    negoex_wire_run(strip, &maker);
    ck_assert_int_ne(np->pair.status[maker == I ? A : I], SPNEGO_OK);
    ck_assert_uint_eq(told[maker == I ? A : I], 0);
    flow_close(&np->pair);
}
END_TEST

/* A peer that can check a VERIFY, and makes none. */
static enum spnego_status
only_theirs(void *mech, bool ours, struct spnego_key *key)
{
    return ours ? SPNEGO_CONTINUE : toy_a.key(mech, false, key);
}

static void
run_with_mute(unsigned hops, enum spnego_role mute, bool careful)
{
    static struct spnego_mech_ops ops;

    ops = toy_a;
    ops.key = only_theirs;
    start(hops, 0, mute);
    np->schemes[mute][0].ops = &ops;
    np->negoex[mute == I ? A : I].accept_unverified = !careful;
    negoex_wire_run(NULL, NULL);
}

START_TEST(a_peer_that_makes_none)
{
    enum spnego_role mute = (enum spnego_role)(_i % 2), other = mute == I ? A : I;
    unsigned hops = 1 + (unsigned)_i / 2;
    char reason[256];

    run_with_mute(hops, mute, false);
    spnego_ctx_reason(np->pair.ctx[np->pair.status[I] == SPNEGO_E_REJECTED], reason, 256);
    if (mute == A && hops == 1) { /* nothing tells that it took the optimistic token */
        ck_assert(!pair_complete(&np->pair));
        flow_close(&np->pair);
        return;
    }
    ck_assert_msg(pair_complete(&np->pair), "%u hops, side %d: %s", hops, mute, reason);
    ck_assert_uint_eq(told[other], 1);
    ck_assert_uint_eq(told[mute], 0);
    flow_close(&np->pair);
}
END_TEST

START_TEST(a_peer_that_makes_none_and_a_careful_side)
{
    enum spnego_role mute = (enum spnego_role)(_i % 2), other = mute == I ? A : I;

    run_with_mute(1 + (unsigned)_i / 2, mute, true);
    ck_assert_int_ne(np->pair.status[other], SPNEGO_OK);
    ck_assert_uint_eq(told[other], 0);
    flow_close(&np->pair);
}
END_TEST

/* Changes the last octet of each VERIFY, which is the last of its checksum. */
static void
spoil(void *arg, struct pair_token *token, size_t number)
{
    struct spnego_slice messages[WIRE_MESSAGES];
    size_t count = negoex_wire_split(messages, negoex_pair_inner(token)), i;

    (void)arg;
    (void)number;
    if (count == 0)
        return;
    forge.len = 0;
    for (i = 0; i < count; i++) {
        negoex_forge_append(&forge, messages[i]);
        if (negoex_wire_type(messages[i]) == NEGOEX_MESSAGE_TYPE_VERIFY)
            forge.octets[forge.len - 1] ^= 1;
    }
    negoex_forge_send(&forge, token);
}

/* None is no better than a wrong one. */
START_TEST(a_wrong_verify_is_wrong)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];

    negoex_wire_init(flow);
    np->negoex[I].accept_unverified = true;
    np->negoex[A].accept_unverified = true;
    negoex_wire_run(spoil, NULL);
    ck_assert_msg(!pair_complete(&np->pair), "%s", flow->name);
    ck_assert(np->pair.status[I] == SPNEGO_E_INTEGRITY ||
              np->pair.status[A] == SPNEGO_E_INTEGRITY);
    check_reason(np->pair.status[I] == SPNEGO_E_INTEGRITY ? I : A,
                 "does not fit what both sides have said");
    flow_close(&np->pair);
}
END_TEST

/* Two that are careless, and need not be, verify. */
START_TEST(who_can_verify_does)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    int role;

    negoex_wire_init(flow);
    for (role = 0; role < 2; role++) {
        np->negoex[role].accept_unverified = true;
        np->negoex[role].on_event = hear;
        told[role] = 0;
    }
    negoex_wire_run(NULL, NULL);
    ck_assert_msg(pair_complete(&np->pair), "%s", flow->name);
    ck_assert_msg(negoex_wire_problem() == NULL, "%s: %s", flow->name, negoex_wire_problem());
    ck_assert_uint_eq(told[I] + told[A], 0);
    flow_close(&np->pair);
}
END_TEST

/* One that is careless and hears nothing but "accept-completed" before its mechanism is
 * finished is not done. */
static void
empty_them(void *arg, struct pair_token *token, size_t number)
{
    const size_t *from = (const size_t *)arg;

    if (number >= *from && negoex_pair_inner(token).len > 0)
        negoex_wire_put(token, (struct spnego_slice){NULL, 0});
}

START_TEST(an_unfinished_mechanism_is_not_done)
{
    size_t from = (size_t)_i % 4;

    start(4, 0, I);
    np->negoex[A].accept_unverified = true;
    negoex_wire_run(empty_them, &from);
    ck_assert(np->pair.status[I] != SPNEGO_OK);
    ck_assert(np->pair.status[A] != SPNEGO_OK);
    flow_close(&np->pair);
}
END_TEST

Suite *
negoex_attack_unverified_suite(void)
{
    Suite *suite = suite_create("negoex_attack_unverified");
    TCase *cases = tcase_create("without a VERIFY");

    tcase_add_test(cases, an_initiator_may_go_without);
    tcase_add_loop_test(cases, it_does_not_unless_it_is_told_to, 0, 8);
    tcase_add_loop_test(cases, a_peer_that_makes_none, 0, 8);
    tcase_add_loop_test(cases, a_peer_that_makes_none_and_a_careful_side, 0, 8);
    tcase_add_loop_test(cases, a_wrong_verify_is_wrong, 0, WIRE_FLOWS);
    tcase_add_loop_test(cases, who_can_verify_does, 0, WIRE_FLOWS);
    tcase_add_loop_test(cases, an_unfinished_mechanism_is_not_done, 0, 4);
    suite_add_tcase(suite, cases);
    return suite;
}
