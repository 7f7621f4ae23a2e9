/* test_negoex_conversation_hostile.c: one honest NegoEx conversation, in which one thing is
 * changed; the rule that forbids it speaks, and where none does, that is written down too.
 *
 *     I 0 NEGO, 1 2 META_DATA, 3 AP_REQUEST     A 4 NEGO, 5 6 META_DATA, 7 CHALLENGE
 *     I 8 AP_REQUEST, 9 VERIFY                  A 10 VERIFY */
#include "negoex_tape.h"

#include <string.h>

Suite *negoex_conversation_hostile_suite(void);

#define THREE_TOKENS 2 /* of negoex_wire_flows */
#define MESSAGES 11
#define TOKENS 4
#define COUNT(table) ((int)(sizeof(table) / sizeof(table[0])))

/* The conversation, taken apart. */
struct piece {
    size_t token;
    size_t len;
    uint8_t octets[WIRE_TOKEN_LEN];
};
static struct negoex_tape tape;
static struct piece pieces[MESSAGES + 1];
static size_t count;
static struct conversation conversation;

static void
take_apart(void)
{
    struct spnego_slice messages[WIRE_MESSAGES];
    size_t token, i, found;

    tape.count = 0;
    negoex_tape_record(&tape, &negoex_wire_flows[THREE_TOKENS], 0);
    ck_assert_uint_eq(tape.count, TOKENS);
    for (token = 0, count = 0; token < TOKENS; token++) {
        found = negoex_wire_split(messages, negoex_pair_inner(&tape.tokens[token]));
        for (i = 0; i < found; i++, count++) {
            ck_assert_uint_lt(count, MESSAGES);
            pieces[count].token = token;
            pieces[count].len = messages[i].len;
            memcpy(pieces[count].octets, messages[i].ptr, messages[i].len);
        }
    }
    ck_assert_uint_eq(count, MESSAGES);
}

static void
put_together(void)
{
    uint8_t octets[2 * WIRE_TOKEN_LEN];
    struct spnego_slice inner = {octets, 0};
    size_t token, i;

    for (token = 0; token < TOKENS; token++, inner.len = 0) {
        for (i = 0; i < count; i++) {
            if (pieces[i].token != token)
                continue;
            memcpy(octets + inner.len, pieces[i].octets, pieces[i].len);
            inner.len += pieces[i].len;
        }
        negoex_wire_put(&tape.tokens[token], inner);
    }
}

/* Judges what was changed: `code` is raised, or with 0 nothing is. */
static void
expect(unsigned code, const char *what, size_t which)
{
    const struct remark *worst;

    negoex_tape_judge(&conversation, &tape);
    worst = negoex_tape_worst(&conversation);
    if (code != 0)
        ck_assert_msg(negoex_tape_raised(&conversation, code), "%s %zu: no SPN%u, but SPN%u",
                      what, which, code, worst != NULL ? worst->code : 0);
    else
        ck_assert_msg(worst == NULL, "%s %zu: SPN%u %s", what, which,
                      worst != NULL ? worst->code : 0, worst != NULL ? worst->message : "");
    conversation_free(&conversation);
}

/* Each field of the header: what is raised in the first message of a token, and further
 * back, where the token alone can show it. */
static const struct {
    const char *name;
    size_t at;
    uint8_t mask;
    unsigned first, later;
} fields[] = {
    {"Signature", 0, 0x20, SPN5317_NEGOEX_NO_SIGNATURE, SPN3001_SIGNATURE},
    {"MessageType", AT_TYPE, 0x40, SPN3006_MESSAGE_TYPE, SPN3006_MESSAGE_TYPE},
    {"SequenceNum", AT_SEQUENCE, 0x40, SPN5101_NEGOEX_SEQUENCE, SPN4013_SEQUENCE},
    {"cbHeaderLength", AT_HEADER_LEN, 0x80, SPN3007_LONG_HEADER, SPN3007_LONG_HEADER},
    {"cbMessageLength", AT_LEN + 1, 0x40, SPN3003_MESSAGE_LENGTH, SPN3003_MESSAGE_LENGTH},
    {"ConversationId", AT_CONVERSATION, 0x01, SPN5102_NEGOEX_CONVERSATION,
     SPN4012_CONVERSATION_ID},
};

START_TEST(header_field)
{
    size_t i;

    for (i = 0; i < MESSAGES; i++) {
        bool first;

        take_apart();
        first = i == 0 || pieces[i - 1].token != pieces[i].token;
        pieces[i].octets[fields[_i].at] ^= fields[_i].mask;
        put_together();
        expect(first ? fields[_i].first : fields[_i].later, fields[_i].name, i);
    }
}
END_TEST

/* The AuthScheme of each message becomes one that nobody has. */
static const struct {
    size_t at;
    unsigned code;
} schemes[MESSAGES] = {
    {96, SPN5315_NEGOEX_NOT_COMMON},    {40, SPN4023_METADATA_SCHEME},
    {40, SPN4023_METADATA_SCHEME},      {40, SPN4024_OPTIMISTIC_SCHEME},
    {96, SPN5315_NEGOEX_NOT_COMMON},    {40, SPN4023_METADATA_SCHEME},
    {40, SPN4023_METADATA_SCHEME},      {40, SPN5304_NEGOEX_EARLY_ANSWER},
    {40, SPN5108_NEGOEX_OTHER_SCHEME},  {40, SPN5311_NEGOEX_VERIFY_SCHEME},
    {40, SPN5311_NEGOEX_VERIFY_SCHEME},
};

