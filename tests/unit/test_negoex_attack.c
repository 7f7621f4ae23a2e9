/* test_negoex_attack.c: somebody on the wire who knows NegoEx: he writes both lists of
 * schemes anew, takes out tokens of mechanisms, VERIFYs and ALERTs, adds ALERTs, swaps
 * metadata, and gives every message the number that the other side waits for.  He has no
 * keys.  [MS-NEGOEX] 3.1.5.7, 5.1. */
#include "negoex_forge.h"

#include <string.h>

Suite *negoex_attack_suite(void);

static const char *const lists[] = {"", "A", "B", "CBA"}; /* "": as it is */
#define LISTS (sizeof(lists) / sizeof(lists[0]))

enum meddling { NOTHING, METADATA, NO_ALERTS, MORE_ALERTS, MEDDLINGS };

struct attack {
    const char *lists[2];   /* what he writes into the initiator's NEGO, the acceptor's */
    bool no_token[2];       /* he takes away the mechanism's token beside it, */
    unsigned strip;         /* and VERIFYs: 1 the initiator's, 2 the acceptor's */
    enum meddling meddling; /* and this with each token */
};

static struct negoex_wire_record honest;
static struct negoex_forge forge;

/* Appends `message` with the schemes of `list`. */
static void
append_nego(struct spnego_slice raw, const char *list)
{
    struct spnego_buf out = {forge.octets, sizeof(forge.octets), forge.len, NULL};
    struct negoex_guid schemes[4];
    struct negoex_message message;
    size_t used, i;

    FLOW_CHECK(negoex_message_decode(&message, &used, raw, NULL) == SPNEGO_OK);
    for (i = 0; list[i] != '\0'; i++)
        memcpy(schemes[i].octets, negoex_wire.toys[list[i] - 'A'].auth_scheme, 16);
    memset(&message.u.nego_message.auth_schemes, 0,
           sizeof(message.u.nego_message.auth_schemes));
    message.u.nego_message.auth_schemes.items = schemes;
    message.u.nego_message.auth_schemes.count = (uint32_t)i;
    FLOW_CHECK(negoex_message_encode(&out, &message) == SPNEGO_OK);
    forge.len = out.len;
}

/* Writes one message as he wants it; `first`: it stands in the first token of a side. */
static void
write_message(const struct attack *attack, enum spnego_role sender, struct spnego_slice raw,
              bool first)
{
    unsigned type = negoex_wire_type(raw);

    switch (type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        if (attack->lists[sender][0] == '\0')
            break;
        append_nego(raw, attack->lists[sender]);
        return;
    case NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA:
        if (attack->meddling != METADATA)
            break;
        negoex_forge_message(&forge, (enum negoex_message_type)type);
        return;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        if ((attack->strip & (sender == SPNEGO_INITIATOR ? 1u : 2u)) != 0)
            return;
        break;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        if (attack->meddling == NO_ALERTS)
            return;
        break;
    default:
        if (first && attack->no_token[sender])
            return;
        break;
    }
    negoex_forge_append(&forge, raw);
}

static void
on_wire(void *arg, struct pair_token *token, size_t number)
{
    const struct attack *attack = (const struct attack *)arg;
    struct spnego_slice inner = negoex_pair_inner(token), messages[WIRE_MESSAGES];
    size_t count = negoex_wire_split(messages, inner), i;
    bool first;

    (void)number;
    if (count == 0)
        return;
    forge.len = 0;
    first = negoex_wire_type(messages[0]) <= NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO;
    for (i = 0; i < count; i++)
        write_message(attack, token->sender, messages[i], first);
    if (attack->meddling == MORE_ALERTS)
        negoex_forge_message(&forge, NEGOEX_MESSAGE_TYPE_ALERT);
    negoex_forge_heads(&forge, token->sender);
    negoex_forge_send(&forge, token);
}

static void
try_attack(const struct negoex_wire_flow *flow, struct attack *attack)
{
    const char *problem;

    negoex_wire_run(on_wire, attack);
    problem = negoex_wire_problem();
    if (problem == NULL && pair_complete(&negoex_wire.np.pair) &&
        negoex_pair_letter(&negoex_wire.np, SPNEGO_INITIATOR) != honest.letter)
        problem = "both complete, with another scheme";
    if (problem != NULL)
        ck_abort_msg("%s; lists %s, %s, no tokens %d %d, strip %u, meddling %d: %s", flow->name,
                     attack->lists[0], attack->lists[1], attack->no_token[0],
                     attack->no_token[1], attack->strip, attack->meddling, problem);
    flow_close(&negoex_wire.np.pair);
}

