/* test_negotiate_memory.c: each allocation fails in its turn; nothing leaks,
 * however a negotiation ends; two of them do not meet; and how much it takes. */
#include "context.h"
#include "flow.h"

#include <spnego/codec.h>
#include <stdlib.h>
#include <string.h>

Suite *negotiate_memory_suite(void);

#define MAX_CTX 1024  /* octets: spnego/negotiate.h promises no number, we do */
#define MAX_PEAK 2048 /* octets, with tokens below 100 */
#define ABANDONED 100000

static struct pair pair, other;
static struct flow_alloc counter;

/* Exports, frees and imports the side whose turn it is.  What fails leaves
 * pair->status behind, and no context. */
static void
move_side(void *arg, struct pair *moved, enum spnego_role role)
{
    const enum spnego_role *mover = arg;
    struct spnego_buf blob = {NULL, 0, 0, &counter.alloc};
    enum spnego_status status;

    if (role != *mover || moved->ctx[role]->state > SPNEGO_STATES)
        return;
    status = spnego_ctx_export(moved->ctx[role], &blob);
    if (status == SPNEGO_OK) {
        struct spnego_slice state = {blob.ptr, blob.len};

        spnego_ctx_free(moved->ctx[role]);
        status = spnego_ctx_import(&moved->ctx[role], &moved->config[role], state);
    }
    if (status != SPNEGO_OK)
        moved->status[role] = status;
    if (blob.ptr != NULL)
        counter.alloc.resize(&counter, blob.ptr, blob.cap, 0);
}

static void
check_shortage(const struct flow *flow, enum spnego_role role, bool short_of)
{
    if ((pair.status[role] == SPNEGO_E_MEMORY) != short_of)
        ck_abort_msg("%s, %u hops, side %d, allocation %zu of %zu: %s", flow->name, flow->hops,
                     role, counter.fails, counter.calls, spnego_status_name(pair.status[role]));
    flow_fail(flow, short_of || pair_complete(&pair), "not complete, with all memory");
    if (short_of && pair.ctx[role] != NULL) {
        struct spnego_outcome outcome;

        spnego_ctx_outcome(pair.ctx[role], &outcome);
        flow_fail(flow, !outcome.complete, "complete, without memory");
        if (outcome.status < 0)
            flow_check_ended(&pair, role);
    }
}

/* Runs a flow in which allocation number `fails` of a side fails.  Returns false
 * when it made fewer. */
static bool
run_short(const struct flow *flow, enum spnego_role role, size_t max_fragment, bool moves,
          size_t fails)
{
    enum spnego_role peer = role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    bool short_of;

    flow_init(&pair, flow);
    flow_alloc_init(&counter, fails);
    pair.config[role].alloc = &counter.alloc;
    pair.config[0].max_fragment = max_fragment;
    pair.config[1].max_fragment = max_fragment;
    pair.status[0] = SPNEGO_CONTINUE;
    pair.status[1] = SPNEGO_CONTINUE;
    FLOW_CHECK(spnego_ctx_new(&pair.ctx[peer], &pair.config[peer]) == SPNEGO_OK);
    pair.status[role] = spnego_ctx_new(&pair.ctx[role], &pair.config[role]);
    if (pair.status[role] == SPNEGO_OK) {
        pair.status[role] = SPNEGO_CONTINUE;
        flow_run(&pair, flow, NULL, 0, moves ? move_side : NULL, &role);
    } else {
        FLOW_CHECK(pair.ctx[role] == NULL);
    }
    short_of = counter.calls >= fails && fails != 0;
    check_shortage(flow, role, short_of);
    flow_close(&pair);
    flow_fail(flow, counter.used == 0, "memory is lost");
    return short_of;
}

static void
run_short_of_each(const struct flow *flow, size_t max_fragment, bool moves)
{
    size_t fails;

    for (fails = 1; run_short(flow, SPNEGO_INITIATOR, max_fragment, moves, fails); fails++)
        continue;
    for (fails = 1; run_short(flow, SPNEGO_ACCEPTOR, max_fragment, moves, fails); fails++)
        continue;
}

START_TEST(every_allocation_fails)
{
    struct flow flow = flow_at((size_t)_i);

    run_short_of_each(&flow, 0, false);
    run_short_of_each(&flow, 0, true);
    run_short_of_each(&flow, 16, false);
    run_short_of_each(&flow, 16, true);
}
END_TEST

