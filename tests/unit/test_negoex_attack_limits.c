/* test_negoex_attack_limits.c: each limit of a NegoEx conversation, at the limit and one
 * above; the most schemes; and configurations that are wrong. */
#include "negoex_wire.h"

#include <stdio.h>
#include <string.h>

Suite *negoex_attack_limits_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR

#define FAILED "1.3.6.1.4.1.311.2.2.30 (NEGOEX) failed"

static struct negoex_pair *const np = &negoex_wire.np;
static struct negoex_wire_record honest;

static void
check_reason(enum spnego_role role, enum spnego_status status, const char *want)
{
    char reason[256];

    spnego_ctx_reason(np->pair.ctx[role], reason, sizeof(reason));
    ck_assert_str_eq(reason, want);
    ck_assert_int_eq(np->pair.status[role], status);
    flow_check_ended(&np->pair, role);
}

static size_t
transcript_of(const struct negoex_wire_flow *flow)
{
    negoex_wire_listen(&honest, flow);
    return honest.tokens[honest.count - 1].begin + honest.tokens[honest.count - 1].len;
}

/* Who has said the last octet, or heard it, is who fails. */
START_TEST(max_transcript)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i / 2];
    enum spnego_role role = (enum spnego_role)(_i % 2);
    size_t len = transcript_of(flow);
    char want[128];

    negoex_wire_init(flow);
    np->negoex[role].max_transcript = len;
    negoex_wire_run(NULL, NULL);
    ck_assert_msg(pair_complete(&np->pair), "%s", flow->name);
    flow_close(&np->pair);
    np->negoex[role].max_transcript = len - 1;
    negoex_wire_run(NULL, NULL);
    snprintf(want, sizeof(want),
             FAILED ": the conversation has %zu octets, and max_transcript is %zu", len,
             len - 1);
    check_reason(role, SPNEGO_E_LIMIT, want);
    flow_close(&np->pair);
}
END_TEST

/* An initiator that may not say its first word cannot begin. */
START_TEST(every_max_transcript)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i / 2];
    enum spnego_role role = (enum spnego_role)(_i % 2);
    size_t len = transcript_of(flow), max;
    enum spnego_status status;

    for (max = 1; max < len; max++) {
        negoex_wire_init(flow);
        np->negoex[role].max_transcript = max;
        negoex_wire_run(NULL, NULL);
        status = np->pair.status[role];
        if (pair_complete(&np->pair) || (status != SPNEGO_E_LIMIT && status != SPNEGO_E_MECH))
            ck_abort_msg("%s, side %d, %zu: %s", flow->name, role, max,
                         spnego_status_name(status));
        flow_close(&np->pair);
    }
}
END_TEST

/* The first token of each side has the most: a NEGO, metadata, a token, a VERIFY. */
START_TEST(max_messages)
{
    enum spnego_role role = (enum spnego_role)_i;
    uint32_t most = role == A ? 5 : 4;
    char want[128];

    negoex_wire_init(&negoex_wire_flows[0]);
    np->negoex[role].max_messages = most;
    negoex_wire_run(NULL, NULL);
    ck_assert(pair_complete(&np->pair));
    flow_close(&np->pair);
    np->negoex[role].max_messages = most - 1;
    negoex_wire_run(NULL, NULL);
    snprintf(want, sizeof(want),
             FAILED ": more messages in one token than max_messages, which is %u", most - 1);
    check_reason(role, SPNEGO_E_LIMIT, want);
    flow_close(&np->pair);
}
END_TEST

START_TEST(max_items)
{
    enum spnego_role role = (enum spnego_role)_i;

    negoex_wire_init(&negoex_wire_flows[1]);
    np->negoex[role].max_items = 2;
    negoex_wire_run(NULL, NULL);
    ck_assert(pair_complete(&np->pair));
    flow_close(&np->pair);
    np->negoex[role].max_items = 1;
    negoex_wire_run(NULL, NULL);
    check_reason(role, SPNEGO_E_LIMIT,
                 FAILED
                 ": NEGO_MESSAGE.authSchemes: more elements than the limit max_items, 1");
    flow_close(&np->pair);
}
END_TEST

/* As many schemes as there can be, that are toy A. */
static struct spnego_mech_ops many[NEGOEX_MAX_OFFERS + 1];
static uint8_t guids[NEGOEX_MAX_OFFERS + 1][16];
static struct spnego_offer offers[2][NEGOEX_MAX_OFFERS + 1];

static void
offer_many(size_t initiators, size_t acceptors, bool metadata)
{
    struct negoex_wire_flow flow = {"", "A", "A", 3, 0};
    size_t role, i;

    negoex_wire_init(&flow);
    for (i = 0; i <= NEGOEX_MAX_OFFERS; i++) {
        memset(guids[i], (int)(i + 1), 16);
        many[i] = toy_a;
        many[i].auth_scheme = guids[i];
        for (role = 0; role < 2; role++) {
            offers[role][i].ops = &many[role == I ? i : NEGOEX_MAX_OFFERS - 1 - i % 32];
            offers[role][i].cred = &np->pair.creds[role][0];
        }
    }
    np->negoex[I].offers = offers[I];
    np->negoex[I].num_offers = initiators;
    np->negoex[A].offers = offers[A];
    np->negoex[A].num_offers = acceptors;
    for (role = 0; role < 2; role++)
        if (!metadata)
            np->pair.creds[role][0].metadata = NULL;
}

