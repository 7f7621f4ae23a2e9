/* verdict.c: what a negotiation finds wrong, or bears with, and tells. */
#include "context.h"
#include "finding.h"
#include "spnego/codec.h"

#include <string.h>

struct spnego_event
spnego_ctx_event(const struct spnego_ctx *ctx, enum spnego_event_kind kind,
                 struct spnego_slice octets)
{
    struct spnego_event event;

    memset(&event, 0, sizeof(event));
    event.kind = kind;
    event.role = ctx->config.role;
    event.leg = ctx->legs;
    event.status = ctx->result;
    event.octets = octets;
    event.mech = ctx->mech_oid;
    event.first_choice = ctx->first_choice;
    return event;
}

void
spnego_ctx_tell(const struct spnego_ctx *ctx, const struct spnego_event *event)
{
    if (ctx->config.on_event != NULL)
        ctx->config.on_event(ctx->config.arg, event);
}

/* A finding about `about`, which may be a part of the leg's token. */
static struct spnego_finding
make_finding(enum spnego_finding_code code, const struct spnego_leg *leg,
             struct spnego_slice about)
{
    struct spnego_finding finding = {(uint16_t)code, SPNEGO_ERROR, 0, about.len, 0, 0, NULL};

    if (leg != NULL && about.ptr != NULL && leg->in.ptr != NULL)
        finding.off = (size_t)(about.ptr - leg->in.ptr);
    finding.got = about.len;
    return finding;
}

void
spnego_ctx_tell_finding(const struct spnego_ctx *ctx, const struct spnego_finding *finding,
                        struct spnego_slice mech)
{
    struct spnego_event event = spnego_ctx_event(ctx, SPNEGO_EVENT_FINDING, spnego_no_octets());

    event.finding = finding;
    event.mech = mech;
    spnego_ctx_tell(ctx, &event);
}

/* The last failure of a leg is the reason: it knows what the others meant.  Without
 * memory its mechanism is not named. */
static void
keep_failure(struct spnego_ctx *ctx, const struct spnego_finding *finding,
             struct spnego_slice mech)
{
    ctx->failure = *finding;
    ctx->failure.path = NULL;
    ctx->failure_place[0] = '\0';
    if (finding->path != NULL)
        spnego_path_format(ctx->failure_place, sizeof(ctx->failure_place), finding->path);
    ctx->failure_mech.len = 0;
    if (spnego_buf_append(&ctx->failure_mech, mech.ptr, mech.len) != SPNEGO_OK)
        ctx->failure_mech.len = 0;
}

enum spnego_status
spnego_ctx_fail(struct spnego_ctx *ctx, const struct spnego_leg *leg, enum spnego_status status,
                enum spnego_finding_code code, struct spnego_slice about,
                struct spnego_slice mech)
{
    struct spnego_finding finding = make_finding(code, leg, about);

    keep_failure(ctx, &finding, mech);
    return status;
}

enum spnego_status
spnego_ctx_refuse(struct spnego_ctx *ctx, const struct spnego_leg *leg,
                  enum spnego_finding_code code, struct spnego_slice about)
{
    return spnego_ctx_fail(ctx, leg, SPNEGO_E_MALFORMED, code, about, ctx->mech_oid);
}

enum spnego_status
spnego_ctx_limit(struct spnego_ctx *ctx, enum spnego_finding_code code, uint64_t got,
                 uint64_t want)
{
    struct spnego_finding finding = make_finding(code, NULL, spnego_no_octets());

    finding.got = got;
    finding.want = want;
    keep_failure(ctx, &finding, spnego_no_octets());
    return SPNEGO_E_LIMIT;
}

enum spnego_status
spnego_ctx_tolerate(struct spnego_ctx *ctx, const struct spnego_leg *leg,
                    enum spnego_finding_code code, struct spnego_slice about,
                    struct spnego_slice mech)
{
    unsigned bit = spnego_finding_tolerance(code);
    struct spnego_finding finding = make_finding(code, leg, about);

    if ((ctx->config.tolerate & bit) == 0)
        return spnego_ctx_fail(ctx, leg, SPNEGO_E_MALFORMED, code, about, mech);
    ctx->tolerated |= bit;
    finding.severity = SPNEGO_WARNING;
    spnego_ctx_tell_finding(ctx, &finding, mech);
    return SPNEGO_OK;
}

void
spnego_ctx_remark(struct spnego_ctx *ctx, enum spnego_finding_code code,
                  struct spnego_slice mech)
{
    struct spnego_finding finding = make_finding(code, NULL, spnego_no_octets());

    finding.severity = spnego_finding_severity(code, 0);
    spnego_ctx_tell_finding(ctx, &finding, mech);
}

/* A decoder's error is why the negotiation fails; the rest was tolerated. */
static void
hear_decoder(void *arg, const struct spnego_finding *finding)
{
    struct spnego_ctx *ctx = (struct spnego_ctx *)arg;

    if (finding->severity == SPNEGO_ERROR) {
        keep_failure(ctx, finding, spnego_no_octets());
        return;
    }
    ctx->tolerated |= spnego_finding_tolerance(finding->code);
    spnego_ctx_tell_finding(ctx, finding, spnego_no_octets());
}

enum spnego_status
spnego_ctx_decode(struct spnego_ctx *ctx, struct spnego_negotiation_token *out,
                  struct spnego_slice in)
{
    struct spnego_decode_opts opts = {sizeof(opts), 0, 0, 0, hear_decoder, NULL, NULL};

    opts.tolerate = ctx->config.tolerate & SPNEGO_TOLERATE_CODEC;
    opts.max_len = ctx->config.max_len;
    opts.max_items = ctx->config.max_items;
    opts.arg = ctx;
    return spnego_token_decode(out, in, &opts);
}
