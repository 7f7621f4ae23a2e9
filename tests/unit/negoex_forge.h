/* negoex_forge.h: what somebody on the wire can write by himself. */
#ifndef NEGOEX_FORGE_H
#define NEGOEX_FORGE_H

#include "negoex_wire.h"

/* NegoEx octets that he puts together. */
struct negoex_forge {
    size_t len;
    uint8_t octets[3 * WIRE_TOKEN_LEN];
};
void negoex_forge_append(struct negoex_forge *forge, struct spnego_slice octets);

/* negoex_forge_message makes a message up: a NEGO with the acceptor's first scheme alone, an
 * ALERT that asks for a VERIFY, a VERIFY that fits nothing, or "forged" for its mechanism. */
void negoex_forge_message(struct negoex_forge *forge, enum negoex_message_type type);

/* negoex_forge_heads gives all messages the numbers and the ConversationId that the side
 * which hears them waits for. */
void negoex_forge_heads(struct negoex_forge *forge, enum spnego_role sender);

/* negoex_forge_send puts them in the place of the token's NegoEx octets. */
void negoex_forge_send(const struct negoex_forge *forge, struct pair_token *token);

#endif
