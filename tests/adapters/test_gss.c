/* test_gss.c: mechanisms of the system, as far as they come without a KDC: what stands in
 * the tables, what cannot be created, and the words for it. */
#include "../unit/octets.h"
#include "spnego/gss.h"
#include "spnego/spnego.h"
#include "suites.h"
#include "toy_mech.h"

#include <gssapi/gssapi_krb5.h>
#include <stdlib.h>

static gss_name_t target;
static void *mech;

/* Whatever this machine has for Kerberos is out of reach. */
static void
setup(void)
{
    gss_buffer_desc text = {sizeof("host@server.invalid") - 1, "host@server.invalid"};
    OM_uint32 minor;

    ck_assert_int_eq(setenv("KRB5_CONFIG", "/dev/null", 1), 0);
    ck_assert_int_eq(setenv("KRB5CCNAME", "FILE:/nonexistent/cache", 1), 0);
    ck_assert_int_eq(setenv("KRB5_KTNAME", "FILE:/nonexistent/keytab", 1), 0);
    ck_assert_int_eq(setenv("KRB5_CLIENT_KTNAME", "FILE:/nonexistent/client", 1), 0);
    ck_assert_uint_eq(gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, &target),
                      GSS_S_COMPLETE);
    mech = NULL;
}

static void
teardown(void)
{
    OM_uint32 minor;

    if (mech != NULL)
        spnego_gss_krb5.destroy(mech);
    gss_release_name(&minor, &target);
    octets_release();
}

static struct spnego_gss_cred
default_cred(void)
{
    return (struct spnego_gss_cred){.size = sizeof(struct spnego_gss_cred), .target = target};
}

START_TEST(identifiers)
{
    const struct spnego_slice oid = octets("69 85 a2 c0 ac 66");
    struct spnego_mech_ops any;

    octets_check(spnego_gss_krb5.oid, octets("2a 86 48 86 f7 12 01 02 02"));
    octets_check(spnego_gss_ms_krb5.oid, octets("2a 86 48 82 f7 12 01 02 02"));
    octets_check(spnego_gss_ntlmssp.oid, octets("2b 06 01 04 01 82 37 02 02 0a"));
    spnego_gss_any(&any, oid);
    octets_check(any.oid, oid);
    ck_assert_ptr_eq(any.oid.ptr, oid.ptr);
    ck_assert_uint_eq(any.size, sizeof(any));
    ck_assert_ptr_null(any.auth_scheme);
}
END_TEST

START_TEST(initiator_without_a_target)
{
    struct spnego_gss_cred cred = default_cred();

    ck_assert_int_eq(spnego_gss_krb5.create(&mech, NULL, SPNEGO_INITIATOR), SPNEGO_E_MECH);
    cred.target = GSS_C_NO_NAME;
    ck_assert_int_eq(spnego_gss_krb5.create(&mech, &cred, SPNEGO_INITIATOR), SPNEGO_E_MECH);
    ck_assert_ptr_null(mech);
}
END_TEST

START_TEST(cred_of_another_version)
{
    struct spnego_gss_cred cred = default_cred();

    cred.size--;
    ck_assert_int_eq(spnego_gss_krb5.create(&mech, &cred, SPNEGO_INITIATOR), SPNEGO_E_STATE);
    ck_assert_ptr_null(mech);
}
END_TEST

START_TEST(mechanism_that_the_system_has_not)
{
    static gss_OID_desc unknown = {6, "\x69\x85\xa2\xc0\xac\x66"};
    struct spnego_gss_cred cred = default_cred();
    struct spnego_mech_ops any;

    spnego_gss_any(&any, octets("69 85 a2 c0 ac 66"));
    ck_assert_int_eq(any.create(&mech, &cred, SPNEGO_INITIATOR), SPNEGO_E_UNSUPPORTED);
    ck_assert_int_eq(any.create(&mech, NULL, SPNEGO_ACCEPTOR), SPNEGO_E_UNSUPPORTED);
    cred.mech = &unknown;
    ck_assert_int_eq(any.create(&mech, &cred, SPNEGO_INITIATOR), SPNEGO_E_UNSUPPORTED);
    ck_assert_int_eq(any.create(&mech, &cred, SPNEGO_ACCEPTOR), SPNEGO_E_UNSUPPORTED);
    ck_assert_ptr_null(mech);
}
END_TEST

