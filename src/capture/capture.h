/* capture.h: the security blobs of a capture, as tshark finds their carriers. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include "carrier.h"

struct capture_want {
    /* Where a protocol is on a port of its own, as tshark's -d has it:
     * "tcp.port==8445,nbss". */
    const char *const *decode_as;
    size_t decode_as_count;
    bool progress; /* count packets on standard error */
};

/* One message of a carrier, and where it was. */
struct capture_blob {
    unsigned long frame;
    unsigned long stream; /* tcp.stream */
    const char *source;   /* "10.0.0.1:49152" */
    const char *target;
    const struct carrier_message *message;
};

/* What `blob` points to lives until it returns.  False stops the reading: no memory. */
typedef bool capture_blob_fn(void *arg, const struct capture_blob *blob);

/* capture_read runs tshark on `file` ("-" is standard input) and hands over each message
 * that is part of an authentication, in the order of the frames.  Returns false with a
 * sentence in `error`, without the name of the file, if something went wrong; what was
 * read up to there has been handed over. */
bool capture_read(const char *file, const struct capture_want *want, capture_blob_fn *on_blob,
                  void *arg, char *error, size_t cap);

#endif
