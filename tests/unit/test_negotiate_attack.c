/* test_negotiate_attack.c: somebody on the wire who knows SPNEGO: he writes the
 * initiator's list anew, takes away tokens and MICs, and lets the acceptor's first
 * reply say what he likes.  RFC 4178 7 is the same as for one octet.  The MIC
 * here depends on the order of the octets; he cannot make one. */
#include "flow.h"

#include <spnego/codec.h>
#include <string.h>

Suite *negotiate_attack_suite(void);

static struct pair pair;

/* What he writes.  A list is letters; "" leaves it as it is. */
static const char *const lists[] = {"",   "A",  "B",  "C",  "D",   "AB",  "BA", "AC", "CA",
                                    "BC", "CB", "AA", "BB", "ABC", "CBA", "BD", "DB"};
static const char *const choices[] = {"", "A", "B", "C", "-"}; /* -: takes it out */
#define LISTS (sizeof(lists) / sizeof(lists[0]))
#define CHOICES (sizeof(choices) / sizeof(choices[0]))

struct attack {
    const char *list, *choice;
    bool no_token;  /* the mechToken is taken away */
    int neg_state;  /* of the first reply; 4: as it is */
    unsigned strip; /* 1: the initiator's MICs, 2: the acceptor's, 3: both */
    bool replied;   /* the first reply went by */
};

/* The mechanisms, with the MIC. */
static struct spnego_mech_ops ops[4];

static void
compute(uint8_t mic[4], struct spnego_slice message)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    size_t i;

    for (i = 0; i < message.len; i++)
        hash = (hash ^ message.ptr[i]) * 16777619u;
    memcpy(mic, &hash, 4);
}

static enum spnego_status
make_mic(void *mech, struct spnego_buf *out, struct spnego_slice message)
{
    uint8_t mic[4];

    (void)mech;
    compute(mic, message);
    return spnego_buf_append(out, mic, sizeof(mic));
}

static enum spnego_status
check_mic(void *mech, struct spnego_slice message, struct spnego_slice mic)
{
    uint8_t expected[4];

    (void)mech;
    compute(expected, message);
    return mic.len == 4 && memcmp(mic.ptr, expected, 4) == 0 ? SPNEGO_OK : SPNEGO_E_MECH;
}

static void
make_ops(void)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};
    size_t i;

    for (i = 0; i < 4; i++) {
        ops[i] = *toys[i];
        ops[i].make_mic = make_mic;
        ops[i].check_mic = check_mic;
    }
}

static void
rewrite_init(const struct attack *attack, struct spnego_neg_token_init *init,
             struct spnego_slice items[4])
{
    size_t i;

    if (attack->list[0] != '\0') {
        for (i = 0; attack->list[i] != '\0'; i++)
            items[i] = ops[attack->list[i] - 'A'].oid;
        memset(&init->mech_types, 0, sizeof(init->mech_types));
        init->mech_types.items = items;
        init->mech_types.count = i;
    }
    if (attack->no_token)
        init->has_mech_token = false;
    if (attack->strip & 1)
        init->has_mech_list_mic = false;
}

static void
rewrite_resp(struct attack *attack, struct spnego_neg_token_resp *resp, enum spnego_role sender)
{
    if (attack->strip & (sender == SPNEGO_INITIATOR ? 1u : 2u))
        resp->has_mech_list_mic = false;
    if (sender == SPNEGO_INITIATOR || attack->replied)
        return;
    attack->replied = true;
    if (attack->neg_state < 4)
        resp->neg_state = (enum spnego_neg_state)attack->neg_state;
    if (attack->choice[0] != '\0')
        resp->has_supported_mech = attack->choice[0] != '-';
    if (attack->choice[0] != '\0' && resp->has_supported_mech)
        resp->supported_mech = ops[attack->choice[0] - 'A'].oid;
}

static void
on_wire(void *arg, struct pair_token *token, size_t number)
{
    struct attack *attack = arg;
    struct spnego_slice in = {token->octets, token->len}, items[4];
    struct spnego_negotiation_token decoded;
    uint8_t room[256];
    struct spnego_buf out = {room, sizeof(room), 0, NULL};

    (void)number;
    if (spnego_token_decode(&decoded, in, NULL) != SPNEGO_OK)
        return;
    if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
        rewrite_init(attack, &decoded.u.neg_token_init, items);
    else if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        rewrite_resp(attack, &decoded.u.neg_token_resp, token->sender);
    FLOW_CHECK(spnego_token_encode(&out, &decoded) == SPNEGO_OK);
    memcpy(token->octets, room, out.len);
    token->len = out.len;
}

