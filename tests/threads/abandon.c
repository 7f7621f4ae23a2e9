/* abandon.c: a million negotiations whose peer went away, each after another
 * number of steps.  Nothing of them may be left.
 *
 *     abandon [COUNT] */
#include "toy_mech.h"

#include <spnego/spnego.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t used, peak;
static unsigned living;

static void *
resize(void *arg, void *ptr, size_t old_len, size_t new_len)
{
    (void)arg;
    used = used - old_len + new_len;
    peak = used > peak ? used : peak;
    if (new_len != 0)
        return realloc(ptr, new_len);
    free(ptr);
    return NULL;
}

static const struct spnego_alloc counting = {resize, NULL};

static void
set_up(struct spnego_config config[2], struct spnego_offer offers[2], struct toy_cred *cred)
{
    size_t i;

    memset(cred, 0, sizeof(*cred));
    cred->integrity = true;
    cred->living = &living;
    offers[0].ops = &toy_a;
    offers[1].ops = &toy_b;
    offers[0].cred = cred;
    offers[1].cred = cred;
    memset(config, 0, 2 * sizeof(*config));
    for (i = 0; i < 2; i++) {
        config[i].size = sizeof(config[i]);
        config[i].role = (enum spnego_role)i;
        config[i].offers = offers;
        config[i].num_offers = 2;
        config[i].alloc = &counting;
    }
}

/* Both sides take `steps` steps in all, unless they are done before. */
static int
abandon(const struct spnego_config config[2], unsigned steps)
{
    struct spnego_slice token = {NULL, 0};
    struct spnego_ctx *ctx[2];
    enum spnego_status status = SPNEGO_CONTINUE;
    unsigned i;

    if (spnego_ctx_new(&ctx[0], &config[0]) != SPNEGO_OK ||
        spnego_ctx_new(&ctx[1], &config[1]) != SPNEGO_OK)
        return 2;
    for (i = 0; i < steps && (i < 2 || token.len > 0) && status >= 0; i++)
        status = spnego_ctx_step(ctx[i % 2], &token, token);
    spnego_ctx_free(ctx[0]);
    spnego_ctx_free(ctx[1]);
    return used == 0 && living == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000, i;
    struct spnego_config config[2];
    struct spnego_offer offers[2];
    struct toy_cred cred;

    set_up(config, offers, &cred);
    for (i = 0; i < count; i++) {
        cred.hops = 1 + (unsigned)(i / 7 % 4);
        config[SPNEGO_ACCEPTOR].offers = offers + i / 28 % 2;
        config[SPNEGO_ACCEPTOR].num_offers = 2 - i / 28 % 2;
        config[SPNEGO_INITIATOR].require_mic = i / 56 % 2 != 0;
        if (abandon(config, (unsigned)(i % 7)) != 0) {
            printf("abandon: negotiation %lu left %zu octets, %u mechanisms\n", i, used,
                   living);
            return 1;
        }
    }
    printf("abandon: %lu negotiations, nothing left; both sides took at most %zu octets\n",
           count, peak);
    return 0;
}
