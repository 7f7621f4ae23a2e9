/* mech_ntlm.c: NTLM's three messages.  A message has a fixed part, in which fields say
 * where in the rest their octets are; all numbers are little-endian.  [MS-NLMP] 2.2.1 */
#include "mech_names.h"
#include "mech_token.h"

#define NEGOTIATE 1
#define CHALLENGE 2
#define AUTHENTICATE 3
#define FLAG_UNICODE 0x00000001u
#define FLAG_VERSION 0x02000000u
#define MIC_LEN 16
#define MOST_PAIRS 64 /* AV_PAIRs that are looked at */

/* A field that stands elsewhere: Len, MaxLen and BufferOffset at `off`. */
enum content {
    CONTENT_OCTETS,
    CONTENT_NAME,
    CONTENT_OEM_NAME,
    CONTENT_PAIRS,
    CONTENT_RESPONSE
};
struct far_field {
    size_t off;
    unsigned type; /* of the message */
    enum content content;
    struct spnego_desc desc, text; /* as octets or Unicode, and as OEM text */
};

#define NAME(name) MECH_FIELD(name, "UTF-16LE", TEXT, 0), MECH_FIELD(name, "OEM", TEXT, 0)
#define OCTETS(name)                                                                           \
    MECH_FIELD(name, "octets", OCTETS, 0), MECH_FIELD(name, "octets", OCTETS, 0)

/* In the order of their places in the fixed part. */
static const struct far_field far_fields[] = {
    {16, NEGOTIATE, CONTENT_OEM_NAME, NAME("DomainName")},
    {24, NEGOTIATE, CONTENT_OEM_NAME, NAME("WorkstationName")},
    {12, CHALLENGE, CONTENT_NAME, NAME("TargetName")},
    {40, CHALLENGE, CONTENT_PAIRS, OCTETS("TargetInfo")},
    {12, AUTHENTICATE, CONTENT_OCTETS, OCTETS("LmChallengeResponse")},
    {20, AUTHENTICATE, CONTENT_RESPONSE, OCTETS("NtChallengeResponse")},
    {28, AUTHENTICATE, CONTENT_NAME, NAME("DomainName")},
    {36, AUTHENTICATE, CONTENT_NAME, NAME("UserName")},
    {44, AUTHENTICATE, CONTENT_NAME, NAME("Workstation")},
    {52, AUTHENTICATE, CONTENT_OCTETS, OCTETS("EncryptedSessionKey")},
};
#define FAR_FIELDS (sizeof(far_fields) / sizeof(far_fields[0]))

/* What differs between the messages: how long the fixed part is in the oldest form, with
 * flags alone, without TargetInfo, without a session key; and where things stand. */
static const struct layout {
    struct spnego_desc desc;
    size_t least;
    size_t flags;
    size_t version;
} layouts[] = {
    {MECH_FIELD("NEGOTIATE_MESSAGE", "NEGOTIATE_MESSAGE", STRUCT, 0), 16, 12, 32},
    {MECH_FIELD("CHALLENGE_MESSAGE", "CHALLENGE_MESSAGE", STRUCT, 0), 32, 20, 48},
    {MECH_FIELD("AUTHENTICATE_MESSAGE", "AUTHENTICATE_MESSAGE", STRUCT, 0), 52, 60, 64},
};

static const struct spnego_desc type_desc =
    MECH_FIELD("MessageType", "u32", ENUM, NAMES_NTLM_TYPE);
static const struct spnego_desc flags_desc =
    MECH_FIELD("NegotiateFlags", "NEGOTIATE", FLAGS, NAMES_NTLM_FLAGS);
static const struct spnego_desc challenge_desc =
    MECH_FIELD("ServerChallenge", "octets", OCTETS, 0);
static const struct spnego_desc version_desc = MECH_FIELD("Version", "octets", OCTETS, 0);
static const struct spnego_desc mic_desc = MECH_FIELD("MIC", "octets", OCTETS, 0);

/* One message on its way into the tree. */
struct message {
    const struct mech_token *token;
    struct spnego_path path;
    struct spnego_slice octets;
    unsigned type;
    const struct layout *layout;
    uint32_t flags;
    size_t fixed; /* where the first of the far fields begins: the fixed part ends there */
};

/* Returns the octets of a far field; none if it is missing, empty or out of bounds. */
static struct spnego_slice
far_octets(const struct message *message, const struct far_field *field)
{
    struct spnego_slice none = {NULL, 0};
    uint64_t len, off;

    if (field->type != message->type || field->off + 8 > message->fixed)
        return none;
    len = octets_le(message->octets, field->off, 2);
    off = octets_le(message->octets, field->off + 4, 4);
    if (len == 0 || off > message->octets.len || len > message->octets.len - off)
        return none;
    return octets_part(message->octets, off, len);
}

