/* mech_token.c: findings and tree nodes of mechanism tokens. */
#include "mech_token.h"

#include <stdio.h>
#include <string.h>

void
mech_remark_numbers(const struct mech_token *token, enum spnego_finding_code code,
                    struct spnego_slice about, const char *place, uint64_t got, uint64_t want)
{
    char path[160] = "";

    if (!token->analysis->setup.verdict_only)
        snprintf(path, sizeof(path), "%s%s%s", token->path,
                 token->path[0] != '\0' && place[0] != '\0' ? "." : "", place);
    analysis_remark_numbers(token->analysis, code, about, path, got, want);
}

void
mech_remark(const struct mech_token *token, enum spnego_finding_code code,
            struct spnego_slice about, const char *place)
{
    mech_remark_numbers(token, code, about, place, 0, 0);
}

bool
mech_is_sent_by(const struct mech_token *token, enum side side)
{
    return token->analysis->side == side;
}

static void
on_finding(void *arg, const struct spnego_finding *finding)
{
    struct mech_decode *decode = arg;

    if (finding->severity != SPNEGO_ERROR)
        return;
    decode->about = octets_part(decode->octets, finding->off, finding->len);
    if (finding->path != NULL && !decode->token->analysis->setup.verdict_only)
        spnego_path_format(decode->place, sizeof(decode->place), finding->path);
}

static void
on_element(void *arg, const struct spnego_element *element)
{
    struct mech_decode *decode = arg;

    tree_add(&decode->token->analysis->tree, element);
}

static size_t
place_of(const struct mech_token *token, struct spnego_slice octets)
{
    return (size_t)(octets.ptr - token->analysis->octets.ptr);
}

struct spnego_decode_opts
mech_opts(struct mech_decode *decode, const struct mech_token *token,
          struct spnego_slice octets)
{
    struct spnego_decode_opts opts = {sizeof(opts), SPNEGO_TOLERATE_CODEC,
                                      SIZE_MAX,     0,
                                      on_finding,   NULL,
                                      NULL};

    opts.arg = decode;
    decode->token = token;
    decode->octets = octets;
    decode->about = octets;
    decode->place[0] = '\0';
    if (token->parent != NULL) {
        opts.on_element = on_element;
        tree_below(&token->analysis->tree, token->parent, place_of(token, octets));
    }
    return opts;
}

void
mech_unreadable(const struct mech_decode *decode)
{
    mech_remark(decode->token, SPN6021_UNREADABLE_MECH, decode->about, decode->place);
}

void
mech_open(const struct mech_token *token, const struct spnego_path *path,
          struct spnego_slice octets)
{
    struct spnego_element element = {path, false, 0, octets.len, 0, octets.len, 0};

    if (token->parent == NULL)
        return;
    tree_below(&token->analysis->tree, token->parent, 0);
    element.off = place_of(token, octets);
    tree_add(&token->analysis->tree, &element);
}

void
mech_show(const struct mech_token *token, const struct spnego_path *path,
          const struct spnego_desc *desc, struct spnego_slice octets, uint64_t value)
{
    struct spnego_path field = {path, desc, SPNEGO_NO_INDEX};
    struct spnego_element element = {&field, true, 0, octets.len, 0, octets.len, value};

    if (token->parent == NULL)
        return;
    element.off = place_of(token, octets);
    element.value_off = element.off;
    tree_add(&token->analysis->tree, &element);
}
