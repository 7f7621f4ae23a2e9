/* finding.h: findings in words, with what only a negotiation knows. */
#ifndef SPNEGO_FINDING_H
#define SPNEGO_FINDING_H

#include "spnego/findings.h"
#include "text.h"

/* spnego_finding_put writes what `finding` says. */
void spnego_finding_put(struct spnego_text *text, const struct spnego_finding *finding,
                        const struct spnego_subject *subject);

/* The codes that a negotiation of ours tells; those behind are of spnego-check alone, which
 * sees both sides. */
#define SPNEGO_FIRST_NEGOTIATED 5001
#define SPNEGO_LAST_NEGOTIATED 5199

/* spnego_finding_tolerance returns the SPNEGO_TOLERATE_* bit that makes a warning
 * of `code`, or 0. */
unsigned spnego_finding_tolerance(unsigned code);

/* spnego_text_mech writes "1.3.6.1.4.1.311.2.2.10 (NTLMSSP)", spnego_text_mechs a
 * list of them. */
void spnego_text_mech(struct spnego_text *text, struct spnego_slice oid);
void spnego_text_mechs(struct spnego_text *text, const struct spnego_mech_type_list *list);

/* spnego_text_message writes "VERIFY", spnego_text_scheme "SAnon-X25519" or, without a
 * name, "C0A28569-66AC-0000-0000-000000000000". */
void spnego_text_message(struct spnego_text *text, const struct negoex_message *message);
void spnego_text_scheme(struct spnego_text *text, const struct negoex_guid *scheme);

#endif
