/* negoex_tape.c: records honest conversations and has them judged. */
#include "negoex_tape.h"

#include <string.h>

static void
record(void *arg, struct pair_token *token, size_t number)
{
    struct negoex_tape *tape = (struct negoex_tape *)arg;

    (void)number;
    ck_assert_uint_lt(tape->count, TAPE_TOKENS);
    tape->tokens[tape->count++] = *token;
}

void
negoex_tape_record(struct negoex_tape *tape, const struct negoex_wire_flow *flow, unsigned salt)
{
    negoex_wire_init(flow);
    negoex_wire.salt = salt;
    negoex_wire_run(record, tape);
    ck_assert_msg(pair_complete(&negoex_wire.np.pair), "%s: not complete", flow->name);
    flow_close(&negoex_wire.np.pair);
    negoex_wire.salt = 0;
}

void
negoex_tape_judge(struct conversation *conversation, const struct negoex_tape *tape)
{
    static const struct analysis_setup setup = {TOLERATE_INTEROP_PROFILE, SIDE_UNKNOWN, false};
    char error[200];
    size_t i;

    conversation_start(conversation, "tape", &setup);
    for (i = 0; i < tape->count; i++) {
        const struct pair_token *token = &tape->tokens[i];
        struct spnego_slice octets = {token->octets, token->len};
        enum side side = token->sender == SPNEGO_INITIATOR ? SIDE_INITIATOR : SIDE_ACCEPTOR;

        ck_assert_msg(conversation_add(conversation, side, octets, "tape", 0, error,
                                       sizeof(error)),
                      "%s", error);
    }
    ck_assert(conversation_judge(conversation));
}

bool
negoex_tape_raised(const struct conversation *conversation, unsigned code)
{
    size_t i, k;

    for (i = 0; i < conversation->count; i++)
        for (k = 0; k < conversation->turns[i].analysis.remark_count; k++)
            if (conversation->turns[i].analysis.remarks[k].code == code)
                return true;
    return false;
}

const struct remark *
negoex_tape_worst(const struct conversation *conversation)
{
    size_t i, k;

    for (i = 0; i < conversation->count; i++)
        for (k = 0; k < conversation->turns[i].analysis.remark_count; k++) {
            const struct remark *remark = &conversation->turns[i].analysis.remarks[k];
            unsigned kind = remark->code / 100u;

            if ((kind == 51 || kind == 53) && remark->severity != SPNEGO_NOTE)
                return remark;
        }
    return NULL;
}
