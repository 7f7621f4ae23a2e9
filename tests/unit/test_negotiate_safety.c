/* test_negotiate_safety.c: somebody on the wire, who changes one octet, or drops,
 * repeats, swaps or cuts a token.  RFC 4178 7: he cannot make both sides complete
 * with different mechanisms, nor with one that is not the best of both.
 *
 * The toy MIC is an exclusive or: every change of one octet changes it. */
#include "flow.h"

#include <stdlib.h>
#include <string.h>

Suite *negotiate_safety_suite(void);

enum what { EDIT, CUT, REPLACE, SWAP, AGAIN_FIRST, AGAIN_SECOND };

/* What is done to token number `at`. */
struct attack {
    enum what what;
    size_t at;
    size_t octet;   /* EDIT; CUT: how many are left; 0: none, it is dropped */
    uint8_t change; /* EDIT: exclusive or */
    size_t other;   /* REPLACE: the token that comes in its place */
};

static struct pair pair;
static const struct attack *attack; /* NULL: none */
#define TOKENS 16
static struct {
    size_t len;
    uint8_t octets[128];
} honest[TOKENS];
static size_t honest_count;
static uint8_t sent[128]; /* the initiator's list */
static size_t sent_len;

static void
put_honest(struct pair_token *token, size_t number)
{
    token->len = number < honest_count ? honest[number].len : 0;
    memcpy(token->octets, honest[number % TOKENS].octets, token->len);
}

static void
on_wire(void *arg, struct pair_token *token, size_t number)
{
    (void)arg;
    if (attack == NULL) {
        FLOW_CHECK(number < TOKENS && token->len <= sizeof(honest[0].octets));
        memcpy(honest[number].octets, token->octets, token->len);
        honest[number].len = token->len;
        honest_count = number + 1;
        return;
    }
    if (attack->what == SWAP && number == attack->at + 1)
        put_honest(token, attack->at);
    if (number != attack->at)
        return;
    if (attack->what == EDIT && attack->octet < token->len)
        token->octets[attack->octet] ^= attack->change;
    else if (attack->what == CUT && attack->octet < token->len)
        token->len = attack->octet;
    else if (attack->what == SWAP)
        put_honest(token, attack->at + 1);
    else if (attack->what == REPLACE)
        put_honest(token, attack->other);
}

/* Gives a side its token a second time, before it answers or behind that. */
static void
on_step(void *arg, struct pair *on, enum spnego_role role)
{
    struct spnego_slice in = {honest[attack->at].octets, honest[attack->at].len};
    enum spnego_role receiver = role;

    (void)arg;
    if (attack->what == AGAIN_FIRST && on->count == attack->at + 1)
        flow_step(on, receiver, in);
    if (attack->what != AGAIN_SECOND || on->count != attack->at + 2)
        return;
    receiver = role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    if (on->status[receiver] == SPNEGO_CONTINUE)
        flow_step(on, receiver, in);
}

