/* test_negotiate_export.c: a negotiation that another process goes on with says
 * what it would have said; and what is damaged on the way is not taken. */
#include "context.h"
#include "flow.h"

#include <stdlib.h>
#include <string.h>

Suite *negotiate_export_suite(void);

#define BLOB 1024
#define CRC 4
#define VERSION_AT 4 /* behind the magic */

static struct pair pair;
static uint8_t blob[BLOB];
static size_t blob_len;

/* CRC-32, and not the library's. */
static void
fix_crc(uint8_t *octets, size_t len)
{
    uint32_t crc = 0xffffffff;
    size_t i;
    int bit;

    for (i = 0; i < len - CRC; i++)
        for (bit = 0; bit < 8; bit++)
            crc =
                (crc >> 1) ^ (((crc ^ (uint32_t)(octets[i] >> bit)) & 1) != 0 ? 0xedb88320 : 0);
    for (i = 0; i < CRC; i++)
        octets[len - CRC + i] = (uint8_t)(~crc >> 8 * i & 0xff);
}

static void
export_side(struct pair *from, enum spnego_role role)
{
    struct spnego_buf out = {blob, sizeof(blob), 0, NULL};
    enum spnego_status status = spnego_ctx_export(from->ctx[role], &out);

    if (status != SPNEGO_OK)
        ck_abort_msg("not exported: %s", spnego_status_name(status));
    blob_len = out.len;
}

/* Imports octets of exactly `len`. */
static enum spnego_status
import(struct spnego_ctx **out, const struct spnego_config *config, const uint8_t *octets,
       size_t len)
{
    uint8_t *copy = malloc(len > 0 ? len : 1);
    struct spnego_slice state = {copy, len};
    enum spnego_status status;

    FLOW_CHECK(copy != NULL);
    memcpy(copy, octets, len);
    *out = (struct spnego_ctx *)copy; /* anything */
    status = spnego_ctx_import(out, config, state);
    free(copy);
    FLOW_CHECK((status == SPNEGO_OK) == (*out != NULL));
    return status;
}

/* When a side is moved: before each step, or before step `only`. */
struct move {
    bool side[2];
    unsigned step, only;
};
#define ALWAYS 1000u

static void
move_side(void *arg, struct pair *moved, enum spnego_role role)
{
    struct move *move = arg;
    unsigned step = move->step++;
    struct spnego_outcome before, after;

    if (!move->side[role] || (move->only != ALWAYS && move->only != step) ||
        moved->ctx[role]->state > SPNEGO_STATES)
        return; /* it has ended, and its last pieces cannot be moved */
    spnego_ctx_outcome(moved->ctx[role], &before);
    export_side(moved, role);
    spnego_ctx_free(moved->ctx[role]);
    FLOW_CHECK(import(&moved->ctx[role], &moved->config[role], blob, blob_len) == SPNEGO_OK);
    spnego_ctx_outcome(moved->ctx[role], &after);
    FLOW_CHECK(before.selected == after.selected && before.mech.len == after.mech.len);
    FLOW_CHECK(before.tokens_in == after.tokens_in && before.octets_out == after.octets_out);
    FLOW_CHECK(before.mech_types.count == after.mech_types.count);
    FLOW_CHECK(before.mic_sent == after.mic_sent && before.tolerated == after.tolerated);
    flow_check(moved, role, (struct spnego_slice){NULL, 0});
}

static void
run_moved(const struct flow *flow, size_t max_fragment, struct flow_tape *tape,
          struct move *move)
{
    flow_init(&pair, flow);
    pair.config[0].max_fragment = max_fragment;
    pair.config[1].max_fragment = max_fragment;
    flow_open(&pair);
    flow_run(&pair, flow, tape, 0, move != NULL ? move_side : NULL, move);
    flow_fail(flow, pair_complete(&pair), "not complete");
    flow_close(&pair);
}

