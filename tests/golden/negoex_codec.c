/* negoex_codec.c: the codec of NEGOEX.  Generated from negoex-schema/negoex.schema: edit
 * that.  Each statement has the schema's line beside it; @n counts octets from the
 * structure's start. */
#include "negoex_codec.h"
#include "reflect.h"

#include <string.h>

/* vector(guid): elements of 16 octets. */
static void
read_guid_vector(struct spnego_reader *r, struct negoex_guid_vector *out,
                 size_t at, const struct spnego_desc *desc)
{
    struct spnego_slice elements;

    if (!spnego_fixed_vector(r, &elements, &out->count, at, 16, desc))
        return;
    out->message = spnego_reader_slice(r, r->start, r->end);
    out->offset = (uint32_t)(elements.ptr - out->message.ptr);
    spnego_fixed_report_elements(r, elements, 16, desc);
}

bool
negoex_guid_vector_at(struct negoex_guid *out,
                      const struct negoex_guid_vector *vector, size_t i)
{
    if (i >= vector->count)
        return false;
    if (vector->items != NULL) {
        *out = vector->items[i];
        return true;
    }
    if (vector->message.len == 0)
        return false;
    memcpy(out->octets, vector->message.ptr + vector->offset + 16 * i, 16);
    return true;
}

static void
write_guid_vector(struct spnego_writer *w, size_t at,
                  const struct negoex_guid_vector *in)
{
    size_t first = spnego_fixed_put_vector(w, at, in->count, 16), i;
    struct negoex_guid item;

    for (i = 0; negoex_guid_vector_at(&item, in, i); i++)
        spnego_fixed_put_octets(w, first + 16 * i, item.octets, 16);
    if (i != in->count)
        w->broken = true;
}

/* EXTENSION.  negoex-schema/negoex.schema:57.  [MS-NEGOEX] 2.2.5.1.4. */
static void
read_extension(struct spnego_reader *r, struct negoex_extension *out)
{
    /* @0 extension-type : u32 */
    out->extension_type = (uint32_t)spnego_fixed_number(
        r, 0, 4, &negoex_EXTENSION.extensionType);
    /* @4 extension-value : bytes = offset u32, length u32 */
    spnego_fixed_bytes(r, &out->extension_value, 4, &negoex_EXTENSION.extensionValue);
}

static void
write_extension(struct spnego_writer *w, size_t at,
                const struct negoex_extension *in)
{
    /* @0 extension-type : u32 */
    spnego_fixed_put_number(w, at + 0, 4, in->extension_type);
    /* @4 extension-value : bytes = offset u32, length u32 */
    spnego_fixed_put_bytes(w, at + 4, in->extension_value);
}

/* vector(EXTENSION): elements of 12 octets. */
static void
read_extension_vector(struct spnego_reader *r, struct negoex_extension_vector *out,
                      size_t at, const struct spnego_desc *desc)
{
    struct spnego_slice elements;
    struct spnego_reader element;
    struct negoex_extension item;
    size_t i;

    if (!spnego_fixed_vector(r, &elements, &out->count, at, 12, desc))
        return;
    out->message = spnego_reader_slice(r, r->start, r->end);
    out->offset = (uint32_t)(elements.ptr - out->message.ptr);
    for (i = 0; i < out->count; i++) {
        if (!spnego_fixed_element(r, &element, elements, i, 12, desc))
            return;
        memset(&item, 0, sizeof(item));
        read_extension(&element, &item);
    }
}

bool
negoex_extension_vector_at(struct negoex_extension *out,
                           const struct negoex_extension_vector *vector, size_t i)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    if (i >= vector->count)
        return false;
    if (vector->items != NULL) {
        *out = vector->items[i];
        return true;
    }
    spnego_fixed_again(&r, &decoding, vector->message, vector->offset + 12 * i);
    memset(out, 0, sizeof(*out));
    read_extension(&r, out);
    return spnego_reader_ok(&r);
}

