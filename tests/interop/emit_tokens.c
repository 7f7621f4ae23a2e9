/*
 * emit_tokens.c - writes tokens that the library encodes, one a line: the name
 * of the connection, who sends, and the token as hexadecimal digits.
 *
 * What stands inside the tokens is of its kind too: an NTLM NEGOTIATE and
 * CHALLENGE ([MS-NLMP] 2.2.1), signatures ([MS-NLMP] 2.2.2.9, RFC 4121
 * 4.2.6.1), a framed SAnon-X25519 token, NegoEx messages.  So a dissector that
 * looks into them finds what it should.
 */
#include "spnego/spnego.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct spnego_slice mechs[8];

/* NEGOTIATE: flags, empty domain and workstation, version 10.0.17763. */
static const uint8_t ntlm_negotiate[] = {
    'N',  'T', 'L', 'M', 'S', 'S', 'P', 0, 1,    0, 0, 0, 0x97, 0x82, 0x08, 0xe2, 0, 0, 0, 0,
    0x28, 0,   0,   0,   0,   0,   0,   0, 0x28, 0, 0, 0, 0x0a, 0,    0x63, 0x45, 0, 0, 0, 0x0f,
};

/* CHALLENGE: target name "DOM", a challenge, target information of nothing but
 * the domain's name and its end. */
static const uint8_t ntlm_challenge[] = {
    'N',  'T',  'L',  'M',  'S',  'S',  'P', 0,    2,    0,    0,    0,    6,
    0,    6,    0,    0x38, 0,    0,    0,   0x15, 0x82, 0x89, 0xe2, 0x01, 0x23,
    0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0,   0,    0,    0,    0,    0,    0,
    0,    0x0e, 0,    0x0e, 0,    0x3e, 0,   0,    0,    0x0a, 0,    0x63, 0x45,
    0,    0,    0,    0x0f, 'D',  0,    'O', 0,    'M',  0,    2,    0,    6,
    0,    'D',  0,    'O',  0,    'M',  0,   0,    0,    0,    0,
};

static const uint8_t ntlm_mic[] = {
    1, 0, 0, 0, 0x3c, 0x51, 0x0f, 0x8e, 0x77, 0x23, 0xd0, 0x19, 0, 0, 0, 0,
};

static const uint8_t krb5_mic[] = {
    0x04, 0x04, 0x04, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0x2a, 0x19,
    0x5c, 0x07, 0x8f, 0x11, 0x62, 0xd3, 0x94, 0xa5, 0x36, 0xe7, 0x58, 0xc9, 0x0a, 0x7b,
};

static const char hint[] = "not_defined_in_RFC4178@please_ignore";

static struct spnego_slice
slice(const void *ptr, size_t len)
{
    struct spnego_slice out = {ptr, len};

    return out;
}
#define SLICE(array) slice(array, sizeof(array))

static struct spnego_mech_type_list
list(size_t count)
{
    struct spnego_mech_type_list out = {{NULL, 0}, mechs, count};

    return out;
}

static void
emit(const char *name, const struct spnego_negotiation_token *token)
{
    uint8_t room[4096];
    struct spnego_buf buf = {room, sizeof(room), 0, NULL};
    bool from_client = token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
    size_t i;

    if (spnego_token_encode(&buf, token) != SPNEGO_OK)
        exit(EXIT_FAILURE);
    printf("%s %s ", name, from_client ? "client" : "server");
    for (i = 0; i < buf.len; i++)
        printf("%02x", room[i]);
    putchar('\n');
}

static void
emit_init(const char *name, size_t mech_count, struct spnego_slice mech_token, uint32_t flags)
{
    struct spnego_negotiation_token token;

    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
    token.u.neg_token_init.mech_types = list(mech_count);
    token.u.neg_token_init.has_req_flags = flags != 0;
    token.u.neg_token_init.req_flags = flags;
    token.u.neg_token_init.has_mech_token = mech_token.len != 0;
    token.u.neg_token_init.mech_token = mech_token;
    emit(name, &token);
}

