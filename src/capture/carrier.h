/* carrier.h: the messages of other protocols that carry security blobs.
 *
 * tshark finds the messages and puts them together; what is inside is read here,
 * from their octets, since a dissector is quiet about what it cannot place.
 * Sources: [MS-SMB] 2.2.4, [MS-SMB2] 2.2, RFC 4559, [MS-N2HT], RFC 4511 4.2,
 * [MS-ADTS] 5.1.1.1.3, C706 12.6, [MS-RPCE] 2.2.2.11. */
#ifndef CARRIER_H
#define CARRIER_H

#include "side.h"

#include <spnego/spnego.h>

enum carrier { CARRIER_SMB1, CARRIER_SMB2, CARRIER_HTTP, CARRIER_LDAP, CARRIER_DCERPC };
enum { CARRIER_COUNT = CARRIER_DCERPC + 1 };

/* What an answer says of the authentication, whatever its token says. */
enum carrier_outcome {
    CARRIER_UNTOLD, /* a request, or DCE/RPC, which does not say */
    CARRIER_MORE,   /* the initiator is to go on */
    CARRIER_SUCCESS,
    CARRIER_FAILURE
};

/* A finding about the message around a token, with the numbers of its text. */
struct carrier_remark {
    enum spnego_finding_code code;
    uint64_t got;
    uint64_t want;
};

enum { CARRIER_REMARKS = 4 };

struct carrier_message {
    enum carrier carrier;
    enum side side;
    enum carrier_outcome outcome;
    bool server_first; /* the NEGOTIATE response of SMB */
    bool nego2;        /* HTTP with the scheme Nego2 */
    bool has_blob;     /* one may be empty; without one `blob` is empty as well */
    bool cut;          /* the message ends before its fields do */
    uint64_t session;  /* SessionId, UID or auth_context_id; 0: none yet */
    uint64_t message;  /* MessageId, MID, messageID or call_id: answers repeat it */
    struct spnego_slice blob;
    struct carrier_remark remarks[CARRIER_REMARKS];
    size_t remark_count;
};

/* Called once for each message; what it points to lives until it returns. */
typedef void carrier_emit_fn(void *arg, const struct carrier_message *message);

/* carrier_read reads one message of tshark's, or several that follow each other.
 * What carries no part of an authentication is passed over in silence. */
void carrier_read(enum carrier carrier, struct spnego_slice octets, carrier_emit_fn *emit,
                  void *arg);

/* carrier_name returns "SMB1", "SMB2", "HTTP", "LDAP" or "DCE/RPC". */
const char *carrier_name(enum carrier carrier);

/* carrier_layer returns tshark's name of the protocol: "smb2". */
const char *carrier_layer(enum carrier carrier);

/* carrier_remark adds a finding to `message`; more than CARRIER_REMARKS are dropped. */
void carrier_remark(struct carrier_message *message, enum spnego_finding_code code,
                    uint64_t got, uint64_t want);

/* carrier_begins_negotiation says whether `blob` can only be the first token of
 * an initiator or, server first, of an acceptor. */
bool carrier_begins_negotiation(struct spnego_slice blob);

/* The rest is between carrier.c and the readers. */
void carrier_read_smb1(struct spnego_slice octets, carrier_emit_fn *emit, void *arg);
void carrier_read_smb2(struct spnego_slice octets, carrier_emit_fn *emit, void *arg);
void carrier_read_http(struct spnego_slice octets, carrier_emit_fn *emit, void *arg);
void carrier_read_ldap(struct spnego_slice octets, carrier_emit_fn *emit, void *arg);
void carrier_read_dcerpc(struct spnego_slice octets, carrier_emit_fn *emit, void *arg);

#endif
