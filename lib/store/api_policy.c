/* SPDX-License-Identifier: Apache-2.0 */
#include "store/api_policy.h"

#include "base/arena.h"
#include "db/sql.h"
#include "store/publish.h"

/* --- judging -------------------------------------------------------------- */

static enum db_result
read_items(struct db *db, struct arena *arena, int64_t repository,
           struct breaking_policy *ret)
{
	static const struct column columns[] = {
		COL_TEXT(struct breaking_policy_item, prefix),
		COL_TEXT(struct breaking_policy_item, use),
		COL_TEXT(struct breaking_policy_item, except),
		COL_BOOL(struct breaking_policy_item, ignore_unstable),
		COLS_END,
	};
	const struct arg args[] = {ARG_INT(repository), ARGS_END};
	struct rows rows = {0};
	enum db_result result =
		db_rows(db, arena, &sql_api_policy_items, args, &rows);

	if (result != DB_ROW)
		return result == DB_NONE ? DB_ERROR : result;
	struct breaking_policy_item *items =
		arena_array(arena, (size_t)rows.count, sizeof(*items));
	for (int i = 0; i < rows.count; i++)
		rows_read(&rows, i, columns, &items[i]);
	ret->items = items;
	ret->item_count = (size_t)rows.count;
	return DB_ROW;
}

static enum db_result
read_waivers(struct db *db, struct arena *arena, int64_t repository,
             struct api_policy *ret)
{
	static const struct column columns[] = {
		COL_INT(struct api_waiver, id),
		COL_TEXT(struct api_waiver, rule),
		COL_TEXT(struct api_waiver, subject),
		COL_TEXT(struct api_waiver, reason),
		COL_TEXT(struct api_waiver, until),
		COL_TEXT(struct api_waiver, granted_by),
		COLS_END,
	};
	const struct arg args[] = {ARG_INT(repository),
	                           ARG_INT(API_WAIVERS_MAX), ARGS_END};
	struct rows rows = {0};
	enum db_result result =
		db_rows(db, arena, &sql_api_waiver_active, args, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return result;
	size_t count = (size_t)rows.count;
	struct api_waiver *waivers =
		arena_array(arena, count + 1, sizeof(*waivers));
	struct breaking_waiver *plain =
		arena_array(arena, count + 1, sizeof(*plain));
	for (size_t i = 0; i < count; i++) {
		rows_read(&rows, (int)i, columns, &waivers[i]);
		plain[i] = (struct breaking_waiver){
			.rule = waivers[i].rule,
			.subject = waivers[i].subject,
		};
	}
	ret->waivers = waivers;
	ret->policy.waivers = plain;
	ret->policy.waiver_count = count;
	return DB_ROW;
}

enum db_result
api_policy_read(struct db *db, struct arena *arena, int64_t repository,
                struct api_policy *ret)
{
	enum db_result result = read_items(db, arena, repository, &ret->policy);

	return result == DB_ROW ? read_waivers(db, arena, repository, ret)
	                        : result;
}

/* --- the policy ----------------------------------------------------------- */

struct document {
	const char *document;
};

static const struct column document_columns[] = {
	COL_TEXT(struct document, document),
	COLS_END,
};

enum db_result
api_policy_find(struct db *db, struct arena *arena, int64_t repository,
                const char **ret)
{
	const struct arg args[] = {ARG_INT(repository), ARGS_END};
	struct document row = {0};
	enum db_result result = db_one(db, arena, &sql_api_policy_find, args,
	                               document_columns, &row);

	if (result == DB_ROW)
		*ret = row.document;
	return result;
}

enum db_result
api_policy_replace(struct db *db, struct arena *arena, int64_t repository,
                   int64_t version, const char *items,
                   const struct identity *who)
{
	struct replaced {
		bool replaced;
	} row = {0};
	static const struct column columns[] = {
		COL_BOOL(struct replaced, replaced),
		COLS_END,
	};
	const struct arg args[] = {
		ARG_INT(repository),
		ARG_INT(version),
		ARG_TEXT(items),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	enum db_result result =
		db_one(db, arena, &sql_api_policy_replace, args, columns, &row);

	return result == DB_ROW && !row.replaced ? DB_CONFLICT : result;
}

/* --- waivers -------------------------------------------------------------- */

enum db_result
api_waiver_list(struct db *db, struct arena *arena, int64_t repository,
                const char *state, int64_t before, int64_t limit,
                struct rows *ret)
{
	const struct arg args[] = {
		ARG_INT(repository), ARG_TEXT(state), ARG_INT(before),
		ARG_INT(limit),      ARGS_END,
	};

	return db_rows(db, arena, &sql_api_waiver_list, args, ret);
}

enum db_result
api_waiver_grant(struct db *db, struct arena *arena, int64_t repository,
                 const struct api_waiver_draft *draft,
                 const struct identity *who, const char **ret)
{
	const struct arg args[] = {
		ARG_INT(repository),
		ARG_TEXT(draft->rule),
		ARG_TEXT(draft->subject),
		ARG_TEXT(draft->reason),
		ARG_TEXT(draft->until),
		ARG_INT(API_WAIVERS_MAX),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	struct document row = {0};
	enum db_result result = db_one(db, arena, &sql_api_waiver_grant, args,
	                               document_columns, &row);

	if (result == DB_ROW && row.document == NULL)
		return DB_CONFLICT;
	if (result == DB_ROW)
		*ret = row.document;
	return result;
}

enum db_result
api_waiver_end(struct db *db, struct arena *arena, int64_t repository,
               int64_t id, const struct identity *who)
{
	const struct arg args[] = {
		ARG_INT(repository),
		ARG_INT(id),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_run(db, &sql_api_waiver_end, args);
}
