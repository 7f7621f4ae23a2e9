/* flow.c: honest negotiations, and what holds after each of their steps. */
#include "flow.h"

#include <stdlib.h>
#include <string.h>

static const struct flow sorts[] = {
    {"match", "AB", "AB", 0, 0},
    {"match, MIC required", "AB", "AB", FLOW_REQUIRE, 0},
    {"match, own order", "AB", "BA", FLOW_OWN, 0},
    {"first of both, own order", "AB", "AB", FLOW_OWN, 0},
    {"first, but the acceptor likes another", "AB", "CA", FLOW_OWN, 0},
    {"match without integrity", "AB", "AB", FLOW_PLAIN, 0},
    {"match, the mechanism wants a MIC", "AB", "AB", FLOW_WANTS, 0},
    {"match without optimistic token", "AB", "AB", FLOW_LATE, 0},
    {"reselect", "AB", "B", 0, 0},
    {"reselect, MIC required", "AB", "B", FLOW_REQUIRE, 0},
    {"reselect without integrity", "AB", "B", FLOW_PLAIN, 0},
    {"reselect, the mechanisms want a MIC", "AB", "B", FLOW_WANTS, 0},
    {"reselect without optimistic token", "ABC", "C", FLOW_LATE, 0},
    {"hint", "AB", "BA", FLOW_HINT, 0},
    {"hint, MIC required", "ABC", "CB", FLOW_HINT | FLOW_REQUIRE, 0},
};
#define SORTS (sizeof(sorts) / sizeof(sorts[0]))

size_t
flow_count(void)
{
    return SORTS * FLOW_HOPS;
}

struct flow
flow_at(size_t i)
{
    struct flow flow = sorts[i / FLOW_HOPS];

    flow.hops = 1 + (unsigned)(i % FLOW_HOPS);
    return flow;
}

static void
init_side(struct pair *pair, enum spnego_role role, const struct flow *flow)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};
    const char *letters = role == SPNEGO_INITIATOR ? flow->initiator : flow->acceptor;
    struct spnego_config *config = &pair->config[role];
    struct toy_cred cred = {.hops = flow->hops, .living = &pair->living};
    size_t i;

    cred.integrity = !(flow->how & FLOW_PLAIN);
    cred.wants_mic = (flow->how & FLOW_WANTS) != 0;
    for (i = 0; letters[i] != '\0'; i++) {
        FLOW_CHECK(i < 4);
        pair->creds[role][i] = cred;
        pair->offers[role][i].ops = toys[letters[i] - 'A'];
        pair->offers[role][i].cred = &pair->creds[role][i];
    }
    config->size = sizeof(*config);
    config->role = role;
    config->offers = pair->offers[role];
    config->num_offers = i;
    config->require_mic = (flow->how & FLOW_REQUIRE) != 0;
}

/* The tokens, which are most of a pair, are not cleared: nobody looks at them. */
void
flow_init(struct pair *pair, const struct flow *flow)
{
    struct spnego_config *initiator = &pair->config[SPNEGO_INITIATOR];
    struct spnego_config *acceptor = &pair->config[SPNEGO_ACCEPTOR];

    memset(pair, 0, offsetof(struct pair, tokens));
    pair->count = 0;
    init_side(pair, SPNEGO_INITIATOR, flow);
    init_side(pair, SPNEGO_ACCEPTOR, flow);
    initiator->no_optimistic = (flow->how & FLOW_LATE) != 0;
    acceptor->choice =
        flow->how & FLOW_OWN ? SPNEGO_CHOOSE_OWN_ORDER : SPNEGO_CHOOSE_THEIR_ORDER;
    if (flow->how & FLOW_HINT) {
        initiator->hint_policy = SPNEGO_HINT_ORDER;
        initiator->hint_floor = initiator->num_offers;
    }
}

void
flow_open(struct pair *pair)
{
    int role;

    for (role = 0; role < 2; role++) {
        FLOW_CHECK(spnego_ctx_new(&pair->ctx[role], &pair->config[role]) == SPNEGO_OK);
        pair->status[role] = SPNEGO_CONTINUE;
    }
    pair->count = 0;
}

void
flow_close(struct pair *pair)
{
    int role;

    for (role = 0; role < 2; role++) {
        spnego_ctx_free(pair->ctx[role]);
        pair->ctx[role] = NULL;
    }
    FLOW_CHECK(pair->living == 0);
}

