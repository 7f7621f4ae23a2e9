/* test_negoex_sanon.c - NegoEx with real cryptography, SAnon beside toys: how long its
 * messages are, what both sides end with, and what somebody in between can do. */
#include "suites.h"
#include "toy_mech.h"

#include <spnego/gss.h>
#include <spnego/sanon.h>
#include <spnego/spnego.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR
#define MAX_TOKEN 2048

struct side {
    struct toy_cred toy;
    struct spnego_sanon_cred sanon;
    struct spnego_offer schemes[5];
    struct negoex_config negoex;
    struct spnego_offer offers[2];
    struct spnego_config config;
    struct spnego_ctx *ctx;
    enum spnego_status status;
};

static struct side sides[2];
static char lengths[256]; /* of all messages: "N112 T110 V96" */

/* An octet of the wire that is changed; `octet` counts from the first token's first. */
static struct {
    size_t octet;
    uint8_t flip; /* 0: none */
} damage;

static void
note_length(void *arg, const struct negoex_event *event)
{
    static const char letters[] = "NNMMTTVA";
    size_t used = strlen(lengths);

    (void)arg;
    if (event->kind != NEGOEX_EVENT_SENT)
        return;
    snprintf(lengths + used, sizeof(lengths) - used, "%s%c%u", used > 0 ? " " : "",
             letters[event->message->header.message_type], (unsigned)event->message->raw.len);
}

/* The schemes by letters: S is SAnon. */
static void
set_side(enum spnego_role role, const char *letters, unsigned hops)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};
    struct side *side = &sides[role];
    size_t i;

    memset(side, 0, sizeof(*side));
    side->toy.hops = hops;
    side->toy.integrity = true;
    side->sanon.size = sizeof(side->sanon);
    for (i = 0; letters[i] != '\0'; i++) {
        bool sanon = letters[i] == 'S';

        side->schemes[i].ops = sanon ? &spnego_sanon : toys[letters[i] - 'A'];
        side->schemes[i].cred = sanon ? (void *)&side->sanon : (void *)&side->toy;
    }
    side->negoex.size = sizeof(side->negoex);
    side->negoex.offers = side->schemes;
    side->negoex.num_offers = i;
    side->negoex.crypto = &spnego_krb5_crypto;
    side->negoex.on_event = note_length;
    side->offers[0].ops = &negoex_mech;
    side->offers[0].cred = &side->negoex;
    side->config.size = sizeof(side->config);
    side->config.role = role;
    side->config.offers = side->offers;
    side->config.num_offers = 1;
}

static void
set(const char *initiator, const char *acceptor, unsigned hops)
{
    set_side(I, initiator, hops);
    set_side(A, acceptor, hops);
    lengths[0] = '\0';
    damage.flip = 0;
}

/* Returns how many octets went over the wire. */
static size_t
run(void)
{
    uint8_t wire[MAX_TOKEN];
    struct spnego_slice token = {wire, 0}, said;
    enum spnego_role role = I;
    size_t count = 0;

    for (role = I; role <= A; role = (enum spnego_role)(role + 1))
        ck_assert_int_eq(spnego_ctx_new(&sides[role].ctx, &sides[role].config), SPNEGO_OK);
    role = I;
    do {
        sides[role].status = spnego_ctx_step(sides[role].ctx, &said, token);
        ck_assert_uint_le(said.len, sizeof(wire));
        if (said.len > 0)
            memcpy(wire, said.ptr, said.len);
        if (damage.flip != 0 && damage.octet >= count && damage.octet - count < said.len)
            wire[damage.octet - count] ^= damage.flip;
        token.len = said.len;
        count += said.len;
        role = role == I ? A : I;
    } while (token.len > 0);
    return count;
}

static void
end(void)
{
    spnego_ctx_free(sides[I].ctx);
    spnego_ctx_free(sides[A].ctx);
}

static bool
both_complete(void)
{
    return spnego_ctx_mech(sides[I].ctx) != NULL && spnego_ctx_mech(sides[A].ctx) != NULL;
}

/* What a side has chosen; for SAnon `key` is the base key. */
static struct negoex_guid
chosen(enum spnego_role role, struct spnego_key *key)
{
    struct negoex_outcome outcome;

    negoex_mech_outcome(spnego_ctx_mech(sides[role].ctx), &outcome);
    ck_assert_ptr_nonnull(outcome.inner);
    memset(key, 0, sizeof(*key));
    if (memcmp(outcome.scheme.octets, spnego_sanon.auth_scheme, 16) == 0)
        ck_assert_int_eq(spnego_sanon_key(outcome.inner, key), SPNEGO_OK);
    return outcome.scheme;
}

