/* test_negotiate_recorded.c - negotiations octet by octet: some computed by hand from RFC
 * 4178, and those that MIT krb5 had with the same toy mechanisms. */
#include "octets.h"
#include "script.h"

#include <check.h>
#include <stdio.h>

Suite *negotiate_recorded_suite(void);

#define MAX_TOKENS 8

static struct pair pair;
static struct told told;

/* A conversation: tokens in turn, the initiator's first. */
struct talk {
    const char *initiator, *acceptor;
    unsigned hops;
    unsigned how;
    const char *tokens[MAX_TOKENS];
};

#define OID_A "69 85 a2 c0 ac 66"
#define OID_C "69 85 a2 c0 ac 67"
#define OID_D "69 85 a2 c0 ac 68"
#define SPNEGO "06 06 2b 06 01 05 05 02"
#define TOKEN(oid, left) "60 09 06 06" oid left

/* 30 10 06 06 69 85 a2 c0 ac 67 06 06 69 85 a2 c0 ac 68: all but 30, 10, 67 and 68
 * stands twice, and 30 ^ 10 ^ 67 ^ 68 ^ a5 is 8a. */
#define INIT_CD "60 2f" SPNEGO "a0 25 30 23 a0 12 30 10 06 06" OID_C "06 06" OID_D "a2 0d 04 0b"
#define MIC_CD "a3 06 04 04 4d 49 43 8a"
/* 30 08 06 06 69 85 a2 c0 ac 66: 38 ^ 69 ^ 85 ^ a2 ^ c0 ^ ac ^ 66 ^ a5 is d9. */
#define INIT_A "60 27" SPNEGO "a0 1d 30 1b a0 0a 30 08 06 06" OID_A "a2 0d 04 0b"
#define MIC_A "a3 06 04 04 4d 49 43 d9"
#define STATE(number) "a0 03 0a 01" number

static const struct talk golden[] = {
    {"CD",
     "D",
     2,
     0,
     {INIT_CD TOKEN(OID_C, "01"), "a1 11 30 0f" STATE("03") "a1 08 06 06" OID_D,
      "a1 16 30 14" STATE("01") "a2 0d 04 0b" TOKEN(OID_D, "01"),
      "a1 14 30 12" STATE("01") "a2 03 04 01 00" MIC_CD, "a1 0f 30 0d" STATE("00") MIC_CD}},
    {"CD",
     "D",
     3,
     0,
     {INIT_CD TOKEN(OID_C, "02"), "a1 11 30 0f" STATE("03") "a1 08 06 06" OID_D,
      "a1 16 30 14" STATE("01") "a2 0d 04 0b" TOKEN(OID_D, "02"),
      "a1 0c 30 0a" STATE("01") "a2 03 04 01 01",
      "a1 1e 30 1c" STATE("01") "a2 0d 04 0b" TOKEN(OID_D, "00") MIC_CD,
      "a1 0f 30 0d" STATE("00") MIC_CD}},
    {"CD",
     "D",
     1,
     NO_INTEGRITY,
     {INIT_CD TOKEN(OID_C, "00"), "a1 11 30 0f" STATE("03") "a1 08 06 06" OID_D,
      "a1 16 30 14" STATE("01") "a2 0d 04 0b" TOKEN(OID_D, "00"), "a1 07 30 05" STATE("00")}},
    {"A", "CD", 1, 0, {INIT_A TOKEN(OID_A, "00"), "a1 07 30 05" STATE("02")}},
    {"A",
     "A",
     4,
     0,
     {INIT_A TOKEN(OID_A, "03"), "a1 16 30 14" STATE("01") "a1 08 06 06" OID_A "a2 03 04 01 02",
      "a1 16 30 14" STATE("01") "a2 0d 04 0b" TOKEN(OID_A, "01"),
      "a1 0c 30 0a" STATE("00") "a2 03 04 01 00"}},
    /* RFC 4178 5 (c) IV. */
    {"A",
     "A",
     1,
     REQUIRE_A,
     {INIT_A TOKEN(OID_A, "00"), "a1 19 30 17" STATE("03") "a1 08 06 06" OID_A MIC_A,
      "a1 0f 30 0d" STATE("00") MIC_A}},
    {"A",
     "A",
     1,
     WANTS_I,
     {"60 2f" SPNEGO "a0 25 30 23 a0 0a 30 08 06 06" OID_A "a2 0d 04 0b" TOKEN(OID_A, "00")
          MIC_A,
      "a1 19 30 17" STATE("00") "a1 08 06 06" OID_A MIC_A}},
    {"A",
     "A",
     1,
     NO_OPTIMISTIC,
     {"60 18" SPNEGO "a0 0e 30 0c a0 0a 30 08 06 06" OID_A,
      "a1 11 30 0f" STATE("01") "a1 08 06 06" OID_A,
      "a1 16 30 14" STATE("01") "a2 0d 04 0b" TOKEN(OID_A, "00"), "a1 07 30 05" STATE("00")}},
    {"A", "C", 2, 0, {INIT_A TOKEN(OID_A, "01"), "a1 07 30 05" STATE("02")}},
};

