/* test_negoex_flows.c - NegoEx conversations that go well: what is said, in which order,
 * and what is agreed on.  The shapes are those of MIT krb5 1.20.1. */
#include "negoex_pair.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *negoex_flows_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR

static struct negoex_pair np;

enum how {
    USUAL = 0,
    EARLY_I = 0x01, /* the initiator has its keys at once */
    EARLY_A = 0x02,
    LATE = 0x04,        /* no optimistic token */
    NO_METADATA = 0x08, /* on neither side */
    NO_MAKE_I = 0x10,   /* the initiator's first scheme fails to make metadata */
    NO_MAKE_A = 0x20,
    NO_TAKE_I = 0x40, /* ... to take it */
    NO_TAKE_A = 0x80,
    FAILS_I = 0x100, /* its first step fails */
    FAILS_A = 0x200,
    ABSENT_I = 0x400, /* it cannot be created */
    ABSENT_A = 0x800,
    PEER_CHECKS = 0x1000, /* metadata arrives as it was sent */
    GREETS_A = 0x2000,    /* the acceptor speaks first, and says its schemes, */
    GREETS_I = 0x4000,    /* from which the initiator would go on */
    UNVERIFIED = 0x8000,  /* both sides can do without a VERIFY */
    NEVER_I = 0x10000,    /* the initiator has no keys */
    NEVER_A = 0x20000
};

