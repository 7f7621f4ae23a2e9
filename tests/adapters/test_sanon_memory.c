/* test_sanon_memory.c: SAnon-X25519 where OpenSSL finds no memory. */
#include "sanon_side.h"

#include <openssl/crypto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct side initiator, acceptor;
static const struct spnego_slice nothing = {NULL, 0};
static long allocations = -1; /* how many still succeed; all, if negative */
static bool counted;          /* OpenSSL asks here */

static void
setup(void)
{
    memset(&initiator, 0, sizeof(initiator));
    memset(&acceptor, 0, sizeof(acceptor));
}

static void
teardown(void)
{
    allocations = -1;
    side_close(&initiator);
    side_close(&acceptor);
}

static bool
refused(void)
{
    if (allocations < 0)
        return false;
    if (allocations == 0)
        return true;
    allocations--;
    return false;
}

static void *
allocate(size_t len, const char *file, int line)
{
    (void)file;
    (void)line;
    return refused() ? NULL : malloc(len);
}

static void *
reallocate(void *ptr, size_t len, const char *file, int line)
{
    (void)file;
    (void)line;
    return refused() ? NULL : realloc(ptr, len);
}

static void
release(void *ptr, const char *file, int line)
{
    (void)file;
    (void)line;
    free(ptr);
}

/* A whole handshake and a MIC.  Returns what failed, or SPNEGO_OK. */
static enum spnego_status
shake_hands(void)
{
    enum spnego_status status = spnego_sanon.create(&initiator.mech, NULL, SPNEGO_INITIATOR);

    if (status == SPNEGO_OK)
        status = spnego_sanon.create(&acceptor.mech, NULL, SPNEGO_ACCEPTOR);
    if (status == SPNEGO_OK && side_step(&initiator, nothing) == SPNEGO_CONTINUE)
        status = side_step(&acceptor, side_said(&initiator));
    if (status == SPNEGO_OK)
        status = side_step(&initiator, side_said(&acceptor));
    if (status == SPNEGO_OK)
        status = side_sign(&initiator, nothing);
    if (status == SPNEGO_OK)
        status = spnego_sanon.check_mic(acceptor.mech, nothing, side_said(&initiator));
    return status;
}

START_TEST(no_memory)
{
    enum spnego_status status = SPNEGO_E_MEMORY;
    long count, failures = 0;

    if (!counted) {
        printf("skipped: OpenSSL had memory before the tests of sanon began\n");
        return;
    }
    ck_assert_int_eq(shake_hands(), SPNEGO_OK);
    teardown();
    for (count = 0; status != SPNEGO_OK; count++) {
        allocations = count;
        status = shake_hands();
        teardown();
        ck_assert(status == SPNEGO_OK || status == SPNEGO_E_MECH || status == SPNEGO_E_MEMORY);
        failures += status != SPNEGO_OK;
        ck_assert_int_lt(count, 10000);
    }
    ck_assert_int_gt(failures, 50);
    ck_assert_int_eq(shake_hands(), SPNEGO_OK);
}
END_TEST

TCase *
sanon_memory_cases(void)
{
    TCase *cases = tcase_create("no memory");

    counted = CRYPTO_set_mem_functions(allocate, reallocate, release) == 1;
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_set_timeout(cases, 0);
    tcase_add_test(cases, no_memory);
    return cases;
}
