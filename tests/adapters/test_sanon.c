/* test_sanon.c: SAnon-X25519 between honest sides, and what the draft has published. */
#include "../unit/octets.h"
#include "sanon_side.h"
#include "spnego/negotiate.h"
#include "suites.h"
#include "toy_mech.h"

#include <stdio.h>

static struct side initiator, acceptor;
static const struct spnego_slice message = {(const uint8_t *)"message", 7};

static void
setup(void)
{
    memset(&initiator, 0, sizeof(initiator));
    memset(&acceptor, 0, sizeof(acceptor));
}

static void
teardown(void)
{
    side_close(&initiator);
    side_close(&acceptor);
    octets_release();
}

/* Reads a file of hexadecimal lines, comments beginning with #.  Without the file the
 * result has no octets. */
static struct spnego_slice
published(const char *name)
{
    char path[128], line[256], text[1024] = "";
    FILE *file;

    snprintf(path, sizeof(path), "../shared/spec/vectors/sanon/%s.hex", name);
    file = fopen(path, "r");
    if (file == NULL) {
        printf("skipped: %s is not there\n", path);
        return (struct spnego_slice){NULL, 0};
    }
    while (fgets(line, sizeof(line), file) != NULL)
        if (line[0] != '#')
            strncat(text, line, sizeof(text) - strlen(text) - 1);
    fclose(file);
    return octets(text);
}

static struct spnego_slice
key_of(const struct side *side, bool ours)
{
    struct spnego_key key = {0, {NULL, 0}};

    ck_assert_int_eq(spnego_sanon.key(side->mech, ours, &key), SPNEGO_OK);
    ck_assert_int_eq(key.enctype, 19);
    ck_assert_uint_eq(key.octets.len, 16);
    return key.octets;
}

static struct spnego_slice
base_of(const struct side *side)
{
    struct spnego_key key = {0, {NULL, 0}};

    ck_assert_int_eq(spnego_sanon_key(side->mech, &key), SPNEGO_OK);
    ck_assert_int_eq(key.enctype, 19);
    ck_assert_uint_eq(key.octets.len, 16);
    return key.octets;
}

static void
check_same_keys(void)
{
    octets_check(base_of(&initiator), base_of(&acceptor));
    octets_check(key_of(&initiator, true), key_of(&acceptor, false));
    octets_check(key_of(&initiator, false), key_of(&acceptor, true));
    ck_assert_mem_ne(key_of(&initiator, true).ptr, key_of(&initiator, false).ptr, 16);
    ck_assert_mem_ne(key_of(&initiator, true).ptr, base_of(&initiator).ptr, 16);
}

static enum spnego_status
check_mic(struct side *side, struct spnego_slice mic)
{
    return spnego_sanon.check_mic(side->mech, message, mic);
}

/* Each side makes a MIC that the other takes. */
static void
check_mics(void)
{
    ck_assert_int_eq(side_sign(&initiator, message), SPNEGO_OK);
    ck_assert_int_eq(check_mic(&acceptor, side_said(&initiator)), SPNEGO_OK);
    ck_assert_int_eq(side_sign(&acceptor, message), SPNEGO_OK);
    ck_assert_int_eq(check_mic(&initiator, side_said(&acceptor)), SPNEGO_OK);
}

/* draft-howard-gss-sanon-13 appendix A.  The initiator's token is printed there without
 * its last digit. */
START_TEST(published_vectors)
{
    struct spnego_slice secrets[] = {published("initiator-secret"),
                                     published("acceptor-secret")};

    if (secrets[0].len == 0 || secrets[1].len == 0)
        return;
    initiator.cred.secret = secrets[0].ptr;
    acceptor.cred.secret = secrets[1].ptr;
    side_begin(&initiator, &acceptor);
    octets_check(side_said(&initiator), published("initiator-token"));
    ck_assert_uint_eq(initiator.said[45], 0x19);
    ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_OK);
    octets_check(side_said(&acceptor), published("acceptor-token"));
    ck_assert_int_eq(side_step(&initiator, side_said(&acceptor)), SPNEGO_OK);
    check_same_keys();
    octets_check(base_of(&initiator), published("base-key"));
    octets_check(key_of(&initiator, true), published("initiator-negoex-key"));
    octets_check(key_of(&initiator, false), published("acceptor-negoex-key"));
}
END_TEST

/* As Python's hmac and an X25519 of a few lines have it, for the secrets 00 01 and 00 02
 * and zeros behind. */
