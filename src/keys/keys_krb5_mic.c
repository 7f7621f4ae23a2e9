/* keys_krb5_mic.c: MICs of Kerberos, and of what makes them like Kerberos, as SAnon does. */
#include "keys_kerberos.h"
#include "keys_mic.h"

#include <spnego/gss.h>

#include <krb5.h>
#include <openssl/crypto.h>
#include <string.h>

#define HEADER_LEN MIC_HEADER_MAX /* RFC 4121 4.2.6.1 */
#define SENT_BY_ACCEPTOR 0x01u    /* RFC 4121 4.2.2 */
#define ACCEPTOR_SUBKEY 0x04u

#define RC4_HEADER_LEN 8
#define RC4_MIC_LEN 24   /* behind the frame: header, SND_SEQ, SGN_CKSUM, 8 octets each */
#define RC4_USAGE_MIC 15 /* RFC 4757 7.2 */
#define RC4_USAGE_SEQ 0  /* the same */
#define RC4_CHECKSUM_LEN 8

bool
is_rfc4121_mic(struct spnego_slice mic)
{
    return mic.len > HEADER_LEN && memcmp(mic.ptr, "\x04\x04", 2) == 0;
}

/* The keys that `maker` may have used; each is handed to `fits`. */
static bool
any_key_fits(const struct mic *mic, enum side maker, struct spnego_slice message,
             bool (*fits)(const struct mic *mic, const struct held_key *key, enum side maker,
                          struct spnego_slice message))
{
    size_t i;

    for (i = 0; i < mic->keys->given_count; i++) {
        const struct held_key *key = &mic->keys->given[i];

        if ((key->side == SIDE_UNKNOWN || key->side == maker) && fits(mic, key, maker, message))
            return true;
    }
    for (i = 0; i < mic->context_count; i++)
        if (fits(mic, &mic->context[i], maker, message))
            return true;
    return false;
}

/* Is there a key that the MIC's sender may have used? */
static bool
has_key(const struct mic *mic)
{
    enum side sender = mic->conversation->turns[mic->turn].side;
    size_t i;

    for (i = 0; i < mic->keys->given_count; i++)
        if (mic->keys->given[i].side == SIDE_UNKNOWN || mic->keys->given[i].side == sender)
            return true;
    return mic->context_count > 0;
}

static void
find_context_key(struct mic *mic, bool acceptor_subkey)
{
    mic->context_count += keys_of_context(&mic->context[mic->context_count], mic->keys,
                                          mic->conversation, mic->turn, acceptor_subkey);
}

bool
prepare_rfc4121_mic(struct mic *mic)
{
    find_context_key(mic, (mic->octets.ptr[2] & ACCEPTOR_SUBKEY) != 0);
    return has_key(mic);
}

/* The checksum is over the message and, behind it, the token's own header. */
static bool
checksum_fits(const struct mic *mic, const struct held_key *held, enum side maker,
              struct spnego_slice message)
{
    const struct spnego_crypto_ops *crypto = &spnego_krb5_crypto;
    int32_t usage =
        maker == SIDE_INITIATOR ? SPNEGO_USAGE_INITIATOR_VERIFY : SPNEGO_USAGE_ACCEPTOR_VERIFY;
    struct spnego_slice checksum = {mic->octets.ptr + HEADER_LEN, mic->octets.len - HEADER_LEN};
    struct spnego_key key = held_key_view(held);
    size_t len = message.len + HEADER_LEN;

    memcpy(mic->room, message.ptr, message.len);
    memcpy(mic->room + message.len, mic->octets.ptr, HEADER_LEN);
    return crypto->check_checksum(crypto->arg, &key, usage,
                                  (struct spnego_slice){mic->room, len}, held->checksum_type,
                                  checksum) == SPNEGO_OK;
}

/* The flag says who sent it, and must say the same as the usage. */
bool
fits_rfc4121_mic(const struct mic *mic, enum side maker, struct spnego_slice message)
{
    enum side sender = mic->conversation->turns[mic->turn].side;
    bool flag = (mic->octets.ptr[2] & SENT_BY_ACCEPTOR) != 0;
    bool flag_fits = flag == (sender == SIDE_ACCEPTOR);

    if (maker == sender)
        return flag_fits && any_key_fits(mic, maker, message, checksum_fits);
    return any_key_fits(mic, maker, message, checksum_fits) ||
           (!flag_fits && any_key_fits(mic, sender, message, checksum_fits));
}

