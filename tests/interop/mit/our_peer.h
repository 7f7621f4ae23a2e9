/* our_peer.h: what the files of our_peer share. */
#ifndef OUR_PEER_H
#define OUR_PEER_H

#include <spnego/gss.h>
#include <spnego/negoex_mech.h>
#include <spnego/negotiate.h>

#include "lines.h"
#include "toy_mech.h"

/* What the options set. */
struct wanted {
    unsigned hops, integrity, mic_key, fails, says_why, wants_mic;
    unsigned tolerate, hint_floor, require_mic, no_optimistic, no_hints;
    unsigned no_ap_request, gss;
    unsigned hint, choice, keys;
    const char *absent, *failing;                      /* letters */
    const char *negoex, *query_fails, *exchange_fails; /* letters */
    const char *metadata, *got_metadata;
    unsigned living; /* mechanisms that were created and not destroyed */
};
extern struct wanted wanted;

/* set_option takes "NAME=VALUE"; it knows the names. */
void set_option(const char *option);

/* A mechanism of plugin.c, by the adapter for those of the system. */
struct adapted {
    gss_OID_desc oid;
    struct spnego_mech_ops ops;
    struct spnego_gss_cred cred;
};

/* What is offered, by SPNEGO itself and inside NegoEx. */
struct offers {
    struct toy_cred creds[2];
    struct adapted adapted[2];
    struct spnego_offer list[2], inner[2];
    size_t count, num_inner;
    struct negoex_config negoex;
};

/* make_offers fills `offers` with the mechanisms that have these letters. */
void make_offers(struct offers *offers, const char *letters);

#endif
