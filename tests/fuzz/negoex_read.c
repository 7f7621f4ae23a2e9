/* negoex_read.c: seven octets that say who negotiates with whom, and how.
 *
 * Octet 0: how many offers, optimism, early keys, to the end.  1: the orders.  2: hops,
 * metadata and who refuses it.  3: who has no keys, integrity, wishes, and who speaks first.
 * 4: which step of whose mechanisms fails, and says why; who may go unverified.  5: the call
 * of the allocator that fails.  6: limits, or the call of the crypto that fails. */
#include "negoex_sides.h"

static struct negoex_side *const sides = negoex_sides.side;

static bool
bit(unsigned octet, unsigned number)
{
    return (octet >> number & 1) != 0;
}

/* The schemes in one of six orders; the first `count`. */
static void
read_offers(struct negoex_side *side, size_t count, unsigned order)
{
    static const uint8_t orders[6][NEGOEX_SCHEMES] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                                      {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    static const unsigned mechs[NEGOEX_SCHEMES] = {MECH_KRB5, MECH_NTLM, MECH_OTHER};
    size_t i, scheme;

    for (i = 0; i < count; i++) {
        scheme = orders[order % 6][i];
        side->creds[i].inner.mech = mechs[scheme];
        side->schemes[i].ops = &negoex_sides_ops[scheme];
        side->schemes[i].cred = &side->creds[i];
    }
    side->negoex.offers = side->schemes;
    side->negoex.num_offers = count;
}

static void
read_troubles(struct spnego_slice *input)
{
    unsigned failing = input_octet(input), last;
    size_t i, role;

    negoex_sides.memory.fail_at = input_octet(input);
    last = input_octet(input);
    for (role = 0; role < 2; role++)
        for (i = 0; i < NEGOEX_SCHEMES; i++) {
            sides[role].creds[i].inner.fails = bit(failing, 3) == role ? failing & 7 : 0;
            sides[role].creds[i].inner.says_why = bit(failing, 4);
        }
    sides[0].negoex.accept_unverified = bit(failing, 5);
    sides[1].negoex.accept_unverified = bit(failing, 6);
    if (bit(last, 7)) {
        sides[last & 1].negoex.max_messages = last >> 1 & 7;
        sides[last & 1].negoex.max_items = last >> 4 & 7;
    } else {
        sides[last & 1].fails = last >> 1;
    }
    negoex_sides.trouble = (failing & 7) != 0 || negoex_sides.memory.fail_at != 0 || last > 1;
}

/* How the mechanisms of one side behave; `flow`, `metadata` and `keys` are octets 0, 2, 3. */
static void
fill_creds(struct negoex_side *side, unsigned flow, unsigned metadata, unsigned keys)
{
    struct negoex_cred *cred;
    unsigned role = side->role;
    size_t i;

    for (i = 0; i < NEGOEX_SCHEMES; i++) {
        cred = &side->creds[i];
        cred->inner.alloc = &negoex_sides.memory.alloc;
        cred->inner.key = negoex_sides.secret;
        cred->inner.hops = 1 + (metadata & 7) % 5;
        cred->inner.living = &negoex_sides.living;
        cred->inner.integrity = !bit(keys, 2);
        cred->inner.wants_mic = bit(keys, 3) && cred->inner.mech == MECH_NTLM;
        cred->early = bit(flow, 5 + role);
        cred->never = bit(keys, role);
        cred->makes = bit(metadata, 3 + role);
        cred->refuses = bit(metadata, 5 + role) && i == 0;
        cred->side = side;
    }
}

/* May these fail although nobody meddles? */
static bool
lacks_common(void)
{
    const struct negoex_config *one = &sides[0].negoex;
    const struct negoex_config *two = &sides[1].negoex;
    size_t i, j;

    for (i = 0; i < one->num_offers; i++)
        for (j = 0; j < two->num_offers; j++)
            if (one->offers[i].ops == two->offers[j].ops)
                return false;
    return true;
}

void
negoex_sides_read(struct spnego_slice *input)
{
    uint64_t secret = fuzz_sum(FUZZ_SUM_START, *input);
    unsigned flow = input_octet(input), orders = input_octet(input);
    unsigned metadata = input_octet(input), keys = input_octet(input), role;
    struct negoex_side *side;

    memset(&negoex_sides, 0, sizeof(negoex_sides));
    memory_count_init(&negoex_sides.memory);
    negoex_sides_make_ops();
    negoex_sides.secret = secret;
    negoex_sides.honest = true;
    for (role = 0; role < 2; role++) {
        side = &sides[role];
        negoex_sides_fill(side, (enum spnego_role)role);
        read_offers(side, 1 + (flow >> (2 * role) & 3) % NEGOEX_SCHEMES,
                    orders >> (4 * role) & 15);
        fill_creds(side, flow, metadata, keys);
    }
    sides[0].negoex.no_optimistic = bit(flow, 4);
    sides[0].negoex.server_first = bit(keys, 4);
    sides[1].negoex.server_first = bit(keys, 5);
    negoex_sides.to_end = bit(flow, 7);
    read_troubles(input);
    if ((keys & 3) != 0 || (metadata & 0x60) != 0 || lacks_common())
        negoex_sides.trouble = true;
}
