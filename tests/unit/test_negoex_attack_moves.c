/* test_negoex_attack_moves.c: somebody on the wire cuts and prolongs NegoEx tokens, and
 * takes out, repeats, swaps and inserts whole messages; with the numbers as they are, with
 * right ones in that token, and with right ones in all that follow. */
#include "negoex_forge.h"

#include <string.h>

Suite *negoex_attack_moves_suite(void);

enum move { REMOVE, REPEAT, SWAP, INSERT, MOVES };
enum heads { AS_THEY_ARE, IN_THE_TOKEN, IN_ALL, HEADS };

struct attack {
    enum move move;
    enum heads heads;
    size_t token;
    size_t from; /* a message, or the type of what is inserted */
    size_t to;   /* a place */
};

static struct negoex_wire_record honest;
static struct negoex_forge forge;

/* What stands at place `i` now. */
static void
append_at(const struct attack *attack, const struct spnego_slice messages[WIRE_MESSAGES],
          size_t count, size_t i)
{
    size_t from = i;

    if (attack->move == SWAP && (i == attack->from || i == attack->to))
        from = i == attack->from ? attack->to : attack->from;
    if (attack->move == INSERT && i == attack->to)
        negoex_forge_message(&forge, (enum negoex_message_type)attack->from);
    if (attack->move == REPEAT && i == attack->to)
        negoex_forge_append(&forge, messages[attack->from]);
    if (i < count && (attack->move != REMOVE || i != attack->from))
        negoex_forge_append(&forge, messages[from]);
}

static void
move_messages(const struct attack *attack, struct spnego_slice inner)
{
    struct spnego_slice messages[WIRE_MESSAGES];
    size_t count = negoex_wire_split(messages, inner), i;

    forge.len = 0;
    for (i = 0; i <= count; i++)
        append_at(attack, messages, count, i);
}

static void
on_wire(void *arg, struct pair_token *token, size_t number)
{
    const struct attack *attack = (const struct attack *)arg;
    struct spnego_slice inner = negoex_pair_inner(token);

    if (number < attack->token || inner.len == 0)
        return;
    if (number == attack->token) {
        move_messages(attack, inner);
    } else {
        forge.len = 0;
        negoex_forge_append(&forge, inner);
    }
    if (attack->heads == IN_ALL || (attack->heads == IN_THE_TOKEN && number == attack->token))
        negoex_forge_heads(&forge, token->sender);
    negoex_forge_send(&forge, token);
}

static void
try_move(const struct negoex_wire_flow *flow, struct attack *attack)
{
    const char *problem;

    negoex_wire_run(on_wire, attack);
    problem = negoex_wire_problem();
    if (problem != NULL)
        ck_abort_msg("%s, token %zu, move %d of %zu to %zu, numbers %d: %s", flow->name,
                     attack->token, attack->move, attack->from, attack->to, attack->heads,
                     problem);
    flow_close(&negoex_wire.np.pair);
}

/* Are there such messages, in a token of `count`? */
static bool
is_possible(const struct attack *attack, size_t count)
{
    switch (attack->move) {
    case REMOVE:
        return attack->from < count && attack->to == 0;
    case REPEAT:
        return attack->from < count && attack->to <= count;
    case SWAP:
        return attack->from < attack->to && attack->to < count;
    default:
        return count > 0 && attack->to <= count;
    }
}

static void
move_in_token(const struct negoex_wire_flow *flow, struct attack *attack)
{
    struct spnego_slice messages[WIRE_MESSAGES];
    struct spnego_slice inner = {honest.tokens[attack->token].octets,
                                 honest.tokens[attack->token].len};
    size_t count = negoex_wire_split(messages, inner), number;

    for (number = 0; number < 8 * 8 * HEADS; number++) {
        attack->from = number % 8;
        attack->to = number / 8 % 8;
        attack->heads = (enum heads)(number / 64);
        if (is_possible(attack, count))
            try_move(flow, attack);
    }
}

START_TEST(messages_are_moved)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i / MOVES];
    struct attack attack = {(enum move)(_i % MOVES), AS_THEY_ARE, 0, 0, 0};

    negoex_wire_listen(&honest, flow);
    for (attack.token = 0; attack.token < honest.count; attack.token++)
        move_in_token(flow, &attack);
}
END_TEST

/* A token that breaks off, or has more behind it. */
struct edges {
    size_t token, len;
};
static const uint8_t more[] = "NEGOEXTS";

static void
on_wire_edges(void *arg, struct pair_token *token, size_t number)
{
    const struct edges *edges = (const struct edges *)arg;
    struct spnego_slice inner = negoex_pair_inner(token), rest = {more, 0};

    if (number != edges->token)
        return;
    forge.len = 0;
    rest.len = edges->len > inner.len ? edges->len - inner.len : 0;
    inner.len -= edges->len < inner.len ? inner.len - edges->len : 0;
    negoex_forge_append(&forge, inner);
    negoex_forge_append(&forge, rest);
    negoex_forge_send(&forge, token);
}

START_TEST(tokens_are_cut_and_prolonged)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    struct edges edges;

    negoex_wire_listen(&honest, flow);
    for (edges.token = 0; edges.token < honest.count; edges.token++)
        for (edges.len = 0; edges.len < honest.tokens[edges.token].len + sizeof(more) &&
                            honest.tokens[edges.token].len > 0;
             edges.len++) {
            negoex_wire_run(on_wire_edges, &edges);
            if (edges.len != honest.tokens[edges.token].len &&
                (negoex_wire_problem() != NULL ||
                 (pair_complete(&negoex_wire.np.pair) && !negoex_wire_ignored(edges.token))))
                ck_abort_msg("%s, token %zu of %zu octets", flow->name, edges.token, edges.len);
            flow_close(&negoex_wire.np.pair);
        }
}
END_TEST

Suite *
negoex_attack_moves_suite(void)
{
    Suite *suite = suite_create("negoex_attack_moves");
    TCase *cases = tcase_create("messages are moved");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, messages_are_moved, 0, WIRE_FLOWS * MOVES);
    tcase_add_loop_test(cases, tokens_are_cut_and_prolonged, 0, WIRE_FLOWS);
    suite_add_tcase(suite, cases);
    return suite;
}
