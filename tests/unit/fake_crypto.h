/* fake_crypto.h: checksums that anybody can compute, and random octets that are none, so
 * that tests of NegoEx link no cryptography and are the same each time. */
#ifndef FAKE_CRYPTO_H
#define FAKE_CRYPTO_H

#include <spnego/crypto.h>

#define FAKE_CHECKSUM_LEN 12u
#define FAKE_CHECKSUM_TYPE 16 /* of HMAC-SHA1-96-AES256, which is as long */

/* A fake_crypto counts its calls; number `fails` of them, from 1, returns `fate`. */
struct fake_crypto {
    struct spnego_crypto_ops ops;
    unsigned calls, fails;
    enum spnego_status fate;
};
void fake_crypto_init(struct fake_crypto *fake);

#endif
