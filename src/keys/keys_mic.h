/* keys_mic.h: one mechListMIC, and the ways of the mechanisms to make one. */
#ifndef KEYS_MIC_H
#define KEYS_MIC_H

#include "keys.h"

#define MIC_HEADER_MAX 16 /* octets of a MIC that its checksum covers */

struct mic {
    const struct keys *keys;
    const struct conversation *conversation;
    size_t turn; /* whose MIC it is */
    struct spnego_slice octets;
    uint8_t *room;              /* for any message that is tried, and MIC_HEADER_MAX octets */
    struct held_key context[2]; /* Kerberos: of the keytab */
    size_t context_count;
    uint8_t exported_key[KEY_NTLM_LEN]; /* NTLM: the ExportedSessionKey */
    uint32_t flags;                     /* NTLM: NegotiateFlags of the AUTHENTICATE */
};

/* One form of MIC.  `prepare` returns false if there is nothing to check it with; `fits`
 * says whether `maker` made the MIC for `message`. */
struct mic_form {
    bool (*is)(struct spnego_slice mic);
    bool (*prepare)(struct mic *mic);
    bool (*fits)(const struct mic *mic, enum side maker, struct spnego_slice message);
};

/* Kerberos.  `is_...` as in struct mic_form.  RFC 4121 4.2.6.1, RFC 4757 7.2. */
bool is_rfc4121_mic(struct spnego_slice mic);
bool prepare_rfc4121_mic(struct mic *mic);
bool fits_rfc4121_mic(const struct mic *mic, enum side maker, struct spnego_slice message);
bool is_rc4_mic(struct spnego_slice mic);
bool prepare_rc4_mic(struct mic *mic);
bool fits_rc4_mic(const struct mic *mic, enum side maker, struct spnego_slice message);

/* NTLM.  [MS-NLMP] 3.4.4.2 */
bool is_ntlm_mic(struct spnego_slice mic);
bool prepare_ntlm_mic(struct mic *mic);
bool fits_ntlm_mic(const struct mic *mic, enum side maker, struct spnego_slice message);

/* ntlm_mic_continues says whether the MIC is one of a session that goes on: whose SeqNum
 * or cipher is not at its beginning.  `*number` is how many signatures came before. */
bool ntlm_mic_continues(const struct mic *mic, enum side maker, struct spnego_slice message,
                        uint32_t *number);

#endif
