/* test_negoex_conversation.c: the rules for the NegoEx messages of both sides say nothing
 * against conversations that are in order, however they go and wherever the record of them
 * begins, has a gap or ends. */
#include "negoex_conversation.h"
#include "negoex_tape.h"

#include <string.h>

Suite *negoex_conversation_suite(void);

#define I SPNEGO_INITIATOR
#define THREE_TOKENS 2 /* of negoex_wire_flows */
#define GREETS 15      /* this one and the next */

static struct negoex_tape tape, part;
static struct conversation conversation;

/* Judges `taken`, and nothing is to be wrong. */
static void
expect_silence(const struct negoex_tape *taken, const char *name, size_t number)
{
    const struct remark *worst;

    negoex_tape_judge(&conversation, taken);
    worst = negoex_tape_worst(&conversation);
    ck_assert_msg(worst == NULL, "%s, %zu: SPN%u %s", name, number,
                  worst != NULL ? worst->code : 0, worst != NULL ? worst->message : "");
    conversation_free(&conversation);
}

START_TEST(honest)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];

    tape.count = 0;
    negoex_tape_record(&tape, flow, 0);
    negoex_tape_judge(&conversation, &tape);
    ck_assert_msg(conversation_count(&conversation, SPNEGO_ERROR) == 0, "%s", flow->name);
    ck_assert_int_eq(conversation.outcome, OUTCOME_COMPLETE);
    conversation_free(&conversation);
    expect_silence(&tape, flow->name, 0);
}
END_TEST

START_TEST(stops)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];

    tape.count = 0;
    negoex_tape_record(&tape, flow, 0);
    for (part = tape; part.count > 0; part.count--)
        expect_silence(&part, flow->name, part.count);
}
END_TEST

/* A record that begins in the middle.  (Without the greeting the first number is wrong.) */
START_TEST(begins_late)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];

    tape.count = 0;
    negoex_tape_record(&tape, flow, 0);
    while (--tape.count > 0) {
        memmove(&tape.tokens[0], &tape.tokens[1], tape.count * sizeof(tape.tokens[0]));
        expect_silence(&tape, flow->name, tape.count);
    }
}
END_TEST

/* A record of one side. */
START_TEST(one_side)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    size_t side, i;

    tape.count = 0;
    negoex_tape_record(&tape, flow, 0);
    for (side = 0; side < 2; side++) {
        part.count = 0;
        for (i = 0; i < tape.count; i++)
            if (tape.tokens[i].sender == side)
                part.tokens[part.count++] = tape.tokens[i];
        expect_silence(&part, flow->name, side);
    }
}
END_TEST

static bool
ignores(const struct negoex_tape *taken)
{
    bool raised;

    negoex_tape_judge(&conversation, taken);
    raised = negoex_tape_raised(&conversation, SPN5120_NEGOEX_IGNORED);
    conversation_free(&conversation);
    return raised;
}

/* A token that cannot be read is the business of others, and so is what it explains: it
 * may hold the answer that is missing. */
START_TEST(cut_off)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    struct spnego_slice inner;
    size_t i;

    tape.count = 0;
    negoex_tape_record(&tape, flow, 0);
    for (i = 0; i < tape.count; i++) {
        part = tape;
        inner = negoex_pair_inner(&part.tokens[i]);
        if (inner.len == 0)
            continue;
        inner.len--;
        negoex_wire_put(&part.tokens[i], inner);
        expect_silence(&part, flow->name, i);
        ck_assert(!ignores(&part) || ignores(&tape));
        part.tokens[i].len = 3;
        expect_silence(&part, flow->name, i);
    }
}
END_TEST

/* NegoEx without SPNEGO around it. */
START_TEST(naked)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    size_t i;

    tape.count = 0;
    negoex_tape_record(&tape, flow, 0);
    for (i = 0, part.count = 0; i < tape.count; i++) {
        struct spnego_slice inner = negoex_pair_inner(&tape.tokens[i]);
        struct pair_token *token = &part.tokens[part.count];

        if (inner.len == 0)
            continue;
        token->sender = tape.tokens[i].sender;
        token->len = inner.len;
        memcpy(token->octets, inner.ptr, inner.len);
        part.count++;
    }
    expect_silence(&part, flow->name, 0);
}
END_TEST

/* Another NegTokenInit begins another NegoEx conversation, also after half of the first. */
START_TEST(begins_anew)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    size_t half;

    for (half = 1; half <= 4; half++) {
        tape.count = 0;
        negoex_tape_record(&tape, flow, 0);
        if (tape.count > half)
            tape.count = half;
        negoex_tape_record(&tape, flow, 7);
        expect_silence(&tape, flow->name, half);
    }
}
END_TEST

