/* test_negoex_attack_found.c: what attacking a NegoEx conversation has brought to light. */
#include "negoex_forge.h"

#include <string.h>

Suite *negoex_attack_found_suite(void);

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR

static struct negoex_pair *const np = &negoex_wire.np;
static struct negoex_forge forge;
static struct spnego_mech_ops odd; /* a toy with something else in it */
static unsigned calls[2];

static void
start(const char *initiator, const char *acceptor, unsigned hops)
{
    struct negoex_wire_flow flow = {"", initiator, acceptor, hops, 0};

    negoex_wire_init(&flow);
    memset(calls, 0, sizeof(calls));
    odd = toy_a;
}

/* Both sides' first scheme is the odd one. */
static void
use_odd(void)
{
    np->schemes[I][0].ops = &odd;
    np->schemes[A][0].ops = &odd;
}

static void
ask_reason(char reason[256], enum spnego_role role)
{
    spnego_ctx_reason(np->pair.ctx[role], reason, 256);
}

/* Puts metadata for the first scheme behind token number `*arg`, where no VERIFY covers
 * it. */
static void
add_metadata(void *arg, struct pair_token *token, size_t number)
{
    const size_t *at = (const size_t *)arg;
    bool initiators = token->sender == I;

    if (number != *at)
        return;
    forge.len = 0;
    negoex_forge_append(&forge, negoex_pair_inner(token));
    negoex_forge_message(&forge, initiators ? NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA
                                            : NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA);
    negoex_forge_heads(&forge, token->sender);
    negoex_forge_send(&forge, token);
}

/* The VERIFY fits, and the mechanism was given metadata that stood behind it. */
START_TEST(metadata_behind_a_verify_is_not_used)
{
    size_t at = (size_t)_i;

    start("A", "A", 1);
    negoex_wire_run(add_metadata, &at);
    ck_assert(!negoex_wire.forged[_i == 0 ? A : I] ||
              np->pair.status[_i == 0 ? A : I] != SPNEGO_OK);
    flow_close(&np->pair);
}
END_TEST

static enum spnego_status
count_take(void *mech, struct spnego_slice in)
{
    (void)mech;
    (void)in;
    calls[negoex_wire.turn]++;
    return SPNEGO_OK;
}

/* spnego/mech.h: at most once. */
START_TEST(metadata_is_taken_once)
{
    size_t at = (size_t)_i;

    start("A", "A", 3);
    odd.take_metadata = count_take;
    use_odd();
    negoex_wire_run(add_metadata, &at);
    ck_assert_uint_le(calls[_i == 0 ? A : I], 1);
    flow_close(&np->pair);
}
END_TEST

/* It can make a VERIFY and never check one. */
static enum spnego_status
only_ours(void *mech, bool ours, struct spnego_key *key)
{
    return ours ? toy_a.key(mech, true, key) : SPNEGO_CONTINUE;
}

static void
count_tokens(void *arg, struct pair_token *token, size_t number)
{
    (void)arg;
    calls[token->sender] = (unsigned)number + 1;
}

/* A finished mechanism without a key says so, [MS-NEGOEX] 3.1.5.7; it does not ask for one
 * VERIFY after the other. */
START_TEST(no_key_is_not_asked_about_for_ever)
{
    char reason[256];

    start("A", "A", (unsigned)_i);
    odd.key = only_ours;
    use_odd();
    negoex_wire_run(count_tokens, NULL);
    ck_assert(!pair_complete(&np->pair));
    ask_reason(reason, np->pair.status[I] == SPNEGO_E_REJECTED ? A : I);
    ck_assert_msg(calls[I] < 10 && calls[A]<10, "%u tokens: %s", calls[I]> calls[A] ? calls[I]
                                                                                    : calls[A],
                  reason);
    flow_close(&np->pair);
}
END_TEST

/* The first scheme wants a mechListMIC, as NTLM does; another one is chosen. */
START_TEST(a_wish_goes_with_its_scheme)
{
    char reason[256];

    start("AB", "B", (unsigned)_i);
    np->pair.creds[I][0].wants_mic = true;
    negoex_wire_run(NULL, NULL);
    ask_reason(reason, I);
    ck_assert_msg(pair_complete(&np->pair), "%s", reason);
    flow_close(&np->pair);
}
END_TEST

