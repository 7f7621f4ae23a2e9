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

#endif
