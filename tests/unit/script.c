/* script.c: tokens in words, fakes, and one side alone. */
#include "script.h"

#include "octets.h"

#include <check.h>

struct fake_cred script_fakes[2][4];

static const uint8_t oid_krb5[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 0x01, 0x02, 0x02};
static const uint8_t oid_ms_krb5[] = {0x2a, 0x86, 0x48, 0x82, 0xf7, 0x12, 0x01, 0x02, 0x02};
static const uint8_t oid_ntlm[] = {0x2b, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0a};

struct fake {
    struct fake_cred *cred;
    unsigned steps;
};

static enum spnego_status
fake_create(void **mech, void *cred, enum spnego_role role)
{
    struct fake_cred *fake_cred = (struct fake_cred *)cred;
    struct fake *fake;

    (void)role;
    *mech = cred; /* which nobody may look at after a failure */
    if (fake_cred->fate != SPNEGO_OK)
        return fake_cred->fate;
    fake = calloc(1, sizeof(*fake));
    ck_assert_ptr_nonnull(fake);
    fake->cred = fake_cred;
    ++*fake_cred->living;
    *mech = fake;
    return SPNEGO_OK;
}

static enum spnego_status
fake_step(void *mech, struct spnego_buf *out, struct spnego_slice in)
{
    struct fake *fake = (struct fake *)mech;
    bool finished = ++fake->steps >= fake->cred->steps;
    size_t i;

    fake->cred->heard[0] = '\0';
    for (i = 0; i < in.len && 2 * i + 3 < sizeof(fake->cred->heard); i++)
        snprintf(fake->cred->heard + 2 * i, 3, "%02x", in.ptr[i]);
    if (fake->cred->stuck)
        return SPNEGO_CONTINUE;
    if (!(finished && fake->cred->mute_end))
        ck_assert_int_eq(spnego_buf_append(out, "\x5a", 1), SPNEGO_OK);
    return finished ? SPNEGO_OK : SPNEGO_CONTINUE;
}

static unsigned
fake_flags(void *mech)
{
    return ((struct fake *)mech)->cred->flags;
}

static enum spnego_status
fake_make_mic(void *mech, struct spnego_buf *out, struct spnego_slice message)
{
    const struct fake_cred *cred = ((struct fake *)mech)->cred;

    ck_assert_uint_gt(message.len, 0);
    if (cred->mic_fails || cred->mic_empty)
        return cred->mic_fails ? SPNEGO_E_MECH : SPNEGO_OK;
    return spnego_buf_append(out, "\x5a\x5a\x5a", 3);
}

static enum spnego_status
fake_check_mic(void *mech, struct spnego_slice message, struct spnego_slice mic)
{
    (void)mech;
    ck_assert_uint_gt(message.len, 0);
    return mic.len == 3 && memcmp(mic.ptr, "\x5a\x5a\x5a", 3) == 0 ? SPNEGO_OK : SPNEGO_E_MECH;
}

static void
fake_destroy(void *mech)
{
    --*((struct fake *)mech)->cred->living;
    free(mech);
}

#define FAKE(name)                                                                             \
    const struct spnego_mech_ops fake_##name = {                                               \
        .size = sizeof(struct spnego_mech_ops),                                                \
        .oid = {oid_##name, sizeof(oid_##name)},                                               \
        .create = fake_create,                                                                 \
        .step = fake_step,                                                                     \
        .flags = fake_flags,                                                                   \
        .make_mic = fake_make_mic,                                                             \
        .check_mic = fake_check_mic,                                                           \
        .destroy = fake_destroy,                                                               \
    }
FAKE(krb5);
FAKE(ms_krb5);
FAKE(ntlm);

static const char letters[] = "ABCDKWN";
static const struct spnego_mech_ops *const mechs[] = {&toy_a,    &toy_b,     &toy_c,
                                                      &toy_d,    &fake_krb5, &fake_ms_krb5,
                                                      &fake_ntlm};

static const struct spnego_mech_ops *
mech_of(char letter)
{
    const char *found = strchr(letters, letter);

    ck_assert_msg(letter != '\0' && found != NULL, "no mechanism %c", letter);
    return mechs[found - letters];
}

