/* SPDX-License-Identifier: Apache-2.0 */
/* Shows what the worker does, and has it tried anew or left. */
#include "jobs.h"

#include "base/buf.h"
#include "wire/json_out.h"

#include <string.h>

struct jobs_query {
	const char *state;
	const char *kind;
	struct query_int parent;
	struct paging page;
};

static const struct query_field jobs_fields[] = {
	QUERY(WORD, struct jobs_query, state, "state",
              .words = "ready running waiting done dead cancelled"),
	QUERY(TEXT, struct jobs_query, kind, "kind", .min = 1, .max = 63),
	QUERY(INT, struct jobs_query, parent, "parent", .min = 1,
              .max = INT64_MAX),
	QUERY_PAGING(struct jobs_query, page),
	QUERY_END,
};

static const char *
next_job(struct req *req, const void *list, const struct rows *rows, int row)
{
	return cursor_text(req, list, rows_text(rows, row, JOB_LIST_ID), "");
}

enum http_status
list_jobs(struct req *req)
{
	static const char list[] = "jobs";
	struct jobs_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	int64_t before;

	if (!query_read(req, jobs_fields, &query) ||
	    !cursor_read_number(req, list, query.page.after, INT64_MAX,
	                        &before))
		return problem_query(req);

	int64_t limit = paging_limit(&query.page);
	const struct job_filter filter = {
		.state = query.state,
		.kind = query.kind,
		.parent = query.parent.given ? query.parent.value : 0,
		.before = before,
		.limit = limit + 1,
	};
	enum db_result result = job_list(req->db, req->arena, &filter, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "job");

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_job, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

enum http_status
get_job(struct req *req)
{
	const char *document;
	int64_t id;

	if (!query_none(req))
		return problem_query(req);
	if (!req_path_int(req, "id", &id))
		return problem_db(req, DB_NONE, "job");

	enum db_result found = job_find(req->db, req->arena, id, &document);
	if (found != DB_ROW)
		return problem_db(req, found, "job");
	return reply_bytes(req, HTTP_OK, "application/json", document,
	                   strlen(document));
}

enum http_status
reply_wish(struct req *req, enum db_result result,
           const struct job_answer *answer, const char *what)
{
	if (result == DB_ROW && answer->status == HTTP_NOT_FOUND)
		return problem(req, PROBLEM_NOT_FOUND, "%s", answer->detail);
	if (result == DB_ROW && answer->status != HTTP_OK)
		return problem(req, PROBLEM_CONFLICT, "%s", answer->detail);
	if (result == DB_ROW)
		result = db_commit(req->db);
	if (result != DB_ROW)
		return problem_db(req, result, what);
	return reply_bytes(req, HTTP_OK, "application/json", answer->body,
	                   strlen(answer->body));
}

typedef enum db_result job_wish(struct db *db, struct arena *arena, int64_t id,
                                const struct identity *who,
                                struct job_answer *ret);

/* In a transaction, or a lost connection might do it twice (db.h). */
static enum http_status
wish(struct req *req, job_wish *how)
{
	struct job_answer answer = {.status = HTTP_NOT_FOUND};
	int64_t id;

	if (!req_path_int(req, "id", &id))
		return problem_db(req, DB_NONE, "job");

	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = how(req->db, req->arena, id, &req->who, &answer);
	return reply_wish(req, result, &answer, "job");
}

enum http_status
retry_job(struct req *req)
{
	return wish(req, job_retry);
}

enum http_status
cancel_job(struct req *req)
{
	return wish(req, job_cancel);
}
