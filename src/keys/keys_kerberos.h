/* keys_kerberos.h: the keys that two sides have agreed on by Kerberos. */
#ifndef KEYS_KERBEROS_H
#define KEYS_KERBEROS_H

#include "keys.h"

/* keys_of_context opens, with the keytab's keys, the last AP-REQ up to turn `turn` and the
 * AP-REP behind it, and gives the key that per-message tokens are made with: with
 * `acceptor_subkey` the one that the AP-REP brought, else that of the AP-REQ, else the
 * ticket's.  Returns false if it cannot be had.
 * Source: RFC 4120 5.5, 7.5.1; RFC 4121 2. */
bool keys_of_context(struct held_key *out, const struct keys *keys,
                     const struct conversation *conversation, size_t turn,
                     bool acceptor_subkey);

#endif