static void
setup_side(struct pair *pair, enum spnego_role role, const char *offered, unsigned hops,
           unsigned how)
{
    struct spnego_config *config = &pair->config[role];
    size_t i;

    for (i = 0; offered[i] != '\0'; i++) {
        struct toy_cred *toy = &pair->creds[role][i];
        struct fake_cred *fake = &script_fakes[role][i];

        ck_assert_uint_lt(i, 4);
        pair->offers[role][i].ops = mech_of(offered[i]);
        pair->offers[role][i].cred = offered[i] <= 'D' ? (void *)toy : (void *)fake;
        toy->hops = hops;
        toy->integrity =
            (how & (role == SPNEGO_INITIATOR ? NO_INTEGRITY_I : NO_INTEGRITY_A)) == 0;
        toy->wants_mic = (how & (role == SPNEGO_INITIATOR ? WANTS_I : WANTS_A)) != 0;
        toy->says_why = (how & SAYS_WHY) != 0;
        toy->living = &pair->living;
        fake->steps = role == SPNEGO_INITIATOR ? hops / 2 + 1 : (hops + 1) / 2;
        fake->mute_end = (hops % 2 == 0) == (role == SPNEGO_INITIATOR);
        fake->stuck = (how & STUCK) != 0;
        fake->flags = toy->integrity ? SPNEGO_MECH_INTEGRITY : 0;
        fake->living = &pair->living;
    }
    config->size = sizeof(*config);
    config->role = role;
    config->offers = pair->offers[role];
    config->num_offers = i;
}

void
script_setup(struct pair *pair, struct told *told, const char *initiator, const char *acceptor,
             unsigned hops, unsigned how)
{
    struct spnego_config *config = pair->config;
    int role;

    memset(pair, 0, sizeof(*pair));
    memset(told, 0, sizeof(*told));
    memset(script_fakes, 0, sizeof(script_fakes));
    setup_side(pair, SPNEGO_INITIATOR, initiator, hops, how);
    setup_side(pair, SPNEGO_ACCEPTOR, acceptor, hops, how);
    for (role = 0; role < 2; role++) {
        config[role].on_event = told_event;
        config[role].arg = told;
        config[role].max_legs = how & ONE_LEG ? 1 : 0;
        config[role].max_fragment = how & PIECES ? 20 : 0;
    }
    config[SPNEGO_INITIATOR].require_mic = (how & REQUIRE_I) != 0;
    config[SPNEGO_INITIATOR].no_optimistic = (how & NO_OPTIMISTIC) != 0;
    config[SPNEGO_ACCEPTOR].require_mic = (how & REQUIRE_A) != 0;
    config[SPNEGO_ACCEPTOR].choice =
        how & OWN_ORDER ? SPNEGO_CHOOSE_OWN_ORDER : SPNEGO_CHOOSE_THEIR_ORDER;
    pair->creds[SPNEGO_INITIATOR][0].absent = (how & ABSENT_I) != 0;
    pair->creds[SPNEGO_ACCEPTOR][0].absent = (how & ABSENT_A) != 0;
}

void
script_release(void)
{
    octets_release();
}

/* "TA01": octets in the frame of a mechanism; "t01": as they are. */
static struct spnego_slice
framed(const char *word)
{
    struct spnego_slice oid, inner;
    uint8_t room[128] = {0x60, 0, 0x06};

    if (word[0] != 'T')
        return octets(word + 1);
    oid = mech_of(word[1])->oid;
    inner = octets(word + 2);
    ck_assert_uint_lt(oid.len + inner.len, 100);
    room[1] = (uint8_t)(2 + oid.len + inner.len);
    room[3] = (uint8_t)oid.len;
    memcpy(room + 4, oid.ptr, oid.len);
    memcpy(room + 4 + oid.len, inner.ptr, inner.len);
    return octets_copy((struct spnego_slice){room, 4 + oid.len + inner.len});
}

/* Fills `list` with the mechanisms of `word`'s letters. */
static void
list_of(struct spnego_mech_type_list *list, struct spnego_slice items[8], const char *word)
{
    size_t i;

    for (i = 0; word[i] != '\0'; i++) {
        ck_assert_uint_lt(i, 8);
        items[i] = mech_of(word[i])->oid;
    }
    list->items = items;
    list->count = i;
}

