/* negoex_wire.c: conversations that somebody listens to, and changes. */
#include "negoex_wire.h"

#include "context.h"

#include <string.h>

#define I SPNEGO_INITIATOR
#define A SPNEGO_ACCEPTOR

struct negoex_wire negoex_wire;

const struct negoex_wire_flow negoex_wire_flows[WIRE_FLOWS] = {
    {"1 hop", "AB", "AB", 1, 0},
    {"2 hops", "AB", "AB", 2, 0},
    {"3 hops", "AB", "AB", 3, 0},
    {"4 hops", "AB", "AB", 4, 0},
    {"the initiator has a key early", "A", "A", 3, WIRE_EARLY_I},
    {"the acceptor has a key early", "A", "A", 4, WIRE_EARLY_A},
    {"both have keys early", "AB", "A", 3, WIRE_EARLY_I | WIRE_EARLY_A},
    {"both have keys early, 2 hops", "A", "A", 2, WIRE_EARLY_I | WIRE_EARLY_A},
    {"no optimistic token", "AB", "AB", 1, WIRE_LATE},
    {"no optimistic token, 2 hops", "A", "A", 2, WIRE_LATE},
    {"only the second", "AB", "B", 1, 0},
    {"another order", "AB", "BA", 1, 0},
    {"another order, 3 hops", "AB", "BA", 3, 0},
    {"NegoEx is the second choice", "C-A", "A", 1, 0},
    {"NegoEx is the second choice, 2 hops", "C-A", "A", 2, 0},
    {"the acceptor greets", "AB", "AB", 3, WIRE_GREETS},
    {"the acceptor greets, in another order", "AB", "BA", 1, WIRE_GREETS},
};

/* Metadata is a letter and "!", of either side. */
static enum spnego_status
take_metadata(char letter, struct spnego_slice in)
{
    if (in.len != 2 || in.ptr[0] != (uint8_t)letter || in.ptr[1] != '!')
        negoex_wire.forged[negoex_wire.turn] = true;
    return SPNEGO_OK;
}

#define TAKE(name, letter)                                                                     \
    static enum spnego_status take_##name(void *mech, struct spnego_slice in)                  \
    {                                                                                          \
        (void)mech;                                                                            \
        return take_metadata(letter, in);                                                      \
    }
TAKE(a, 'A')
TAKE(b, 'B')
TAKE(c, 'C')
TAKE(d, 'D')

static enum spnego_status
check_checksum(void *arg, const struct spnego_key *key, int32_t usage,
               struct spnego_slice message, int32_t type, struct spnego_slice checksum)
{
    enum spnego_role role = arg == &negoex_wire.np.crypto[A] ? A : I;
    struct fake_crypto honest;
    enum spnego_status status;

    fake_crypto_init(&honest);
    status = honest.ops.check_checksum(&honest, key, usage, message, type, checksum);
    if (status == SPNEGO_OK)
        negoex_wire.covered[role] = message.len;
    return status;
}

static void
watch(void)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};
    static enum spnego_status (*const takes[])(void *mech,
                                               struct spnego_slice in) = {take_a, take_b,
                                                                          take_c, take_d};
    struct spnego_offer *offer;
    size_t role, i, k;

    for (k = 0; k < 4; k++) {
        negoex_wire.toys[k] = *toys[k];
        negoex_wire.toys[k].take_metadata = takes[k];
    }
    for (role = 0; role < 2; role++)
        for (i = 0; i < negoex_wire.np.negoex[role].num_offers; i++)
            for (k = 0; k < 4; k++) {
                offer = &negoex_wire.np.schemes[role][i];
                if (offer->ops == toys[k])
                    offer->ops = &negoex_wire.toys[k];
            }
}

void
negoex_wire_init(const struct negoex_wire_flow *flow)
{
    struct negoex_pair *np = &negoex_wire.np;
    size_t role, i;

    negoex_pair_init(np, flow->initiator, flow->acceptor, flow->hops);
    np->negoex[I].no_optimistic = (flow->how & WIRE_LATE) != 0;
    negoex_wire.how = flow->how;
    for (i = 0; i < 4; i++) {
        np->pair.creds[I][i].keys =
            (flow->how & WIRE_EARLY_I) != 0 ? TOY_KEYS_AT_ONCE : TOY_KEYS_AT_END;
        np->pair.creds[A][i].keys =
            (flow->how & WIRE_EARLY_A) != 0 ? TOY_KEYS_AT_ONCE : TOY_KEYS_AT_END;
    }
    for (role = 0; role < 2; role++) {
        np->negoex[role].server_first = (flow->how & WIRE_GREETS) != 0;
        np->negoex[role].on_event = NULL; /* its text takes longer than all the rest */
        np->crypto[role].ops.check_checksum = check_checksum;
    }
    watch();
}

static void
on_step(void *arg, struct pair *pair, enum spnego_role role)
{
    (void)arg;
    (void)pair;
    negoex_wire.turn = role;
}

void
negoex_wire_run(negoex_wire_hook *on_wire, void *arg)
{
    struct flow flow = {"NegoEx", "", "", 0, 0};
    struct pair *pair = &negoex_wire.np.pair;
    size_t role;

    for (role = 0; role < 2; role++) {
        negoex_wire.np.crypto[role].calls = negoex_wire.salt;
        negoex_wire.covered[role] = 0;
        negoex_wire.forged[role] = false;
    }
    flow.how = (negoex_wire.how & WIRE_GREETS) != 0 ? FLOW_HINT : 0;
    pair->wire = on_wire;
    pair->arg = arg;
    flow_open(pair);
    flow_run(pair, &flow, NULL, negoex_wire.steps, on_step, NULL);
}

