/*
 * test_negoex_hostile.c - NegoEx messages whose headers and vectors lie.
 */
#include "negoex_octets.h"
#include "octets.h"
#include "record.h"

Suite *negoex_hostile_suite(void);

static const char *const messages[] = {
    NEGO("00"), NEGO_EXTENDED, EXCHANGE("02"), EXCHANGE("05"), VERIFY, ALERT,
};

static struct negoex_message message;
static struct record record;

static void
store(struct spnego_slice in, size_t at, size_t width, uint64_t value)
{
    for (; width > 0; width--, at++, value >>= 8)
        ((uint8_t *)in.ptr)[at] = (uint8_t)value;
}

/* Fails unless all slices of `message` are inside `in`. */
static void
check_slices(struct spnego_slice in)
{
    const struct negoex_nego_message *nego = &message.u.nego_message;
    struct negoex_extension extension;
    struct negoex_alert alert;
    struct negoex_guid guid;
    size_t i;

    octets_check_inside(message.raw, in);
    switch (message.header.message_type) {
    case NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO:
    case NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO:
        for (i = 0; i < nego->auth_schemes.count; i++)
            ck_assert(negoex_guid_vector_at(&guid, &nego->auth_schemes, i));
        for (i = 0; i < nego->extensions.count; i++) {
            ck_assert(negoex_extension_vector_at(&extension, &nego->extensions, i));
            octets_check_inside(extension.extension_value, message.raw);
        }
        break;
    case NEGOEX_MESSAGE_TYPE_VERIFY:
        octets_check_inside(message.u.verify_message.checksum.checksum_value, message.raw);
        break;
    case NEGOEX_MESSAGE_TYPE_ALERT:
        for (i = 0; i < message.u.alert_message.alerts.count; i++) {
            ck_assert(negoex_alert_vector_at(&alert, &message.u.alert_message.alerts, i));
            octets_check_inside(alert.alert_value, message.raw);
        }
        break;
    default:
        octets_check_inside(message.u.exchange_message.exchange, message.raw);
        break;
    }
}

/* Decodes a copy of `in` in memory of its size. */
static enum spnego_status
decode(struct spnego_slice in)
{
    static const struct negoex_message zero;
    struct spnego_decode_opts opts = record_opts(&record, 0);
    struct spnego_slice copy = octets_copy(in);
    enum spnego_status status;
    size_t used = 77;

    opts.max_items = UINT32_MAX;
    opts.on_element = NULL;
    status = negoex_message_decode(&message, &used, copy, &opts);
    if (status == SPNEGO_OK) {
        ck_assert_uint_eq(used, message.header.message_length);
        ck_assert_uint_le(used, in.len);
        check_slices(copy);
    } else {
        ck_assert_uint_eq(used, 0);
        ck_assert_mem_eq(&message, &zero, sizeof(message));
        ck_assert_uint_gt(record.findings, 0);
        ck_assert_int_eq(record.finding[record.findings - 1].severity, SPNEGO_ERROR);
    }
    return status;
}

/* Where a vector stands, in which message, how wide its count and elements
 * are. */
static const struct {
    const char *text;
    size_t at;
    size_t count_width;
    size_t width;
    size_t header;
} vectors[] = {
    {NEGO("00"), 80, 2, 16, 96},    {NEGO("00"), 88, 2, 12, 96},
    {NEGO_EXTENDED, 80, 2, 16, 96}, {NEGO_EXTENDED, 88, 2, 12, 96},
    {NEGO_EXTENDED, 132, 4, 1, 96}, {NEGO_EXTENDED, 144, 4, 1, 96},
    {EXCHANGE("03"), 56, 4, 1, 64}, {VERIFY, 68, 4, 1, 80},
    {ALERT, 60, 2, 12, 72},         {ALERT, 76, 4, 1, 72},
};

