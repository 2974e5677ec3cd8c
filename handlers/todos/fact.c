/* SPDX-License-Identifier: Apache-2.0 */
/* What is known of services, and the keys that rules may read. */
#include "todos.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/fact.h"
#include "store/service.h"
#include "wire/json_out.h"

enum {
	KEYS_MAX = 1000,
};

static enum http_status
reply_items(struct req *req, const struct rows *rows)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	json_open(&out, '{');
	write_items(&out, "items", rows, rows->count);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

static enum http_status
problem_service(struct req *req, const char *id)
{
	struct rows rows = {0};
	enum db_result result = service_nearest(req->db, req->arena, id, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "service");
	return problem_with(
		req, PROBLEM_NOT_FOUND,
		arena_printf(req->arena, "there is no service %s", id),
		nearest_members(req, &rows));
}

struct facts_query {
	const char *service;
};

enum http_status
list_facts(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY(TEXT, struct facts_query, service, "service",
	              .required = true, .min = 1, .max = 63),
		QUERY_END,
	};
	struct facts_query query = {.service = NULL};
	struct rows rows = {0};
	const char *today;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	enum db_result result =
		service_there(req->db, req->arena, query.service, &today);
	if (result == DB_NONE)
		return problem_service(req, query.service);
	if (result == DB_ROW)
		result = fact_list(req->db, req->arena, today, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "service");
	return reply_items(req, &rows);
}

enum http_status
list_fact_keys(struct req *req)
{
	struct rows rows = {0};

	if (!query_none(req))
		return problem_query(req);
	enum db_result result = fact_keys(req->db, req->arena, KEYS_MAX, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "fact");
	return reply_items(req, &rows);
}
