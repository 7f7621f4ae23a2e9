/* rules_spnego.c: what one SPNEGO token shows beyond its encoding.  Rules S01
 * to S32 of docs/rules.md; those that the decoder checks itself are not here. */
#include "analysis.h"
#include "octets.h"

#include <stdio.h>

static bool
is_krb5(enum spnego_mech mech)
{
    return mech == SPNEGO_MECH_KRB5 || mech == SPNEGO_MECH_MS_KRB5;
}

/* Is this mechanism earlier in the list? */
static bool
is_repeated(const struct spnego_mech_type_list *list, struct spnego_slice oid)
{
    struct spnego_slice other;
    size_t pos = 0;

    while (spnego_mech_type_list_next(&other, &pos, list) && other.ptr != oid.ptr)
        if (octets_equal(other, oid))
            return true;
    return false;
}

/* Returns what there is to say of a mechanism of the list, or NOTHING. */
#define NOTHING 0
static unsigned
finding_of_mech(const struct spnego_mech_type_list *list, struct spnego_slice oid)
{
    if (is_repeated(list, oid))
        return SPN2004_MECH_REPEATED;
    switch (spnego_oid_mech(oid)) {
    case SPNEGO_MECH_UNKNOWN:
        return SPN2005_MECH_UNKNOWN;
    case SPNEGO_MECH_SPNEGO:
        return SPN2003_SPNEGO_OFFERED;
    case SPNEGO_MECH_MS_KRB5:
        return SPN2006_MS_KRB5_OFFERED;
    case SPNEGO_MECH_LATE_FALLBACK:
        return SPN2031_LATE_FALLBACK;
    default:
        return NOTHING;
    }
}

/* Returns the first mechanism of the list. */
static struct spnego_slice
rules_of_mech_types(struct analysis *analysis, const struct spnego_mech_type_list *list,
                    const char *path)
{
    struct spnego_slice oid, first = {NULL, 0};
    size_t pos = 0, index;
    char place[64];
    unsigned code;

    for (index = 0; spnego_mech_type_list_next(&oid, &pos, list); index++) {
        if (index == 0)
            first = oid;
        code = finding_of_mech(list, oid);
        if (code == NOTHING)
            continue;
        snprintf(place, sizeof(place), "%s[%zu]", path, index);
        analysis_remark(analysis, (enum spnego_finding_code)code, oid, place);
    }
    return first;
}

/* S11. */
static void
rules_of_mech_token(struct analysis *analysis, struct spnego_slice token,
                    struct spnego_slice first, const char *path)
{
    struct token_class class = token_classify(token);

    if (token.len == 0)
        analysis_remark(analysis, SPN2011_EMPTY_MECH_TOKEN, token, path);
    else if (class.mech == SPNEGO_MECH_IAKERB &&
             spnego_oid_mech(class.oid) != SPNEGO_MECH_IAKERB)
        analysis_remark(analysis, SPN2032_IAKERB_NUMBER, class.oid, path);
    else if (!token_class_fits(&class, first))
        analysis_remark(analysis, SPN2012_FOREIGN_MECH_TOKEN, token, path);
}

/* The unknown field [4], its tag included; no octets if there is none. */
static struct spnego_slice
field_4(const struct analysis *analysis)
{
    struct spnego_slice none = {NULL, 0};
    size_t i;

    for (i = 0; i < analysis->remark_count; i++) {
        const struct remark *unknown = &analysis->remarks[i];

        if (unknown->code == SPN1016_UNKNOWN_FIELD && unknown->got == 4)
            return octets_part(analysis->octets, unknown->off, unknown->len);
    }
    return none;
}

/* S19: the number that only a NegTokenInit2 has. */
static void
rules_of_init_field_4(struct analysis *analysis)
{
    struct spnego_slice field = field_4(analysis);

    if (field.len > 0)
        analysis_remark(analysis, SPN2020_MIC_OF_INIT2, field, "NegTokenInit");
}

