/* mech_names.h: names of the values that no schema has: those of NTLM and of MICs. */
#ifndef MECH_NAMES_H
#define MECH_NAMES_H

#include <spnego/spnego.h>

/* What spnego_desc.names is for them.  Smaller numbers are the generator's. */
enum mech_names {
    NAMES_MIC_FLAGS = 200,
    NAMES_SGN_ALG,
    NAMES_NTLM_TYPE,
    NAMES_NTLM_FLAGS,
    NAMES_AV_FLAGS
};

/* value_name returns the name of `value` of an enumeration, or of bit number `value` of a
 * set of flags, whatever schema or table it comes from; else NULL. */
const char *value_name(const struct spnego_desc *desc, uint64_t value);

#endif
