/* test_negotiate_findings.c - every finding of a negotiation: what raises it, what nearly
 * does, and what is said. */
#include "octets.h"
#include "script.h"

#include <check.h>

Suite *negotiate_findings_suite(void);

static struct pair pair;
static struct told told;

/* What a finding points at, in the last line of its play. */
enum about { NOTHING, WHOLE, MECH, TOKEN, MIC, FRAMED };

struct scene {
    unsigned code;
    enum spnego_status status;
    enum about about;
    const char *words;
    struct play raises;
    struct play nearly;
};

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR
#define A_ "2.25.1414534758"
#define B_ "2.25.1175737388"
#define C_ "2.25.1414534759"
#define KRB5 "1.2.840.113554.1.2.2 (Kerberos V5)"
#define MS_KRB5 "1.2.840.48018.1.2.2 (MS-KRB5)"
#define NTLM "1.3.6.1.4.1.311.2.2.10 (NTLMSSP)"
#define NTLM_TOKEN "hex 4e 54 4c 4d 53 53 50 00 01 00 00 00"
#define BAD SPNEGO_E_MALFORMED
#define T13 SPNEGO_TOLERATE_ALIAS_OFFERED
#define NAKED SPNEGO_TOLERATE_NAKED_MECH
#define SAY(role, letters, hops, how, tolerate, ...)                                           \
    {                                                                                          \
        role, letters, hops, how, tolerate,                                                    \
        {                                                                                      \
            __VA_ARGS__                                                                        \
        }                                                                                      \
    }
#define SAY_I(...) SAY(I, __VA_ARGS__)
#define SAY_A(...) SAY(A, __VA_ARGS__)

