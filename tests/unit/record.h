/*
 * record.h - what a decoder told while it ran, for tests.
 */
#ifndef RECORD_H
#define RECORD_H

#include "spnego/spnego.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

#define RECORD_MAX 16

struct record {
    unsigned findings;
    struct spnego_finding finding[RECORD_MAX];
    char path[RECORD_MAX][128];
    char elements[8192]; /* one a line: path @off+len, and =value if it has one */
};

static inline void
record_finding(void *arg, const struct spnego_finding *finding)
{
    struct record *record = arg;

    ck_assert_uint_lt(record->findings, RECORD_MAX);
    record->finding[record->findings] = *finding;
    spnego_path_format(record->path[record->findings], sizeof(record->path[0]), finding->path);
    record->findings++;
}

static inline void
record_element(void *arg, const struct spnego_element *element)
{
    struct record *record = arg;
    size_t used = strlen(record->elements);
    char path[128], value[96] = "";

    spnego_path_format(path, sizeof(path), element->path);
    if (element->has_value)
        snprintf(value, sizeof(value), " holds @%zu+%zu =%llu", element->value_off,
                 element->value_len, (unsigned long long)element->value);
    snprintf(record->elements + used, sizeof(record->elements) - used, "%s @%zu+%zu%s\n", path,
             element->off, element->len, value);
}

/* record_opts clears `record` and returns options that fill it. */
static inline struct spnego_decode_opts
record_opts(struct record *record, unsigned tolerate)
{
    struct spnego_decode_opts opts = {
        sizeof(opts), tolerate, 0, 0, record_finding, record_element, record,
    };

    memset(record, 0, sizeof(*record));
    return opts;
}

/* record_count says how often `code` was found. */
static inline unsigned
record_count(const struct record *record, unsigned code)
{
    unsigned i, count = 0;

    for (i = 0; i < record->findings; i++)
        count += record->finding[i].code == code;
    return count;
}

#endif
