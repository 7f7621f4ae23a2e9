/* negoex_meddle.c: messages taken apart, changed, made up, and put together again. */
#include "negoex_meddle.h"

#include "negoex_session.h"

#include <spnego/codec.h>

#define MESSAGES 24

void
negoex_token_keep(struct negoex_token *token, struct spnego_slice octets)
{
    token->len = octets.len < NEGOEX_TOKEN_MAX ? octets.len : NEGOEX_TOKEN_MAX;
    if (token->len > 0)
        memmove(token->octets, octets.ptr, token->len);
}

/* The NegoEx octets in a token, decoded into `token`; NULL if there is no place for them. */
static struct spnego_slice *
inner_of(struct spnego_negotiation_token *token, struct spnego_slice whole)
{
    if (spnego_token_decode(token, whole, NULL) != SPNEGO_OK)
        return NULL;
    if (token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT) {
        token->u.neg_token_init.has_mech_token = true;
        return &token->u.neg_token_init.mech_token;
    }
    if (token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2) {
        token->u.neg_token_init2.has_mech_token = true;
        return &token->u.neg_token_init2.mech_token;
    }
    token->u.neg_token_resp.has_response_token = true;
    return &token->u.neg_token_resp.response_token;
}

static struct spnego_slice
said_before(const struct negoex_token *token)
{
    struct spnego_negotiation_token decoded;
    struct spnego_slice *inner = inner_of(&decoded, negoex_token_octets(token));
    struct spnego_slice none = {NULL, 0};

    return inner != NULL ? *inner : none;
}

/* What he puts together. */
static struct negoex_token forged;

static void
append(struct spnego_slice octets)
{
    if (octets.len > sizeof(forged.octets) - forged.len)
        return;
    if (octets.len > 0)
        memmove(forged.octets + forged.len, octets.ptr, octets.len);
    forged.len += octets.len;
}

static size_t
split(struct spnego_slice messages[MESSAGES], struct spnego_slice inner)
{
    struct negoex_message message;
    size_t count, used;

    for (count = 0; count < MESSAGES && inner.len > 0; count++) {
        if (negoex_message_decode(&message, &used, inner, NULL) != SPNEGO_OK)
            used = inner.len; /* the rest as it is */
        messages[count].ptr = inner.ptr;
        messages[count].len = used;
        inner.ptr += used;
        inner.len -= used;
    }
    return count;
}

static void
store(uint8_t *to, uint32_t value)
{
    size_t i;

    for (i = 0; i < 4; i++, value >>= 8)
        to[i] = (uint8_t)value;
}

/* Gives what was forged the numbers and the conversation that `side` waits for. */
static void
mend_heads(const struct negoex_side *side)
{
    const struct negoex_session *session = negoex_side_session(side);
    struct spnego_slice messages[MESSAGES];
    size_t count = split(messages, negoex_token_octets(&forged)), i;
    uint8_t *head;

    for (i = 0; i < count && messages[i].len >= 40; i++) {
        head = forged.octets + (messages[i].ptr - forged.octets);
        store(head + 12, (session != NULL ? session->sequence : 0) + (uint32_t)i);
        if (session != NULL && session->sequence > 0)
            memcpy(head + 24, session->conversation_id.octets, 16);
    }
}

/* A message that he makes up: metadata, a token, an ALERT, a VERIFY, a NEGO. */
static void
make_up(struct spnego_slice *input)
{
    uint8_t room[512];
    struct spnego_buf out = {room, sizeof(room), 0, NULL};
    struct negoex_alert alert = {NEGOEX_ALERT_TYPE_PULSE, {NULL, 0}, true, {8, 1}};
    struct negoex_guid schemes[3];
    struct negoex_message message;
    unsigned how = input_octet(input), i;

    memset(&message, 0, sizeof(message));
    message.header.message_type = (enum negoex_message_type)(how & 7);
    for (i = 0; i < 3; i++)
        memcpy(schemes[i].octets, negoex_sides_guids[((how >> 3) + i) % NEGOEX_SCHEMES], 16);
    if (message.header.message_type <= NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO) {
        message.u.nego_message.auth_schemes.items = schemes;
        message.u.nego_message.auth_schemes.count = 1 + (how >> 5 & 3) % 3;
    } else if (message.header.message_type == NEGOEX_MESSAGE_TYPE_VERIFY) {
        message.u.verify_message.auth_scheme = schemes[0];
        message.u.verify_message.checksum.checksum_scheme = NEGOEX_CHECKSUM_SCHEME_RFC3961;
        message.u.verify_message.checksum.checksum_type = 16;
        message.u.verify_message.checksum.checksum_value = input_take(input, 8);
    } else if (message.header.message_type == NEGOEX_MESSAGE_TYPE_ALERT) {
        message.u.alert_message.auth_scheme = schemes[0];
        message.u.alert_message.alerts.items = &alert;
        message.u.alert_message.alerts.count = 1;
    } else {
        message.u.exchange_message.auth_scheme = schemes[0];
        message.u.exchange_message.exchange = input_take(input, how >> 5);
    }
    if (negoex_message_encode(&out, &message) == SPNEGO_OK)
        append((struct spnego_slice){room, out.len});
}

