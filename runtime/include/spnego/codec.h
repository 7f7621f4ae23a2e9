/* spnego/codec.h: tokens to structs and back.
 *
 * The structs are in spnego/token.h and spnego/negoex.h, which the generator
 * makes from the schemas.  A decoder neither allocates nor copies: what it
 * gives points into its input.  Names of mechanisms are in spnego/names.h. */
#ifndef SPNEGO_CODEC_H
#define SPNEGO_CODEC_H

#include "spnego/base.h"
#include "spnego/negoex.h"
#include "spnego/token.h"

#ifdef __cplusplus
extern "C" {
#endif

/* spnego_token_decode reads one NegotiationToken, which must fill `in`.  A
 * NegTokenInit or NegTokenInit2 stands in a GSS-API frame, a NegTokenResp
 * stands alone; anything else is an error unless it is tolerated.
 *
 * Units:   `in.len` is octets.
 * Borrows: every slice in `*out` points into `in`.
 * Returns: SPNEGO_OK, SPNEGO_E_TRUNCATED (also for the first fragment of a
 *          token), _E_MALFORMED, _E_UNSUPPORTED (framed for another
 *          mechanism), _E_LIMIT.  `*out` is all zero unless SPNEGO_OK.
 *          Of reqFlags the first 32 bits are kept.
 * Source:  RFC 4178 4.2; RFC 2743 3.1; X.690 10; [MS-SPNG] 2.2.1. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
spnego_token_decode(struct spnego_negotiation_token *out, struct spnego_slice in,
                    const struct spnego_decode_opts *opts);

/* spnego_token_encode appends the DER of `token` to `out`, framed where the
 * standard frames it.  A MechTypeList that was decoded is written as it was
 * received, since a mechListMIC covers those octets: if long lengths were
 * tolerated in it, they stay.
 *
 * Returns: SPNEGO_OK; SPNEGO_E_SPACE or _E_MEMORY, with nothing appended and
 *          `out->len` counting what was needed (_E_SPACE only);
 *          SPNEGO_E_MALFORMED if `token` breaks its schema (no mechTypes, an
 *          empty object identifier, an unknown negState). */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
spnego_token_encode(struct spnego_buf *out, const struct spnego_negotiation_token *token);

/* spnego_mech_type_list_encode appends the DER of `list` alone: the octets
 * that a mechListMIC covers.
 *
 * Returns: as spnego_token_encode.
 * Source:  RFC 4178 5 (a). */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
spnego_mech_type_list_encode(struct spnego_buf *out, const struct spnego_mech_type_list *list);

/* spnego_frame_decode takes the GSS-API frame off an initial context token of
 * any mechanism.  The frame must fill `in`.
 *
 * Borrows: `*mech` (contents octets of the object identifier, no tag) and
 *          `*inner` point into `in`.
 * Returns: SPNEGO_OK, SPNEGO_E_TRUNCATED, _E_MALFORMED, _E_LIMIT.
 * Source:  RFC 2743 3.1. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
spnego_frame_decode(struct spnego_slice *mech, struct spnego_slice *inner,
                    struct spnego_slice in, const struct spnego_decode_opts *opts);

/* negoex_message_decode reads one message from the front of `in`.  A token is
 * a run of messages with nothing between them: call again behind the last.
 *
 * Units:   `*used` and `in.len` are octets.
 * Borrows: every slice and vector in `*out` points into `in`.
 * Returns: SPNEGO_OK, SPNEGO_E_TRUNCATED, _E_MALFORMED, _E_UNSUPPORTED
 *          (protocol version, checksum scheme), _E_LIMIT.  `*out` is all
 *          zero and `*used` 0 unless SPNEGO_OK.
 * Source:  [MS-NEGOEX] 2.2.6. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
negoex_message_decode(struct negoex_message *out, size_t *used, struct spnego_slice in,
                      const struct spnego_decode_opts *opts);

/* negoex_message_encode appends `message` to `out`, as Windows lays it out:
 * aligned, and with offset 0 for a vector of extensions that is empty.  The
 * signature and all lengths and offsets are computed; those in `message` are
 * not looked at.  An alert that has an ALERT_PULSE is written as that pulse and
 * nothing more.
 *
 * Returns: SPNEGO_OK, SPNEGO_E_SPACE, _E_MEMORY, or _E_MALFORMED (unknown
 *          message type, a count that its field cannot hold). */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status
negoex_message_encode(struct spnego_buf *out, const struct negoex_message *message);

#ifdef __cplusplus
}
#endif
#endif
