/*
 * Both sides of a negotiation by MIT krb5, over the plug-in that GSS_MECH_CONFIG
 * names.  Credentials and the target's name are made once: with default ones MIT
 * would look for Kerberos tickets and keys in each negotiation.
 */
#include "negotiate.h"

#include <gssapi/gssapi.h>
#include <gssapi/gssapi_ext.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static gss_OID_desc spnego = {6, "\x2b\x06\x01\x05\x05\x02"};
static gss_OID_desc toys[] = {{6, "\x69\x85\xa2\xc0\xac\x66"}, {6, "\x69\x84\xb0\xd1\xa8\x2c"}};

static gss_name_t target = GSS_C_NO_NAME;
static gss_cred_id_t creds[2] = {GSS_C_NO_CREDENTIAL, GSS_C_NO_CREDENTIAL};

static void
insist(OM_uint32 major, const char *what)
{
    if (major == GSS_S_COMPLETE)
        return;
    fprintf(stderr, "negotiate: MIT krb5 cannot %s: %x\n", what, major);
    exit(EXIT_FAILURE);
}

/* Credentials of `mech` that negotiate `toy_set`. */
static gss_cred_id_t
acquire(gss_OID mech, gss_cred_usage_t usage, gss_OID_set toy_set)
{
    gss_OID_set_desc mechs = {1, mech};
    gss_cred_id_t cred;
    OM_uint32 minor;

    insist(gss_acquire_cred(&minor, GSS_C_NO_NAME, GSS_C_INDEFINITE, &mechs, usage, &cred, NULL,
                            NULL),
           "acquire credentials");
    if (mech == &spnego)
        insist(gss_set_neg_mechs(&minor, cred, toy_set), "limit the mechanisms");
    return cred;
}

/* The plug-in asks the environment how to behave: it is kept small. */
static void
ask_for_negoex(bool wanted)
{
    static const char *const settings[][2] = {{"TOY_NEGOEX", "ab"},
                                              {"TOY_METADATA", NEGOTIATE_METADATA},
                                              {"TOY_GOT_METADATA", NEGOTIATE_METADATA}};
    size_t i;

    for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        if (wanted)
            setenv(settings[i][0], settings[i][1], 1);
        else
            unsetenv(settings[i][0]);
    }
}

static void
open_flow(const struct negotiate_flow *flow)
{
    gss_buffer_desc text = {13, "host@invented"};
    gss_OID_set_desc all = {2, toys}, only_b = {1, &toys[1]};
    gss_OID mech = flow->by == NEGOTIATE_NOTHING ? &toys[0] : &spnego;
    OM_uint32 minor;
    char hops[16];

    snprintf(hops, sizeof(hops), "%u", flow->hops);
    setenv("TOY_HOPS", hops, 1);
    setenv("TOY_INTEGRITY", "1", 1);
    ask_for_negoex(flow->by == NEGOTIATE_NEGOEX);
    insist(gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, &target),
           "import a name");
    creds[0] = acquire(mech, GSS_C_INITIATE, &all);
    creds[1] = acquire(mech, GSS_C_ACCEPT, flow->reselect ? &only_b : &all);
}

static void
close_flow(void)
{
    OM_uint32 minor;

    gss_release_name(&minor, &target);
    gss_release_cred(&minor, &creds[0]);
    gss_release_cred(&minor, &creds[1]);
}

static OM_uint32
initiate(gss_ctx_id_t *ctx, gss_OID wanted, gss_buffer_t in, gss_buffer_t out, gss_OID *mech)
{
    OM_uint32 minor;

    return gss_init_sec_context(&minor, creds[0], ctx, target, wanted, GSS_C_MUTUAL_FLAG, 0,
                                GSS_C_NO_CHANNEL_BINDINGS, in, mech, out, NULL, NULL);
}

static OM_uint32
accept(gss_ctx_id_t *ctx, gss_buffer_t in, gss_buffer_t out, gss_OID *mech)
{
    OM_uint32 minor;

    return gss_accept_sec_context(&minor, ctx, creds[1], in, GSS_C_NO_CHANNEL_BINDINGS, NULL,
                                  mech, out, NULL, NULL, NULL);
}

/* Passes tokens until nobody has one; true if both sides are complete. */
static bool
talk(gss_ctx_id_t ctx[2], gss_OID wanted, struct negotiate_wire *wire, gss_OID mechs[2])
{
    gss_buffer_desc in = GSS_C_EMPTY_BUFFER, out;
    OM_uint32 major[2] = {GSS_S_CONTINUE_NEEDED, GSS_S_CONTINUE_NEEDED}, minor;
    int turn = 0;

    do {
        out.length = 0;
        out.value = NULL;
        major[turn] = turn == 0 ? initiate(&ctx[0], wanted, &in, &out, &mechs[0])
                                : accept(&ctx[1], &in, &out, &mechs[1]);
        turn = 1 - turn;
        gss_release_buffer(&minor, &in);
        in = out;
        if (in.length > 0)
            negotiate_sent(wire, in.value, in.length);
    } while (in.length > 0 && !GSS_ERROR(major[0]) && !GSS_ERROR(major[1]));
    gss_release_buffer(&minor, &in);
    return major[0] == GSS_S_COMPLETE && major[1] == GSS_S_COMPLETE;
}

static bool
is_same(gss_OID a, gss_OID b)
{
    return a != GSS_C_NO_OID && a->length == b->length &&
           memcmp(a->elements, b->elements, b->length) == 0;
}

static bool
run(const struct negotiate_flow *flow, struct negotiate_wire *wire)
{
    gss_ctx_id_t ctx[2] = {GSS_C_NO_CONTEXT, GSS_C_NO_CONTEXT};
    gss_OID mechs[2] = {GSS_C_NO_OID, GSS_C_NO_OID};
    bool good = talk(ctx, flow->by == NEGOTIATE_NOTHING ? &toys[0] : &spnego, wire, mechs);
    OM_uint32 minor;

    good = good && is_same(mechs[0], &toys[flow->reselect]) &&
           is_same(mechs[1], &toys[flow->reselect]);
    gss_delete_sec_context(&minor, &ctx[0], GSS_C_NO_BUFFER);
    gss_delete_sec_context(&minor, &ctx[1], GSS_C_NO_BUFFER);
    return good;
}

const struct negotiate_party negotiate_mit = {"MIT", open_flow, run, close_flow};
