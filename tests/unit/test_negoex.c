/*
 * test_negoex.c - NegoEx messages: the octets of each kind, both ways.
 * Headers and vectors that lie: test_negoex_hostile.c.
 */
#include "negoex_octets.h"
#include "octets.h"
#include "record.h"

Suite *negoex_suite(void);

static struct negoex_guid schemes[2];

static struct negoex_message
make_message(enum negoex_message_type type)
{
    struct negoex_message message;

    memset(&message, 0, sizeof(message));
    message.header.message_type = type;
    message.header.sequence_num = 9;
    /* not looked at */
    message.header.header_length = 77;
    message.header.message_length = 78;
    memcpy(message.header.conversation_id.octets, octets(CONVERSATION).ptr, 16);
    memcpy(schemes[0].octets, octets(SCHEME).ptr, 16);
    memcpy(schemes[1].octets, octets(SCHEME_2).ptr, 16);
    return message;
}

static struct spnego_slice
encode(const struct negoex_message *message)
{
    struct spnego_buf buf = {NULL, 0, 0, NULL};
    size_t len;

    ck_assert_int_eq(negoex_message_encode(&buf, message), SPNEGO_E_SPACE);
    len = buf.len;
    buf = (struct spnego_buf){octets_room(len), len, 0, NULL};
    ck_assert_int_eq(negoex_message_encode(&buf, message), SPNEGO_OK);
    ck_assert_uint_eq(buf.len, len);
    return (struct spnego_slice){buf.ptr, buf.len};
}

/* Decodes what must be good and free of findings. */
static struct spnego_slice
accept(struct negoex_message *message, const char *text)
{
    struct spnego_slice in = octets(text);
    struct record record;
    struct spnego_decode_opts opts = record_opts(&record, 0);
    size_t used;

    ck_assert_int_eq(negoex_message_decode(message, &used, in, &opts), SPNEGO_OK);
    ck_assert_uint_eq(used, in.len);
    ck_assert_ptr_eq(message->raw.ptr, in.ptr);
    ck_assert_uint_eq(message->raw.len, in.len);
    ck_assert_uint_eq(message->header.sequence_num, 9);
    ck_assert_uint_eq(message->header.message_length, in.len);
    ck_assert_mem_eq(message->header.conversation_id.octets, octets(CONVERSATION).ptr, 16);
    ck_assert_uint_eq(record.findings, 0);
    octets_check(encode(message), in);
    return in;
}

START_TEST(nego)
{
    struct negoex_message message;
    struct negoex_guid guid;

    message = make_message((enum negoex_message_type)_i);
    memcpy(message.u.nego_message.random, octets(RANDOM).ptr, 32);
    message.u.nego_message.auth_schemes.items = schemes;
    message.u.nego_message.auth_schemes.count = 1;
    ck_assert_uint_eq(encode(&message).len, 112);
    octets_check(encode(&message), octets(_i == 0 ? NEGO("00") : NEGO("01")));
    accept(&message, _i == 0 ? NEGO("00") : NEGO("01"));
    ck_assert_int_eq((int)message.header.message_type, _i);
    ck_assert_uint_eq(message.header.header_length, 96);
    ck_assert_int_eq(message.u.nego_message.layout, NEGOEX_LAYOUT_ALIGNED);
    ck_assert_mem_eq(message.u.nego_message.random, octets(RANDOM).ptr, 32);
    ck_assert_uint_eq(message.u.nego_message.auth_schemes.count, 1);
    ck_assert_uint_eq(message.u.nego_message.extensions.count, 0);
    ck_assert(negoex_guid_vector_at(&guid, &message.u.nego_message.auth_schemes, 0));
    ck_assert_int_eq(negoex_guid_scheme(&guid), NEGOEX_SCHEME_PKU2U);
    ck_assert(!negoex_guid_vector_at(&guid, &message.u.nego_message.auth_schemes, 1));
}
END_TEST

