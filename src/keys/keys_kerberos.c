/* keys_kerberos.c: from a service's key to the key of a context. */
#include "keys_kerberos.h"

#include <inspect/kerberos.h>
#include <krb5.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

/* Key usages.  RFC 4120 7.5.1 */
enum { USAGE_TICKET = 2, USAGE_AUTHENTICATOR = 11, USAGE_AP_REP = 12 };

/* What stands behind the frame's object identifier, and the tag of the message after it. */
enum { TOK_ID_AP_REQ = 0x0100, TAG_AP_REQ = 0x6e, TOK_ID_AP_REP = 0x0200, TAG_AP_REP = 0x6f };

/* Also of the zeros behind a plaintext, with which some encryption types pad it. */
static const struct spnego_decode_opts tolerant =
    {sizeof(tolerant), SPNEGO_TOLERATE_CODEC, SIZE_MAX, 0, NULL, NULL, NULL};

/* The message in a token: behind its frame and TOK_ID, or alone, as in DCE style. */
static bool
message_in(struct spnego_slice *message, struct spnego_slice token, unsigned tok_id,
           uint8_t tag)
{
    struct spnego_slice mech;

    *message = token;
    if (token.len > 0 && token.ptr[0] == tag)
        return true;
    if (spnego_frame_decode(&mech, message, token, &tolerant) != SPNEGO_OK ||
        message->len < 3 || message->ptr[0] * 256u + message->ptr[1] != tok_id)
        return false;
    message->ptr += 2;
    message->len -= 2;
    return message->ptr[0] == tag;
}

/* Decrypts into memory of its own: free_plain is due either way. */
static bool
decrypt(krb5_data *plain, const struct held_key *key, krb5_keyusage usage,
        const struct kerberos_encrypted_data *part)
{
    krb5_keyblock block = {.enctype = key->enctype,
                           .length = (unsigned)key->len,
                           .contents = (krb5_octet *)key->octets};
    krb5_enc_data sealed = {.enctype = key->enctype};

    memset(plain, 0, sizeof(*plain));
    if (part->etype != key->enctype || part->cipher.len == 0 || part->cipher.len > UINT_MAX)
        return false;
    plain->length = sealed.ciphertext.length = (unsigned)part->cipher.len;
    sealed.ciphertext.data = (char *)part->cipher.ptr;
    plain->data = malloc(plain->length);
    return plain->data != NULL &&
           krb5_c_decrypt(NULL, &block, usage, NULL, &sealed, plain) == 0;
}

static void
free_plain(krb5_data *plain, const struct kerberos_encrypted_data *part)
{
    if (plain->data != NULL)
        OPENSSL_cleanse(plain->data, part->cipher.len);
    free(plain->data);
}

static struct spnego_slice
slice_of(const krb5_data *plain)
{
    struct spnego_slice slice = {(const uint8_t *)plain->data, plain->length};

    return slice;
}

static bool
take(struct held_key *out, const struct kerberos_encryption_key *key)
{
    return held_key_set(out, SIDE_UNKNOWN, key->keytype, key->keyvalue);
}

static bool
open_ticket(struct held_key *session, const struct keys *keys,
            const struct kerberos_ticket *ticket)
{
    struct kerberos_enc_ticket_part part;
    krb5_data plain;
    bool open = false;
    size_t i;

    for (i = 0; i < keys->service_count && !open; i++) {
        open =
            decrypt(&plain, &keys->service[i], USAGE_TICKET, &ticket->enc_part) &&
            kerberos_enc_ticket_part_decode(&part, slice_of(&plain), &tolerant) == SPNEGO_OK &&
            take(session, &part.key);
        free_plain(&plain, &ticket->enc_part);
    }
    return open;
}

/* The initiator's subkey is optional: without one the ticket's key stays. */
static bool
open_authenticator(struct held_key *out, const struct held_key *session,
                   const struct kerberos_encrypted_data *sealed)
{
    struct kerberos_authenticator part;
    krb5_data plain;
    bool open;

    *out = *session;
    open = decrypt(&plain, session, USAGE_AUTHENTICATOR, sealed) &&
           kerberos_authenticator_decode(&part, slice_of(&plain), &tolerant) == SPNEGO_OK &&
           (!part.has_subkey || take(out, &part.subkey));
    free_plain(&plain, sealed);
    return open;
}

static bool
open_ap_rep(struct held_key *out, const struct held_key *session, struct spnego_slice message)
{
    struct kerberos_enc_ap_rep_part part;
    struct kerberos_ap_rep reply;
    krb5_data plain;
    bool open;

    if (kerberos_ap_rep_decode(&reply, message, &tolerant) != SPNEGO_OK)
        return false;
    open = decrypt(&plain, session, USAGE_AP_REP, &reply.enc_part) &&
           kerberos_enc_ap_rep_part_decode(&part, slice_of(&plain), &tolerant) == SPNEGO_OK &&
           part.has_subkey && take(out, &part.subkey);
    free_plain(&plain, &reply.enc_part);
    return open;
}

/* Finds the last AP-REQ up to `turn`, and the acceptor's first AP-REP behind it. */
static bool
find_messages(struct spnego_slice *request, struct spnego_slice *reply,
              const struct conversation *conversation, size_t turn)
{
    size_t i = turn + 1;
    const struct turn *turns = conversation->turns;
    bool found = false;

    reply->len = 0;
    while (!found && i-- > 0)
        found = turns[i].side == SIDE_INITIATOR &&
                message_in(request, turns[i].token, TOK_ID_AP_REQ, TAG_AP_REQ);
    if (!found)
        return false;
    while (++i <= turn)
        if (turns[i].side == SIDE_ACCEPTOR &&
            message_in(reply, turns[i].token, TOK_ID_AP_REP, TAG_AP_REP))
            return true;
    reply->len = 0;
    return true;
}

bool
keys_of_context(struct held_key *out, const struct keys *keys,
                const struct conversation *conversation, size_t turn, bool acceptor_subkey)
{
    struct spnego_slice request, reply;
    struct kerberos_ap_req message;
    struct held_key session;
    bool found;

    if (!find_messages(&request, &reply, conversation, turn) ||
        kerberos_ap_req_decode(&message, request, &tolerant) != SPNEGO_OK ||
        !open_ticket(&session, keys, &message.ticket))
        return false;
    if (acceptor_subkey)
        found = reply.len > 0 && open_ap_rep(out, &session, reply);
    else
        found = open_authenticator(out, &session, &message.authenticator);
    OPENSSL_cleanse(&session, sizeof(session));
    return found;
}
