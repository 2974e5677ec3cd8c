/* SPDX-License-Identifier: Apache-2.0 */
/* Tarjan's algorithm (SIAM Journal on Computing 1, 1972), with a stack of its
 * own in place of recursion. */
#include "store/cycle.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stdlib.h>

enum {
	SPREAD_MAX = 4, /* numbers to each edge that a table may have */
};

/* A node as the search goes; nodes are known by their place in `names`. */
struct node {
	size_t first; /* edges that leave it, in `edges` */
	size_t end;
	size_t next;   /* the edge to look at next */
	size_t number; /* in order of discovery, from 1; 0 = not seen yet */
	size_t low;    /* the lowest number that it leads back to */
	size_t caller; /* from where the search came */
	bool waiting;  /* its component is not complete */
	bool loop;     /* leads to itself */
};

struct search {
	struct arena *arena;
	const struct cycle_edge *edges;
	int64_t *names; /* sorted */
	size_t *places; /* by name from the lowest on; NULL: too far apart */
	struct node *nodes;
	size_t count;
	size_t *waiting;
	size_t waiting_count;
	size_t numbered;
	struct cycle *found;
	size_t found_count;
};

static int
compare_names(const void *a, const void *b)
{
	const int64_t *left = a;
	const int64_t *right = b;

	return (*left > *right) - (*left < *right);
}

static int
compare_cycles(const void *a, const void *b)
{
	const struct cycle *left = a;
	const struct cycle *right = b;

	if (left->count != right->count)
		return left->count < right->count ? 1 : -1;
	return compare_names(left->members, right->members);
}

static size_t
place_of(const struct search *search, int64_t name)
{
	if (search->places != NULL)
		return search->places[name - search->names[0]];
	const int64_t *found = bsearch(&name, search->names, search->count,
	                               sizeof(name), compare_names);

	return (size_t)(found - search->names);
}

/* Of names that lie close together a table is made, which costs no sorting. */
static void
name_close(struct search *search, size_t edge_count, int64_t lowest,
           size_t range)
{
	size_t *places = arena_array(search->arena, range, sizeof(*places));

	for (size_t i = 0; i < edge_count; i++) {
		places[search->edges[i].from - lowest] = 1;
		places[search->edges[i].to - lowest] = 1;
	}
	search->names =
		arena_array(search->arena, range, sizeof(*search->names));
	for (size_t i = 0; i < range; i++) {
		if (places[i] == 0)
			continue;
		places[i] = search->count;
		search->names[search->count++] = lowest + (int64_t)i;
	}
	search->places = places;
}

static void
name_apart(struct search *search, size_t edge_count)
{
	size_t count = 0;
	int64_t *names =
		arena_array(search->arena, edge_count * 2 + 1, sizeof(*names));

	for (size_t i = 0; i < edge_count; i++) {
		names[i * 2] = search->edges[i].from;
		names[i * 2 + 1] = search->edges[i].to;
	}
	qsort(names, edge_count * 2, sizeof(*names), compare_names);
	for (size_t i = 0; i < edge_count * 2; i++) {
		if (i == 0 || names[i] != names[count - 1])
			names[count++] = names[i];
	}
	search->names = names;
	search->count = count;
}

static void
name_nodes(struct search *search, size_t edge_count)
{
	int64_t lowest = INT64_MAX;
	int64_t highest = INT64_MIN;

	for (size_t i = 0; i < edge_count; i++) {
		const int64_t ends[] = {search->edges[i].from,
		                        search->edges[i].to};

		for (int k = 0; k < 2; k++) {
			lowest = ends[k] < lowest ? ends[k] : lowest;
			highest = ends[k] > highest ? ends[k] : highest;
		}
	}
	/* Without overflow, however far apart they are. */
	uint64_t range = (uint64_t)highest - (uint64_t)lowest;
	if (edge_count > 0 && range < SPREAD_MAX * (uint64_t)edge_count)
		name_close(search, edge_count, lowest, (size_t)range + 1);
	else
		name_apart(search, edge_count);
}

static void
give_edges(struct search *search, size_t edge_count)
{
	for (size_t i = 0; i < edge_count; i++) {
		const struct cycle_edge *edge = &search->edges[i];
		struct node *node =
			&search->nodes[place_of(search, edge->from)];

		if (node->end == 0)
			node->first = node->next = i;
		node->end = i + 1;
		node->loop = node->loop || edge->from == edge->to;
	}
}

static void
enter(struct search *search, size_t place, size_t caller)
{
	struct node *node = &search->nodes[place];

	node->number = node->low = ++search->numbered;
	node->caller = caller;
	node->waiting = true;
	search->waiting[search->waiting_count++] = place;
}

/* All that wait since `root` are one component. */
static void
complete(struct search *search, size_t root)
{
	size_t first = search->waiting_count;
	size_t place;

	do {
		place = search->waiting[--first];
		search->nodes[place].waiting = false;
	} while (place != root);

	size_t count = search->waiting_count - first;
	if (count > 1 || search->nodes[root].loop) {
		int64_t *members =
			arena_array(search->arena, count, sizeof(*members));

		for (size_t i = 0; i < count; i++)
			members[i] = search->names[search->waiting[first + i]];
		qsort(members, count, sizeof(*members), compare_names);
		search->found[search->found_count++] =
			(struct cycle){.members = members, .count = count};
	}
	search->waiting_count = first;
}

/* One step from `place`; where to go on, or search->count at the end. */
static size_t
step(struct search *search, size_t place)
{
	struct node *node = &search->nodes[place];

	if (node->next < node->end) {
		size_t to = place_of(search, search->edges[node->next++].to);
		const struct node *other = &search->nodes[to];

		if (other->number == 0) {
			enter(search, to, place);
			return to;
		}
		if (other->waiting && other->number < node->low)
			node->low = other->number;
		return place;
	}
	if (node->low == node->number)
		complete(search, place);
	if (node->caller < search->count &&
	    node->low < search->nodes[node->caller].low)
		search->nodes[node->caller].low = node->low;
	return node->caller;
}

size_t
cycles_find(struct arena *arena, const struct cycle_edge *edges, size_t count,
            const struct cycle **ret)
{
	struct search search = {.arena = arena, .edges = edges};

	name_nodes(&search, count);
	search.nodes =
		arena_array(arena, search.count + 1, sizeof(*search.nodes));
	search.waiting =
		arena_array(arena, search.count + 1, sizeof(*search.waiting));
	search.found =
		arena_array(arena, search.count + 1, sizeof(*search.found));
	give_edges(&search, count);
	for (size_t i = 0; i < search.count; i++) {
		if (search.nodes[i].number != 0)
			continue;
		enter(&search, i, search.count);
		for (size_t at = i; at < search.count;)
			at = step(&search, at);
	}
	qsort(search.found, search.found_count, sizeof(*search.found),
	      compare_cycles);
	*ret = search.found;
	return search.found_count;
}
