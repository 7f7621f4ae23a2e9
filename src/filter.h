/* filter.h: which findings somebody wants to see. */
#ifndef FILTER_H
#define FILTER_H

#include "analysis.h"

#define FILTER_CODES 10000

/* A filter takes a finding if its severity is `least` or more, if it is among
 * `included` (when that was given) and not among `excluded`. */
struct filter {
    enum spnego_severity least;
    bool includes;
    uint8_t included[FILTER_CODES / 8];
    uint8_t excluded[FILTER_CODES / 8];
};

/* filter_add reads a list of codes: "SPN2007,hint-name,SPN50" (the last is a prefix:
 * all codes that begin with it).  On failure it returns the first word that is none of
 * these, which is part of `list`, and its length; else NULL. */
const char *filter_add(struct filter *filter, bool include, const char *list, size_t *len);

/* filter_analysis drops the remarks that `filter` does not take, as if they had never
 * been made. */
void filter_analysis(const struct filter *filter, struct analysis *analysis);

#endif
