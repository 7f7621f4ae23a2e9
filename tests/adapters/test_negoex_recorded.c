/* test_negoex_recorded.c - NegoEx conversations that MIT krb5 had with itself, and the same
 * with our peer in either role: given the same inputs, random octets and keys, it says the
 * same octets.
 *
 * One difference is wanted: MIT packs the vectors of a NEGO message and we align them, so
 * that octets 86 and 87, its offset of no extensions, are padding to us.  A VERIFY covers
 * them; so checksums are made and checked over MIT's transcript, when ours is found to be
 * the same but for those two octets of what we said. */
#include "recorded.h"
#include "suites.h"
#include "toy_mech.h"

#include <glob.h>
#include <spnego/gss.h>
#include <string.h>

#define PACKED_OFF 86
#define PACKED_LEN 2

enum how {
    USUAL = 0,
    NO_METADATA = 1,
    EARLY_I = 2,
    NEVER = 4,
    LATE = 8,
    FAILS_A = 16,
    NO_MAKE_A = 32,
    ONLY_B_A = 64
};

static const struct {
    const char *name;
    unsigned hops;
    unsigned how;
    enum spnego_status ends[2]; /* by role */
} talks[] = {
    {"negoex-match-1", 1, USUAL, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-match-2", 2, USUAL, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-match-3", 3, USUAL, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-match-4", 4, USUAL, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-no-metadata", 1, NO_METADATA, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-no-optimistic", 1, LATE, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-reselect-1", 1, ONLY_B_A, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-alert-from-acceptor", 3, EARLY_I, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-acceptor-metadata-query-fails", 1, NO_MAKE_A, {SPNEGO_OK, SPNEGO_OK}},
    {"negoex-acceptor-mech-fails", 1, FAILS_A, {SPNEGO_E_REJECTED, SPNEGO_E_MECH}},
    {"negoex-no-key", 2, NEVER, {SPNEGO_E_NO_MECH, SPNEGO_E_UNSUPPORTED}},
};
#define TALKS ((int)(sizeof(talks) / sizeof(talks[0])))

static struct recorded recorded;

/* Random octets and checksums as they were when it was recorded. */
struct scripted {
    struct spnego_crypto_ops ops;
    enum spnego_role role;
    unsigned randoms, checks;
};

/* The NEGO message of a role. */
static struct negoex_message
nego_of(enum spnego_role role)
{
    struct negoex_message message;
    size_t pos = 0;

    while (recorded_next(&recorded, &message, &pos))
        if (message.header.message_type == (role == SPNEGO_INITIATOR
                                                ? NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO
                                                : NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO))
            break;
    return message;
}

static enum spnego_status
scripted_random(void *arg, uint8_t *out, size_t len)
{
    struct scripted *scripted = (struct scripted *)arg;
    struct negoex_message nego = nego_of(scripted->role);
    bool conversation = scripted->randoms++ == 0 && scripted->role == SPNEGO_INITIATOR;

    ck_assert_uint_eq(len, conversation ? 16 : 32);
    memcpy(out, conversation ? nego.header.conversation_id.octets : nego.u.nego_message.random,
           len);
    return SPNEGO_OK;
}

/* Finds `message` to be what was recorded, and returns that. */
static struct spnego_slice
as_recorded(const struct scripted *scripted, struct spnego_slice message)
{
    struct negoex_message nego = nego_of(scripted->role);
    size_t packed = (size_t)(nego.raw.ptr - recorded.transcript) + PACKED_OFF, i;
    struct spnego_slice found = {recorded.transcript, message.len};

    ck_assert_uint_le(message.len, recorded.transcript_len);
    for (i = 0; i < message.len; i++)
        if (i < packed || i >= packed + PACKED_LEN)
            ck_assert_msg(message.ptr[i] == recorded.transcript[i], "octet %u", (unsigned)i);
    return found;
}

static enum spnego_status
scripted_make(void *arg, struct spnego_buf *out, int32_t *type, const struct spnego_key *key,
              int32_t usage, struct spnego_slice message)
{
    return spnego_krb5_crypto.make_checksum(NULL, out, type, key, usage,
                                            as_recorded((const struct scripted *)arg, message));
}

