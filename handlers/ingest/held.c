/* SPDX-License-Identifier: Apache-2.0 */
/* Deletions that wait for an admin. */
#include "ingest.h"

#include "base/buf.h"
#include "http/list.h"
#include "store/rules.h"

#include <string.h>

enum http_status
list_held(struct req *req)
{
	struct buf body = {.arena = req->arena};
	struct rows rows = {0};

	if (!query_none(req))
		return problem_query(req);
	enum db_result found = hold_list(req->db, req->arena, &rows);
	if (found != DB_ROW && found != DB_NONE)
		return problem_db(req, found, "held publish");
	buf_adds(&body, "{\"items\":[");
	for (int i = 0; i < rows.count; i++) {
		buf_adds(&body, i > 0 ? "," : "");
		buf_add(&body, rows_text(&rows, i, 0), rows_len(&rows, i, 0));
	}
	buf_adds(&body, "]}");
	return reply_json(req, HTTP_OK, &body);
}

typedef enum db_result hold_end(struct db *db, struct arena *arena,
                                const char *publisher,
                                const struct identity *who,
                                struct publish_answer *ret);

/* Rules follow what goes, by the one who lets it and with the held commit. */
static enum db_result
attempt(struct req *req, hold_end *how, struct publish_answer *ret)
{
	struct publish_options options = {.set = true};
	enum db_result result = db_begin(req->db);

	if (result == DB_ROW)
		result = how(req->db, req->arena, req_path(req, "publisher"),
		             &req->who, ret);
	if (result == DB_ROW) {
		options.commit = ret->commit;
		options.run_url = ret->run_url;
		result = rules_finish(req->db, req->arena, &options, &req->who,
		                      ret);
	}
	if (result == DB_ROW)
		result = db_commit(req->db);
	/* Ends what was not committed. */
	db_rollback(req->db);
	return result;
}

static enum http_status
end(struct req *req, hold_end *how)
{
	struct publish_answer answer;
	enum db_result result = DB_AGAIN;

	for (int tries = 0; tries < TRIES_MAX && result == DB_AGAIN; tries++)
		result = attempt(req, how, &answer);
	if (result != DB_ROW)
		return problem_db(req, result, "held publish");
	if (answer.verdict == PUBLISH_NOT_FOUND)
		return problem_with(req, PROBLEM_NOT_FOUND, answer.detail,
		                    NULL);
	if (answer.body == NULL)
		return reply_no_content(req);
	return reply_bytes(req, HTTP_OK, "application/json", answer.body,
	                   strlen(answer.body));
}

enum http_status
approve_held(struct req *req)
{
	return end(req, hold_approve);
}

enum http_status
reject_held(struct req *req)
{
	return end(req, hold_reject);
}
