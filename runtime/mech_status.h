/* mech_status.h: what the answers of a mechanism's functions mean. */
#ifndef SPNEGO_MECH_STATUS_H
#define SPNEGO_MECH_STATUS_H

#include "spnego/mech.h"

/* What a mechanism returns where only success, E_MEMORY and E_MECH are expected. */
static inline enum spnego_status
spnego_mech_status(enum spnego_status status)
{
    return status == SPNEGO_OK || status == SPNEGO_E_MEMORY ? status : SPNEGO_E_MECH;
}

/* Begins an attempt of a mechanism; without one `*mech` is NULL. */
static inline enum spnego_status
spnego_mech_attempt(const struct spnego_mech_ops *ops, void **mech, void *cred,
                    enum spnego_role role)
{
    enum spnego_status status;

    *mech = NULL;
    status = spnego_mech_status(ops->create(mech, cred, role));
    if (status != SPNEGO_OK)
        *mech = NULL;
    return status == SPNEGO_OK && *mech == NULL ? SPNEGO_E_MECH : status;
}

/* How a step has failed: what a mechanism may say of that is passed on. */
static inline enum spnego_status
spnego_step_failure(enum spnego_status status)
{
    switch (status) {
    case SPNEGO_E_MALFORMED:
    case SPNEGO_E_UNSUPPORTED:
    case SPNEGO_E_LIMIT:
    case SPNEGO_E_MEMORY:
    case SPNEGO_E_NO_MECH:
    case SPNEGO_E_INTEGRITY:
        return status;
    default:
        return SPNEGO_E_MECH;
    }
}

#endif