static enum spnego_status
scripted_check(void *arg, const struct spnego_key *key, int32_t usage,
               struct spnego_slice message, int32_t type, struct spnego_slice checksum)
{
    struct scripted *scripted = (struct scripted *)arg;

    scripted->checks++;
    return spnego_krb5_crypto.check_checksum(NULL, key, usage, as_recorded(scripted, message),
                                             type, checksum);
}

/* Our peer, as it was when it was recorded. */
struct peer {
    struct toy_cred creds[2];
    struct spnego_offer schemes[2];
    struct scripted scripted;
    struct negoex_config negoex;
    struct spnego_offer offer;
    struct spnego_ctx *ctx;
};

static void
open_peer(struct peer *peer, enum spnego_role role, unsigned hops, unsigned how)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b};
    struct spnego_config config = {.size = sizeof(config), .role = role};
    bool initiator = role == SPNEGO_INITIATOR;
    size_t i, first = !initiator && (how & ONLY_B_A) != 0 ? 1 : 0;

    memset(peer, 0, sizeof(*peer));
    for (i = 0; i < 2; i++) {
        peer->creds[i].hops = hops;
        peer->creds[i].integrity = true;
        peer->creds[i].metadata = (how & NO_METADATA) != 0 ? NULL
                                  : initiator              ? "meta-i"
                                                           : "meta-a";
        peer->creds[i].keys = (how & NEVER) != 0                  ? TOY_KEYS_NEVER
                              : initiator && (how & EARLY_I) != 0 ? TOY_KEYS_AT_ONCE
                                                                  : TOY_KEYS_AT_END;
        peer->schemes[i].ops = toys[i];
        peer->schemes[i].cred = &peer->creds[i];
    }
    peer->creds[0].fails = !initiator && (how & FAILS_A) != 0 ? 1 : 0;
    peer->creds[0].refuses_to_make = !initiator && (how & NO_MAKE_A) != 0;
    peer->scripted.ops.size = sizeof(peer->scripted.ops);
    peer->scripted.ops.random = scripted_random;
    peer->scripted.ops.make_checksum = scripted_make;
    peer->scripted.ops.check_checksum = scripted_check;
    peer->scripted.ops.arg = &peer->scripted;
    peer->scripted.role = role;
    peer->negoex.size = sizeof(peer->negoex);
    peer->negoex.offers = peer->schemes + first;
    peer->negoex.num_offers = 2 - first;
    peer->negoex.crypto = &peer->scripted.ops;
    peer->negoex.no_optimistic = (how & LATE) != 0;
    peer->offer.ops = &negoex_mech;
    peer->offer.cred = &peer->negoex;
    config.offers = &peer->offer;
    config.num_offers = 1;
    ck_assert_int_eq(spnego_ctx_new(&peer->ctx, &config), SPNEGO_OK);
}

/* Is `said` the recorded token, but for the packing of our NEGO? */
static void
check_said(struct spnego_slice said, const struct recorded_token *token)
{
    bool nego = token->negoex.len > 0 && token->negoex.ptr[8] <= 1;
    size_t packed = nego ? (size_t)(token->negoex.ptr - token->octets) + PACKED_OFF : SIZE_MAX;
    size_t i;

    ck_assert_uint_eq(said.len, token->len);
    for (i = 0; i < said.len; i++)
        if (i < packed || i - packed >= PACKED_LEN)
            ck_assert_msg(said.ptr[i] == token->octets[i], "octet %u of a token", (unsigned)i);
}