/* Behind the frame: TOK_ID 0101, SGN_ALG 1100, filler.  RFC 4757 7.2 */
static bool
rc4_inner(struct spnego_slice *inner, struct spnego_slice mic)
{
    static const uint8_t header[] = {0x01, 0x01, 0x11, 0x00, 0xff, 0xff, 0xff, 0xff};
    struct spnego_slice mech;

    return mic.len > 0 && mic.ptr[0] == 0x60 &&
           spnego_frame_decode(&mech, inner, mic, NULL) == SPNEGO_OK &&
           inner->len == RC4_MIC_LEN && memcmp(inner->ptr, header, sizeof(header)) == 0;
}

bool
is_rc4_mic(struct spnego_slice mic)
{
    struct spnego_slice inner;

    return rc4_inner(&inner, mic);
}

/* No flag says which key it is: in DCE style MIT krb5 takes the acceptor's subkey, else not. */
bool
prepare_rc4_mic(struct mic *mic)
{
    if (mic->keys->legacy == NULL)
        return false;
    find_context_key(mic, false);
    find_context_key(mic, true);
    return has_key(mic);
}

/* SND_SEQ is four octets of number, then four that say who sent it, encrypted with a key
 * that hangs on the checksum.  RFC 4757 7.2; RFC 1964 1.2.1.2 */
static bool
rc4_direction_fits(const struct mic *mic, const struct held_key *key, struct spnego_slice inner,
                   enum side maker)
{
    static const uint8_t usage[4] = {RC4_USAGE_SEQ};
    struct spnego_slice nothing = {NULL, 0}, sequence = {inner.ptr + 8, 8};
    struct spnego_slice checksum = {inner.ptr + 16, RC4_CHECKSUM_LEN};
    struct spnego_slice base = {key->octets, key->len};
    uint8_t seal[LEGACY_MD5_LEN], plain[8];
    struct spnego_slice seal_key = {seal, sizeof(seal)};
    uint8_t sent_by = maker == SIDE_ACCEPTOR ? 0xff : 0;
    bool done = legacy_hmac_md5(mic->keys->legacy, seal, base,
                                (struct spnego_slice){usage, sizeof(usage)}, nothing) &&
                legacy_hmac_md5(mic->keys->legacy, seal, seal_key, checksum, nothing) &&
                legacy_rc4(mic->keys->legacy, plain, seal_key, 0, sequence);

    OPENSSL_cleanse(seal, sizeof(seal));
    return done && plain[4] == sent_by && memcmp(plain + 4, plain + 5, 3) == 0;
}

static bool
rc4_checksum_fits(const struct mic *mic, const struct held_key *held, enum side maker,
                  struct spnego_slice message)
{
    const struct spnego_crypto_ops *crypto = &spnego_krb5_crypto;
    struct spnego_key key = held_key_view(held);
    uint8_t checksum[LEGACY_MD5_LEN];
    struct spnego_buf made = {checksum, sizeof(checksum), 0, NULL};
    struct spnego_slice inner, whole = {mic->room, RC4_HEADER_LEN + message.len};
    int32_t type;

    if (held->enctype != ENCTYPE_ARCFOUR_HMAC || !rc4_inner(&inner, mic->octets))
        return false;
    memcpy(mic->room, inner.ptr, RC4_HEADER_LEN);
    memcpy(mic->room + RC4_HEADER_LEN, message.ptr, message.len);
    return crypto->make_checksum(crypto->arg, &made, &type, &key, RC4_USAGE_MIC, whole) ==
               SPNEGO_OK &&
           CRYPTO_memcmp(checksum, inner.ptr + 16, RC4_CHECKSUM_LEN) == 0 &&
           rc4_direction_fits(mic, held, inner, maker);
}

bool
fits_rc4_mic(const struct mic *mic, enum side maker, struct spnego_slice message)
{
    return any_key_fits(mic, maker, message, rc4_checksum_fits);
}
