/* sanon_crypto.c: X25519, and keys and checksums made of HMAC-SHA-256, by OpenSSL 3. */
#include "sanon_crypto.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

#define DIGEST_LEN 32

/* What was wrong is of no use to the application that looks into the queue for its
 * own errors. */
static enum spnego_status
forget_errors(enum spnego_status status)
{
    ERR_pop_to_mark();
    return status;
}

enum spnego_status
spnego_sanon_secret(uint8_t *secret)
{
    ERR_set_mark();
    return forget_errors(RAND_priv_bytes(secret, SPNEGO_SANON_X25519) == 1 ? SPNEGO_OK
                                                                           : SPNEGO_E_MECH);
}

enum spnego_status
spnego_sanon_public(uint8_t *public_key, const uint8_t *secret)
{
    size_t len = SPNEGO_SANON_X25519;
    EVP_PKEY *key;
    bool good;

    ERR_set_mark();
    key = EVP_PKEY_new_raw_private_key_ex(NULL, "X25519", NULL, secret, len);
    good = key != NULL && EVP_PKEY_get_raw_public_key(key, public_key, &len) == 1;
    EVP_PKEY_free(key);
    return forget_errors(good ? SPNEGO_OK : SPNEGO_E_MECH);
}

/* OpenSSL refuses to derive a secret of zeros; another provider may not. */
static enum spnego_status
derive_secret(uint8_t *shared, EVP_PKEY_CTX *ctx)
{
    static const uint8_t zeros[SPNEGO_SANON_X25519];
    size_t len = SPNEGO_SANON_X25519;

    if (EVP_PKEY_derive(ctx, shared, &len) != 1 || CRYPTO_memcmp(shared, zeros, len) == 0)
        return SPNEGO_E_MALFORMED;
    return SPNEGO_OK;
}

enum spnego_status
spnego_sanon_shared(uint8_t *shared, const uint8_t *secret, const uint8_t *theirs)
{
    size_t len = SPNEGO_SANON_X25519;
    EVP_PKEY *ours, *peer;
    EVP_PKEY_CTX *ctx = NULL;
    enum spnego_status status = SPNEGO_E_MECH;

    ERR_set_mark();
    ours = EVP_PKEY_new_raw_private_key_ex(NULL, "X25519", NULL, secret, len);
    peer = EVP_PKEY_new_raw_public_key_ex(NULL, "X25519", NULL, theirs, len);
    if (ours != NULL && peer != NULL)
        ctx = EVP_PKEY_CTX_new_from_pkey(NULL, ours, NULL);
    if (ctx != NULL && EVP_PKEY_derive_init(ctx) == 1 &&
        EVP_PKEY_derive_set_peer(ctx, peer) == 1)
        status = derive_secret(shared, ctx);
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(peer);
    EVP_PKEY_free(ours);
    return forget_errors(status);
}

/* An HMAC in the making; the first failure is the one that counts. */
struct hmac {
    EVP_MAC_CTX *ctx;
    bool good;
};

static void
hmac_begin(struct hmac *hmac, struct spnego_slice key)
{
    char digest[] = "SHA256";
    OSSL_PARAM params[2];
    EVP_MAC *mac;

    ERR_set_mark();
    params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0);
    params[1] = OSSL_PARAM_construct_end();
    mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    hmac->ctx = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;
    EVP_MAC_free(mac);
    hmac->good = hmac->ctx != NULL && EVP_MAC_init(hmac->ctx, key.ptr, key.len, params) == 1;
}

static void
hmac_add(struct hmac *hmac, struct spnego_slice octets)
{
    if (hmac->good && octets.len > 0)
        hmac->good = EVP_MAC_update(hmac->ctx, octets.ptr, octets.len) == 1;
}

static void
hmac_add_number(struct hmac *hmac, uint32_t number)
{
    uint8_t octets[4] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16),
                         (uint8_t)(number >> 8), (uint8_t)number};

    hmac_add(hmac, (struct spnego_slice){octets, sizeof(octets)});
}

/* Gives the first 16 octets: a key or a checksum. */
static enum spnego_status
hmac_end(struct hmac *hmac, uint8_t *out)
{
    uint8_t digest[DIGEST_LEN];
    size_t len;

    if (hmac->good)
        hmac->good = EVP_MAC_final(hmac->ctx, digest, &len, sizeof(digest)) == 1;
    if (hmac->good)
        memcpy(out, digest, SPNEGO_SANON_KEY);
    OPENSSL_cleanse(digest, sizeof(digest));
    EVP_MAC_CTX_free(hmac->ctx);
    return forget_errors(hmac->good ? SPNEGO_OK : SPNEGO_E_MECH);
}

/* All that is ever wanted fits into the first block, so the counter stays 1. */
enum spnego_status
spnego_sanon_derive(uint8_t *out, const struct spnego_sanon_kdf *kdf)
{
    static const uint8_t zero[1];
    struct hmac hmac;

    hmac_begin(&hmac, kdf->key);
    hmac_add_number(&hmac, 1);
    hmac_add(&hmac, kdf->label);
    hmac_add(&hmac, (struct spnego_slice){zero, sizeof(zero)});
    hmac_add(&hmac, kdf->context[0]);
    hmac_add(&hmac, kdf->context[1]);
    hmac_add_number(&hmac, kdf->bits);
    return hmac_end(&hmac, out);
}

enum spnego_status
spnego_sanon_prf(uint8_t *out, const uint8_t *base, struct spnego_slice input)
{
    static const uint8_t label[] = {'p', 'r', 'f'}, counter[4] = {0};
    struct spnego_sanon_kdf kdf = {.key = {base, SPNEGO_SANON_KEY},
                                   .label = {label, sizeof(label)},
                                   .context = {{counter, sizeof(counter)}, input},
                                   .bits = SPNEGO_SANON_PRF_BITS};

    return spnego_sanon_derive(out, &kdf);
}

enum spnego_status
spnego_sanon_checksum(uint8_t *out, const uint8_t *base, uint8_t usage,
                      struct spnego_slice message, struct spnego_slice header)
{
    const uint8_t label[] = {0, 0, 0, usage, 0x99}; /* Kc: RFC 3961 5.3 */
    uint8_t key[SPNEGO_SANON_KEY];
    struct spnego_sanon_kdf kdf = {.key = {base, SPNEGO_SANON_KEY},
                                   .label = {label, sizeof(label)},
                                   .bits = 8 * SPNEGO_SANON_KEY};
    enum spnego_status status = spnego_sanon_derive(key, &kdf);
    struct hmac hmac;

    if (status != SPNEGO_OK)
        return status;
    hmac_begin(&hmac, (struct spnego_slice){key, sizeof(key)});
    hmac_add(&hmac, message);
    hmac_add(&hmac, header);
    status = hmac_end(&hmac, out);
    OPENSSL_cleanse(key, sizeof(key));
    return status;
}
