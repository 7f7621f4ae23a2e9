/* test_mech.c: what is shown of a mechanism's token, field by field; and that the findings
 * are the same without a tree.  Which findings there are, the vectors in tests/vectors/mech
 * say. */
#include "analysis.h"
#include "mech_names.h"
#include "report.h"
#include "utf16.h"
#include "vector_file.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *mech_suite(void);

static glob_t names;

/* Analyses the vector `file` of tests/vectors/mech. */
static void
analyse(struct analysis *analysis, struct vector_file *vector, const char *file,
        bool verdict_only)
{
    struct analysis_setup setup = {0, SIDE_UNKNOWN, false};
    struct spnego_slice octets;

    ck_assert_msg(vector_file_load(vector, file), "%s", vector->error);
    setup.tolerate = vector->tolerate;
    setup.side = vector->side;
    setup.verdict_only = verdict_only;
    octets.ptr = vector->octets;
    octets.len = vector->len;
    ck_assert(analysis_run(analysis, octets, &setup));
}

static const char *
path_of(const char *name)
{
    size_t i;

    for (i = 0; i < names.gl_pathc; i++)
        if (strstr(names.gl_pathv[i], "/mech/") != NULL &&
            strcmp(strrchr(names.gl_pathv[i], '/') + 1, name) == 0)
            return names.gl_pathv[i];
    ck_abort_msg("there is no vector mech/%s", name);
    return NULL;
}

/* A vector, a path of names in its tree, and what is shown there. */
static const struct shown {
    const char *file;
    const char *path;
    const char *text;
} shown[] = {
    {"framed-ap-req.hex", "mechToken/TOK_ID", "0100"},
    {"framed-ap-req.hex", "AP-REQ/pvno", "5"},
    {"framed-ap-req.hex", "AP-REQ/msg-type", "KRB_AP_REQ (14)"},
    {"framed-ap-req.hex", "AP-REQ/ap-options", "mutual-required"},
    {"framed-ap-req.hex", "ticket/realm", "\"R.TEST\""},
    {"framed-ap-req.hex", "ticket/name-type", "KRB_NT_SRV_INST (2)"},
    {"framed-ap-req.hex", "ticket/etype", "aes256-cts-hmac-sha1-96 (18)"},
    {"framed-ap-req.hex", "ticket/kvno", "1"},
    {"framed-ap-req.hex", "authenticator/cipher", "c0c1c2c3c4c5c6c7"},
    {"ap-rep-acceptor.hex", "AP-REP/msg-type", "KRB_AP_REP (15)"},
    {"krb-error-acceptor.hex", "KRB-ERROR/stime", "\"20260101000000Z\""},
    {"krb-error-acceptor.hex", "KRB-ERROR/error-code", "KRB_AP_ERR_SKEW (37)"},
    {"u2u-tgt-req.hex", "TGT-REQ/server-name/name-type", "KRB_NT_SRV_INST (2)"},
    {"u2u-tgt-rep.hex", "TGT-REP/ticket/realm", "\"R.TEST\""},
    {"iakerb.hex", "IAKERB-HEADER/target-realm", "\"R.TEST\""},
    {"iakerb.hex", "AS-REQ/kdc-options", "forwardable"},
    {"pku2u-as-req.hex", "exchange/AS-REQ/realm", "\"WELLKNOWN:PKU2U\""},
    {"ntlm-negotiate.hex", "NEGOTIATE_MESSAGE/MessageType", "NEGOTIATE (1)"},
    {"ntlm-negotiate.hex", "NEGOTIATE_MESSAGE/Version", "0a00f4650000000f"},
    {"challenge-acceptor.hex", "CHALLENGE_MESSAGE/ServerChallenge", "0123456789abcdef"},
    {"challenge-acceptor.hex", "CHALLENGE_MESSAGE/TargetName", "\"SS\""},
    {"sanon-flags.hex", "initiator token/flags", "0000000000000002"},
    {"sanon-answer.hex", "MIC token/Flags", "SentByAcceptor, AcceptorSubkey"},
    {"sanon-answer.hex", "MIC token/SND_SEQ", "0"},
};

