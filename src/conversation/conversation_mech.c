/* conversation_mech.c: the table of the mechanisms' legs. */
#include "conversation_mech.h"
#include "conversation_parts.h"

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

enum family { OTHER, KERBEROS, NTLM, PKU2U, SANON, NEGOEX };

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
    default:
        return OTHER;
    }
}

/* The octets inside the DER element at the front of `*in`, which moves behind it; NULL
 * if it has another tag or does not fit. */
static struct spnego_slice
take(struct spnego_slice *in, uint8_t tag)
{
    struct spnego_slice value = {NULL, 0};
    size_t len, count = 0, i;

    if (in->len < 2 || in->ptr[0] != tag)
        return value;
    len = in->ptr[1];
    if (len > 0x80)
        count = len & 0x7fu;
    if (len == 0x80 || count > 4 || in->len < 2 + count)
        return value;
    for (i = 0, len = count != 0 ? 0 : len; i < count; i++)
        len = len << 8 | in->ptr[2 + i];
    if (len > in->len - 2 - count)
        return value;
    value.ptr = in->ptr + 2 + count;
    value.len = len;
    in->ptr = value.ptr + len;
    in->len -= 2 + count + len;
    return value;
}

/* ap-options [2] of the AP-REQ: 0 or 1 for mutual-required, or -1.  RFC 4120 5.5.1. */
static int
mutual_required(struct spnego_slice token)
{
    struct spnego_slice in = take(&token, 0x60), body, options;

    take(&in, 0x06);
    if (in.len < 2)
        return -1;
    in.ptr += 2; /* TOK_ID */
    in.len -= 2;
    body = take(&in, 0x6e);
    body = take(&body, 0x30);
    take(&body, 0xa0);
    take(&body, 0xa1);
    options = take(&body, 0xa2);
    options = take(&options, 0x03);
    if (options.len < 2)
        return -1;
    return (options.ptr[1] & 0x20) != 0;
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
    if (strcmp(name, "AP-REQ") == 0 && mutual_required(token) <= 0)
        name = mutual_required(token) == 0 ? "AP-REQ, one way" : "AP-REQ, options unread";
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
    progress->integrity = CERTAIN_MAYBE;
    switch (family_of(progress->mech)) {
    case KERBEROS:
    case PKU2U:
    case SANON:
        progress->integrity = CERTAIN_YES;
        break;
    default:
        break;
    }
}

static uint32_t
number_at(struct spnego_slice octets, size_t at, size_t len)
{
    uint32_t number = 0;

    while (len-- > 0)
        number = number << 8 | octets.ptr[at + len];
    return number;
}

/* MsvAvFlags in the NTLMv2_CLIENT_CHALLENGE, bit 0x2.  [MS-NLMP] 2.2.2.1, 2.2.2.7. */
static bool
says_mic(struct spnego_slice message)
{
    size_t off = number_at(message, 24, 4), len = number_at(message, 20, 2), at = 44;
    struct spnego_slice response;

    if (off > message.len || len > message.len - off)
        return false;
    response.ptr = message.ptr + off;
    response.len = len;
    while (at + 4 <= response.len) {
        uint32_t id = number_at(response, at, 2), size = number_at(response, at + 2, 2);

        if (id == 0 || size > response.len - at - 4)
            break;
        if (id == 6 && size == 4)
            return (number_at(response, at + 4, 4) & 0x2) != 0;
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
    progress->integrity = (number_at(message, 60, 4) & 0x30) != 0 ? YES : NO;
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
           class.family == FAMILY_UNKNOWN;
}

bool
mech_is_foreign(struct spnego_slice oid, struct spnego_slice token)
{
    struct token_class class = token_classify(token);
    enum family selected = family_of(spnego_oid_mech(oid)), found = family_of(class.mech);

    if (class.framed && class.mech == SPNEGO_MECH_UNKNOWN)
        return oid.len != 0 && !slices_equal(oid, class.oid);
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
    return slices_equal(a, b) || (is_krb5(spnego_oid_mech(a)) && is_krb5(spnego_oid_mech(b)));
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
