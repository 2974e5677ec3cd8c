/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include "process.h"
#include "unit.h"

#include <stdalign.h>

enum {
	BLOCK = 64 * 1024, /* what the arena takes from the system at a time */
	EXHAUSTED = 70,
};

static const size_t sizes[] = {
	0, 1, 15, 16, 17, 255, BLOCK - 1, BLOCK, BLOCK + 1, 1 << 20,
};

static void
zeroed(void **state)
{
	struct arena *arena = *state;

	for (int turn = 0; turn < 2; turn++) {
		for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
			unsigned char *p = arena_alloc(arena, sizes[i]);
			const char *row = arena_printf(arena, "%zu", sizes[i]);

			row_int(row, (uintptr_t)p % alignof(max_align_t), 0);
			for (size_t at = 0; at < sizes[i]; at++)
				row_int(row, p[at], 0);
			memset(p, 0xff, sizes[i]);
		}
		arena_reset(arena);
	}
}

static void
apart(void **state)
{
	enum {
		COUNT = 3000,
	};
	struct arena *arena = *state;
	unsigned char **all = arena_array(arena, COUNT, sizeof(*all));

	for (size_t i = 0; i < COUNT; i++) {
		all[i] = arena_alloc(arena, i % 97);
		memset(all[i], (int)(i % 251), i % 97);
	}
	for (size_t i = 0; i < COUNT; i++) {
		for (size_t at = 0; at < i % 97; at++)
			assert_int_equal(all[i][at], i % 251);
	}
}

static void
kept_block(void **state)
{
	struct arena *arena = *state;
	void *first = arena_alloc(arena, 100);

	(void)arena_alloc(arena, BLOCK);
	arena_reset(arena);
	assert_ptr_equal(arena_alloc(arena, 100), first);
}

static void
counted(void **state)
{
	struct arena *arena = *state;

	assert_int_equal(arena_used(arena), 0);
	(void)arena_alloc(arena, 100);
	assert_in_range(arena_used(arena), 100, 200);
	(void)arena_alloc(arena, BLOCK * 2);
	assert_in_range(arena_used(arena), 100 + BLOCK * 2, BLOCK * 2 + 300);
	arena_reset(arena);
	assert_int_equal(arena_used(arena), 0);
}

static void
grown(void **state)
{
	struct arena *arena = *state;
	char *old = arena_strdup(arena, "abc");
	char *new = arena_grow(arena, old, 3, 6);

	assert_memory_equal(new, "abc\0\0\0", 6);
	assert_string_equal(old, "abc");
	assert_memory_equal(arena_grow(arena, NULL, 0, 2), "\0\0", 2);
}

static void
texts(void **state)
{
	struct arena *arena = *state;

	assert_string_equal(arena_strdup(arena, ""), "");
	assert_string_equal(arena_strdup(arena, "決済"), "決済");
	assert_string_equal(arena_strndup(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(arena, "abc", 0), "");
	assert_string_equal(arena_printf(arena, "%s-%d", "a", 7), "a-7");
	assert_int_equal(strlen(arena_printf(arena, "%*s", BLOCK + 1, "")),
	                 BLOCK + 1);
}

/* Handles that write down in which order they are released. */
static char released[8];

static void
release(void *handle)
{
	size_t len = strlen(released);

	released[len] = *(const char *)handle;
	released[len + 1] = '\0';
}

static void
deferred(void **state)
{
	struct arena *arena = *state;

	released[0] = '\0';
	arena_defer(arena, release, (char[]){"a"});
	arena_defer(arena, release, (char[]){"b"});
	arena_defer(arena, release, (char[]){"c"});
	assert_string_equal(released, "");
	arena_reset(arena);
	assert_string_equal(released, "cba");
	arena_reset(arena);
	assert_string_equal(released, "cba");
}

static void
freed(void **state)
{
	struct arena *arena = arena_new();
	char handle[] = "x";

	(void)state;
	released[0] = '\0';
	arena_defer(arena, release, handle);
	arena_free(&arena);
	assert_null(arena);
	assert_string_equal(released, "x");
	arena_free(&arena);
}

static void
overflow_size(void *arena)
{
	(void)arena_alloc(arena, SIZE_MAX / 2 + 1);
}

static void
overflow_array(void *arena)
{
	(void)arena_array(arena, SIZE_MAX / 4, 8);
}

static void
must(void *given)
{
	(void)given;
	(void)arena_must(NULL);
}

static void
exhausted(void **state)
{
	static const struct {
		const char *name;
		void (*run)(void *arena);
	} cases[] = {
		{"a size past any memory", overflow_size},
		{"a product past size_t", overflow_array},
		{"NULL from elsewhere", must},
	};
	int something;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		row_int(cases[i].name, process_end_of(cases[i].run, *state),
		        EXHAUSTED);
	assert_ptr_equal(arena_must(&something), &something);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("memory is zeroed and aligned, again after a reset",
	              zeroed),
		CHECK("allocations do not overlap", apart),
		CHECK("a reset keeps a block for the next turn", kept_block),
		CHECK("what was handed out is counted", counted),
		CHECK("a grown array keeps its items, the old one stays",
	              grown),
		CHECK("texts are copied and printed in any length", texts),
		CHECK("a reset releases handles once, newest first", deferred),
		CHECK("freeing releases handles and clears the pointer", freed),
		CHECK("wanting memory ends the process with status 70",
	              exhausted),
	};

	return unit_run(tests);
}