START_TEST(nego_with_extensions)
{
    struct negoex_extension items[2] = {{0x80000001u, octets("e1 e2 e3")}, {2, {NULL, 0}}},
                            item;
    struct negoex_message message = make_message(NEGOEX_MESSAGE_TYPE_ACCEPTOR_NEGO);
    struct negoex_nego_message *body = &message.u.nego_message;
    struct negoex_guid guid;
    struct spnego_slice in;

    memcpy(body->random, octets(RANDOM).ptr, 32);
    body->auth_schemes.items = schemes;
    body->auth_schemes.count = 2;
    body->extensions.items = items;
    body->extensions.count = 2;
    octets_check(encode(&message), octets(NEGO_EXTENDED));
    in = accept(&message, NEGO_EXTENDED);
    ck_assert(negoex_guid_vector_at(&guid, &body->auth_schemes, 1));
    ck_assert_mem_eq(guid.octets, octets(SCHEME_2).ptr, 16);
    ck_assert_uint_eq(body->extensions.count, 2);
    ck_assert(negoex_extension_vector_at(&item, &body->extensions, 0));
    ck_assert_uint_eq(item.extension_type, 0x80000001u);
    ck_assert_ptr_eq(item.extension_value.ptr, in.ptr + 152);
    ck_assert_uint_eq(item.extension_value.len, 3);
    ck_assert(negoex_extension_vector_at(&item, &body->extensions, 1));
    ck_assert_uint_eq(item.extension_type, 2);
    ck_assert_uint_eq(item.extension_value.len, 0);
    ck_assert(!negoex_extension_vector_at(&item, &body->extensions, 2));
    ck_assert(!negoex_extension_vector_at(&item, &body->extensions, SIZE_MAX));
}
END_TEST

START_TEST(exchange)
{
    static const char *const texts[] = {
        NULL, NULL, EXCHANGE("02"), EXCHANGE("03"), EXCHANGE("04"), EXCHANGE("05"),
    };
    struct negoex_message message = make_message((enum negoex_message_type)_i);
    struct spnego_slice in;

    message.u.exchange_message.auth_scheme = schemes[0];
    message.u.exchange_message.exchange = octets("d1 d2 d3");
    octets_check(encode(&message), octets(texts[_i]));
    in = accept(&message, texts[_i]);
    ck_assert_int_eq((int)message.header.message_type, _i);
    ck_assert_uint_eq(message.header.header_length, 64);
    ck_assert_mem_eq(message.u.exchange_message.auth_scheme.octets, schemes[0].octets, 16);
    ck_assert_ptr_eq(message.u.exchange_message.exchange.ptr, in.ptr + 64);
    ck_assert_uint_eq(message.u.exchange_message.exchange.len, 3);
    message.u.exchange_message.exchange.len = 0;
    octets_check((struct spnego_slice){encode(&message).ptr + 56, 8}, octets(ZEROS_8));
}
END_TEST

START_TEST(verify)
{
    struct negoex_message message = make_message(NEGOEX_MESSAGE_TYPE_VERIFY);
    struct negoex_checksum *checksum = &message.u.verify_message.checksum;
    struct spnego_slice in;

    message.u.verify_message.auth_scheme = schemes[0];
    checksum->checksum_scheme = NEGOEX_CHECKSUM_SCHEME_RFC3961;
    checksum->checksum_type = NEGOEX_CHECKSUM_TYPE_HMAC_SHA1_96_AES256;
    checksum->checksum_value = octets(CHECKSUM_12);
    ck_assert_uint_eq(encode(&message).len, 92);
    octets_check(encode(&message), octets(VERIFY));
    in = accept(&message, VERIFY);
    ck_assert_uint_eq(message.header.header_length, 80);
    ck_assert_int_eq(checksum->checksum_scheme, NEGOEX_CHECKSUM_SCHEME_RFC3961);
    ck_assert_uint_eq(checksum->checksum_type, 16);
    ck_assert_ptr_eq(checksum->checksum_value.ptr, in.ptr + 80);
    ck_assert_uint_eq(checksum->checksum_value.len, 12);
}
END_TEST