static const struct scene scenes[] = {
    {5001, BAD, WHOLE,
     "a negotiation begins with the initiator's NegTokenInit; this is another token",
     SAY_A("A", 1, 0, 0, "resp 1 TA00"), SAY_A("A", 1, 0, 0, "init A TA00")},
    {5002, BAD, WHOLE, "a second NegTokenInit: after the first, every token is a NegTokenResp",
     SAY_A("A", 3, 0, 0, "init A TA02", "init A TA02"),
     SAY_A("A", 3, 0, 0, "init A TA02", "resp 1 TA00")},
    {5003, BAD, WHOLE, "a reply, and nothing was offered yet", SAY_I("A", 1, 0, 0, "resp 0 A"),
     SAY_I("A", 1, 0, 0, "init2 A")},
    {5004, BAD, NOTHING, "an empty token where a NegTokenResp is due",
     SAY_I("A", 1, 0, 0, "", ""), SAY_I("A", 1, 0, 0, "", "resp 0 A")},
    {5005, BAD, WHOLE, "the acceptor's first reply lacks negState or supportedMech",
     SAY_I("A", 1, 0, 0, "", "resp 0"), SAY_I("A", 1, 0, 0, "", "resp 0 A")},
    {5006, BAD, FRAMED, "the mechToken is framed for another mechanism than " MS_KRB5,
     SAY_A("W", 1, 0, 0, "init W TK01"), SAY_A("W", 1, 0, 0, "init W TW01")},
    {5007, BAD, MECH, "the acceptor chose " C_ ", which was not offered",
     SAY_I("AB", 1, 0, 0, "", "resp 3 C"), SAY_I("AB", 1, 0, 0, "", "resp 3 B")},
    {5008, BAD, MECH,
     "the acceptor chose " MS_KRB5 ", the number of Kerberos that was not offered",
     SAY_I("K", 2, 0, 0, "", "resp 0 W t01"), SAY_I("K", 2, 0, 0, "", "resp 0 K t01")},
    {5009, BAD, MECH, "supportedMech, " A_ ", in a reply that is not the first",
     SAY_I("A", 4, 0, 0, "", "resp 1 A t02", "resp 0 A t00"),
     SAY_I("A", 4, 0, 0, "", "resp 1 A t02", "resp 0 t00")},
    {5010, BAD, MECH, "supportedMech, " A_ ", from the initiator: only the acceptor chooses",
     SAY_A("A", 3, 0, 0, "init A TA02", "resp 1 A TA00"),
     SAY_A("A", 3, 0, 0, "init A TA02", "resp 1 TA00")},
    {5011, BAD, WHOLE, "request-mic in a reply that is not the acceptor's first",
     SAY_I("A", 4, 0, 0, "", "resp 1 A t02", "resp 3 t00"),
     SAY_I("A", 4, 0, 0, "", "resp 3 A t02", "resp 1 t00 MA")},
    {5012, BAD, WHOLE, "request-mic from the initiator",
     SAY_A("A", 3, 0, 0, "init A TA02", "resp 3 TA00"),
     SAY_A("A", 3, 0, 0, "init A TA02", "resp - TA00")},
    {5013, BAD, WHOLE, "the acceptor chose " B_ ", not the first choice, without request-mic",
     SAY_I("AB", 1, 0, 0, "", "resp 1 B"), SAY_I("AB", 1, 0, 0, "", "resp 3 B")},
    {5014, BAD, TOKEN, "a responseToken for " B_ ", to which nothing was sent yet",
     SAY_I("AB", 2, 0, 0, "", "resp 3 B t00"), SAY_I("AB", 2, 0, 0, "", "resp 3 B")},
    {5015, BAD, WHOLE, "no responseToken, and " A_ " waits for one",
     SAY_I("A", 2, 0, 0, "", "resp 1 A"), SAY_I("A", 2, 0, 0, "", "resp 0 A t00")},
    {5016, BAD, TOKEN, "a responseToken for " A_ ", which is finished",
     SAY_I("A", 1, 0, 0, "", "resp 0 A t00"), SAY_I("A", 1, 0, 0, "", "resp 0 A")},
    {5017, BAD, TOKEN, "an empty responseToken for " A_ ", which is finished",
     SAY_I("A", 1, 0, 0, "", "resp 0 A t"), SAY_I("A", 1, 0, 0, "", "resp 0 A")},
    {5018, BAD, WHOLE, "the acceptor says accept-completed, and " A_ " is not finished",
     SAY_I("A", 4, 0, 0, "", "resp 0 A t02"), SAY_I("A", 4, 0, 0, "", "resp 1 A t02")},
    {5019, BAD, MIC, "mechListMIC before " A_ " is finished",
     SAY_I("A", 4, 0, 0, "", "resp 1 A t02 MA"), SAY_I("A", 2, 0, 0, "", "resp 1 A t00 MA")},
    {5020, BAD, MIC, "mechListMIC is a copy of the responseToken",
     SAY_I("AB", 2, 0, 0, "", "resp 3 B", "resp 1 t00 m00"),
     SAY_I("AB", 2, 0, 0, "", "resp 3 B", "resp 1 t00 MAB")},
    {5022, SPNEGO_E_INTEGRITY, MIC, "mechListMIC, and " A_ " has no integrity to check it with",
     SAY_I("A", 2, NO_INTEGRITY, 0, "", "resp 0 A t00 MA"),
     SAY_I("A", 2, NO_INTEGRITY, 0, "", "resp 0 A t00")},
    {5023, SPNEGO_E_INTEGRITY, WHOLE,
     "no mechListMIC, and the choice of " B_ " is not protected without it",
     SAY_I("AB", 2, 0, 0, "", "resp 3 B", "resp 0 t00"),
     SAY_I("AB", 2, 0, 0, "", "resp 3 B", "resp 0 t00 MAB")},
    {5024, SPNEGO_E_INTEGRITY, MIC,
     "the mechListMIC does not fit: the mechTypes were changed on the way, or the keys differ",
     SAY_I("AB", 2, 0, 0, "", "resp 3 B", "resp 1 t00 MB"),
     SAY_I("AB", 2, 0, 0, "", "resp 3 B", "resp 1 t00 MAB")},
    {5025, SPNEGO_E_NO_MECH, WHOLE, "the peer rejected the negotiation",
     SAY_I("A", 1, 0, 0, "", "resp 2"), SAY_I("A", 1, 0, 0, "", "resp 2 t00")},
    {5026, SPNEGO_E_REJECTED, TOKEN, "the peer rejected the negotiation; its mechanism was " A_,
     SAY_I("A", 3, 0, 0, "", "resp 1 A t01", "resp 2 t6f"),
     SAY_I("A", 3, 0, 0, "", "resp 1 A t01", "resp 2")},
    {5027, SPNEGO_E_NO_MECH, WHOLE,
     "none of the offered mechanisms is available here: " B_ ", " C_,
     SAY_A("A", 1, 0, 0, "init BC TB00"), SAY_A("A", 1, 0, 0, "init BA TB00")},
    {5028, SPNEGO_E_MECH, NOTHING, A_ " failed: step 1", SAY_A("A", 1, 0, 0, "init A tff"),
     SAY_A("A", 1, 0, 0, "init A")},
    {5029, SPNEGO_E_MECH, NOTHING, "no mechanism could start; the first was " A_,
     SAY_I("A", 1, ABSENT_I, 0, ""), SAY_I("AB", 1, ABSENT_I, 0, "")},
    {5030, SPNEGO_E_MECH, NOTHING, NTLM " waits for another token and has none to send",
     SAY_A("N", 3, STUCK, 0, "init N t01"), SAY_A("N", 3, 0, 0, "init N t01")},
    {5031, SPNEGO_E_LIMIT, NOTHING, "token 2 of the peer exceeds the limit max_legs, 1",
     SAY_A("A", 3, ONE_LEG, 0, "init A TA02", "resp 1 TA00"),
     SAY_A("A", 1, ONE_LEG, 0, "init A TA00")},
    {5032, SPNEGO_E_UNSUPPORTED, WHOLE, "a token of " NTLM " where SPNEGO should begin",
     SAY_A("N", 1, 0, 0, NTLM_TOKEN), SAY_A("N", 1, 0, 0, "init N t4e544c4d5353500001")},
    {5033, BAD, WHOLE, "19 octets where an empty token should ask for the next fragment",
     SAY_I("A", 1, PIECES, 0, "", "resp 0 A"), SAY_I("A", 1, PIECES, 0, "", "")},
    {5034, BAD, WHOLE, "the acceptor waits for more, and after " A_ " nothing is left to send",
     SAY_I("A", 1, NO_INTEGRITY, 0, "", "resp 1 A"), SAY_I("A", 1, 0, 0, "", "resp 1 A")},
    {5035, SPNEGO_OK, NOTHING,
     B_ " is not the first choice, and without integrity nobody can tell why",
     SAY_I("AB", 1, NO_INTEGRITY, 0, "", "resp 3 B", "resp 0"),
     SAY_I("AB", 1, 0, 0, "", "resp 3 B", "resp 0 MAB")},
    {5036, SPNEGO_E_INTEGRITY, NOTHING,
     "a mechListMIC is required, and " A_ " has no integrity",
     SAY_I("A", 2, NO_INTEGRITY | REQUIRE_I, 0, "", "resp 0 A t00"),
     SAY_I("A", 2, NO_INTEGRITY | WANTS_I, 0, "", "resp 0 A t00")},
    {5037, SPNEGO_CONTINUE, NOTHING,
     MS_KRB5 " was offered, the number of Kerberos that is not used here",
     SAY_A("K", 3, 0, T13, "init W TW01"), SAY_A("K", 3, 0, T13, "init K TK01")},
    {5038, SPNEGO_E_NO_MECH, WHOLE,
     "a token of " NTLM " without SPNEGO, and that mechanism is not available here",
     SAY_A("K", 1, 0, NAKED, NTLM_TOKEN), SAY_A("KN", 1, 0, NAKED, NTLM_TOKEN)},
    {5039, SPNEGO_CONTINUE, NOTHING,
     "the initiator says accept-completed, and " A_ " is not finished",
     SAY_A("A", 5, 0, 0, "init A TA04", "resp 0 TA02"),
     SAY_A("A", 5, 0, 0, "init A TA04", "resp 1 TA02")},
};
#define SCENES (int)(sizeof(scenes) / sizeof(scenes[0]))