static bool
same(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* RFC 4178 7.  What does not hold, or NULL. */
static const char *
problem_of(const struct flow *flow)
{
    struct spnego_outcome one, two;

    spnego_ctx_outcome(pair.ctx[SPNEGO_INITIATOR], &one);
    spnego_ctx_outcome(pair.ctx[SPNEGO_ACCEPTOR], &two);
    if (one.complete && !one.mic_verified && (flow->how & FLOW_REQUIRE || !one.first_choice))
        return "the initiator completes, not protected";
    if (two.complete && !two.mic_verified && (flow->how & FLOW_REQUIRE || !two.first_choice))
        return "the acceptor completes, not protected";
    if (!one.complete || !two.complete)
        return NULL;
    if (!same(one.mech, two.mech))
        return "both complete, with different mechanisms";
    if (same(one.mech_types.der, two.mech_types.der))
        return NULL;
    if (one.mic_verified || two.mic_verified || flow->how & FLOW_REQUIRE)
        return "both complete, with different lists and a MIC";
    return one.first_choice && two.first_choice ? NULL : "both complete, with the second best";
}

static void
try_attack(const struct flow *flow, unsigned tolerate, struct attack *attack)
{
    const char *problem;
    size_t role, i;

    flow_init(&pair, flow);
    for (role = 0; role < 2; role++) {
        for (i = 0; i < pair.config[role].num_offers; i++)
            pair.offers[role][i].ops =
                &ops[(role == 0 ? flow->initiator : flow->acceptor)[i] - 'A'];
        pair.config[role].tolerate = tolerate;
    }
    pair.wire = on_wire;
    pair.arg = attack;
    attack->replied = false;
    flow_open(&pair);
    flow_run(&pair, flow, NULL, 0, NULL, NULL);
    problem = problem_of(flow);
    if (problem != NULL)
        ck_abort_msg("%s with %s, how %#x, %u hops; list %s, choice %s, negState %d, "
                     "no token %d, strip %u: %s",
                     flow->initiator, flow->acceptor, flow->how, flow->hops, attack->list,
                     attack->choice, attack->neg_state, attack->no_token, attack->strip,
                     problem);
    flow_close(&pair);
}

static void
try_all(const struct flow *flow, unsigned tolerate)
{
    struct attack attack;
    size_t number, rest;

    for (number = 0; number < LISTS * CHOICES * 5 * 2 * 4; number++) {
        rest = number;
        attack.list = lists[rest % LISTS];
        rest /= LISTS;
        attack.choice = choices[rest % CHOICES];
        rest /= CHOICES;
        attack.neg_state = (int)(rest % 5);
        rest /= 5;
        attack.no_token = rest % 2 != 0;
        attack.strip = (unsigned)(rest / 2);
        if (attack.neg_state != SPNEGO_NEG_STATE_REJECT)
            try_attack(flow, tolerate, &attack);
    }
}

static const struct flow attacked[] = {
    {"match", "AB", "AB", 0, 0},        {"own order", "AB", "BA", FLOW_OWN, 0},
    {"reselect", "AB", "B", 0, 0},      {"required", "ABC", "CBA", FLOW_REQUIRE, 0},
    {"late", "AB", "AB", FLOW_LATE, 0},
};

START_TEST(nothing_is_gained)
{
    struct flow flow = attacked[_i];

    make_ops();
    for (flow.hops = 1; flow.hops <= 4; flow.hops++)
        try_all(&flow, flow.hops % 2 == 0 ? SPNEGO_TOLERATE_INTEROP : 0);
}
END_TEST

/* With this MIC, and nobody there, it completes. */
START_TEST(honest_without_him)
{
    struct attack nothing = {"", "", false, 4, 0, false};
    struct flow flow = attacked[_i];

    make_ops();
    for (flow.hops = 1; flow.hops <= 4; flow.hops++) {
        try_attack(&flow, 0, &nothing);
        flow_open(&pair);
        pair.wire = NULL;
        flow_run(&pair, &flow, NULL, 0, NULL, NULL);
        ck_assert(pair_complete(&pair));
        flow_close(&pair);
    }
}
END_TEST

Suite *
negotiate_attack_suite(void)
{
    Suite *suite = suite_create("negotiate_attack");
    TCase *cases = tcase_create("somebody who knows SPNEGO");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, nothing_is_gained, 0, sizeof(attacked) / sizeof(attacked[0]));
    tcase_add_loop_test(cases, honest_without_him, 0, sizeof(attacked) / sizeof(attacked[0]));
    suite_add_tcase(suite, cases);
    return suite;
}
