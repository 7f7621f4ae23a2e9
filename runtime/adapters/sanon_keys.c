/* sanon_keys.c: what is derived from the shared secret. */
#include "sanon_keys.h"

#include <string.h>

void
spnego_sanon_put_number(uint8_t *out, uint64_t number)
{
    size_t i;

    for (i = 8; i > 0; number >>= 8)
        out[--i] = (uint8_t)number;
}

uint64_t
spnego_sanon_get_number(const uint8_t *in)
{
    uint64_t number = 0;
    size_t i;

    for (i = 0; i < 8; i++)
        number = number << 8 | in[i];
    return number;
}

static struct spnego_slice
text_octets(const char *text)
{
    return (struct spnego_slice){(const uint8_t *)text, strlen(text)};
}

enum spnego_status
spnego_sanon_base_key(struct spnego_sanon_keys *keys, const struct spnego_sanon_agreed *agreed)
{
    uint8_t context[2 * SPNEGO_SANON_X25519 + SPNEGO_SANON_FLAGS];
    struct spnego_sanon_kdf kdf = {.key = {agreed->shared, SPNEGO_SANON_X25519},
                                   .label = text_octets("sanon-x25519"),
                                   .context = {{context, sizeof(context)}, agreed->bindings},
                                   .bits = 8 * SPNEGO_SANON_KEY};

    memcpy(context, agreed->initiator, SPNEGO_SANON_X25519);
    memcpy(context + SPNEGO_SANON_X25519, agreed->acceptor, SPNEGO_SANON_X25519);
    memcpy(context + 2 * SPNEGO_SANON_X25519, agreed->flags, SPNEGO_SANON_FLAGS);
    return spnego_sanon_derive(keys->base, &kdf);
}

enum spnego_status
spnego_sanon_negoex_keys(struct spnego_sanon_keys *keys)
{
    enum spnego_status status =
        spnego_sanon_prf(keys->negoex[SPNEGO_INITIATOR], keys->base,
                         text_octets("sanon-x25519-initiator-negoex-key"));

    if (status != SPNEGO_OK)
        return status;
    return spnego_sanon_prf(keys->negoex[SPNEGO_ACCEPTOR], keys->base,
                            text_octets("sanon-x25519-acceptor-negoex-key"));
}

enum spnego_status
spnego_sanon_mic(uint8_t *mic, const struct spnego_sanon_keys *keys, enum spnego_role maker,
                 uint64_t number, uint8_t unknown, struct spnego_slice message)
{
    enum { SENT_BY_ACCEPTOR = 0x01, ACCEPTOR_SUBKEY = 0x04 };
    enum { USAGE_ACCEPTOR_SIGN = 23, USAGE_INITIATOR_SIGN = 25 }; /* RFC 4121 2 */
    bool acceptor = maker == SPNEGO_ACCEPTOR;
    struct spnego_slice header = {mic, SPNEGO_SANON_MIC_HEADER};

    memset(mic, 0xff, SPNEGO_SANON_MIC_HEADER);
    mic[0] = mic[1] = 0x04;
    mic[SPNEGO_SANON_MIC_FLAGS] =
        (uint8_t)(unknown | ACCEPTOR_SUBKEY | (acceptor ? SENT_BY_ACCEPTOR : 0));
    spnego_sanon_put_number(mic + 8, number);
    return spnego_sanon_checksum(mic + SPNEGO_SANON_MIC_HEADER, keys->base,
                                 acceptor ? USAGE_ACCEPTOR_SIGN : USAGE_INITIATOR_SIGN, message,
                                 header);
}
