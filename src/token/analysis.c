/* analysis.c: runs the decoders over one input and keeps what they say. */
#include "analysis.h"

#include "mech.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LARGE_TOKEN 65535u /* what Samba takes at most */

/* A decoder's finding: its offsets count from the decoder's own input. */
static void
on_finding(void *arg, const struct spnego_finding *finding)
{
    static const struct spnego_subject nobody = {{NULL, 0}, {{NULL, 0}, NULL, 0}, NULL, NULL};
    struct analysis *analysis = arg;
    struct spnego_finding placed = *finding;
    char path[160] = "", place[96] = "";

    if (finding->path != NULL && !analysis->setup.verdict_only) {
        spnego_path_format(place, sizeof(place), finding->path);
        snprintf(path, sizeof(path), "%s%s%s", analysis->prefix,
                 analysis->prefix[0] != '\0' && place[0] != '\0' ? "." : "", place);
    }
    placed.off += analysis->tree.at.base;
    analysis_remark_subject(analysis, &placed, path, &nobody);
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

    opts.tolerate = analysis->setup.tolerate;
    opts.arg = analysis;
    if (analysis->setup.verdict_only)
        opts.on_element = NULL;
    return opts;
}

struct spnego_slice
analysis_element(struct analysis *analysis, const char *name)
{
    struct node *node = tree_find(&analysis->tree.root, name);
    struct spnego_slice octets = {NULL, 0};

    if (node != NULL) {
        octets.ptr = analysis->octets.ptr + node->off;
        octets.len = node->len;
    }
    return octets;
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

/* What stands in mechToken or responseToken. */
static void
analyse_inner(struct analysis *analysis, const char *name, const char *path,
              struct spnego_slice token, struct spnego_slice mech)
{
    struct node *node = tree_find(&analysis->tree.root, name);

    if (token.len == 0)
        return;
    if (token_classify(token).family == FAMILY_NEGOEX)
        analyse_negoex(analysis, token, node, path);
    analyse_mech(analysis, token, node, path, mech);
}

static void
analyse_mic_of(struct analysis *analysis, struct spnego_slice mic)
{
    if (mic.len > 0)
        analyse_mic(analysis, mic, tree_find(&analysis->tree.root, "mechListMIC"));
}

static struct spnego_slice
first_of(const struct spnego_mech_type_list *list)
{
    struct spnego_slice oid = {NULL, 0};
    size_t pos = 0;

    (void)spnego_mech_type_list_next(&oid, &pos, list);
    return oid;
}

static void
judge_init(struct analysis *analysis, const struct spnego_neg_token_init *token)
{
    rules_of_init(analysis, token);
    analyse_inner(analysis, "mechToken", "NegTokenInit.mechToken", token->mech_token,
                  first_of(&token->mech_types));
    analyse_mic_of(analysis, token->mech_list_mic);
}

static void
judge_init2(struct analysis *analysis, const struct spnego_neg_token_init2 *token)
{
    rules_of_init2(analysis, token);
    analyse_inner(analysis, "mechToken", "NegTokenInit2.mechToken", token->mech_token,
                  first_of(&token->mech_types));
    analyse_mic_of(analysis, token->mech_list_mic);
}

static void
judge_resp(struct analysis *analysis, const struct spnego_neg_token_resp *token)
{
    rules_of_resp(analysis, token);
    analyse_inner(analysis, "responseToken", "NegTokenResp.responseToken",
                  token->response_token, token->supported_mech);
    analyse_mic_of(analysis, token->mech_list_mic);
}

/* A NegTokenInit without hints may be the acceptor's all the same: the NegoEx
 * token inside it says whose it is. */
static bool
is_acceptors(const struct spnego_neg_token_init *token)
{
    return token_classify(token->mech_token).family == FAMILY_NEGOEX &&
           token->mech_token.len > 8 &&
           token->mech_token.ptr[8] == NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO;
}

/* Says what the token is, and who sent it, if only one side can have done that. */
static void
identify(struct analysis *analysis)
{
    const struct spnego_negotiation_token *token = &analysis->token;
    enum side side = SIDE_UNKNOWN;

    if (token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
        side = is_acceptors(&token->u.neg_token_init) ? SIDE_ACCEPTOR : SIDE_INITIATOR;
    else if (token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2)
        side = SIDE_ACCEPTOR;
    else if (token->u.neg_token_resp.has_supported_mech)
        side = SIDE_ACCEPTOR;
    if (analysis->side == SIDE_UNKNOWN)
        analysis->side = side;
    if (token->kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP &&
        analysis->side == SIDE_ACCEPTOR)
        analysis->kind = "NegTokenInit2";
}

static void
look_for_init2(void *arg, const struct spnego_element *element)
{
    const struct spnego_path *path;
    bool *found = arg;

    for (path = element->path; path != NULL; path = path->parent)
        *found |= path->desc != NULL && strcmp(path->desc->name, "NegTokenInit2") == 0;
}

/* What it was shows only in what was read of it, and there may be no tree: reads it again. */
static bool
broke_off_in_init2(struct analysis *analysis)
{
    struct spnego_decode_opts opts = analysis_opts(analysis);
    struct spnego_negotiation_token token;
    bool found = false;

    opts.on_finding = NULL;
    opts.on_element = look_for_init2;
    opts.arg = &found;
    (void)!spnego_token_decode(&token, analysis->octets, &opts);
    return found;
}

static void
analyse_spnego(struct analysis *analysis)
{
    struct spnego_decode_opts opts = analysis_opts(analysis);
    const struct spnego_negotiation_token *token = &analysis->token;

    analysis->decoded =
        spnego_token_decode(&analysis->token, analysis->octets, &opts) == SPNEGO_OK;
    if (!analysis->decoded) {
        if (broke_off_in_init2(analysis))
            analysis->kind = "NegTokenInit2";
        return;
    }
    identify(analysis);
    switch (token->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        judge_init(analysis, &token->u.neg_token_init);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        judge_init2(analysis, &token->u.neg_token_init2);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        judge_resp(analysis, &token->u.neg_token_resp);
        break;
    }
}

/* A token of one mechanism, without SPNEGO. */
static void
analyse_naked(struct analysis *analysis)
{
    static const struct spnego_slice unknown = {NULL, 0};

    if (analysis->side == SIDE_UNKNOWN)
        analysis->side = analysis->class.sender;
    analyse_mech(analysis, analysis->octets, &analysis->tree.root, "", unknown);
}

/* A frame for another mechanism. */
static void
analyse_frame(struct analysis *analysis)
{
    struct spnego_decode_opts opts = analysis_opts(analysis);
    struct spnego_slice mech, inner;

    /* What is wrong with it, on_finding gets to know. */
    (void)!spnego_frame_decode(&mech, &inner, analysis->octets, &opts);
}

bool
analysis_run(struct analysis *analysis, struct spnego_slice octets,
             const struct analysis_setup *setup)
{
    memset(analysis, 0, sizeof(*analysis));
    analysis->octets = octets;
    analysis->setup = *setup;
    analysis->side = setup->side;
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
        analyse_naked(analysis);
        break;
    case FAMILY_NTLMSSP:
        analyse_naked(analysis);
        break;
    }
    if (octets.len > LARGE_TOKEN)
        analysis_remark_numbers(analysis, SPN1028_LARGE_TOKEN, octets, "", octets.len,
                                LARGE_TOKEN);
    classify_octets(analysis);
    analysis_settle(analysis);
    return !analysis->no_memory && !analysis->tree.no_memory;
}

void
analysis_free(struct analysis *analysis)
{
    tree_free(&analysis->tree);
    free(analysis->remarks);
    analysis->remarks = NULL;
}