START_TEST(flags_and_bindings_in_the_key)
{
    static const uint8_t secrets[2][32] = {{0, 1}, {0, 2}};

    initiator.cred.flags = SPNEGO_SANON_DCE_STYLE | SPNEGO_SANON_EXTENDED_ERROR;
    initiator.cred.bindings.ptr = acceptor.cred.bindings.ptr = (const uint8_t *)"tls-unique:x";
    initiator.cred.bindings.len = acceptor.cred.bindings.len = 12;
    initiator.cred.secret = secrets[0];
    acceptor.cred.secret = secrets[1];
    side_begin(&initiator, &acceptor);
    octets_check(side_said(&initiator),
                 octets("6034060a2b06010401a94a1a016e07554a9480bf2a85986d8109d0a573ca66e8"
                        "e510393d2ee85118bced68a29e150000000000005000"));
    side_finish(&initiator, &acceptor);
    octets_check(side_said(&acceptor),
                 octets("ad33d5e2c1fea5708f7203d759a3826f3df7b1fe73fc7d7493bea6a04fb5d154"
                        "040405ffffffffff00000000000000004d1b27f992869965c94597b845cda022"));
    octets_check(base_of(&initiator), octets("e846e00c476ffcb3d07b167f9a8f7cbc"));
    octets_check(key_of(&initiator, true), octets("15e8b79844c157380f5022fa1d9e6861"));
    octets_check(key_of(&initiator, false), octets("ef29d80c5a9b62f1459efa751c388cbc"));
    ck_assert_int_eq(side_sign(&initiator, message), SPNEGO_OK);
    octets_check(side_said(&initiator),
                 octets("040404ffffffffff0000000000000000bed13ad4501dbf18337aa9a3fec6e59a"));
    ck_assert_int_eq(side_sign(&acceptor, message), SPNEGO_OK);
    octets_check(side_said(&acceptor),
                 octets("040405ffffffffff0000000000000001a2a535672195b8c9c417db01ec81542f"));
}
END_TEST

START_TEST(a_thousand_handshakes)
{
    static const uint64_t flags[] = {0, SPNEGO_SANON_DCE_STYLE, SPNEGO_SANON_IDENTIFY, 0x7000};
    uint8_t first[16] = {0};
    unsigned i;

    for (i = 0; i < 1000; i++) {
        uint64_t sent = flags[i % 4];

        setup();
        initiator.cred.flags = sent;
        initiator.cred.bindings = i % 3 != 0 ? message : (struct spnego_slice){NULL, 0};
        acceptor.cred.bindings = initiator.cred.bindings;
        side_begin(&initiator, &acceptor);
        ck_assert_uint_eq(initiator.len, sent != 0 ? INITIATOR_TOKEN + 8 : INITIATOR_TOKEN);
        side_finish(&initiator, &acceptor);
        ck_assert_uint_eq(acceptor.len, ACCEPTOR_TOKEN);
        ck_assert_uint_eq(spnego_sanon_flags(initiator.mech), sent);
        ck_assert_uint_eq(spnego_sanon_flags(acceptor.mech), sent);
        check_same_keys();
        ck_assert_mem_ne(first, base_of(&initiator).ptr, sizeof(first));
        memcpy(first, base_of(&initiator).ptr, sizeof(first));
        check_mics();
        teardown();
    }
}
END_TEST

START_TEST(unequal_bindings_fail)
{
    static const struct spnego_slice bindings[] = {{(const uint8_t *)"", 0},
                                                   {(const uint8_t *)"a", 1},
                                                   {(const uint8_t *)"b", 1},
                                                   {(const uint8_t *)"ab", 2}};
    size_t i, j;

    for (i = 0; i < 4; i++) {
        for (j = 0; j < 4; j++) {
            initiator.cred.bindings = bindings[i];
            acceptor.cred.bindings = bindings[j];
            side_begin(&initiator, &acceptor);
            ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_OK);
            ck_assert_int_eq(side_step(&initiator, side_said(&acceptor)),
                             i == j ? SPNEGO_OK : SPNEGO_E_INTEGRITY);
            if (i != j)
                ck_assert_str_eq(initiator.why,
                                 "the acceptor's MIC does not fit: other channel "
                                 "bindings, or other tokens");
            side_close(&initiator);
            side_close(&acceptor);
        }
    }
}
END_TEST

/* Unknown flags are not sent, and no 8 octets for none. */
START_TEST(unknown_flags_stay_here)
{
    initiator.cred.flags = ~(uint64_t)0x7000;
    acceptor.cred.flags = 0x7000; /* has no meaning */
    side_begin(&initiator, &acceptor);
    ck_assert_uint_eq(initiator.len, INITIATOR_TOKEN);
    side_finish(&initiator, &acceptor);
    ck_assert_uint_eq(spnego_sanon_flags(acceptor.mech), 0);
}
END_TEST

