/* SPDX-License-Identifier: Apache-2.0 */
/* Shows the publishes that were refused. */
#include "ingest.h"

#include "base/buf.h"
#include "http/list.h"

#include <string.h>

struct failed_query {
	const char *service;
	const char *repository;
	const char *after;
	bool resolved;
	struct query_int limit;
};

static const struct query_field failed_query[] = {
	QUERY(TEXT, struct failed_query, service, "service", .min = 1,
              .max = 63),
	QUERY(TEXT, struct failed_query, repository, "repository", ),
	QUERY(FLAG, struct failed_query, resolved, "resolved", ),
	QUERY(TEXT, struct failed_query, after, "after", .min = 1, .max = 300),
	QUERY(INT, struct failed_query, limit, "limit", .min = 1, .max = 200),
	QUERY_END,
};

enum {
	LIMIT_INITIAL = 50,
};

static void
put_page(struct buf *body, const struct rows *rows, int limit)
{
	int count = rows->count < limit ? rows->count : limit;

	buf_adds(body, "{\"items\":[");
	for (int i = 0; i < count; i++) {
		buf_adds(body, i > 0 ? "," : "");
		buf_add(body, rows_text(rows, i, 0), rows_len(rows, i, 0));
	}
	if (rows->count > limit)
		buf_printf(body, "],\"next\":\"%s\"}",
		           rows_text(rows, limit - 1, 1));
	else
		buf_adds(body, "],\"next\":null}");
}

static bool
read_query(struct req *req, struct failed_query *ret)
{
	bool valid = query_read(req, failed_query, ret);

	if (ret->after != NULL && !failure_cursor_is_valid(ret->after)) {
		faults_add(&req->faults, "?after", 0, 0, "format",
		           "is no cursor of this list");
		valid = false;
	}
	if (ret->repository != NULL && !is_repository(ret->repository)) {
		faults_add(&req->faults, "?repository", 0, 0, "format",
		           "is no name of a repository: 1 to 63 lower-case "
		           "letters, digits and hyphens, a letter first");
		valid = false;
	}
	return valid;
}

enum http_status
list_failed(struct req *req)
{
	struct failed_query query = {.limit = {.value = LIMIT_INITIAL}};
	struct buf body = {.arena = req->arena};
	struct rows rows = {0};

	if (!read_query(req, &query))
		return problem_query(req);

	const struct failure_filter filter = {
		.service = query.service,
		.repository = query.repository,
		.resolved = query.resolved,
		.after = query.after,
		.limit = query.limit.value + 1,
	};
	enum db_result found =
		failure_list(req->db, req->arena, &filter, &rows);
	if (found != DB_ROW && found != DB_NONE)
		return problem_db(req, found, "failed publish");
	put_page(&body, &rows, (int)query.limit.value);
	return reply_json(req, HTTP_OK, &body);
}

enum http_status
get_failed(struct req *req)
{
	const char *document;
	int64_t id;

	if (!query_none(req))
		return problem_query(req);
	if (!req_path_int(req, "id", &id))
		return problem_db(req, DB_NONE, "failed publish");

	enum db_result found =
		failure_detail(req->db, req->arena, id, &document);
	if (found != DB_ROW)
		return problem_db(req, found, "failed publish");
	return reply_bytes(req, HTTP_OK, "application/json", document,
	                   strlen(document));
}
