/* our_peer.c: one side of a negotiation by this library, with the mechanisms
 * of examples/toy_mech.c: "our_peer initiator ab hops=2 integrity=1".
 *
 * It speaks lines as mit_peer.c does.  The last is "= ", the status in words,
 * the letter of the mechanism or "-", "mic:" with whether ours was sent and
 * theirs verified, and why it failed.  settings[] and words[] have the options. */
#include <spnego/codec.h>
#include <spnego/negotiate.h>

#include "lines.h"
#include "toy_mech.h"

/* What the options set. */
static struct {
    unsigned hops, integrity, mic_key, fails, says_why, wants_mic;
    unsigned tolerate, hint_floor, require_mic, no_optimistic, no_hints;
    unsigned hint, choice;
    const char *absent;
    unsigned living; /* mechanisms that were created and not destroyed */
} wanted = {.hops = 1, .absent = ""};

static const struct {
    const char *name;
    unsigned *value;
} settings[] = {
    {"hops", &wanted.hops},
    {"integrity", &wanted.integrity},
    {"mic-key", &wanted.mic_key},
    {"fails", &wanted.fails},
    {"says-why", &wanted.says_why},
    {"wants-mic", &wanted.wants_mic},
    {"tolerate", &wanted.tolerate}, /* SPNEGO_TOLERATE_*, 0x... */
    {"floor", &wanted.hint_floor},
    {"require-mic", &wanted.require_mic},
    {"no-optimistic", &wanted.no_optimistic},
    {"no-hints", &wanted.no_hints},
};

static const struct {
    const char *text;
    unsigned *value;
    unsigned number;
} words[] = {
    {"hint=ignore", &wanted.hint, SPNEGO_HINT_IGNORE},
    {"hint=drop", &wanted.hint, SPNEGO_HINT_DROP},
    {"hint=order", &wanted.hint, SPNEGO_HINT_ORDER},
    {"choice=their", &wanted.choice, SPNEGO_CHOOSE_THEIR_ORDER},
    {"choice=own", &wanted.choice, SPNEGO_CHOOSE_OWN_ORDER},
};

static void
set_option(const char *option)
{
    size_t len = strcspn(option, "="), i;

    for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strcmp(option, words[i].text) == 0) {
            *words[i].value = words[i].number;
            return;
        }
    }
    if (option[len] != '=')
        stop("an option is a name, \"=\" and a value");
    if (len == 6 && memcmp(option, "absent", 6) == 0) {
        wanted.absent = option + 7;
        return;
    }
    for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
        if (strlen(settings[i].name) == len && memcmp(option, settings[i].name, len) == 0) {
            *settings[i].value = (unsigned)strtoul(option + len + 1, NULL, 0);
            return;
        }
    }
    stop("there is no such option");
}

static void
make_offers(struct spnego_offer *offers, struct toy_cred *creds, const char *letters)
{
    size_t i;

    for (i = 0; letters[i] != '\0'; i++) {
        if (i == 2 || (letters[i] != 'a' && letters[i] != 'b'))
            stop("the second argument is a, b, ab or ba");
        creds[i].hops = wanted.hops;
        creds[i].integrity = wanted.integrity != 0;
        creds[i].wants_mic = wanted.wants_mic != 0;
        creds[i].absent = strchr(wanted.absent, letters[i]) != NULL;
        creds[i].fails = wanted.fails;
        creds[i].says_why = wanted.says_why != 0;
        creds[i].mic_key = (uint8_t)wanted.mic_key;
        creds[i].living = &wanted.living;
        offers[i].ops = letters[i] == 'a' ? &toy_a : &toy_b;
        offers[i].cred = &creds[i];
    }
}

static void
make_config(struct spnego_config *config, const struct spnego_offer *offers, const char *role,
            const char *letters)
{
    const char *fault;

    memset(config, 0, sizeof(*config));
    config->size = sizeof(*config);
    config->role = is_initiator(role) ? SPNEGO_INITIATOR : SPNEGO_ACCEPTOR;
    config->offers = offers;
    config->num_offers = strlen(letters);
    config->tolerate = wanted.tolerate;
    config->require_mic = wanted.require_mic != 0;
    config->no_optimistic = wanted.no_optimistic != 0;
    config->no_hints = wanted.no_hints != 0;
    config->choice = (enum spnego_choice)wanted.choice;
    config->hint_policy = (enum spnego_hint_policy)wanted.hint;
    config->hint_floor = wanted.hint_floor;
    fault = spnego_config_fault(config);
    if (fault != NULL)
        stop(fault);
}

static void
write_end(const struct spnego_ctx *ctx)
{
    struct spnego_outcome outcome;
    char reason[512];
    bool ended;

    spnego_ctx_outcome(ctx, &outcome);
    spnego_ctx_reason(ctx, reason, sizeof(reason));
    ended = outcome.status == SPNEGO_OK;
    printf("= %s %c mic:%s/%s %s\n", spnego_status_name(outcome.status),
           ended ? toy_letter(outcome.mech.ptr, outcome.mech.len) : '-',
           outcome.mic_sent ? "yes" : "no", outcome.mic_verified ? "yes" : "no", reason);
    if (ended != outcome.complete || ended != (spnego_ctx_mech(ctx) != NULL))
        stop("the status is ok, and the outcome is not complete; or the other way round");
}

int
main(int argc, char **argv)
{
    static uint8_t octets[MAX_TOKEN];
    struct spnego_offer offers[2];
    struct toy_cred creds[2] = {{0}, {0}};
    struct spnego_config config;
    struct spnego_ctx *ctx;
    struct spnego_slice in = {octets, 0}, out;
    enum spnego_status status = SPNEGO_CONTINUE;
    int i;

    if (argc < 3)
        stop("usage: our_peer initiator|acceptor MECHANISMS [OPTION=VALUE...]");
    for (i = 3; i < argc; i++)
        set_option(argv[i]);
    make_offers(offers, creds, argv[2]);
    make_config(&config, offers, argv[1], argv[2]);
    if (spnego_ctx_new(&ctx, &config) != SPNEGO_OK)
        stop("spnego_ctx_new failed");
    while (status == SPNEGO_CONTINUE && read_line(octets, &in.len)) {
        status = spnego_ctx_step(ctx, &out, in);
        write_line(out.ptr, out.len);
    }
    write_end(ctx);
    spnego_ctx_free(ctx);
    if (wanted.living != 0)
        stop("a mechanism was not destroyed");
    return EXIT_SUCCESS;
}
