/* negoex_edit.c: takes a token apart, changes a message, and puts it together again. */
#include "negoex_edit.h"

#include <check.h>
#include <string.h>

#define MAX_MESSAGES 16
#define MAX_LEN 2048

/* A token's messages, in memory of their own. */
struct run {
    uint8_t octets[MAX_MESSAGES][MAX_LEN];
    size_t len[MAX_MESSAGES];
    size_t count;
};

static void
insert(struct run *run, size_t at, const uint8_t *octets, size_t len)
{
    ck_assert_uint_lt(run->count, MAX_MESSAGES);
    ck_assert_uint_le(len, MAX_LEN);
    memmove(run->octets[at + 1], run->octets[at], (run->count - at) * MAX_LEN);
    memmove(&run->len[at + 1], &run->len[at], (run->count - at) * sizeof(run->len[0]));
    memcpy(run->octets[at], octets, len);
    run->len[at] = len;
    run->count++;
}

static void
take_apart(struct run *run, struct spnego_slice octets)
{
    struct negoex_message message;
    size_t used;

    run->count = 0;
    for (; octets.len > 0; octets.ptr += used, octets.len -= used) {
        ck_assert_int_eq(negoex_message_decode(&message, &used, octets, NULL), SPNEGO_OK);
        insert(run, run->count, octets.ptr, used);
    }
}

/* The first message keeps its number. */
static void
number_anew(struct run *run, uint32_t first)
{
    size_t i, j;

    for (i = 0; i < run->count; i++)
        for (j = 0; j < 4; j++)
            run->octets[i][12 + j] = (uint8_t)((first + i) >> (8 * j));
}

static uint32_t
number_of(const uint8_t *message)
{
    return (uint32_t)(message[12] + 256 * message[13]);
}

static void
add_extension(struct run *run, size_t at, uint32_t type)
{
    struct spnego_slice octets = {run->octets[at], run->len[at]};
    struct negoex_extension extension = {type, {(const uint8_t *)"x", 1}};
    uint8_t made[MAX_LEN];
    struct spnego_buf out = {made, sizeof(made), 0, NULL};
    struct negoex_message message;
    struct negoex_guid schemes[8];
    size_t used, i;

    ck_assert_int_eq(negoex_message_decode(&message, &used, octets, NULL), SPNEGO_OK);
    for (i = 0; negoex_guid_vector_at(&schemes[i], &message.u.nego_message.auth_schemes, i);)
        i++;
    message.u.nego_message.auth_schemes.items = schemes;
    message.u.nego_message.auth_schemes.count = (uint32_t)i;
    message.u.nego_message.extensions.items = &extension;
    message.u.nego_message.extensions.count = 1;
    ck_assert_int_eq(negoex_message_encode(&out, &message), SPNEGO_OK);
    memcpy(run->octets[at], made, out.len);
    run->len[at] = out.len;
}

static void
put_together(struct pair_token *token, const struct run *run)
{
    static uint8_t inner[MAX_MESSAGES * MAX_LEN];
    static uint8_t old[PAIR_TOKEN_LEN];
    struct spnego_slice whole = {old, token->len}, joined = {inner, 0};
    struct spnego_buf out = {token->octets, sizeof(token->octets), 0, NULL};
    struct spnego_negotiation_token decoded;
    size_t i;

    memcpy(old, token->octets, token->len);
    ck_assert_int_eq(spnego_token_decode(&decoded, whole, NULL), SPNEGO_OK);
    for (i = 0; i < run->count; joined.len += run->len[i++])
        memcpy(inner + joined.len, run->octets[i], run->len[i]);
    if (decoded.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT) {
        decoded.u.neg_token_init.has_mech_token = joined.len > 0;
        decoded.u.neg_token_init.mech_token = joined;
    } else {
        decoded.u.neg_token_resp.has_response_token = joined.len > 0;
        decoded.u.neg_token_resp.response_token = joined;
    }
    ck_assert_int_eq(spnego_token_encode(&out, &decoded), SPNEGO_OK);
    token->len = out.len;
}

static void
change(struct run *run, const struct negoex_edit *edit)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b};
    static uint8_t copy[MAX_LEN];
    size_t at = edit->message;

    ck_assert_uint_lt(at, run->count);
    memcpy(copy, run->octets[at], run->len[at]);
    switch (edit->kind) {
    case EDIT_SET:
        run->octets[at][edit->off] = (uint8_t)edit->value;
        break;
    case EDIT_GUID:
        memcpy(run->octets[at] + edit->off, toys[edit->value]->auth_scheme, 16);
        break;
    case EDIT_STRIP:
        run->count = 0;
        break;
    case EDIT_REMOVE:
        run->count--;
        memmove(run->octets[at], run->octets[at + 1], (run->count - at) * MAX_LEN);
        memmove(&run->len[at], &run->len[at + 1], (run->count - at) * sizeof(run->len[0]));
        break;
    case EDIT_REPEAT:
        insert(run, at, copy, run->len[at]);
        break;
    case EDIT_BEHIND:
        insert(run, run->count, copy, run->len[at]);
        break;
    case EDIT_EXTENSION:
        add_extension(run, at, edit->value);
        break;
    default:
        break;
    }
}

/* Where EDIT_COPY keeps its message until its token comes. */
static struct run kept;

void
negoex_edit_wire(void *arg, struct pair_token *token, size_t index)
{
    const struct negoex_edit *edit = (const struct negoex_edit *)arg;
    struct spnego_slice octets = negoex_pair_inner(token);
    static struct run run;
    uint32_t first;

    if (edit->kind == EDIT_COPY && index == edit->token)
        take_apart(&kept, octets);
    if (index != (edit->kind == EDIT_COPY ? edit->value : edit->token))
        return;
    if (edit->kind == EDIT_EMPTY)
        token->len = 0;
    if (octets.len == 0 || edit->kind == EDIT_EMPTY || edit->kind == EDIT_NONE)
        return;
    take_apart(&run, octets);
    first = number_of(run.octets[0]);
    if (edit->kind == EDIT_COPY)
        insert(&run, 0, kept.octets[edit->message], kept.len[edit->message]);
    else
        change(&run, edit);
    if (edit->kind != EDIT_SET)
        number_anew(&run, first);
    put_together(token, &run);
}
