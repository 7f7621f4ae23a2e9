/* mit_gss_peer.c: one side of a negotiation by MIT krb5 with the mechanisms that it has;
 * side.h says how it is called and what it says.  Its status is a major status. */
#include "side.h"

static gss_OID_desc spnego = {6, "\x2b\x06\x01\x05\x05\x02"};

/* One side, as far as it has come. */
struct mit {
    struct side side;
    gss_cred_id_t cred;
    gss_OID mech;
    OM_uint32 major, minor;
    struct found found;
};

/* A credential for the wanted mechanisms, in their order. */
static OM_uint32
acquire(struct mit *mit)
{
    gss_OID_desc wanted[MAX_MECHS];
    gss_OID_set_desc only_spnego = {1, &spnego}, set = side_mechs(&mit->side, wanted);
    OM_uint32 major = side_acquire(&mit->side, &mit->minor, &only_spnego, &mit->cred);

    return GSS_ERROR(major) ? major : gss_set_neg_mechs(&mit->minor, mit->cred, &set);
}

static OM_uint32
step(struct mit *mit, gss_buffer_t in, gss_buffer_t out)
{
    struct side *side = &mit->side;
    struct found *found = &mit->found;
    OM_uint32 major = mit->cred == GSS_C_NO_CREDENTIAL ? acquire(mit) : GSS_S_COMPLETE;

    if (GSS_ERROR(major))
        return major;
    if (side->initiator)
        return gss_init_sec_context(&mit->minor, mit->cred, &found->context, side->service,
                                    &spnego, side->flags, 0, side->bindings, in, &mit->mech,
                                    out, &found->flags, NULL);
    return gss_accept_sec_context(&mit->minor, &found->context, mit->cred, in, side->bindings,
                                  NULL, &mit->mech, out, &found->flags, NULL,
                                  &found->delegated);
}

static void
write_text(OM_uint32 status, int kind)
{
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor, more = 0;

    gss_display_status(&minor, status, kind, &spnego, &more, &text);
    printf("%.*s", (int)text.length, (const char *)text.value);
    gss_release_buffer(&minor, &text);
}

static void
write_end(struct mit *mit)
{
    struct found *found = &mit->found;
    char letter = '-';
    OM_uint32 minor;

    if (mit->major == GSS_S_COMPLETE) {
        letter = mech_letter(mit->mech->elements, mit->mech->length);
        gss_inquire_context(&minor, found->context, &found->initiator, &found->acceptor, NULL,
                            NULL, NULL, NULL, NULL);
        if (!is_toy(letter))
            prove(&mit->side, found);
    }
    printf("= %x %c", mit->major, letter);
    if (letter == '-') {
        printf(" | ");
        write_text(mit->major, GSS_C_GSS_CODE);
        printf("; ");
        write_text(mit->minor, GSS_C_MECH_CODE);
    } else if (!is_toy(letter)) {
        write_found(found);
    }
    puts("");
}

static void
end(struct mit *mit)
{
    OM_uint32 minor;

    gss_delete_sec_context(&minor, &mit->found.context, GSS_C_NO_BUFFER);
    gss_release_name(&minor, &mit->found.initiator);
    gss_release_name(&minor, &mit->found.acceptor);
    gss_release_cred(&minor, &mit->found.delegated);
    gss_release_cred(&minor, &mit->cred);
    side_end(&mit->side);
}

int
main(int argc, char **argv)
{
    static uint8_t octets[MAX_TOKEN];
    struct mit mit = {.major = GSS_S_CONTINUE_NEEDED};
    gss_buffer_desc in = {0, octets}, out = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;
    int i;

    side_begin(&mit.side, argc, argv);
    for (i = 3; i < argc; i++)
        if (!side_option(&mit.side, argv[i]))
            stop("there is no such option");
    while (mit.major == GSS_S_CONTINUE_NEEDED && read_line(octets, &in.length)) {
        mit.major = step(&mit, &in, &out);
        write_answer(mit.major == GSS_S_CONTINUE_NEEDED, mit.major == GSS_S_COMPLETE, out.value,
                     out.length);
        gss_release_buffer(&minor, &out);
    }
    write_end(&mit);
    end(&mit);
    return EXIT_SUCCESS;
}