static void
write_extension_vector(struct spnego_writer *w, size_t at,
                       const struct negoex_extension_vector *in)
{
    size_t first = spnego_fixed_put_vector(w, at, in->count, 12), i;
    struct negoex_extension item;

    for (i = 0; negoex_extension_vector_at(&item, in, i); i++)
        write_extension(w, first + 12 * i, &item);
    if (i != in->count)
        w->broken = true;
}

static const struct spnego_fixed_rule checksum_header_length_rule = {
    20, 20, SPNEGO_E_MALFORMED, SPN3027_CHECKSUM_HEADER,
};

static const struct spnego_fixed_rule checksum_checksum_scheme_rule = {
    1, 1, SPNEGO_E_UNSUPPORTED, SPN3028_CHECKSUM_SCHEME,
};

/* CHECKSUM.  negoex-schema/negoex.schema:62.  [MS-NEGOEX] 2.2.5.1.3. */
static void
read_checksum(struct spnego_reader *r, struct negoex_checksum *out)
{
    /* @0 header-length : u32 == 20 else malformed SPN3027 */
    spnego_fixed_ruled(r, 0, 4, &checksum_header_length_rule,
                       &negoex_CHECKSUM.headerLength);
    /* @4 checksum-scheme : CHECKSUM_SCHEME else unsupported SPN3028 */
    out->checksum_scheme = (enum negoex_checksum_scheme)spnego_fixed_ruled(
        r, 4, 4, &checksum_checksum_scheme_rule, &negoex_CHECKSUM.checksumScheme);
    /* @8 checksum-type : CHECKSUM_TYPE */
    out->checksum_type = (uint32_t)spnego_fixed_number(r, 8, 4,
                                                       &negoex_CHECKSUM.checksumType);
    /* @12 checksum-value : bytes = offset u32, length u32 */
    spnego_fixed_bytes(r, &out->checksum_value, 12, &negoex_CHECKSUM.checksumValue);
}

static void
write_checksum(struct spnego_writer *w, size_t at, const struct negoex_checksum *in)
{
    /* @0 header-length : u32 == 20 else malformed SPN3027 */
    spnego_fixed_put_number(w, at + 0, 4, 20);
    /* @4 checksum-scheme : CHECKSUM_SCHEME else unsupported SPN3028 */
    if ((uint32_t)in->checksum_scheme > 1 || in->checksum_scheme < 1)
        w->broken = true;
    spnego_fixed_put_number(w, at + 4, 4, (uint32_t)in->checksum_scheme);
    /* @8 checksum-type : CHECKSUM_TYPE */
    spnego_fixed_put_number(w, at + 8, 4, in->checksum_type);
    /* @12 checksum-value : bytes = offset u32, length u32 */
    spnego_fixed_put_bytes(w, at + 12, in->checksum_value);
}

/* ALERT_PULSE.  negoex-schema/negoex.schema:69.  [MS-NEGOEX] 2.2.5.1.2. */
static void
read_alert_pulse(struct spnego_reader *r, struct negoex_alert_pulse *out)
{
    /* @0 header-length : u32 writes 8 */
    out->header_length = (uint32_t)spnego_fixed_number(
        r, 0, 4, &negoex_ALERT_PULSE.headerLength);
    /* @4 reason : ALERT_REASON */
    out->reason = (uint32_t)spnego_fixed_number(r, 4, 4, &negoex_ALERT_PULSE.reason);
}

static void
write_alert_pulse(struct spnego_writer *w, size_t at,
                  const struct negoex_alert_pulse *in)
{
    /* @0 header-length : u32 writes 8 */
    spnego_fixed_put_number(w, at + 0, 4, 8);
    /* @4 reason : ALERT_REASON */
    spnego_fixed_put_number(w, at + 4, 4, in->reason);
}

