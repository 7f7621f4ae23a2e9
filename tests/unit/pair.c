/* pair.c: two sides and a wire. */
#include "pair.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};

static void
init_side(struct pair *pair, enum spnego_role role, const char *letters, unsigned hops)
{
    struct spnego_config *config = &pair->config[role];
    size_t i;

    for (i = 0; letters[i] != '\0'; i++) {
        ck_assert_uint_lt(i, 4);
        pair->creds[role][i].hops = hops;
        pair->creds[role][i].integrity = true;
        pair->creds[role][i].living = &pair->living;
        pair->offers[role][i].ops = toys[letters[i] - 'A'];
        pair->offers[role][i].cred = &pair->creds[role][i];
    }
    config->size = sizeof(*config);
    config->role = role;
    config->offers = pair->offers[role];
    config->num_offers = i;
}

void
pair_init(struct pair *pair, const char *initiator, const char *acceptor, unsigned hops)
{
    memset(pair, 0, sizeof(*pair));
    init_side(pair, SPNEGO_INITIATOR, initiator, hops);
    init_side(pair, SPNEGO_ACCEPTOR, acceptor, hops);
}

void
pair_open(struct pair *pair)
{
    int role;

    for (role = 0; role < 2; role++) {
        ck_assert_int_eq(spnego_ctx_new(&pair->ctx[role], &pair->config[role]), SPNEGO_OK);
        pair->status[role] = SPNEGO_CONTINUE;
    }
    pair->count = 0;
}

struct spnego_slice
pair_step(struct pair *pair, enum spnego_role role, struct spnego_slice in)
{
    struct spnego_slice out;

    pair->status[role] = spnego_ctx_step(pair->ctx[role], &out, in);
    return out;
}

/* Carries `token` over the wire. */
static struct spnego_slice
carry(struct pair *pair, enum spnego_role sender, struct spnego_slice token)
{
    struct pair_token *carried = &pair->tokens[pair->count];

    ck_assert_uint_lt(pair->count, PAIR_TOKENS);
    ck_assert_uint_le(token.len, PAIR_TOKEN_LEN);
    carried->sender = sender;
    carried->len = token.len;
    if (token.len > 0)
        memcpy(carried->octets, token.ptr, token.len);
    if (pair->wire != NULL)
        pair->wire(pair->arg, carried, pair->count);
    pair->count++;
    token.ptr = carried->octets;
    token.len = carried->len;
    return token;
}

/* `role` begins, with an empty token. */
static void
run_from(struct pair *pair, enum spnego_role role)
{
    struct spnego_slice token = {NULL, 0};

    token = pair_step(pair, role, token);
    while (token.len > 0) {
        token = carry(pair, role, token);
        role = role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
        token = pair_step(pair, role, token);
    }
}

void
pair_run(struct pair *pair)
{
    run_from(pair, SPNEGO_INITIATOR);
}

void
pair_run_hinted(struct pair *pair)
{
    run_from(pair, SPNEGO_ACCEPTOR);
}

bool
pair_complete(const struct pair *pair)
{
    struct spnego_outcome outcome;
    int role;

    for (role = 0; role < 2; role++) {
        spnego_ctx_outcome(pair->ctx[role], &outcome);
        if (!outcome.complete)
            return false;
    }
    return true;
}

static size_t
shape_of(const struct pair_token *token, char *out, size_t cap)
{
    const char *side = token->sender == SPNEGO_INITIATOR ? "I" : "A";
    struct spnego_slice octets = {token->octets, token->len};
    struct spnego_negotiation_token decoded;
    const struct spnego_neg_token_resp *resp = &decoded.u.neg_token_resp;
    char state[2] = "-";

    if (spnego_token_decode(&decoded, octets, NULL) != SPNEGO_OK)
        return (size_t)snprintf(out, cap, "%s ?", side);
    if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
        return (size_t)snprintf(out, cap, "%s init%s%s", side,
                                decoded.u.neg_token_init.has_mech_token ? "t" : "",
                                decoded.u.neg_token_init.has_mech_list_mic ? "+M" : "");
    if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2)
        return (size_t)snprintf(out, cap, "%s init2", side);
    if (resp->has_neg_state)
        state[0] = (char)('0' + resp->neg_state);
    return (size_t)snprintf(out, cap, "%s %s%s%s", side, state,
                            resp->has_response_token ? "t" : "",
                            resp->has_mech_list_mic ? "+M" : "");
}

void
pair_shape(const struct pair *pair, char *out, size_t cap)
{
    size_t len = 0, i;

    out[0] = '\0';
    for (i = 0; i < pair->count && len < cap; i++) {
        if (i > 0)
            len += (size_t)snprintf(out + len, cap - len, " | ");
        len += shape_of(&pair->tokens[i], out + len, cap - len);
    }
}

void
pair_close(struct pair *pair)
{
    spnego_ctx_free(pair->ctx[SPNEGO_INITIATOR]);
    spnego_ctx_free(pair->ctx[SPNEGO_ACCEPTOR]);
    pair->ctx[SPNEGO_INITIATOR] = NULL;
    pair->ctx[SPNEGO_ACCEPTOR] = NULL;
    ck_assert_uint_eq(pair->living, 0);
}
