/* oracle.c: our codec beside asn1c's.
 *
 * usage: oracle COUNT [file ...]
 *
 * COUNT inputs: tokens of every shape, the files as they are, then random
 * tokens and mutations of tokens and files.  With the same files, input N is
 * the same in every run.  What we accept asn1c must accept, with equal fields,
 * and write to the same octets as we do.  What it accepts and we
 * refuse must be in differences.txt; from FULL_RUN inputs on, every line there
 * must have been of use.
 *
 * asn1c's decoders are not made for hostile input.  Children do the work: when
 * one dies or hangs in asn1c, that input is lost and the next child goes on. */
#include "oracle.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef DIFFERENCES
#define DIFFERENCES "tests/oracle/differences.txt"
#endif
#define FULL_RUN 100000
#define BATCH 5000
#define SHOWN 5
#define HANG_SECONDS 10

/* What children and parent share. */
struct progress {
    size_t next;
    volatile int in_asn1c;
    size_t accepted, refused, explained, unexplained, died, hung, built;
    size_t hits[DIFFERENCES_MAX];
};

struct run {
    struct progress *progress;
    struct differences differences;
    struct spnego_slice *files;
    size_t file_count, count;
};

static struct input input;
static struct built built;

static void
show(const struct progress *progress, const struct verdict *verdict)
{
    size_t i;

    if (progress->unexplained + progress->died + progress->hung > SHOWN)
        return;
    printf("input %zu: %s\n  ours:  %s\n  asn1c: %s\n  ", progress->next, verdict->what,
           verdict->ours[0] != '\0' ? verdict->ours : "-",
           verdict->theirs[0] != '\0' ? verdict->theirs : "-");
    for (i = 0; i < input.len; i++)
        printf("%02x", input.octets[i]);
    printf("\n");
}

static void
copy_input(struct spnego_slice from)
{
    input.len = from.len;
    if (from.len != 0)
        memcpy(input.octets, from.ptr, from.len);
}

/* A small token, or a file, to be mutated. */
static void
seed_input(const struct run *run, struct random_source *r)
{
    struct spnego_buf buf = {input.octets, INPUT_MAX, 0, NULL};
    struct shape shape;

    if (run->file_count != 0 && random_below(r, 3) == 0) {
        copy_input(run->files[random_below(r, run->file_count)]);
        return;
    }
    shape_small(&shape, r);
    build(&built, &shape, r);
    input.len = spnego_token_encode(&buf, &built.token) == SPNEGO_OK ? buf.len : 0;
}

/* Makes input `i`.  Returns true if it has been built and is to be encoded
 * first. */
static bool
make_input(const struct run *run, size_t i, struct random_source *r)
{
    size_t systematic = shape_systematic_count();
    struct shape shape;

    random_start(r, i);
    input.len = 0;
    if (i < systematic) {
        shape_systematic(&shape, i);
    } else if (i - systematic < run->file_count) {
        copy_input(run->files[i - systematic]);
        return false;
    } else if (i % 8 == 0) {
        shape_any(&shape, r);
    } else {
        seed_input(run, r);
        mutate(&input, r);
        return false;
    }
    build(&built, &shape, r);
    return true;
}

static void
count_failure(struct progress *progress, const struct verdict *verdict)
{
    progress->unexplained++;
    show(progress, verdict);
}

static void
count_verdict(const struct run *run, struct verdict *verdict)
{
    struct progress *progress = run->progress;
    char unlisted[80];
    size_t found;

    switch (verdict->outcome) {
    case BOTH_ACCEPT:
        progress->accepted++;
        break;
    case BOTH_REFUSE:
        progress->refused++;
        break;
    case DIFFERENCE:
        found = differences_find(&run->differences, verdict->way, verdict->code);
        if (found < run->differences.count) {
            progress->explained++;
            progress->hits[found]++;
            break;
        }
        snprintf(unlisted, sizeof(unlisted), "SPN%04u %s is not in %s", verdict->code,
                 way_name(verdict->way), DIFFERENCES);
        verdict->what = unlisted;
        count_failure(progress, verdict);
        break;
    case FAILURE:
        count_failure(progress, verdict);
        break;
    }
}

static void
take_input(const struct run *run, size_t i)
{
    struct progress *progress = run->progress;
    struct spnego_slice in = {input.octets, 0};
    struct random_source r;
    struct verdict verdict;

    alarm(HANG_SECONDS);
    if (make_input(run, i, &r)) {
        progress->built++;
        if (!judge_built(&verdict, &input, &built.token, &progress->in_asn1c)) {
            count_failure(progress, &verdict);
            return;
        }
    }
    in.len = input.len;
    judge(&verdict, in, &progress->in_asn1c);
    count_verdict(run, &verdict);
}

