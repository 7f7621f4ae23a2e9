/*
 * test_encode.c - the octets that the token encoder writes.  Those that are
 * expected were put together by hand from RFC 4178 A, [MS-SPNG] 2.2.1, RFC 2743
 * 3.1 and X.690.  Buffers and lengths: test_encode_room.c.
 */
#include "octets.h"
#include "record.h"

Suite *encode_suite(void);

#define KRB5 "06 09 2a 86 48 86 f7 12 01 02 02"
#define NTLM "06 0a 2b 06 01 04 01 82 37 02 02 0a"

static struct spnego_slice mechs[2];

static void
make_mechs(void)
{
    mechs[0] = spnego_mech_oid(SPNEGO_MECH_KRB5);
    mechs[1] = spnego_mech_oid(SPNEGO_MECH_NTLMSSP);
}

static struct spnego_negotiation_token
make_token(enum spnego_negotiation_token_kind kind)
{
    struct spnego_negotiation_token token;

    memset(&token, 0, sizeof(token));
    token.kind = kind;
    return token;
}

static struct spnego_negotiation_token
make_init(size_t mech_count)
{
    struct spnego_negotiation_token token = make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT);

    token.u.neg_token_init.mech_types.items = mechs;
    token.u.neg_token_init.mech_types.count = mech_count;
    return token;
}

/* Encodes into a buffer of exactly the size that measuring gave. */
static struct spnego_slice
encode(const struct spnego_negotiation_token *token)
{
    struct spnego_buf buf = {NULL, 0, 0, NULL};
    size_t len;

    ck_assert_int_eq(spnego_token_encode(&buf, token), SPNEGO_E_SPACE);
    len = buf.len;
    buf.ptr = octets_room(len);
    buf.cap = len;
    buf.len = 0;
    ck_assert_int_eq(spnego_token_encode(&buf, token), SPNEGO_OK);
    ck_assert_uint_eq(buf.len, len);
    return (struct spnego_slice){buf.ptr, buf.len};
}

static void
check_encoded(const struct spnego_negotiation_token *token, const char *want)
{
    octets_check(encode(token), octets(want));
}

START_TEST(smallest_init)
{
    struct spnego_negotiation_token token = make_init(1);

    check_encoded(&token, "60 1b 06 06 2b 06 01 05 05 02"
                          "a0 11 30 0f a0 0d 30 0b" KRB5);
}
END_TEST

START_TEST(init_with_all_fields)
{
    struct spnego_negotiation_token token = make_init(2);
    struct spnego_neg_token_init *init = &token.u.neg_token_init;

    init->has_req_flags = true;
    init->req_flags = SPNEGO_CONTEXT_FLAGS_MUTUAL_FLAG | SPNEGO_CONTEXT_FLAGS_INTEG_FLAG;
    init->has_mech_token = true;
    init->mech_token = octets("01 02 03");
    init->has_mech_list_mic = true;
    init->mech_list_mic = octets("04 05");
    check_encoded(&token, "60 3a 06 06 2b 06 01 05 05 02"
                          "a0 30 30 2e"
                          "a0 19 30 17" KRB5 NTLM "a1 04 03 02 01 42"
                          "a2 05 04 03 01 02 03"
                          "a3 04 04 02 04 05");
}
END_TEST

START_TEST(init2_with_all_fields)
{
    struct spnego_negotiation_token token =
        make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2);
    struct spnego_neg_token_init2 *init = &token.u.neg_token_init2;

    init->has_mech_types = true;
    init->mech_types.items = mechs;
    init->mech_types.count = 1;
    init->has_req_flags = true;
    init->req_flags = SPNEGO_CONTEXT_FLAGS_DELEG_FLAG;
    init->has_mech_token = true;
    init->has_neg_hints = true;
    init->neg_hints.has_hint_name = true;
    init->neg_hints.hint_name = octets("61 40 62");
    init->neg_hints.has_hint_address = true;
    init->neg_hints.hint_address = octets("7f");
    init->has_mech_list_mic = true;
    init->mech_list_mic = octets("05");
    check_encoded(&token, "60 3a 06 06 2b 06 01 05 05 02"
                          "a0 30 30 2e"
                          "a0 0d 30 0b" KRB5 "a1 04 03 02 07 80"
                          "a2 02 04 00"
                          "a3 0e 30 0c a0 05 1b 03 61 40 62 a1 03 04 01 7f"
                          "a4 03 04 01 05");
}
END_TEST

START_TEST(init2_may_be_bare)
{
    struct spnego_negotiation_token token =
        make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2);

    check_encoded(&token, "60 0c 06 06 2b 06 01 05 05 02 a0 02 30 00");
    token.u.neg_token_init2.has_neg_hints = true;
    check_encoded(&token, "60 10 06 06 2b 06 01 05 05 02 a0 06 30 04 a3 02 30 00");
}
END_TEST

