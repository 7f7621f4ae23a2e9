/* test_keys.c: the keys on the command line, and the algorithms that libkrb5 does not
 * give away. */
#include "keys.h"
#include "octets.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

Suite *keys_suite(void);

#define KEY_16 "000102030405060708090a0b0c0d0e0f"
#define KEY_32 KEY_16 "101112131415161718191a1b1c1d1e1f"

static struct keys keys;
static char error[256];

static struct options
options_with(const char *key, unsigned long enctype)
{
    struct options options = {.keys = {key}, .key_count = key != NULL, .enctype = enctype};

    return options;
}

static const struct refusal {
    const char *key;
    unsigned long enctype;
    const char *error;
} refused[] = {
    {"", 18, "--key: it is empty; expected hexadecimal digits"},
    {"A:", 18, "--key: it is empty; expected hexadecimal digits"},
    {"0g", 18, "--key: no hexadecimal digit at place 2"},
    {"I:00 1", 18, "--key: no hexadecimal digit at place 5"},
    {"B:00", 18, "--key: no hexadecimal digit at place 2"},
    {"001", 18, "--key: 3 hexadecimal digits; expected two for each octet"},
    {KEY_16, 18,
     "--key: length 16; expected the 32 octets of a key of encryption type 18, "
     "aes256-cts-hmac-sha1-96"},
    {KEY_32, 23,
     "--key: length 32; expected the 16 octets of a key of encryption type 23, arcfour-hmac"},
    {KEY_32 KEY_32, 18,
     "--key: length 64; expected the 32 octets of a key of encryption type 18, "
     "aes256-cts-hmac-sha1-96"},
    {KEY_16, 99,
     "--enctype: 99 is no encryption type of libkrb5; expected a number such as 18, "
     "aes256-cts-hmac-sha1-96"},
    {"000000000000000000000000000000000000000000000000", 16,
     "--key: libkrb5 takes no such key for checksums"}, /* DES has weak ones */
};

START_TEST(a_bad_key_is_refused)
{
    struct options options = options_with(refused[_i].key, refused[_i].enctype);

    ck_assert(!keys_load(&keys, &options, error, sizeof(error)));
    ck_assert_str_eq(error, refused[_i].error);
    keys_free(&keys);
}
END_TEST

START_TEST(one_of_several_is_named)
{
    struct options options = options_with(KEY_16, 17);

    options.keys[1] = "A:" KEY_32;
    options.key_count = 2;
    ck_assert(!keys_load(&keys, &options, error, sizeof(error)));
    ck_assert_str_eq(error, "--key, number 2: length 32; expected the 16 octets of a key of "
                            "encryption type 17, aes128-cts-hmac-sha1-96");
    keys_free(&keys);
}
END_TEST

START_TEST(keys_are_read)
{
    struct options options = options_with("I:000102030405060708090A0B0C0D0e0F", 19);

    options.keys[1] = KEY_16;
    options.key_count = 2;
    ck_assert_msg(keys_load(&keys, &options, error, sizeof(error)), "%s", error);
    ck_assert_uint_eq(keys.given_count, 2);
    ck_assert_int_eq(keys.given[0].side, SIDE_INITIATOR);
    ck_assert_int_eq(keys.given[1].side, SIDE_UNKNOWN);
    ck_assert_int_eq(keys.given[1].enctype, 19);
    ck_assert_int_eq(keys.given[1].checksum_type, 19);
    octets_check((struct spnego_slice){keys.given[0].octets, keys.given[0].len},
                 octets(KEY_16));
    keys_free(&keys);
    ck_assert_uint_eq(keys.given_count, 0);
    ck_assert_uint_eq(keys.given[0].octets[15], 0);
}
END_TEST

START_TEST(nothing_is_loaded_for_nothing)
{
    struct options options = options_with(NULL, 0);

    ck_assert(keys_load(&keys, &options, error, sizeof(error)));
    ck_assert_ptr_null(keys.legacy);
    keys_free(&keys);
}
END_TEST

static const struct refusal ntlm_refused[] = {
    {KEY_32, 0,
     "--ntlm-session-key: length 32; expected the 16 octets of an ExportedSessionKey"},
    {"00", 0, "--ntlm-session-key: length 1; expected the 16 octets of an ExportedSessionKey"},
    {"I:" KEY_16, 0, "--ntlm-session-key: no hexadecimal digit at place 1"},
};

START_TEST(a_bad_ntlm_key_is_refused)
{
    struct options options = options_with(NULL, 0);

    options.ntlm_session_key = ntlm_refused[_i].key;
    ck_assert(!keys_load(&keys, &options, error, sizeof(error)));
    ck_assert_str_eq(error, ntlm_refused[_i].error);
    keys_free(&keys);
}
END_TEST

/* A file of its own for each test; `octets` are what is in it. */
static void
load_keytab(const char *hex, const char *said)
{
    char name[] = "/tmp/spnego-keytab-XXXXXX", expected[sizeof(error)];
    struct options options = options_with(NULL, 0);
    struct spnego_slice contents = octets(hex);
    int file = mkstemp(name);

    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, contents.ptr, contents.len), (ssize_t)contents.len);
    close(file);
    options.keytab = name;
    ck_assert_int_eq(keys_load(&keys, &options, error, sizeof(error)), said == NULL);
    unlink(name);
    if (said != NULL) {
        snprintf(expected, sizeof(expected), "--keytab %s: %s", name, said);
        ck_assert_str_eq(error, expected);
    }
}