/* A child has died: the input that it had is not judged. */
static void
count_death(const struct run *run, int signal_number)
{
    struct progress *progress = run->progress;
    struct verdict verdict;
    struct random_source r;

    memset(&verdict, 0, sizeof(verdict));
    (void)make_input(run, progress->next, &r); /* a built one is not shown */
    snprintf(verdict.ours, sizeof(verdict.ours), "%s",
             progress->in_asn1c ? "-" : "stopped by a signal");
    snprintf(verdict.theirs, sizeof(verdict.theirs), "%s",
             progress->in_asn1c ? "stopped by a signal" : "-");
    verdict.what = signal_number == SIGALRM ? "no end" : "a crash";
    if (!progress->in_asn1c)
        progress->unexplained++;
    else if (signal_number == SIGALRM)
        progress->hung++;
    else
        progress->died++;
    show(progress, &verdict);
    progress->next++;
}

static bool
run_batch(const struct run *run)
{
    struct progress *progress = run->progress;
    size_t end = run->count - progress->next < BATCH ? run->count : progress->next + BATCH;
    pid_t child;
    int status;

    fflush(stdout);
    child = fork();
    if (child == 0) {
        for (; progress->next < end; progress->next++)
            take_input(run, progress->next);
        fflush(stdout);
        _exit(0);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    if (child > 0 && WIFSIGNALED(status))
        count_death(run, WTERMSIG(status));
    return child > 0 && (WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
}

static bool
read_file(struct spnego_slice *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *octets = NULL;

    if (file != NULL) {
        input.len = fread(input.octets, 1, INPUT_MAX, file);
        fclose(file);
        octets = malloc(input.len + 1);
    }
    *out = (struct spnego_slice){octets, input.len};
    if (octets == NULL) {
        fprintf(stderr, "oracle: %s cannot be read\n", path);
        return false;
    }
    memcpy(octets, input.octets, input.len);
    return true;
}

static struct progress *
share_progress(void)
{
    FILE *file = tmpfile();
    void *shared;

    if (file == NULL || ftruncate(fileno(file), (off_t)sizeof(struct progress)) != 0)
        return NULL;
    shared = mmap(NULL, sizeof(struct progress), PROT_READ | PROT_WRITE, MAP_SHARED,
                  fileno(file), 0);
    return shared == MAP_FAILED ? NULL : shared;
}

static bool
prepare(struct run *run, int argc, char **argv)
{
    int i;

    run->progress = share_progress();
    run->count = argc > 1 ? (size_t)strtoull(argv[1], NULL, 10) : 0;
    run->files = calloc((size_t)argc + 1, sizeof(*run->files));
    run->file_count = 0;
    if (run->count == 0) {
        fprintf(stderr, "usage: oracle COUNT [file ...]\n");
        return false;
    }
    if (run->progress == NULL || run->files == NULL) {
        fprintf(stderr, "oracle: no memory\n");
        return false;
    }
    for (i = 2; i < argc; i++)
        if (!read_file(&run->files[run->file_count++], argv[i]))
            return false;
    return differences_read(&run->differences, DIFFERENCES);
}

static void
forget_files(struct run *run)
{
    while (run->file_count > 0)
        free((void *)(uintptr_t)run->files[--run->file_count].ptr);
    free(run->files);
}

/* Returns how many lines of the list were of no use. */
static size_t
report_differences(const struct run *run)
{
    size_t i, idle = 0;

    for (i = 0; i < run->differences.count; i++) {
        const struct difference *known = &run->differences.list[i];

        printf("%8zu  SPN%04u %-8s %s\n", run->progress->hits[i], known->code,
               way_name(known->way), known->reason);
        if (run->count >= FULL_RUN && run->progress->hits[i] == 0) {
            printf("oracle: %s: this line was of no use\n", DIFFERENCES);
            idle++;
        }
    }
    return idle;
}

int
main(int argc, char **argv)
{
    const struct progress *progress;
    struct run run;
    size_t idle;

    if (!prepare(&run, argc, argv))
        return 2;
    progress = run.progress;
    while (progress->next < run.count)
        if (!run_batch(&run)) {
            fprintf(stderr, "oracle: a child could not do its work\n");
            return 2;
        }
    idle = report_differences(&run);
    printf("oracle: %zu inputs were built and encoded by both, %zu files read\n",
           progress->built, run.file_count);
    printf("oracle: asn1c crashed on %zu inputs and did not end on %zu\n", progress->died,
           progress->hung);
    printf("oracle: %zu inputs, %zu accepted by both with equal fields, %zu refused by both, "
           "%zu explained differences, %zu unexplained\n",
           run.count, progress->accepted, progress->refused, progress->explained,
           progress->unexplained);
    forget_files(&run);
    return progress->unexplained != 0 || idle != 0;
}
