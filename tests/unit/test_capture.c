/*
 * test_capture.c - tshark's JSON, also what tshark would not print; and the messages of the
 * carriers, cut and bent.
 */
#include "capture_packet.h"
#include "octets.h"

Suite *capture_suite(void);

/* What a splitter found, one object behind the other. */
struct found {
    char text[512];
    size_t count, stop_at;
    char error[128];
};

static bool
note_object(void *arg, const char *text, size_t len)
{
    struct found *found = arg;

    ck_assert_uint_lt(strlen(found->text) + len + 1, sizeof(found->text));
    strncat(found->text, text, len);
    return ++found->count != found->stop_at;
}

static bool
split(struct found *found, const char *text, size_t limit, size_t string_limit, size_t piece)
{
    struct capture_splitter splitter = {.limit = limit, .string_limit = string_limit};
    size_t len = strlen(text), at;
    bool done = true;

    for (at = 0; done && at < len; at += piece)
        done = capture_split(&splitter, text + at, len - at < piece ? len - at : piece,
                             note_object, found, found->error, sizeof(found->error));
    capture_splitter_free(&splitter);
    return done;
}

START_TEST(objects_in_pieces)
{
    static const char text[] = "[\r\n {\"a\": \"}{\\\"\\\\\"} , {\"b\":[{},{\"c\":{}}]}\n\t]\n";
    struct found found = {.count = 0};

    ck_assert(split(&found, text, 100, 100, (size_t)_i));
    ck_assert_uint_eq(found.count, 2);
    ck_assert_str_eq(found.text, "{\"a\": \"}{\\\"\\\\\"}{\"b\":[{},{\"c\":{}}]}");
}
END_TEST

START_TEST(objects_that_are_wanted)
{
    struct found found = {.stop_at = 2};

    ck_assert(!split(&found, "[{},{},{}]", 100, 100, 1));
    ck_assert_uint_eq(found.count, 2);
    ck_assert_str_eq(found.error, "");
}
END_TEST

START_TEST(no_json)
{
    static const char *const texts[] = {"tshark: no", "[{}] x", "}", "\"{}\"", "[1]"};
    struct found found = {.count = 0};

    ck_assert(!split(&found, texts[_i], 100, 100, 1));
    ck_assert_str_eq(found.error, "tshark printed what is not its JSON");
}
END_TEST

START_TEST(objects_have_a_limit)
{
    struct found found = {.count = 0};

    ck_assert(split(&found, "[{\"a\":\"b\"}]", 9, 100, 1));
    ck_assert(!split(&found, "[{\"a\":\"bc\"}]", 9, 100, 1));
    ck_assert_str_eq(found.error, "tshark prints more of one packet than is read");
    ck_assert_uint_eq(found.count, 1);
}
END_TEST

START_TEST(strings_have_a_limit)
{
    static const struct {
        const char *text, *want;
    } strings[] = {
        {"{\"abcd\":\"0123\"}", "{\"abcd\":\"0123\"}"},
        {"{\"abcd\":\"01234567\",\"e\":1}", "{\"abcd\":\"0123\",\"e\":1}"},
        {"{\"abcd\":\"012\\\"4567\"}", "{\"abcd\":\"012\\\"\"}"},
        {"{\"abcd\":\"0123\\\"567\"}", "{\"abcd\":\"0123\"}"},
        {"{\"abcd\":\"01234\\\\\"}", "{\"abcd\":\"0123\"}"},
    };
    struct found found = {.count = 0};

    ck_assert(split(&found, strings[_i].text, 100, 4, 1));
    ck_assert_str_eq(found.text, strings[_i].want);
}
END_TEST

#define LAYERS(layers) "{\"_source\":{\"layers\":{" layers "}}}"
#define FRAME "\"frame\":{\"frame.number\":\"7\",\"frame.len\":\"9\",\"frame.cap_len\":\"9\"}"