START_TEST(resp_with_all_fields)
{
    struct spnego_negotiation_token token = make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);
    struct spnego_neg_token_resp *resp = &token.u.neg_token_resp;

    resp->has_neg_state = true;
    resp->neg_state = SPNEGO_NEG_STATE_REQUEST_MIC;
    resp->has_supported_mech = true;
    resp->supported_mech = mechs[1];
    resp->has_response_token = true;
    resp->response_token = octets("0a 0b");
    resp->has_mech_list_mic = true;
    resp->mech_list_mic = octets("0c");
    resp->has_supported_mechs = true;
    resp->supported_mechs.items = mechs;
    resp->supported_mechs.count = 1;
    check_encoded(&token, "a1 2f 30 2d"
                          "a0 03 0a 01 03"
                          "a1 0c" NTLM "a2 04 04 02 0a 0b"
                          "a3 03 04 01 0c"
                          "a4 0d 30 0b" KRB5);
}
END_TEST

START_TEST(resp_of_each_state)
{
    struct spnego_negotiation_token token = make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);
    static const char *const want[] = {
        "a1 07 30 05 a0 03 0a 01 00",
        "a1 07 30 05 a0 03 0a 01 01",
        "a1 07 30 05 a0 03 0a 01 02",
        "a1 07 30 05 a0 03 0a 01 03",
    };
    int state;

    check_encoded(&token, "a1 02 30 00");
    token.u.neg_token_resp.has_neg_state = true;
    for (state = 0; state < 4; state++) {
        token.u.neg_token_resp.neg_state = (enum spnego_neg_state)state;
        check_encoded(&token, want[state]);
    }
}
END_TEST

static void
check_flags(uint32_t flags, const char *want)
{
    struct spnego_negotiation_token token = make_init(1);
    struct spnego_slice bits = octets(want), whole;

    token.u.neg_token_init.has_req_flags = true;
    token.u.neg_token_init.req_flags = flags;
    whole = encode(&token);
    ck_assert_uint_gt(whole.len, bits.len);
    ck_assert_mem_eq(whole.ptr + whole.len - bits.len, bits.ptr, bits.len);
}

START_TEST(flags_drop_trailing_zeros)
{
    check_flags(0, "a1 03 03 01 00");
    check_flags(SPNEGO_CONTEXT_FLAGS_DELEG_FLAG, "a1 04 03 02 07 80");
    check_flags(SPNEGO_CONTEXT_FLAGS_MUTUAL_FLAG, "a1 04 03 02 06 40");
    check_flags(SPNEGO_CONTEXT_FLAGS_REPLAY_FLAG, "a1 04 03 02 05 20");
    check_flags(SPNEGO_CONTEXT_FLAGS_SEQUENCE_FLAG, "a1 04 03 02 04 10");
    check_flags(SPNEGO_CONTEXT_FLAGS_ANON_FLAG, "a1 04 03 02 03 08");
    check_flags(SPNEGO_CONTEXT_FLAGS_CONF_FLAG, "a1 04 03 02 02 04");
    check_flags(SPNEGO_CONTEXT_FLAGS_INTEG_FLAG, "a1 04 03 02 01 02");
    check_flags(0x7f, "a1 04 03 02 01 fe");
    check_flags(0x60, "a1 04 03 02 01 06");
    check_flags(0x03, "a1 04 03 02 06 c0");
    check_flags(0x80, "a1 04 03 02 00 01");
    check_flags(0x100, "a1 05 03 03 07 00 80");
    check_flags(UINT32_C(0x80000000), "a1 07 03 05 00 00 00 00 01");
    check_flags(UINT32_MAX, "a1 07 03 05 00 ff ff ff ff");
}
END_TEST

START_TEST(flags_come_back)
{
    struct spnego_negotiation_token token = make_init(1), again;
    uint32_t flags;

    token.u.neg_token_init.has_req_flags = true;
    for (flags = 0; flags < 0x200; flags++) {
        token.u.neg_token_init.req_flags = flags;
        ck_assert_int_eq(spnego_token_decode(&again, encode(&token), NULL), SPNEGO_OK);
        ck_assert(again.u.neg_token_init.has_req_flags);
        ck_assert_uint_eq(again.u.neg_token_init.req_flags, flags);
        octets_release();
    }
}
END_TEST

static void
check_refused(const struct spnego_negotiation_token *token)
{
    uint8_t octet = 0xee;
    struct spnego_buf buf = {&octet, 1, 0, NULL};

    ck_assert_int_eq(spnego_token_encode(&buf, token), SPNEGO_E_MALFORMED);
    ck_assert_uint_eq(buf.len, 0);
    ck_assert_uint_eq(octet, 0xee);
}

