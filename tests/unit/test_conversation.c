/* test_conversation.c: every file in tests/vectors/conversation says what is found in it,
 * and nothing else is found.  conv_file.h has the format. */
#include "conv_file.h"

#include "conversation_file.h"

#include <check.h>
#include <glob.h>
#include <string.h>

Suite *conversation_suite(void);

static glob_t names;

static void
compare(const char *name, const char *what, const char *found, const char *expected)
{
    ck_assert_msg(strcmp(found, expected) == 0, "%s: %s: %s\nexpected %s", name, what, found,
                  expected);
}

START_TEST(conversation_holds)
{
    const char *name = names.gl_pathv[_i];
    struct conversation conversation;
    struct conv_file file;
    char found[1024];

    ck_assert_msg(conv_file_load(&file, name), "%s", file.error);
    ck_assert_msg(conv_file_judge(&file, &conversation), "%s: %s", name, file.error);
    conv_file_found(found, sizeof(found), &conversation, conv_file_is_grave);
    compare(name, "expect", found, file.expect);
    conv_file_found(found, sizeof(found), &conversation, conv_file_is_note);
    if (file.has_notes)
        compare(name, "notes", found, file.notes);
    compare(name, "verdict", conv_file_verdict(&conversation), file.verdict);
    compare(name, "outcome", conv_file_outcome(&conversation), file.outcome);
    ck_assert_uint_gt(strlen(conversation.verdict), 0);
    conversation_free(&conversation);
    conv_file_free(&file);
}
END_TEST

/* Without words the findings are the same. */
START_TEST(conversation_holds_without_words)
{
    struct conversation full, bare;
    struct conv_file file;
    size_t i;
    char error[200];

    ck_assert(conv_file_load(&file, names.gl_pathv[_i]) && conv_file_judge(&file, &full));
    conversation_start(&bare, "bare", &full.setup);
    bare.setup.verdict_only = true;
    for (i = 0; i < full.count; i++)
        ck_assert(conversation_add(&bare, full.turns[i].side, full.turns[i].octets, "", 0,
                                   error, sizeof(error)));
    ck_assert(conversation_judge(&bare));
    ck_assert_str_eq(bare.verdict, full.verdict);
    ck_assert_int_eq(bare.outcome, full.outcome);
    ck_assert_uint_eq(conversation_count(&bare, SPNEGO_ERROR),
                      conversation_count(&full, SPNEGO_ERROR));
    ck_assert_uint_eq(conversation_count(&bare, SPNEGO_WARNING),
                      conversation_count(&full, SPNEGO_WARNING));
    conversation_free(&bare);
    conversation_free(&full);
    conv_file_free(&file);
}
END_TEST

/* What the sides are can be left out. */
START_TEST(sides_are_guessed)
{
    struct conversation told, guessed;
    struct conv_file file;
    char *line, error[200];
    size_t i;

    ck_assert(conv_file_load(&file, names.gl_pathv[_i]) && conv_file_judge(&file, &told));
    conversation_start(&guessed, "guessed", &told.setup);
    for (i = 0; i < told.count; i++)
        ck_assert(conversation_add(&guessed, SIDE_UNKNOWN, told.turns[i].octets, "", 0, error,
                                   sizeof(error)));
    ck_assert(conversation_judge(&guessed));
    line = strrchr(names.gl_pathv[_i], '/') + 1;
    /* What its sender may not send is taken for the other side's. */
    if (told.outcome == OUTCOME_COMPLETE && conversation_count(&told, SPNEGO_ERROR) == 0)
        for (i = 0; i < told.count; i++)
            ck_assert_msg(guessed.turns[i].side == told.turns[i].side, "%s: token %zu", line,
                          i + 1);
    conversation_free(&guessed);
    conversation_free(&told);
    conv_file_free(&file);
}
END_TEST

/* The library says these of its own state; an observer of both sides has others. */
static bool
is_the_librarys(unsigned code)
{
    static const unsigned codes[] = {5006, 5020, 5024, 5025, 5026, 5027, 5028,
                                     5029, 5030, 5031, 5034, 5036, 5037, 5038};
    size_t i;

    for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (codes[i] == code)
            return true;
    return false;
}

