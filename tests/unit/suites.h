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
Suite *negoex_export_suite(void);
Suite *negoex_findings_suite(void);
Suite *negoex_flows_suite(void);
Suite *negoex_hostile_suite(void);
Suite *negoex_suite(void);
Suite *negoex_attack_suite(void);
Suite *negoex_attack_fields_suite(void);
Suite *negoex_attack_flips_suite(void);
Suite *negoex_attack_found_suite(void);
Suite *negoex_attack_limits_suite(void);
Suite *negoex_attack_moves_suite(void);
Suite *negoex_attack_unruly_suite(void);
Suite *negoex_attack_unverified_suite(void);
Suite *negoex_liveness_suite(void);
Suite *negoex_memory_suite(void);
Suite *negotiate_attack_suite(void);
Suite *negotiate_export_suite(void);
Suite *negotiate_findings_suite(void);
Suite *negotiate_first_suite(void);
Suite *negotiate_flows_suite(void);
Suite *negotiate_fragments_suite(void);
Suite *negotiate_hint_suite(void);
Suite *negotiate_limits_suite(void);
Suite *negotiate_liveness_suite(void);
Suite *negotiate_memory_suite(void);
Suite *negotiate_mic_suite(void);
Suite *negotiate_recorded_suite(void);
Suite *negotiate_safety_suite(void);
Suite *negotiate_states_suite(void);
Suite *negotiate_tolerate_suite(void);
Suite *negotiate_trace_suite(void);
Suite *negotiate_unruly_suite(void);
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
    srunner_add_suite(runner, negoex_export_suite());
    srunner_add_suite(runner, negoex_findings_suite());
    srunner_add_suite(runner, negoex_flows_suite());
    srunner_add_suite(runner, negoex_hostile_suite());
    srunner_add_suite(runner, negoex_suite());
    srunner_add_suite(runner, negoex_attack_suite());
    srunner_add_suite(runner, negoex_attack_fields_suite());
    srunner_add_suite(runner, negoex_attack_flips_suite());
    srunner_add_suite(runner, negoex_attack_found_suite());
    srunner_add_suite(runner, negoex_attack_limits_suite());
    srunner_add_suite(runner, negoex_attack_moves_suite());
    srunner_add_suite(runner, negoex_attack_unruly_suite());
    srunner_add_suite(runner, negoex_attack_unverified_suite());
    srunner_add_suite(runner, negoex_liveness_suite());
    srunner_add_suite(runner, negoex_memory_suite());
    srunner_add_suite(runner, negotiate_attack_suite());
    srunner_add_suite(runner, negotiate_export_suite());
    srunner_add_suite(runner, negotiate_findings_suite());
    srunner_add_suite(runner, negotiate_first_suite());
    srunner_add_suite(runner, negotiate_flows_suite());
    srunner_add_suite(runner, negotiate_fragments_suite());
    srunner_add_suite(runner, negotiate_hint_suite());
    srunner_add_suite(runner, negotiate_limits_suite());
    srunner_add_suite(runner, negotiate_liveness_suite());
    srunner_add_suite(runner, negotiate_memory_suite());
    srunner_add_suite(runner, negotiate_mic_suite());
    srunner_add_suite(runner, negotiate_recorded_suite());
    srunner_add_suite(runner, negotiate_safety_suite());
    srunner_add_suite(runner, negotiate_states_suite());
    srunner_add_suite(runner, negotiate_tolerate_suite());
    srunner_add_suite(runner, negotiate_trace_suite());
    srunner_add_suite(runner, negotiate_unruly_suite());
    srunner_add_suite(runner, options_suite());
    srunner_add_suite(runner, vectors_suite());
}

#endif
