/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of many items, each by itself: what is no change at all is refused
 * together with all others, before anything is done. */
#include "todos.h"

#include "base/arena.h"
#include "base/buf.h"
#include "http/body.h"
#include "wire/field.h"
#include "wire/json_in.h"
#include "wire/json_out.h"
#include "wire/place.h"

#include <string.h>

enum {
	BULK_BODY_MAX = 1 << 20,
	ITEMS_MAX = 100,
};

struct bulk {
	const json_t *items;
};

static const struct field bulk_fields[] = {
	FIELD(JSON, struct bulk, items, "items", .required = true),
	FIELD_END,
};

struct item {
	int64_t id;
	int64_t version;
	const json_t *change;
};

static const struct field item_fields[] = {
	FIELD(INT, struct item, id, "id", .required = true, .min = 1),
	FIELD(INT, struct item, version, "version", .required = true, .min = 1),
	FIELD(JSON, struct item, change, "change", .required = true),
	FIELD_END,
};

/* With faults, and then `out` is of no use. */
static void
read_item(struct req *req, const json_t *object, const char *pointer,
          struct json_out *out)
{
	struct item item = {.id = 0};

	(void)!fields_read(object, item_fields, FIELDS_CLOSED, pointer,
	                   req->arena, &req->faults, &item);
	json_open(out, '{');
	json_pair_int(out, "id", item.id);
	json_pair_int(out, "version", item.version);
	json_key(out, "change");
	if (item.change != NULL)
		(void)!change_read(
			req, item.change,
			pointer_member(req->arena, pointer, "change"), out);
	json_close(out, '}');
}

/* The changes as the catalogue takes them; false with faults. */
static bool
read_items(struct req *req, const json_t *list, struct buf *ret)
{
	struct json_out out = {.buf = ret};
	size_t i;
	const json_t *value;

	if (!json_is_array(list)) {
		faults_add(&req->faults, "#/items", 0, 0, "type",
		           "must be a list and not %s", json_type_words(list));
		return false;
	}
	if (json_array_size(list) == 0)
		faults_add(&req->faults, "#/items", 0, 0, "too-few",
		           "must have at least one item");
	if (json_array_size(list) > ITEMS_MAX) {
		faults_add(&req->faults, "#/items", 0, 0, "too-many",
		           "must have at most %d items", ITEMS_MAX);
		return false;
	}
	json_open(&out, '[');
	json_array_foreach(list, i, value) read_item(
		req, value, pointer_item(req->arena, "#/items", i), &out);
	json_close(&out, ']');
	return !faults_any(&req->faults);
}

/* TodoBulkResult. */
static enum db_result
change_all(struct req *req, const char *text, struct todo_answer *ret)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	enum db_result result =
		todo_bulk(req->db, req->arena, text, &req->who, &rows);

	if (result != DB_ROW)
		return result;
	json_open(&out, '{');
	json_key(&out, "items");
	json_open(&out, '[');
	for (int i = 0; i < rows.count; i++) {
		struct todo_answer answer = {.status = 0};

		todo_answer_read(&rows, i, &answer);
		write_todo(req, &out, &answer);
	}
	json_close(&out, ']');
	json_close(&out, '}');
	*ret = (struct todo_answer){.status = HTTP_OK, .body = buf_text(&body)};
	return DB_ROW;
}

enum http_status
change_todos(struct req *req)
{
	struct bulk bulk = {.items = NULL};
	struct buf text = {.arena = req->arena};
	enum http_status answered;

	if (!body_fields(req, BULK_BODY_MAX, bulk_fields, &bulk, &answered))
		return answered;
	if (!read_items(req, bulk.items, &text))
		return problem_faults(
			req, PROBLEM_INVALID_FIELDS,
			"the changes are not valid; none was done",
			&req->faults);
	return do_once(req, buf_text(&text), change_all);
}