START_TEST(nothing_is_gained)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    struct attack attack;
    size_t number, rest;

    negoex_wire_listen(&honest, flow);
    for (number = 0; number < LISTS * LISTS * 2 * 2 * 4 * MEDDLINGS; number++) {
        rest = number;
        attack.lists[0] = lists[rest % LISTS];
        rest /= LISTS;
        attack.lists[1] = lists[rest % LISTS];
        rest /= LISTS;
        attack.no_token[0] = rest % 2 != 0;
        attack.no_token[1] = rest / 2 % 2 != 0;
        attack.strip = (unsigned)(rest / 4 % 4);
        attack.meddling = (enum meddling)(rest / 16);
        if (attack.meddling == NOTHING || number % LISTS == 0 || number / LISTS % LISTS == 0)
            try_attack(flow, &attack);
    }
}
END_TEST

/* What was said in another conversation, or by the victim itself. */
enum again { OF_ANOTHER, OF_ANOTHER_WITH_RIGHT_HEADS, ITS_OWN, ITS_OWN_TURNED_ROUND, AGAINS };
struct replay {
    enum again again;
    size_t at, other; /* token number `other` comes in the place of `at` */
    bool changed;     /* that is not what stood there */
};

/* Makes of what the initiator says what the acceptor would say, and back. */
static void
turn_round(void)
{
    struct spnego_slice messages[WIRE_MESSAGES];
    size_t count, i;
    uint8_t *type;

    count = negoex_wire_split(messages, (struct spnego_slice){forge.octets, forge.len});
    for (i = 0; i < count; i++) {
        type = forge.octets + (messages[i].ptr - forge.octets) + AT_TYPE;
        if (*type < NEGOEX_MESSAGE_TYPE_VERIFY)
            *type ^= 1;
    }
}

static void
on_wire_again(void *arg, struct pair_token *token, size_t number)
{
    struct replay *replay = (struct replay *)arg;
    struct spnego_slice inner = negoex_pair_inner(token);
    struct spnego_slice said = {honest.tokens[replay->other].octets,
                                honest.tokens[replay->other].len};

    if (number != replay->at)
        return;
    forge.len = 0;
    negoex_forge_append(&forge, said);
    if (replay->again == ITS_OWN_TURNED_ROUND)
        turn_round();
    if (replay->again == OF_ANOTHER_WITH_RIGHT_HEADS || replay->again == ITS_OWN_TURNED_ROUND)
        negoex_forge_heads(&forge, token->sender);
    replay->changed = forge.len != inner.len || memcmp(forge.octets, inner.ptr, inner.len) != 0;
    negoex_forge_send(&forge, token);
}

/* An acceptor that needs one token cannot know whether it is fresh: that is its mechanism's
 * to know. */
static bool
is_the_mechanisms(const struct replay *replay)
{
    struct spnego_outcome outcome;

    spnego_ctx_outcome(negoex_wire.np.pair.ctx[SPNEGO_ACCEPTOR], &outcome);
    return replay->at == 0 && replay->other == 0 && outcome.complete && outcome.tokens_in == 1;
}

static void
try_replay(const struct negoex_wire_flow *flow, struct replay *replay)
{
    const char *problem;

    negoex_wire.salt = replay->again <= OF_ANOTHER_WITH_RIGHT_HEADS ? 100 : 0;
    replay->changed = false;
    negoex_wire_run(on_wire_again, replay);
    negoex_wire.salt = 0;
    problem = is_the_mechanisms(replay) ? NULL : negoex_wire_problem();
    if (problem == NULL && replay->changed && !negoex_wire_ignored(replay->at) &&
        pair_complete(&negoex_wire.np.pair))
        problem = "both complete";
    if (problem != NULL)
        ck_abort_msg("%s, again %d, %zu for %zu: %s", flow->name, replay->again, replay->other,
                     replay->at, problem);
    flow_close(&negoex_wire.np.pair);
}

START_TEST(nothing_is_taken_again)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    struct replay replay;
    unsigned again;
    bool own;

    negoex_wire_listen(&honest, flow);
    for (again = 0; again < AGAINS; again++)
        for (replay.at = 0; replay.at < honest.count; replay.at++)
            for (replay.other = 0; replay.other < honest.count; replay.other++) {
                replay.again = (enum again)again;
                own = again >= ITS_OWN;
                if (honest.tokens[replay.at].len > 0 && honest.tokens[replay.other].len > 0 &&
                    (!own ||
                     honest.tokens[replay.at].sender != honest.tokens[replay.other].sender))
                    try_replay(flow, &replay);
            }
}
END_TEST

Suite *
negoex_attack_suite(void)
{
    Suite *suite = suite_create("negoex_attack");
    TCase *cases = tcase_create("somebody who knows NegoEx");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, nothing_is_gained, 0, WIRE_FLOWS);
    tcase_add_loop_test(cases, nothing_is_taken_again, 0, WIRE_FLOWS);
    suite_add_tcase(suite, cases);
    return suite;
}
