/* suites.h: the suites of unit tests. */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

Suite *decode_suite(void);
Suite *decode_told_suite(void);
Suite *decode_tolerate_suite(void);
Suite *encode_room_suite(void);
Suite *encode_suite(void);
Suite *input_suite(void);
Suite *mutations_suite(void);
Suite *names_suite(void);
Suite *negoex_hostile_suite(void);
Suite *negoex_suite(void);
Suite *options_suite(void);
Suite *vectors_suite(void);

static inline void
suites_add(SRunner *runner)
{
    srunner_add_suite(runner, decode_suite());
    srunner_add_suite(runner, decode_told_suite());
    srunner_add_suite(runner, decode_tolerate_suite());
    srunner_add_suite(runner, encode_room_suite());
    srunner_add_suite(runner, encode_suite());
    srunner_add_suite(runner, input_suite());
    srunner_add_suite(runner, mutations_suite());
    srunner_add_suite(runner, names_suite());
    srunner_add_suite(runner, negoex_hostile_suite());
    srunner_add_suite(runner, negoex_suite());
    srunner_add_suite(runner, options_suite());
    srunner_add_suite(runner, vectors_suite());
}

#endif
