/* rules_keys_verify.c: a VERIFY and the messages that it covers.  [MS-NEGOEX] 3.1.5.7 */
#include "rules_keys.h"

#include <spnego/gss.h>

#include <krb5.h>
#include <stdlib.h>
#include <string.h>

#define MAX_COVERED 1048576u /* octets; a conversation has some thousands */
#define OFFSET_CHECKSUM_TYPE 64

/* What makers of checksums are known to leave out, alone or together. */
enum { VERIFIES = 1, ALERTS = 2, OWN_TOKEN = 4 };

struct verify {
    struct conversation *conversation;
    const struct negoex_transcript *transcript;
    const struct negoex_entry *entry;
    const struct keys *keys;
    uint8_t *covered;
};

static struct spnego_slice
type_of(const struct verify *verify)
{
    struct spnego_slice type = {verify->entry->message.raw.ptr + OFFSET_CHECKSUM_TYPE, 4};

    return type;
}

static void
say_about(const struct verify *verify, enum spnego_finding_code code, struct spnego_slice about,
          uint64_t got, uint64_t want)
{
    const struct negoex_message *message = &verify->entry->message;
    struct spnego_subject subject = {{NULL, 0},
                                     {{NULL, 0}, NULL, 0},
                                     message,
                                     &message->u.verify_message.auth_scheme};

    conversation_remark(&verify->conversation->turns[verify->entry->turn], code, about,
                        &subject, got, want);
}

static void
say(const struct verify *verify, enum spnego_finding_code code, uint64_t got)
{
    say_about(verify, code, verify->entry->message.u.verify_message.checksum.checksum_value,
              got, 0);
}

/* For which of the reasons is a message left out? */
static unsigned
reason_of(const struct verify *verify, const struct negoex_entry *entry)
{
    enum negoex_message_type type = entry->message.header.message_type;

    return (type == NEGOEX_MESSAGE_TYPE_VERIFY ? VERIFIES : 0u) |
           (type == NEGOEX_MESSAGE_TYPE_ALERT ? ALERTS : 0u) |
           (entry->turn == verify->entry->turn ? OWN_TOKEN : 0u);
}

/* Joins the messages before the VERIFY, without those of `left_out`.  Returns whether there
 * was something to leave out for each of its reasons. */
static bool
join(const struct verify *verify, struct spnego_slice *covered, unsigned left_out)
{
    const struct negoex_entry *entry = &verify->transcript->entries[verify->entry->origin];
    unsigned met = 0;

    covered->ptr = verify->covered;
    covered->len = 0;
    for (; entry < verify->entry; entry++) {
        const struct spnego_slice *raw = &entry->message.raw;
        unsigned reason = reason_of(verify, entry) & left_out;

        met |= reason;
        if (reason != 0)
            continue;
        memcpy(verify->covered + covered->len, raw->ptr, raw->len);
        covered->len += raw->len;
    }
    return met == left_out;
}

static bool
has_key(const struct verify *verify, const struct held_key *key)
{
    return key->side == SIDE_UNKNOWN || key->side == verify->entry->side;
}

/* Does the checksum fit under one of the sender's keys?  Its type was judged before. */
static bool
fits(const struct verify *verify, int32_t usage, struct spnego_slice covered)
{
    const struct spnego_crypto_ops *crypto = &spnego_krb5_crypto;
    const struct negoex_checksum *checksum = &verify->entry->message.u.verify_message.checksum;
    size_t i;

    if (!krb5_c_is_keyed_cksum((krb5_cksumtype)checksum->checksum_type))
        return false;
    for (i = 0; i < verify->keys->given_count; i++) {
        const struct held_key *held = &verify->keys->given[i];
        struct spnego_key key = held_key_view(held);

        if (has_key(verify, held) &&
            crypto->check_checksum(crypto->arg, &key, usage, covered, held->checksum_type,
                                   checksum->checksum_value) == SPNEGO_OK)
            return true;
    }
    return false;
}

/* All keys are of one encryption type, so one of them stands for all. */
static void
rules_of_type(const struct verify *verify)
{
    uint32_t got = verify->entry->message.u.verify_message.checksum.checksum_type;
    int32_t want = verify->keys->given[0].checksum_type;

    if ((int32_t)got != want)
        say_about(verify, SPN7016_KEY_CHECKSUM_TYPE, type_of(verify),
                  (uint64_t)(int64_t)(int32_t)got, (uint64_t)(int64_t)want);
}