START_TEST(moved_sides_say_the_same)
{
    static const size_t fragments[] = {0, 6};
    struct flow flow = flow_at((size_t)_i);
    struct flow_tape alone, moved;
    struct move move;
    size_t i, only;
    int sides;

    for (i = 0; i < 2; i++) {
        run_moved(&flow, fragments[i], &alone, NULL);
        for (sides = 1; sides <= 3; sides++)
            for (only = sides == 3 ? alone.steps : 0; only <= alone.steps; only++) {
                move.side[0] = (sides & 1) != 0;
                move.side[1] = (sides & 2) != 0;
                move.step = 0;
                move.only = only == alone.steps ? ALWAYS : (unsigned)only;
                run_moved(&flow, fragments[i], &moved, &move);
                flow_tape_check(&moved, &alone, flow.name);
            }
    }
}
END_TEST

/* Where blobs to damage come from: some steps of a flow. */
static const struct source {
    struct flow flow;
    unsigned steps;
    enum spnego_role role;
    size_t max_fragment;
} sources[] = {
    {{"start", "AB", "AB", 0, 2}, 0, SPNEGO_INITIATOR, 0},
    {{"select", "AB", "B", 0, 3}, 1, SPNEGO_INITIATOR, 0},
    {{"mech", "AB", "AB", 0, 4}, 3, SPNEGO_INITIATOR, 0},
    {{"mic", "AB", "AB", FLOW_REQUIRE, 3}, 3, SPNEGO_INITIATOR, 0},
    {{"pieces wait", "AB", "AB", 0, 2}, 3, SPNEGO_INITIATOR, 8},
    {{"start", "AB", "AB", 0, 2}, 0, SPNEGO_ACCEPTOR, 0},
    {{"hint given", "AB", "BA", FLOW_HINT, 2}, 1, SPNEGO_ACCEPTOR, 0},
    {{"mech", "AB", "B", 0, 3}, 2, SPNEGO_ACCEPTOR, 0},
    {{"mic", "AB", "AB", FLOW_REQUIRE, 2}, 2, SPNEGO_ACCEPTOR, 0},
    {{"pieces came", "AB", "AB", 0, 2}, 4, SPNEGO_ACCEPTOR, 8},
};
#define ALL_CHANGES 1 /* of this source every octet takes every value */
#define SOURCES (sizeof(sources) / sizeof(sources[0]))

/* pair is what was exported, and must be closed. */
static void
make_blob(const struct source *source)
{
    flow_init(&pair, &source->flow);
    pair.config[0].max_fragment = source->max_fragment;
    pair.config[1].max_fragment = source->max_fragment;
    flow_open(&pair);
    if (source->steps > 0)
        flow_run(&pair, &source->flow, NULL, source->steps, NULL, NULL);
    export_side(&pair, source->role);
}

START_TEST(damaged_blobs_are_refused)
{
    const struct source *source = &sources[_i];
    const struct spnego_config *config = &pair.config[source->role];
    struct spnego_ctx *ctx;
    unsigned change;
    size_t at;

    make_blob(source);
    for (at = 0; at < blob_len; at++)
        for (change = 1; change < 256; change += _i == ALL_CHANGES ? 1 : 19) {
            blob[at] ^= (uint8_t)change;
            FLOW_CHECK(import(&ctx, config, blob, blob_len) == SPNEGO_E_MALFORMED);
            blob[at] ^= (uint8_t)change;
        }
    for (at = 0; at < blob_len; at++)
        FLOW_CHECK(import(&ctx, config, blob, at) == SPNEGO_E_MALFORMED);
    memset(blob + blob_len, 0, 9);
    for (at = 1; at < 9; at++)
        FLOW_CHECK(import(&ctx, config, blob, blob_len + at) == SPNEGO_E_MALFORMED);
    flow_close(&pair);
}
END_TEST

/* What comes behind an import of lies: tokens of an honest peer and others. */
static void
drive_on(const struct source *source, struct spnego_ctx *lied)
{
    static const uint8_t resps[][9] = {{0xa1, 7, 0x30, 5, 0xa0, 3, 10, 1, 0},
                                       {0xa1, 7, 0x30, 5, 0xa0, 3, 10, 1, 1},
                                       {0xa1, 7, 0x30, 5, 0xa2, 3, 4, 1, 0},
                                       {0xa1, 7, 0x30, 5, 0xa3, 3, 4, 1, 1},
                                       {0xa1, 2, 0x30, 0}};
    struct pair lying;
    unsigned living = pair.living;
    size_t i;

    memset(&lying, 0, offsetof(struct pair, tokens));
    lying.ctx[source->role] = lied;
    lying.status[source->role] = SPNEGO_CONTINUE;
    for (i = 0; i < 12 && lied->state < SPNEGO_STATES; i++) {
        struct spnego_slice in = {resps[i / 2 % 5], i % 2 == 0 ? 0 : i == 9 ? 4 : 9};

        flow_step(&lying, source->role, in);
    }
    spnego_ctx_free(lied);
    FLOW_CHECK(pair.living <= living);
}