/* Speaks all of `talk`, with both sides here. */
static void
talk_both(const struct talk *talk)
{
    size_t i;

    script_setup(&pair, &told, talk->initiator, talk->acceptor, talk->hops, talk->how);
    pair_open(&pair);
    pair_run(&pair);
    for (i = 0; i < MAX_TOKENS && talk->tokens[i] != NULL; i++) {
        struct spnego_slice got = {pair.tokens[i].octets, pair.tokens[i].len};

        ck_assert_msg(i < pair.count, "token %zu was not sent\n%s", i, told.text);
        octets_check(got, octets(talk->tokens[i]));
    }
    ck_assert_uint_eq(pair.count, i);
    pair_close(&pair);
}

/* Speaks one side of it; what it hears is what was written down.  Returns the major
 * statuses as they stand in a recording: "0x1,0". */
static void
talk_alone(const struct talk *talk, enum spnego_role role, char *majors, size_t cap)
{
    struct spnego_slice out;
    size_t i = role == SPNEGO_INITIATOR ? 0 : 1, len = 0;
    uint32_t major = 1;

    script_setup(&pair, &told, talk->initiator, talk->acceptor, talk->hops, talk->how);
    pair_open(&pair);
    for (; i <= MAX_TOKENS && (i == 0 || talk->tokens[i - 1] != NULL); i += 2) {
        const char *said = i < MAX_TOKENS ? talk->tokens[i] : NULL;

        out = pair_step(&pair, role,
                        i == 0 ? (struct spnego_slice){NULL, 0} : octets(talk->tokens[i - 1]));
        octets_check(out, octets(said != NULL ? said : ""));
        major = spnego_gss_major(pair.status[role]);
        len += (size_t)snprintf(majors + len, cap - len, major != 0 ? "%s0x%x" : "%s%x",
                                len > 0 ? "," : "", (unsigned)major);
        if (said == NULL)
            break;
    }
    pair_close(&pair);
}

START_TEST(golden_transcript)
{
    char majors[64];

    talk_both(&golden[_i]);
    talk_alone(&golden[_i], SPNEGO_INITIATOR, majors, sizeof(majors));
    talk_alone(&golden[_i], SPNEGO_ACCEPTOR, majors, sizeof(majors));
}
END_TEST

/* The NegTokenInit2, with its hints and without. */
START_TEST(golden_hint)
{
    static const char *const hints[] = {
        "60 44" SPNEGO "a0 3a 30 38 a0 0a 30 08 06 06" OID_A "a3 2a 30 28 a0 26 1b 24"
        "6e 6f 74 5f 64 65 66 69 6e 65 64 5f 69 6e 5f 52 46 43 34 31 37 38 40"
        "70 6c 65 61 73 65 5f 69 67 6e 6f 72 65",
        "60 18" SPNEGO "a0 0e 30 0c a0 0a 30 08 06 06" OID_A,
    };
    struct spnego_slice nothing = {NULL, 0};

    script_setup(&pair, &told, "A", "A", 1, 0);
    pair.config[SPNEGO_ACCEPTOR].no_hints = _i == 1;
    pair_open(&pair);
    octets_check(pair_step(&pair, SPNEGO_ACCEPTOR, nothing), octets(hints[_i]));
    ck_assert_int_eq(pair.status[SPNEGO_ACCEPTOR], SPNEGO_CONTINUE);
    pair_close(&pair);
}
END_TEST

