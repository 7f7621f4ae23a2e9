/* stats.c: counts, and one table of them. */
#include "stats.h"

#include "explain.h"

#include <string.h>

static void
count_kind(struct stats *stats, const char *kind)
{
    size_t i;

    for (i = 0; i + 1 < STATS_KINDS && stats->kinds[i].name != NULL; i++)
        if (stats->kinds[i].name == kind || strcmp(stats->kinds[i].name, kind) == 0)
            break;
    stats->kinds[i].name = kind;
    stats->kinds[i].count++;
}

static void
count_oid(struct stats *stats, struct spnego_slice oid)
{
    stats->mechs[spnego_oid_mech(oid)]++;
}

static void
count_list(struct stats *stats, const struct spnego_mech_type_list *list)
{
    struct spnego_slice oid;
    size_t pos = 0;

    while (spnego_mech_type_list_next(&oid, &pos, list))
        count_oid(stats, oid);
}

static void
count_mechs(struct stats *stats, const struct analysis *analysis)
{
    const struct spnego_negotiation_token *token = &analysis->token;

    if (!analysis->decoded) {
        if (analysis->class.mech != SPNEGO_MECH_UNKNOWN &&
            analysis->class.mech != SPNEGO_MECH_SPNEGO)
            stats->mechs[analysis->class.mech]++;
        return;
    }
    switch (token->kind) {
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT:
        count_list(stats, &token->u.neg_token_init.mech_types);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2:
        if (token->u.neg_token_init2.has_mech_types)
            count_list(stats, &token->u.neg_token_init2.mech_types);
        break;
    case SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP:
        if (token->u.neg_token_resp.has_supported_mech)
            count_oid(stats, token->u.neg_token_resp.supported_mech);
        break;
    }
}

void
stats_token(struct stats *stats, const struct analysis *analysis)
{
    size_t i;

    stats->inputs++;
    if (analysis_count(analysis, SPNEGO_ERROR) > 0)
        stats->invalid++;
    else if (analysis_count(analysis, SPNEGO_WARNING) > 0)
        stats->warning++;
    else
        stats->valid++;
    count_kind(stats, analysis->kind);
    count_mechs(stats, analysis);
    for (i = 0; i < analysis->remark_count; i++)
        stats->findings[analysis->remarks[i].code % STATS_CODES]++;
}

void
stats_conversation(struct stats *stats, const struct conversation *conversation)
{
    size_t i;

    stats->conversations++;
    for (i = 0; i < conversation->count; i++)
        stats_token(stats, &conversation->turns[i].analysis);
}

const char *
stats_mech_name(enum spnego_mech mech)
{
    const char *name = spnego_mech_name(mech);

    return name != NULL ? name : "unknown";
}

static void
put_row(FILE *out, unsigned long count, const char *name)
{
    if (count > 0)
        fprintf(out, "%10lu  %s\n", count, name);
}

static void
put_findings(FILE *out, const struct stats *stats)
{
    size_t i;

    fputs("findings\n", out);
    for (i = 0; i < explanations_count; i++) {
        const struct explanation *entry = &explanations[i];

        if (stats->findings[entry->code] > 0)
            fprintf(out, "%10lu  SPN%04u %s\n", stats->findings[entry->code], entry->code,
                    entry->title);
    }
}

void
stats_print(FILE *out, const struct stats *stats)
{
    int i;

    if (stats == NULL)
        return;
    fputs("inputs\n", out);
    fprintf(out, "%10lu  in all\n", stats->inputs);
    put_row(out, stats->valid, "valid");
    put_row(out, stats->warning, "with warnings");
    put_row(out, stats->invalid, "invalid");
    put_row(out, stats->unreadable, "unreadable");
    put_row(out, stats->conversations, "conversations");
    fputs("kinds\n", out);
    for (i = 0; i < STATS_KINDS && stats->kinds[i].name != NULL; i++)
        put_row(out, stats->kinds[i].count, stats->kinds[i].name);
    fputs("mechanisms\n", out);
    for (i = 0; i < STATS_MECHS; i++)
        put_row(out, stats->mechs[i], stats_mech_name((enum spnego_mech)i));
    put_findings(out, stats);
}
