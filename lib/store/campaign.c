/* SPDX-License-Identifier: Apache-2.0 */
#include "store/campaign.h"

#include "db/sql.h"
#include "store/publish.h"

static enum db_result
ask(struct db *db, struct arena *arena, const struct statement *statement,
    const struct arg *args, struct campaign_answer *ret)
{
	static const struct column columns[] = {
		COL_INT(struct campaign_answer, status),
		COL_TEXT(struct campaign_answer, pointer),
		COL_TEXT(struct campaign_answer, detail),
		COL_TEXT(struct campaign_answer, body),
		COLS_END,
	};

	return db_one(db, arena, statement, args, columns, ret);
}

/* A rule is what somebody wrote: it is run without the writers' lock first, and
 * stopped after a while. ret->status is 0 when it may be run with the lock. */
static enum db_result
try_rule(struct db *db, struct arena *arena, const char *name,
         const char *change, const struct identity *who,
         struct campaign_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(name),
		ARG_TEXT(change),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	enum db_result result = db_part_begin(db, CAMPAIGN_TRIAL_MS);

	if (result == DB_ROW)
		result = ask(db, arena, &sql_campaign_trial, args, ret);
	if (result == DB_ROW)
		result = db_part_end(db, true);
	return result;
}

enum db_result
campaign_create(struct db *db, struct arena *arena, const char *draft,
                const struct identity *who, struct campaign_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(draft),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return ask(db, arena, &sql_campaign_create, args, ret);
}

enum db_result
campaign_change(struct db *db, struct arena *arena, const char *name,
                int64_t version, const char *change, const struct identity *who,
                struct campaign_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(name),   ARG_INT(version),
		ARG_TEXT(change), ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	enum db_result result = try_rule(db, arena, name, change, who, ret);

	if (result != DB_ROW || ret->status != 0)
		return result;
	return ask(db, arena, &sql_campaign_change, args, ret);
}

enum db_result
campaign_launch(struct db *db, struct arena *arena, const char *name,
                const char *later, const struct identity *who,
                struct campaign_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(name),
		ARG_TEXT(later),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	enum db_result result = try_rule(db, arena, name, NULL, who, ret);

	if (result != DB_ROW || ret->status != 0)
		return result;
	return ask(db, arena, &sql_campaign_launch, args, ret);
}

enum db_result
campaign_approve(struct db *db, struct arena *arena, const char *name,
                 int64_t version, const struct identity *who,
                 struct campaign_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(name),
		ARG_TEXT(publish_who_text(arena, who)),
		ARG_INT(version),
		ARGS_END,
	};
	enum db_result result = try_rule(db, arena, name, NULL, who, ret);

	if (result != DB_ROW || ret->status != 0)
		return result;
	return ask(db, arena, &sql_campaign_approve, args, ret);
}

enum db_result
campaign_end(struct db *db, struct arena *arena, const char *name,
             const char *state, const struct identity *who,
             struct campaign_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(name),
		ARG_TEXT(state),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return ask(db, arena, &sql_campaign_end, args, ret);
}

enum db_result
campaign_preview(struct db *db, struct arena *arena, const char *draft,
                 const char *name, const char *at, const struct identity *who,
                 struct campaign_answer *ret)
{
	const struct arg args[] = {
		ARG_TEXT(draft), ARG_TEXT(name),
		ARG_TEXT(at),    ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	const struct arg suspect[] = {
		ARG_TEXT(draft),
		ARG_TEXT(name),
		ARGS_END,
	};
	enum db_result result = db_part_begin(db, CAMPAIGN_TRIAL_MS);

	if (result == DB_ROW)
		result = ask(db, arena, &sql_campaign_preview, args, ret);
	if (result != DB_ROW || ret->status != 0)
		return result;
	/* It took too long: because of the rule, or of a busy machine? */
	result = db_part_begin(db, CAMPAIGN_TRIAL_MS);
	if (result == DB_ROW)
		result = ask(db, arena, &sql_campaign_suspect, suspect, ret);
	return result == DB_ROW && ret->status == 0 ? DB_TIMEOUT : result;
}

enum db_result
campaign_find(struct db *db, struct arena *arena, const char *name,
              struct campaign_page *ret)
{
	static const struct column columns[] = {
		COL_TEXT(struct campaign_page, document),
		COL_INT(struct campaign_page, version),
		COLS_END,
	};
	const struct arg args[] = {ARG_TEXT(name), ARGS_END};

	return db_one(db, arena, &sql_campaign_find, args, columns, ret);
}

enum db_result
campaign_list(struct db *db, struct arena *arena, const char *state,
              const char *words, int64_t before, int64_t limit,
              struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(state), ARG_TEXT(words), ARG_INT(before),
		ARG_INT(limit),  ARGS_END,
	};

	return db_rows(db, arena, &sql_campaign_list, args, ret);
}
