/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cycle.h"

#include "base/arena.h"
#include "unit.h"

#include <stdio.h>

/* "1 2 3 | 4": the cycles of these edges, when names are so far apart. */
static const char *
found(struct arena *arena, const struct cycle_edge *given, size_t count,
      int64_t apart)
{
	const struct cycle *cycles;
	struct cycle_edge *edges =
		arena_array(arena, count + 1, sizeof(*edges));

	for (size_t i = 0; i < count; i++)
		edges[i] = (struct cycle_edge){given[i].from * apart,
		                               given[i].to * apart};
	size_t cycle_count = cycles_find(arena, edges, count, &cycles);
	const char *text = "";

	for (size_t i = 0; i < cycle_count; i++) {
		if (i > 0)
			text = arena_printf(arena, "%s |", text);
		for (size_t j = 0; j < cycles[i].count; j++)
			text = arena_printf(
				arena, "%s %ld", text,
				(long)(cycles[i].members[j] / apart));
	}
	return text;
}

static void
cycles(void **state)
{
	static const struct {
		struct cycle_edge edges[10]; /* up to one from 0 */
		const char *found;
	} cases[] = {
		{{{0, 0}}, ""},
		{{{1, 2}, {2, 3}}, ""},
		{{{1, 2}, {1, 3}, {2, 4}, {3, 4}}, ""},
		{{{1, 2}, {2, 1}}, " 1 2"},
		{{{5, 5}}, " 5"},
		{{{1, 2}, {2, 2}, {2, 3}}, " 2"},
		{{{1, 2}, {2, 3}, {3, 1}, {3, 4}, {4, 5}, {5, 4}},
	         " 1 2 3 | 4 5"},
		{{{1, 3}, {2, 1}, {3, 2}, {3, 4}, {4, 3}}, " 1 2 3 4"},
		{{{9, 9}, {10, 20}, {20, 10}}, " 10 20 | 9"},
		{{{1, 2}, {1, 4}, {2, 3}, {3, 2}, {4, 3}}, " 2 3"},
	};
	AUTO(arena_free) struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t count = 0;

		while (cases[i].edges[count].from != 0)
			count++;
		assert_string_equal(found(arena, cases[i].edges, count, 1),
		                    cases[i].found);
		assert_string_equal(
			found(arena, cases[i].edges, count, INT64_MAX / 20),
			cases[i].found);
	}
}

/* A round of a million would overflow the stack of a search that recurses. */
static void
long_round(void **state)
{
	enum {
		COUNT = 1000000,
	};
	AUTO(arena_free) struct arena *arena = arena_new();
	struct cycle_edge *edges = arena_array(arena, COUNT, sizeof(*edges));
	const struct cycle *found_cycles;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		edges[i] = (struct cycle_edge){i, (i + 1) % COUNT};
	assert_int_equal(cycles_find(arena, edges, COUNT, &found_cycles), 1);
	assert_int_equal(found_cycles[0].count, COUNT);
	assert_int_equal(cycles_find(arena, edges, COUNT - 1, &found_cycles),
	                 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("rounds and self-loops are cycles, forks are not",
	              cycles),
		CHECK("a round may be as long as it likes", long_round),
	};

	return unit_run(tests);
}
