/* test_mutations.c: what holds for every input, tried on inputs that are
 * nearly good: each truncation and each single-bit flip of the vectors that
 * decode, lengths that all lie in the same way, and all short inputs.  Each is
 * decoded from memory of its exact size, so that a sanitizer sees a read
 * beyond it. */
#include "analysis.h"
#include "reencode.h"
#include "vector_file.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *mutations_suite(void);

/* In larger vectors only so many octets at both ends are mutated. */
#define LARGE 1024
#define MUTATED_ENDS 64

#define TIMEOUT 300 /* seconds */

/* What one run of a decoder has said. */
struct outcome {
    enum spnego_status status;
    size_t len; /* of the input */
    size_t errors;
    bool outside;     /* a finding is not inside the input */
    bool not_kept;    /* something was skipped that the struct has no place for */
    bool has_padding; /* zeros behind the token were tolerated */
};

static glob_t names;
static const unsigned profiles[] = {0, SPNEGO_TOLERATE_CODEC};

static void
on_finding(void *arg, const struct spnego_finding *finding)
{
    struct outcome *outcome = arg;

    outcome->errors += finding->severity == SPNEGO_ERROR;
    outcome->outside |=
        finding->off > outcome->len || finding->len > outcome->len - finding->off;
    outcome->has_padding |= finding->code == SPN1005_ZERO_PADDING;
    outcome->not_kept |= finding->code == SPN1016_UNKNOWN_FIELD;
    /* A struct has 32 flags: beside tag, length and unused bits, 4 octets. */
    outcome->not_kept |= finding->code == SPN2010_UNNAMED_FLAGS && finding->len > 7;
}

static struct spnego_decode_opts
options(struct outcome *outcome, size_t len, unsigned tolerate)
{
    struct spnego_decode_opts opts = {sizeof(opts), 0, 0, 0, on_finding, NULL, NULL};

    memset(outcome, 0, sizeof(*outcome));
    outcome->len = len;
    opts.tolerate = tolerate;
    opts.max_len = SIZE_MAX;
    opts.arg = outcome;
    return opts;
}

static bool
is_zero(const void *octets, size_t len)
{
    const uint8_t *at = octets;

    while (len > 0 && *at == 0) {
        at++;
        len--;
    }
    return len == 0;
}

/* What holds for both decoders.  Returns what does not hold, or NULL. */
static const char *
problem_of(const struct outcome *outcome, const void *out, size_t size)
{
    if (outcome->outside)
        return "a finding lies outside the input";
    if (outcome->status == SPNEGO_OK)
        return outcome->errors == 0 ? NULL : "ok, but an error was found";
    if (outcome->errors != 1)
        return "failed, but not with exactly one error";
    return is_zero(out, size) ? NULL : "failed, but *out is not zero";
}

static const char *
try_token(struct spnego_slice in, unsigned tolerate, struct outcome *outcome)
{
    struct spnego_decode_opts opts = options(outcome, in.len, tolerate);
    struct spnego_negotiation_token token;
    const char *problem;

    memset(&token, 0x5a, sizeof(token));
    outcome->status = spnego_token_decode(&token, in, &opts);
    problem = problem_of(outcome, &token, sizeof(token));
    if (problem == NULL && outcome->status == SPNEGO_OK && tolerate == 0 && !outcome->not_kept)
        problem = reencode_token(&token, in);
    return problem;
}

static const char *
try_negoex(struct spnego_slice in, unsigned tolerate, struct outcome *outcome)
{
    struct negoex_message message;
    const char *problem;
    size_t used;

    do {
        struct spnego_decode_opts opts = options(outcome, in.len, tolerate);

        memset(&message, 0x5a, sizeof(message));
        outcome->status = negoex_message_decode(&message, &used, in, &opts);
        problem = problem_of(outcome, &message, sizeof(message));
        if (problem == NULL && outcome->status == SPNEGO_OK)
            problem = reencode_message(&message);
        if (problem != NULL)
            return problem;
        if ((outcome->status == SPNEGO_OK) != (used != 0) || used > in.len)
            return "the number of octets that were used is wrong";
        if (used > 0)
            in.ptr += used;
        in.len -= used;
    } while (outcome->status == SPNEGO_OK && in.len > 0);
    return NULL;
}

static const char *
try_analysis(struct spnego_slice in, unsigned tolerate)
{
    struct analysis_setup setup = {tolerate, SIDE_UNKNOWN, false};
    struct analysis analysis;
    const char *problem = NULL;
    size_t i;

    if (!analysis_run(&analysis, in, &setup))
        problem = "the analysis has no memory";
    for (i = 0; i < analysis.remark_count; i++)
        if (analysis.remarks[i].off > in.len ||
            analysis.remarks[i].len > in.len - analysis.remarks[i].off)
            problem = "a remark of the analysis lies outside the input";
    analysis_free(&analysis);
    return problem;
}

