/* carrier_http.c: the headers of HTTP authentication with Negotiate, and Nego2.
 * Source: RFC 4559 4; RFC 7230 3.2; RFC 7235 2.1; [MS-N2HT] 2.2. */
#include "carrier.h"
#include "input.h"
#include "token_class.h"

/* The server's and a proxy's authentication are apart: these are their sessions. */
static const struct realm {
    const char *request;  /* the header of the client */
    const char *response; /* and of the server */
    unsigned status;      /* that asks for more */
} realms[] = {
    {"Authorization", "WWW-Authenticate", 401},
    {"Proxy-Authorization", "Proxy-Authenticate", 407},
};

struct text {
    const char *ptr;
    size_t len;
};

struct reading {
    struct carrier_message message;
    struct input_result decoded;
};

static bool
is_blank(char octet)
{
    return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
}

static struct text
trim(struct text text)
{
    while (text.len > 0 && is_blank(text.ptr[0]))
        text = (struct text){text.ptr + 1, text.len - 1};
    while (text.len > 0 && is_blank(text.ptr[text.len - 1]))
        text.len--;
    return text;
}

static bool
is_word(struct text text, const char *word)
{
    return text.len == strlen(word) && strncasecmp(text.ptr, word, text.len) == 0;
}

/* The line at the front of `rest`, with those that continue it (obs-fold). */
static bool
take_line(struct text *rest, struct text *line)
{
    const char *end, *last = rest->ptr + rest->len;

    *line = *rest;
    do {
        end = memchr(rest->ptr, '\n', rest->len);
        if (end == NULL)
            return false;
        *rest = (struct text){end + 1, (size_t)(last - end - 1)};
    } while (rest->len > 0 && (rest->ptr[0] == ' ' || rest->ptr[0] == '\t'));
    line->len = (size_t)(end - line->ptr);
    return true;
}

/* What stands before the next comma that is not in quotes. */
static bool
take_piece(struct text *rest, struct text *piece)
{
    size_t at = 0;
    bool quoted = false;

    if (rest->len == 0)
        return false;
    for (; at < rest->len && (quoted || rest->ptr[at] != ','); at++) {
        if (rest->ptr[at] == '"')
            quoted = !quoted;
        else if (quoted && rest->ptr[at] == '\\' && at + 1 < rest->len)
            at++;
    }
    *piece = trim((struct text){rest->ptr, at});
    at += at < rest->len ? 1 : 0;
    *rest = (struct text){rest->ptr + at, rest->len - at};
    return true;
}

/* RFC 4648 4: groups of four, padded. */
static bool
is_base64(struct text text)
{
    size_t padding = 0, i;

    while (padding < 2 && padding < text.len && text.ptr[text.len - 1 - padding] == '=')
        padding++;
    for (i = 0; i < text.len - padding; i++)
        if (memchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                   text.ptr[i], 64) == NULL)
            return false;
    return text.len % 4 == 0;
}

/* What can be made of a value that is not one base64 text (W01) is taken all the same. */
static void
take_value(struct reading *reading, struct text value)
{
    struct carrier_message *message = &reading->message;
    size_t i;

    if (message->has_blob || !is_base64(value))
        carrier_remark(message, SPN8002_HTTP_VALUE, 0, 0);
    for (i = 0; i < value.len && !is_blank(value.ptr[i]);)
        i++;
    if (message->has_blob || i < value.len ||
        !input_decode(&reading->decoded, (const uint8_t *)value.ptr, value.len, INPUT_BASE64,
                      token_is_known))
        return;
    message->has_blob = true;
    message->blob =
        (struct spnego_slice){reading->decoded.octets.ptr, reading->decoded.octets.len};
}

/* A SPNEGO token under another scheme is one whose scheme is misspelt (W01). */
static void
take_stranger(struct reading *reading, struct text value)
{
    struct input_result decoded;
    struct token_class class;

    if (!is_base64(value) || !input_decode(&decoded, (const uint8_t *)value.ptr, value.len,
                                           INPUT_BASE64, token_is_known))
        return;
    class = token_classify((struct spnego_slice){decoded.octets.ptr, decoded.octets.len});
    free(decoded.octets.ptr);
    if (class.family == FAMILY_SPNEGO_INIT || class.family == FAMILY_SPNEGO_RESP) {
        carrier_remark(&reading->message, SPN8001_HTTP_SCHEME, 0, 0);
        take_value(reading, value);
    }
}