/* "MAB": toy_mech.h says how it is computed. */
static struct spnego_slice
mic_of(const char *word)
{
    struct spnego_slice items[8];
    struct spnego_mech_type_list list;
    uint8_t room[256], mic[4] = {'M', 'I', 'C', 0xa5};
    struct spnego_buf buf = {room, sizeof(room), 0, NULL};
    size_t i;

    if (word[0] != 'M')
        return octets(word + 1);
    list_of(&list, items, word + 1);
    ck_assert_int_eq(spnego_mech_type_list_encode(&buf, &list), SPNEGO_OK);
    for (i = 0; i < buf.len; i++)
        mic[3] ^= room[i];
    return octets_copy((struct spnego_slice){mic, 4});
}

static void
take_word(struct spnego_negotiation_token *token, struct spnego_slice items[8],
          const char *word)
{
    struct spnego_neg_token_init *init = &token->u.neg_token_init;
    struct spnego_neg_token_resp *resp = &token->u.neg_token_resp;
    bool is_resp = token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP;

    if (word[0] == 't' || word[0] == 'T') {
        *(is_resp ? &resp->has_response_token : &init->has_mech_token) = true;
        *(is_resp ? &resp->response_token : &init->mech_token) = framed(word);
    } else if (word[0] == 'm' || word[0] == 'M') {
        *(is_resp ? &resp->has_mech_list_mic : &init->has_mech_list_mic) = true;
        *(is_resp ? &resp->mech_list_mic : &init->mech_list_mic) = mic_of(word);
    } else if (!is_resp) {
        token->u.neg_token_init2.has_mech_types = true;
        list_of(token->kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT
                    ? &init->mech_types
                    : &token->u.neg_token_init2.mech_types,
                items, word);
    } else if (word[0] >= '0' && word[0] <= '3') {
        resp->has_neg_state = true;
        resp->neg_state = (enum spnego_neg_state)(word[0] - '0');
    } else if (word[0] != '-') {
        resp->has_supported_mech = true;
        resp->supported_mech = mech_of(word[0])->oid;
    }
}

struct spnego_slice
script_token(const char *words)
{
    struct spnego_negotiation_token token;
    struct spnego_slice items[8];
    uint8_t room[1024];
    struct spnego_buf buf = {room, sizeof(room), 0, NULL};
    char copy[256], *word, *rest;

    if (words[0] == '\0')
        return (struct spnego_slice){NULL, 0};
    if (strncmp(words, "hex ", 4) == 0)
        return octets(words + 4);
    memset(&token, 0, sizeof(token));
    snprintf(copy, sizeof(copy), "%s", words);
    word = strtok_r(copy, " ", &rest);
    token.kind = strcmp(word, "resp") == 0   ? SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_RESP
                 : strcmp(word, "init") == 0 ? SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT
                                             : SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT2;
    while ((word = strtok_r(NULL, " ", &rest)) != NULL)
        take_word(&token, items, word);
    ck_assert_msg(spnego_token_encode(&buf, &token) == SPNEGO_OK, "not encoded: %s", words);
    return octets_copy((struct spnego_slice){room, buf.len});
}

struct spnego_slice
script_play(struct pair *pair, struct told *told, const struct play *play)
{
    bool initiator = play->role == SPNEGO_INITIATOR;
    struct spnego_slice out = {NULL, 0};
    size_t i;

    script_setup(pair, told, initiator ? play->letters : "A", initiator ? "A" : play->letters,
                 play->hops, play->how);
    pair->config[play->role].tolerate = play->tolerate;
    pair_open(pair);
    for (i = 0; play->lines[i] != NULL; i++) {
        ck_assert_msg(i == 0 || pair->status[play->role] == SPNEGO_CONTINUE,
                      "line %zu is not waited for: %s", i, told->text);
        out = pair_step(pair, play->role, script_token(play->lines[i]));
    }
    return out;
}

void
script_letters(char *out, size_t cap, const struct spnego_mech_type_list *list)
{
    struct spnego_slice oid;
    size_t pos = 0, len = 0, i;

    while (list->der.len > 0 && spnego_mech_type_list_next(&oid, &pos, list) && len + 1 < cap)
        for (i = 0; letters[i] != '\0'; i++)
            if (mechs[i]->oid.len == oid.len &&
                memcmp(mechs[i]->oid.ptr, oid.ptr, oid.len) == 0)
                out[len++] = letters[i];
    out[len] = '\0';
}