static unsigned
import_lie(const struct source *source)
{
    struct spnego_ctx *ctx;
    enum spnego_status status;

    fix_crc(blob, blob_len);
    status = import(&ctx, &pair.config[source->role], blob, blob_len);
    if (status == SPNEGO_OK)
        drive_on(source, ctx);
    else if (status != SPNEGO_E_MALFORMED && status != SPNEGO_E_UNSUPPORTED &&
             status != SPNEGO_E_MECH && status != SPNEGO_E_LIMIT)
        ck_abort_msg("%s: %s", source->flow.name, spnego_status_name(status));
    return status == SPNEGO_OK;
}

/* With its checksum put right a lie may be believed, but does no harm. */
START_TEST(lies_do_no_harm)
{
    static const uint8_t values[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 0x30, 0x40, 0x7f, 0x80, 0xff};
    const struct source *source = &sources[_i];
    unsigned believed = 0;
    size_t at, i;
    uint8_t octet;

    make_blob(source);
    ck_assert_uint_eq(import_lie(source), 1); /* the truth, with our checksum */
    for (at = 0; at < blob_len - CRC; at++) {
        octet = blob[at];
        for (i = 0; i < sizeof(values) + 8; i++) {
            unsigned flipped = octet ^ 1u << (i % 8);

            blob[at] = i < sizeof(values) ? values[i] : (uint8_t)flipped;
            believed += import_lie(source);
        }
        blob[at] = octet;
    }
    ck_assert_uint_gt(believed, 0);
    flow_close(&pair);
}
END_TEST

START_TEST(many_lies_do_no_harm)
{
    const struct source *source = &sources[_i];
    uint8_t truth[BLOB];
    unsigned turn, i, lies;

    srand(4178 + (unsigned)_i);
    make_blob(source);
    memcpy(truth, blob, blob_len);
    for (turn = 0; turn < 2000; turn++) {
        lies = 2 + (unsigned)rand() % 4;
        for (i = 0; i < lies; i++)
            blob[10 + (size_t)rand() % (blob_len - 10 - CRC)] =
                (uint8_t)(rand() % 3 == 0 ? rand() % 256 : rand() % 4);
        import_lie(source);
        memcpy(blob, truth, blob_len);
    }
    flow_close(&pair);
}
END_TEST

START_TEST(only_under_the_same_configuration)
{
    const struct source *source = &sources[_i];
    enum spnego_role role = source->role;
    struct spnego_config config;
    struct spnego_offer offers[3] = {{NULL, NULL}};
    struct spnego_ctx *ctx;

    make_blob(source);
    config = pair.config[role];
    config.role = role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    ck_assert_int_eq(import(&ctx, &config, blob, blob_len), SPNEGO_E_UNSUPPORTED);

    config = pair.config[role];
    memcpy(offers, config.offers, config.num_offers * sizeof(offers[0]));
    config.offers = offers;
    ck_assert_int_eq(import(&ctx, &config, blob, blob_len), SPNEGO_OK);
    spnego_ctx_free(ctx);
    offers[0].ops = &toy_d; /* another */
    ck_assert_int_eq(import(&ctx, &config, blob, blob_len), SPNEGO_E_UNSUPPORTED);
    offers[0].ops = config.num_offers > 1 ? offers[1].ops : &toy_c; /* another order */
    offers[1].ops = pair.offers[role][0].ops;
    ck_assert_int_eq(import(&ctx, &config, blob, blob_len), SPNEGO_E_UNSUPPORTED);
    offers[0] = pair.offers[role][0]; /* one more */
    offers[1] = pair.offers[role][1];
    offers[config.num_offers] = (struct spnego_offer){&toy_d, offers[0].cred};
    config.num_offers++;
    ck_assert_int_eq(import(&ctx, &config, blob, blob_len), SPNEGO_E_UNSUPPORTED);

    blob[VERSION_AT]++;
    fix_crc(blob, blob_len);
    ck_assert_int_eq(import(&ctx, &pair.config[role], blob, blob_len), SPNEGO_E_UNSUPPORTED);
    flow_close(&pair);
}
END_TEST

