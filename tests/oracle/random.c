/* random.c: xorshift64*, so that every run on every machine sees the same
 * inputs. */
#include "oracle.h"

void
random_start(struct random_source *r, uint64_t seed)
{
    /* Neighbouring seeds must not give neighbouring numbers. */
    uint64_t z = seed + UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    z ^= z >> 31;
    r->state = z != 0 ? z : 1;
}

uint64_t
random_next(struct random_source *r)
{
    r->state ^= r->state >> 12;
    r->state ^= r->state << 25;
    r->state ^= r->state >> 27;
    return r->state * UINT64_C(0x2545f4914f6cdd1d);
}

size_t
random_below(struct random_source *r, size_t limit)
{
    return limit == 0 ? 0 : (size_t)((random_next(r) >> 16) % limit);
}