/* A credential may name the mechanism for any table. */
START_TEST(initiator_without_credentials)
{
    struct spnego_gss_cred cred = default_cred();
    uint8_t room[64];
    struct spnego_buf out = {room, sizeof(room), 0, NULL};
    struct spnego_gss_outcome outcome;
    struct spnego_key key;
    char why[200], cut[12];

    cred.mech = gss_mech_krb5;
    ck_assert_int_eq(spnego_gss_ntlmssp.create(&mech, &cred, SPNEGO_INITIATOR), SPNEGO_OK);
    ck_assert_int_eq(spnego_gss_krb5.step(mech, &out, (struct spnego_slice){NULL, 0}),
                     SPNEGO_E_MECH);
    ck_assert_uint_eq(out.len, 0);
    spnego_gss_krb5.why(mech, why, sizeof(why));
    ck_assert_str_eq(why,
                     "No credentials were supplied, or the credentials were unavailable or "
                     "inaccessible; No Kerberos credentials available (default cache: "
                     "FILE:/nonexistent/cache)");
    spnego_gss_krb5.why(mech, cut, sizeof(cut));
    ck_assert_str_eq(cut, "No credenti");
    ck_assert_int_eq(spnego_gss_krb5.key(mech, true, &key), SPNEGO_CONTINUE);
    spnego_gss_outcome(mech, &outcome);
    ck_assert_ptr_null(outcome.context);
    ck_assert_ptr_null(outcome.initiator);
    ck_assert_ptr_null(spnego_gss_take_context(mech));
    ck_assert_ptr_null(spnego_gss_take_delegated(mech));
}
END_TEST

START_TEST(exported_before_it_has_begun)
{
    struct spnego_gss_cred cred = default_cred();
    uint8_t room[64];
    struct spnego_buf state = {room, sizeof(room), 0, NULL};
    void *copy = NULL;

    ck_assert_int_eq(spnego_gss_krb5.create(&mech, &cred, SPNEGO_INITIATOR), SPNEGO_OK);
    ck_assert_int_eq(spnego_gss_krb5.export_state(mech, &state), SPNEGO_OK);
    octets_check((struct spnego_slice){state.ptr, state.len}, octets("00000000 00000000"));
    ck_assert_int_eq(spnego_gss_krb5.import_state(&copy, &cred, SPNEGO_INITIATOR,
                                                  (struct spnego_slice){room, 8}),
                     SPNEGO_OK);
    spnego_gss_krb5.destroy(copy);
}
END_TEST

START_TEST(state_that_is_damaged)
{
    static const char *states[] = {"", "00000000 000000", "00000000 00000000 00",
                                   "00000000 00000000 00000009 2a864886f712010202 00"};
    struct spnego_gss_cred cred = default_cred();

    ck_assert_int_eq(spnego_gss_krb5.import_state(&mech, &cred, SPNEGO_INITIATOR,
                                                  octets(states[_i])),
                     SPNEGO_E_MALFORMED);
    ck_assert_ptr_null(mech);
}
END_TEST

/* Kerberos comes first on both sides; who has no key for it must not choose it. */
START_TEST(acceptor_without_a_keytab)
{
    struct toy_cred toy = {.hops = 1, .integrity = true};
    const struct spnego_offer offers[] = {{&spnego_gss_krb5, NULL}, {&toy_a, &toy}};
    const struct spnego_config config = {.size = sizeof(config),
                                         .role = SPNEGO_ACCEPTOR,
                                         .offers = offers,
                                         .num_offers = 2};
    struct spnego_slice out;
    struct spnego_outcome outcome;
    struct spnego_ctx *ctx;

    ck_assert_int_eq(spnego_gss_krb5.create(&mech, NULL, SPNEGO_ACCEPTOR), SPNEGO_E_MECH);
    ck_assert_int_eq(spnego_ctx_new(&ctx, &config), SPNEGO_OK);
    ck_assert_int_eq(spnego_ctx_step(ctx, &out,
                                     octets("60 23 06 06 2b0601050502 a0 19 30 17 a0 15 30 13 "
                                            "06 09 2a864886f712010202 06 06 6985a2c0ac66")),
                     SPNEGO_CONTINUE);
    spnego_ctx_outcome(ctx, &outcome);
    ck_assert_int_eq(outcome.selected, 1);
    spnego_ctx_free(ctx);
}
END_TEST

Suite *
gss_suite(void)
{
    Suite *suite = suite_create("gss");
    TCase *tcase = tcase_create("gss");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, identifiers);
    tcase_add_test(tcase, initiator_without_a_target);
    tcase_add_test(tcase, cred_of_another_version);
    tcase_add_test(tcase, mechanism_that_the_system_has_not);
    tcase_add_test(tcase, initiator_without_credentials);
    tcase_add_test(tcase, exported_before_it_has_begun);
    tcase_add_loop_test(tcase, state_that_is_damaged, 0, 4);
    tcase_add_test(tcase, acceptor_without_a_keytab);
    suite_add_tcase(suite, tcase);
    return suite;
}