/* The initiator that does not go on from the greeting. */
static void
greet_and_begin_anew(void)
{
    tape.count = 0;
    negoex_tape_record(&tape, &negoex_wire_flows[GREETS], 0);
    tape.count = 1;
    negoex_tape_record(&tape, &negoex_wire_flows[THREE_TOKENS], 7);
}

static void
read_transcript(struct negoex_transcript *transcript)
{
    negoex_tape_judge(&conversation, &tape);
    ck_assert(negoex_transcript_build(transcript, &conversation));
}

START_TEST(greeting_is_left)
{
    struct negoex_transcript transcript;
    size_t i;

    greet_and_begin_anew();
    expect_silence(&tape, "left", 0);
    read_transcript(&transcript);
    ck_assert_uint_gt(transcript.count, 0);
    for (i = 0; i < transcript.count; i++) {
        const struct negoex_entry *entry = &transcript.entries[i];
        size_t origin = entry->turn == 0 ? 0 : entry->message.header.sequence_num;

        ck_assert_uint_eq(entry->origin, entry->turn == 0 ? 0 : i - origin);
        ck_assert(entry->whole);
    }
    negoex_transcript_free(&transcript);
    conversation_free(&conversation);
}
END_TEST

/* Behind a greeting the one field that is wrong is told, whichever it is. */
START_TEST(greeting_is_misheard)
{
    static const struct {
        size_t at;
        unsigned code;
    } fields[] = {{AT_SEQUENCE, SPN5101_NEGOEX_SEQUENCE},
                  {AT_CONVERSATION, SPN5102_NEGOEX_CONVERSATION}};
    struct spnego_slice inner;

    tape.count = 0;
    negoex_tape_record(&tape, &negoex_wire_flows[GREETS], 0);
    inner = negoex_pair_inner(&tape.tokens[1]);
    ((uint8_t *)inner.ptr)[fields[_i].at] = 0;
    negoex_tape_judge(&conversation, &tape);
    ck_assert(negoex_tape_raised(&conversation, fields[_i].code));
    conversation_free(&conversation);
}
END_TEST

/* The messages stand in the transcript as they were said, and it knows where it has gaps. */
START_TEST(transcript_is_whole)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    struct negoex_transcript transcript;
    size_t i, token, covered;

    tape.count = 0;
    negoex_tape_record(&tape, flow, 0);
    read_transcript(&transcript);
    for (i = 0, token = 0; token < tape.count; token++) {
        struct spnego_slice inner = negoex_pair_inner(&tape.tokens[token]);

        for (covered = 0; covered < inner.len; i++) {
            const struct negoex_entry *entry = &transcript.entries[i];

            ck_assert_uint_lt(i, transcript.count);
            ck_assert_uint_eq(entry->turn, token);
            ck_assert_int_eq(entry->side == SIDE_INITIATOR, tape.tokens[token].sender == I);
            ck_assert_mem_eq(entry->message.raw.ptr, inner.ptr + covered,
                             entry->message.raw.len);
            ck_assert(entry->whole && entry->origin == 0);
            covered += entry->message.raw.len;
        }
    }
    ck_assert_uint_eq(i, transcript.count);
    ck_assert(!transcript.cut);
    negoex_transcript_free(&transcript);
    conversation_free(&conversation);
}
END_TEST

START_TEST(transcript_has_a_gap)
{
    struct negoex_transcript transcript;
    size_t i;

    tape.count = 0;
    negoex_tape_record(&tape, &negoex_wire_flows[THREE_TOKENS], 0);
    tape.tokens[1].len = 3;
    read_transcript(&transcript);
    for (i = 0; i < transcript.count; i++)
        ck_assert_int_eq(transcript.entries[i].whole, transcript.entries[i].turn == 0);
    ck_assert(transcript.cut);
    negoex_transcript_free(&transcript);
    conversation_free(&conversation);
}
END_TEST

Suite *
negoex_conversation_suite(void)
{
    Suite *suite = suite_create("negoex_conversation");
    TCase *tests = tcase_create("in order");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, honest, 0, WIRE_FLOWS);
    tcase_add_loop_test(tests, stops, 0, WIRE_FLOWS);
    tcase_add_loop_test(tests, begins_late, 0, GREETS);
    tcase_add_loop_test(tests, one_side, 0, GREETS);
    tcase_add_loop_test(tests, cut_off, 0, WIRE_FLOWS);
    tcase_add_loop_test(tests, naked, 0, WIRE_FLOWS);
    tcase_add_loop_test(tests, begins_anew, 0, WIRE_FLOWS);
    tcase_add_test(tests, greeting_is_left);
    tcase_add_loop_test(tests, greeting_is_misheard, 0, 2);
    tcase_add_loop_test(tests, transcript_is_whole, 0, WIRE_FLOWS);
    tcase_add_test(tests, transcript_has_a_gap);
    suite_add_tcase(suite, tests);
    return suite;
}
