/* frame.c: the GSS-API frame.  It is defined by octets, not by ASN.1, so it
 * stands here and not in a schema.  RFC 2743 3.1. */
#include "frame.h"

#include "der.h"
#include "spnego/codec.h"

#include <string.h>

static const uint8_t spnego_oid[] = {0x2b, 0x06, 0x01, 0x05, 0x05, 0x02};

static const struct spnego_desc initial_context_token = {
    "InitialContextToken", "InitialContextToken", "RFC 2743 3.1",
    SPNEGO_KIND_FRAME,     SPNEGO_KIND_UNKNOWN,   0,
};
static const struct spnego_desc this_mech = {
    "thisMech", "MechType", "RFC 2743 3.1", SPNEGO_KIND_OID, SPNEGO_KIND_UNKNOWN, 0,
};

bool
spnego_frame_read(struct spnego_reader *r, struct spnego_reader *inner,
                  struct spnego_slice *mech)
{
    struct spnego_reader frame;

    if (!spnego_der_need(r, inner, SPNEGO_FRAME_TAG, &initial_context_token))
        return false;
    frame = *inner;
    frame.path.parent = &inner->path;
    frame.path.desc = &this_mech;
    spnego_der_oid(&frame, mech);
    if (!spnego_reader_ok(&frame))
        return false;
    inner->off = frame.off;
    return true;
}

void
spnego_frame_end(struct spnego_reader *r)
{
    size_t left = r->end - r->off, i;

    if (!spnego_reader_ok(r) || left == 0)
        return;
    for (i = r->off; i < r->end && r->decoding->base[i] == 0; i++)
        continue;
    if (i < r->end)
        spnego_fail(r, SPN1004_TRAILING_OCTETS, r->off, left, left, 0);
    else if (spnego_tolerate(r, SPNEGO_TOLERATE_ZERO_PADDING, SPN1005_ZERO_PADDING, r->off,
                             left, left))
        r->off = r->end;
}

void
spnego_frame_put(struct spnego_writer *w)
{
    struct spnego_slice oid = {spnego_oid, sizeof(spnego_oid)};

    spnego_der_put_oid(w, oid);
    spnego_der_put_header(w, SPNEGO_FRAME_TAG, 0);
}

bool
spnego_oid_is_spnego(struct spnego_slice oid)
{
    return oid.len == sizeof(spnego_oid) && memcmp(oid.ptr, spnego_oid, oid.len) == 0;
}

enum spnego_status
spnego_frame_decode(struct spnego_slice *mech, struct spnego_slice *inner,
                    struct spnego_slice in, const struct spnego_decode_opts *opts)
{
    struct spnego_decoding decoding;
    struct spnego_reader whole, frame;

    memset(mech, 0, sizeof(*mech));
    memset(inner, 0, sizeof(*inner));
    spnego_reader_start(&whole, &decoding, in, opts);
    if (spnego_frame_read(&whole, &frame, mech))
        *inner = spnego_reader_slice(&frame, frame.off, frame.end);
    spnego_frame_end(&whole);
    if (decoding.status != SPNEGO_OK) {
        memset(mech, 0, sizeof(*mech));
        memset(inner, 0, sizeof(*inner));
    }
    return decoding.status;
}