/* "Negotiate", and what belongs to it. */
static void
take_credentials(struct reading *reading, struct text text)
{
    struct text scheme = text, value;
    bool nego2;

    for (scheme.len = 0; scheme.len < text.len && !is_blank(text.ptr[scheme.len]);)
        scheme.len++;
    value = trim((struct text){text.ptr + scheme.len, text.len - scheme.len});
    nego2 = is_word(scheme, "Nego2");
    if (nego2 || is_word(scheme, "Negotiate")) {
        reading->message.nego2 = nego2;
        if (value.len > 0)
            take_value(reading, value);
        else if (reading->message.side == SIDE_INITIATOR)
            carrier_remark(&reading->message, SPN8002_HTTP_VALUE, 0, 0);
    } else if (value.len > 0) {
        take_stranger(reading, value);
    }
}

static void
take_header(struct reading *reading, struct text line, const struct realm *realm)
{
    bool request = reading->message.side == SIDE_INITIATOR;
    const char *colon = memchr(line.ptr, ':', line.len);
    struct text piece, name, value;

    if (colon == NULL)
        return;
    name = (struct text){line.ptr, (size_t)(colon - line.ptr)};
    value = trim((struct text){colon + 1, line.len - name.len - 1});
    if (!is_word(name, request ? realm->request : realm->response))
        return;
    if (request)
        take_credentials(reading, value);
    else
        while (take_piece(&value, &piece))
            take_credentials(reading, piece);
}

/* A line that does not end: what it says of a token is not all of it. */
static void
take_cut_header(struct reading *reading, struct text line, const struct realm *realm)
{
    struct carrier_message *message = &reading->message;

    if (message->has_blob || message->remark_count > 0)
        return;
    take_header(reading, line, realm);
    if (!message->has_blob && message->remark_count == 0)
        return;
    message->has_blob = false;
    message->blob = (struct spnego_slice){NULL, 0};
    message->remark_count = 0;
    carrier_remark(message, SPN8002_HTTP_VALUE, 0, 0);
}

/* Goes through the headers; false if they do not end. */
static bool
take_headers(struct reading *reading, struct text rest, const struct realm *realm)
{
    struct text line;

    while (take_line(&rest, &line)) {
        if (trim(line).len == 0)
            return true;
        take_header(reading, line, realm);
    }
    take_cut_header(reading, line, realm);
    return false;
}

/* The three digits behind "HTTP/1.1 ". */
static unsigned
status_of(const uint8_t *digits)
{
    return (digits[0] - '0') * 100U + (digits[1] - '0') * 10U + (digits[2] - '0');
}

static enum carrier_outcome
outcome_of(unsigned status, const struct realm *realm, bool has_blob)
{
    if (status == realm->status)
        return has_blob ? CARRIER_MORE : CARRIER_FAILURE;
    if (status / 100 == 2)
        return CARRIER_SUCCESS;
    /* What the other of the two asks for, and an interim answer, say nothing of this one. */
    return status == 401 || status == 407 || status / 100 == 1 ? CARRIER_UNTOLD
                                                               : CARRIER_FAILURE;
}

void
carrier_read_http(struct spnego_slice octets, carrier_emit_fn *emit, void *arg)
{
    struct text rest = {(const char *)octets.ptr, octets.len}, line = rest;
    bool response = octets.len > 12 && memcmp(octets.ptr, "HTTP/", 5) == 0;
    unsigned status = response ? status_of(octets.ptr + 9) : 0;
    size_t i;

    if (!take_line(&rest, &line))
        return;
    for (i = 0; i < sizeof(realms) / sizeof(realms[0]); i++) {
        struct reading reading = {.message = {.carrier = CARRIER_HTTP, .session = i}};
        struct carrier_message *message = &reading.message;

        message->side = response ? SIDE_ACCEPTOR : SIDE_INITIATOR;
        message->cut = !take_headers(&reading, rest, &realms[i]);
        if (response)
            message->outcome = outcome_of(status, &realms[i], message->has_blob);
        if (message->outcome == CARRIER_SUCCESS && message->has_blob)
            carrier_remark(message, SPN8004_HTTP_FINAL_TOKEN, 0, 0);
        if (message->has_blob || message->remark_count > 0 ||
            message->outcome != CARRIER_UNTOLD)
            emit(arg, message);
        free(reading.decoded.octets.ptr);
    }
}