/* Goes down along `path`: each name is looked for below the one before. */
static struct node *
find(struct node *node, const char *path)
{
    char name[64];

    while (node != NULL && path[0] != '\0') {
        size_t len = strcspn(path, "/");

        snprintf(name, sizeof(name), "%.*s", (int)len, path);
        node = tree_find(node, name);
        path += path[len] == '/' ? len + 1 : len;
    }
    return node;
}

START_TEST(fields_are_shown)
{
    const struct shown *want = &shown[_i];
    struct analysis analysis;
    struct vector_file vector;
    struct node *node;
    char text[200];

    analyse(&analysis, &vector, path_of(want->file), false);
    node = find(&analysis.tree.root, want->path);
    ck_assert_msg(node != NULL, "%s: there is no %s", want->file, want->path);
    value_text(text, sizeof(text), &analysis, node);
    ck_assert_str_eq(text, want->text);
    analysis_free(&analysis);
    vector_file_free(&vector);
}
END_TEST

/* How many findings of this code there are. */
static size_t
count(const struct analysis *analysis, uint16_t code)
{
    size_t i, found = 0;

    for (i = 0; i < analysis->remark_count; i++)
        found += analysis->remarks[i].code == code;
    return found;
}

/* Without a tree the codes are the same; only where some fields stand is not known. */
START_TEST(verdict_needs_no_tree)
{
    struct analysis full, verdict;
    struct vector_file vector, same;
    size_t i;

    analyse(&full, &vector, names.gl_pathv[_i], false);
    analyse(&verdict, &same, names.gl_pathv[_i], true);
    ck_assert_uint_eq(full.remark_count, verdict.remark_count);
    for (i = 0; i < full.remark_count; i++)
        ck_assert_uint_eq(count(&full, full.remarks[i].code),
                          count(&verdict, full.remarks[i].code));
    ck_assert_str_eq(analysis_verdict(&full), analysis_verdict(&verdict));
    ck_assert_ptr_null(verdict.tree.root.first);
    analysis_free(&full);
    analysis_free(&verdict);
    vector_file_free(&vector);
    vector_file_free(&same);
}
END_TEST

/* What first octets say. */
#define OCTETS(text) text, sizeof(text) - 1
static const struct {
    const char *octets;
    size_t len;
    const char *name;
    enum side sender;
} classes[] = {
    {OCTETS("NTLMSSP\0\1\0\0\0"), "NTLMSSP NEGOTIATE", SIDE_INITIATOR},
    {OCTETS("NTLMSSP\0\2\0\0\0"), "NTLMSSP CHALLENGE", SIDE_ACCEPTOR},
    {OCTETS("\x6a\1\0"), "Kerberos AS-REQ, unframed", SIDE_INITIATOR},
    {OCTETS("\x6a\2\0"), "unknown", SIDE_UNKNOWN},
    {OCTETS("\6\0\x6b\1\0"), "Kerberos AS-REP, unframed", SIDE_ACCEPTOR},
    {OCTETS("\1\0\x6e\1\0"), "Kerberos AP-REQ, unframed", SIDE_UNKNOWN},
    {OCTETS("\1\0\x6e\1"), "unknown", SIDE_UNKNOWN},
    {OCTETS("YIGeBgYrBgEFBQKg"), "base64 text", SIDE_UNKNOWN},
    {OCTETS("TlRMTVNTUAABAAAA"), "base64 text", SIDE_UNKNOWN},
    {OCTETS("YIGeBgYrBgEFBQK\0"), "unknown", SIDE_UNKNOWN},
    {OCTETS("QUJDREVGR0hJSktM"), "unknown", SIDE_UNKNOWN},
    {OCTETS("\0\0\0\3abc"), "SASL length prefix", SIDE_UNKNOWN},
    {OCTETS("\0\0\0\4abc"), "unknown", SIDE_UNKNOWN},
    {OCTETS("\1\0\0\0abcdefghijkl"), "NTLM signature", SIDE_UNKNOWN},
};

