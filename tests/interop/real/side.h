/* side.h: what both peers of this folder share: their options, and how they show that a
 * context that was negotiated is good for something.
 *
 *     our_gss_peer initiator nk service=test@localhost mutual
 *
 * The letters are the mechanisms, most wanted first: k Kerberos, m the same by the number
 * that Windows has for it, n NTLM, a and b those of examples/toy_mech.h.  The other words
 * are service=NAME, bind=TEXT for channel bindings, mutual, deleg, dce, and named: an
 * acceptor asks for the credential of its service by name.
 *
 * They speak lines as in ../mit/lines.h, and behind each token a line more: "waits",
 * "complete" or "failed".  Who is complete gives a MIC and a sealed message and waits for
 * those of the other side.  The end is "= " and the status; of a side that is complete the
 * mechanism, who called whom, what was promised, whose credential was delegated and
 * whether the other side's messages were good; of another " | " and the reason. */
#ifndef SIDE_H
#define SIDE_H

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>

#include "../mit/lines.h"

#define MAX_MECHS 4

struct side {
    bool initiator;
    const char *mechs;
    gss_name_t service; /* who is called */
    bool named;
    OM_uint32 flags;
    gss_channel_bindings_t bindings; /* NULL, or &bound */
    struct gss_channel_bindings_struct bound;
};

/* What a finished negotiation has found; what is not known is NULL. */
struct found {
    gss_ctx_id_t context;
    gss_name_t initiator, acceptor;
    gss_cred_id_t delegated;
    OM_uint32 flags;
    bool proved; /* the other side's MIC fits, and its message could be opened */
};

char mech_letter(const void *octets, size_t len);
/* A toy cannot seal, so nothing is asked of it. */
bool is_toy(char letter);

void side_begin(struct side *side, int argc, char **argv);
/* What "NAME=VALUE" says, or NULL if it is another option. */
const char *value_of(const char *option, const char *name);
/* False if it is none that both sides have. */
bool side_option(struct side *side, const char *option);
/* Its mechanisms, which it puts into `room`; that has MAX_MECHS. */
gss_OID_set_desc side_mechs(const struct side *side, gss_OID_desc *room);
/* The credential that the mechanisms in `set` have, or an error. */
OM_uint32 side_acquire(const struct side *side, OM_uint32 *minor, gss_OID_set set,
                       gss_cred_id_t *cred);
void side_end(struct side *side);

void write_answer(bool waits, bool complete, const void *token, size_t len);

/* Signs and seals with the context, and takes what the other side has. */
void prove(const struct side *side, struct found *found);
void write_found(const struct found *found);

#endif
