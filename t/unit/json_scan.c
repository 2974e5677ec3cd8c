/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/json_scan.h"

#include "text.h"
#include "unit.h"
#include "wire/limits.h"

static enum json_breach
scan(const char *text, size_t *ret_at)
{
	*ret_at = SIZE_MAX;
	return json_scan(text, strlen(text), ret_at);
}

static void
within(void **state)
{
	struct arena *a = *state;
	const struct {
		const char *name;
		const char *text;
	} cases[] = {
		{"empty", ""},
		{"a number", "1"},
		{"64 lists", arena_printf(a, "%s%s", text_times(a, "[", 64),
	                                  text_times(a, "]", 64))},
		{"64 objects", text_times(a, "{\"a\":", 64)},
		{"brackets in texts", text_times(a, "\"[{\",", 100)},
		{"lists that are closed", text_times(a, "[]", 1000)},
		{"200,000 values", text_list(a, LIMIT_NODES - 1)},
		{"10,000 members", text_object(a, LIMIT_KEYS)},
		{"20,000 members of two",
	         arena_printf(a, "[%s,%s]", text_object(a, LIMIT_KEYS),
	                      text_object(a, LIMIT_KEYS))},
		{"256 KiB",
	         arena_printf(a, "\"%s\"", text_times(a, "x", LIMIT_SCALAR))},
		{"256 KiB of escapes",
	         arena_printf(a, "\"%s\"",
	                      text_times(a, "\\u007F", LIMIT_SCALAR))},
		{"256 KiB in twos", arena_printf(a, "\"%s\"",
	                                         text_times(a, "\\u0080\\u07ff",
	                                                    LIMIT_SCALAR / 4))},
		{"256 KiB of a number", text_times(a, "1", LIMIT_SCALAR)},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t at;

		row_int(cases[i].name, scan(cases[i].text, &at),
		        JSON_BREACH_NONE);
		row_int(cases[i].name, at, strlen(cases[i].text));
	}
}

static void
past(void **state)
{
	struct arena *a = *state;
	const struct {
		const char *name;
		enum json_breach breach;
		size_t at;
		const char *text;
	} cases[] = {
		{"65 lists", JSON_BREACH_DEPTH, 64, text_times(a, "[", 65)},
		{"65 objects", JSON_BREACH_DEPTH, 64 * 5,
	         text_times(a, "{\"a\":", 65)},
		{"very many lists", JSON_BREACH_DEPTH, 64,
	         text_times(a, "[", 100000)},
		{"200,001 values", JSON_BREACH_NODES, 2 * LIMIT_NODES + 1,
	         text_list(a, LIMIT_NODES)},
		{"10,001 members", JSON_BREACH_KEYS, SIZE_MAX,
	         text_object(a, LIMIT_KEYS + 1)},
		{"a text", JSON_BREACH_SCALAR, 1,
	         arena_printf(a, "[\"%s\"]",
	                      text_times(a, "x", LIMIT_SCALAR + 1))},
		{"a key", JSON_BREACH_SCALAR, 1,
	         arena_printf(a, "{\"%s\":1}",
	                      text_times(a, "x", LIMIT_SCALAR + 1))},
		{"escapes", JSON_BREACH_SCALAR, 0,
	         arena_printf(a, "\"%s\"",
	                      text_times(a, "\\n", LIMIT_SCALAR + 1))},
		{"two bytes each", JSON_BREACH_SCALAR, 0,
	         arena_printf(
			 a, "\"x%s\"",
			 text_times(a, "\\u0080\\u07fF", LIMIT_SCALAR / 4))},
		{"three bytes each", JSON_BREACH_SCALAR, 0,
	         arena_printf(a, "\"%s\"",
	                      text_times(a, "\\u0800\\uFfff",
	                                 LIMIT_SCALAR / 6 + 1))},
		{"pairs", JSON_BREACH_SCALAR, 0,
	         arena_printf(
			 a, "\"x%s\"",
			 text_times(a, "\\ud83d\\uDE00", LIMIT_SCALAR / 4))},
		{"a number", JSON_BREACH_SCALAR, 0,
	         text_times(a, "1", LIMIT_SCALAR + 1)},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t at;

		row_int(cases[i].name, scan(cases[i].text, &at),
		        cases[i].breach);
		if (cases[i].at != SIZE_MAX)
			row_int(cases[i].name, at, cases[i].at);
		row_true(cases[i].name, at <= strlen(cases[i].text));
	}
}

