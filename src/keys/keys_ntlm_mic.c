/* keys_ntlm_mic.c: NTLM's signature with extended session security. */
#include "keys_mic.h"
#include "octets.h"

#include <openssl/crypto.h>
#include <string.h>

/* NegotiateFlags.  [MS-NLMP] 2.2.2.5 */
#define EXTENDED_SESSIONSECURITY 0x00080000u
#define NEGOTIATE_128 0x20000000u
#define NEGOTIATE_KEY_EXCH 0x40000000u
#define NEGOTIATE_56 0x80000000u

/* Of an AUTHENTICATE_MESSAGE.  [MS-NLMP] 2.2.1.3 */
#define OFFSET_ENCRYPTED_KEY 52 /* its length, room and place */
#define OFFSET_FLAGS 60
#define FLAGS_END 64

#define SIGNATURE_LEN 16
#define OFFSET_SEQ_NUM 12
#define CHECKSUM_LEN 8
#define MOST_SIGNATURES 4u /* that may have come before */

bool
is_ntlm_mic(struct spnego_slice mic)
{
    return mic.len == SIGNATURE_LEN && memcmp(mic.ptr, "\1\0\0\0", 4) == 0;
}

static struct spnego_slice
find_authenticate(const struct mic *mic)
{
    struct spnego_slice token = {NULL, 0};
    size_t i = mic->turn + 1;

    while (i-- > 0) {
        token = mic->conversation->turns[i].token;
        if (token.len >= FLAGS_END && memcmp(token.ptr, "NTLMSSP\0\3\0\0\0", 12) == 0)
            return token;
    }
    token.len = 0;
    return token;
}

/* In an anonymous session the KeyExchangeKey is zeros, and everybody can read the key that
 * it encrypts.  [MS-NLMP] 3.3.2, 3.1.5.1.2 */
static bool
exchange_key(struct mic *mic, struct spnego_slice authenticate)
{
    static const uint8_t zeros[KEY_NTLM_LEN];
    struct spnego_slice given = {mic->keys->ntlm, KEY_NTLM_LEN};
    struct spnego_slice sealed =
        octets_part(authenticate, (size_t)octets_le(authenticate, OFFSET_ENCRYPTED_KEY + 4, 4),
                    (size_t)octets_le(authenticate, OFFSET_ENCRYPTED_KEY, 2));

    memcpy(mic->exported_key, given.ptr, given.len);
    if (CRYPTO_memcmp(given.ptr, zeros, sizeof(zeros)) != 0 ||
        (mic->flags & NEGOTIATE_KEY_EXCH) == 0)
        return true;
    return sealed.len == KEY_NTLM_LEN &&
           legacy_rc4(mic->keys->legacy, mic->exported_key, given, 0, sealed);
}

/* Without extended session security a signature is another thing; nobody has met one in
 * SPNEGO. */
bool
prepare_ntlm_mic(struct mic *mic)
{
    struct spnego_slice authenticate = find_authenticate(mic);

    if (!mic->keys->has_ntlm || authenticate.len == 0)
        return false;
    mic->flags = (uint32_t)octets_le(authenticate, OFFSET_FLAGS, 4);
    return (mic->flags & EXTENDED_SESSIONSECURITY) != 0 && exchange_key(mic, authenticate);
}

/* The constants of SIGNKEY and SEALKEY; the zero at their end counts.  [MS-NLMP] 3.4.5 */
#define MAGIC(direction, what) "session key to " direction " " what " key magic constant"
static const char sign_initiator[] = MAGIC("client-to-server", "signing");
static const char sign_acceptor[] = MAGIC("server-to-client", "signing");
static const char seal_initiator[] = MAGIC("client-to-server", "sealing");
static const char seal_acceptor[] = MAGIC("server-to-client", "sealing");

static bool
derive(const struct mic *mic, uint8_t *out, size_t len, const char *magic)
{
    struct spnego_slice key = {mic->exported_key, len};
    struct spnego_slice constant = {(const uint8_t *)magic, strlen(magic) + 1};

    return legacy_md5(mic->keys->legacy, out, key, constant);
}

static size_t
seal_strength(uint32_t flags)
{
    if ((flags & NEGOTIATE_128) != 0)
        return KEY_NTLM_LEN;
    return (flags & NEGOTIATE_56) != 0 ? 7 : 5;
}

/* Makes the checksum of the signature whose SeqNum the MIC has, when `before` signatures
 * have gone through the cipher.  [MS-NLMP] 3.4.4.2 */
static bool
make_checksum(const struct mic *mic, uint8_t *out, enum side maker, struct spnego_slice message,
              size_t before)
{
    bool acceptors = maker == SIDE_ACCEPTOR;
    uint8_t sign[LEGACY_MD5_LEN], seal[LEGACY_MD5_LEN], digest[LEGACY_MD5_LEN];
    struct spnego_slice sign_key = {sign, sizeof(sign)}, seal_key = {seal, sizeof(seal)};
    struct spnego_slice sequence = {mic->octets.ptr + OFFSET_SEQ_NUM, 4};
    struct spnego_slice checksum = {digest, CHECKSUM_LEN};
    bool done = derive(mic, sign, KEY_NTLM_LEN, acceptors ? sign_acceptor : sign_initiator) &&
                derive(mic, seal, seal_strength(mic->flags),
                       acceptors ? seal_acceptor : seal_initiator) &&
                legacy_hmac_md5(mic->keys->legacy, digest, sign_key, sequence, message);

    if (done && (mic->flags & NEGOTIATE_KEY_EXCH) != 0)
        done = legacy_rc4(mic->keys->legacy, out, seal_key, CHECKSUM_LEN * before, checksum);
    else
        memcpy(out, digest, CHECKSUM_LEN);
    OPENSSL_cleanse(sign, sizeof(sign));
    OPENSSL_cleanse(seal, sizeof(seal));
    return done;
}

static bool
checksum_fits(const struct mic *mic, enum side maker, struct spnego_slice message,
              size_t before)
{
    uint8_t checksum[CHECKSUM_LEN];

    return make_checksum(mic, checksum, maker, message, before) &&
           CRYPTO_memcmp(checksum, mic->octets.ptr + 4, CHECKSUM_LEN) == 0;
}

bool
fits_ntlm_mic(const struct mic *mic, enum side maker, struct spnego_slice message)
{
    return octets_le(mic->octets, OFFSET_SEQ_NUM, 4) == 0 &&
           checksum_fits(mic, maker, message, 0);
}

bool
ntlm_mic_continues(const struct mic *mic, enum side maker, struct spnego_slice message,
                   uint32_t *number)
{
    uint32_t sequence = (uint32_t)octets_le(mic->octets, OFFSET_SEQ_NUM, 4), before;

    if (sequence > MOST_SIGNATURES)
        return false;
    for (before = 0; before <= MOST_SIGNATURES; before++) {
        if (sequence + before > 0 && checksum_fits(mic, maker, message, before)) {
            *number = before > sequence ? before : sequence;
            return true;
        }
    }
    return false;
}