/* The fixed part ends where the first far field begins; fields that would lie behind that
 * are not there, as in the messages of old. */
static size_t
fixed_part(const struct message *message)
{
    struct message whole = *message;
    size_t end = message->octets.len, i;

    whole.fixed = message->octets.len;
    for (i = 0; i < FAR_FIELDS; i++) {
        struct spnego_slice octets = {NULL, 0};

        if (far_fields[i].off + 8 <= end)
            octets = far_octets(&whole, &far_fields[i]);
        if (octets.len > 0 && (size_t)(octets.ptr - message->octets.ptr) < end)
            end = (size_t)(octets.ptr - message->octets.ptr);
    }
    return end > message->layout->least ? end : message->layout->least;
}

/* AV_PAIRs, by AvId.  [MS-NLMP] 2.2.2.1 */
static const struct spnego_desc av_pairs[] = {
    MECH_FIELD("MsvAvEOL", "octets", OCTETS, 0),
    MECH_FIELD("MsvAvNbComputerName", "UTF-16LE", TEXT, 0),
    MECH_FIELD("MsvAvNbDomainName", "UTF-16LE", TEXT, 0),
    MECH_FIELD("MsvAvDnsComputerName", "UTF-16LE", TEXT, 0),
    MECH_FIELD("MsvAvDnsDomainName", "UTF-16LE", TEXT, 0),
    MECH_FIELD("MsvAvDnsTreeName", "UTF-16LE", TEXT, 0),
    MECH_FIELD("MsvAvFlags", "AvFlags", FLAGS, NAMES_AV_FLAGS),
    MECH_FIELD("MsvAvTimestamp", "FILETIME", INT, 0),
    MECH_FIELD("MsvAvSingleHost", "octets", OCTETS, 0),
    MECH_FIELD("MsvAvTargetName", "UTF-16LE", TEXT, 0),
    MECH_FIELD("MsvAvChannelBindings", "octets", OCTETS, 0),
};
static const struct spnego_desc av_unknown = MECH_FIELD("AvPair", "octets", OCTETS, 0);

static uint64_t
pair_number(const struct spnego_desc *desc, struct spnego_slice value)
{
    if (desc->kind == SPNEGO_KIND_FLAGS && value.len == 4)
        return octets_le(value, 0, 4);
    if (desc->kind == SPNEGO_KIND_INT && value.len == 8)
        return octets_le(value, 4, 4) << 32 | octets_le(value, 0, 4);
    return 0;
}

/* Shows the AV_PAIRs in `octets`, below the field `desc`. */
static void
show_pairs(const struct message *message, const struct spnego_desc *desc,
           struct spnego_slice octets)
{
    struct spnego_path path = {&message->path, desc, SPNEGO_NO_INDEX};
    size_t at = 0, count;

    for (count = 0; count < MOST_PAIRS && octets.len - at >= 4; count++) {
        uint64_t id = octets_le(octets, at, 2), len = octets_le(octets, at + 2, 2);
        const struct spnego_desc *pair = &av_unknown;
        struct spnego_slice value;

        if (id < sizeof(av_pairs) / sizeof(av_pairs[0]))
            pair = &av_pairs[id];
        if (len > octets.len - at - 4 || id == 0)
            return;
        value = octets_part(octets, at + 4, len);
        mech_show(message->token, &path, pair, value, pair_number(pair, value));
        at += 4 + len;
    }
}

/* An answer of NTLMv2 has the server's AV_PAIRs in it, signed.  [MS-NLMP] 2.2.2.7, .8 */
#define NTLMV2_PAIRS 44

static void
show_far_field(const struct message *message, const struct far_field *field)
{
    struct spnego_slice octets = far_octets(message, field);
    const struct spnego_desc *desc = &field->desc;

    if (octets.len == 0)
        return;
    if (field->content == CONTENT_OEM_NAME ||
        (field->content == CONTENT_NAME && (message->flags & FLAG_UNICODE) == 0))
        desc = &field->text;
    mech_show(message->token, &message->path, desc, octets, 0);
    if (field->content == CONTENT_PAIRS)
        show_pairs(message, desc, octets);
    else if (field->content == CONTENT_RESPONSE && octets.len > NTLMV2_PAIRS)
        show_pairs(message, desc, octets_part(octets, NTLMV2_PAIRS, octets.len - NTLMV2_PAIRS));
}

