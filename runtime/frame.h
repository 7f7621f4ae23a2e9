/* frame.h: the GSS-API frame around an initial context token.  RFC 2743 3.1.
 *
 *     60 <len> 06 <len> <object identifier> <token of that mechanism>
 */
#ifndef SPNEGO_FRAME_H
#define SPNEGO_FRAME_H

#include "reader.h"
#include "writer.h"

#define SPNEGO_FRAME_TAG 0x60

/* spnego_frame_read opens the frame at the front of `r`.  `inner` reads what
 * is in it; `mech` is the mechanism's object identifier. */
bool spnego_frame_read(struct spnego_reader *r, struct spnego_reader *inner,
                       struct spnego_slice *mech);

/* spnego_frame_end fails if octets follow the token; zeros are tolerated. */
void spnego_frame_end(struct spnego_reader *r);

/* spnego_frame_put writes SPNEGO's frame in front of what was written. */
void spnego_frame_put(struct spnego_writer *w);

/* spnego_oid_is_spnego compares contents octets. */
bool spnego_oid_is_spnego(struct spnego_slice oid);

#endif
