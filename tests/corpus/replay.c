/* replay.c: this library in the place of one side of recorded conversations.
 *
 * In, for each: "? NAME initiator|acceptor", the tokens in order as lines "I HEX" or
 * "A HEX" ("-" if empty), and an empty line.  Out, by tabs: NAME ROLE PLACE WORDS.
 * PLACE is the number of a recorded token, and the words are "equal", or how ours
 * differs, or "beyond" where nothing is recorded that ours could be compared with.
 * The last line has PLACE "end", and: complete, rejected or cut, as the record is;
 * our status; SPNEGO_TOLERATE_* that were needed; why it failed.  "apart" and why, if
 * ours cannot be that side.
 *
 * The mechanism below speaks the recorded tokens of its side and insists on those
 * of the other, and so do its MICs; what is judged is the negotiation around it. */
#include "replay_record.h"

#include <spnego/codec.h>
#include <spnego/names.h>
#include <spnego/negotiate.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
say(size_t place, const char *words)
{
    printf("%s\t%s\t%zu\t%s\n", rec.name, rec.role_name, place, words);
}

/* ---- the mechanism ---- */

struct replay {
    const struct spnego_slice *oid;
    enum spnego_role role;
    size_t turn;
    bool finished;
};

static enum spnego_status
create(void **mech, void *cred, enum spnego_role role)
{
    struct replay *replay = (struct replay *)calloc(1, sizeof(*replay));

    if (replay == NULL)
        return SPNEGO_E_MEMORY;
    replay->oid = (const struct spnego_slice *)cred;
    replay->role = role;
    *mech = replay;
    return SPNEGO_OK;
}

/* The first choice, before the acceptor has chosen another. */
static enum spnego_status
step_optimist(struct spnego_buf *out)
{
    enum spnego_status status;

    if (rec.role == SPNEGO_ACCEPTOR || rec.init == NULL || !rec.init->has_mech_token)
        return SPNEGO_E_MECH;
    status = spnego_buf_append(out, rec.init->mech_token.ptr, rec.init->mech_token.len);
    return status == SPNEGO_OK ? SPNEGO_CONTINUE : status;
}

static enum spnego_status
step(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    struct replay *replay = (struct replay *)mech;
    const struct turn *turn = &rec.turns[replay->turn];
    enum spnego_status status = SPNEGO_OK;

    if (!same(*replay->oid, rec.chosen))
        return step_optimist(out);
    if (replay->role == SPNEGO_ACCEPTOR || replay->turn > 0) {
        if (replay->turn == rec.num_turns || turn->who == replay->role ||
            !same(turn->token, in) || turn->fails)
            return SPNEGO_E_MECH;
        replay->turn++;
        turn++;
    }
    if (replay->turn < rec.num_turns && turn->who == replay->role) {
        replay->turn++;
        status = spnego_buf_append(out, turn->token.ptr, turn->token.len);
        if (status != SPNEGO_OK || turn->fails)
            return status == SPNEGO_OK ? SPNEGO_E_MECH : status;
    } else if (replay->turn == rec.num_turns && rec.unfinished) {
        status = spnego_buf_append(out, unrecorded.ptr, unrecorded.len);
    }
    replay->finished = replay->turn == rec.num_turns && !rec.unfinished;
    return replay->finished || status != SPNEGO_OK ? status : SPNEGO_CONTINUE;
}

/* It has integrity, unless a MIC was asked for and nobody made one.  It wants a MIC
 * if its side sent one unasked: from the beginning if that was asked for, else when
 * it is finished, as NTLM, which only then knows. */
static unsigned
flags(void *mech)
{
    const struct replay *replay = (const struct replay *)mech;
    bool asked = rec.reply != NULL && rec.reply->has_neg_state &&
                 rec.reply->neg_state == SPNEGO_NEG_STATE_REQUEST_MIC;
    bool none = asked && rec.complete && rec.first_mic < 0;
    bool early = asked && rec.first_choice && replay->role == SPNEGO_ACCEPTOR;
    bool late = !asked && rec.first_mic == (int)replay->role && replay->finished;

    if (rec.naked || !same(*replay->oid, rec.chosen))
        return SPNEGO_MECH_INTEGRITY;
    return (none ? 0 : SPNEGO_MECH_INTEGRITY) |
           (!none && (early || late) ? SPNEGO_MECH_WANTS_MIC : 0);
}

/* Both MICs cover the list as the initiator sent it. */
static bool
covers_list(struct spnego_slice message)
{
    return rec.init == NULL || same(message, rec.offered.der);
}

static enum spnego_status
make_mic(void *mech, struct spnego_buf *out, struct spnego_slice message)
{
    const struct replay *replay = (const struct replay *)mech;
    struct spnego_slice mic = rec.mics[replay->role];

    if (!covers_list(message))
        return SPNEGO_E_MECH;
    return mic.len > 0 ? spnego_buf_append(out, mic.ptr, mic.len)
                       : spnego_buf_append(out, unrecorded.ptr, unrecorded.len);
}

