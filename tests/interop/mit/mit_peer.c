/* mit_peer.c: one side of a negotiation by MIT krb5, with SPNEGO as mechanism
 * and default credentials: "mit_peer initiator" or "mit_peer acceptor".
 *
 * A line of standard input is a token of the other side in hexadecimal digits,
 * "-" an empty one: with that an initiator begins, and an acceptor gives its
 * NegTokenInit2.  A line of standard output is the token that answers.  When the
 * negotiation has ended, or standard input has, there is one line more: "= ",
 * the major status in hexadecimal digits, and the letter of the mechanism or "-".
 * PEER_BINDINGS in the environment are its channel bindings. */
#include "gss_args.h"

static gss_OID_desc spnego = {6, "\x2b\x06\x01\x05\x05\x02"};

static char
mech_letter(gss_OID mech)
{
    return mech == GSS_C_NO_OID ? '-' : toy_letter(mech->elements, mech->length);
}

static OM_uint32
initiate(gss_ctx_id_t *ctx, gss_buffer_t in, gss_buffer_t out, gss_OID *mech)
{
    gss_name_t name = gss_target();
    OM_uint32 major, minor, ignored;

    major =
        gss_init_sec_context(&minor, GSS_C_NO_CREDENTIAL, ctx, name, &spnego, GSS_C_MUTUAL_FLAG,
                             0, gss_bindings(), in, mech, out, NULL, NULL);
    gss_release_name(&ignored, &name);
    return major;
}

static OM_uint32
accept(gss_ctx_id_t *ctx, gss_buffer_t in, gss_buffer_t out, gss_OID *mech)
{
    OM_uint32 minor;

    return gss_accept_sec_context(&minor, ctx, GSS_C_NO_CREDENTIAL, in, gss_bindings(), NULL,
                                  mech, out, NULL, NULL, NULL);
}

int
main(int argc, char **argv)
{
    static uint8_t octets[MAX_TOKEN];
    gss_ctx_id_t ctx = GSS_C_NO_CONTEXT;
    OM_uint32 major = GSS_S_CONTINUE_NEEDED, minor;
    gss_OID mech = GSS_C_NO_OID;
    bool begins;

    if (argc != 2)
        stop("usage: mit_peer initiator|acceptor");
    begins = is_initiator(argv[1]);
    while (major == GSS_S_CONTINUE_NEEDED) {
        gss_buffer_desc in = {0, octets}, out = GSS_C_EMPTY_BUFFER;

        if (!read_line(octets, &in.length))
            break;
        mech = GSS_C_NO_OID;
        major = begins ? initiate(&ctx, &in, &out, &mech) : accept(&ctx, &in, &out, &mech);
        write_line(out.value, out.length);
        gss_release_buffer(&minor, &out);
    }
    printf("= %x %c\n", major, major == GSS_S_COMPLETE ? mech_letter(mech) : '-');
    gss_delete_sec_context(&minor, &ctx, GSS_C_NO_BUFFER);
    return EXIT_SUCCESS;
}
