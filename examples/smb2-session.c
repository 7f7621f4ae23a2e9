/* smb2-session.c: sets up a session with an SMB2 server, and proves by a signed request that
 * both sides have the same key.
 *
 *     PASSWD=secret smb2-session [-h ignore|drop|order] HOST PORT [USER]
 *
 * It offers Kerberos, by the tickets of the one who runs it, and behind it, if there is a
 * USER, NTLM with the password in PASSWD, else the one in NTLM_USER_FILE.  -h is what to do
 * with the server's hint.
 *
 * Exit status: 0 the session was set up, 1 the server refused it, 2 usage, 3 anything else. */
#include "smb2.h"

#include <gssapi/gssapi_ext.h>
#include <inttypes.h>
#include <spnego/gss.h>
#include <spnego/spnego.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum end { SET_UP, REFUSED, USAGE, FAILED };

struct options {
    enum spnego_hint_policy hint_policy;
    const char *host, *port;
    const char *user, *password; /* or NULL */
};

static enum end
complain(const char *what, const char *why)
{
    fprintf(stderr, "smb2-session: %s: %s\n", what, why);
    return FAILED;
}

static enum end
refused(const char *what, uint32_t status)
{
    fprintf(stderr, "smb2-session: %s refused: %s (0x%08x)\n", what, smb2_status_name(status),
            (unsigned)status);
    return REFUSED;
}

/* ---- Credentials ---------------------------------------------------------------------- */

static bool
gss_ok(const char *what, OM_uint32 major, OM_uint32 minor)
{
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 ignored, more = 0;

    if (!GSS_ERROR(major))
        return true;
    gss_display_status(&ignored, minor != 0 ? minor : major,
                       minor != 0 ? GSS_C_MECH_CODE : GSS_C_GSS_CODE, GSS_C_NO_OID, &more,
                       &text);
    complain(what, text.length > 0 ? (const char *)text.value : "no reason given");
    gss_release_buffer(&ignored, &text);
    return false;
}

static bool
import_name(gss_name_t *name, const char *text, gss_OID type)
{
    gss_buffer_desc buffer = {strlen(text), (void *)text};
    OM_uint32 minor, major = gss_import_name(&minor, &buffer, type, name);

    return gss_ok(text, major, minor);
}

/* Makes the credential for NTLM, if it is to be offered. */
static bool
log_in(gss_cred_id_t *cred, const struct options *options)
{
    gss_OID_desc ntlm = {(OM_uint32)spnego_gss_ntlmssp.oid.len,
                         (void *)spnego_gss_ntlmssp.oid.ptr};
    gss_OID_set_desc mechs = {1, &ntlm};
    gss_buffer_desc password = {0, (void *)options->password};
    OM_uint32 major, minor, ignored;
    gss_name_t name;

    if (options->user == NULL)
        return true;
    if (!import_name(&name, options->user, GSS_C_NT_USER_NAME))
        return false;
    if (options->password != NULL) {
        password.length = strlen(options->password);
        major = gss_acquire_cred_with_password(&minor, name, &password, GSS_C_INDEFINITE,
                                               &mechs, GSS_C_INITIATE, cred, NULL, NULL);
    } else {
        major = gss_acquire_cred(&minor, name, GSS_C_INDEFINITE, &mechs, GSS_C_INITIATE, cred,
                                 NULL, NULL);
    }
    gss_release_name(&ignored, &name);
    return gss_ok("credential for NTLM", major, minor);
}

/* ---- The session ---------------------------------------------------------------------- */

static void
print_event(void *arg, const struct spnego_event *event)
{
    char line[512];

    (void)arg;
    spnego_event_format(line, sizeof(line), event);
    printf("  %s\n", line);
}

static enum end
give_up(const struct spnego_ctx *ctx)
{
    char reason[512];

    spnego_ctx_reason(ctx, reason, sizeof(reason));
    return complain("negotiation", reason);
}

/* Carries tokens until both sides have finished, or one does not want to go on. */
static enum end
set_up(struct smb2 *c, struct spnego_ctx *ctx)
{
    struct spnego_slice in = {NULL, 0}, out;
    enum spnego_status status;
    bool waits = true; /* the server, for a token */

    do {
        status = spnego_ctx_step(ctx, &out, in);
        in.len = 0;
        if (waits && (status == SPNEGO_CONTINUE || out.len > 0)) {
            if (!smb2_session_setup(c, &in, out))
                return complain("SESSION_SETUP", c->why);
            printf("SESSION_SETUP: %s\n", smb2_status_name(c->status));
            out.len = 0;
        }
        if (waits && status < SPNEGO_OK)
            return give_up(ctx); /* The server was told, if there was anything to tell. */
        waits = c->status == SMB2_STATUS_MORE_PROCESSING_REQUIRED;
    } while (status == SPNEGO_CONTINUE && (waits || in.len > 0));

    if (!waits && c->status != SMB2_STATUS_SUCCESS)
        return refused("SESSION_SETUP", c->status);
    if (status < SPNEGO_OK)
        return give_up(ctx);
    if (waits || status == SPNEGO_CONTINUE || out.len > 0)
        return complain("SESSION_SETUP", "one side has finished, and the other has not");
    return SET_UP;
}

