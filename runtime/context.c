/* context.c: making and ending a negotiation, and asking how it stands. */
#include "context.h"

#include "finding.h"
#include "spnego/names.h"

#include <string.h>

/* The smallest piece that surely holds a first octet and a length.
 * [MS-SPNG] 3.1.5.6 says 5 in one place and more than 5 in another. */
#define MIN_FRAGMENT 6

/* X.690 8.19.2: no arc begins with 0x80, and the last one ends. */
static bool
is_oid(struct spnego_slice oid)
{
    bool begins = true;
    size_t i;

    for (i = 0; i < oid.len; i++) {
        if (begins && oid.ptr[i] == 0x80)
            return false;
        begins = oid.ptr[i] < 0x80;
    }
    return oid.len != 0 && begins;
}

static const char *
offers_fault(const struct spnego_config *config)
{
    const struct spnego_mech_ops *ops;
    size_t i, j;

    for (i = 0; i < config->num_offers; i++) {
        ops = config->offers[i].ops;
        if (ops == NULL || ops->size != sizeof(*ops))
            return "an offer has no ops, or ops of another version: set its size";
        if (ops->create == NULL || ops->step == NULL || ops->destroy == NULL)
            return "an offer lacks create, step or destroy";
        if (!is_oid(ops->oid))
            return "an offer has no object identifier";
        if (spnego_octets_equal(ops->oid, spnego_mech_oid(SPNEGO_MECH_SPNEGO)))
            return "SPNEGO cannot be offered by itself";
        for (j = 0; j < i; j++)
            if (spnego_octets_equal(ops->oid, config->offers[j].ops->oid))
                return "two offers have the same object identifier";
    }
    return NULL;
}

const char *
spnego_config_fault(const struct spnego_config *config)
{
    if (config->size != sizeof(*config))
        return "the configuration is of another version: set its size";
    if (config->role != SPNEGO_INITIATOR && config->role != SPNEGO_ACCEPTOR)
        return "role is neither SPNEGO_INITIATOR nor SPNEGO_ACCEPTOR";
    if (config->offers == NULL || config->num_offers == 0)
        return "there are no offers";
    if (config->num_offers > SPNEGO_MAX_OFFERS)
        return "there are more offers than SPNEGO_MAX_OFFERS";
    if ((unsigned)config->choice > SPNEGO_CHOOSE_OWN_ORDER ||
        (unsigned)config->hint_policy > SPNEGO_HINT_ORDER)
        return "choice or hint_policy has no such value";
    if (config->max_len > SPNEGO_MAX_MAX_LEN)
        return "max_len is greater than SPNEGO_MAX_MAX_LEN";
    if (config->max_fragment != 0 && config->max_fragment < MIN_FRAGMENT)
        return "max_fragment is less than 6";
    if (config->hint_floor > config->num_offers)
        return "hint_floor is greater than the number of offers";
    return offers_fault(config);
}

void
spnego_ctx_reset_order(struct spnego_ctx *ctx)
{
    uint8_t i;

    ctx->hint_dropped = false;
    ctx->order_count = 0;
    for (i = 0; i < ctx->config.num_offers; i++)
        if ((ctx->unstartable >> i & 1) == 0)
            ctx->order[ctx->order_count++] = i;
}

enum spnego_status
spnego_ctx_new(struct spnego_ctx **out, const struct spnego_config *config)
{
    const struct spnego_alloc *alloc =
        config->alloc != NULL ? config->alloc : &spnego_libc_alloc;
    struct spnego_ctx *ctx;

    *out = NULL;
    if (spnego_config_fault(config) != NULL)
        return SPNEGO_E_STATE;
    ctx = (struct spnego_ctx *)alloc->resize(alloc->arg, NULL, 0, sizeof(*ctx));
    if (ctx == NULL)
        return SPNEGO_E_MEMORY;
    memset(ctx, 0, sizeof(*ctx));
    ctx->config = *config;
    ctx->config.alloc = alloc;
    if (config->max_len == 0)
        ctx->config.max_len = SPNEGO_DEFAULT_MAX_LEN;
    if (config->max_legs == 0)
        ctx->config.max_legs = SPNEGO_DEFAULT_MAX_LEGS;
    ctx->result = SPNEGO_CONTINUE;
    ctx->selected = -1;
    ctx->mic_required = config->require_mic;
    ctx->mech_types.alloc = alloc;
    ctx->greeting.alloc = alloc;
    ctx->failure_mech.alloc = alloc;
    ctx->in.alloc = alloc;
    ctx->out.alloc = alloc;
    spnego_ctx_reset_order(ctx);
    *out = ctx;
    return SPNEGO_OK;
}