/* ALERT.  negoex-schema/negoex.schema:74.  [MS-NEGOEX] 2.2.5.1.1. */
static void
read_alert(struct spnego_reader *r, struct negoex_alert *out)
{
    /* @0 alert-type : ALERT_TYPE */
    out->alert_type = (uint32_t)spnego_fixed_number(r, 0, 4, &negoex_ALERT.alertType);
    /* @4 alert-value : bytes = offset u32, length u32 holds ALERT_PULSE when alert-type ==
     * PULSE */
    spnego_fixed_bytes(r, &out->alert_value, 4, &negoex_ALERT.alertValue);
    if (out->alert_type == NEGOEX_ALERT_TYPE_PULSE && out->alert_value.len >= 8) {
        struct spnego_reader held;

        spnego_fixed_held(r, &held, out->alert_value, 8, &negoex_ALERT_PULSE.self);
        out->has_alert_pulse = true;
        read_alert_pulse(&held, &out->alert_pulse);
    }
}

static void
write_alert(struct spnego_writer *w, size_t at, const struct negoex_alert *in)
{
    /* @0 alert-type : ALERT_TYPE */
    spnego_fixed_put_number(w, at + 0, 4, in->alert_type);
    /* @4 alert-value : bytes = offset u32, length u32 holds ALERT_PULSE when alert-type ==
     * PULSE */
    if (in->has_alert_pulse) {
        size_t alert_pulse = spnego_fixed_put_held(w, at + 4, 8);

        write_alert_pulse(w, alert_pulse, &in->alert_pulse);
    } else {
        spnego_fixed_put_bytes(w, at + 4, in->alert_value);
    }
}

/* vector(ALERT): elements of 12 octets. */
static void
read_alert_vector(struct spnego_reader *r, struct negoex_alert_vector *out,
                  size_t at, const struct spnego_desc *desc)
{
    struct spnego_slice elements;
    struct spnego_reader element;
    struct negoex_alert item;
    size_t i;

    if (!spnego_fixed_vector(r, &elements, &out->count, at, 12, desc))
        return;
    out->message = spnego_reader_slice(r, r->start, r->end);
    out->offset = (uint32_t)(elements.ptr - out->message.ptr);
    for (i = 0; i < out->count; i++) {
        if (!spnego_fixed_element(r, &element, elements, i, 12, desc))
            return;
        memset(&item, 0, sizeof(item));
        read_alert(&element, &item);
    }
}

bool
negoex_alert_vector_at(struct negoex_alert *out,
                       const struct negoex_alert_vector *vector, size_t i)
{
    struct spnego_decoding decoding;
    struct spnego_reader r;

    if (i >= vector->count)
        return false;
    if (vector->items != NULL) {
        *out = vector->items[i];
        return true;
    }
    spnego_fixed_again(&r, &decoding, vector->message, vector->offset + 12 * i);
    memset(out, 0, sizeof(*out));
    read_alert(&r, out);
    return spnego_reader_ok(&r);
}

static void
write_alert_vector(struct spnego_writer *w, size_t at,
                   const struct negoex_alert_vector *in)
{
    size_t first = spnego_fixed_put_vector(w, at, in->count, 12), i;
    struct negoex_alert item;

    for (i = 0; negoex_alert_vector_at(&item, in, i); i++)
        write_alert(w, first + 12 * i, &item);
    if (i != in->count)
        w->broken = true;
}

/* packed NEGO_MESSAGE.  negoex-schema/negoex.schema:100.  MIT krb5 negoex_util.c. */
static void
read_nego_message_packed(struct spnego_reader *r, struct negoex_nego_message *out)
{
    /* @80 auth-schemes : vector(guid) = offset u32, count u16 */
    read_guid_vector(r, &out->auth_schemes, 80, &negoex_NEGO_MESSAGE.authSchemes);
    /* @86 extensions : vector(EXTENSION) = offset u32, count u16 */
    read_extension_vector(r, &out->extensions, 86, &negoex_NEGO_MESSAGE.extensions);
    /* @92 pad 4 */
    spnego_fixed_pad(r, 92, 4);
}

static const struct spnego_fixed_rule nego_message_protocol_version_rule = {
    0, 0, SPNEGO_E_UNSUPPORTED, SPN3014_PROTOCOL_VERSION,
};

