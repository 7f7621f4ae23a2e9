/* NegTokenInit with channelHash [5] OCTET STRING OPTIONAL behind its "...". */
#include "compare.h"

static const uint8_t want[] = {
    0x60, 0x1a, 0x06, 0x06, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x02, /* frame, SPNEGO */
    0xa0, 0x10, 0x30, 0x0e,                                     /* negTokenInit */
    0xa0, 0x05, 0x30, 0x03, 0x06, 0x01, 0x2a,                   /* mechTypes: 1.2 */
    0xa5, 0x05, 0x04, 0x03, 'a',  'b',  'c'                     /* channelHash */
};

int
main(void)
{
    static const uint8_t oid[] = {0x2a};
    struct spnego_slice mech = slice_of(oid, sizeof(oid));
    struct spnego_negotiation_token token, back;
    uint8_t octets[64];
    struct spnego_buf out = {octets, sizeof(octets), 0, NULL};

    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
    token.u.neg_token_init.mech_types.items = &mech;
    token.u.neg_token_init.mech_types.count = 1;
    token.u.neg_token_init.has_channel_hash = true;
    token.u.neg_token_init.channel_hash = slice_of("abc", 3);
    if (spnego_token_encode(&out, &token) != SPNEGO_OK)
        return 1;
    if (differs("octets", slice_of(octets, out.len), want, sizeof(want)))
        return 1;
    if (spnego_token_decode(&back, slice_of(octets, out.len), NULL) != SPNEGO_OK)
        return 2;
    if (back.kind != token.kind || !back.u.neg_token_init.has_channel_hash)
        return 3;
    if (differs("channelHash", back.u.neg_token_init.channel_hash, "abc", 3))
        return 4;
    octets[sizeof(want) - 5] = 0x0c; /* a UTF8String where an OCTET STRING must be */
    return spnego_token_decode(&back, slice_of(octets, out.len), NULL) != SPNEGO_E_MALFORMED;
}
