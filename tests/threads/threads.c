/* threads.c: negotiations in several threads.  Each has its own; what is shared
 * is what the header says may be shared: configurations, offers, credentials.
 * Built with -fsanitize=thread it must have nothing to say. */
#include "toy_mech.h"

#include <pthread.h>
#include <spnego/gss.h>
#include <spnego/sanon.h>
#include <spnego/spnego.h>
#include <stdio.h>
#include <string.h>

#define THREADS 6
#define ROUNDS 2000
#define FLOWS 5
#define NEGOEX 4 /* the flow in which SAnon and toys are negotiated by NegoEx */

/* Shared by all threads, and constant once they run. */
static struct toy_cred creds[FLOWS];
static struct spnego_offer offers[FLOWS][3];
static struct spnego_config configs[FLOWS][2];
static struct negoex_config negoex[2];

/* The last flow: its acceptor lacks toy A, which the initiator wants most. */
static void
set_up_negoex(void)
{
    static struct spnego_offer offer[2];
    size_t i;

    offers[NEGOEX][1].ops = &spnego_sanon;
    offers[NEGOEX][1].cred = NULL;
    for (i = 0; i < 2; i++) {
        negoex[i].size = sizeof(negoex[i]);
        negoex[i].offers = offers[NEGOEX] + i;
        negoex[i].num_offers = 3 - i;
        negoex[i].crypto = &spnego_krb5_crypto;
        offer[i].ops = &negoex_mech;
        offer[i].cred = &negoex[i];
        configs[NEGOEX][i].offers = &offer[i];
        configs[NEGOEX][i].num_offers = 1;
        configs[NEGOEX][i].require_mic = true;
    }
}

static void
set_up(void)
{
    static const struct spnego_mech_ops *const toys[] = {&toy_a, &toy_b, &toy_c};
    size_t flow, i;

    for (flow = 0; flow < FLOWS; flow++) {
        creds[flow].hops = 1 + (unsigned)flow;
        creds[flow].integrity = true;
        for (i = 0; i < 3; i++) {
            offers[flow][i].ops = toys[i];
            offers[flow][i].cred = &creds[flow];
        }
        for (i = 0; i < 2; i++) {
            struct spnego_config *config = &configs[flow][i];

            config->size = sizeof(*config);
            config->role = (enum spnego_role)i;
            config->offers = offers[flow] + i; /* the acceptor has no A */
            config->num_offers = 3 - i;
            config->require_mic = flow % 2 == 0;
            config->max_fragment = flow == 3 ? 16 : 0;
        }
    }
    set_up_negoex();
}

static void
ask(const struct spnego_ctx *ctx)
{
    struct spnego_outcome outcome;
    char text[256];

    spnego_ctx_outcome(ctx, &outcome);
    spnego_ctx_reason(ctx, text, sizeof(text));
    (void)spnego_ctx_tolerated(ctx, 0);
}

/* The side goes on as another process would. */
static bool
move(struct spnego_ctx **ctx, const struct spnego_config *config)
{
    uint8_t room[1024];
    struct spnego_buf blob = {room, sizeof(room), 0, NULL};
    struct spnego_slice state = {room, 0};

    if (spnego_ctx_export(*ctx, &blob) != SPNEGO_OK)
        return true; /* it has ended, or cannot be moved */
    spnego_ctx_free(*ctx);
    state.len = blob.len;
    return spnego_ctx_import(ctx, config, state) == SPNEGO_OK;
}

static bool
negotiate(struct spnego_ctx *ctx[2], const struct spnego_config config[2], bool moves)
{
    enum spnego_status status[2] = {SPNEGO_CONTINUE, SPNEGO_CONTINUE};
    struct spnego_slice token = {NULL, 0};
    uint8_t carried[1024];
    size_t role = SPNEGO_INITIATOR;

    while (status[role] == SPNEGO_CONTINUE) {
        if (moves && !move(&ctx[role], &config[role]))
            return false;
        status[role] = spnego_ctx_step(ctx[role], &token, token);
        ask(ctx[role]);
        if (token.len > sizeof(carried))
            return false;
        if (token.len > 0)
            memcpy(carried, token.ptr, token.len);
        token.ptr = carried;
        if (token.len == 0 && status[role] != SPNEGO_CONTINUE)
            break;
        role = 1 - role;
    }
    return status[0] == SPNEGO_OK && status[1] == SPNEGO_OK;
}

struct thread {
    pthread_t id;
    size_t number, failed;
};

static void *
run(void *arg)
{
    struct thread *thread = arg;
    struct spnego_ctx *ctx[2];
    size_t round, flow;

    for (round = 0; round < ROUNDS; round++) {
        flow = (round + thread->number) % FLOWS;
        if (spnego_ctx_new(&ctx[0], &configs[flow][0]) != SPNEGO_OK ||
            spnego_ctx_new(&ctx[1], &configs[flow][1]) != SPNEGO_OK)
            return arg;
        thread->failed += !negotiate(ctx, configs[flow], round % 8 == 0);
        spnego_ctx_free(ctx[0]);
        spnego_ctx_free(ctx[1]);
    }
    return NULL;
}

int
main(void)
{
    static struct thread threads[THREADS];
    size_t i, bad = 0;
    void *broken;

    set_up();
    for (i = 0; i < THREADS; i++) {
        threads[i].number = i;
        if (pthread_create(&threads[i].id, NULL, run, &threads[i]) != 0)
            return 2;
    }
    for (i = 0; i < THREADS; i++) {
        if (pthread_join(threads[i].id, &broken) != 0 || broken != NULL)
            return 2;
        bad += threads[i].failed;
    }
    printf("threads: %d threads, %d negotiations, %zu failed\n", THREADS, THREADS * ROUNDS,
           bad);
    return bad == 0 ? 0 : 1;
}
