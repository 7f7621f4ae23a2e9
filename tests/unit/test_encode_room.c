/*
 * test_encode_room.c - where encoders write: buffers that are fixed, too small,
 * or grow, and lengths at every boundary of DER, which are read back by a
 * reader that shares nothing with the library.
 */
#include "octets.h"
#include "spnego/spnego.h"

Suite *encode_room_suite(void);

static struct spnego_negotiation_token
make_resp(struct spnego_slice response)
{
    struct spnego_negotiation_token token;

    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
    token.u.neg_token_resp.has_response_token = true;
    token.u.neg_token_resp.response_token = response;
    return token;
}

static void
check_all_are(const uint8_t *room, size_t len, uint8_t octet)
{
    size_t i;

    for (i = 0; i < len; i++)
        ck_assert_uint_eq(room[i], octet);
}

START_TEST(every_smaller_buffer_is_left_alone)
{
    struct spnego_negotiation_token token = make_resp(octets("01 02 03"));
    struct spnego_slice want = octets("a1 09 30 07 a2 05 04 03 01 02 03");
    uint8_t room[11];
    size_t cap;

    for (cap = 0; cap < sizeof(room); cap++) {
        struct spnego_buf buf = {room, cap, 0, NULL};

        memset(room, 0xee, sizeof(room));
        ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_E_SPACE);
        ck_assert_uint_eq(buf.len, want.len);
        ck_assert_uint_eq(buf.cap, cap);
        check_all_are(room, sizeof(room), 0xee);
    }
}
END_TEST

START_TEST(nothing_is_written_behind_the_token)
{
    struct spnego_negotiation_token token = make_resp(octets("01 02 03"));
    struct spnego_slice want = octets("a1 09 30 07 a2 05 04 03 01 02 03");
    uint8_t room[16];
    struct spnego_buf buf = {room, sizeof(room), 0, NULL};

    memset(room, 0xee, sizeof(room));
    ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_OK);
    octets_check((struct spnego_slice){room, buf.len}, want);
    check_all_are(room + buf.len, sizeof(room) - buf.len, 0xee);
}
END_TEST

START_TEST(appends_behind_what_is_there)
{
    struct spnego_negotiation_token token = make_resp(octets(""));
    uint8_t room[11] = {1, 2, 3};
    struct spnego_buf buf = {room, sizeof(room), 3, NULL};

    ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_OK);
    octets_check((struct spnego_slice){room, buf.len},
                 octets("01 02 03 a1 06 30 04 a2 02 04 00"));
    ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_E_SPACE);
    ck_assert_uint_eq(buf.len, 19);
    octets_check((struct spnego_slice){room, 11}, octets("01 02 03 a1 06 30 04 a2 02 04 00"));
}
END_TEST

/* An allocator that refuses at call number `refuse`, counted from 1. */
struct refuser {
    size_t calls;
    size_t refuse;
    size_t held;
};

static void *
resize(void *arg, void *ptr, size_t old_len, size_t new_len)
{
    struct refuser *refuser = arg;

    ck_assert_uint_eq(old_len, refuser->held);
    ck_assert_uint_gt(new_len, old_len);
    if (++refuser->calls == refuser->refuse)
        return NULL;
    refuser->held = new_len;
    return realloc(ptr, new_len);
}

START_TEST(a_buffer_grows)
{
    struct refuser refuser = {0, 0, 0};
    struct spnego_alloc alloc = {resize, &refuser};
    struct spnego_buf buf = {NULL, 0, 0, &alloc};
    struct spnego_negotiation_token token = make_resp(octets("55"));
    struct spnego_slice one = octets("a1 07 30 05 a2 03 04 01 55");
    size_t i;

    for (i = 0; i < 1000; i++)
        ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_OK);
    ck_assert_uint_eq(buf.len, 9000);
    for (i = 0; i < 1000; i++)
        ck_assert_mem_eq(buf.ptr + 9 * i, one.ptr, one.len);
    ck_assert_uint_le(refuser.calls, 12); /* it doubles */
    free(buf.ptr);
}
END_TEST

START_TEST(no_memory_at_the_nth_call)
{
    struct spnego_negotiation_token token = make_resp(octets("55"));
    size_t refuse;

    for (refuse = 1; refuse <= 5; refuse++) {
        struct refuser refuser = {0, refuse, 0};
        struct spnego_alloc alloc = {resize, &refuser};
        struct spnego_buf buf = {NULL, 0, 0, &alloc}, before = buf;
        enum spnego_status status;

        while ((status = spnego_token_encode(&buf, &token)) == SPNEGO_OK)
            before = buf;
        ck_assert_int_eq(status, SPNEGO_E_MEMORY);
        ck_assert_ptr_eq(buf.ptr, before.ptr);
        ck_assert_uint_eq(buf.cap, before.cap);
        ck_assert_uint_eq(buf.len, before.len);
        ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_OK);
        ck_assert_uint_eq(buf.len, before.len + 9);
        free(buf.ptr);
    }
}
END_TEST

