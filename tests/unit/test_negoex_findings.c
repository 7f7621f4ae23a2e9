/* test_negoex_findings.c - every finding of a NegoEx conversation: what raises it, what
 * nearly does, and what is said. */
#include "negoex_edit.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *negoex_findings_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR
#define A_ "C0A28569-66AC-0000-0000-000000000000"
#define B_ "D1B08469-2CA8-0000-0000-000000000000"
#define X_ "C0A28569-66AC-0000-0000-000000000007" /* A's, but for its last octet */
#define Y_ "D1B08469-2CA8-0000-0000-000000000007" /* B's, likewise */
#define NEGOEX "1.3.6.1.4.1.311.2.2.30 (NEGOEX)"

static struct negoex_pair np;

/* What is not usual about a side or both. */
enum knob {
    NOTHING,
    NO_OPTIMISTIC,
    NO_KEYS,
    EARLY_KEYS,
    STEP_2_FAILS,
    STUCK,
    TRANSCRIPT_300,
    MESSAGES_3,
    UNVERIFIED,
    CHECKSUM_FAILS,
    RANDOM_FAILS
};

struct play {
    const char *initiator, *acceptor;
    unsigned hops;
    enum knob knob;
    struct negoex_edit edit;
};

static const struct scene {
    unsigned code;
    enum spnego_role role; /* who finds it */
    enum spnego_status status;
    const char *words;
    struct play raises, nearly;
} scenes[] = {
    {5101,
     A,
     SPNEGO_E_MALFORMED,
     "INITIATOR_META_DATA has the number 7, and 1 is due",
     {"A", "A", 3, NOTHING, {EDIT_SET, 0, 1, 12, 7}},
     {"A", "A", 3, NOTHING, {EDIT_SET, 0, 1, 12, 1}}},
    {5102,
     A,
     SPNEGO_E_MALFORMED,
     "AP_REQUEST has the ConversationId of another conversation",
     {"A", "A", 3, NOTHING, {EDIT_SET, 0, 2, 39, 0xee}},
     {"A", "A", 3, NOTHING, {EDIT_SET, 0, 2, 39, 0x11}}},
    {5103,
     A,
     SPNEGO_E_MALFORMED,
     "each side begins with its NEGO message; this is INITIATOR_META_DATA",
     {"A", "A", 3, NOTHING, {EDIT_REMOVE, 0, 0, 0, 0}},
     {"A", "A", 3, NOTHING, {EDIT_REMOVE, 0, 1, 0, 0}}},
    {5104,
     A,
     SPNEGO_E_MALFORMED,
     "ACCEPTOR_NEGO is not the peer's to send now",
     {"A", "A", 3, NOTHING, {EDIT_SET, 0, 0, 8, 1}},
     {"A", "A", 3, NOTHING, {EDIT_SET, 0, 0, 8, 0}}},
    {5105,
     A,
     SPNEGO_E_MALFORMED,
     "a second AP_REQUEST in one token",
     {"A", "A", 3, NOTHING, {EDIT_REPEAT, 0, 2, 0, 0}},
     {"A", "A", 3, NOTHING, {EDIT_REPEAT, 0, 1, 0, 0}}},
    {5106,
     A,
     SPNEGO_E_UNSUPPORTED,
     "INITIATOR_NEGO has the critical extension 0x80000001, and none is known here",
     {"A", "A", 3, NOTHING, {EDIT_EXTENSION, 0, 0, 0, 0x80000001u}},
     {"A", "A", 3, NOTHING, {EDIT_EXTENSION, 0, 0, 0, 0x7fffffffu}}},
    {5107,
     A,
     SPNEGO_E_NO_MECH,
     "no AUTH_SCHEME is left that both sides can use",
     {"A", "B", 3, NOTHING, {EDIT_NONE, 0, 0, 0, 0}},
     {"AB", "B", 3, NOTHING, {EDIT_NONE, 0, 0, 0, 0}}},
    {5108,
     A,
     SPNEGO_E_MALFORMED,
     "AP_REQUEST for " X_ ", which is not the one that was agreed on",
     {"A", "A", 3, NO_OPTIMISTIC, {EDIT_SET, 2, 0, 55, 7}},
     {"A", "A", 3, NO_OPTIMISTIC, {EDIT_SET, 2, 0, 55, 0}}},
    {5109,
     I,
     SPNEGO_E_MALFORMED,
     "no token for " A_ ", and it waits for one",
     {"A", "A", 4, NOTHING, {EDIT_REMOVE, 3, 0, 0, 0}},
     {"A", "A", 4, NOTHING, {EDIT_REMOVE, 3, 1, 0, 0}}},
    {5110,
     A,
     SPNEGO_E_MALFORMED,
     "AP_REQUEST for " A_ ", which is finished",
     {"A", "A", 2, NOTHING, {EDIT_COPY, 0, 2, 0, 2}},
     {"A", "A", 2, NOTHING, {EDIT_COPY, 0, 1, 0, 2}}},
    {5111,
     A,
     SPNEGO_E_UNSUPPORTED,
     A_ " is finished and has no key for a VERIFY",
     {"A", "A", 2, NO_KEYS, {EDIT_NONE, 0, 0, 0, 0}},
     {"A", "A", 2, NOTHING, {EDIT_NONE, 0, 0, 0, 0}}},
    {5112,
     I,
     SPNEGO_E_INTEGRITY,
     "the VERIFY for " A_ " does not fit what both sides have said",
     {"A", "A", 2, NOTHING, {EDIT_SET, 1, 1, 64, 'a'}},
     {"A", "A", 2, NOTHING, {EDIT_SET, 1, 1, 64, 'A'}}},
    {5113,
     I,
     SPNEGO_E_INTEGRITY,
     "the VERIFY for " A_ " has a checksum of type 7, which needs no key",
     {"A", "A", 2, NOTHING, {EDIT_SET, 1, 3, 64, 7}},
     {"A", "A", 2, NOTHING, {EDIT_SET, 1, 3, 64, 15}}},
    {5114,
     I,
     SPNEGO_E_INTEGRITY,
     "the peer has said its last, and no VERIFY for " A_,
     {"A", "A", 3, NOTHING, {EDIT_SET, 3, 0, 55, 7}},
     {"A", "A", 3, NOTHING, {EDIT_SET, 3, 0, 55, 0}}},
    {5115,
     I,
     SPNEGO_OK,
     A_ " was accepted without the peer's VERIFY",
     {"A", "A", 3, UNVERIFIED, {EDIT_SET, 3, 0, 55, 7}},
     {"A", "A", 3, UNVERIFIED, {EDIT_NONE, 0, 0, 0, 0}}},
    {5116,
     A,
     SPNEGO_E_LIMIT,
     "the conversation has 365 octets, and max_transcript is 300",
     {"A", "A", 3, TRANSCRIPT_300, {EDIT_NONE, 0, 0, 0, 0}},
     {"A", "A", 3, NOTHING, {EDIT_NONE, 0, 0, 0, 0}}},
    {5117,
     A,
     SPNEGO_E_LIMIT,
     "more messages in one token than max_messages, which is 3",
     {"A", "A", 1, MESSAGES_3, {EDIT_NONE, 0, 0, 0, 0}},
     {"A", "A", 3, MESSAGES_3, {EDIT_NONE, 0, 0, 0, 0}}},
    {5118,
     A,
     SPNEGO_E_MECH,
     A_ " failed: step 2",
     {"A", "A", 4, STEP_2_FAILS, {EDIT_NONE, 0, 0, 0, 0}},
     {"A", "A", 2, STEP_2_FAILS, {EDIT_NONE, 0, 0, 0, 0}}},
    {5119,
     A,
     SPNEGO_E_MECH,
     A_ " goes on and gives no token",
     {"A", "A", 4, STUCK, {EDIT_NONE, 0, 0, 0, 0}},
     {"A", "A", 2, STUCK, {EDIT_NONE, 0, 0, 0, 0}}},
    {5120,
     A,
     SPNEGO_OK,
     "VERIFY for " A_ " is not used",
     {"AB", "B", 1, NOTHING, {EDIT_NONE, 0, 0, 0, 0}},
     {"AB", "A", 1, NOTHING, {EDIT_NONE, 0, 0, 0, 0}}},
    {5121,
     I,
     SPNEGO_E_INTEGRITY,
     "the acceptor names " Y_ ", which was not offered",
     {"AB", "AB", 2, NO_OPTIMISTIC, {EDIT_SET, 1, 0, 127, 7}},
     {"AB", "AB", 2, NO_OPTIMISTIC, {EDIT_SET, 1, 0, 127, 0}}},
    {5122,
     A,
     SPNEGO_E_MECH,
     "the VERIFY for " A_ " cannot be made",
     {"A", "A", 2, CHECKSUM_FAILS, {EDIT_NONE, 0, 0, 0, 0}},
     {"A", "A", 2, NOTHING, {EDIT_NONE, 0, 0, 0, 0}}},
    {5123,
     A,
     SPNEGO_E_MALFORMED,
     "INITIATOR_META_DATA behind the VERIFY of its token, which does not cover it",
     {"A", "A", 1, NOTHING, {EDIT_BEHIND, 0, 1, 0, 0}},
     {"A", "A", 3, NOTHING, {EDIT_BEHIND, 0, 1, 0, 0}}},
    {5124,
     A,
     SPNEGO_E_MECH,
     "there are no random octets",
     {"A", "A", 3, RANDOM_FAILS, {EDIT_NONE, 0, 0, 0, 0}},
     {"A", "A", 3, NOTHING, {EDIT_NONE, 0, 0, 0, 0}}},
};
#define SCENES ((int)(sizeof(scenes) / sizeof(scenes[0])))