static const char *
last_line(const struct play *play)
{
    size_t i = 0;

    while (play->lines[i + 1] != NULL)
        i++;
    return play->lines[i];
}

/* What the decoder says stands where the finding should point. */
static struct spnego_slice
part_of(struct spnego_slice in, enum about about)
{
    struct spnego_negotiation_token token;
    const struct spnego_neg_token_resp *resp = &token.u.neg_token_resp;
    struct spnego_slice oid, inner, none = {in.ptr, 0};

    if (about == NOTHING || about == WHOLE)
        return about == WHOLE ? in : none;
    ck_assert_int_eq(spnego_token_decode(&token, in, NULL), SPNEGO_OK);
    if (about == FRAMED) {
        ck_assert_int_eq(spnego_frame_decode(&oid, &inner, token.u.neg_token_init.mech_token,
                                             NULL),
                         SPNEGO_OK);
        return oid;
    }
    return about == MECH    ? resp->supported_mech
           : about == TOKEN ? resp->response_token
                            : resp->mech_list_mic;
}

static void
check_words(const struct scene *scene)
{
    enum spnego_role role = scene->raises.role;
    char reason[512], line[600];
    size_t len = spnego_ctx_reason(pair.ctx[role], reason, sizeof(reason));

    ck_assert_uint_eq(len, strlen(reason));
    ck_assert_str_eq(reason, scene->status < 0 ? scene->words : "");
    snprintf(line, sizeof(line), "%s%s [SPN%u]", scene->status < 0 ? "failed: " : "",
             scene->words, scene->code);
    ck_assert_str_eq(told.words[role], line);
}

