/* initiator.c: a client offers A and B.   mkfifo f; initiator <f | acceptor >f */
#include "carrier.h"
#include "toy_mech.h"

#include <spnego/spnego.h>

int
main(void)
{
    struct toy_cred cred = {.hops = 3, .integrity = true};
    const struct spnego_offer offers[] = {{&toy_a, &cred}, {&toy_b, &cred}};
    struct spnego_config config = {.size = sizeof(config),
                                   .role = SPNEGO_INITIATOR,
                                   .offers = offers,
                                   .num_offers = 2,
                                   .tolerate = SPNEGO_TOLERATE_INTEROP};
    struct spnego_slice in = {NULL, 0}, out;
    enum spnego_status status;
    struct spnego_ctx *ctx;
    char reason[200];

    if (spnego_ctx_new(&ctx, &config) != SPNEGO_OK)
        return 2;
    do {
        status = spnego_ctx_step(ctx, &out, in);
        if (out.len > 0 && !carrier_send(out))
            break;
    } while (status == SPNEGO_CONTINUE && carrier_receive(&in));
    spnego_ctx_reason(ctx, reason, sizeof(reason));
    fprintf(stderr, "initiator: %s %s\n", spnego_status_name(status), reason);
    /* spnego_ctx_take_mech gives the mechanism, to sign and seal with. */
    spnego_ctx_free(ctx);
    return status == SPNEGO_OK ? 0 : 1;
}
