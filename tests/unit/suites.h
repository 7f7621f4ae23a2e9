/* suites.h: the suites of unit tests. */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

Suite *input_suite(void);

static inline void
suites_add(SRunner *runner)
{
    srunner_add_suite(runner, input_suite());
}

#endif
