/* capture_group.c: a list of conversations, in the order in which they began, and a table
 * that finds those of a stream. */
#include "capture_group.h"

#include "octets.h"
#include "token_class.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct talk {
    struct capture_conversation shown;
    uint64_t session; /* 0: its id is not known yet, or there is none */
    uint64_t message; /* the number of the initiator's last message */
    bool waiting;     /* it is to be answered */
    bool closed;      /* another conversation has begun in its place */
    bool spoken;      /* the initiator has */
    size_t missing;   /* octets of the initiator's token that further fragments bring */
    size_t cap;
    size_t octets; /* of all turns */
    struct talk *next;
    struct talk *older, *newer; /* of the same slot */
};

enum { SLOTS = 4096 };

struct capture_group {
    capture_conversation_fn *on_conversation;
    void *arg;
    struct talk *first, *last;
    struct talk *slots[SLOTS]; /* by stream: the newest of each */
    size_t talks;
    size_t octets;
    size_t blobs; /* so far */
};

static bool
is_over(const struct talk *talk)
{
    return talk->shown.outcome == CARRIER_SUCCESS || talk->shown.outcome == CARRIER_FAILURE;
}

static void
hand_over_first(struct capture_group *group)
{
    struct talk *talk = group->first;
    size_t i;

    group->first = talk->next;
    if (group->first == NULL)
        group->last = NULL;
    /* It is the oldest of its slot as well. */
    if (talk->newer != NULL)
        talk->newer->older = NULL;
    else
        group->slots[talk->shown.stream % SLOTS] = NULL;
    group->talks--;
    group->octets -= talk->octets;
    if (talk->shown.count > 0)
        group->on_conversation(group->arg, &talk->shown);
    for (i = 0; i < talk->shown.count; i++)
        free((void *)talk->shown.turns[i].octets.ptr);
    free(talk->shown.turns);
    free(talk);
}

/* Makes room, though more may follow of the oldest. */
static void
give_up_first(struct capture_group *group)
{
    group->first->shown.broken_off |= !is_over(group->first) && !group->first->closed;
    hand_over_first(group);
}

static struct talk *
begin(struct capture_group *group, const struct capture_blob *blob)
{
    const struct carrier_message *message = blob->message;
    bool initiator = message->side == SIDE_INITIATOR;
    struct talk *talk, **slot;

    while (group->talks >= CAPTURE_CONVERSATIONS)
        give_up_first(group);
    talk = calloc(1, sizeof(*talk));
    if (talk == NULL)
        return NULL;
    talk->shown.carrier = message->carrier;
    talk->shown.stream = blob->stream;
    talk->session = message->session;
    snprintf(talk->shown.initiator, sizeof(talk->shown.initiator), "%s",
             initiator ? blob->source : blob->target);
    snprintf(talk->shown.acceptor, sizeof(talk->shown.acceptor), "%s",
             initiator ? blob->target : blob->source);
    slot = &group->slots[blob->stream % SLOTS];
    talk->older = *slot;
    if (*slot != NULL)
        (*slot)->newer = talk;
    *slot = talk;
    if (group->last != NULL)
        group->last->next = talk;
    else
        group->first = talk;
    group->last = talk;
    group->talks++;
    return talk;
}

static bool
is_smb(enum carrier carrier)
{
    return carrier == CARRIER_SMB1 || carrier == CARRIER_SMB2;
}

/* The three ways in which a message and a conversation find each other. */
static bool
answers(const struct talk *talk, const struct carrier_message *message)
{
    return message->side == SIDE_ACCEPTOR && !message->server_first && talk->waiting &&
           message->carrier != CARRIER_HTTP && talk->message == message->message;
}

static bool
has_session(const struct talk *talk, const struct carrier_message *message)
{
    if (message->server_first || talk->session != message->session)
        return false;
    if (is_smb(message->carrier))
        return message->session != 0;
    return message->carrier != CARRIER_LDAP || message->side == SIDE_INITIATOR;
}

static bool
is_hint_for(const struct talk *talk, const struct carrier_message *message)
{
    return is_smb(message->carrier) && !talk->spoken && talk->session == 0 &&
           (message->side == SIDE_INITIATOR || message->server_first);
}

