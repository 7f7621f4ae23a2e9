/* token_class.c: tables of first octets. */
#include "token_class.h"

#include "octets.h"

/* A token that begins with these octets is this one. */
struct opening {
    const char *octets;
    size_t len;
    enum token_family family;
    enum spnego_mech mech;
    enum side sender; /* SIDE_UNKNOWN: both may send it */
    const char *name;
};

static const char kerberos_mic[] = "Kerberos MIC";

#define OPENING(octets) octets, sizeof(octets) - 1
static const struct opening openings[] = {
    {OPENING("NTLMSSP\0\1\0\0\0"), FAMILY_NTLMSSP, SPNEGO_MECH_NTLMSSP, SIDE_INITIATOR,
     "NTLMSSP NEGOTIATE"},
    {OPENING("NTLMSSP\0\2\0\0\0"), FAMILY_NTLMSSP, SPNEGO_MECH_NTLMSSP, SIDE_ACCEPTOR,
     "NTLMSSP CHALLENGE"},
    {OPENING("NTLMSSP\0\3\0\0\0"), FAMILY_NTLMSSP, SPNEGO_MECH_NTLMSSP, SIDE_INITIATOR,
     "NTLMSSP AUTHENTICATE"},
    {OPENING("NTLMSSP\0"), FAMILY_NTLMSSP, SPNEGO_MECH_NTLMSSP, SIDE_UNKNOWN, "NTLMSSP"},
    {OPENING("NEGOEXTS"), FAMILY_NEGOEX, SPNEGO_MECH_NEGOEX, SIDE_UNKNOWN, "NegoEx"},
};

