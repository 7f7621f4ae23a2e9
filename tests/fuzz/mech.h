/* mech.h: mechanisms that nobody on the wire can forge.
 *
 * As the toys of examples/toy_mech.h, but each token and each MIC holds a keyed
 * sum of 64 bits, over who says it and all tokens before.  The key comes from the
 * whole input, so that the fuzzer cannot learn a sum from one run and use it in
 * the next.  That leaves only what a negotiation must prevent by itself. */
#ifndef FUZZ_MECH_H
#define FUZZ_MECH_H

#include "promise.h"

/* Kerberos by both its numbers, which understand each other; NTLM, which needs no
 * frame; and one that has no name. */
enum { MECH_KRB5, MECH_MS_KRB5, MECH_NTLM, MECH_OTHER, MECH_COUNT };
extern const struct spnego_mech_ops fuzz_mechs[MECH_COUNT];

/* MECH_* without the difference between the two numbers of Kerberos. */
unsigned fuzz_mech_family(unsigned mech);

struct fuzz_cred {
    unsigned mech; /* MECH_* */
    const struct spnego_alloc *alloc;
    uint64_t key; /* both sides need the same */
    unsigned hops;
    bool integrity;
    bool wants_mic;
    bool absent;     /* it cannot be created */
    unsigned fails;  /* the step, from 1, that fails; 0: none */
    bool says_why;   /* and gives an error token when it does */
    bool other_name; /* Kerberos: its frame has the other number */
    bool forged;     /* its state may come from anywhere: do not watch the caller */
    unsigned *living;
};

/* What a finished mechanism can tell: both ends of one exchange have the same. */
uint64_t fuzz_mech_session(const void *mech);

/* fuzz_sum goes on from `sum`: FNV-1a. */
uint64_t fuzz_sum(uint64_t sum, struct spnego_slice octets);
#define FUZZ_SUM_START 0xcbf29ce484222325u

#endif
