/* sides.h: an initiator and an acceptor, what they say to each other, and the
 * promises that are looked at after each step. */
#ifndef SIDES_H
#define SIDES_H

#include "mech.h"
#include "memory_count.h"

#define WIRE_TOKENS 16   /* that wait for one side */
#define WIRE_HISTORY 32  /* that were ever sent */
#define CONTEXT_MAX 1024 /* octets */

struct token {
    uint8_t *ptr;
    size_t len;
};

struct side {
    struct fuzz_cred creds[MECH_COUNT]; /* in the order of the offers */
    struct spnego_offer offers[MECH_COUNT];
    struct spnego_config config;
    struct spnego_ctx *ctx;
    void *mech;                /* taken out of ctx */
    enum spnego_status status; /* of the last step that was allowed */
    bool stepped, ended;
    bool asked;                 /* for the reason, when it had ended */
    unsigned completed, failed; /* events */
    unsigned tolerated;         /* when it was looked at last */
    struct token to[WIRE_TOKENS];
    size_t waiting;
};

struct sides {
    struct memory_count memory;
    unsigned living;
    struct side side[2]; /* by enum spnego_role */
    struct token history[WIRE_HISTORY];
    size_t said;
    bool honest;  /* nobody has meddled, and nothing prevents success */
    bool to_end;  /* let both finish behind the script */
    bool trouble; /* a mechanism or the memory fails */
};

/* sides_read.c: reads the two configurations from the front of `input`. */
void sides_read(struct sides *sides, struct spnego_slice *input);

/* sides.c.  sides_open returns false if there was no memory. */
bool sides_open(struct sides *sides);
void sides_close(struct sides *sides);
static inline enum spnego_role
sides_other(enum spnego_role role)
{
    return role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
}

/* sides_give hands `in` to `role`; what it says waits for the other. */
void sides_give(struct sides *sides, enum spnego_role role, struct spnego_slice in);
/* sides_deliver gives it the first token that waits for it; an initiator that
 * nothing waits for begins.  Returns false if there was nothing to do. */
bool sides_deliver(struct sides *sides, enum spnego_role role);
/* sides_run lets both speak until neither has anything to say. */
void sides_run(struct sides *sides);

/* wire.c: the first token that waits for `role` is changed, lost, or moved. */
void wire_push(struct side *side, struct spnego_slice token);
void wire_drop(struct side *side);
void wire_replace(struct side *side, struct spnego_slice token);
void wire_flip(struct side *side, struct spnego_slice *input);
void wire_cut(struct side *side, struct spnego_slice *input);
void wire_append(struct side *side, struct spnego_slice *input);
void wire_swap(struct side *side);

/* field.c: decodes the first token that waits, changes a field, encodes it. */
void wire_edit_field(struct sides *sides, enum spnego_role role, struct spnego_slice *input);
/* Replaces it by the mechanism's token in it. */
void wire_strip(struct side *side);

/* promises.c.  promise_side holds at any time; promise_pair looks at both. */
void promise_side(struct sides *sides, enum spnego_role role);
void promise_pair(struct sides *sides);
void promise_event(void *arg, const struct spnego_event *event);

#endif
