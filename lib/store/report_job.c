/* SPDX-License-Identifier: Apache-2.0 */
#include "store/report_job.h"

#include "base/arena.h"
#include "base/fault.h"
#include "db/sql.h"
#include "wire/field.h"
#include "wire/json_in.h"

#include <string.h>

struct payload {
	const char *service;
	const char *format;
	const char *sha256;
	json_t *options;
	json_t *who;
};

static const struct field payload_fields[] = {
	FIELD(TEXT, struct payload, service, "service", .required = true),
	FIELD(TEXT, struct payload, format, "format", .required = true),
	FIELD(TEXT, struct payload, sha256, "sha256", .required = true),
	FIELD(JSON, struct payload, options, "options", .required = true),
	FIELD(JSON, struct payload, who, "who", .required = true),
	FIELD_END,
};

static const char *
text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

bool
report_job_read(struct arena *arena, const char *payload,
                struct report_job *ret)
{
	struct faults faults = {.arena = arena};
	struct payload p = {0};
	const json_t *json =
		json_read(payload, strlen(payload), arena, &faults);

	if (json == NULL || !fields_read(json, payload_fields, FIELDS_OPEN, "#",
	                                 arena, &faults, &p))
		return false;
	*ret = (struct report_job){
		.service = p.service,
		.format = p.format,
		.sha256 = p.sha256,
		.options = {.commit = text_of(p.options, "commit"),
	                    .branch = text_of(p.options, "branch"),
	                    .run_url = text_of(p.options, "runUrl")},
		.who = {.subject = text_of(p.who, "subject"),
	                .kind = text_of(p.who, "kind"),
	                .request_id = text_of(p.who, "requestId")},
	};
	return true;
}

enum db_result
report_job_bytes(struct db *db, struct arena *arena,
                 const struct report_job *report, const char **ret,
                 size_t *ret_len)
{
	const struct arg args[] = {ARG_TEXT(report->sha256), ARGS_END};
	struct rows rows;
	enum db_result result =
		db_rows_bytes(db, arena, &sql_report_bytes, args, &rows);

	if (result == DB_ROW)
		*ret = rows_bytes(&rows, 0, 0, ret_len);
	return result;
}

struct outcome_row {
	const char *outcome;
	bool follow;
};

enum db_result
report_job_write(struct db *db, struct arena *arena, int64_t job, int64_t fence,
                 const char *family, const char *facts,
                 enum report_outcome *ret, bool *ret_follow)
{
	static const char *const names[REPORT_OUTCOME_END] = {
		[REPORT_WRITTEN] = "written",
		[REPORT_LOST] = "lost",
		[REPORT_GONE] = "gone",
		[REPORT_SUPERSEDED] = "superseded",
	};
	static const struct column columns[] = {
		COL_TEXT(struct outcome_row, outcome),
		COL_BOOL(struct outcome_row, follow),
		COLS_END,
	};
	const struct arg args[] = {ARG_INT(job), ARG_INT(fence),
	                           ARG_TEXT(family), ARG_TEXT(facts), ARGS_END};
	struct outcome_row row;
	enum db_result result =
		db_one(db, arena, &sql_report_write, args, columns, &row);

	if (result != DB_ROW)
		return result;
	*ret = 0;
	while (*ret < REPORT_OUTCOME_END &&
	       strcmp(names[*ret], row.outcome) != 0)
		(*ret)++;
	*ret_follow = row.follow;
	return DB_ROW;
}

enum db_result
report_job_forget(struct db *db, struct arena *arena, int64_t job)
{
	const struct arg args[] = {ARG_INT(job), ARGS_END};
	struct rows rows;

	return db_rows(db, arena, &sql_report_forget, args, &rows);
}
