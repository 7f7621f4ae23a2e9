/* mech.c: whose token it is, and whether it may stand where it stands. */
#include "mech.h"

#include "mech_token.h"

#include <string.h>
#include <inspect/pku2u.h>

static bool
begins_with(struct spnego_slice octets, const char *magic, size_t len)
{
    return octets.len >= len && memcmp(octets.ptr, magic, len) == 0;
}

static bool
is_spnego_family(const struct mech_token *token)
{
    return token->class.family == FAMILY_SPNEGO_INIT ||
           token->class.family == FAMILY_SPNEGO_RESP;
}

/* Octets that begin with 0xa1 may be anything; those that decode are SPNEGO's. */
static bool
is_spnego(const struct mech_token *token)
{
    static const struct spnego_decode_opts lenient = {
        sizeof(lenient), SPNEGO_TOLERATE_CODEC, SIZE_MAX, 0, NULL, NULL, NULL,
    };
    struct spnego_negotiation_token decoded;

    if (!is_spnego_family(token))
        return false;
    return token->class.framed ||
           spnego_token_decode(&decoded, token->whole, &lenient) == SPNEGO_OK;
}

/* M06, M07, M08: a token of somebody else.  Of a mechToken, rule S11 says so. */
static void
rules_of_place(const struct mech_token *token)
{
    struct spnego_subject subject = {{NULL, 0}, {{NULL, 0}, NULL, 0}, NULL, NULL};
    enum spnego_finding_code code = SPN6012_OTHER_MECH;
    struct spnego_finding finding;

    if (is_spnego(token)) {
        mech_remark(token, SPN6010_SPNEGO_INSIDE, token->whole, "");
        return;
    }
    if (token_class_fits(&token->class, token->oid))
        return;
    if (token->class.family == FAMILY_NEGOEX)
        code = SPN6011_NEGOEX_ELSEWHERE;
    else if (strstr(token->path, "mechToken") != NULL)
        return;
    subject.mech = token->oid;
    finding = analysis_part(token->analysis, code, token->whole);
    analysis_remark_subject(token->analysis, &finding, token->path, &subject);
}

/* M04: Windows frames for Kerberos' own number, whatever the list says. */
static void
rules_of_alias(const struct mech_token *token)
{
    if (token->mech == SPNEGO_MECH_MS_KRB5 && token->class.framed &&
        spnego_oid_mech(token->class.oid) == SPNEGO_MECH_KRB5)
        mech_remark(token, SPN6004_ALIAS_FRAMED, token->class.oid, "thisMech");
}

/* M10: PKU2U frames all its tokens.  Of what is no token at all there is more to say, and
 * mech_kerberos looks for the TOK_ID. */
static void
rules_of_frame(const struct mech_token *token)
{
    if (token->mech == SPNEGO_MECH_PKU2U && token->class.family != FAMILY_UNKNOWN &&
        token->class.family != FAMILY_NEGOEX &&
        spnego_oid_mech(token->class.oid) != SPNEGO_MECH_PKU2U)
        mech_remark(token, SPN6014_PKU2U_FRAME, token->whole, "");
}

/* The node of the frame that is shown already, or NULL. */
static struct node *
frame_below(const struct node *parent)
{
    struct node *child;

    for (child = parent->first; child != NULL; child = child->next)
        if (child->desc->kind == SPNEGO_KIND_FRAME)
            return child;
    return NULL;
}

/* Takes the frame off and shows it.  Returns false if it cannot be read. */
static bool
unframe(struct mech_token *token)
{
    struct mech_decode decode;
    struct node *parent = token->parent;
    bool shown = parent != NULL && frame_below(parent) != NULL;
    struct spnego_decode_opts opts;
    struct spnego_slice mech;

    if (shown)
        token->parent = NULL;
    opts = mech_opts(&decode, token, token->whole);
    token->parent = parent;
    if (spnego_frame_decode(&mech, &token->inner, token->whole, &opts) != SPNEGO_OK) {
        /* Of a frame around the whole input, the decoder has said what is wrong. */
        if (token->whole.ptr != token->analysis->octets.ptr)
            mech_unreadable(&decode);
        return false;
    }
    if (parent != NULL && frame_below(parent) != NULL)
        token->parent = frame_below(parent);
    return true;
}

static bool
is_kerberos(enum spnego_mech mech)
{
    return mech == SPNEGO_MECH_KRB5 || mech == SPNEGO_MECH_MS_KRB5 ||
           mech == SPNEGO_MECH_KRB5_U2U || mech == SPNEGO_MECH_IAKERB ||
           mech == SPNEGO_MECH_PKU2U;
}

