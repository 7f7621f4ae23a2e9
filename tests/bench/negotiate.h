/*
 * The benchmark of whole negotiations: what is negotiated, and what a library
 * must offer to be measured at it.  The mechanisms are the toys of
 * examples/toy_mech.c and, the same protocol for MIT, of
 * tests/interop/mit/plugin.c.
 */
#ifndef BENCH_NEGOTIATE_H
#define BENCH_NEGOTIATE_H

#include <stdbool.h>
#include <stddef.h>

enum negotiate_by {
    NEGOTIATE_NOTHING, /* mechanism A alone */
    NEGOTIATE_SPNEGO,
    NEGOTIATE_NEGOEX /* the one mechanism that SPNEGO has */
};

struct negotiate_flow {
    const char *name;
    enum negotiate_by by;
    bool reselect; /* the acceptor has only B; otherwise both sides have A and B */
    unsigned hops; /* tokens that the mechanism needs */
    unsigned tokens;
};

enum { NEGOTIATE_FLOWS = 9, NEGOTIATE_PARTIES = 2 };

/* What each mechanism sends and wants to get in NegoEx. */
#define NEGOTIATE_METADATA "metadata"

/* The tokens of one negotiation. */
struct negotiate_wire {
    bool print; /* each in hexadecimal digits, behind a tab */
    unsigned tokens;
};

struct negotiate_party {
    const char *name;

    /* Get ready for runs of this flow: everything that one process does once. */
    void (*open)(const struct negotiate_flow *flow);

    /*
     * Negotiate from the first call to the release of both contexts.  False
     * unless both sides completed with the mechanism that was to be chosen.
     */
    bool (*run)(const struct negotiate_flow *flow, struct negotiate_wire *wire);

    void (*close)(void);
};

extern const struct negotiate_flow negotiate_flows[NEGOTIATE_FLOWS];
extern const struct negotiate_party negotiate_ours;
extern const struct negotiate_party negotiate_mit;
extern const struct negotiate_party *const negotiate_parties[NEGOTIATE_PARTIES];

/* Count a token, and print it if that is wanted. */
void negotiate_sent(struct negotiate_wire *wire, const void *octets, size_t len);

/* Run so often; a negotiation that fails ends the program with a message. */
void negotiate_repeat(const struct negotiate_party *party, const struct negotiate_flow *flow,
                      unsigned long times);

/* Print nanoseconds (negotiate_time.c), memory (negotiate_state.c) as TSV. */
void negotiate_print_times(void);
void negotiate_print_state(void);

#endif
