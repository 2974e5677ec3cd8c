/* SPDX-License-Identifier: Apache-2.0 */
/* Services against the campaigns that run. */
#include "todos.h"

#include "base/buf.h"
#include "wire/json_out.h"

enum {
	NAME_MAX = 63,
	COLUMN_SERVICE = 1,
};

struct matrix_query {
	const char *team;
	const char *campaign;
	struct paging page;
};

static const char *
next_service(struct req *req, const void *list, const struct rows *rows,
             int row)
{
	return cursor_text(req, list, rows_text(rows, row, COLUMN_SERVICE), "");
}

enum http_status
get_matrix(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY(TEXT, struct matrix_query, team, "team", .min = 1,
	              .max = NAME_MAX),
		QUERY(TEXT, struct matrix_query, campaign, "campaign", .min = 1,
	              .max = NAME_MAX),
		QUERY_PAGING(struct matrix_query, page),
		QUERY_END,
	};
	static const char list[] = "todo-matrix";
	struct matrix_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows campaigns = {0};
	struct rows rows = {0};
	const char *after;
	const char *none;

	if (!query_read(req, fields, &query) ||
	    !cursor_read(req, list, query.page.after, &after, &none))
		return problem_query(req);
	int64_t limit = paging_limit(&query.page);
	enum db_result result =
		todo_matrix_campaigns(req->db, req->arena, &campaigns);
	if (result == DB_ROW)
		result = todo_matrix(req->db, req->arena, query.team,
		                     query.campaign, after, limit + 1, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "campaign");

	json_open(&out, '{');
	write_items(&out, "campaigns", &campaigns, campaigns.count);
	write_page(req, &out, &rows, limit, next_service, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
