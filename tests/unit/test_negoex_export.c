/* test_negoex_export.c - a NegoEx conversation that another process goes on with says what it
 * would have said; and what is damaged on the way does no harm. */
#include "negoex_pair.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *negoex_export_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR
#define BLOB 8192

static struct negoex_pair np;
static bool greets; /* in the flow that is open */

static const struct {
    const char *initiator, *acceptor;
    unsigned hops;
    enum toy_keys keys; /* the initiator's */
    bool greets;        /* the acceptor says its schemes first */
} flows[] = {
    {"AB", "AB", 1, TOY_KEYS_AT_END, false},    {"AB", "AB", 2, TOY_KEYS_AT_END, false},
    {"AB", "AB", 4, TOY_KEYS_AT_END, false},    {"ABC", "CB", 3, TOY_KEYS_AT_END, false},
    {"AB", "AB", 3, TOY_KEYS_AT_ONCE, false},   {"D-ABC", "CB", 3, TOY_KEYS_AT_END, false},
    {"AB", "AB", 3, TOY_KEYS_AT_END, true},     {"D-AB", "AB", 3, TOY_KEYS_AT_END, true},
    {"AB+D", "AB+D", 3, TOY_KEYS_AT_END, true},
};
#define FLOWS ((int)(sizeof(flows) / sizeof(flows[0])))

static void
open_flow(int flow)
{
    negoex_pair_init(&np, flows[flow].initiator, flows[flow].acceptor, flows[flow].hops);
    np.pair.creds[I][0].keys = flows[flow].keys;
    np.negoex[I].server_first = flows[flow].greets;
    np.negoex[A].server_first = flows[flow].greets;
    greets = flows[flow].greets;
    pair_open(&np.pair);
}

/* Exports a side.  Returns the length, or 0 if it has ended. */
static size_t
export_side(enum spnego_role role, uint8_t *octets)
{
    struct spnego_buf out = {octets, BLOB, 0, NULL};
    enum spnego_status status = spnego_ctx_export(np.pair.ctx[role], &out);

    if (status == SPNEGO_E_STATE)
        return 0;
    if (greets && role == A && np.pair.count < 3)
        return 0; /* its greeting is not answered yet */
    ck_assert_int_eq(status, SPNEGO_OK);
    return out.len;
}

/* Goes on with a side as another process would. */
static void
move(enum spnego_role role)
{
    uint8_t octets[BLOB];
    struct spnego_slice state = {octets, export_side(role, octets)};

    if (state.len == 0)
        return;
    spnego_ctx_free(np.pair.ctx[role]);
    ck_assert_int_eq(spnego_ctx_import(&np.pair.ctx[role], &np.pair.config[role], state),
                     SPNEGO_OK);
}

/* Runs at most `steps` steps; both sides move before each if they are told to. */
static enum spnego_role
run(size_t steps, bool moves)
{
    struct spnego_slice token = {NULL, 0};
    enum spnego_role role = greets ? A : I;

    for (; steps > 0 && (token.len > 0 || np.pair.count == 0); steps--) {
        if (moves) {
            move(I);
            move(A);
        }
        token = pair_step(&np.pair, role, token);
        if (token.len > 0) {
            struct pair_token *carried = &np.pair.tokens[np.pair.count++];

            carried->sender = role;
            carried->len = token.len;
            memcpy(carried->octets, token.ptr, token.len);
            token.ptr = carried->octets;
        }
        role = role == I ? A : I;
    }
    return role;
}

START_TEST(moved_conversation_says_the_same)
{
    static struct pair_token tokens[PAIR_TOKENS];
    size_t count, i;

    open_flow(_i);
    run(SIZE_MAX, false);
    ck_assert(pair_complete(&np.pair));
    count = np.pair.count;
    memcpy(tokens, np.pair.tokens, sizeof(tokens));
    pair_close(&np.pair);

    open_flow(_i);
    run(SIZE_MAX, true);
    ck_assert(pair_complete(&np.pair));
    ck_assert_uint_eq(np.pair.count, count);
    for (i = 0; i < count; i++) {
        ck_assert_uint_eq(np.pair.tokens[i].len, tokens[i].len);
        ck_assert_mem_eq(np.pair.tokens[i].octets, tokens[i].octets, tokens[i].len);
    }
    pair_close(&np.pair);
}
END_TEST

/* The state of NegoEx alone, without SPNEGO's checksum around it. */
static struct spnego_slice
find_inner(uint8_t *octets, size_t len)
{
    struct spnego_slice found = {NULL, 0};
    size_t i, j;
    uint64_t run_len;

    for (i = 8; i + 12 < len; i++) {
        for (run_len = 0, j = 8; j > 0; j--)
            run_len = run_len * 256 + octets[i - 9 + j];
        if (run_len == len - 4 - i) {
            found.ptr = octets + i;
            found.len = (size_t)run_len;
        }
    }
    ck_assert_uint_gt(found.len, 100);
    return found;
}

/* Imports octets of exactly `len`, and lets what comes of it take a token. */
static bool
takes(enum spnego_role role, const uint8_t *octets, size_t len)
{
    struct spnego_slice nothing = {NULL, 0};
    struct spnego_buf out = {NULL, 0, 0, NULL};
    uint8_t room[BLOB], *copy = malloc(len > 0 ? len : 1);
    struct spnego_slice state = {copy, len};
    void *mech = NULL;

    ck_assert_ptr_nonnull(copy);
    memcpy(copy, octets, len);
    if (negoex_mech.import_state(&mech, &np.negoex[role], role, state) == SPNEGO_OK) {
        out.ptr = room;
        out.cap = sizeof(room);
        (void)negoex_mech.flags(mech);
        (void)negoex_mech.step(mech, &out, nothing);
        negoex_mech.destroy(mech);
    } else {
        ck_assert_ptr_null(mech);
    }
    free(copy);
    return mech != NULL;
}

