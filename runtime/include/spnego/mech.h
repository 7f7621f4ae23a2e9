/* spnego/mech.h: what a mechanism must offer to be negotiated.
 *
 * A mechanism is a table of functions, constant and shared; one attempt of it
 * is the `mech` that `create` makes.  examples/toy_mech.c is the smallest one.
 * Read on at spnego/negotiate.h. */
#ifndef SPNEGO_MECH_H
#define SPNEGO_MECH_H

#include "spnego/base.h"
#include "spnego/crypto.h"

#ifdef __cplusplus
extern "C" {
#endif

enum spnego_role { SPNEGO_INITIATOR, SPNEGO_ACCEPTOR };

/* What a mechanism says of itself, asked after each of its steps.
 *
 * INTEGRITY: once it is finished it can make and check MICs.
 * WANTS_MIC: its peer expects a mechListMIC: NTLM whose AUTHENTICATE has a MIC.  [MS-SPNG]
 *            3.1.5.1 <8>
 * MAY_END:   it waits, and the peer may end without another token; if it does, the next
 *            step is given an empty one.
 * MAY_OMIT:  what this step of an initiator has said need not be heard by an acceptor that
 *            says accept-completed. */
#define SPNEGO_MECH_INTEGRITY 0x01u
#define SPNEGO_MECH_WANTS_MIC 0x02u
#define SPNEGO_MECH_MAY_END 0x04u
#define SPNEGO_MECH_MAY_OMIT 0x08u
#define SPNEGO_MECH_FLAGS 0x0fu /* all of these */

/* A spnego_mech_ops is one mechanism.  Write NULL for what it cannot do; it
 * must have `create`, `step` and `destroy`.  A mechanism that has failed is not handed out:
 * what the caller may want of it beyond `why` must be kept in `cred`.
 *
 * Borrows: `in`, `message`, `mic` and `state` are valid during the call only; `out`
 *          is empty when a function is called.
 * Returns: each function that returns a status returns SPNEGO_OK,
 *          SPNEGO_E_MEMORY, or SPNEGO_E_MECH when it failed otherwise.  What is
 *          said of a failed step may be more exact, and is passed on:
 *          SPNEGO_E_MALFORMED, _E_UNSUPPORTED, _E_LIMIT, _E_NO_MECH, _E_INTEGRITY. */
struct spnego_mech_ops {
    size_t size;             /* sizeof(struct spnego_mech_ops), for later growth */
    struct spnego_slice oid; /* contents octets, no tag */

    /* create begins one attempt with `cred`, which is the offer's; `*mech` must not
     * be NULL then.  It must ask for per-message integrity.  Failing here means that the
     * mechanism is not available now: the next one has its turn.  RFC 4178 3. */
    enum spnego_status (*create)(void **mech, void *cred, enum spnego_role role);

    /* step takes the peer's token and appends ours to `out`.  `in` is empty when
     * an initiator begins, and later only under SPNEGO_MECH_MAY_END; after a rejection it
     * is the peer's error token, and whatever is returned, the negotiation has failed.
     * SPNEGO_OK means that the mechanism is finished; SPNEGO_CONTINUE that it waits for
     * another token, and then it must have written one.  After a failure what stands in
     * `out` is an error token for the peer. */
    enum spnego_status (*step)(void *mech, struct spnego_buf *out, struct spnego_slice in);

    /* flags returns SPNEGO_MECH_*; NULL means none. */
    unsigned (*flags)(void *mech);

    /* why writes, after a step that failed, what went wrong: one line of plain words,
     * cut to `cap` octets with the terminator.  spnego_ctx_reason has it behind the
     * mechanism's name.  It may repeat the peer's words: what cannot be printed is
     * masked. */
    void (*why)(void *mech, char *out, size_t cap);

    /* make_mic appends a MIC of `message` to `out`, check_mic compares one; both
     * with the default quality of protection.  Only a mechanism with
     * SPNEGO_MECH_INTEGRITY is asked. */
    enum spnego_status (*make_mic)(void *mech, struct spnego_buf *out,
                                   struct spnego_slice message);
    enum spnego_status (*check_mic)(void *mech, struct spnego_slice message,
                                    struct spnego_slice mic);

    /* after_mic is called once after each make_mic (`made`) and each check_mic
     * that succeeded, so that NTLM can put back the state of its ciphers.
     * [MS-SPNG] 3.2.5.1, 3.3.5.1. */
    void (*after_mic)(void *mech, bool made);

    /* export_state appends all of `mech` to `out`, or says SPNEGO_E_UNSUPPORTED;
     * import_state makes one of such octets, as create does.  Without them a negotiation
     * that has begun this mechanism cannot be exported. */
    enum spnego_status (*export_state)(void *mech, struct spnego_buf *out);
    enum spnego_status (*import_state)(void **mech, void *cred, enum spnego_role role,
                                       struct spnego_slice state);

    /* destroy wipes and releases `mech`. */
    void (*destroy)(void *mech);

    /* greet appends what an acceptor that speaks first puts into its NegTokenInit2 as
     * mechToken; nothing means that it has nothing to say.  It is asked of the offer
     * that is wanted most, and if the initiator then begins with that mechanism, the same
     * attempt goes on.  take_greeting gives it to an initiator before its first step;
     * what it cannot use it forgets.  Nothing authenticates a greeting. */
    enum spnego_status (*greet)(void *mech, struct spnego_buf *out);
    enum spnego_status (*take_greeting)(void *mech, struct spnego_slice in);

    /* What follows is for NegoEx: spnego/negoex_mech.h.  Without an auth_scheme, which
     * is 16 octets as on the wire, a mechanism has no part in it.  [MS-NEGOEX] 2.2.2. */
    const uint8_t *auth_scheme;

    /* make_metadata appends what the peer's mechanism should know before the first
     * token; nothing means that none is sent.  take_metadata is given the peer's.
     * Both come before the first step of an acceptor, the first before that of an
     * initiator, each at most once; an attempt that replaces one whose optimistic token
     * was not used is given the peer's, and not asked for ours again.  A failure takes
     * the mechanism out of the negotiation.  [MS-NEGOEX] 3.1.5.8. */
    enum spnego_status (*make_metadata)(void *mech, struct spnego_buf *out);
    enum spnego_status (*take_metadata)(void *mech, struct spnego_slice in);

    /* key gives the key with which we make a VERIFY (`ours`), or check the peer's;
     * SPNEGO_CONTINUE: there is none yet.  It is asked after each step.  A key of no
     * octets is a failure.
     * Borrows: the key's octets are the mechanism's, until its next step. */
    enum spnego_status (*key)(void *mech, bool ours, struct spnego_key *key);
};

/* spnego_buf_append puts `len` octets behind those in `out`: for mechanisms.
 *
 * Returns: SPNEGO_OK, SPNEGO_E_SPACE, SPNEGO_E_MEMORY. */
SPNEGO_API SPNEGO_MUST_USE enum spnego_status spnego_buf_append(struct spnego_buf *out,
                                                                const void *octets, size_t len);

#ifdef __cplusplus
}
#endif
#endif