static bool
same(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* What does not hold, or NULL. */
static const char *
problem_of(const struct flow *flow)
{
    struct spnego_outcome one, two;
    bool lists_differ;

    spnego_ctx_outcome(pair.ctx[SPNEGO_INITIATOR], &one);
    spnego_ctx_outcome(pair.ctx[SPNEGO_ACCEPTOR], &two);
    lists_differ = !same(one.mech_types.der, two.mech_types.der);
    if (flow->how & FLOW_REQUIRE &&
        ((one.complete && !one.mic_verified) || (two.complete && !two.mic_verified)))
        return "one completes without the peer's MIC";
    if (!(flow->how & FLOW_PLAIN) &&
        ((one.complete && !one.mic_verified && !one.first_choice) ||
         (two.complete && !two.mic_verified && !two.first_choice)))
        return "one completes, not protected, with what is not the first choice";
    if (!one.complete || !two.complete)
        return NULL;
    if (!same(one.mech, two.mech))
        return "both complete, with different mechanisms";
    if (!lists_differ || flow->how & FLOW_PLAIN)
        return NULL;
    if (flow->how & FLOW_REQUIRE)
        return "both complete, with different lists";
    if (one.mic_verified || two.mic_verified)
        return "both complete, with different lists and a MIC";
    return one.first_choice && two.first_choice ? NULL : "both complete, with the second best";
}

static void
run(const struct flow *flow, unsigned tolerate)
{
    flow_init(&pair, flow);
    pair.wire = on_wire;
    pair.config[0].tolerate = tolerate;
    pair.config[1].tolerate = tolerate;
    flow_open(&pair);
    flow_run(&pair, flow, NULL, 0, attack != NULL ? on_step : NULL, NULL);
}

static void
try_attack(const struct flow *flow, unsigned tolerate, const struct attack *tried)
{
    const char *problem;

    attack = tried;
    run(flow, tolerate);
    problem = problem_of(flow);
    if (problem != NULL)
        ck_abort_msg("%s, %u hops, tolerate %#x, attack %d on token %zu, %zu, %#x: %s",
                     flow->name, flow->hops, tolerate, tried->what, tried->at, tried->octet,
                     tried->change, problem);
    flow_close(&pair);
}

/* Learns the honest tokens. */
static void
listen(const struct flow *flow, unsigned tolerate)
{
    struct spnego_outcome outcome;

    attack = NULL;
    run(flow, tolerate);
    flow_fail(flow, pair_complete(&pair), "an honest exchange does not complete");
    flow_fail(flow, problem_of(flow) == NULL, "an honest exchange goes wrong");
    spnego_ctx_outcome(pair.ctx[SPNEGO_INITIATOR], &outcome);
    sent_len = outcome.mech_types.der.len;
    FLOW_CHECK(sent_len <= sizeof(sent));
    memcpy(sent, outcome.mech_types.der.ptr, sent_len);
    flow_close(&pair);
}

static void
edit_octet(const struct flow *flow, unsigned tolerate, struct attack *tried, bool all)
{
    uint8_t octet = honest[tried->at].octets[tried->octet];
    unsigned change;

    for (change = 1; change < 256; change++) {
        bool one_bit = (change & (change - 1)) == 0;

        tried->change = (uint8_t)change;
        if (all || one_bit || change == octet || change == (octet ^ 0xffu))
            try_attack(flow, tolerate, tried);
    }
}

static void
edit_all(const struct flow *flow, unsigned tolerate, bool all)
{
    struct attack tried = {EDIT, 0, 0, 0, 0};

    listen(flow, tolerate);
    for (tried.at = 0; tried.at < honest_count; tried.at++)
        for (tried.octet = 0; tried.octet < honest[tried.at].len; tried.octet++)
            edit_octet(flow, tolerate, &tried, all);
}

/* Bit flips, and zeros and ones, in every octet of every flow; all values under
 * `make check-edits`, which sets the variable. */
START_TEST(octets_are_edited)
{
    struct flow flow = flow_at((size_t)_i);
    bool all = getenv("ALL_EDITS") != NULL;

    edit_all(&flow, 0, all);
    edit_all(&flow, SPNEGO_TOLERATE_INTEROP, all);
}
END_TEST

/* All values, where the transcript is short. */
static const struct flow short_flows[] = {
    {"match", "AC", "AC", 0, 1},
    {"match", "AC", "AC", 0, 2},
    {"match, MIC required", "AC", "CA", FLOW_REQUIRE, 2},
    {"own order", "AC", "CA", FLOW_OWN, 2},
    {"reselect", "AC", "C", 0, 1},
};

START_TEST(octets_take_all_values)
{
    edit_all(&short_flows[_i], 0, true);
    if (_i == 0)
        edit_all(&short_flows[_i], SPNEGO_TOLERATE_INTEROP, true);
}
END_TEST

static void
move_tokens(const struct flow *flow, unsigned tolerate)
{
    static const enum what whats[] = {SWAP, AGAIN_FIRST, AGAIN_SECOND};
    struct attack tried = {CUT, 0, 0, 0, 0};
    size_t i;

    listen(flow, tolerate);
    for (tried.at = 0; tried.at < honest_count; tried.at++) {
        tried.what = CUT;
        for (tried.octet = 0; tried.octet < honest[tried.at].len; tried.octet++)
            try_attack(flow, tolerate, &tried);
        tried.what = REPLACE;
        for (tried.other = 0; tried.other < honest_count; tried.other++)
            try_attack(flow, tolerate, &tried);
        for (i = 0; i < sizeof(whats) / sizeof(whats[0]); i++) {
            tried.what = whats[i];
            try_attack(flow, tolerate, &tried);
        }
    }
}

START_TEST(tokens_are_cut_and_moved)
{
    struct flow flow = flow_at((size_t)_i);

    move_tokens(&flow, 0);
    move_tokens(&flow, SPNEGO_TOLERATE_INTEROP);
}
END_TEST

Suite *
negotiate_safety_suite(void)
{
    Suite *suite = suite_create("negotiate_safety");
    TCase *cases = tcase_create("somebody on the wire");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, octets_are_edited, 0, (int)flow_count());
    tcase_add_loop_test(cases, octets_take_all_values, 0,
                        sizeof(short_flows) / sizeof(short_flows[0]));
    tcase_add_loop_test(cases, tokens_are_cut_and_moved, 0, (int)flow_count());
    suite_add_tcase(suite, cases);
    return suite;
}