START_TEST(a_bad_token_asks_for_no_memory)
{
    struct refuser refuser = {0, 0, 0};
    struct spnego_alloc alloc = {resize, &refuser};
    struct spnego_buf buf = {NULL, 0, 0, &alloc};
    struct spnego_negotiation_token token;

    memset(&token, 0, sizeof(token));
    ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_E_MALFORMED);
    ck_assert_uint_eq(refuser.calls, 0);
    ck_assert_uint_eq(buf.len, 0);
}
END_TEST

/* Reads a header the way X.690 8.1.3 and 10.1 say, and nothing else. */
static struct spnego_slice
peel(struct spnego_slice in, uint8_t tag)
{
    size_t octet_count = 0, value, i;

    ck_assert_uint_ge(in.len, 2);
    ck_assert_uint_eq(in.ptr[0], tag);
    value = in.ptr[1];
    if (value > 127) {
        octet_count = value - 128;
        ck_assert_uint_ge(octet_count, 1);
        ck_assert_uint_le(octet_count, 4);
        ck_assert_uint_ge(in.len, 2 + octet_count);
        ck_assert_uint_ne(in.ptr[2], 0);
        for (value = 0, i = 0; i < octet_count; i++)
            value = (value << 8) | in.ptr[2 + i];
        ck_assert_uint_gt(value, 127);
    }
    ck_assert_uint_eq(value, in.len - 2 - octet_count);
    return (struct spnego_slice){in.ptr + 2 + octet_count, value};
}

static void
check_length(size_t len)
{
    struct spnego_slice response = {octets_room(len), len}, in;
    struct spnego_negotiation_token token, again;
    struct spnego_decode_opts opts = {.size = sizeof(opts), .max_len = SIZE_MAX};
    struct spnego_buf buf = {NULL, 0, 0, NULL};

    if (len > 0)
        ((uint8_t *)response.ptr)[len - 1] = 0x77;
    token = make_resp(response);
    ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_E_SPACE);
    in = (struct spnego_slice){octets_room(buf.len), buf.len};
    buf = (struct spnego_buf){(uint8_t *)in.ptr, in.len, 0, NULL};
    ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_OK);
    ck_assert_uint_eq(buf.len, in.len);
    octets_check(peel(peel(peel(peel(in, 0xa1), 0x30), 0xa2), 0x04), response);
    ck_assert_int_eq(spnego_token_decode(&again, in, &opts), SPNEGO_OK);
    octets_check(again.u.neg_token_resp.response_token, response);
    octets_check_inside(again.u.neg_token_resp.response_token, in);
    octets_release();
}

START_TEST(lengths_at_boundaries)
{
    static const size_t ranges[][2] = {
        {0, 1}, {110, 130}, {240, 258}, {65515, 65538}, {16777190, 16777217},
    };
    size_t i, len;

    for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
        for (len = ranges[i][0]; len <= ranges[i][1]; len++)
            check_length(len);
}
END_TEST

/* The frame and an INITIATOR's list have lengths of their own. */
START_TEST(long_lists_and_frames)
{
    struct spnego_slice mech = spnego_mech_oid(SPNEGO_MECH_NTLMSSP), mechs[30], in, list;
    struct spnego_negotiation_token token;
    uint8_t room[512];
    size_t count, i;

    memset(&token, 0, sizeof(token));
    for (i = 0; i < 30; i++)
        mechs[i] = mech;
    token.u.neg_token_init.mech_types.items = mechs;
    for (count = 1; count <= 30; count++) {
        struct spnego_buf buf = {room, sizeof(room), 0, NULL};

        token.u.neg_token_init.mech_types.count = count;
        ck_assert_int_eq(spnego_token_encode(&buf, &token), SPNEGO_OK);
        in = peel((struct spnego_slice){room, buf.len}, 0x60);
        ck_assert_mem_eq(in.ptr, "\x06\x06\x2b\x06\x01\x05\x05\x02", 8);
        in = (struct spnego_slice){in.ptr + 8, in.len - 8};
        list = peel(peel(peel(peel(in, 0xa0), 0x30), 0xa0), 0x30);
        ck_assert_uint_eq(list.len, 12 * count);
        for (i = 0; i < count; i++)
            octets_check(peel((struct spnego_slice){list.ptr + 12 * i, 12}, 0x06), mech);
    }
}
END_TEST

Suite *
encode_room_suite(void)
{
    Suite *suite = suite_create("encode_room");
    TCase *cases = tcase_create("room");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, every_smaller_buffer_is_left_alone);
    tcase_add_test(cases, nothing_is_written_behind_the_token);
    tcase_add_test(cases, appends_behind_what_is_there);
    tcase_add_test(cases, a_buffer_grows);
    tcase_add_test(cases, no_memory_at_the_nth_call);
    tcase_add_test(cases, a_bad_token_asks_for_no_memory);
    tcase_add_test(cases, lengths_at_boundaries);
    tcase_add_test(cases, long_lists_and_frames);
    suite_add_tcase(suite, cases);
    return suite;
}
