#include "job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const bench_op_names[BENCH_OPS] = {"decode", "encode"};

static uint8_t out[BENCH_BUFFER];

static void
fail(const struct bench_codec *codec, const struct bench_token *token, const char *what)
{
    fprintf(stderr, "bench: %s %s %s\n", codec->name, what, token->name);
    exit(EXIT_FAILURE);
}

struct job
job_open(const struct bench_codec *codec, const struct bench_token *token, enum bench_op op)
{
    struct job job = {codec, token, op, NULL};

    if (op == BENCH_ENCODE && (job.loaded = codec->load(token)) == NULL)
        fail(codec, token, "cannot load");
    return job;
}

void
job_run(const struct job *job, unsigned long times)
{
    const struct bench_codec *codec = job->codec;
    const struct bench_token *token = job->token;

    if (job->op == BENCH_DECODE) {
        while (times-- > 0)
            if (!codec->decode(token))
                fail(codec, token, "cannot decode");
    } else {
        while (times-- > 0)
            if (codec->encode(token, job->loaded, out, sizeof out).len != token->len)
                fail(codec, token, "cannot encode");
    }
}

void
job_close(struct job *job)
{
    if (job->loaded != NULL)
        job->codec->unload(job->token, job->loaded);
    job->loaded = NULL;
}

void
job_check(const struct bench_codec *codec, const struct bench_token *token)
{
    struct job job = job_open(codec, token, BENCH_ENCODE);
    struct bench_span span;

    if (!codec->decode(token))
        fail(codec, token, "cannot decode");
    span = codec->encode(token, job.loaded, out, sizeof out);
    if (span.start == NULL || span.len != token->len ||
        memcmp(span.start, token->der, token->len) != 0)
        fail(codec, token, "does not reproduce");
    job_close(&job);
}
