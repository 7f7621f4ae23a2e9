/* ladder.c: a conversation between two vertical lines, in ASCII.
 *
 *       initiator                                        acceptor
 *           |                                                |
 *         1 | NegTokenInit, 72 octets                        | note SPN2005
 *           | mechTypes NTLMSSP                              |
 *           |----------------------------------------------->|
 */
#include "ladder.h"
#include "ladder_rung.h"

#include <string.h>

#define COLUMNS 80

static const char *const colors[] = {"\033[36m", "\033[33m", "\033[31m"};

static void
print_arrow(FILE *out, enum side side)
{
    char line[RUNG_WIDTH + 3];

    memset(line, '-', sizeof(line) - 1);
    line[sizeof(line) - 1] = '\0';
    line[side == SIDE_ACCEPTOR ? 0 : sizeof(line) - 2] = side == SIDE_ACCEPTOR ? '<' : '>';
    fprintf(out, "      |%s|", line);
}

static void
print_code(FILE *out, const struct rung *rung, size_t i, bool color)
{
    const struct remark *remark;

    if (i < rung->code_count) {
        remark = rung->codes[i];
        fprintf(out, " %s%s%s SPN%u", color ? colors[remark->severity] : "",
                rung_severity(remark->severity), color ? "\033[0m" : "", remark->code);
    }
    fputc('\n', out);
}

/* Lines with words, then the arrow; codes go on beside and below. */
static void
print_turn(FILE *out, const struct turn *turn, size_t number, bool color)
{
    struct rung rung;
    size_t i;

    rung_of(&rung, turn);
    fprintf(out, "      | %*s |\n", RUNG_WIDTH, "");
    for (i = 0; i <= rung.count || i < rung.code_count; i++) {
        if (i == rung.count)
            print_arrow(out, turn->side);
        else if (i == 0)
            fprintf(out, "%4zu%c | %-*s |", number, turn->side_guessed ? '?' : ' ', RUNG_WIDTH,
                    rung.lines[0]);
        else
            fprintf(out, "      | %-*s |", RUNG_WIDTH, i < rung.count ? rung.lines[i] : "");
        print_code(out, &rung, i, color);
    }
}

/* The sentence at the end, in lines of at most 80 characters. */
static void
print_verdict(FILE *out, const char *verdict)
{
    const char *left = verdict;
    size_t len;

    while (*left != '\0') {
        len = rung_fitting(left, COLUMNS);
        fprintf(out, "%.*s\n", (int)len, left);
        left += len + (left[len] == ' ');
    }
}

void
ladder_text(FILE *out, const struct conversation *conversation, bool color)
{
    bool guessed = false;
    size_t i;

    fprintf(out, "  initiator %*s acceptor\n", RUNG_WIDTH - 10, "");
    for (i = 0; i < conversation->count; i++) {
        print_turn(out, &conversation->turns[i], i + 1, color);
        guessed |= conversation->turns[i].side_guessed;
    }
    if (guessed)
        fprintf(out, "\n  %s\n", LADDER_GUESSED);
    fputc('\n', out);
    print_verdict(out, conversation->verdict);
}
