/* SPDX-License-Identifier: Apache-2.0 */
/* What the worker does again and again. */
#include "jobs.h"

#include "base/buf.h"
#include "http/body.h"
#include "wire/field.h"
#include "wire/json_out.h"

enum {
	CHANGE_BODY_MAX = 4 << 10,
};

struct change {
	bool paused;
};

static const struct field change_fields[] = {
	FIELD(BOOL, struct change, paused, "paused", .required = true),
	FIELD_END,
};

enum http_status
list_schedules(struct req *req)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};

	if (!query_none(req))
		return problem_query(req);
	enum db_result result = schedule_list(req->db, req->arena, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "schedule");
	json_open(&out, '{');
	write_items(&out, "items", &rows, rows.count);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

enum http_status
run_schedule(struct req *req)
{
	struct job_answer answer = {.status = HTTP_NOT_FOUND};
	enum db_result result = db_begin(req->db);

	if (result == DB_ROW)
		result = schedule_run(req->db, req->arena,
		                      req_path(req, "schedule"), &req->who,
		                      &answer);
	return reply_wish(req, result, &answer, "schedule");
}

enum http_status
change_schedule(struct req *req)
{
	struct job_answer answer = {.status = HTTP_NOT_FOUND};
	struct change change = {0};
	enum http_status answered;

	if (!body_fields(req, CHANGE_BODY_MAX, change_fields, &change,
	                 &answered))
		return answered;

	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = schedule_pause(req->db, req->arena,
		                        req_path(req, "schedule"),
		                        change.paused, &req->who, &answer);
	return reply_wish(req, result, &answer, "schedule");
}