START_TEST(octets_are_classified)
{
    struct spnego_slice octets = {(const uint8_t *)classes[_i].octets, classes[_i].len};
    struct token_class class = token_classify(octets);

    ck_assert_str_eq(class.name, classes[_i].name);
    ck_assert_int_eq(class.sender, classes[_i].sender);
}
END_TEST

static const struct {
    const char *octets;
    size_t len;
    bool ntlm, krb5, unknown; /* may it be a MIC of these? */
} mics[] = {
    {OCTETS("\1\0\0\0abcdefgh\0\0\0\0"), true, false, true},
    {OCTETS("\4\4\1\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\0abcdefghijkl"), false, true, true},
    {OCTETS("\4\4\1\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\0abcdefghijk"), false, false, false},
    {OCTETS("NTLMSSP\0\1\0\0\0\0\0\0\0"), false, false, false},
    {OCTETS("abcdefghijklmnop"), false, false, true},
};
START_TEST(mic_fits_its_mechanism)
{
    struct spnego_slice mic = {(const uint8_t *)mics[_i].octets, mics[_i].len};

    ck_assert_int_eq(mic_fits(mic, SPNEGO_MECH_NTLMSSP), mics[_i].ntlm);
    ck_assert_int_eq(mic_fits(mic, SPNEGO_MECH_KRB5), mics[_i].krb5);
    ck_assert_int_eq(mic_fits(mic, SPNEGO_MECH_MS_KRB5), mics[_i].krb5);
    ck_assert_int_eq(mic_fits(mic, SPNEGO_MECH_UNKNOWN), mics[_i].unknown);
    ck_assert_int_eq(mic_fits(mic, SPNEGO_MECH_NEGOEX), mics[_i].unknown);
}
END_TEST

START_TEST(utf16)
{
    static const struct {
        const char *octets;
        size_t len;
        const char *text;
    } cases[] = {
        {"", 0, ""},
        {"A", 1, "\xef\xbf\xbd"},
        {"A\0B", 3, "A\xef\xbf\xbd"},
        {"A\0\xe4\0", 4, "A\xc3\xa4"},
        {"\xac\x20", 2, "\xe2\x82\xac"},
        {"\x3d\xd8\x00\xde", 4, "\xf0\x9f\x98\x80"},
        {"\x3d\xd8", 2, "\xef\xbf\xbd"},
        {"\x3d\xd8"
         "A\0",
         4,
         "\xef\xbf\xbd"
         "A"},
        {"\x00\xde", 2, "\xef\xbf\xbd"},
        {"A\0B\0C\0D\0E\0F\0G\0H\0", 16, "ABCDEFGH"},
        {"A\0B\0C\0D\0E\0F\0G\0H\0I\0J\0", 20, "ABCDEFGHI..."},
    };
    struct spnego_slice in;
    char text[16];
    size_t i;

    for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        in.ptr = (const uint8_t *)cases[i].octets;
        in.len = cases[i].len;
        utf16_to_utf8(text, sizeof(text), in);
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

Suite *
mech_suite(void)
{
    Suite *suite = suite_create("mech");
    TCase *tcase = tcase_create("mech");

    vector_file_names(&names);
    tcase_add_loop_test(tcase, fields_are_shown, 0, (int)(sizeof(shown) / sizeof(shown[0])));
    tcase_add_loop_test(tcase, verdict_needs_no_tree, 0, (int)names.gl_pathc);
    tcase_add_loop_test(tcase, octets_are_classified, 0,
                        (int)(sizeof(classes) / sizeof(classes[0])));
    tcase_add_loop_test(tcase, mic_fits_its_mechanism, 0,
                        (int)(sizeof(mics) / sizeof(mics[0])));
    tcase_add_test(tcase, utf16);
    suite_add_tcase(suite, tcase);
    return suite;
}
