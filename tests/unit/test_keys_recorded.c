/* test_keys_recorded.c: conversations that others had, and whose keys are known: MIT krb5
 * with a toy in NegoEx, NTLM of Windows and others.  They are not part of this project. */
#include "conversation_file.h"
#include "keys.h"
#include "load.h"

#include <check.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>

Suite *keys_recorded_suite(void);

#define VECTORS "../shared/spec/vectors/"
#define CORPUS "../shared/corpus/local-gss/"

/* The toy's keys. */
#define ZEROS "00000000000000000000000000000000"
static const struct options toy = {.keys = {"I:01000000000000000000000000000000" ZEROS,
                                            "A:" ZEROS ZEROS},
                                   .key_count = 2,
                                   .enctype = 18};

static void
start(struct conversation *conversation, const char *name)
{
    struct analysis_setup setup = {TOLERATE_INTEROP_PROFILE, SIDE_UNKNOWN, true};

    conversation_start(conversation, name, &setup);
}

/* Judges it; nothing about keys may be wrong.  Returns how many checksums fit. */
static size_t
count_fitting(struct conversation *conversation, const struct options *options)
{
    char error[256];
    size_t fitting = 0, i, k;
    struct keys keys;

    ck_assert_msg(keys_load(&keys, options, error, sizeof(error)), "%s", error);
    ck_assert(conversation_judge(conversation));
    ck_assert(rules_of_keys(conversation, &keys));
    for (i = 0; i < conversation->count; i++) {
        const struct analysis *analysis = &conversation->turns[i].analysis;

        for (k = 0; k < analysis->remark_count; k++) {
            unsigned code = analysis->remarks[k].code;

            fitting += code == SPN7002_KEY_MIC_FITS || code == SPN7011_KEY_VERIFY_FITS;
            ck_assert_msg(code / 1000 != 7 || code == SPN7002_KEY_MIC_FITS ||
                              code == SPN7011_KEY_VERIFY_FITS,
                          "%s: token %zu: SPN%u", conversation->name, i + 1, code);
        }
    }
    keys_free(&keys);
    return fitting;
}

/* A file of lines; `text` is all of it, with a zero at the end. */
static void
read_lines(struct conversation *conversation, const char *name, char **text)
{
    struct input_octets octets;
    struct spnego_slice slice;
    char error[256];

    ck_assert_msg(load_file(&octets, name, error, sizeof(error)), "%s: %s", name, error);
    slice.ptr = octets.ptr;
    slice.len = octets.len;
    start(conversation, name);
    ck_assert_msg(conversation_read(conversation, slice, INPUT_HEX, error, sizeof(error)),
                  "%s: %s", name, error);
    *text = calloc(1, octets.len + 1);
    ck_assert_ptr_nonnull(*text);
    memcpy(*text, octets.ptr, octets.len);
    free(octets.ptr);
}

static size_t
find(glob_t *names, const char *pattern)
{
    memset(names, 0, sizeof(*names));
    if (glob(pattern, 0, NULL, names) != 0) {
        printf("skipped: %s is not there\n", pattern);
        return 0;
    }
    return names->gl_pathc;
}

START_TEST(verifies_of_mit)
{
    struct conversation conversation;
    size_t fitting = 0, count, i;
    glob_t names;
    char *text;

    count = find(&names, VECTORS "mit/negoex-*.conv");
    for (i = 0; i < count; i++) {
        read_lines(&conversation, names.gl_pathv[i], &text);
        fitting += count_fitting(&conversation, &toy);
        conversation_free(&conversation);
        free(text);
    }
    globfree(&names);
    ck_assert(count == 0 || fitting == 23);
}
END_TEST

/* One file a token: NAME.01.i.bin, NAME.02.a.bin. */
START_TEST(verifies_of_the_corpus)
{
    struct conversation conversation;
    size_t fitting = 0, count, i = 0;
    glob_t names;

    count = find(&names, CORPUS "mit-negoex-*.bin");
    while (i < count) {
        size_t prefix =
            (size_t)(strchr(names.gl_pathv[i] + sizeof(CORPUS), '.') - names.gl_pathv[i] + 1);
        const char *name = names.gl_pathv[i];

        for (start(&conversation, name);
             i < count && strncmp(names.gl_pathv[i], name, prefix) == 0; i++) {
            bool initiators = names.gl_pathv[i][prefix + 3] == 'i';
            struct input_octets octets;
            char error[256];

            ck_assert(load_file(&octets, names.gl_pathv[i], error, sizeof(error)));
            ck_assert(conversation_add(&conversation,
                                       initiators ? SIDE_INITIATOR : SIDE_ACCEPTOR,
                                       (struct spnego_slice){octets.ptr, octets.len}, "", 0,
                                       error, sizeof(error)));
            free(octets.ptr);
        }
        fitting += count_fitting(&conversation, &toy);
        conversation_free(&conversation);
    }
    globfree(&names);
    ck_assert(count == 0 || fitting >= 15);
}
END_TEST

/* Their session keys stand in the files' comments. */
START_TEST(mics_of_ntlm)
{
    static const char *const patterns[] = {VECTORS "pyspnego/*ntlm*.conv",
                                           VECTORS "windows/*ntlm-mic.conv"};
    struct options options = {.key_count = 0};
    struct conversation conversation;
    size_t fitting = 0, count, i;
    char *text, *key;
    glob_t names;

    count = find(&names, patterns[_i]);
    for (i = 0; i < count; i++) {
        read_lines(&conversation, names.gl_pathv[i], &text);
        key = strstr(text, "ExportedSessionKey ");
        ck_assert_ptr_nonnull(key);
        key += strlen("ExportedSessionKey ");
        key[32] = '\0';
        options.ntlm_session_key = key;
        fitting += count_fitting(&conversation, &options);
        conversation_free(&conversation);
        free(text);
    }
    globfree(&names);
    ck_assert_uint_eq(fitting, 2 * count);
}
END_TEST

/* Windows 10 in an anonymous session: everybody knows the KeyExchangeKey. */
START_TEST(anonymous_ntlm)
{
    struct options options = {.ntlm_session_key = ZEROS};
    struct conversation conversation;
    glob_t names;
    char *text;

    if (find(&names, VECTORS "windows/win10-smb1-anonymous-ntlm-mic.conv") > 0) {
        read_lines(&conversation, names.gl_pathv[0], &text);
        ck_assert_uint_eq(count_fitting(&conversation, &options), 2);
        conversation_free(&conversation);
        free(text);
    }
    globfree(&names);
}
END_TEST

Suite *
keys_recorded_suite(void)
{
    Suite *suite = suite_create("keys_recorded");
    TCase *tcase = tcase_create("recorded");
    struct legacy *legacy = legacy_new();

    tcase_add_test(tcase, verifies_of_mit);
    tcase_add_test(tcase, verifies_of_the_corpus);
    if (legacy != NULL) {
        tcase_add_loop_test(tcase, mics_of_ntlm, 0, 2);
        tcase_add_test(tcase, anonymous_ntlm);
    }
    legacy_free(legacy);
    suite_add_tcase(suite, tcase);
    return suite;
}
