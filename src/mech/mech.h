/* mech.h: the tokens of mechanisms, as far as they can be read without keys:
 * Kerberos with user-to-user and IAKERB, PKU2U, NTLM, SAnon.  Rules M01 to M13.
 *
 * What cannot be read inside such a token is a warning (SPN6021), never an error of
 * the SPNEGO token around it: that is the mechanism's affair. */
#ifndef MECH_H
#define MECH_H

#include "analysis.h"

/* analyse_mech shows and judges `token`, a part of the input, below `parent`; findings
 * call it `path`.  `mech` has the contents octets of the object identifier of the
 * mechanism that the token should be of; empty if nobody said.  `analysis->side` is who
 * sent it.  `parent` is not looked at where no tree is wanted.
 *
 * A frame around the token is shown too, unless `parent` has one already. */
void analyse_mech(struct analysis *analysis, struct spnego_slice token, struct node *parent,
                  const char *path, struct spnego_slice mech);

/* analyse_mic shows a MIC of NTLM or Kerberos, such as a mechListMIC.  Its shape is
 * judged by rule S27. */
void analyse_mic(struct analysis *analysis, struct spnego_slice mic, struct node *parent);

/* analyse_pku2u_metadata shows the Exchange of a META_DATA message of PKU2U, as far as it
 * is like the one that Windows sends. */
void analyse_pku2u_metadata(struct analysis *analysis, struct spnego_slice exchange,
                            struct node *parent, const char *path);

#endif
