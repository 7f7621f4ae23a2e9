/* side.h: the two sides of a negotiation.  RFC 4178 3. */
#ifndef SIDE_H
#define SIDE_H

enum side { SIDE_UNKNOWN, SIDE_INITIATOR, SIDE_ACCEPTOR };

static inline enum side
side_other(enum side side)
{
    if (side == SIDE_UNKNOWN)
        return SIDE_UNKNOWN;
    return side == SIDE_INITIATOR ? SIDE_ACCEPTOR : SIDE_INITIATOR;
}

/* "initiator", "acceptor" or "unknown". */
static inline const char *
side_name(enum side side)
{
    static const char *const names[] = {"unknown", "initiator", "acceptor"};

    return names[side];
}

#endif
