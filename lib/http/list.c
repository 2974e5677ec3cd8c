/* SPDX-License-Identifier: Apache-2.0 */
#include "http/list.h"

#include "base/buf.h"
#include "db/db.h"
#include "http/problem.h"
#include "wire/json_out.h"

enum {
	LIMIT_DEFAULT = 50,
};

int64_t
paging_limit(const struct paging *paging)
{
	return paging->limit.given ? paging->limit.value : LIMIT_DEFAULT;
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
