/* capture_group.h: the conversations of a capture: which blobs belong together.
 *
 * A blob belongs to the conversation of its TCP stream and session: SessionId of SMB2,
 * UID of SMB1, auth_context_id of DCE/RPC; an answer that brings the id of a session is
 * found by the number of its request.  HTTP and LDAP do one at a time.  A first token of
 * an initiator begins a new conversation.  What an SMB server says in its NEGOTIATE
 * response is the front of the first session of its stream. */
#ifndef CAPTURE_GROUP_H
#define CAPTURE_GROUP_H

#include "capture.h"

enum {
    CAPTURE_CONVERSATIONS = 4096, /* so many are kept; then the oldest is handed over */
    CAPTURE_TURNS = 1000          /* of one conversation; then it is broken off */
};
#define CAPTURE_OCTETS (64u * 1024 * 1024) /* of all that are kept */

struct capture_turn {
    unsigned long frame;
    enum side side;
    bool has_blob; /* else the turn has only remarks about its carrier */
    struct spnego_slice octets;
    struct carrier_remark remarks[CARRIER_REMARKS];
    size_t remark_count;
};

struct capture_conversation {
    enum carrier carrier;
    unsigned long stream; /* tcp.stream */
    char session[24];     /* "0x1c00000000a9"; "proxy" of HTTP; empty if there is none */
    char initiator[64];   /* "10.0.0.1:49152" */
    char acceptor[64];
    enum carrier_outcome outcome; /* what the carrier said last */
    bool broken_off;              /* handed over early: more of it may follow */
    struct capture_turn *turns;   /* in the order of the frames; at least one */
    size_t count;
};

/* What `conversation` points to lives until it returns. */
typedef void capture_conversation_fn(void *arg,
                                     const struct capture_conversation *conversation);

/* capture_group_new begins; NULL: no memory.  capture_group_add takes a blob, for
 * capture_read; false: no memory.  capture_group_free hands over what is left and ends.
 * Conversations come in the order of their first frames. */
struct capture_group *capture_group_new(capture_conversation_fn *on_conversation, void *arg);
bool capture_group_add(void *group, const struct capture_blob *blob);
void capture_group_free(struct capture_group *group);

/* capture_conversations does it all for a file.  It fails as capture_read does, and if
 * there is no blob; what was read before a failure has been handed over. */
bool capture_conversations(const char *file, const struct capture_want *want,
                           capture_conversation_fn *on_conversation, void *arg, char *error,
                           size_t cap);

#endif
