/* differences.c: reads differences.txt. */
#include "oracle.h"

#include <stdlib.h>
#include <string.h>

static const char *const way_names[WAY_COUNT] = {"rewrites", "rule", "der", "more", "flags"};

const char *
way_name(enum way way)
{
    return way_names[way];
}

/* "SPN1006 rewrites the reason" */
static bool
read_line(struct difference *out, const char *line)
{
    char way[12], code[8];
    unsigned i;

    if (sscanf(line, "SPN%4[0-9] %11s %199[^\n]", code, way, out->reason) != 3)
        return false;
    out->code = (unsigned)strtoul(code, NULL, 10);
    for (i = 0; i < WAY_COUNT; i++)
        if (strcmp(way, way_names[i]) == 0) {
            out->way = (enum way)i;
            return true;
        }
    return false;
}

bool
differences_read(struct differences *out, const char *path)
{
    FILE *file = fopen(path, "r");
    char line[300];
    bool good = file != NULL;

    out->count = 0;
    while (good && fgets(line, sizeof(line), file) != NULL) {
        if (line[0] == '#' || line[0] == '\n')
            continue;
        good = out->count < DIFFERENCES_MAX && read_line(&out->list[out->count], line);
        if (good)
            out->count++;
        else
            fprintf(stderr, "oracle: %s: not understood: %s", path, line);
    }
    if (file == NULL)
        fprintf(stderr, "oracle: %s cannot be read\n", path);
    else
        fclose(file);
    return good;
}

/* A rule that asn1c lacks is a reason too when the input is wrong in other
 * ways besides: the rule was the first thing that we found. */
size_t
differences_find(const struct differences *all, enum way way, unsigned code)
{
    size_t i, found = all->count;

    for (i = 0; i < all->count; i++) {
        if (all->list[i].code != code)
            continue;
        if (all->list[i].way == way)
            return i;
        if (all->list[i].way == WAY_RULE && way == WAY_REWRITES)
            found = i;
    }
    return found;
}
