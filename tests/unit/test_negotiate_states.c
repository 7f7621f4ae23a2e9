/* test_negotiate_states.c: both machines, every token in every state.  What a
 * state takes is other tests' business; here each token has a defined result,
 * nothing is taken after an error, and what must never pass does not. */
#include "context.h"
#include "flow.h"
#include "octets.h"

#include <spnego/codec.h>
#include <string.h>

Suite *negotiate_states_suite(void);

/* How a side is brought into a state: so many steps of a flow, both sides
 * counted.  A naked one begins with a token of its mechanism. */
static const struct stage {
    const char *name;
    enum spnego_role role;
    enum spnego_state state;
    struct flow flow;
    unsigned steps;
    bool naked;
} stages[] = {
    {"start", SPNEGO_INITIATOR, SPNEGO_STATE_START, {"", "AB", "AB", 0, 4}, 0, false},
    {"select", SPNEGO_INITIATOR, SPNEGO_STATE_SELECT, {"", "AB", "AB", 0, 4}, 1, false},
    {"select, 1", SPNEGO_INITIATOR, SPNEGO_STATE_SELECT, {"", "AB", "AB", 0, 1}, 1, false},
    {"select B", SPNEGO_INITIATOR, SPNEGO_STATE_SELECT, {"", "AB", "B", 0, 3}, 1, false},
    {"mech", SPNEGO_INITIATOR, SPNEGO_STATE_MECH, {"", "AB", "AB", 0, 4}, 3, false},
    {"mech B", SPNEGO_INITIATOR, SPNEGO_STATE_MECH, {"", "AB", "B", 0, 3}, 3, false},
    {"last word", SPNEGO_INITIATOR, SPNEGO_STATE_MIC, {"", "AB", "AB", 0, 3}, 3, false},
    {"mic", SPNEGO_INITIATOR, SPNEGO_STATE_MIC, {"", "AB", "AB", FLOW_REQUIRE, 3}, 3, false},
    {"done", SPNEGO_INITIATOR, SPNEGO_STATE_DONE, {"", "AB", "AB", 0, 2}, 3, false},
    {"start", SPNEGO_ACCEPTOR, SPNEGO_STATE_START, {"", "AB", "AB", 0, 4}, 0, false},
    {"hint given", SPNEGO_ACCEPTOR, SPNEGO_STATE_START, {"", "A", "B", FLOW_HINT, 4}, 1, false},
    {"mech", SPNEGO_ACCEPTOR, SPNEGO_STATE_MECH, {"", "AB", "AB", 0, 3}, 2, false},
    {"mech B", SPNEGO_ACCEPTOR, SPNEGO_STATE_MECH, {"", "AB", "B", 0, 2}, 2, false},
    {"mic", SPNEGO_ACCEPTOR, SPNEGO_STATE_MIC, {"", "AB", "AB", FLOW_REQUIRE, 2}, 2, false},
    {"mic, 1", SPNEGO_ACCEPTOR, SPNEGO_STATE_MIC, {"", "AB", "CA", FLOW_OWN, 1}, 2, false},
    {"naked", SPNEGO_ACCEPTOR, SPNEGO_STATE_NAKED, {"", "AB", "AB", 0, 3}, 0, true},
    {"done", SPNEGO_ACCEPTOR, SPNEGO_STATE_DONE, {"", "AB", "AB", 0, 1}, 2, false},
};
#define STAGES (sizeof(stages) / sizeof(stages[0]))

static const unsigned profiles[] = {0, SPNEGO_TOLERATE_INTEROP | SPNEGO_TOLERATE_NAKED_MECH};

static struct pair pair;
static uint8_t room[SPNEGO_DEFAULT_MAX_LEN + 100];

/* `count` octets of a frame for A that say `left`. */
static const char naked_token[] = "60 09 06 06 69 85 a2 c0 ac 66 03";