static void
export_to(struct spnego_buf *state, const struct side *side)
{
    state->len = 0;
    ck_assert_int_eq(spnego_sanon.export_state(side->mech, state), SPNEGO_OK);
}

static enum spnego_status
import_from(struct side *side, struct spnego_slice state)
{
    return spnego_sanon.import_state(&side->mech, &side->cred, side->role, state);
}

/* But an initiator of the future may send some: they go into the key, and no further. */
START_TEST(unknown_flags_of_a_peer)
{
    uint8_t octets[128];
    struct spnego_buf state = {octets, sizeof(octets), 0, NULL};

    side_open(&initiator, SPNEGO_INITIATOR);
    side_open(&acceptor, SPNEGO_ACCEPTOR);
    export_to(&state, &initiator);
    octets[3] = 0x80; /* the first and the last octet of the flags */
    octets[9] = 0x90;
    octets[10] = 0x01;
    side_close(&initiator);
    ck_assert_int_eq(import_from(&initiator, (struct spnego_slice){octets, state.len}),
                     SPNEGO_OK);
    ck_assert_int_eq(side_step(&initiator, (struct spnego_slice){NULL, 0}), SPNEGO_CONTINUE);
    ck_assert_uint_eq(initiator.len, INITIATOR_TOKEN + 8);
    ck_assert_mem_eq(initiator.said + INITIATOR_TOKEN, "\x80\0\0\0\0\0\x90\x01", 8);
    side_finish(&initiator, &acceptor);
    ck_assert_uint_eq(spnego_sanon_flags(acceptor.mech), 0x1000);
    check_same_keys();
}
END_TEST

/* Each MIC is good once, in its turn and its direction. */
START_TEST(mics_in_turn)
{
    uint8_t mics[3][32];
    struct spnego_slice mic = {mics[0], sizeof(mics[0])};
    size_t i;

    side_begin(&initiator, &acceptor);
    side_finish(&initiator, &acceptor);
    for (i = 0; i < 3; i++) {
        ck_assert_int_eq(side_sign(&initiator, message), SPNEGO_OK);
        ck_assert_uint_eq(initiator.len, sizeof(mics[i]));
        memcpy(mics[i], initiator.said, sizeof(mics[i]));
    }
    ck_assert_mem_eq(mics[0], "\x04\x04\x04\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\0", 16);
    ck_assert_int_eq(spnego_sanon.check_mic(acceptor.mech, (struct spnego_slice){NULL, 0}, mic),
                     SPNEGO_E_INTEGRITY);
    ck_assert_int_eq(check_mic(&initiator, mic), SPNEGO_E_INTEGRITY); /* its own */
    for (i = 0; i < 3; i++) {
        mic.ptr = mics[(i + 1) % 3]; /* too early; the last time too late */
        ck_assert_int_eq(check_mic(&acceptor, mic), SPNEGO_E_INTEGRITY);
        mic.ptr = mics[i];
        ck_assert_int_eq(check_mic(&acceptor, mic), SPNEGO_OK);
        ck_assert_int_eq(check_mic(&acceptor, mic), SPNEGO_E_INTEGRITY);
    }
    ck_assert_int_eq(side_sign(&acceptor, message), SPNEGO_OK);
    ck_assert_mem_eq(acceptor.said, "\x04\x04\x05\xff\xff\xff\xff\xff\0\0\0\0\0\0\0\1", 16);
    ck_assert_int_eq(check_mic(&initiator, side_said(&acceptor)), SPNEGO_OK);
}
END_TEST

/* Exports a side, and goes on with what was exported. */
static void
move(struct side *side)
{
    uint8_t room[128];
    struct spnego_buf state = {room, sizeof(room), 0, NULL};
    struct spnego_slice exported;
    size_t len;

    export_to(&state, side);
    exported = octets_copy((struct spnego_slice){room, state.len});
    side_close(side);
    for (len = 0; len < exported.len; len++) {
        ck_assert_int_eq(import_from(side, (struct spnego_slice){exported.ptr, len}),
                         SPNEGO_E_MECH);
        ck_assert_ptr_null(side->mech);
    }
    side->role = (enum spnego_role)(1 - side->role);
    ck_assert_int_eq(import_from(side, exported), SPNEGO_E_MECH);
    side->role = (enum spnego_role)(1 - side->role);
    ck_assert_int_eq(import_from(side, exported), SPNEGO_OK);
}

