/* test_conversation_hostile.c: tokens that are cut, dropped, swapped, sent twice, or no
 * tokens at all.  Nothing may crash, and a negotiation in which a token is lost, moved or
 * cut may not pass for a sound one that is complete. */
#include "conv_file.h"
#include "ladder.h"
#include "report.h"

#include <check.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

Suite *conversation_hostile_suite(void);

static glob_t names;
static FILE *paper;

/* A list of tokens that can be changed before it is judged. */
struct tape {
    size_t count;
    struct {
        enum side side;
        struct spnego_slice octets;
    } tokens[CONVERSATION_MAX_TURNS + 8];
};

static void
record(struct tape *tape, const struct conversation *conversation)
{
    size_t i;

    tape->count = conversation->count;
    for (i = 0; i < tape->count; i++) {
        tape->tokens[i].side = conversation->turns[i].side;
        tape->tokens[i].octets = conversation->turns[i].octets;
    }
}

/* Judges a tape and prints all there is to print. */
static void
judge(struct conversation *conversation, const struct tape *tape, bool guess)
{
    static const struct analysis_setup setup = {.tolerate = TOLERATE_INTEROP_PROFILE};
    char error[256];
    size_t i;

    conversation_start(conversation, "tape", &setup);
    for (i = 0; i < tape->count; i++)
        ck_assert(conversation_add(conversation, guess ? SIDE_UNKNOWN : tape->tokens[i].side,
                                   tape->tokens[i].octets, "token", i, error, sizeof(error)));
    ck_assert(conversation_judge(conversation));
    ck_assert_uint_gt(strlen(conversation->verdict), 0);
    rewind(paper);
    report_conversation_text(paper, conversation, true);
    ck_assert(ladder_svg(paper, conversation));
}

static void
try_both(const struct tape *tape)
{
    struct conversation conversation;

    judge(&conversation, tape, true);
    conversation_free(&conversation);
    judge(&conversation, tape, false);
    conversation_free(&conversation);
}

/* Is it complete, and not a word is said against it? */
static bool
passes(const struct tape *tape)
{
    struct conversation conversation;
    bool clean;

    judge(&conversation, tape, false);
    clean = conversation.outcome == OUTCOME_COMPLETE &&
            conversation.init < conversation.count &&
            conversation_count(&conversation, SPNEGO_ERROR) == 0 &&
            conversation_count(&conversation, SPNEGO_WARNING) == 0;
    conversation_free(&conversation);
    return clean;
}

static void
load(struct conv_file *file, struct conversation *conversation, struct tape *tape, int i)
{
    ck_assert_msg(conv_file_load(file, names.gl_pathv[i]), "%s", file->error);
    ck_assert(conv_file_judge(file, conversation));
    record(tape, conversation);
}

/* Only what says nothing may be lost without being missed: a hint, an empty token, or a last
 * token that nobody waits for. */
static bool
is_idle(const struct conversation *conversation, size_t i)
{
    return i < conversation->init || i + 1 == conversation->count ||
           conversation->turns[i].octets.len == 0;
}

/* May a token be cut to so many octets?  To nothing, if it is idle; and what protects the
 * application is not looked into. */
static bool
is_free(const struct conversation *conversation, size_t i, size_t len)
{
    return is_idle(conversation, i) && (len == 0 || conversation->turns[i].kind == TURN_NAKED);
}

START_TEST(cut_tokens)
{
    struct conversation conversation;
    struct conv_file file;
    struct tape tape, cut;
    size_t i, len, step;

    load(&file, &conversation, &tape, _i);
    for (i = 0; i < tape.count && tape.count <= 8; i++) {
        step = 1 + tape.tokens[i].octets.len / 24;
        for (len = 0; len < tape.tokens[i].octets.len; len += step) {
            uint8_t *exact = malloc(len + 1);

            memcpy(exact, tape.tokens[i].octets.ptr, len);
            cut = tape;
            cut.tokens[i].octets.ptr = realloc(exact, len != 0 ? len : 1);
            cut.tokens[i].octets.len = len;
            try_both(&cut);
            ck_assert_msg(is_free(&conversation, i, len) || !passes(&cut),
                          "%s: token %zu cut to %zu octets passes", names.gl_pathv[_i], i + 1,
                          len);
            free((void *)cut.tokens[i].octets.ptr);
        }
    }
    conversation_free(&conversation);
    conv_file_free(&file);
}
END_TEST

START_TEST(lost_tokens)
{
    struct conversation conversation;
    struct conv_file file;
    struct tape tape, changed;
    size_t i;

    load(&file, &conversation, &tape, _i);
    for (i = 0; i < tape.count; i++) {
        changed = tape;
        changed.count--;
        memmove(&changed.tokens[i], &changed.tokens[i + 1],
                (changed.count - i) * sizeof(changed.tokens[0]));
        try_both(&changed);
        ck_assert_msg(is_idle(&conversation, i) || !passes(&changed), "%s: without token %zu",
                      names.gl_pathv[_i], i + 1);
    }
    conversation_free(&conversation);
    conv_file_free(&file);
}
END_TEST

