/* negoex_sides.c: the mechanisms and the cryptography of both sides, and what is told. */
#include "negoex_sides.h"

#include "context.h"

struct scheme {
    const struct negoex_cred *cred;
    void *inner;
    uint8_t key[2][8]; /* of the initiator's VERIFY, of the acceptor's */
    bool begun, finished, made, forged;
    unsigned taken;
};

struct negoex_sides negoex_sides;
static struct memory_count *const memory = &negoex_sides.memory;

static void
put_sum(uint8_t out[8], uint64_t sum)
{
    size_t i;

    for (i = 0; i < 8; i++, sum >>= 8)
        out[i] = (uint8_t)sum;
}

static uint64_t
sum_of(struct spnego_slice key, unsigned usage, struct spnego_slice message)
{
    uint8_t frame[9] = {(uint8_t)usage};
    struct spnego_slice first = {frame, sizeof(frame)};

    put_sum(frame + 1, negoex_sides.secret);
    return fuzz_sum(fuzz_sum(fuzz_sum(fuzz_sum(FUZZ_SUM_START, first), key), message), first);
}

static enum spnego_status
create(void **out, void *cred, enum spnego_role role)
{
    const struct negoex_cred *offered = (const struct negoex_cred *)cred;
    struct scheme *scheme =
        (struct scheme *)memory->alloc.resize(memory, NULL, 0, sizeof(*scheme));
    struct spnego_slice name = {(const uint8_t *)&offered->inner.mech, 1};
    enum spnego_status status;

    if (scheme == NULL)
        return SPNEGO_E_MEMORY;
    memset(scheme, 0, sizeof(*scheme));
    scheme->cred = offered;
    status =
        fuzz_mechs[offered->inner.mech].create(&scheme->inner, (void *)&offered->inner, role);
    if (status != SPNEGO_OK) {
        memset(scheme, 0, sizeof(*scheme));
        memory->alloc.resize(memory, scheme, sizeof(*scheme), 0);
        return status;
    }
    put_sum(scheme->key[0], sum_of(name, 0, name));
    put_sum(scheme->key[1], sum_of(name, 1, name));
    *out = scheme;
    return SPNEGO_OK;
}

static void
destroy(void *mech)
{
    struct scheme *scheme = (struct scheme *)mech;

    fuzz_mechs[0].destroy(scheme->inner);
    memset(scheme, 0, sizeof(*scheme));
    memory->alloc.resize(memory, scheme, sizeof(*scheme), 0);
}

static enum spnego_status
step(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    struct scheme *scheme = (struct scheme *)mech;
    enum spnego_status status;

    scheme->begun = true;
    status = fuzz_mechs[0].step(scheme->inner, out, in);
    scheme->finished = status == SPNEGO_OK;
    return status;
}

static unsigned
flags(void *mech)
{
    return fuzz_mechs[0].flags(((const struct scheme *)mech)->inner);
}

static void
get_metadata(uint8_t out[8], const struct scheme *scheme, enum spnego_role maker)
{
    struct spnego_slice name = {(const uint8_t *)&scheme->cred->inner.mech, 1};

    put_sum(out, sum_of(name, 2 + (unsigned)maker, name));
}

static enum spnego_status
make_metadata(void *mech, struct spnego_buf *out)
{
    struct scheme *scheme = (struct scheme *)mech;
    uint8_t octets[8];

    PROMISE(!scheme->made && !scheme->begun);
    scheme->made = true;
    get_metadata(octets, scheme, scheme->cred->side->role);
    return scheme->cred->makes ? spnego_buf_append(out, octets, sizeof(octets)) : SPNEGO_OK;
}

static enum spnego_status
take_metadata(void *mech, struct spnego_slice in)
{
    struct scheme *scheme = (struct scheme *)mech;
    uint8_t octets[8];
    struct spnego_slice want = {octets, sizeof(octets)};

    get_metadata(octets, scheme, (enum spnego_role) !scheme->cred->side->role);
    PROMISE(scheme->taken++ == 0 || !negoex_sides.honest);
    scheme->forged = scheme->forged || !same_octets(in, want);
    return scheme->cred->refuses ? SPNEGO_E_MECH : SPNEGO_OK;
}

static enum spnego_status
get_key(void *mech, bool ours, struct spnego_key *key)
{
    const struct scheme *scheme = (const struct scheme *)mech;

    PROMISE(scheme->begun);
    if (scheme->cred->never || (!scheme->finished && !scheme->cred->early))
        return SPNEGO_CONTINUE;
    key->enctype = 18;
    key->octets.ptr = scheme->key[ours == (scheme->cred->side->role == SPNEGO_ACCEPTOR)];
    key->octets.len = 8;
    return SPNEGO_OK;
}

static enum spnego_status
make_random(void *arg, uint8_t *out, size_t len)
{
    struct negoex_side *side = (struct negoex_side *)arg;
    size_t i;

    if (++side->calls == side->fails)
        return SPNEGO_E_MECH;
    for (i = 0; i < len; i++)
        out[i] = (uint8_t)(negoex_sides.secret >> (i & 7) ^ side->calls * 31 ^ i);
    return SPNEGO_OK;
}

