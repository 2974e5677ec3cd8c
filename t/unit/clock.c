/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include "unit.h"

#define S INT64_C(1000000)

static const struct {
	const char *text;
	int64_t us;
} good[] = {
	{"1970-01-01T00:00:00Z", 0},
	{"1970-01-01T00:00:00.000001Z", 1},
	{"1970-01-01T00:00:00.0000019Z", 1},
	{"1970-01-01T00:00:00.5Z", 500000},
	{"1970-01-01t00:00:01z", S},
	{"1970-01-01 00:00:01Z", S},
	{"1970-01-01T01:00:00+01:00", 0},
	{"1970-01-01T00:00:00-23:59", 86340 * S},
	{"2026-11-24T04:40:32.123Z", 1795495232123000},
	{"2026-11-24T13:40:32.123+09:00", 1795495232123000},
	{"2024-02-29T00:00:00Z", 1709164800 * S},
	{"2000-02-29T00:00:00Z", 951782400 * S},
	{"2016-12-31T23:59:60Z", 1483228800 * S},
	{"9999-12-31T23:59:59.999999Z", 253402300799999999},
};

static void
parsed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		int64_t us = -1;

		row_true(good[i].text, clock_parse(good[i].text, &us));
		row_int(good[i].text, us, good[i].us);
	}
}

static void
refused(void **state)
{
	static const char *const bad[] = {
		"",
		"now",
		"2026-11-24",
		"2026-11-24T04:40Z",
		"2026-11-24T04:40:32",
		"2026-11-24T04:40:32+0900",
		"2026-11-24T04:40:32+24:00",
		"2026-11-24T04:40:32+09:60",
		"2026-11-24T04:40:32.Z",
		"2026-11-24T04:40:32,5Z",
		"2026-11-24T04:40:32Zx",
		"2026-11-24T04:40:32Z ",
		" 2026-11-24T04:40:32Z",
		"2026-11-24T24:00:00Z",
		"2026-11-24T04:60:00Z",
		"2026-11-24T04:40:61Z",
		"2026-00-24T04:40:32Z",
		"2026-13-24T04:40:32Z",
		"2026-11-00T04:40:32Z",
		"2026-11-31T04:40:32Z",
		"2026-02-29T04:40:32Z",
		"2100-02-29T04:40:32Z",
		"2026-1-24T04:40:32Z",
		"+2026-11-24T04:40:32Z",
		"1969-12-31T23:59:59Z",
		"10000-01-01T00:00:00Z",
		"2026-11-24T04:40:32-",
		"2026-11-2４T04:40:32Z",
		/* The signs before 0 and after 9. */
		"202:-11-24T04:40:32Z",
		"2026-11-2/T04:40:32Z",
		/* Out of the years only once they are in UTC. */
		"1970-01-01T00:00:00+00:01",
		"9999-12-31T23:59:59-00:01",
		"9999-12-31T23:59:60Z",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		int64_t us = 42;

		row_true(bad[i], !clock_parse(bad[i], &us));
		row_int(bad[i], us, 42);
	}
}

static void
formatted(void **state)
{
	static const struct {
		int64_t us;
		const char *text;
	} cases[] = {
		{0, "1970-01-01T00:00:00.000Z"},
		{999, "1970-01-01T00:00:00.000Z"},
		{1000, "1970-01-01T00:00:00.001Z"},
		{1795495232123999, "2026-11-24T04:40:32.123Z"},
		{253402300799999999, "9999-12-31T23:59:59.999Z"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char text[CLOCK_TEXT];

		clock_format(cases[i].us, text);
		row_text(cases[i].text, text, cases[i].text);
	}
}

static void
read_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		char text[CLOCK_TEXT];
		int64_t us;

		clock_format(good[i].us, text);
		row_true(text, clock_parse(text, &us));
		row_int(text, us, good[i].us / 1000 * 1000);
	}
}

static void
running(void **state)
{
	int64_t monotonic = clock_monotonic_us();
	int64_t wall = clock_wall_us();

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t now = clock_monotonic_us();

		assert_true(now >= monotonic);
		monotonic = now;
	}
	/* This was written in 2026. */
	assert_true(wall > 1767225600 * S);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("RFC 3339 times are read", parsed),
		CHECK("what is no such time is refused, the result untouched",
	              refused),
		CHECK("times are written in UTC with milliseconds", formatted),
		CHECK("what was written is read again", read_again),
		CHECK("the clocks run", running),
	};

	return unit_run(tests);
}