static struct talk *
find(const struct capture_group *group, const struct capture_blob *blob)
{
    static bool (*const ways[])(const struct talk *,
                                const struct carrier_message *) = {answers, has_session,
                                                                   is_hint_for};
    struct talk *talk;
    size_t way;

    for (way = 0; way < sizeof(ways) / sizeof(ways[0]); way++)
        for (talk = group->slots[blob->stream % SLOTS]; talk != NULL; talk = talk->older)
            if (!talk->closed && talk->shown.stream == blob->stream &&
                talk->shown.carrier == blob->message->carrier && ways[way](talk, blob->message))
                return talk;
    return NULL;
}

/* Whether the message cannot be the next of this conversation, which then is closed. */
static bool
begins_anew(const struct talk *talk, const struct carrier_message *message)
{
    if (!message->has_blob)
        return false;
    if (message->side == SIDE_ACCEPTOR) /* a server that speaks first, and once more */
        return talk->shown.count > 0 &&
               (!talk->spoken || (is_over(talk) && carrier_begins_negotiation(message->blob)));
    return talk->spoken && (talk->missing == 0 || is_over(talk)) &&
           carrier_begins_negotiation(message->blob);
}

/* How many octets a token that breaks off says it has further. */
static size_t
count_missing(const struct talk *talk, struct spnego_slice blob)
{
    size_t header;
    uint64_t len;

    if (talk->missing > 0)
        return talk->missing > blob.len ? talk->missing - blob.len : 0;
    if (blob.len < 2 || (blob.ptr[0] != 0x60 && (blob.ptr[0] & 0xfe) != 0xa0) ||
        !octets_der(blob, &header, &len) || len > CAPTURE_OCTETS)
        return 0;
    return len > blob.len - header ? (size_t)len - (blob.len - header) : 0;
}

static bool
is_spnego(struct spnego_slice blob)
{
    enum token_family family = token_classify(blob).family;

    return family == FAMILY_SPNEGO_INIT || family == FAMILY_SPNEGO_RESP;
}

/* What HTTP wants of the order of messages: W02, W03, W07. */
static void
judge_http(const struct talk *talk, struct carrier_message *message)
{
    const struct capture_turn *last =
        talk->shown.count > 0 ? &talk->shown.turns[talk->shown.count - 1] : NULL;

    if (message->carrier != CARRIER_HTTP || message->side != SIDE_ACCEPTOR)
        return;
    if (!talk->spoken && message->outcome == CARRIER_MORE &&
        carrier_begins_negotiation(message->blob))
        carrier_remark(message, message->nego2 ? SPN8008_NEGO2 : SPN8003_HTTP_INITIAL_DATA, 0,
                       0);
    if (message->outcome == CARRIER_SUCCESS && !message->has_blob && last != NULL &&
        last->side == SIDE_INITIATOR && is_spnego(last->octets))
        carrier_remark(message, SPN8005_HTTP_NO_FINAL_TOKEN, 0, 0);
}

static bool
add_turn(struct capture_group *group, struct talk *talk, const struct capture_blob *blob,
         const struct carrier_message *message)
{
    struct capture_turn *turn;
    uint8_t *octets;
    size_t room;

    if (talk->shown.count == talk->cap) {
        room = talk->cap > 0 ? 2 * talk->cap : 4;
        turn = realloc(talk->shown.turns, room * sizeof(*turn));
        if (turn == NULL)
            return false;
        talk->shown.turns = turn;
        talk->cap = room;
    }
    octets = malloc(message->blob.len + 1);
    if (octets == NULL)
        return false;
    if (message->blob.len > 0)
        memcpy(octets, message->blob.ptr, message->blob.len);
    turn = &talk->shown.turns[talk->shown.count++];
    memset(turn, 0, sizeof(*turn));
    turn->frame = blob->frame;
    turn->side = message->side;
    turn->has_blob = message->has_blob;
    turn->octets.ptr = octets;
    turn->octets.len = message->blob.len;
    turn->remark_count = message->remark_count;
    memcpy(turn->remarks, message->remarks, sizeof(turn->remarks));
    talk->octets += message->blob.len;
    group->octets += message->blob.len;
    group->blobs++;
    return true;
}

