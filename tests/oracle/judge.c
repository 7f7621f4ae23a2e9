/* judge.c: gives one input to both codecs and compares what they say. */
#include "theirs.h"

#include <string.h>

/* What our decoder says, and the remarks by which a difference is known. */
struct ours {
    enum spnego_status status;
    unsigned error;
    bool unknown_field;
    bool unnamed_flags;
    struct spnego_negotiation_token token;
};

static struct input our_der, their_der;

static void
note_finding(void *arg, const struct spnego_finding *finding)
{
    struct ours *ours = arg;

    if (finding->severity == SPNEGO_ERROR && ours->error == 0)
        ours->error = finding->code;
    if (finding->code == SPN1016_UNKNOWN_FIELD)
        ours->unknown_field = true;
    if (finding->code == SPN2010_UNNAMED_FLAGS)
        ours->unnamed_flags = true;
}

/* Strict: opts NULL.  A second time to hear why; it must come to the same. */
static bool
ours_decode(struct ours *ours, struct spnego_slice in)
{
    struct spnego_decode_opts opts = {sizeof(opts), 0, 0, 0, note_finding, NULL, ours};
    struct spnego_negotiation_token again;

    memset(ours, 0, sizeof(*ours));
    ours->status = spnego_token_decode(&ours->token, in, NULL);
    return spnego_token_decode(&again, in, &opts) == ours->status &&
           (ours->status != SPNEGO_OK) == (ours->error != 0) &&
           memcmp(&again, &ours->token, sizeof(again)) == 0;
}

static bool
ours_encode(struct input *out, const struct spnego_negotiation_token *token)
{
    struct spnego_buf buf = {out->octets, INPUT_MAX, 0, NULL};
    enum spnego_status status = spnego_token_encode(&buf, token);

    out->len = buf.len;
    return status == SPNEGO_OK;
}

static struct spnego_slice
whole(const struct input *in)
{
    struct spnego_slice slice = {in->octets, in->len};

    return slice;
}