START_TEST(alert)
{
    struct negoex_message message = make_message(NEGOEX_MESSAGE_TYPE_ALERT);
    struct negoex_alert_message *body = &message.u.alert_message;
    struct negoex_alert item;
    struct spnego_slice in;

    memset(&item, 0, sizeof(item));
    item.alert_type = NEGOEX_ALERT_TYPE_PULSE;
    item.has_alert_pulse = true;
    item.alert_pulse.reason = NEGOEX_ALERT_REASON_VERIFY_NO_KEY;
    body->auth_scheme = schemes[0];
    body->error_code = 0xc0000022u;
    body->alerts.items = &item;
    body->alerts.count = 1;
    ck_assert_uint_eq(encode(&message).len, 92);
    octets_check(encode(&message), octets(ALERT));
    in = accept(&message, ALERT);
    ck_assert_uint_eq(message.header.header_length, 72);
    ck_assert_uint_eq(body->error_code, 0xc0000022u);
    ck_assert(negoex_alert_vector_at(&item, &body->alerts, 0));
    ck_assert_uint_eq(item.alert_type, NEGOEX_ALERT_TYPE_PULSE);
    ck_assert_ptr_eq(item.alert_value.ptr, in.ptr + 84);
    ck_assert_uint_eq(item.alert_value.len, 8);
    ck_assert(item.has_alert_pulse);
    ck_assert_uint_eq(item.alert_pulse.header_length, 8);
    ck_assert_uint_eq(item.alert_pulse.reason, NEGOEX_ALERT_REASON_VERIFY_NO_KEY);
    ck_assert(!negoex_alert_vector_at(&item, &body->alerts, 1));
}
END_TEST

/* Other alerts keep their octets; a pulse that is too short is none. */
START_TEST(open_sets_keep_values)
{
    struct negoex_message message;
    struct negoex_alert item;
    struct spnego_slice in = octets(ALERT);
    uint8_t *entry = (uint8_t *)in.ptr + 72;
    size_t used;

    entry[0] = 0xfe;
    ck_assert_int_eq(negoex_message_decode(&message, &used, in, NULL), SPNEGO_OK);
    ck_assert(negoex_alert_vector_at(&item, &message.u.alert_message.alerts, 0));
    ck_assert_uint_eq(item.alert_type, 0xfe);
    ck_assert(!item.has_alert_pulse);
    octets_check(encode(&message), in);
    entry[0] = 1;
    entry[8] = 7;
    ck_assert_int_eq(negoex_message_decode(&message, &used, in, NULL), SPNEGO_OK);
    ck_assert(negoex_alert_vector_at(&item, &message.u.alert_message.alerts, 0));
    ck_assert(!item.has_alert_pulse);
    ck_assert_uint_eq(item.alert_value.len, 7);
    entry[8] = 8;
    entry[16] = 0x99;
    ck_assert_int_eq(negoex_message_decode(&message, &used, in, NULL), SPNEGO_OK);
    ck_assert(negoex_alert_vector_at(&item, &message.u.alert_message.alerts, 0));
    ck_assert_uint_eq(item.alert_pulse.reason, 0x99);
    in = octets(VERIFY);
    memset((uint8_t *)in.ptr + 64, 0xff, 4);
    ck_assert_int_eq(negoex_message_decode(&message, &used, in, NULL), SPNEGO_OK);
    ck_assert_uint_eq(message.u.verify_message.checksum.checksum_type, UINT32_MAX);
    octets_check(encode(&message), in);
}
END_TEST