/* NEGO_MESSAGE.  negoex-schema/negoex.schema:88.  [MS-NEGOEX] 2.2.6.3. */
static void
read_nego_message(struct spnego_reader *r, struct negoex_nego_message *out)
{
    /* @40 random : octets(32) */
    spnego_fixed_octets(r, out->random, 40, 32, &negoex_NEGO_MESSAGE.random);
    /* @72 protocol-version : u64 == 0 else unsupported SPN3014 */
    spnego_fixed_ruled(r, 72, 8, &nego_message_protocol_version_rule,
                       &negoex_NEGO_MESSAGE.protocolVersion);
    /* layout packed when octets(86, 2) != 0 */
    if (spnego_fixed_peek(r, 86, 2) != 0) {
        out->layout = NEGOEX_LAYOUT_PACKED;
        spnego_remark(r, SPNEGO_WARNING, SPN3019_PACKED_LAYOUT, r->off + 86, 2, 0, 0);
        read_nego_message_packed(r, out);
        return;
    }
    /* @80 auth-schemes : vector(guid) = offset u32, count u16 */
    read_guid_vector(r, &out->auth_schemes, 80, &negoex_NEGO_MESSAGE.authSchemes);
    /* @86 pad 2 */
    spnego_fixed_pad(r, 86, 2);
    /* @88 extensions : vector(EXTENSION) = offset u32, count u16 */
    read_extension_vector(r, &out->extensions, 88, &negoex_NEGO_MESSAGE.extensions);
    /* @94 pad 2 */
    spnego_fixed_pad(r, 94, 2);
}

static void
write_nego_message(struct spnego_writer *w, const struct negoex_nego_message *in)
{
    /* @40 random : octets(32) */
    spnego_fixed_put_octets(w, 40, in->random, 32);
    /* @72 protocol-version : u64 == 0 else unsupported SPN3014 */
    spnego_fixed_put_number(w, 72, 8, 0);
    /* @80 auth-schemes : vector(guid) = offset u32, count u16 */
    write_guid_vector(w, 80, &in->auth_schemes);
    /* @88 extensions : vector(EXTENSION) = offset u32, count u16 */
    write_extension_vector(w, 88, &in->extensions);
}

/* EXCHANGE_MESSAGE.  negoex-schema/negoex.schema:106.  [MS-NEGOEX] 2.2.6.4. */
static void
read_exchange_message(struct spnego_reader *r, struct negoex_exchange_message *out)
{
    /* @40 auth-scheme : guid */
    spnego_fixed_octets(r, out->auth_scheme.octets, 40, 16,
                        &negoex_EXCHANGE_MESSAGE.authScheme);
    /* @56 exchange : bytes = offset u32, length u32 */
    spnego_fixed_bytes(r, &out->exchange, 56, &negoex_EXCHANGE_MESSAGE.exchange);
}

static void
write_exchange_message(struct spnego_writer *w,
                       const struct negoex_exchange_message *in)
{
    /* @40 auth-scheme : guid */
    spnego_fixed_put_octets(w, 40, in->auth_scheme.octets, 16);
    /* @56 exchange : bytes = offset u32, length u32 */
    spnego_fixed_put_bytes(w, 56, in->exchange);
}

/* VERIFY_MESSAGE.  negoex-schema/negoex.schema:112.  [MS-NEGOEX] 2.2.6.5. */
static void
read_verify_message(struct spnego_reader *r, struct negoex_verify_message *out,
                    size_t header_length)
{
    /* @40 auth-scheme : guid */
    spnego_fixed_octets(r, out->auth_scheme.octets, 40, 16,
                        &negoex_VERIFY_MESSAGE.authScheme);
    /* @56 checksum : CHECKSUM */
    {
        struct spnego_reader checksum;

        if (spnego_fixed_open(r, &checksum, 56, 20, &negoex_VERIFY_MESSAGE.checksum))
            read_checksum(&checksum, &out->checksum);
    }
    /* @76 pad 4 */
    if (header_length >= 80)
        spnego_fixed_pad(r, 76, 4);
}

