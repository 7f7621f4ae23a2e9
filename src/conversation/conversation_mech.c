/* conversation_mech.c: the table of the mechanisms' legs. */
#include "conversation_mech.h"
#include "conversation_parts.h"

#include <inspect/kerberos.h>

#define MAYBE CERTAIN_MAYBE
#define NO CERTAIN_NO
#define YES CERTAIN_YES
#define NOBODY SIDE_UNKNOWN
#define I SIDE_INITIATOR
#define A SIDE_ACCEPTOR

/* What a token leaves behind: whose context is complete, who sends the next one.  An
 * AP-REQ that asks for mutual authentication completes the acceptor's context, which
 * has the AP-REP to send all the same.  RFC 4121 4.1, [MS-KILE] 3.4.5.1, [MS-NLMP]
 * 1.3.1, draft-howard-gss-sanon-13 5.1, draft-zhu-pku2u-09 6, IAKERB. */
static const struct leg {
    const char *token; /* token_classify's name, without "Kerberos" or "PKU2U" before it */
    enum side sender;
    bool first;
    enum certain initiator, acceptor;
    enum side due;
} legs[] = {
    {"NTLMSSP NEGOTIATE", I, true, NO, NO, A},
    {"NTLMSSP CHALLENGE", A, false, NO, NO, I},
    {"NTLMSSP AUTHENTICATE", I, false, YES, YES, NOBODY},
    {"AP-REQ", I, true, NO, YES, A},
    {"AP-REQ, one way", I, true, YES, YES, NOBODY},
    {"AP-REQ, options unread", I, true, MAYBE, YES, NOBODY},
    {"AP-REP", A, false, YES, YES, NOBODY},
    {"AP-REP", I, false, YES, YES, NOBODY},
    {"AP-REQ, unframed", I, true, NO, NO, A}, /* DCE style has three legs */
    {"AP-REP, unframed", A, false, NO, NO, I},
    {"AP-REP, unframed", I, false, YES, YES, NOBODY},
    {"KRB-ERROR", A, false, NO, NO, NOBODY}, /* the initiator may try again */
    {"KRB-ERROR, unframed", A, false, NO, NO, NOBODY},
    {"TGT-REQ", I, true, NO, NO, A},
    {"TGT-REP", A, false, NO, NO, I},
    {"IAKERB-PROXY", I, true, NO, NO, A},
    {"IAKERB-PROXY", A, false, NO, NO, I},
    {"AS-REQ", I, true, NO, NO, A},
    {"AS-REP", A, false, NO, NO, I},
    {"SAnon-X25519", I, true, NO, YES, A},
    {"SAnon-X25519 answer", A, false, YES, YES, NOBODY},
};

#undef I
#undef A

enum family { OTHER, KERBEROS, NTLM, PKU2U, SANON, NEGOEX, EAP };

static enum family
family_of(enum spnego_mech mech)
{
    switch (mech) {
    case SPNEGO_MECH_KRB5:
    case SPNEGO_MECH_MS_KRB5:
    case SPNEGO_MECH_KRB5_U2U:
    case SPNEGO_MECH_IAKERB:
        return KERBEROS;
    case SPNEGO_MECH_NTLMSSP:
        return NTLM;
    case SPNEGO_MECH_PKU2U:
        return PKU2U;
    case SPNEGO_MECH_SANON_X25519:
        return SANON;
    case SPNEGO_MECH_NEGOEX:
        return NEGOEX;
    case SPNEGO_MECH_EAP_AES128:
    case SPNEGO_MECH_EAP_AES256:
        return EAP;
    default:
        return OTHER;
    }
}

/* What stands inside the DER element at the front of `*in`, which moves behind it. */
static struct spnego_slice
take(struct spnego_slice *in)
{
    struct spnego_slice value = {NULL, 0};
    size_t header;
    uint64_t len;

    if (octets_der(*in, &header, &len) && len <= in->len - header) {
        value = octets_part(*in, header, (size_t)len);
        *in = octets_part(*in, header + value.len, in->len - header - value.len);
    }
    return value;
}

/* Does the framed AP-REQ ask for mutual authentication?  RFC 4121 4.1, RFC 4120 5.5.1. */
static enum certain
asks_for_mutual(struct spnego_slice token)
{
    struct spnego_decode_opts opts = {sizeof(opts), SPNEGO_TOLERATE_CODEC,
                                      SIZE_MAX,     0,
                                      NULL,         NULL,
                                      NULL};
    struct spnego_slice in = take(&token);
    struct kerberos_ap_req ap_req;

    take(&in); /* thisMech */
    if (in.len < 2 || kerberos_ap_req_decode(&ap_req, octets_part(in, 2, in.len - 2), &opts) !=
                          SPNEGO_OK) /* behind the TOK_ID */
        return MAYBE;
    return (ap_req.ap_options & KERBEROS_AP_OPTIONS_MUTUAL_REQUIRED) != 0 ? YES : NO;
}

static const struct leg *
find_leg(enum side sender, struct spnego_slice token)
{
    struct token_class class = token_classify(token);
    const char *name = class.name;
    size_t i;

    if (strncmp(name, "Kerberos ", 9) == 0)
        name += 9;
    else if (strncmp(name, "PKU2U ", 6) == 0)
        name += 6;
    if (strcmp(name, "AP-REQ") == 0 && asks_for_mutual(token) != YES)
        name = asks_for_mutual(token) == NO ? "AP-REQ, one way" : "AP-REQ, options unread";
    for (i = 0; i < sizeof(legs) / sizeof(legs[0]); i++)
        if (legs[i].sender == sender && strcmp(legs[i].token, name) == 0)
            return &legs[i];
    return NULL;
}

