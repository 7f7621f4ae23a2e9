/* ladder_rung.c: a token in a few lines: who chooses what, and whose token is inside. */
#include "ladder_rung.h"

#include "conversation_mech.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define INDENT 2 /* of a line that goes on */

static void add(struct rung *rung, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

const char *
rung_severity(enum spnego_severity severity)
{
    static const char *const names[] = {"note", "warning", "error"};

    return names[severity];
}

size_t
rung_fitting(const char *text, size_t room)
{
    size_t len = strlen(text), cut = room, blank = 0;

    if (len <= room)
        return len;
    for (; cut > 0; cut--) {
        if (text[cut] == ' ' && text[cut - 1] == ',')
            return cut;
        if (text[cut] == ' ' && blank == 0)
            blank = cut;
    }
    return blank > 0 ? blank : room;
}

/* Adds one statement, in as many lines as it takes. */
static void
add(struct rung *rung, const char *format, ...)
{
    char text[1024];
    const char *left = text;
    size_t indent = 0, len;
    va_list args;

    va_start(args, format);
    /* NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): it is initialized above */
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    while (*left != '\0' && rung->count < RUNG_LINES) {
        len = rung_fitting(left, RUNG_WIDTH - indent);
        snprintf(rung->lines[rung->count++], RUNG_WIDTH + 1, "%*s%.*s", (int)indent, "",
                 (int)len, left);
        left += len + (left[len] == ' ');
        indent = INDENT;
    }
    if (*left != '\0')
        snprintf(rung->lines[RUNG_LINES - 1], RUNG_WIDTH + 1, "  ...");
}

static void
add_list(struct rung *rung, const struct spnego_mech_type_list *list)
{
    char text[900] = "", room[SPNEGO_OID_TEXT_MAX];
    size_t len = 0, pos = 0;
    struct spnego_slice oid;

    while (len < sizeof(text) && spnego_mech_type_list_next(&oid, &pos, list))
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s", len > 0 ? ", " : "",
                                mech_short(oid, room));
    add(rung, "mechTypes %s", text);
}

/* "#4 VERIFY PKU2U"; messages behind one that cannot be read are left out. */
static void
add_negoex(struct rung *rung, struct spnego_slice token)
{
    static const char *const names[] = {"INITIATOR_NEGO",
                                        "ACCEPTOR_NEGO",
                                        "INITIATOR_META_DATA",
                                        "ACCEPTOR_META_DATA",
                                        "CHALLENGE",
                                        "AP_REQUEST",
                                        "VERIFY",
                                        "ALERT"};
    struct spnego_decode_opts opts = {sizeof(opts), SPNEGO_TOLERATE_CODEC,
                                      SIZE_MAX,     0,
                                      NULL,         NULL,
                                      NULL};
    struct negoex_message message;
    char text[900] = "";
    size_t len = 0, used;

    while (len < sizeof(text) && token.len > 0 &&
           negoex_message_decode(&message, &used, token, &opts) == SPNEGO_OK) {
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s#%lu %s",
                                len > 0 ? ", " : "", (unsigned long)message.header.sequence_num,
                                names[message.header.message_type]);
        token.ptr += used;
        token.len -= used;
    }
    if (text[0] != '\0')
        add(rung, "%s", text);
}

static void
add_token(struct rung *rung, const struct turn *turn)
{
    const char *field = turn->kind == TURN_RESP ? "responseToken" : "mechToken";

    if (turn->token.len == 0)
        add(rung, "%s, empty", field);
    else if (strcmp(turn->class.name, "unknown") == 0)
        add(rung, "%s, %zu octets", field, turn->token.len);
    else
        add(rung, "%s %s, %zu octets", field, turn->class.name, turn->token.len);
    if (turn->class.family == FAMILY_NEGOEX)
        add_negoex(rung, turn->token);
}

static void
add_fields(struct rung *rung, const struct turn *turn)
{
    static const char *const states[] = {"accept-completed", "accept-incomplete", "reject",
                                         "request-mic"};
    char room[SPNEGO_OID_TEXT_MAX];

    if (turn->has_list)
        add_list(rung, &turn->list);
    if (turn->has_state)
        add(rung, "%s", states[turn->state]);
    if (turn->has_choice)
        add(rung, "supportedMech %s", mech_short(turn->choice, room));
    if (turn->has_token)
        add_token(rung, turn);
    if (turn->has_mic)
        add(rung, "mechListMIC, %zu octets", turn->mic.len);
}

static void
add_kind(struct rung *rung, const struct turn *turn)
{
    const char *name = turn->analysis.kind;
    char from[32] = "", pieces[48] = "";

    if (turn->kind == TURN_NAKED)
        name = turn->class.name;
    if (turn->frame != 0)
        snprintf(from, sizeof(from), ", frame %lu", turn->frame);
    if (turn->fragments > 1)
        snprintf(pieces, sizeof(pieces), " in %zu fragments", turn->fragments);
    if (turn->lost)
        add(rung, "a token that is lost%s", from);
    else if (turn->kind == TURN_EMPTY)
        add(rung, "an empty token%s", from);
    else
        add(rung, "%s%s, %zu octets%s%s", name,
            turn->kind == TURN_BROKEN ? " that cannot be read" : "", turn->octets.len, pieces,
            from);
}

/* Keeps one remark of each code, errors before warnings before notes. */
static void
add_codes(struct rung *rung, const struct analysis *analysis)
{
    int severity;
    size_t i, known;

    for (severity = SPNEGO_ERROR; severity >= SPNEGO_NOTE; severity--)
        for (i = 0; i < analysis->remark_count && rung->code_count < RUNG_CODES; i++) {
            const struct remark *remark = &analysis->remarks[i];

            if ((int)remark->severity != severity)
                continue;
            for (known = 0; known < rung->code_count; known++)
                if (rung->codes[known]->code == remark->code)
                    break;
            if (known == rung->code_count)
                rung->codes[rung->code_count++] = remark;
        }
}

void
rung_of(struct rung *rung, const struct turn *turn)
{
    memset(rung, 0, sizeof(*rung));
    add_kind(rung, turn);
    if (turn->kind != TURN_NAKED)
        add_fields(rung, turn);
    else if (turn->class.family == FAMILY_NEGOEX)
        add_negoex(rung, turn->token);
    add_codes(rung, &turn->analysis);
}
