/* analysis.c: runs the decoders over one input and keeps what they say. */
#include "analysis.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGE_TOKEN 65535u /* what Samba takes at most */

static struct remark *
new_remark(struct analysis *analysis)
{
    size_t cap = analysis->remark_cap != 0 ? 2 * analysis->remark_cap : 8;
    struct remark *grown;

    if (analysis->remark_count == analysis->remark_cap) {
        grown = realloc(analysis->remarks, cap * sizeof(*grown));
        if (grown == NULL) {
            analysis->no_memory = true;
            return NULL;
        }
        analysis->remarks = grown;
        analysis->remark_cap = cap;
    }
    return &analysis->remarks[analysis->remark_count++];
}

static void
keep(struct analysis *analysis, const struct spnego_finding *finding, const char *path)
{
    struct remark *remark = new_remark(analysis);

    if (remark == NULL)
        return;
    remark->code = finding->code;
    remark->severity = finding->severity;
    remark->off = finding->off;
    remark->len = finding->len;
    snprintf(remark->path, sizeof(remark->path), "%s", path);
    spnego_finding_format(remark->message, sizeof(remark->message), finding);
}

/* A decoder's finding: its offsets count from the decoder's own input. */
static void
on_finding(void *arg, const struct spnego_finding *finding)
{
    struct analysis *analysis = arg;
    struct spnego_finding placed = *finding;
    char path[160], place[96] = "";

    if (finding->path != NULL)
        spnego_path_format(place, sizeof(place), finding->path);
    snprintf(path, sizeof(path), "%s%s%s", analysis->prefix,
             analysis->prefix[0] != '\0' && place[0] != '\0' ? "." : "", place);
    placed.off += analysis->tree.base;
    keep(analysis, &placed, path);
}

static void
on_element(void *arg, const struct spnego_element *element)
{
    struct analysis *analysis = arg;

    tree_add(&analysis->tree, element);
}

struct spnego_decode_opts
analysis_opts(struct analysis *analysis)
{
    struct spnego_decode_opts opts = {sizeof(opts), 0,          SIZE_MAX, 0,
                                      on_finding,   on_element, NULL};

    opts.tolerate = analysis->tolerate;
    opts.arg = analysis;
    return opts;
}

void
analysis_remark_numbers(struct analysis *analysis, enum spnego_finding_code code,
                        struct spnego_slice about, const char *path, uint64_t got,
                        uint64_t want)
{
    struct spnego_finding finding = {0, SPNEGO_NOTE, 0, about.len, got, want, NULL};

    finding.code = (uint16_t)code;
    finding.severity = spnego_finding_severity(code, analysis->tolerate);
    if (about.ptr != NULL)
        finding.off = (size_t)(about.ptr - analysis->octets.ptr);
    keep(analysis, &finding, path);
}

void
analysis_remark(struct analysis *analysis, enum spnego_finding_code code,
                struct spnego_slice about, const char *path)
{
    analysis_remark_numbers(analysis, code, about, path, 0, 0);
}

/* Octet strings are named in the tree by what they hold. */
static void
classify_octets(struct analysis *analysis)
{
    struct node *node;
    struct spnego_slice value;

    for (node = &analysis->tree.root; node != NULL; node = tree_next(node)) {
        if (node->desc == NULL || tree_kind(node) != SPNEGO_KIND_OCTETS || !node->has_value ||
            strcmp(node->desc->type, "octets") == 0)
            continue;
        value.ptr = analysis->octets.ptr + node->value_off;
        value.len = node->value_len;
        node->holds = token_classify(value);
    }
}

static void
analyse_inner(struct analysis *analysis, const char *name, const char *path,
              struct spnego_slice token)
{
    struct node *node = tree_find(&analysis->tree.root, name);

    if (node != NULL && token_classify(token).family == FAMILY_NEGOEX)
        analyse_negoex(analysis, token, node, path);
}

static void
judge_token(struct analysis *analysis, const struct spnego_negotiation_token *token)
{
    switch (token->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        rules_of_init(analysis, &token->u.neg_token_init);
        analyse_inner(analysis, "mechToken", "NegTokenInit.mechToken",
                      token->u.neg_token_init.mech_token);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        rules_of_init2(analysis, &token->u.neg_token_init2);
        analyse_inner(analysis, "mechToken", "NegTokenInit2.mechToken",
                      token->u.neg_token_init2.mech_token);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        rules_of_resp(analysis, &token->u.neg_token_resp);
        analyse_inner(analysis, "responseToken", "NegTokenResp.responseToken",
                      token->u.neg_token_resp.response_token);
        break;
    }
}

