/* check_capture.c: the negotiations of a capture, judged one after the other, and a table
 * of them at the end. */
#include "capture_group.h"
#include "ladder_rung.h"
#include "run.h"

#include <unistd.h>

#define COLUMNS 80
#define SECOND_COLUMN 9 /* of the table: a row's sentence stands below it from there on */
#define LAST_COLUMN 34

/* One row of the table. */
struct row {
    enum carrier carrier;
    unsigned long stream, first_frame, last_frame;
    char peers[600]; /* and the session; escaped */
    const char *verdict;
    char summary[200];
};

struct table {
    struct run *run;
    const char *name; /* of the capture */
    struct row *rows;
    size_t count;
    size_t cap;
    bool no_memory;
    size_t broken_off; /* conversations */
    unsigned long first_broken_off;
};

/* "two.pcap: SMB2, stream 3, session 0x61, 10.0.0.1:49152 -> 10.0.0.2:445" */
static void
name_conversation(char *out, size_t cap, const struct table *table,
                  const struct capture_conversation *captured)
{
    snprintf(out, cap, "%s: %s, stream %lu%s%s, %s -> %s", table->name,
             carrier_name(captured->carrier), captured->stream,
             captured->session[0] != '\0' ? ", session " : "", captured->session,
             captured->initiator, captured->acceptor);
}

/* An answer may end a talk without a token, and an SMB server that greets may have none:
 * nobody sends an empty token there. */
static bool
is_silence(const struct capture_conversation *captured, size_t i)
{
    const struct capture_turn *turn = &captured->turns[i];

    return turn->has_blob && turn->octets.len == 0 && turn->side == SIDE_ACCEPTOR &&
           (captured->carrier == CARRIER_HTTP || i == 0 || i + 1 == captured->count);
}

/* Was there a token that could not be taken out?  Success without a token is none. */
static bool
is_lost(const struct capture_turn *turn)
{
    return !turn->has_blob && turn->remark_count > 0 &&
           turn->remarks[0].code != SPN8005_HTTP_NO_FINAL_TOKEN;
}

static bool
add_turn(struct conversation *conversation, const struct capture_conversation *captured,
         size_t i, char *error, size_t cap)
{
    const struct capture_turn *turn = &captured->turns[i];
    char label[32];
    size_t j;
    bool done = true;

    snprintf(label, sizeof(label), "frame %lu", turn->frame);
    if (is_lost(turn))
        done = conversation_add_lost(conversation, turn->side, label, turn->frame, error, cap);
    else if (turn->has_blob && !is_silence(captured, i))
        done = conversation_add(conversation, turn->side, turn->octets, label, turn->frame,
                                error, cap);
    for (j = 0; j < turn->remark_count && done; j++)
        conversation_tell(conversation, turn->remarks[j].code, turn->remarks[j].got,
                          turn->remarks[j].want);
    return done;
}

static struct row *
new_row(struct table *table)
{
    size_t cap = table->cap != 0 ? 2 * table->cap : 64;
    struct row *grown;

    if (table->count == table->cap) {
        grown = realloc(table->rows, cap * sizeof(*grown));
        if (grown == NULL) {
            table->no_memory = true;
            return NULL;
        }
        table->rows = grown;
        table->cap = cap;
    }
    return &table->rows[table->count++];
}

static void
add_row(struct table *table, const struct capture_conversation *captured,
        const struct conversation *conversation)
{
    struct row *row = new_row(table);
    char peers[180];

    if (row == NULL)
        return;
    row->carrier = captured->carrier;
    row->stream = captured->stream;
    row->first_frame = captured->turns[0].frame;
    row->last_frame = captured->turns[captured->count - 1].frame;
    snprintf(peers, sizeof(peers), "%s -> %s%s%s", captured->initiator, captured->acceptor,
             captured->session[0] != '\0' ? ", session " : "", captured->session);
    report_name(row->peers, sizeof(row->peers), peers);
    row->verdict = conversation_count(conversation, SPNEGO_ERROR) > 0     ? "invalid"
                   : conversation_count(conversation, SPNEGO_WARNING) > 0 ? "warning"
                                                                          : "valid";
    snprintf(row->summary, sizeof(row->summary), "%s", conversation->verdict);
}

