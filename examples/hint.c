/* hint.c: what the server's NegTokenInit2 is good for.
 *
 * The server has B, C and D, the client A, B and C.  Without the hint the client
 * tries A in vain, and the choice of B must be protected by MICs.  A client that
 * follows the hint offers B first, and no MIC exchange is needed. */
#include "toy_mech.h"

#include <spnego/spnego.h>
#include <stdio.h>

struct trial {
    const char *name;
    enum spnego_hint_policy policy;
    size_t floor; /* offers that the hint may put first */
};

static const struct trial trials[] = {
    {"ignore", SPNEGO_HINT_IGNORE, 0},
    {"drop, floor 2", SPNEGO_HINT_DROP, 2},
    {"order, floor 2", SPNEGO_HINT_ORDER, 2},
    {"order, floor 1", SPNEGO_HINT_ORDER, 1},
};

static struct toy_cred cred = {.hops = 2, .integrity = true};
static const struct spnego_offer servers[] = {{&toy_b, &cred},
                                              {&toy_c, &cred},
                                              {&toy_d, &cred}};
static const struct spnego_offer clients[] = {{&toy_a, &cred},
                                              {&toy_b, &cred},
                                              {&toy_c, &cred}};

static struct spnego_ctx *
start(enum spnego_role role, const struct spnego_offer *offers, const struct trial *trial)
{
    struct spnego_config config = {.size = sizeof(config), .role = role, .offers = offers};
    struct spnego_ctx *ctx;

    config.num_offers = 3;
    config.hint_policy = trial->policy;
    config.hint_floor = trial->floor;
    return spnego_ctx_new(&ctx, &config) == SPNEGO_OK ? ctx : NULL;
}

/* The letters of the mechanisms that the client offered. */
static void
write_offered(char letters[4], const struct spnego_outcome *outcome)
{
    struct spnego_slice oid;
    size_t pos = 0, i;

    while (spnego_mech_type_list_next(&oid, &pos, &outcome->mech_types))
        for (i = 0; i < 3; i++)
            if (oid.ptr[oid.len - 1] == clients[i].ops->oid.ptr[oid.len - 1])
                *letters++ = (char)('A' + i);
    *letters = '\0';
}

static void
print_row(const struct trial *trial, const struct spnego_ctx *client)
{
    struct spnego_outcome outcome;
    char offered[4];

    spnego_ctx_outcome(client, &outcome);
    write_offered(offered, &outcome);
    printf("%-16s %-7s %-7c %6u %7zu  %s\n", trial->name, offered, 'A' + outcome.selected,
           outcome.tokens_in + outcome.tokens_out, outcome.octets_in + outcome.octets_out,
           outcome.mic_verified ? "yes" : "no");
}

/* Returns whether both sides completed. */
static bool
run(const struct trial *trial)
{
    struct spnego_ctx *server = start(SPNEGO_ACCEPTOR, servers, trial);
    struct spnego_ctx *client = start(SPNEGO_INITIATOR, clients, trial);
    enum spnego_status ours = SPNEGO_CONTINUE, theirs = SPNEGO_E_STATE;
    struct spnego_slice token = {NULL, 0}, hint;

    if (server != NULL && client != NULL &&
        spnego_ctx_step(server, &hint, token) == SPNEGO_CONTINUE &&
        spnego_ctx_take_hint(client, hint) == SPNEGO_OK) {
        do {
            ours = spnego_ctx_step(client, &token, token);
            if (token.len > 0)
                theirs = spnego_ctx_step(server, &token, token);
        } while (token.len > 0);
        print_row(trial, client);
    }
    spnego_ctx_free(server);
    spnego_ctx_free(client);
    return ours == SPNEGO_OK && theirs == SPNEGO_OK;
}

int
main(void)
{
    size_t i;

    printf("server: B, C, D   client: A, B, C   mechanisms of %u tokens\n", cred.hops);
    printf("policy           offers  chosen  tokens  octets  MICs\n");
    for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
        if (!run(&trials[i]))
            return 1;
    return 0;
}