/* The only judge here is the arithmetic of wide numbers. */
static void
check_vector(int which, uint64_t offset, uint64_t count)
{
    struct spnego_slice in = octets(vectors[which].text);
    bool fits = offset + count * vectors[which].width <= in.len;
    bool plain = vectors[which].count_width == 4 || vectors[which].width == 16;
    enum spnego_status status;

    store(in, vectors[which].at, 4, offset);
    store(in, vectors[which].at + 4, vectors[which].count_width, count);
    status = decode(in);
    ck_assert(status == SPNEGO_OK || status == SPNEGO_E_MALFORMED);
    if (!fits) {
        ck_assert_int_eq(status, SPNEGO_E_MALFORMED);
        ck_assert_uint_eq(record_count(&record, SPN3016_VECTOR_BOUNDS), 1);
        ck_assert_uint_eq(record.finding[record.findings - 1].off, vectors[which].at);
    } else if (plain || count == 0) {
        /* elements without vectors of their own are good wherever they lie */
        ck_assert_int_eq(status, SPNEGO_OK);
    }
    octets_release();
}

START_TEST(vectors_at_every_boundary)
{
    size_t len = octets(vectors[_i].text).len, header = vectors[_i].header, i, j;
    uint64_t offsets[] = {
        0,   1,       header - 1,           header,     len - vectors[_i].width,
        len, len + 1, UINT64_C(0x80000000), UINT32_MAX,
    };
    uint64_t counts[] = {
        0,
        1,
        2,
        vectors[_i].count_width == 2 ? 0x7fff : 0x7fffffff,
        vectors[_i].count_width == 2 ? UINT16_MAX : UINT32_MAX,
    };

    for (i = 0; i < sizeof(offsets) / sizeof(offsets[0]); i++)
        for (j = 0; j < sizeof(counts) / sizeof(counts[0]); j++)
            check_vector(_i, offsets[i], counts[j]);
}
END_TEST

/* Offsets count from the message; a token around it changes nothing. */
START_TEST(vectors_do_not_reach_the_next_message)
{
    struct spnego_slice in = octets(EXCHANGE("05") VERIFY);

    store(in, 56, 4, 67);
    store(in, 60, 4, 1);
    ck_assert_int_eq(decode(in), SPNEGO_E_MALFORMED);
    store(in, 56, 4, 66);
    ck_assert_int_eq(decode(in), SPNEGO_OK);
    ck_assert_uint_eq(message.u.exchange_message.exchange.ptr[0], 0xd3);
}
END_TEST

START_TEST(every_length_of_input)
{
    struct spnego_slice in = octets(messages[_i]), cut = in;

    for (cut.len = 0; cut.len < in.len; cut.len++)
        ck_assert_int_eq(decode(cut), SPNEGO_E_TRUNCATED);
    ck_assert_int_eq(decode(in), SPNEGO_OK);
}
END_TEST

/* The smallest header that each message of `messages` may have. */
static const size_t headers[] = {96, 96, 64, 64, 76, 68};

START_TEST(every_header_length)
{
    struct spnego_slice in = octets(messages[_i]);
    size_t usual = in.ptr[16], i;
    uint64_t extremes[] = {UINT16_MAX, 0x7fffffff, UINT64_C(0x80000000), UINT32_MAX};

    for (i = 0; i <= in.len + 1; i++) {
        store(in, 16, 4, i);
        ck_assert_int_eq(decode(in),
                         i < headers[_i] || i > in.len ? SPNEGO_E_MALFORMED : SPNEGO_OK);
        ck_assert_uint_eq(record_count(&record, SPN3004_SHORT_HEADER), i < headers[_i]);
        ck_assert_uint_eq(record_count(&record, SPN3007_LONG_HEADER), i > in.len);
        if (i >= headers[_i] && i <= in.len)
            ck_assert_uint_eq(record_count(&record, SPN3005_HEADER_LENGTH), i != usual);
        octets_release();
        in = octets(messages[_i]);
    }
    for (i = 0; i < sizeof(extremes) / sizeof(extremes[0]); i++) {
        store(in, 16, 4, extremes[i]);
        ck_assert_int_eq(decode(in), SPNEGO_E_MALFORMED);
        ck_assert_uint_eq(record_count(&record, SPN3007_LONG_HEADER), 1);
    }
}
END_TEST

