/* rules_keys_mic.c: a mechListMIC and the lists that it may have been made for. */
#include "keys_mic.h"
#include "rules_keys.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WAYS 6

/* What else than the mechTypes a MIC may be for. */
struct way {
    enum spnego_finding_code code;
    struct spnego_slice message;
    uint8_t *memory; /* owns `message`, or NULL */
};

struct ways {
    struct way items[MAX_WAYS];
    size_t count;
    bool no_memory;
};

static bool
add_way(struct ways *ways, enum spnego_finding_code code, uint8_t *memory, size_t len)
{
    struct way way = {code, {memory, len}, memory};

    ways->no_memory |= memory == NULL;
    if (memory != NULL)
        ways->items[ways->count++] = way;
    return memory != NULL;
}

/* Adds `contents` with a tag and a length before it, as DER has it. */
static void
add_wrapped(struct ways *ways, enum spnego_finding_code code, uint8_t tag,
            struct spnego_slice contents)
{
    size_t octets = 0, len;
    uint8_t *at;

    for (len = contents.len; contents.len >= 128 && len > 0; len >>= 8)
        octets++;
    at = malloc(contents.len + octets + 2);
    if (!add_way(ways, code, at, contents.len + octets + 2))
        return;
    *at++ = tag;
    *at++ = (uint8_t)(octets > 0 ? 0x80 | octets : contents.len);
    while (octets-- > 0)
        *at++ = (uint8_t)(contents.len >> 8 * octets);
    if (contents.len > 0)
        memcpy(at, contents.ptr, contents.len);
}

/* As it would be encoded now: lengths in the fewest octets. */
static void
add_reencoded(struct ways *ways, const struct spnego_mech_type_list *list)
{
    struct spnego_slice items[SPNEGO_DEFAULT_MAX_ITEMS];
    struct spnego_mech_type_list fresh = {{NULL, 0}, items, 0};
    struct spnego_buf out = {NULL, 0, 0, NULL};
    size_t pos = 0;

    while (fresh.count < SPNEGO_DEFAULT_MAX_ITEMS &&
           spnego_mech_type_list_next(&items[fresh.count], &pos, list))
        fresh.count++;
    if (spnego_mech_type_list_encode(&out, &fresh) != SPNEGO_E_SPACE)
        return;
    out.ptr = malloc(out.len);
    out.cap = out.len;
    if (!add_way(ways, SPN7004_KEY_MIC_REENCODED, out.ptr, out.cap))
        return;
    out.len = 0;
    if (spnego_mech_type_list_encode(&out, &fresh) != SPNEGO_OK)
        free(ways->items[--ways->count].memory);
}

/* Alone, and as a list of one. */
static void
add_selected(struct ways *ways, struct spnego_slice mech)
{
    size_t before = ways->count;

    if (mech.len == 0)
        return;
    add_wrapped(ways, SPN7005_KEY_MIC_SELECTED, 0x06, mech);
    if (ways->count > before)
        add_wrapped(ways, SPN7005_KEY_MIC_SELECTED, 0x30, ways->items[before].message);
}

static void
find_ways(struct ways *ways, const struct conversation *conversation)
{
    const struct spnego_mech_type_list *list = &conversation->turns[conversation->init].list;
    size_t i;

    memset(ways, 0, sizeof(*ways));
    add_wrapped(ways, SPN7003_KEY_MIC_WRAPPER, 0xa0, list->der);
    add_reencoded(ways, list);
    add_selected(ways, conversation->mech);
    for (i = 0; i < conversation->count; i++) {
        const struct turn *turn = &conversation->turns[i];

        if (turn->kind == TURN_HINT && turn->has_list) {
            struct way hint = {SPN7006_KEY_MIC_HINT, turn->list.der, NULL};

            ways->items[ways->count++] = hint;
            return;
        }
    }
}

static void
free_ways(struct ways *ways)
{
    while (ways->count-- > 0)
        free(ways->items[ways->count].memory);
}

/* A code and its number. */
struct verdict {
    enum spnego_finding_code code;
    uint32_t got;
};

static struct verdict
judge(const struct mic *mic, const struct mic_form *form, const struct ways *ways)
{
    const struct conversation *conversation = mic->conversation;
    struct spnego_slice list = conversation->turns[conversation->init].list.der;
    enum side maker = conversation->turns[mic->turn].side;
    struct verdict verdict = {SPN7002_KEY_MIC_FITS, 0};
    size_t i;

    if (form->fits(mic, maker, list))
        return verdict;
    verdict.code = SPN7008_KEY_NTLM_STATE;
    if (form->is == is_ntlm_mic && ntlm_mic_continues(mic, maker, list, &verdict.got))
        return verdict;
    for (i = 0; i < ways->count; i++) {
        verdict.code = ways->items[i].code;
        if (form->fits(mic, maker, ways->items[i].message))
            return verdict;
    }
    verdict.code = SPN7007_KEY_MIC_DIRECTION;
    if (!form->fits(mic, side_other(maker), list))
        verdict.code = SPN7001_KEY_MIC_WRONG;
    return verdict;
}

static const struct mic_form forms[] = {
    {is_rfc4121_mic, prepare_rfc4121_mic, fits_rfc4121_mic},
    {is_rc4_mic, prepare_rc4_mic, fits_rc4_mic},
    {is_ntlm_mic, prepare_ntlm_mic, fits_ntlm_mic},
};

/* Finds the form and what it is checked with; NULL if there is no such thing. */
static const struct mic_form *
prepare(struct mic *mic)
{
    const struct conversation *conversation = mic->conversation;
    size_t i;

    if (conversation->init == conversation->count ||
        !conversation->turns[conversation->init].has_list ||
        conversation->turns[mic->turn].side == SIDE_UNKNOWN)
        return NULL;
    for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
        if (forms[i].is(mic->octets))
            return forms[i].prepare(mic) ? &forms[i] : NULL;
    return NULL;
}

/* Room for any of the messages.  Returns false if there is no memory. */
static bool
make_room(struct mic *mic, const struct ways *ways)
{
    const struct conversation *conversation = mic->conversation;
    size_t most = conversation->turns[conversation->init].list.der.len, i;

    for (i = 0; i < ways->count; i++)
        if (ways->items[i].message.len > most)
            most = ways->items[i].message.len;
    if (!ways->no_memory)
        mic->room = malloc(most + MIC_HEADER_MAX);
    return mic->room != NULL;
}

bool
rules_of_mic(struct conversation *conversation, size_t turn, const struct keys *keys)
{
    static const struct spnego_subject nobody = {{NULL, 0}, {{NULL, 0}, NULL, 0}, NULL, NULL};
    struct turn *about = &conversation->turns[turn];
    struct mic mic = {.keys = keys, .conversation = conversation, .turn = turn};
    struct verdict verdict = {SPN7017_KEY_NOT_TRIED, 0};
    const struct mic_form *form;
    bool done = true;
    struct ways ways;

    mic.octets = about->mic;
    form = prepare(&mic);
    if (form != NULL) {
        find_ways(&ways, conversation);
        done = make_room(&mic, &ways);
        if (done)
            verdict = judge(&mic, form, &ways);
        free(mic.room);
        free_ways(&ways);
    }
    if (done)
        conversation_remark(about, verdict.code, about->mic, &nobody, verdict.got, 0);
    OPENSSL_cleanse(&mic, sizeof(mic));
    return done;
}
