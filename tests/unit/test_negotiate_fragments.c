/* test_negotiate_fragments.c: a token in pieces is the token.  [MS-SPNG] 3.1.5.6
 * to 3.1.5.11. */
#include "context.h"
#include "flow.h"

#include <stdlib.h>
#include <string.h>

Suite *negotiate_fragments_suite(void);

static struct pair pair;
static const struct spnego_slice nothing = {NULL, 0};

#define HEADER 2 /* octets that say how long the token is; all here are short */

/* The honest tokens, to be taken again in pieces. */
#define TOKENS 16
static struct {
    enum spnego_role sender;
    size_t len;
    uint8_t octets[128];
} honest[TOKENS];
static size_t honest_count;

static void
keep(void *arg, struct pair_token *token, size_t number)
{
    (void)arg;
    FLOW_CHECK(number < TOKENS && token->len <= sizeof(honest[0].octets));
    honest[number].sender = token->sender;
    honest[number].len = token->len;
    memcpy(honest[number].octets, token->octets, token->len);
    honest_count = number + 1;
}

static void
open_flow(const struct flow *flow, size_t max_fragment)
{
    flow_init(&pair, flow);
    pair.config[0].max_fragment = max_fragment;
    pair.config[1].max_fragment = max_fragment;
    flow_open(&pair);
}

static void
listen(const struct flow *flow)
{
    open_flow(flow, 0);
    pair.wire = keep;
    flow_run(&pair, flow, NULL, 0, NULL, NULL);
    flow_fail(flow, pair_complete(&pair), "the honest exchange does not complete");
    flow_close(&pair);
}

static struct spnego_slice
part_of(size_t number, size_t from, size_t to)
{
    struct spnego_slice part = {honest[number].octets + from, to - from};

    return part;
}

static enum spnego_role
receiver_of(size_t number)
{
    return honest[number].sender == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
}

/* Gives a piece that is not the last. */
static void
give_piece(enum spnego_role role, struct spnego_slice piece)
{
    struct spnego_slice out;

    if (piece.len == 0)
        return;
    out = flow_step(&pair, role, piece);
    FLOW_CHECK(pair.status[role] == SPNEGO_CONTINUE);
    FLOW_CHECK(out.len == 0);
}

/* All steps of the transcript; token number `at` comes in three pieces, of which
 * some may be empty: then there are fewer. */
static void
replay(const struct flow *flow, size_t at, size_t one, size_t two)
{
    struct spnego_slice out = flow_step(&pair, flow_first(flow), nothing);
    size_t number;

    for (number = 0; number < honest_count; number++) {
        enum spnego_role role = receiver_of(number);

        if (out.len != honest[number].len ||
            (out.len > 0 && memcmp(out.ptr, honest[number].octets, out.len) != 0))
            ck_abort_msg("%s, %u hops: token %zu differs when %zu came as %zu and %zu",
                         flow->name, flow->hops, number, at, one, two);
        if (number == at) {
            give_piece(role, part_of(number, 0, one));
            give_piece(role, part_of(number, one, two));
            out = flow_step(&pair, role, part_of(number, two, honest[number].len));
        } else {
            out = flow_step(&pair, role, part_of(number, 0, honest[number].len));
        }
    }
    FLOW_CHECK(out.len == 0);
    FLOW_CHECK(pair_complete(&pair));
}

START_TEST(all_splits_are_the_whole)
{
    struct flow flow = flow_at((size_t)_i);
    size_t at, one, two;

    listen(&flow);
    for (at = 0; at < honest_count; at++)
        for (one = HEADER; one < honest[at].len; one++)
            for (two = one; two < honest[at].len; two += 1 + (one != two) * (one % 4)) {
                open_flow(&flow, 4096);
                replay(&flow, at, one, two);
                flow_close(&pair);
            }
}
END_TEST

/* Pieces count as the token that they are: the limit is on tokens. */
START_TEST(pieces_are_one_leg)
{
    struct flow flow = {"match", "A", "A", 0, 1};
    size_t two;

    listen(&flow);
    for (two = HEADER; two < honest[0].len; two++) {
        open_flow(&flow, 4096);
        spnego_ctx_free(pair.ctx[SPNEGO_ACCEPTOR]);
        pair.config[SPNEGO_ACCEPTOR].max_legs = 1;
        ck_assert_int_eq(spnego_ctx_new(&pair.ctx[SPNEGO_ACCEPTOR],
                                        &pair.config[SPNEGO_ACCEPTOR]),
                         SPNEGO_OK);
        replay(&flow, 0, HEADER, two);
        flow_close(&pair);
    }
}
END_TEST