static const struct {
    const char *name, *initiator, *acceptor;
    unsigned hops;
    unsigned how;
    const char *shape;
    char chosen; /* '-': it fails */
} flows[] = {
    {"1 hop", "AB", "AB", 1, USUAL, "I 0N1M2M3T4V | A0 5N6M7M8V", 'A'},
    {"2 hops", "AB", "AB", 2, USUAL, "I 0N1M2M3T | A1 4N5M6M7T8V | I1 9V | A0", 'A'},
    {"3 hops", "AB", "AB", 3, USUAL, "I 0N1M2M3T | A1 4N5M6M7T | I1 8T9V | A0 10V", 'A'},
    {"4 hops", "AB", "AB", 4, USUAL,
     "I 0N1M2M3T | A1 4N5M6M7T | I1 8T | A1 9T10V | I1 11V | A0", 'A'},
    {"5 hops", "AB", "AB", 5, USUAL,
     "I 0N1M2M3T | A1 4N5M6M7T | I1 8T | A1 9T | I1 10T11V | A0 12V", 'A'},
    {"metadata arrives", "AB", "AB", 3, PEER_CHECKS,
     "I 0N1M2M3T | A1 4N5M6M7T | I1 8T9V | A0 10V", 'A'},
    {"no metadata", "A", "A", 1, NO_METADATA, "I 0N1T2V | A0 3N4V", 'A'},
    {"the acceptor has only the second", "AB", "B", 1, USUAL,
     "I 0N1M2M3T4V | A1 5N6M | I1 7T8V | A0 9V", 'B'},
    {"the acceptor has another order", "AB", "BA", 1, USUAL,
     "I 0N1M2M3T4V | A1 5N6M7M | I1 8T9V | A0 10V", 'B'},
    {"the initiator has a key early", "A", "A", 3, EARLY_I,
     "I 0N1M2T3V | A1 4N5M6T7A | I1 8T9V | A0 10V", 'A'},
    {"the acceptor has a key early", "A", "A", 4, EARLY_A,
     "I 0N1M2T | A1 3N4M5T6V | I1 7T8A | A1 9T10V | I1 11V | A0", 'A'},
    {"both have keys early", "A", "A", 3, EARLY_I | EARLY_A,
     "I 0N1M2T3V | A1 4N5M6T7V | I1 8T | A0", 'A'},
    {"no optimistic token", "AB", "AB", 1, LATE, "I 0N1M2M | A1 3N4M5M | I1 6T7V | A0 8V", 'A'},
    {"no optimistic token, 2 hops", "AB", "AB", 2, LATE,
     "I 0N1M2M | A1 3N4M5M | I1 6T | A1 7T8V | I1 9V | A0", 'A'},
    {"the initiator's query fails", "AB", "AB", 1, NO_MAKE_I, "I 0N1M2T3V | A0 4N5M6V", 'B'},
    {"the acceptor's query fails", "AB", "AB", 1, NO_MAKE_A,
     "I 0N1M2M3T4V | A1 5N6M | I1 7T8V | A0 9V", 'B'},
    {"the acceptor's exchange fails", "AB", "AB", 1, NO_TAKE_A,
     "I 0N1M2M3T4V | A1 5N6M | I1 7T8V | A0 9V", 'B'},
    {"the initiator's exchange fails, too late", "AB", "AB", 3, NO_TAKE_I,
     "I 0N1M2M3T | A1 4N5M6M7T | I2", '-'},
    {"the initiator's exchange fails in time", "AB", "AB", 1, NO_TAKE_I | LATE,
     "I 0N1M2M | A1 3N4M5M | I1 6T7V | A0 8V", 'B'},
    {"the initiator's first fails", "AB", "AB", 1, FAILS_I, "I 0N1M2T3V | A0 4N5M6V", 'B'},
    {"the acceptor's first fails", "AB", "AB", 2, FAILS_A,
     "I 0N1M2M3T | A1 4N5M6M | I1 7T | A2", '-'},
    {"... and there was a VERIFY", "AB", "AB", 1, FAILS_A,
     "I 0N1M2M3T4V | A1 5N6M7M8A | I1 9T10V | A2", '-'},
    {"the initiator's first is not there", "AB", "AB", 1, ABSENT_I, "I 0N1M2T3V | A0 4N5M6V",
     'B'},
    {"the acceptor's first is not there", "AB", "AB", 1, ABSENT_A,
     "I 0N1M2M3T4V | A1 5N6M | I1 7T8V | A0 9V", 'B'},
    {"NegoEx is the second choice", "C-AB", "AB", 1, USUAL,
     "I | A3 | I1 0N1M2M3T4V | A1 5N6M7M8V+M | I0+M", 'A'},
    {"NegoEx is the second choice, 2 hops", "C-AB", "AB", 2, USUAL,
     "I | A3 | I1 0N1M2M3T | A1 4N5M6M7T8V | I1 9V+M | A0+M", 'A'},
    {"the acceptor greets, and the initiator goes on", "AB", "AB", 3,
     GREETS_A | GREETS_I | PEER_CHECKS, "A 0N1M2M | I 3N4M5M6T | A1 7T | I1 8T9V | A0 10V",
     'A'},
    {"... in the acceptor's order", "AB", "BA", 1, GREETS_A | GREETS_I,
     "A 0N1M2M | I 3N4M5M6T7V | A0 8V", 'B'},
    {"... with what both have", "AB", "CB", 2, GREETS_A | GREETS_I,
     "A 0N1M2M | I 3N4M5T | A1 6T7V | I1 8V | A0", 'B'},
    {"... and no token is optimistic", "AB", "AB", 2, GREETS_A | GREETS_I | LATE,
     "A 0N1M2M | I 3N4M5M6T | A1 7T8V | I1 9V | A0", 'A'},
    {"... so that no failure is forgotten", "AB", "AB", 1, GREETS_A | GREETS_I | FAILS_A,
     "A 0N1M2M | I 3N4M5M6T7V | A2", '-'},
    {"... and an alert", "A", "A", 3, GREETS_A | GREETS_I | EARLY_I,
     "A 0N1M | I 2N3M4T5V | A1 6T7A | I1 8T9V | A0 10V", 'A'},
    {"the acceptor greets, and the initiator begins anew", "AB", "AB", 3,
     GREETS_A | PEER_CHECKS, "A 0N1M2M | I 0N1M2M3T | A1 4N5M6M7T | I1 8T9V | A0 10V", 'A'},
    {"... with a VERIFY", "AB", "AB", 1, GREETS_A, "A 0N1M2M | I 0N1M2M3T4V | A0 5N6M7M8V",
     'A'},
    {"... if he cannot begin with what was said", "AB", "A", 1, GREETS_A | GREETS_I | FAILS_I,
     "A 0N1M | I 0N1M2T3V | A2", '-'},
    {"the acceptor greets and has no keys", "A", "A", 2,
     GREETS_A | GREETS_I | UNVERIFIED | NEVER_A, "A 0N1M | I 2N3M4T | A0 5T", 'A'},
    {"the acceptor greets, with nothing in common", "A", "B", 3, GREETS_A | GREETS_I,
     "A 0N1M | I 0N1M2T | A2", '-'},
    {"the initiator hopes for a greeting", "AB", "AB", 1, GREETS_I,
     "I 0N1M2M3T4V | A0 5N6M7M8V", 'A'},
    {"the acceptor greets as second choice", "C-AB", "AB", 1, GREETS_A | GREETS_I,
     "A 0N1M2M | I | A3 | I1 3N4M5M6T7V | A1 8V+M | I0+M", 'A'},
    {"nobody has keys, 2 hops", "AB", "AB", 2, UNVERIFIED | NEVER_I | NEVER_A,
     "I 0N1M2M3T | A0 4N5M6M7T", 'A'},
    {"nobody has keys, 3 hops", "AB", "AB", 3, UNVERIFIED | NEVER_I | NEVER_A,
     "I 0N1M2M3T | A1 4N5M6M7T | I1 8T | A0", 'A'},
    {"nobody has keys, 4 hops", "AB", "AB", 4, UNVERIFIED | NEVER_I | NEVER_A,
     "I 0N1M2M3T | A1 4N5M6M7T | I1 8T | A0 9T", 'A'},
    {"the acceptor has none, 2 hops", "A", "A", 2, UNVERIFIED | NEVER_A, "I 0N1M2T | A0 3N4M5T",
     'A'},
    {"the acceptor has none, 3 hops", "A", "A", 3, UNVERIFIED | NEVER_A,
     "I 0N1M2T | A1 3N4M5T | I1 6T7V | A0", 'A'},
    {"the acceptor has none, 4 hops", "A", "A", 4, UNVERIFIED | NEVER_A,
     "I 0N1M2T | A1 3N4M5T | I1 6T | A0 7T", 'A'},
    {"the initiator has none, 3 hops", "A", "A", 3, UNVERIFIED | NEVER_I,
     "I 0N1M2T | A1 3N4M5T | I1 6T | A1 7V | I1+M | A0+M", 'A'},
    /* No CHALLENGE and no VERIFY: so it was not used, for all that the initiator knows. */
    {"nobody has keys, 1 hop", "A", "A", 1, UNVERIFIED | NEVER_I | NEVER_A,
     "I 0N1M2T | A0 3N4M", '-'},
};
#define FLOWS ((int)(sizeof(flows) / sizeof(flows[0])))