static void
enter(const struct stage *stage, unsigned tolerate)
{
    flow_init(&pair, &stage->flow);
    pair.config[0].tolerate = tolerate;
    pair.config[1].tolerate = tolerate | (stage->naked ? SPNEGO_TOLERATE_NAKED_MECH : 0);
    flow_open(&pair);
    if (stage->steps > 0)
        flow_run(&pair, &stage->flow, NULL, stage->steps, NULL, NULL);
    if (stage->naked)
        flow_step(&pair, stage->role, octets(naked_token));
    if (pair.ctx[stage->role]->state != stage->state)
        ck_abort_msg("%s is in state %d", stage->name, (int)pair.ctx[stage->role]->state);
}

/* What a side that has failed may say: one reject, and not to everybody. */
static void
check_last_words(const struct stage *stage, bool at_once, struct spnego_slice out)
{
    const struct spnego_ctx *ctx = pair.ctx[stage->role];
    struct spnego_negotiation_token token;

    if (ctx->naked || out.len == 0)
        return;
    FLOW_CHECK(stage->role == SPNEGO_ACCEPTOR || stage->state != SPNEGO_STATE_START ||
               !at_once);
    FLOW_CHECK(spnego_token_decode(&token, out, NULL) == SPNEGO_OK);
    FLOW_CHECK(token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);
    FLOW_CHECK(token.u.neg_token_resp.has_neg_state);
    FLOW_CHECK(token.u.neg_token_resp.neg_state == SPNEGO_NEG_STATE_REJECT);
    FLOW_CHECK(!token.u.neg_token_resp.has_mech_list_mic);
}

