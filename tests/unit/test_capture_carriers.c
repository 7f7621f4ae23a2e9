/*
 * test_capture_carriers.c - messages of the carriers, as they should be, cut at every octet
 * and with every bit turned over.
 */
#include "capture_group.h"
#include "octets.h"

#include <stdio.h>

Suite *capture_carriers_suite(void);

#define TOKEN "a1073005a0030a0101"

static const struct {
    enum carrier carrier;
    enum side side;
    const char *hex; /* or the text of HTTP */
} messages[] = {
    {CARRIER_SMB2, SIDE_INITIATOR,
     "fe534d4240000000000000000100010000000000000000000100000000000000fffe0000"
     "000000000000000000000000000000000000000000000000000000001900000100000000"
     "00000000580009000000000000000000" TOKEN},
    {CARRIER_SMB1, SIDE_ACCEPTOR,
     "ff534d4272000000008001c8000000000000000000000000000001000000000011000003"
     "320001000441000000000100000000000000008000000000000000000000001900010101"
     "01010101010101010101010101" TOKEN},
    {CARRIER_SMB1, SIDE_ACCEPTOR,
     "ff534d4273000000008001c8000000000000000000000000000001000500010004ff0000"
     "00000009000d00" TOKEN "00000000"},
    {CARRIER_LDAP, SIDE_INITIATOR,
     "3023020101601e0201030400a317040a4753532d53504e45474f0409" TOKEN},
    {CARRIER_LDAP, SIDE_ACCEPTOR, "301702010161120a010e040004008709" TOKEN},
    {CARRIER_DCERPC, SIDE_INITIATOR,
     "05000b03100000005900090001000000d016d0160000000001000000000001000883afe1"
     "1f5dc91191a408002b14a0fa03000000045d888aeb1cc9119fe808002b10486002000000"
     "0906000000000000" TOKEN},
    {CARRIER_DCERPC, SIDE_ACCEPTOR,
     "05000c03100000004d00090001000000d016d01634120000040031333500000001000000"
     "00000000045d888aeb1cc9119fe808002b104860020000000906000000000000" TOKEN},
    /* The same, its numbers big-endian. */
    {CARRIER_DCERPC, SIDE_ACCEPTOR,
     "05000c0300000000004d000900000001d016d01600001234000431333500000001000000"
     "00000000045d888aeb1cc9119fe808002b104860020000000906000000000000" TOKEN},
    {CARRIER_HTTP, SIDE_INITIATOR,
     "GET / HTTP/1.1\r\nauthorization:negotiate  oQcwBaADCgEB\r\n\r\n"},
    {CARRIER_HTTP, SIDE_ACCEPTOR,
     "HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=\"a, Negotiate b\", Negotiate\r\n"
     " oQcwBaADCgEB, NTLM\r\n\r\n"},
};
enum { MESSAGES = sizeof(messages) / sizeof(messages[0]) };

struct seen {
    size_t count;
    bool has_blob;
    enum side side;
    size_t remarks;
    uint8_t last; /* of the blob: reading it shows that it is there */
    struct spnego_slice blob;
};

static void
see(void *arg, const struct carrier_message *message)
{
    struct seen *seen = arg;

    seen->count++;
    seen->has_blob = message->has_blob;
    seen->side = message->side;
    seen->remarks = message->remark_count;
    ck_assert_uint_le(message->remark_count, CARRIER_REMARKS);
    ck_assert(message->has_blob || message->blob.len == 0);
    if (message->blob.len > 0)
        seen->last = message->blob.ptr[message->blob.len - 1];
    seen->blob = octets_copy(message->blob);
}

static struct spnego_slice
octets_of(int i)
{
    const char *text = messages[i].hex;

    if (messages[i].carrier != CARRIER_HTTP)
        return octets(text);
    return octets_copy((struct spnego_slice){(const uint8_t *)text, strlen(text)});
}

START_TEST(tokens_are_found)
{
    struct seen seen = {.count = 0};

    carrier_read(messages[_i].carrier, octets_of(_i), see, &seen);
    ck_assert_uint_eq(seen.count, 1);
    ck_assert_uint_eq(seen.remarks, 0);
    ck_assert(seen.has_blob);
    ck_assert_int_eq(seen.side, messages[_i].side);
    octets_check(seen.blob, octets(TOKEN));
}
END_TEST

/* No cut message has the whole token without a remark, or saying that it is cut. */
static void
see_cut(void *arg, const struct carrier_message *message)
{
    see(arg, message);
    ck_assert(message->cut || message->blob.len == 0 || message->carrier == CARRIER_SMB1);
}

START_TEST(messages_that_are_cut)
{
    struct spnego_slice whole = octets_of(_i);
    struct seen seen = {.count = 0};
    size_t len;

    for (len = 0; len < whole.len; len++)
        carrier_read(messages[_i].carrier, octets_copy((struct spnego_slice){whole.ptr, len}),
                     see_cut, &seen);
}
END_TEST

/* What is left of a message whose own fields were to be longer. */
START_TEST(messages_too_short)
{
    static const struct {
        int message;
        size_t len;
        size_t remarks;
    } cut[] = {
        {0, 64, 1}, {0, 80, 1}, {1, 32, 1}, {1, 60, 1}, {2, 38, 1}, {3, 36, 0},
        {4, 24, 0}, {5, 80, 1}, {7, 70, 1}, {8, 50, 1}, {9, 90, 1},
    };
    struct spnego_slice whole = octets_of(cut[_i].message);
    struct seen seen = {.count = 0};

    carrier_read(messages[cut[_i].message].carrier,
                 octets_copy((struct spnego_slice){whole.ptr, cut[_i].len}), see_cut, &seen);
    ck_assert_uint_eq(seen.count, 1);
    ck_assert(!seen.has_blob);
    ck_assert_uint_eq(seen.remarks, cut[_i].remarks);
}
END_TEST

