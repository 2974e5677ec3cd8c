/* SPDX-License-Identifier: Apache-2.0 */
#include "store/rules.h"

#include "base/arena.h"
#include "base/log.h"
#include "db/sql.h"

#include <string.h>

const char rules_nothing[] = "\"todos\":[]";

/* The facts are looked at later. */
static const char rules_pending[] = "\"todos\":[],\"todosPending\":true";

struct members {
	const char *members;
};

/* A part of the transaction; without a row it has been taken back. */
static enum db_result
look(struct db *db, struct arena *arena, int64_t ms,
     const struct statement *statement, const struct arg *args,
     const char **ret_members)
{
	static const struct column columns[] = {
		COL_TEXT(struct members, members),
		COLS_END,
	};
	struct members row;
	enum db_result result = db_part_begin(db, ms);

	if (result != DB_ROW)
		return result;
	result = db_one(db, arena, statement, args, columns, &row);
	if (result == DB_ROW) {
		*ret_members = row.members;
		return db_part_end(db, true);
	}
	/* Others were in the way, or nobody is there: no rule is to blame. */
	if (result != DB_TIMEOUT && result != DB_ERROR)
		return result;
	log_warn("rules.failed", LOG_STR("reason", db_error(db)));
	result = db_part_end(db, false);
	return result == DB_ROW ? DB_NONE : result;
}

enum db_result
rules_follow_all(struct db *db, struct arena *arena, int64_t services,
                 const struct publish_options *options,
                 const struct identity *who, const char **ret_members)
{
	int64_t ms = RULES_MS + services * RULES_SERVICE_MS;
	const char *who_text = publish_who_text(arena, who);
	const struct arg follow[] = {
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(who_text),
		ARG_INT(RULES_TODOS_MAX),
		ARGS_END,
	};
	const struct arg recover[] = {
		ARG_TEXT(who_text),
		ARG_INT(RULES_TODOS_MAX),
		ARGS_END,
	};
	enum db_result result =
		look(db, arena, ms, &sql_rules_follow, follow, ret_members);

	if (result == DB_NONE)
		result = look(db, arena, RULES_RECOVER * ms, &sql_rules_recover,
		              recover, ret_members);
	if (result != DB_NONE)
		return result;
	*ret_members = rules_pending;
	return DB_ROW;
}

enum db_result
rules_follow(struct db *db, struct arena *arena,
             const struct publish_options *options, const struct identity *who,
             const char **ret_members)
{
	return rules_follow_all(db, arena, 1, options, who, ret_members);
}

const char *
rules_answer(struct arena *arena, const char *body, const char *members)
{
	size_t len = strlen(body) - 1; /* without the last brace */

	return arena_printf(arena, "%.*s,%s}", (int)len, body, members);
}

enum db_result
rules_finish(struct db *db, struct arena *arena,
             const struct publish_options *options, const struct identity *who,
             struct publish_answer *answer)
{
	const char *members = rules_nothing;
	enum db_result result = DB_ROW;

	if (answer->body == NULL)
		return DB_ROW;
	if (answer->follow > 0)
		result = rules_follow_all(db, arena, answer->follow, options,
		                          who, &members);
	if (result == DB_ROW)
		answer->body = rules_answer(arena, answer->body, members);
	return result;
}
