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
#include <stdint.h>

struct negotiate_flow {
    const char *name;
    bool bare;     /* mechanism A alone, without SPNEGO */
    bool reselect; /* the acceptor has only B; otherwise both sides have A and B */
    unsigned hops; /* tokens that the mechanism needs */
    unsigned tokens;
};

enum { NEGOTIATE_FLOWS = 6, NEGOTIATE_PARTIES = 2, NEGOTIATE_MAX_OCTETS = 512 };

/* The tokens of one negotiation, one behind the other if they are to be kept. */
struct negotiate_wire {
    bool keep;
    unsigned tokens;
    size_t len;
    uint8_t octets[NEGOTIATE_MAX_OCTETS];
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

/* Count a token, and keep it if that is wanted. */
void negotiate_sent(struct negotiate_wire *wire, const void *octets, size_t len);

/* Run so often; a negotiation that fails ends the program with a message. */
void negotiate_repeat(const struct negotiate_party *party, const struct negotiate_flow *flow,
                      unsigned long times);

/* Print nanoseconds (negotiate_time.c), memory (negotiate_state.c) as TSV. */
void negotiate_print_times(void);
void negotiate_print_state(void);

#endif
