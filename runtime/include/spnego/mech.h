/* spnego/mech.h: what a mechanism must offer to be negotiated.
 *
 * A mechanism is a table of functions, constant and shared; one attempt of it
 * is the `mech` that `create` makes.  examples/toy_mech.c is the smallest one.
 * Read on at spnego/negotiate.h. */
#ifndef SPNEGO_MECH_H
#define SPNEGO_MECH_H

#include "spnego/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum spnego_role { SPNEGO_INITIATOR, SPNEGO_ACCEPTOR };

/* What a mechanism says of itself, asked after each of its steps. */
#define SPNEGO_MECH_INTEGRITY 0x01u /* finished: it can make and check MICs */
#define SPNEGO_MECH_WANTS_MIC                                                                  \
    0x02u /* its peer expects a mechListMIC: NTLM whose AUTHENTICATE                           \
             has a MIC.  [MS-SPNG] 3.1.5.1 <8> */

/* A spnego_mech_ops is one mechanism.  Write NULL for what it cannot do; it
 * must have `create`, `step` and `destroy`.  A mechanism that has failed is not handed out:
 * what the caller may want of it beyond `why` must be kept in `cred`.
 *
 * Borrows: `in`, `message`, `mic` and `state` are valid during the call only; `out`
 *          is empty when a function is called.
 * Returns: each function that returns a status returns SPNEGO_OK,
 *          SPNEGO_E_MEMORY, or SPNEGO_E_MECH when it failed otherwise. */
struct spnego_mech_ops {
    size_t size;             /* sizeof(struct spnego_mech_ops), for later growth */
    struct spnego_slice oid; /* contents octets, no tag */

    /* create begins one attempt with `cred`, which is the offer's; `*mech` must not
     * be NULL then.  It must ask for per-message integrity.  Failing here means that the
     * mechanism is not available now: the next one has its turn.  RFC 4178 3. */
    enum spnego_status (*create)(void **mech, void *cred, enum spnego_role role);

    /* step takes the peer's token and appends ours to `out`.  `in` is empty when
     * an initiator begins, and never later; after a rejection it is the peer's error
     * token, and whatever is returned, the negotiation has failed.
     * SPNEGO_OK means that the mechanism is finished; SPNEGO_CONTINUE that it
     * waits for another token, and then it must have written one.  After a
     * failure what stands in `out` is an error token for the peer. */
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

    /* export_state appends all of `mech` to `out`; import_state makes one of such
     * octets, as create does.  Without them a negotiation that has begun this
     * mechanism cannot be exported. */
    enum spnego_status (*export_state)(void *mech, struct spnego_buf *out);
    enum spnego_status (*import_state)(void **mech, void *cred, enum spnego_role role,
                                       struct spnego_slice state);

    /* destroy wipes and releases `mech`. */
    void (*destroy)(void *mech);
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
