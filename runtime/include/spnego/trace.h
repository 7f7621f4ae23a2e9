/* spnego/trace.h: what a negotiation tells while it runs, one event for each
 * token and each decision.  To log, never to branch on. */
#ifndef SPNEGO_TRACE_H
#define SPNEGO_TRACE_H

#include "spnego/negotiate.h"

#ifdef __cplusplus
extern "C" {
#endif

enum spnego_event_kind {
    SPNEGO_EVENT_RECEIVED, /* a token came: `octets`; `token` unless it cannot be read */
    SPNEGO_EVENT_SENT,     /* a token is handed out: `octets`, `token` */
    SPNEGO_EVENT_FRAGMENT, /* a piece of a token came or goes: `octets`, of `want` in all */
    SPNEGO_EVENT_HINT,     /* `octets` were taken as a hint; `followed`; `mech` is first now */
    SPNEGO_EVENT_DROPPED,  /* `mech` could not start and is not offered */
    SPNEGO_EVENT_SELECTED, /* `mech` was chosen; `first_choice` */
    SPNEGO_EVENT_FINISHED, /* `mech` is finished; `octets` is its last token, if it is ours */
    SPNEGO_EVENT_MIC_MADE, /* `octets` is our mechListMIC */
    SPNEGO_EVENT_MIC_FITS, /* `octets` is the peer's, verified */
    SPNEGO_EVENT_FINDING,  /* `finding`: remarked, or tolerated; about `mech`, if that is set */
    SPNEGO_EVENT_COMPLETE, /* it is decided, with `mech`; pieces may have to go still */
    SPNEGO_EVENT_FAILED    /* it failed with `status`; `finding` says why, if anything does */
};

/* A spnego_event is one thing that happened.  A callback may look at the negotiation
 * (spnego_ctx_outcome, _reason, _tolerated, _mech) and nothing else: a step in it
 * returns SPNEGO_E_STATE, and it must not free the negotiation.
 *
 * Borrows: everything is valid only until the callback returns. */
struct spnego_event {
    enum spnego_event_kind kind;
    enum spnego_role role; /* whose negotiation it is */
    unsigned leg;          /* tokens of the peer that were taken before, and this one */
    enum spnego_status status;
    struct spnego_slice octets;
    size_t want;
    bool followed;
    bool first_choice;
    struct spnego_slice mech;
    struct spnego_mech_type_list mech_types; /* with SPNEGO_EVENT_FAILED: what was offered */
    const struct spnego_negotiation_token *token;
    const struct spnego_finding *finding;
    const char *why; /* with SPNEGO_EVENT_FAILED: the mechanism's words, or NULL */
};

/* spnego_event_format writes `event` as one line: "sent NegTokenResp, 9 octets:
 * accept-completed".
 *
 * Units:   `cap` and the result are octets, the terminator not counted.
 * Returns: the length that the whole text needs, like snprintf. */
SPNEGO_API size_t spnego_event_format(char *out, size_t cap, const struct spnego_event *event);

#ifdef __cplusplus
}
#endif
#endif
