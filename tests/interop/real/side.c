/* side.c: see side.h. */
#include "side.h"

static const struct {
    char letter;
    gss_OID_desc oid;
} mechs[] = {
    {'k', {9, "\x2a\x86\x48\x86\xf7\x12\x01\x02\x02"}},      /* 1.2.840.113554.1.2.2 */
    {'m', {9, "\x2a\x86\x48\x82\xf7\x12\x01\x02\x02"}},      /* 1.2.840.48018.1.2.2 */
    {'n', {10, "\x2b\x06\x01\x04\x01\x82\x37\x02\x02\x0a"}}, /* 1.3.6.1.4.1.311.2.2.10 */
    {'a', {6, "\x69\x85\xa2\xc0\xac\x66"}},
    {'b', {6, "\x69\x84\xb0\xd1\xa8\x2c"}},
};
#define NUM_MECHS (sizeof(mechs) / sizeof(mechs[0]))

static const struct {
    const char *word;
    OM_uint32 flag;
} promises[] = {
    {"mutual", GSS_C_MUTUAL_FLAG},
    {"dce", GSS_C_DCE_STYLE},
    {"deleg", GSS_C_DELEG_FLAG},
};
#define NUM_PROMISES (sizeof(promises) / sizeof(promises[0]))

static const gss_OID_desc *
mech_oid(char letter)
{
    size_t i;

    for (i = 0; i < NUM_MECHS; i++)
        if (mechs[i].letter == letter)
            return &mechs[i].oid;
    stop("a mechanism is k, m, n, a or b");
    return GSS_C_NO_OID;
}

char
mech_letter(const void *octets, size_t len)
{
    size_t i;

    for (i = 0; i < NUM_MECHS; i++)
        if (mechs[i].oid.length == len && memcmp(mechs[i].oid.elements, octets, len) == 0)
            return mechs[i].letter;
    return '?';
}

bool
is_toy(char letter)
{
    return letter == 'a' || letter == 'b';
}

static gss_buffer_desc
buffer_of(const char *text)
{
    gss_buffer_desc buffer = {strlen(text), (void *)(uintptr_t)text};

    return buffer;
}

void
side_begin(struct side *side, int argc, char **argv)
{
    if (argc < 3 || strlen(argv[2]) > MAX_MECHS)
        stop("usage: PEER initiator|acceptor MECHANISMS [OPTION...]");
    memset(side, 0, sizeof(*side));
    side->initiator = is_initiator(argv[1]);
    side->mechs = argv[2];
    side->flags = GSS_C_INTEG_FLAG | GSS_C_CONF_FLAG | GSS_C_REPLAY_FLAG | GSS_C_SEQUENCE_FLAG;
}

gss_OID_set_desc
side_mechs(const struct side *side, gss_OID_desc *room)
{
    gss_OID_set_desc set = {strlen(side->mechs), room};
    size_t i;

    for (i = 0; i < set.count; i++)
        room[i] = *mech_oid(side->mechs[i]);
    return set;
}

OM_uint32
side_acquire(const struct side *side, OM_uint32 *minor, gss_OID_set set, gss_cred_id_t *cred)
{
    return gss_acquire_cred(minor, side->named ? side->service : GSS_C_NO_NAME, 0, set,
                            side->initiator ? GSS_C_INITIATE : GSS_C_ACCEPT, cred, NULL, NULL);
}

void
side_end(struct side *side)
{
    OM_uint32 minor;

    gss_release_name(&minor, &side->service);
}

const char *
value_of(const char *option, const char *name)
{
    size_t len = strlen(name);

    return strncmp(option, name, len) == 0 && option[len] == '=' ? option + len + 1 : NULL;
}