/* As MIT krb5 and Heimdal write: the vectors of 6 octets back to back. */
START_TEST(packed_layout)
{
    struct spnego_slice in = octets(HEADER("00", "60", "70") RANDOM ZEROS_8
                                    "60 00 00 00 01 00 60 00 00 00 00 00 00 00 00 00 " SCHEME);
    struct negoex_message message;
    struct record record;
    struct spnego_decode_opts opts = record_opts(&record, 0);
    struct negoex_guid guid;
    size_t used;

    ck_assert_int_eq(negoex_message_decode(&message, &used, in, &opts), SPNEGO_OK);
    ck_assert_uint_eq(used, 112);
    ck_assert_int_eq(message.u.nego_message.layout, NEGOEX_LAYOUT_PACKED);
    ck_assert_uint_eq(message.u.nego_message.auth_schemes.count, 1);
    ck_assert(negoex_guid_vector_at(&guid, &message.u.nego_message.auth_schemes, 0));
    ck_assert_mem_eq(guid.octets, octets(SCHEME).ptr, 16);
    ck_assert_uint_eq(message.u.nego_message.extensions.count, 0);
    ck_assert_uint_eq(record.findings, 1);
    ck_assert_uint_eq(record.finding[0].code, SPN3019_PACKED_LAYOUT);
    ck_assert_uint_eq(record.finding[0].off, 86);
    /* written again, it has the usual layout and offset 0 */
    octets_check((struct spnego_slice){encode(&message).ptr + 80, 16},
                 octets("60 00 00 00 01 00 00 00 " ZEROS_8));
}
END_TEST

/* Without the padding at the end of the header. */
START_TEST(short_headers)
{
    static const char verify_76[] = HEADER("06", "4c", "58") SCHEME
        "14 00 00 00 01 00 00 00 10 00 00 00 4c 00 00 00 0c 00 00 00 " CHECKSUM_12;
    static const char alert_68[] = HEADER("07", "44", "58") SCHEME
        "00 00 00 00 44 00 00 00 01 00 00 00 "
        "01 00 00 00 50 00 00 00 08 00 00 00 08 00 00 00 01 00 00 00 ";
    struct negoex_message message;
    struct negoex_alert item;
    struct record record;
    struct spnego_decode_opts opts = record_opts(&record, 0);
    size_t used;

    ck_assert_int_eq(negoex_message_decode(&message, &used, octets(verify_76), &opts),
                     SPNEGO_OK);
    octets_check(message.u.verify_message.checksum.checksum_value, octets(CHECKSUM_12));
    ck_assert_int_eq(negoex_message_decode(&message, &used, octets(alert_68), &opts),
                     SPNEGO_OK);
    ck_assert(negoex_alert_vector_at(&item, &message.u.alert_message.alerts, 0));
    ck_assert(item.has_alert_pulse);
    ck_assert_uint_eq(record.findings, 2);
    ck_assert_uint_eq(record_count(&record, SPN3005_HEADER_LENGTH), 2);
    ck_assert_uint_eq(record.finding[0].got, 76);
    ck_assert_uint_eq(record.finding[0].want, 80);
    ck_assert_uint_eq(record.finding[1].got, 68);
    ck_assert_uint_eq(record.finding[1].want, 72);
}
END_TEST

START_TEST(two_messages)
{
    struct spnego_slice in = octets(EXCHANGE("05") VERIFY), rest;
    struct negoex_message message;
    size_t used;

    ck_assert_int_eq(negoex_message_decode(&message, &used, in, NULL), SPNEGO_OK);
    ck_assert_uint_eq(used, 67);
    ck_assert_uint_eq(message.raw.len, 67);
    rest = (struct spnego_slice){in.ptr + used, in.len - used};
    ck_assert_int_eq(negoex_message_decode(&message, &used, rest, NULL), SPNEGO_OK);
    ck_assert_uint_eq(used, 92);
    ck_assert_ptr_eq(message.raw.ptr, rest.ptr);
    octets_check(message.u.verify_message.checksum.checksum_value, octets(CHECKSUM_12));
}
END_TEST

