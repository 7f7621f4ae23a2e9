/* negoex_attempt.c: who offered what in a NegoEx conversation, and which scheme was
 * selected in the end.  draft-zhu-negoex-04 7.4 to 7.6. */
#include "negoex_conversation.h"

#include <stdio.h>
#include <string.h>

#define OFFSET_AUTH_SCHEME 40

const struct negoex_guid *
negoex_scheme_of(const struct negoex_entry *entry)
{
    /* It stands in the same place of them all. */
    return &entry->message.u.exchange_message.auth_scheme;
}

bool
negoex_same_scheme(const struct negoex_entry *a, const struct negoex_entry *b)
{
    return memcmp(negoex_scheme_of(a), negoex_scheme_of(b), sizeof(struct negoex_guid)) == 0;
}

/* "NegTokenResp.responseToken[2]", as the rules of a single token call it. */
static void
write_path(char *path, size_t cap, const struct negoex_attempt *attempt,
           const struct negoex_entry *entry)
{
    const struct turn *turn = &attempt->conversation->turns[entry->turn];
    const char *field = turn->kind == TURN_RESP ? ".responseToken" : ".mechToken";
    const struct negoex_entry *first = entry;

    while (first > attempt->entries && first[-1].turn == entry->turn)
        first--;
    snprintf(path, cap, "%s%s[%zu]", turn->analysis.kind, turn->kind == TURN_NAKED ? "" : field,
             (size_t)(entry - first));
}

static void
remark(struct negoex_attempt *attempt, const struct negoex_entry *entry,
       const struct spnego_finding *finding, const struct negoex_guid *scheme)
{
    struct turn *turn = &attempt->conversation->turns[entry->turn];
    struct spnego_subject subject;
    char path[64];

    memset(&subject, 0, sizeof(subject));
    subject.message = &entry->message;
    subject.scheme = scheme;
    write_path(path, sizeof(path), attempt, entry);
    analysis_remark_subject(&turn->analysis, finding, path, &subject);
}

static struct spnego_finding
finding_at(const struct negoex_attempt *attempt, const struct negoex_entry *entry,
           enum spnego_finding_code code, size_t at, size_t len)
{
    struct spnego_slice part = {entry->message.raw.ptr + at, len};

    return analysis_part(&attempt->conversation->turns[entry->turn].analysis, code, part);
}

void
negoex_attempt_remark(struct negoex_attempt *attempt, const struct negoex_entry *entry,
                      enum spnego_finding_code code, size_t at, size_t len, uint64_t got,
                      uint64_t want)
{
    struct spnego_finding finding = finding_at(attempt, entry, code, at, len);

    finding.got = got;
    finding.want = want;
    remark(attempt, entry, &finding, NULL);
}

void
negoex_attempt_remark_scheme(struct negoex_attempt *attempt, const struct negoex_entry *entry,
                             enum spnego_finding_code code)
{
    negoex_attempt_remark_about(attempt, entry, code, OFFSET_AUTH_SCHEME,
                                negoex_scheme_of(entry));
}

void
negoex_attempt_remark_about(struct negoex_attempt *attempt, const struct negoex_entry *entry,
                            enum spnego_finding_code code, size_t at,
                            const struct negoex_guid *scheme)
{
    struct spnego_finding finding = finding_at(attempt, entry, code, at, sizeof(*scheme));

    remark(attempt, entry, &finding, scheme);
}

static bool
is_answer(const struct negoex_entry *entry)
{
    return entry->message.header.message_type == NEGOEX_MESSAGE_TYPE_CHALLENGE ||
           entry->message.header.message_type == NEGOEX_MESSAGE_TYPE_VERIFY;
}

/* The first tokens of both sides. */
static void
survey_beginning(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    bool is_nego = entry->message.header.message_type <= NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO;

    if (entry->turn < attempt->first_turn[entry->side])
        attempt->first_turn[entry->side] = entry->turn;
    if (entry->side == SIDE_ACCEPTOR && entry->turn < attempt->answer &&
        entry->turn > attempt->first_turn[SIDE_INITIATOR])
        attempt->answer = entry->turn;
    if (is_nego && attempt->nego[entry->side] == NULL)
        attempt->nego[entry->side] = entry;
}

/* The acceptor has gone on with the optimistic token if a CHALLENGE or a VERIFY answers
 * it; otherwise it is void, and the next AP_REQUEST selects.  Behind a greeting nothing
 * is optimistic. */
static void
survey_selection(struct negoex_attempt *attempt, const struct negoex_entry *entry)
{
    const struct negoex_entry *opening = attempt->opening;
    bool answers = is_answer(entry) && entry->turn == attempt->answer && opening != NULL;

    if (answers && attempt->selecting == NULL && negoex_same_scheme(entry, opening))
        attempt->selecting = opening;
    if (entry->message.header.message_type != NEGOEX_MESSAGE_TYPE_AP_REQUEST)
        return;
    if (entry->turn == attempt->first_turn[SIDE_INITIATOR] && opening == NULL) {
        attempt->opening = entry;
        if (attempt->server_first)
            attempt->selecting = entry;
    } else if (entry->turn != attempt->first_turn[SIDE_INITIATOR] &&
               attempt->selecting == NULL) {
        attempt->selecting = entry;
        attempt->discarded = opening != NULL;
    }
}

void
negoex_attempt_survey(struct negoex_attempt *attempt, struct conversation *conversation,
                      const struct negoex_entry *entries, size_t count)
{
    size_t i;

    memset(attempt, 0, sizeof(*attempt));
    attempt->conversation = conversation;
    attempt->entries = entries;
    attempt->count = count;
    attempt->server_first = entries[0].side == SIDE_ACCEPTOR;
    attempt->answer = conversation->count;
    for (i = 0; i < 3; i++)
        attempt->first_turn[i] = conversation->count;
    for (i = 0; i < count && entries[i].whole; i++) {
        if (negoex_is_misdirected(&entries[i]))
            continue;
        survey_beginning(attempt, &entries[i]);
        survey_selection(attempt, &entries[i]);
    }
}
