/* SPDX-License-Identifier: Apache-2.0 */
/* What every unit test includes: cmocka and the headers it needs before it. */
#ifndef ASKWELL_TESTS_UNIT_H
#define ASKWELL_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

#endif
