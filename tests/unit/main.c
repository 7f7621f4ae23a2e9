/* main.c: runs all unit tests.  Each suite is a file of its own. */
#include "suites.h"

#include <stdlib.h>

int
main(void)
{
    SRunner *runner = srunner_create(NULL);
    int failed;

    suites_add(runner);
    /* Sanitizers name the place of a crash; a process for each check is slow. */
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
