/* script.h: one side of a negotiation and what is said to it, in words.
 *
 * A token is written as
 *
 *     init AB TA01 MAB      mechTypes, mechToken, mechListMIC
 *     init2 AB              mechTypes
 *     resp 1 B t02 m4d49    negState or "-", supportedMech, responseToken, mechListMIC
 *     hex 4e 54 4c
 *
 * and nothing is an empty one.  A to D are the toys; K, W and N are fakes with
 * the numbers of Kerberos, Kerberos as Windows 2000 wrote it, and NTLM.  A token
 * or a MIC is t or m and its octets; T and a letter puts them in that mechanism's
 * frame; M and letters is a toy's MIC of that list. */
#ifndef SCRIPT_H
#define SCRIPT_H

#include "pair.h"
#include "told.h"

/* A fake mechanism answers each token with one octet, 5a, until it has taken as
 * many steps as it needs.  Its MIC is 5a5a5a. */
struct fake_cred {
    unsigned steps;          /* it finishes with this one, */
    bool mute_end;           /* and says nothing with it */
    bool stuck;              /* it goes on and never says anything */
    enum spnego_status fate; /* of create, if not 0 */
    unsigned flags;          /* SPNEGO_MECH_* */
    bool mic_fails;          /* it cannot make a MIC, */
    bool mic_empty;          /* or makes one of no octets */
    unsigned *living;        /* as in toy_mech.h */
    char heard[512];         /* the last token that it took, in hexadecimal */
};
extern const struct spnego_mech_ops fake_krb5, fake_ms_krb5, fake_ntlm;

/* How a play differs from pair_init's. */
enum {
    NO_INTEGRITY_I = 0x01,
    NO_INTEGRITY_A = 0x02,
    NO_INTEGRITY = 0x03,
    WANTS_I = 0x04,
    WANTS_A = 0x08,
    REQUIRE_I = 0x10,
    REQUIRE_A = 0x20,
    OWN_ORDER = 0x40,
    NO_OPTIMISTIC = 0x80,
    ABSENT_I = 0x100, /* its first mechanism cannot be created */
    ABSENT_A = 0x200,
    STUCK = 0x400,
    ONE_LEG = 0x800,
    PIECES = 0x1000,  /* max_fragment is 20 */
    SAYS_WHY = 0x2000 /* mechanisms that fail do */
};

/* script_setup is pair_init with fakes, `how`, and a listener. */
void script_setup(struct pair *pair, struct told *told, const char *initiator,
                  const char *acceptor, unsigned hops, unsigned how);
extern struct fake_cred script_fakes[2][4]; /* by role, in the order of the offers */

/* script_token makes the octets of `words`, on the heap in exactly their size;
 * script_release frees all of them. */
struct spnego_slice script_token(const char *words);
void script_release(void);

/* A play is a side that is told `lines`, up to NULL. */
struct play {
    enum spnego_role role;
    const char *letters; /* of its offers */
    unsigned hops;
    unsigned how;
    unsigned tolerate;
    const char *lines[6];
};

/* script_play opens `pair`, plays, and checks that all lines but the last go
 * well.  Returns what is said to the last; its status is in pair->status. */
struct spnego_slice script_play(struct pair *pair, struct told *told, const struct play *play);

/* script_letters writes a list as letters, "AB". */
void script_letters(char *out, size_t cap, const struct spnego_mech_type_list *list);

#endif