/* Puts message number `i` of `count` where it belongs, or what stands there instead. */
static void
append_edited(enum negoex_op op, const struct spnego_slice *messages, size_t count, size_t i,
              size_t at, struct spnego_slice *input)
{
    size_t from = i;

    if (op == OP_SWAP && (i == at || i == (at + 1) % count))
        from = i == at ? (at + 1) % count : at;
    if (op == OP_INSERT && i == at)
        make_up(input);
    if (op != OP_REMOVE || i != at)
        append(messages[from]);
    if (op == OP_REPEAT && i == at)
        append(messages[i]);
}

static void
edit_octets(enum negoex_op op, struct spnego_slice *input)
{
    size_t at = input_octet(input) + 256u * (input_octet(input) & 3u), i;
    uint8_t value = input_octet(input);

    if (at >= forged.len)
        return;
    if (op == OP_FLIP)
        forged.octets[at] ^= value;
    else if (op == OP_CUT)
        forged.len = at;
    else
        for (i = 0; i < 4 && at + i < forged.len; i++)
            forged.octets[at + i] = (value & 0x80) != 0 ? 0xff : i == 0 ? value : 0;
}

static void
turn_round(void)
{
    struct spnego_slice messages[MESSAGES];
    size_t count = split(messages, negoex_token_octets(&forged)), i;

    for (i = 0; i < count && messages[i].len >= 40; i++)
        if (messages[i].ptr[8] < NEGOEX_MESSAGE_TYPE_VERIFY)
            forged.octets[messages[i].ptr - forged.octets + 8] ^= 1;
}

static void
forge(enum negoex_op op, const struct negoex_side *side, struct spnego_slice inner,
      struct spnego_slice *input, const struct negoex_history *history)
{
    struct spnego_slice messages[MESSAGES];
    size_t count, at = 0, i;
    bool mend = op == OP_HEADS;

    if (op == OP_REPLAY && history->count > 0)
        inner = said_before(&history->tokens[input_octet(input) % history->count]);
    count = split(messages, inner);
    forged.len = 0;
    if (op >= OP_REMOVE && op <= OP_INSERT && count > 0) {
        at = input_octet(input);
        mend = (at & 0x80) != 0;
        at = (at & 0x7f) % (count + (op == OP_INSERT));
    }
    for (i = 0; i < count; i++)
        append_edited(op, messages, count, i, at, input);
    if (op == OP_INSERT && at == count)
        make_up(input);
    if (op == OP_FLIP || op == OP_FIELD || op == OP_CUT)
        edit_octets(op, input);
    else if (op == OP_TURN)
        turn_round();
    if (mend)
        mend_heads(side);
}

void
negoex_meddle(enum negoex_op op, struct negoex_side *side, struct spnego_slice *input,
              const struct negoex_history *history)
{
    static struct negoex_token made;
    struct spnego_negotiation_token decoded;
    struct spnego_slice *inner = inner_of(&decoded, negoex_token_octets(&side->to));
    struct spnego_buf out = {made.octets, sizeof(made.octets), 0, NULL};

    if (op == OP_LOSE)
        side->waiting = false;
    if (op == OP_RAW) {
        negoex_token_keep(&side->to, input_take(input, input_octet(input)));
        side->waiting = true;
    }
    if (op >= OP_LOSE || !side->waiting || inner == NULL)
        return;
    forge(op, side, *inner, input, history);
    *inner = negoex_token_octets(&forged);
    if (spnego_token_encode(&out, &decoded) == SPNEGO_OK)
        negoex_token_keep(&side->to, (struct spnego_slice){made.octets, out.len});
}
