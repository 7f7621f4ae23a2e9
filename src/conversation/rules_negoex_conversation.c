/* rules_negoex_conversation.c: what the NegoEx messages of both sides show together.
 * Rules X01 to X11 and X18 to X20 of docs/rules.md, and N01; those about VERIFY are in
 * rules_negoex_verify.c. */
#include "conversation_parts.h"
#include "negoex_conversation.h"

#include <string.h>

#define OFFSET_MESSAGE_TYPE 8
#define OFFSET_SEQUENCE_NUM 12
#define OFFSET_CONVERSATION_ID 24
#define OFFSET_AUTH_SCHEMES 80
#define CRITICAL 0x80000000u

static bool
is_first_of_token(const struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    return entry == attempt->entries || entry[-1].turn != entry->turn;
}

/* X01, X02.  Inside a token the rules of the token have said it. */
static void
rules_of_header(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    const struct negoex_message_header *now = &entry->message.header;
    const struct negoex_message_header *first = &attempt->entries[0].message.header;
    uint64_t due = 0;

    if (!is_first_of_token(attempt, entry))
        return;
    if (entry != attempt->entries)
        due = (uint64_t)entry[-1].message.header.sequence_num + 1;
    if (entry->whole && now->sequence_num != due)
        negoex_attempt_remark(attempt, entry, SPN5101_NEGOEX_SEQUENCE, OFFSET_SEQUENCE_NUM, 4,
                              now->sequence_num, due);
    if (memcmp(&now->conversation_id, &first->conversation_id, 16) != 0)
        negoex_attempt_remark(attempt, entry, SPN5102_NEGOEX_CONVERSATION,
                              OFFSET_CONVERSATION_ID, 16, 0, 0);
}

/* X03, X04.  A greeting may be metadata alone. */
static void
rules_of_beginning(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    bool greeting = attempt->server_first && entry->side == SIDE_ACCEPTOR;

    if (is_first_of_token(attempt, entry) && entry->turn == attempt->first_turn[entry->side] &&
        entry->message.header.message_type > NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO && !greeting)
        negoex_attempt_remark(attempt, entry, SPN5103_NEGOEX_NEGO_EXPECTED, OFFSET_MESSAGE_TYPE,
                              4, 0, 0);
}

static bool
lists(const struct negoex_entry *nego, const struct negoex_guid *scheme)
{
    const struct negoex_guid_vector *list = &nego->message.u.nego_message.auth_schemes;
    struct negoex_guid listed;
    size_t i;

    for (i = 0; negoex_guid_vector_at(&listed, list, i); i++)
        if (memcmp(&listed, scheme, sizeof(listed)) == 0)
            return true;
    return false;
}

/* The scheme that the acceptor wants most, of those that were offered. */
static bool
first_common(const struct negoex_attempt *attempt, struct negoex_guid *scheme)
{
    const struct negoex_entry *offer = attempt->nego[SIDE_INITIATOR];
    const struct negoex_entry *answer = attempt->nego[SIDE_ACCEPTOR];
    size_t i;

    if (offer == NULL || answer == NULL)
        return false;
    for (i = 0; negoex_guid_vector_at(scheme, &answer->message.u.nego_message.auth_schemes, i);
         i++)
        if (lists(offer, scheme))
            return true;
    return false;
}

/* X05.  A greeting names schemes before any were offered. */
static void
rules_of_answer(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    const struct negoex_guid_vector *list = &entry->message.u.nego_message.auth_schemes;
    const struct negoex_entry *offer = attempt->nego[SIDE_INITIATOR];
    struct negoex_guid scheme;
    size_t i;

    if (offer == NULL || attempt->server_first)
        return;
    if (!first_common(attempt, &scheme)) {
        negoex_attempt_remark(attempt, entry, SPN5107_NEGOEX_NO_SCHEME, OFFSET_AUTH_SCHEMES, 6,
                              0, 0);
        return;
    }
    for (i = 0; negoex_guid_vector_at(&scheme, list, i); i++)
        if (!lists(offer, &scheme))
            negoex_attempt_remark_about(attempt, entry, SPN5315_NEGOEX_NOT_COMMON,
                                        list->offset + sizeof(scheme) * i, &scheme);
}

