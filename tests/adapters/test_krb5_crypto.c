/* test_krb5_crypto.c: the checksums of RFC 3961 by MIT krb5. */
#include "../unit/octets.h"
#include "spnego/gss.h"
#include "suites.h"

#include <krb5.h>

#define crypto (&spnego_krb5_crypto)

/* What others have computed: the RFC, or OpenSSL's ciphers and hashes put together by
 * hand as the RFC says. */
static const struct vector {
    int32_t enctype, usage, type;
    const char *key, *message, *checksum;
} vectors[] = {
    /* RFC 3961 6.3, OpenSSL */
    {16, 25, 12, "7a25df8992296dceda0e135bc4046e2375b3c14c98fbc162", "616263",
     "2c97d48d9daa2ce9404ed7e0db6fec3fc5e6672e"},
    /* RFC 3962 4, OpenSSL */
    {17, 25, 15, "000102030405060708090a0b0c0d0e0f", "616263", "2f136ee4e3cf3c0686a7a039"},
    {17, 23, 15, "000102030405060708090a0b0c0d0e0f", "616263", "9a12dc7b40431637cd2856d6"},
    {18, 25, 16, "0100000000000000000000000000000000000000000000000000000000000000", "616263",
     "e56f0d92dfb5a6bcfdb0bd27"},
    {18, 23, 16, "0100000000000000000000000000000000000000000000000000000000000000", "616263",
     "b8ce409e31ce97bff1712d2e"},
    {18, 25, 16, "0100000000000000000000000000000000000000000000000000000000000000", "",
     "038f7384e5c979b7909cc425"},
    {18, 23, 16, "0100000000000000000000000000000000000000000000000000000000000000", "",
     "081a0b2ff5793eaa0b89ff3a"},
    /* RFC 8009 A */
    {19, 2, 19, "3705d96080c17728a0e800eab6e0d23c",
     "000102030405060708090a0b0c0d0e0f1011121314", "d78367186643d67b411cba9139fc1dee"},
    {20, 2, 20, "6d404d37faf79f9df0d33568d320669800eb4836472ea8a026d16b7182460c52",
     "000102030405060708090a0b0c0d0e0f1011121314",
     "45ee791567eefca37f4ac1e0222de80d43c3bfa06699672a"},
    /* RFC 4757 4, OpenSSL; its message type 13 is usage 23 */
    {23, 25, -138, "000102030405060708090a0b0c0d0e0f", "616263",
     "dee4fba05b4b61f77befdef37a96af05"},
    {23, 23, -138, "000102030405060708090a0b0c0d0e0f", "616263",
     "093604845aac02e8d91a9642c1b53112"},
    /* RFC 6803 10 */
    {25, 7, 17, "1dc46a8d763f4f93742bcba3387576c3", "6162636465666768696a6b",
     "1178e6c5c47a8c1ae0c4b9c7d4eb7b6b"},
    {26, 9, 18, "b61c86cc4e5d2757545ad423399fb7031ecab913cbb900bd7a3c6dd8bf92015b",
     "313233343536373839", "87a12cfd2b96214810f01c826e7744b1"},
};
#define NUM_VECTORS ((int)(sizeof(vectors) / sizeof(vectors[0])))

static struct spnego_key
key_of(const struct vector *vector)
{
    struct spnego_key key = {vector->enctype, octets(vector->key)};

    return key;
}

static enum spnego_status
check(const struct vector *vector, int32_t usage, int32_t type, struct spnego_slice checksum)
{
    struct spnego_key key = key_of(vector);

    return crypto->check_checksum(NULL, &key, usage, octets(vector->message), type, checksum);
}

START_TEST(known_checksums)
{
    const struct vector *vector = &vectors[_i];
    struct spnego_key key = key_of(vector);
    struct spnego_slice want = octets(vector->checksum);
    struct spnego_buf made = {octets_room(want.len), want.len, 0, NULL};
    int32_t type = 0;

    ck_assert_int_eq(crypto->make_checksum(NULL, &made, &type, &key, vector->usage,
                                           octets(vector->message)),
                     SPNEGO_OK);
    ck_assert_int_eq(type, vector->type);
    octets_check((struct spnego_slice){made.ptr, made.len}, want);
    ck_assert_int_eq(check(vector, vector->usage, vector->type, want), SPNEGO_OK);
}
END_TEST

