/* rules_keys.c: goes through the checksums of a conversation.  Rules K01 to K07 of
 * docs/rules.md. */
#include "rules_keys.h"

/* A hostile conversation has 64 tokens full of VERIFYs, each over all before it. */
#define MAX_VERIFIES 16

static void
rules_of_verifies(struct conversation *conversation, const struct keys *keys)
{
    struct negoex_transcript transcript;
    size_t i, count = 0;

    if (!negoex_transcript_build(&transcript, conversation) && conversation->count > 0)
        conversation->turns[0].analysis.no_memory = true;
    for (i = 0; i < transcript.count; i++)
        if (transcript.entries[i].message.header.message_type == NEGOEX_MESSAGE_TYPE_VERIFY)
            rules_of_verify(conversation, &transcript, i, keys, count++ < MAX_VERIFIES);
    negoex_transcript_free(&transcript);
}

void
rules_of_keys(struct conversation *conversation, const struct keys *keys)
{
    size_t i;

    if (keys->given_count == 0 && keys->service_count == 0 && !keys->has_ntlm)
        return;
    for (i = 0; i < conversation->count; i++)
        if (conversation->turns[i].has_mic)
            rules_of_mic(conversation, i, keys);
    rules_of_verifies(conversation, keys);
}
