/*
 * test_names.c - object identifiers, GUIDs, findings and statuses in words.
 */
#include "octets.h"
#include "record.h"

Suite *names_suite(void);

static void
check_oid(const char *octets_text, const char *want)
{
    char out[SPNEGO_OID_TEXT_MAX], cut[8];
    struct spnego_slice oid = octets(octets_text);
    size_t len = spnego_oid_format(out, sizeof(out), oid);

    ck_assert_str_eq(out, want);
    ck_assert_uint_eq(len, strlen(want));
    ck_assert_uint_eq(spnego_oid_format(NULL, 0, oid), len);
    ck_assert_uint_eq(spnego_oid_format(cut, sizeof(cut), oid), len);
    ck_assert_uint_eq(strlen(cut), len < 7 ? len : 7);
    ck_assert_int_eq(strncmp(cut, want, 7), 0);
}

START_TEST(oids_as_text)
{
    check_oid("2b 06 01 05 05 02", "1.3.6.1.5.5.2");
    check_oid("2a 86 48 86 f7 12 01 02 02", "1.2.840.113554.1.2.2");
    check_oid("00", "0.0");
    check_oid("27", "0.39");
    check_oid("28", "1.0");
    check_oid("4f", "1.39");
    check_oid("50", "2.0");
    check_oid("78", "2.40");
    check_oid("7f", "2.47");
    check_oid("81 00", "2.48");
    check_oid("88 37", "2.999");
    check_oid("88 37 03", "2.999.3");
    check_oid("2b 7f 81 00", "1.3.127.128");
}
END_TEST

START_TEST(oids_at_the_end_of_numbers)
{
    check_oid("2b 81 ff ff ff ff ff ff ff ff 7f", "1.3.18446744073709551615");
    check_oid("81 ff ff ff ff ff ff ff ff 7f", "2.18446744073709551535");
    check_oid("2b 82 80 80 80 80 80 80 80 80 00", "1.3...");
    check_oid("2b 82 80 80 80 80 80 80 80 80 00 01", "1.3...");
    check_oid("82 80 80 80 80 80 80 80 80 00", "...");
    check_oid("2b 06 86", "1.3.6...");
    check_oid("86", "...");
    check_oid("", "");
}
END_TEST

START_TEST(longest_oids_fit)
{
    char out[SPNEGO_OID_TEXT_MAX + 64];
    uint8_t room[400];
    size_t count, fill;
    const uint8_t arcs[][10] = {{0x01},
                                {0x7f},
                                {0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f}};
    const size_t lens[] = {1, 1, 10};

    for (fill = 0; fill < 3; fill++) {
        size_t len = 0;

        for (count = 0; len + lens[fill] <= sizeof(room); count++) {
            struct spnego_slice oid = {room, len};
            size_t text = spnego_oid_format(out, sizeof(out), oid);

            ck_assert_uint_lt(text, SPNEGO_OID_TEXT_MAX);
            ck_assert_uint_eq(strlen(out), text);
            if (text > 3 && count > 80)
                ck_assert_str_eq(out + text - 3, "...");
            memcpy(room + len, arcs[fill], lens[fill]);
            len += lens[fill];
        }
    }
}
END_TEST

START_TEST(known_mechanisms)
{
    enum spnego_mech mech = (enum spnego_mech)_i;
    struct spnego_slice oid = spnego_mech_oid(mech), near = octets_copy(oid);
    size_t i;
    unsigned flip;

    ck_assert_ptr_nonnull(spnego_mech_name(mech));
    ck_assert_uint_gt(oid.len, 0);
    ck_assert_int_eq(spnego_oid_mech(oid), mech);
    ck_assert_int_eq(spnego_oid_mech(near), mech);
    near.len--;
    ck_assert_int_ne(spnego_oid_mech(near), mech);
    near.len++;
    for (i = 0; i < oid.len; i++) {
        for (flip = 1; flip < 256; flip++) {
            ((uint8_t *)near.ptr)[i] ^= (uint8_t)flip;
            ck_assert_int_ne(spnego_oid_mech(near), mech);
            ((uint8_t *)near.ptr)[i] ^= (uint8_t)flip;
        }
    }
}
END_TEST

