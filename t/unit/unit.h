/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/*
 * What every unit test includes: cmocka with TAP output, an arena per test in
 * *state, and assertions that name the row of a table. A test is a function and
 * a sentence:
 *
 *	const struct CMUnitTest tests[] = {
 *		CHECK("memory is zeroed", zeroed),
 *	};
 *	return unit_run(tests);
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#include <inttypes.h>
#include <string.h>

#define CHECK(sentence, run)                                  \
	{                                                     \
		(sentence), (run), unit_begin, unit_end, NULL \
	}

#define unit_run(tests)                            \
	(cmocka_set_message_output(CM_OUTPUT_TAP), \
	 cmocka_run_group_tests(tests, NULL, NULL))

static inline int
unit_begin(void **state)
{
	*state = arena_new();
	return 0;
}

static inline int
unit_end(void **state)
{
	struct arena *arena = *state;

	arena_free(&arena);
	return 0;
}

/* `row` says which case of a table it is. */
#define row_true(row, condition) \
	unit_true((row), (condition), #condition, __FILE__, __LINE__)
#define row_int(row, got, want) \
	unit_int((row), (int64_t)(got), (int64_t)(want), __FILE__, __LINE__)
#define row_text(row, got, want) \
	unit_text((row), (got), (want), __FILE__, __LINE__)

static inline void
unit_true(const char *row, bool holds, const char *what, const char *file,
          int line)
{
	if (holds)
		return;
	print_error("%s: not so: %s\n", row, what);
	_fail(file, line);
}

static inline void
unit_int(const char *row, int64_t got, int64_t want, const char *file, int line)
{
	if (got == want)
		return;
	print_error("%s: got %" PRId64 ", not %" PRId64 "\n", row, got, want);
	_fail(file, line);
}

static inline void
unit_text(const char *row, const char *got, const char *want, const char *file,
          int line)
{
	if (got == NULL || want == NULL ? got == want : strcmp(got, want) == 0)
		return;
	print_error("%s: got \"%s\", not \"%s\"\n", row,
	            got == NULL ? "(none)" : got,
	            want == NULL ? "(none)" : want);
	_fail(file, line);
}
