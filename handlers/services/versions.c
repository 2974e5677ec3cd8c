/* SPDX-License-Identifier: Apache-2.0 */
/* The specs that a service has had, and how they differ. */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/version.h"
#include "wire/json_out.h"

#include <inttypes.h>

struct versions_query {
	struct paging page;
};

static const struct query_field versions_fields[] = {
	QUERY_PAGING(struct versions_query, page),
	QUERY_END,
};

static const char *
next_version(struct req *req, const void *list, const struct rows *rows,
             int row)
{
	return cursor_text(req, list, rows_text(rows, row, VERSION_LIST_NUMBER),
	                   "");
}

enum http_status
list_versions(struct req *req)
{
	static const char list[] = "versions";
	const char *id = req_path(req, "id");
	struct versions_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	int64_t before;
	enum http_status answered;

	if (!query_read(req, versions_fields, &query) ||
	    !cursor_read_number(req, list, query.page.after, VERSION_NUMBER_MAX,
	                        &before))
		return problem_query(req);

	int64_t limit = paging_limit(&query.page);
	enum db_result result =
		version_list(req->db, req->arena, id, before, limit + 1, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "version");
	if (result == DB_NONE && !service_exists(req, id, &answered))
		return answered;

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_version, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

static enum http_status
problem_version(struct req *req, const char *id, int64_t number)
{
	return problem(req, PROBLEM_NOT_FOUND,
	               "the service %s has no version %" PRId64, id, number);
}

enum http_status
get_version(struct req *req)
{
	const char *id = req_path(req, "id");
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct version version;
	int64_t number;
	enum http_status answered;

	if (!query_none(req))
		return problem_query(req);
	if (!req_path_int(req, "number", &number) ||
	    number > VERSION_NUMBER_MAX)
		return problem(req, PROBLEM_NOT_FOUND,
		               "versions are numbered 1, 2, 3 and so on");
	enum db_result result =
		version_find(req->db, req->arena, id, number, &version);
	if (result == DB_NONE && !service_exists(req, id, &answered))
		return answered;
	if (result == DB_NONE)
		return problem_version(req, id, number);
	if (result != DB_ROW)
		return problem_db(req, result, "version");

	json_open(&out, '{');
	json_pair_raw(&out, "version", version.document);
	json_pair_raw(&out, "spec", version.spec);
	json_pair_text(&out, "source", version.source);
	json_pair_raw(&out, "changes", version.changes);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

struct diff_query {
	struct query_int from;
	struct query_int to;
};

static const struct query_field diff_fields[] = {
	QUERY(INT, struct diff_query, from, "from", .required = true,
              .max = VERSION_NUMBER_MAX),
	QUERY(INT, struct diff_query, to, "to", .required = true, .min = 1,
              .max = VERSION_NUMBER_MAX),
	QUERY_END,
};

enum http_status
diff_versions(struct req *req)
{
	const char *id = req_path(req, "id");
	struct diff_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct version_diff diff;
	enum http_status answered;

	if (!query_read(req, diff_fields, &query))
		return problem_query(req);
	enum db_result result =
		version_diff(req->db, req->arena, id, query.from.value,
	                     query.to.value, &diff);
	if (result == DB_NONE && !service_exists(req, id, &answered))
		return answered;
	if (result != DB_ROW)
		return problem_db(req, result, "service");
	if (query.from.value > 0 && !diff.has_before)
		return problem_version(req, id, query.from.value);
	if (!diff.has_after)
		return problem_version(req, id, query.to.value);

	json_open(&out, '{');
	json_pair_raw(&out, "from", diff.has_before ? diff.before : "null");
	json_pair_raw(&out, "to", diff.after);
	json_pair_raw(&out, "changes", diff.changes);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
