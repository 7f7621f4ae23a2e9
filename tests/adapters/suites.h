/* suites.h: the suites of the adapters, one a file. */
#ifndef SUITES_H
#define SUITES_H

#include <check.h>

Suite *sanon_suite(void);           /* test_sanon.c */
Suite *krb5_crypto_suite(void);     /* test_krb5_crypto.c */
Suite *gss_suite(void);             /* test_gss.c */
Suite *negoex_sanon_suite(void);    /* test_negoex_sanon.c */
Suite *negoex_recorded_suite(void); /* test_negoex_recorded.c */

#endif
