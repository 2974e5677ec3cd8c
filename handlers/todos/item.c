/* SPDX-License-Identifier: Apache-2.0 */
/* One item: all about it, and its change. */
#include "todos.h"

#include "base/buf.h"
#include "http/body.h"
#include "http/precondition.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	CHANGE_BODY_MAX = 64 << 10, /* what nginx takes here */
};

enum http_status
get_todo(struct req *req)
{
	struct todo_page page = {.version = 0};
	struct buf body = {.arena = req->arena};

	if (!query_none(req))
		return problem_query(req);
	enum db_result result = todo_find(req->db, req->arena, path_item(req),
	                                  &req->who, &page);
	if (result == DB_NONE)
		return problem_item(req);
	if (result != DB_ROW)
		return problem_db(req, result, "item");
	buf_adds(&body, page.document);
	return reply_version(req, page.version, &body);
}

enum http_status
change_todo(struct req *req)
{
	struct todo_answer answer = {.status = 0};
	struct buf change = {.arena = req->arena};
	struct json_out out = {.buf = &change};
	int64_t version;
	enum http_status answered;

	if (path_item(req) == 0)
		return problem_item(req);
	if (!if_match_read(req, &version, &answered))
		return answered;
	const json_t *object = body_json(req, CHANGE_BODY_MAX, &answered);
	if (object == NULL)
		return answered;
	if (!change_read(req, object, "#", &out))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the change is not valid", &req->faults);
	/* In a transaction, or it might be done twice (db.h). */
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result =
			todo_patch(req->db, req->arena, path_item(req), version,
		                   buf_text(&change), &req->who, &answer);
	if (result == DB_ROW && answer.body != NULL)
		result = db_commit(req->db);
	if (result != DB_ROW)
		return problem_db(req, result, "item");
	return reply_todo(req, &answer);
}
