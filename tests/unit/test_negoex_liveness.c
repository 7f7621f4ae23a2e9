/* test_negoex_liveness.c: honest sides with a scheme in common complete, with the
 * acceptor's first that the initiator has, in as many tokens as that needs; and whatever
 * fails ends both. */
#include "negoex_wire.h"

#include <string.h>

Suite *negoex_liveness_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR

#define LISTS 64 /* ordered selections of 1 to 4 out of 4 */
static char lists[LISTS][5];

static struct negoex_pair *const np = &negoex_wire.np;

/* Appends each list that begins with `word`. */
static void
add_lists(const char *word, size_t *count)
{
    char longer[6];
    size_t len = strlen(word);
    char letter;

    if (len > 0)
        strcpy(lists[(*count)++], word);
    for (letter = 'A'; letter <= 'D'; letter++) {
        memcpy(longer, word, len);
        longer[len] = letter;
        longer[len + 1] = '\0';
        if (strchr(word, letter) == NULL)
            add_lists(longer, count);
    }
}

static void
make_lists(void)
{
    size_t count = 0;

    add_lists("", &count);
    ck_assert_uint_eq(count, LISTS);
}

static size_t tokens;

static void
count_tokens(void *arg, struct pair_token *token, size_t number)
{
    (void)arg;
    (void)token;
    tokens = number + 1;
}

static char
first_common(const char *one, const char *other)
{
    for (; *one != '\0'; one++)
        if (strchr(other, *one) != NULL)
            return *one;
    return '-';
}

/* The mechanism's tokens; the VERIFY of who hears the last, and accept-completed; and both
 * NEGOs if they carry none of them. */
static size_t
tokens_of(const struct negoex_wire_flow *flow, char chosen)
{
    bool optimistic = (flow->how & WIRE_LATE) == 0 && chosen == flow->initiator[0];
    size_t count = flow->hops + (flow->hops % 2 == 0 ? 2 : 1);

    if (chosen == '-')
        return 2;
    return optimistic ? count : count + 2;
}

static void
check_side(const struct negoex_wire_flow *flow, enum spnego_role role, char chosen)
{
    struct negoex_outcome outcome;
    const char *letters = role == I ? flow->initiator : flow->acceptor;
    bool good = np->pair.status[role] == (chosen == '-' ? SPNEGO_E_NO_MECH : SPNEGO_OK);

    if (good && chosen != '-') {
        negoex_mech_outcome(spnego_ctx_mech(np->pair.ctx[role]), &outcome);
        good = outcome.selected == (int)(strchr(letters, chosen) - letters) &&
               outcome.inner != NULL && outcome.verify_sent && outcome.verify_fits &&
               negoex_pair_letter(np, role) == chosen;
    }
    if (!good)
        ck_abort_msg("%s, %s, how %#x, %u hops, side %d, %c: %s", flow->initiator,
                     flow->acceptor, flow->how, flow->hops, role, chosen,
                     spnego_status_name(np->pair.status[role]));
}

static void
complete(const struct negoex_wire_flow *flow)
{
    char chosen = first_common(flow->acceptor, flow->initiator);
    bool early = (flow->how & (WIRE_EARLY_I | WIRE_EARLY_A)) != 0;
    size_t want = tokens_of(flow, chosen);

    negoex_wire_init(flow);
    negoex_wire_run(count_tokens, NULL);
    check_side(flow, I, chosen);
    check_side(flow, A, chosen);
    if (negoex_wire_problem() != NULL || tokens > want || (tokens < want && !early))
        ck_abort_msg("%s, %s, how %#x, %u hops: %zu tokens, not %zu", flow->initiator,
                     flow->acceptor, flow->how, flow->hops, tokens, want);
    flow_close(&np->pair);
}