START_TEST(bad_lists_are_refused)
{
    struct spnego_slice bad[] = {mechs[0], {NULL, 0}};
    struct spnego_negotiation_token token = make_init(0);

    check_refused(&token);
    token.u.neg_token_init.mech_types.items = NULL;
    check_refused(&token);
    token.u.neg_token_init.mech_types.items = bad;
    token.u.neg_token_init.mech_types.count = 2;
    check_refused(&token);
    bad[1] = octets("2b 06 81");
    check_refused(&token);
}
END_TEST

/* X.690 8.19.2: the first octet of an arc is not 0x80. */
START_TEST(padded_arcs_are_refused)
{
    struct spnego_slice bad[] = {mechs[0], octets("2b 80 01")};
    struct spnego_negotiation_token token = make_init(2);

    token.u.neg_token_init.mech_types.items = bad;
    check_refused(&token);
}
END_TEST

START_TEST(list_without_items_and_octets)
{
    struct spnego_negotiation_token token = make_init(1);

    token.u.neg_token_init.mech_types.items = NULL;
    check_refused(&token);
}
END_TEST

START_TEST(bad_values_are_refused)
{
    struct spnego_negotiation_token token = make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);

    token.u.neg_token_resp.has_neg_state = true;
    token.u.neg_token_resp.neg_state = (enum spnego_neg_state)4;
    check_refused(&token);
    token = make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);
    token.u.neg_token_resp.has_supported_mech = true;
    check_refused(&token);
    token.u.neg_token_resp.supported_mech = octets("2b 86");
    check_refused(&token);
    token = make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);
    token.u.neg_token_resp.has_supported_mechs = true;
    check_refused(&token);
    token = make_token(SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2);
    token.u.neg_token_init2.has_mech_types = true;
    check_refused(&token);
    check_refused(
        &(struct spnego_negotiation_token){.kind = (enum spnego_negotiation_token_kind)3});
}
END_TEST

/* What a mechListMIC covers: the list with its SEQUENCE, without [0].  RFC
 * 4178 5 (a), D. */
START_TEST(mech_list_alone)
{
    struct spnego_slice want = octets("30 17" KRB5 NTLM), in;
    struct spnego_mech_type_list list = {{NULL, 0}, mechs, 2};
    struct spnego_negotiation_token token = make_init(2), decoded;
    uint8_t room[25];
    struct spnego_buf buf = {room, sizeof(room), 0, NULL};

    ck_assert_int_eq(spnego_mech_type_list_encode(&buf, &list), SPNEGO_OK);
    octets_check((struct spnego_slice){room, buf.len}, want);
    in = encode(&token);
    ck_assert_int_eq(spnego_token_decode(&decoded, in, NULL), SPNEGO_OK);
    octets_check(decoded.u.neg_token_init.mech_types.der, want);
    buf.len = 0;
    memset(room, 0, sizeof(room));
    ck_assert_int_eq(spnego_mech_type_list_encode(&buf, &decoded.u.neg_token_init.mech_types),
                     SPNEGO_OK);
    octets_check((struct spnego_slice){room, buf.len}, want);
    list.count = 0;
    buf.len = 0;
    ck_assert_int_eq(spnego_mech_type_list_encode(&buf, &list), SPNEGO_E_MALFORMED);
}
END_TEST

/* Octets of a list that was received are not made tidy: a MIC covers them. */
START_TEST(received_list_is_kept)
{
    struct spnego_slice der = octets("30 81 0b" KRB5);
    struct spnego_negotiation_token token = make_init(1);

    token.u.neg_token_init.mech_types.items = NULL;
    token.u.neg_token_init.mech_types.der = der;
    check_encoded(&token, "60 1c 06 06 2b 06 01 05 05 02"
                          "a0 12 30 10 a0 0e 30 81 0b" KRB5);
}
END_TEST

Suite *
encode_suite(void)
{
    Suite *suite = suite_create("encode");
    TCase *cases = tcase_create("octets");

    tcase_add_checked_fixture(cases, make_mechs, octets_release);
    tcase_add_test(cases, smallest_init);
    tcase_add_test(cases, init_with_all_fields);
    tcase_add_test(cases, init2_with_all_fields);
    tcase_add_test(cases, init2_may_be_bare);
    tcase_add_test(cases, resp_with_all_fields);
    tcase_add_test(cases, resp_of_each_state);
    tcase_add_test(cases, flags_drop_trailing_zeros);
    tcase_add_test(cases, flags_come_back);
    tcase_add_test(cases, bad_lists_are_refused);
    tcase_add_test(cases, padded_arcs_are_refused);
    tcase_add_test(cases, list_without_items_and_octets);
    tcase_add_test(cases, bad_values_are_refused);
    tcase_add_test(cases, mech_list_alone);
    tcase_add_test(cases, received_list_is_kept);
    suite_add_tcase(suite, cases);
    return suite;
}