/* Both have the same scheme, and if it has a key, the same. */
static void
check_agreement(void)
{
    struct spnego_key ours, theirs;
    struct negoex_guid scheme = chosen(I, &ours), other = chosen(A, &theirs);

    ck_assert_mem_eq(scheme.octets, other.octets, 16);
    ck_assert_uint_eq(ours.octets.len, theirs.octets.len);
    if (ours.octets.len > 0)
        ck_assert_mem_eq(ours.octets.ptr, theirs.octets.ptr, ours.octets.len);
}

static const struct {
    const char *initiator, *acceptor;
    unsigned hops;
    enum toy_keys keys; /* the initiator's */
    const char *lengths;
} posts[] = {
    {"S", "S", 2, TOY_KEYS_AT_END, "N112 T110 N112 T128 V96 V96"},
    {"SA", "S", 2, TOY_KEYS_AT_END, "N128 T110 N112 T128 V96 V96"},
    {"AS", "AS", 3, TOY_KEYS_AT_END, "N128 T75 N128 T65 T75 V92 V92"},
    {"A", "A", 3, TOY_KEYS_AT_ONCE, "N112 T75 V92 N112 T65 A92 T75 V92 V92"},
};

START_TEST(messages_are_as_long_as_published)
{
    set(posts[_i].initiator, posts[_i].acceptor, posts[_i].hops);
    sides[I].toy.keys = posts[_i].keys;
    run();
    ck_assert_str_eq(lengths, posts[_i].lengths);
    ck_assert(both_complete());
    check_agreement();
    end();
}
END_TEST

/* Every octet of a negotiation with SAnon as second choice of SPNEGO and with MICs: if both
 * complete all the same, they agree. */
START_TEST(changed_octets_are_noticed)
{
    size_t octets, complete = 0;

    set("SA", "AS", 2);
    sides[I].config.require_mic = true;
    sides[A].config.require_mic = true;
    octets = run();
    ck_assert(both_complete());
    end();
    for (damage.octet = 0; damage.octet < octets; damage.octet++) {
        damage.flip = (uint8_t)(1u << (damage.octet % 8));
        run();
        if (both_complete()) {
            complete++;
            check_agreement();
        }
        end();
    }
    ck_assert_uint_lt(complete, 8); /* what nobody looks at in the last VERIFY */
}
END_TEST

START_TEST(other_channel_bindings_fail)
{
    char reason[256];

    set("S", "S", 2);
    sides[I].sanon.bindings.ptr = (const uint8_t *)"here";
    sides[A].sanon.bindings.ptr = (const uint8_t *)"there";
    sides[I].sanon.bindings.len = 4;
    sides[A].sanon.bindings.len = 5;
    run();
    ck_assert(!both_complete());
    ck_assert_int_eq(sides[I].status, SPNEGO_E_INTEGRITY);
    spnego_ctx_reason(sides[I].ctx, reason, sizeof(reason));
    ck_assert_str_eq(reason,
                     "1.3.6.1.4.1.311.2.2.30 (NEGOEX) failed: SAnon-X25519 failed: the "
                     "acceptor's MIC does not fit: other channel bindings, or other tokens");
    end();
}
END_TEST

/* Writes 1 to 5 of the letters in some order. */
static void
pick(char out[6])
{
    char all[] = "SABCD", kept;
    size_t count = 1 + (size_t)rand() % 5, i, other;

    for (i = 0; i < count; i++) {
        other = i + (size_t)rand() % (5 - i);
        kept = all[other];
        all[other] = all[i];
        all[i] = kept;
        out[i] = kept;
    }
    out[count] = '\0';
}

/* They agree on the scheme that the acceptor wants most of those that both have. */
START_TEST(random_lists_agree)
{
    char initiator[6], acceptor[6];
    const char *first;
    int round;

    srand(4178);
    for (round = 0; round < 1000; round++) {
        pick(initiator);
        pick(acceptor);
        set(initiator, acceptor, 1 + (unsigned)rand() % 4);
        run();
        first = strpbrk(acceptor, initiator);
        ck_assert_int_eq(both_complete(), first != NULL);
        if (first != NULL) {
            struct spnego_key key;
            struct negoex_guid scheme = chosen(I, &key);

            ck_assert_mem_eq(scheme.octets, sides[A].schemes[first - acceptor].ops->auth_scheme,
                             16);
            check_agreement();
        }
        end();
    }
}
END_TEST

Suite *
negoex_sanon_suite(void)
{
    Suite *suite = suite_create("negoex_sanon");
    TCase *tests = tcase_create("negoex_sanon");

    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, messages_are_as_long_as_published, 0,
                        (int)(sizeof(posts) / sizeof(posts[0])));
    tcase_add_test(tests, changed_octets_are_noticed);
    tcase_add_test(tests, other_channel_bindings_fail);
    tcase_add_test(tests, random_lists_agree);
    suite_add_tcase(suite, tests);
    return suite;
}