/* Our own pieces: none is larger than the limit, and nothing is complete before
 * the last one is out: flow_step sees to that. */
static size_t max_piece;

static void
measure(void *arg, struct pair_token *token, size_t number)
{
    (void)arg;
    (void)number;
    FLOW_CHECK(token->len <= max_piece);
}

START_TEST(our_pieces_complete)
{
    struct flow flow = flow_at((size_t)_i);
    struct flow_tape whole, cut;

    open_flow(&flow, 0);
    flow_run(&pair, &flow, &whole, 0, NULL, NULL);
    flow_close(&pair);
    for (max_piece = 6; max_piece <= 64; max_piece += max_piece < 16 ? 1 : 4) {
        open_flow(&flow, max_piece);
        pair.wire = measure;
        flow_run(&pair, &flow, &cut, 0, NULL, NULL);
        flow_fail(&flow, pair_complete(&pair), "not complete, in pieces");
        flow_tape_check(&cut, &whole, flow.name);
        flow_close(&pair);
    }
}
END_TEST

static const struct {
    const char *name;
    const char *octets;
    size_t len;
    size_t max_len;
    enum spnego_status status;
} firsts[] = {
    {"too long", "\x60\x82\x20\x00\x06\x06", 6, 8000, SPNEGO_E_LIMIT},
    {"as long as may be", "\x60\x82\x1f\x3c\x06\x06", 6, 8000, SPNEGO_CONTINUE},
    {"one more", "\x60\x82\x1f\x3d\x06\x06", 6, 8000, SPNEGO_E_LIMIT},
    {"default limit", "\x60\x83\x01\x00\x00\x06", 6, 0, SPNEGO_E_LIMIT},
    {"below it", "\x60\x82\xff\xf0\x06\x06", 6, 0, SPNEGO_CONTINUE},
    {"4 GiB", "\x60\x84\xff\xff\xff\xff\x06", 7, 0, SPNEGO_E_LIMIT},
    {"2 GiB, a reply", "\xa1\x84\x7f\xff\xff\xff\x30", 7, 0, SPNEGO_E_LIMIT},
    {"two octets", "\x60\x50", 2, 0, SPNEGO_CONTINUE},
    {"an overrun inside", "\x60\x20\x06\x06\x2b\x06\x01\x05\x05\x02\xa0\x30", 12, 0,
     SPNEGO_CONTINUE},
};

START_TEST(announced_lengths)
{
    struct spnego_slice in = {(const uint8_t *)firsts[_i].octets, firsts[_i].len}, out;
    struct flow flow = {"cap", "A", "A", 0, 1};

    flow_init(&pair, &flow);
    pair.config[SPNEGO_ACCEPTOR].max_fragment = 64;
    pair.config[SPNEGO_ACCEPTOR].max_len = firsts[_i].max_len;
    flow_open(&pair);
    out = flow_step(&pair, SPNEGO_ACCEPTOR, in);
    ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], firsts[_i].status);
    if (firsts[_i].status == SPNEGO_CONTINUE)
        ck_assert_uint_eq(out.len, 0);
    flow_close(&pair);
}
END_TEST

/* A second piece that is not what it should be. */
START_TEST(wrong_pieces_fail)
{
    struct flow flow = {"wrong pieces", "A", "A", 0, 1};
    uint8_t longer[160];
    struct spnego_slice in = {longer, 0};
    size_t cut;

    listen(&flow);
    for (cut = HEADER; cut < honest[0].len; cut++) {
        open_flow(&flow, 4096);
        give_piece(SPNEGO_ACCEPTOR, part_of(0, 0, cut));
        flow_step(&pair, SPNEGO_ACCEPTOR, nothing);
        ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_E_MALFORMED);
        flow_close(&pair);

        open_flow(&flow, 4096);
        give_piece(SPNEGO_ACCEPTOR, part_of(0, 0, cut));
        in.len = honest[0].len - cut + 1;
        memcpy(longer, honest[0].octets + cut, in.len - 1);
        longer[in.len - 1] = 0;
        flow_step(&pair, SPNEGO_ACCEPTOR, in);
        ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_E_MALFORMED);
        flow_close(&pair);

        open_flow(&flow, 4096); /* the first piece again */
        give_piece(SPNEGO_ACCEPTOR, part_of(0, 0, cut));
        flow_step(&pair, SPNEGO_ACCEPTOR, part_of(0, 0, honest[0].len));
        ck_assert_int_lt(pair.status[SPNEGO_ACCEPTOR], 0);
        flow_close(&pair);
    }
}
END_TEST

