/* spnego/crypto.h: the cryptography that NegoEx needs, supplied by its owner: this
 * library links none.  libspnego-gss has it by MIT krb5: spnego/gss.h. */
#ifndef SPNEGO_CRYPTO_H
#define SPNEGO_CRYPTO_H

#include "spnego/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A spnego_key is a key of Kerberos: `enctype` is a number of RFC 3961 8. */
struct spnego_key {
    int32_t enctype;
    struct spnego_slice octets;
};

/* The key usages of a VERIFY: 25 for the initiator's, 23 for the acceptor's.
 * [MS-NEGOEX] 3.1.5.7 has them the wrong way round: Windows, MIT krb5 and Heimdal
 * do it like this. */
#define SPNEGO_USAGE_INITIATOR_VERIFY 25
#define SPNEGO_USAGE_ACCEPTOR_VERIFY 23

/* A spnego_crypto_ops makes and checks the keyed checksums of RFC 3961 and has
 * random octets.  Each function may be called from several threads at once.
 *
 * Returns: each function returns SPNEGO_OK, SPNEGO_E_MEMORY, or another error:
 *          SPNEGO_E_UNSUPPORTED for an encryption type that it does not have,
 *          SPNEGO_E_INTEGRITY for a checksum that does not fit. */
struct spnego_crypto_ops {
    size_t size; /* sizeof(struct spnego_crypto_ops), for later growth */

    /* random fills `out` with `len` octets that nobody can guess. */
    enum spnego_status (*random)(void *arg, uint8_t *out, size_t len);

    /* make_checksum appends the checksum of `message` to `out`; `*type` is the one
     * that the key's encryption type requires.  RFC 3961 3. */
    enum spnego_status (*make_checksum)(void *arg, struct spnego_buf *out, int32_t *type,
                                        const struct spnego_key *key, int32_t usage,
                                        struct spnego_slice message);

    /* check_checksum compares in constant time, and refuses a `type` that needs no
     * key or does not go with this one. */
    enum spnego_status (*check_checksum)(void *arg, const struct spnego_key *key, int32_t usage,
                                         struct spnego_slice message, int32_t type,
                                         struct spnego_slice checksum);
    void *arg;
};

#ifdef __cplusplus
}
#endif
#endif
