/* carrier_smb.c: NEGOTIATE responses and SESSION_SETUP of SMB1 and SMB2.
 * Source: [MS-SMB] 2.2.4.5.2.1, 2.2.4.6; [MS-SMB2] 2.2.1.2, 2.2.4 to 2.2.6. */
#include "carrier.h"
#include "octets.h"

#include <string.h>

enum {
    STATUS_MORE_PROCESSING = 0xC0000016U & 0x7fffffff, /* without its highest bit */
    SMB1_HEADER = 32,
    SMB1_COMMAND = 4, /* where the fields of the header are */
    SMB1_STATUS = 5,
    SMB1_FLAGS = 9,
    SMB1_FLAGS2 = 10,
    SMB1_UID = 28,
    SMB1_MID = 30,
    SMB1_REPLY = 0x80,              /* in Flags */
    SMB1_EXTENDED_SECURITY = 0x800, /* in Flags2 */
    SMB1_NEGOTIATE = 0x72,
    SMB1_SESSION_SETUP = 0x73,
    SMB1_GUID = 16,
    SMB1_NEGOTIATE_WORDS = 17, /* parameter words of the forms that carry a blob */
    SMB1_REQUEST_WORDS = 12,
    SMB1_RESPONSE_WORDS = 4,
    SMB1_REQUEST_BLOB_LENGTH = 47, /* SecurityBlobLength, from the start of the header */
    SMB1_RESPONSE_BLOB_LENGTH = 39,
    SMB2_HEADER = 64,
    SMB2_STATUS = 8,
    SMB2_COMMAND = 12,
    SMB2_FLAGS = 16,
    SMB2_MESSAGE_ID = 24,
    SMB2_SESSION_ID = 40,
    SMB2_FLAGS_SERVER_TO_REDIR = 1,
    SMB2_NEGOTIATE = 0,
    SMB2_SESSION_SETUP = 1
};

#define STATUS_IS_ERROR(status) ((status) >> 30 == 3)

static enum carrier_outcome
outcome_of(uint64_t status)
{
    if ((status & 0x7fffffff) == STATUS_MORE_PROCESSING)
        return CARRIER_MORE;
    return STATUS_IS_ERROR(status) ? CARRIER_FAILURE : CARRIER_SUCCESS;
}

static void
refuse_blob(struct carrier_message *message, uint64_t len)
{
    carrier_remark(message, SPN8006_SMB_BLOB_BOUNDS, len, 0);
}

/* The message ends before the fields that say where its blob is. */
static void
lose_blob(struct carrier_message *message, uint64_t len)
{
    message->cut = true;
    refuse_blob(message, len);
}

/* The blob is where the message says, or it is a finding (W04). */
static void
take_blob(struct carrier_message *message, struct spnego_slice octets, size_t off, size_t len,
          size_t first)
{
    if (len > 0 && (off < first || off > octets.len || len > octets.len - off)) {
        message->cut = off >= first;
        refuse_blob(message, len);
        return;
    }
    message->has_blob = true;
    if (len > 0)
        message->blob = octets_part(octets, off, len);
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
    uint64_t command = octets_le(octets, SMB2_COMMAND, 2);
    uint64_t status = octets_le(octets, SMB2_STATUS, 4);
    bool response = (octets_le(octets, SMB2_FLAGS, 4) & SMB2_FLAGS_SERVER_TO_REDIR) != 0;
    const struct smb2_layout *layout = layout_of(command, response);
    size_t off, len;

    if (octets.len < 4 || memcmp(octets.ptr, "\xfeSMB", 4) != 0 || layout == NULL)
        return;
    message.side = response ? SIDE_ACCEPTOR : SIDE_INITIATOR;
    message.server_first = command == SMB2_NEGOTIATE;
    message.message = octets_le(octets, SMB2_MESSAGE_ID, 8);
    message.session = octets_le(octets, SMB2_SESSION_ID, 8);
    if (response && !message.server_first)
        message.outcome = outcome_of(status);
    if (message.outcome != CARRIER_FAILURE &&
        !(message.server_first && STATUS_IS_ERROR(status))) {
        off = (size_t)octets_le(octets, SMB2_HEADER + layout->offset, 2);
        len = (size_t)octets_le(octets, SMB2_HEADER + layout->offset + 2, 2);
        if (octets.len < SMB2_HEADER + layout->fixed)
            lose_blob(&message, len);
        else
            take_blob(&message, octets, off, len, SMB2_HEADER + layout->fixed);
    }
    emit(arg, &message);
}

/* The parameter words begin behind WordCount, the data behind ByteCount. */
static void
take_smb1(struct carrier_message *message, struct spnego_slice octets, uint64_t command)
{
    size_t words = (size_t)octets_le(octets, SMB1_HEADER, 1);
    size_t data = SMB1_HEADER + 1 + 2 * words + 2, len;
    size_t count = (size_t)octets_le(octets, data - 2, 2);
    bool request = message->side == SIDE_INITIATOR;

    if (octets.len < data) {
        if (message->outcome != CARRIER_FAILURE)
            lose_blob(message, 0);
    } else if (command == SMB1_NEGOTIATE && words == SMB1_NEGOTIATE_WORDS) {
        if (count < SMB1_GUID)
            refuse_blob(message, count);
        else
            take_blob(message, octets, data + SMB1_GUID, count - SMB1_GUID, data);
    } else if (command == SMB1_SESSION_SETUP &&
               words == (request ? SMB1_REQUEST_WORDS : SMB1_RESPONSE_WORDS)) {
        len = (size_t)octets_le(octets,
                                request ? SMB1_REQUEST_BLOB_LENGTH : SMB1_RESPONSE_BLOB_LENGTH,
                                2);
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
    uint64_t command = octets_le(octets, SMB1_COMMAND, 1);
    uint64_t flags2 = octets_le(octets, SMB1_FLAGS2, 2);
    bool response = (octets_le(octets, SMB1_FLAGS, 1) & SMB1_REPLY) != 0;

    if (octets.len < 4 || memcmp(octets.ptr, "\xffSMB", 4) != 0 ||
        (command != SMB1_SESSION_SETUP && !(command == SMB1_NEGOTIATE && response)) ||
        (flags2 & SMB1_EXTENDED_SECURITY) == 0)
        return;
    message.side = response ? SIDE_ACCEPTOR : SIDE_INITIATOR;
    message.server_first = command == SMB1_NEGOTIATE;
    message.session = octets_le(octets, SMB1_UID, 2);
    message.message = octets_le(octets, SMB1_MID, 2);
    if (response && !message.server_first)
        message.outcome = outcome_of(octets_le(octets, SMB1_STATUS, 4));
    take_smb1(&message, octets, command);
    emit(arg, &message);
}