START_TEST(keytabs)
{
    load_keytab("0502", "there is no key in it that libkrb5 can use");
    keys_free(&keys);
    load_keytab("", "Unsupported key table format version number");
    keys_free(&keys);
    /* Encryption type 1 is that of single DES, which libkrb5 has no more. */
    load_keytab("0502 0000001f 0001 0001 52 0001 68 00000001 00000000 01 0001 0008 "
                "0123456789abcdef",
                "there is no key in it that libkrb5 can use");
    keys_free(&keys);
    load_keytab("0502 00000027 0001 0001 52 0001 68 00000001 00000000 01 0013 0010 " KEY_16,
                NULL);
    ck_assert_uint_eq(keys.service_count, 1);
    ck_assert_int_eq(keys.service[0].enctype, 19);
    octets_check((struct spnego_slice){keys.service[0].octets, keys.service[0].len},
                 octets(KEY_16));
    keys_free(&keys);
}
END_TEST

START_TEST(no_keytab)
{
    struct options options = options_with(NULL, 0);

    options.keytab = "tests/no such keytab";
    ck_assert(!keys_load(&keys, &options, error, sizeof(error)));
    ck_assert_str_eq(error, "--keytab tests/no such keytab: Key table file 'tests/no such "
                            "keytab' not found");
    keys_free(&keys);
}
END_TEST

/* [MS-NLMP] 4.2.4.4: the keys of a session, and a signature behind what was sealed. */
START_TEST(legacy_of_ntlm)
{
    static const char sign[] = "session key to client-to-server signing key magic constant";
    static const char seal[] = "session key to client-to-server sealing key magic constant";
    struct spnego_slice session = octets("55555555555555555555555555555555");
    struct spnego_slice message = octets("50006c00610069006e007400650078007400");
    struct spnego_slice zero = octets("00000000");
    uint8_t sign_key[16], seal_key[16], digest[16], sealed[18];
    struct spnego_slice with = {seal_key, sizeof(seal_key)};
    struct legacy *legacy = legacy_new();

    ck_assert(legacy_md5(legacy, sign_key, session,
                         (struct spnego_slice){(const uint8_t *)sign, sizeof(sign)}));
    octets_check((struct spnego_slice){sign_key, 16},
                 octets("4788dc861b4782f35d43fd98fe1a2d39"));
    ck_assert(legacy_md5(legacy, seal_key, session,
                         (struct spnego_slice){(const uint8_t *)seal, sizeof(seal)}));
    octets_check(with, octets("59f600973cc4960a25480a7c196e4c58"));
    ck_assert(legacy_rc4(legacy, sealed, with, 0, message));
    octets_check((struct spnego_slice){sealed, 18},
                 octets("54e50165bf1936dc996020c1811b0f06fb5f"));
    ck_assert(
        legacy_hmac_md5(legacy, digest, (struct spnego_slice){sign_key, 16}, zero, message));
    octets_check((struct spnego_slice){digest, 8}, octets("70352851f2564309"));
    ck_assert(legacy_rc4(legacy, digest, with, 18, (struct spnego_slice){digest, 8}));
    octets_check((struct spnego_slice){digest, 8}, octets("7fb38ec5c55d4976"));
    legacy_free(legacy);
}
END_TEST

/* RFC 1321 A.5, RFC 2202 2, RFC 6229 2. */
START_TEST(legacy_of_rfcs)
{
    struct legacy *legacy = legacy_new();
    struct spnego_slice nothing = {NULL, 0}, zeros = octets("00000000000000000000000000000000");
    struct spnego_slice key = octets("0102030405060708090a0b0c0d0e0f10");
    uint8_t out[16];
    struct spnego_slice got = {out, sizeof(out)};

    ck_assert(legacy_md5(legacy, out, octets("61"), octets("6263")));
    octets_check(got, octets("900150983cd24fb0d6963f7d28e17f72"));
    ck_assert(legacy_md5(legacy, out, nothing, nothing));
    octets_check(got, octets("d41d8cd98f00b204e9800998ecf8427e"));
    ck_assert(legacy_hmac_md5(legacy, out, octets("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"),
                              octets("4869"), octets("205468657265")));
    octets_check(got, octets("9294727a3638bb1c13f48ef8158bfc9d"));
    ck_assert(legacy_rc4(legacy, out, key, 0, zeros));
    octets_check(got, octets("9ac7cc9a609d1ef7b2932899cde41b97"));
    ck_assert(legacy_rc4(legacy, out, key, 240, zeros));
    octets_check(got, octets("065902e4b620f6cc36c8589f66432f2b"));
    legacy_free(legacy);
}
END_TEST

/* Debian 13 has RC4 in a package of its own. */
static bool
has_legacy(void)
{
    struct legacy *legacy = legacy_new();

    legacy_free(legacy);
    if (legacy == NULL)
        puts("skipped: OpenSSL's legacy provider is not there, so RC4 and NTLM are not tested");
    return legacy != NULL;
}

Suite *
keys_suite(void)
{
    Suite *suite = suite_create("keys");
    TCase *tcase = tcase_create("options");

    tcase_add_checked_fixture(tcase, NULL, octets_release);
    tcase_add_loop_test(tcase, a_bad_key_is_refused, 0,
                        (int)(sizeof(refused) / sizeof(refused[0])));
    tcase_add_test(tcase, one_of_several_is_named);
    tcase_add_test(tcase, keys_are_read);
    tcase_add_test(tcase, nothing_is_loaded_for_nothing);
    tcase_add_loop_test(tcase, a_bad_ntlm_key_is_refused, 0,
                        (int)(sizeof(ntlm_refused) / sizeof(ntlm_refused[0])));
    tcase_add_test(tcase, keytabs);
    tcase_add_test(tcase, no_keytab);
    if (has_legacy()) {
        tcase_add_test(tcase, legacy_of_ntlm);
        tcase_add_test(tcase, legacy_of_rfcs);
    }
    suite_add_tcase(suite, tcase);
    return suite;
}
