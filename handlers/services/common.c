/* SPDX-License-Identifier: Apache-2.0 */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "store/service.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	LIMIT_DEFAULT = 50,
};

int64_t
paging_limit(const struct paging *paging)
{
	return paging->limit.given ? paging->limit.value : LIMIT_DEFAULT;
}

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

enum http_status
problem_query(struct req *req)
{
	return problem_faults(req, PROBLEM_INVALID_FIELDS,
	                      "some parameters are not valid", &req->faults);
}

void
write_items(struct json_out *out, const char *name, const struct rows *rows,
            int count)
{
	size_t bytes = 0;

	for (int i = 0; i < count; i++)
		bytes += rows_len(rows, i, 0) + 1;
	(void)buf_reserve(out->buf, bytes + CURSOR_MAX);
	json_key(out, name);
	json_open(out, '[');
	for (int i = 0; i < count; i++)
		json_raw(out, rows_text(rows, i, 0), rows_len(rows, i, 0));
	json_close(out, ']');
}

void
write_page(struct req *req, struct json_out *out, const struct rows *rows,
           int64_t limit, page_next *next, const void *list)
{
	bool more = rows->count > limit;
	int count = more ? (int)limit : rows->count;

	write_items(out, "items", rows, count);
	json_pair_text(out, "next",
	               more ? next(req, list, rows, count - 1) : NULL);
}

const char *
nearest_members(struct req *req, const struct rows *rows)
{
	struct buf members = {.arena = req->arena};
	struct json_out out = {.buf = &members};

	json_key(&out, "nearest");
	json_open(&out, '[');
	for (int i = 0; i < rows->count; i++)
		json_text(&out, rows_text(rows, i, 0));
	json_close(&out, ']');
	return buf_text(&members);
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