START_TEST(moved_at_each_point)
{
    initiator.cred.flags = SPNEGO_SANON_IDENTIFY;
    initiator.cred.bindings = acceptor.cred.bindings = message;
    side_open(&initiator, SPNEGO_INITIATOR);
    side_open(&acceptor, SPNEGO_ACCEPTOR);
    move(&initiator);
    ck_assert_int_eq(side_step(&initiator, (struct spnego_slice){NULL, 0}), SPNEGO_CONTINUE);
    move(&initiator);
    move(&acceptor);
    ck_assert_int_eq(side_step(&acceptor, side_said(&initiator)), SPNEGO_OK);
    move(&acceptor);
    ck_assert_int_eq(side_step(&initiator, side_said(&acceptor)), SPNEGO_OK);
    check_mics();
    move(&initiator);
    move(&acceptor);
    check_same_keys();
    check_mics();
    ck_assert_uint_eq(spnego_sanon_flags(acceptor.mech), SPNEGO_SANON_IDENTIFY);
}
END_TEST

START_TEST(nothing_before_its_time)
{
    struct spnego_key key;
    struct spnego_sanon_cred other = {.size = 1};
    void *mech = NULL;

    ck_assert_int_eq(spnego_sanon.create(&mech, &other, SPNEGO_INITIATOR), SPNEGO_E_MECH);
    ck_assert_int_eq(spnego_sanon.create(&mech, NULL, SPNEGO_INITIATOR), SPNEGO_OK);
    spnego_sanon.destroy(mech);
    side_begin(&initiator, &acceptor);
    ck_assert_int_eq(spnego_sanon.take_metadata(acceptor.mech, message), SPNEGO_OK);
    ck_assert_uint_eq(spnego_sanon.flags(initiator.mech), 0);
    ck_assert_int_eq(spnego_sanon.key(initiator.mech, true, &key), SPNEGO_CONTINUE);
    ck_assert_int_eq(spnego_sanon.key(acceptor.mech, false, &key), SPNEGO_CONTINUE);
    ck_assert_int_eq(spnego_sanon_key(initiator.mech, &key), SPNEGO_E_STATE);
    ck_assert_int_eq(side_sign(&acceptor, message), SPNEGO_E_MECH);
    ck_assert_int_eq(check_mic(&acceptor, message), SPNEGO_E_MECH);
}
END_TEST

static struct spnego_ctx *
negotiate_as(enum spnego_role role, const struct spnego_offer *offers, size_t count)
{
    struct spnego_config config = {.size = sizeof(config)};
    struct spnego_ctx *ctx;

    config.role = role;
    config.offers = offers;
    config.num_offers = count;
    ck_assert_int_eq(spnego_ctx_new(&ctx, &config), SPNEGO_OK);
    return ctx;
}

/* As the second choice, so that both make a mechListMIC. */
START_TEST(negotiated)
{
    struct toy_cred toy = {.hops = 1, .integrity = true};
    struct spnego_offer offers[] = {{&toy_a, &toy}, {&spnego_sanon, NULL}};
    struct spnego_ctx *a = negotiate_as(SPNEGO_ACCEPTOR, offers + 1, 1);
    struct spnego_ctx *i = negotiate_as(SPNEGO_INITIATOR, offers, 2);
    enum spnego_status said = SPNEGO_CONTINUE, heard = SPNEGO_CONTINUE;
    struct spnego_slice token = {NULL, 0};
    struct spnego_outcome outcome;

    while (said == SPNEGO_CONTINUE || token.len > 0) {
        said = spnego_ctx_step(i, &token, token);
        if (token.len > 0)
            heard = spnego_ctx_step(a, &token, token);
    }
    ck_assert_int_eq(said, SPNEGO_OK);
    ck_assert_int_eq(heard, SPNEGO_OK);
    spnego_ctx_outcome(i, &outcome);
    ck_assert(outcome.complete && outcome.mic_sent && outcome.mic_verified);
    octets_check(outcome.mech, octets("2b 06 01 04 01 a9 4a 1a 01 6e"));
    spnego_ctx_free(i);
    spnego_ctx_free(a);
}
END_TEST

Suite *
sanon_suite(void)
{
    Suite *suite = suite_create("sanon");
    TCase *cases = tcase_create("honest sides");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 0);
    tcase_add_test(cases, published_vectors);
    tcase_add_test(cases, flags_and_bindings_in_the_key);
    tcase_add_test(cases, a_thousand_handshakes);
    tcase_add_test(cases, unequal_bindings_fail);
    tcase_add_test(cases, unknown_flags_stay_here);
    tcase_add_test(cases, unknown_flags_of_a_peer);
    tcase_add_test(cases, mics_in_turn);
    tcase_add_test(cases, moved_at_each_point);
    tcase_add_test(cases, nothing_before_its_time);
    tcase_add_test(cases, negotiated);
    suite_add_tcase(suite, cases);
    suite_add_tcase(suite, sanon_hostile_cases());
    suite_add_tcase(suite, sanon_memory_cases());
    return suite;
}
