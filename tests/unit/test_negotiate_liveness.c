/* test_negotiate_liveness.c: honest sides with a mechanism in common complete,
 * with the mechanism that the policy wants: all lists of up to four. */
#include "flow.h"

#include <string.h>

Suite *negotiate_liveness_suite(void);

#define LISTS 64 /* ordered selections of 1 to 4 out of 4 */
static char lists[LISTS][5];

static struct pair pair;

static void
make_lists(void)
{
    size_t number, at, count = 0, len;
    char word[5];

    for (number = 0; number < 5 * 5 * 5 * 5; number++) {
        size_t rest = number;

        memset(word, 0, sizeof(word));
        for (at = 0; at < 4; at++, rest /= 5)
            word[at] = rest % 5 == 0 ? '\0' : (char)('@' + rest % 5);
        len = strlen(word);
        for (at = 0; at < len && strchr(word + at + 1, word[at]) == NULL; at++)
            continue;
        for (rest = len; rest < 4 && word[rest] == '\0'; rest++)
            continue;
        if (len > 0 && at == len && rest == 4)
            memcpy(lists[count++], word, sizeof(word));
    }
    ck_assert_uint_eq(count, LISTS);
}

/* The first letter of `one` that is in `other`. */
static char
first_common(const char *one, const char *other)
{
    for (; *one != '\0'; one++)
        if (strchr(other, *one) != NULL)
            return *one;
    return '\0';
}

/* The rules of RFC 4178 5, from the letters alone: are there MICs? */
static bool
expect_mics(const struct flow *flow, char chosen)
{
    if (flow->how & FLOW_PLAIN)
        return false;
    if (flow->how & (FLOW_REQUIRE | FLOW_WANTS))
        return true;
    return chosen != flow->initiator[0] ||
           ((flow->how & FLOW_OWN) && chosen != flow->acceptor[0]);
}

static const struct spnego_mech_ops *
toy_of(char letter)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};

    return toys[letter - 'A'];
}

static void
check_side(const struct flow *flow, enum spnego_role role, char chosen, bool first)
{
    struct spnego_outcome outcome;
    struct spnego_slice oid = toy_of(chosen)->oid;
    const char *own = role == SPNEGO_INITIATOR ? flow->initiator : flow->acceptor;
    bool mics = expect_mics(flow, chosen), good;

    spnego_ctx_outcome(pair.ctx[role], &outcome);
    good = outcome.complete && outcome.mech.len == oid.len &&
           memcmp(outcome.mech.ptr, oid.ptr, oid.len) == 0 &&
           outcome.selected == (int)(strchr(own, chosen) - own) &&
           outcome.first_choice == first && outcome.mic_sent == mics &&
           outcome.mic_verified == mics && !outcome.naked && outcome.tolerated == 0 &&
           outcome.mech_types.count == strlen(flow->initiator);
    if (!good)
        ck_abort_msg("%s, %s, how %#x, %u hops, side %d: complete %d, chosen %d, not %c; "
                     "first %d, MIC sent %d, verified %d",
                     flow->initiator, flow->acceptor, flow->how, flow->hops, role,
                     outcome.complete, outcome.selected, chosen, outcome.first_choice,
                     outcome.mic_sent, outcome.mic_verified);
}

static void
complete(const struct flow *flow)
{
    char chosen = flow->how & FLOW_OWN ? first_common(flow->acceptor, flow->initiator)
                                       : first_common(flow->initiator, flow->acceptor);
    bool first = chosen == flow->initiator[0];

    flow_init(&pair, flow);
    flow_open(&pair);
    flow_run(&pair, flow, NULL, 0, NULL, NULL);
    if (chosen == '\0') {
        FLOW_CHECK(pair.status[SPNEGO_INITIATOR] == SPNEGO_E_NO_MECH);
        FLOW_CHECK(pair.status[SPNEGO_ACCEPTOR] == SPNEGO_E_NO_MECH);
    } else {
        check_side(flow, SPNEGO_INITIATOR, chosen, first);
        check_side(flow, SPNEGO_ACCEPTOR, chosen, first);
    }
    flow_close(&pair);
}

/* _i is what the sides want; each with both policies. */
static const unsigned wants[] = {0, FLOW_PLAIN, FLOW_REQUIRE, FLOW_LATE, FLOW_WANTS};

START_TEST(all_lists_complete)
{
    struct flow flow = {"lists", NULL, NULL, 0, 0};
    size_t i, j;

    make_lists();
    for (i = 0; i < LISTS; i++)
        for (j = 0; j < LISTS; j++)
            for (flow.hops = 1; flow.hops <= 4; flow.hops++) {
                flow.initiator = lists[i];
                flow.acceptor = lists[j];
                flow.how = wants[_i];
                complete(&flow);
                flow.how |= FLOW_OWN;
                complete(&flow);
            }
}
END_TEST

/* The MIC that went out beside the optimistic token was the first mechanism's. */
START_TEST(an_early_mic_is_not_the_last)
{
    struct flow flow = {"early MIC", "AB", "B", FLOW_WANTS, 1};

    complete(&flow);
    flow.how = FLOW_REQUIRE;
    complete(&flow);
}
END_TEST

/* Every step that a mechanism may fail at ends both sides, with a reason. */
START_TEST(failures_end_both)
{
    size_t number;
    unsigned step;
    int role;

    for (number = 0; number < flow_count(); number++)
        for (role = 0; role < 2; role++)
            for (step = 1; step <= 2; step++) {
                struct flow flow = flow_at(number);
                size_t i;

                flow_init(&pair, &flow);
                for (i = 0; i < pair.config[role].num_offers; i++) {
                    pair.creds[role][i].fails = step;
                    pair.creds[role][i].says_why = (number & 1) != 0;
                }
                flow_open(&pair);
                flow_run(&pair, &flow, NULL, 0, NULL, NULL);
                if (pair.status[role] != SPNEGO_OK) {
                    flow_check_ended(&pair, (enum spnego_role)role);
                    flow_fail(&flow, !pair_complete(&pair), "both complete");
                }
                flow_close(&pair);
            }
}
END_TEST

/* What cannot start is not offered, or passed over. */
START_TEST(absent_mechanisms_are_passed_over)
{
    struct flow flow = {"absent", "ABC", "CAB", 0, 0};
    struct spnego_outcome outcome;

    for (flow.hops = 1; flow.hops <= 4; flow.hops++) {
        flow_init(&pair, &flow);
        pair.creds[SPNEGO_INITIATOR][0].absent = true;
        pair.creds[SPNEGO_ACCEPTOR][2].absent = true;
        flow_open(&pair);
        flow_run(&pair, &flow, NULL, 0, NULL, NULL);
        flow_fail(&flow, pair_complete(&pair), "not complete");
        spnego_ctx_outcome(pair.ctx[SPNEGO_ACCEPTOR], &outcome);
        ck_assert_int_eq(outcome.selected, 0);
        ck_assert_uint_eq(outcome.mech_types.count, 2);
        ck_assert(outcome.mic_verified);
        flow_close(&pair);
    }
}
END_TEST

Suite *
negotiate_liveness_suite(void)
{
    Suite *suite = suite_create("negotiate_liveness");
    TCase *cases = tcase_create("honest sides");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, all_lists_complete, 0, sizeof(wants) / sizeof(wants[0]));
    tcase_add_test(cases, an_early_mic_is_not_the_last);
    tcase_add_test(cases, failures_end_both);
    tcase_add_test(cases, absent_mechanisms_are_passed_over);
    suite_add_tcase(suite, cases);
    return suite;
}
