/* krb5_crypto.c: the checksums of RFC 3961 by MIT krb5.
 *
 * krb5_c_* take a context and do not look at it, so none is made: no file is read,
 * nothing is kept, and threads share nothing. */
#include "spnego/gss.h"

#include <errno.h>
#include <krb5.h>
#include <limits.h>

/* What fails is the key or its type; a message cannot be wrong. */
static enum spnego_status
translate(krb5_error_code code)
{
    if (code == 0)
        return SPNEGO_OK;
    return code == ENOMEM ? SPNEGO_E_MEMORY : SPNEGO_E_UNSUPPORTED;
}

static enum spnego_status
fill_random(void *arg, uint8_t *out, size_t len)
{
    krb5_data data = {0};

    (void)arg;
    if (len > UINT_MAX)
        return SPNEGO_E_LIMIT;
    data.length = (unsigned)len;
    data.data = (char *)out;
    return krb5_c_random_make_octets(NULL, &data) == 0 ? SPNEGO_OK : SPNEGO_E_MECH;
}

/* Makes the checksum that the encryption type requires, which the library does for
 * type 0.  It refuses keys of another length, and weak keys of DES3. */
static enum spnego_status
compute(krb5_checksum *out, const struct spnego_key *key, int32_t usage,
        struct spnego_slice message)
{
    krb5_keyblock block = {.enctype = key->enctype,
                           .length = (unsigned)key->octets.len,
                           .contents = (krb5_octet *)key->octets.ptr};
    krb5_data data = {0};
    krb5_error_code code;

    if (key->octets.len > UINT_MAX || message.len > UINT_MAX)
        return SPNEGO_E_LIMIT;
    data.length = (unsigned)message.len;
    data.data = (char *)message.ptr;
    code = krb5_c_make_checksum(NULL, 0, &block, usage, &data, out);
    if (code != 0)
        return translate(code);
    if (krb5_c_is_keyed_cksum(out->checksum_type))
        return SPNEGO_OK;
    krb5_free_checksum_contents(NULL, out);
    return SPNEGO_E_UNSUPPORTED;
}

static enum spnego_status
make_checksum(void *arg, struct spnego_buf *out, int32_t *type, const struct spnego_key *key,
              int32_t usage, struct spnego_slice message)
{
    krb5_checksum made;
    enum spnego_status status = compute(&made, key, usage, message);

    (void)arg;
    if (status != SPNEGO_OK)
        return status;
    *type = made.checksum_type;
    status = spnego_buf_append(out, made.contents, made.length);
    krb5_free_checksum_contents(NULL, &made);
    return status;
}

/* Takes as long for any octets of the same length. */
static bool
are_equal(const uint8_t *a, const uint8_t *b, size_t len)
{
    volatile uint8_t difference = 0;
    size_t i;

    for (i = 0; i < len; i++)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

/* krb5_c_verify_checksum would take any type that has the key's cipher, such as that
 * of enctype 17 for 19; here only the required one goes with a key. */
static enum spnego_status
check_checksum(void *arg, const struct spnego_key *key, int32_t usage,
               struct spnego_slice message, int32_t type, struct spnego_slice checksum)
{
    krb5_checksum made;
    enum spnego_status status = compute(&made, key, usage, message);
    bool fits;

    (void)arg;
    if (status != SPNEGO_OK)
        return status;
    fits = type == made.checksum_type && checksum.len == made.length &&
           are_equal(checksum.ptr, made.contents, made.length);
    krb5_free_checksum_contents(NULL, &made);
    return fits ? SPNEGO_OK : SPNEGO_E_INTEGRITY;
}

const struct spnego_crypto_ops spnego_krb5_crypto = {
    .size = sizeof(struct spnego_crypto_ops),
    .random = fill_random,
    .make_checksum = make_checksum,
    .check_checksum = check_checksum,
};
