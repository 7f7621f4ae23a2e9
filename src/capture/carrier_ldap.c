/* carrier_ldap.c: bind requests and responses of LDAP: SASL with GSS-SPNEGO, and Sicily.
 * Source: RFC 4511 4.2; [MS-ADTS] 5.1.1.1.2, 5.1.1.1.3. */
#include "carrier.h"
#include "octets.h"

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

/* Takes the element at the front of `rest`; false at its end.  Of one that is not whole the
 * front is taken. */
static bool
take(struct carrier_message *message, struct spnego_slice *rest, unsigned *tag,
     struct spnego_slice *value)
{
    uint64_t len;
    size_t header;

    if (!octets_der(*rest, &header, &len))
        return false;
    if (len > rest->len - header) {
        len = rest->len - header;
        message->cut = true;
    }
    *tag = rest->ptr[0];
    *value = octets_part(*rest, header, (size_t)len);
    *rest = octets_part(*rest, header + value->len, rest->len - header - value->len);
    return true;
}

static bool
expect(struct carrier_message *message, struct spnego_slice *rest, unsigned tag,
       struct spnego_slice *value)
{
    unsigned found;

    return take(message, rest, &found, value) && found == tag;
}

/* False if it is another way to authenticate than ours. */
static bool
read_request(struct carrier_message *message, struct spnego_slice fields)
{
    static const char mechanism[] = "GSS-SPNEGO";
    struct spnego_slice value;
    unsigned tag;

    if (!expect(message, &fields, TAG_INTEGER, &value) ||
        !expect(message, &fields, TAG_OCTET_STRING, &value) ||
        !take(message, &fields, &tag, &value))
        return false;
    message->side = SIDE_INITIATOR;
    if (tag == TAG_SICILY_NEGOTIATE || tag == TAG_SICILY_RESPONSE) {
        message->has_blob = true;
        message->blob = value;
        return true;
    }
    fields = value;
    if (tag != TAG_SASL || !expect(message, &fields, TAG_OCTET_STRING, &value) ||
        value.len != sizeof(mechanism) - 1 || memcmp(value.ptr, mechanism, value.len) != 0)
        return false;
    if (expect(message, &fields, TAG_OCTET_STRING, &value)) {
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

    if (!expect(message, &fields, TAG_ENUMERATED, &result) ||
        !expect(message, &fields, TAG_OCTET_STRING, &matched))
        return false;
    message->side = SIDE_ACCEPTOR;
    message->outcome = octets_be(result, 0, result.len) == SASL_BIND_IN_PROGRESS ? CARRIER_MORE
                       : octets_be(result, 0, result.len) == SUCCESS ? CARRIER_SUCCESS
                                                                     : CARRIER_FAILURE;
    /* Sicily's challenge is where a name should be. */
    if (matched.len >= 8 && memcmp(matched.ptr, "NTLMSSP", 8) == 0) {
        message->has_blob = true;
        message->blob = matched;
        message->outcome = CARRIER_MORE;
    }
    while (take(message, &fields, &tag, &value)) {
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

    for (;;) {
        struct carrier_message message = {.carrier = CARRIER_LDAP};

        if (!expect(&message, &octets, TAG_SEQUENCE, &fields) ||
            !expect(&message, &fields, TAG_INTEGER, &number) ||
            !take(&message, &fields, &tag, &operation))
            return;
        message.message = octets_be(number, 0, number.len);
        if ((tag == TAG_BIND_REQUEST && read_request(&message, operation)) ||
            (tag == TAG_BIND_RESPONSE && read_response(&message, operation))) {
            if (message.cut) {
                message.has_blob = false;
                message.blob = (struct spnego_slice){NULL, 0};
            }
            emit(arg, &message);
        }
    }
}