/* Per-message tokens; these begin with few fixed octets, so length counts. */
static const struct opening per_message[] = {
    {OPENING("\x04\x04"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN, kerberos_mic},
    {OPENING("\x05\x04"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN, "Kerberos Wrap"},
};

/* What follows the object identifier of a Kerberos frame.  RFC 4121 4.1,
 * RFC 1964 1.2, draft-swift-win2k-krb-user2user-03 4. */
static const struct opening kerberos_ids[] = {
    {OPENING("\x01\x00"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_INITIATOR, "Kerberos AP-REQ"},
    {OPENING("\x02\x00"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN, "Kerberos AP-REP"},
    {OPENING("\x03\x00"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN,
     "Kerberos KRB-ERROR"},
    {OPENING("\x04\x00"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5_U2U, SIDE_INITIATOR,
     "Kerberos TGT-REQ"},
    {OPENING("\x04\x01"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5_U2U, SIDE_ACCEPTOR,
     "Kerberos TGT-REP"},
    {OPENING("\x05\x00"), FAMILY_KERBEROS, SPNEGO_MECH_PKU2U, SIDE_INITIATOR,
     "Kerberos AS-REQ"},
    {OPENING("\x06\x00"), FAMILY_KERBEROS, SPNEGO_MECH_PKU2U, SIDE_ACCEPTOR, "Kerberos AS-REP"},
    {OPENING("\x05\x01"), FAMILY_KERBEROS, SPNEGO_MECH_IAKERB, SIDE_UNKNOWN,
     "Kerberos IAKERB-PROXY"},
    {OPENING("\x01\x01"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN, kerberos_mic},
    {OPENING("\x02\x01"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN, "Kerberos Wrap"},
    {OPENING("\x01\x02"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN, "Kerberos delete"},
};

/* The same in a frame of PKU2U.  draft-zhu-pku2u-09 6. */
static const struct opening pku2u_ids[] = {
    {OPENING("\x05\x00"), FAMILY_GSS, SPNEGO_MECH_PKU2U, SIDE_INITIATOR, "PKU2U AS-REQ"},
    {OPENING("\x06\x00"), FAMILY_GSS, SPNEGO_MECH_PKU2U, SIDE_ACCEPTOR, "PKU2U AS-REP"},
    {OPENING("\x01\x00"), FAMILY_GSS, SPNEGO_MECH_PKU2U, SIDE_INITIATOR, "PKU2U AP-REQ"},
    {OPENING("\x02\x00"), FAMILY_GSS, SPNEGO_MECH_PKU2U, SIDE_UNKNOWN, "PKU2U AP-REP"},
    {OPENING("\x03\x00"), FAMILY_GSS, SPNEGO_MECH_PKU2U, SIDE_UNKNOWN, "PKU2U KRB-ERROR"},
};

/* DER of Kerberos messages without a frame: DCE style, and PKU2U's.  RFC 4120 5.10. */
static const struct opening raw_kerberos[] = {
    {OPENING("\x6a"), FAMILY_KERBEROS, SPNEGO_MECH_PKU2U, SIDE_INITIATOR,
     "Kerberos AS-REQ, unframed"},
    {OPENING("\x6b"), FAMILY_KERBEROS, SPNEGO_MECH_PKU2U, SIDE_ACCEPTOR,
     "Kerberos AS-REP, unframed"},
    {OPENING("\x6e"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN,
     "Kerberos AP-REQ, unframed"},
    {OPENING("\x6f"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN,
     "Kerberos AP-REP, unframed"},
    {OPENING("\x7e"), FAMILY_KERBEROS, SPNEGO_MECH_KRB5, SIDE_UNKNOWN,
     "Kerberos KRB-ERROR, unframed"},
};

/* How base64 of NegTokenInit, NegTokenResp, NTLM and NegoEx begins. */
static const struct opening base64_texts[] = {
    {OPENING("Y"), FAMILY_UNKNOWN, SPNEGO_MECH_UNKNOWN, SIDE_UNKNOWN, "base64 text"},
    {OPENING("o"), FAMILY_UNKNOWN, SPNEGO_MECH_UNKNOWN, SIDE_UNKNOWN, "base64 text"},
    {OPENING("TlRMTVNTUA"), FAMILY_UNKNOWN, SPNEGO_MECH_UNKNOWN, SIDE_UNKNOWN, "base64 text"},
    {OPENING("TkVHT0VYVF"), FAMILY_UNKNOWN, SPNEGO_MECH_UNKNOWN, SIDE_UNKNOWN, "base64 text"},
};
#define COUNT(table) (sizeof(table) / sizeof(table[0]))

static const struct opening *
find(const struct opening *table, size_t count, struct spnego_slice octets)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (octets.len >= table[i].len &&
            memcmp(octets.ptr, table[i].octets, table[i].len) == 0)
            return &table[i];
    return NULL;
}

static struct token_class
named(const struct opening *opening)
{
    struct token_class class = {FAMILY_UNKNOWN,      false,     SIDE_UNKNOWN,
                                SPNEGO_MECH_UNKNOWN, {NULL, 0}, "unknown"};

    if (opening == NULL)
        return class;
    class.family = opening->family;
    class.mech = opening->mech;
    class.sender = opening->sender;
    class.name = opening->name;
    return class;
}

/* Is this one DER element and nothing else? */
static bool
fills(struct spnego_slice octets)
{
    size_t header;
    uint64_t len;

    return octets_der(octets, &header, &len) && len == octets.len - header;
}

/* A TOK_ID may have been left where the frame was not. */
static const struct opening *
find_raw_kerberos(struct spnego_slice octets)
{
    const struct opening *opening;

    if (octets.len > 2 && octets.ptr[0] >= 1 && octets.ptr[0] <= 6 && octets.ptr[1] == 0)
        octets = octets_part(octets, 2, octets.len - 2);
    opening = find(raw_kerberos, COUNT(raw_kerberos), octets);
    return opening != NULL && fills(octets) ? opening : NULL;
}

static bool
is_base64(struct spnego_slice octets)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n";
    size_t i;

    for (i = 0; i < octets.len; i++)
        if (octets.ptr[i] == 0 || strchr(alphabet, octets.ptr[i]) == NULL)
            return false;
    return octets.len >= 8;
}

/* The frame of RFC 2743, as it was meant: lengths of any form, the token cut
 * off or not.  This is a guess for people; spnego_frame_decode is the judge. */
static bool
guess_frame(struct spnego_slice *oid, struct spnego_slice *inner, struct spnego_slice octets)
{
    size_t at = 2;

    if (octets.len < 4 || octets.ptr[0] != 0x60)
        return false;
    if (octets.ptr[1] > 0x80)
        at += octets.ptr[1] & 0x7fu;
    if (at + 2 > octets.len || octets.ptr[at] != 0x06 || octets.ptr[at + 1] >= 0x80)
        return false;
    oid->ptr = octets.ptr + at + 2;
    oid->len = octets.ptr[at + 1];
    if (oid->len > octets.len - at - 2)
        return false;
    inner->ptr = oid->ptr + oid->len;
    inner->len = octets.len - at - 2 - oid->len;
    return true;
}

static bool
is_kerberos(enum spnego_mech mech)
{
    return mech == SPNEGO_MECH_KRB5 || mech == SPNEGO_MECH_MS_KRB5 ||
           mech == SPNEGO_MECH_KRB5_U2U || mech == SPNEGO_MECH_IAKERB ||
           mech == SPNEGO_MECH_KRB5_OLD || mech == SPNEGO_MECH_KRB5_V2;
}

static struct token_class
with_id(const struct opening *id, const char *without)
{
    struct token_class class = named(id);

    if (id == NULL)
        class.name = without;
    return class;
}

static struct token_class
classify_framed(struct spnego_slice oid, struct spnego_slice inner)
{
    enum spnego_mech mech = spnego_oid_mech(oid);
    const char *name = spnego_mech_name(mech);
    struct token_class class = named(NULL);

    class.family = FAMILY_GSS;
    class.name = name != NULL ? name : "GSS-API token";
    if (mech == SPNEGO_MECH_SPNEGO) {
        class.family = FAMILY_SPNEGO_INIT;
        if (inner.len > 0 && inner.ptr[0] == 0xa1)
            class.family = FAMILY_SPNEGO_RESP;
        class.name = "SPNEGO";
    } else if (mech == SPNEGO_MECH_PKU2U) {
        class = with_id(find(pku2u_ids, COUNT(pku2u_ids), inner), "PKU2U token");
        class.family = FAMILY_GSS;
        class.mech = mech;
    } else if (is_kerberos(mech)) {
        class = with_id(find(kerberos_ids, COUNT(kerberos_ids), inner), "Kerberos token");
        class.family = FAMILY_KERBEROS;
        /* The other three ids say more than the frame's number. */
        if (class.mech == SPNEGO_MECH_UNKNOWN || class.mech == SPNEGO_MECH_KRB5)
            class.mech = mech;
    } else {
        class.mech = mech;
    }
    class.framed = true;
    class.oid = oid;
    return class;
}

static struct token_class
spnego_class(enum token_family family, const char *name)
{
    struct token_class class = named(NULL);

    class.family = family;
    class.mech = SPNEGO_MECH_SPNEGO;
    class.name = name;
    return class;
}

/* NTLM's signature of 16 octets begins with its version.  [MS-NLMP] 2.2.2.9. */
static bool
is_ntlm_signature(struct spnego_slice octets)
{
    return octets.len == 16 && octets_le(octets, 0, 4) == 1;
}

/* The acceptor's answer is a public key and a MIC, without a frame.
 * draft-howard-gss-sanon-13 5.1. */
static bool
is_sanon_answer(struct spnego_slice octets)
{
    return octets.len == 64 && memcmp(octets.ptr + 32, "\x04\x04\x05\xff", 4) == 0;
}

/* Tokens without a magic number, told by length and a few octets. */
static struct token_class
classify_by_shape(struct spnego_slice octets)
{
    struct token_class class = named(NULL);

    if (is_base64(octets))
        class = named(find(base64_texts, COUNT(base64_texts), octets));
    else if (octets.len > 4 && octets_be(octets, 0, 4) == octets.len - 4)
        class.name = "SASL length prefix";
    if (is_ntlm_signature(octets)) {
        class.family = FAMILY_NTLMSSP;
        class.mech = SPNEGO_MECH_NTLMSSP;
        class.name = "NTLM signature";
    } else if (is_sanon_answer(octets)) {
        class.family = FAMILY_GSS;
        class.mech = SPNEGO_MECH_SANON_X25519;
        class.name = "SAnon-X25519 answer";
    }
    return class;
}

struct token_class
token_classify(struct spnego_slice octets)
{
    const struct opening *opening = find(openings, COUNT(openings), octets);
    struct spnego_slice oid, inner;

    if (opening != NULL)
        return named(opening);
    if (guess_frame(&oid, &inner, octets))
        return classify_framed(oid, inner);
    if (octets.len > 0 && (octets.ptr[0] == 0x60 || octets.ptr[0] == 0xa0))
        return spnego_class(FAMILY_SPNEGO_INIT, "NegTokenInit");
    if (octets.len > 0 && octets.ptr[0] == 0xa1)
        return spnego_class(FAMILY_SPNEGO_RESP, "NegTokenResp");
    opening = find(per_message, COUNT(per_message), octets);
    if (opening != NULL && octets.len >= 16 && octets.ptr[3] == 0xff)
        return named(opening);
    opening = find_raw_kerberos(octets);
    if (opening != NULL)
        return named(opening);
    return classify_by_shape(octets);
}

struct token_class
token_classify_for(struct spnego_slice octets, enum spnego_mech mech)
{
    if (mech == SPNEGO_MECH_SANON_X25519 && is_sanon_answer(octets))
        return classify_by_shape(octets);
    return token_classify(octets);
}

static bool
is_krb5(enum spnego_mech mech)
{
    return mech == SPNEGO_MECH_KRB5 || mech == SPNEGO_MECH_MS_KRB5;
}

static bool
fits_known(enum spnego_mech own, enum spnego_mech mech)
{
    if (own == mech)
        return true;
    if (is_krb5(own))
        return is_krb5(mech) || mech == SPNEGO_MECH_KRB5_U2U || mech == SPNEGO_MECH_IAKERB;
    return is_krb5(mech) && own == SPNEGO_MECH_KRB5_U2U;
}

bool
token_class_fits(const struct token_class *class, struct spnego_slice oid)
{
    enum spnego_mech mech = spnego_oid_mech(oid);

    if (oid.len == 0)
        return true;
    if (class->mech != SPNEGO_MECH_UNKNOWN && mech != SPNEGO_MECH_UNKNOWN)
        return fits_known(class->mech, mech);
    switch (class->family) {
    case FAMILY_NEGOEX:
    case FAMILY_NTLMSSP:
    case FAMILY_KERBEROS:
    case FAMILY_GSS:
        return class->framed && octets_equal(class->oid, oid);
    default:
        return true;
    }
}

/* RFC 4121 4.2.6.1 with checksums of 12, 16 and 24 octets; framed, RFC 1964 1.2.1 with
 * those of 8 and 20. */
static bool
is_kerberos_mic(const struct token_class *class, size_t len)
{
    if (class->name != kerberos_mic)
        return false;
    if (class->framed)
        return len == class->oid.len + 28 || len == class->oid.len + 40;
    return len == 28 || len == 32 || len == 40;
}

bool
mic_fits(struct spnego_slice mic, enum spnego_mech mech)
{
    struct token_class class = token_classify(mic);
    bool kerberos = is_kerberos_mic(&class, mic.len), ntlm = is_ntlm_signature(mic);

    if (mech == SPNEGO_MECH_NTLMSSP)
        return ntlm;
    if (is_kerberos(mech) || mech == SPNEGO_MECH_PKU2U || mech == SPNEGO_MECH_SANON_X25519)
        return kerberos;
    return kerberos || ntlm ||
           (class.family != FAMILY_NTLMSSP && class.family != FAMILY_KERBEROS);
}

const char *
token_class_kind(const struct token_class *class)
{
    switch (class->family) {
    case FAMILY_SPNEGO_INIT:
        return "NegTokenInit";
    case FAMILY_SPNEGO_RESP:
        return "NegTokenResp";
    case FAMILY_NEGOEX:
        return "NegoEx";
    case FAMILY_NTLMSSP:
        return "NTLMSSP";
    case FAMILY_KERBEROS:
        return "Kerberos";
    case FAMILY_GSS:
        return "GSS";
    case FAMILY_UNKNOWN:
        break;
    }
    return "unknown";
}

bool
token_is_known(const uint8_t *ptr, size_t len)
{
    struct spnego_slice octets = {ptr, len};

    return token_classify(octets).family != FAMILY_UNKNOWN;
}