START_TEST(a_packet)
{
    static const char text[] = LAYERS(
        FRAME ",\"ip\":[{\"ip.src\":\"1.1.1.1\"},{\"ip.src\":\"10.0.0.1\",\"ip.dst\":"
              "\"10.0.0.2\"}],\"tcp\":{\"tcp.stream\":\"3\",\"tcp.srcport\":\"49152\","
              "\"tcp.dstport\":\"445\"},\"smb2_raw\":[[\"00ff\",4,2,0,1],[\"a1\",6,1,0,1]],"
              "\"http_raw\":[\"0102\",4,2,0,1]");
    struct capture_packet packet;
    struct spnego_slice got;
    char error[128] = "";

    ck_assert(capture_packet_parse(&packet, text, strlen(text), error, sizeof(error)));
    ck_assert_uint_eq(packet.frame, 7);
    ck_assert_uint_eq(packet.stream, 3);
    ck_assert(packet.has_tcp && !packet.cut);
    ck_assert_str_eq(packet.source, "10.0.0.1:49152");
    ck_assert_str_eq(packet.target, "10.0.0.2:445");
    ck_assert_int_eq(capture_packet_pdu(&packet, CARRIER_SMB2, 1, &got, error, 128), 1);
    octets_check(got, octets("a1"));
    free((void *)got.ptr);
    ck_assert_int_eq(capture_packet_pdu(&packet, CARRIER_HTTP, 0, &got, error, 128), 1);
    octets_check(got, octets("01 02"));
    free((void *)got.ptr);
    ck_assert_int_eq(capture_packet_pdu(&packet, CARRIER_SMB2, 2, &got, error, 128), 0);
    ck_assert_int_eq(capture_packet_pdu(&packet, CARRIER_HTTP, 1, &got, error, 128), 0);
    ck_assert_int_eq(capture_packet_pdu(&packet, CARRIER_LDAP, 0, &got, error, 128), 0);
    capture_packet_free(&packet);
}
END_TEST

START_TEST(no_packets)
{
    static const char *const texts[] = {"{}",
                                        "{",
                                        "{\"_source\":7}",
                                        LAYERS(""),
                                        LAYERS("\"frame\":{\"frame.number\":7}"),
                                        LAYERS("\"frame\":[]"),
                                        LAYERS("\"frame\":{\"frame.number\":\"-5\"}"),
                                        LAYERS("\"frame\":{\"frame.number\":\"x\"}")};
    struct capture_packet packet;
    char error[128] = "";

    ck_assert(!capture_packet_parse(&packet, texts[_i], strlen(texts[_i]), error, 128));
    ck_assert_str_eq(error, "tshark printed a packet without a frame.number");
    ck_assert_ptr_null(packet.root);
}
END_TEST

/* What is a packet, and wrong elsewhere: 1, 0 or -1 as capture_packet_pdu returns it. */
START_TEST(odd_packets)
{
    static const struct {
        const char *text;
        int want;
    } odd[] = {
        {LAYERS(FRAME ",\"ldap_raw\":[\"\",0,0,0,1]"), 1},
        {LAYERS(FRAME ",\"ldap_raw\":[\"0\",0,0,0,1]"), -1},
        {LAYERS(FRAME ",\"ldap_raw\":[\"0g\",0,0,0,1]"), -1},
        {LAYERS(FRAME ",\"ldap_raw\":[\"00\\u00000\",0,0,0,1]"), 1},
        {LAYERS(FRAME ",\"ldap_raw\":[[[\"00\"]]]"), 0},
        {LAYERS(FRAME ",\"ldap_raw\":[[]]"), 0},
        {LAYERS(FRAME ",\"ldap_raw\":{\"0\":1}"), 0},
        {LAYERS(FRAME ",\"ldap_raw\":\"00\""), 0},
        {LAYERS(FRAME ",\"tcp\":[],\"ip\":7"), 0},
        {LAYERS(FRAME ",\"tcp\":{\"tcp.stream\":[[\"\"]]}"), 0},
    };
    struct capture_packet packet;
    struct spnego_slice got = {NULL, 0};
    char error[128] = "";

    ck_assert(capture_packet_parse(&packet, odd[_i].text, strlen(odd[_i].text), error, 128));
    ck_assert(!packet.has_tcp);
    ck_assert_int_eq(capture_packet_pdu(&packet, CARRIER_LDAP, 0, &got, error, 128),
                     odd[_i].want);
    if (odd[_i].want < 0)
        ck_assert_str_eq(error, "tshark printed octets that are not hexadecimal");
    free((void *)got.ptr);
    capture_packet_free(&packet);
}
END_TEST

Suite *
capture_suite(void)
{
    Suite *suite = suite_create("capture");
    TCase *cases = tcase_create("tshark's JSON");

    tcase_add_checked_fixture(cases, NULL, octets_release);
    tcase_add_loop_test(cases, objects_in_pieces, 1, 50);
    tcase_add_test(cases, objects_that_are_wanted);
    tcase_add_loop_test(cases, no_json, 0, 5);
    tcase_add_test(cases, objects_have_a_limit);
    tcase_add_loop_test(cases, strings_have_a_limit, 0, 5);
    tcase_add_test(cases, a_packet);
    tcase_add_loop_test(cases, no_packets, 0, 8);
    tcase_add_loop_test(cases, odd_packets, 0, 10);
    suite_add_tcase(suite, cases);
    return suite;
}