/* S19: in a NegTokenResp the mechListMIC is [3]; an OCTET STRING in [4] is one misplaced. */
static void
rules_of_resp_field_4(struct analysis *analysis)
{
    struct spnego_slice field = field_4(analysis);
    size_t header;
    uint64_t len;

    if (octets_der(field, &header, &len) && octets_be(field, header, 1) == 0x04)
        analysis_remark(analysis, SPN2033_MIC_UNDER_4, field, "NegTokenResp");
}

void
rules_of_init(struct analysis *analysis, const struct spnego_neg_token_init *token)
{
    struct spnego_slice first;

    first = rules_of_mech_types(analysis, &token->mech_types, "NegTokenInit.mechTypes");
    if (token->has_req_flags)
        analysis_remark(analysis, SPN2007_REQ_FLAGS, analysis_element(analysis, "reqFlags"),
                        "NegTokenInit.reqFlags");
    if (token->has_mech_token)
        rules_of_mech_token(analysis, token->mech_token, first, "NegTokenInit.mechToken");
    else
        analysis_remark(analysis, SPN2013_NO_MECH_TOKEN, token->mech_types.der, "NegTokenInit");
    if (token->has_mech_list_mic)
        analysis_remark(analysis, SPN2014_EARLY_MIC, token->mech_list_mic,
                        "NegTokenInit.mechListMIC");
    rules_of_init_field_4(analysis);
}

static void
rules_of_hints(struct analysis *analysis, const struct spnego_neg_hints *hints)
{
    static const char ignore_me[] = "not_defined_in_RFC4178@please_ignore";
    struct spnego_slice usual = {(const uint8_t *)ignore_me, sizeof(ignore_me) - 1};

    if (hints->has_hint_name && !octets_equal(hints->hint_name, usual))
        analysis_remark(analysis, SPN2018_HINT_NAME, hints->hint_name,
                        "NegTokenInit2.negHints.hintName");
    if (hints->has_hint_address)
        analysis_remark(analysis, SPN2017_HINT_ADDRESS, hints->hint_address,
                        "NegTokenInit2.negHints.hintAddress");
}

/* Can only the initiator have sent this token? */
static bool
is_initiators(struct spnego_slice token)
{
    if (token_classify(token).family == FAMILY_NEGOEX)
        return token.len > 8 && token.ptr[8] == NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO;
    return token_classify(token).sender == SIDE_INITIATOR;
}

/* S15.  The token inside says whose this is, or who recorded it does. */
static void
rules_of_hint_sender(struct analysis *analysis, const struct spnego_neg_token_init2 *token)
{
    if (token->has_mech_token && is_initiators(token->mech_token))
        analysis_remark(analysis, SPN2016_INITIATOR_HINTS, token->mech_token,
                        "NegTokenInit2.mechToken");
    else if (analysis->side == SIDE_INITIATOR)
        analysis_remark(analysis, SPN2016_INITIATOR_HINTS,
                        analysis_element(analysis, "negHints"), "NegTokenInit2.negHints");
}

void
rules_of_init2(struct analysis *analysis, const struct spnego_neg_token_init2 *token)
{
    struct spnego_slice first = {NULL, 0}, about = {NULL, 0};

    if (token->has_mech_types)
        first = rules_of_mech_types(analysis, &token->mech_types, "NegTokenInit2.mechTypes");
    else
        analysis_remark(analysis, SPN2001_NO_MECH_TYPES, about, "NegTokenInit2");
    if (token->has_req_flags)
        analysis_remark(analysis, SPN2007_REQ_FLAGS, analysis_element(analysis, "reqFlags"),
                        "NegTokenInit2.reqFlags");
    if (token->has_mech_token)
        rules_of_mech_token(analysis, token->mech_token, first, "NegTokenInit2.mechToken");
    if (token->has_neg_hints) {
        rules_of_hint_sender(analysis, token);
        rules_of_hints(analysis, &token->neg_hints);
    }
    if (token->has_mech_list_mic)
        analysis_remark(analysis, SPN2014_EARLY_MIC, token->mech_list_mic,
                        "NegTokenInit2.mechListMIC");
}

