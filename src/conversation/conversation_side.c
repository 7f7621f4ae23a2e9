/* conversation_side.c: whose token it is, and whether it is only a piece of one.
 *
 * A token may come in pieces: the first has the outer length, each but the last is
 * answered by an empty token.  [MS-SPNG] 3.1.5.6 to 3.1.5.11. */
#include "conversation_parts.h"

size_t
conversation_missing(struct spnego_slice octets)
{
    size_t header;
    uint64_t len;

    if (!octets_der(octets, &header, &len) ||
        (octets.ptr[0] != 0x60 && octets.ptr[0] != 0xa0 && octets.ptr[0] != 0xa1))
        return 0;
    return len > octets.len - header ? (size_t)len - (octets.len - header) : 0;
}

/* The last token, if it is of this side and not complete; an empty token of the other
 * side behind it asks for more. */
static struct turn *
pending(const struct conversation *conversation)
{
    size_t at = conversation->count;
    struct turn *turn;

    if (at > 0 && conversation->turns[at - 1].octets.len == 0)
        at--;
    turn = at > 0 ? &conversation->turns[at - 1] : NULL;
    return turn != NULL && conversation_missing(turn->octets) > 0 ? turn : NULL;
}

struct turn *
conversation_fragment(struct conversation *conversation, enum side side,
                      struct spnego_slice octets)
{
    struct turn *turn = pending(conversation);

    if (turn == NULL || turn->side != side || octets.len == 0 ||
        octets.len > conversation_missing(turn->octets))
        return NULL;
    return turn;
}

static enum side
side_of_class(const struct token_class *class)
{
    return class->sender;
}

/* The type of the first NegoEx message, where only one side sends it. */
static enum side
side_of_negoex(struct spnego_slice token)
{
    static const enum side sides[] = {SIDE_INITIATOR, SIDE_ACCEPTOR, SIDE_INITIATOR,
                                      SIDE_ACCEPTOR,  SIDE_ACCEPTOR, SIDE_INITIATOR};

    if (token.len <= 8 || token.ptr[8] >= sizeof(sides) / sizeof(sides[0]))
        return SIDE_UNKNOWN;
    return sides[token.ptr[8]];
}

static enum side
side_of_mech_token(struct spnego_slice token)
{
    struct token_class class = token_classify(token);

    return class.family == FAMILY_NEGOEX ? side_of_negoex(token) : side_of_class(&class);
}

static enum side
side_of_resp(const struct spnego_neg_token_resp *resp)
{
    if (resp->has_supported_mech ||
        (resp->has_neg_state && resp->neg_state == SPNEGO_NEG_STATE_REQUEST_MIC))
        return SIDE_ACCEPTOR;
    return side_of_mech_token(resp->response_token);
}

/* What a token itself shows; SIDE_UNKNOWN if both could have sent it. */
static enum side
side_of_token(struct spnego_slice octets)
{
    struct spnego_decode_opts opts = {sizeof(opts), SPNEGO_TOLERATE_CODEC,
                                      SIZE_MAX,     0,
                                      NULL,         NULL,
                                      NULL};
    struct spnego_negotiation_token token;
    struct token_class class = token_classify(octets);

    if (class.family != FAMILY_SPNEGO_INIT && class.family != FAMILY_SPNEGO_RESP)
        return side_of_mech_token(octets);
    if (spnego_token_decode(&token, octets, &opts) != SPNEGO_OK)
        return SIDE_UNKNOWN;
    if (token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        return side_of_resp(&token.u.neg_token_resp);
    if (token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2)
        return SIDE_ACCEPTOR;
    if (side_of_mech_token(token.u.neg_token_init.mech_token) == SIDE_ACCEPTOR)
        return SIDE_ACCEPTOR;
    return SIDE_INITIATOR;
}

/* Is this the next piece of the fragment that waits? */
static bool
continues(const struct conversation *conversation, struct spnego_slice octets)
{
    const struct turn *turn = pending(conversation);

    if (turn == NULL || octets.len == 0 || octets.len > conversation_missing(turn->octets))
        return false;
    return turn != &conversation->turns[conversation->count - 1] ||
           token_classify(octets).family == FAMILY_UNKNOWN;
}

/* An acceptor's list need not have hints: it shows when the initiator's follows. */
static void
reconsider_first(struct conversation *conversation, struct spnego_slice octets)
{
    struct turn *first = &conversation->turns[0];
    struct spnego_negotiation_token token;

    if (conversation->count != 1 || !first->side_guessed || first->side != SIDE_INITIATOR ||
        token_classify(octets).family == FAMILY_UNKNOWN ||
        token_classify(octets).family == FAMILY_SPNEGO_RESP)
        return;
    if (spnego_token_decode(&token, first->octets, NULL) == SPNEGO_OK &&
        token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT &&
        !token.u.neg_token_init.has_mech_token)
        first->side = SIDE_ACCEPTOR;
}

enum side
conversation_guess_side(struct conversation *conversation, struct spnego_slice octets)
{
    const struct turn *begun = pending(conversation);
    size_t count = conversation->count;
    enum side side = side_of_token(octets);

    if (continues(conversation, octets))
        return begun->side;
    if (side == SIDE_INITIATOR)
        reconsider_first(conversation, octets);
    if (side == SIDE_UNKNOWN && count > 0)
        return side_other(conversation->turns[count - 1].side);
    if (side == SIDE_UNKNOWN)
        return octets.len > 0 && octets.ptr[0] == 0xa1 ? SIDE_ACCEPTOR : SIDE_INITIATOR;
    return side;
}