static bool
same(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static void
fail(struct verdict *out, const char *what)
{
    out->outcome = FAILURE;
    out->what = what;
}

static void
differ(struct verdict *out, enum way way, unsigned code)
{
    out->outcome = DIFFERENCE;
    out->way = way;
    out->code = code;
}

static bool
their_frame_and_der(const struct theirs *theirs, bool framed)
{
    return theirs_encode(&their_der, theirs) && (!framed || frame_close(&their_der));
}

/* SIZE (32) of ContextFlags is one that asn1c holds against DER, which trims
 * the bits; where there are none, its constraints must be met. */
static bool
has_flags(const struct spnego_negotiation_token *token)
{
    switch (token->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        return token->u.neg_token_init.has_req_flags;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        return false;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        return token->u.neg_token_init2.has_req_flags;
    }
    return false;
}

/* Both have read it.  Being strict, we have read DER: but for a field that we
 * skip, it is what we write. */
static void
compare(struct verdict *out, const struct ours *ours, const struct theirs *theirs,
        size_t inner_len, struct spnego_slice in)
{
    enum equality equality = theirs_equal(&ours->token, theirs);

    if (theirs->used != inner_len)
        fail(out, "both read it, but asn1c not to its end");
    else if (equality == FLAGS_CUT_AT_32)
        differ(out, WAY_FLAGS, ours->unnamed_flags ? SPN2010_UNNAMED_FLAGS : 0);
    else if (equality != EQUAL)
        fail(out, "both read it, but other fields");
    else if (!has_flags(&ours->token) &&
             asn_check_constraints(theirs->type, theirs->value, NULL, NULL) != 0)
        fail(out, "asn1c's constraints are broken by what both read");
    else if (!ours_encode(&our_der, &ours->token))
        fail(out, "we cannot encode what we have read");
    else if (!their_frame_and_der(theirs,
                                  ours->token.kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP))
        fail(out, "asn1c cannot encode what it has read");
    else if (!same(whole(&our_der), whole(&their_der)))
        fail(out, "both encode what they have read, but to other octets");
    else if (!ours->unknown_field && !same(whole(&our_der), in))
        fail(out, "both read it, but it is not what both write");
    else if (in.len > SPNEGO_DEFAULT_MAX_LEN)
        fail(out, "both read it, but it is longer than the limit");
    else
        out->outcome = BOTH_ACCEPT;
}

/* We read it and asn1c does not.  The only reason can be a field that we
 * skip: without it asn1c must read the same. */
static void
more(struct verdict *out, const struct ours *ours)
{
    struct spnego_slice inner;
    struct theirs theirs;
    bool framed;

    if (!ours->unknown_field)
        fail(out, "we read it, asn1c refuses it");
    else if (!ours_encode(&our_der, &ours->token) ||
             !frame_open(&inner, &framed, whole(&our_der)))
        fail(out, "we cannot encode what we have read");
    else {
        theirs_decode(&theirs, theirs_type(ours->token.kind), inner);
        if (theirs.accepted && theirs_equal(&ours->token, &theirs) != UNEQUAL)
            differ(out, WAY_MORE, SPN1016_UNKNOWN_FIELD);
        else
            fail(out, "asn1c refuses it, also without the field that we skip");
        theirs_free(&theirs);
    }
}

static void
judge_accepted(struct verdict *out, const struct ours *ours, struct spnego_slice in)
{
    struct spnego_slice inner;
    struct theirs theirs;
    bool framed;

    if (!frame_open(&inner, &framed, in) ||
        framed != (ours->token.kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)) {
        fail(out, "we read it, but its frame is wrong");
        return;
    }
    theirs_decode(&theirs, theirs_type(ours->token.kind), inner);
    snprintf(out->theirs, sizeof(out->theirs), "%s, %zu of %zu octets",
             theirs.accepted ? "read" : "refused", theirs.used, inner.len);
    if (theirs.accepted)
        compare(out, ours, &theirs, inner.len, in);
    else
        more(out, ours);
    theirs_free(&theirs);
}

/* What these say can be seen without knowing what the elements are for. */
static bool
is_about_lengths(unsigned code)
{
    return code == SPN1002_OVERRUN || code == SPN1006_INDEFINITE_LENGTH ||
           code == SPN1007_LONG_LENGTH || code == SPN1008_LENGTH_OCTETS;
}

/* We refuse it.  If asn1c reads it and writes other octets, the input was no
 * DER or has something that asn1c drops; if it writes the very same, a rule of
 * ours must be the reason. */
static void
judge_refused(struct verdict *out, const struct ours *ours, struct spnego_slice in)
{
    asn_TYPE_descriptor_t *const types[] = {&asn_DEF_NegotiationToken,
                                            &asn_DEF_NegotiationToken2};
    struct spnego_slice inner;
    struct theirs theirs;
    bool framed, again;
    size_t i;

    out->outcome = BOTH_REFUSE;
    if (!frame_open(&inner, &framed, in))
        return;
    for (i = 0; i < 2; i++) {
        theirs_decode(&theirs, types[i], inner);
        if (theirs.accepted) {
            again = their_frame_and_der(&theirs, framed) && same(whole(&their_der), in);
            if (again || out->outcome == BOTH_REFUSE)
                differ(out, again ? WAY_RULE : WAY_REWRITES, ours->error);
            snprintf(out->theirs, sizeof(out->theirs), "read as %s, %zu of %zu octets",
                     theirs.type->name, theirs.used, inner.len);
        }
        theirs_free(&theirs);
    }
    if (out->outcome == DIFFERENCE && is_about_lengths(ours->error) && well_formed(in))
        out->way = WAY_DER;
}

void
judge(struct verdict *out, struct spnego_slice in, volatile int *in_asn1c)
{
    struct ours ours;
    bool steady;

    memset(out, 0, sizeof(*out));
    *in_asn1c = 0;
    steady = ours_decode(&ours, in);
    snprintf(out->ours, sizeof(out->ours), "%s, SPN%04u", spnego_status_name(ours.status),
             ours.error);
    if (!steady) {
        fail(out, "our two decodes of it differ");
        return;
    }
    *in_asn1c = 1;
    if (ours.status == SPNEGO_OK)
        judge_accepted(out, &ours, in);
    else
        judge_refused(out, &ours, in);
    *in_asn1c = 0;
}

/* A NegTokenInit2 has the tag of a NegTokenInit: without negHints or [4] it is
 * read as one. */
static bool
keeps_its_kind(const struct spnego_negotiation_token *token)
{
    return token->kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2 ||
           token->u.neg_token_init2.has_neg_hints || token->u.neg_token_init2.has_mech_list_mic;
}

bool
judge_built(struct verdict *out, struct input *encoded,
            const struct spnego_negotiation_token *token, volatile int *in_asn1c)
{
    static const struct spnego_decode_opts unlimited =
        {sizeof(unlimited), 0, SIZE_MAX, UINT32_MAX, NULL, NULL, NULL};
    struct spnego_negotiation_token again;
    struct theirs theirs;

    memset(out, 0, sizeof(*out));
    *in_asn1c = 0;
    if (!ours_encode(encoded, token)) {
        fail(out, "we cannot encode it");
        return false;
    }
    *in_asn1c = 1;
    theirs_make(&theirs, token);
    if (!their_frame_and_der(&theirs, token->kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP))
        fail(out, "asn1c cannot encode it");
    *in_asn1c = 0;
    if (out->outcome != FAILURE && !same(whole(encoded), whole(&their_der)))
        fail(out, "both encode it, but to other octets");
    else if (out->outcome != FAILURE && keeps_its_kind(token) &&
             (spnego_token_decode(&again, whole(encoded), &unlimited) != SPNEGO_OK ||
              theirs_equal(&again, &theirs) != EQUAL))
        fail(out, "what we read is not what we have encoded");
    return out->outcome != FAILURE;
}
