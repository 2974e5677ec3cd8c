/* SPDX-License-Identifier: Apache-2.0 */
/* Campaigns: the list, one of them, drafting and changing. */
#include "todos.h"

#include "base/buf.h"
#include "http/precondition.h"
#include "wire/json_out.h"

#include <string.h>

/* --- answers -------------------------------------------------------------- */

static enum http_status
refuse(struct req *req, const struct campaign_answer *answer)
{
	switch (answer->status) {
	case HTTP_FORBIDDEN:
		return problem_needs(req, answer->detail, NULL, answer->pointer,
		                     "admin");
	case HTTP_NOT_FOUND:
		return problem(req, PROBLEM_NOT_FOUND, "%s", answer->detail);
	case HTTP_PRECONDITION_FAILED:
		return problem(req, PROBLEM_STALE, "%s", answer->detail);
	case HTTP_INVALID_FIELDS:
		faults_add(&req->faults, answer->pointer, 0, 0,
		           strcmp(answer->pointer, "#/rule") == 0 ? "rule"
		                                                  : "unknown",
		           "%s", answer->detail);
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the body is not valid", &req->faults);
	default:
		if (answer->pointer == NULL)
			return problem(req, PROBLEM_CONFLICT, "%s",
			               answer->detail);
		faults_add(&req->faults, answer->pointer, 0, 0, "taken", "%s",
		           answer->detail);
		return problem_faults(req, PROBLEM_CONFLICT, answer->detail,
		                      &req->faults);
	}
}

enum http_status
reply_campaign(struct req *req, enum db_result result,
               const struct campaign_answer *answer)
{
	if (result != DB_ROW)
		return problem_db(req, result, "campaign");
	if (answer->body == NULL)
		return refuse(req, answer);
	return reply_bytes(req, (enum http_status)answer->status,
	                   "application/json", answer->body,
	                   strlen(answer->body));
}

enum http_status
finish_campaign(struct req *req, enum db_result result, bool dry_run,
                const struct campaign_answer *answer)
{
	if (result == DB_ROW && answer->body != NULL && !dry_run)
		result = db_commit(req->db);
	else
		db_rollback(req->db);
	return reply_campaign(req, result, answer);
}

/* --- the list ------------------------------------------------------------- */

struct campaigns_query {
	const char *state;
	const char *words;
	struct paging page;
};

static const char *
next_campaign(struct req *req, const void *list, const struct rows *rows,
              int row)
{
	return cursor_text(req, list, rows_text(rows, row, CAMPAIGN_LIST_ID),
	                   "");
}

enum http_status
list_campaigns(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY(WORD, struct campaigns_query, state, "state",
	              .words = "draft scheduled running finished cancelled"),
		QUERY(TEXT, struct campaigns_query, words, "q", .max = 200),
		QUERY_PAGING(struct campaigns_query, page),
		QUERY_END,
	};
	static const char list[] = "campaigns";
	struct campaigns_query query = {.state = NULL};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	int64_t before;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (!cursor_read_number(req, list, query.page.after, INT64_MAX,
	                        &before))
		return problem_query(req);
	int64_t limit = paging_limit(&query.page);
	enum db_result result =
		campaign_list(req->db, req->arena, query.state, query.words,
	                      before, limit + 1, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "campaign");

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_campaign, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- one of them ---------------------------------------------------------- */

enum http_status
get_campaign(struct req *req)
{
	struct campaign_page page;

	if (!query_none(req))
		return problem_query(req);
	const char *name = req_path(req, "campaign");
	enum db_result result = campaign_find(req->db, req->arena, name, &page);
	if (result == DB_NONE)
		return problem(req, PROBLEM_NOT_FOUND,
		               "there is no campaign %s", name);
	if (result != DB_ROW)
		return problem_db(req, result, "campaign");

	struct buf body = {.arena = req->arena};
	buf_adds(&body, page.document);
	return reply_version(req, page.version, &body);
}

enum http_status
create_campaign(struct req *req)
{
	struct campaign_answer answer = {.body = NULL};
	enum http_status answered;
	const char *draft = campaign_read(req, CAMPAIGN_DRAFT, &answered);

	if (draft == NULL)
		return answered;
	/* In a transaction, or it might be made twice (db.h). */
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = campaign_create(req->db, req->arena, draft, &req->who,
		                         &answer);
	return finish_campaign(req, result, false, &answer);
}

enum http_status
change_campaign(struct req *req)
{
	struct campaign_answer answer = {.body = NULL};
	enum http_status answered;
	int64_t version;

	if (!if_match_read(req, &version, &answered))
		return answered;
	const char *change = campaign_read(req, CAMPAIGN_CHANGE, &answered);
	if (change == NULL)
		return answered;
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = campaign_change(req->db, req->arena,
		                         req_path(req, "campaign"), version,
		                         change, &req->who, &answer);
	return finish_campaign(req, result, false, &answer);
}