START_TEST(it_takes_little)
{
    size_t number, peak = 0, most;
    int role;

    for (number = 0; number < flow_count(); number++)
        for (role = 0; role < 2; role++) {
            struct flow flow = flow_at(number);

            run_short(&flow, (enum spnego_role)role, 0, false, 0);
            ck_assert_uint_le(counter.first, MAX_CTX);
            ck_assert_uint_gt(counter.first, 0);
            most = counter.peak;
            peak = most > peak ? most : peak;
        }
    ck_assert_msg(peak <= MAX_PEAK, "a negotiation took %zu octets", peak);
}
END_TEST

/* bugs.md, row 28: peers that go away. */
START_TEST(abandoned_negotiations_leave_nothing)
{
    size_t i, number;

    flow_alloc_init(&counter, 0);
    for (i = 0; i < ABANDONED; i++) {
        struct flow flow;

        number = i % (flow_count() * 7);
        flow = flow_at(number / 7);
        if (number % 7 == 0) {
            flow_init(&pair, &flow);
            pair.config[0].alloc = &counter.alloc;
            pair.config[1].alloc = &counter.alloc;
        }
        flow_open(&pair);
        if (number % 7 > 0)
            flow_run(&pair, &flow, NULL, (unsigned)(number % 7), NULL, NULL);
        flow_close(&pair);
        FLOW_CHECK(counter.used == 0);
    }
}
END_TEST

/* A mechanism that was taken lives on. */
START_TEST(a_taken_mechanism_is_the_callers)
{
    struct flow flow = flow_at((size_t)_i);
    void *mech;

    flow_init(&pair, &flow);
    flow_open(&pair);
    flow_run(&pair, &flow, NULL, 0, NULL, NULL);
    if (pair.status[0] == SPNEGO_OK) {
        mech = spnego_ctx_take_mech(pair.ctx[0]);
        ck_assert_ptr_nonnull(mech);
        ck_assert_ptr_null(spnego_ctx_mech(pair.ctx[0]));
        ck_assert_ptr_null(spnego_ctx_take_mech(pair.ctx[0]));
        spnego_ctx_free(pair.ctx[0]);
        pair.ctx[0] = NULL;
        toy_a.destroy(mech);
    }
    flow_close(&pair);
}
END_TEST

/* One negotiation, a step at a time. */
struct walker {
    struct pair *pair;
    struct flow flow;
    struct flow_tape tape;
    enum spnego_role role;
    uint8_t octets[128];
    size_t len;
};

static void
start_walker(struct walker *walker, struct pair *on, const struct flow *flow)
{
    memset(walker, 0, sizeof(*walker));
    walker->pair = on;
    walker->flow = *flow;
    walker->role = flow_first(flow);
    flow_init(on, flow);
    flow_open(on);
}

static void
walk(struct walker *walker)
{
    struct spnego_slice in = {walker->octets, walker->len}, out;

    out = flow_step(walker->pair, walker->role, in);
    FLOW_CHECK(out.len <= sizeof(walker->octets));
    if (out.len > 0)
        memcpy(walker->octets, out.ptr, out.len);
    walker->len = out.len;
    FLOW_CHECK(out.len <= FLOW_TAPE - walker->tape.len[walker->role]);
    memcpy(walker->tape.octets[walker->role] + walker->tape.len[walker->role], walker->octets,
           out.len);
    walker->tape.len[walker->role] += out.len;
    walker->role = walker->role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
}

static const struct flow pairs[][2] = {
    {{"match", "AB", "AB", 0, 3}, {"reselect", "AB", "B", 0, 3}},
    {{"match", "AB", "AB", 0, 4}, {"match", "AB", "AB", 0, 4}},
    {{"hint", "AB", "BA", FLOW_HINT | FLOW_REQUIRE, 2}, {"own order", "AB", "BA", FLOW_OWN, 2}},
};

static unsigned
bits_of(unsigned order)
{
    unsigned bits = 0;

    for (; order != 0; order &= order - 1)
        bits++;
    return bits;
}