static enum spnego_status
make_checksum(void *arg, struct spnego_buf *out, int32_t *type, const struct spnego_key *key,
              int32_t usage, struct spnego_slice message)
{
    struct negoex_side *side = (struct negoex_side *)arg;
    uint8_t sum[8];

    if (++side->calls == side->fails)
        return SPNEGO_E_MECH;
    *type = 16;
    put_sum(sum, sum_of(key->octets, (unsigned)usage, message));
    return spnego_buf_append(out, sum, sizeof(sum));
}

static enum spnego_status
check_checksum(void *arg, const struct spnego_key *key, int32_t usage,
               struct spnego_slice message, int32_t type, struct spnego_slice checksum)
{
    struct negoex_side *side = (struct negoex_side *)arg;
    uint8_t sum[8];
    struct spnego_slice want = {sum, sizeof(sum)};

    put_sum(sum, sum_of(key->octets, (unsigned)usage, message));
    if (++side->calls == side->fails || type != 16 || !same_octets(checksum, want))
        return SPNEGO_E_INTEGRITY;
    side->covered = message.len;
    return SPNEGO_OK;
}

/* One line that can be printed, as long as it says. */
static void
on_event(void *arg, const struct negoex_event *event)
{
    struct negoex_side *side = (struct negoex_side *)arg;
    char whole[1024], cut[8];
    size_t len = negoex_event_format(whole, sizeof(whole), event), i;

    PROMISE(len > 0 && strlen(whole) == (len < sizeof(whole) ? len : sizeof(whole) - 1));
    PROMISE(negoex_event_format(cut, sizeof(cut), event) == len);
    for (i = 0; whole[i] != '\0'; i++)
        PROMISE(whole[i] >= ' ' && whole[i] <= '~');
    PROMISE(event->role == side->role);
    side->ends += event->kind == NEGOEX_EVENT_COMPLETE || event->kind == NEGOEX_EVENT_FAILED;
    if (event->finding != NULL && event->finding->code == SPN5115_NEGOEX_UNVERIFIED)
        side->unverified = true;
}

const uint8_t negoex_sides_guids[NEGOEX_SCHEMES][16] = {{1}, {2}, {3}};
struct spnego_mech_ops negoex_sides_ops[NEGOEX_SCHEMES];

/* SPNEGO's MIC is the mechanism's; what export would need is not wrapped. */
static enum spnego_status
make_mic(void *mech, struct spnego_buf *out, struct spnego_slice message)
{
    return fuzz_mechs[0].make_mic(((const struct scheme *)mech)->inner, out, message);
}

static enum spnego_status
check_mic(void *mech, struct spnego_slice message, struct spnego_slice mic)
{
    return fuzz_mechs[0].check_mic(((const struct scheme *)mech)->inner, message, mic);
}

static void
after_mic(void *mech, bool made)
{
    fuzz_mechs[0].after_mic(((const struct scheme *)mech)->inner, made);
}

void
negoex_sides_make_ops(void)
{
    static const struct spnego_mech_ops table = {.size = sizeof(table),
                                                 .create = create,
                                                 .step = step,
                                                 .flags = flags,
                                                 .make_mic = make_mic,
                                                 .check_mic = check_mic,
                                                 .after_mic = after_mic,
                                                 .destroy = destroy,
                                                 .make_metadata = make_metadata,
                                                 .take_metadata = take_metadata,
                                                 .key = get_key};
    size_t i;

    for (i = 0; i < NEGOEX_SCHEMES; i++) {
        negoex_sides_ops[i] = table;
        negoex_sides_ops[i].auth_scheme = negoex_sides_guids[i];
    }
}

void
negoex_sides_fill(struct negoex_side *side, enum spnego_role role)
{
    struct spnego_crypto_ops crypto = {sizeof(crypto), make_random, make_checksum,
                                       check_checksum, side};

    side->role = role;
    side->crypto = crypto;
    side->negoex.size = sizeof(side->negoex);
    side->negoex.crypto = &side->crypto;
    side->negoex.alloc = &memory->alloc;
    side->negoex.on_event = on_event;
    side->negoex.arg = side;
    side->offer.ops = &negoex_mech;
    side->offer.cred = &side->negoex;
    side->config.size = sizeof(side->config);
    side->config.role = role;
    side->config.offers = &side->offer;
    side->config.num_offers = 1;
    side->config.alloc = &memory->alloc;
    side->status = SPNEGO_CONTINUE;
}

const struct negoex_session *
negoex_side_session(const struct negoex_side *side)
{
    const struct spnego_ctx *ctx = side->ctx;

    if (ctx == NULL)
        return NULL;
    return (const struct negoex_session *)(ctx->mech != NULL ? ctx->mech : ctx->greeter);
}

bool
negoex_sides_forged(const void *mech)
{
    return ((const struct scheme *)mech)->forged;
}

uint64_t
negoex_sides_run_of(const void *mech)
{
    return fuzz_mech_session(((const struct scheme *)mech)->inner);
}
