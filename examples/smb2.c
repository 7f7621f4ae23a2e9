/* smb2.c: requests are written field by field, in the order of [MS-SMB2]; nothing that a
 * server sends is used before it is known to lie inside the message. */
#include "smb2.h"

#include <errno.h>
#include <netdb.h>
#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE 10             /* seconds that the server may be silent */
#define MAX_INTERIM 16          /* responses that ask for patience, to one request: 3.3.4.2 */
#define PROTOCOL_ID 0x424d53feu /* FE "SMB" */

/* Offsets in the header: 2.2.1.2. */
enum {
    HEADER_STATUS = 8,
    HEADER_COMMAND = 12,
    HEADER_CREDITS = 14,
    HEADER_FLAGS = 16,
    HEADER_NEXT_COMMAND = 20,
    HEADER_MESSAGE_ID = 24,
    HEADER_SESSION_ID = 40,
    HEADER_SIGNATURE = 48
};
enum { NEGOTIATE = 0, SESSION_SETUP = 1, LOGOFF = 2, TREE_CONNECT = 3 };
enum { FLAG_RESPONSE = 1, FLAG_ASYNC = 2, FLAG_SIGNED = 8 };

static bool
fail(struct smb2 *c, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(c->why, sizeof(c->why), format, args);
    va_end(args);
    return false;
}

static bool
fail_status(struct smb2 *c, const char *what)
{
    return fail(c, "%s: %s (0x%08x)", what, smb2_status_name(c->status), (unsigned)c->status);
}

/* Appends a number of so many octets to the request, little-endian. */
static void
put(struct smb2 *c, size_t octets, uint64_t value)
{
    for (; octets > 0; octets--, value >>= 8)
        c->out[c->out_len++] = (uint8_t)value;
}

static uint64_t
get(const uint8_t *at, size_t octets)
{
    uint64_t value = 0;

    while (octets-- > 0)
        value = value << 8 | at[octets];
    return value;
}

static void
begin(struct smb2 *c, unsigned command)
{
    c->out_len = 4; /* The length is written when it is known. */
    put(c, 4, PROTOCOL_ID);
    put(c, 2, SMB2_HEADER_LEN);                /* StructureSize */
    put(c, 2, c->dialect >= SMB2_DIALECT_2_1); /* CreditCharge: none in 2.0.2 */
    put(c, 4, 0);                              /* Status */
    put(c, 2, command);
    put(c, 2, 1); /* CreditRequest: for the next request */
    put(c, 4, c->has_key ? FLAG_SIGNED : 0);
    put(c, 4, 0); /* NextCommand */
    put(c, 8, c->message_id);
    put(c, 4, 0); /* Reserved */
    put(c, 4, 0); /* TreeId */
    put(c, 8, c->session_id);
    put(c, 16, 0); /* Signature */
}

/* Writes the signature of a message into its header: 3.1.4.1. */
static bool
sign(const struct smb2 *c, uint8_t *message, size_t len)
{
    uint8_t mac[EVP_MAX_MD_SIZE];

    memset(message + HEADER_SIGNATURE, 0, 16);
    if (HMAC(EVP_sha256(), c->key, SMB2_KEY_LEN, message, len, mac, NULL) == NULL)
        return false;
    memcpy(message + HEADER_SIGNATURE, mac, 16);
    return true;
}

/* 3.1.5.1 */
static bool
check_signature(struct smb2 *c)
{
    uint8_t theirs[16];

    memcpy(theirs, c->in + HEADER_SIGNATURE, 16);
    if (!sign(c, c->in, c->in_len) || CRYPTO_memcmp(theirs, c->in + HEADER_SIGNATURE, 16) != 0)
        return fail(c, "the signature of the response does not fit");
    return true;
}

/* Sends the request behind its length, four octets, big-endian: 2.1. */
static bool
send_request(struct smb2 *c)
{
    size_t len = c->out_len - 4, i, sent;
    ssize_t n;

    if (c->credits == 0)
        return fail(c, "the server does not allow another request");
    for (i = 0; i < 4; i++)
        c->out[i] = (uint8_t)(len >> (24 - 8 * i));
    if (c->has_key && !sign(c, c->out + 4, len))
        return fail(c, "libcrypto has no HMAC-SHA256");
    for (sent = 0; sent < c->out_len; sent += (size_t)n)
        if ((n = send(c->fd, c->out + sent, c->out_len - sent, MSG_NOSIGNAL)) <= 0)
            return fail(c, "the request cannot be sent");
    c->credits--;
    return true;
}

static bool
receive_octets(struct smb2 *c, uint8_t *out, size_t len)
{
    ssize_t n;

    for (; len > 0; out += n, len -= (size_t)n) {
        n = recv(c->fd, out, len, 0);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return fail(c, "the server said nothing for %d seconds", PATIENCE);
        if (n <= 0)
            return fail(c, "the server closed the connection");
    }
    return true;
}

