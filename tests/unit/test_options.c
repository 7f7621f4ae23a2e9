/*
 * test_options.c - what decoders do without: memory, and anything shared
 * between threads; and options that are left out.
 */
#include "negoex_octets.h"
#include "octets.h"
#include "record.h"

#include <pthread.h>

Suite *options_suite(void);

/* The sanitizer calls this for every allocation of the program; without it the
 * count stays 0, and the test below says nothing. */
void __sanitizer_malloc_hook(const volatile void *ptr, size_t size);

static volatile unsigned long allocations;

void
__sanitizer_malloc_hook(const volatile void *ptr, size_t size)
{
    (void)ptr;
    (void)size;
    allocations++;
}

#define INIT                                                                                   \
    "60 33 06 06 2b 06 01 05 05 02 a0 29 30 27 a0 19 30 17 06 09 2a 86 48 86 f7 12 01 02 02 "  \
    "06 0a 2b 06 01 04 01 82 37 02 02 0a a1 04 03 02 01 42 a2 04 04 02 aa bb"

static const char *const tokens[] = {
    INIT,
    "a1 07 30 05 a0 03 0a 01 03",
    "a1 06 30 04 a9 02 05 00",
    "60 02 06 00",
    "a1 81 02 30 00",
};
#define TOKENS (sizeof(tokens) / sizeof(tokens[0]))

static const char *const messages[] = {NEGO("00"), NEGO_EXTENDED, EXCHANGE("04"), VERIFY,
                                       ALERT};
#define MESSAGES (sizeof(messages) / sizeof(messages[0]))

static struct record record;

START_TEST(decoders_allocate_nothing)
{
    struct spnego_slice in[TOKENS + MESSAGES], item, inner;
    struct spnego_decode_opts opts = record_opts(&record, SPNEGO_TOLERATE_CODEC);
    struct spnego_negotiation_token token;
    struct negoex_message message;
    enum spnego_status status = SPNEGO_OK;
    unsigned long before, after;
    size_t i, pos, used, seen = 0;

    opts.on_finding = NULL;
    opts.on_element = NULL;
    for (i = 0; i < TOKENS + MESSAGES; i++)
        in[i] = octets(i < TOKENS ? tokens[i] : messages[i - TOKENS]);
#ifdef __SANITIZE_ADDRESS__
    ck_assert_uint_gt(allocations, 0);
#endif
    before = allocations;
    for (i = 0; i < TOKENS; i++) {
        status = spnego_token_decode(&token, in[i], &opts);
        for (pos = 0;
             token.kind == SPNEGO_NEGOTIATION_TOKEN_NEG_TOKEN_INIT &&
             spnego_mech_type_list_next(&item, &pos, &token.u.neg_token_init.mech_types);)
            seen++;
        status = spnego_frame_decode(&item, &inner, in[i], &opts);
    }
    for (i = TOKENS; i < TOKENS + MESSAGES; i++)
        status = negoex_message_decode(&message, &used, in[i], NULL);
    after = allocations; /* the checks themselves allocate */
    ck_assert_uint_eq(after, before);
    ck_assert_int_eq(status, SPNEGO_OK);
    ck_assert_uint_eq(seen, 2);
}
END_TEST

#define ROUNDS 2000

/* What one thread has seen: the statuses of all rounds, the codes of all
 * findings, and everything of the last round. */
struct seen {
    struct record record;
    uint64_t sum;
};

static void *
decode_all(void *arg)
{
    struct seen *seen = arg;
    struct spnego_decode_opts opts;
    struct spnego_negotiation_token token;
    struct negoex_message message;
    size_t i, used;

    for (i = 0; i < ROUNDS; i++) {
        struct spnego_slice in;
        const char *text = i % 2 == 0 ? tokens[i / 2 % TOKENS] : messages[i / 2 % MESSAGES];
        uint8_t room[256];
        size_t len = 0;

        for (; *text != '\0'; text++) {
            if (octets_digit(text[0]) < 0)
                continue;
            room[len++] = (uint8_t)(16 * octets_digit(text[0]) + octets_digit(text[1]));
            text++;
        }
        in = (struct spnego_slice){room, len};
        opts = record_opts(&seen->record, i % 3 == 0 ? SPNEGO_TOLERATE_CODEC : 0);
        seen->sum = 31 * seen->sum + 7 +
                    (uint64_t)(i % 2 == 0 ? spnego_token_decode(&token, in, &opts)
                                          : negoex_message_decode(&message, &used, in, &opts));
        seen->sum = 31 * seen->sum + seen->record.finding[0].code;
        seen->sum = 31 * seen->sum + strlen(seen->record.elements);
    }
    return NULL;
}