/* A NegTokenInit without hints may be the acceptor's all the same: the NegoEx
 * token inside it says whose it is. */
static const char *
kind_of(struct analysis *analysis, struct spnego_slice mech_token)
{
    bool acceptor_nego =
        mech_token.len > 8 && mech_token.ptr[8] == NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO;

    if (tree_find(&analysis->tree.root, "NegTokenInit2") != NULL)
        return "NegTokenInit2";
    if (token_classify(mech_token).family == FAMILY_NEGOEX && acceptor_nego)
        return "NegTokenInit2";
    return token_class_kind(&analysis->class);
}

static void
analyse_spnego(struct analysis *analysis)
{
    struct spnego_decode_opts opts = analysis_opts(analysis);
    struct spnego_negotiation_token token;
    struct spnego_slice mech_token = {NULL, 0};

    if (spnego_token_decode(&token, analysis->octets, &opts) == SPNEGO_OK) {
        if (token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
            mech_token = token.u.neg_token_init.mech_token;
        judge_token(analysis, &token);
    }
    analysis->kind = kind_of(analysis, mech_token);
}

/* A frame for another mechanism: the frame can be judged, what is in it not. */
static void
analyse_frame(struct analysis *analysis)
{
    struct spnego_decode_opts opts = analysis_opts(analysis);
    struct spnego_slice mech, inner;

    /* What is wrong with it, on_finding gets to know. */
    (void)!spnego_frame_decode(&mech, &inner, analysis->octets, &opts);
}

static int
by_offset(const void *a, const void *b)
{
    const struct remark *left = a, *right = b;

    if (left->off != right->off)
        return left->off < right->off ? -1 : 1;
    return (left->code > right->code) - (left->code < right->code);
}

/* Hangs each remark on the node that it is about; a node knows its first. */
static void
place_remarks(struct analysis *analysis)
{
    size_t i = analysis->remark_count;

    while (i-- > 0) {
        struct remark *remark = &analysis->remarks[i];
        struct node *node = tree_cover(&analysis->tree.root, remark->off, remark->len);

        remark->behind = node->first != NULL && remark->off >= node->first->off;
        remark->next = node->remarks;
        node->remarks = remark;
    }
}

bool
analysis_run(struct analysis *analysis, struct spnego_slice octets, unsigned tolerate)
{
    memset(analysis, 0, sizeof(*analysis));
    analysis->octets = octets;
    analysis->tolerate = tolerate;
    analysis->class = token_classify(octets);
    analysis->kind = token_class_kind(&analysis->class);
    tree_start(&analysis->tree, octets.len);

    switch (analysis->class.family) {
    case FAMILY_SPNEGO_INIT:
    case FAMILY_SPNEGO_RESP:
    case FAMILY_UNKNOWN:
        analyse_spnego(analysis);
        break;
    case FAMILY_NEGOEX:
        analyse_negoex(analysis, octets, &analysis->tree.root, "NegoEx");
        break;
    case FAMILY_KERBEROS:
    case FAMILY_GSS:
        if (analysis->class.framed)
            analyse_frame(analysis);
        break;
    case FAMILY_NTLMSSP:
        break;
    }
    if (octets.len > LARGE_TOKEN)
        analysis_remark_numbers(analysis, SPN1028_LARGE_TOKEN, octets, "", octets.len,
                                LARGE_TOKEN);
    classify_octets(analysis);
    if (analysis->remark_count > 1)
        qsort(analysis->remarks, analysis->remark_count, sizeof(*analysis->remarks), by_offset);
    place_remarks(analysis);
    return !analysis->no_memory && !analysis->tree.no_memory;
}

void
analysis_free(struct analysis *analysis)
{
    tree_free(&analysis->tree);
    free(analysis->remarks);
    analysis->remarks = NULL;
}

size_t
analysis_count(const struct analysis *analysis, enum spnego_severity severity)
{
    size_t count = 0, i;

    for (i = 0; i < analysis->remark_count; i++)
        count += analysis->remarks[i].severity == severity;
    return count;
}

const char *
analysis_verdict(const struct analysis *analysis)
{
    if (analysis_count(analysis, SPNEGO_ERROR) > 0)
        return "invalid";
    return analysis_count(analysis, SPNEGO_WARNING) > 0 ? "warning" : "valid";
}