/* Takes one response to the request that was sent last. */
static bool
receive(struct smb2 *c)
{
    uint8_t prefix[4];

    if (!receive_octets(c, prefix, 4))
        return false;
    c->in_len = (size_t)prefix[1] << 16 | (size_t)prefix[2] << 8 | prefix[3];
    if (prefix[0] != 0 || c->in_len < SMB2_HEADER_LEN + 2 || c->in_len > sizeof(c->in))
        return fail(c, "a response of %zu octets", c->in_len);
    if (!receive_octets(c, c->in, c->in_len))
        return false;
    if (get(c->in, 4) != PROTOCOL_ID || get(c->in + 4, 2) != SMB2_HEADER_LEN)
        return fail(c, "the response is not SMB2");
    if ((get(c->in + HEADER_FLAGS, 4) & FLAG_RESPONSE) == 0 ||
        get(c->in + HEADER_COMMAND, 2) != get(c->out + 4 + HEADER_COMMAND, 2) ||
        get(c->in + HEADER_MESSAGE_ID, 8) != c->message_id ||
        get(c->in + HEADER_NEXT_COMMAND, 4) != 0)
        return fail(c, "the response is not to the request");
    if (c->session_id != 0 && get(c->in + HEADER_SESSION_ID, 8) != c->session_id)
        return fail(c, "the response is for another session");
    c->credits += (unsigned)get(c->in + HEADER_CREDITS, 2);
    c->status = (uint32_t)get(c->in + HEADER_STATUS, 4);
    return true;
}

/* Sends the request and takes the response, before which the server may ask for patience
 * (3.2.5.1.5): that is never signed (3.2.5.1.3). */
static bool
exchange(struct smb2 *c)
{
    bool ok = send_request(c);
    int interim = 0;

    do
        ok = ok && receive(c);
    while (ok && c->status == SMB2_STATUS_PENDING &&
           (get(c->in + HEADER_FLAGS, 4) & FLAG_ASYNC) != 0 && ++interim < MAX_INTERIM);
    if (interim == MAX_INTERIM)
        return fail(c, "the server keeps saying that it is not ready");
    c->message_id++;
    if (!ok || !c->has_key)
        return ok;
    if ((get(c->in + HEADER_FLAGS, 4) & FLAG_SIGNED) == 0)
        return fail_status(c, "the response is not signed");
    return check_signature(c);
}

/* Says whether the body of the response has that StructureSize and is there.  An odd one
 * counts one octet of what follows, which may be absent. */
static bool
has_body(struct smb2 *c, size_t structure_size)
{
    if (get(c->in + SMB2_HEADER_LEN, 2) == structure_size &&
        c->in_len >= SMB2_HEADER_LEN + (structure_size & ~(size_t)1))
        return true;
    return fail_status(c, "the response has another layout");
}

/* Finds the buffer whose SecurityBufferOffset, from the header on, and SecurityBufferLength
 * stand at `field` of the body, which ends with them or a little behind. */
static bool
security_buffer(struct smb2 *c, struct spnego_slice *out, size_t field)
{
    size_t at = SMB2_HEADER_LEN + field, off = get(c->in + at, 2);

    out->len = get(c->in + at + 2, 2);
    out->ptr = out->len == 0 ? NULL : c->in + off;
    if (out->len == 0 || (off >= at + 4 && off <= c->in_len && out->len <= c->in_len - off))
        return true;
    return fail(c, "the security buffer lies outside the response");
}

bool
smb2_open(struct smb2 *c, const char *host, const char *port)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    const struct timeval patience = {.tv_sec = PATIENCE};
    struct addrinfo *found, *a;
    int error = getaddrinfo(host, port, &hints, &found);

    memset(c, 0, sizeof(*c));
    c->fd = -1;
    c->credits = 1; /* 3.2.4.1.2 */
    if (error != 0)
        return fail(c, "%s: %s", host, gai_strerror(error));
    for (a = found; a != NULL && c->fd < 0; a = a->ai_next) {
        c->fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (c->fd >= 0)
            setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
        if (c->fd >= 0 && connect(c->fd, a->ai_addr, a->ai_addrlen) != 0)
            smb2_close(c);
    }
    freeaddrinfo(found);
    return c->fd >= 0 || fail(c, "%s, port %s, cannot be reached", host, port);
}

void
smb2_close(struct smb2 *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
    OPENSSL_cleanse(c->key, sizeof(c->key));
}