/* From the documents that define them, not from the schema. */
START_TEST(mechanisms_as_text)
{
    static const struct {
        enum spnego_mech mech;
        const char *oid;
    } known[] = {
        {SPNEGO_MECH_SPNEGO, "1.3.6.1.5.5.2"},
        {SPNEGO_MECH_KRB5, "1.2.840.113554.1.2.2"},
        {SPNEGO_MECH_MS_KRB5, "1.2.840.48018.1.2.2"},
        {SPNEGO_MECH_KRB5_U2U, "1.2.840.113554.1.2.2.3"},
        {SPNEGO_MECH_NTLMSSP, "1.3.6.1.4.1.311.2.2.10"},
        {SPNEGO_MECH_NEGOEX, "1.3.6.1.4.1.311.2.2.30"},
        {SPNEGO_MECH_LATE_FALLBACK, "1.3.6.1.4.1.311.2.2.40"},
        {SPNEGO_MECH_IAKERB, "1.3.6.1.5.2.5"},
        {SPNEGO_MECH_PKU2U, "1.3.6.1.5.2.7"},
        {SPNEGO_MECH_SANON_X25519, "1.3.6.1.4.1.5322.26.1.110"},
        {SPNEGO_MECH_SCRAM_SHA_1, "1.3.6.1.5.5.14"},
        {SPNEGO_MECH_SCRAM_SHA_256, "1.3.6.1.5.5.18"},
        {SPNEGO_MECH_EAP_AES128, "1.3.6.1.5.5.15.1.1.17"},
        {SPNEGO_MECH_EAP_AES256, "1.3.6.1.5.5.15.1.1.18"},
        {SPNEGO_MECH_SPKM_1, "1.3.6.1.5.5.1.1"},
        {SPNEGO_MECH_SPKM_3, "1.3.6.1.5.5.1.3"},
        {SPNEGO_MECH_LIPKEY, "1.3.6.1.5.5.9"},
        {SPNEGO_MECH_GSI, "1.3.6.1.4.1.3536.1.1"},
        {SPNEGO_MECH_KRB5_OLD, "1.3.5.1.5.2"},
        {SPNEGO_MECH_KRB5_V2, "1.2.840.113554.1.2.3"},
        {SPNEGO_MECH_DIGEST_MD5, "1.2.752.43.14.1"},
        {SPNEGO_MECH_NETLOGON, "1.2.752.43.14.2"},
    };
    char out[SPNEGO_OID_TEXT_MAX];
    size_t i;

    ck_assert_uint_eq(sizeof(known) / sizeof(known[0]), SPNEGO_MECH_NETLOGON);
    for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        spnego_oid_format(out, sizeof(out), spnego_mech_oid(known[i].mech));
        ck_assert_str_eq(out, known[i].oid);
    }
    ck_assert_str_eq(spnego_mech_name(SPNEGO_MECH_NTLMSSP), "NTLMSSP");
}
END_TEST

START_TEST(unknown_mechanisms)
{
    struct spnego_slice none = {NULL, 0};

    ck_assert_int_eq(spnego_oid_mech(none), SPNEGO_MECH_UNKNOWN);
    ck_assert_int_eq(spnego_oid_mech(octets("2b")), SPNEGO_MECH_UNKNOWN);
    ck_assert_ptr_null(spnego_mech_name(SPNEGO_MECH_UNKNOWN));
    ck_assert_ptr_null(spnego_mech_name((enum spnego_mech)(SPNEGO_MECH_NETLOGON + 1)));
    ck_assert_uint_eq(spnego_mech_oid(SPNEGO_MECH_UNKNOWN).len, 0);
    ck_assert_uint_eq(spnego_mech_oid((enum spnego_mech)99).len, 0);
}
END_TEST

