/* filter.c: sets of codes. */
#include "filter.h"

#include "explain.h"

#include <string.h>
#include <strings.h>

static void
mark(uint8_t set[], unsigned code)
{
    set[code / 8] |= (uint8_t)(1u << code % 8);
}

static bool
marked(const uint8_t set[], unsigned code)
{
    return (set[code / 8] >> code % 8 & 1) != 0;
}

/* Does "SPN2007" begin with `word`? */
static bool
begins(unsigned code, const char *word, size_t len)
{
    char name[16];

    snprintf(name, sizeof(name), "SPN%04u", code);
    return len > 3 && len <= strlen(name) && strncasecmp(name, word, len) == 0;
}

static bool
add_word(uint8_t set[], const char *word, size_t len)
{
    bool found = false;
    size_t i;

    for (i = 0; i < explanations_count; i++) {
        const struct explanation *entry = &explanations[i];

        if (!begins(entry->code, word, len) &&
            (strncmp(entry->name, word, len) != 0 || entry->name[len] != '\0'))
            continue;
        mark(set, entry->code);
        found = true;
    }
    return found;
}

const char *
filter_add(struct filter *filter, bool include, const char *list, size_t *len)
{
    uint8_t *set = include ? filter->included : filter->excluded;

    filter->includes |= include;
    for (;;) {
        *len = strcspn(list, ",");
        if (!add_word(set, list, *len))
            return list;
        list += *len;
        if (*list == '\0')
            return NULL;
        list++;
    }
}

static bool
takes(const struct filter *filter, const struct remark *remark)
{
    if (remark->severity < filter->least || marked(filter->excluded, remark->code))
        return false;
    return !filter->includes || marked(filter->included, remark->code);
}

void
filter_analysis(const struct filter *filter, struct analysis *analysis)
{
    size_t i, kept = 0;

    for (i = 0; i < analysis->remark_count; i++)
        if (takes(filter, &analysis->remarks[i]))
            analysis->remarks[kept++] = analysis->remarks[i];
    if (kept == analysis->remark_count)
        return;
    analysis->remark_count = kept;
    analysis_settle(analysis);
}
