/* test_negoex_attack_flips.c: somebody on the wire flips one bit of NegoEx: each bit of
 * each message of each conversation in its turn.
 *
 * A VERIFY covers what was said before it.  So both sides may complete only if the bit
 * stands in the last VERIFY or behind it, and then the message must mean what it meant:
 * that leaves padding, lengths of headers, and tokens of mechanisms, which protect
 * themselves.  [MS-NEGOEX] 3.1.5.7. */
#include "negoex_wire.h"

#include <stdlib.h>
#include <string.h>

Suite *negoex_attack_flips_suite(void);

static struct negoex_wire_record honest;

/* Which bit of which token. */
struct flip {
    size_t token, octet;
    uint8_t bit;
    struct negoex_message was, is; /* the message that has it */
    uint8_t octets[WIRE_TOKEN_LEN];
    bool reads; /* it can still be decoded */
};

/* Decodes the message around `octet`. */
static bool
message_at(struct negoex_message *out, const uint8_t *octets, size_t len, size_t octet)
{
    struct spnego_slice left = {octets, len};
    size_t used;

    while (left.len > 0 && negoex_message_decode(out, &used, left, NULL) == SPNEGO_OK) {
        if (octets + octet < left.ptr + used)
            return true;
        left.ptr += used;
        left.len -= used;
    }
    return false;
}

static void
on_wire(void *arg, struct pair_token *token, size_t number)
{
    struct flip *flip = (struct flip *)arg;
    struct spnego_slice inner = {flip->octets, honest.tokens[number % WIRE_TOKENS].len};

    if (number != flip->token)
        return;
    memcpy(flip->octets, honest.tokens[number].octets, inner.len);
    flip->octets[flip->octet] ^= flip->bit;
    FLOW_CHECK(message_at(&flip->was, honest.tokens[number].octets, inner.len, flip->octet));
    flip->reads = message_at(&flip->is, flip->octets, inner.len, flip->octet);
    negoex_wire_put(token, inner);
}

static bool
same(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static bool
means_the_same(const struct flip *flip)
{
    const struct negoex_message *was = &flip->was, *is = &flip->is;
    const struct negoex_verify_message *one = &was->u.verify_message;
    const struct negoex_verify_message *other = &is->u.verify_message;

    if (!flip->reads || was->header.message_type != is->header.message_type ||
        was->header.sequence_num != is->header.sequence_num ||
        was->header.message_length != is->header.message_length ||
        !negoex_guid_equal(&was->header.conversation_id, &is->header.conversation_id))
        return false;
    if (was->header.message_type == NEGOEX_MESSAGE_TYPE_VERIFY)
        return negoex_guid_equal(&one->auth_scheme, &other->auth_scheme) &&
               one->checksum.checksum_type == other->checksum.checksum_type &&
               same(one->checksum.checksum_value, other->checksum.checksum_value);
    return negoex_guid_equal(&was->u.exchange_message.auth_scheme,
                             &is->u.exchange_message.auth_scheme) &&
           same(was->u.exchange_message.exchange, is->u.exchange_message.exchange);
}

static const char *
problem_of(const struct flip *flip)
{
    const char *problem = negoex_wire_problem();
    size_t at = honest.tokens[flip->token].begin + flip->octet;

    if (problem != NULL || !pair_complete(&negoex_wire.np.pair))
        return problem;
    if (negoex_pair_letter(&negoex_wire.np, SPNEGO_INITIATOR) != honest.letter)
        return "both complete, with another scheme";
    if (negoex_wire_ignored(flip->token))
        return NULL;
    if (at < honest.covered)
        return "both complete, and a VERIFY should have covered it";
    return means_the_same(flip) ? NULL : "both complete, with another meaning";
}

static void
try_flip(const struct negoex_wire_flow *flow, struct flip *flip)
{
    const char *problem;

    negoex_wire_run(on_wire, flip);
    problem = problem_of(flip);
    if (problem != NULL)
        ck_abort_msg("%s, token %zu, octet %zu, bit %#x: %s", flow->name, flip->token,
                     flip->octet, flip->bit, problem);
    flow_close(&negoex_wire.np.pair);
}

/* Each bit of each octet where one scheme is offered; of the others each octet's
 * bits in turn, and all under `make check-edits`, which sets the variable. */
START_TEST(every_bit)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    bool all = strlen(flow->initiator) == 1 || getenv("ALL_EDITS") != NULL;
    struct flip flip;
    unsigned bit;

    negoex_wire_listen(&honest, flow);
    for (flip.token = 0; flip.token < honest.count; flip.token++)
        for (flip.octet = 0; flip.octet < honest.tokens[flip.token].len; flip.octet++)
            for (bit = 0; bit < 8; bit++) {
                flip.bit = (uint8_t)(1u << bit);
                if (all || bit == flip.octet % 8)
                    try_flip(flow, &flip);
            }
}
END_TEST

/* Where the last VERIFY stands, by the pictures of test_negoex_flows.c: so much of each
 * conversation is not covered. */
START_TEST(what_is_covered)
{
    static const size_t open[WIRE_FLOWS] = {
        92, 92, 92, 92, 92, 92, 92 + 75, 92, 92, 92, 92, 92, 92, 92, 92, 92, 92,
    };
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    size_t last;

    negoex_wire_listen(&honest, flow);
    last = honest.count - 1;
    ck_assert_msg(honest.tokens[last].begin + honest.tokens[last].len - honest.covered ==
                      open[_i],
                  "%s: %zu octets", flow->name,
                  honest.tokens[last].begin + honest.tokens[last].len - honest.covered);
}
END_TEST

Suite *
negoex_attack_flips_suite(void)
{
    Suite *suite = suite_create("negoex_attack_flips");
    TCase *cases = tcase_create("every bit");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, every_bit, 0, WIRE_FLOWS);
    tcase_add_loop_test(cases, what_is_covered, 0, WIRE_FLOWS);
    suite_add_tcase(suite, cases);
    return suite;
}