static bool
is_named(unsigned code, const char *codes)
{
    char name[16];

    snprintf(name, sizeof(name), "SPN%u", code);
    return strstr(codes, name) != NULL;
}

START_TEST(every_code_has_conversations)
{
    char missing[2048] = "";
    size_t i, at;
    unsigned code;

    for (i = 0; (code = spnego_finding_code_at(i)) != 0; i++) {
        bool raised = false, near = false;
        size_t len = strlen(missing);

        if ((code / 100 != 50 && code / 100 != 52) || is_the_librarys(code))
            continue;
        for (at = 0; at < names.gl_pathc; at++) {
            struct conv_file file;
            bool here;

            ck_assert_msg(conv_file_load(&file, names.gl_pathv[at]), "%s", file.error);
            here = is_named(code, file.expect) || is_named(code, file.notes);
            ck_assert_msg(!here || !is_named(code, file.near), "%s: SPN%u is raised and near",
                          names.gl_pathv[at], code);
            raised |= here;
            near |= is_named(code, file.near);
            conv_file_free(&file);
        }
        if (!raised || !near)
            snprintf(missing + len, sizeof(missing) - len, " SPN%u (%s)", code,
                     raised ? "near" : "raised");
    }
    ck_assert_msg(missing[0] == '\0', "codes without a conversation:%s", missing);
}
END_TEST

/* Who carried the tokens says how it ended, where the acceptor's last one did not come. */
static const struct {
    const char *file, *carrier;
    bool accepted, refused;
    const char *found, *verdict;
} carried[] = {
    {"c31-no-mic", "SMB2", true, false, "3:SPN5217",
     "accepted by SMB2 with NTLMSSP, without the acceptor's last token; no mechListMIC, and "
     "none is due"},
    {"c31-unanswered", "SMB2", false, true, "",
     "refused by SMB2 with NTLMSSP; no token of the acceptor says so"},
    {"c31-unanswered", "DCE/RPC", false, false, "",
     "unfinished with NTLMSSP: token 3 of the initiator is the last in the record"},
    {"c31-one-token", "LDAP", true, false, "1:SPN5217",
     "accepted by LDAP with Kerberos V5, without the acceptor's last token; no mechListMIC, "
     "and none is due"},
    {"c30-record-ends", "SMB2", true, false, "3:SPN5216 3:SPN5217",
     "accepted by SMB2 with NTLMSSP, without the acceptor's last token; no mechListMIC"},
    {"c30-record-ends", "SMB2", false, true, "3:SPN5216",
     "refused by SMB2 with NTLMSSP; no token of the acceptor says so"},
    {"c31-unanswered", "SMB2", true, false, "3:SPN5217 3:SPN5213",
     "accepted by SMB2 with NTLMSSP, without the acceptor's last token; mechListMIC from the "
     "initiator only"},
    {"c31-reselected", "SMB2", true, false, "2:SPN5013 5:SPN5023 5:SPN5217 5:SPN5229",
     "accepted by SMB2 with NTLMSSP, not the first choice, without the acceptor's last token; "
     "no mechListMIC"},
};

START_TEST(the_carrier_has_the_last_word)
{
    struct conversation conversation;
    struct analysis_setup setup = {TOLERATE_INTEROP_PROFILE, SIDE_UNKNOWN, false};
    struct conv_file file;
    char name[96], found[256];

    snprintf(name, sizeof(name), "tests/vectors/conversation/%s.conv", carried[_i].file);
    ck_assert_msg(conv_file_load(&file, name), "%s", file.error);
    conversation_start(&conversation, file.title, &setup);
    conversation.carrier = carried[_i].carrier;
    conversation.accepted = carried[_i].accepted;
    conversation.refused = carried[_i].refused;
    ck_assert(conversation_read(&conversation,
                                (struct spnego_slice){(uint8_t *)file.body, file.body_len},
                                INPUT_HEX, file.error, sizeof(file.error)));
    ck_assert(conversation_judge(&conversation));
    conv_file_found(found, sizeof(found), &conversation, conv_file_is_grave);
    compare(name, "found", found, carried[_i].found);
    compare(name, "verdict", conversation.verdict, carried[_i].verdict);
    ck_assert_int_eq(conversation.outcome, carried[_i].accepted  ? OUTCOME_COMPLETE
                                           : carried[_i].refused ? OUTCOME_REJECTED
                                                                 : OUTCOME_UNFINISHED);
    conversation_free(&conversation);
    conv_file_free(&file);
}
END_TEST

