/* turns.h: how long rivals take for the same thing.  They take turns, so that a
 * slow spell of the machine hits them all. */
#ifndef BENCH_TURNS_H
#define BENCH_TURNS_H

enum { TURNS_MAX = 8 };

/* Do the job so often. */
typedef void turns_run(const void *job, unsigned long times);

/* The median of the nanoseconds that each of `count` jobs takes once. */
void turns_median(double *medians, turns_run *run, const void *const *jobs, int count);

#endif