START_TEST(golden_error_token)
{
    script_setup(&pair, &told, "A", "A", 1, SAYS_WHY);
    pair.creds[SPNEGO_ACCEPTOR][0].fails = 1;
    pair_open(&pair);
    octets_check(pair_step(&pair, SPNEGO_ACCEPTOR, octets(INIT_A TOKEN(OID_A, "00"))),
                 octets("a1 14 30 12" STATE("02") "a2 0b 04 09 74 6f 79 20 65 72 72 6f 72"));
    pair_close(&pair);
}
END_TEST

static const struct recording {
    const char *name;
    const char *initiator, *acceptor;
    unsigned hops;
    unsigned how;
} recordings[] = {
    {"match-1", "AB", "AB", 1, 0},
    {"match-2", "AB", "AB", 2, 0},
    {"match-3", "AB", "AB", 3, 0},
    {"match-4", "AB", "AB", 4, 0},
    {"no-common", "A", "B", 1, NO_INTEGRITY},
    {"reselect-1", "AB", "B", 1, 0},
    {"reselect-2", "AB", "B", 2, 0},
    {"reselect-3", "AB", "B", 3, 0},
    {"reselect-nointeg", "AB", "B", 1, NO_INTEGRITY},
};

struct recorded {
    struct talk talk;
    char lines[MAX_TOKENS][1024];
    char majors[2][64]; /* by role */
};

/* Reads "I 602f..." and "A a111...", and the major statuses of the notes. */
static bool
load(struct recorded *recorded, const struct recording *recording)
{
    char path[128], line[1024];
    size_t count = 0;
    FILE *file;

    memset(recorded, 0, sizeof(*recorded));
    snprintf(path, sizeof(path), "../shared/spec/vectors/mit/plain-%s.conv", recording->name);
    file = fopen(path, "r");
    if (file == NULL) {
        printf("skipped: %s is not there\n", path);
        return false;
    }
    while (fgets(line, sizeof(line), file) != NULL) {
        sscanf(line, "# note: GSS major per call: initiator %63s acceptor %63s",
               recorded->majors[SPNEGO_INITIATOR], recorded->majors[SPNEGO_ACCEPTOR]);
        if (line[0] != 'I' && line[0] != 'A')
            continue;
        ck_assert_uint_lt(count, MAX_TOKENS);
        ck_assert_int_eq(line[0], count % 2 == 0 ? 'I' : 'A');
        snprintf(recorded->lines[count], sizeof(recorded->lines[0]), "%s", line + 2);
        recorded->talk.tokens[count] = recorded->lines[count];
        count++;
    }
    fclose(file);
    ck_assert_uint_ge(count, 2);
    recorded->talk.initiator = recording->initiator;
    recorded->talk.acceptor = recording->acceptor;
    recorded->talk.hops = recording->hops;
    recorded->talk.how = recording->how;
    return true;
}

START_TEST(as_mit_krb5)
{
    static struct recorded recorded;
    char majors[64];

    if (!load(&recorded, &recordings[_i]))
        return;
    talk_both(&recorded.talk);
    talk_alone(&recorded.talk, SPNEGO_INITIATOR, majors, sizeof(majors));
    ck_assert_str_eq(majors, recorded.majors[SPNEGO_INITIATOR]);
    talk_alone(&recorded.talk, SPNEGO_ACCEPTOR, majors, sizeof(majors));
    ck_assert_str_eq(majors, recorded.majors[SPNEGO_ACCEPTOR]);
}
END_TEST

Suite *
negotiate_recorded_suite(void)
{
    Suite *suite = suite_create("negotiate_recorded");
    TCase *octet_by_octet = tcase_create("octet by octet");

    tcase_add_unchecked_fixture(octet_by_octet, NULL, script_release);
    tcase_add_loop_test(octet_by_octet, golden_transcript, 0,
                        (int)(sizeof(golden) / sizeof(golden[0])));
    tcase_add_loop_test(octet_by_octet, golden_hint, 0, 2);
    tcase_add_test(octet_by_octet, golden_error_token);
    tcase_add_loop_test(octet_by_octet, as_mit_krb5, 0,
                        (int)(sizeof(recordings) / sizeof(recordings[0])));
    suite_add_tcase(suite, octet_by_octet);
    return suite;
}