/* Whatever the bytes, the scan ends and stays inside. */
static void
any_bytes(void **state)
{
	static const char *const cases[] = {
		"\"",          "\"\\",         "\"\\u",        "\"\\u1",
		"\"\\u12",     "\"\\u123",     "\"\\u1234",    "\"\\ud83d",
		"\"\\uzzzz\"", "\\",           "]]]]",         "}{}{",
		":::",         "[:,:]",        "{\"a\"",       "{\"a\":",
		"nul",         "\x01\x02\xff", "\"\xff\xfe\"", "[\"a\",",
		",,,,",
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t len = strlen(cases[i]);
		/* Without a NUL, so that a sanitizer sees one byte too far. */
		char *bytes = arena_alloc(*state, len);
		size_t at = SIZE_MAX;

		memcpy(bytes, cases[i], len);
		row_int(cases[i], json_scan(bytes, len, &at), JSON_BREACH_NONE);
		row_int(cases[i], at, len);
	}
	for (unsigned c = 0; c < 256; c++) {
		const char bytes[3] = {(char)c, (char)c, (char)c};
		size_t at = SIZE_MAX;

		assert_int_equal(json_scan(bytes, 3, &at), JSON_BREACH_NONE);
		assert_int_equal(at, 3);
	}
}

static enum json_breach
within_limits(const char *text, size_t nodes, size_t scalar)
{
	const struct json_limits limits = {nodes, scalar};
	size_t at;

	return json_scan_within(text, strlen(text), &limits, &at);
}

static void
other_limits(void **state)
{
	const char *text =
		arena_printf(*state, "\"%s\"", text_times(*state, "x", 1000));

	assert_int_equal(within_limits(text, 1, 1000), JSON_BREACH_NONE);
	assert_int_equal(within_limits(text, 1, 999), JSON_BREACH_SCALAR);
	text = arena_printf(*state, "\"%s\"",
	                    text_times(*state, "x", LIMIT_SCALAR + 1));
	assert_int_equal(within_limits(text, 1, SIZE_MAX), JSON_BREACH_NONE);

	text = text_list(*state, LIMIT_NODES + 1000);
	assert_int_equal(within_limits(text, LIMIT_NODES + 1001, 1),
	                 JSON_BREACH_NONE);
	assert_int_equal(within_limits(text, LIMIT_NODES + 1000, 1),
	                 JSON_BREACH_NODES);
}

static void
words(void **state)
{
	static const struct {
		enum json_breach breach;
		const char *code;
	} cases[] = {
		{JSON_BREACH_NONE, ""},
		{JSON_BREACH_DEPTH, "too-deep"},
		{JSON_BREACH_NODES, "too-many"},
		{JSON_BREACH_KEYS, "too-many"},
		{JSON_BREACH_SCALAR, "too-long"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum json_breach breach = cases[i].breach;

		row_text(cases[i].code, json_breach_code(breach),
		         cases[i].code);
		row_int(cases[i].code, json_breach_text(breach)[0] == '\0',
		        breach == JSON_BREACH_NONE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("texts at each limit are taken", within),
		CHECK("texts one past a limit are not, and tell where", past),
		CHECK("any bytes are walked to their end", any_bytes),
		CHECK("other documents have other limits", other_limits),
		CHECK("each breach has a code and a sentence", words),
	};

	return unit_run(tests);
}