/* Bit number k of `order`: whose step is number k. */
static void
interleave(const struct flow flows[2], const struct flow_tape alone[2], unsigned order)
{
    struct walker walkers[2];
    unsigned steps = alone[0].steps + alone[1].steps, k;

    start_walker(&walkers[0], &pair, &flows[0]);
    start_walker(&walkers[1], &other, &flows[1]);
    for (k = 0; k < steps; k++)
        walk(&walkers[order >> k & 1]);
    FLOW_CHECK(pair_complete(&pair) && pair_complete(&other));
    for (k = 0; k < 2; k++)
        if (memcmp(walkers[k].tape.octets, alone[k].octets, sizeof(alone[k].octets)) != 0)
            ck_abort_msg("%s and %s, order %#x", flows[0].name, flows[1].name, order);
    flow_close(&pair);
    flow_close(&other);
}

START_TEST(two_do_not_meet)
{
    const struct flow *flows = pairs[_i];
    struct flow_tape alone[2];
    unsigned order, k;

    for (k = 0; k < 2; k++) {
        flow_init(&pair, &flows[k]);
        flow_open(&pair);
        flow_run(&pair, &flows[k], &alone[k], 0, NULL, NULL);
        ck_assert(pair_complete(&pair));
        flow_close(&pair);
    }
    for (order = 0; order < 1u << (alone[0].steps + alone[1].steps); order++)
        if (bits_of(order) == alone[1].steps)
            interleave(flows, alone, order);
}
END_TEST

/* A NegTokenInit of 60 identifiers of `len` octets and A; in pieces of `piece`. */
static void
take_large(size_t len, size_t piece)
{
    static uint8_t token[SPNEGO_DEFAULT_MAX_LEN], identifier[1100];
    struct spnego_slice items[61], in, out;
    struct spnego_negotiation_token init;
    struct spnego_buf written = {token, sizeof(token), 0, NULL};
    size_t at, i;

    memset(identifier, 0x2b, sizeof(identifier));
    memset(&init, 0, sizeof(init));
    for (i = 0; i < 60; i++)
        items[i] = (struct spnego_slice){identifier, len};
    items[60] = toy_a.oid;
    init.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
    init.u.neg_token_init.mech_types.items = items;
    init.u.neg_token_init.mech_types.count = 61;
    ck_assert_int_eq(spnego_token_encode(&written, &init), SPNEGO_OK);
    pair_init(&pair, "A", "A", 2);
    flow_alloc_init(&counter, 0);
    pair.config[SPNEGO_ACCEPTOR].alloc = &counter.alloc;
    pair.config[SPNEGO_ACCEPTOR].max_fragment = 4096;
    flow_open(&pair);
    for (at = 0; at < written.len; at += in.len) {
        in.ptr = token + at;
        in.len = piece < written.len - at ? piece : written.len - at;
        FLOW_CHECK(counter.used <=
                   4 * (at + in.len) + MAX_CTX); /* never for what is announced */
        out = pair_step(&pair, SPNEGO_ACCEPTOR, in);
        FLOW_CHECK(pair.status[SPNEGO_ACCEPTOR] == SPNEGO_CONTINUE);
    }
    ck_assert_uint_gt(out.len, 0);
    flow_close(&pair);
    ck_assert_uint_eq(counter.used, 0);
    ck_assert_uint_le(counter.total, 5 * written.len + 2 * MAX_CTX);
    ck_assert_uint_le(counter.peak, 4 * written.len + 2 * MAX_CTX);
}

/* R4: as many octets, and hardly more calls, for twice the token. */
START_TEST(work_is_linear)
{
    static const size_t pieces[] = {SPNEGO_DEFAULT_MAX_LEN, 4096, 64, 7};
    size_t i, calls, total;

    for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        take_large(520, pieces[i]);
        calls = counter.calls;
        total = counter.total;
        take_large(1040, pieces[i]);
        ck_assert_uint_le(counter.calls, calls + 2);
        ck_assert_uint_le(2 * counter.total, 5 * total);
    }
}
END_TEST

Suite *
negotiate_memory_suite(void)
{
    Suite *suite = suite_create("negotiate_memory");
    TCase *cases = tcase_create("memory");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, every_allocation_fails, 0, (int)flow_count());
    tcase_add_test(cases, it_takes_little);
    tcase_add_test(cases, abandoned_negotiations_leave_nothing);
    tcase_add_loop_test(cases, a_taken_mechanism_is_the_callers, 0, (int)flow_count());
    tcase_add_loop_test(cases, two_do_not_meet, 0, sizeof(pairs) / sizeof(pairs[0]));
    tcase_add_test(cases, work_is_linear);
    suite_add_tcase(suite, cases);
    return suite;
}