static void
analyse_framed(struct mech_token *token)
{
    enum spnego_mech mech = spnego_oid_mech(token->class.oid);

    if (!unframe(token))
        return;
    if (begins_with(token->inner, "NTLMSSP", 8)) {
        mech_remark(token, SPN6006_NTLM_FRAMED, token->whole, "");
        mech_ntlm(token);
    } else if (is_kerberos(mech)) {
        mech_kerberos(token);
    } else if (mech == SPNEGO_MECH_SANON_X25519) {
        mech_sanon(token);
    }
}

/* A token without a frame, of a mechanism whose tokens have one or a known beginning. */
static void
analyse_unknown(struct mech_token *token)
{
    if (is_spnego(token))
        return;
    if (token->mech == SPNEGO_MECH_SANON_X25519)
        mech_sanon(token);
    else if (token->mech == SPNEGO_MECH_NEGOEX)
        mech_remark(token, SPN5317_NEGOEX_NO_SIGNATURE, token->whole, "");
    else if (is_kerberos(token->mech) || token->mech == SPNEGO_MECH_NTLMSSP)
        mech_remark(token, SPN6021_UNREADABLE_MECH, token->whole, "");
}

static void
analyse_bare(struct mech_token *token)
{
    if (token->class.family == FAMILY_NTLMSSP && token->inner.len == 16 &&
        !begins_with(token->inner, "NTLMSSP", 8))
        mech_ntlm_signature(token);
    else if (token->class.family == FAMILY_NTLMSSP)
        mech_ntlm(token);
    else if (token->class.family == FAMILY_KERBEROS && begins_with(token->inner, "\4\4", 2))
        mech_kerberos_mic(token);
    else if (token->class.family == FAMILY_KERBEROS)
        mech_kerberos_raw(token);
    else if (token->class.mech == SPNEGO_MECH_SANON_X25519)
        mech_sanon(token);
    else if (token->class.family == FAMILY_UNKNOWN || is_spnego_family(token))
        analyse_unknown(token);
}

static struct mech_token
new_token(struct analysis *analysis, struct spnego_slice octets, struct node *parent,
          const char *path, struct spnego_slice mech)
{
    struct mech_token token;

    token.analysis = analysis;
    token.whole = octets;
    token.inner = octets;
    token.mech = spnego_oid_mech(mech);
    token.class = token_classify_for(octets, token.mech);
    token.oid = mech;
    token.parent = analysis->setup.verdict_only ? NULL : parent;
    token.path = path;
    return token;
}

void
analyse_mech(struct analysis *analysis, struct spnego_slice octets, struct node *parent,
             const char *path, struct spnego_slice mech)
{
    struct mech_token token = new_token(analysis, octets, parent, path, mech);
    struct tree_place place = analysis->tree.at;

    if (octets.len == 0)
        return;
    rules_of_place(&token);
    rules_of_alias(&token);
    rules_of_frame(&token);
    if (token.class.framed && !is_spnego_family(&token))
        analyse_framed(&token);
    else if (!token.class.framed)
        analyse_bare(&token);
    analysis->tree.at = place;
}

void
analyse_mic(struct analysis *analysis, struct spnego_slice mic, struct node *parent)
{
    struct spnego_slice nobody = {NULL, 0};
    struct mech_token token = new_token(analysis, mic, parent, "", nobody);
    struct tree_place place = analysis->tree.at;

    if (token.parent == NULL)
        return;
    if (strcmp(token.class.name, "NTLM signature") == 0)
        mech_ntlm_signature(&token);
    else if (strcmp(token.class.name, "Kerberos MIC") == 0 && !token.class.framed)
        mech_kerberos_mic(&token);
    else if (strcmp(token.class.name, "Kerberos MIC") == 0 && unframe(&token))
        mech_rfc1964_mic(&token);
    analysis->tree.at = place;
}

void
analyse_pku2u_metadata(struct analysis *analysis, struct spnego_slice exchange,
                       struct node *parent, const char *path)
{
    struct spnego_slice nobody = {NULL, 0};
    struct mech_token token = new_token(analysis, exchange, parent, path, nobody);
    struct tree_place place = analysis->tree.at;
    struct mech_decode decode;
    struct spnego_decode_opts opts = mech_opts(&decode, &token, exchange);
    struct pku2u_meta_data metadata;

    /* No document has these octets: what is not like Windows' is just not shown. */
    (void)!pku2u_meta_data_decode(&metadata, exchange, &opts);
    analysis->tree.at = place;
}