/* All pairs; numbers of tokens, keys and optimism take turns. */
START_TEST(all_lists_complete)
{
    struct negoex_wire_flow flow = {"lists", NULL, NULL, 0, 0};
    size_t i, j;

    make_lists();
    for (i = 0; i < LISTS; i++)
        for (j = 0; j < LISTS; j++) {
            flow.initiator = lists[i];
            flow.acceptor = lists[j];
            flow.hops = 1 + (unsigned)(i + j + 2 * (size_t)_i) % 4;
            flow.how = (unsigned)(i + 3 * j + (size_t)_i) % 8;
            complete(&flow);
        }
}
END_TEST

/* All of everything, with fewer lists. */
START_TEST(every_way_completes)
{
    static const char *const few[] = {"A", "B", "AB", "BA", "ABC", "CBA"};
    struct negoex_wire_flow flow = {"few lists", NULL, NULL, 0, 0};
    size_t number;

    for (number = 0; number < 6 * 6 * 8; number++)
        for (flow.hops = 1; flow.hops <= 6; flow.hops++) {
            flow.initiator = few[number % 6];
            flow.acceptor = few[number / 6 % 6];
            flow.how = (unsigned)number / 36;
            complete(&flow);
        }
}
END_TEST

/* A side has failed, and says why. */
static void
check_ended(const char *name, enum spnego_role role, unsigned step)
{
    char reason[256];

    spnego_ctx_reason(np->pair.ctx[role], reason, sizeof(reason));
    if (np->pair.status[role] >= 0 || reason[0] == '\0')
        ck_abort_msg("%s, step %u, side %d: %s, %s", name, step, role,
                     spnego_status_name(np->pair.status[role]), reason);
    flow_check_ended(&np->pair, role);
}

/* Each step that each mechanism of a side may fail at ends both sides; but who has nothing
 * more to hear is complete. */
START_TEST(failures_end_both)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i / 2];
    enum spnego_role role = (enum spnego_role)(_i % 2);
    size_t greetings = (flow->how & WIRE_GREETS) != 0 ? 1 : 0, i;
    unsigned step, says;

    for (step = 1; step <= 3; step++)
        for (says = 0; says < 2; says++) {
            negoex_wire_init(flow);
            for (i = 0; i < 4; i++) {
                np->pair.creds[role][i].fails = step;
                np->pair.creds[role][i].says_why = says != 0;
            }
            tokens = 0;
            negoex_wire_run(count_tokens, NULL);
            ck_assert_uint_le(tokens, 8);
            if (np->pair.status[I] != SPNEGO_OK)
                check_ended(flow->name, I, step);
            if (np->pair.status[A] != SPNEGO_OK && tokens > greetings)
                check_ended(flow->name, A, step);
            flow_close(&np->pair);
        }
}
END_TEST

/* Schemes that one side cannot begin, or whose metadata fails, are passed over. */
START_TEST(what_is_absent_is_passed_over)
{
    struct negoex_wire_flow flow = {"absent", "ABC", "CAB", 0, 0};
    bool at_initiator = (_i & 1) != 0, late = (_i & 2) != 0;
    struct toy_cred *cred = &np->pair.creds[at_initiator ? I : A][0];

    for (flow.hops = 1; flow.hops <= 4; flow.hops++) {
        flow.how = late ? WIRE_LATE : 0;
        negoex_wire_init(&flow);
        cred->absent = _i / 4 == 0;
        cred->refuses_to_make = _i / 4 == 1;
        negoex_wire_run(NULL, NULL);
        ck_assert_msg(pair_complete(&np->pair) && negoex_wire_problem() == NULL, "%u hops",
                      flow.hops);
        ck_assert_int_eq(negoex_pair_letter(np, I), at_initiator ? 'C' : 'A');
        flow_close(&np->pair);
    }
}
END_TEST

Suite *
negoex_liveness_suite(void)
{
    Suite *suite = suite_create("negoex_liveness");
    TCase *cases = tcase_create("honest sides");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, all_lists_complete, 0, 2);
    tcase_add_test(cases, every_way_completes);
    tcase_add_loop_test(cases, failures_end_both, 0, 2 * WIRE_FLOWS);
    tcase_add_loop_test(cases, what_is_absent_is_passed_over, 0, 8);
    suite_add_tcase(suite, cases);
    return suite;
}