static void
on_conversation(void *arg, const struct capture_conversation *captured)
{
    struct table *table = arg;
    struct analysis_setup setup = {table->run->options->tolerate, SIDE_UNKNOWN, false};
    struct conversation conversation;
    struct origin origin = {NULL, 0, {NULL, 0}, NULL};
    char name[512], error[200];
    bool done = true, more;
    size_t i;

    name_conversation(name, sizeof(name), table, captured);
    origin.name = name;
    conversation_start(&conversation, name, &setup);
    conversation.carrier = carrier_name(captured->carrier);
    for (i = 0; i < captured->count && conversation.count < CONVERSATION_MAX_TURNS && done; i++)
        done = add_turn(&conversation, captured, i, error, sizeof(error));
    more = i < captured->count && done;
    if ((captured->broken_off || more) && table->broken_off++ == 0)
        table->first_broken_off = captured->turns[0].frame;
    conversation.accepted = !more && captured->outcome == CARRIER_SUCCESS;
    conversation.refused = !more && captured->outcome == CARRIER_FAILURE;
    if (!done) {
        run_refuse(table->run, &origin, error);
    } else if (conversation.count > 0 && run_conversation(table->run, &conversation)) {
        add_row(table, captured, &conversation);
    }
    conversation_free(&conversation);
}

/* The rest of a line that has `column` characters, in as many lines as it takes. */
static void
print_wrapped(const char *text, size_t column)
{
    const char *left = text;
    size_t len;

    while (*left != '\0') {
        len = rung_fitting(left, COLUMNS - column);
        printf("%*s%.*s\n", left == text ? 0 : (int)column, "", (int)len, left);
        left += len + (left[len] == ' ');
    }
}

static void
print_table(const struct table *table)
{
    size_t i;

    printf("%-8s %-8s %-6s %-8s %s\n", "verdict", "carrier", "stream", "frames",
           "conversation");
    for (i = 0; i < table->count; i++) {
        const struct row *row = &table->rows[i];
        char frames[48];

        snprintf(frames, sizeof(frames), "%lu-%lu", row->first_frame, row->last_frame);
        printf("%-8s %-8s %-6lu %-8s ", row->verdict, carrier_name(row->carrier), row->stream,
               frames);
        print_wrapped(row->peers, LAST_COLUMN);
        printf("%*s", SECOND_COLUMN, "");
        print_wrapped(row->summary, SECOND_COLUMN);
    }
}

static void
say_broken_off(const struct table *table, const struct origin *origin)
{
    char text[300];

    if (table->broken_off == 0)
        return;
    snprintf(text, sizeof(text),
             "%zu of its conversations may go on behind what was judged, the first from frame "
             "%lu: at most %d are kept, %d messages of each, %u MiB in all; %d tokens of each "
             "are "
             "judged",
             table->broken_off, table->first_broken_off, CAPTURE_CONVERSATIONS, CAPTURE_TURNS,
             CAPTURE_OCTETS >> 20, CONVERSATION_MAX_TURNS);
    run_say(origin, text);
}

void
check_capture(struct run *run, const char *name)
{
    struct table table = {.run = run, .name = name};
    const struct options *options = run->options;
    struct capture_want want = {options->decode_as, options->decode_as_count,
                                options->progress && isatty(STDERR_FILENO) == 1};
    struct origin origin = {name, 0, {NULL, 0}, NULL};
    char error[512], shown[4 * sizeof(error)];

    if (!capture_conversations(name, &want, on_conversation, &table, error, sizeof(error))) {
        report_name(shown, sizeof(shown), error); /* tshark's words may hold anything */
        run_refuse(run, &origin, shown);
    }
    say_broken_off(&table, &origin);
    if (table.no_memory)
        run_refuse(run, &origin, "no memory for the table of its conversations");
    if (run->options->format == FORMAT_TEXT && !run->options->quiet && table.count > 0)
        print_table(&table);
    free(table.rows);
}