static void
replay(int talk, enum spnego_role role)
{
    struct spnego_slice in = {NULL, 0}, said;
    enum spnego_status status = SPNEGO_CONTINUE;
    struct negoex_outcome outcome;
    struct peer peer;
    size_t i;

    open_peer(&peer, role, talks[talk].hops, talks[talk].how);
    if (role == SPNEGO_INITIATOR)
        status = spnego_ctx_step(peer.ctx, &said, in);
    for (i = 0; i < recorded.count; i++) {
        const struct recorded_token *token = &recorded.tokens[i];

        if (token->sender == role) {
            check_said(said, token);
            continue;
        }
        ck_assert_int_eq(status, SPNEGO_CONTINUE);
        in.ptr = token->octets;
        in.len = token->len;
        status = spnego_ctx_step(peer.ctx, &said, in);
    }
    ck_assert_int_eq(status, talks[talk].ends[role]);
    if (status == SPNEGO_OK) {
        negoex_mech_outcome(spnego_ctx_mech(peer.ctx), &outcome);
        ck_assert(outcome.verify_fits && outcome.verify_sent);
        ck_assert_uint_eq(outcome.transcript.len, recorded.transcript_len);
        ck_assert_uint_eq(peer.scripted.checks, 1);
    }
    spnego_ctx_free(peer.ctx);
}

START_TEST(our_initiator)
{
    if (recorded_read(&recorded, talks[_i].name))
        replay(_i, SPNEGO_INITIATOR);
}
END_TEST

START_TEST(our_acceptor)
{
    if (recorded_read(&recorded, talks[_i].name))
        replay(_i, SPNEGO_ACCEPTOR);
}
END_TEST

/* Who made it follows from the messages of one side before it. */
static enum spnego_role
sender_at(size_t pos)
{
    size_t i, end = 0;

    for (i = 0; i < recorded.count; i++) {
        end += recorded.tokens[i].negoex.len;
        if (pos < end)
            break;
    }
    return recorded.tokens[i].sender;
}

/* Without any session: each VERIFY, over what stands before it. */
START_TEST(every_verify_fits)
{
    static const uint8_t initiators[32] = {1}, acceptors[32] = {0};
    struct negoex_message message;
    const struct negoex_checksum *checksum = &message.u.verify_message.checksum;
    size_t pos = 0, found = 0, before;

    if (!recorded_read(&recorded, talks[_i].name))
        return;
    for (before = 0; recorded_next(&recorded, &message, &pos); before = pos) {
        struct spnego_slice covered = {recorded.transcript, before};
        bool initiator = sender_at(before) == SPNEGO_INITIATOR;
        struct spnego_key key = {18, {initiator ? initiators : acceptors, 32}};
        int32_t usage =
            initiator ? SPNEGO_USAGE_INITIATOR_VERIFY : SPNEGO_USAGE_ACCEPTOR_VERIFY;

        if (message.header.message_type != NEGOEX_MESSAGE_TYPE_VERIFY)
            continue;
        ck_assert_int_eq(spnego_krb5_crypto.check_checksum(NULL, &key, usage, covered,
                                                           (int32_t)checksum->checksum_type,
                                                           checksum->checksum_value),
                         SPNEGO_OK);
        covered.len--;
        ck_assert_int_eq(spnego_krb5_crypto.check_checksum(NULL, &key, usage, covered,
                                                           (int32_t)checksum->checksum_type,
                                                           checksum->checksum_value),
                         SPNEGO_E_INTEGRITY);
        found++;
    }
    ck_assert_uint_ge(found, talks[_i].ends[0] == SPNEGO_OK ? 2 : 0);
}
END_TEST

START_TEST(none_is_left_out)
{
    glob_t found;

    if (!recorded_read(&recorded, talks[0].name))
        return;
    ck_assert_int_eq(glob("../shared/spec/vectors/mit/negoex-*.conv", 0, NULL, &found), 0);
    ck_assert_uint_eq(found.gl_pathc, TALKS);
    globfree(&found);
}
END_TEST

Suite *
negoex_recorded_suite(void)
{
    Suite *suite = suite_create("negoex_recorded");
    TCase *tests = tcase_create("recorded");

    tcase_add_loop_test(tests, our_initiator, 0, TALKS);
    tcase_add_loop_test(tests, our_acceptor, 0, TALKS);
    tcase_add_loop_test(tests, every_verify_fits, 0, TALKS);
    tcase_add_test(tests, none_is_left_out);
    suite_add_tcase(suite, tests);
    return suite;
}
