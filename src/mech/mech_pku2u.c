/* mech_pku2u.c: what PKU2U asks of an AS-REQ, and SAnon's two tokens.
 * draft-zhu-pku2u-09 6.1; draft-howard-gss-sanon-13 5.1. */
#include "mech_token.h"

#include <string.h>
#include <inspect/kerberos.h>

#define PA_PKU2U_NAME 136

static bool
equals(struct spnego_slice octets, const char *text)
{
    return octets.len == strlen(text) && memcmp(octets.ptr, text, octets.len) == 0;
}

/* The NULL principal: WELLKNOWN/NULL, of the type WELLKNOWN.  draft-zhu-pku2u-09 4 */
static bool
is_null(bool present, const struct kerberos_principal_name *name)
{
    struct spnego_slice first, second;
    size_t pos = 0;

    if (!present)
        return true;
    return name->name_type == KERBEROS_NAME_TYPE_KRB_NT_WELLKNOWN &&
           kerberos_name_string_next(&first, &pos, &name->name_string) &&
           kerberos_name_string_next(&second, &pos, &name->name_string) &&
           equals(first, "WELLKNOWN") && equals(second, "NULL");
}

/* Where kdc-options stand; the message as a whole without a tree. */
static struct spnego_slice
kdc_options_of(const struct mech_token *token, struct spnego_slice message)
{
    struct node *node = token->parent != NULL ? tree_find(token->parent, "kdc-options") : NULL;

    if (node == NULL)
        return message;
    message.ptr = token->analysis->octets.ptr + node->off;
    message.len = node->len;
    return message;
}

void
mech_rules_of_as_req(struct mech_token *token, const struct kerberos_kdc_req *message,
                     struct spnego_slice octets)
{
    const struct kerberos_kdc_req_body *body = &message->req_body;
    bool named =
        !is_null(body->has_cname, &body->cname) && !is_null(body->has_sname, &body->sname);
    struct kerberos_pa_data padata;
    size_t pos = 0;

    if (body->kdc_options != 0)
        mech_remark(token, SPN6016_PKU2U_OPTIONS, kdc_options_of(token, octets),
                    "AS-REQ.req-body.kdc-options");
    if (!equals(body->realm, "WELLKNOWN:PKU2U"))
        mech_remark(token, SPN6017_PKU2U_REALM, body->realm, "AS-REQ.req-body.realm");
    while (message->has_padata && named &&
           kerberos_method_data_next(&padata, &pos, &message->padata))
        if (padata.padata_type == PA_PKU2U_NAME)
            mech_remark(token, SPN6018_PKU2U_NAME, padata.padata_value, "AS-REQ.padata");
}

#define SANON_KEY 32
#define SANON_FLAGS 8
#define SANON_MIC 32

static const struct spnego_desc sanon_first_desc =
                                    MECH_FIELD("initiator token", "SAnon", STRUCT, 0),
                                sanon_answer_desc =
                                    MECH_FIELD("acceptor token", "SAnon", STRUCT, 0),
                                sanon_key_desc = MECH_FIELD("public key", "octets", OCTETS, 0),
                                sanon_flags_desc = MECH_FIELD("flags", "octets", OCTETS, 0);

static void
sanon_first(const struct mech_token *token)
{
    struct spnego_path path = {NULL, &sanon_first_desc, SPNEGO_NO_INDEX};
    struct spnego_slice octets = token->inner;

    if (octets.len != SANON_KEY && octets.len != SANON_KEY + SANON_FLAGS) {
        mech_remark_numbers(token, SPN6020_SANON_LENGTH, octets, "", octets.len, SANON_KEY);
        return;
    }
    mech_open(token, &path, octets);
    mech_show(token, &path, &sanon_key_desc, octets_part(octets, 0, SANON_KEY), 0);
    if (octets.len > SANON_KEY)
        mech_show(token, &path, &sanon_flags_desc, octets_part(octets, SANON_KEY, SANON_FLAGS),
                  0);
}

static void
sanon_answer(struct mech_token *token)
{
    struct spnego_path path = {NULL, &sanon_answer_desc, SPNEGO_NO_INDEX};
    struct spnego_slice octets = token->inner;

    if (octets.len < SANON_KEY + 2 || memcmp(octets.ptr + SANON_KEY, "\4\4", 2) != 0) {
        mech_remark(token, SPN6021_UNREADABLE_MECH, octets, "");
        return;
    }
    if (octets.len != SANON_KEY + SANON_MIC) {
        mech_remark_numbers(token, SPN6020_SANON_LENGTH, octets, "", octets.len,
                            SANON_KEY + SANON_MIC);
        return;
    }
    mech_open(token, &path, octets_part(octets, 0, SANON_KEY));
    mech_show(token, &path, &sanon_key_desc, octets_part(octets, 0, SANON_KEY), 0);
    token->inner = octets_part(octets, SANON_KEY, SANON_MIC);
    mech_kerberos_mic(token);
}

/* M13. */
void
mech_sanon(struct mech_token *token)
{
    if (token->class.framed)
        sanon_first(token);
    else
        sanon_answer(token);
}
