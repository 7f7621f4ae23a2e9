/* How much memory our side takes, seen through its spnego_alloc. */
#include "negotiate_ours.h"

#include <stdio.h>
#include <stdlib.h>

struct tally {
    size_t in_use;
    size_t peak;
    unsigned allocations; /* a block that grows is one more */
};

/* SPNEGO has one, NegoEx another. */
struct meter {
    struct tally *tally; /* of their side */
    size_t first;        /* the first allocation: the context, or the conversation */
};

static void *
resize(void *arg, void *ptr, size_t old_len, size_t new_len)
{
    struct meter *meter = (struct meter *)arg;
    struct tally *tally = meter->tally;

    tally->in_use += new_len - old_len;
    if (tally->in_use > tally->peak)
        tally->peak = tally->in_use;
    if (new_len == 0) {
        free(ptr);
        return NULL;
    }
    tally->allocations++;
    if (meter->first == 0)
        meter->first = new_len;
    return realloc(ptr, new_len);
}

static void
print_flow(const struct negotiate_flow *flow)
{
    struct tally tallies[2] = {{0, 0, 0}, {0, 0, 0}};
    struct meter meters[2][2] = {{{&tallies[0], 0}, {&tallies[0], 0}},
                                 {{&tallies[1], 0}, {&tallies[1], 0}}};
    struct spnego_alloc allocs[2][2] = {{{resize, &meters[0][0]}, {resize, &meters[0][1]}},
                                        {{resize, &meters[1][0]}, {resize, &meters[1][1]}}};
    struct negotiate_allocs initiators = {&allocs[0][0], &allocs[0][1]};
    struct negotiate_allocs acceptors = {&allocs[1][0], &allocs[1][1]};
    struct negotiate_wire wire = {false, 0};

    negotiate_ours.open(flow);
    if (!negotiate_ours_run(flow, &wire, &initiators, &acceptors) ||
        tallies[0].in_use + tallies[1].in_use != 0) {
        fprintf(stderr, "negotiate: fails or leaks, %s\n", flow->name);
        exit(EXIT_FAILURE);
    }
    printf("%s", flow->name);
    for (int i = 0; i < 2; i++)
        printf("\t%zu\t%zu\t%zu\t%u", meters[i][0].first, meters[i][1].first, tallies[i].peak,
               tallies[i].allocations);
    putchar('\n');
    negotiate_ours.close();
}

void
negotiate_print_state(void)
{
    int i;

    for (i = 0; i < NEGOTIATE_FLOWS; i++)
        if (negotiate_flows[i].by != NEGOTIATE_NOTHING)
            print_flow(&negotiate_flows[i]);
}