/* A place is that of the token's first piece. */
START_TEST(a_token_has_its_line)
{
    static const uint8_t pieces[] = {0x60, 0x03, 0x06, 0x01, 0x00};
    struct spnego_slice first = {pieces, 2}, second = {pieces + 2, 3};
    struct analysis_setup setup = {0, SIDE_UNKNOWN, false};
    struct conversation conversation;
    char error[200];

    conversation_start(&conversation, "lines", &setup);
    conversation_place(&conversation, 1); /* of no token */
    ck_assert(conversation_add(&conversation, SIDE_INITIATOR, first, "", 0, error, 200));
    conversation_place(&conversation, 7);
    ck_assert(conversation_add(&conversation, SIDE_INITIATOR, second, "", 0, error, 200));
    conversation_place(&conversation, 8);
    ck_assert_uint_eq(conversation.count, 1);
    ck_assert_uint_eq(conversation.turns[0].line, 7);
    conversation_free(&conversation);
}
END_TEST

#define HEADER "title: t\nsource: s\nverdict: valid\noutcome: complete\n"
static const struct {
    const char *text;
    const char *error;
} refused[] = {
    {"title: t\n", "v:2: no blank line behind the header"},
    {"title: t\ntitle: t\n", "v:2: title stands twice"},
    {"titel: t\n", "v:1: unknown key \"titel\""},
    {"I 60 00\n", "v:1: no key in \"I 60 00\"; a blank line ends the header"},
    {"title: t\n\n", "v:2: title or source is missing"},
    {"title: t\nsource: s\n\n", "v:3: \"\" is not valid, warning or invalid"},
    {"title: t\nsource: s\nverdict: valid\n\n", "v:4: \"\" is no outcome"},
    {HEADER "profile: lax\n\n", "v:6: \"lax\" is not interop or strict"},
};

START_TEST(errors_have_file_and_line)
{
    char text[256];
    struct conv_file file;
    FILE *stream;

    strcpy(text, refused[_i].text);
    stream = fmemopen(text, strlen(text), "r");
    ck_assert_ptr_nonnull(stream);
    ck_assert(!conv_file_read(&file, stream, "v"));
    ck_assert_str_eq(file.error, refused[_i].error);
    conv_file_free(&file);
    fclose(stream);
}
END_TEST

Suite *
conversation_suite(void)
{
    Suite *suite = suite_create("conversation");
    TCase *format = tcase_create("format");
    TCase *files = tcase_create("files");

    memset(&names, 0, sizeof(names));
    glob("tests/vectors/conversation/*.conv", 0, NULL, &names);
    tcase_add_loop_test(format, errors_have_file_and_line, 0,
                        (int)(sizeof(refused) / sizeof(refused[0])));
    suite_add_tcase(suite, format);
    tcase_set_timeout(files, 60);
    tcase_add_loop_test(files, conversation_holds, 0, (int)names.gl_pathc);
    tcase_add_loop_test(files, conversation_holds_without_words, 0, (int)names.gl_pathc);
    tcase_add_loop_test(files, sides_are_guessed, 0, (int)names.gl_pathc);
    tcase_add_test(files, every_code_has_conversations);
    tcase_add_loop_test(files, the_carrier_has_the_last_word, 0,
                        (int)(sizeof(carried) / sizeof(carried[0])));
    tcase_add_test(files, a_token_has_its_line);
    suite_add_tcase(suite, files);
    return suite;
}