/* Without the key of an abandoned mechanism, or with messages missing, a checksum that
 * does not fit says nothing. */
static bool
is_telling(const struct verify *verify)
{
    const struct negoex_guid *scheme = &verify->entry->message.u.verify_message.auth_scheme;
    const struct negoex_entry *last = NULL;
    size_t i;

    for (i = verify->entry->origin; i < verify->transcript->count; i++) {
        const struct negoex_entry *entry = &verify->transcript->entries[i];
        enum negoex_message_type type = entry->message.header.message_type;

        if (entry->origin == verify->entry->origin &&
            (type == NEGOEX_MESSAGE_TYPE_AP_REQUEST || type == NEGOEX_MESSAGE_TYPE_CHALLENGE))
            last = entry;
    }
    if (last != NULL &&
        memcmp(&last->message.u.exchange_message.auth_scheme, scheme, sizeof(*scheme)) != 0)
        return false;
    return verify->entry->whole;
}

/* Says in what the maker of a checksum that fits differs from the others. */
static void
say_how(const struct verify *verify, unsigned left_out, int32_t swapped)
{
    static const struct {
        unsigned left_out;
        enum spnego_finding_code code;
    } codes[] = {{VERIFIES, SPN7013_KEY_VERIFY_NO_VERIFY},
                 {ALERTS, SPN7014_KEY_VERIFY_NO_ALERT},
                 {OWN_TOKEN, SPN7015_KEY_VERIFY_OWN}};
    size_t i;

    if (swapped != 0)
        say(verify, SPN7012_KEY_VERIFY_USAGE, (uint64_t)swapped);
    else if (left_out == 0)
        say(verify, SPN7011_KEY_VERIFY_FITS, 0);
    for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if ((left_out & codes[i].left_out) != 0)
            say(verify, codes[i].code, 0);
}

/* The usages that the draft prints are the other way round: spnego/crypto.h. */
static void
judge(const struct verify *verify)
{
    static const unsigned omissions[] = {0,
                                         VERIFIES,
                                         ALERTS,
                                         OWN_TOKEN,
                                         VERIFIES | ALERTS,
                                         VERIFIES | OWN_TOKEN,
                                         ALERTS | OWN_TOKEN,
                                         VERIFIES | ALERTS | OWN_TOKEN};
    bool initiators = verify->entry->side == SIDE_INITIATOR;
    int32_t usages[] = {SPNEGO_USAGE_ACCEPTOR_VERIFY, SPNEGO_USAGE_INITIATOR_VERIFY};
    struct spnego_slice covered;
    size_t i, swapped;

    rules_of_type(verify);
    for (swapped = 0; swapped < 2; swapped++) {
        int32_t usage = usages[initiators != (swapped == 1)];

        for (i = 0; i < sizeof(omissions) / sizeof(omissions[0]); i++)
            if (join(verify, &covered, omissions[i]) && fits(verify, usage, covered)) {
                say_how(verify, omissions[i], swapped == 1 ? usage : 0);
                return;
            }
    }
    say(verify, is_telling(verify) ? SPN7010_KEY_VERIFY_WRONG : SPN7017_KEY_NOT_TRIED, 0);
}

/* Is there a key of the sender, and is what it covers of a sane size? */
static bool
can_look(const struct verify *verify, size_t *len)
{
    const struct negoex_entry *entry = &verify->transcript->entries[verify->entry->origin];
    size_t i;

    for (i = 0; i < verify->keys->given_count; i++)
        if (has_key(verify, &verify->keys->given[i]))
            break;
    if (i == verify->keys->given_count || verify->entry->side == SIDE_UNKNOWN)
        return false;
    for (*len = 0; entry < verify->entry; entry++) {
        if (entry->message.raw.len > MAX_COVERED - *len)
            return false;
        *len += entry->message.raw.len;
    }
    return true;
}

bool
rules_of_verify(struct conversation *conversation, const struct negoex_transcript *transcript,
                size_t entry, const struct keys *keys, bool look)
{
    struct verify verify = {conversation, transcript, &transcript->entries[entry], keys, NULL};
    size_t len;

    if (!look || !can_look(&verify, &len)) {
        say(&verify, SPN7017_KEY_NOT_TRIED, 0);
        return true;
    }
    verify.covered = malloc(len + 1);
    if (verify.covered == NULL)
        return false;
    judge(&verify);
    free(verify.covered);
    return true;
}
