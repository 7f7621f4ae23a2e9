/* loopback.c: prints a whole negotiation between two sides in one program.
 *
 *     loopback ABC BCD 3      the initiator offers A, B, C; the acceptor has B, C, D;
 *                             the mechanisms need 3 tokens
 *
 * The mechanisms are toys: toy_mech.h. */
#include "toy_mech.h"

#include <spnego/spnego.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
print_event(void *arg, const struct spnego_event *event)
{
    char text[512];

    (void)arg;
    if (event->kind == SPNEGO_EVENT_RECEIVED)
        return; /* the other side has said that it sent it */
    spnego_event_format(text, sizeof(text), event);
    printf("%-10s %s\n", event->role == SPNEGO_INITIATOR ? "initiator" : "  acceptor", text);
}

/* Fills `offers` with the mechanisms whose letters are in `letters`. */
static size_t
offer(struct spnego_offer *offers, const char *letters, struct toy_cred *cred)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c, &toy_d};
    size_t count = 0;

    for (; *letters >= 'A' && *letters <= 'D' && count < 4; letters++, count++) {
        offers[count].ops = toys[*letters - 'A'];
        offers[count].cred = cred;
    }
    return count;
}

static struct spnego_ctx *
start(enum spnego_role role, const char *letters, struct toy_cred *cred,
      struct spnego_offer *offers)
{
    struct spnego_config config = {.size = sizeof(config), .role = role, .offers = offers};
    struct spnego_ctx *ctx;

    config.num_offers = offer(offers, letters, cred);
    config.on_event = print_event;
    if (spnego_ctx_new(&ctx, &config) == SPNEGO_OK)
        return ctx;
    fprintf(stderr, "loopback: %s: %s (mechanisms are A to D)\n", letters,
            spnego_config_fault(&config));
    exit(2);
}

int
main(int argc, char **argv)
{
    struct toy_cred cred = {.integrity = true};
    struct spnego_offer offers[2][4];
    struct spnego_ctx *initiator, *acceptor;
    struct spnego_slice token = {NULL, 0};
    enum spnego_status said = SPNEGO_CONTINUE, heard = SPNEGO_CONTINUE;

    cred.hops = argc == 4 ? (unsigned)atoi(argv[3]) : 1;
    if (argc < 3 || argc > 4 || cred.hops < 1 || cred.hops > 255) {
        fprintf(stderr,
                "usage: loopback INITIATOR ACCEPTOR [HOPS], for example loopback AB B 2; "
                "HOPS is 1 to 255\n");
        return 2;
    }
    initiator = start(SPNEGO_INITIATOR, argv[1], &cred, offers[0]);
    acceptor = start(SPNEGO_ACCEPTOR, argv[2], &cred, offers[1]);
    while (said == SPNEGO_CONTINUE || token.len > 0) {
        said = spnego_ctx_step(initiator, &token, token);
        if (token.len > 0)
            heard = spnego_ctx_step(acceptor, &token, token);
    }
    spnego_ctx_free(initiator);
    spnego_ctx_free(acceptor);
    return said == SPNEGO_OK && heard == SPNEGO_OK ? 0 : 1;
}
