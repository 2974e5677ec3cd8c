/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about an item. */
#include "todos.h"

#include "base/buf.h"
#include "base/str.h"
#include "http/body.h"
#include "wire/field.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	COMMENT_BODY_MAX = 64 << 10, /* what nginx takes here */
	TEXT_MAX = 10000,
};

/* --- the list ------------------------------------------------------------- */

enum {
	COLUMN_JSON,
	COLUMN_ID,
};

struct comments_query {
	struct paging page;
};

static const char *
next_comment(struct req *req, const void *list, const struct rows *rows,
             int row)
{
	return cursor_text(req, list, rows_text(rows, row, COLUMN_ID), "");
}

enum http_status
list_comments(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY_PAGING(struct comments_query, page),
		QUERY_END,
	};
	static const char list[] = "todo-comments";
	struct comments_query query = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	int64_t after = 0;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (query.page.after != NULL &&
	    !cursor_read_number(req, list, query.page.after, INT64_MAX, &after))
		return problem_query(req);
	int64_t limit = paging_limit(&query.page);
	enum db_result result = todo_comment_list(
		req->db, req->arena, path_item(req), after, limit + 1, &rows);
	if (result == DB_NONE)
		return problem_item(req);
	if (result != DB_ROW)
		return problem_db(req, result, "item");
	/* Without comments there is one row without a document. */
	if (rows_text(&rows, 0, COLUMN_JSON) == NULL)
		rows.count = 0;

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_comment, list);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- a new one ------------------------------------------------------------ */

struct draft {
	const char *text;
};

static const struct field draft_fields[] = {
	FIELD(TEXT, struct draft, text, "text", .required = true, .min = 1,
              .max = TEXT_MAX),
	FIELD_END,
};

static enum db_result
add(struct req *req, const char *text, struct todo_answer *ret)
{
	return todo_comment_add(req->db, req->arena, path_item(req), text,
	                        &req->who, ret);
}

enum http_status
add_comment(struct req *req)
{
	struct draft draft = {.text = NULL};
	enum http_status answered;

	if (path_item(req) == 0)
		return problem_item(req);
	if (!body_fields(req, COMMENT_BODY_MAX, draft_fields, &draft,
	                 &answered))
		return answered;
	if (str_is_blank(draft.text)) {
		faults_add(&req->faults, "#/text", 0, 0, "too-short",
		           "must not be blank");
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the comment is not valid", &req->faults);
	}
	return do_once(req, draft.text, add);
}