/* Ends the test with the input in hexadecimal. */
static void
complain(const char *problem, unsigned tolerate, struct spnego_slice in)
{
    char hex[2 * 300 + 1] = "";
    size_t i;

    for (i = 0; i < in.len && i < 300; i++)
        snprintf(hex + 2 * i, 3, "%02x", in.ptr[i]);
    ck_abort_msg("%s (%s, %zu octets): %s%s", problem, tolerate != 0 ? "interop" : "strict",
                 in.len, hex, in.len > 300 ? "..." : "");
}

/* Tries `in` in memory of its own under one profile; returns what the decoder
 * that it is meant for has said. */
static struct outcome
try_profile(struct spnego_slice in, bool is_negoex, unsigned tolerate)
{
    struct outcome token, negoex;
    struct spnego_slice copy = {NULL, in.len};
    uint8_t *memory = malloc(in.len);
    const char *problem;

    if (in.len > 0)
        memcpy(memory, in.ptr, in.len);
    copy.ptr = memory;
    problem = try_token(copy, tolerate, &token);
    if (problem == NULL)
        problem = try_negoex(copy, tolerate, &negoex);
    /* What a strict analysis sees is the beginning of what this one sees. */
    if (problem == NULL && tolerate != 0)
        problem = try_analysis(copy, tolerate);
    if (problem != NULL)
        complain(problem, tolerate, copy);
    free(memory);
    return is_negoex ? negoex : token;
}

static void
try_all(struct spnego_slice in)
{
    size_t i;

    for (i = 0; i < 2; i++)
        try_profile(in, false, profiles[i]);
}

/* Loads vector `i` into `*vector`; false if its decoder refuses it. */
static bool
load_good(struct vector_file *vector, int i)
{
    ck_assert_msg(vector_file_load(vector, names.gl_pathv[i]), "%s", vector->error);
    if (strcmp(vector->status, "ok") == 0)
        return true;
    vector_file_free(vector);
    return false;
}

static bool
is_mutated(size_t at, size_t len)
{
    return len <= LARGE || at < MUTATED_ENDS || len - at <= MUTATED_ENDS;
}

/* A run of NegoEx messages may end behind any of them; zeros that were
 * tolerated may be fewer. */
static bool
may_end(const struct vector_file *vector, size_t len)
{
    struct spnego_slice in = {vector->octets, vector->len};
    struct negoex_message message;
    struct outcome whole;
    size_t end = 0, used;

    if (!vector_file_is_negoex(vector)) {
        whole = try_profile(in, false, vector->tolerate);
        return whole.has_padding && is_zero(in.ptr + len, in.len - len);
    }
    while (end < len) {
        in.ptr = vector->octets + end;
        in.len = vector->len - end;
        ck_assert_int_eq(negoex_message_decode(&message, &used, in, NULL), SPNEGO_OK);
        end += used;
    }
    return len > 0 && end == len;
}

START_TEST(truncations_fail)
{
    struct vector_file vector;
    struct spnego_slice in;
    size_t i;

    if (!load_good(&vector, _i))
        return;
    in.ptr = vector.octets;
    for (in.len = 0; in.len < vector.len; in.len++) {
        if (!is_mutated(in.len, vector.len))
            continue;
        for (i = 0; i < 2; i++) {
            struct outcome cut = try_profile(in, vector_file_is_negoex(&vector), profiles[i]);

            ck_assert_msg(cut.status != SPNEGO_OK || may_end(&vector, in.len),
                          "%s: ok after %zu octets", names.gl_pathv[_i], in.len);
        }
    }
    try_all(in);
    vector_file_free(&vector);
}
END_TEST

START_TEST(flipped_bits_do_no_harm)
{
    struct vector_file vector;
    struct spnego_slice in;
    size_t at;
    unsigned bit;

    if (!load_good(&vector, _i))
        return;
    in.ptr = vector.octets;
    in.len = vector.len;
    for (at = 0; at < in.len; at++) {
        for (bit = 0; bit < 8 && is_mutated(at, in.len); bit++) {
            vector.octets[at] = (uint8_t)(vector.octets[at] ^ 1u << bit);
            try_all(in);
            vector.octets[at] = (uint8_t)(vector.octets[at] ^ 1u << bit);
        }
    }
    vector_file_free(&vector);
}
END_TEST

/* An element that holds the next one: where its length begins and ends. */
struct level {
    size_t len_at;
    size_t value;
    size_t len;
};