bool
smb2_negotiate(struct smb2 *c, struct spnego_slice *hint)
{
    begin(c, NEGOTIATE);
    put(c, 2, 36); /* StructureSize */
    put(c, 2, 2);  /* DialectCount */
    put(c, 2, SMB2_SIGNING_ENABLED | SMB2_SIGNING_REQUIRED);
    put(c, 2, 0); /* Reserved */
    put(c, 4, 0); /* Capabilities: for 3.x */
    if (RAND_bytes(c->out + c->out_len, 16) != 1)
        return fail(c, "libcrypto has no random octets");
    c->out_len += 16; /* ClientGuid */
    put(c, 8, 0);     /* ClientStartTime */
    put(c, 2, SMB2_DIALECT_2_0_2);
    put(c, 2, SMB2_DIALECT_2_1);
    if (!exchange(c))
        return false;
    if (c->status != SMB2_STATUS_SUCCESS)
        return fail_status(c, "refused");
    if (!has_body(c, 65))
        return false;
    c->security_mode = (unsigned)get(c->in + SMB2_HEADER_LEN + 2, 2);
    c->dialect = (unsigned)get(c->in + SMB2_HEADER_LEN + 4, 2);
    if (c->dialect != SMB2_DIALECT_2_0_2 && c->dialect != SMB2_DIALECT_2_1)
        return fail(c, "dialect 0x%04x was not offered", c->dialect);
    return security_buffer(c, hint, 56);
}

bool
smb2_session_setup(struct smb2 *c, struct spnego_slice *answer, struct spnego_slice token)
{
    size_t i;

    if (token.len > 0xffff)
        return fail(c, "a token of %zu octets does not fit", token.len);
    begin(c, SESSION_SETUP);
    put(c, 2, 25); /* StructureSize */
    put(c, 1, 0);  /* Flags */
    put(c, 1, SMB2_SIGNING_ENABLED | SMB2_SIGNING_REQUIRED);
    put(c, 4, 0);                    /* Capabilities */
    put(c, 4, 0);                    /* Channel */
    put(c, 2, SMB2_HEADER_LEN + 24); /* SecurityBufferOffset */
    put(c, 2, token.len);
    put(c, 8, 0); /* PreviousSessionId */
    for (i = 0; i < token.len; i++)
        put(c, 1, token.ptr[i]);
    if (!exchange(c) || !has_body(c, 9))
        return false;
    c->session_id = get(c->in + HEADER_SESSION_ID, 8);
    c->session_flags = (unsigned)get(c->in + SMB2_HEADER_LEN + 2, 2);
    /* An error response (2.2.2) is as large, and its ByteCount of 0 stands where the buffer
     * is described: it reads as one without a token. */
    return security_buffer(c, answer, 4);
}

bool
smb2_use_key(struct smb2 *c, struct spnego_slice key)
{
    memcpy(c->key, key.ptr, key.len < SMB2_KEY_LEN ? key.len : SMB2_KEY_LEN);
    c->has_key = true;
    return (get(c->in + HEADER_FLAGS, 4) & FLAG_SIGNED) == 0 || check_signature(c);
}

bool
smb2_tree_connect(struct smb2 *c, const char *host, const char *share)
{
    const char *parts[] = {"\\\\", host, "\\", share};
    size_t len = 3 + strlen(host) + strlen(share), i;
    const char *at;

    if (len > 256)
        return fail(c, "the name of the share is too long");
    begin(c, TREE_CONNECT);
    put(c, 2, 9);                   /* StructureSize */
    put(c, 2, 0);                   /* Reserved */
    put(c, 2, SMB2_HEADER_LEN + 8); /* PathOffset */
    put(c, 2, 2 * len);             /* PathLength */
    for (i = 0; i < 4; i++)         /* Buffer: UTF-16, and names in ASCII */
        for (at = parts[i]; *at != '\0'; at++)
            put(c, 2, (uint8_t)*at);
    return exchange(c);
}

bool
smb2_logoff(struct smb2 *c)
{
    begin(c, LOGOFF);
    put(c, 2, 4); /* StructureSize */
    put(c, 2, 0); /* Reserved */
    return exchange(c);
}

const char *
smb2_status_name(uint32_t status)
{
    static const struct {
        uint32_t status;
        const char *name;
    } names[] = {
        {SMB2_STATUS_SUCCESS, "STATUS_SUCCESS"},
        {SMB2_STATUS_MORE_PROCESSING_REQUIRED, "STATUS_MORE_PROCESSING_REQUIRED"},
        {0xc000000d, "STATUS_INVALID_PARAMETER"},
        {0xc0000022, "STATUS_ACCESS_DENIED"},
        {0xc000006d, "STATUS_LOGON_FAILURE"},
        {0xc000006e, "STATUS_ACCOUNT_RESTRICTION"},
        {0xc0000071, "STATUS_PASSWORD_EXPIRED"},
        {0xc0000072, "STATUS_ACCOUNT_DISABLED"},
        {0xc00000bb, "STATUS_NOT_SUPPORTED"},
        {0xc00000cc, "STATUS_BAD_NETWORK_NAME"},
        {0xc0000203, "STATUS_USER_SESSION_DELETED"},
        {0xc0000234, "STATUS_ACCOUNT_LOCKED_OUT"},
    };
    size_t i;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i].status == status)
            return names[i].name;
    return "a status without a name here";
}