/* Whose MIC it has to be, as far as this token shows. */
static enum spnego_mech
mech_of(const struct spnego_neg_token_resp *token)
{
    if (token->has_supported_mech)
        return spnego_oid_mech(token->supported_mech);
    return token_classify(token->response_token).mech;
}

static void
rules_of_mic(struct analysis *analysis, const struct spnego_neg_token_resp *token)
{
    static const char path[] = "NegTokenResp.mechListMIC";
    struct spnego_slice mic = token->mech_list_mic;

    if (mic.len == 0) {
        analysis_remark(analysis, SPN2026_EMPTY_MIC, mic, path);
    } else if (token->has_response_token && octets_equal(mic, token->response_token)) {
        analysis_remark(analysis, SPN2025_COPIED_MIC, mic, path);
    } else if (!mic_fits(mic, mech_of(token))) {
        analysis_remark(analysis, SPN2027_MIC_SHAPE, mic, path);
    } else if (mic_fits(mic, SPNEGO_MECH_NTLMSSP) && octets_le(mic, 12, 4) != 0) {
        analysis_remark_numbers(analysis, SPN2028_NTLM_MIC_SEQUENCE, octets_part(mic, 12, 4),
                                path, octets_le(mic, 12, 4), 0);
    }
}

static void
rules_of_supported_mech(struct analysis *analysis, struct spnego_slice oid)
{
    static const char path[] = "NegTokenResp.supportedMech";
    enum spnego_mech mech = spnego_oid_mech(oid);

    if (mech == SPNEGO_MECH_SPNEGO)
        analysis_remark(analysis, SPN2022_SPNEGO_SELECTED, oid, path);
    if (is_krb5(mech))
        analysis_remark(analysis, SPN2030_KERBEROS_ALIAS, oid, path);
}

static void
rules_of_neg_state(struct analysis *analysis, const struct spnego_neg_token_resp *token)
{
    struct spnego_slice about = analysis_element(analysis, "negState");
    static const char path[] = "NegTokenResp.negState";

    if (token->neg_state == SPNEGO_NEG_STATE_REQUEST_MIC && !token->has_supported_mech)
        analysis_remark(analysis, SPN2023_REQUEST_MIC_ALONE, about, path);
    if (token->neg_state == SPNEGO_NEG_STATE_REJECT &&
        (token->has_supported_mech || token->has_mech_list_mic))
        analysis_remark(analysis, SPN2024_REJECT_COMPANIONS, about, path);
}

void
rules_of_resp(struct analysis *analysis, const struct spnego_neg_token_resp *token)
{
    if (!token->has_neg_state && !token->has_supported_mech && !token->has_response_token &&
        !token->has_mech_list_mic && !token->has_supported_mechs)
        analysis_remark(analysis, SPN2021_EMPTY_RESP, analysis->octets, "NegTokenResp");
    if (token->has_neg_state)
        rules_of_neg_state(analysis, token);
    if (token->has_supported_mech)
        rules_of_supported_mech(analysis, token->supported_mech);
    if (token->has_response_token && token->response_token.len == 0)
        analysis_remark(analysis, SPN2029_EMPTY_RESPONSE_TOKEN, token->response_token,
                        "NegTokenResp.responseToken");
    if (token->has_mech_list_mic)
        rules_of_mic(analysis, token);
    if (token->has_supported_mechs)
        analysis_remark(analysis, SPN1017_SUPPORTED_MECHS, token->supported_mechs.der,
                        "NegTokenResp.supportedMechs");
    rules_of_resp_field_4(analysis);
}
