/* mech_kerberos.c: Kerberos tokens, which are a TOK_ID and a message, and its MICs.
 * RFC 4121 4.1; draft-swift-win2k-krb-user2user-03 4; draft-zhu-pku2u-09 6. */
#include "mech_token.h"

#include <string.h>
#include <inspect/iakerb.h>
#include <inspect/kerberos.h>

/* The first octet of a message's DER: [APPLICATION n], or a plain SEQUENCE. */
enum message_tag {
    TAG_TGT = 0x30,
    TAG_AS_REQ = 0x6a,
    TAG_AS_REP = 0x6b,
    TAG_TGS_REQ = 0x6c,
    TAG_TGS_REP = 0x6d,
    TAG_AP_REQ = 0x6e,
    TAG_AP_REP = 0x6f,
    TAG_KRB_ERROR = 0x7e
};

/* What a TOK_ID says: which message follows, and who may send it. */
struct token_id {
    uint16_t number;
    uint8_t tag;
    enum side sender;              /* SIDE_UNKNOWN: both may */
    enum spnego_finding_code code; /* of a sender who may not */
};

static const struct token_id token_ids[] = {
    {0x0100, TAG_AP_REQ, SIDE_INITIATOR, SPN6003_KERBEROS_DIRECTION},
    {0x0200, TAG_AP_REP, SIDE_ACCEPTOR, SPN6003_KERBEROS_DIRECTION},
    {0x0300, TAG_KRB_ERROR, SIDE_UNKNOWN, SPN6003_KERBEROS_DIRECTION},
    {0x0400, TAG_TGT, SIDE_INITIATOR, SPN6019_U2U_DIRECTION},
    {0x0401, TAG_TGT, SIDE_ACCEPTOR, SPN6019_U2U_DIRECTION},
    {0x0500, TAG_AS_REQ, SIDE_INITIATOR, SPN6015_PKU2U_DIRECTION},
    {0x0600, TAG_AS_REP, SIDE_ACCEPTOR, SPN6015_PKU2U_DIRECTION},
};

static const struct token_id *
find_token_id(uint16_t number)
{
    size_t i;

    for (i = 0; i < sizeof(token_ids) / sizeof(token_ids[0]); i++)
        if (token_ids[i].number == number)
            return &token_ids[i];
    return NULL;
}

static bool
is_message_tag(uint8_t tag)
{
    return (tag >= TAG_AS_REQ && tag <= TAG_AP_REP) || tag == TAG_KRB_ERROR;
}

/* A message that begins with its own tag. */
static void
read_message(struct mech_token *token, struct spnego_slice octets)
{
    union {
        struct kerberos_kdc_req kdc_req;
        struct kerberos_kdc_rep kdc_rep;
        struct kerberos_ap_req ap_req;
        struct kerberos_ap_rep ap_rep;
        struct kerberos_krb_error error;
    } message;
    struct mech_decode decode;
    struct spnego_decode_opts opts = mech_opts(&decode, token, octets);
    enum spnego_status status = SPNEGO_E_MALFORMED;

    switch (octets.len > 0 ? octets.ptr[0] : 0) {
    case TAG_AS_REQ:
        status = kerberos_as_req_decode(&message.kdc_req, octets, &opts);
        if (status == SPNEGO_OK && spnego_oid_mech(token->class.oid) == SPNEGO_MECH_PKU2U)
            mech_rules_of_as_req(token, &message.kdc_req, octets);
        break;
    case TAG_AS_REP:
        status = kerberos_as_rep_decode(&message.kdc_rep, octets, &opts);
        break;
    case TAG_TGS_REQ:
        status = kerberos_tgs_req_decode(&message.kdc_req, octets, &opts);
        break;
    case TAG_TGS_REP:
        status = kerberos_tgs_rep_decode(&message.kdc_rep, octets, &opts);
        break;
    case TAG_AP_REQ:
        status = kerberos_ap_req_decode(&message.ap_req, octets, &opts);
        break;
    case TAG_AP_REP:
        status = kerberos_ap_rep_decode(&message.ap_rep, octets, &opts);
        break;
    case TAG_KRB_ERROR:
        status = kerberos_krb_error_decode(&message.error, octets, &opts);
        break;
    }
    if (status != SPNEGO_OK)
        mech_unreadable(&decode);
}

/* User-to-user messages have no tag of their own. */
static void
read_tgt_message(struct mech_token *token, uint16_t number, struct spnego_slice octets)
{
    struct mech_decode decode;
    struct spnego_decode_opts opts = mech_opts(&decode, token, octets);
    struct kerberos_tgt_req req;
    struct kerberos_tgt_rep rep;
    enum spnego_status status;

    if (number == 0x0400)
        status = kerberos_tgt_req_decode(&req, octets, &opts);
    else
        status = kerberos_tgt_rep_decode(&rep, octets, &opts);
    if (status != SPNEGO_OK)
        mech_unreadable(&decode);
}

