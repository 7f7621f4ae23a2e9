/*
 * negotiate check                   both libraries say the same, octet by octet
 * negotiate state                   what our contexts take of memory, as TSV
 * negotiate time                    nanoseconds of every negotiation, as TSV
 * negotiate repeat PARTY FLOW N     N negotiations and nothing else, after one
 *
 * MIT's plug-in is found through GSS_MECH_CONFIG; negotiate.py sets that.
 */
#include "negotiate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct negotiate_flow negotiate_flows[NEGOTIATE_FLOWS] = {
    {"match, 1 hop", false, false, 1, 2},       {"match, 2 hops", false, false, 2, 2},
    {"reselection, 3 hops", false, true, 3, 6}, {"no SPNEGO, 1 hop", true, false, 1, 1},
    {"no SPNEGO, 2 hops", true, false, 2, 2},   {"no SPNEGO, 3 hops", true, false, 3, 3},
};

const struct negotiate_party *const negotiate_parties[NEGOTIATE_PARTIES] = {&negotiate_ours,
                                                                            &negotiate_mit};

void
negotiate_sent(struct negotiate_wire *wire, const void *octets, size_t len)
{
    wire->tokens++;
    if (!wire->keep || len > sizeof(wire->octets) - wire->len)
        return;
    memcpy(wire->octets + wire->len, octets, len);
    wire->len += len;
}

static void
run_once(const struct negotiate_party *party, const struct negotiate_flow *flow,
         struct negotiate_wire *wire)
{
    wire->tokens = 0;
    if (party->run(flow, wire) && wire->tokens == flow->tokens)
        return;
    fprintf(stderr, "negotiate: %s fails, %s, after %u tokens\n", party->name, flow->name,
            wire->tokens);
    exit(EXIT_FAILURE);
}

void
negotiate_repeat(const struct negotiate_party *party, const struct negotiate_flow *flow,
                 unsigned long times)
{
    struct negotiate_wire wire;

    wire.keep = false;
    while (times-- > 0)
        run_once(party, flow, &wire);
}

static int
check(void)
{
    static struct negotiate_wire wires[NEGOTIATE_PARTIES];
    const struct negotiate_flow *flow;
    int i;

    for (flow = negotiate_flows; flow < negotiate_flows + NEGOTIATE_FLOWS; flow++) {
        for (i = 0; i < NEGOTIATE_PARTIES; i++) {
            memset(&wires[i], 0, sizeof(wires[i]));
            wires[i].keep = true;
            negotiate_parties[i]->open(flow);
            run_once(negotiate_parties[i], flow, &wires[i]);
            negotiate_parties[i]->close();
        }
        if (memcmp(&wires[0], &wires[1], sizeof(wires[0])) != 0) {
            fprintf(stderr, "negotiate: the tokens differ, %s\n", flow->name);
            return EXIT_FAILURE;
        }
        printf("%s\t%u\t%zu\n", flow->name, wires[0].tokens, wires[0].len);
    }
    return EXIT_SUCCESS;
}

static int
usage(void)
{
    fputs("usage: negotiate check | state | time | repeat PARTY FLOW N\n", stderr);
    return EXIT_FAILURE;
}

static int
repeat(char **args)
{
    const struct negotiate_flow *flow;
    int party = 0, i = 0;

    while (party < NEGOTIATE_PARTIES && strcmp(negotiate_parties[party]->name, args[0]) != 0)
        party++;
    while (i < NEGOTIATE_FLOWS && strcmp(negotiate_flows[i].name, args[1]) != 0)
        i++;
    if (party == NEGOTIATE_PARTIES || i == NEGOTIATE_FLOWS)
        return usage();
    flow = &negotiate_flows[i];
    negotiate_parties[party]->open(flow);
    negotiate_repeat(negotiate_parties[party], flow, 1 + strtoul(args[2], NULL, 10));
    negotiate_parties[party]->close();
    return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "check") == 0)
        return check();
    if (argc == 5 && strcmp(argv[1], "repeat") == 0)
        return repeat(argv + 2);
    if (argc != 2 || (strcmp(argv[1], "state") != 0 && strcmp(argv[1], "time") != 0))
        return usage();
    if (strcmp(argv[1], "state") == 0)
        negotiate_print_state();
    else
        negotiate_print_times();
    return EXIT_SUCCESS;
}