static void
write_verify_message(struct spnego_writer *w,
                     const struct negoex_verify_message *in)
{
    /* @40 auth-scheme : guid */
    spnego_fixed_put_octets(w, 40, in->auth_scheme.octets, 16);
    /* @56 checksum : CHECKSUM */
    write_checksum(w, 56, &in->checksum);
}

/* ALERT_MESSAGE.  negoex-schema/negoex.schema:118.  [MS-NEGOEX] 2.2.6.6. */
static void
read_alert_message(struct spnego_reader *r, struct negoex_alert_message *out,
                   size_t header_length)
{
    /* @40 auth-scheme : guid */
    spnego_fixed_octets(r, out->auth_scheme.octets, 40, 16,
                        &negoex_ALERT_MESSAGE.authScheme);
    /* @56 error-code : u32 */
    out->error_code = (uint32_t)spnego_fixed_number(r, 56, 4,
                                                    &negoex_ALERT_MESSAGE.errorCode);
    /* @60 alerts : vector(ALERT) = offset u32, count u16 */
    read_alert_vector(r, &out->alerts, 60, &negoex_ALERT_MESSAGE.alerts);
    /* @66 pad 2 */
    spnego_fixed_pad(r, 66, 2);
    /* @68 pad 4 */
    if (header_length >= 72)
        spnego_fixed_pad(r, 68, 4);
}

static void
write_alert_message(struct spnego_writer *w, const struct negoex_alert_message *in)
{
    /* @40 auth-scheme : guid */
    spnego_fixed_put_octets(w, 40, in->auth_scheme.octets, 16);
    /* @56 error-code : u32 */
    spnego_fixed_put_number(w, 56, 4, in->error_code);
    /* @60 alerts : vector(ALERT) = offset u32, count u16 */
    write_alert_vector(w, 60, &in->alerts);
}

static const struct spnego_fixed_rule message_header_message_type_rule = {
    0, 7, SPNEGO_E_MALFORMED, SPN3006_MESSAGE_TYPE,
};

/* MESSAGE_HEADER.  negoex-schema/negoex.schema:79.  [MS-NEGOEX] 2.2.6.2. */
static void
read_message_header(struct spnego_reader *r, struct negoex_message_header *out)
{
    /* @0 signature : octets(8) == "NEGOEXTS" else malformed SPN3001 */
    spnego_fixed_literal(r, "NEGOEXTS", 0, 8, SPNEGO_E_MALFORMED, SPN3001_SIGNATURE,
                         &negoex_MESSAGE_HEADER.signature);
    /* @8 message-type : MESSAGE_TYPE else malformed SPN3006 */
    out->message_type = (enum negoex_message_type)spnego_fixed_ruled(
        r, 8, 4, &message_header_message_type_rule,
        &negoex_MESSAGE_HEADER.messageType);
    /* @12 sequence-num : u32 */
    out->sequence_num = (uint32_t)spnego_fixed_number(
        r, 12, 4, &negoex_MESSAGE_HEADER.sequenceNum);
    /* @16 header-length : u32 writes header-size */
    out->header_length = (uint32_t)spnego_fixed_number(
        r, 16, 4, &negoex_MESSAGE_HEADER.headerLength);
    /* @20 message-length : u32 writes message-size */
    out->message_length = (uint32_t)spnego_fixed_number(
        r, 20, 4, &negoex_MESSAGE_HEADER.messageLength);
    /* @24 conversation-id : guid */
    spnego_fixed_octets(r, out->conversation_id.octets, 24, 16,
                        &negoex_MESSAGE_HEADER.conversationId);
}

static void
write_message_header(struct spnego_writer *w,
                     const struct negoex_message_header *in)
{
    /* @0 signature : octets(8) == "NEGOEXTS" else malformed SPN3001 */
    spnego_fixed_put_octets(w, 0, "NEGOEXTS", 8);
    /* @8 message-type : MESSAGE_TYPE else malformed SPN3006 */
    if ((uint32_t)in->message_type > 7)
        w->broken = true;
    spnego_fixed_put_number(w, 8, 4, (uint32_t)in->message_type);
    /* @12 sequence-num : u32 */
    spnego_fixed_put_number(w, 12, 4, in->sequence_num);
    /* @24 conversation-id : guid */
    spnego_fixed_put_octets(w, 24, in->conversation_id.octets, 16);
}

