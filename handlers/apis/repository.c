/* SPDX-License-Identifier: Apache-2.0 */
/* Proto repositories, their packages and their revisions. */
#include "apis.h"

#include "base/buf.h"
#include "wire/json_out.h"

enum http_status
list_repositories(struct req *req)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};

	if (!query_none(req))
		return problem_query(req);
	enum db_result result = api_repository_list(req->db, req->arena, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "proto repository");

	json_open(&out, '{');
	write_items(&out, "items", &rows, rows.count);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

struct repository_query {
	struct query_int revision;
};

enum http_status
get_repository(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY_REVISION(struct repository_query, revision),
		QUERY_END,
	};
	struct repository_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct api_revision at;
	const char *packages;
	enum http_status answered;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (!revision_read(req, &query.revision, &at, &answered))
		return answered;
	enum db_result result =
		api_packages(req->db, req->arena, &at, &packages);
	if (result != DB_ROW)
		return problem_db(req, result, "proto repository");

	json_open(&out, '{');
	json_pair_raw(&out, "repository", at.repository);
	json_pair_raw(&out, "revision", at.revision);
	json_pair_raw(&out, "packages", packages);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- revisions ------------------------------------------------------------ */

struct revisions_query {
	struct paging page;
};

static const char *
next_revision(struct req *req, const void *list, const struct rows *rows,
              int row)
{
	return cursor_text(req, list,
	                   rows_text(rows, row, API_REVISION_LIST_NUMBER), "");
}

enum http_status
list_revisions(struct req *req)
{
	static const char list[] = "api-revisions";
	static const struct query_field fields[] = {
		QUERY_PAGING(struct revisions_query, page),
		QUERY_END,
	};
	static const struct query_int current = {.given = false};
	struct revisions_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	struct api_revision at;
	int64_t before;
	enum http_status answered;

	if (!query_read(req, fields, &query) ||
	    !cursor_read_number(req, list, query.page.after, API_REVISION_MAX,
	                        &before))
		return problem_query(req);
	if (!revision_read(req, &current, &at, &answered))
		return answered;
	int64_t limit = paging_limit(&query.page);
	enum db_result result = api_revision_list(req->db, req->arena, &at,
	                                          before, limit + 1, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "revision");

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_revision, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
