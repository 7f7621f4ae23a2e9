/* sanon_crypto.h: what SAnon-X25519 computes, and nothing of how it talks.
 *
 * Each function leaves OpenSSL's queue of errors as it was. */
#ifndef SPNEGO_SANON_CRYPTO_H
#define SPNEGO_SANON_CRYPTO_H

#include "spnego/mech.h"

#define SPNEGO_SANON_X25519 32    /* octets of a secret, a public key, a shared secret */
#define SPNEGO_SANON_KEY 16       /* octets of a key of enctype 19 */
#define SPNEGO_SANON_CHECKSUM 16  /* octets of its checksum */
#define SPNEGO_SANON_ENCTYPE 19   /* aes128-cts-hmac-sha256-128.  RFC 8009 2 */
#define SPNEGO_SANON_PRF_BITS 256 /* RFC 8009 5 */

/* spnego_sanon_secret makes a secret that nobody can guess, spnego_sanon_public the
 * public key that goes with one, spnego_sanon_shared what two sides have in common.
 *
 * Returns: SPNEGO_OK, SPNEGO_E_MECH; spnego_sanon_shared also SPNEGO_E_MALFORMED, when
 *          `theirs` is a point of low order, whose secret everybody knows.
 * Source:  RFC 7748 6.1. */
enum spnego_status spnego_sanon_secret(uint8_t *secret);
enum spnego_status spnego_sanon_public(uint8_t *public_key, const uint8_t *secret);
enum spnego_status spnego_sanon_shared(uint8_t *shared, const uint8_t *secret,
                                       const uint8_t *theirs);

/* A spnego_sanon_kdf is one use of the key derivation function: counter mode with
 * HMAC-SHA-256, which RFC 8009 has, too.  `context` is two runs, one behind the other.
 * Source:  NIST SP 800-108 5.1; RFC 8009 3. */
struct spnego_sanon_kdf {
    struct spnego_slice key;
    struct spnego_slice label;
    struct spnego_slice context[2];
    uint32_t bits; /* to derive; the first SPNEGO_SANON_KEY octets of them are taken */
};
enum spnego_status spnego_sanon_derive(uint8_t *out, const struct spnego_sanon_kdf *kdf);

/* spnego_sanon_prf derives `out` by the pseudo-random function of a context whose base
 * key is `base`.
 *
 * Source:  RFC 4402 2; RFC 8009 5. */
enum spnego_status spnego_sanon_prf(uint8_t *out, const uint8_t *base,
                                    struct spnego_slice input);

/* spnego_sanon_checksum is the one of enctype 19 over `message` and, behind it, `header`.
 *
 * Source:  RFC 8009 3, 6. */
enum spnego_status spnego_sanon_checksum(uint8_t *out, const uint8_t *base, uint8_t usage,
                                         struct spnego_slice message,
                                         struct spnego_slice header);

#endif