/* The names of a message type, and the sizes that its header may have. */
static const struct spnego_desc *
message_desc(uint32_t type, struct spnego_fixed_lengths *lengths)
{
    lengths->fixed = lengths->fixed_unpadded = 0;
    lengths->header_at = 16;
    lengths->message_at = 20;
    switch (type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        lengths->fixed = 96;
        lengths->fixed_unpadded = 96;
        return &negoex_NEGO_MESSAGE.self;
    case NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_CHALLENGE:
    case NEGOEX_MESSAGE_TYPE_AP_REQUEST:
        lengths->fixed = 64;
        lengths->fixed_unpadded = 64;
        return &negoex_EXCHANGE_MESSAGE.self;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        lengths->fixed = 80;
        lengths->fixed_unpadded = 76;
        return &negoex_VERIFY_MESSAGE.self;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        lengths->fixed = 72;
        lengths->fixed_unpadded = 68;
        return &negoex_ALERT_MESSAGE.self;
    default:
        return &negoex_MESSAGE_HEADER.self;
    }
}

void
negoex_read_message(struct spnego_reader *r, struct negoex_message *out)
{
    const struct spnego_desc *desc;
    struct spnego_reader message;
    struct spnego_fixed_lengths lengths;
    size_t start = r->off;

    desc = message_desc((uint32_t)spnego_fixed_peek(r, 8, 4), &lengths);
    if (!spnego_fixed_message(r, &message, 40, &lengths, desc))
        return;
    read_message_header(&message, &out->header);
    lengths.header = out->header.header_length;
    lengths.message = out->header.message_length;
    if (!spnego_fixed_message_size(r, &message, &lengths))
        return;
    out->raw = spnego_reader_slice(r, start, r->off);
    switch (out->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        read_nego_message(&message, &out->u.nego_message);
        break;
    case NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_CHALLENGE:
    case NEGOEX_MESSAGE_TYPE_AP_REQUEST:
        read_exchange_message(&message, &out->u.exchange_message);
        break;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        read_verify_message(&message, &out->u.verify_message, lengths.header);
        break;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        read_alert_message(&message, &out->u.alert_message, lengths.header);
        break;
    }
}

void
negoex_write_message(struct spnego_writer *w, const struct negoex_message *in)
{
    switch (in->header.message_type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        spnego_fixed_put_room(w, 96);
        /* @16 header-length : u32 writes header-size */
        spnego_fixed_put_number(w, 16, 4, 96);
        write_nego_message(w, &in->u.nego_message);
        break;
    case NEGOEX_MESSAGE_TYPE_INITIATOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_META_DATA:
    case NEGOEX_MESSAGE_TYPE_CHALLENGE:
    case NEGOEX_MESSAGE_TYPE_AP_REQUEST:
        spnego_fixed_put_room(w, 64);
        /* @16 header-length : u32 writes header-size */
        spnego_fixed_put_number(w, 16, 4, 64);
        write_exchange_message(w, &in->u.exchange_message);
        break;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        spnego_fixed_put_room(w, 80);
        /* @16 header-length : u32 writes header-size */
        spnego_fixed_put_number(w, 16, 4, 80);
        write_verify_message(w, &in->u.verify_message);
        break;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        spnego_fixed_put_room(w, 72);
        /* @16 header-length : u32 writes header-size */
        spnego_fixed_put_number(w, 16, 4, 72);
        write_alert_message(w, &in->u.alert_message);
        break;
    default:
        w->broken = true;
        return;
    }
    write_message_header(w, &in->header);
    /* @20 message-length : u32 writes message-size */
    spnego_fixed_put_number(w, 20, 4, w->len);
}
