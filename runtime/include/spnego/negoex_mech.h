/* spnego/negoex_mech.h: NegoEx, the negotiation inside the negotiation.
 *
 * To SPNEGO it is one more mechanism.  Put { &negoex_mech, &config } among the
 * offers, where `config` is a negoex_config that names mechanisms with an
 * auth_scheme.  examples/negoex-loopback.c shows both sides. */
#ifndef SPNEGO_NEGOEX_MECH_H
#define SPNEGO_NEGOEX_MECH_H

#include "spnego/negoex.h"
#include "spnego/negotiate.h"

#ifdef __cplusplus
extern "C" {
#endif

struct negoex_event;

/* A negoex_config says what a NegoEx conversation may do; it is the `cred` of the
 * offer, of either role, and constant: one serves all negotiations.  Zero is the
 * default of every member that has one. */
struct negoex_config {
    size_t size;                       /* sizeof(struct negoex_config), for later growth */
    const struct spnego_offer *offers; /* most wanted first; each has an auth_scheme */
    size_t num_offers;                 /* at most NEGOEX_MAX_OFFERS */
    const struct spnego_crypto_ops *crypto;

    bool no_optimistic;     /* initiator: no AP_REQUEST in the first token */
    bool server_first;      /* acceptor: say our schemes in the NegTokenInit2 too, as Windows
                               does; initiator: go on from there.  No document says how, and
                               other initiators begin anew, which an acceptor takes as well */
    bool accept_unverified; /* complete without a VERIFY of the peer, if it sends none that
                               can be checked, or does not wait for ours; then whoever is
                               between the two may have chosen the mechanism */

    size_t max_transcript; /* octets of all messages; 0 means 262144 */
    uint32_t max_messages; /* messages in a token; 0 means 40 */
    uint32_t max_items;    /* schemes, extensions or alerts in a message; 0 means 32 */

    const struct spnego_alloc *alloc; /* NULL means malloc, realloc, free */
    void (*on_event)(void *arg, const struct negoex_event *event);
    void *arg;
};
#define NEGOEX_MAX_OFFERS 32

/* negoex_config_fault returns what is wrong with `config`, in words; or NULL.  With
 * a fault `create` fails, and the negotiation goes on without NegoEx. */
SPNEGO_API const char *negoex_config_fault(const struct negoex_config *config);

/* negoex_mech is NegoEx, 1.3.6.1.4.1.311.2.2.30.  It can be exported if all mechanisms
 * can that still take part. */
SPNEGO_API extern const struct spnego_mech_ops negoex_mech;

/* A negoex_outcome is where a conversation stands; until SPNEGO has completed,
 * nothing in it is agreed upon.
 *
 * Borrows: `inner` and `transcript` are the conversation's. */
struct negoex_outcome {
    int selected;                       /* index in the offers; -1: none yet */
    struct negoex_guid scheme;          /* its auth_scheme */
    struct negoex_guid conversation_id; /* all zero: nothing was said yet */
    void *inner;                        /* the mechanism chosen, or NULL */
    bool verify_sent;                   /* our VERIFY was made, and not asked for again */
    bool verify_fits;                   /* the peer's came and fits */
    unsigned messages_in, messages_out;
    struct spnego_slice transcript; /* all messages of both sides: what a VERIFY covers */
};

/* negoex_mech_outcome looks at `mech`, which is a negoex_mech: what spnego_ctx_mech
 * returns when NegoEx was selected and the negotiation is complete; NULL, as it returns
 * before, is one that has said nothing. */
SPNEGO_API void negoex_mech_outcome(const void *mech, struct negoex_outcome *out);

/* negoex_mech_take hands over the mechanism that NegoEx has chosen, when it is
 * finished; else NULL.  The caller ends it with its own `destroy`, and `mech`,
 * which is of no more use, with negoex_mech's. */
SPNEGO_API void *negoex_mech_take(void *mech);

enum negoex_event_kind {
    NEGOEX_EVENT_RECEIVED, /* `message` came */
    NEGOEX_EVENT_SENT,     /* `message` goes out; under accept_unverified a last VERIFY may
                              be left out, if the acceptor has completed */
    NEGOEX_EVENT_DROPPED,  /* `scheme` takes part no more: it failed, the peer lacks it, or
                              another was chosen */
    NEGOEX_EVENT_ANEW,     /* the optimistic token of `scheme` was not used: it begins anew */
    NEGOEX_EVENT_SELECTED, /* `scheme` is what both use */
    NEGOEX_EVENT_FINISHED, /* the mechanism of `scheme` is finished */
    NEGOEX_EVENT_FITS,     /* the peer's VERIFY, made with a key of `scheme`, fits */
    NEGOEX_EVENT_FINDING,  /* `finding` was remarked */
    NEGOEX_EVENT_COMPLETE,
    NEGOEX_EVENT_FAILED /* `finding` says why */
};

/* A negoex_event is one thing that happened in a conversation: to log.
 *
 * Borrows: everything is valid only until the callback returns. */
struct negoex_event {
    enum negoex_event_kind kind;
    enum spnego_role role;
    const struct negoex_message *message; /* or NULL */
    const struct negoex_guid *scheme;     /* or NULL */
    const struct spnego_finding *finding; /* or NULL */
    const char *words;                    /* of the event, if it is about a finding; or NULL */
};

/* negoex_event_format writes `event` as one line: "sent #4 VERIFY, 96 octets:
 * SAnon-X25519".
 *
 * Units:   `cap` and the result are octets, the terminator not counted.
 * Returns: the length that the whole text needs, like snprintf. */
SPNEGO_API size_t negoex_event_format(char *out, size_t cap, const struct negoex_event *event);

#ifdef __cplusplus
}
#endif
#endif
