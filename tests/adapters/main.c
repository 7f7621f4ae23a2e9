/* main.c: runs the tests of the adapters.  Each suite is a file of its own. */
#include "suites.h"

#include <stdlib.h>

int
main(void)
{
    SRunner *runner =
        srunner_create(sanon_suite()); /* the first: it replaces OpenSSL's malloc */
    int failed;

    srunner_add_suite(runner, krb5_crypto_suite());
    srunner_add_suite(runner, gss_suite());
    srunner_add_suite(runner, negoex_sanon_suite());
    srunner_add_suite(runner, negoex_recorded_suite());
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
