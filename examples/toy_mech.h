/* toy_mech.h: four mechanisms that protect nothing, to try a negotiation with.
 *
 * A toy mechanism of N hops needs N tokens, the initiator's first.  A token is
 * one octet, the number of hops that are left; the initiator's are in a GSS-API
 * frame.  Its MIC is "MIC" and the exclusive or of the message's octets.
 *
 * In NegoEx its AUTH_SCHEME is its object identifier, filled up with zeros; its key, of
 * the type aes256-cts-hmac-sha1-96, is zero but for a first octet of 1 when the
 * initiator makes a VERIFY. */
#ifndef TOY_MECH_H
#define TOY_MECH_H

#include <spnego/mech.h>

/* The mechanisms A to D.  A is 2.25.1414534758, B is 2.25.1175737388, C is
 * 2.25.1414534759 and D is 2.25.1414534760. */
extern const struct spnego_mech_ops toy_a, toy_b, toy_c, toy_d;

/* When a toy mechanism has its keys. */
enum toy_keys { TOY_KEYS_AT_END, TOY_KEYS_AT_ONCE, TOY_KEYS_NEVER };

/* A toy_cred is how a toy mechanism behaves, by the `cred` of its offer. */
struct toy_cred {
    unsigned hops;    /* 1 to 255; an acceptor learns it from the first token */
    bool integrity;   /* it can make MICs */
    bool wants_mic;   /* it demands a mechListMIC, as NTLM does */
    bool absent;      /* it cannot be created */
    unsigned fails;   /* the step, from 1, that fails; 0: none */
    bool says_why;    /* and gives an error token when it does */
    uint8_t mic_key;  /* both sides need the same */
    unsigned *living; /* counts what is created and not destroyed, or NULL */
    unsigned *resets; /* counts calls of after_mic, or NULL */

    enum toy_keys keys;
    const char *metadata;     /* what it sends; NULL: nothing */
    bool refuses_to_make;     /* make_metadata fails */
    bool refuses_to_take;     /* take_metadata fails */
    const char *got_metadata; /* if not NULL, take_metadata fails for anything else */
};

/* What a failing step says. */
#define TOY_ERROR_TOKEN "toy error"

#endif
