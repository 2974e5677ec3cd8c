/* SPDX-License-Identifier: Apache-2.0 */
/* What needs no database; with one, t/http tests it. */
#include "store/publish.h"

#include "unit.h"

static void
cursors(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} cases[] = {
		{"20261124044032123456.0", true},
		{"20261124044032123456.9223372036854775807", true},
		{"20240229235959999999.1", true},
		{"19700101000000000000.1", true},
		{"20261124044032123456", false},
		{"20261124044032123456.", false},
		{"20261124044032123456.-1", false},
		{"20261124044032123456.x", false},
		{"20261124044032123456.1 ", false},
		{"20261124044032123456.9223372036854775808", false},
		{"2026112404403212345.1", false},
		{"202611240440321234567.1", false},
		{"20261324044032123456.1", false},
		{"20260229044032123456.1", false},
		{"20261124244032123456.1", false},
		{"20261124044060123456.1", false},
		{"00001124044032123456.1", false},
		{"2026-11-24T04:40:32.1", false},
		{" 0261124044032123456.1", false},
		{"", false},
		{".1", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].text, failure_cursor_is_valid(cases[i].text),
		        cases[i].good);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a cursor of failures is a time and an id", cursors),
	};

	return unit_run(tests);
}
