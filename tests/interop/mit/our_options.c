/* our_options.c: the options of our_peer, which are in three tables. */
#include "our_peer.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct wanted wanted = {.hops = 1,
                        .absent = "",
                        .failing = "ab",
                        .negoex = "",
                        .query_fails = "",
                        .exchange_fails = ""};

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
    {"no-ap-request", &wanted.no_ap_request},
    {"gss", &wanted.gss},
};

static const struct {
    const char *name;
    const char **value;
} texts[] = {
    {"absent", &wanted.absent},
    {"failing", &wanted.failing},
    {"negoex", &wanted.negoex},
    {"query-fails", &wanted.query_fails},
    {"exchange-fails", &wanted.exchange_fails},
    {"metadata", &wanted.metadata},
    {"got", &wanted.got_metadata},
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
    {"keys=end", &wanted.keys, TOY_KEYS_AT_END},
    {"keys=always", &wanted.keys, TOY_KEYS_AT_ONCE},
    {"keys=never", &wanted.keys, TOY_KEYS_NEVER},
};

static bool
is_named(const char *option, const char *name)
{
    size_t len = strlen(name);

    return strncmp(option, name, len) == 0 && option[len] == '=';
}

void
set_option(const char *option)
{
    size_t i;

    for (i = 0; i < COUNT(words); i++) {
        if (strcmp(option, words[i].text) == 0) {
            *words[i].value = words[i].number;
            return;
        }
    }
    for (i = 0; i < COUNT(texts); i++) {
        if (is_named(option, texts[i].name)) {
            *texts[i].value = strchr(option, '=') + 1;
            return;
        }
    }
    for (i = 0; i < COUNT(settings); i++) {
        if (is_named(option, settings[i].name)) {
            *settings[i].value = (unsigned)strtoul(strchr(option, '=') + 1, NULL, 0);
            return;
        }
    }
    stop("there is no such option");
}
