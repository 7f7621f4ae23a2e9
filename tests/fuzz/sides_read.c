/* sides_read.c: twelve octets that say who negotiates with whom, and how.
 *
 *     0  number of offers - 1: bits 0-1 initiator, 2-3 acceptor; bit 4 the acceptor
 *        chooses in its own order; 5 no_optimistic; 6 no_hints; 7 run to the end
 *     1, 2  which permutation of the mechanisms the initiator, the acceptor offers
 *     3  bits 0-2 hops - 1; 3, 4 require_mic of the initiator, the acceptor;
 *        bits 5-6 hint policy
 *     4  bits 0-2 hint floor; 3-5 max_items; 6 max_len; 7 the limits are the acceptor's
 *     5  by mechanism: bits 0-3 it has no integrity; 4-7 it wants a MIC
 *     6  by mechanism: bits 0-3 the acceptor has integrity where the initiator has
 *        none, or the other way round; 4-7 it is absent at the initiator
 *     7  bits 0-3 the step that fails; 4 whose; 5 it says why; 6 Kerberos under its
 *        other number
 *     8  bits 0-3, 4-7 what the initiator, the acceptor tolerates
 *     9  the call of the allocator that fails
 *    10  bit 0 so do all behind it; bits 1-7 max_legs of the acceptor
 *    11  max_fragment; bit 7: of the initiator only */
#include "sides.h"

#include <string.h>

#define ALL_TOLERANCES 0x1ffffu
#define MIN_FRAGMENT 6

static bool
bit(unsigned octet, unsigned number)
{
    return (octet >> number & 1) != 0;
}

static void
read_offers(struct side *side, size_t count, unsigned permutation)
{
    unsigned left[MECH_COUNT] = {MECH_KRB5, MECH_NTLM, MECH_OTHER, MECH_MS_KRB5};
    unsigned place, size = MECH_COUNT;
    size_t i;

    side->config.offers = side->offers;
    side->config.num_offers = count;
    for (i = 0; i < count; i++) {
        place = permutation % size;
        permutation /= size;
        side->creds[i].mech = left[place];
        side->offers[i].ops = &fuzz_mechs[left[place]];
        side->offers[i].cred = &side->creds[i];
        size--;
        memmove(left + place, left + place + 1, (size - place) * sizeof(left[0]));
    }
}

static unsigned
tolerance(unsigned nibble)
{
    static const unsigned weakening[] = {SPNEGO_TOLERATE_NO_REQUEST, SPNEGO_TOLERATE_NO_MIC,
                                         SPNEGO_TOLERATE_NAKED_MECH, ALL_TOLERANCES};

    if ((nibble & 3) == 0)
        return 0;
    return SPNEGO_TOLERATE_INTEROP | ((nibble & 3) == 1 ? 0 : weakening[nibble >> 2]);
}

static void
read_flow(struct sides *sides, struct spnego_slice *input)
{
    struct spnego_config *initiator = &sides->side[SPNEGO_INITIATOR].config;
    struct spnego_config *acceptor = &sides->side[SPNEGO_ACCEPTOR].config;
    unsigned flags = input_octet(input), limits, i;

    read_offers(&sides->side[SPNEGO_INITIATOR], 1 + (flags & 3), input_octet(input));
    read_offers(&sides->side[SPNEGO_ACCEPTOR], 1 + (flags >> 2 & 3), input_octet(input));
    acceptor->choice = bit(flags, 4) ? SPNEGO_CHOOSE_OWN_ORDER : SPNEGO_CHOOSE_THEIR_ORDER;
    initiator->no_optimistic = bit(flags, 5);
    acceptor->no_hints = bit(flags, 6);
    sides->to_end = bit(flags, 7);
    flags = input_octet(input);
    for (i = 0; i < MECH_COUNT; i++)
        sides->side[0].creds[i].hops = sides->side[1].creds[i].hops = 1 + (flags & 7);
    initiator->require_mic = bit(flags, 3);
    acceptor->require_mic = bit(flags, 4);
    initiator->hint_policy = (enum spnego_hint_policy)((flags >> 5) % 3);
    limits = input_octet(input);
    initiator->hint_floor = (limits & 7) % (initiator->num_offers + 1);
    if (bit(limits, 7))
        initiator = acceptor;
    initiator->max_items = limits >> 3 & 7;
    initiator->max_len = bit(limits, 6) ? 64 : 0;
}