START_TEST(damaged_state_does_no_harm)
{
    uint8_t octets[BLOB], inner[BLOB];
    struct spnego_slice found;
    size_t at;
    int role, value;

    open_flow(_i);
    run(greets ? 5 : flows[_i].initiator[1] == '-' ? 4 : 2, false);
    for (role = 0; role < 2; role++) {
        size_t len = export_side((enum spnego_role)role, octets);

        if (len == 0)
            continue;
        found = find_inner(octets, len);
        memcpy(inner, found.ptr, found.len);
        ck_assert(takes((enum spnego_role)role, inner, found.len));
        for (at = 0; at < found.len; at++) {
            ck_assert(!takes((enum spnego_role)role, inner, at));
            for (value = 1; value < 256; value += at < 64 ? 3 : 85) {
                inner[at] ^= (uint8_t)value;
                takes((enum spnego_role)role, inner, found.len);
                inner[at] ^= (uint8_t)value;
            }
        }
        inner[found.len] = 0;
        ck_assert(!takes((enum spnego_role)role, inner, found.len + 1));
    }
    pair_close(&np.pair);
}
END_TEST

/* Who has greeted waits for the answer; if another mechanism answers it goes on. */
START_TEST(greeting_does_not_stay)
{
    uint8_t octets[BLOB];
    struct spnego_buf out = {octets, sizeof(octets), 0, NULL};
    struct spnego_slice nothing = {NULL, 0}, token;

    negoex_pair_init(&np, "-A+D", "-A+D", 3);
    np.negoex[A].server_first = true;
    np.pair.config[I].offers = &np.pair.offers[I][1];
    np.pair.config[I].num_offers = 1;
    pair_open(&np.pair);
    token = pair_step(&np.pair, A, nothing);
    ck_assert_int_eq(spnego_ctx_export(np.pair.ctx[A], &out), SPNEGO_E_UNSUPPORTED);
    token = pair_step(&np.pair, I, token);
    pair_step(&np.pair, A, token);
    ck_assert_int_eq(np.pair.status[A], SPNEGO_CONTINUE);
    ck_assert_int_eq(spnego_ctx_export(np.pair.ctx[A], &out), SPNEGO_OK);
    pair_close(&np.pair);
}
END_TEST

/* Nor if the answer is a mechanism without SPNEGO. */
START_TEST(greeting_does_not_stay_for_a_naked_mechanism)
{
    uint8_t octets[BLOB], first[64];
    struct spnego_buf out = {octets, sizeof(octets), 0, NULL};
    struct spnego_buf token = {first, sizeof(first), 0, NULL};
    struct spnego_slice nothing = {NULL, 0}, naked = {first, 0};
    void *mech;

    negoex_pair_init(&np, "-A+D", "-A+D", 4);
    np.negoex[A].server_first = true;
    np.pair.config[A].tolerate = SPNEGO_TOLERATE_NAKED_MECH;
    pair_open(&np.pair);
    pair_step(&np.pair, A, nothing);
    ck_assert_int_eq(toy_d.create(&mech, np.pair.offers[I][1].cred, I), SPNEGO_OK);
    ck_assert_int_eq(toy_d.step(mech, &token, nothing), SPNEGO_CONTINUE);
    toy_d.destroy(mech);
    naked.len = token.len;
    pair_step(&np.pair, A, naked);
    ck_assert_int_eq(np.pair.status[A], SPNEGO_CONTINUE);
    ck_assert_int_eq(spnego_ctx_export(np.pair.ctx[A], &out), SPNEGO_OK);
    pair_close(&np.pair);
}
END_TEST

/* One mechanism that cannot be exported is enough. */
START_TEST(what_cannot_be_exported_is_not)
{
    uint8_t octets[BLOB];
    struct spnego_buf out = {octets, sizeof(octets), 0, NULL};
    struct spnego_mech_ops fixed = toy_b;

    fixed.export_state = NULL;
    greets = false;
    negoex_pair_init(&np, "AB", "AB", 3);
    np.schemes[A][1].ops = &fixed;
    pair_open(&np.pair);
    run(2, false);
    ck_assert_int_eq(spnego_ctx_export(np.pair.ctx[A], &out), SPNEGO_E_UNSUPPORTED);
    ck_assert_int_eq(spnego_ctx_export(np.pair.ctx[I], &out), SPNEGO_OK);
    pair_close(&np.pair);
}
END_TEST

Suite *
negoex_export_suite(void)
{
    Suite *suite = suite_create("negoex_export");
    TCase *tests = tcase_create("export");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, moved_conversation_says_the_same, 0, FLOWS);
    tcase_add_loop_test(tests, damaged_state_does_no_harm, 0, FLOWS);
    tcase_add_test(tests, greeting_does_not_stay);
    tcase_add_test(tests, greeting_does_not_stay_for_a_naked_mechanism);
    tcase_add_test(tests, what_cannot_be_exported_is_not);
    suite_add_tcase(suite, tests);
    return suite;
}
