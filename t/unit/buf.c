/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buf.h"

#include "unit.h"

static void
empty(void **state)
{
	struct buf buf = {.arena = *state};

	assert_string_equal(buf_text(&buf), "");
	buf_add(&buf, NULL, 0);
	assert_string_equal(buf_text(&buf), "");
	assert_int_equal(buf.len, 0);
}

static void
pieces(void **state)
{
	struct buf buf = {.arena = *state};

	buf_adds(&buf, "ab");
	buf_addc(&buf, 'c');
	buf_add(&buf, "d\0e", 3);
	buf_printf(&buf, "%d%%", 42);
	assert_int_equal(buf.len, 9);
	assert_memory_equal(buf.data, "abcd\0e42%", 10);
}

/* Around each size at which the buffer grows. */
static void
growth(void **state)
{
	static const size_t lengths[] = {
		254, 255, 256, 257, 511, 512, 513, 4096, 100000,
	};

	for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
		struct buf at_once = {.arena = *state};
		struct buf single = {.arena = *state};
		char *text = arena_alloc(*state, lengths[i] + 1);

		memset(text, 'x', lengths[i]);
		buf_adds(&at_once, text);
		for (size_t n = 0; n < lengths[i]; n++) {
			buf_addc(&single, 'x');
			assert_int_equal(single.data[single.len], '\0');
			assert_true(single.len < single.cap);
		}
		assert_string_equal(buf_text(&at_once), text);
		assert_string_equal(buf_text(&single), text);
	}
}

static void
reserved(void **state)
{
	struct buf buf = {.arena = *state};

	buf_adds(&buf, "head:");
	memset(buf_reserve(&buf, 1000), 'y', 1000);
	assert_int_equal(buf.len, 5);
	buf.len += 3;
	buf_adds(&buf, "!");
	assert_string_equal(buf_text(&buf), "head:yyy!");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a buffer without anything is an empty text", empty),
		CHECK("pieces of all kinds follow each other", pieces),
		CHECK("it grows and always ends with NUL", growth),
		CHECK("reserved room may be used in part", reserved),
	};

	return unit_run(tests);
}
