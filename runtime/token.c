/* token.c: spnego_token_decode and spnego_token_encode.  What stands inside a
 * token is read by build/gen/token_codec.c; here is what stands around it, and
 * the one question that the ASN.1 cannot answer: which of two types it is. */
#include "der.h"
#include "frame.h"
#include "spnego/codec.h"
#include "token_codec.h"

#include <string.h>

#define NEG_TOKEN_INIT_TAG SPNEGO_DER_CONTEXT(0)
#define NEG_TOKEN_RESP_TAG SPNEGO_DER_CONTEXT(1)

/* NegTokenInit2 has the tag of NegTokenInit.  It is told by [3], which holds
 * NegHints where the other has an OCTET STRING; without [3] by [4], which the
 * other does not have.  [MS-SPNG] 2.2.1.  What is wrong with the octets is not
 * asked here: the reader that is chosen finds it. */
bool
spnego_holds_neg_token_init2(const struct spnego_reader *r)
{
    const uint8_t *base = r->decoding->base;
    size_t end, seq = 0, field = 0, value = 0, next;

    if (spnego_der_peek(r, r->off, &seq) == 0)
        return false;
    end = spnego_der_peek(r, seq, &field);
    while (field < end) {
        next = spnego_der_peek(r, field, &value);
        if (next == 0)
            return false;
        if (base[field] == SPNEGO_DER_CONTEXT(3))
            return next > value && base[value] == SPNEGO_DER_SEQUENCE;
        if (base[field] == SPNEGO_DER_CONTEXT(4))
            return true;
        field = next;
    }
    return false;
}

/* A frame that holds a token of another mechanism. */
static bool
check_mech(struct spnego_reader *frame, struct spnego_slice mech)
{
    size_t off = (size_t)(mech.ptr - frame->decoding->base);

    if (spnego_oid_is_spnego(mech))
        return true;
    spnego_fail_as(frame, SPNEGO_E_UNSUPPORTED, SPN1021_FOREIGN_FRAME, off, mech.len, 0, 0);
    return false;
}

/* A NegTokenInit is framed and a NegTokenResp is not.  RFC 4178 4.2. */
static bool
check_framing(struct spnego_reader *r, bool framed)
{
    uint8_t tag = spnego_der_next_tag(r);

    if (framed && tag == NEG_TOKEN_RESP_TAG)
        return spnego_tolerate(r, SPNEGO_TOLERATE_FRAMED_RESP, SPN1023_FRAMED_RESP, r->off, 1,
                               tag);
    if (!framed && tag == NEG_TOKEN_INIT_TAG)
        return spnego_tolerate(r, SPNEGO_TOLERATE_NAKED_INIT, SPN1022_NAKED_INIT, r->off, 1,
                               tag);
    return true;
}

static void
read_framed(struct spnego_reader *whole, struct spnego_negotiation_token *out)
{
    struct spnego_reader frame;
    struct spnego_slice mech;

    if (!spnego_frame_read(whole, &frame, &mech) || !check_mech(&frame, mech) ||
        !check_framing(&frame, true))
        return;
    spnego_read_negotiation_token(&frame, out);
    spnego_der_close(&frame);
}

static void
read_token(struct spnego_reader *whole, struct spnego_negotiation_token *out)
{
    uint8_t tag = spnego_der_next_tag(whole);

    if (tag == SPNEGO_FRAME_TAG)
        read_framed(whole, out);
    else if (tag != NEG_TOKEN_INIT_TAG && tag != NEG_TOKEN_RESP_TAG)
        spnego_fail_as(whole, whole->end == 0 ? SPNEGO_E_TRUNCATED : SPNEGO_E_MALFORMED,
                       SPN1025_UNKNOWN_START, 0, whole->end != 0, tag, 0);
    else if (check_framing(whole, false))
        spnego_read_negotiation_token(whole, out);
    spnego_frame_end(whole);
}

enum spnego_status
spnego_token_decode(struct spnego_negotiation_token *out, struct spnego_slice in,
                    const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader whole;

    memset(out, 0, sizeof(*out));
    spnego_reader_start(&whole, &decoding, in, opts);
    if (spnego_reader_ok(&whole))
        read_token(&whole, out);
    if (decoding.status != SPNEGO_OK)
        memset(out, 0, sizeof(*out));
    return decoding.status;
}

static void
write_token(struct spnego_writer *w, const void *value)
{
    const struct spnego_negotiation_token *token = value;

    spnego_write_negotiation_token(w, token);
    if (token->kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
        spnego_frame_put(w);
}

enum spnego_status
spnego_token_encode(struct spnego_buf *out, const struct spnego_negotiation_token *token)
{
    return spnego_writer_run(out, write_token, token, true);
}

static void
write_list(struct spnego_writer *w, const void *value)
{
    spnego_write_mech_type_list(w, value);
}

enum spnego_status
spnego_mech_type_list_encode(struct spnego_buf *out, const struct spnego_mech_type_list *list)
{
    return spnego_writer_run(out, write_list, list, true);
}
