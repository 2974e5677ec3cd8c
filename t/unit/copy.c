/* SPDX-License-Identifier: Apache-2.0 */
#include "db/copy.h"

#include "base/buf.h"
#include "unit.h"

static void
texts(void **state)
{
	static const struct {
		const char *value;
		const char *copied;
	} cases[] = {
		{"plain", "plain\t"},
		{"", "\t"},
		{NULL, "\\N\t"},
		{"\\N", "\\\\N\t"},
		{"\\.", "\\\\.\t"},
		{"a\tb", "a\\tb\t"},
		{"a\nb\r", "a\\nb\\r\t"},
		{"\\\\", "\\\\\\\\\t"},
		{"\t\n\r\\", "\\t\\n\\r\\\\\t"},
		{"\b\f\v", "\b\f\v\t"},
		{"{\"a\":\"\\n\"}", "{\"a\":\"\\\\n\"}\t"},
		{"決済", "決済\t"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct buf rows = {.arena = *state};

		copy_text(&rows, cases[i].value);
		assert_string_equal(buf_text(&rows), cases[i].copied);
	}
}

static void
numbers(void **state)
{
	struct buf rows = {.arena = *state};

	copy_int(&rows, 0);
	copy_int(&rows, INT64_MAX);
	copy_int(&rows, INT64_MIN);
	copy_bool(&rows, true);
	copy_bool(&rows, false);
	assert_string_equal(buf_text(&rows),
	                    "0\t9223372036854775807\t-9223372036854775808\t"
	                    "t\tf\t");
}

/* What is bytea's "\x…" needs its backslash escaped. */
static void
bytes(void **state)
{
	struct buf rows = {.arena = *state};

	copy_bytes(&rows, "\0\t\n\\\xff", 5);
	copy_bytes(&rows, "", 0);
	assert_string_equal(buf_text(&rows), "\\\\x00090a5cff\t\\\\x\t");
}

/* Around the sizes at which a buffer grows. */
static void
many_bytes(void **state)
{
	static const size_t lengths[] = {126, 127, 128, 255, 256, 70000};

	for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
		struct buf rows = {.arena = *state};
		char *value = arena_alloc(*state, lengths[i]);

		copy_bytes(&rows, value, lengths[i]);
		assert_int_equal(rows.len, 3 + 2 * lengths[i] + 1);
		assert_int_equal(strspn(buf_text(&rows) + 3, "0"),
		                 2 * lengths[i]);
		assert_int_equal(rows.data[rows.len - 1], '\t');
	}
}

static void
whole_rows(void **state)
{
	struct buf rows = {.arena = *state};

	copy_int(&rows, 1);
	copy_text(&rows, "a");
	copy_end(&rows);
	copy_int(&rows, 2);
	copy_text(&rows, NULL);
	copy_end(&rows);
	assert_string_equal(buf_text(&rows), "1\ta\n2\t\\N\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("texts are escaped where COPY needs it", texts),
		CHECK("numbers and truths are as SQL writes them", numbers),
		CHECK("bytes are hexadecimal", bytes),
		CHECK("however many they are", many_bytes),
		CHECK("a row ends instead of its last value", whole_rows),
	};

	return unit_run(tests);
}