enum spnego_role
flow_first(const struct flow *flow)
{
    return flow->how & FLOW_HINT ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
}

/* Everything that can be asked, whether it makes sense or not. */
static void
ask_everything(const struct spnego_ctx *ctx, const struct spnego_outcome *outcome)
{
    struct spnego_slice oid;
    size_t pos = 0, count = 0, i;

    for (i = 0; outcome->tolerated != 0 && spnego_ctx_tolerated(ctx, i) != 0; i++)
        FLOW_CHECK(i < 64);
    if (outcome->mech_types.der.len > 0)
        while (spnego_mech_type_list_next(&oid, &pos, &outcome->mech_types))
            count++;
    FLOW_CHECK(count == outcome->mech_types.count);
    if (outcome->selected >= 0)
        FLOW_CHECK(outcome->mech.len > 0);
}

/* One line, there if it has failed, and only then. */
static void
check_reason(const struct spnego_ctx *ctx, enum spnego_status status)
{
    char reason[512], small[2] = "x";
    size_t len = spnego_ctx_reason(ctx, reason, sizeof(reason));

    FLOW_CHECK(len == strlen(reason));
    FLOW_CHECK(strchr(reason, '\n') == NULL);
    FLOW_CHECK(status != SPNEGO_OK || len == 0);
    FLOW_CHECK(status >= 0 || len > 0);
    FLOW_CHECK(spnego_ctx_reason(ctx, small, sizeof(small)) == len);
    FLOW_CHECK(small[0] == reason[0] && small[1] == '\0');
}

/* Words take longer than all the rest: not every failure's are looked at. */
#define EVERY 16

void
flow_check(const struct pair *pair, enum spnego_role role, struct spnego_slice out)
{
    static unsigned turn;
    const struct spnego_ctx *ctx = pair->ctx[role];
    enum spnego_status status = pair->status[role];
    struct spnego_outcome outcome;

    spnego_ctx_outcome(ctx, &outcome);
    ask_everything(ctx, &outcome);
    FLOW_CHECK(status <= SPNEGO_CONTINUE && status > SPNEGO_E_STATE);
    FLOW_CHECK(out.len == 0 || out.ptr != NULL);
    FLOW_CHECK(outcome.complete == (status == SPNEGO_OK));
    FLOW_CHECK((spnego_ctx_mech(ctx) != NULL) == (status == SPNEGO_OK));
    if (status >= 0 || turn++ % EVERY == 0)
        check_reason(ctx, status);
    if (status == SPNEGO_OK)
        FLOW_CHECK(outcome.selected >= 0);
    else
        FLOW_CHECK(spnego_ctx_take_mech(pair->ctx[role]) == NULL);
    if (status < 0)
        FLOW_CHECK(outcome.status == status && spnego_gss_major(status) != 0);
}

void
flow_check_ended(struct pair *pair, enum spnego_role role)
{
    static const uint8_t reject[] = {0xa1, 7, 0x30, 5, 0xa0, 3, 10, 1, 2};
    static const uint8_t garbage[] = {0xff};
    const struct spnego_slice tokens[] = {{NULL, 0},
                                          {reject, sizeof(reject)},
                                          {garbage, sizeof(garbage)}};
    struct spnego_outcome before, after;
    struct spnego_buf blob = {NULL, 0, 0, NULL};
    struct spnego_slice out;
    size_t i;

    spnego_ctx_outcome(pair->ctx[role], &before);
    for (i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
        out.len = 1;
        FLOW_CHECK(spnego_ctx_step(pair->ctx[role], &out, tokens[i]) == SPNEGO_E_STATE);
        FLOW_CHECK(out.len == 0);
        FLOW_CHECK(spnego_ctx_take_hint(pair->ctx[role], tokens[i]) == SPNEGO_E_STATE);
    }
    spnego_ctx_outcome(pair->ctx[role], &after);
    FLOW_CHECK(before.status == after.status);
    FLOW_CHECK(before.complete == after.complete);
    FLOW_CHECK(before.tokens_in == after.tokens_in);
    FLOW_CHECK(spnego_ctx_export(pair->ctx[role], &blob) == SPNEGO_E_STATE);
    FLOW_CHECK(blob.len == 0);
}