START_TEST(every_message_length)
{
    struct spnego_slice in = octets(messages[_i]);
    size_t len = in.len, header = in.ptr[16], i;
    uint64_t extremes[] = {UINT16_MAX, 0x7fffffff, UINT64_C(0x80000000), UINT32_MAX};
    enum spnego_status status;

    for (i = 0; i <= len; i++) {
        in = octets(messages[_i]);
        store(in, 20, 4, i);
        status = decode(in);
        /* shorter than what the vectors need, or than the header itself */
        ck_assert_int_eq(status, i == len ? SPNEGO_OK : SPNEGO_E_MALFORMED);
        ck_assert_uint_eq(record_count(&record, SPN3007_LONG_HEADER), i < header);
        octets_release();
    }
    in = octets(messages[_i]);
    for (i = 0; i < sizeof(extremes) / sizeof(extremes[0]); i++) {
        store(in, 20, 4, extremes[i]);
        ck_assert_int_eq(decode(in), SPNEGO_E_TRUNCATED);
        ck_assert_uint_eq(record_count(&record, SPN3003_MESSAGE_LENGTH), 1);
        ck_assert_uint_eq(record.finding[0].got, extremes[i]);
        ck_assert_uint_eq(record.finding[0].want, len);
    }
}
END_TEST

/* One value at one place, and what comes of it. */
static void
check_field(const char *text, size_t at, size_t width, uint64_t value,
            enum spnego_status status, unsigned code)
{
    struct spnego_slice in = octets(text);

    store(in, at, width, value);
    ck_assert_int_eq(decode(in), status);
    ck_assert_uint_eq(record.findings, code != 0);
    if (code != 0) {
        ck_assert_uint_eq(record.finding[0].code, code);
        ck_assert_uint_eq(record.finding[0].off, at);
    }
}

START_TEST(headers_and_closed_sets)
{
    struct spnego_slice in;
    size_t i;

    for (i = 0; i < 8; i++) {
        in = octets(VERIFY);
        store(in, i, 1, 0);
        ck_assert_int_eq(decode(in), SPNEGO_E_MALFORMED);
        ck_assert_uint_eq(record.finding[0].code, SPN3001_SIGNATURE);
        ck_assert_uint_eq(record.finding[0].off, 0);
    }
    check_field(VERIFY, 8, 4, 8, SPNEGO_E_MALFORMED, SPN3006_MESSAGE_TYPE);
    check_field(VERIFY, 8, 4, 0x106, SPNEGO_E_MALFORMED, SPN3006_MESSAGE_TYPE);
    check_field(VERIFY, 8, 4, UINT32_MAX, SPNEGO_E_MALFORMED, SPN3006_MESSAGE_TYPE);
    check_field(VERIFY, 12, 4, UINT32_MAX, SPNEGO_OK, 0);
    ck_assert_uint_eq(message.header.sequence_num, UINT32_MAX);
    check_field(VERIFY, 56, 4, 19, SPNEGO_E_MALFORMED, SPN3027_CHECKSUM_HEADER);
    check_field(VERIFY, 56, 4, 21, SPNEGO_E_MALFORMED, SPN3027_CHECKSUM_HEADER);
    check_field(VERIFY, 60, 4, 0, SPNEGO_E_UNSUPPORTED, SPN3028_CHECKSUM_SCHEME);
    check_field(VERIFY, 60, 4, 2, SPNEGO_E_UNSUPPORTED, SPN3028_CHECKSUM_SCHEME);
    check_field(NEGO("00"), 72, 8, 1, SPNEGO_E_UNSUPPORTED, SPN3014_PROTOCOL_VERSION);
    check_field(NEGO("01"), 72, 8, UINT64_C(1) << 63, SPNEGO_E_UNSUPPORTED,
                SPN3014_PROTOCOL_VERSION);
    check_field(ALERT, 56, 4, UINT32_MAX, SPNEGO_OK, 0);
}
END_TEST

