/* test_sanon_hostile.c: SAnon-X25519 with tokens that nobody honest sends. */
#include "../../runtime/adapters/sanon_keys.h"
#include "../unit/octets.h"
#include "sanon_side.h"

#include <openssl/err.h>

static struct side initiator, acceptor;
static const struct spnego_slice nothing = {NULL, 0};
static const struct spnego_slice something = {(const uint8_t *)"something", 9};

static void
setup(void)
{
    memset(&initiator, 0, sizeof(initiator));
    memset(&acceptor, 0, sizeof(acceptor));
}

static void
teardown(void)
{
    side_close(&initiator);
    side_close(&acceptor);
    octets_release();
    ck_assert_uint_eq(ERR_peek_error(), 0);
}

/* Both begin anew; the initiator has spoken, with flags if there are any. */
static void
begin_anew(uint64_t flags)
{
    teardown();
    initiator.cred.flags = flags;
    side_begin(&initiator, &acceptor);
}

/* The first octets of what `side` said, in a copy of that size: beyond `side->len` with
 * zeros. */
static struct spnego_slice
cut(const struct side *side, size_t len)
{
    return octets_copy((struct spnego_slice){side->said, len});
}

/* Whatever an acceptor takes of what was changed, the initiator finds it. */
static void
check_found(struct spnego_slice token)
{
    enum spnego_status status = side_step(&acceptor, token);

    if (status == SPNEGO_OK)
        ck_assert_int_eq(side_step(&initiator, side_said(&acceptor)), SPNEGO_E_INTEGRITY);
    else
        ck_assert_int_eq(status, SPNEGO_E_MALFORMED);
}

START_TEST(each_bit_of_the_first_token)
{
    uint64_t flags = _i == 0 ? 0 : SPNEGO_SANON_IDENTIFY;
    size_t bit, bits;

    begin_anew(flags);
    bits = 8 * initiator.len;
    for (bit = 0; bit < bits; bit++) {
        begin_anew(flags);
        initiator.said[bit / 8] ^= (uint8_t)(1 << bit % 8);
        check_found(cut(&initiator, initiator.len));
    }
}
END_TEST

START_TEST(each_bit_of_the_second_token)
{
    size_t bit;

    for (bit = 0; bit < 8 * ACCEPTOR_TOKEN; bit++) {
        begin_anew(0);
        ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_OK);
        acceptor.said[bit / 8] ^= (uint8_t)(1 << bit % 8);
        ck_assert_int_eq(side_step(&initiator, cut(&acceptor, ACCEPTOR_TOKEN)),
                         SPNEGO_E_INTEGRITY);
    }
}
END_TEST

START_TEST(lengths)
{
    size_t len;

    for (len = 0; len < sizeof(initiator.said); len++) {
        begin_anew(0);
        if (len != INITIATOR_TOKEN)
            ck_assert_int_eq(side_step(&acceptor, cut(&initiator, len)), SPNEGO_E_MALFORMED);
        begin_anew(0);
        ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_OK);
        if (len == ACCEPTOR_TOKEN)
            continue;
        ck_assert_int_eq(side_step(&initiator, cut(&acceptor, len)), SPNEGO_E_MALFORMED);
        ck_assert_str_eq(initiator.why, "there are not 64 octets in the acceptor's token");
    }
}
END_TEST

/* With the frame's length to match, only 8 octets more can be read; and that they are
 * zeros is as if they were not there. */
START_TEST(lengths_in_the_frame)
{
    uint8_t len;

    for (len = 0; len <= 100; len++) {
        begin_anew(0);
        initiator.said[1] = (uint8_t)(12 + len);
        if (len == 32 || len == 40) {
            ck_assert_int_eq(side_step(&acceptor, cut(&initiator, 14u + len)), SPNEGO_OK);
            ck_assert_int_eq(side_step(&initiator, side_said(&acceptor)), SPNEGO_OK);
            continue;
        }
        ck_assert_int_eq(side_step(&acceptor, cut(&initiator, 14u + len)), SPNEGO_E_MALFORMED);
        ck_assert_str_eq(acceptor.why, "there are not 32 or 40 octets in the frame");
    }
    begin_anew(0);
    initiator.said[13] ^= 1;
    ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_E_MALFORMED);
    ck_assert_str_eq(acceptor.why, "the token has no frame of SAnon-X25519");
}
END_TEST