/* Without max_fragment every cut is an error, and says that more may help. */
START_TEST(pieces_are_not_taken_unasked)
{
    struct flow flow = {"whole tokens", "AB", "AB", FLOW_REQUIRE, 2};
    size_t cut;

    listen(&flow);
    for (cut = 1; cut < honest[0].len; cut++) {
        open_flow(&flow, 0);
        flow_step(&pair, SPNEGO_ACCEPTOR, part_of(0, 0, cut));
        ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_E_TRUNCATED);
        flow_check_ended(&pair, SPNEGO_ACCEPTOR);
        flow_close(&pair);
    }
}
END_TEST

/* Where pieces of ours wait, only an empty token may come.  After another one the
 * negotiation is over: it says reject, in pieces, and nothing after that. */
static void
interrupt(enum spnego_role role, struct spnego_slice in)
{
    static const uint8_t reject[] = {0xa1, 7, 0x30, 5, 0xa0, 3, 10, 1, 2};
    struct spnego_slice out = flow_step(&pair, role, in);
    uint8_t said[64];
    size_t len = 0, steps;

    for (steps = 0; out.len > 0; steps++) {
        ck_assert_uint_lt(len + out.len, sizeof(said));
        memcpy(said + len, out.ptr, out.len);
        len += out.len;
        if (pair.status[role] != SPNEGO_CONTINUE)
            break;
        out = flow_step(&pair, role, nothing);
    }
    ck_assert_int_lt(pair.status[role], 0);
    ck_assert_uint_eq(len, sizeof(reject));
    ck_assert_mem_eq(said, reject, sizeof(reject));
    flow_check_ended(&pair, role);
}

START_TEST(interrupted_pieces_end_it)
{
    struct flow flow = {"interrupted", "AB", "AB", FLOW_REQUIRE, (unsigned)_i};
    unsigned steps;
    enum spnego_role role;

    for (steps = 1; steps < 100; steps++) {
        open_flow(&flow, 8);
        flow_run(&pair, &flow, NULL, steps, NULL, NULL);
        if (pair_complete(&pair)) {
            flow_close(&pair);
            return;
        }
        role = steps % 2 == 1 ? SPNEGO_INITIATOR : SPNEGO_ACCEPTOR; /* who spoke last */
        if (spnego_fragment_pending(pair.ctx[role]))
            interrupt(role, part_of(0, 0, 1 + (honest[0].len > 0)));
        flow_close(&pair);
    }
    ck_abort_msg("it does not end");
}
END_TEST

/* It failed, and the reject waits in pieces: whoever goes on talking gets an
 * error, not another reject each time.  S9. */
START_TEST(a_reject_in_pieces_is_the_last)
{
    static const uint8_t garbage[] = {0xff, 0xff};
    const struct spnego_slice in = {garbage, sizeof(garbage)};
    struct flow flow = {"reject in pieces", "A", "A", 0, 1};
    struct spnego_slice out;
    size_t said = 0;
    int i;

    open_flow(&flow, 6);
    for (i = 0; i < 100; i++) {
        enum spnego_status status = spnego_ctx_step(pair.ctx[SPNEGO_ACCEPTOR], &out, in);

        said += out.len;
        if (status < 0)
            break;
    }
    ck_assert_msg(i < 100, "100 tokens were answered, with %zu octets", said);
    ck_assert_uint_le(said, 9);
    flow_close(&pair);
}
END_TEST

Suite *
negotiate_fragments_suite(void)
{
    Suite *suite = suite_create("negotiate_fragments");
    TCase *cases = tcase_create("pieces");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, all_splits_are_the_whole, 0, (int)flow_count());
    tcase_add_test(cases, pieces_are_one_leg);
    tcase_add_loop_test(cases, our_pieces_complete, 0, (int)flow_count());
    tcase_add_loop_test(cases, announced_lengths, 0, sizeof(firsts) / sizeof(firsts[0]));
    tcase_add_test(cases, wrong_pieces_fail);
    tcase_add_test(cases, pieces_are_not_taken_unasked);
    tcase_add_loop_test(cases, interrupted_pieces_end_it, 1, 5);
    tcase_add_test(cases, a_reject_in_pieces_is_the_last);
    suite_add_tcase(suite, cases);
    return suite;
}
