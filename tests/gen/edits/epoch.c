/* EXCHANGE_MESSAGE with "@56 epoch : u32" in front of exchange, which moves to
 * @60; the header has 68 octets then. */
#include "compare.h"

static const uint8_t header_want[] = {
    'N', 'E', 'G', 'O', 'E', 'X', 'T', 'S', /* signature */
    5,   0,   0,   0,                       /* AP_REQUEST */
    7,   0,   0,   0,                       /* sequence-num */
    68,  0,   0,   0,                       /* header-length */
    71,  0,   0,   0                        /* message-length */
};
static const uint8_t fields_want[] = {
    0x44, 0x33, 0x22, 0x11, /* @56 epoch */
    68,   0,    0,    0,    /* @60 exchange: offset */
    3,    0,    0,    0,    /* length */
    'a',  'b',  'c'         /* @68 payload */
};

int
main(void)
{
    struct negoex_message message, back;
    uint8_t octets[128];
    size_t used = 0;
    struct spnego_buf out = {octets, sizeof(octets), 0, NULL};

    memset(&message, 0, sizeof(message));
    message.header.message_type = NEGOEX_MESSAGE_TYPE_AP_REQUEST;
    message.header.sequence_num = 7;
    message.u.exchange_message.epoch = 0x11223344;
    message.u.exchange_message.exchange = slice_of("abc", 3);
    if (negoex_message_encode(&out, &message) != SPNEGO_OK || out.len != 71)
        return 1;
    if (differs("header", slice_of(octets, 24), header_want, sizeof(header_want)) ||
        differs("fields", slice_of(octets + 56, 15), fields_want, sizeof(fields_want)))
        return 1;
    if (negoex_message_decode(&back, &used, slice_of(octets, out.len), NULL) != SPNEGO_OK)
        return 2;
    if (used != 71 || back.u.exchange_message.epoch != 0x11223344)
        return 3;
    return differs("exchange", back.u.exchange_message.exchange, "abc", 3);
}
