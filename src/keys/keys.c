/* keys.c: reads the keys on the command line. */
#include "keys.h"

#include <spnego/gss.h>

#include <krb5.h>
#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where a key that cannot be taken stands, and room for what is said of it.  Its value is
 * a secret and is not repeated. */
struct taking {
    const char *option;
    size_t number; /* from 1, if the option stands several times; else 0 */
    char *error;
    size_t cap;
};

static bool
refuse(const struct taking *taking, const char *what)
{
    if (taking->number > 0)
        snprintf(taking->error, taking->cap, "%s, number %zu: %s", taking->option,
                 taking->number, what);
    else
        snprintf(taking->error, taking->cap, "%s: %s", taking->option, what);
    return false;
}

struct spnego_key
held_key_view(const struct held_key *key)
{
    struct spnego_key view = {key->enctype, {key->octets, key->len}};

    return view;
}

/* The first checksum shows whether the key is one, and which type goes with it. */
bool
held_key_set(struct held_key *key, enum side side, int64_t enctype, struct spnego_slice octets)
{
    const struct spnego_crypto_ops *crypto = &spnego_krb5_crypto;
    struct spnego_slice nothing = {NULL, 0};
    uint8_t checksum[64];
    struct spnego_buf made = {checksum, sizeof(checksum), 0, NULL};
    struct spnego_key view;

    if (octets.len == 0 || octets.len > sizeof(key->octets) || enctype < INT32_MIN ||
        enctype > INT32_MAX)
        return false;
    key->side = side;
    key->enctype = (int32_t)enctype;
    key->len = octets.len;
    memcpy(key->octets, octets.ptr, octets.len);
    view = held_key_view(key);
    if (crypto->make_checksum(crypto->arg, &made, &key->checksum_type, &view,
                              SPNEGO_USAGE_INITIATOR_VERIFY, nothing) == SPNEGO_OK)
        return true;
    OPENSSL_cleanse(key, sizeof(*key));
    return false;
}

static int
digit_of(char character)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *found = strchr(digits, character);

    return character != '\0' && found != NULL ? (int)(found - digits) % 16 : -1;
}

/* Reads pairs of digits from place `from` of `text`; `*len` is the room, then what came. */
static bool
read_hex(const struct taking *taking, uint8_t *out, size_t *len, const char *text, size_t from)
{
    size_t room = *len, count = strlen(text + from), i;
    char what[120];

    for (i = 0; i < count; i++) {
        int digit = digit_of(text[from + i]);

        if (digit < 0) {
            snprintf(what, sizeof(what), "no hexadecimal digit at place %zu", from + i + 1);
            return refuse(taking, what);
        }
        if (i / 2 < room)
            out[i / 2] = (uint8_t)(i % 2 == 0 ? digit << 4 : out[i / 2] | digit);
    }
    if (count == 0)
        return refuse(taking, "it is empty; expected hexadecimal digits");
    if (count % 2 != 0) {
        snprintf(what, sizeof(what), "%zu hexadecimal digits; expected two for each octet",
                 count);
        return refuse(taking, what);
    }
    *len = count / 2;
    return true;
}

/* Compares the length with what the encryption type has. */
static bool
check_length(const struct taking *taking, unsigned long enctype, size_t len)
{
    char name[80], what[200];
    size_t random_len, wanted;

    if (!krb5_c_valid_enctype((krb5_enctype)enctype) ||
        krb5_c_keylengths(NULL, (krb5_enctype)enctype, &random_len, &wanted) != 0 ||
        krb5_enctype_to_name((krb5_enctype)enctype, false, name, sizeof(name)) != 0) {
        snprintf(what, sizeof(what),
                 "%lu is no encryption type of libkrb5; expected a number such as 18, "
                 "aes256-cts-hmac-sha1-96",
                 enctype);
        return refuse(&(struct taking){"--enctype", 0, taking->error, taking->cap}, what);
    }
    if (len == wanted)
        return true;
    snprintf(what, sizeof(what),
             "length %zu; expected the %zu octets of a key of encryption type %lu, %s", len,
             wanted, enctype, name);
    return refuse(taking, what);
}

static bool
load_key(struct keys *keys, const struct taking *taking, const char *text,
         unsigned long enctype)
{
    struct held_key *key = &keys->given[keys->given_count];
    enum side side = SIDE_UNKNOWN;
    uint8_t octets[KEY_MAX_LEN];
    size_t len = sizeof(octets), from = 0;
    bool good;

    if (strncmp(text, "I:", 2) == 0 || strncmp(text, "A:", 2) == 0) {
        side = text[0] == 'I' ? SIDE_INITIATOR : SIDE_ACCEPTOR;
        from = 2;
    }
    good = read_hex(taking, octets, &len, text, from) && check_length(taking, enctype, len);
    if (good && !held_key_set(key, side, (int64_t)enctype, (struct spnego_slice){octets, len}))
        good = refuse(taking, "libkrb5 takes no such key for checksums");
    keys->given_count += good;
    OPENSSL_cleanse(octets, sizeof(octets));
    return good;
}

static bool
load_given(struct keys *keys, const struct options *options, char *error, size_t cap)
{
    size_t i;

    for (i = 0; i < options->key_count; i++) {
        struct taking taking = {"--key", options->key_count > 1 ? i + 1 : 0, error, cap};

        if (!load_key(keys, &taking, options->keys[i], options->enctype))
            return false;
    }
    return true;
}

static bool
load_ntlm(struct keys *keys, const char *text, char *error, size_t cap)
{
    struct taking taking = {"--ntlm-session-key", 0, error, cap};
    size_t len = sizeof(keys->ntlm);
    char what[80];

    if (!read_hex(&taking, keys->ntlm, &len, text, 0))
        return false;
    if (len != sizeof(keys->ntlm)) {
        snprintf(what, sizeof(what),
                 "length %zu; expected the %zu octets of an "
                 "ExportedSessionKey",
                 len, sizeof(keys->ntlm));
        return refuse(&taking, what);
    }
    if (keys->legacy == NULL)
        return refuse(&taking, "OpenSSL has no RC4 without its legacy provider, which is "
                               "missing (Debian: openssl-provider-legacy)");
    keys->has_ntlm = true;
    return true;
}

bool
keys_load(struct keys *keys, const struct options *options, char *error, size_t cap)
{
    memset(keys, 0, sizeof(*keys));
    if (options->key_count == 0 && options->ntlm_session_key == NULL && options->keytab == NULL)
        return true;
    keys->legacy = legacy_new();
    return load_given(keys, options, error, cap) &&
           (options->ntlm_session_key == NULL ||
            load_ntlm(keys, options->ntlm_session_key, error, cap)) &&
           (options->keytab == NULL || keytab_load(keys, options->keytab, error, cap));
}

void
keys_free(struct keys *keys)
{
    if (keys->service != NULL)
        OPENSSL_cleanse(keys->service, keys->service_count * sizeof(*keys->service));
    free(keys->service);
    legacy_free(keys->legacy);
    OPENSSL_cleanse(keys, sizeof(*keys));
}
