/* test_negotiate_first.c: what an acceptor makes of the first token, and what
 * selects a mechanism: its identifier in mechTypes, all of it, and nothing else. */
#include "flow.h"

#include <spnego/codec.h>
#include <stdlib.h>
#include <string.h>

Suite *negotiate_first_suite(void);

static struct pair pair;
static uint8_t room[512];

static const uint8_t unknown[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x63};
static const uint8_t garbage[] = {0xde, 0xad};
/* A's first token of 1 and of 3 hops. */
static const uint8_t token_1[] = {0x60, 9, 6, 6, 0x69, 0x85, 0xa2, 0xc0, 0xac, 0x66, 0};
static const uint8_t token_3[] = {0x60, 9, 6, 6, 0x69, 0x85, 0xa2, 0xc0, 0xac, 0x66, 2};

#define SLICE(array)                                                                           \
    (struct spnego_slice)                                                                      \
    {                                                                                          \
        array, sizeof(array)                                                                   \
    }
static const struct spnego_slice nothing = {NULL, 0};

/* Writes a NegTokenInit; what is NULL and not empty is left out. */
static struct spnego_slice
make_init(const struct spnego_slice *oids, size_t count, const struct spnego_slice *token,
          const struct spnego_slice *mic)
{
    struct spnego_negotiation_token written;
    struct spnego_neg_token_init *init = &written.u.neg_token_init;
    struct spnego_buf out = {room, sizeof(room), 0, NULL};
    struct spnego_slice result = {room, 0};

    memset(&written, 0, sizeof(written));
    written.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
    init->mech_types.items = oids;
    init->mech_types.count = count;
    init->has_mech_token = token != NULL;
    init->has_mech_list_mic = mic != NULL;
    if (token != NULL)
        init->mech_token = *token;
    if (mic != NULL)
        init->mech_list_mic = *mic;
    FLOW_CHECK(spnego_token_encode(&out, &written) == SPNEGO_OK);
    result.len = out.len;
    return result;
}

/* An acceptor that has A and nothing else takes `in` first. */
static enum spnego_status
accept_first(unsigned tolerate, struct spnego_slice in, struct spnego_negotiation_token *said)
{
    struct spnego_slice out;

    pair_init(&pair, "A", "A", 1);
    pair.config[SPNEGO_ACCEPTOR].tolerate = tolerate;
    flow_open(&pair);
    out = flow_step(&pair, SPNEGO_ACCEPTOR, in);
    memset(said, 0, sizeof(*said));
    if (out.len > 0)
        FLOW_CHECK(spnego_token_decode(said, out, NULL) == SPNEGO_OK);
    if (pair.status[SPNEGO_ACCEPTOR] < 0)
        flow_check_ended(&pair, SPNEGO_ACCEPTOR);
    return pair.status[SPNEGO_ACCEPTOR];
}

/* bugs.md, row 21.  Of a token that is not the first choice's nothing is seen. */
enum place { FIRST, LATER, NONE, PLACES };
enum part { ABSENT, EMPTY, GARBAGE, GOOD, PARTS };

static enum spnego_status
expect_first(enum place place, enum part token, unsigned hops, enum part mic)
{
    if (place == NONE)
        return SPNEGO_E_NO_MECH;
    if (place == LATER)
        return SPNEGO_CONTINUE;
    if (token == ABSENT || token == EMPTY)
        return mic == ABSENT ? SPNEGO_CONTINUE : SPNEGO_E_MALFORMED;
    if (token == GARBAGE)
        return SPNEGO_E_MECH;
    if (hops > 1)
        return mic == ABSENT ? SPNEGO_CONTINUE : SPNEGO_E_MALFORMED;
    return mic == ABSENT || mic == GOOD ? SPNEGO_OK : SPNEGO_E_INTEGRITY;
}

static void
check_first_reply(enum place place, enum part token,
                  const struct spnego_negotiation_token *said)
{
    const struct spnego_neg_token_resp *resp = &said->u.neg_token_resp;
    enum spnego_status status = pair.status[SPNEGO_ACCEPTOR];

    ck_assert_int_eq(said->kind, SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);
    ck_assert(resp->has_neg_state);
    if (status < 0) {
        ck_assert_int_eq(resp->neg_state, SPNEGO_NEG_STATE_REJECT);
        ck_assert(!resp->has_supported_mech);
        return;
    }
    ck_assert(resp->has_supported_mech);
    ck_assert_mem_eq(resp->supported_mech.ptr, toy_a.oid.ptr, toy_a.oid.len);
    ck_assert_int_eq(resp->neg_state, status == SPNEGO_OK ? SPNEGO_NEG_STATE_ACCEPT_COMPLETED
                                      : place == LATER    ? SPNEGO_NEG_STATE_REQUEST_MIC
                                                          : SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE);
    ck_assert_int_eq(resp->has_response_token,
                     status == SPNEGO_CONTINUE && place == FIRST && token == GOOD);
}