static void
check_words(struct spnego_slice out)
{
    struct spnego_negotiation_token token;

    if (out.len == 0)
        return;
    FLOW_CHECK(spnego_token_decode(&token, out, NULL) == SPNEGO_OK);
    if (token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        FLOW_CHECK(token.u.neg_token_resp.neg_state != SPNEGO_NEG_STATE_REJECT);
}

/* Gives the token to the stage, then garbage if it goes on. */
static enum spnego_status
give(const struct stage *stage, struct spnego_slice in)
{
    static const uint8_t garbage[] = {0xa1, 0x03, 0x30, 0x01};
    const struct spnego_slice bad = {garbage, sizeof(garbage)};
    struct spnego_slice out;
    enum spnego_status status;

    if (stage->state == SPNEGO_STATE_DONE) {
        FLOW_CHECK(spnego_ctx_step(pair.ctx[stage->role], &out, in) == SPNEGO_E_STATE);
        FLOW_CHECK(out.len == 0);
        FLOW_CHECK(spnego_ctx_mech(pair.ctx[stage->role]) != NULL);
        return SPNEGO_E_STATE;
    }
    out = flow_step(&pair, stage->role, in);
    status = pair.status[stage->role];
    if (status >= 0 && !pair.ctx[stage->role]->naked)
        check_words(out);
    if (status == SPNEGO_CONTINUE) {
        out = flow_step(&pair, stage->role, bad);
        FLOW_CHECK(pair.status[stage->role] < 0);
    }
    FLOW_CHECK(spnego_ctx_reason(pair.ctx[stage->role], NULL, 0) > 0 ||
               pair.status[stage->role] >= 0);
    if (pair.status[stage->role] < 0)
        check_last_words(stage, status < 0, out);
    flow_check_ended(&pair, stage->role);
    return status;
}

static const struct spnego_cell *
cell_of(enum spnego_role role, int state, int input)
{
    return role == SPNEGO_INITIATOR ? &spnego_initiator_machine[state][input]
                                    : &spnego_acceptor_machine[state][input];
}

/* States that a role is never in, and tokens that are never seen in a state. */
static bool
is_reachable(enum spnego_role role, int state, int input)
{
    if (role == SPNEGO_INITIATOR)
        return state != SPNEGO_STATE_NAKED && input != SPNEGO_IN_NAKED;
    if (state == SPNEGO_STATE_NAKED)
        return input == SPNEGO_IN_EMPTY || input == SPNEGO_IN_NAKED;
    return state != SPNEGO_STATE_SELECT &&
           (input != SPNEGO_IN_NAKED || state == SPNEGO_STATE_START);
}

START_TEST(cells_act_or_refuse)
{
    int role, state, input;

    for (role = 0; role < 2; role++)
        for (state = 0; state < SPNEGO_STATES; state++)
            for (input = 0; input < SPNEGO_INPUTS; input++) {
                const struct spnego_cell *cell = cell_of((enum spnego_role)role, state, input);
                bool acts = cell->action != NULL, refuses = cell->refusal != 0;
                bool reachable = is_reachable((enum spnego_role)role, state, input);

                ck_assert_msg(reachable ? acts != refuses : !acts && !refuses,
                              "role %d, state %d, input %d", role, state, input);
            }
}
END_TEST

/* The plainest token of each input. */
static const struct {
    enum spnego_input input;
    const char *octets;
} plain[] = {
    {SPNEGO_IN_EMPTY, ""},
    {SPNEGO_IN_INIT, "60 18 06 06 2b 06 01 05 05 02 a0 0e 30 0c a0 0a 30 08 06 06"
                     "69 85 a2 c0 ac 66"},
    {SPNEGO_IN_INIT2, "60 1e 06 06 2b 06 01 05 05 02 a0 14 30 12 a0 0a 30 08 06 06"
                      "69 85 a2 c0 ac 66 a3 04 30 02 a0 00"},
    {SPNEGO_IN_INIT2, "60 1c 06 06 2b 06 01 05 05 02 a0 12 30 10 a0 0a 30 08 06 06"
                      "69 85 a2 c0 ac 66 a3 02 30 00"},
    {SPNEGO_IN_COMPLETED, "a1 07 30 05 a0 03 0a 01 00"},
    {SPNEGO_IN_INCOMPLETE, "a1 07 30 05 a0 03 0a 01 01"},
    {SPNEGO_IN_REJECT, "a1 07 30 05 a0 03 0a 01 02"},
    {SPNEGO_IN_REQUEST_MIC, "a1 07 30 05 a0 03 0a 01 03"},
    {SPNEGO_IN_NO_STATE, "a1 02 30 00"},
    {SPNEGO_IN_NAKED, naked_token},
};

/* A refusal of the table is what comes out, and its words. */
START_TEST(refusals_are_those_of_the_table)
{
    const struct stage *stage = &stages[_i];
    struct spnego_negotiation_token token;
    size_t i, profile;

    for (i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        for (profile = 0; profile < 2; profile++) {
            const struct spnego_ctx *ctx;
            const struct spnego_cell *cell;
            struct spnego_slice in = octets(plain[i].octets);
            enum spnego_status status;

            enter(stage, profiles[profile]);
            ctx = pair.ctx[stage->role];
            status = give(stage, in);
            if (stage->state < SPNEGO_STATES &&
                is_reachable(stage->role, stage->state, plain[i].input) &&
                (in.len == 0 || plain[i].input == SPNEGO_IN_NAKED ||
                 spnego_token_decode(&token, in, NULL) == SPNEGO_OK)) {
                cell = cell_of(stage->role, stage->state, plain[i].input);
                ck_assert_int_eq(ctx->failure.code == cell->refusal || cell->refusal == 0, 1);
                if (cell->refusal != 0)
                    ck_assert_int_eq(status, SPNEGO_E_MALFORMED);
            }
            flow_close(&pair);
        }
}
END_TEST

/* clang-format off */
static const char *const garbage[] = {
    "00", "ff", "a0", "a1", "60", "30 00", "a1 00", "a1 80", "a1 ff", "a0 00", "60 00",
    "a1 02 30 01", "a1 03 30 00", "a1 02 30 00 00", "a1 05 30 03 a0 01 0a",
    "a1 04 30 02 a0 00", "a1 07 30 05 a0 03 0a 01 04", "a1 07 30 05 a0 03 0a 01 80",
    "a1 06 30 04 a0 02 0a 00", "a1 08 30 06 a0 04 0a 02 00 01",
    "a1 81 07 30 05 a0 03 0a 01 01", "a1 07 31 05 a0 03 0a 01 01", "a1 84 ff ff ff ff 30",
    "60 84 7f ff ff ff 06", "a1 05 a0 03 0a 01 01",
    "60 11 06 06 2b 06 01 05 05 02 a1 07 30 05 a0 03 0a 01 01",
    "60 0e 06 06 2b 06 01 05 05 02 a0 04 30 02 a0 00",
    "60 10 06 06 2b 06 01 05 05 02 a0 06 30 04 a0 02 30 00",
    "60 12 06 06 2b 06 01 05 05 02 a0 08 30 06 a0 04 30 02 06 00",
    "60 08 06 06 2b 06 01 05 05 02", "60 0a 06 06 2b 06 01 05 05 02 30 00",
    "60 0b 06 09 2a 86 48 86 f7 12 01 02 02", "4e 54 4c 4d 53 53 50 00",
    "4e 54 4c 4d 53 53 50 00 01 00 00 00", "4e 54 4c 4d 53 53 50",
    "4e 45 47 4f 45 58 54 53 00 00 00 00", "a1 09 30 07 a0 05 0a 03 00 00 01",
    "a1 0c 30 0a a0 03 0a 01 01 a0 03 0a 01 01", "a1 0b 30 09 a2 02 04 00 a0 03 0a 01 01",
    "a1 07 30 05 a3 03 04 01", "a1 06 30 04 a3 02 05 00", "a1 06 30 04 a1 02 06 00",
    "47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a",
};
/* clang-format on */

/* Garbage, and tokens that are too large, fail everywhere.  That which looks like
 * a token is refused in words too: give() saw to that. */
START_TEST(garbage_fails)
{
    static const uint8_t firsts[] = {0, 0x30, 0x60, 0xa0, 0xa1, 0xff};
    const struct stage *stage = &stages[_i];
    size_t i, profile;

    for (profile = 0; profile < 2; profile++) {
        for (i = 0; i < sizeof(garbage) / sizeof(garbage[0]); i++) {
            enter(stage, profiles[profile]);
            give(stage, octets(garbage[i]));
            flow_close(&pair);
        }
        for (i = 0; i < sizeof(firsts); i++) {
            struct spnego_slice large = {room, sizeof(room)};

            memset(room, firsts[i], sizeof(room));
            enter(stage, profiles[profile]);
            ck_assert_int_lt(give(stage, large), 0);
            flow_close(&pair);
        }
    }
}
END_TEST

/* All NegTokenResp: each field absent, empty or unknown, garbage, or good. */
enum part { ABSENT, EMPTY, GARBAGE, GOOD, PARTS };

struct resp_shape {
    int neg_state; /* 4: none */
    enum part mech, token, mic;
};

static struct spnego_slice
pick(enum part part, bool *has, struct spnego_slice good)
{
    static const uint8_t bad[] = {0x69, 0x85, 0xa2, 0xc0, 0xac, 0x60};
    struct spnego_slice picked = {bad, part == EMPTY ? 0 : sizeof(bad)};

    *has = part != ABSENT;
    return part == GOOD ? good : picked;
}

/* The good octet is one less than the mechanism has left; an initiator frames it. */
static struct spnego_slice
make_resp(const struct resp_shape *shape, const struct stage *stage, unsigned left)
{
    static uint8_t token_octets[12], mic[4];
    struct spnego_negotiation_token token;
    struct spnego_neg_token_resp *resp = &token.u.neg_token_resp;
    struct spnego_slice oid = stage->flow.acceptor[0] == 'A' ? toy_a.oid : toy_b.oid;
    struct spnego_slice good = {token_octets, 11}, good_mic = {mic, sizeof(mic)};
    struct spnego_buf out = {room, sizeof(room), 0, NULL};

    memcpy(token_octets, "\x60\x09\x06\x06", 4);
    memcpy(token_octets + 4, oid.ptr, oid.len);
    token_octets[10] = (uint8_t)left;
    if (stage->role == SPNEGO_INITIATOR) {
        good.ptr += 10;
        good.len = 1;
    }
    flow_mic(mic, pair.ctx[stage->role]);
    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
    resp->has_neg_state = shape->neg_state < 4;
    resp->neg_state = (enum spnego_neg_state)(shape->neg_state % 4);
    resp->supported_mech = pick(shape->mech, &resp->has_supported_mech, oid);
    resp->response_token = pick(shape->token, &resp->has_response_token, good);
    resp->mech_list_mic = pick(shape->mic, &resp->has_mech_list_mic, good_mic);
    resp->mech_list_mic.len -= shape->mic == GARBAGE; /* not a copy of the token */
    FLOW_CHECK(spnego_token_encode(&out, &token) == SPNEGO_OK);
    return spnego_buf_octets(&out);
}

/* What may never be taken, whoever asks. */
static bool
must_fail(const struct resp_shape *shape, const struct stage *stage, unsigned tolerate)
{
    bool initiator = stage->role == SPNEGO_INITIATOR;
    bool choosing = stage->state == SPNEGO_STATE_SELECT;

    return stage->state == SPNEGO_STATE_START || stage->state == SPNEGO_STATE_NAKED ||
           shape->neg_state == SPNEGO_NEG_STATE_REJECT || shape->token == GARBAGE ||
           shape->mic == GARBAGE || shape->mic == EMPTY ||
           (shape->neg_state == SPNEGO_NEG_STATE_REQUEST_MIC && !choosing) ||
           (!initiator && shape->mech != ABSENT) || (choosing && shape->mech == GARBAGE) ||
           (initiator && !choosing && shape->mech != ABSENT && tolerate == 0) ||
           (choosing && shape->mech == ABSENT && tolerate == 0) ||
           (choosing && shape->neg_state == 4 && tolerate == 0);
}

/* Returns how many completed the stage. */
static unsigned
give_all_resps(const struct stage *stage, unsigned tolerate, unsigned left)
{
    struct resp_shape shape;
    unsigned number, completed = 0;
    enum spnego_status status;

    for (number = 0; number < 5 * PARTS * PARTS * PARTS; number++) {
        shape.neg_state = (int)(number % 5);
        shape.mech = (enum part)(number / 5 % PARTS);
        shape.token = (enum part)(number / (5 * PARTS) % PARTS);
        shape.mic = (enum part)(number / (5 * PARTS * PARTS));
        if (shape.mech == EMPTY)
            continue; /* no encoder writes it; it is in garbage[] */
        enter(stage, tolerate);
        status = give(stage, make_resp(&shape, stage, left));
        if (status >= 0 && must_fail(&shape, stage, tolerate))
            ck_abort_msg("%s takes state %d, mech %d, token %d, mic %d", stage->name,
                         shape.neg_state, (int)shape.mech, (int)shape.token, (int)shape.mic);
        completed += status == SPNEGO_OK;
        flow_close(&pair);
    }
    return completed;
}

START_TEST(every_resp_in_every_state)
{
    const struct stage *stage = &stages[_i];
    bool naked = stage->state == SPNEGO_STATE_NAKED;
    unsigned left, profile, completed = 0;

    for (profile = 0; profile < 2; profile++)
        for (left = 0; left < 4; left++)
            completed += give_all_resps(stage, profiles[profile], left);
    if (stage->state == SPNEGO_STATE_MIC)
        ck_assert_uint_gt(completed, 0);
    if (stage->state == SPNEGO_STATE_START || naked || stage->state == SPNEGO_STATE_DONE)
        ck_assert_uint_eq(completed, 0);
}
END_TEST

Suite *
negotiate_states_suite(void)
{
    Suite *suite = suite_create("negotiate_states");
    TCase *cases = tcase_create("machines");

    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_test(cases, cells_act_or_refuse);
    tcase_add_loop_test(cases, refusals_are_those_of_the_table, 0, (int)STAGES);
    tcase_add_loop_test(cases, garbage_fails, 0, (int)STAGES);
    tcase_add_loop_test(cases, every_resp_in_every_state, 0, (int)STAGES);
    suite_add_tcase(suite, cases);
    return suite;
}