/* Has the other side said something behind `entry` that is no reject, and so gone on? */
static bool
is_taken(const struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    const struct negoex_entry *later;

    for (later = entry + 1; later < attempt->entries + attempt->count; later++) {
        const struct turn *turn = &attempt->conversation->turns[later->turn];

        if (later->side == side_other(entry->side) &&
            !(turn->has_state && turn->state == SPNEGO_NEG_STATE_REJECT))
            return true;
    }
    return false;
}

/* X19. */
static void
rules_of_extensions(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    const struct negoex_extension_vector *list = &entry->message.u.nego_message.extensions;
    struct negoex_extension extension;
    size_t i;

    for (i = 0; negoex_extension_vector_at(&extension, list, i); i++)
        if ((extension.extension_type & CRITICAL) != 0 && is_taken(attempt, entry))
            negoex_attempt_remark(attempt, entry, SPN5106_NEGOEX_CRITICAL_EXTENSION,
                                  list->offset + 12 * i, 12, extension.extension_type, 0);
}

/* X05, X06, X19.  A second one in the same token has been remarked there. */
static void
rules_of_nego(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    const struct negoex_entry *first = attempt->nego[entry->side];

    if (entry->turn != first->turn)
        negoex_attempt_remark(attempt, entry, SPN5301_NEGOEX_NEGO_AGAIN, OFFSET_MESSAGE_TYPE, 4,
                              0, 0);
    if (entry == attempt->nego[SIDE_ACCEPTOR])
        rules_of_answer(attempt, entry);
    rules_of_extensions(attempt, entry);
}

/* X07. */
static void
rules_of_metadata(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    if (entry->turn != attempt->first_turn[entry->side])
        negoex_attempt_remark(attempt, entry, SPN5302_NEGOEX_LATE_METADATA, OFFSET_MESSAGE_TYPE,
                              4, 0, 0);
}

/* X08, X09: the AP_REQUEST behind the acceptor's answer, which selects. */
static void
rules_of_selecting(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    const struct negoex_guid *scheme = negoex_scheme_of(entry);
    struct negoex_guid first;

    if (!first_common(attempt, &first) || memcmp(&first, scheme, sizeof(first)) == 0)
        return;
    negoex_attempt_remark_scheme(attempt, entry,
                                 lists(attempt->nego[SIDE_ACCEPTOR], scheme)
                                     ? SPN5303_NEGOEX_SCHEME_ORDER
                                     : SPN5108_NEGOEX_OTHER_SCHEME);
}

/* X10, X11: a CHALLENGE in the acceptor's first token, which answers the optimistic one. */
static void
rules_of_early_challenge(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    struct negoex_guid first;

    if (attempt->opening == NULL || !negoex_same_scheme(entry, attempt->opening))
        negoex_attempt_remark_scheme(attempt, entry, SPN5304_NEGOEX_EARLY_ANSWER);
    else if (first_common(attempt, &first) &&
             memcmp(&first, negoex_scheme_of(entry), sizeof(first)) != 0)
        negoex_attempt_remark_scheme(attempt, entry, SPN5305_NEGOEX_VOID_CHALLENGE);
}

/* X08 to X11. */
static void
rules_of_scheme(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    if (entry == attempt->opening) {
        if (attempt->discarded)
            negoex_attempt_remark_scheme(attempt, entry, SPN5120_NEGOEX_IGNORED);
    } else if (entry == attempt->selecting) {
        rules_of_selecting(attempt, entry);
    } else if (entry->turn == attempt->answer && !attempt->server_first) {
        rules_of_early_challenge(attempt, entry);
    } else if (attempt->selecting != NULL && entry > attempt->selecting &&
               !negoex_same_scheme(entry, attempt->selecting)) {
        negoex_attempt_remark_scheme(attempt, entry, SPN5108_NEGOEX_OTHER_SCHEME);
    }
}