static void
name_session(struct talk *talk)
{
    char *name = talk->shown.session;
    size_t cap = sizeof(talk->shown.session);

    if (talk->shown.carrier == CARRIER_DCERPC ||
        (talk->shown.carrier == CARRIER_SMB1 && talk->session != 0))
        snprintf(name, cap, "%" PRIu64, talk->session);
    else if (talk->shown.carrier == CARRIER_SMB2 && talk->session != 0)
        snprintf(name, cap, "0x%" PRIx64, talk->session);
    else if (talk->shown.carrier == CARRIER_HTTP && talk->session != 0)
        snprintf(name, cap, "proxy");
}

/* Keeps what the message says about the conversation beside its blob. */
static void
follow(struct talk *talk, const struct carrier_message *message)
{
    if (message->side == SIDE_INITIATOR) {
        talk->missing = count_missing(talk, message->blob);
        talk->message = message->message;
        talk->waiting = true;
        talk->spoken = true;
        talk->shown.outcome = CARRIER_UNTOLD;
    } else if (!message->server_first) {
        talk->waiting = false;
        talk->shown.outcome = message->outcome;
    }
    if (message->session != 0)
        talk->session = message->session;
    name_session(talk);
}

/* Without a conversation a message counts if it has a token; LDAP's answers are told from
 * those of other mechanisms by it. */
static bool
counts_alone(const struct carrier_message *message)
{
    if (message->carrier == CARRIER_LDAP && message->side == SIDE_ACCEPTOR)
        return is_spnego(message->blob);
    return message->side == SIDE_INITIATOR || message->blob.len > 0 ||
           message->remark_count > 0;
}

bool
capture_group_add(void *arg, const struct capture_blob *blob)
{
    struct capture_group *group = arg;
    struct carrier_message message = *blob->message;
    struct talk *talk = find(group, blob);
    bool done = true;

    if (talk == NULL && !counts_alone(&message))
        return true;
    /* Status 200 of a connection that was authenticated long ago. */
    if (talk != NULL && !talk->waiting && message.side == SIDE_ACCEPTOR &&
        message.blob.len == 0 && message.remark_count == 0)
        return true;
    if (talk != NULL && begins_anew(talk, &message))
        talk->closed = true;
    if (talk != NULL && talk->shown.count == CAPTURE_TURNS)
        talk->closed = talk->shown.broken_off = true;
    if (talk == NULL || talk->closed)
        talk = begin(group, blob);
    if (talk == NULL)
        return false;
    judge_http(talk, &message);
    /* An empty blob says something only while more is to come. */
    if (message.blob.len == 0 && message.outcome != CARRIER_MORE &&
        message.side == SIDE_ACCEPTOR)
        message.has_blob = false;
    if (message.has_blob || message.remark_count > 0)
        done = add_turn(group, talk, blob, &message);
    follow(talk, &message);
    while (group->octets > CAPTURE_OCTETS)
        give_up_first(group);
    return done;
}

struct capture_group *
capture_group_new(capture_conversation_fn *on_conversation, void *arg)
{
    struct capture_group *group = calloc(1, sizeof(*group));

    if (group != NULL) {
        group->on_conversation = on_conversation;
        group->arg = arg;
    }
    return group;
}

void
capture_group_free(struct capture_group *group)
{
    while (group != NULL && group->first != NULL)
        hand_over_first(group);
    free(group);
}

/* tshark takes a file without octets for a capture without packets. */
static bool
is_empty(const char *file)
{
    struct stat about;
    int found = strcmp(file, "-") == 0 ? fstat(STDIN_FILENO, &about) : stat(file, &about);

    return found == 0 && S_ISREG(about.st_mode) && about.st_size == 0;
}

bool
capture_conversations(const char *file, const struct capture_want *want,
                      capture_conversation_fn *on_conversation, void *arg, char *error,
                      size_t cap)
{
    struct capture_group *group = capture_group_new(on_conversation, arg);
    bool done;

    if (group == NULL) {
        snprintf(error, cap, "no memory to read it");
        return false;
    }
    done = capture_read(file, want, capture_group_add, group, error, cap);
    if (done && group->blobs == 0) {
        snprintf(error, cap, "%s",
                 is_empty(file) ? "it is empty; expected a capture"
                                : "no message of SMB, HTTP, LDAP or DCE/RPC in it has a token");
        done = false;
    }
    capture_group_free(group);
    return done;
}
