/* test_negoex_attack_fields.c: each field of each NegoEx message of each conversation takes
 * the values at which parsers break: bugs.md rows 1 to 5.  Who hears it fails as it should,
 * says why, tells the peer, and takes nothing any more. */
#include "negoex_wire.h"

#include <string.h>

Suite *negoex_attack_fields_suite(void);

enum kind { NEGO = 0x01, EXCHANGE = 0x02, VERIFY = 0x04, ALERT = 0x08, ALL = 0x0f };
enum base { VALUE, OLD, FIXED, LEN }; /* what the number is added to */

/* What the side that hears it must return; anything else is a status. */
#define ANY SPNEGO_CONTINUE

static const struct edit {
    const char *field;
    unsigned kinds;
    size_t at, width;
    enum base base;
    uint64_t number;
    enum spnego_status want;
} edits[] = {
    {"Signature", ALL, 0, 8, VALUE, 0, SPNEGO_E_MALFORMED},
    {"Signature", ALL, 0, 1, OLD, 1, SPNEGO_E_MALFORMED},
    {"Signature", ALL, 7, 1, OLD, 1, SPNEGO_E_MALFORMED},
    {"MessageType", ALL, 8, 4, VALUE, 0, ANY},
    {"MessageType", ALL, 8, 4, VALUE, 1, ANY},
    {"MessageType", ALL, 8, 4, VALUE, 2, ANY},
    {"MessageType", ALL, 8, 4, VALUE, 3, ANY},
    {"MessageType", ALL, 8, 4, VALUE, 4, ANY},
    {"MessageType", ALL, 8, 4, VALUE, 5, ANY},
    {"MessageType", ALL, 8, 4, VALUE, 6, ANY},
    {"MessageType", ALL, 8, 4, VALUE, 7, ANY},
    {"MessageType", ALL, 8, 4, VALUE, 8, SPNEGO_E_MALFORMED},
    {"MessageType", ALL, 8, 4, VALUE, 9, SPNEGO_E_MALFORMED},
    {"MessageType", ALL, 8, 4, VALUE, 0x100, SPNEGO_E_MALFORMED},
    {"MessageType", ALL, 8, 4, VALUE, 0x80000000, SPNEGO_E_MALFORMED},
    {"MessageType", ALL, 8, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"SequenceNum", ALL, 12, 4, OLD, 1, SPNEGO_E_MALFORMED},
    {"SequenceNum", ALL, 12, 4, OLD, UINT64_MAX, SPNEGO_E_MALFORMED},
    {"SequenceNum", ALL, 12, 4, OLD, 0x100, SPNEGO_E_MALFORMED},
    {"SequenceNum", ALL, 12, 4, OLD, 0x80000000, SPNEGO_E_MALFORMED},
    {"SequenceNum", ALL, 12, 4, VALUE, 0, SPNEGO_E_MALFORMED},
    {"SequenceNum", ALL, 12, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", ALL, 16, 4, VALUE, 0, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", ALL, 16, 4, VALUE, 1, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", ALL, 16, 4, VALUE, 39, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", ALL, 16, 4, VALUE, 40, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", NEGO | EXCHANGE, 16, 4, FIXED, UINT64_MAX, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", VERIFY | ALERT, 16, 4, FIXED, UINT64_MAX, ANY}, /* unpadded */
    {"cbHeaderLength", VERIFY | ALERT, 16, 4, FIXED, (uint64_t)-5, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", ALL, 16, 4, FIXED, 1, ANY},
    {"cbHeaderLength", ALL, 16, 4, LEN, 0, ANY},
    {"cbHeaderLength", ALL, 16, 4, LEN, 1, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", ALL, 16, 4, VALUE, 0x80000000, SPNEGO_E_MALFORMED},
    {"cbHeaderLength", ALL, 16, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, VALUE, 0, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, VALUE, 39, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, FIXED, UINT64_MAX, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, FIXED, 0, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, LEN, UINT64_MAX, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, LEN, 1, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, VALUE, 0xffff, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, VALUE, 0x80000000, SPNEGO_E_MALFORMED},
    {"cbMessageLength", ALL, 20, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"ConversationId", EXCHANGE | VERIFY | ALERT, 24, 1, OLD, 1, SPNEGO_E_MALFORMED},
    {"ConversationId", EXCHANGE | VERIFY | ALERT, 39, 1, OLD, 0x80, SPNEGO_E_MALFORMED},
    {"ConversationId", NEGO, 39, 1, OLD, 0x80, ANY},
    {"Random", NEGO, 40, 1, OLD, 1, ANY},
    {"Random", NEGO, 71, 1, OLD, 1, ANY},
    {"ProtocolVersion", NEGO, 72, 8, VALUE, 1, SPNEGO_E_UNSUPPORTED},
    {"ProtocolVersion", NEGO, 72, 8, VALUE, 0x100000000, SPNEGO_E_UNSUPPORTED},
    {"ProtocolVersion", NEGO, 72, 8, VALUE, UINT64_MAX, SPNEGO_E_UNSUPPORTED},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, VALUE, 0, ANY},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, FIXED, UINT64_MAX, ANY},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, FIXED, 1, SPNEGO_E_MALFORMED},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, LEN, (uint64_t)-15, SPNEGO_E_MALFORMED},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, LEN, UINT64_MAX, SPNEGO_E_MALFORMED},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, LEN, 0, SPNEGO_E_MALFORMED},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, LEN, 1, SPNEGO_E_MALFORMED},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, VALUE, 0xfffffff0, SPNEGO_E_MALFORMED},
    {"AuthSchemeArrayOffset", NEGO, 80, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"AuthSchemeCount", NEGO, 84, 2, VALUE, 0, SPNEGO_E_NO_MECH},
    {"AuthSchemeCount", NEGO, 84, 2, VALUE, 1, ANY},
    {"AuthSchemeCount", NEGO, 84, 2, OLD, 1, SPNEGO_E_MALFORMED},
    {"AuthSchemeCount", NEGO, 84, 2, VALUE, 33, SPNEGO_E_MALFORMED},
    {"AuthSchemeCount", NEGO, 84, 2, VALUE, 0xffff, SPNEGO_E_MALFORMED},
    {"padding", NEGO, 86, 2, VALUE, 1, ANY}, /* the packed layout: MIT krb5's */
    {"padding", NEGO, 86, 2, VALUE, 0xffff, SPNEGO_E_MALFORMED},
    {"ExtensionArrayOffset", NEGO, 88, 4, VALUE, 40, ANY},
    {"ExtensionArrayOffset", NEGO, 88, 4, LEN, 0, ANY},
    {"ExtensionArrayOffset", NEGO, 88, 4, LEN, 1, SPNEGO_E_MALFORMED},
    {"ExtensionArrayOffset", NEGO, 88, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"ExtensionCount", NEGO, 92, 2, VALUE, 1, ANY},
    {"ExtensionCount", NEGO, 92, 2, VALUE, 33, SPNEGO_E_MALFORMED},
    {"ExtensionCount", NEGO, 92, 2, VALUE, 0xffff, SPNEGO_E_MALFORMED},
    {"padding", NEGO, 94, 2, VALUE, 1, ANY},
    {"AuthScheme", EXCHANGE | VERIFY | ALERT, 40, 1, OLD, 1, ANY},
    {"ByteArrayOffset", EXCHANGE, 56, 4, VALUE, 0, ANY},
    {"ByteArrayOffset", EXCHANGE, 56, 4, FIXED, UINT64_MAX, ANY},
    {"ByteArrayOffset", EXCHANGE, 56, 4, FIXED, 1, SPNEGO_E_MALFORMED},
    {"ByteArrayOffset", EXCHANGE, 56, 4, LEN, 0, SPNEGO_E_MALFORMED},
    {"ByteArrayOffset", EXCHANGE, 56, 4, LEN, 1, SPNEGO_E_MALFORMED},
    {"ByteArrayOffset", EXCHANGE, 56, 4, VALUE, 0x80000000, SPNEGO_E_MALFORMED},
    {"ByteArrayOffset", EXCHANGE, 56, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"ByteArrayLength", EXCHANGE, 60, 4, VALUE, 0, ANY},
    {"ByteArrayLength", EXCHANGE, 60, 4, OLD, UINT64_MAX, ANY},
    {"ByteArrayLength", EXCHANGE, 60, 4, OLD, 1, SPNEGO_E_MALFORMED},
    {"ByteArrayLength", EXCHANGE, 60, 4, VALUE, 0xffff, SPNEGO_E_MALFORMED},
    {"ByteArrayLength", EXCHANGE, 60, 4, VALUE, 0x80000000, SPNEGO_E_MALFORMED},
    {"ByteArrayLength", EXCHANGE, 60, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"CHECKSUM.cbHeaderLength", VERIFY, 56, 4, VALUE, 0, SPNEGO_E_MALFORMED},
    {"CHECKSUM.cbHeaderLength", VERIFY, 56, 4, VALUE, 19, SPNEGO_E_MALFORMED},
    {"CHECKSUM.cbHeaderLength", VERIFY, 56, 4, VALUE, 21, SPNEGO_E_MALFORMED},
    {"CHECKSUM.cbHeaderLength", VERIFY, 56, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"ChecksumScheme", VERIFY, 60, 4, VALUE, 0, SPNEGO_E_UNSUPPORTED},
    {"ChecksumScheme", VERIFY, 60, 4, VALUE, 2, SPNEGO_E_UNSUPPORTED},
    {"ChecksumScheme", VERIFY, 60, 4, VALUE, 0xffffffff, SPNEGO_E_UNSUPPORTED},
    {"ChecksumType", VERIFY, 64, 4, VALUE, 0, SPNEGO_E_INTEGRITY},
    {"ChecksumType", VERIFY, 64, 4, VALUE, 1, SPNEGO_E_INTEGRITY}, /* CRC32 */
    {"ChecksumType", VERIFY, 64, 4, VALUE, 2, SPNEGO_E_INTEGRITY},
    {"ChecksumType", VERIFY, 64, 4, VALUE, 7, SPNEGO_E_INTEGRITY},
    {"ChecksumType", VERIFY, 64, 4, VALUE, 10, SPNEGO_E_INTEGRITY},
    {"ChecksumType", VERIFY, 64, 4, VALUE, 14, SPNEGO_E_INTEGRITY},
    {"ChecksumType", VERIFY, 64, 4, VALUE, 15, SPNEGO_E_INTEGRITY},
    {"ChecksumType", VERIFY, 64, 4, VALUE, 0xffffff76, SPNEGO_E_INTEGRITY},
    {"ChecksumValue offset", VERIFY, 68, 4, VALUE, 0, SPNEGO_E_INTEGRITY},
    {"ChecksumValue offset", VERIFY, 68, 4, FIXED, UINT64_MAX, SPNEGO_E_INTEGRITY},
    {"ChecksumValue offset", VERIFY, 68, 4, FIXED, 1, SPNEGO_E_MALFORMED},
    {"ChecksumValue offset", VERIFY, 68, 4, LEN, 0, SPNEGO_E_MALFORMED},
    {"ChecksumValue offset", VERIFY, 68, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"ChecksumValue length", VERIFY, 72, 4, VALUE, 0, SPNEGO_E_INTEGRITY},
    {"ChecksumValue length", VERIFY, 72, 4, VALUE, 1, SPNEGO_E_INTEGRITY},
    {"ChecksumValue length", VERIFY, 72, 4, OLD, UINT64_MAX, SPNEGO_E_INTEGRITY},
    {"ChecksumValue length", VERIFY, 72, 4, OLD, 1, SPNEGO_E_MALFORMED},
    {"ChecksumValue length", VERIFY, 72, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"padding", VERIFY, 76, 4, VALUE, 1, ANY},
    {"ChecksumValue", VERIFY, 80, 1, OLD, 1, SPNEGO_E_INTEGRITY},
    {"ChecksumValue", VERIFY, 91, 1, OLD, 0x80, SPNEGO_E_INTEGRITY},
    {"ErrorCode", ALERT, 56, 4, VALUE, 0xc0000022, ANY},
    {"AlertArrayOffset", ALERT, 60, 4, VALUE, 0, ANY},
    {"AlertArrayOffset", ALERT, 60, 4, LEN, (uint64_t)-11, SPNEGO_E_MALFORMED},
    {"AlertArrayOffset", ALERT, 60, 4, LEN, 0, SPNEGO_E_MALFORMED},
    {"AlertArrayOffset", ALERT, 60, 4, LEN, 1, SPNEGO_E_MALFORMED},
    {"AlertArrayOffset", ALERT, 60, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"AlertCount", ALERT, 64, 2, VALUE, 0, ANY},
    {"AlertCount", ALERT, 64, 2, VALUE, 2, SPNEGO_E_MALFORMED},
    {"AlertCount", ALERT, 64, 2, VALUE, 33, SPNEGO_E_MALFORMED},
    {"AlertCount", ALERT, 64, 2, VALUE, 0xffff, SPNEGO_E_MALFORMED},
    {"AlertType", ALERT, 72, 4, VALUE, 0, ANY},
    {"AlertType", ALERT, 72, 4, VALUE, 0xffffffff, ANY},
    {"AlertValue offset", ALERT, 76, 4, VALUE, 0, ANY},
    {"AlertValue offset", ALERT, 76, 4, LEN, (uint64_t)-7, SPNEGO_E_MALFORMED},
    {"AlertValue offset", ALERT, 76, 4, LEN, 0, SPNEGO_E_MALFORMED},
    {"AlertValue offset", ALERT, 76, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"AlertValue length", ALERT, 80, 4, VALUE, 0, ANY},
    {"AlertValue length", ALERT, 80, 4, VALUE, 7, ANY},
    {"AlertValue length", ALERT, 80, 4, VALUE, 9, SPNEGO_E_MALFORMED},
    {"AlertValue length", ALERT, 80, 4, VALUE, 0xffffffff, SPNEGO_E_MALFORMED},
    {"ALERT_PULSE.cbHeaderLength", ALERT, 84, 4, VALUE, 4, ANY},
    {"ALERT_PULSE.cbHeaderLength", ALERT, 84, 4, VALUE, 0xffffffff, ANY},
    {"Reason", ALERT, 88, 4, VALUE, 0, ANY},
    {"Reason", ALERT, 88, 4, VALUE, 0xffffffff, ANY},
};
#define EDITS (sizeof(edits) / sizeof(edits[0]))