START_TEST(threads_do_not_meet)
{
    static struct seen of[4], alone;
    pthread_t threads[4];
    size_t i;

    decode_all(&alone);
    for (i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, decode_all, &of[i]), 0);
    for (i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    for (i = 0; i < 4; i++) {
        ck_assert_uint_eq(of[i].sum, alone.sum);
        ck_assert_str_eq(of[i].record.elements, alone.record.elements);
        ck_assert_uint_eq(of[i].record.findings, alone.record.findings);
    }
}
END_TEST

static void
compare_with(const struct spnego_decode_opts *opts)
{
    struct spnego_negotiation_token token, strict;
    struct negoex_message message, strict_message;
    size_t i, used, strict_used;

    for (i = 0; i < TOKENS; i++) {
        struct spnego_slice in = octets(tokens[i]);

        ck_assert_int_eq(spnego_token_decode(&token, in, opts),
                         spnego_token_decode(&strict, in, NULL));
        ck_assert_int_eq(token.kind, strict.kind);
    }
    for (i = 0; i < MESSAGES; i++) {
        struct spnego_slice in = octets(messages[i]);

        ck_assert_int_eq(negoex_message_decode(&message, &used, in, opts),
                         negoex_message_decode(&strict_message, &strict_used, in, NULL));
        ck_assert_uint_eq(used, strict_used);
    }
}

/* All zero means the same as NULL, and callbacks change nothing. */
START_TEST(options_left_out)
{
    struct spnego_decode_opts none = {.size = sizeof(none)};
    struct spnego_decode_opts told = record_opts(&record, 0);

    compare_with(&none);
    told.on_element = NULL;
    compare_with(&told);
    told = record_opts(&record, 0);
    told.on_finding = NULL;
    compare_with(&told);
}
END_TEST

/* The elements that were told tile the input: nothing lies outside. */
static void
check_element(void *arg, const struct spnego_element *element)
{
    const size_t *len = arg;

    ck_assert_uint_le(element->off, *len);
    ck_assert_uint_le(element->len, *len - element->off);
    ck_assert_uint_le(element->value_off, *len);
    ck_assert_uint_le(element->value_len, *len - element->value_off);
    ck_assert_ptr_nonnull(element->path);
    ck_assert_ptr_nonnull(element->path->desc);
}

START_TEST(elements_lie_inside)
{
    size_t len, i, used;
    struct spnego_decode_opts opts = {.size = sizeof(opts),
                                      .on_element = check_element,
                                      .arg = &len};
    struct spnego_negotiation_token token;
    struct negoex_message message;

    for (i = 0; i < TOKENS + MESSAGES; i++) {
        struct spnego_slice whole = octets(i < TOKENS ? tokens[i] : messages[i - TOKENS]);

        for (len = 0; len <= whole.len; len++) {
            struct spnego_slice in = octets_copy((struct spnego_slice){whole.ptr, len});
            enum spnego_status status = i < TOKENS
                                            ? spnego_token_decode(&token, in, &opts)
                                            : negoex_message_decode(&message, &used, in, &opts);

            ck_assert_int_le(status, SPNEGO_OK);
        }
    }
}
END_TEST

Suite *
options_suite(void)
{
    Suite *suite = suite_create("options");
    TCase *cases = tcase_create("decoders");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_test(cases, decoders_allocate_nothing);
    tcase_add_test(cases, threads_do_not_meet);
    tcase_add_test(cases, options_left_out);
    tcase_add_test(cases, elements_lie_inside);
    suite_add_tcase(suite, cases);
    return suite;
}