/* After a failure nothing is taken any more; what goes out is a reject, or nothing. */
static void
check_end(enum spnego_role role, struct spnego_slice out)
{
    struct spnego_negotiation_token token;
    struct spnego_outcome outcome;

    spnego_ctx_outcome(pair.ctx[role], &outcome);
    ck_assert(!outcome.complete);
    ck_assert_ptr_null(spnego_ctx_mech(pair.ctx[role]));
    if (out.len > 0 && out.len < 20) { /* no fragment */
        ck_assert_int_eq(spnego_token_decode(&token, out, NULL), SPNEGO_OK);
        ck_assert_int_eq(token.kind, SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP);
        ck_assert_int_eq(token.u.neg_token_resp.neg_state, SPNEGO_NEG_STATE_REJECT);
        ck_assert(!token.u.neg_token_resp.has_supported_mech);
        ck_assert(!token.u.neg_token_resp.has_mech_list_mic);
    }
    out = pair_step(&pair, role, script_token("resp 0"));
    ck_assert_int_eq(pair.status[role], SPNEGO_E_STATE);
    ck_assert_uint_eq(out.len, 0);
}

START_TEST(finding_is_raised)
{
    const struct scene *scene = &scenes[_i];
    enum spnego_role role = scene->raises.role;
    struct spnego_slice in = script_token(last_line(&scene->raises));
    struct spnego_slice part = part_of(in, scene->about);
    struct spnego_slice out = script_play(&pair, &told, &scene->raises);
    const struct spnego_finding *finding = &told.finding[role];

    ck_assert_msg(pair.status[role] == scene->status, "SPN%u: %s\n%s", scene->code,
                  spnego_status_name(pair.status[role]), told.text);
    ck_assert_msg(finding->code == scene->code, "SPN%u, not SPN%u\n%s", finding->code,
                  scene->code, told.text);
    ck_assert_uint_eq(finding->off,
                      part.len > 0 || scene->about == TOKEN ? (size_t)(part.ptr - in.ptr) : 0);
    ck_assert_uint_eq(finding->len, part.len);
    ck_assert_int_eq(finding->severity, scene->status < 0 ? SPNEGO_ERROR : SPNEGO_WARNING);
    ck_assert_uint_eq(told.count[role][SPNEGO_EVENT_FAILED], scene->status < 0);
    check_words(scene);
    if (scene->status < 0)
        check_end(role, out);
    pair_close(&pair);
}
END_TEST