static void
say_much(void *mech, char *out, size_t cap)
{
    (void)mech;
    strncpy(out, "he said:\r\n\x1b[2J\x07 \xff", cap);
}

static void
hear(void *arg, const struct negoex_event *event)
{
    char line[512];
    size_t i;

    (void)arg;
    negoex_event_format(line, sizeof(line), event);
    for (i = 0; line[i] != '\0'; i++)
        if (line[i] < ' ' || line[i] > '~')
            ck_abort_msg("octet %#x at %zu of: %.20s", (unsigned char)line[i], i, line);
}

/* spnego/mech.h: what cannot be printed is masked. */
START_TEST(words_are_masked)
{
    start("A", "A", 3);
    odd.why = say_much;
    use_odd();
    np->negoex[_i].on_event = hear;
    np->pair.creds[_i][0].fails = 2;
    negoex_wire_run(NULL, NULL);
    ck_assert(!pair_complete(&np->pair));
    flow_close(&np->pair);
}
END_TEST

/* Call number `fails` of the crypto has no memory: that is what the side says. */
START_TEST(without_memory_there_are_no_random_octets)
{
    start("A", "A", 3);
    np->crypto[_i == 2 ? A : I].fate = SPNEGO_E_MEMORY;
    np->crypto[_i == 2 ? A : I].fails = _i == 1 ? 2 : 1;
    negoex_wire_run(NULL, NULL);
    ck_assert_int_eq(np->pair.status[_i == 2 ? A : I], SPNEGO_E_MEMORY);
    flow_close(&np->pair);
}
END_TEST

static enum spnego_status
no_key(void *mech, bool ours, struct spnego_key *key)
{
    (void)mech;
    (void)key;
    return ours == (calls[0] == 0) ? SPNEGO_E_MECH : SPNEGO_CONTINUE;
}

/* Which scheme, and what of it: not only that NegoEx failed. */
START_TEST(a_key_that_fails_is_a_reason)
{
    char reason[256];

    start("A", "A", 3);
    odd.key = no_key;
    calls[0] = (unsigned)_i;
    np->schemes[A][0].ops = &odd;
    negoex_wire_run(NULL, NULL);
    ck_assert(!pair_complete(&np->pair));
    ask_reason(reason, A);
    ck_assert_msg(strstr(reason, "69") != NULL || strstr(reason, "C0A28569") != NULL, "%s",
                  reason);
    flow_close(&np->pair);
}
END_TEST

static enum spnego_status
empty_key(void *mech, bool ours, struct spnego_key *key)
{
    enum spnego_status status = toy_a.key(mech, ours, key);

    key->octets.ptr = NULL;
    key->octets.len = 0;
    return status;
}

/* Everybody has a key of no octets. */
START_TEST(an_empty_key_is_none)
{
    start("A", "A", (unsigned)_i);
    odd.key = empty_key;
    use_odd();
    negoex_wire_run(NULL, NULL);
    ck_assert(!pair_complete(&np->pair));
    flow_close(&np->pair);
}
END_TEST

static enum spnego_status
count_flags(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    calls[1]++;
    return toy_a.step(mech, out, in);
}

static unsigned
flags_after_a_step(void *mech)
{
    if (calls[1] == 0)
        calls[0]++;
    return toy_a.flags(mech);
}

/* spnego/mech.h: asked after each of its steps. */
START_TEST(flags_are_asked_after_a_step)
{
    start("A", "A", 2);
    np->negoex[I].no_optimistic = true;
    odd.flags = flags_after_a_step;
    odd.step = count_flags;
    use_odd();
    negoex_wire_run(NULL, NULL);
    ck_assert(pair_complete(&np->pair));
    ck_assert_uint_eq(calls[0], 0);
    flow_close(&np->pair);
}
END_TEST

/* No mechanism has keys, and both sides may go without. */
START_TEST(both_may_go_without_keys)
{
    char reason[256];

    start("A", "A", (unsigned)_i);
    np->pair.creds[I][0].keys = TOY_KEYS_NEVER;
    np->pair.creds[A][0].keys = TOY_KEYS_NEVER;
    np->negoex[I].accept_unverified = true;
    np->negoex[A].accept_unverified = true;
    negoex_wire_run(NULL, NULL);
    ask_reason(reason, I);
    ck_assert_msg(pair_complete(&np->pair), "%s", reason);
    flow_close(&np->pair);
}
END_TEST

