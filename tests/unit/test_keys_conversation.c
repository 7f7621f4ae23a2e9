/* test_keys_conversation.c: every file in tests/vectors/keys says what its keys show.
 * conv_file.h has the format; a `key` is an option of spnego-check, and that of --keytab
 * has the octets of the file in its place. */
#include "conv_file.h"
#include "keys.h"
#include "octets.h"

#include <glob.h>
#include <unistd.h>

Suite *keys_conversation_suite(void);

static glob_t names;

/* What was read of a file's `key` lines; the strings are in them. */
struct given {
    struct options options;
    char keytab[32]; /* a temporary file's name */
};

static void
write_keytab(struct given *given, const char *hex)
{
    struct spnego_slice contents = octets(hex);
    int file;

    strcpy(given->keytab, "/tmp/spnego-keytab-XXXXXX");
    file = mkstemp(given->keytab);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, contents.ptr, contents.len), (ssize_t)contents.len);
    close(file);
    given->options.keytab = given->keytab;
}

static void
take_option(struct given *given, const char *name, const char *value)
{
    struct options *options = &given->options;

    if (strcmp(name, "--key") == 0)
        options->keys[options->key_count++] = value;
    else if (strcmp(name, "--enctype") == 0)
        options->enctype = strtoul(value, NULL, 10);
    else if (strcmp(name, "--ntlm-session-key") == 0)
        options->ntlm_session_key = value;
    else if (strcmp(name, "--keytab") == 0)
        write_keytab(given, value);
    else
        ck_abort_msg("no option for keys: %s", name);
}

static void
load_keys(struct keys *keys, char *lines)
{
    struct given given = {.keytab = ""};
    char *name, *value, *rest = lines, error[256];
    bool loaded;

    while ((name = strtok_r(rest, " ", &rest)) != NULL) {
        value = strtok_r(rest, "\n", &rest);
        ck_assert_ptr_nonnull(value);
        take_option(&given, name, value);
    }
    loaded = keys_load(keys, &given.options, error, sizeof(error));
    if (given.keytab[0] != '\0')
        unlink(given.keytab);
    ck_assert_msg(loaded, "%s", error);
}

static bool
is_note_of_keys(const struct remark *remark)
{
    return remark->severity == SPNEGO_NOTE && remark->code / 1000 == 7;
}

static void
compare(const char *name, const char *what, const char *found, const char *expected)
{
    ck_assert_msg(strcmp(found, expected) == 0, "%s: %s: %s\nexpected %s", name, what, found,
                  expected);
}

/* Debian 13 has RC4 in a package of its own. */
static bool
lacks_rc4(const char *name)
{
    static const char *const with_rc4[] = {"/ntlm", "/mic-rc4", "/keytab-session", "/nothing"};
    struct legacy *legacy = legacy_new();
    size_t i;

    legacy_free(legacy);
    for (i = 0; legacy == NULL && i < sizeof(with_rc4) / sizeof(with_rc4[0]); i++) {
        if (strstr(name, with_rc4[i]) != NULL) {
            printf("skipped: %s needs OpenSSL's legacy provider\n", name);
            return true;
        }
    }
    return false;
}

START_TEST(keys_hold)
{
    const char *name = names.gl_pathv[_i];
    struct conversation conversation;
    struct conv_file file;
    struct keys keys;
    char found[1024];

    if (lacks_rc4(name))
        return;
    ck_assert_msg(conv_file_load(&file, name), "%s", file.error);
    load_keys(&keys, file.keys);
    ck_assert_msg(conv_file_judge(&file, &conversation), "%s: %s", name, file.error);
    ck_assert(rules_of_keys(&conversation, &keys));
    conv_file_found(found, sizeof(found), &conversation, conv_file_is_grave);
    compare(name, "expect", found, file.expect);
    conv_file_found(found, sizeof(found), &conversation, is_note_of_keys);
    compare(name, "notes", found, file.notes);
    compare(name, "verdict", conv_file_verdict(&conversation), file.verdict);
    compare(name, "outcome", conv_file_outcome(&conversation), file.outcome);
    keys_free(&keys);
    conversation_free(&conversation);
    conv_file_free(&file);
}
END_TEST

/* Without keys nothing is said of them. */
START_TEST(no_keys_no_remarks)
{
    const char *name = names.gl_pathv[_i];
    struct conversation conversation;
    struct conv_file file;
    struct keys keys;
    char found[1024];

    ck_assert_msg(conv_file_load(&file, name), "%s", file.error);
    file.keys[0] = '\0';
    load_keys(&keys, file.keys);
    ck_assert_msg(conv_file_judge(&file, &conversation), "%s: %s", name, file.error);
    ck_assert(rules_of_keys(&conversation, &keys));
    conv_file_found(found, sizeof(found), &conversation, is_note_of_keys);
    compare(name, "notes", found, "");
    conv_file_found(found, sizeof(found), &conversation, conv_file_is_grave);
    ck_assert_msg(strstr(found, "SPN7") == NULL, "%s: %s", name, found);
    keys_free(&keys);
    conversation_free(&conversation);
    conv_file_free(&file);
}
END_TEST

static bool
is_named(unsigned code, const char *codes)
{
    char name[16];

    snprintf(name, sizeof(name), "SPN%u", code);
    return strstr(codes, name) != NULL;
}

/* A code has a vector that raises it and one that nearly does. */
START_TEST(every_code_has_vectors)
{
    size_t i, k;
    unsigned code;

    for (i = 0; (code = spnego_finding_code_at(i)) != 0; i++) {
        bool raised = false, near = false;

        for (k = 0; code / 1000 == 7 && k < names.gl_pathc; k++) {
            struct conv_file file;
            bool here;

            ck_assert_msg(conv_file_load(&file, names.gl_pathv[k]), "%s", file.error);
            here = is_named(code, file.expect) || is_named(code, file.notes);
            ck_assert_msg(!here || !is_named(code, file.near), "%s: SPN%u is both",
                          names.gl_pathv[k], code);
            raised |= here;
            near |= is_named(code, file.near);
            conv_file_free(&file);
        }
        ck_assert_msg(code / 1000 != 7 || (raised && near), "SPN%u has no vectors", code);
    }
}
END_TEST

Suite *
keys_conversation_suite(void)
{
    Suite *suite = suite_create("keys_conversation");
    TCase *tcase = tcase_create("vectors");
    int count;

    glob("tests/vectors/keys/*.conv", 0, NULL, &names);
    count = (int)names.gl_pathc;
    tcase_add_checked_fixture(tcase, NULL, octets_release);
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, keys_hold, 0, count);
    tcase_add_loop_test(tcase, no_keys_no_remarks, 0, count);
    tcase_add_test(tcase, every_code_has_vectors);
    suite_add_tcase(suite, tcase);
    return suite;
}
