/* SPDX-License-Identifier: Apache-2.0 */
/* What needs no database; with one, t/sql and t/http test it. */
#include "store/event.h"

#include "unit.h"

static void
read_cursor(void **state)
{
	static const struct {
		const char *text;
		const char *timeline;
		const char *xid;
		int64_t id;
	} cases[] = {
		{"t1.0.0", "t1", "0", 0},
		{"abcXYZ019.743.12", "abcXYZ019", "743", 12},
		{"a.9223372036854775807.9223372036854775807", "a",
	         "9223372036854775807", INT64_MAX},
		{"0123456789abcdef0123456789abcdef.1.1",
	         "0123456789abcdef0123456789abcdef", "1", 1},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct event_cursor cursor;

		row_true(cases[i].text,
		         event_cursor_read(cases[i].text, *state, &cursor));
		row_text(cases[i].text, cursor.timeline, cases[i].timeline);
		row_text(cases[i].text, cursor.xid, cases[i].xid);
		row_int(cases[i].text, cursor.id, cases[i].id);
	}
}

static void
refused(void **state)
{
	static const char *const cases[] = {
		"",
		".",
		"..",
		"a",
		"a.1",
		"a.1.",
		"a..1",
		".1.1",
		"a.1.1.1",
		"a.1.1 ",
		" a.1.1",
		"a.1.-1",
		"a.-1.1",
		"a.+1.1",
		"a.1.0x1",
		"a.1x.1",
		"a-b.1.1",
		"a'b.1.1",
		"決.1.1",
		"a.9223372036854775808.1",
		"a.1.9223372036854775808",
		"0123456789abcdef0123456789abcdef0.1.1",
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct event_cursor cursor = {.id = 99};

		row_true(cases[i],
		         !event_cursor_read(cases[i], *state, &cursor));
		row_int(cases[i], cursor.id, 99);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a cursor has a timeline, a transaction and an id",
	              read_cursor),
		CHECK("what is no cursor is refused", refused),
	};

	return unit_run(tests);
}
