/* negotiate_time.c: how long a negotiation takes, both sides. */
#include "negotiate.h"
#include "turns.h"

#include <stdio.h>

struct rival {
    const struct negotiate_party *party;
    const struct negotiate_flow *flow;
};

static void
repeat(const void *job, unsigned long times)
{
    const struct rival *rival = (const struct rival *)job;

    negotiate_repeat(rival->party, rival->flow, times);
}

static void
time_flow(const struct negotiate_flow *flow)
{
    struct rival rivals[NEGOTIATE_PARTIES];
    const void *jobs[NEGOTIATE_PARTIES];
    double medians[NEGOTIATE_PARTIES];

    for (int i = 0; i < NEGOTIATE_PARTIES; i++) {
        rivals[i].party = negotiate_parties[i];
        rivals[i].flow = flow;
        jobs[i] = &rivals[i];
        negotiate_parties[i]->open(flow);
    }
    turns_median(medians, repeat, jobs, NEGOTIATE_PARTIES);
    for (int i = 0; i < NEGOTIATE_PARTIES; i++) {
        printf("%s\t%s\t%.1f\n", flow->name, negotiate_parties[i]->name, medians[i]);
        negotiate_parties[i]->close();
    }
}

void
negotiate_print_times(void)
{
    for (int i = 0; i < NEGOTIATE_FLOWS; i++)
        time_flow(&negotiate_flows[i]);
}
