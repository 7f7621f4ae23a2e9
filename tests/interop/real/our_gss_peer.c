/* our_gss_peer.c: one side of a negotiation by this library, with the mechanisms that
 * MIT krb5 has; side.h says how it is called and what it says.  Its status is in words,
 * and behind the mechanism stands "mic:", whether ours was sent and theirs verified. */
#include <spnego/codec.h>
#include <spnego/gss.h>
#include <spnego/negotiate.h>

#include "side.h"
#include "toy_mech.h"

static void
set_option(struct spnego_config *config, struct side *side, const char *option)
{
    if (strcmp(option, "interop") == 0)
        config->tolerate = SPNEGO_TOLERATE_INTEROP;
    else if (strcmp(option, "require-mic") == 0)
        config->require_mic = true;
    else if (!side_option(side, option))
        stop("there is no such option");
}

static const struct spnego_mech_ops *
ops_of(char letter)
{
    switch (letter) {
    case 'k':
        return &spnego_gss_krb5;
    case 'm':
        return &spnego_gss_ms_krb5;
    case 'n':
        return &spnego_gss_ntlmssp;
    case 'a':
        return &toy_a;
    default:
        return &toy_b;
    }
}

static void
make_offers(struct spnego_offer *offers, const char *letters, struct spnego_gss_cred *gss,
            struct toy_cred *toy)
{
    size_t i;

    for (i = 0; letters[i] != '\0'; i++) {
        offers[i].ops = ops_of(letters[i]);
        offers[i].cred = is_toy(letters[i]) ? (void *)toy : (void *)gss;
    }
}

/* Without a name the library finds the credential itself. */
static struct spnego_gss_cred
gss_cred(const struct side *side)
{
    struct spnego_gss_cred cred = {.size = sizeof(cred),
                                   .target = side->initiator ? side->service : GSS_C_NO_NAME,
                                   .req_flags = side->flags,
                                   .bindings = side->bindings};
    gss_OID_desc room[MAX_MECHS];
    gss_OID_set_desc set = side_mechs(side, room);
    OM_uint32 minor;

    if (side->named && GSS_ERROR(side_acquire(side, &minor, &set, &cred.cred)))
        stop("there is no credential of this name");
    return cred;
}

/* What the mechanism has found; the names and the rest stay its own. */
static struct found
found_by(void *mech)
{
    struct spnego_gss_outcome gss;
    struct found found = {0};

    spnego_gss_outcome(mech, &gss);
    found.context = gss.context;
    found.initiator = gss.initiator;
    found.acceptor = gss.acceptor;
    found.delegated = gss.delegated;
    found.flags = gss.ret_flags;
    return found;
}

static void
write_end(const struct spnego_ctx *ctx, const struct side *side)
{
    struct spnego_outcome outcome;
    struct found found = {0};
    char reason[512], letter = '-';

    spnego_ctx_outcome(ctx, &outcome);
    spnego_ctx_reason(ctx, reason, sizeof(reason));
    if (outcome.complete)
        letter = mech_letter(outcome.mech.ptr, outcome.mech.len);
    if (letter != '-' && !is_toy(letter)) {
        found = found_by(spnego_ctx_mech(ctx));
        prove(side, &found);
    }
    printf("= %s %c mic:%s/%s", spnego_status_name(outcome.status), letter,
           outcome.mic_sent ? "yes" : "no", outcome.mic_verified ? "yes" : "no");
    if (letter == '-')
        printf(" | %s", reason);
    else if (!is_toy(letter))
        write_found(&found);
    puts("");
}

int
main(int argc, char **argv)
{
    static uint8_t octets[MAX_TOKEN];
    struct toy_cred toy = {.hops = 1, .integrity = true};
    struct spnego_config config = {.size = sizeof(config)};
    enum spnego_status status = SPNEGO_CONTINUE;
    struct spnego_slice in = {octets, 0}, out;
    struct spnego_offer offers[MAX_MECHS];
    struct spnego_gss_cred gss;
    struct spnego_ctx *ctx;
    struct side side;
    OM_uint32 minor;
    int i;

    side_begin(&side, argc, argv);
    for (i = 3; i < argc; i++)
        set_option(&config, &side, argv[i]);
    gss = gss_cred(&side);
    make_offers(offers, side.mechs, &gss, &toy);
    config.role = side.initiator ? SPNEGO_INITIATOR : SPNEGO_ACCEPTOR;
    config.offers = offers;
    config.num_offers = strlen(side.mechs);
    if (spnego_ctx_new(&ctx, &config) != SPNEGO_OK)
        stop("spnego_ctx_new failed");
    while (status == SPNEGO_CONTINUE && read_line(octets, &in.len)) {
        status = spnego_ctx_step(ctx, &out, in);
        write_answer(status == SPNEGO_CONTINUE, status == SPNEGO_OK, out.ptr, out.len);
    }
    write_end(ctx, &side);
    spnego_ctx_free(ctx);
    gss_release_cred(&minor, &gss.cred);
    side_end(&side);
    return EXIT_SUCCESS;
}