/* Where AUTHENTICATE has its MIC; 0 in the other messages.  Without the flag, some leave
 * out Version, so that the MIC stands in its place. */
static size_t
mic_place(const struct message *message)
{
    size_t version = message->layout->version;

    if (message->type != AUTHENTICATE)
        return 0;
    if ((message->flags & FLAG_VERSION) == 0 && message->fixed < version + 8 + MIC_LEN)
        return version;
    return version + 8;
}

/* What stands in the fixed part itself, behind MessageType. */
static void
show_fixed(const struct message *message)
{
    const struct layout *layout = message->layout;
    struct spnego_slice octets = message->octets;
    size_t mic = mic_place(message);

    if (message->fixed >= layout->flags + 4)
        mech_show(message->token, &message->path, &flags_desc,
                  octets_part(octets, layout->flags, 4), message->flags);
    if (message->type == CHALLENGE)
        mech_show(message->token, &message->path, &challenge_desc, octets_part(octets, 24, 8),
                  0);
    if ((message->flags & FLAG_VERSION) != 0 && message->fixed >= layout->version + 8)
        mech_show(message->token, &message->path, &version_desc,
                  octets_part(octets, layout->version, 8), 0);
    if (mic != 0 && message->fixed >= mic + MIC_LEN)
        mech_show(message->token, &message->path, &mic_desc, octets_part(octets, mic, MIC_LEN),
                  0);
}

/* Every far field lies inside the message. */
static void
rules_of_bounds(const struct message *message)
{
    size_t i;

    for (i = 0; i < FAR_FIELDS; i++) {
        const struct far_field *field = &far_fields[i];
        size_t len, off;

        if (field->type != message->type || field->off + 8 > message->fixed)
            continue;
        len = octets_le(message->octets, field->off, 2);
        off = octets_le(message->octets, field->off + 4, 4);
        if (len > 0 && (off > message->octets.len || len > message->octets.len - off))
            mech_remark_numbers(message->token, SPN6007_NTLM_BOUNDS,
                                octets_part(message->octets, field->off, 8), field->desc.name,
                                off, len);
    }
}

/* M05: the server sends CHALLENGE, and nothing else. */
static void
rules_of_direction(const struct message *message)
{
    enum side sender = message->type == CHALLENGE ? SIDE_ACCEPTOR : SIDE_INITIATOR;

    if (mech_is_sent_by(message->token, side_other(sender)))
        mech_remark(message->token, SPN6005_NTLM_DIRECTION, octets_part(message->octets, 8, 4),
                    type_desc.name);
}

static void
show_message(struct message *message)
{
    size_t i;

    if (message->octets.len >= message->layout->flags + 4)
        message->flags = (uint32_t)octets_le(message->octets, message->layout->flags, 4);
    message->fixed = fixed_part(message);
    if (message->fixed < message->layout->flags + 4)
        message->flags = 0;
    show_fixed(message);
    for (i = 0; i < FAR_FIELDS; i++)
        show_far_field(message, &far_fields[i]);
    rules_of_bounds(message);
}

void
mech_ntlm(struct mech_token *token)
{
    static const struct spnego_desc unknown = MECH_FIELD("NTLMSSP", "NTLMSSP", STRUCT, 0);
    struct message message =
        {token, {NULL, &unknown, SPNEGO_NO_INDEX}, token->inner, 0, NULL, 0, 0};

    if (token->inner.len < 12) {
        mech_remark_numbers(token, SPN6008_NTLM_CUT, token->inner, "", token->inner.len,
                            layouts[0].least);
        return;
    }
    message.type = (unsigned)octets_le(token->inner, 8, 4);
    if (message.type >= NEGOTIATE && message.type <= AUTHENTICATE) {
        message.layout = &layouts[message.type - NEGOTIATE];
        message.path.desc = &message.layout->desc;
    }
    mech_open(token, &message.path, token->inner);
    mech_show(token, &message.path, &type_desc, octets_part(token->inner, 8, 4), message.type);
    if (message.layout == NULL) {
        mech_remark_numbers(token, SPN6009_NTLM_TYPE, octets_part(token->inner, 8, 4),
                            type_desc.name, message.type, 0);
        return;
    }
    rules_of_direction(&message);
    if (token->inner.len < message.layout->least)
        mech_remark_numbers(token, SPN6008_NTLM_CUT, token->inner, "", token->inner.len,
                            message.layout->least);
    else
        show_message(&message);
}