/* Toy A, but its second step says nothing and goes on. */
static struct spnego_mech_ops stuck;
static unsigned stuck_steps;

static enum spnego_status
step_stuck(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    return ++stuck_steps == 2 ? SPNEGO_CONTINUE : toy_a.step(mech, out, in);
}

static void
turn(enum knob knob, enum spnego_role role)
{
    int side, i;

    np.negoex[I].no_optimistic = knob == NO_OPTIMISTIC;
    np.negoex[role].accept_unverified = knob == UNVERIFIED;
    np.negoex[role].max_transcript = knob == TRANSCRIPT_300 ? 300 : 0;
    np.negoex[role].max_messages = knob == MESSAGES_3 ? 3 : 0;
    np.crypto[role].fails = knob == CHECKSUM_FAILS ? 2 : knob == RANDOM_FAILS ? 1 : 0;
    np.pair.creds[role][0].fails = knob == STEP_2_FAILS ? 2 : 0;
    for (side = 0; side < 2; side++)
        for (i = 0; i < 4; i++)
            np.pair.creds[side][i].keys = knob == NO_KEYS ? TOY_KEYS_NEVER : TOY_KEYS_AT_END;
    if (knob == STUCK) {
        stuck = toy_a;
        stuck.step = step_stuck;
        stuck_steps = 0;
        np.schemes[role][0].ops = &stuck;
    }
}

