/* SPDX-License-Identifier: Apache-2.0 */
/* The service page. */
#include "services.h"

#include "base/buf.h"
#include "store/service.h"
#include "wire/json_out.h"

#include <string.h>

struct detail_query {
	const char *at;
};

static const struct query_field detail_fields[] = {
	QUERY(TIME, struct detail_query, at, "at"),
	QUERY_END,
};

static enum http_status
reply_service(struct req *req, const struct service *service)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};

	(void)buf_reserve(&body, strlen(service->detail_json) + 256);
	json_open(&out, '{');
	json_pair_raw(&out, "service", service->detail_json);
	json_key(&out, "freshness");
	json_open(&out, '{');
	json_pair_text(&out, "source", service->source);
	json_pair_text(&out, "lastSeenAt", service->seen_at);
	json_close(&out, '}');
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

enum http_status
get_service(struct req *req)
{
	const char *id = req_path(req, "id");
	struct detail_query query = {0};
	struct service service = {0};
	enum http_status answered;

	if (!query_read(req, detail_fields, &query))
		return problem_query(req);
	enum db_result result = service_find(
		req->db, req->arena, id, moment_text(req, query.at), &service);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "service");

	/* One that is gone may go on under another id. */
	if ((result == DB_NONE || service.gone) &&
	    !service_exists(req, id, &answered))
		return answered;
	if (result == DB_NONE)
		return problem(req, PROBLEM_NOT_FOUND,
		               "the service %s was not in the catalogue at "
		               "that time",
		               id);
	return reply_service(req, &service);
}
