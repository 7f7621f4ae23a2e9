/* carrier_smb.c: NEGOTIATE responses and SESSION_SETUP of SMB1 and SMB2.
 * Source: [MS-SMB] 2.2.4.5.2.1, 2.2.4.6; [MS-SMB2] 2.2.1.2, 2.2.4 to 2.2.6. */
#include "carrier.h"

#include <string.h>

enum {
    STATUS_MORE_PROCESSING = 0xC0000016U & 0x7fffffff, /* without its highest bit */
    SMB1_HEADER = 32,
    SMB1_NEGOTIATE = 0x72,
    SMB1_SESSION_SETUP = 0x73,
    SMB1_GUID = 16,
    SMB2_HEADER = 64,
    SMB2_NEGOTIATE = 0,
    SMB2_SESSION_SETUP = 1
};

#define STATUS_IS_ERROR(status) ((status) >> 30 == 3)

static enum carrier_outcome
outcome_of(uint64_t status)
{
    if ((status & 0x7fffffff) == STATUS_MORE_PROCESSING)
        return OUTCOME_MORE;
    return STATUS_IS_ERROR(status) ? OUTCOME_FAILURE : OUTCOME_SUCCESS;
}

static void
refuse_blob(struct carrier_message *message, uint64_t len)
{
    carrier_remark(message, SPN8006_SMB_BLOB_BOUNDS, len, 0);
}

/* The blob is where the message says, or it is a finding (W04). */
static void
take_blob(struct carrier_message *message, struct spnego_slice octets, size_t off, size_t len,
          size_t first)
{
    if (len > 0 && (off < first || !carrier_slice(octets, off, len, &message->blob))) {
        message->cut = off >= first;
        refuse_blob(message, len);
        return;
    }
    message->has_blob = true;
}

/* Where the fields of each message are, from the start of its body. */
static const struct smb2_layout {
    size_t fixed;  /* octets before the buffer */
    size_t offset; /* SecurityBufferOffset; SecurityBufferLength is behind it */
} negotiate_response = {64, 56}, setup_request = {24, 12}, setup_response = {8, 4};

static const struct smb2_layout *
layout_of(uint64_t command, bool response)
{
    if (command == SMB2_NEGOTIATE)
        return response ? &negotiate_response : NULL;
    if (command == SMB2_SESSION_SETUP)
        return response ? &setup_response : &setup_request;
    return NULL;
}

void
carrier_read_smb2(struct spnego_slice octets, carrier_emit_fn *emit, void *arg)
{
    struct carrier_message message = {.carrier = CARRIER_SMB2};
    uint64_t command = carrier_number(octets, 12, 2), status = carrier_number(octets, 8, 4);
    bool response = (carrier_number(octets, 16, 4) & 1) != 0;
    const struct smb2_layout *layout = layout_of(command, response);
    size_t off, len;

    if (octets.len < 4 || memcmp(octets.ptr, "\xfeSMB", 4) != 0 || layout == NULL)
        return;
    message.side = response ? SIDE_ACCEPTOR : SIDE_INITIATOR;
    message.server_first = command == SMB2_NEGOTIATE;
    message.message = carrier_number(octets, 24, 8);
    message.session = carrier_number(octets, 40, 8);
    if (response && !message.server_first)
        message.outcome = outcome_of(status);
    if (message.outcome != OUTCOME_FAILURE &&
        !(message.server_first && STATUS_IS_ERROR(status))) {
        off = (size_t)carrier_number(octets, SMB2_HEADER + layout->offset, 2);
        len = (size_t)carrier_number(octets, SMB2_HEADER + layout->offset + 2, 2);
        if (octets.len < SMB2_HEADER + layout->fixed)
            message.cut = true;
        else
            take_blob(&message, octets, off, len, SMB2_HEADER + layout->fixed);
    }
    emit(arg, &message);
}

/* The parameter words begin behind WordCount, the data behind ByteCount. */
static void
take_smb1(struct carrier_message *message, struct spnego_slice octets, uint64_t command)
{
    size_t words = (size_t)carrier_number(octets, SMB1_HEADER, 1);
    size_t data = SMB1_HEADER + 1 + 2 * words + 2, len;
    size_t count = (size_t)carrier_number(octets, data - 2, 2);

    if (octets.len < data) {
        message->cut = true;
    } else if (command == SMB1_NEGOTIATE && words == 17) {
        if (count < SMB1_GUID)
            refuse_blob(message, count);
        else
            take_blob(message, octets, data + SMB1_GUID, count - SMB1_GUID, data);
    } else if (command == SMB1_SESSION_SETUP &&
               words == (message->side == SIDE_INITIATOR ? 12 : 4)) {
        len = (size_t)carrier_number(octets, message->side == SIDE_INITIATOR ? 47 : 39, 2);
        if (len > count)
            refuse_blob(message, len);
        else
            take_blob(message, octets, data, len, data);
    }
}

void
carrier_read_smb1(struct spnego_slice octets, carrier_emit_fn *emit, void *arg)
{
    struct carrier_message message = {.carrier = CARRIER_SMB1};
    uint64_t command = carrier_number(octets, 4, 1), flags2 = carrier_number(octets, 10, 2);
    bool response = (carrier_number(octets, 9, 1) & 0x80) != 0;

    if (octets.len < SMB1_HEADER || memcmp(octets.ptr, "\xffSMB", 4) != 0 ||
        (command != SMB1_SESSION_SETUP && !(command == SMB1_NEGOTIATE && response)) ||
        (flags2 & 0x0800) == 0) /* SMB_FLAGS2_EXTENDED_SECURITY */
        return;
    message.side = response ? SIDE_ACCEPTOR : SIDE_INITIATOR;
    message.server_first = command == SMB1_NEGOTIATE;
    message.session = carrier_number(octets, 28, 2);
    message.message = carrier_number(octets, 30, 2);
    if (response && !message.server_first)
        message.outcome = outcome_of(carrier_number(octets, 5, 4));
    take_smb1(&message, octets, command);
    emit(arg, &message);
}
