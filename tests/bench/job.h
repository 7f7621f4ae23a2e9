/* One cell of the table: a codec doing one operation on one token. */
#ifndef BENCH_JOB_H
#define BENCH_JOB_H

#include "bench.h"

enum bench_op { BENCH_DECODE, BENCH_ENCODE, BENCH_OPS };

extern const char *const bench_op_names[BENCH_OPS];

struct job {
    const struct bench_codec *codec;
    const struct bench_token *token;
    enum bench_op op;
    void *loaded;
};

/* Open, run and close.  A codec that fails ends the program with a message. */
struct job job_open(const struct bench_codec *codec, const struct bench_token *token,
                    enum bench_op op);
void job_run(const struct job *job, unsigned long times);
void job_close(struct job *job);

/* Insist that the codec turns the token into itself. */
void job_check(const struct bench_codec *codec, const struct bench_token *token);

#endif
