/* test_keys_hostile.c: no octet of what a checksum covers can be changed unseen, and no
 * change of any octet makes the rules about keys crash. */
#include "conv_file.h"
#include "keys.h"
#include "octets.h"

Suite *keys_hostile_suite(void);

#define KEY "000102030405060708090a0b0c0d0e0f"
static const struct options both = {.keys = {KEY}, .key_count = 1, .enctype = 19};

static struct keys keys;

static void
load(void)
{
    char error[200];

    ck_assert_msg(keys_load(&keys, &both, error, sizeof(error)), "%s", error);
}

static void
unload(void)
{
    keys_free(&keys);
    octets_release();
}

/* Judges the tokens of `from` with one octet changed. */
static void
judge_changed(struct conversation *conversation, const struct conversation *from, size_t turn,
              size_t off, uint8_t change)
{
    char error[200];
    size_t i;

    conversation_start(conversation, "changed", &from->setup);
    conversation->setup.verdict_only = true;
    for (i = 0; i < from->count; i++) {
        struct spnego_slice octets = octets_copy(from->turns[i].octets);

        if (i == turn)
            ((uint8_t *)octets.ptr)[off] ^= change;
        ck_assert(conversation_add(conversation, from->turns[i].side, octets, "", 0, error,
                                   sizeof(error)));
    }
    ck_assert(conversation_judge(conversation));
    ck_assert(rules_of_keys(conversation, &keys));
    octets_release();
}

static bool
says(const struct turn *turn, unsigned code)
{
    size_t i;

    for (i = 0; i < turn->analysis.remark_count; i++)
        if (turn->analysis.remarks[i].code == code)
            return true;
    return false;
}

static void
read_vector(struct conversation *conversation, const char *name)
{
    struct conv_file file;

    ck_assert_msg(conv_file_load(&file, name), "%s", file.error);
    ck_assert_msg(conv_file_judge(&file, conversation), "%s", file.error);
    conv_file_free(&file);
}

/* The acceptor's VERIFY is the last of all messages. */
START_TEST(every_octet_of_negoex_counts)
{
    struct conversation good, bad;
    size_t i, off;

    read_vector(&good, "tests/vectors/keys/verify-alert.conv");
    ck_assert(rules_of_keys(&good, &keys));
    ck_assert(says(&good.turns[3], SPN7011_KEY_VERIFY_FITS));
    for (i = 0; i < 3; i++) {
        size_t from = (size_t)(good.turns[i].token.ptr - good.turns[i].octets.ptr);

        for (off = 0; off < good.turns[i].octets.len; off++) {
            judge_changed(&bad, &good, i, off, 0x41);
            ck_assert_msg(off < from || bad.count < 4 ||
                              !says(&bad.turns[3], SPN7011_KEY_VERIFY_FITS),
                          "token %zu, octet %zu", i + 1, off);
            conversation_free(&bad);
        }
    }
    conversation_free(&good);
}
END_TEST

START_TEST(every_octet_of_the_list_counts)
{
    struct conversation good, bad;
    struct spnego_slice list;
    size_t off;

    read_vector(&good, "tests/vectors/keys/mic-fits.conv");
    list = good.turns[0].list.der;
    for (off = 0; off < good.turns[0].octets.len; off++) {
        const uint8_t *at = good.turns[0].octets.ptr + off;
        bool in_list = at >= list.ptr && at < list.ptr + list.len;
        size_t i;

        judge_changed(&bad, &good, 0, off, 0x01);
        for (i = 0; in_list && i < bad.count; i++)
            ck_assert_msg(!says(&bad.turns[i], SPN7002_KEY_MIC_FITS), "octet %zu", off);
        conversation_free(&bad);
    }
    conversation_free(&good);
}
END_TEST

Suite *
keys_hostile_suite(void)
{
    Suite *suite = suite_create("keys_hostile");
    TCase *tcase = tcase_create("changes");

    tcase_add_checked_fixture(tcase, load, unload);
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, every_octet_of_negoex_counts);
    tcase_add_test(tcase, every_octet_of_the_list_counts);
    suite_add_tcase(suite, tcase);
    return suite;
}
