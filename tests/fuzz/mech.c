/* mech.c: a mechanism of any number of tokens, and a watch on its caller. */
#include "mech.h"

#include <string.h>

#define SUM_LEN 8
#define BODY_LEN (1 + SUM_LEN) /* the hops that are left, and the sum */
#define STATE_LEN (3 + SUM_LEN)

struct mech {
    const struct fuzz_cred *cred;
    enum spnego_role role;
    unsigned steps;
    unsigned left;
    bool finished;
    bool failed;
    bool owed, owed_made; /* after_mic is due */
    uint64_t session;     /* sum over all tokens so far */
};

static const char ntlmssp[8] = "NTLMSSP";

unsigned
fuzz_mech_family(unsigned mech)
{
    return mech == MECH_MS_KRB5 ? MECH_KRB5 : mech;
}

uint64_t
fuzz_sum(uint64_t sum, struct spnego_slice octets)
{
    size_t i;

    for (i = 0; i < octets.len; i++)
        sum = (sum ^ octets.ptr[i]) * 0x100000001b3u;
    return sum;
}

static void
put_number(uint8_t out[SUM_LEN], uint64_t value)
{
    size_t i;

    for (i = 0; i < SUM_LEN; i++, value >>= 8)
        out[i] = (uint8_t)value;
}

static uint64_t
get_number(const uint8_t in[SUM_LEN])
{
    uint64_t value = 0;
    size_t i;

    for (i = SUM_LEN; i > 0; i--)
        value = value * 256 + in[i - 1];
    return value;
}

/* The sum of `message`, said by `role` as a token (`what` 't') or MIC ('m'). */
static void
seal(uint8_t out[SUM_LEN], const struct mech *mech, char what, enum spnego_role role,
     struct spnego_slice message)
{
    uint8_t frame[3 + 2 * SUM_LEN] = {(uint8_t)what, (uint8_t)role};
    struct spnego_slice covered = {frame, sizeof(frame)};
    uint64_t sum;

    frame[2] = (uint8_t)fuzz_mech_family(mech->cred->mech);
    put_number(frame + 3, mech->cred->key);
    put_number(frame + 3 + SUM_LEN, mech->session);
    sum = fuzz_sum(fuzz_sum(FUZZ_SUM_START, covered), message);
    put_number(out, fuzz_sum(sum, covered));
}

static enum spnego_status
create(void **out, void *cred, enum spnego_role role)
{
    const struct fuzz_cred *offered = (const struct fuzz_cred *)cred;
    struct mech *mech;

    if (offered->absent)
        return SPNEGO_E_MECH;
    mech = (struct mech *)offered->alloc->resize(offered->alloc->arg, NULL, 0, sizeof(*mech));
    if (mech == NULL)
        return SPNEGO_E_MEMORY;
    memset(mech, 0, sizeof(*mech));
    mech->cred = offered;
    mech->role = role;
    mech->left = offered->hops;
    ++*offered->living;
    *out = mech;
    return SPNEGO_OK;
}

static void
destroy(void *state)
{
    struct mech *mech = (struct mech *)state;
    const struct fuzz_cred *cred = mech->cred;

    PROMISE(!mech->owed);
    --*cred->living;
    memset(mech, 0, sizeof(*mech));
    cred->alloc->resize(cred->alloc->arg, mech, sizeof(*mech), 0);
}

/* Appends the frame of an initiator's token; NTLM has none. */
static enum spnego_status
put_name(const struct mech *mech, struct spnego_buf *out)
{
    unsigned name = mech->cred->mech;
    uint8_t frame[4] = {0x60, 0, 0x06, 0};
    struct spnego_slice oid;
    enum spnego_status status;

    if (mech->role == SPNEGO_ACCEPTOR)
        return SPNEGO_OK;
    if (name == MECH_NTLM)
        return spnego_buf_append(out, ntlmssp, sizeof(ntlmssp));
    if (mech->cred->other_name && fuzz_mech_family(name) == MECH_KRB5)
        name = name == MECH_KRB5 ? MECH_MS_KRB5 : MECH_KRB5;
    oid = fuzz_mechs[name].oid;
    frame[1] = (uint8_t)(2 + oid.len + BODY_LEN);
    frame[3] = (uint8_t)oid.len;
    status = spnego_buf_append(out, frame, sizeof(frame));
    return status == SPNEGO_OK ? spnego_buf_append(out, oid.ptr, oid.len) : status;
}

