/* negoex.c: negoex_message_decode and negoex_message_encode.  The messages
 * themselves are in build/gen/negoex_codec.c. */
#include "negoex_codec.h"
#include "spnego/codec.h"

#include <string.h>

enum spnego_status
negoex_message_decode(struct negoex_message *out, size_t *used, struct spnego_slice in,
                      const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader whole;

    memset(out, 0, sizeof(*out));
    *used = 0;
    spnego_reader_start(&whole, &decoding, in, opts);
    if (spnego_reader_ok(&whole))
        negoex_read_message(&whole, out);
    if (decoding.status == SPNEGO_OK)
        *used = whole.off;
    else
        memset(out, 0, sizeof(*out));
    return decoding.status;
}

static void
write_message(struct spnego_writer *w, const void *value)
{
    negoex_write_message(w, value);
}

enum spnego_status
negoex_message_encode(struct spnego_buf *out, const struct negoex_message *message)
{
    return spnego_writer_run(out, write_message, message, false);
}
