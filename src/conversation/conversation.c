/* conversation.c: the list of tokens, and what each of them says. */
#include "conversation_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct spnego_slice nothing = {NULL, 0};

void
conversation_start(struct conversation *conversation, const char *name,
                   const struct analysis_setup *setup)
{
    memset(conversation, 0, sizeof(*conversation));
    conversation->setup = *setup;
    conversation->name = name;
}

static void
free_turn(struct turn *turn)
{
    analysis_free(&turn->analysis);
    free(turn->memory);
    free(turn->label);
}

void
conversation_free(struct conversation *conversation)
{
    size_t i;

    for (i = 0; i < conversation->count; i++)
        free_turn(&conversation->turns[i]);
    free(conversation->turns);
    memset(conversation, 0, sizeof(*conversation));
}

static bool
no_memory(char *error, size_t cap)
{
    snprintf(error, cap, "no memory for its tokens");
    return false;
}

static struct turn *
new_turn(struct conversation *conversation, char *error, size_t cap)
{
    size_t room = conversation->cap != 0 ? 2 * conversation->cap : 8;
    struct turn *grown;

    if (conversation->count == CONVERSATION_MAX_TURNS) {
        snprintf(error, cap, "more than %d tokens: no negotiation has that many",
                 CONVERSATION_MAX_TURNS);
        return NULL;
    }
    if (conversation->count == conversation->cap) {
        grown = realloc(conversation->turns, room * sizeof(*grown));
        if (grown == NULL) {
            no_memory(error, cap);
            return NULL;
        }
        conversation->turns = grown;
        conversation->cap = room;
    }
    memset(&conversation->turns[conversation->count], 0, sizeof(*grown));
    return &conversation->turns[conversation->count];
}

/* Appends octets to those of a turn, which may have none yet. */
static bool
append_octets(struct turn *turn, struct spnego_slice octets)
{
    size_t len = turn->octets.len + octets.len;
    uint8_t *grown = realloc(turn->memory, len != 0 ? len : 1);

    if (grown == NULL)
        return false;
    if (octets.len != 0)
        memcpy(grown + turn->octets.len, octets.ptr, octets.len);
    turn->memory = grown;
    turn->octets.ptr = grown;
    turn->octets.len = len;
    return true;
}

static bool
add_turn(struct conversation *conversation, const struct turn *made, struct spnego_slice octets,
         const char *label, char *error, size_t cap)
{
    struct turn *turn = new_turn(conversation, error, cap);
    size_t len = strlen(label) + 1;

    if (turn == NULL)
        return false;
    *turn = *made;
    turn->fragments = 1;
    turn->label = malloc(len);
    if (turn->label == NULL || !append_octets(turn, octets)) {
        free_turn(turn);
        return no_memory(error, cap);
    }
    memcpy(turn->label, label, len);
    conversation->count++;
    return true;
}

bool
conversation_add(struct conversation *conversation, enum side side, struct spnego_slice octets,
                 const char *label, unsigned long frame, char *error, size_t cap)
{
    struct turn *begun, turn;

    memset(&turn, 0, sizeof(turn));
    turn.side = side;
    turn.frame = frame;
    if (side == SIDE_UNKNOWN) {
        turn.side = conversation_guess_side(conversation, octets);
        turn.side_guessed = true;
    }
    begun = conversation_fragment(conversation, turn.side, octets);
    if (begun == NULL)
        return add_turn(conversation, &turn, octets, label, error, cap);
    if (!append_octets(begun, octets))
        return no_memory(error, cap);
    begun->fragments++;
    /* The empty token that asked for this piece has said all that it had to. */
    while (&conversation->turns[conversation->count - 1] != begun)
        free_turn(&conversation->turns[--conversation->count]);
    return true;
}

bool
conversation_add_lost(struct conversation *conversation, enum side side, const char *label,
                      unsigned long frame, char *error, size_t cap)
{
    struct turn turn;

    memset(&turn, 0, sizeof(turn));
    turn.side = side;
    turn.frame = frame;
    turn.lost = true;
    return add_turn(conversation, &turn, nothing, label, error, cap);
}

void
conversation_place(struct conversation *conversation, unsigned long line)
{
    struct turn *last;

    if (conversation->count == 0)
        return;
    last = &conversation->turns[conversation->count - 1];
    if (last->line == 0) /* a fragment goes on with what another line began */
        last->line = line;
}

void
conversation_tell(struct conversation *conversation, enum spnego_finding_code code,
                  uint64_t got, uint64_t want)
{
    struct turn *turn;
    struct spnego_finding *told;

    if (conversation->count == 0)
        return;
    turn = &conversation->turns[conversation->count - 1];
    if (turn->told_count == TURN_MAX_TOLD)
        return;
    told = &turn->told[turn->told_count++];
    told->code = (uint16_t)code;
    told->got = got;
    told->want = want;
}

static void
facts_of_init(struct turn *turn, const struct spnego_neg_token_init *token)
{
    turn->has_list = true;
    turn->list = token->mech_types;
    turn->has_token = token->has_mech_token;
    turn->token = token->mech_token;
    turn->has_mic = token->has_mech_list_mic;
    turn->mic = token->mech_list_mic;
}

static void
facts_of_init2(struct turn *turn, const struct spnego_neg_token_init2 *token)
{
    turn->has_list = token->has_mech_types;
    turn->list = token->mech_types;
    turn->has_token = token->has_mech_token;
    turn->token = token->mech_token;
    turn->has_mic = token->has_mech_list_mic;
    turn->mic = token->mech_list_mic;
}

