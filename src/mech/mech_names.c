/* mech_names.c: names of values.  RFC 4121 4.2.2, RFC 1964 1.2.1.1, RFC 4757 7.3,
 * [MS-NLMP] 2.2.1, 2.2.2.1, 2.2.2.5. */
#include "mech_names.h"

#include <inspect/value_names.h>

struct name {
    uint8_t table; /* enum mech_names */
    uint16_t value;
    const char *name;
};

static const struct name names[] = {
    {NAMES_MIC_FLAGS, 0, "SentByAcceptor"},
    {NAMES_MIC_FLAGS, 1, "Sealed"},
    {NAMES_MIC_FLAGS, 2, "AcceptorSubkey"},
    {NAMES_SGN_ALG, 0x0000, "DES MAC MD5"},
    {NAMES_SGN_ALG, 0x0001, "MD2.5"},
    {NAMES_SGN_ALG, 0x0002, "DES MAC"},
    {NAMES_SGN_ALG, 0x0004, "HMAC SHA1 DES3 KD"},
    {NAMES_SGN_ALG, 0x0011, "HMAC MD5"},
    {NAMES_NTLM_TYPE, 1, "NEGOTIATE"},
    {NAMES_NTLM_TYPE, 2, "CHALLENGE"},
    {NAMES_NTLM_TYPE, 3, "AUTHENTICATE"},
    {NAMES_NTLM_FLAGS, 0, "UNICODE"},
    {NAMES_NTLM_FLAGS, 1, "OEM"},
    {NAMES_NTLM_FLAGS, 2, "REQUEST_TARGET"},
    {NAMES_NTLM_FLAGS, 4, "SIGN"},
    {NAMES_NTLM_FLAGS, 5, "SEAL"},
    {NAMES_NTLM_FLAGS, 6, "DATAGRAM"},
    {NAMES_NTLM_FLAGS, 7, "LM_KEY"},
    {NAMES_NTLM_FLAGS, 9, "NTLM"},
    {NAMES_NTLM_FLAGS, 11, "ANONYMOUS"},
    {NAMES_NTLM_FLAGS, 12, "OEM_DOMAIN_SUPPLIED"},
    {NAMES_NTLM_FLAGS, 13, "OEM_WORKSTATION_SUPPLIED"},
    {NAMES_NTLM_FLAGS, 15, "ALWAYS_SIGN"},
    {NAMES_NTLM_FLAGS, 16, "TARGET_TYPE_DOMAIN"},
    {NAMES_NTLM_FLAGS, 17, "TARGET_TYPE_SERVER"},
    {NAMES_NTLM_FLAGS, 19, "EXTENDED_SESSIONSECURITY"},
    {NAMES_NTLM_FLAGS, 20, "IDENTIFY"},
    {NAMES_NTLM_FLAGS, 22, "REQUEST_NON_NT_SESSION_KEY"},
    {NAMES_NTLM_FLAGS, 23, "TARGET_INFO"},
    {NAMES_NTLM_FLAGS, 25, "VERSION"},
    {NAMES_NTLM_FLAGS, 29, "128"},
    {NAMES_NTLM_FLAGS, 30, "KEY_EXCH"},
    {NAMES_NTLM_FLAGS, 31, "56"},
    {NAMES_AV_FLAGS, 0, "constrained"},
    {NAMES_AV_FLAGS, 1, "MIC present"},
    {NAMES_AV_FLAGS, 2, "untrusted SPN"},
};

static const char *
inspected_name(const struct spnego_desc *desc, uint64_t value)
{
    size_t i;

    for (i = 0; i < inspect_value_names_count; i++)
        if (inspect_value_names[i].table == desc->names &&
            (uint64_t)(int64_t)inspect_value_names[i].value == value)
            return inspect_value_names[i].name;
    return NULL;
}

const char *
value_name(const struct spnego_desc *desc, uint64_t value)
{
    size_t i;

    if (desc->names < INSPECT_TABLES_FROM)
        return spnego_desc_value_name(desc, value);
    if (desc->names < NAMES_MIC_FLAGS)
        return inspected_name(desc, value);
    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].table == desc->names && names[i].value == value)
            return names[i].name;
    return NULL;
}