static enum spnego_status
put_token(struct mech *mech, struct spnego_buf *out)
{
    uint8_t body[BODY_LEN] = {(uint8_t)mech->left};
    struct spnego_slice left = {body, 1}, whole = {body, sizeof(body)};
    enum spnego_status status = put_name(mech, out);

    if (status != SPNEGO_OK)
        return status;
    seal(body + 1, mech, 't', mech->role, left);
    mech->session = fuzz_sum(mech->session, whole);
    return spnego_buf_append(out, body, sizeof(body));
}

/* Takes off what put_name puts. */
static bool
take_name(const struct mech *mech, struct spnego_slice *in)
{
    unsigned family = fuzz_mech_family(mech->cred->mech), i;
    struct spnego_slice oid, inner;

    if (mech->role == SPNEGO_INITIATOR)
        return true;
    if (family == MECH_NTLM) {
        if (in->len < sizeof(ntlmssp) || memcmp(in->ptr, ntlmssp, sizeof(ntlmssp)) != 0)
            return false;
        in->ptr += sizeof(ntlmssp);
        in->len -= sizeof(ntlmssp);
        return true;
    }
    if (spnego_frame_decode(&oid, &inner, *in, NULL) != SPNEGO_OK)
        return false;
    *in = inner;
    for (i = 0; i < MECH_COUNT; i++)
        if (fuzz_mech_family(i) == family && same_octets(oid, fuzz_mechs[i].oid))
            return true;
    return false;
}

/* The sums are compared octet by octet: a comparison of words would be told to
 * the fuzzer. */
static bool
take_token(struct mech *mech, struct spnego_slice in)
{
    enum spnego_role peer = mech->role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR;
    bool first = mech->role == SPNEGO_ACCEPTOR && mech->steps == 1;
    uint8_t expected[SUM_LEN];
    struct spnego_slice sum = {expected, SUM_LEN}, left;

    if (!take_name(mech, &in) || in.len != BODY_LEN)
        return false;
    left = input_take(&in, 1);
    seal(expected, mech, 't', peer, left);
    if (!same_octets(in, sum) || (!first && left.ptr[0] + 1u != mech->left))
        return false;
    mech->left = left.ptr[0];
    mech->session = fuzz_sum(fuzz_sum(mech->session, left), sum);
    return true;
}

static enum spnego_status
fail(struct mech *mech, struct spnego_buf *out)
{
    enum spnego_status status = SPNEGO_OK;

    mech->failed = true;
    if (mech->cred->says_why)
        status = spnego_buf_append(out, "no", 2);
    return status == SPNEGO_E_MEMORY ? status : SPNEGO_E_MECH;
}

static enum spnego_status
step(void *state, struct spnego_buf *out, struct spnego_slice in)
{
    struct mech *mech = (struct mech *)state;
    bool begins = mech->role == SPNEGO_INITIATOR && mech->steps == 0;
    enum spnego_status status;

    PROMISE(mech->cred->forged || (!mech->finished && !mech->failed));
    PROMISE(out->alloc != NULL && out->len == 0);
    mech->steps++;
    if (mech->finished || mech->steps == mech->cred->fails ||
        (!begins && !take_token(mech, in)))
        return fail(mech, out);
    if (mech->left > 0) {
        mech->left--;
        status = put_token(mech, out);
        mech->failed = status != SPNEGO_OK;
        if (mech->failed)
            return status;
    } else if (begins) {
        return fail(mech, out);
    }
    mech->finished = mech->left == 0;
    return mech->finished ? SPNEGO_OK : SPNEGO_CONTINUE;
}

