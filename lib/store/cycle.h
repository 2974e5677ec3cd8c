/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Cycles of a directed graph: its strongly connected components of more than
 * one node, and nodes with an edge to themselves. Takes time and memory in
 * proportion to the edges and does not recurse, whatever the graph.
 */

struct cycle_edge {
	int64_t from;
	int64_t to;
};

struct cycle {
	const int64_t *members; /* sorted */
	size_t count;
};

/* Finds all cycles of `edges`, which must be sorted by `from`: the largest
 * first, equal ones by their first member. Answers how many there are. */
size_t cycles_find(struct arena *arena, const struct cycle_edge *edges,
                   size_t count, const struct cycle **ret);