static void
act(const struct play *play, enum spnego_role role)
{
    negoex_pair_init(&np, play->initiator, play->acceptor, play->hops);
    turn(play->knob, role);
    np.pair.wire = negoex_edit_wire;
    np.pair.arg = (void *)&play->edit;
    pair_open(&np.pair);
    pair_run(&np.pair);
}

START_TEST(finding_is_raised)
{
    const struct scene *scene = &scenes[_i];
    char reason[512], want[512], line[512];

    act(&scene->raises, scene->role);
    snprintf(line, sizeof(line), "%s [SPN%u]\n", scene->words, scene->code);
    ck_assert_msg(strstr(np.text[scene->role], line) != NULL, "SPN%u: %s\n%s%s", scene->code,
                  scene->words, np.text[0], np.text[1]);
    ck_assert_msg(np.pair.status[scene->role] == scene->status, "SPN%u: %s", scene->code,
                  spnego_status_name(np.pair.status[scene->role]));
    if (scene->status < 0 && scene->code != 5121) {
        snprintf(want, sizeof(want), "%s failed: %s", NEGOEX, scene->words);
        spnego_ctx_reason(np.pair.ctx[scene->role], reason, sizeof(reason));
        ck_assert_str_eq(reason, want);
    }
    ck_assert_int_eq(pair_complete(&np.pair), scene->status == SPNEGO_OK);
    pair_close(&np.pair);
}
END_TEST

START_TEST(near_miss_is_none)
{
    const struct scene *scene = &scenes[_i];

    act(&scene->nearly, scene->role);
    ck_assert_msg(!negoex_pair_told(&np, scene->role, scene->code), "SPN%u\n%s", scene->code,
                  np.text[scene->role]);
    pair_close(&np.pair);
}
END_TEST

START_TEST(every_finding_has_a_scene)
{
    unsigned code, want = 0, have = 0;
    size_t i;

    for (i = 0; (code = spnego_finding_code_at(i)) != 0; i++)
        want += code / 100 == 51;
    for (i = 0; i < SCENES; i++)
        have += scenes[i].code == 5101 + i;
    ck_assert_uint_eq(want, have);
}
END_TEST

Suite *
negoex_findings_suite(void)
{
    Suite *suite = suite_create("negoex_findings");
    TCase *tests = tcase_create("findings");

    tcase_add_loop_test(tests, finding_is_raised, 0, SCENES);
    tcase_add_loop_test(tests, near_miss_is_none, 0, SCENES);
    tcase_add_test(tests, every_finding_has_a_scene);
    suite_add_tcase(suite, tests);
    return suite;
}