/* Both sides have the session key of the mechanism, whatever SPNEGO was around it. */
static bool
take_key(struct smb2 *c, const struct spnego_ctx *ctx)
{
    gss_buffer_set_t keys = GSS_C_NO_BUFFER_SET;
    struct spnego_gss_outcome outcome;
    struct spnego_slice key;
    OM_uint32 major, minor;
    bool ok;

    spnego_gss_outcome(spnego_ctx_mech(ctx), &outcome);
    major = gss_inquire_sec_context_by_oid(&minor, outcome.context, GSS_C_INQ_SSPI_SESSION_KEY,
                                           &keys);
    if (!gss_ok("session key", major, minor))
        return false;
    if (keys == GSS_C_NO_BUFFER_SET || keys->count == 0)
        return complain("session key", "the mechanism has none") == SET_UP;
    key.ptr = (const uint8_t *)keys->elements[0].value;
    key.len = keys->elements[0].length;
    ok = smb2_use_key(c, key);
    gss_release_buffer_set(&minor, &keys);
    if (!ok)
        complain("SESSION_SETUP", c->why);
    return ok;
}

/* A server that does not have our key refuses what we sign, and we what it signs. */
static enum end
use(struct smb2 *c, const struct spnego_ctx *ctx, const char *host)
{
    printf("session 0x%" PRIx64 "\n", c->session_id);
    if ((c->session_flags & (SMB2_SESSION_GUEST | SMB2_SESSION_ANONYMOUS)) != 0)
        return complain("session", "for a guest, who has no key to sign with"); /* 3.2.5.3.1 */
    if (!take_key(c, ctx))
        return FAILED;
    if (!smb2_tree_connect(c, host, "IPC$"))
        return complain("TREE_CONNECT", c->why);
    printf("TREE_CONNECT: %s, signed\n", smb2_status_name(c->status));
    if (!smb2_logoff(c))
        return complain("LOGOFF", c->why);
    printf("LOGOFF: %s\n", smb2_status_name(c->status));
    return SET_UP;
}

static enum end
converse(struct smb2 *c, struct spnego_ctx *ctx, const struct options *options)
{
    struct spnego_slice hint;
    enum end end;

    if (!smb2_open(c, options->host, options->port))
        return complain("connection", c->why);
    if (!smb2_negotiate(c, &hint))
        return complain("NEGOTIATE", c->why);
    printf("NEGOTIATE: dialect %s, signing %s\n",
           c->dialect == SMB2_DIALECT_2_1 ? "2.1" : "2.0.2",
           (c->security_mode & SMB2_SIGNING_REQUIRED) != 0 ? "required" : "possible");
    /* A hint that cannot be read is an event, and no reason to give up. */
    if (hint.len > 0 && spnego_ctx_take_hint(ctx, hint) == SPNEGO_E_STATE)
        return complain("hint", "not taken");
    end = set_up(c, ctx);
    return end == SET_UP ? use(c, ctx, options->host) : end;
}

/* ---- From the command line ------------------------------------------------------------ */

/* Offers Kerberos and NTLM for the service "cifs" of the host. */
static enum end
negotiate(const struct options *options, gss_name_t target, gss_cred_id_t login)
{
    struct spnego_gss_cred krb5 = {.size = sizeof(krb5), .target = target}, ntlm = krb5;
    const struct spnego_offer offers[] = {{&spnego_gss_krb5, &krb5},
                                          {&spnego_gss_ntlmssp, &ntlm}};
    struct spnego_config config = {.size = sizeof(config),
                                   .role = SPNEGO_INITIATOR,
                                   .offers = offers,
                                   .tolerate = SPNEGO_TOLERATE_INTEROP,
                                   .hint_policy = options->hint_policy,
                                   .on_event = print_event};
    static struct smb2 connection;
    struct spnego_ctx *ctx;
    enum spnego_status status;
    enum end end;

    krb5.req_flags = GSS_C_MUTUAL_FLAG;
    ntlm.cred = login;
    config.num_offers = options->user != NULL ? 2 : 1;
    /* A hint that is followed may so put NTLM first, and anybody can forge one: 1 forbids
     * it. */
    config.hint_floor = config.num_offers;
    status = spnego_ctx_new(&ctx, &config);
    if (status != SPNEGO_OK)
        return complain("negotiation", spnego_status_name(status));
    end = converse(&connection, ctx, options);
    smb2_close(&connection);
    spnego_ctx_free(ctx);
    return end;
}

static enum end
log_in_and_negotiate(const struct options *options)
{
    gss_cred_id_t login = GSS_C_NO_CREDENTIAL;
    gss_name_t target = GSS_C_NO_NAME;
    enum end end = FAILED;
    char service[300];
    OM_uint32 minor;

    snprintf(service, sizeof(service), "cifs@%s", options->host);
    if (import_name(&target, service, GSS_C_NT_HOSTBASED_SERVICE) && log_in(&login, options))
        end = negotiate(options, target, login);
    gss_release_cred(&minor, &login);
    gss_release_name(&minor, &target);
    return end;
}

static bool
read_options(struct options *options, int argc, char **argv)
{
    static const char *const policies[] = {"ignore", "drop", "order"};
    int option, i;

    while ((option = getopt(argc, argv, "h:")) != -1) {
        for (i = 0; option == 'h' && i < 3 && strcmp(optarg, policies[i]) != 0; i++)
            ;
        if (option != 'h' || i == 3)
            return false;
        options->hint_policy = (enum spnego_hint_policy)i;
    }
    if (argc - optind < 2 || argc - optind > 3)
        return false;
    options->host = argv[optind];
    options->port = argv[optind + 1];
    options->user = argv[optind + 2]; /* or NULL: the end of argv */
    options->password = getenv("PASSWD");
    return true;
}

int
main(int argc, char **argv)
{
    struct options options = {SPNEGO_HINT_IGNORE, NULL, NULL, NULL, NULL};

    setvbuf(stdout, NULL, _IOLBF, 0);
    if (!read_options(&options, argc, argv)) {
        fprintf(stderr,
                "usage: PASSWD=... smb2-session [-h ignore|drop|order] HOST PORT [USER]\n");
        return USAGE;
    }
    return (int)log_in_and_negotiate(&options);
}