void
mech_begin(struct mech_progress *progress, struct spnego_slice oid)
{
    memset(progress, 0, sizeof(*progress));
    progress->oid = oid;
    progress->mech = spnego_oid_mech(oid);
    progress->due = SIDE_INITIATOR;
    progress->integrity = CERTAIN_YES;
    switch (family_of(progress->mech)) {
    case OTHER:
    case NTLM: /* until AUTHENTICATE says */
        progress->integrity = CERTAIN_MAYBE;
        break;
    default: /* all that NegoEx chooses have it too: draft-zhu-negoex-04 8 */
        break;
    }
}

/* MsvAvFlags in the NTLMv2_CLIENT_CHALLENGE, bit 0x2.  [MS-NLMP] 2.2.2.1, 2.2.2.7. */
static bool
says_mic(struct spnego_slice message)
{
    struct spnego_slice response =
        octets_part(message, octets_le(message, 24, 4), octets_le(message, 20, 2));
    size_t at = 44;

    while (at + 4 <= response.len) {
        uint64_t id = octets_le(response, at, 2), size = octets_le(response, at + 2, 2);

        if (id == 0 || size > response.len - at - 4)
            break;
        if (id == 6 && size == 4)
            return (octets_le(response, at + 4, 4) & 0x2) != 0;
        at += 4 + size;
    }
    return false;
}

/* NTLMSSP_NEGOTIATE_SIGN and _SEAL decide on its integrity.  [MS-NLMP] 2.2.2.5. */
static void
feed_authenticate(struct mech_progress *progress, struct spnego_slice message)
{
    if (message.len < 64)
        return;
    progress->integrity = (octets_le(message, 60, 4) & 0x30) != 0 ? YES : NO;
    progress->ntlm_mic = says_mic(message);
}

/* NegoEx: nothing can be complete before a mechanism's token was sent.  [MS-NEGOEX]
 * 2.2.6.1. */
static bool
has_exchange(struct spnego_slice token)
{
    struct spnego_decode_opts opts = {sizeof(opts), SPNEGO_TOLERATE_CODEC,
                                      SIZE_MAX,     0,
                                      NULL,         NULL,
                                      NULL};
    struct negoex_message message;
    size_t used;

    while (token.len > 0 && negoex_message_decode(&message, &used, token, &opts) == SPNEGO_OK) {
        if (message.header.message_type == NEGOEX_MESSAGE_TYPE_AP_REQUEST)
            return true;
        token.ptr += used;
        token.len -= used;
    }
    return token.len > 0;
}

void
mech_feed(struct mech_progress *progress, enum side side, struct spnego_slice token)
{
    const struct leg *leg = find_leg(side, token);

    if (leg != NULL && mech_is_foreign(progress->oid, token))
        leg = NULL;
    if (leg != NULL) {
        progress->one_token = !progress->begun && strcmp(leg->token, "AP-REQ, one way") == 0;
        progress->done[SIDE_INITIATOR] = leg->initiator;
        progress->done[SIDE_ACCEPTOR] = leg->acceptor;
        progress->due = leg->due;
        if (strcmp(leg->token, "NTLMSSP AUTHENTICATE") == 0)
            feed_authenticate(progress, token);
    } else {
        progress->one_token = false;
        progress->due = SIDE_UNKNOWN;
        if (progress->mech != SPNEGO_MECH_NEGOEX || has_exchange(token))
            progress->done[SIDE_INITIATOR] = progress->done[SIDE_ACCEPTOR] = MAYBE;
    }
    progress->begun = true;
}

bool
mech_finished(const struct mech_progress *progress)
{
    return progress->done[SIDE_INITIATOR] == YES && progress->done[SIDE_ACCEPTOR] == YES &&
           progress->due == SIDE_UNKNOWN;
}

bool
mech_may_begin(const struct mech_progress *progress, struct spnego_slice token)
{
    const struct leg *leg = find_leg(SIDE_INITIATOR, token);
    struct token_class class = token_classify(token);

    if (leg != NULL)
        return leg->first;
    /* A known mechanism's token that no leg of the initiator is. */
    return family_of(progress->mech) == OTHER || family_of(progress->mech) == NEGOEX ||
           family_of(progress->mech) == EAP || class.family == FAMILY_UNKNOWN;
}

bool
mech_is_foreign(struct spnego_slice oid, struct spnego_slice token)
{
    struct token_class class = token_classify(token);
    enum family selected = family_of(spnego_oid_mech(oid)), found = family_of(class.mech);

    if (class.framed && class.mech == SPNEGO_MECH_UNKNOWN)
        return oid.len != 0 && !octets_equal(oid, class.oid);
    if (found == OTHER || oid.len == 0)
        return false;
    /* PKU2U carries Kerberos' messages. */
    return selected != found && !(selected == PKU2U && found == KERBEROS);
}

bool
mech_is_per_message(struct spnego_slice token)
{
    static const char *const names[] = {"Kerberos MIC", "Kerberos Wrap", "Kerberos delete",
                                        "NTLM signature"};
    struct token_class class = token_classify(token);
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(class.name, names[i]) == 0)
            return true;
    return false;
}

static bool
is_krb5(enum spnego_mech mech)
{
    return mech == SPNEGO_MECH_KRB5 || mech == SPNEGO_MECH_MS_KRB5;
}

bool
mech_same(struct spnego_slice a, struct spnego_slice b)
{
    return octets_equal(a, b) || (is_krb5(spnego_oid_mech(a)) && is_krb5(spnego_oid_mech(b)));
}

const char *
mech_short(struct spnego_slice oid, char room[SPNEGO_OID_TEXT_MAX])
{
    const char *name = spnego_mech_name(spnego_oid_mech(oid));

    if (name != NULL)
        return name;
    spnego_oid_format(room, SPNEGO_OID_TEXT_MAX, oid);
    return room;
}
