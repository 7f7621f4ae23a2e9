/* told.h: what negotiations tell while they run, for tests. */
#ifndef TOLD_H
#define TOLD_H

#include "spnego/spnego.h"

#include <stdio.h>
#include <string.h>

#define TOLD_KINDS (SPNEGO_EVENT_FAILED + 1)

/* Everything is by role but the text. */
struct told {
    char text[16384]; /* an event a line, "I" or "A" before it */
    unsigned count[2][TOLD_KINDS];
    unsigned findings[2];             /* remarked or tolerated */
    struct spnego_finding finding[2]; /* the last, or that of the failure */
    char words[2][1024];              /* its line */
};

static inline void
told_event(void *arg, const struct spnego_event *event)
{
    struct told *told = (struct told *)arg;
    size_t used = strlen(told->text);
    char line[1024];

    spnego_event_format(line, sizeof(line), event);
    snprintf(told->text + used, sizeof(told->text) - used, "%s %s\n",
             event->role == SPNEGO_INITIATOR ? "I" : "A", line);
    told->count[event->role][event->kind]++;
    told->findings[event->role] += event->kind == SPNEGO_EVENT_FINDING;
    if (event->finding == NULL)
        return;
    told->finding[event->role] = *event->finding;
    told->finding[event->role].path = NULL;
    snprintf(told->words[event->role], sizeof(told->words[0]), "%s", line);
}

#endif
