/* rules_keys.h: what the rules about checksums share. */
#ifndef RULES_KEYS_H
#define RULES_KEYS_H

#include "keys.h"
#include "negoex_conversation.h"

/* Both return false if there was no memory.  rules_of_mic checks the mechListMIC of one
 * turn: K01 to K03. */
bool rules_of_mic(struct conversation *conversation, size_t turn, const struct keys *keys);

/* rules_of_verify checks VERIFY number `entry` of the transcript: K04 to K06.  With
 * `look` false it only says that it does not. */
bool rules_of_verify(struct conversation *conversation,
                     const struct negoex_transcript *transcript, size_t entry,
                     const struct keys *keys, bool look);

#endif