START_TEST(near_miss_is_none)
{
    const struct scene *scene = &scenes[_i];
    enum spnego_role role = scene->nearly.role;
    enum spnego_status status;
    char code[16];

    script_play(&pair, &told, &scene->nearly);
    status = pair.status[role];
    snprintf(code, sizeof(code), "[SPN%u]", scene->code);
    ck_assert_msg(strstr(told.text, code) == NULL, "%s", told.text);
    ck_assert_msg(status == SPNEGO_OK || status == SPNEGO_CONTINUE || scene->code == 5025 ||
                      scene->code == 5026,
                  "%s", told.text);
    pair_close(&pair);
}
END_TEST

START_TEST(every_finding_was_raised)
{
    unsigned code;
    size_t i, raised = 0;
    int place;

    for (i = 0; (code = spnego_finding_code_at(i)) != 0; i++) {
        bool elsewhere = code < 5000 || code > 5099; /* test_negoex_findings.c has those */
        bool found = elsewhere;

        for (place = 0; place < SCENES && !found; place++) {
            if (scenes[place].code != code)
                continue;
            script_play(&pair, &told, &scenes[place].raises);
            found = told.finding[scenes[place].raises.role].code == code;
            pair_close(&pair);
        }
        ck_assert_msg(found, "nothing raises SPN%u", code);
        raised += !elsewhere;
    }
    ck_assert_uint_eq(raised, SCENES);
}
END_TEST

/* Other ways to the same, and statuses that no finding explains. */
static const struct {
    unsigned code;
    enum spnego_status status;
    struct play play;
} others[] = {
    {5018, BAD, SAY_I("A", 3, 0, 0, "", "resp 0 A t01")},
    {5018, BAD, SAY_I("A", 1, NO_OPTIMISTIC, 0, "", "resp 0 A")},
    {5001, BAD, SAY_A("A", 1, 0, 0, "resp 2")},
    {5003, BAD, SAY_I("A", 1, 0, 0, "resp 2")},
    {5004, BAD, SAY_A("A", 3, 0, 0, "init A TA02", "")},
    {5002, BAD, SAY_I("A", 3, 0, 0, "", "init2 A")},
    {5002, BAD, SAY_A("A", 1, REQUIRE_A, 0, "init A TA00", "init A TA00")},
    {5011, BAD, SAY_I("A", 3, 0, 0, "", "resp 1 A t01", "resp 3 MA")},
    {5012, BAD, SAY_A("A", 1, REQUIRE_A, 0, "init A TA00", "resp 3 MA")},
    {5015, BAD, SAY_A("A", 3, 0, 0, "init A TA02", "resp 1")},
    {5015, BAD, SAY_A("A", 3, 0, 0, "init A", "resp 1")},
    {5016, BAD, SAY_A("A", 1, REQUIRE_A, 0, "init A TA00", "resp 1 TA00 MA")},
    {5019, BAD, SAY_A("A", 3, 0, 0, "init A TA02 MA")},
    {5022, SPNEGO_E_INTEGRITY, SAY_A("A", 1, NO_INTEGRITY, 0, "init A TA00 MA")},
    {5024, SPNEGO_E_INTEGRITY, SAY_A("A", 1, 0, 0, "init A TA00 mff")},
    {5025, SPNEGO_E_REJECTED, SAY_A("A", 3, 0, 0, "init A TA02", "resp 2")},
    {5036, SPNEGO_E_INTEGRITY, SAY_A("N", 1, REQUIRE_A, NAKED, NTLM_TOKEN)},
    {5036, SPNEGO_E_INTEGRITY,
     SAY_A("B", 1, NO_INTEGRITY | REQUIRE_A, 0, "init AB", "resp 1 TB00")},
};