/* The acceptor's first is the initiator's last. */
START_TEST(most_schemes)
{
    struct negoex_outcome outcome;

    offer_many(NEGOEX_MAX_OFFERS, NEGOEX_MAX_OFFERS, _i != 0);
    negoex_wire_run(NULL, NULL);
    ck_assert_msg(pair_complete(&np->pair), "%s, %s", spnego_status_name(np->pair.status[I]),
                  spnego_status_name(np->pair.status[A]));
    negoex_mech_outcome(spnego_ctx_mech(np->pair.ctx[I]), &outcome);
    ck_assert_int_eq(outcome.selected, NEGOEX_MAX_OFFERS - 1);
    negoex_mech_outcome(spnego_ctx_mech(np->pair.ctx[A]), &outcome);
    ck_assert_int_eq(outcome.selected, 0);
    ck_assert_mem_eq(outcome.scheme.octets, guids[NEGOEX_MAX_OFFERS - 1], 16);
    flow_close(&np->pair);
}
END_TEST

static void
spoil_config(int how, struct negoex_config *config, struct spnego_crypto_ops *crypto,
             struct spnego_mech_ops ops[2])
{
    config->size -= how == 0;
    config->offers = how == 1 ? NULL : config->offers;
    config->num_offers = how == 2 ? 0 : how == 3 ? NEGOEX_MAX_OFFERS + 1 : 2;
    config->crypto = how == 4 ? NULL : crypto;
    crypto->size += how == 5;
    crypto->random = how == 6 ? NULL : crypto->random;
    crypto->make_checksum = how == 7 ? NULL : crypto->make_checksum;
    crypto->check_checksum = how == 8 ? NULL : crypto->check_checksum;
    ops[1].size -= how == 9;
    ops[1].create = how == 10 ? NULL : ops[1].create;
    ops[1].step = how == 11 ? NULL : ops[1].step;
    ops[1].destroy = how == 12 ? NULL : ops[1].destroy;
    ops[1].auth_scheme = how == 13 ? NULL : how == 14 ? ops[0].auth_scheme : guids[1];
}

static const char *const faults[] = {
    "the configuration is of another version: set its size",
    "there are no offers",
    "there are no offers",
    "there are more offers than NEGOEX_MAX_OFFERS",
    "crypto is missing, or of another version: set its size",
    "crypto is missing, or of another version: set its size",
    "crypto is missing, or of another version: set its size",
    "crypto is missing, or of another version: set its size",
    "crypto is missing, or of another version: set its size",
    "an offer has no ops, or ops of another version: set its size",
    "an offer lacks create, step or destroy",
    "an offer lacks create, step or destroy",
    "an offer lacks create, step or destroy",
    "an offer has no auth_scheme",
    "two offers have the same auth_scheme",
    "an offer has no ops, or ops of another version: set its size", /* NULL */
    NULL,
};
#define FAULTS ((int)(sizeof(faults) / sizeof(faults[0])))

/* A wrong configuration is told, and NegoEx is then not available. */
START_TEST(config_faults)
{
    struct spnego_mech_ops ops[2];
    struct spnego_crypto_ops crypto;
    const char *fault;
    int role;

    for (role = 0; role < 2; role++) {
        offer_many(2, 2, false);
        memcpy(ops, many, sizeof(ops));
        crypto = np->crypto[role].ops;
        offers[role][0].ops = &ops[0];
        offers[role][1].ops = _i == 15 ? NULL : &ops[1];
        spoil_config(_i, &np->negoex[role], &crypto, ops);
        fault = negoex_config_fault(&np->negoex[role]);
        ck_assert((fault == NULL) == (faults[_i] == NULL));
        if (fault == NULL)
            return;
        ck_assert_str_eq(fault, faults[_i]);
        negoex_wire_run(NULL, NULL);
        ck_assert_int_eq(np->pair.status[role], role == I ? SPNEGO_E_MECH : SPNEGO_E_NO_MECH);
        flow_close(&np->pair);
    }
}
END_TEST

/* Without a configuration too. */
START_TEST(no_config)
{
    negoex_wire_init(&negoex_wire_flows[0]);
    np->pair.offers[_i][0].cred = NULL;
    negoex_wire_run(NULL, NULL);
    ck_assert_int_eq(np->pair.status[_i], _i == I ? SPNEGO_E_MECH : SPNEGO_E_NO_MECH);
    flow_close(&np->pair);
}
END_TEST

Suite *
negoex_attack_limits_suite(void)
{
    Suite *suite = suite_create("negoex_attack_limits");
    TCase *cases = tcase_create("limits");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, max_transcript, 0, 2 * WIRE_FLOWS);
    tcase_add_loop_test(cases, every_max_transcript, 0, 4);
    tcase_add_loop_test(cases, max_messages, 0, 2);
    tcase_add_loop_test(cases, max_items, 0, 2);
    tcase_add_loop_test(cases, most_schemes, 0, 2);
    tcase_add_loop_test(cases, config_faults, 0, FAULTS);
    tcase_add_loop_test(cases, no_config, 0, 2);
    suite_add_tcase(suite, cases);
    return suite;
}
