/* negoex_transcript.c: finds the NegoEx messages of a conversation. */
#include "negoex_conversation.h"

#include <stdlib.h>
#include <string.h>

/* Where the reader is. */
struct reading {
    struct negoex_transcript *transcript;
    const struct conversation *conversation;
    bool open;      /* a NegoEx conversation has begun */
    size_t origin;  /* its first entry */
    bool whole;     /* of it nothing is known to be missing */
    bool no_memory; /* for what was read */
};

static enum side
sender_of(enum negoex_message_type type)
{
    static const enum side senders[] = {
        [NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO] = SIDE_INITIATOR,
        [NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO] = SIDE_ACCEPTOR,
        [NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA] = SIDE_INITIATOR,
        [NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA] = SIDE_ACCEPTOR,
        [NEGOEX_MESSAGE_TYPE_CHALLENGE] = SIDE_ACCEPTOR,
        [NEGOEX_MESSAGE_TYPE_AP_REQUEST] = SIDE_INITIATOR,
        [NEGOEX_MESSAGE_TYPE_VERIFY] = SIDE_UNKNOWN,
        [NEGOEX_MESSAGE_TYPE_ALERT] = SIDE_UNKNOWN,
    };

    return senders[type];
}

bool
negoex_is_misdirected(const struct negoex_entry *entry)
{
    return entry->side != SIDE_UNKNOWN &&
           side_other(entry->side) == sender_of(entry->message.header.message_type);
}

static bool
append(struct reading *reading, size_t turn, const struct negoex_message *message)
{
    struct negoex_transcript *transcript = reading->transcript;
    size_t cap = transcript->cap != 0 ? 2 * transcript->cap : 16;
    struct negoex_entry *entry, *grown;

    if (transcript->count == transcript->cap) {
        grown = realloc(transcript->entries, cap * sizeof(*grown));
        if (grown == NULL) {
            reading->no_memory = true;
            return false;
        }
        transcript->entries = grown;
        transcript->cap = cap;
    }
    entry = &transcript->entries[transcript->count++];
    entry->turn = turn;
    entry->side = reading->conversation->turns[turn].side;
    if (entry->side == SIDE_UNKNOWN)
        entry->side = sender_of(message->header.message_type);
    entry->origin = reading->origin;
    entry->whole = reading->whole;
    entry->message = *message;
    return true;
}

/* An initiator goes on from a greeting with the greeting's id and the next number; one
 * that begins anew has another id and the number 0.  No document says so, and both are
 * done; one field alone may be wrong. */
static bool
goes_on(const struct negoex_entry *greeting, const struct negoex_message *message)
{
    return message->header.sequence_num != 0 ||
           memcmp(&greeting->message.header.conversation_id, &message->header.conversation_id,
                  sizeof(message->header.conversation_id)) == 0;
}

/* Is `message`, the first of its token, the first of a NegoEx conversation? */
static bool
begins(const struct reading *reading, const struct turn *turn,
       const struct negoex_message *message)
{
    const struct negoex_entry *first, *last;

    if (!reading->open || reading->transcript->count == reading->origin ||
        turn->kind == TURN_HINT)
        return true;
    first = &reading->transcript->entries[reading->origin];
    last = &reading->transcript->entries[reading->transcript->count - 1];
    if (first->side == SIDE_ACCEPTOR && first->turn == last->turn)
        return !goes_on(first, message);
    return turn->kind == TURN_INIT;
}

/* What was missed before does not matter to a conversation that begins with number 0. */
static void
begin(struct reading *reading, const struct turn *turn, const struct negoex_message *message)
{
    bool first = turn->kind == TURN_INIT || turn->kind == TURN_HINT;

    reading->open = true;
    reading->origin = reading->transcript->count;
    if (first && message->header.sequence_num == 0)
        reading->whole = true;
}

static void
read_token(struct reading *reading, size_t index)
{
    const struct turn *turn = &reading->conversation->turns[index];
    struct spnego_decode_opts opts = {sizeof(opts), 0, SIZE_MAX, 0, NULL, NULL, NULL};
    struct spnego_slice rest = turn->token;
    struct negoex_message message;
    size_t used, count;

    opts.tolerate = reading->conversation->setup.tolerate;
    for (count = 0; rest.len > 0 && count < SPNEGO_DEFAULT_MAX_ITEMS; count++) {
        if (negoex_message_decode(&message, &used, rest, &opts) != SPNEGO_OK)
            break;
        if (count == 0 && begins(reading, turn, &message))
            begin(reading, turn, &message);
        if (!append(reading, index, &message))
            return;
        rest.ptr += used;
        rest.len -= used;
    }
    if (rest.len > 0)
        reading->whole = false;
}

/* Two tokens of one side in a row: the other's is not in the record.  So it is when the
 * first token is not one that can be the first. */
static bool
one_is_missing(const struct conversation *conversation, size_t index)
{
    const struct turn *turn = &conversation->turns[index];

    if (index == 0)
        return turn->kind == TURN_RESP;
    return turn->side != SIDE_UNKNOWN && turn->side == conversation->turns[index - 1].side;
}

static void
read_turn(struct reading *reading, size_t index)
{
    const struct turn *turn = &reading->conversation->turns[index];

    if (one_is_missing(reading->conversation, index))
        reading->whole = false;
    if (turn->class.family == FAMILY_NEGOEX && turn->token.len > 0) {
        read_token(reading, index);
    } else if (turn->kind == TURN_INIT) {
        reading->open = false;
        reading->whole = true;
    } else if (reading->open && turn->token.len > 0) {
        reading->whole = false;
    }
    if (turn->kind == TURN_BROKEN)
        reading->whole = false;
}

bool
negoex_transcript_build(struct negoex_transcript *transcript,
                        const struct conversation *conversation)
{
    struct reading reading = {transcript, conversation, false, 0, true, false};
    size_t i;

    memset(transcript, 0, sizeof(*transcript));
    for (i = 0; i < conversation->count && !reading.no_memory; i++)
        read_turn(&reading, i);
    transcript->cut = !reading.whole;
    return !reading.no_memory;
}

void
negoex_transcript_free(struct negoex_transcript *transcript)
{
    free(transcript->entries);
    memset(transcript, 0, sizeof(*transcript));
}
