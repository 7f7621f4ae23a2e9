/* decode.c: a server looks at a client's first token.
 *
 *     cc decode.c -lspnego && ./a.out < token.bin
 */
#include <spnego/spnego.h>
#include <stdio.h>

static void
log_finding(void *arg, const struct spnego_finding *finding)
{
    char text[200], path[100];

    (void)arg;
    spnego_finding_format(text, sizeof(text), finding);
    spnego_path_format(path, sizeof(path), finding->path);
    fprintf(stderr, "octet %zu, %s: %s [SPN%u]\n", finding->off, path, text, finding->code);
}

int
main(void)
{
    static uint8_t buffer[SPNEGO_DEFAULT_MAX_LEN];
    struct spnego_decode_opts opts =
        {sizeof(opts), SPNEGO_TOLERATE_LONG_LENGTH, 0, 0, log_finding, NULL, NULL};
    struct spnego_slice token = {buffer, 0}, oid;
    struct spnego_negotiation_token decoded;
    char text[SPNEGO_OID_TEXT_MAX];
    size_t pos = 0;

    token.len = fread(buffer, 1, sizeof(buffer), stdin);
    if (spnego_token_decode(&decoded, token, &opts) != SPNEGO_OK ||
        decoded.kind != SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT)
        return 1;
    while (spnego_mech_type_list_next(&oid, &pos, &decoded.u.neg_token_init.mech_types)) {
        spnego_oid_format(text, sizeof(text), oid);
        printf("offered: %s\n", text);
    }
    printf("optimistic token: %zu octets\n", decoded.u.neg_token_init.mech_token.len);
    return 0;
}