START_TEST(swapped_and_repeated_tokens)
{
    struct conversation conversation;
    struct conv_file file;
    struct tape tape, changed;
    size_t i;

    load(&file, &conversation, &tape, _i);
    for (i = 0; i + 1 < tape.count; i++) {
        changed = tape;
        changed.tokens[i] = tape.tokens[i + 1];
        changed.tokens[i + 1] = tape.tokens[i];
        try_both(&changed);
        ck_assert_msg(is_idle(&conversation, i) || is_idle(&conversation, i + 1) ||
                          !passes(&changed),
                      "%s: %zu and %zu are swapped", names.gl_pathv[_i], i + 1, i + 2);
    }
    for (i = 0; i < tape.count && tape.count < CONVERSATION_MAX_TURNS; i++) {
        changed = tape;
        memmove(&changed.tokens[i + 1], &tape.tokens[i],
                (tape.count - i) * sizeof(changed.tokens[0]));
        changed.count++;
        try_both(&changed);
        ck_assert_msg(is_idle(&conversation, i) || !passes(&changed), "%s: %zu comes twice",
                      names.gl_pathv[_i], i + 1);
    }
    conversation_free(&conversation);
    conv_file_free(&file);
}
END_TEST

/* Tokens that begin as if they were something. */
START_TEST(random_tokens)
{
    static const char *const starts[] = {"",     "\x60\x20", "\xa1\x12\x30\x10", "NEGOEXTS",
                                         "\x6e", "NTLMSSP",  "\x60\x84\xff\xff", "\xa0\x80"};
    uint8_t octets[CONVERSATION_MAX_TURNS][96];
    unsigned seed = 1 + (unsigned)_i;
    struct tape tape;
    size_t i, k;

    tape.count = 1 + (size_t)_i % CONVERSATION_MAX_TURNS;
    for (i = 0; i < tape.count; i++) {
        const char *start = starts[seed % 8];

        for (k = 0; k < sizeof(octets[i]); k++) {
            seed = seed * 1103515245u + 12345u;
            octets[i][k] = (uint8_t)(seed >> 16);
        }
        memcpy(octets[i], start, strlen(start));
        tape.tokens[i].side = (seed >> 20) % 2 == 0 ? SIDE_INITIATOR : SIDE_ACCEPTOR;
        tape.tokens[i].octets.ptr = octets[i];
        tape.tokens[i].octets.len = (seed >> 8) % sizeof(octets[i]);
    }
    try_both(&tape);
}
END_TEST

START_TEST(a_thousand_tokens)
{
    static const struct analysis_setup setup = {.tolerate = TOLERATE_INTEROP_PROFILE};
    static const uint8_t octets[] = {0xa1, 0x07, 0x30, 0x05, 0xa0, 0x03, 0x0a, 0x01, 0x01};
    struct spnego_slice token = {octets, sizeof(octets)};
    struct conversation conversation;
    size_t i, taken = 0;
    char error[256];

    conversation_start(&conversation, "many", &setup);
    for (i = 0; i < 1000; i++)
        taken +=
            conversation_add(&conversation, SIDE_UNKNOWN, token, "", 0, error, sizeof(error));
    ck_assert_uint_eq(taken, CONVERSATION_MAX_TURNS);
    ck_assert_str_eq(error, "more than 64 tokens: no negotiation has that many");
    ck_assert(conversation_judge(&conversation));
    conversation_free(&conversation);
}
END_TEST

/* A token in a thousand pieces is one token. */
START_TEST(a_thousand_pieces)
{
    static const struct analysis_setup setup = {.tolerate = TOLERATE_INTEROP_PROFILE};
    uint8_t octets[1004] = {0xa1, 0x82, 0x03, 0xe8};
    struct spnego_slice piece = {octets, 4}, empty = {NULL, 0};
    struct conversation conversation;
    char error[256];
    size_t i;

    conversation_start(&conversation, "pieces", &setup);
    for (i = 0; i <= 1000; i++) {
        ck_assert(conversation_add(&conversation, SIDE_INITIATOR, piece, "", 0, error,
                                   sizeof(error)));
        if (i < 1000)
            ck_assert(conversation_add(&conversation, SIDE_ACCEPTOR, empty, "", 0, error,
                                       sizeof(error)));
        piece.ptr = octets + 4 + i;
        piece.len = 1;
    }
    ck_assert_uint_eq(conversation.count, 1);
    ck_assert_uint_eq(conversation.turns[0].fragments, 1001);
    ck_assert_uint_eq(conversation.turns[0].octets.len, sizeof(octets));
    ck_assert_mem_eq(conversation.turns[0].octets.ptr, octets, sizeof(octets));
    conversation_free(&conversation);
}
END_TEST

static void
open_paper(void)
{
    paper = fopen("/dev/null", "w");
    ck_assert_ptr_nonnull(paper);
}

static void
close_paper(void)
{
    fclose(paper);
}

Suite *
conversation_hostile_suite(void)
{
    Suite *suite = suite_create("conversation_hostile");
    TCase *files = tcase_create("files");

    memset(&names, 0, sizeof(names));
    glob("tests/vectors/conversation/*.conv", 0, NULL, &names);
    tcase_add_unchecked_fixture(files, open_paper, close_paper);
    tcase_set_timeout(files, 300);
    tcase_add_loop_test(files, cut_tokens, 0, (int)names.gl_pathc);
    tcase_add_loop_test(files, lost_tokens, 0, (int)names.gl_pathc);
    tcase_add_loop_test(files, swapped_and_repeated_tokens, 0, (int)names.gl_pathc);
    tcase_add_loop_test(files, random_tokens, 0, 400);
    tcase_add_test(files, a_thousand_tokens);
    tcase_add_test(files, a_thousand_pieces);
    suite_add_tcase(suite, files);
    return suite;
}