struct spnego_slice
flow_step(struct pair *pair, enum spnego_role role, struct spnego_slice in)
{
    uint8_t *copy = malloc(in.len > 0 ? in.len : 1);
    struct spnego_slice out;

    FLOW_CHECK(copy != NULL);
    if (in.len > 0)
        memcpy(copy, in.ptr, in.len);
    in.ptr = copy;
    out = pair_step(pair, role, in);
    free(copy);
    flow_check(pair, role, out);
    return out;
}

static void
record(struct flow_tape *tape, enum spnego_role role, struct spnego_slice out)
{
    FLOW_CHECK(out.len <= FLOW_TAPE - tape->len[role]);
    if (out.len > 0)
        memcpy(tape->octets[role] + tape->len[role], out.ptr, out.len);
    tape->len[role] += out.len;
    tape->steps++;
}

/* Puts `out` on the wire, where somebody may change it. */
static struct spnego_slice
carry(struct pair *pair, struct pair_token *carried, enum spnego_role sender,
      struct spnego_slice out)
{
    struct spnego_slice in = {carried->octets, 0};

    FLOW_CHECK(out.len <= sizeof(carried->octets));
    if (out.len > 0)
        memcpy(carried->octets, out.ptr, out.len);
    carried->len = out.len;
    carried->sender = sender;
    if (pair->wire != NULL)
        pair->wire(pair->arg, carried, pair->count);
    pair->count++;
    in.len = carried->len;
    return in;
}

void
flow_run(struct pair *pair, const struct flow *flow, struct flow_tape *tape, unsigned steps,
         flow_hook *hook, void *arg)
{
    enum spnego_role role = flow_first(flow);
    struct pair_token carried;
    struct spnego_slice out, in = {carried.octets, 0};
    unsigned i;

    if (tape != NULL)
        memset(tape, 0, sizeof(*tape));
    for (i = 0; steps == 0 || i < steps; i++) {
        FLOW_CHECK(i < 1000);
        if (hook != NULL)
            hook(arg, pair, role);
        if (pair->status[role] != SPNEGO_CONTINUE)
            return;
        out = flow_step(pair, role, in);
        if (tape != NULL)
            record(tape, role, out);
        if (out.len == 0 && pair->status[role] != SPNEGO_CONTINUE)
            return;
        in = carry(pair, &carried, role, out);
        role = role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    }
}

void
flow_tape_check(const struct flow_tape *got, const struct flow_tape *want, const char *name)
{
    size_t role;

    for (role = 0; role < 2; role++)
        ck_assert_msg(got->len[role] == want->len[role] &&
                          memcmp(got->octets[role], want->octets[role], want->len[role]) == 0,
                      "%s: side %zu said %zu octets, not the %zu it should", name, role,
                      got->len[role], want->len[role]);
}

void
flow_fail(const struct flow *flow, bool good, const char *problem)
{
    ck_assert_msg(good, "%s, %u hops: %s", flow->name, flow->hops, problem);
}

void
flow_mic(uint8_t mic[4], const struct spnego_ctx *ctx)
{
    struct spnego_outcome outcome;
    size_t i;

    spnego_ctx_outcome(ctx, &outcome);
    memcpy(mic, "MIC", 3);
    mic[3] = 0xa5;
    for (i = 0; i < outcome.mech_types.der.len; i++)
        mic[3] ^= outcome.mech_types.der.ptr[i];
}

static void *
resize(void *arg, void *ptr, size_t old_len, size_t new_len)
{
    struct flow_alloc *counter = arg;
    uint8_t *fresh;

    if (new_len == 0) {
        counter->used -= old_len;
        free(ptr);
        return NULL;
    }
    if (++counter->calls == counter->fails)
        return NULL;
    if (counter->calls == 1)
        counter->first = new_len;
    /* It always moves, and what is new is not zero. */
    fresh = malloc(new_len);
    FLOW_CHECK(fresh != NULL);
    memset(fresh, 0xee, new_len);
    if (ptr != NULL)
        memcpy(fresh, ptr, old_len < new_len ? old_len : new_len);
    free(ptr);
    counter->used = counter->used - old_len + new_len;
    counter->total += new_len;
    if (counter->used > counter->peak)
        counter->peak = counter->used;
    return fresh;
}

void
flow_alloc_init(struct flow_alloc *counter, size_t fails)
{
    memset(counter, 0, sizeof(*counter));
    counter->alloc.resize = resize;
    counter->alloc.arg = counter;
    counter->fails = fails;
}
