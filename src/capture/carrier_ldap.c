/* carrier_ldap.c: bind requests and responses of LDAP: SASL with GSS-SPNEGO, and Sicily.
 * Source: RFC 4511 4.2; [MS-ADTS] 5.1.1.1.2, 5.1.1.1.3. */
#include "carrier.h"

#include <string.h>

enum {
    TAG_INTEGER = 0x02,
    TAG_OCTET_STRING = 0x04,
    TAG_ENUMERATED = 0x0a,
    TAG_SEQUENCE = 0x30,
    TAG_BIND_REQUEST = 0x60,
    TAG_BIND_RESPONSE = 0x61,
    TAG_SERVER_SASL_CREDS = 0x87,
    TAG_SICILY_NEGOTIATE = 0x8a,
    TAG_SICILY_RESPONSE = 0x8b,
    TAG_SASL = 0xa3,
    SUCCESS = 0,
    SASL_BIND_IN_PROGRESS = 14
};

/* Takes the element at the front of `rest`; false at its end, and where one is not whole. */
static bool
take(struct spnego_slice *rest, unsigned *tag, struct spnego_slice *value)
{
    size_t len, off = 2, more;

    if (rest->len < 2)
        return false;
    *tag = rest->ptr[0];
    len = rest->ptr[1];
    if (len >= 0x80) {
        more = len & 0x7f;
        if (more == 0 || more > 4 || more > rest->len - off)
            return false;
        for (len = 0; more > 0; more--)
            len = len << 8 | rest->ptr[off++];
    }
    if (!carrier_slice(*rest, off, len, value))
        return false;
    *rest = (struct spnego_slice){rest->ptr + off + len, rest->len - off - len};
    return true;
}

static bool
expect(struct spnego_slice *rest, unsigned tag, struct spnego_slice *value)
{
    unsigned found;

    return take(rest, &found, value) && found == tag;
}

static uint64_t
integer(struct spnego_slice value)
{
    uint64_t number = 0;
    size_t i;

    for (i = 0; i < value.len; i++)
        number = number << 8 | value.ptr[i];
    return number;
}

/* False if it is another way to authenticate than ours. */
static bool
read_request(struct carrier_message *message, struct spnego_slice fields)
{
    static const char mechanism[] = "GSS-SPNEGO";
    struct spnego_slice value;
    unsigned tag;

    if (!expect(&fields, TAG_INTEGER, &value) || !expect(&fields, TAG_OCTET_STRING, &value) ||
        !take(&fields, &tag, &value))
        return false;
    message->side = SIDE_INITIATOR;
    if (tag == TAG_SICILY_NEGOTIATE || tag == TAG_SICILY_RESPONSE) {
        message->has_blob = true;
        message->blob = value;
        return true;
    }
    fields = value;
    if (tag != TAG_SASL || !expect(&fields, TAG_OCTET_STRING, &value) ||
        value.len != sizeof(mechanism) - 1 || memcmp(value.ptr, mechanism, value.len) != 0)
        return false;
    if (expect(&fields, TAG_OCTET_STRING, &value)) {
        message->has_blob = true;
        message->blob = value;
    }
    return true;
}

static bool
read_response(struct carrier_message *message, struct spnego_slice fields)
{
    struct spnego_slice result, matched, value;
    unsigned tag;

    if (!expect(&fields, TAG_ENUMERATED, &result) ||
        !expect(&fields, TAG_OCTET_STRING, &matched))
        return false;
    message->side = SIDE_ACCEPTOR;
    message->outcome = integer(result) == SASL_BIND_IN_PROGRESS ? OUTCOME_MORE
                       : integer(result) == SUCCESS             ? OUTCOME_SUCCESS
                                                                : OUTCOME_FAILURE;
    /* Sicily's challenge is where a name should be. */
    if (matched.len >= 8 && memcmp(matched.ptr, "NTLMSSP", 8) == 0) {
        message->has_blob = true;
        message->blob = matched;
        message->outcome = OUTCOME_MORE;
    }
    while (take(&fields, &tag, &value)) {
        if (tag != TAG_SERVER_SASL_CREDS)
            continue;
        message->has_blob = true;
        message->blob = value;
    }
    return true;
}

void
carrier_read_ldap(struct spnego_slice octets, carrier_emit_fn *emit, void *arg)
{
    struct spnego_slice fields, number, operation;
    unsigned tag;

    while (expect(&octets, TAG_SEQUENCE, &fields)) {
        struct carrier_message message = {.carrier = CARRIER_LDAP};

        if (!expect(&fields, TAG_INTEGER, &number) || !take(&fields, &tag, &operation))
            return;
        message.message = integer(number);
        if ((tag == TAG_BIND_REQUEST && read_request(&message, operation)) ||
            (tag == TAG_BIND_RESPONSE && read_response(&message, operation)))
            emit(arg, &message);
    }
}
