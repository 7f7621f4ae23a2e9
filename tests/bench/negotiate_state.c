/* How much memory our side takes, seen through its spnego_alloc. */
#include "negotiate_ours.h"

#include <stdio.h>
#include <stdlib.h>

struct tally {
    size_t first; /* the first allocation: the context */
    size_t in_use;
    size_t peak;
    unsigned allocations; /* a block that grows is one more */
};

static void *
resize(void *arg, void *ptr, size_t old_len, size_t new_len)
{
    struct tally *tally = (struct tally *)arg;

    tally->in_use += new_len - old_len;
    if (tally->in_use > tally->peak)
        tally->peak = tally->in_use;
    if (new_len == 0) {
        free(ptr);
        return NULL;
    }
    if (tally->allocations++ == 0)
        tally->first = new_len;
    return realloc(ptr, new_len);
}

static void
print_tally(const struct negotiate_flow *flow, const char *side, const struct tally *tally)
{
    printf("%s\t%s\t%zu\t%zu\t%u\n", flow->name, side, tally->first, tally->peak,
           tally->allocations);
}

static void
print_flow(const struct negotiate_flow *flow)
{
    struct tally tallies[2] = {{0, 0, 0, 0}, {0, 0, 0, 0}};
    struct spnego_alloc allocs[2] = {{resize, &tallies[0]}, {resize, &tallies[1]}};
    struct negotiate_wire wire;

    wire.keep = false;
    negotiate_ours.open(flow);
    if (!negotiate_ours_run(flow, &wire, &allocs[0], &allocs[1]) ||
        tallies[0].in_use + tallies[1].in_use != 0) {
        fprintf(stderr, "negotiate: fails or leaks, %s\n", flow->name);
        exit(EXIT_FAILURE);
    }
    print_tally(flow, "initiator", &tallies[0]);
    print_tally(flow, "acceptor", &tallies[1]);
    negotiate_ours.close();
}

void
negotiate_print_state(void)
{
    int i;

    for (i = 0; i < NEGOTIATE_FLOWS; i++)
        if (!negotiate_flows[i].bare)
            print_flow(&negotiate_flows[i]);
}
