/* NegTokenResp with phase [5] Phase OPTIONAL behind supportedMechs [4]. */
#include "compare.h"

static const uint8_t want[] = {
    0xa1, 0x0c, 0x30, 0x0a,       /* negTokenResp */
    0xa0, 0x03, 0x0a, 0x01, 0x02, /* negState: reject */
    0xa5, 0x03, 0x0a, 0x01, 0x01  /* phase: late */
};

int
main(void)
{
    struct spnego_negotiation_token token, back;
    uint8_t octets[64];
    struct spnego_buf out = {octets, sizeof(octets), 0, NULL};

    memset(&token, 0, sizeof(token));
    token.kind = SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;
    token.u.neg_token_resp.has_neg_state = true;
    token.u.neg_token_resp.neg_state = SPNEGO_NEG_STATE_REJECT;
    token.u.neg_token_resp.has_phase = true;
    token.u.neg_token_resp.phase = SPNEGO_PHASE_LATE;
    if (spnego_token_encode(&out, &token) != SPNEGO_OK)
        return 1;
    if (differs("octets", slice_of(octets, out.len), want, sizeof(want)))
        return 1;
    if (spnego_token_decode(&back, slice_of(octets, out.len), NULL) != SPNEGO_OK)
        return 2;
    if (!back.u.neg_token_resp.has_phase || back.u.neg_token_resp.phase != SPNEGO_PHASE_LATE)
        return 3;
    octets[sizeof(want) - 1] = 2; /* Phase has no such value */
    return spnego_token_decode(&back, slice_of(octets, out.len), NULL) != SPNEGO_E_MALFORMED;
}