START_TEST(scheme)
{
    take_apart();
    pieces[_i].octets[schemes[_i].at + 15] ^= 0x40;
    put_together();
    expect(schemes[_i].code, "AuthScheme", (size_t)_i);
}
END_TEST

static void
number(void)
{
    size_t i;

    for (i = 0; i < count; i++)
        negoex_wire_store(pieces[i].octets + AT_SEQUENCE, 4, i);
}

static void
drop(size_t which)
{
    memmove(&pieces[which], &pieces[which + 1], (count - which - 1) * sizeof(pieces[0]));
    count--;
}

static void
repeat(size_t which)
{
    memmove(&pieces[which + 1], &pieces[which], (count - which) * sizeof(pieces[0]));
    count++;
}

/* With the message behind it, of the same token or not. */
static void
swap(size_t which)
{
    struct piece moved = pieces[which];

    pieces[which] = pieces[which + 1];
    pieces[which + 1] = moved;
    moved.token = pieces[which].token;
    pieces[which].token = pieces[which + 1].token;
    pieces[which + 1].token = moved.token;
}

/* What happens to each message, and what is raised if the numbers of all that follow are
 * made right again.  Metadata may be missing, a mechanism may have fewer tokens. */
static const struct {
    const char *name;
    void (*make)(size_t which);
    unsigned codes[MESSAGES];
    size_t messages;
} moves[] = {
    {"drop",
     drop,
     {SPN5103_NEGOEX_NEGO_EXPECTED, 0, 0, SPN5304_NEGOEX_EARLY_ANSWER,
      SPN5103_NEGOEX_NEGO_EXPECTED, 0, 0, 0, 0, SPN5312_NEGOEX_EARLY_COMPLETION,
      SPN5306_NEGOEX_ONE_VERIFY},
     MESSAGES},
    {"repeat",
     repeat,
     {SPN4009_NEGO_PLACE, SPN4010_METADATA_REPEATED, SPN4010_METADATA_REPEATED,
      SPN4011_EXCHANGE_REPEATED, SPN4009_NEGO_PLACE, SPN4010_METADATA_REPEATED,
      SPN4010_METADATA_REPEATED, SPN4011_EXCHANGE_REPEATED, SPN4011_EXCHANGE_REPEATED,
      SPN5308_NEGOEX_VERIFY_AGAIN, SPN5308_NEGOEX_VERIFY_AGAIN},
     MESSAGES},
    {"swap",
     swap,
     {SPN5103_NEGOEX_NEGO_EXPECTED, 0, 0, SPN5316_NEGOEX_DIRECTION,
      SPN5103_NEGOEX_NEGO_EXPECTED, 0, 0, SPN5316_NEGOEX_DIRECTION, SPN4037_VERIFY_NOT_LAST, 0},
     MESSAGES - 1},
};

START_TEST(message)
{
    size_t i;

    for (i = 0; i < moves[_i].messages; i++) {
        take_apart();
        moves[_i].make(i);
        number();
        put_together();
        expect(moves[_i].codes[i], moves[_i].name, i);
    }
}
END_TEST

/* Without that the numbers tell, and at the end what is missing. */
START_TEST(message_and_number)
{
    size_t i;
    bool told;

    for (i = 0; i < moves[_i].messages; i++) {
        take_apart();
        moves[_i].make(i);
        put_together();
        negoex_tape_judge(&conversation, &tape);
        told = negoex_tape_raised(&conversation, SPN4013_SEQUENCE) ||
               negoex_tape_raised(&conversation, SPN5101_NEGOEX_SEQUENCE) ||
               negoex_tape_raised(&conversation, SPN5306_NEGOEX_ONE_VERIFY);
        ck_assert_msg(told, "%s %zu", moves[_i].name, i);
        conversation_free(&conversation);
    }
}
END_TEST

/* A token that comes from the other side; a VERIFY alone may be of either, and what was
 * missed between two of one side is not known. */
START_TEST(direction)
{
    static const unsigned codes[TOKENS] = {SPN5316_NEGOEX_DIRECTION, SPN5316_NEGOEX_DIRECTION,
                                           SPN5316_NEGOEX_DIRECTION, 0};

    take_apart();
    tape.tokens[_i].sender =
        tape.tokens[_i].sender == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    expect(codes[_i], "direction", (size_t)_i);
}
END_TEST

/* Whatever an octet becomes, the judge comes to an end. */
START_TEST(octets)
{
    static const uint8_t masks[] = {0x01, 0x80, 0xff};
    struct spnego_slice inner;
    size_t token, at, i;

    take_apart();
    for (token = 0; token < TOKENS; token++) {
        inner = negoex_pair_inner(&tape.tokens[token]);
        for (at = 0; at < inner.len; at++) {
            for (i = 0; i < sizeof(masks); i++) {
                ((uint8_t *)inner.ptr)[at] ^= masks[i];
                negoex_tape_judge(&conversation, &tape);
                conversation_free(&conversation);
                ((uint8_t *)inner.ptr)[at] ^= masks[i];
            }
        }
    }
}
END_TEST

Suite *
negoex_conversation_hostile_suite(void)
{
    Suite *suite = suite_create("negoex_conversation_hostile");
    TCase *tests = tcase_create("one change");

    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, header_field, 0, COUNT(fields));
    tcase_add_loop_test(tests, scheme, 0, MESSAGES);
    tcase_add_loop_test(tests, message, 0, COUNT(moves));
    tcase_add_loop_test(tests, message_and_number, 0, COUNT(moves));
    tcase_add_loop_test(tests, direction, 0, TOKENS);
    tcase_add_test(tests, octets);
    suite_add_tcase(suite, tests);
    return suite;
}