START_TEST(guids)
{
    static const char *const texts[] = {
        "0D53335C-F9EA-4D0D-B2EC-4AE3786EC308",
        "DEE384FF-1086-4E86-BE78-B94170BFD376",
        "235F69AD-73FB-4DBC-8203-0629E739339B",
    };
    static const char *const wire[] = {
        "5c33530d eaf9 0d4d b2ec 4ae3786ec308",
        "ff84e3de 8610 864e be78 b94170bfd376",
        "ad695f23 fb73 bc4d 8203 0629e739339b",
    };
    static const char *const names[] = {"PKU2U", "SAnon-X25519", "CERT-AUTH-DATA"};
    char out[NEGOEX_GUID_TEXT_LEN + 1];
    struct negoex_guid guid;
    size_t i;

    memcpy(guid.octets, octets(wire[_i]).ptr, 16);
    negoex_guid_format(out, &guid);
    ck_assert_str_eq(out, texts[_i]);
    ck_assert_int_eq((int)negoex_guid_scheme(&guid), _i + 1);
    ck_assert_str_eq(negoex_scheme_name((enum negoex_scheme)(_i + 1)), names[_i]);
    for (i = 0; i < 16; i++) {
        guid.octets[i] ^= 0x10;
        ck_assert_int_eq(negoex_guid_scheme(&guid), NEGOEX_SCHEME_UNKNOWN);
        guid.octets[i] ^= 0x10;
    }
    ck_assert_ptr_null(negoex_scheme_name(NEGOEX_SCHEME_UNKNOWN));
    ck_assert_ptr_null(negoex_scheme_name((enum negoex_scheme)4));
}
END_TEST

static void
check_finding(unsigned code, uint64_t got, uint64_t expected, const char *want)
{
    struct spnego_finding finding = {(uint16_t)code, SPNEGO_ERROR, 0, 0, got, expected, NULL};
    char out[160], cut[10];

    ck_assert_uint_eq(spnego_finding_format(out, sizeof(out), &finding), strlen(want));
    ck_assert_str_eq(out, want);
    ck_assert_uint_eq(spnego_finding_format(NULL, 0, &finding), strlen(want));
    ck_assert_uint_eq(spnego_finding_format(cut, sizeof(cut), &finding), strlen(want));
    ck_assert_uint_eq(strlen(cut), 9);
    ck_assert_int_eq(strncmp(cut, want, 9), 0);
}

START_TEST(findings_as_text)
{
    check_finding(SPN1002_OVERRUN, 300, 7, "length 300 exceeds the 7 octets that are left");
    check_finding(SPN1001_FRAGMENT, 3, 260,
                  "the token says 260 octets and 3 are here: a fragment, or cut off");
    check_finding(SPN1009_WRONG_TAG, 4, 0x30, "tag 0x04, expected 0x30");
    check_finding(SPN4033_ERROR_CODE, 0xc0000022u, 0, "ErrorCode is NTSTATUS 0xc0000022");
    check_finding(SPN4033_ERROR_CODE, 0x12345, 0, "ErrorCode is NTSTATUS 0x012345");
    check_finding(SPN4029_UNKEYED_CHECKSUM, 7, 0, "checksum type 7 has no key");
    check_finding(SPN4039_UNKNOWN_CHECKSUM, 0xffffff76u, 0, "checksum type -138 is not known");
    check_finding(SPN4039_UNKNOWN_CHECKSUM, 0x80000000u, 0,
                  "checksum type -2147483648 is not known");
    check_finding(SPN4039_UNKNOWN_CHECKSUM, 0x7fffffffu, 0,
                  "checksum type 2147483647 is not known");
    check_finding(SPN3016_VECTOR_BOUNDS, UINT64_MAX, 0,
                  "a vector at offset 18446744073709551615 of 0 octets is not inside its "
                  "message");
    check_finding(SPN1006_INDEFINITE_LENGTH, 5, 5, "indefinite length");
    check_finding(9, 0, 0, "an unknown finding");
}
END_TEST

