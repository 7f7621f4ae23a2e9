/* Our side of the benchmark, with allocators to look on. */
#ifndef BENCH_NEGOTIATE_OURS_H
#define BENCH_NEGOTIATE_OURS_H

#include "negotiate.h"

#include <spnego/negotiate.h>

/* Of one side; NULL means malloc and free. */
struct negotiate_allocs {
    const struct spnego_alloc *spnego, *negoex;
};

/* As negotiate_ours.run of a flow with SPNEGO. */
bool negotiate_ours_run(const struct negotiate_flow *flow, struct negotiate_wire *wire,
                        const struct negotiate_allocs *initiators,
                        const struct negotiate_allocs *acceptors);

#endif
