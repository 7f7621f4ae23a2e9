/* our_offers.c: the mechanisms that our_peer offers. */
#include "our_peer.h"

#include "gss_args.h"

static void
make_cred(struct toy_cred *cred, char letter)
{
    cred->hops = wanted.hops;
    cred->integrity = wanted.integrity != 0;
    cred->wants_mic = wanted.wants_mic != 0;
    cred->absent = strchr(wanted.absent, letter) != NULL;
    cred->fails = strchr(wanted.failing, letter) != NULL ? wanted.fails : 0;
    cred->says_why = wanted.says_why != 0;
    cred->mic_key = (uint8_t)wanted.mic_key;
    cred->living = &wanted.living;
    cred->keys = (enum toy_keys)wanted.keys;
    cred->metadata = wanted.metadata;
    cred->got_metadata = wanted.got_metadata;
    cred->refuses_to_make = strchr(wanted.query_fails, letter) != NULL;
    cred->refuses_to_take = strchr(wanted.exchange_fails, letter) != NULL;
}

static struct spnego_offer
adapt(struct adapted *adapted, const struct spnego_mech_ops *toy)
{
    struct spnego_offer offer = {&adapted->ops, &adapted->cred};

    adapted->oid.length = (OM_uint32)toy->oid.len;
    adapted->oid.elements = (void *)toy->oid.ptr;
    spnego_gss_any(&adapted->ops, toy->oid);
    adapted->ops.auth_scheme = toy->auth_scheme;
    adapted->cred.size = sizeof(adapted->cred);
    adapted->cred.mech = &adapted->oid;
    adapted->cred.target = gss_target();
    adapted->cred.bindings = gss_bindings();
    return offer;
}

static struct spnego_offer
offer_toy(struct offers *offers, size_t i, char letter)
{
    struct spnego_offer offer = {letter == 'a' ? &toy_a : &toy_b, &offers->creds[i]};

    if (wanted.gss)
        return adapt(&offers->adapted[i], offer.ops);
    make_cred(&offers->creds[i], letter);
    return offer;
}

static void
offer_negoex(struct offers *offers, struct spnego_offer inner)
{
    if (offers->num_inner == 0) {
        offers->list[offers->count].ops = &negoex_mech;
        offers->list[offers->count++].cred = &offers->negoex;
    }
    offers->inner[offers->num_inner++] = inner;
}

void
make_offers(struct offers *offers, const char *letters)
{
    struct spnego_offer offer;
    const char *fault;
    size_t i;

    memset(offers, 0, sizeof(*offers));
    for (i = 0; letters[i] != '\0'; i++) {
        if (i == 2 || (letters[i] != 'a' && letters[i] != 'b'))
            stop("the second argument is a, b, ab or ba");
        offer = offer_toy(offers, i, letters[i]);
        if (strchr(wanted.negoex, letters[i]) != NULL)
            offer_negoex(offers, offer);
        else
            offers->list[offers->count++] = offer;
    }
    offers->negoex.size = sizeof(offers->negoex);
    offers->negoex.offers = offers->inner;
    offers->negoex.num_offers = offers->num_inner;
    offers->negoex.crypto = &spnego_krb5_crypto;
    offers->negoex.no_optimistic = wanted.no_ap_request != 0;
    fault = offers->num_inner == 0 ? NULL : negoex_config_fault(&offers->negoex);
    if (fault != NULL)
        stop(fault);
}