static enum spnego_status
check_mic(void *mech, struct spnego_slice message, struct spnego_slice mic)
{
    const struct replay *replay = (const struct replay *)mech;
    bool good = covers_list(message) && same(mic, rec.mics[1 - replay->role]);

    return good ? SPNEGO_OK : SPNEGO_E_MECH;
}

/* ---- comparing ---- */

enum { TYPES, FLAGS, TOKEN, HINTS, STATE, MECH, MIC, FIELDS };
static const char *const field_names[] = {"mechTypes",  "reqFlags", "token",
                                          "hintName",   "negState", "supportedMech",
                                          "mechListMIC"};

/* Points to what stands in `token`; NULL to what does not. */
static void
list_fields(struct spnego_slice fields[FIELDS], const struct spnego_negotiation_token *token)
{
    const struct spnego_neg_token_init2 *init2 = &token->u.neg_token_init2;
    const struct spnego_neg_token_init *init = &token->u.neg_token_init;
    const struct spnego_neg_token_resp *resp = &token->u.neg_token_resp;
    static const struct spnego_slice none = {NULL, 0};

    memset(fields, 0, FIELDS * sizeof(fields[0]));
    if (token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP) {
        fields[STATE].ptr = resp->has_neg_state ? (const uint8_t *)&resp->neg_state : NULL;
        fields[STATE].len = resp->has_neg_state ? sizeof(resp->neg_state) : 0;
        fields[MECH] = resp->has_supported_mech ? resp->supported_mech : none;
        fields[TOKEN] = resp->has_response_token ? resp->response_token : none;
        fields[MIC] = resp->has_mech_list_mic ? resp->mech_list_mic : none;
    } else if (token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT) {
        fields[TYPES] = init->mech_types.der;
        fields[FLAGS].ptr = init->has_req_flags ? (const uint8_t *)&init->req_flags : NULL;
        fields[FLAGS].len = init->has_req_flags ? sizeof(init->req_flags) : 0;
        fields[TOKEN] = init->has_mech_token ? init->mech_token : none;
        fields[MIC] = init->has_mech_list_mic ? init->mech_list_mic : none;
    } else {
        fields[TYPES] = init2->mech_types.der;
        fields[TOKEN] = init2->has_mech_token ? init2->mech_token : none;
        fields[HINTS] = init2->has_neg_hints ? init2->neg_hints.hint_name : none;
    }
}

static void
describe(char *out, size_t cap, const struct spnego_slice *fields, size_t i)
{
    static const char *const states[] = {"accept-completed", "accept-incomplete", "reject",
                                         "request-mic"};

    if (fields[i].ptr == NULL)
        snprintf(out, cap, "none");
    else if (i == STATE)
        snprintf(out, cap, "%s", states[*(const enum spnego_neg_state *)fields[i].ptr]);
    else if (i == MECH)
        spnego_oid_format(out, cap, fields[i]);
    else
        snprintf(out, cap, "%zu octets", fields[i].len);
}

static void
compare_fields(size_t place, const struct spnego_negotiation_token *theirs,
               const struct spnego_negotiation_token *ours)
{
    struct spnego_slice t[FIELDS], o[FIELDS];
    char words[200], theirs_is[64], ours_is[64];
    size_t i, differences = 0;

    list_fields(t, theirs);
    list_fields(o, ours);
    for (i = 0; i < FIELDS; i++) {
        if ((t[i].ptr == NULL) == (o[i].ptr == NULL) && same(t[i], o[i]))
            continue;
        describe(theirs_is, sizeof(theirs_is), t, i);
        describe(ours_is, sizeof(ours_is), o, i);
        snprintf(words, sizeof(words), "%s: %s, ours %s", field_names[i], theirs_is, ours_is);
        say(place, words);
        differences++;
    }
    if (differences == 0)
        say(place, "encoding: the same fields, other octets");
}

/* Compares what we say with token `i` of the record, if that is ours; says how many
 * tokens of the record that takes. */
static size_t
compare(size_t i, struct spnego_slice ours)
{
    const struct line *line = &rec.lines[i];
    struct spnego_negotiation_token token;
    bool headless = i == 0 && rec.init == NULL;

    if (i == rec.num_lines || line->who != rec.role) {
        if (ours.len > 0)
            say(i + 1, headless || (i == rec.num_lines && !rec.complete && !rec.rejected)
                           ? "beyond"
                           : "ours says more than is recorded");
        return 0;
    }
    if (same(line->octets, ours))
        say(i + 1, "equal");
    else if (ours.len == 0)
        say(i + 1, "ours is silent");
    else if (!line->spnego || spnego_token_decode(&token, ours, NULL) != SPNEGO_OK)
        say(i + 1, "ours is something else");
    else
        compare_fields(i + 1, &line->token, &token);
    return 1;
}

/* ---- taking part ---- */

