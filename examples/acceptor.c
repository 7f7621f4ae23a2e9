/* acceptor.c: a server that has B and C. */
#include "carrier.h"
#include "toy_mech.h"

#include <spnego/spnego.h>

int
main(void)
{
    struct toy_cred cred = {.integrity = true};
    const struct spnego_offer offers[] = {{&toy_b, &cred}, {&toy_c, &cred}};
    struct spnego_config config = {.size = sizeof(config),
                                   .role = SPNEGO_ACCEPTOR,
                                   .offers = offers,
                                   .num_offers = 2,
                                   .tolerate = SPNEGO_TOLERATE_INTEROP};
    enum spnego_status status = SPNEGO_CONTINUE;
    struct spnego_slice in, out;
    struct spnego_ctx *ctx;
    char reason[200];

    if (spnego_ctx_new(&ctx, &config) != SPNEGO_OK)
        return 2;
    while (status == SPNEGO_CONTINUE && carrier_receive(&in)) {
        status = spnego_ctx_step(ctx, &out, in);
        if (out.len > 0 && !carrier_send(out))
            break;
    }
    spnego_ctx_reason(ctx, reason, sizeof(reason));
    fprintf(stderr, "acceptor: %s %s\n", spnego_status_name(status), reason);
    spnego_ctx_free(ctx);
    return status == SPNEGO_OK ? 0 : 1;
}