/* Where integrity or the wish for a MIC is not the same on both sides, honest ones
 * may have to fail. */
static void
read_mechs(struct sides *sides, struct spnego_slice *input)
{
    unsigned mechs = input_octet(input), odd = input_octet(input), role, mech, i;
    unsigned failing = input_octet(input);
    struct fuzz_cred *cred;

    for (role = 0; role < 2; role++)
        for (i = 0; i < MECH_COUNT; i++) {
            cred = &sides->side[role].creds[i];
            mech = fuzz_mech_family(cred->mech);
            cred->integrity = !bit(mechs, mech) ^ (role == 1 && bit(odd, mech));
            cred->wants_mic = bit(mechs, 4 + mech);
            cred->absent = role == 0 && bit(odd, 4 + cred->mech);
            cred->fails = bit(failing, 4) == (role == 1) ? failing & 15 : 0;
            cred->says_why = bit(failing, 5);
            cred->other_name = bit(failing, 6);
            if (cred->absent || cred->fails != 0)
                sides->trouble = true;
        }
    if ((odd & 15) != 0 || bit(failing, 6))
        sides->honest = false;
}

static void
read_limits(struct sides *sides, struct spnego_slice *input)
{
    unsigned tolerated = input_octet(input), rest, pieces;

    sides->side[0].config.tolerate = tolerance(tolerated & 15);
    sides->side[1].config.tolerate = tolerance(tolerated >> 4);
    sides->memory.fail_at = input_octet(input);
    rest = input_octet(input);
    sides->memory.fail_further = bit(rest, 0);
    sides->side[1].config.max_legs = rest >> 1;
    pieces = input_octet(input);
    if ((pieces & 0x7f) != 0) {
        sides->side[0].config.max_fragment = MIN_FRAGMENT + (pieces & 0x7f) - 1;
        if (!bit(pieces, 7))
            sides->side[1].config.max_fragment = sides->side[0].config.max_fragment;
    }
    if (sides->memory.fail_at != 0)
        sides->trouble = true;
}

/* Where a MIC is required, a mechanism without integrity is as good as absent. */
static bool
lacks_integrity(const struct sides *sides)
{
    const struct side *initiator = &sides->side[0];
    bool integrity = true;
    size_t i;

    for (i = 0; i < initiator->config.num_offers; i++)
        integrity = integrity && initiator->creds[i].integrity;
    return !integrity && (initiator->config.require_mic || sides->side[1].config.require_mic);
}

/* May this configuration fail although nobody meddles? */
static bool
may_fail(const struct sides *sides)
{
    const struct spnego_config *initiator = &sides->side[0].config;
    const struct spnego_config *acceptor = &sides->side[1].config;
    bool common = false;
    size_t i, j;

    for (i = 0; i < initiator->num_offers; i++)
        for (j = 0; j < acceptor->num_offers; j++)
            common = common || sides->side[0].creds[i].mech == sides->side[1].creds[j].mech;
    return !common || sides->trouble || (initiator->require_mic && !acceptor->require_mic) ||
           acceptor->max_legs != 0 || initiator->max_items != 0 || acceptor->max_items != 0 ||
           initiator->max_len != 0 || acceptor->max_len != 0 ||
           initiator->max_fragment != acceptor->max_fragment;
}

void
sides_read(struct sides *sides, struct spnego_slice *input)
{
    uint64_t key = fuzz_sum(FUZZ_SUM_START, *input);
    struct side *side;
    unsigned role, i;

    memset(sides, 0, sizeof(*sides));
    memory_count_init(&sides->memory);
    sides->honest = true;
    read_flow(sides, input);
    read_mechs(sides, input);
    read_limits(sides, input);
    sides->trouble = sides->trouble || lacks_integrity(sides);
    for (role = 0; role < 2; role++) {
        side = &sides->side[role];
        side->config.size = sizeof(side->config);
        side->config.role = (enum spnego_role)role;
        side->config.alloc = &sides->memory.alloc;
        side->config.on_event = promise_event;
        side->config.arg = side;
        side->status = SPNEGO_CONTINUE;
        for (i = 0; i < MECH_COUNT; i++) {
            side->creds[i].alloc = &sides->memory.alloc;
            side->creds[i].key = key;
            side->creds[i].living = &sides->living;
        }
    }
    sides->honest = sides->honest && !may_fail(sides);
}
