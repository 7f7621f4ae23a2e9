/* recorded.h: a NegoEx conversation that somebody else had, one token a line. */
#ifndef RECORDED_H
#define RECORDED_H

#include <spnego/spnego.h>

#define RECORDED_TOKENS 8
#define RECORDED_LEN 1024

struct recorded_token {
    enum spnego_role sender;
    size_t len; /* 0: an empty one */
    uint8_t octets[RECORDED_LEN];
    struct spnego_slice negoex; /* in `octets` */
};

struct recorded {
    struct recorded_token tokens[RECORDED_TOKENS];
    size_t count;
    uint8_t transcript[RECORDED_TOKENS * RECORDED_LEN]; /* all NegoEx octets */
    size_t transcript_len;
};

/* recorded_read reads ../shared/spec/vectors/mit/NAME.conv.  Returns false, and says
 * "skipped: ...", if it is not there. */
bool recorded_read(struct recorded *out, const char *name);

/* recorded_next goes through the NegoEx messages of the transcript, by `*pos` from 0. */
bool recorded_next(const struct recorded *recorded, struct negoex_message *out, size_t *pos);

#endif
