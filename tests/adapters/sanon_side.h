/* sanon_side.h: one side of a SAnon-X25519 handshake, for tests. */
#ifndef SANON_SIDE_H
#define SANON_SIDE_H

#include "spnego/sanon.h"

#include <check.h>

#define INITIATOR_TOKEN 46 /* octets, without flags */
#define ACCEPTOR_TOKEN 64

struct side {
    struct spnego_sanon_cred cred; /* what side_open takes; all zero means the defaults */
    enum spnego_role role;
    void *mech;
    uint8_t said[128]; /* by the last step, or the last MIC */
    size_t len;
    char why[96]; /* of the last step that failed */
};

static inline void
side_open(struct side *side, enum spnego_role role)
{
    side->cred.size = sizeof(side->cred);
    side->role = role;
    side->mech = NULL;
    ck_assert_int_eq(spnego_sanon.create(&side->mech, &side->cred, role), SPNEGO_OK);
    ck_assert_ptr_nonnull(side->mech);
}

static inline void
side_close(struct side *side)
{
    if (side->mech != NULL)
        spnego_sanon.destroy(side->mech);
    side->mech = NULL;
}

static inline struct spnego_slice
side_said(const struct side *side)
{
    return (struct spnego_slice){side->said, side->len};
}

static inline enum spnego_status
side_step(struct side *side, struct spnego_slice in)
{
    struct spnego_buf out = {side->said, sizeof(side->said), 0, NULL};
    enum spnego_status status = spnego_sanon.step(side->mech, &out, in);

    side->len = out.len;
    if (status < 0) {
        ck_assert_uint_eq(side->len, 0);
        ck_assert_uint_eq(spnego_sanon.flags(side->mech), 0);
        spnego_sanon.why(side->mech, side->why, sizeof(side->why));
        ck_assert_str_ne(side->why, "");
    }
    return status;
}

static inline enum spnego_status
side_sign(struct side *side, struct spnego_slice message)
{
    struct spnego_buf out = {side->said, sizeof(side->said), 0, NULL};
    enum spnego_status status = spnego_sanon.make_mic(side->mech, &out, message);

    side->len = out.len;
    return status;
}

/* side_begin opens both and has the initiator speak. */
static inline void
side_begin(struct side *initiator, struct side *acceptor)
{
    side_open(initiator, SPNEGO_INITIATOR);
    side_open(acceptor, SPNEGO_ACCEPTOR);
    ck_assert_int_eq(side_step(initiator, (struct spnego_slice){NULL, 0}), SPNEGO_CONTINUE);
}

/* side_finish does the rest. */
static inline void
side_finish(struct side *initiator, struct side *acceptor)
{
    ck_assert_int_eq(side_step(acceptor, side_said(initiator)), SPNEGO_OK);
    ck_assert_int_eq(side_step(initiator, side_said(acceptor)), SPNEGO_OK);
    ck_assert_uint_eq(initiator->len, 0);
    ck_assert_uint_eq(spnego_sanon.flags(initiator->mech), SPNEGO_MECH_INTEGRITY);
    ck_assert_uint_eq(spnego_sanon.flags(acceptor->mech), SPNEGO_MECH_INTEGRITY);
}

TCase *sanon_hostile_cases(void); /* test_sanon_hostile.c */
TCase *sanon_memory_cases(void);  /* test_sanon_memory.c */

#endif