/* A field that is empty is left out; so is the state -1. */
static void
emit_resp(const char *name, int state, struct spnego_slice mech, struct spnego_slice response,
          struct spnego_slice mic)
{
    struct spnego_negotiation_token token;
    struct spnego_neg_token_resp *resp = &token.u.neg_token_resp;

    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
    resp->has_neg_state = state >= 0;
    resp->neg_state = state >= 0 ? (enum spnego_neg_state)state : SPNEGO_NEG_STATE_REJECT;
    resp->has_supported_mech = mech.len != 0;
    resp->supported_mech = mech;
    resp->has_response_token = response.len != 0;
    resp->response_token = response;
    resp->has_mech_list_mic = mic.len != 0;
    resp->mech_list_mic = mic;
    emit(name, &token);
}

static void
emit_ntlm(void)
{
    struct spnego_slice none = {NULL, 0};

    mechs[0] = spnego_mech_oid(SPNEGO_MECH_NTLMSSP);
    emit_init("ntlm", 1, SLICE(ntlm_negotiate), 0);
    emit_resp("ntlm", SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE, mechs[0], SLICE(ntlm_challenge),
              none);
    emit_resp("ntlm", SPNEGO_NEG_STATE_ACCEPT_COMPLETED, none, none, SLICE(ntlm_mic));
}

static void
emit_kerberos(void)
{
    struct spnego_slice none = {NULL, 0};

    mechs[0] = spnego_mech_oid(SPNEGO_MECH_MS_KRB5);
    mechs[1] = spnego_mech_oid(SPNEGO_MECH_KRB5);
    mechs[2] = spnego_mech_oid(SPNEGO_MECH_NTLMSSP);
    emit_init("krb5", 3, none,
              SPNEGO_CONTEXT_FLAGS_MUTUAL_FLAG | SPNEGO_CONTEXT_FLAGS_INTEG_FLAG);
    emit_resp("krb5", SPNEGO_NEG_STATE_REQUEST_MIC, mechs[1], none, none);
    emit_resp("krb5", -1, none, none, SLICE(krb5_mic));
    emit_init("reject", 3, none, 0x7f);
    emit_resp("reject", SPNEGO_NEG_STATE_REJECT, none, none, none);
}

static void
emit_hints(void)
{
    struct spnego_negotiation_token token;
    struct spnego_neg_token_init2 *init = &token.u.neg_token_init2;

    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2;
    mechs[3] = spnego_mech_oid(SPNEGO_MECH_NEGOEX);
    init->has_mech_types = true;
    init->mech_types = list(4);
    init->has_neg_hints = true;
    init->neg_hints.has_hint_name = true;
    init->neg_hints.hint_name = slice(hint, sizeof(hint) - 1);
    emit("hints", &token);
}

static struct negoex_guid schemes[2] = {
    {{0xff, 0x84, 0xe3, 0xde, 0x86, 0x10, 0x86, 0x4e, 0xbe, 0x78, 0xb9, 0x41, 0x70, 0xbf, 0xd3,
      0x76}},
    {{0x5c, 0x33, 0x53, 0x0d, 0xea, 0xf9, 0x0d, 0x4d, 0xb2, 0xec, 0x4a, 0xe3, 0x78, 0x6e, 0xc3,
      0x08}},
};

/* Appends `message`, in which all but its header is set. */
static void
append(struct spnego_buf *token, enum negoex_message_type type, uint32_t number,
       struct negoex_message *message)
{
    size_t i;

    message->header.message_type = type;
    message->header.sequence_num = number;
    for (i = 0; i < 16; i++)
        message->header.conversation_id.octets[i] = (uint8_t)(0x51 + 13 * i);
    if (negoex_message_encode(token, message) != SPNEGO_OK)
        exit(EXIT_FAILURE);
}

