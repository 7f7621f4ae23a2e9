/* negoex-loopback.c: prints a whole NegoEx negotiation inside SPNEGO, both sides of it in
 * one program.
 *
 *     negoex-loopback SA S        SAnon before toy A; the acceptor has SAnon only
 *     negoex-loopback AS AS 3     toy A, which needs 3 tokens, is the first choice
 *     negoex-loopback A A 3 early its initiator sends a VERIFY before the acceptor can
 *                                 check it, and is asked for another by ALERT
 *
 * S is SAnon-X25519, real cryptography without any infrastructure; A to D are toys with
 * keys that everybody knows. */
#include "toy_mech.h"

#include <spnego/gss.h>
#include <spnego/sanon.h>
#include <spnego/spnego.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SCHEMES 5
#define MAX_HOPS 60 /* tokens; more are not taken: max_legs */

/* One side: what it offers, by NegoEx alone. */
struct side {
    struct toy_cred toy;
    struct spnego_offer schemes[MAX_SCHEMES]; /* inside NegoEx */
    struct negoex_config negoex;
    struct spnego_offer offer; /* NegoEx */
    struct spnego_config config;
    struct spnego_ctx *ctx;
};

static void
print_line(enum spnego_role role, const char *indent, const char *text)
{
    printf("%-10s %s%s\n", role == SPNEGO_INITIATOR ? "initiator" : "  acceptor", indent, text);
}

/* What one side sends the other receives: it is printed once. */
static void
print_event(void *arg, const struct spnego_event *event)
{
    char text[512];

    (void)arg;
    if (event->kind == SPNEGO_EVENT_RECEIVED)
        return;
    spnego_event_format(text, sizeof(text), event);
    print_line(event->role, "", text);
}

static void
print_negoex_event(void *arg, const struct negoex_event *event)
{
    char text[512];

    (void)arg;
    if (event->kind == NEGOEX_EVENT_RECEIVED)
        return;
    negoex_event_format(text, sizeof(text), event);
    print_line(event->role, "    ", text);
}

static size_t
offer(struct spnego_offer *offers, const char *letters, struct toy_cred *cred)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};
    size_t count = 0;

    for (; *letters != '\0' && count < MAX_SCHEMES; letters++, count++) {
        offers[count].ops = *letters == 'S' ? &spnego_sanon : NULL;
        if (*letters >= 'A' && *letters <= 'D')
            offers[count].ops = toys[*letters - 'A'];
        offers[count].cred = *letters == 'S' ? NULL : cred;
    }
    return *letters == '\0' ? count : 0;
}

/* `side` must stay where it is as long as its negotiation lasts. */
static void
start(struct side *side, enum spnego_role role, const char *letters)
{
    const char *fault;

    side->toy.integrity = true;
    side->negoex.size = sizeof(side->negoex);
    side->negoex.offers = side->schemes;
    side->negoex.num_offers = offer(side->schemes, letters, &side->toy);
    side->negoex.crypto = &spnego_krb5_crypto;
    side->negoex.on_event = print_negoex_event;
    side->offer.ops = &negoex_mech;
    side->offer.cred = &side->negoex;
    side->config.size = sizeof(side->config);
    side->config.role = role;
    side->config.offers = &side->offer;
    side->config.num_offers = 1;
    side->config.on_event = print_event;
    fault = negoex_config_fault(&side->negoex);
    if (fault == NULL && spnego_ctx_new(&side->ctx, &side->config) == SPNEGO_OK)
        return;
    fprintf(stderr,
            "negoex-loopback: %s: %s (mechanisms are S and A to D, each at most once)\n",
            letters, fault != NULL ? fault : "there is no memory");
    exit(2);
}

int
main(int argc, char **argv)
{
    struct side initiator = {0}, acceptor = {0};
    struct spnego_slice token = {NULL, 0};
    enum spnego_status said = SPNEGO_CONTINUE, heard = SPNEGO_CONTINUE;
    char *end = "";
    unsigned long hops;
    bool early = argc == 5 && strcmp(argv[4], "early") == 0;

    hops = argc > 3 ? strtoul(argv[3], &end, 10) : 1;
    initiator.toy.keys = early ? TOY_KEYS_AT_ONCE : TOY_KEYS_AT_END;
    if (argc < 3 || argc > 5 || (argc == 5 && !early) || hops < 1 || hops > MAX_HOPS ||
        *end != '\0') {
        fprintf(stderr, "usage: negoex-loopback INITIATOR ACCEPTOR [HOPS [early]], for example "
                        "negoex-loopback SA S; HOPS is 1 to 60\n");
        return 2;
    }
    initiator.toy.hops = (unsigned)hops;
    start(&initiator, SPNEGO_INITIATOR, argv[1]);
    start(&acceptor, SPNEGO_ACCEPTOR, argv[2]);
    while (said == SPNEGO_CONTINUE || token.len > 0) {
        said = spnego_ctx_step(initiator.ctx, &token, token);
        if (token.len > 0)
            heard = spnego_ctx_step(acceptor.ctx, &token, token);
    }
    spnego_ctx_free(initiator.ctx);
    spnego_ctx_free(acceptor.ctx);
    return said == SPNEGO_OK && heard == SPNEGO_OK ? 0 : 1;
}
