/* SPDX-License-Identifier: Apache-2.0 */
/* Campaigns that begin and end. */
#include "todos.h"

#include "base/arena.h"
#include "base/clock.h"
#include "http/body.h"
#include "http/precondition.h"
#include "wire/field.h"

enum {
	END_BODY_MAX = 1024,
};

/* What is asked is in the query: who sends {"dryRun": true} must not find it
 * done. An object without members says nothing. */
static bool
read_nothing(struct req *req, enum http_status *answered)
{
	static const struct field none[] = {FIELD_END};
	size_t len;

	if (req_body_length(req, END_BODY_MAX, &len) == BODY_READ && len == 0)
		return true;
	return body_fields(req, END_BODY_MAX, none, NULL, answered);
}

struct launch_query {
	bool dry_run;
	const char *at;
};

/* A time as the database takes it; false with a fault when it is on the wrong
 * side of now. */
static bool
read_time(struct req *req, const char *at, bool future, const char **ret)
{
	char text[CLOCK_TEXT];
	int64_t us;

	*ret = NULL;
	if (at == NULL || !clock_parse(at, &us))
		return true;
	if ((us > clock_wall_us()) != future) {
		faults_add(&req->faults, "?at", 0, 0, "range",
		           future ? "must be in the future"
		                  : "must be in the past");
		return false;
	}
	clock_format(us, text);
	*ret = arena_strdup(req->arena, text);
	return true;
}

enum http_status
launch_campaign(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY(FLAG, struct launch_query, dry_run, "dryRun"),
		QUERY(TIME, struct launch_query, at, "at"),
		QUERY_END,
	};
	struct launch_query query = {.at = NULL};
	struct campaign_answer answer = {.body = NULL};
	const char *later;
	enum http_status answered;

	if (!query_read(req, fields, &query) ||
	    !read_time(req, query.at, true, &later))
		return problem_query(req);
	if (!read_nothing(req, &answered))
		return answered;
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = campaign_launch(req->db, req->arena,
		                         req_path(req, "campaign"), later,
		                         &req->who, &answer);
	return finish_campaign(req, result, query.dry_run, &answer);
}

enum http_status
approve_campaign(struct req *req)
{
	struct campaign_answer answer = {.body = NULL};
	int64_t version = CAMPAIGN_ANY_VERSION;
	enum http_status answered;

	if (req_header(req, "HTTP_IF_MATCH") != NULL &&
	    !if_match_read(req, &version, &answered))
		return answered;
	if (!read_nothing(req, &answered))
		return answered;
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = campaign_approve(req->db, req->arena,
		                          req_path(req, "campaign"), version,
		                          &req->who, &answer);
	return finish_campaign(req, result, false, &answer);
}

struct ending {
	const char *state;
};

enum http_status
end_campaign(struct req *req)
{
	static const struct field fields[] = {
		FIELD(TEXT, struct ending, state, "state", .required = true,
	              .words = "finished cancelled"),
		FIELD_END,
	};
	struct ending ending = {.state = NULL};
	struct campaign_answer answer = {.body = NULL};
	enum http_status answered;

	if (!body_fields(req, END_BODY_MAX, fields, &ending, &answered))
		return answered;
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = campaign_end(req->db, req->arena,
		                      req_path(req, "campaign"), ending.state,
		                      &req->who, &answer);
	return finish_campaign(req, result, false, &answer);
}

/* --- previews ------------------------------------------------------------- */

struct preview_query {
	const char *campaign;
	const char *at;
};

enum http_status
preview_campaign(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY(TEXT, struct preview_query, campaign, "campaign",
	              .min = 1, .max = 63),
		QUERY(TIME, struct preview_query, at, "at"),
		QUERY_END,
	};
	struct preview_query query = {.at = NULL};
	struct campaign_answer answer = {.body = NULL};
	const char *past;
	enum http_status answered;

	if (!query_read(req, fields, &query) ||
	    !read_time(req, query.at, false, &past))
		return problem_query(req);
	const char *draft = campaign_read(req, CAMPAIGN_PREVIEW, &answered);
	if (draft == NULL)
		return answered;
	enum db_result result = db_begin(req->db);
	if (result == DB_ROW)
		result = campaign_preview(req->db, req->arena, draft,
		                          query.campaign, past, &req->who,
		                          &answer);
	return finish_campaign(req, result, true, &answer);
}
