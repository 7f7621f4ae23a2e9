/* report_conversation.c: a conversation for people: a line for each token with its
 * findings below, the ladder, the verdict. */
#include "ladder.h"
#include "report.h"

static void
print_turn(FILE *out, const struct turn *turn, size_t number, bool color)
{
    const struct analysis *analysis = &turn->analysis;
    char label[256];
    size_t i;

    report_name(label, sizeof(label), turn->label);
    fprintf(out, "%zu  %s, %s%s: %s, %zu octets: %s", number, label, side_name(turn->side),
            turn->side_guessed ? " (a guess)" : "", analysis->kind, turn->octets.len,
            analysis_verdict(analysis));
    report_counts(out, analysis);
    fputc('\n', out);
    for (i = 0; i < analysis->remark_count; i++)
        report_text_remark(out, analysis, &analysis->remarks[i], color);
}

void
report_conversation_text(FILE *out, struct conversation *conversation, bool color)
{
    char name[512];
    size_t i;

    report_name(name, sizeof(name), conversation->name);
    fprintf(out, "%s: %zu token%s\n\n", name, conversation->count,
            conversation->count == 1 ? "" : "s");
    for (i = 0; i < conversation->count; i++)
        print_turn(out, &conversation->turns[i], i + 1, color);
    fputc('\n', out);
    ladder_text(out, conversation, color);
    fputc('\n', out);
}