static size_t
make_offers(struct spnego_offer *offers, struct spnego_mech_ops *ops, struct spnego_slice *oids)
{
    static const struct spnego_slice nothing = {(const uint8_t *)"\x69\x01", 2}; /* 2.25.1 */
    const struct spnego_mech_type_list *list =
        rec.role == SPNEGO_ACCEPTOR || rec.init == NULL ? &rec.hinted : &rec.offered;
    size_t count = 0, pos = 0, i;

    while (list->der.len > 0 && count < SPNEGO_MAX_OFFERS &&
           spnego_mech_type_list_next(&oids[count], &pos, list))
        count++;
    if (count == 0)
        oids[count++] = rec.chosen.len > 0 ? rec.chosen : nothing;
    for (i = 0; i < count; i++) {
        ops[i] = (struct spnego_mech_ops){.size = sizeof(ops[i]),
                                          .oid = oids[i],
                                          .create = create,
                                          .step = step,
                                          .flags = flags,
                                          .make_mic = make_mic,
                                          .check_mic = check_mic,
                                          .destroy = free};
        offers[i] = (struct spnego_offer){&ops[i], &oids[i]};
    }
    return count;
}

/* What is complete must be what was recorded: this mechanism, that MIC. */
static void
check_outcome(const struct spnego_outcome *outcome)
{
    bool has_mic = rec.mics[1 - rec.role].len > 0;

    if (outcome->status != SPNEGO_OK || !rec.complete)
        return;
    if (!outcome->complete || !same(outcome->mech, rec.chosen))
        say(rec.num_lines, "ours is complete with another mechanism");
    if (outcome->mic_verified != has_mic)
        say(rec.num_lines, has_mic ? "ours did not verify the MIC" : "ours verified a MIC");
}

static void
end(const struct spnego_ctx *ctx, size_t next)
{
    struct spnego_outcome outcome;
    char reason[300];

    for (; next < rec.num_lines; next++)
        say(next + 1,
            rec.lines[next].who == rec.role ? "ours has ended" : "ours does not read it");
    spnego_ctx_outcome(ctx, &outcome);
    check_outcome(&outcome);
    spnego_ctx_reason(ctx, reason, sizeof(reason));
    printf("%s\t%s\tend\t%s\t%s\t%x\t%s\n", rec.name, rec.role_name,
           rec.complete   ? "complete"
           : rec.rejected ? "rejected"
                          : "cut",
           spnego_status_name(outcome.status), outcome.tolerated, reason);
}

static void
take_part(struct spnego_ctx *ctx)
{
    bool opens = rec.role == SPNEGO_INITIATOR || rec.hint != NULL;
    struct spnego_slice in = {NULL, 0}, out;
    enum spnego_status status = SPNEGO_CONTINUE;
    size_t i = 0;

    if (rec.role == SPNEGO_INITIATOR && rec.hint != NULL &&
        spnego_ctx_take_hint(ctx, rec.lines[i++].octets) != SPNEGO_OK)
        stop("the hint was not taken");
    while (status == SPNEGO_CONTINUE && (opens || i < rec.num_lines)) {
        if (!opens && rec.lines[i].who == rec.role)
            stop("two tokens of one side in a row");
        if (!opens)
            in = rec.lines[i++].octets;
        opens = false;
        status = spnego_ctx_step(ctx, &out, in);
        i += compare(i, out);
    }
    end(ctx, i);
}

/* Why this side cannot be taken; NULL if it can. */
static const char *
excuse(void)
{
    if (rec.naked && rec.role == SPNEGO_INITIATOR)
        return "an initiator of ours speaks SPNEGO";
    if (rec.role == SPNEGO_ACCEPTOR && rec.reply != NULL && rec.init == NULL)
        return "the initiator's first token is not recorded";
    return NULL;
}

int
main(void)
{
    static struct spnego_offer offers[SPNEGO_MAX_OFFERS];
    static struct spnego_mech_ops ops[SPNEGO_MAX_OFFERS];
    static struct spnego_slice oids[SPNEGO_MAX_OFFERS];
    struct spnego_config config = {.size = sizeof(config), .offers = offers};
    struct spnego_ctx *ctx;

    while (record_read()) {
        if (excuse() != NULL) {
            printf("%s\t%s\tend\tapart\t%s\n", rec.name, rec.role_name, excuse());
            continue;
        }
        config.role = rec.role;
        config.tolerate =
            SPNEGO_TOLERATE_INTEROP | (rec.naked ? SPNEGO_TOLERATE_NAKED_MECH : 0);
        config.num_offers = make_offers(offers, ops, oids);
        config.no_optimistic = rec.init != NULL && !rec.init->has_mech_token;
        config.no_hints =
            rec.hint != NULL && rec.hint->token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT;
        if (spnego_ctx_new(&ctx, &config) != SPNEGO_OK)
            stop("the negotiation cannot begin");
        take_part(ctx);
        spnego_ctx_free(ctx);
    }
    return EXIT_SUCCESS;
}
