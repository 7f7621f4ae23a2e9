/* rules_keys.c: goes through the checksums of a conversation.  Rules K01 to K07 of
 * docs/rules.md. */
#include "rules_keys.h"

/* A hostile conversation has 64 tokens full of VERIFYs, each over all before it. */
#define MAX_VERIFIES 16

static bool
rules_of_verifies(struct conversation *conversation, const struct keys *keys)
{
    struct negoex_transcript transcript;
    bool done = negoex_transcript_build(&transcript, conversation);
    size_t i, count = 0;

    for (i = 0; i < transcript.count && done; i++)
        if (transcript.entries[i].message.header.message_type == NEGOEX_MESSAGE_TYPE_VERIFY)
            done = rules_of_verify(conversation, &transcript, i, keys, count++ < MAX_VERIFIES);
    negoex_transcript_free(&transcript);
    return done;
}

bool
rules_of_keys(struct conversation *conversation, const struct keys *keys)
{
    bool done = true;
    size_t i;

    if (keys->given_count == 0 && keys->service_count == 0 && !keys->has_ntlm)
        return true;
    for (i = 0; i < conversation->count && done; i++)
        if (conversation->turns[i].has_mic)
            done = rules_of_mic(conversation, i, keys);
    return done && rules_of_verifies(conversation, keys);
}
