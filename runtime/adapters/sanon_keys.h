/* sanon_keys.h: the keys of a SAnon-X25519 context, and the MICs made with them. */
#ifndef SPNEGO_SANON_KEYS_H
#define SPNEGO_SANON_KEYS_H

#include "sanon_crypto.h"

#define SPNEGO_SANON_FLAGS 8       /* octets of the initiator's flags */
#define SPNEGO_SANON_MIC_HEADER 16 /* octets of a MIC before its checksum */
#define SPNEGO_SANON_MIC (SPNEGO_SANON_MIC_HEADER + SPNEGO_SANON_CHECKSUM)

/* What both sides know when two tokens have gone by; whoever changes any of it on the
 * way makes another key of it, and the MIC in the second token finds him. */
struct spnego_sanon_agreed {
    const uint8_t *shared;
    const uint8_t *initiator; /* its public key */
    const uint8_t *acceptor;
    const uint8_t *flags;
    struct spnego_slice bindings;
};

struct spnego_sanon_keys {
    uint8_t base[SPNEGO_SANON_KEY];
    uint8_t negoex[2][SPNEGO_SANON_KEY]; /* with which each role makes its VERIFY */
};

/* spnego_sanon_base_key derives `keys->base`, spnego_sanon_negoex_keys the others of it.
 *
 * Returns: SPNEGO_OK, SPNEGO_E_MECH.
 * Source:  draft-howard-gss-sanon-13, also appendix C; its appendix A has vectors. */
enum spnego_status spnego_sanon_base_key(struct spnego_sanon_keys *keys,
                                         const struct spnego_sanon_agreed *agreed);
enum spnego_status spnego_sanon_negoex_keys(struct spnego_sanon_keys *keys);

/* spnego_sanon_mic makes the MIC of `message` that the `maker` gives the number `number`.
 * `unknown` are flags that RFC 4121 4.2.2 does not know: nobody sets them, and who
 * checks a MIC must ignore them, though the checksum covers them.
 *
 * Returns: SPNEGO_OK, SPNEGO_E_MECH.
 * Source:  RFC 4121 4.2.6.1, 4.2.4. */
#define SPNEGO_SANON_MIC_FLAGS 2 /* where a MIC has its flags */
#define SPNEGO_SANON_MIC_UNKNOWN 0xf8
enum spnego_status spnego_sanon_mic(uint8_t *mic, const struct spnego_sanon_keys *keys,
                                    enum spnego_role maker, uint64_t number, uint8_t unknown,
                                    struct spnego_slice message);

/* spnego_sanon_put_number writes, and spnego_sanon_get_number reads, 8 octets, big-endian. */
void spnego_sanon_put_number(uint8_t *out, uint64_t number);
uint64_t spnego_sanon_get_number(const uint8_t *in);

#endif