void
spnego_ctx_free(struct spnego_ctx *ctx)
{
    const struct spnego_alloc *alloc;

    if (ctx == NULL)
        return;
    alloc = ctx->config.alloc;
    spnego_mech_drop(ctx);
    spnego_greeter_drop(ctx);
    spnego_buf_clear(&ctx->greeting);
    spnego_buf_clear(&ctx->mech_types);
    spnego_buf_clear(&ctx->failure_mech);
    spnego_buf_clear(&ctx->in);
    spnego_buf_clear(&ctx->out);
    spnego_wipe(ctx, sizeof(*ctx));
    alloc->resize(alloc->arg, ctx, sizeof(*ctx), 0);
}

static bool
is_complete(const struct spnego_ctx *ctx)
{
    return ctx->state == SPNEGO_STATE_DONE && !spnego_fragment_pending(ctx);
}

void
spnego_ctx_outcome(const struct spnego_ctx *ctx, struct spnego_outcome *out)
{
    memset(out, 0, sizeof(*out));
    out->status = spnego_fragment_pending(ctx) ? SPNEGO_CONTINUE : ctx->result;
    out->complete = is_complete(ctx);
    out->selected = ctx->selected;
    out->mech = ctx->mech_oid;
    out->first_choice = ctx->first_choice;
    out->mic_sent = ctx->mic_sent;
    out->mic_verified = ctx->mic_verified;
    out->naked = ctx->naked;
    out->tokens_in = ctx->tokens_in;
    out->tokens_out = ctx->tokens_out;
    out->octets_in = ctx->octets_in;
    out->octets_out = ctx->octets_out;
    out->tolerated = ctx->tolerated;
    out->mech_types = spnego_ctx_mech_types(ctx);
}

/* A code of the decoders or of a negotiation.  The others are of spnego-check, which judges
 * one token by a negotiation's bits, too. */
static bool
is_ours(unsigned code)
{
    return (spnego_finding_tolerance(code) & SPNEGO_TOLERATE_CODEC) != 0 ||
           (code >= SPNEGO_FIRST_NEGOTIATED && code <= SPNEGO_LAST_NEGOTIATED);
}

unsigned
spnego_ctx_tolerated(const struct spnego_ctx *ctx, size_t i)
{
    unsigned code;
    size_t place;

    for (place = 0; (code = spnego_finding_code_at(place)) != 0; place++)
        if (is_ours(code) && (spnego_finding_tolerance(code) & ctx->tolerated) != 0 && i-- == 0)
            return code;
    return 0;
}

void *
spnego_ctx_mech(const struct spnego_ctx *ctx)
{
    return is_complete(ctx) ? ctx->mech : NULL;
}

void *
spnego_ctx_take_mech(struct spnego_ctx *ctx)
{
    void *mech = spnego_ctx_mech(ctx);

    if (ctx->busy)
        return NULL;
    if (mech != NULL)
        ctx->mech = NULL;
    return mech;
}

uint32_t
spnego_gss_major(enum spnego_status status)
{
    enum { CONTINUE_NEEDED = 1, ROUTINE_ERROR = 16 }; /* RFC 2744 3.9.1 */
    enum { BAD_MECH = 1, NO_CONTEXT = 8, DEFECTIVE_TOKEN = 9, FAILURE = 13 };

    switch (status) {
    case SPNEGO_OK:
        return 0;
    case SPNEGO_CONTINUE:
        return CONTINUE_NEEDED;
    case SPNEGO_E_TRUNCATED:
    case SPNEGO_E_MALFORMED:
    case SPNEGO_E_INTEGRITY:
        return (uint32_t)DEFECTIVE_TOKEN << ROUTINE_ERROR;
    case SPNEGO_E_UNSUPPORTED:
    case SPNEGO_E_NO_MECH:
        return (uint32_t)BAD_MECH << ROUTINE_ERROR;
    case SPNEGO_E_STATE:
        return (uint32_t)NO_CONTEXT << ROUTINE_ERROR;
    default:
        return (uint32_t)FAILURE << ROUTINE_ERROR;
    }
}
