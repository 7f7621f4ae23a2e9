/* Our side of the benchmark, with allocators to look on. */
#ifndef BENCH_NEGOTIATE_OURS_H
#define BENCH_NEGOTIATE_OURS_H

#include "negotiate.h"

#include <spnego/negotiate.h>

/* As negotiate_ours.run of a flow with SPNEGO; NULL means malloc and free. */
bool negotiate_ours_run(const struct negotiate_flow *flow, struct negotiate_wire *wire,
                        const struct spnego_alloc *initiators,
                        const struct spnego_alloc *acceptors);

#endif
