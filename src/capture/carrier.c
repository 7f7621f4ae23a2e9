/* carrier.c: what the readers of the carriers share. */
#include "carrier.h"

#include "token_class.h"

#include <string.h>

static const struct {
    const char *name;
    const char *layer;
    void (*read)(struct spnego_slice octets, carrier_emit_fn *emit, void *arg);
} carriers[CARRIER_COUNT] = {
    [CARRIER_SMB1] = {"SMB1", "smb", carrier_read_smb1},
    [CARRIER_SMB2] = {"SMB2", "smb2", carrier_read_smb2},
    [CARRIER_HTTP] = {"HTTP", "http", carrier_read_http},
    [CARRIER_LDAP] = {"LDAP", "ldap", carrier_read_ldap},
    [CARRIER_DCERPC] = {"DCE/RPC", "dcerpc", carrier_read_dcerpc},
};

const char *
carrier_name(enum carrier carrier)
{
    return carriers[carrier].name;
}

const char *
carrier_layer(enum carrier carrier)
{
    return carriers[carrier].layer;
}

void
carrier_read(enum carrier carrier, struct spnego_slice octets, carrier_emit_fn *emit, void *arg)
{
    carriers[carrier].read(octets, emit, arg);
}

void
carrier_remark(struct carrier_message *message, enum spnego_finding_code code, uint64_t got,
               uint64_t want)
{
    if (message->remark_count < CARRIER_REMARKS)
        message->remarks[message->remark_count++] = (struct carrier_remark){code, got, want};
}

bool
carrier_begins_negotiation(struct spnego_slice blob)
{
    static const char *const firsts[] = {"NTLMSSP NEGOTIATE", "Kerberos AP-REQ"};
    struct token_class class = token_classify(blob);
    size_t i;

    for (i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++)
        if (strncmp(class.name, firsts[i], strlen(firsts[i])) == 0)
            return true;
    return class.family == FAMILY_SPNEGO_INIT;
}
