/* spnego/names.h: object identifiers and GUIDs as text, and the names that
 * the schemas give to the known ones.  For people, never for decisions:
 * compare octets instead. */
#ifndef SPNEGO_NAMES_H
#define SPNEGO_NAMES_H

#include "spnego/base.h"
#include "spnego/negoex.h"
#include "spnego/token.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Room for any object identifier that spnego_oid_format writes whole: longer
 * ones end in "...".  Room for any GUID. */
#define SPNEGO_OID_TEXT_MAX 128
#define NEGOEX_GUID_TEXT_LEN 36

/* spnego_oid_format writes an object identifier's contents octets as
 * "1.3.6.1.5.5.2".  An arc of more than 64 bits, an identifier that ends
 * inside an arc, and text that would pass SPNEGO_OID_TEXT_MAX are cut off
 * with "...".
 *
 * Units:   `cap` and the result are octets, the terminator not counted.
 * Returns: the length that the whole text needs, like snprintf. */
SPNEGO_API size_t spnego_oid_format(char *out, size_t cap, struct spnego_slice oid);

/* spnego_oid_mech returns which known mechanism `oid` (contents octets) is. */
SPNEGO_API enum spnego_mech spnego_oid_mech(struct spnego_slice oid);

/* spnego_mech_name returns the name of a known mechanism, or NULL. */
SPNEGO_API const char *spnego_mech_name(enum spnego_mech mech);

/* spnego_mech_oid returns the contents octets of a known mechanism's object
 * identifier; they live as long as the program.  Empty for
 * SPNEGO_MECH_UNKNOWN. */
SPNEGO_API struct spnego_slice spnego_mech_oid(enum spnego_mech mech);

/* negoex_guid_format writes `guid` in registry form, 36 octets and a
 * terminator: "0D53335C-F9EA-4D0D-B2EC-4AE3786EC308".
 *
 * Source:  [MS-DTYP] 2.3.4. */
SPNEGO_API void negoex_guid_format(char out[NEGOEX_GUID_TEXT_LEN + 1],
                                   const struct negoex_guid *guid);

/* negoex_guid_scheme returns which known AUTH_SCHEME `guid` is. */
SPNEGO_API enum negoex_scheme negoex_guid_scheme(const struct negoex_guid *guid);

/* negoex_scheme_name returns the name of a known AUTH_SCHEME, or NULL. */
SPNEGO_API const char *negoex_scheme_name(enum negoex_scheme scheme);

#ifdef __cplusplus
}
#endif
#endif