/* A fixed buffer that is too small, with something in it before. */
START_TEST(small_buffers_say_what_is_needed)
{
    const struct source *source = &sources[_i];
    uint8_t room[BLOB + 4];
    struct spnego_buf out = {room, 0, 0, NULL};
    size_t cap;

    make_blob(source);
    for (cap = 3; cap < blob_len + 3; cap++) {
        out.cap = cap;
        out.len = 3;
        memset(room, 0xee, sizeof(room));
        FLOW_CHECK(spnego_ctx_export(pair.ctx[source->role], &out) == SPNEGO_E_SPACE);
        FLOW_CHECK(out.len == blob_len + 3);
        FLOW_CHECK(room[2] == 0xee && room[cap] == 0xee);
    }
    out.cap = cap;
    out.len = 3;
    ck_assert_int_eq(spnego_ctx_export(pair.ctx[source->role], &out), SPNEGO_OK);
    ck_assert_uint_eq(out.len, blob_len + 3);
    ck_assert_mem_eq(room + 3, blob, blob_len);
    flow_close(&pair);
}
END_TEST

/* A mechanism that cannot be exported. */
START_TEST(mechanisms_that_stay)
{
    struct flow flow = {"stays", "A", "A", 0, 3};
    struct spnego_mech_ops stays = toy_a;
    struct spnego_buf out = {blob, sizeof(blob), 7, NULL};
    int role, lacks;

    for (role = 0; role < 2; role++)
        for (lacks = 0; lacks < 2; lacks++) {
            stays.export_state = lacks == 0 ? NULL : toy_a.export_state;
            stays.import_state = lacks == 1 ? NULL : toy_a.import_state;
            flow_init(&pair, &flow);
            pair.offers[role][0].ops = &stays;
            flow_open(&pair);
            export_side(&pair, (enum spnego_role)role); /* nothing has begun */
            flow_run(&pair, &flow, NULL, 2, NULL, NULL);
            ck_assert_int_eq(spnego_ctx_export(pair.ctx[role], &out), SPNEGO_E_UNSUPPORTED);
            ck_assert_uint_eq(out.len, 7);
            flow_close(&pair);
        }
}
END_TEST

/* The end is not for export, also while its last pieces wait. */
START_TEST(what_has_ended_stays)
{
    struct flow flow = {"ended", "A", "A", 0, 1};
    struct spnego_buf out = {blob, sizeof(blob), 0, NULL};
    size_t cut;

    for (cut = 0; cut <= 8; cut += 8) {
        flow_init(&pair, &flow);
        pair.config[SPNEGO_ACCEPTOR].max_fragment = cut;
        flow_open(&pair);
        flow_run(&pair, &flow, NULL, 2, NULL, NULL);
        ck_assert_int_eq(spnego_ctx_mech(pair.ctx[SPNEGO_ACCEPTOR]) == NULL, cut != 0);
        ck_assert_int_eq(spnego_ctx_export(pair.ctx[SPNEGO_ACCEPTOR], &out), SPNEGO_E_STATE);
        ck_assert_uint_eq(out.len, 0);
        flow_close(&pair);
    }
}
END_TEST

Suite *
negotiate_export_suite(void)
{
    Suite *suite = suite_create("negotiate_export");
    TCase *cases = tcase_create("export");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, moved_sides_say_the_same, 0, (int)flow_count());
    tcase_add_loop_test(cases, damaged_blobs_are_refused, 0, (int)SOURCES);
    tcase_add_loop_test(cases, lies_do_no_harm, 0, (int)SOURCES);
    tcase_add_loop_test(cases, many_lies_do_no_harm, 0, (int)SOURCES);
    tcase_add_loop_test(cases, only_under_the_same_configuration, 0, (int)SOURCES);
    tcase_add_loop_test(cases, small_buffers_say_what_is_needed, 0, (int)SOURCES);
    tcase_add_test(cases, mechanisms_that_stay);
    tcase_add_test(cases, what_has_ended_stays);
    suite_add_tcase(suite, cases);
    return suite;
}
