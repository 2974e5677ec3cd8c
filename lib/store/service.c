/* SPDX-License-Identifier: Apache-2.0 */
#include "store/service.h"

#include "base/arena.h"
#include "db/sql.h"

static const struct {
	const char *name;
	const struct statement *list; /* of all live services, by an index */
} sorts[SERVICE_SORT_END] = {
	[SERVICE_SORT_NAME] = {"name", &sql_service_list_name},
	[SERVICE_SORT_UPDATED] = {"updated", &sql_service_list_updated},
	[SERVICE_SORT_TEAM] = {"team", &sql_service_list_team},
	[SERVICE_SORT_TIER] = {"tier", &sql_service_list_tier},
};

const char *
service_sort_name(enum service_sort sort)
{
	return sorts[sort].name;
}

static bool
filters_nothing(const struct service_filter *filter)
{
	return filter->words == NULL && filter->choice_count == 0 &&
	       filter->tag_count == 0 && !filter->tombstoned &&
	       filter->at == NULL;
}

static enum db_result
list_all(struct db *db, struct arena *arena, const struct service_page *page,
         struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(page->after_key),
		ARG_TEXT(page->after_id),
		ARG_INT(page->limit),
		ARGS_END,
	};
	/* By name the id is the key. */
	bool by_name = page->sort == SERVICE_SORT_NAME;

	return db_rows(db, arena, sorts[page->sort].list,
	               by_name ? args + 1 : args, ret);
}

/* All facets of the filter as one text[]. */
static const char *
wanted(struct arena *arena, const struct service_filter *filter)
{
	size_t count = filter->choice_count + filter->tag_count;
	const char **all = arena_array(arena, count, sizeof(*all));

	for (size_t i = 0; i < filter->choice_count; i++)
		all[i] = filter->choices[i];
	for (size_t i = 0; i < filter->tag_count; i++)
		all[filter->choice_count + i] = filter->tags[i];
	return db_text_array(arena, all, count);
}

enum db_result
service_list(struct db *db, struct arena *arena,
             const struct service_filter *filter,
             const struct service_page *page, struct rows *ret)
{
	if (filters_nothing(filter))
		return list_all(db, arena, page, ret);

	const struct arg args[] = {
		ARG_TEXT(filter->words),      ARG_TEXT(wanted(arena, filter)),
		ARG_BOOL(filter->tombstoned), ARG_TEXT(sorts[page->sort].name),
		ARG_TEXT(page->after_key),    ARG_TEXT(page->after_id),
		ARG_INT(page->limit),         ARGS_END,
	};
	const struct arg args_at[] = {
		args[0],  args[1], args[2], args[3],
		args[4],  args[5], args[6], ARG_TEXT(filter->at),
		ARGS_END,
	};

	if (filter->at != NULL)
		return db_rows(db, arena, &sql_service_list_at, args_at, ret);
	return db_rows(db, arena, &sql_service_list_matching, args, ret);
}

enum db_result
service_facets(struct db *db, struct arena *arena,
               const struct service_filter *filter, struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(filter->words),
		ARG_TEXT(db_text_array(arena, filter->tags, filter->tag_count)),
		ARG_BOOL(filter->tombstoned),
		ARG_TEXT(filter->at),
		ARG_TEXT(db_text_array(arena, filter->choices,
	                               filter->choice_count)),
		ARGS_END,
	};

	return db_rows(db, arena, &sql_service_facets, args, ret);
}

static const struct column service_columns[] = {
	COL_TEXT(struct service, detail_json),
	COL_TEXT(struct service, source),
	COL_TEXT(struct service, seen_at),
	COL_BOOL(struct service, gone),
	COLS_END,
};

enum db_result
service_find(struct db *db, struct arena *arena, const char *id, const char *at,
             struct service *ret)
{
	const struct arg args[] = {ARG_TEXT(id), ARGS_END};
	const struct arg args_at[] = {ARG_TEXT(id), ARG_TEXT(at), ARGS_END};

	if (at != NULL)
		return db_one(db, arena, &sql_service_find_at, args_at,
		              service_columns, ret);
	return db_one(db, arena, &sql_service_find, args, service_columns, ret);
}

enum db_result
service_there(struct db *db, struct arena *arena, const char *id,
              const char **ret)
{
	const struct arg args[] = {ARG_TEXT(id), ARGS_END};
	struct rows rows;
	enum db_result result =
		db_rows(db, arena, &sql_service_there, args, &rows);

	if (result == DB_ROW)
		*ret = rows_text(&rows, 0, 0);
	return result;
}

enum db_result
service_nearest(struct db *db, struct arena *arena, const char *id,
                struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(id), ARGS_END};

	return db_rows(db, arena, &sql_service_nearest, args, ret);
}