/* How many octets of `octets` one DER element takes; all, if that is not plain. */
static size_t
element_len(struct spnego_slice octets)
{
    size_t header;
    uint64_t len;

    if (!octets_der(octets, &header, &len) || len > octets.len - header)
        return octets.len;
    return header + (size_t)len;
}

/* A header, and behind it a message to or from the KDC; the first may have none. */
static void
read_iakerb(struct mech_token *token, struct spnego_slice octets)
{
    size_t len = element_len(octets);
    struct spnego_slice header = octets_part(octets, 0, len);
    struct mech_decode decode;
    struct spnego_decode_opts opts = mech_opts(&decode, token, header);
    struct kerberos_iakerb_header out;

    if (kerberos_iakerb_header_decode(&out, header, &opts) != SPNEGO_OK)
        mech_unreadable(&decode);
    else if (octets.len > len)
        read_message(token, octets_part(octets, len, octets.len - len));
}

/* M02: another message than TOK_ID says.  Anything else is merely unreadable. */
static void
rules_of_message(const struct mech_token *token, const struct token_id *id,
                 struct spnego_slice octets)
{
    uint8_t tag = octets.len > 0 ? octets.ptr[0] : 0;

    if (tag != id->tag && is_message_tag(tag))
        mech_remark_numbers(token, SPN6002_TOKEN_ID_MESSAGE, octets_part(octets, 0, 1), "",
                            id->number, tag);
}

/* M03, M10, M12. */
static void
rules_of_direction(const struct mech_token *token, const struct token_id *id)
{
    enum spnego_finding_code code = id->code;

    if (code == SPN6003_KERBEROS_DIRECTION &&
        spnego_oid_mech(token->class.oid) == SPNEGO_MECH_PKU2U)
        code = SPN6015_PKU2U_DIRECTION;
    if (id->sender != SIDE_UNKNOWN && mech_is_sent_by(token, side_other(id->sender)))
        mech_remark(token, code, octets_part(token->inner, 0, 2), "TOK_ID");
}

/* M01, M10: the frame is missing, the TOK_ID, or both. */
static void
read_unframed(struct mech_token *token, struct spnego_slice octets)
{
    enum spnego_finding_code code = SPN6001_KERBEROS_UNFRAMED;

    if (spnego_oid_mech(token->class.oid) == SPNEGO_MECH_PKU2U)
        code = SPN6014_PKU2U_FRAME;
    /* Where PKU2U was announced, the missing frame for it has been told already. */
    if (code == SPN6014_PKU2U_FRAME || token->mech != SPNEGO_MECH_PKU2U)
        mech_remark(token, code, token->inner, "");
    /* M03: in DCE style the initiator ends with an AP-REP.  [MS-KILE] 3.4.5.1 */
    if (octets_be(octets, 0, 1) == TAG_AP_REQ && mech_is_sent_by(token, SIDE_ACCEPTOR))
        mech_remark(token, SPN6003_KERBEROS_DIRECTION, octets, "");
    read_message(token, octets);
}

static const struct spnego_desc tok_id_desc = MECH_FIELD("TOK_ID", "octets", OCTETS, 0);

void
mech_kerberos(struct mech_token *token)
{
    struct spnego_slice octets, number_octets;
    const struct token_id *id;
    uint16_t number;

    if (token->inner.len < 2) {
        mech_remark(token, SPN6021_UNREADABLE_MECH, token->inner, "TOK_ID");
        return;
    }
    if (is_message_tag(token->inner.ptr[0])) {
        read_unframed(token, token->inner);
        return;
    }
    number_octets = octets_part(token->inner, 0, 2);
    number = (uint16_t)octets_be(number_octets, 0, 2);
    if (number == 0x0101) {
        mech_rfc1964_mic(token);
        return;
    }
    if (token->parent != NULL)
        tree_below(&token->analysis->tree, token->parent, 0);
    mech_show(token, NULL, &tok_id_desc, number_octets, number);
    octets = octets_part(token->inner, 2, token->inner.len - 2);
    id = find_token_id(number);
    if (number >> 8 == 0x60) {
        mech_remark_numbers(token, SPN6013_RESERVED_TOKEN_ID, number_octets, "TOK_ID", number,
                            0);
    } else if (number == 0x0501) {
        read_iakerb(token, octets);
    } else if (id != NULL) {
        rules_of_direction(token, id);
        rules_of_message(token, id, octets);
        if (id->tag == TAG_TGT && (octets.len == 0 || !is_message_tag(octets.ptr[0])))
            read_tgt_message(token, number, octets);
        else
            read_message(token, octets);
    } else if (number != 0x0201 && number != 0x0102) {
        mech_remark(token, SPN6021_UNREADABLE_MECH, number_octets, "TOK_ID");
    }
}

void
mech_kerberos_raw(struct mech_token *token)
{
    struct spnego_slice octets = token->inner;

    if (!is_message_tag(octets.ptr[0]))
        octets = octets_part(octets, 2, octets.len - 2);
    if (octets.len > 0 && is_message_tag(octets.ptr[0]))
        read_unframed(token, octets);
}
