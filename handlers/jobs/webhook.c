/* SPDX-License-Identifier: Apache-2.0 */
/* Webhooks: who is told of events outside. */
#include "jobs.h"

#include "base/arena.h"
#include "base/buf.h"
#include "http/precondition.h"
#include "store/webhook.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	OVERLAP_HOURS = 24,
	OVERLAP_HOURS_MAX = 7 * 24,
};

bool
webhook_path(struct req *req, const char *name, int64_t *ret,
             enum http_status *answered)
{
	if (req_path_int(req, name, ret))
		return true;
	*answered = problem(req, PROBLEM_NOT_FOUND, "there is no such %s",
	                    strcmp(name, "id") == 0 ? "webhook" : "delivery");
	return false;
}

enum http_status
webhook_reply(struct req *req, enum db_result result, enum http_status status,
              const char *document)
{
	if (result == DB_CONFLICT) {
		const char *taken = "another webhook has this name";

		faults_add(&req->faults, "#/name", 0, 0, "taken", "%s", taken);
		return problem_faults(req, PROBLEM_CONFLICT, taken,
		                      &req->faults);
	}
	if (result != DB_ROW)
		return problem_db(req, result, "webhook");
	return reply_bytes(req, status, "application/json", document,
	                   strlen(document));
}

enum http_status
list_webhooks(struct req *req)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};

	if (!query_none(req))
		return problem_query(req);
	enum db_result result = webhook_list(req->db, req->arena, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "webhook");
	json_open(&out, '{');
	write_items(&out, "items", &rows, rows.count);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

enum http_status
create_webhook(struct req *req)
{
	struct webhook_draft draft;
	const char *made = NULL;
	enum http_status answered;

	if (!webhook_draft(req, true, &draft, &answered))
		return answered;
	/* In a transaction, or it might be made twice (db.h). */
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = webhook_create(req->db, req->arena, draft.text,
		                        &req->who, &made);
	if (result == DB_NONE)
		return problem(req, PROBLEM_CONFLICT,
		               "there are %d webhooks: delete some of them "
		               "first",
		               WEBHOOKS_MAX);
	if (result == DB_ROW)
		result = db_commit(req->db);
	return webhook_reply(req, result, HTTP_CREATED, made);
}

enum http_status
get_webhook(struct req *req)
{
	int64_t id;
	struct webhook_found found = {0};
	enum http_status answered;

	if (!query_none(req))
		return problem_query(req);
	if (!webhook_path(req, "id", &id, &answered))
		return answered;
	enum db_result result = webhook_find(req->db, req->arena, id, &found);
	if (result != DB_ROW)
		return problem_db(req, result, "webhook");
	struct buf body = {.arena = req->arena};
	buf_adds(&body, found.document);
	return reply_version(req, found.version, &body);
}

/* The number in the path, and the version that was seen where If-Match names
 * one: who stops a webhook need not have seen what it is by now. */
static bool
read_seen(struct req *req, int64_t *ret_id, int64_t *ret_version,
          enum http_status *answered)
{
	*ret_version = WEBHOOK_ANY_VERSION;
	return webhook_path(req, "id", ret_id, answered) &&
	       (req_header(req, "HTTP_IF_MATCH") == NULL ||
	        if_match_read(req, ret_version, answered));
}

/* Ends the transaction of a change, and answers unless it is done: false. */
static bool
changed(struct req *req, enum db_result result, int64_t seen,
        const struct webhook_changed *what, enum http_status *answered)
{
	if (result == DB_ROW && what->document == NULL) {
		*answered =
			problem_stale(req, "the webhook", seen, what->version);
		return false;
	}
	if (result == DB_ROW)
		result = db_commit(req->db);
	if (result != DB_ROW)
		*answered = webhook_reply(req, result, HTTP_OK, NULL);
	return result == DB_ROW;
}

static enum http_status
change(struct req *req, int64_t id, int64_t version, const char *draft)
{
	struct webhook_changed what = {.document = NULL};
	enum http_status answered;

	/* In a transaction, or it might be done twice (db.h). */
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = webhook_change(req->db, req->arena, id, version, draft,
		                        &req->who, &what);
	if (!changed(req, result, version, &what, &answered))
		return answered;
	return webhook_reply(req, DB_ROW, HTTP_OK, what.document);
}

enum http_status
change_webhook(struct req *req)
{
	int64_t id;
	int64_t version;
	struct webhook_draft draft;
	enum http_status answered;

	if (!webhook_path(req, "id", &id, &answered) ||
	    !webhook_draft(req, false, &draft, &answered) ||
	    !(draft.state_alone ? read_seen(req, &id, &version, &answered)
	                        : if_match_read(req, &version, &answered)))
		return answered;
	return change(req, id, version, draft.text);
}

enum http_status
enable_webhook(struct req *req)
{
	int64_t id;
	int64_t version;
	enum http_status answered;

	if (!read_seen(req, &id, &version, &answered))
		return answered;
	return change(req, id, version, "{\"state\":\"active\"}");
}

enum http_status
delete_webhook(struct req *req)
{
	struct webhook_changed what = {.document = NULL};
	int64_t id;
	int64_t version;
	enum http_status answered;

	if (!read_seen(req, &id, &version, &answered))
		return answered;
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = webhook_delete(req->db, req->arena, id, version,
		                        &req->who, &what);
	if (!changed(req, result, version, &what, &answered))
		return answered;
	return reply_no_content(req);
}

enum http_status
rotate_webhook(struct req *req)
{
	struct rotate_query {
		struct query_int hours;
	} query = {.hours = {.value = OVERLAP_HOURS}};
	static const struct query_field fields[] = {
		QUERY(INT, struct rotate_query, hours, "overlapHours", .min = 0,
	              .max = OVERLAP_HOURS_MAX),
		QUERY_END,
	};
	struct webhook_changed what = {.document = NULL};
	int64_t id;
	int64_t version;
	enum http_status answered;

	if (!read_seen(req, &id, &version, &answered))
		return answered;
	if (!query_read(req, fields, &query))
		return problem_query(req);
	/* In a transaction, or two secrets might be made (db.h). */
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = webhook_rotate(req->db, req->arena, id, version,
		                        query.hours.value * 3600, &req->who,
		                        &what);
	if (!changed(req, result, version, &what, &answered))
		return answered;
	return webhook_reply(req, DB_ROW, HTTP_OK, what.document);
}
