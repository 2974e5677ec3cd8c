/* SPDX-License-Identifier: Apache-2.0 */
#include "store/dependency.h"

#include "base/arena.h"
#include "db/sql.h"
#include "store/dependency_all.h"

#include <stdlib.h>
#include <string.h>

enum {
	LOOKED_UP_MAX = 100, /* nodes whose neighbours are asked for at once */
};

static int
compare_texts(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;

	return strcmp(*left, *right);
}

/* Those of `rows` that are not known yet go behind the keys; `known` has all of
 * them sorted. */
static void
add_new(struct arena *arena, struct dependency_reach *reach,
        const char ***known, const struct rows *rows)
{
	size_t before = reach->count;
	size_t most = before + (size_t)rows->count;
	const char **keys = arena_array(arena, most, sizeof(*keys));
	const char **sorted = arena_array(arena, most, sizeof(*sorted));

	memcpy(keys, reach->keys, before * sizeof(*keys));
	for (int i = 0; i < rows->count; i++) {
		const char *key = rows_text(rows, i, 0);

		if (bsearch(&key, *known, before, sizeof(key), compare_texts) ==
		    NULL)
			keys[reach->count++] = key;
	}
	qsort(keys + before, reach->count - before, sizeof(*keys),
	      compare_texts);
	memcpy(sorted, keys, reach->count * sizeof(*keys));
	qsort(sorted, reach->count, sizeof(*sorted), compare_texts);
	reach->keys = keys;
	*known = sorted;
}

static const char *
key_of(const struct dependency_all *all, const size_t *unmet_first, size_t node)
{
	if (node < all->service_count)
		return all->services[node].id;
	return all->unmet[unmet_first[node - all->service_count]].key;
}

/* The whole graph by nodes: services, then what is not in the catalogue. */
struct whole {
	struct dependency_all all;
	size_t *unmet_first; /* the first row of each unknown node */
	size_t *unmet_node;  /* the node of each row */
	int *hops; /* of each node from the centre; -1 = not reached */
	size_t node_count;
};

static void
name_nodes(struct arena *arena, struct whole *whole, const char *center)
{
	const struct dependency_all *all = &whole->all;
	size_t most = all->unmet_count + 1;

	whole->unmet_first =
		arena_array(arena, most, sizeof(*whole->unmet_first));
	whole->unmet_node =
		arena_array(arena, most, sizeof(*whole->unmet_node));
	whole->node_count = all->service_count;
	for (size_t i = 0; i < all->unmet_count; i++) {
		if (i == 0 ||
		    strcmp(all->unmet[i].key, all->unmet[i - 1].key) != 0) {
			whole->unmet_first[whole->node_count -
			                   all->service_count] = i;
			whole->node_count++;
		}
		whole->unmet_node[i] = whole->node_count - 1;
	}
	whole->hops =
		arena_array(arena, whole->node_count + 1, sizeof(*whole->hops));
	for (size_t i = 0; i < whole->node_count; i++)
		whole->hops[i] =
			strcmp(key_of(all, whole->unmet_first, i), center) == 0
				? 0
				: -1;
}

static void
follow(struct whole *whole, size_t from, size_t to, int hop, bool needs,
       bool needed)
{
	if (needs && whole->hops[from] == hop - 1 && whole->hops[to] < 0)
		whole->hops[to] = hop;
	if (needed && whole->hops[to] == hop - 1 && whole->hops[from] < 0)
		whole->hops[from] = hop;
}

/* The same for a centre around which there is so much that the database would
 * take longer to look it up than to read everything. */
static enum db_result
reach_in_memory(struct db *db, struct arena *arena, const char *center,
                int64_t hops, bool needs, bool needed,
                struct dependency_reach *ret)
{
	struct whole whole = {0};
	struct dependency_reach reach = {0};
	enum db_result result = dependency_all(db, arena, &whole.all);

	if (result != DB_ROW)
		return result;
	name_nodes(arena, &whole, center);
	for (int hop = 1; hop <= hops; hop++) {
		for (size_t i = 0; i < whole.all.pair_count; i++)
			follow(&whole, (size_t)whole.all.pairs[i].from,
			       (size_t)whole.all.pairs[i].to, hop, needs,
			       needed);
		for (size_t i = 0; i < whole.all.unmet_count; i++)
			follow(&whole, whole.all.unmet[i].from,
			       whole.unmet_node[i], hop, needs, needed);
	}

	reach.keys =
		arena_array(arena, whole.node_count + 1, sizeof(*reach.keys));
	for (int hop = 0; hop <= hops; hop++) {
		size_t from = reach.count;

		for (size_t i = 0; i < whole.node_count; i++) {
			if (whole.hops[i] == hop)
				reach.keys[reach.count++] = key_of(
					&whole.all, whole.unmet_first, i);
		}
		if (reach.count > from)
			qsort(reach.keys + from, reach.count - from,
			      sizeof(*reach.keys), compare_texts);
		reach.ends[hop] = reach.count;
	}
	*ret = reach;
	return DB_ROW;
}

enum db_result
dependency_reach(struct db *db, struct arena *arena, const char *center,
                 int64_t hops, bool needs, bool needed,
                 struct dependency_reach *ret)
{
	struct dependency_reach reach = {.count = 1, .ends = {1}};
	const char **known = arena_array(arena, 1, sizeof(*known));
	size_t from = 0;

	known[0] = center;
	reach.keys = known;
	for (int64_t hop = 1; hop <= hops; hop++) {
		struct rows rows = {0};
		const struct arg args[] = {
			ARG_TEXT(db_text_array(arena, reach.keys + from,
		                               reach.count - from)),
			ARG_BOOL(needs),
			ARG_BOOL(needed),
			ARGS_END,
		};

		if (reach.count - from > LOOKED_UP_MAX)
			return reach_in_memory(db, arena, center, hops, needs,
			                       needed, ret);
		enum db_result result =
			db_rows(db, arena, &sql_dependency_next, args, &rows);
		if (result != DB_ROW && result != DB_NONE)
			return result;
		from = reach.count;
		add_new(arena, &reach, &known, &rows);
		reach.ends[hop] = reach.count;
	}
	*ret = reach;
	return DB_ROW;
}

enum db_result
dependency_nodes(struct db *db, struct arena *arena, const char *const *keys,
                 size_t count, struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(db_text_array(arena, keys, count)),
	                           ARGS_END};

	return db_rows(db, arena, &sql_dependency_nodes, args, ret);
}

enum db_result
dependency_edges(struct db *db, struct arena *arena, const char *const *keys,
                 size_t count, const struct dependency_page *page,
                 struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(db_text_array(arena, keys, count)),
		ARG_TEXT(page->after_from),
		ARG_TEXT(page->after_to),
		ARG_INT(page->limit),
		ARGS_END,
	};

	return db_rows(db, arena, &sql_dependency_edges, args, ret);
}

enum db_result
dependency_team_pairs(struct db *db, struct arena *arena, const char *from,
                      const char *to, const struct dependency_page *page,
                      struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(from),
		ARG_TEXT(to),
		ARG_TEXT(page->after_from),
		ARG_TEXT(page->after_to),
		ARG_INT(page->limit),
		ARGS_END,
	};

	return db_rows(db, arena, &sql_dependency_team_pairs, args, ret);
}
