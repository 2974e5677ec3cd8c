/* SPDX-License-Identifier: Apache-2.0 */
#include "store/dependency.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/sql.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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

enum db_result
dependency_teams(struct db *db, struct arena *arena, struct rows *ret)
{
	const struct arg args[] = {ARGS_END};

	return db_rows(db, arena, &sql_dependency_teams, args, ret);
}

enum db_result
dependency_team_edges(struct db *db, struct arena *arena, int64_t limit,
                      struct rows *ret)
{
	const struct arg args[] = {ARG_INT(limit), ARGS_END};

	return db_rows(db, arena, &sql_dependency_team_edges, args, ret);
}

enum db_result
dependency_pairs(struct db *db, struct arena *arena, struct rows *ret)
{
	const struct arg args[] = {ARGS_END};

	return db_rows(db, arena, &sql_dependency_pairs, args, ret);
}

enum db_result
dependency_names(struct db *db, struct arena *arena, const int64_t *numbers,
                 size_t count, struct rows *ret)
{
	struct buf list = {.arena = arena};

	buf_addc(&list, '{');
	for (size_t i = 0; i < count; i++)
		buf_printf(&list, "%s%" PRId64, i == 0 ? "" : ",", numbers[i]);
	buf_addc(&list, '}');
	const struct arg args[] = {ARG_TEXT(buf_text(&list)), ARGS_END};

	return db_rows(db, arena, &sql_dependency_names, args, ret);
}

enum db_result
dependency_orphans(struct db *db, struct arena *arena, struct rows *ret)
{
	const struct arg args[] = {ARGS_END};

	return db_rows(db, arena, &sql_dependency_orphans, args, ret);
}

enum db_result
dependency_unknown(struct db *db, struct arena *arena, int64_t limit,
                   struct rows *ret)
{
	const struct arg args[] = {ARG_INT(limit), ARGS_END};

	return db_rows(db, arena, &sql_dependency_unknown, args, ret);
}
