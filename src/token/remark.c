/* remark.c: the findings of an analysis, from the callback to the tree. */
#include "analysis.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct remark *
new_remark(struct analysis *analysis)
{
    size_t cap = analysis->remark_cap != 0 ? 2 * analysis->remark_cap : 8;
    struct remark *grown;

    if (analysis->remark_count == analysis->remark_cap) {
        grown = realloc(analysis->remarks, cap * sizeof(*grown));
        if (grown == NULL) {
            analysis->no_memory = true;
            return NULL;
        }
        analysis->remarks = grown;
        analysis->remark_cap = cap;
    }
    analysis->remarks[analysis->remark_count].nth = analysis->remark_count;
    return &analysis->remarks[analysis->remark_count++];
}

void
analysis_remark_subject(struct analysis *analysis, const struct spnego_finding *finding,
                        const char *path, const struct spnego_subject *subject)
{
    struct remark *remark = new_remark(analysis);

    if (remark == NULL)
        return;
    remark->code = finding->code;
    remark->severity = spnego_finding_severity(finding->code, analysis->setup.tolerate);
    remark->off = finding->off;
    remark->len = finding->len;
    remark->got = finding->got;
    remark->path[0] = '\0';
    remark->message[0] = '\0';
    if (analysis->setup.verdict_only)
        return;
    snprintf(remark->path, sizeof(remark->path), "%s", path);
    spnego_finding_format_about(remark->message, sizeof(remark->message), finding, subject);
}

struct spnego_finding
analysis_part(const struct analysis *analysis, enum spnego_finding_code code,
              struct spnego_slice part)
{
    struct spnego_finding finding = {0, SPNEGO_NOTE, 0, part.len, 0, 0, NULL};

    finding.code = (uint16_t)code;
    if (part.ptr != NULL)
        finding.off = (size_t)(part.ptr - analysis->octets.ptr);
    return finding;
}

void
analysis_remark_numbers(struct analysis *analysis, enum spnego_finding_code code,
                        struct spnego_slice about, const char *path, uint64_t got,
                        uint64_t want)
{
    static const struct spnego_subject nobody = {{NULL, 0}, {{NULL, 0}, NULL, 0}, NULL, NULL};
    struct spnego_finding finding = analysis_part(analysis, code, about);

    finding.got = got;
    finding.want = want;
    analysis_remark_subject(analysis, &finding, path, &nobody);
}

void
analysis_remark(struct analysis *analysis, enum spnego_finding_code code,
                struct spnego_slice about, const char *path)
{
    analysis_remark_numbers(analysis, code, about, path, 0, 0);
}

static int
by_offset(const void *a, const void *b)
{
    const struct remark *left = a, *right = b;

    if (left->off != right->off)
        return left->off < right->off ? -1 : 1;
    if (left->code != right->code)
        return left->code < right->code ? -1 : 1;
    return (left->nth > right->nth) - (left->nth < right->nth);
}

/* Hangs each remark on the node that it is about; a node knows its first. */
static void
place(struct analysis *analysis)
{
    size_t i = analysis->remark_count;
    struct node *node;

    for (node = &analysis->tree.root; node != NULL; node = tree_next(node))
        node->remarks = NULL;
    while (i-- > 0) {
        struct remark *remark = &analysis->remarks[i];

        node = tree_cover(&analysis->tree.root, remark->off, remark->len);
        remark->behind = node->first != NULL && remark->off >= node->first->off;
        remark->next = node->remarks;
        node->remarks = remark;
    }
}

void
analysis_settle(struct analysis *analysis)
{
    if (analysis->remark_count > 1)
        qsort(analysis->remarks, analysis->remark_count, sizeof(*analysis->remarks), by_offset);
    if (!analysis->setup.verdict_only)
        place(analysis);
}

size_t
analysis_count(const struct analysis *analysis, enum spnego_severity severity)
{
    size_t count = 0, i;

    for (i = 0; i < analysis->remark_count; i++)
        count += analysis->remarks[i].severity == severity;
    return count;
}

const char *
analysis_verdict(const struct analysis *analysis)
{
    if (analysis_count(analysis, SPNEGO_ERROR) > 0)
        return "invalid";
    return analysis_count(analysis, SPNEGO_WARNING) > 0 ? "warning" : "valid";
}
