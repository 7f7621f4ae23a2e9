/* keys_legacy.h: MD5 and RC4, of which the checksums of NTLM and of Kerberos' oldest
 * encryption type are made.  OpenSSL 3 has RC4 in a provider of its own, "legacy", which
 * is loaded into a library context of ours, so that nothing else gets to see it. */
#ifndef KEYS_LEGACY_H
#define KEYS_LEGACY_H

#include <spnego/base.h>

#define LEGACY_MD5_LEN 16

struct legacy;

/* legacy_new returns NULL if OpenSSL has no such algorithms here. */
struct legacy *legacy_new(void);
void legacy_free(struct legacy *legacy);

/* legacy_md5 and legacy_hmac_md5 write LEGACY_MD5_LEN octets, over `a` and, behind it,
 * `b`.  legacy_rc4 writes `in.len` octets, after it has thrown away `skip` octets of key
 * stream.  They return false if OpenSSL fails.
 * Source: RFC 1321, RFC 2104. */
bool legacy_md5(struct legacy *legacy, uint8_t *out, struct spnego_slice a,
                struct spnego_slice b);
bool legacy_hmac_md5(struct legacy *legacy, uint8_t *out, struct spnego_slice key,
                     struct spnego_slice a, struct spnego_slice b);
bool legacy_rc4(struct legacy *legacy, uint8_t *out, struct spnego_slice key, size_t skip,
                struct spnego_slice in);

#endif