START_TEST(one_wrong_bit)
{
    const struct vector *vector = &vectors[_i];
    struct spnego_slice wrong = octets(vector->checksum), message = octets(vector->message);
    struct spnego_key key = key_of(vector);
    size_t bit;

    for (bit = 0; bit < 8 * wrong.len; bit++) {
        ((uint8_t *)wrong.ptr)[bit / 8] ^= (uint8_t)(1 << bit % 8);
        ck_assert_int_eq(check(vector, vector->usage, vector->type, wrong), SPNEGO_E_INTEGRITY);
        ((uint8_t *)wrong.ptr)[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (bit = 0; bit < 8 * message.len; bit++) {
        ((uint8_t *)message.ptr)[bit / 8] ^= (uint8_t)(1 << bit % 8);
        ck_assert_int_eq(crypto->check_checksum(NULL, &key, vector->usage, message,
                                                vector->type, wrong),
                         SPNEGO_E_INTEGRITY);
        ((uint8_t *)message.ptr)[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}
END_TEST

START_TEST(swapped_usage)
{
    const struct vector *vector = &vectors[_i];
    int32_t other = vector->usage == SPNEGO_USAGE_INITIATOR_VERIFY
                        ? SPNEGO_USAGE_ACCEPTOR_VERIFY
                        : SPNEGO_USAGE_INITIATOR_VERIFY;

    ck_assert_int_eq(check(vector, other, vector->type, octets(vector->checksum)),
                     SPNEGO_E_INTEGRITY);
}
END_TEST

/* The checksum is right, its type is not: neither another that has a key, nor one
 * without, nor 0, by which the library means the right one. */
START_TEST(another_type)
{
    const struct vector *vector = &vectors[_i];
    struct spnego_slice checksum = octets(vector->checksum);
    int32_t type;

    for (type = -200; type < 200; type++)
        ck_assert_int_eq(check(vector, vector->usage, type, checksum),
                         type == vector->type ? SPNEGO_OK : SPNEGO_E_INTEGRITY);
}
END_TEST

/* Whatever the library computes under another type is not taken either: it needs no key
 * for MD4 (2), MD5 (7) and SHA-1 (9, 14), and the key of any type of the same cipher, or
 * of any type at all, for others. */
START_TEST(another_type_computed)
{
    static const krb5_cksumtype types[] = {2, 7, 9, 12, 14, 15, 16, 17, 18, 19, 20, -137, -138};
    const struct vector *vector = &vectors[_i];
    struct spnego_slice key = octets(vector->key), message = octets(vector->message);
    krb5_keyblock block = {0, vector->enctype, (unsigned)key.len, (krb5_octet *)key.ptr};
    krb5_data data = {0, (unsigned)message.len, (char *)message.ptr};
    int computed = 0;
    size_t i;

    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        krb5_checksum made;

        if (types[i] == vector->type ||
            krb5_c_make_checksum(NULL, types[i], &block, vector->usage, &data, &made) != 0)
            continue;
        ck_assert_int_eq(check(vector, vector->usage, types[i],
                               (struct spnego_slice){made.contents, made.length}),
                         SPNEGO_E_INTEGRITY);
        krb5_free_checksum_contents(NULL, &made);
        computed++;
    }
    ck_assert_int_ge(computed, 5); /* the four without a key, and -137 or -138 */
}
END_TEST

START_TEST(another_length)
{
    const struct vector *vector = &vectors[_i];
    struct spnego_slice whole = octets(vector->checksum), part = {NULL, 0};
    uint8_t *longer = octets_room(whole.len + 1);

    for (part.len = 0; part.len < whole.len; part.len++) {
        part.ptr = octets_copy((struct spnego_slice){whole.ptr, part.len}).ptr;
        ck_assert_int_eq(check(vector, vector->usage, vector->type, part), SPNEGO_E_INTEGRITY);
    }
    memcpy(longer, whole.ptr, whole.len);
    part = (struct spnego_slice){longer, whole.len + 1};
    ck_assert_int_eq(check(vector, vector->usage, vector->type, part), SPNEGO_E_INTEGRITY);
}
END_TEST

START_TEST(keys_of_another_length)
{
    const struct vector *vector = &vectors[_i];
    struct spnego_slice message = octets(vector->message), checksum = octets(vector->checksum);
    size_t right = octets(vector->key).len;
    uint8_t room[64];
    int32_t type;
    size_t len;

    for (len = 0; len < 64; len++) {
        struct spnego_key key = {vector->enctype, {octets_room(len), len}};
        struct spnego_buf made = {room, sizeof(room), 0, NULL};

        if (len == right)
            continue;
        ck_assert_int_eq(crypto->make_checksum(NULL, &made, &type, &key, vector->usage,
                                               message),
                         SPNEGO_E_UNSUPPORTED);
        ck_assert_uint_eq(made.len, 0);
        ck_assert_int_eq(crypto->check_checksum(NULL, &key, vector->usage, message,
                                                vector->type, checksum),
                         SPNEGO_E_UNSUPPORTED);
    }
}
END_TEST

static bool
has_vector(int32_t enctype)
{
    int i;

    for (i = 0; i < NUM_VECTORS; i++)
        if (vectors[i].enctype == enctype)
            return true;
    return false;
}

/* The library also has 24, RC4 cut to 40 bits, whose checksum is that of 23. */
START_TEST(other_encryption_types)
{
    static const size_t lens[] = {0, 8, 16, 24, 32};
    uint8_t room[64];
    int32_t enctype, type;
    size_t i;

    for (enctype = -300; enctype < 600; enctype++) {
        for (i = 0; i < sizeof(lens) / sizeof(lens[0]); i++) {
            struct spnego_key key = {enctype, {octets_room(lens[i]), lens[i]}};
            struct spnego_buf made = {room, sizeof(room), 0, NULL};

            if (!has_vector(enctype) && enctype != 24)
                ck_assert_int_eq(crypto->make_checksum(NULL, &made, &type, &key, 25,
                                                       octets("00")),
                                 SPNEGO_E_UNSUPPORTED);
            octets_release();
        }
    }
}
END_TEST

START_TEST(weak_key_of_des3)
{
    struct spnego_key key = {16, octets("010101010101010101010101010101010101010101010101")};
    uint8_t room[64];
    struct spnego_buf made = {room, sizeof(room), 0, NULL};
    int32_t type;

    ck_assert_int_eq(crypto->make_checksum(NULL, &made, &type, &key, 25, octets("00")),
                     SPNEGO_E_UNSUPPORTED);
}
END_TEST

START_TEST(no_room_for_a_checksum)
{
    const struct vector *vector = &vectors[_i];
    struct spnego_key key = key_of(vector);
    size_t need = octets(vector->checksum).len;
    struct spnego_buf made = {octets_room(need - 1), need - 1, 0, NULL};
    int32_t type;

    ck_assert_int_eq(crypto->make_checksum(NULL, &made, &type, &key, vector->usage,
                                           octets(vector->message)),
                     SPNEGO_E_SPACE);
    ck_assert_uint_eq(made.len, need);
}
END_TEST

START_TEST(random_octets)
{
    uint8_t *first = octets_room(32), *second = octets_room(32);

    ck_assert_int_eq(crypto->random(NULL, first, 32), SPNEGO_OK);
    ck_assert_int_eq(crypto->random(NULL, second, 32), SPNEGO_OK);
    ck_assert_mem_ne(first, second, 32);
    ck_assert_int_eq(crypto->random(NULL, octets_room(0), 0), SPNEGO_OK);
}
END_TEST

Suite *
krb5_crypto_suite(void)
{
    Suite *suite = suite_create("krb5_crypto");
    TCase *tcase = tcase_create("krb5_crypto");

    tcase_add_checked_fixture(tcase, NULL, octets_release);
    tcase_add_loop_test(tcase, known_checksums, 0, NUM_VECTORS);
    tcase_add_loop_test(tcase, one_wrong_bit, 0, NUM_VECTORS);
    tcase_add_loop_test(tcase, swapped_usage, 0, NUM_VECTORS);
    tcase_add_loop_test(tcase, another_type, 0, NUM_VECTORS);
    tcase_add_loop_test(tcase, another_type_computed, 0, NUM_VECTORS);
    tcase_add_loop_test(tcase, another_length, 0, NUM_VECTORS);
    tcase_add_loop_test(tcase, keys_of_another_length, 0, NUM_VECTORS);
    tcase_add_test(tcase, other_encryption_types);
    tcase_add_test(tcase, weak_key_of_des3);
    tcase_add_loop_test(tcase, no_room_for_a_checksum, 0, NUM_VECTORS);
    tcase_add_test(tcase, random_octets);
    suite_add_tcase(suite, tcase);
    return suite;
}
