/* keys.h: the keys that the user has given, and the checksums that are checked with them.
 *
 * They come from --key (of both sides, or of one), --keytab (a Kerberos acceptor's, which
 * open the ticket in an AP-REQ) and --ntlm-session-key (NTLM's ExportedSessionKey). */
#ifndef KEYS_H
#define KEYS_H

#include "conversation.h"
#include "keys_legacy.h"
#include "options.h"

#define KEY_MAX_LEN 32 /* octets; no encryption type of libkrb5 has longer ones */
#define KEY_NTLM_LEN 16

/* A key of Kerberos. */
struct held_key {
    enum side side;        /* who makes checksums with it; SIDE_UNKNOWN: both */
    int32_t enctype;       /* RFC 3961 8 */
    int32_t checksum_type; /* that the encryption type requires */
    size_t len;
    uint8_t octets[KEY_MAX_LEN];
};

struct keys {
    struct held_key given[OPTIONS_MAX_KEYS]; /* --key */
    size_t given_count;
    struct held_key *service; /* --keytab */
    size_t service_count;
    bool has_ntlm;
    uint8_t ntlm[KEY_NTLM_LEN];
    struct legacy *legacy; /* MD5 and RC4; NULL if they are not here */
};

/* keys_load reads what `options` name.  Returns false with a sentence in `error`, which
 * shows nothing of a key; keys_free is due either way, and wipes them. */
bool keys_load(struct keys *keys, const struct options *options, char *error, size_t cap);
void keys_free(struct keys *keys);

/* held_key_set copies a key.  Returns false if libkrb5 cannot make keyed checksums with it. */
bool held_key_set(struct held_key *key, enum side side, int64_t enctype,
                  struct spnego_slice octets);
struct spnego_key held_key_view(const struct held_key *key);

/* keytab_load reads all keys of the file `name`; it belongs to keys_load. */
bool keytab_load(struct keys *keys, const char *name, char *error, size_t cap);

/* rules_of_keys checks every mechListMIC and VERIFY, if there are keys at all, and adds
 * what it finds.  Due behind the other rules.  Returns false if there was no memory. */
bool rules_of_keys(struct conversation *conversation, const struct keys *keys);

#endif
