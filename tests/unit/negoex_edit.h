/* negoex_edit.h: what an attacker, or a bug, does to one NegoEx token on its way. */
#ifndef NEGOEX_EDIT_H
#define NEGOEX_EDIT_H

#include "negoex_pair.h"

enum negoex_edit_kind {
    EDIT_NONE,
    EDIT_SET,       /* octet `off` of the message becomes `value` */
    EDIT_GUID,      /* the 16 octets there become the scheme of toy A + `value` */
    EDIT_REMOVE,    /* the message goes */
    EDIT_STRIP,     /* all messages go; SPNEGO's token comes */
    EDIT_REPEAT,    /* it comes twice */
    EDIT_BEHIND,    /* and the second time it is the last of the token */
    EDIT_COPY,      /* it is put before the first of token `value`, when that comes */
    EDIT_EXTENSION, /* a NEGO gets an extension of type `value` */
    EDIT_EMPTY      /* the whole token goes */
};

/* One edit of message `message` in token `token`.  What is behind it is numbered anew. */
struct negoex_edit {
    enum negoex_edit_kind kind;
    size_t token, message, off;
    uint32_t value;
};

/* negoex_edit_wire is a pair's `wire`; `arg` is a struct negoex_edit. */
void negoex_edit_wire(void *arg, struct pair_token *token, size_t index);

#endif
