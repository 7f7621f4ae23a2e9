/* acceptor.c: our acceptor with what Samba has, for server.py, which has SMB2 around it.
 * Kerberos takes part if there is a keytab.
 *
 * It takes tokens and gives tokens as in ../mit/lines.h, and behind each a line more:
 * "waits", "failed" and the reason, or "complete", the session key, the MICs and who called. */
#include <gssapi/gssapi_ext.h>
#include <spnego/gss.h>
#include <spnego/spnego.h>

#include "../mit/lines.h"

static void
write_key(gss_ctx_id_t context)
{
    gss_buffer_set_t keys = GSS_C_NO_BUFFER_SET;
    OM_uint32 minor;
    size_t i;

    if (gss_inquire_sec_context_by_oid(&minor, context, GSS_C_INQ_SSPI_SESSION_KEY, &keys) !=
            GSS_S_COMPLETE ||
        keys->count == 0)
        stop("there is no session key");
    for (i = 0; i < keys->elements[0].length; i++)
        printf("%02x", ((uint8_t *)keys->elements[0].value)[i]);
    gss_release_buffer_set(&minor, &keys);
}

static void
write_complete(const struct spnego_ctx *ctx)
{
    gss_buffer_desc name = GSS_C_EMPTY_BUFFER;
    struct spnego_outcome outcome;
    struct spnego_gss_outcome gss;
    OM_uint32 minor;

    spnego_ctx_outcome(ctx, &outcome);
    spnego_gss_outcome(spnego_ctx_mech(ctx), &gss);
    printf("complete ");
    write_key(gss.context);
    gss_display_name(&minor, gss.initiator, &name, NULL);
    printf(" mic:%s/%s %.*s\n", outcome.mic_sent ? "yes" : "no",
           outcome.mic_verified ? "yes" : "no", (int)name.length, (const char *)name.value);
    gss_release_buffer(&minor, &name);
}

static void
write_state(const struct spnego_ctx *ctx, enum spnego_status status)
{
    char reason[512];

    spnego_ctx_reason(ctx, reason, sizeof(reason));
    if (status == SPNEGO_OK)
        write_complete(ctx);
    else
        printf(status == SPNEGO_CONTINUE ? "waits\n" : "failed %s\n", reason);
    fflush(stdout);
}

int
main(void)
{
    static uint8_t octets[MAX_TOKEN];
    const struct spnego_offer offers[] = {{&spnego_gss_ms_krb5, NULL},
                                          {&spnego_gss_krb5, NULL},
                                          {&spnego_gss_ntlmssp, NULL}};
    const struct spnego_config config = {.size = sizeof(config),
                                         .role = SPNEGO_ACCEPTOR,
                                         .offers = offers,
                                         .num_offers = 3,
                                         .tolerate = SPNEGO_TOLERATE_INTEROP};
    struct spnego_slice in = {octets, 0}, out;
    enum spnego_status status = SPNEGO_CONTINUE;
    struct spnego_ctx *ctx;

    if (spnego_ctx_new(&ctx, &config) != SPNEGO_OK)
        stop("spnego_ctx_new failed");
    while (status == SPNEGO_CONTINUE && read_line(octets, &in.len)) {
        status = spnego_ctx_step(ctx, &out, in);
        write_line(out.ptr, out.len);
        write_state(ctx, status);
    }
    spnego_ctx_free(ctx);
    return EXIT_SUCCESS;
}
