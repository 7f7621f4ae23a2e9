/* test_negoex_edits.c - one thing is changed in a NegoEx conversation: what is said then, and
 * why it fails. */
#include "negoex_edit.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

Suite *negoex_edits_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR
#define A_ "C0A28569-66AC-0000-0000-000000000000"
#define B_ "D1B08469-2CA8-0000-0000-000000000000"

static struct negoex_pair np;

static const struct edited {
    const char *name, *initiator, *acceptor;
    unsigned hops;
    enum toy_keys keys; /* the initiator's */
    bool late;          /* no optimistic token */
    bool unverified;    /* both can do without a VERIFY */
    struct negoex_edit edit;
    enum spnego_role fails;
    const char *shape, *words;
} table[] = {
    {"an ALERT about another scheme is not answered",
     "A",
     "A",
     3,
     TOY_KEYS_AT_ONCE,
     false,
     false,
     {EDIT_SET, 1, 3, 55, 7},
     I,
     "I 0N1M2T3V | A1 4N5M6T7A | I1 8T | A1 9V | I2",
     "does not fit"},
    {"an ALERT for another reason is not answered",
     "A",
     "A",
     3,
     TOY_KEYS_AT_ONCE,
     false,
     false,
     {EDIT_SET, 1, 3, 88, 2},
     I,
     "I 0N1M2T3V | A1 4N5M6T7A | I1 8T | A1 9V | I2",
     "does not fit"},
    {"the scheme of an optimistic token that was taken is chosen",
     "AB",
     "AB",
     3,
     TOY_KEYS_AT_END,
     false,
     false,
     {EDIT_GUID, 2, 0, 40, 1},
     A,
     "I 0N1M2M3T | A1 4N5M6M7T | I1 8T9V | A2",
     "AP_REQUEST for " B_ ", which is not the one that was agreed on"},
    {"a scheme that the acceptor lists twice counts once",
     "AB",
     "AB",
     2,
     TOY_KEYS_AT_END,
     true,
     false,
     {EDIT_GUID, 1, 0, 112, 0},
     I,
     "I 0N1M2M | A1 3N4M5M | I1 6T | A1 7T8V | I2",
     "the VERIFY for " A_ " does not fit what both sides have said"},
    {"who accepts without VERIFY wants an answer all the same",
     "A",
     "A",
     1,
     TOY_KEYS_AT_END,
     false,
     true,
     {EDIT_STRIP, 1, 0, 0, 0},
     I,
     "I 0N1M2T3V | A0",
     "no responseToken"},
};
#define EDITED ((int)(sizeof(table) / sizeof(table[0])))

START_TEST(edit)
{
    const struct edited *edited = &table[_i];
    char shape[512], reason[512];
    int role;

    negoex_pair_init(&np, edited->initiator, edited->acceptor, edited->hops);
    np.pair.creds[I][0].keys = edited->keys;
    np.negoex[I].no_optimistic = edited->late;
    for (role = 0; role < 2; role++)
        np.negoex[role].accept_unverified = edited->unverified;
    np.pair.wire = negoex_edit_wire;
    np.pair.arg = (void *)&edited->edit;
    pair_open(&np.pair);
    pair_run(&np.pair);
    negoex_pair_shape(&np, shape, sizeof(shape));
    spnego_ctx_reason(np.pair.ctx[edited->fails], reason, sizeof(reason));
    ck_assert_msg(strcmp(shape, edited->shape) == 0, "%s: %s\n%s\n%s%s", edited->name, shape,
                  reason, np.text[I], np.text[A]);
    ck_assert_msg(strstr(reason, edited->words) != NULL, "%s: %s", edited->name, reason);
    pair_close(&np.pair);
}
END_TEST

/* Events are told of all that is said, however long it is. */
START_TEST(long_token_is_told)
{
    static char metadata[70000];
    struct spnego_slice nothing = {NULL, 0};

    memset(metadata, 'm', sizeof(metadata) - 1);
    negoex_pair_init(&np, "A", "A", 3);
    np.pair.creds[I][0].metadata = metadata;
    pair_open(&np.pair);
    ck_assert_uint_gt(pair_step(&np.pair, I, nothing).len, sizeof(metadata));
    ck_assert_ptr_nonnull(strstr(np.text[I], "sent #1 INITIATOR_META_DATA, 70063 octets"));
    ck_assert_ptr_nonnull(strstr(np.text[I], "sent #2 AP_REQUEST"));
    pair_close(&np.pair);
}
END_TEST

Suite *
negoex_edits_suite(void)
{
    Suite *suite = suite_create("negoex_edits");
    TCase *tests = tcase_create("edits");

    tcase_add_loop_test(tests, edit, 0, EDITED);
    tcase_add_test(tests, long_token_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
