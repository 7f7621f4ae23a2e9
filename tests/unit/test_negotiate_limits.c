/* test_negotiate_limits.c: the limits of a negotiation, each of which must be named
 * when it is reached. */
#include "flow.h"

#include <spnego/codec.h>
#include <string.h>

Suite *negotiate_limits_suite(void);

static struct pair pair;
static uint8_t room[SPNEGO_DEFAULT_MAX_LEN + 100];
static const struct spnego_slice nothing = {NULL, 0};

static struct spnego_slice
make_init(const struct spnego_slice *oids, size_t count)
{
    struct spnego_negotiation_token written;
    struct spnego_buf out = {room, sizeof(room), 0, NULL};
    struct spnego_slice result = {room, 0};

    memset(&written, 0, sizeof(written));
    written.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
    written.u.neg_token_init.mech_types.items = oids;
    written.u.neg_token_init.mech_types.count = count;
    ck_assert_int_eq(spnego_token_encode(&out, &written), SPNEGO_OK);
    result.len = out.len;
    return result;
}

static void
check_limit(enum spnego_role role, const char *option)
{
    char reason[256];

    ck_assert_int_eq(pair.status[role], SPNEGO_E_LIMIT);
    spnego_ctx_reason(pair.ctx[role], reason, sizeof(reason));
    ck_assert_msg(strstr(reason, option) != NULL, "\"%s\" does not name %s", reason, option);
    flow_check_ended(&pair, role);
    flow_close(&pair);
}

/* max_legs counts the peer's tokens.  8 hops are 4 tokens of the acceptor. */
START_TEST(max_legs_is_the_most)
{
    struct flow flow = {"legs", "A", "A", 0, 8};
    enum spnego_role role;
    int number;

    for (number = 0; number < 2; number++) {
        role = (enum spnego_role)number;
        flow_init(&pair, &flow);
        pair.config[role].max_legs = 3;
        flow_open(&pair);
        flow_run(&pair, &flow, NULL, 0, NULL, NULL);
        check_limit(role, "max_legs");
    }
}
END_TEST

START_TEST(max_legs_are_enough)
{
    struct flow flow = {"legs", "A", "A", 0, 8};

    flow_init(&pair, &flow);
    pair.config[SPNEGO_ACCEPTOR].max_legs = 4;
    pair.config[SPNEGO_INITIATOR].max_legs = 4 + 1; /* the empty one that begins */
    flow_open(&pair);
    flow_run(&pair, &flow, NULL, 0, NULL, NULL);
    ck_assert(pair_complete(&pair));
    flow_close(&pair);
}
END_TEST

START_TEST(hints_without_end)
{
    int i;

    pair_init(&pair, "A", "A", 1);
    flow_open(&pair);
    for (i = 0; i < 100 && pair.status[SPNEGO_ACCEPTOR] == SPNEGO_CONTINUE; i++)
        flow_step(&pair, SPNEGO_ACCEPTOR, nothing);
    ck_assert_int_eq(i, SPNEGO_DEFAULT_MAX_LEGS + 1);
    check_limit(SPNEGO_ACCEPTOR, "max_legs");
}
END_TEST

START_TEST(max_items_is_the_most)
{
    struct spnego_slice oids[SPNEGO_DEFAULT_MAX_ITEMS + 1];
    uint32_t max[] = {0, 3, 64, 1}, most, i;
    struct spnego_slice in;

    for (i = 0; i < sizeof(oids) / sizeof(oids[0]); i++)
        oids[i] = toy_a.oid;
    for (i = 0; i < sizeof(max) / sizeof(max[0]); i++) {
        most = max[i] == 0 ? SPNEGO_DEFAULT_MAX_ITEMS : max[i];
        pair_init(&pair, "A", "A", 1);
        pair.config[SPNEGO_ACCEPTOR].max_items = max[i];
        flow_open(&pair);
        in = make_init(oids, most);
        flow_step(&pair, SPNEGO_ACCEPTOR, in);
        ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_CONTINUE);
        flow_close(&pair);
        flow_open(&pair);
        in = make_init(oids, most + 1);
        flow_step(&pair, SPNEGO_ACCEPTOR, in);
        check_limit(SPNEGO_ACCEPTOR, "max_items");
    }
}
END_TEST

/* Whatever the octets are, they are not more than max_len. */
static const struct {
    const char *name;
    const char *start;
    size_t start_len, len, max_len;
} large[] = {
    {"zeros", "", 0, SPNEGO_DEFAULT_MAX_LEN + 1, 0},
    {"NTLM", "NTLMSSP", 8, SPNEGO_DEFAULT_MAX_LEN + 1, 0},
    {"small limit", "\xa1", 1, 101, 100},
    {"NTLM, small limit", "NTLMSSP", 8, 101, 100},
    {"Kerberos, small limit", "\x60\x63\x06\x06\x69\x85\xa2\xc0\xac\x66", 10, 101, 100},
    {"resp", "\xa1\x83\x01\x00\x00\x30", 6, SPNEGO_DEFAULT_MAX_LEN + 1, 0},
};

START_TEST(max_len_is_the_most)
{
    struct spnego_slice in = {room, large[_i].len};
    int role;

    for (role = 0; role < 2; role++) {
        memset(room, 0, sizeof(room));
        memcpy(room, large[_i].start, large[_i].start_len);
        pair_init(&pair, "A", "A", 2);
        pair.config[role].max_len = large[_i].max_len;
        pair.config[role].tolerate = SPNEGO_TOLERATE_NAKED_MECH;
        flow_open(&pair);
        flow_step(&pair, (enum spnego_role)role, in);
        check_limit((enum spnego_role)role, "max_len");
    }
}
END_TEST

Suite *
negotiate_limits_suite(void)
{
    Suite *suite = suite_create("negotiate_limits");
    TCase *cases = tcase_create("limits");

    tcase_add_test(cases, max_legs_is_the_most);
    tcase_add_test(cases, max_legs_are_enough);
    tcase_add_test(cases, hints_without_end);
    tcase_add_test(cases, max_items_is_the_most);
    tcase_add_loop_test(cases, max_len_is_the_most, 0, sizeof(large) / sizeof(large[0]));
    suite_add_tcase(suite, cases);
    return suite;
}