START_TEST(padding)
{
    check_field(VERIFY, 76, 4, 0x01000000, SPNEGO_OK, SPN3020_PADDING);
    check_field(ALERT, 66, 2, 0x0100, SPNEGO_OK, SPN3020_PADDING);
    check_field(ALERT, 68, 4, 1, SPNEGO_OK, SPN3020_PADDING);
    check_field(NEGO("00"), 94, 2, 0x0100, SPNEGO_OK, SPN3020_PADDING);
}
END_TEST

START_TEST(limits)
{
    struct spnego_slice in = octets(NEGO_EXTENDED);
    struct spnego_decode_opts opts = {.size = sizeof(opts), .max_items = 1};
    size_t used;

    ck_assert_int_eq(negoex_message_decode(&message, &used, in, &opts), SPNEGO_E_LIMIT);
    opts.max_items = 2;
    ck_assert_int_eq(negoex_message_decode(&message, &used, in, &opts), SPNEGO_OK);
    opts.max_len = in.len - 1;
    ck_assert_int_eq(negoex_message_decode(&message, &used, in, &opts), SPNEGO_E_LIMIT);
    ck_assert_uint_eq(used, 0);
    opts.max_len = in.len;
    ck_assert_int_eq(negoex_message_decode(&message, &used, in, &opts), SPNEGO_OK);
}
END_TEST

/* base.h: parents before children, in the order of the schema. */
START_TEST(elements_in_order)
{
    struct spnego_decode_opts opts = record_opts(&record, 0);
    size_t used;

    ck_assert_int_eq(negoex_message_decode(&message, &used, octets(EXCHANGE("05")), &opts),
                     SPNEGO_OK);
    ck_assert_str_eq(record.elements, "EXCHANGE_MESSAGE @0+67\n"
                                      "EXCHANGE_MESSAGE.signature @0+8 holds @0+8 =0\n"
                                      "EXCHANGE_MESSAGE.messageType @8+4 holds @8+4 =5\n"
                                      "EXCHANGE_MESSAGE.sequenceNum @12+4 holds @12+4 =9\n"
                                      "EXCHANGE_MESSAGE.headerLength @16+4 holds @16+4 =64\n"
                                      "EXCHANGE_MESSAGE.messageLength @20+4 holds @20+4 =67\n"
                                      "EXCHANGE_MESSAGE.conversationId @24+16 holds @24+16 =0\n"
                                      "EXCHANGE_MESSAGE.authScheme @40+16 holds @40+16 =0\n"
                                      "EXCHANGE_MESSAGE.exchange @56+8 holds @64+3 =3\n");
}
END_TEST

Suite *
negoex_hostile_suite(void)
{
    Suite *suite = suite_create("negoex_hostile");
    TCase *cases = tcase_create("octets");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_loop_test(cases, vectors_at_every_boundary, 0,
                        sizeof(vectors) / sizeof(vectors[0]));
    tcase_add_test(cases, vectors_do_not_reach_the_next_message);
    tcase_add_loop_test(cases, every_length_of_input, 0, 6);
    tcase_add_loop_test(cases, every_header_length, 0, 6);
    tcase_add_loop_test(cases, every_message_length, 0, 6);
    tcase_add_test(cases, headers_and_closed_sets);
    tcase_add_test(cases, padding);
    tcase_add_test(cases, limits);
    tcase_add_test(cases, elements_in_order);
    suite_add_tcase(suite, cases);
    return suite;
}