static void
facts_of_resp(struct turn *turn, const struct spnego_neg_token_resp *token)
{
    turn->has_state = token->has_neg_state;
    turn->state = token->neg_state;
    turn->has_choice = token->has_supported_mech;
    turn->choice = token->supported_mech;
    turn->has_token = token->has_response_token;
    turn->token = token->response_token;
    turn->has_mic = token->has_mech_list_mic;
    turn->mic = token->mech_list_mic;
}

/* T5: Windows 2000 repeats the responseToken where the MIC should stand. */
static bool
is_no_mic(const struct turn *turn)
{
    return turn->mic.len == 0 || (turn->has_token && octets_equal(turn->mic, turn->token));
}

static void
facts_of_token(struct turn *turn)
{
    const struct spnego_negotiation_token *token = &turn->analysis.token;

    switch (token->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        facts_of_init(turn, &token->u.neg_token_init);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        facts_of_init2(turn, &token->u.neg_token_init2);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        facts_of_resp(turn, &token->u.neg_token_resp);
        break;
    }
    turn->kind = turn->side == SIDE_ACCEPTOR ? TURN_HINT : TURN_INIT;
    if (token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        turn->kind = TURN_RESP;
    if (turn->has_mic && is_no_mic(turn)) {
        turn->has_mic = false;
        turn->mic = nothing;
    }
    turn->class = token_classify(turn->token);
}

static void
facts_of_turn(struct turn *turn)
{
    enum token_family family = turn->analysis.class.family;

    turn->kind = TURN_BROKEN;
    if (turn->lost) {
        turn->class = token_classify(nothing);
    } else if (turn->octets.len == 0) {
        turn->kind = TURN_EMPTY;
    } else if (turn->analysis.decoded) {
        facts_of_token(turn);
    } else if (family == FAMILY_NTLMSSP || family == FAMILY_KERBEROS ||
               family == FAMILY_NEGOEX || family == FAMILY_GSS) {
        turn->kind = TURN_NAKED;
        turn->has_token = true;
        turn->token = turn->octets;
        turn->class = turn->analysis.class;
    }
}

static bool
analyse_turn(struct turn *turn, const struct analysis_setup *common)
{
    struct analysis_setup setup = *common;
    bool good = true;
    size_t i;

    setup.side = turn->side;
    if (turn->octets.len != 0) {
        good = analysis_run(&turn->analysis, turn->octets, &setup);
    } else {
        /* No octets are no token: there is nothing to decode. */
        turn->analysis.octets = turn->octets;
        turn->analysis.setup = setup;
        turn->analysis.side = turn->side;
        turn->analysis.kind = turn->lost ? "lost" : "empty";
        tree_start(&turn->analysis.tree, 0);
    }
    facts_of_turn(turn);
    if (turn->fragments > 1)
        conversation_remark(turn, SPN5222_JOINED, nothing, NULL, turn->fragments, 0);
    for (i = 0; i < turn->told_count; i++)
        conversation_remark(turn, (enum spnego_finding_code)turn->told[i].code, nothing, NULL,
                            turn->told[i].got, turn->told[i].want);
    return good;
}

bool
conversation_judge(struct conversation *conversation)
{
    bool good = true;
    size_t i;

    for (i = 0; i < conversation->count; i++)
        good = analyse_turn(&conversation->turns[i], &conversation->setup) && good;
    rules_of_conversation(conversation);
    rules_of_negoex_conversation(conversation);
    for (i = 0; i < conversation->count; i++) {
        analysis_settle(&conversation->turns[i].analysis);
        good = good && !conversation->turns[i].analysis.no_memory;
    }
    return good;
}

size_t
conversation_count(const struct conversation *conversation, enum spnego_severity severity)
{
    size_t count = 0, i;

    for (i = 0; i < conversation->count; i++)
        count += analysis_count(&conversation->turns[i].analysis, severity);
    return count;
}

/* The name of the field that `part` is. */
static const char *
field_of(struct turn *turn, struct spnego_slice part)
{
    bool resp = turn->kind == TURN_RESP;

    if (part.ptr == NULL || turn->kind == TURN_NAKED)
        return "";
    if (part.ptr == turn->choice.ptr)
        return ".supportedMech";
    if (part.ptr == turn->mic.ptr)
        return ".mechListMIC";
    if (part.ptr == turn->list.der.ptr)
        return ".mechTypes";
    if (part.ptr >= turn->token.ptr && part.ptr < turn->token.ptr + turn->token.len)
        return resp ? ".responseToken" : ".mechToken";
    return part.ptr == analysis_element(&turn->analysis, "negState").ptr ? ".negState" : "";
}

void
conversation_remark(struct turn *turn, enum spnego_finding_code code, struct spnego_slice part,
                    const struct spnego_subject *subject, uint64_t got, uint64_t want)
{
    static const struct spnego_subject nobody = {{NULL, 0}, {{NULL, 0}, NULL, 0}, NULL, NULL};
    struct spnego_finding finding =
        analysis_part(&turn->analysis, code, part.ptr != NULL ? part : turn->octets);
    char path[64];

    finding.got = got;
    finding.want = want;
    snprintf(path, sizeof(path), "%s%s", turn->analysis.kind, field_of(turn, part));
    analysis_remark_subject(&turn->analysis, &finding, path,
                            subject != NULL ? subject : &nobody);
}