static void
try_first(enum place place, enum part token, unsigned hops, enum part mic)
{
    struct spnego_slice oids[3] = {SLICE(unknown), toy_b.oid, toy_a.oid};
    struct spnego_slice tokens[PARTS] = {nothing, nothing, SLICE(garbage),
                                         hops == 1 ? SLICE(token_1) : SLICE(token_3)};
    struct spnego_slice mics[PARTS] = {nothing, nothing, SLICE(garbage), nothing};
    struct spnego_negotiation_token said;
    uint8_t good[4] = {'M', 'I', 'C', 0xa5};
    size_t count = place == NONE ? 2 : 3, i;
    struct spnego_slice in;

    if (place == FIRST) {
        oids[0] = toy_a.oid;
        oids[2] = SLICE(unknown);
    }
    mics[GOOD] = SLICE(good);
    in = make_init(oids, count, NULL, NULL); /* the list begins at 16 */
    for (i = 16; i < in.len; i++)
        good[3] ^= in.ptr[i];
    in = make_init(oids, count, token == ABSENT ? NULL : &tokens[token],
                   mic == ABSENT ? NULL : &mics[mic]);
    ck_assert_int_eq(accept_first(0, in, &said), expect_first(place, token, hops, mic));
    check_first_reply(place, token, &said);
    flow_close(&pair);
}

START_TEST(first_token_matrix)
{
    int place, token, mic;
    unsigned hops;

    for (place = 0; place < PLACES; place++)
        for (token = 0; token < PARTS; token++)
            for (mic = 0; mic < PARTS; mic++)
                for (hops = 1; hops <= 3; hops += 2)
                    try_first((enum place)place, (enum part)token, hops, (enum part)mic);
}
END_TEST

/* bugs.md, row 53: the identifier in any other place selects nothing. */
START_TEST(only_mech_types_select)
{
    static const uint8_t elsewhere[] = {6,    6,    0x69, 0x85, 0xa2, 0xc0, 0xac, 0x66,
                                        0x69, 0x85, 0xa2, 0xc0, 0xac, 0x66, 'N',  'T',
                                        'L',  'M',  'S',  'S',  'P',  0};
    struct spnego_slice oids[1] = {SLICE(unknown)};
    struct spnego_slice parts[] = {SLICE(elsewhere), SLICE(token_1), toy_a.oid};
    unsigned profiles[] = {0, SPNEGO_TOLERATE_INTEROP | SPNEGO_TOLERATE_NAKED_MECH};
    struct spnego_negotiation_token said;
    size_t i, j;

    for (i = 0; i < 3; i++)
        for (j = 0; j < 2; j++) {
            struct spnego_slice in = make_init(oids, 1, &parts[i], &parts[i]);

            ck_assert_int_eq(accept_first(profiles[j], in, &said), SPNEGO_E_NO_MECH);
            flow_close(&pair);
        }
}
END_TEST

/* The initiator offers A and B; supportedMech is unknown, A stands elsewhere. */
START_TEST(only_supported_mech_chooses)
{
    struct spnego_negotiation_token token;
    struct spnego_neg_token_resp *resp = &token.u.neg_token_resp;
    struct spnego_buf out = {room, sizeof(room), 0, NULL};
    struct spnego_slice in;

    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
    resp->has_neg_state = true;
    resp->neg_state = SPNEGO_NEG_STATE_ACCEPT_COMPLETED;
    resp->has_supported_mech = true;
    resp->supported_mech = SLICE(unknown);
    resp->has_mech_list_mic = true;
    resp->mech_list_mic = toy_a.oid;
    ck_assert_int_eq(spnego_token_encode(&out, &token), SPNEGO_OK);
    in.ptr = room;
    in.len = out.len;
    pair_init(&pair, "AB", "AB", 1);
    pair.config[SPNEGO_INITIATOR].tolerate = SPNEGO_TOLERATE_INTEROP;
    flow_open(&pair);
    flow_step(&pair, SPNEGO_INITIATOR, nothing);
    flow_step(&pair, SPNEGO_INITIATOR, in);
    ck_assert_int_eq(pair.status[SPNEGO_INITIATOR], SPNEGO_E_MALFORMED);
    flow_close(&pair);
}
END_TEST