const struct negoex_session *
negoex_wire_session(enum spnego_role role)
{
    const struct spnego_ctx *ctx = negoex_wire.np.pair.ctx[role];

    if (ctx == NULL)
        return NULL;
    if (ctx->mech == NULL || ctx->config.offers[ctx->selected].ops != &negoex_mech)
        return (const struct negoex_session *)ctx->greeter;
    return (const struct negoex_session *)ctx->mech;
}

bool
negoex_wire_ignored(size_t token)
{
    const struct negoex_session *session = negoex_wire_session(I);

    return (negoex_wire.how & WIRE_GREETS) != 0 && token == 0 && session != NULL &&
           session->transcript.len > AT_TYPE &&
           session->transcript.ptr[AT_TYPE] == NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO;
}

/* What a side that is complete may say of the other. */
static const char *
problem_of(enum spnego_role role)
{
    const struct negoex_session *ours = negoex_wire_session(role);
    const struct negoex_session *theirs = negoex_wire_session(role == I ? A : I);
    size_t covered = negoex_wire.covered[role];

    if (negoex_wire.np.pair.status[role] != SPNEGO_OK)
        return NULL;
    if (ours == NULL || ours->phase != NEGOEX_DONE)
        return "it completes without NegoEx";
    if (covered == 0)
        return "it completes without a VERIFY";
    if (theirs == NULL || theirs->transcript.len < covered ||
        memcmp(ours->transcript.ptr, theirs->transcript.ptr, covered) != 0)
        return "it completes, and the sides have said something else than they have heard";
    if (negoex_wire.forged[role])
        return "it completes with metadata that its peer has not made";
    return NULL;
}

const char *
negoex_wire_problem(void)
{
    const char *problem = problem_of(I);

    if (problem == NULL)
        problem = problem_of(A);
    if (problem == NULL && pair_complete(&negoex_wire.np.pair) &&
        negoex_pair_letter(&negoex_wire.np, I) != negoex_pair_letter(&negoex_wire.np, A))
        problem = "they complete with different schemes";
    return problem;
}

void
negoex_wire_put(struct pair_token *token, struct spnego_slice inner)
{
    struct spnego_slice whole = {token->octets, token->len};
    struct spnego_negotiation_token decoded;
    uint8_t room[PAIR_TOKEN_LEN];
    struct spnego_buf out = {room, sizeof(room), 0, NULL};

    FLOW_CHECK(spnego_token_decode(&decoded, whole, NULL) == SPNEGO_OK);
    if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT) {
        decoded.u.neg_token_init.has_mech_token = inner.len > 0;
        decoded.u.neg_token_init.mech_token = inner;
    } else if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2) {
        decoded.u.neg_token_init2.has_mech_token = inner.len > 0;
        decoded.u.neg_token_init2.mech_token = inner;
    } else {
        decoded.u.neg_token_resp.has_response_token = inner.len > 0;
        decoded.u.neg_token_resp.response_token = inner;
    }
    FLOW_CHECK(spnego_token_encode(&out, &decoded) == SPNEGO_OK);
    memcpy(token->octets, room, out.len);
    token->len = out.len;
}

size_t
negoex_wire_split(struct spnego_slice messages[WIRE_MESSAGES], struct spnego_slice inner)
{
    struct negoex_message message;
    size_t count, used;

    for (count = 0; inner.len > 0; count++) {
        FLOW_CHECK(count < WIRE_MESSAGES);
        FLOW_CHECK(negoex_message_decode(&message, &used, inner, NULL) == SPNEGO_OK);
        messages[count] = message.raw;
        inner.ptr += used;
        inner.len -= used;
    }
    return count;
}

uint64_t
negoex_wire_load(const uint8_t *from, size_t width)
{
    uint64_t value = 0;

    while (width-- > 0)
        value = value * 256 + from[width];
    return value;
}

void
negoex_wire_store(uint8_t *to, size_t width, uint64_t value)
{
    for (; width > 0; width--, value >>= 8)
        *to++ = (uint8_t)value;
}

static void
record_token(void *arg, struct pair_token *token, size_t number)
{
    struct negoex_wire_record *record = (struct negoex_wire_record *)arg;
    struct spnego_slice inner = negoex_pair_inner(token);
    size_t begin = 0;

    FLOW_CHECK(number < WIRE_TOKENS && inner.len <= WIRE_TOKEN_LEN);
    if (number > 0)
        begin = record->tokens[number - 1].begin + record->tokens[number - 1].len;
    record->tokens[number].sender = token->sender;
    record->tokens[number].begin = begin;
    record->tokens[number].len = inner.len;
    if (inner.len > 0)
        memcpy(record->tokens[number].octets, inner.ptr, inner.len);
    record->count = number + 1;
}

void
negoex_wire_listen(struct negoex_wire_record *record, const struct negoex_wire_flow *flow)
{
    negoex_wire_init(flow);
    negoex_wire_run(record_token, record);
    ck_assert_msg(pair_complete(&negoex_wire.np.pair), "%s: not complete", flow->name);
    ck_assert_msg(negoex_wire_problem() == NULL, "%s: %s", flow->name, negoex_wire_problem());
    record->letter = negoex_pair_letter(&negoex_wire.np, I);
    record->covered = negoex_wire.covered[I] > negoex_wire.covered[A] ? negoex_wire.covered[I]
                                                                      : negoex_wire.covered[A];
    flow_close(&negoex_wire.np.pair);
}
