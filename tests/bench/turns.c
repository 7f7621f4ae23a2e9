/* turns.c: time on the processor; what other processes do is not counted. */
#include "turns.h"

#include <stdlib.h>
#include <time.h>

enum {
    ROUNDS = 21,              /* the median of so many runs */
    RUN_NANOSECONDS = 8000000 /* each at least so long */
};

static double
nanoseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double
time_run(turns_run *run, const void *job, unsigned long times)
{
    double start = nanoseconds();

    run(job, times);
    return nanoseconds() - start;
}

/* Also the warm-up: what is loaded once or kept is there afterwards. */
static unsigned long
calibrate(turns_run *run, const void *job)
{
    unsigned long times = 1;

    while (time_run(run, job, times) < RUN_NANOSECONDS)
        times *= 2;
    return times;
}

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;

    return (x > y) - (x < y);
}

void
turns_median(double *medians, turns_run *run, const void *const *jobs, int count)
{
    unsigned long times[TURNS_MAX];
    double runs[TURNS_MAX][ROUNDS];

    for (int i = 0; i < count; i++)
        times[i] = calibrate(run, jobs[i]);
    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < count; i++)
            runs[i][round] = time_run(run, jobs[i], times[i]) / (double)times[i];
    for (int i = 0; i < count; i++) {
        qsort(runs[i], ROUNDS, sizeof(runs[i][0]), compare);
        medians[i] = runs[i][ROUNDS / 2];
    }
}
