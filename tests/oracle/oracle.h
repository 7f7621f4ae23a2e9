/* oracle.h: what the parts of the oracle say to each other.
 *
 * The oracle gives every input to two codecs made from asn1/spnego.asn1: ours
 * and the one that asn1c generates.  Start reading at oracle.c. */
#ifndef ORACLE_H
#define ORACLE_H

#include "spnego/spnego.h"

#include <stdio.h>

/* More than the largest token that build.c makes. */
#define INPUT_MAX ((size_t)1 << 19)

struct input {
    size_t len;
    uint8_t octets[INPUT_MAX];
};

/* random.c: the same numbers in every run. */
struct random_source {
    uint64_t state;
};
void random_start(struct random_source *r, uint64_t seed);
uint64_t random_next(struct random_source *r);
size_t random_below(struct random_source *r, size_t limit);

/* build.c: tokens from scratch.  A shape says which fields there are and how
 * long; which of the bits count depends on the kind. */
enum shape_field {
    HAS_MECH_TYPES = 1, /* supportedMechs in a NegTokenResp */
    HAS_FLAGS = 2,
    HAS_TOKEN = 4,
    HAS_MIC = 8,
    HAS_HINTS = 16,
    HAS_HINT_NAME = 32,
    HAS_HINT_ADDRESS = 64,
    HAS_STATE = 128,
    HAS_MECH = 256,
    HAS_ALL = 511
};
enum shape_string { TOKEN, MIC, HINT_NAME, HINT_ADDRESS, STRING_COUNT };
struct shape {
    enum spnego_negotiation_token_kind kind;
    unsigned fields; /* enum shape_field */
    size_t len[STRING_COUNT];
    unsigned flag_bits; /* up to and with the last 1 */
    size_t mech_count;
    size_t oid_len; /* 0: any short one */
};
#define BUILT_MECHS 66 /* two more than a decoder takes unasked */
struct built {
    struct spnego_negotiation_token token;
    struct spnego_slice mechs[BUILT_MECHS];
    size_t oids_used;
    uint8_t oids[(BUILT_MECHS + 1) * 300];
};
size_t shape_systematic_count(void);
void shape_systematic(struct shape *shape, size_t i);
void shape_any(struct shape *shape, struct random_source *r);
void shape_small(struct shape *shape, struct random_source *r);
void build(struct built *out, const struct shape *shape, struct random_source *r);

/* mutate.c, mutate_tlv.c: one change to `in`; edits that do not fit are left
 * out. */
void mutate(struct input *in, struct random_source *r);
void mutate_tlv(struct input *in, struct random_source *r);
void splice(struct input *in, size_t off, size_t cut, const uint8_t *put, size_t put_len);

/* frame.c: the GSS-API frame, read and written a second time. */
bool frame_open(struct spnego_slice *inner, bool *framed, struct spnego_slice in);
bool frame_close(struct input *out);

/* well_formed.c: elements of DER, one in another. */
bool well_formed(struct spnego_slice in);

/* judge.c: what the two codecs say.  A way is how they may differ: the words
 * of differences.txt. */
enum way {
    WAY_REWRITES, /* we refuse it; asn1c reads it and writes other octets */
    WAY_RULE,     /* we refuse it; asn1c reads it and writes the very same */
    WAY_DER,      /* we refuse it for a length that a second look finds right */
    WAY_MORE,     /* we read it and asn1c does not */
    WAY_FLAGS,    /* both read it, with other flags */
    WAY_COUNT
};
enum outcome { BOTH_ACCEPT, BOTH_REFUSE, DIFFERENCE, FAILURE };
struct verdict {
    enum outcome outcome;
    enum way way;     /* of a DIFFERENCE */
    unsigned code;    /* our finding */
    const char *what; /* of a FAILURE */
    char ours[120];
    char theirs[120];
};
void judge(struct verdict *out, struct spnego_slice in, volatile int *in_asn1c);

/* Encodes `token` with both codecs into `encoded`, and reads it again.  Fills
 * `out` and returns false if anything differs. */
bool judge_built(struct verdict *out, struct input *encoded,
                 const struct spnego_negotiation_token *token, volatile int *in_asn1c);

/* differences.c: the list of differences that have a reason. */
#define DIFFERENCES_MAX 64
struct difference {
    unsigned code;
    enum way way;
    char reason[200];
};
struct differences {
    size_t count;
    struct difference list[DIFFERENCES_MAX];
};
bool differences_read(struct differences *out, const char *path);
size_t differences_find(const struct differences *all, enum way way, unsigned code);
const char *way_name(enum way way);

#endif