START_TEST(every_finding)
{
    char out[256];
    unsigned code, last = 0;
    size_t i;

    for (i = 0; (code = spnego_finding_code_at(i)) != 0; i++) {
        struct spnego_finding finding = {(uint16_t)code, SPNEGO_ERROR, 0,   0,
                                         UINT64_MAX,     UINT64_MAX,   NULL};

        ck_assert_uint_gt(code, last);
        last = code;
        ck_assert_uint_lt(spnego_finding_format(out, sizeof(out), &finding), sizeof(out));
        ck_assert_ptr_null(strpbrk(out, "{}"));
        ck_assert_ptr_nonnull(spnego_finding_source(code));
        ck_assert_uint_gt(strlen(spnego_finding_source(code)), 0);
    }
    ck_assert_uint_gt(i, 80);
    ck_assert_uint_eq(spnego_finding_code_at(SIZE_MAX), 0);
    ck_assert_ptr_null(spnego_finding_source(0));
    ck_assert_ptr_null(spnego_finding_source(1029));
}
END_TEST

START_TEST(severities)
{
    ck_assert_int_eq(spnego_finding_severity(SPN1007_LONG_LENGTH, 0), SPNEGO_ERROR);
    ck_assert_int_eq(spnego_finding_severity(SPN1007_LONG_LENGTH, SPNEGO_TOLERATE_LONG_LENGTH),
                     SPNEGO_WARNING);
    ck_assert_int_eq(spnego_finding_severity(SPN1007_LONG_LENGTH, SPNEGO_TOLERATE_BARE_RESP),
                     SPNEGO_ERROR);
    ck_assert_int_eq(spnego_finding_severity(SPN1006_INDEFINITE_LENGTH, SPNEGO_TOLERATE_CODEC),
                     SPNEGO_ERROR);
    ck_assert_int_eq(spnego_finding_severity(SPN1016_UNKNOWN_FIELD, SPNEGO_TOLERATE_CODEC),
                     SPNEGO_NOTE);
    ck_assert_int_eq(spnego_finding_severity(SPN3019_PACKED_LAYOUT, 0), SPNEGO_WARNING);
    ck_assert_int_eq(spnego_finding_severity(12345, SPNEGO_TOLERATE_CODEC), SPNEGO_ERROR);
}
END_TEST

START_TEST(statuses)
{
    ck_assert_str_eq(spnego_status_name(SPNEGO_OK), "ok");
    ck_assert_str_eq(spnego_status_name(SPNEGO_E_TRUNCATED), "truncated");
    ck_assert_str_eq(spnego_status_name(SPNEGO_E_MALFORMED), "malformed");
    ck_assert_str_eq(spnego_status_name(SPNEGO_E_UNSUPPORTED), "unsupported");
    ck_assert_str_eq(spnego_status_name(SPNEGO_E_LIMIT), "limit");
    ck_assert_str_eq(spnego_status_name(SPNEGO_E_SPACE), "space");
    ck_assert_str_eq(spnego_status_name(SPNEGO_E_MEMORY), "memory");
    ck_assert_ptr_nonnull(spnego_status_name((enum spnego_status) - 7));
    ck_assert_ptr_nonnull(spnego_status_name((enum spnego_status)1));
}
END_TEST

Suite *
names_suite(void)
{
    Suite *suite = suite_create("names");
    TCase *cases = tcase_create("text");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_test(cases, oids_as_text);
    tcase_add_test(cases, oids_at_the_end_of_numbers);
    tcase_add_test(cases, longest_oids_fit);
    tcase_add_loop_test(cases, known_mechanisms, 1, SPNEGO_MECH_NETLOGON + 1);
    tcase_add_test(cases, mechanisms_as_text);
    tcase_add_test(cases, unknown_mechanisms);
    tcase_add_loop_test(cases, guids, 0, 3);
    tcase_add_test(cases, findings_as_text);
    tcase_add_test(cases, every_finding);
    tcase_add_test(cases, severities);
    tcase_add_test(cases, statuses);
    suite_add_tcase(suite, cases);
    return suite;
}
