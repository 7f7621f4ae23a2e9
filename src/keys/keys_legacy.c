/* keys_legacy.c: MD5, HMAC-MD5 and RC4 by OpenSSL 3. */
#include "keys_legacy.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include <stdlib.h>

struct legacy {
    OSSL_LIB_CTX *context;
    OSSL_PROVIDER *provider, *standard;
    EVP_MD *md5;
    EVP_MAC *hmac;
    EVP_CIPHER *rc4;
};

static bool
fetch(struct legacy *legacy)
{
    legacy->context = OSSL_LIB_CTX_new();
    if (legacy->context == NULL)
        return false;
    legacy->provider = OSSL_PROVIDER_load(legacy->context, "legacy");
    legacy->standard = OSSL_PROVIDER_load(legacy->context, "default");
    legacy->md5 = EVP_MD_fetch(legacy->context, "MD5", NULL);
    legacy->hmac = EVP_MAC_fetch(legacy->context, "HMAC", NULL);
    legacy->rc4 = EVP_CIPHER_fetch(legacy->context, "RC4", NULL);
    return legacy->md5 != NULL && legacy->hmac != NULL && legacy->rc4 != NULL;
}

struct legacy *
legacy_new(void)
{
    struct legacy *legacy = calloc(1, sizeof(*legacy));

    if (legacy != NULL && !fetch(legacy)) {
        legacy_free(legacy);
        return NULL;
    }
    return legacy;
}

void
legacy_free(struct legacy *legacy)
{
    if (legacy == NULL)
        return;
    EVP_CIPHER_free(legacy->rc4);
    EVP_MAC_free(legacy->hmac);
    EVP_MD_free(legacy->md5);
    if (legacy->standard != NULL)
        OSSL_PROVIDER_unload(legacy->standard);
    if (legacy->provider != NULL)
        OSSL_PROVIDER_unload(legacy->provider);
    OSSL_LIB_CTX_free(legacy->context);
    free(legacy);
}

bool
legacy_md5(struct legacy *legacy, uint8_t *out, struct spnego_slice a, struct spnego_slice b)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool good = context != NULL && EVP_DigestInit_ex2(context, legacy->md5, NULL) == 1 &&
                EVP_DigestUpdate(context, a.ptr, a.len) == 1 &&
                EVP_DigestUpdate(context, b.ptr, b.len) == 1 &&
                EVP_DigestFinal_ex(context, out, NULL) == 1;

    EVP_MD_CTX_free(context);
    return good;
}

bool
legacy_hmac_md5(struct legacy *legacy, uint8_t *out, struct spnego_slice key,
                struct spnego_slice a, struct spnego_slice b)
{
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(legacy->hmac);
    char digest[] = "MD5";
    OSSL_PARAM params[2];
    size_t len;
    bool good;

    params[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0);
    params[1] = OSSL_PARAM_construct_end();
    good = context != NULL && EVP_MAC_init(context, key.ptr, key.len, params) == 1 &&
           EVP_MAC_update(context, a.ptr, a.len) == 1 &&
           EVP_MAC_update(context, b.ptr, b.len) == 1 &&
           EVP_MAC_final(context, out, &len, LEGACY_MD5_LEN) == 1;
    EVP_MAC_CTX_free(context);
    return good;
}

/* RC4 has one operation for both directions, so zeros give its key stream. */
static bool
throw_away(EVP_CIPHER_CTX *context, size_t count)
{
    static const uint8_t zero[1];
    uint8_t stream[1];
    bool good = true;
    int len;

    while (good && count-- > 0)
        good = EVP_EncryptUpdate(context, stream, &len, zero, 1) == 1;
    return good;
}

bool
legacy_rc4(struct legacy *legacy, uint8_t *out, struct spnego_slice key, size_t skip,
           struct spnego_slice in)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int len;
    bool good = context != NULL &&
                EVP_EncryptInit_ex2(context, legacy->rc4, NULL, NULL, NULL) == 1 &&
                EVP_CIPHER_CTX_set_key_length(context, (int)key.len) == 1 &&
                EVP_EncryptInit_ex2(context, NULL, key.ptr, NULL, NULL) == 1 &&
                throw_away(context, skip) &&
                EVP_EncryptUpdate(context, out, &len, in.ptr, (int)in.len) == 1;

    EVP_CIPHER_CTX_free(context);
    return good;
}