static void
append_nego(struct spnego_buf *token, enum negoex_message_type type, uint32_t number)
{
    struct negoex_message message;
    size_t i;

    memset(&message, 0, sizeof(message));
    for (i = 0; i < 32; i++)
        message.u.nego_message.random[i] = (uint8_t)(7 + 29 * i);
    message.u.nego_message.auth_schemes.items = schemes;
    message.u.nego_message.auth_schemes.count = 2;
    append(token, type, number, &message);
}

/* A SAnon-X25519 token in its frame: a public key. */
static void
append_exchange(struct spnego_buf *token, enum negoex_message_type type, uint32_t number)
{
    uint8_t sanon[46] = {0x60, 44, 0x06, 10};
    struct spnego_slice oid = spnego_mech_oid(SPNEGO_MECH_SANON_X25519);
    struct negoex_message message;
    size_t i;

    memcpy(sanon + 4, oid.ptr, oid.len);
    for (i = 14; i < sizeof(sanon); i++)
        sanon[i] = (uint8_t)(3 + 41 * i);
    memset(&message, 0, sizeof(message));
    message.u.exchange_message.auth_scheme = schemes[0];
    message.u.exchange_message.exchange = SLICE(sanon);
    append(token, type, number, &message);
}

static void
append_verify(struct spnego_buf *token, uint32_t number)
{
    struct negoex_message message;

    memset(&message, 0, sizeof(message));
    message.u.verify_message.auth_scheme = schemes[0];
    message.u.verify_message.checksum.checksum_scheme = NEGOEX_CHECKSUM_SCHEME_RFC3961;
    message.u.verify_message.checksum.checksum_type = NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_96_AES128;
    message.u.verify_message.checksum.checksum_value = slice(krb5_mic + 16, 12);
    append(token, NEGOEX_MESSAGE_TYPE_VERIFY, number, &message);
}

static void
append_alert(struct spnego_buf *token, uint32_t number)
{
    struct negoex_message message;
    struct negoex_alert pulse;

    memset(&pulse, 0, sizeof(pulse));
    pulse.alert_type = NEGOEX_ALERT_TYPE_PULSE;
    pulse.has_alert_pulse = true;
    pulse.alert_pulse.reason = NEGOEX_ALERT_REASON_VERIFY_NO_KEY;
    memset(&message, 0, sizeof(message));
    message.u.alert_message.auth_scheme = schemes[0];
    message.u.alert_message.alerts.items = &pulse;
    message.u.alert_message.alerts.count = 1;
    append(token, NEGOEX_MESSAGE_TYPE_ALERT, number, &message);
}

static void
emit_negoex(void)
{
    struct spnego_slice none = {NULL, 0};
    uint8_t room[2048];
    struct spnego_buf token = {room, sizeof(room), 0, NULL};

    mechs[0] = spnego_mech_oid(SPNEGO_MECH_NEGOEX);
    append_nego(&token, NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO, 0);
    append_exchange(&token, NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA, 1);
    append_exchange(&token, NEGOEX_MESSAGE_TYPE_AP_REQUEST, 2);
    emit_init("negoex", 1, slice(room, token.len), 0);
    token.len = 0;
    append_nego(&token, NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO, 3);
    append_exchange(&token, NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA, 4);
    append_exchange(&token, NEGOEX_MESSAGE_TYPE_CHALLENGE, 5);
    append_verify(&token, 6);
    emit_resp("negoex", SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE, mechs[0], slice(room, token.len),
              none);
    token.len = 0;
    append_alert(&token, 7);
    emit_resp("negoex", SPNEGO_NEG_STATE_ACCEPT_INCOMPLETE, none, slice(room, token.len), none);
}

int
main(void)
{
    emit_ntlm();
    emit_kerberos();
    emit_hints();
    emit_negoex();
    return EXIT_SUCCESS;
}
