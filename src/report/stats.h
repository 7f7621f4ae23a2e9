/* stats.h: what a batch was made of, for --stats. */
#ifndef STATS_H
#define STATS_H

#include "conversation.h"

#include <stdio.h>

/* How often something was there, by name. */
struct stats_count {
    const char *name; /* lives as long as the program; NULL behind the last */
    unsigned long count;
};

#define STATS_KINDS 16
#define STATS_MECHS (SPNEGO_MECH_NETLOGON + 1)
#define STATS_CODES 10000

struct stats {
    unsigned long inputs, unreadable, valid, warning, invalid, conversations;
    struct stats_count kinds[STATS_KINDS]; /* in the order in which they came */
    unsigned long mechs[STATS_MECHS];      /* of mechTypes, supportedMech and naked tokens */
    unsigned long findings[STATS_CODES];
};

/* stats_token counts an input, stats_conversation each of its turns as one. */
void stats_token(struct stats *stats, const struct analysis *analysis);
void stats_conversation(struct stats *stats, const struct conversation *conversation);

/* stats_mech_name returns the name that a mechanism is counted by. */
const char *stats_mech_name(enum spnego_mech mech);

/* stats_print writes a table; nothing if `stats` is NULL. */
void stats_print(FILE *out, const struct stats *stats);

#endif