START_TEST(finding_has_other_ways)
{
    enum spnego_role role = others[_i].play.role;

    script_play(&pair, &told, &others[_i].play);
    ck_assert_msg(pair.status[role] == others[_i].status &&
                      told.finding[role].code == others[_i].code,
                  "%s", told.text);
    pair_close(&pair);
}
END_TEST

/* A failure that was borne before is not why it fails in the end. */
static const struct {
    const char *offers;
    const char *hint;
} borne[] = {{"AN", ""}, {"N", "hex 60 01 00"}};

START_TEST(borne_failure_is_no_reason)
{
    char reason[128];

    script_setup(&pair, &told, borne[_i].offers, "A", 1, 0);
    pair.creds[I][0].fails = 1;
    script_fakes[I][strlen(borne[_i].offers) - 1].fate = SPNEGO_E_MEMORY;
    pair_open(&pair);
    if (borne[_i].hint[0] != '\0')
        ck_assert_int_lt(spnego_ctx_take_hint(pair.ctx[I], script_token(borne[_i].hint)), 0);
    pair_step(&pair, I, script_token(""));
    ck_assert_int_eq(pair.status[I], SPNEGO_E_MEMORY);
    spnego_ctx_reason(pair.ctx[I], reason, sizeof(reason));
    ck_assert_str_eq(reason, "memory");
    pair_close(&pair);
}
END_TEST

/* Nor does its mechanism stay in the words; and a decoder's reason says where. */
START_TEST(reason_is_the_last_one)
{
    static const struct play place =
        SAY_A("A", 1, 0, 0,
              "hex 60 1b 06 06 2b 06 01 05 05 02 a0 11 30 0f a0 0d 30 0b 06 06 69 85"
              "a2 c0 ac 66 0a 01 00");
    char reason[128];

    script_setup(&pair, &told, "AB", "A", 2, 0);
    pair.creds[I][0].fails = 1;
    pair_open(&pair);
    pair_step(&pair, I, script_token(""));
    pair_step(&pair, I, script_token("resp 1 B"));
    spnego_ctx_reason(pair.ctx[I], reason, sizeof(reason));
    ck_assert_str_eq(reason, "no responseToken, and " B_ " waits for one");
    pair_close(&pair);

    script_play(&pair, &told, &place);
    spnego_ctx_reason(pair.ctx[A], reason, sizeof(reason));
    ck_assert_str_eq(reason, "NegTokenInit.mechTypes[1]: tag 0x0a, expected 0x06");
    pair_close(&pair);
}
END_TEST

Suite *
negotiate_findings_suite(void)
{
    Suite *suite = suite_create("negotiate_findings");
    TCase *findings = tcase_create("findings");

    tcase_add_unchecked_fixture(findings, NULL, script_release);
    tcase_add_loop_test(findings, finding_is_raised, 0, SCENES);
    tcase_add_loop_test(findings, near_miss_is_none, 0, SCENES);
    tcase_add_test(findings, every_finding_was_raised);
    tcase_add_loop_test(findings, finding_has_other_ways, 0,
                        (int)(sizeof(others) / sizeof(others[0])));
    tcase_add_loop_test(findings, borne_failure_is_no_reason, 0, 2);
    tcase_add_test(findings, reason_is_the_last_one);
    suite_add_tcase(suite, findings);
    return suite;
}