static enum spnego_status
choose_near_miss(struct spnego_slice oid)
{
    uint8_t octets[64] = {0xa1, 0, 0x30, 0, 0xa0, 3, 10, 1, 3, 0xa1, 0, 6};
    struct spnego_slice in = {octets, 13 + oid.len};

    octets[1] = (uint8_t)(11 + oid.len);
    octets[3] = (uint8_t)(9 + oid.len);
    octets[10] = (uint8_t)(2 + oid.len);
    octets[12] = (uint8_t)oid.len;
    memcpy(octets + 13, oid.ptr, oid.len);
    pair_init(&pair, "A", "A", 2);
    pair.config[SPNEGO_INITIATOR].tolerate = SPNEGO_TOLERATE_INTEROP;
    flow_open(&pair);
    flow_step(&pair, SPNEGO_INITIATOR, nothing);
    flow_step(&pair, SPNEGO_INITIATOR, in);
    return pair.status[SPNEGO_INITIATOR];
}

/* Adds to all lengths around the identifier. */
static void
fix_lengths(size_t more)
{
    static const uint8_t at[] = {1, 11, 13, 15, 17, 19};
    size_t i;

    for (i = 0; i < sizeof(at); i++)
        room[at[i]] = (uint8_t)(room[at[i]] + more);
}

static void
miss_nearly(struct spnego_slice oid)
{
    struct spnego_negotiation_token said;
    struct spnego_slice token = SLICE(token_1), in = make_init(&toy_a.oid, 1, &token, NULL);
    size_t behind = 20 + toy_a.oid.len; /* the list's only identifier begins at 20 */
    enum spnego_status status;

    memmove(room + 20 + oid.len, room + behind, in.len - behind);
    memcpy(room + 20, oid.ptr, oid.len);
    fix_lengths(oid.len - toy_a.oid.len);
    in.len += oid.len - toy_a.oid.len;
    status = accept_first(SPNEGO_TOLERATE_INTEROP, in, &said);
    FLOW_CHECK(status == SPNEGO_E_NO_MECH || status == SPNEGO_E_MALFORMED);
    flow_close(&pair);
    FLOW_CHECK(choose_near_miss(oid) == SPNEGO_E_MALFORMED);
    flow_close(&pair);
}

/* bugs.md, row 34: each octet changed, each length but the right one. */
START_TEST(near_misses_miss)
{
    uint8_t octets[8] = {0x69, 0x85, 0xa2, 0xc0, 0xac, 0x66, 0x01, 0x01};
    struct spnego_slice oid = {octets, 6};
    unsigned change;
    size_t at;

    for (at = 0; at < 6; at++)
        for (change = 1; change < 256; change++) {
            octets[at] ^= (uint8_t)change;
            miss_nearly(oid);
            octets[at] ^= (uint8_t)change;
        }
    for (oid.len = 1; oid.len <= 8; oid.len++)
        if (oid.len != 6)
            miss_nearly(oid);
}
END_TEST

/* S6: ten identifiers that nobody knows stand in front; it completes all the
 * same, with MICs. */
START_TEST(unknown_mechanisms_are_skipped)
{
    uint8_t names[10][9], last[32] = {0xa1, 30, 0x30, 28, 0xa0, 3, 10, 1, 1, 0xa2, 13, 4, 11};
    uint8_t end[] = {0xa3, 6, 4, 4};
    struct spnego_slice oids[11], in = {last, 32};
    struct spnego_negotiation_token said;
    struct spnego_outcome outcome;
    size_t i, j;

    srand(4178);
    for (i = 0; i < 10; i++) {
        names[i][0] = 0x2b;
        for (j = 1; j < 9; j++)
            names[i][j] = (uint8_t)(1 + rand() % 127);
        oids[i] = SLICE(names[i]);
    }
    oids[10] = toy_a.oid;
    in = make_init(oids, 11, NULL, NULL);
    ck_assert_int_eq(accept_first(0, in, &said), SPNEGO_CONTINUE);
    ck_assert_int_eq(said.u.neg_token_resp.neg_state, SPNEGO_NEG_STATE_REQUEST_MIC);
    memcpy(last + 13, token_1, 11);
    memcpy(last + 24, end, 4);
    flow_mic(last + 28, pair.ctx[SPNEGO_ACCEPTOR]);
    in.ptr = last;
    in.len = 32;
    flow_step(&pair, SPNEGO_ACCEPTOR, in);
    ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_OK);
    spnego_ctx_outcome(pair.ctx[SPNEGO_ACCEPTOR], &outcome);
    ck_assert(outcome.mic_sent && outcome.mic_verified && !outcome.first_choice);
    ck_assert_uint_eq(outcome.mech_types.count, 11);
    flow_close(&pair);
}
END_TEST

Suite *
negotiate_first_suite(void)
{
    Suite *suite = suite_create("negotiate_first");
    TCase *cases = tcase_create("first token");

    tcase_add_test(cases, first_token_matrix);
    tcase_add_test(cases, only_mech_types_select);
    tcase_add_test(cases, only_supported_mech_chooses);
    tcase_add_test(cases, near_misses_miss);
    tcase_add_test(cases, unknown_mechanisms_are_skipped);
    suite_add_tcase(suite, cases);
    return suite;
}