/* X08 to X11, X20. */
static void
rules_of_exchange(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    rules_of_scheme(attempt, entry);
    if (attempt->verify[SIDE_INITIATOR] != NULL && attempt->verify[SIDE_ACCEPTOR] != NULL)
        negoex_attempt_remark(attempt, entry, SPN5314_NEGOEX_UNCOVERED, OFFSET_MESSAGE_TYPE, 4,
                              0, 0);
}

typedef void message_rules(struct negoex_attempt *attempt, const struct negoex_entry *entry);

static message_rules *const rules[] = {
    [NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO] = rules_of_nego,
    [NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO] = rules_of_nego,
    [NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA] = rules_of_metadata,
    [NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA] = rules_of_metadata,
    [NEGOEX_MESSAGE_TYPE_CHALLENGE] = rules_of_exchange,
    [NEGOEX_MESSAGE_TYPE_AP_REQUEST] = rules_of_exchange,
    [NEGOEX_MESSAGE_TYPE_VERIFY] = rules_of_negoex_verify,
    [NEGOEX_MESSAGE_TYPE_ALERT] = rules_of_negoex_alert,
};

/* Behind a gap nothing but the header is judged: what was missed may explain the rest. */
static void
rules_of_entry(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    enum negoex_message_type type = entry->message.header.message_type;
    struct turn *turn = &attempt->conversation->turns[entry->turn];

    rules_of_header(attempt, entry);
    if (negoex_is_misdirected(entry)) {
        if (!turn->side_guessed)
            negoex_attempt_remark(attempt, entry, SPN5316_NEGOEX_DIRECTION, OFFSET_MESSAGE_TYPE,
                                  4, 0, 0);
    } else if (entry->whole && entry->side != SIDE_UNKNOWN) {
        rules_of_beginning(attempt, entry);
        rules[type](attempt, entry);
    }
}

/* X18. */
static void
rules_of_greeting(struct negoex_attempt *attempt)
{
    struct turn *turn = &attempt->conversation->turns[attempt->entries[0].turn];

    if (turn->kind == TURN_HINT)
        conversation_remark(turn, SPN5313_NEGOEX_SERVER_FIRST, turn->token, NULL, 0, 0);
}

/* N01, of a token that does not name its mechanism itself. */
static void
rules_of_signature(struct conversation *conversation, size_t index)
{
    struct turn *turn = &conversation->turns[index];

    if (turn->kind == TURN_RESP && index >= conversation->reply && !turn->has_choice &&
        turn->token.len > 0 && turn->class.family == FAMILY_UNKNOWN &&
        spnego_oid_mech(conversation->mech) == SPNEGO_MECH_NEGOEX)
        conversation_remark(turn, SPN5317_NEGOEX_NO_SIGNATURE, turn->token, NULL, 0, 0);
}

static void
judge(struct conversation *conversation, const struct negoex_entry *entries, size_t count,
      bool last)
{
    struct negoex_attempt attempt;
    size_t i;

    negoex_attempt_survey(&attempt, conversation, entries, count);
    rules_of_greeting(&attempt);
    for (i = 0; i < count; i++)
        rules_of_entry(&attempt, &entries[i]);
    if (last)
        rules_of_negoex_end(&attempt);
}

void
rules_of_negoex_conversation(struct conversation *conversation)
{
    struct negoex_transcript transcript;
    size_t begin, end, i;

    for (i = 0; i < conversation->count; i++)
        rules_of_signature(conversation, i);
    if (!negoex_transcript_build(&transcript, conversation))
        conversation->turns[0].analysis.no_memory = true;
    for (begin = 0; begin < transcript.count; begin = end) {
        for (end = begin + 1; end < transcript.count; end++)
            if (transcript.entries[end].origin != begin)
                break;
        judge(conversation, transcript.entries + begin, end - begin,
              end == transcript.count && !transcript.cut);
    }
    negoex_transcript_free(&transcript);
}
