/* SPDX-License-Identifier: Apache-2.0 */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/service.h"
#include "wire/json_out.h"

#include <string.h>

const char *
moment_text(struct req *req, const char *at)
{
	char text[CLOCK_TEXT];
	int64_t us;

	if (at == NULL || !clock_parse(at, &us))
		return NULL;
	clock_format(us, text);
	return arena_strdup(req->arena, text);
}

/* The same address under another id, as it was sent otherwise. */
static enum http_status
redirect(struct req *req, const char *id)
{
	static const char base[] = "/api/v1/services/";
	const char *rest = req->path + strlen(base);
	const char *query = req_param(req, "QUERY_STRING");

	rest += strcspn(rest, "/");
	return reply_redirect(req, HTTP_PERMANENT_REDIRECT,
	                      arena_printf(req->arena, "%s%s%s%s%s", base, id,
	                                   rest, str_empty(query) ? "" : "?",
	                                   str_empty(query) ? "" : query));
}

static enum http_status
problem_unknown(struct req *req, const char *id)
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

/* The id that a service goes by today; NULL when it has been answered. */
static const char *
id_today(struct req *req, const char *id, enum http_status *answered)
{
	const char *today = NULL;
	enum db_result result = service_there(req->db, req->arena, id, &today);

	if (result == DB_NONE)
		*answered = problem_unknown(req, id);
	else if (result != DB_ROW)
		*answered = problem_db(req, result, "service");
	return result == DB_ROW ? today : NULL;
}

bool
service_exists(struct req *req, const char *id, enum http_status *answered)
{
	const char *today = id_today(req, id, answered);

	if (today != NULL && strcmp(today, id) == 0)
		return true;
	if (today != NULL)
		*answered = redirect(req, today);
	return false;
}

bool
service_centered(struct req *req, const char *id, enum http_status *answered)
{
	static const char name[] = "center=";
	const char *today = id_today(req, id, answered);

	if (today == NULL || strcmp(today, id) == 0)
		return today != NULL;

	/* The other parameters stay as they were sent. */
	struct buf target = {.arena = req->arena};
	const char *query = req_param(req, "QUERY_STRING");
	buf_printf(&target, "%s?%s%s", req->path, name, today);
	while (*query != '\0') {
		size_t len = strcspn(query, "&");

		if (len > 0 && strncmp(query, name, strlen(name)) != 0) {
			buf_addc(&target, '&');
			buf_add(&target, query, len);
		}
		query += len + strspn(query + len, "&");
	}
	*answered =
		reply_redirect(req, HTTP_PERMANENT_REDIRECT, buf_text(&target));
	return false;
}