static unsigned
flags(void *state)
{
    const struct fuzz_cred *cred = ((const struct mech *)state)->cred;

    return (cred->integrity ? SPNEGO_MECH_INTEGRITY : 0) |
           (cred->wants_mic ? SPNEGO_MECH_WANTS_MIC : 0);
}

/* Only a finished mechanism with integrity may be asked for MICs. */
static void
watch_mic(const struct mech *mech)
{
    PROMISE(mech->cred->forged || (mech->finished && mech->cred->integrity && !mech->failed));
    PROMISE(!mech->owed);
}

static enum spnego_status
make_mic(void *state, struct spnego_buf *out, struct spnego_slice message)
{
    struct mech *mech = (struct mech *)state;
    uint8_t sum[SUM_LEN];
    enum spnego_status status;

    watch_mic(mech);
    seal(sum, mech, 'm', mech->role, message);
    status = spnego_buf_append(out, sum, sizeof(sum));
    mech->owed = mech->owed_made = status == SPNEGO_OK;
    return status;
}

static enum spnego_status
check_mic(void *state, struct spnego_slice message, struct spnego_slice mic)
{
    struct mech *mech = (struct mech *)state;
    uint8_t sum[SUM_LEN];
    struct spnego_slice expected = {sum, sizeof(sum)};

    watch_mic(mech);
    seal(sum, mech, 'm', mech->role == SPNEGO_INITIATOR ? SPNEGO_ACCEPTOR : SPNEGO_INITIATOR,
         message);
    if (!same_octets(expected, mic))
        return SPNEGO_E_MECH;
    mech->owed = true;
    mech->owed_made = false;
    return SPNEGO_OK;
}

static void
after_mic(void *state, bool made)
{
    struct mech *mech = (struct mech *)state;

    PROMISE(mech->owed && mech->owed_made == made);
    mech->owed = false;
}

static enum spnego_status
export_state(void *state, struct spnego_buf *out)
{
    const struct mech *mech = (const struct mech *)state;
    uint8_t octets[STATE_LEN] = {(uint8_t)mech->steps, (uint8_t)mech->left, mech->finished};

    put_number(octets + 3, mech->session);
    return spnego_buf_append(out, octets, sizeof(octets));
}

static enum spnego_status
import_state(void **out, void *cred, enum spnego_role role, struct spnego_slice state)
{
    enum spnego_status status;
    struct mech *mech;

    if (state.len != STATE_LEN)
        return SPNEGO_E_MECH;
    status = create(out, cred, role);
    if (status != SPNEGO_OK)
        return status;
    mech = (struct mech *)*out;
    mech->steps = state.ptr[0];
    mech->left = state.ptr[1];
    mech->finished = state.ptr[2] != 0;
    mech->session = get_number(state.ptr + 3);
    return SPNEGO_OK;
}

uint64_t
fuzz_mech_session(const void *mech)
{
    return ((const struct mech *)mech)->session;
}

static const uint8_t krb5[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02};
static const uint8_t ms_krb5[] = {0x2a, 0x86, 0x48, 0x82, 0xf7, 0x12, 0x01, 0x02, 0x02};
static const uint8_t ntlm[] = {0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a};
static const uint8_t other[] = {0x69, 0x85, 0xa2, 0xc0, 0xac, 0x66};

#define MECH(octets)                                                                           \
    {                                                                                          \
        .size = sizeof(struct spnego_mech_ops), .oid = {octets, sizeof(octets)},               \
        .create = create, .step = step, .flags = flags, .make_mic = make_mic,                  \
        .check_mic = check_mic, .after_mic = after_mic, .export_state = export_state,          \
        .import_state = import_state, .destroy = destroy,                                      \
    }
const struct spnego_mech_ops fuzz_mechs[MECH_COUNT] = {MECH(krb5), MECH(ms_krb5), MECH(ntlm),
                                                       MECH(other)};