static struct negoex_wire_record honest;

/* Which edit of which message, and what became of it. */
struct attack {
    const struct edit *edit;
    size_t token, message;
    size_t at; /* octets of the conversation before the field */
    bool done; /* something was changed */
    enum spnego_role victim;
    bool deaf;     /* the victim hears that its peer has completed: it does not answer */
    bool answered; /* it did */
    const char *problem;
};

static unsigned
kind_of(unsigned type)
{
    static const unsigned kinds[] = {NEGO,     NEGO,     EXCHANGE, EXCHANGE,
                                     EXCHANGE, EXCHANGE, VERIFY,   ALERT};

    return kinds[type];
}

static void
change(const struct edit *edit, uint8_t *octets, size_t len)
{
    static const uint64_t fixed[] = {96, 96, 64, 64, 64, 64, 80, 72};
    uint64_t value = edit->number;

    if (edit->base == OLD)
        value += negoex_wire_load(octets + edit->at, edit->width);
    else if (edit->base == FIXED)
        value += fixed[negoex_wire_load(octets + AT_TYPE, 4)];
    else if (edit->base == LEN)
        value += len;
    negoex_wire_store(octets + edit->at, edit->width, value);
}

static enum spnego_neg_state
state_of(const struct pair_token *token)
{
    struct spnego_slice whole = {token->octets, token->len};
    struct spnego_negotiation_token decoded;

    FLOW_CHECK(spnego_token_decode(&decoded, whole, NULL) == SPNEGO_OK);
    if (decoded.kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        return SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE;
    return decoded.u.neg_token_resp.neg_state;
}

static void
edit_token(struct attack *attack, struct pair_token *token)
{
    struct spnego_slice inner = negoex_pair_inner(token), messages[WIRE_MESSAGES];
    uint8_t octets[WIRE_TOKEN_LEN];
    size_t at;

    FLOW_CHECK(attack->message < negoex_wire_split(messages, inner));
    at = (size_t)(messages[attack->message].ptr - inner.ptr);
    memcpy(octets, inner.ptr, inner.len);
    change(attack->edit, octets + at, messages[attack->message].len);
    attack->done = memcmp(octets, inner.ptr, inner.len) != 0;
    attack->at = honest.tokens[attack->token].begin + at + attack->edit->at;
    attack->victim = token->sender == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    attack->deaf = token->sender == SPNEGO_ACCEPTOR &&
                   state_of(token) == SPNEGO_NEG_STATE_ACCEPT_COMPLETED;
    inner.ptr = octets;
    negoex_wire_put(token, inner);
}

static void
on_wire(void *arg, struct pair_token *token, size_t number)
{
    struct attack *attack = (struct attack *)arg;
    bool rejects;

    if (number == attack->token)
        edit_token(attack, token);
    if (number != attack->token + 1)
        return;
    attack->answered = true;
    rejects = state_of(token) == SPNEGO_NEG_STATE_REJECT;
    if (rejects != (negoex_wire.np.pair.status[attack->victim] < 0))
        attack->problem = rejects ? "it rejects, and goes on" : "it fails, and does not reject";
}

static const char *
problem_of(const struct attack *attack)
{
    const struct pair *pair = &negoex_wire.np.pair;
    enum spnego_status status = pair->status[attack->victim];

    if (negoex_wire_problem() != NULL)
        return negoex_wire_problem();
    if (negoex_wire_ignored(attack->token))
        return NULL;
    if (attack->problem != NULL)
        return attack->problem;
    if (attack->edit->want != ANY && status != attack->edit->want)
        return spnego_status_name(status);
    if (pair_complete(pair) && attack->at < honest.covered)
        return "both complete, and a VERIFY should have covered it";
    if (status < 0 && attack->answered == attack->deaf)
        return attack->deaf ? "it tells whom it should not" : "it does not tell its peer";
    return NULL;
}

/* It has a reason of one line, and takes nothing. */
static void
check_failed(enum spnego_role role)
{
    struct pair *pair = &negoex_wire.np.pair;
    char reason[512];

    if (pair->status[role] >= 0)
        return;
    FLOW_CHECK(spnego_ctx_reason(pair->ctx[role], reason, sizeof(reason)) > 0);
    FLOW_CHECK(strchr(reason, '\n') == NULL);
    flow_check_ended(pair, role);
}

static void
try_edit(const struct negoex_wire_flow *flow, struct attack *attack)
{
    const char *problem;

    attack->answered = false;
    attack->problem = NULL;
    negoex_wire_run(on_wire, attack);
    problem = attack->done ? problem_of(attack) : NULL;
    if (problem != NULL)
        ck_abort_msg("%s, token %zu, message %zu, %s %d + %#llx: %s", flow->name, attack->token,
                     attack->message, attack->edit->field, attack->edit->base,
                     (unsigned long long)attack->edit->number, problem);
    check_failed(SPNEGO_INITIATOR);
    check_failed(SPNEGO_ACCEPTOR);
    flow_close(&negoex_wire.np.pair);
}

START_TEST(every_field)
{
    const struct negoex_wire_flow *flow = &negoex_wire_flows[_i];
    struct spnego_slice messages[WIRE_MESSAGES], inner;
    struct attack attack;
    size_t count, i;

    negoex_wire_listen(&honest, flow);
    for (attack.token = 0; attack.token < honest.count; attack.token++) {
        inner.ptr = honest.tokens[attack.token].octets;
        inner.len = honest.tokens[attack.token].len;
        count = negoex_wire_split(messages, inner);
        for (attack.message = 0; attack.message < count; attack.message++)
            for (i = 0; i < EDITS; i++) {
                attack.edit = &edits[i];
                if ((edits[i].kinds & kind_of(negoex_wire_type(messages[attack.message]))) != 0)
                    try_edit(flow, &attack);
            }
    }
}
END_TEST

Suite *
negoex_attack_fields_suite(void)
{
    Suite *suite = suite_create("negoex_attack_fields");
    TCase *cases = tcase_create("every field");

    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, every_field, 0, WIRE_FLOWS);
    suite_add_tcase(suite, cases);
    return suite;
}
