/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fault.h"

#include "base/str.h"
#include "unit.h"

static void
single(void **state)
{
	struct fault fault = {.line = 7, .pointer = "#/old"};

	(void)state;
	assert_int_equal(fault_set(&fault, "code", "%s is %d", "x", 1), -1);
	assert_string_equal(fault.code, "code");
	assert_string_equal(fault.detail, "x is 1");
	assert_null(fault.pointer);
	assert_int_equal(fault.line, 0);
}

static void
cut(void **state)
{
	struct fault fault;

	(void)fault_set(&fault, "long", "%*s", 255, "x");
	assert_int_equal(strlen(fault.detail), 255);
	(void)fault_set(&fault, "long", "%*s", 256, "x");
	assert_int_equal(strlen(fault.detail), 255);

	/* 256 bytes hold 85 of these characters, and not a part of one. */
	char *text = arena_alloc(*state, 300 + 1);
	for (size_t i = 0; i < 300; i += 3)
		memcpy(text + i, "済", 3);
	for (int pad = 0; pad < 3; pad++) {
		(void)fault_set(&fault, "long", "%*s%s", pad, "", text);
		assert_true(str_is_utf8(fault.detail, strlen(fault.detail)));
	}
}

static void
gathered(void **state)
{
	struct faults faults = {.arena = *state};
	char pointer[] = "#/a";

	assert_false(faults_any(&faults));
	faults_add(&faults, pointer, 3, 4, "one", "%d", 1);
	faults_add(&faults, NULL, 0, 0, "two", "%s", "second");
	pointer[2] = 'x';

	assert_true(faults_any(&faults));
	assert_int_equal(faults.count, 2);
	assert_string_equal(faults.items[0].pointer, "#/a");
	assert_int_equal(faults.items[0].line, 3);
	assert_int_equal(faults.items[0].column, 4);
	assert_string_equal(faults.items[0].detail, "1");
	assert_string_equal(faults.items[1].pointer, "#");
	assert_string_equal(faults.items[1].code, "two");
}

static void
many(void **state)
{
	struct faults faults = {.arena = *state};

	for (int i = 1; i <= FAULTS_MAX; i++)
		faults_add(&faults, "#", 0, 0, "x", "%d", i);
	assert_int_equal(faults.count, FAULTS_MAX);
	assert_int_equal(faults.total, FAULTS_MAX);

	faults_add(&faults, "#", 0, 0, "x", "one more");
	assert_int_equal(faults.count, FAULTS_MAX);
	assert_int_equal(faults.total, FAULTS_MAX + 1);
	assert_string_equal(faults.items[FAULTS_MAX - 1].detail, "100");
}

static void
lines(void **state)
{
	static const char *const taken[] = {NULL, "", "a b", "決済"};
	static const char *const refused[] = {
		"a\nb", "a\tb", "\x7f", "a\u202e", "\xc2\x85", "\u2028",
	};
	struct faults faults = {.arena = *state};

	for (size_t i = 0; i < ARRAY_LEN(taken); i++)
		faults_unless_line(&faults, "#/a", "x", taken[i]);
	assert_false(faults_any(&faults));

	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		faults_unless_line(&faults, "#/a", "x", refused[i]);
		row_int(refused[i], faults.count, i + 1);
	}
	assert_string_equal(faults.items[0].pointer, "#/a");
	assert_string_equal(faults.items[0].code, "x");
	assert_string_equal(faults.items[0].detail,
	                    "must be one line without control characters or "
	                    "signs that turn the text around");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a single fault replaces what was there and is -1",
	              single),
		CHECK("a long sentence is cut between characters", cut),
		CHECK("faults are gathered in order and copied", gathered),
		CHECK("a hundred are kept, more are counted", many),
		CHECK("what others read is one line that turns nothing", lines),
	};

	return unit_run(tests);
}
