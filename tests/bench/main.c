/*
 * bench check                      every codec reproduces every token
 * bench time                       nanoseconds of every operation, as TSV
 * bench repeat CODEC OP TOKEN N    N operations and nothing else
 *
 * The last is for counters that look on from outside, callgrind and the
 * allocation counter: run.py takes the difference of N and 2N operations, in
 * which start-up cancels out exactly.
 */
#include "job.h"
#include "turns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct bench_codec *const bench_codecs[BENCH_CODECS] = {&bench_ours, &bench_asn1c,
                                                              &bench_openssl, &bench_heimdal};

static void
repeat(const void *job, unsigned long times)
{
    job_run((const struct job *)job, times);
}

static void
time_row(const struct bench_token *token, enum bench_op op)
{
    struct job jobs[BENCH_CODECS];
    const void *rivals[BENCH_CODECS];
    double medians[BENCH_CODECS];

    for (int i = 0; i < BENCH_CODECS; i++) {
        jobs[i] = job_open(bench_codecs[i], token, op);
        rivals[i] = &jobs[i];
    }
    turns_median(medians, repeat, rivals, BENCH_CODECS);
    for (int i = 0; i < BENCH_CODECS; i++) {
        printf("%s\t%s\t%s\t%.1f\n", token->name, bench_op_names[op], bench_codecs[i]->name,
               medians[i]);
        job_close(&jobs[i]);
    }
}

static int
run_time(void)
{
    for (int i = 0; i < BENCH_TOKENS; i++)
        for (int op = 0; op < BENCH_OPS; op++)
            time_row(&bench_tokens()[i], (enum bench_op)op);
    return EXIT_SUCCESS;
}

static int
run_check(void)
{
    for (int i = 0; i < BENCH_TOKENS; i++)
        for (int j = 0; j < BENCH_CODECS; j++)
            job_check(bench_codecs[j], &bench_tokens()[i]);
    return EXIT_SUCCESS;
}

static int
usage(void)
{
    fputs("usage: bench check | time | repeat CODEC OP TOKEN N\n", stderr);
    return EXIT_FAILURE;
}

static int
run_repeat(char **args)
{
    int codec = 0;
    int op = 0;
    int token = 0;
    struct job job;

    while (codec < BENCH_CODECS && strcmp(bench_codecs[codec]->name, args[0]) != 0)
        codec++;
    while (op < BENCH_OPS && strcmp(bench_op_names[op], args[1]) != 0)
        op++;
    while (token < BENCH_TOKENS && strcmp(bench_tokens()[token].name, args[2]) != 0)
        token++;
    if (codec == BENCH_CODECS || op == BENCH_OPS || token == BENCH_TOKENS)
        return usage();
    job = job_open(bench_codecs[codec], &bench_tokens()[token], (enum bench_op)op);
    job_run(&job, strtoul(args[3], NULL, 10));
    job_close(&job);
    return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "check") == 0)
        return run_check();
    if (argc == 2 && strcmp(argv[1], "time") == 0)
        return run_time();
    if (argc == 6 && strcmp(argv[1], "repeat") == 0)
        return run_repeat(argv + 2);
    return usage();
}
