/* report_text.c: the tree for people.
 *
 *     0x0031 +6      reqFlags: mutualFlag, replayFlag
 *         warning: reqFlags is present; senders leave it out [SPN2007]
 *             0031  a1 04 03 02 05 60
 *             RFC 4178 4.2.1
 */
#include "report.h"

#define EXCERPT 16 /* octets of the input under a finding */

struct text {
    FILE *out;
    const struct analysis *analysis;
    bool color;
};

static const char *const severity_colors[] = {"\033[36m", "\033[33m", "\033[31m"};

static const char *
paint(const struct text *text, const char *color)
{
    return text->color ? color : "";
}

static void
print_excerpt(const struct text *text, const struct remark *remark)
{
    const uint8_t *octets = text->analysis->octets.ptr;
    size_t i, len = remark->len < EXCERPT ? remark->len : EXCERPT;

    if (len == 0)
        return;
    fprintf(text->out, "            %04zx ", remark->off);
    for (i = 0; i < len; i++)
        fprintf(text->out, " %02x", octets[remark->off + i]);
    fprintf(text->out, "%s\n", len < remark->len ? " ..." : "");
}

static void
print_remark(const struct text *text, const struct remark *remark)
{
    fprintf(text->out, "        %s%s%s: %s [SPN%u]\n",
            paint(text, severity_colors[remark->severity]), severity_names[remark->severity],
            paint(text, "\033[0m"), remark->message, remark->code);
    print_excerpt(text, remark);
    fprintf(text->out, "            %s: %s\n",
            remark->path[0] != '\0' ? remark->path : "the input",
            spnego_finding_source(remark->code));
}

void
report_text_remark(FILE *out, const struct analysis *analysis, const struct remark *remark,
                   bool color)
{
    struct text text = {out, analysis, color};

    print_remark(&text, remark);
}

static unsigned
depth_of(const struct node *node)
{
    unsigned depth = 0;

    while ((node = node->parent) != NULL)
        depth++;
    return depth;
}

static void
print_node(const struct text *text, const struct node *node)
{
    const struct node *type = tree_child(node, "messageType");
    char value[400];
    unsigned depth = depth_of(node) - 1;

    value_text(value, sizeof(value), text->analysis, type != NULL ? type : node);
    fprintf(text->out, "0x%04zx +%-5zu %*s", node->off, node->len, (int)(2 * depth), "");
    if (node->index != SPNEGO_NO_INDEX)
        fprintf(text->out, "[%lu]%s%s\n", (unsigned long)node->index,
                value[0] != '\0' ? " " : "", value);
    else
        fprintf(text->out, "%s%s%s%s%s\n", paint(text, "\033[1m"), node->desc->name,
                paint(text, "\033[0m"), value[0] != '\0' ? ": " : "", value);
}

/* A finding belongs to the deepest node around its octets.  Those about what
 * stands behind the first of the nodes below it are printed behind them all. */
static void
print_remarks(const struct text *text, const struct node *node, bool behind)
{
    const struct remark *remark;

    for (remark = node->remarks; remark != NULL; remark = remark->next)
        if (remark->behind == behind)
            print_remark(text, remark);
}

/* Prints what is late of the nodes that end before `next`. */
static void
leave_nodes(const struct text *text, const struct node *node, const struct node *next)
{
    const struct node *stays = next != NULL ? next->parent : NULL;

    for (; node != NULL && node != stays; node = node->parent)
        print_remarks(text, node, true);
}

void
report_counts(FILE *out, const struct analysis *analysis)
{
    int severity;

    for (severity = SPNEGO_ERROR; severity >= SPNEGO_NOTE; severity--) {
        size_t count = analysis_count(analysis, (enum spnego_severity)severity);

        if (count > 0)
            fprintf(out, ", %zu %s%s", count, severity_names[severity], count == 1 ? "" : "s");
    }
}

static void
print_summary(const struct text *text, const struct origin *origin)
{
    const struct analysis *analysis = text->analysis;
    char shown[600];

    report_origin(shown, sizeof(shown), origin);
    fprintf(text->out, "%s: %s%s, %zu octets: %s", shown, analysis->kind,
            analysis->class.framed ? ", framed" : "", analysis->octets.len,
            analysis_verdict(analysis));
    report_counts(text->out, analysis);
    fputc('\n', text->out);
}

/* A token of one mechanism has no tree: its name is all there is to say. */
static void
print_whole(const struct text *text)
{
    const struct analysis *analysis = text->analysis;

    fprintf(text->out, "0x0000 +%-5zu %s\n", analysis->octets.len, analysis->class.name);
}

static bool
text_token(struct report *report, const struct origin *origin, struct analysis *analysis)
{
    struct text text = {report->out, analysis, report->options->color};
    struct node *node = analysis->tree.root.first, *next;

    print_summary(&text, origin);
    if (node == NULL)
        print_whole(&text);
    print_remarks(&text, &analysis->tree.root, false);
    for (; node != NULL; node = next) {
        next = tree_next(node);
        print_node(&text, node);
        print_remarks(&text, node, false);
        leave_nodes(&text, node, next);
    }
    fputc('\n', text.out);
    return true;
}

static bool
text_conversation(struct report *report, struct conversation *conversation)
{
    report_conversation_text(report->out, conversation, report->options->color);
    return true;
}

static bool
text_end(struct report *report, const struct stats *stats)
{
    stats_print(report->out, stats);
    return true;
}

const struct report_format report_format_text = {NULL, text_token, NULL, text_conversation,
                                                 text_end};
