/* analysis.h: everything that is known of one input: what it is, what the
 * decoders read, what was found.  The reports print it and look no further. */
#ifndef ANALYSIS_H
#define ANALYSIS_H

#include "side.h"
#include "tree.h"

/* A finding, kept after the decoder's callback has returned. */
struct remark {
    uint16_t code;
    enum spnego_severity severity;
    size_t off; /* octets, from the start of the input */
    size_t len;
    uint64_t got;
    size_t nth;                /* of those made: orders remarks about the same place */
    bool behind;               /* about what stands behind the node's first child */
    const struct remark *next; /* of the same node */
    char path[160];
    char message[200];
};

/* What the interop profile tolerates: a judge of what others say is weakened by none of it. */
#define TOLERATE_INTEROP_PROFILE                                                               \
    (SPNEGO_TOLERATE_INTEROP | SPNEGO_TOLERATE_NO_REQUEST | SPNEGO_TOLERATE_NO_MIC |           \
     SPNEGO_TOLERATE_NAKED_MECH)

/* How to judge. */
struct analysis_setup {
    unsigned tolerate; /* SPNEGO_TOLERATE_* */
    enum side side;    /* who sent the token, if that is known */
    bool verdict_only; /* codes and severities, without a tree and without words */
};

struct analysis {
    struct spnego_slice octets;
    struct analysis_setup setup;
    enum side side; /* who sent it, as far as setup or the token itself say */
    struct token_class class;
    const char *kind;                      /* "NegTokenInit2"; see the README's list */
    bool decoded;                          /* `token` is good */
    struct spnego_negotiation_token token; /* borrows from `octets` */
    struct tree tree;
    struct remark *remarks; /* in the order of their offsets, once settled */
    size_t remark_count;
    size_t remark_cap;
    char prefix[64]; /* of paths, while NegoEx messages are decoded */
    bool no_memory;
};

/* analysis_run judges `octets`, which must outlive `analysis`.  Returns false
 * if there was no memory. */
bool analysis_run(struct analysis *analysis, struct spnego_slice octets,
                  const struct analysis_setup *setup);
void analysis_free(struct analysis *analysis);

/* analysis_settle orders the remarks and hangs them into the tree.  Due again
 * after remarks were added to an analysis that has run. */
void analysis_settle(struct analysis *analysis);

/* analysis_verdict returns "valid", "warning" or "invalid". */
const char *analysis_verdict(const struct analysis *analysis);
size_t analysis_count(const struct analysis *analysis, enum spnego_severity severity);

/* analysis_remark adds a finding about `about`, a part of the input. */
void analysis_remark(struct analysis *analysis, enum spnego_finding_code code,
                     struct spnego_slice about, const char *path);

/* analysis_remark_numbers is the same with the numbers of the code's text. */
void analysis_remark_numbers(struct analysis *analysis, enum spnego_finding_code code,
                             struct spnego_slice about, const char *path, uint64_t got,
                             uint64_t want);

/* analysis_remark_subject fills in {mech}, {scheme} and {message} too.  Only the
 * code, `off`, `len`, `got` and `want` of `finding` are looked at; `off` counts
 * from the start of the input. */
void analysis_remark_subject(struct analysis *analysis, const struct spnego_finding *finding,
                             const char *path, const struct spnego_subject *subject);

/* analysis_part returns the place of `part` in the input as a finding without numbers. */
struct spnego_finding analysis_part(const struct analysis *analysis,
                                    enum spnego_finding_code code, struct spnego_slice part);

/* analysis_opts makes options for a decoder of octets at `tree.at.base`. */
struct spnego_decode_opts analysis_opts(struct analysis *analysis);

/* analysis_element returns the octets of the first element with this name; no
 * octets without a tree. */
struct spnego_slice analysis_element(struct analysis *analysis, const char *name);

/* analyse_negoex decodes and judges the NegoEx messages in `token`, which is
 * shown below `parent` and called `path`. */
void analyse_negoex(struct analysis *analysis, struct spnego_slice token, struct node *parent,
                    const char *path);

/* The rules: what a decoder cannot know of a single field. */
void rules_of_init(struct analysis *analysis, const struct spnego_neg_token_init *token);
void rules_of_init2(struct analysis *analysis, const struct spnego_neg_token_init2 *token);
void rules_of_resp(struct analysis *analysis, const struct spnego_neg_token_resp *token);

#endif