START_TEST(encoder_refuses)
{
    static struct negoex_guid many[65536];
    struct negoex_message message = make_message((enum negoex_message_type)8);
    struct spnego_buf buf = {NULL, 0, 0, NULL};

    ck_assert_int_eq(negoex_message_encode(&buf, &message), SPNEGO_E_MALFORMED);
    message = make_message(NEGOEX_MESSAGE_TYPE_VERIFY);
    ck_assert_int_eq(negoex_message_encode(&buf, &message), SPNEGO_E_MALFORMED);
    message.u.verify_message.checksum.checksum_scheme = (enum negoex_checksum_scheme)2;
    ck_assert_int_eq(negoex_message_encode(&buf, &message), SPNEGO_E_MALFORMED);
    message = make_message(NEGOEX_MESSAGE_TYPE_INITIATOR_NEGO);
    message.u.nego_message.auth_schemes.items = many;
    message.u.nego_message.auth_schemes.count = 65536;
    ck_assert_int_eq(negoex_message_encode(&buf, &message), SPNEGO_E_MALFORMED);
    ck_assert_uint_eq(buf.len, 0);
    message.u.nego_message.auth_schemes.count = 65535;
    ck_assert_int_eq(negoex_message_encode(&buf, &message), SPNEGO_E_SPACE);
    ck_assert_uint_eq(buf.len, 96 + 65535 * 16);
}
END_TEST

/* A count without elements: what a caller gets who forgets `items`. */
START_TEST(encoder_refuses_a_count_alone)
{
    struct negoex_message message;
    struct spnego_buf out = {NULL, 0, 0, NULL};

    memset(&message, 0, sizeof(message));
    message.u.nego_message.auth_schemes.count = 2;
    ck_assert_int_eq(negoex_message_encode(&out, &message), SPNEGO_E_MALFORMED);
    message.u.nego_message.auth_schemes.count = 0;
    message.u.nego_message.extensions.count = 2;
    ck_assert_int_eq(negoex_message_encode(&out, &message), SPNEGO_E_MALFORMED);
    ck_assert_uint_eq(out.len, 0);
}
END_TEST

START_TEST(appends_or_leaves_alone)
{
    struct negoex_message message;
    uint8_t room[70];
    struct spnego_buf buf = {room, sizeof(room), 3, NULL};

    memset(room, 0xee, sizeof(room));
    accept(&message, EXCHANGE("04"));
    ck_assert_int_eq(negoex_message_encode(&buf, &message), SPNEGO_OK);
    ck_assert_uint_eq(buf.len, 70);
    octets_check((struct spnego_slice){room, 3}, octets("ee ee ee"));
    octets_check((struct spnego_slice){room + 3, 67}, octets(EXCHANGE("04")));
    buf.len = 4;
    memset(room, 0xee, sizeof(room));
    ck_assert_int_eq(negoex_message_encode(&buf, &message), SPNEGO_E_SPACE);
    ck_assert_uint_eq(buf.len, 71);
    for (buf.len = 0; buf.len < sizeof(room); buf.len++)
        ck_assert_uint_eq(room[buf.len], 0xee);
}
END_TEST

Suite *
negoex_suite(void)
{
    Suite *suite = suite_create("negoex");
    TCase *cases = tcase_create("octets");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_loop_test(cases, nego, 0, 2);
    tcase_add_test(cases, nego_with_extensions);
    tcase_add_loop_test(cases, exchange, 2, 6);
    tcase_add_test(cases, verify);
    tcase_add_test(cases, alert);
    tcase_add_test(cases, open_sets_keep_values);
    tcase_add_test(cases, packed_layout);
    tcase_add_test(cases, short_headers);
    tcase_add_test(cases, two_messages);
    tcase_add_test(cases, encoder_refuses);
    tcase_add_test(cases, encoder_refuses_a_count_alone);
    tcase_add_test(cases, appends_or_leaves_alone);
    suite_add_tcase(suite, cases);
    return suite;
}