/* The points whose order is 1, 2, 4 or 8; the last two are 0 and 1 again, plus 2^255 - 19. */
static const char *const low_order[] = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
};

START_TEST(points_of_low_order)
{
    uint8_t high;

    for (high = 0; high <= 0x80; high = (uint8_t)(high + 0x80)) {
        begin_anew(0);
        memcpy(initiator.said + 14, octets(low_order[_i]).ptr, 32);
        initiator.said[45] |= high;
        ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_E_MALFORMED);
        ck_assert_str_eq(acceptor.why, "the peer's public key is a point of low order");
        begin_anew(0);
        ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_OK);
        memcpy(acceptor.said, octets(low_order[_i]).ptr, 32);
        acceptor.said[31] |= high;
        ck_assert_int_eq(side_step(&initiator, side_said(&acceptor)), SPNEGO_E_MALFORMED);
        ck_assert_str_eq(initiator.why, "the peer's public key is a point of low order");
        if (high == 0x80)
            break;
    }
}
END_TEST

/* An initiator speaks first, and nobody after the last token. */
START_TEST(steps_out_of_turn)
{
    struct spnego_buf state = {initiator.said, sizeof(initiator.said), 0, NULL};
    struct spnego_key key;

    side_open(&initiator, SPNEGO_INITIATOR);
    ck_assert_int_eq(side_step(&initiator, something), SPNEGO_E_MECH);
    ck_assert_str_eq(initiator.why, "an initiator speaks first");
    ck_assert_int_eq(spnego_sanon.export_state(initiator.mech, &state), SPNEGO_E_MECH);
    side_close(&initiator);
    side_begin(&initiator, &acceptor);
    side_finish(&initiator, &acceptor);
    ck_assert_int_eq(side_step(&acceptor, something), SPNEGO_E_MECH);
    ck_assert_str_eq(acceptor.why, "there was a last token already");
    ck_assert_int_eq(spnego_sanon_key(acceptor.mech, &key), SPNEGO_E_STATE);
    ck_assert_int_eq(side_sign(&acceptor, something), SPNEGO_E_MECH);
}
END_TEST

static enum spnego_status
check_mic(struct side *side, struct spnego_slice mic)
{
    return spnego_sanon.check_mic(side->mech, nothing, mic);
}

/* The MIC of a finished pair, with each of its bits changed, and in each length. */
START_TEST(broken_mics)
{
    struct spnego_slice mic;
    size_t i;

    side_begin(&initiator, &acceptor);
    side_finish(&initiator, &acceptor);
    ck_assert_int_eq(side_sign(&initiator, nothing), SPNEGO_OK);
    for (i = 0; i < 8 * 32; i++) {
        mic = cut(&initiator, 32);
        ((uint8_t *)mic.ptr)[i / 8] ^= (uint8_t)(1 << i % 8);
        ck_assert_int_eq(check_mic(&acceptor, mic), SPNEGO_E_INTEGRITY);
    }
    for (i = 0; i < sizeof(initiator.said); i++)
        if (i != 32)
            ck_assert_int_eq(check_mic(&acceptor, cut(&initiator, i)), SPNEGO_E_INTEGRITY);
    ck_assert_int_eq(check_mic(&acceptor, cut(&initiator, 32)), SPNEGO_OK);
}
END_TEST