START_TEST(messages_with_a_bit_turned_over)
{
    struct spnego_slice bent = octets_of(_i);
    struct seen seen = {.count = 0};
    size_t bit;

    for (bit = 0; bit < 8 * bent.len; bit++) {
        ((uint8_t *)bent.ptr)[bit / 8] ^= (uint8_t)(1u << bit % 8);
        carrier_read(messages[_i].carrier, bent, see, &seen);
        ((uint8_t *)bent.ptr)[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}
END_TEST

/* What the grouping hands over. */
struct handed {
    size_t conversations, turns, broken_off;
    unsigned long last_frame;
};

static void
take(void *arg, const struct capture_conversation *conversation)
{
    struct handed *handed = arg;

    ck_assert_uint_gt(conversation->count, 0);
    ck_assert_uint_le(conversation->count, CAPTURE_TURNS);
    ck_assert_uint_gt(conversation->turns[0].frame, handed->last_frame);
    handed->last_frame = conversation->turns[0].frame;
    handed->conversations++;
    handed->turns += conversation->count;
    handed->broken_off += conversation->broken_off;
}

static void
add(struct capture_group *group, unsigned long frame, unsigned long stream,
    struct spnego_slice token)
{
    struct carrier_message message = {.carrier = CARRIER_LDAP,
                                      .side = SIDE_INITIATOR,
                                      .has_blob = true,
                                      .blob = token};
    struct capture_blob blob = {frame, stream, "a", "b", &message};

    ck_assert(capture_group_add(group, &blob));
}

START_TEST(one_conversation_has_a_limit)
{
    struct handed handed = {.conversations = 0};
    struct capture_group *group = capture_group_new(take, &handed);
    unsigned long frame;

    for (frame = 1; frame <= 2 * CAPTURE_TURNS + 1; frame++)
        add(group, frame, 0, octets(TOKEN));
    capture_group_free(group);
    ck_assert_uint_eq(handed.conversations, 3);
    ck_assert_uint_eq(handed.turns, 2 * CAPTURE_TURNS + 1);
    ck_assert_uint_eq(handed.broken_off, 2);
}
END_TEST

/* Streams that share a place in the table, and one that ends long before the others. */
START_TEST(streams_are_kept_apart)
{
    struct handed handed = {.conversations = 0};
    struct capture_group *group = capture_group_new(take, &handed);
    unsigned long frame;

    for (frame = 1; frame <= 3 * CAPTURE_CONVERSATIONS; frame++)
        add(group, frame, frame % 3 * 65536, octets(TOKEN));
    for (; frame <= 5 * CAPTURE_CONVERSATIONS; frame++)
        add(group, frame, frame * 65536, octets(TOKEN));
    capture_group_free(group);
    ck_assert_uint_eq(handed.turns, 5 * CAPTURE_CONVERSATIONS);
    ck_assert_uint_eq(handed.conversations, 3 * (1 + CAPTURE_CONVERSATIONS / CAPTURE_TURNS) +
                                                2 * CAPTURE_CONVERSATIONS);
}
END_TEST

START_TEST(conversations_have_a_limit)
{
    struct handed handed = {.conversations = 0};
    struct capture_group *group = capture_group_new(take, &handed);
    unsigned long frame;

    for (frame = 1; frame <= CAPTURE_CONVERSATIONS + 10; frame++)
        add(group, frame, frame, octets(TOKEN));
    ck_assert_uint_eq(handed.conversations, 10);
    capture_group_free(group);
    ck_assert_uint_eq(handed.conversations, CAPTURE_CONVERSATIONS + 10);
    ck_assert_uint_eq(handed.broken_off, 10);
}
END_TEST

START_TEST(their_octets_have_a_limit)
{
    struct handed handed = {.conversations = 0};
    struct capture_group *group = capture_group_new(take, &handed);
    struct spnego_slice large = {octets_room(CAPTURE_OCTETS / 8), CAPTURE_OCTETS / 8};
    unsigned long frame;

    for (frame = 1; frame <= 8; frame++)
        add(group, frame, frame, large);
    ck_assert_uint_eq(handed.conversations, 0);
    add(group, frame, frame, octets(TOKEN));
    ck_assert_uint_eq(handed.conversations, 1);
    ck_assert_uint_eq(handed.broken_off, 1);
    capture_group_free(group);
    ck_assert_uint_eq(handed.conversations, 9);
}
END_TEST

Suite *
capture_carriers_suite(void)
{
    Suite *suite = suite_create("capture_carriers");
    TCase *cases = tcase_create("messages");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_loop_test(cases, tokens_are_found, 0, MESSAGES);
    tcase_add_loop_test(cases, messages_that_are_cut, 0, MESSAGES);
    tcase_add_loop_test(cases, messages_too_short, 0, 11);
    tcase_add_loop_test(cases, messages_with_a_bit_turned_over, 0, MESSAGES);
    suite_add_tcase(suite, cases);
    cases = tcase_create("limits");
    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_test(cases, one_conversation_has_a_limit);
    tcase_add_test(cases, streams_are_kept_apart);
    tcase_add_test(cases, conversations_have_a_limit);
    tcase_add_test(cases, their_octets_have_a_limit);
    suite_add_tcase(suite, cases);
    return suite;
}
