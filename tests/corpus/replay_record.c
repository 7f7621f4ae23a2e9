/* replay_record.c: reads recorded conversations, and finds in them the tokens of the
 * mechanism, its MICs, and how they end. */
#include "replay_record.h"

#include <spnego/codec.h>
#include <spnego/names.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_OCTETS (1u << 20)

struct record rec;
const struct spnego_slice unrecorded = {(const uint8_t *)"?", 1};

static uint8_t octets[MAX_OCTETS];
static size_t num_octets;

void
stop(const char *why)
{
    fprintf(stderr, "%s %s: %s\n", rec.name, rec.role_name, why);
    exit(2);
}

bool
same(struct spnego_slice a, struct spnego_slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static struct spnego_slice
read_octets(const char *text)
{
    struct spnego_slice slice = {octets + num_octets, 0};
    unsigned octet;

    if (strcmp(text, "-") == 0)
        return slice;
    for (; sscanf(text + 2 * slice.len, "%2x", &octet) == 1; slice.len++) {
        if (num_octets == MAX_OCTETS)
            stop("the conversation is too long");
        octets[num_octets++] = (uint8_t)octet;
    }
    if (text[2 * slice.len] != '\0' || slice.len == 0)
        stop("a token is not in hexadecimal digits");
    return slice;
}

static void
add_turn(enum spnego_role who, struct spnego_slice token, bool fails)
{
    rec.turns[rec.num_turns++] = (struct turn){who, fails, token};
}

static void
note_mic(enum spnego_role who, bool has, struct spnego_slice mic)
{
    if (!has || rec.mics[who].len > 0)
        return;
    rec.mics[who] = mic;
    if (rec.first_mic < 0)
        rec.first_mic = (int)who;
}

static struct spnego_mech_type_list
list_of(const struct line *line)
{
    return line->token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2
               ? line->token.u.neg_token_init2.mech_types
               : line->token.u.neg_token_init.mech_types;
}

/* What comes before the acceptor's reply: no choice yet, so it is the first. */
static void
note_init(const struct line *line)
{
    size_t pos = 0;

    if (line->who == SPNEGO_ACCEPTOR) {
        rec.hint = line;
        rec.hinted = list_of(line);
        return;
    }
    rec.init = &line->token.u.neg_token_init;
    rec.offered = list_of(line);
    (void)spnego_mech_type_list_next(&rec.chosen, &pos, &rec.offered);
    if (rec.init->has_mech_token)
        add_turn(SPNEGO_INITIATOR, rec.init->mech_token, false);
    note_mic(SPNEGO_INITIATOR, rec.init->has_mech_list_mic, rec.init->mech_list_mic);
}

/* The acceptor's first reply: another choice begins anew.  One with a token is the
 * first, by whichever number of Kerberos it is called. */
static void
note_reply(const struct spnego_neg_token_resp *resp)
{
    rec.reply = resp;
    rec.first_choice = rec.init == NULL || !resp->has_supported_mech ||
                       resp->has_response_token || same(rec.chosen, resp->supported_mech);
    if (resp->has_supported_mech && (rec.init == NULL || !rec.first_choice))
        rec.chosen = resp->supported_mech;
    if (!rec.first_choice)
        rec.num_turns = 0;
}

static void
note_resp(const struct line *line)
{
    const struct spnego_neg_token_resp *resp = &line->token.u.neg_token_resp;
    bool refuses = resp->has_neg_state && resp->neg_state == SPNEGO_NEG_STATE_REJECT;

    if (line->who == SPNEGO_ACCEPTOR && rec.reply == NULL)
        note_reply(resp);
    if (rec.reply == resp && rec.init == NULL)
        add_turn(SPNEGO_INITIATOR, unrecorded, false);
    if (refuses && rec.reply == resp)
        rec.chosen.len = 0;
    else if (resp->has_response_token || refuses)
        add_turn(line->who, resp->response_token, refuses);
    note_mic(line->who, resp->has_mech_list_mic, resp->mech_list_mic);
    rec.rejected = rec.rejected || refuses;
    rec.complete = resp->has_neg_state && resp->neg_state == SPNEGO_NEG_STATE_ACCEPT_COMPLETED;
    rec.unfinished = line->who == SPNEGO_ACCEPTOR && !rec.complete && !refuses &&
                     (resp->has_response_token || rec.reply == resp) &&
                     !resp->has_mech_list_mic;
}

/* A mechanism's token without SPNEGO. */
static void
note_naked(const struct line *line)
{
    bool ntlm = line->octets.len > 8 && memcmp(line->octets.ptr, "NTLMSSP", 8) == 0;
    struct spnego_slice inner;

    if (line->octets.len == 0)
        return;
    if (!rec.naked && ntlm)
        rec.chosen = spnego_mech_oid(SPNEGO_MECH_NTLMSSP);
    else if (!rec.naked &&
             spnego_frame_decode(&rec.chosen, &inner, line->octets, NULL) != SPNEGO_OK)
        rec.chosen = spnego_mech_oid(SPNEGO_MECH_KRB5);
    rec.naked = true;
    add_turn(line->who, line->octets, false);
    rec.complete = ntlm ? line->octets.ptr[8] == 3 : rec.num_turns > 1;
    rec.unfinished = !rec.complete && line->who == SPNEGO_ACCEPTOR;
}

/* Nothing is recorded but the acceptor's hint: somebody goes on with its first. */
static void
assume_initiator(void)
{
    size_t pos = 0;

    (void)spnego_mech_type_list_next(&rec.chosen, &pos, &rec.hinted);
    add_turn(SPNEGO_INITIATOR, unrecorded, false);
}

static void
understand(void)
{
    size_t i;

    rec.first_mic = -1;
    for (i = 0; i < rec.num_lines; i++) {
        if (!rec.lines[i].spnego)
            note_naked(&rec.lines[i]);
        else if (rec.lines[i].token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP)
            note_resp(&rec.lines[i]);
        else
            note_init(&rec.lines[i]);
    }
    if (rec.init == NULL && rec.reply == NULL && !rec.naked)
        assume_initiator();
}

bool
record_read(void)
{
    static const struct spnego_decode_opts opts = {.size = sizeof(opts),
                                                   .tolerate = SPNEGO_TOLERATE_CODEC};
    static char text[2 * MAX_OCTETS];
    struct line *line;

    memset(&rec, 0, sizeof(rec));
    num_octets = 0;
    if (fgets(text, sizeof(text), stdin) == NULL)
        return false;
    if (sscanf(text, "? %255s %15s", rec.name, rec.role_name) != 2)
        stop("a conversation begins with its name");
    rec.role = rec.role_name[0] == 'i' ? SPNEGO_INITIATOR : SPNEGO_ACCEPTOR;
    while (fgets(text, sizeof(text), stdin) != NULL && text[0] != '\n') {
        if (rec.num_lines == MAX_LINES)
            stop("the conversation has too many tokens");
        text[strcspn(text, "\n")] = '\0';
        line = &rec.lines[rec.num_lines++];
        line->who = text[0] == 'I' ? SPNEGO_INITIATOR : SPNEGO_ACCEPTOR;
        line->octets = read_octets(text + 2);
        line->spnego = spnego_token_decode(&line->token, line->octets, &opts) == SPNEGO_OK;
    }
    understand();
    return true;
}