bool
side_option(struct side *side, const char *option)
{
    const char *bind = value_of(option, "bind"), *service = value_of(option, "service");
    gss_buffer_desc text;
    OM_uint32 minor;
    size_t i;

    if (service != NULL) {
        text = buffer_of(service);
        gss_release_name(&minor, &side->service);
        if (gss_import_name(&minor, &text, GSS_C_NT_HOSTBASED_SERVICE, &side->service) != 0)
            stop("cannot import the service's name");
        return true;
    }
    if (bind != NULL) {
        side->bound.application_data = buffer_of(bind);
        side->bindings = &side->bound;
        return true;
    }
    if (strcmp(option, "named") == 0) {
        side->named = true;
        return true;
    }
    for (i = 0; i < NUM_PROMISES; i++) {
        if (strcmp(option, promises[i].word) == 0) {
            side->flags |= promises[i].flag;
            return true;
        }
    }
    return false;
}

void
write_answer(bool waits, bool complete, const void *token, size_t len)
{
    write_line(token, len);
    puts(waits ? "waits" : complete ? "complete" : "failed");
    fflush(stdout);
}

static void
write_buffer(OM_uint32 major, gss_buffer_t buffer)
{
    OM_uint32 minor;

    if (major != GSS_S_COMPLETE)
        stop("the context cannot sign or seal");
    write_line(buffer->value, buffer->length);
    gss_release_buffer(&minor, buffer);
}

static void
write_proof(gss_ctx_id_t context, gss_buffer_t text)
{
    gss_buffer_desc out = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;
    int sealed;

    write_buffer(gss_get_mic(&minor, context, GSS_C_QOP_DEFAULT, text, &out), &out);
    write_buffer(gss_wrap(&minor, context, 1, GSS_C_QOP_DEFAULT, text, &sealed, &out), &out);
    if (!sealed)
        stop("the context seals nothing");
}

/* GSS_S_COMPLETE alone: what came twice or too late is refused too. */
static bool
read_proof(gss_ctx_id_t context, gss_buffer_t text)
{
    static uint8_t octets[MAX_TOKEN];
    gss_buffer_desc in = {0, octets}, out = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;
    int sealed = 0;
    bool good;

    if (!read_line(octets, &in.length) ||
        gss_verify_mic(&minor, context, text, &in, NULL) != GSS_S_COMPLETE)
        return false;
    if (!read_line(octets, &in.length) ||
        gss_unwrap(&minor, context, &in, &out, &sealed, NULL) != GSS_S_COMPLETE)
        return false;
    good =
        sealed && out.length == text->length && memcmp(out.value, text->value, out.length) == 0;
    gss_release_buffer(&minor, &out);
    return good;
}

void
prove(const struct side *side, struct found *found)
{
    gss_buffer_desc initiators = buffer_of("from the initiator");
    gss_buffer_desc acceptors = buffer_of("from the acceptor");

    write_proof(found->context, side->initiator ? &initiators : &acceptors);
    found->proved = read_proof(found->context, side->initiator ? &acceptors : &initiators);
}

static void
write_name(gss_name_t name)
{
    gss_buffer_desc text = GSS_C_EMPTY_BUFFER;
    OM_uint32 minor;

    if (name == GSS_C_NO_NAME || gss_display_name(&minor, name, &text, NULL) != GSS_S_COMPLETE)
        text.length = 0;
    printf("%.*s", (int)text.length, (const char *)text.value);
    gss_release_buffer(&minor, &text);
}

/* A credential is usable if it has an owner and can be asked for him. */
static void
write_owner(gss_cred_id_t cred)
{
    gss_name_t owner = GSS_C_NO_NAME;
    OM_uint32 minor;

    if (gss_inquire_cred(&minor, cred, &owner, NULL, NULL, NULL) != GSS_S_COMPLETE)
        stop("the delegated credential is not usable");
    printf(":");
    write_name(owner);
    gss_release_name(&minor, &owner);
}

void
write_found(const struct found *found)
{
    size_t i;

    printf(" ");
    write_name(found->initiator);
    printf(">");
    write_name(found->acceptor);
    for (i = 0; i < NUM_PROMISES; i++)
        if ((found->flags & promises[i].flag) != 0)
            printf(" %s", promises[i].word);
    if (found->delegated != GSS_C_NO_CREDENTIAL)
        write_owner(found->delegated);
    printf(found->proved ? " proved" : " unproved");
}
