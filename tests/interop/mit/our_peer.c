/* our_peer.c: one side of a negotiation by this library, with the mechanisms
 * of examples/toy_mech.c: "our_peer initiator ab hops=2 integrity=1".  Those of
 * them that negoex=... names are offered by NegoEx, which stands where the first
 * of them stood.
 *
 * It speaks lines as mit_peer.c does.  The last is "= ", the status in words,
 * the letter of the mechanism or "-", if it is NegoEx's "verify:" and then "mic:"
 * with whether ours was sent and theirs verified, and why it failed.  The options are in
 * our_options.c; gss=1 takes the mechanisms of plugin.c instead. */
#include "our_peer.h"

#include <spnego/codec.h>

static const char *
yes_or_no(bool yes)
{
    return yes ? "yes" : "no";
}

static void
make_config(struct spnego_config *config, const struct offers *offers, const char *role)
{
    const char *fault;

    memset(config, 0, sizeof(*config));
    config->size = sizeof(*config);
    config->role = is_initiator(role) ? SPNEGO_INITIATOR : SPNEGO_ACCEPTOR;
    config->offers = offers->list;
    config->num_offers = offers->count;
    config->tolerate = wanted.tolerate;
    config->require_mic = wanted.require_mic != 0;
    config->no_optimistic = wanted.no_optimistic != 0;
    config->no_hints = wanted.no_hints != 0;
    config->choice = (enum spnego_choice)wanted.choice;
    config->hint_policy = (enum spnego_hint_policy)wanted.hint;
    config->hint_floor = wanted.hint_floor;
    fault = spnego_config_fault(config);
    if (fault != NULL)
        stop(fault);
}

/* The mechanism on which both agree, with what NegoEx has to say about it. */
static void
write_mech(const struct spnego_ctx *ctx, const struct offers *offers, int selected)
{
    struct spnego_slice oid = offers->list[selected].ops->oid;
    struct negoex_outcome outcome;

    if (offers->list[selected].ops != &negoex_mech) {
        printf("%c ", toy_letter(oid.ptr, oid.len));
        return;
    }
    negoex_mech_outcome(spnego_ctx_mech(ctx), &outcome);
    oid = offers->inner[outcome.selected].ops->oid;
    printf("%c verify:%s/%s ", toy_letter(oid.ptr, oid.len), yes_or_no(outcome.verify_sent),
           yes_or_no(outcome.verify_fits));
}

static void
write_end(const struct spnego_ctx *ctx, const struct offers *offers)
{
    struct spnego_outcome outcome;
    char reason[512];
    bool ended;

    spnego_ctx_outcome(ctx, &outcome);
    spnego_ctx_reason(ctx, reason, sizeof(reason));
    ended = outcome.status == SPNEGO_OK;
    if (ended != outcome.complete || ended != (spnego_ctx_mech(ctx) != NULL))
        stop("the status is ok, and the outcome is not complete; or the other way round");
    printf("= %s ", spnego_status_name(outcome.status));
    if (ended)
        write_mech(ctx, offers, outcome.selected);
    else
        printf("- ");
    printf("mic:%s/%s %s\n", yes_or_no(outcome.mic_sent), yes_or_no(outcome.mic_verified),
           reason);
}

int
main(int argc, char **argv)
{
    static uint8_t octets[MAX_TOKEN];
    struct offers offers;
    struct spnego_config config;
    struct spnego_ctx *ctx;
    struct spnego_slice in = {octets, 0}, out;
    enum spnego_status status = SPNEGO_CONTINUE;
    int i;

    if (argc < 3)
        stop("usage: our_peer initiator|acceptor MECHANISMS [OPTION=VALUE...]");
    for (i = 3; i < argc; i++)
        set_option(argv[i]);
    make_offers(&offers, argv[2]);
    make_config(&config, &offers, argv[1]);
    if (spnego_ctx_new(&ctx, &config) != SPNEGO_OK)
        stop("spnego_ctx_new failed");
    while (status == SPNEGO_CONTINUE && read_line(octets, &in.len)) {
        status = spnego_ctx_step(ctx, &out, in);
        write_line(out.ptr, out.len);
    }
    write_end(ctx, &offers);
    spnego_ctx_free(ctx);
    if (wanted.living != 0)
        stop("a mechanism was not destroyed");
    return EXIT_SUCCESS;
}
