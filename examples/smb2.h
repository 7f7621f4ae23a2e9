/* smb2.h: as much of an SMB2 client as a session needs.
 *
 * Section numbers are those of [MS-SMB2].  It speaks the dialects 2.0.2 and 2.1, which sign
 * with the mechanism's session key as it is.  3.0 derives keys from it and signs by
 * AES-CMAC (3.1.4.2); 3.1.1 also needs negotiate contexts and a hash over all that was
 * said before (2.2.3.1, 3.2.5.2).  SPNEGO is the same in all of them. */
#ifndef SMB2_H
#define SMB2_H

#include <spnego/base.h>

#define SMB2_HEADER_LEN 64u
#define SMB2_KEY_LEN 16u
#define SMB2_DIALECT_2_0_2 0x0202u
#define SMB2_DIALECT_2_1 0x0210u

/* [MS-ERREF] 2.3.1 */
#define SMB2_STATUS_SUCCESS 0u
#define SMB2_STATUS_PENDING 0x00000103u
#define SMB2_STATUS_MORE_PROCESSING_REQUIRED 0xc0000016u

/* SecurityMode, 2.2.3 and 2.2.4.  SessionFlags, 2.2.6. */
#define SMB2_SIGNING_ENABLED 1u
#define SMB2_SIGNING_REQUIRED 2u
#define SMB2_SESSION_GUEST 1u
#define SMB2_SESSION_ANONYMOUS 2u

/* A connection with at most one session.  It sends a request only when the last one has been
 * answered. */
struct smb2 {
    int fd;
    unsigned credits; /* requests that the server allows now: 3.2.5.1.4 */
    uint64_t message_id;
    uint64_t session_id;
    bool has_key;
    uint8_t key[SMB2_KEY_LEN];

    /* What the server said. */
    unsigned dialect;
    unsigned security_mode; /* SMB2_SIGNING_* */
    unsigned session_flags; /* SMB2_SESSION_* */
    uint32_t status;        /* in the last response */
    char why[160];          /* the last call failed, in words */

    size_t out_len, in_len;
    uint8_t out[4 + SMB2_HEADER_LEN + 24 + 0xffff]; /* 4: length, for TCP */
    uint8_t in[SMB2_HEADER_LEN + 64 + 0xffff];
};

/* The functions return false when the server cannot be reached or breaks the rules; `why` has
 * it in words then.  That it answered is true: look at `status`. */
bool smb2_open(struct smb2 *c, const char *host, const char *port);
void smb2_close(struct smb2 *c);

/* smb2_negotiate: `*hint` is the server's NegTokenInit2, or empty.  2.2.3, 2.2.4.
 *
 * Borrows: `*hint`, like `*answer` below, points into `c` until the next request. */
bool smb2_negotiate(struct smb2 *c, struct spnego_slice *hint);

/* smb2_session_setup: `*answer` is the server's token, or empty.  2.2.5, 2.2.6. */
bool smb2_session_setup(struct smb2 *c, struct spnego_slice *answer, struct spnego_slice token);

/* smb2_use_key: from now on all messages are signed, and so may be the response that has set
 * up the session, in which the signature is checked here.  3.2.5.3.1.
 *
 * Units:   of a longer `key` the first SMB2_KEY_LEN octets are used, a shorter one is filled
 *          up with zeros. */
bool smb2_use_key(struct smb2 *c, struct spnego_slice key);

/* smb2_tree_connect asks for \\HOST\SHARE.  2.2.9. */
bool smb2_tree_connect(struct smb2 *c, const char *host, const char *share);

/* smb2_logoff ends the session.  2.2.7. */
bool smb2_logoff(struct smb2 *c);

/* smb2_status_name returns the name of a status that a server refuses a session with, or "a
 * status without a name here". */
const char *smb2_status_name(uint32_t status);

#endif