/* Reads the header of the element at `at`, which is known to be good. */
static struct level
read_level(const struct vector_file *vector, size_t at)
{
    struct level level = {at + 1, at + 2, vector->octets[at + 1]};
    size_t octets = level.len & 0x7f;

    if (level.len < 0x80)
        return level;
    for (level.len = 0; octets > 0; octets--)
        level.len = 256 * level.len + vector->octets[level.value++];
    return level;
}

/* The levels from the outermost to the first value of the first field. */
static size_t
find_levels(struct level levels[16], const struct vector_file *vector)
{
    size_t count = 0, at = 0;

    while (count < 16 && at + 1 < vector->len) {
        bool is_frame = vector->octets[at] == 0x60;

        levels[count++] = read_level(vector, at);
        if ((vector->octets[at] & 0x20) == 0)
            break;
        at = levels[count - 1].value;
        if (at == vector->len || levels[count - 1].len == 0)
            break;
        if (is_frame) {
            struct level mech = read_level(vector, at);

            at = mech.value + mech.len;
        }
    }
    return count;
}

/* Writes the vector with 2^30 added to its `count` outermost lengths, which
 * thus agree with each other.  Returns how many octets that are. */
static size_t
inflate(uint8_t *out, const struct vector_file *vector, const struct level levels[16],
        size_t count)
{
    size_t from = 0, len = 0, i;
    int shift;

    for (i = 0; i < count; i++) {
        size_t grown = levels[i].len + ((size_t)1 << 30), deeper;

        for (deeper = i + 1; deeper < count; deeper++)
            grown += 5 - (levels[deeper].value - levels[deeper].len_at);
        memcpy(out + len, vector->octets + from, levels[i].len_at - from);
        len += levels[i].len_at - from;
        out[len++] = 0x84;
        for (shift = 24; shift >= 0; shift -= 8)
            out[len++] = (uint8_t)(grown >> shift & 0xff);
        from = levels[i].value;
    }
    memcpy(out + len, vector->octets + from, vector->len - from);
    return len + vector->len - from;
}

START_TEST(lengths_that_lie_together_fail)
{
    struct vector_file vector;
    struct level levels[16];
    struct spnego_slice in;
    struct outcome outcome;
    size_t depth, count, i;
    uint8_t *memory;

    if (!load_good(&vector, _i))
        return;
    if (!vector_file_is_negoex(&vector)) {
        depth = find_levels(levels, &vector);
        ck_assert_uint_ge(depth, 2);
        memory = malloc(vector.len + 5 * depth);
        for (count = 1; count <= depth; count++) {
            in.ptr = memory;
            in.len = inflate(memory, &vector, levels, count);
            for (i = 0; i < 2; i++) {
                outcome = try_profile(in, false, profiles[i]);
                ck_assert_msg(outcome.status != SPNEGO_OK, "%s: ok with %zu false lengths",
                              names.gl_pathv[_i], count);
            }
        }
        free(memory);
    }
    vector_file_free(&vector);
}
END_TEST

START_TEST(short_inputs_do_no_harm)
{
    static const uint8_t first[] = {0x60, 0xa0, 0xa1};
    uint8_t octets[3];
    struct spnego_slice in = {octets, 0};
    unsigned number;
    size_t i;

    try_all(in);
    for (number = 0; number < 0x10000; number++) {
        octets[0] = (uint8_t)(number >> 8);
        octets[1] = (uint8_t)(number & 0xff);
        in.len = 2;
        try_all(in);
        in.len = 1;
        if (octets[1] == 0)
            try_all(in);
    }
    in.len = 3;
    for (number = 0; number < 0x10000; number++) {
        octets[1] = (uint8_t)(number >> 8);
        octets[2] = (uint8_t)(number & 0xff);
        for (i = 0; i < 3; i++) {
            octets[0] = first[i];
            try_all(in);
        }
    }
}
END_TEST

Suite *
mutations_suite(void)
{
    Suite *suite = suite_create("mutations");
    TCase *tcase = tcase_create("mutations");

    vector_file_names(&names);
    tcase_set_timeout(tcase, TIMEOUT);
    tcase_add_test(tcase, short_inputs_do_no_harm);
    tcase_add_loop_test(tcase, truncations_fail, 0, (int)names.gl_pathc);
    tcase_add_loop_test(tcase, flipped_bits_do_no_harm, 0, (int)names.gl_pathc);
    tcase_add_loop_test(tcase, lengths_that_lie_together_fail, 0, (int)names.gl_pathc);
    suite_add_tcase(suite, tcase);
    return suite;
}