/* The transcript has room for what came, and not for the error token: that is not why. */
START_TEST(the_first_reason_stays)
{
    char reason[256];

    start("A", "A", 4);
    np->pair.creds[A][0].fails = 2;
    np->pair.creds[A][0].says_why = true;
    np->negoex[A].max_transcript = 253 + 243 + 75 + 10; /* as it is said, up to the failure */
    negoex_wire_run(NULL, NULL);
    ask_reason(reason, A);
    ck_assert_msg(strstr(reason, "step 2, and it says why") != NULL, "%s", reason);
    flow_close(&np->pair);
}
END_TEST

static void
count_sent(void *arg, const struct negoex_event *event)
{
    (void)arg;
    calls[0] += event->kind == NEGOEX_EVENT_SENT;
}

static void
count_messages(void *arg, struct pair_token *token, size_t number)
{
    struct spnego_slice messages[WIRE_MESSAGES];
    const enum spnego_role *sender = (const enum spnego_role *)arg;

    (void)number;
    if (token->sender == *sender)
        calls[1] += (unsigned)negoex_wire_split(messages, negoex_pair_inner(token));
}

/* Its VERIFY cannot be made, so nothing of that token goes out. */
START_TEST(what_is_told_as_sent_is_sent)
{
    enum spnego_role role = (enum spnego_role)_i;

    start("A", "A", 1);
    np->crypto[role].fails = role == I ? 3 : 2;
    np->negoex[role].on_event = count_sent;
    negoex_wire_run(count_messages, &role);
    ck_assert(!pair_complete(&np->pair));
    ck_assert_uint_eq(calls[0], calls[1]);
    flow_close(&np->pair);
}
END_TEST

/* Moves the acceptor to another process, whenever it can be exported. */
static void
move_acceptor(void *arg, struct pair_token *token, size_t number)
{
    struct spnego_buf blob = {NULL, 0, 0, &spnego_libc_alloc};
    struct spnego_ctx **ctx = &np->pair.ctx[A];
    enum spnego_status status;

    (void)arg;
    if (token->sender == I || spnego_ctx_export(*ctx, &blob) != SPNEGO_OK) {
        spnego_buf_clear(&blob);
        return;
    }
    spnego_ctx_free(*ctx);
    status =
        spnego_ctx_import(ctx, &np->pair.config[A], (struct spnego_slice){blob.ptr, blob.len});
    spnego_buf_clear(&blob);
    if (status != SPNEGO_OK)
        ck_abort_msg("behind token %zu: %s", number, spnego_status_name(status));
}

/* What was exported can be imported; also one that has greeted and waits. */
START_TEST(who_has_greeted_can_move)
{
    struct negoex_wire_flow flow = {"", _i % 2 == 0 ? "AB" : "C-AB", "AB", 3, WIRE_GREETS};

    negoex_wire_init(&flow);
    np->negoex[I].server_first = _i < 2;
    negoex_wire_run(move_acceptor, NULL);
    ck_assert(pair_complete(&np->pair));
    flow_close(&np->pair);
}
END_TEST

Suite *
negoex_attack_found_suite(void)
{
    Suite *suite = suite_create("negoex_attack_found");
    TCase *cases = tcase_create("found");

    tcase_add_loop_test(cases, metadata_behind_a_verify_is_not_used, 0, 2);
    tcase_add_loop_test(cases, metadata_is_taken_once, 0, 2);
    tcase_add_loop_test(cases, no_key_is_not_asked_about_for_ever, 1, 5);
    tcase_add_loop_test(cases, a_wish_goes_with_its_scheme, 1, 5);
    tcase_add_loop_test(cases, words_are_masked, 0, 2);
    tcase_add_loop_test(cases, without_memory_there_are_no_random_octets, 0, 3);
    tcase_add_loop_test(cases, a_key_that_fails_is_a_reason, 0, 2);
    tcase_add_loop_test(cases, an_empty_key_is_none, 1, 5);
    tcase_add_test(cases, flags_are_asked_after_a_step);
    tcase_add_loop_test(cases, both_may_go_without_keys, 2, 5);
    tcase_add_test(cases, the_first_reason_stays);
    tcase_add_loop_test(cases, what_is_told_as_sent_is_sent, 0, 2);
    tcase_add_loop_test(cases, who_has_greeted_can_move, 0, 4);
    suite_add_tcase(suite, cases);
    return suite;
}
