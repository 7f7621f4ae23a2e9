/* negoex_pair.c: two sides that speak NegoEx, and what they said. */
#include "negoex_pair.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

static const char *const metadata[] = {"A!", "B!", "C!", "D!"};

static void
hear(void *arg, const struct negoex_event *event)
{
    struct negoex_pair *np = (struct negoex_pair *)arg;
    char *text = np->text[event->role];
    size_t used = strlen(text);
    char line[512];

    negoex_event_format(line, sizeof(line), event);
    snprintf(text + used, sizeof(np->text[0]) - used, "%s\n", line);
    if (event->finding != NULL && np->num_codes[event->role] < 40)
        np->codes[event->role][np->num_codes[event->role]++] = event->finding->code;
}

/* Moves `inside` offers, behind the first `before`, into NegoEx. */
static void
init_side(struct negoex_pair *np, enum spnego_role role, size_t before, size_t inside,
          const char *letters)
{
    struct spnego_offer *offers = np->pair.offers[role];
    struct spnego_config *config = &np->pair.config[role];
    struct negoex_config *negoex = &np->negoex[role];
    size_t i;

    for (i = 0; i < config->num_offers; i++)
        np->pair.creds[role][i].metadata = metadata[letters[i] - 'A'];
    fake_crypto_init(&np->crypto[role]);
    memcpy(np->schemes[role], offers + before, inside * sizeof(*offers));
    negoex->size = sizeof(*negoex);
    negoex->offers = np->schemes[role];
    negoex->num_offers = inside;
    negoex->crypto = &np->crypto[role].ops;
    negoex->on_event = hear;
    negoex->arg = np;
    memmove(offers + before + 1, offers + before + inside,
            (config->num_offers - before - inside) * sizeof(*offers));
    offers[before].ops = &negoex_mech;
    offers[before].cred = negoex;
    config->num_offers = config->num_offers - inside + 1;
}

/* "A-BC+D": copies the letters, and says how many stand before and inside NegoEx. */
static void
split(const char *text, char letters[8], size_t *before, size_t *inside)
{
    const char *dash = strchr(text, '-'), *plus = strchr(text, '+');
    size_t len = 0;

    *before = dash != NULL ? (size_t)(dash - text) : 0;
    for (; *text != '\0'; text++)
        if (*text != '-' && *text != '+')
            letters[len++] = *text;
    letters[len] = '\0';
    *inside = len - *before - (plus != NULL ? strlen(plus + 1) : 0);
}

void
negoex_pair_init(struct negoex_pair *np, const char *initiator, const char *acceptor,
                 unsigned hops)
{
    char letters[2][8];
    size_t before[2], inside[2];

    memset(np, 0, sizeof(*np));
    split(initiator, letters[0], &before[0], &inside[0]);
    split(acceptor, letters[1], &before[1], &inside[1]);
    pair_init(&np->pair, letters[0], letters[1], hops);
    init_side(np, SPNEGO_INITIATOR, before[0], inside[0], letters[0]);
    init_side(np, SPNEGO_ACCEPTOR, before[1], inside[1], letters[1]);
}

struct spnego_slice
negoex_pair_inner(const struct pair_token *token)
{
    struct spnego_slice octets = {token->octets, token->len}, none = {NULL, 0};
    struct spnego_negotiation_token decoded;

    if (spnego_token_decode(&decoded, octets, NULL) != SPNEGO_OK)
        return none;
    if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
        octets = decoded.u.neg_token_init.mech_token;
    else if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2)
        octets = decoded.u.neg_token_init2.mech_token;
    else
        octets = decoded.u.neg_token_resp.response_token;
    return octets.len >= 8 && memcmp(octets.ptr, "NEGOEXTS", 8) == 0 ? octets : none;
}

static size_t
shape_of(const struct pair_token *token, char *out, size_t cap)
{
    static const char letters[] = "NNMMTTVA";
    struct spnego_slice whole = {token->octets, token->len};
    struct spnego_slice octets = negoex_pair_inner(token);
    struct spnego_negotiation_token decoded;
    struct negoex_message message;
    size_t len, used;

    len = (size_t)snprintf(out, cap, "%s", token->sender == SPNEGO_INITIATOR ? "I" : "A");
    if (spnego_token_decode(&decoded, whole, NULL) == SPNEGO_OK &&
        decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        len += (size_t)snprintf(out + len, cap - len, "%d",
                                (int)decoded.u.neg_token_resp.neg_state);
    if (octets.len > 0)
        len += (size_t)snprintf(out + len, cap - len, " ");
    for (; octets.len > 0; octets.ptr += used, octets.len -= used) {
        ck_assert_int_eq(negoex_message_decode(&message, &used, octets, NULL), SPNEGO_OK);
        len += (size_t)snprintf(out + len, cap - len, "%u%c",
                                (unsigned)message.header.sequence_num,
                                letters[message.header.message_type]);
    }
    if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP &&
        decoded.u.neg_token_resp.has_mech_list_mic)
        len += (size_t)snprintf(out + len, cap - len, "+M");
    return len;
}

void
negoex_pair_shape(const struct negoex_pair *np, char *out, size_t cap)
{
    size_t len = 0, i;

    out[0] = '\0';
    for (i = 0; i < np->pair.count && len < cap; i++) {
        if (i > 0)
            len += (size_t)snprintf(out + len, cap - len, " | ");
        len += shape_of(&np->pair.tokens[i], out + len, cap - len);
    }
}

char
negoex_pair_letter(const struct negoex_pair *np, enum spnego_role role)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};
    void *mech = spnego_ctx_mech(np->pair.ctx[role]);
    struct negoex_outcome outcome;
    size_t i;

    if (mech == NULL)
        return '-';
    negoex_mech_outcome(mech, &outcome);
    for (i = 0; i < 4; i++)
        if (memcmp(outcome.scheme.octets, toys[i]->auth_scheme, 16) == 0)
            return (char)('A' + (int)i);
    return '?';
}

bool
negoex_pair_told(const struct negoex_pair *np, enum spnego_role role, unsigned code)
{
    size_t i;

    for (i = 0; i < np->num_codes[role]; i++)
        if (np->codes[role][i] == code)
            return true;
    return false;
}