/* RFC 4121 4.2.2: flags of the future are ignored, but a MIC is never sealed. */
START_TEST(unknown_flags_of_a_mic)
{
    struct spnego_sanon_keys keys;
    struct spnego_key base;
    uint8_t mic[SPNEGO_SANON_MIC];

    side_begin(&initiator, &acceptor);
    side_finish(&initiator, &acceptor);
    ck_assert_int_eq(spnego_sanon_key(acceptor.mech, &base), SPNEGO_OK);
    memcpy(keys.base, base.octets.ptr, sizeof(keys.base));
    ck_assert_int_eq(spnego_sanon_mic(mic, &keys, SPNEGO_INITIATOR, 0, 0x02, nothing),
                     SPNEGO_OK);
    ck_assert_int_eq(check_mic(&acceptor, (struct spnego_slice){mic, sizeof(mic)}),
                     SPNEGO_E_INTEGRITY);
    ck_assert_int_eq(spnego_sanon_mic(mic, &keys, SPNEGO_INITIATOR, 0, 0xf8, nothing),
                     SPNEGO_OK);
    ck_assert_uint_eq(mic[2], 0xfc);
    ck_assert_int_eq(check_mic(&acceptor, (struct spnego_slice){mic, sizeof(mic)}), SPNEGO_OK);
}
END_TEST

/* A version of the future, and states that its side cannot be in. */
START_TEST(states_that_cannot_be)
{
    static const struct {
        uint8_t at, octet;
    } changes[] = {{0, 2}, {1, 0}, {1, 2}, {2, 1}, {2, 3}, {2, 255}};
    uint8_t room[128];
    struct spnego_buf state = {room, sizeof(room), 0, NULL};
    struct spnego_slice changed;
    size_t i;

    side_open(&acceptor, SPNEGO_ACCEPTOR);
    ck_assert_int_eq(spnego_sanon.export_state(acceptor.mech, &state), SPNEGO_OK);
    for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
        void *mech = NULL;

        changed = octets_copy((struct spnego_slice){room, state.len});
        ((uint8_t *)changed.ptr)[changes[i].at] = changes[i].octet;
        ck_assert_int_eq(spnego_sanon.import_state(&mech, NULL, SPNEGO_ACCEPTOR, changed),
                         SPNEGO_E_MECH);
        ck_assert_ptr_null(mech);
    }
}
END_TEST

static uint32_t
random_below(uint32_t limit)
{
    static uint64_t state = 88172645463325252u;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % limit;
}

/* Changes, inserts or takes away a few octets. */
static struct spnego_slice
mutate(struct spnego_slice token)
{
    uint8_t room[160];
    uint32_t times = 1 + random_below(4), at;
    size_t len = token.len;

    memcpy(room, token.ptr, len);
    while (times-- > 0) {
        at = random_below((uint32_t)len + 1);
        switch (len == 0 ? 0 : random_below(4)) {
        case 0:
            memmove(room + at + 1, room + at, len++ - at);
            room[at] = (uint8_t)random_below(256);
            break;
        case 1:
            memmove(room, room + 1, --len);
            break;
        case 2:
            len = at;
            break;
        default:
            room[at % len] = (uint8_t)random_below(256);
        }
    }
    return octets_copy((struct spnego_slice){room, len});
}

static bool
same(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* 10,000 for each role. */
START_TEST(random_tokens)
{
    struct spnego_slice token;
    unsigned i;

    for (i = 0; i < 10000; i++) {
        begin_anew(i % 2 == 0 ? 0 : SPNEGO_SANON_DCE_STYLE);
        token = mutate(side_said(&initiator));
        if (!same(token, side_said(&initiator)))
            check_found(token);
        begin_anew(0);
        ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_OK);
        token = mutate(side_said(&acceptor));
        if (!same(token, side_said(&acceptor)))
            ck_assert_int_lt(side_step(&initiator, token), 0);
    }
}
END_TEST

TCase *
sanon_hostile_cases(void)
{
    TCase *cases = tcase_create("hostile sides");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 0);
    tcase_add_loop_test(cases, each_bit_of_the_first_token, 0, 2);
    tcase_add_test(cases, each_bit_of_the_second_token);
    tcase_add_test(cases, lengths);
    tcase_add_test(cases, lengths_in_the_frame);
    tcase_add_loop_test(cases, points_of_low_order, 0,
                        sizeof(low_order) / sizeof(low_order[0]));
    tcase_add_test(cases, steps_out_of_turn);
    tcase_add_test(cases, broken_mics);
    tcase_add_test(cases, unknown_flags_of_a_mic);
    tcase_add_test(cases, states_that_cannot_be);
    tcase_add_test(cases, random_tokens);
    return cases;
}
