/*
 * negotiate tokens                  what both libraries say, as TSV
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
    {"match, 1 hop", NEGOTIATE_SPNEGO, false, 1, 2},
    {"match, 2 hops", NEGOTIATE_SPNEGO, false, 2, 2},
    {"reselection, 3 hops", NEGOTIATE_SPNEGO, true, 3, 6},
    {"NegoEx match, 1 hop", NEGOTIATE_NEGOEX, false, 1, 2},
    {"NegoEx match, 2 hops", NEGOTIATE_NEGOEX, false, 2, 4},
    {"NegoEx reselection, 2 hops", NEGOTIATE_NEGOEX, true, 2, 6},
    {"no SPNEGO, 1 hop", NEGOTIATE_NOTHING, false, 1, 1},
    {"no SPNEGO, 2 hops", NEGOTIATE_NOTHING, false, 2, 2},
    {"no SPNEGO, 3 hops", NEGOTIATE_NOTHING, false, 3, 3},
};

const struct negotiate_party *const negotiate_parties[NEGOTIATE_PARTIES] = {&negotiate_ours,
                                                                            &negotiate_mit};

void
negotiate_sent(struct negotiate_wire *wire, const void *octets, size_t len)
{
    const unsigned char *next = (const unsigned char *)octets;

    wire->tokens++;
    if (!wire->print)
        return;
    putchar('\t');
    while (len-- > 0)
        printf("%02x", *next++);
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
    struct negotiate_wire wire = {false, 0};

    while (times-- > 0)
        run_once(party, flow, &wire);
}

static void
print_tokens(const struct negotiate_party *party, const struct negotiate_flow *flow)
{
    struct negotiate_wire wire = {true, 0};

    printf("%s\t%s", flow->name, party->name);
    party->open(flow);
    run_once(party, flow, &wire);
    party->close();
    putchar('\n');
}

static void
print_all_tokens(void)
{
    for (int i = 0; i < NEGOTIATE_FLOWS; i++)
        for (int j = 0; j < NEGOTIATE_PARTIES; j++)
            print_tokens(negotiate_parties[j], &negotiate_flows[i]);
}

static int
usage(void)
{
    fputs("usage: negotiate tokens | state | time | repeat PARTY FLOW N\n", stderr);
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
    if (argc == 5 && strcmp(argv[1], "repeat") == 0)
        return repeat(argv + 2);
    if (argc != 2)
        return usage();
    if (strcmp(argv[1], "tokens") == 0)
        print_all_tokens();
    else if (strcmp(argv[1], "state") == 0)
        negotiate_print_state();
    else if (strcmp(argv[1], "time") == 0)
        negotiate_print_times();
    else
        return usage();
    return EXIT_SUCCESS;
}
