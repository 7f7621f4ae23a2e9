/* mech_mic.c: MICs of Kerberos and NTLM, field by field. */
#include "mech_names.h"
#include "mech_token.h"

static uint64_t
big_endian(struct spnego_slice octets)
{
    return octets_be(octets, 0, octets.len);
}

static uint64_t
little_endian(struct spnego_slice octets)
{
    return octets_le(octets, 0, octets.len);
}

/* A field at a fixed place; `len` 0 goes to the end. */
struct fixed_field {
    struct spnego_desc desc;
    size_t off;
    size_t len;
    uint64_t (*number)(struct spnego_slice octets); /* NULL: octets */
};

static void
show_fields(const struct mech_token *token, const struct spnego_desc *type,
            const struct fixed_field *fields, size_t count, struct spnego_slice octets)
{
    struct spnego_path path = {NULL, type, SPNEGO_NO_INDEX};
    size_t i;

    mech_open(token, &path, octets);
    for (i = 0; i < count; i++) {
        const struct fixed_field *field = &fields[i];
        struct spnego_slice part;

        if (field->off > octets.len || field->len > octets.len - field->off)
            return;
        part = octets_part(octets, field->off,
                           field->len != 0 ? field->len : octets.len - field->off);
        mech_show(token, &path, &field->desc, part,
                  field->number != NULL ? field->number(part) : 0);
    }
}
#define COUNT(table) (sizeof(table) / sizeof(table[0]))

static const struct spnego_desc mic_desc = MECH_FIELD("MIC token", "MIC token", STRUCT, 0);

/* RFC 4121 4.2.6.1. */
static const struct fixed_field kerberos_mic[] = {
    {MECH_FIELD("TOK_ID", "octets", OCTETS, 0), 0, 2, NULL},
    {MECH_FIELD("Flags", "Flags", FLAGS, NAMES_MIC_FLAGS), 2, 1, big_endian},
    {MECH_FIELD("Filler", "octets", OCTETS, 0), 3, 5, NULL},
    {MECH_FIELD("SND_SEQ", "u64", INT, 0), 8, 8, big_endian},
    {MECH_FIELD("SGN_CKSUM", "octets", OCTETS, 0), 16, 0, NULL},
};

void
mech_kerberos_mic(struct mech_token *token)
{
    show_fields(token, &mic_desc, kerberos_mic, COUNT(kerberos_mic), token->inner);
}

/* RFC 1964 1.2.1; SND_SEQ is encrypted. */
static const struct fixed_field rfc1964_mic[] = {
    {MECH_FIELD("TOK_ID", "octets", OCTETS, 0), 0, 2, NULL},
    {MECH_FIELD("SGN_ALG", "SGN_ALG", ENUM, NAMES_SGN_ALG), 2, 2, little_endian},
    {MECH_FIELD("Filler", "octets", OCTETS, 0), 4, 4, NULL},
    {MECH_FIELD("SND_SEQ", "octets", OCTETS, 0), 8, 8, NULL},
    {MECH_FIELD("SGN_CKSUM", "octets", OCTETS, 0), 16, 0, NULL},
};

void
mech_rfc1964_mic(struct mech_token *token)
{
    show_fields(token, &mic_desc, rfc1964_mic, COUNT(rfc1964_mic), token->inner);
}

/* [MS-NLMP] 2.2.2.9.1, 2.2.2.9.2. */
static const struct spnego_desc signature_desc =
    MECH_FIELD("MESSAGE_SIGNATURE", "MESSAGE_SIGNATURE", STRUCT, 0);
static const struct fixed_field ntlm_signature[] = {
    {MECH_FIELD("Version", "u32", INT, 0), 0, 4, little_endian},
    {MECH_FIELD("Checksum", "octets", OCTETS, 0), 4, 8, NULL},
    {MECH_FIELD("SeqNum", "u32", INT, 0), 12, 4, little_endian},
};

void
mech_ntlm_signature(struct mech_token *token)
{
    show_fields(token, &signature_desc, ntlm_signature, COUNT(ntlm_signature), token->inner);
}
