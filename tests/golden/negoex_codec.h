/* negoex_codec.h: the codec of NEGOEX.  Generated from negoex-schema/negoex.schema: edit
 * that. */
#ifndef SPNEGO_NEGOEX_CODEC_H
#define SPNEGO_NEGOEX_CODEC_H

#include "fixed.h"
#include "spnego/negoex.h"

void negoex_read_message(struct spnego_reader *r, struct negoex_message *out);
void negoex_write_message(struct spnego_writer *w,
                          const struct negoex_message *in);

#endif