static void
set(unsigned how)
{
    struct toy_cred(*creds)[4] = np.pair.creds;
    int role, i;

    for (i = 0; i < 4; i++) {
        creds[I][i].keys = (how & NEVER_I) != 0   ? TOY_KEYS_NEVER
                           : (how & EARLY_I) != 0 ? TOY_KEYS_AT_ONCE
                                                  : TOY_KEYS_AT_END;
        creds[A][i].keys = (how & NEVER_A) != 0   ? TOY_KEYS_NEVER
                           : (how & EARLY_A) != 0 ? TOY_KEYS_AT_ONCE
                                                  : TOY_KEYS_AT_END;
        for (role = 0; role < 2; role++) {
            if ((how & PEER_CHECKS) != 0)
                creds[role][i].got_metadata = creds[role][i].metadata;
            if ((how & NO_METADATA) != 0)
                creds[role][i].metadata = NULL;
        }
    }
    np.negoex[I].accept_unverified = (how & UNVERIFIED) != 0;
    np.negoex[A].accept_unverified = (how & UNVERIFIED) != 0;
    np.negoex[I].server_first = (how & GREETS_I) != 0;
    np.negoex[A].server_first = (how & GREETS_A) != 0;
    np.negoex[I].no_optimistic = (how & LATE) != 0;
    creds[I][0].refuses_to_make = (how & NO_MAKE_I) != 0;
    creds[A][0].refuses_to_make = (how & NO_MAKE_A) != 0;
    creds[I][0].refuses_to_take = (how & NO_TAKE_I) != 0;
    creds[A][0].refuses_to_take = (how & NO_TAKE_A) != 0;
    creds[I][0].fails = (how & FAILS_I) != 0;
    creds[A][0].fails = (how & FAILS_A) != 0;
    creds[I][0].absent = (how & ABSENT_I) != 0;
    creds[A][0].absent = (how & ABSENT_A) != 0;
}

START_TEST(flow)
{
    char shape[512];

    negoex_pair_init(&np, flows[_i].initiator, flows[_i].acceptor, flows[_i].hops);
    set(flows[_i].how);
    pair_open(&np.pair);
    if ((flows[_i].how & GREETS_A) != 0)
        pair_run_hinted(&np.pair);
    else
        pair_run(&np.pair);
    negoex_pair_shape(&np, shape, sizeof(shape));
    ck_assert_msg(strcmp(shape, flows[_i].shape) == 0, "%s: %s\n%s%s", flows[_i].name, shape,
                  np.text[0], np.text[1]);
    ck_assert_int_eq(pair_complete(&np.pair), flows[_i].chosen != '-');
    if (flows[_i].chosen != '-') {
        ck_assert_int_eq(negoex_pair_letter(&np, I), flows[_i].chosen);
        ck_assert_int_eq(negoex_pair_letter(&np, A), flows[_i].chosen);
    }
    pair_close(&np.pair);
}
END_TEST

Suite *
negoex_flows_suite(void)
{
    Suite *suite = suite_create("negoex_flows");
    TCase *tests = tcase_create("flows");

    tcase_add_loop_test(tests, flow, 0, FLOWS);
    suite_add_tcase(suite, tests);
    return suite;
}
