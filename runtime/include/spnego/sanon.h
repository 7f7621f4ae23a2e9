/* spnego/sanon.h: libspnego-sanon, the mechanism SAnon-X25519.
 *
 * Both sides stay anonymous; what it gives is a key that nobody who only listens has.
 * Whoever sits in between can make one with each side: only channel bindings find him.
 * It needs no infrastructure: so it is what the examples run on.  It needs OpenSSL 3.
 * Source: draft-howard-gss-sanon-13. */
#ifndef SPNEGO_SANON_H
#define SPNEGO_SANON_H

#include "spnego/mech.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Flags that an initiator may send along, by their numbers in GSS-API; others are not
 * sent. */
#define SPNEGO_SANON_DCE_STYLE 0x1000u
#define SPNEGO_SANON_IDENTIFY 0x2000u
#define SPNEGO_SANON_EXTENDED_ERROR 0x4000u

/* A spnego_sanon_cred is the `cred` of an offer; NULL in its place means all
 * defaults.  It is constant, and one serves all negotiations.
 *
 * Borrows: all that it points to must outlive them. */
struct spnego_sanon_cred {
    size_t size;                  /* sizeof(struct spnego_sanon_cred), for later growth */
    uint64_t flags;               /* initiator: SPNEGO_SANON_* */
    struct spnego_slice bindings; /* channel bindings: application data; or empty */
    const uint8_t *secret;        /* 32 octets to use in place of random ones: for tests */
};

/* spnego_sanon is the mechanism, 1.3.6.1.4.1.5322.26.1.110; it has an auth_scheme.
 *
 * Its MICs are those of RFC 4121, each good once and in its turn: check_mic refuses
 * one that is repeated, late or early, and the next is still the one that it wanted.
 * Its exported state is as secret as its key.
 * Source: draft-howard-gss-sanon-13 3, 5.1 and appendix C; RFC 4121 4.2.6.1. */
SPNEGO_API extern const struct spnego_mech_ops spnego_sanon;

/* spnego_sanon_flags returns which of SPNEGO_SANON_* the initiator sent; that an
 * acceptor knows with its first step.  spnego_sanon_key gives the base key of a finished
 * mechanism (enctype 19), from which RFC 4121 derives what protects messages.
 *
 * Borrows: the key's octets are the mechanism's.
 * Returns: SPNEGO_OK, or SPNEGO_E_STATE (not finished). */
SPNEGO_API uint64_t spnego_sanon_flags(const void *mech);
SPNEGO_API SPNEGO_MUST_USE enum spnego_status spnego_sanon_key(const void *mech,
                                                               struct spnego_key *key);

#ifdef __cplusplus
}
#endif
#endif
