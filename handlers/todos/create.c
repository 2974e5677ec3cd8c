/* SPDX-License-Identifier: Apache-2.0 */
/* An item of a system outside: one for each of its keys. */
#include "todos.h"

#include "base/arena.h"
#include "base/buf.h"
#include "http/body.h"
#include "wire/field.h"
#include "wire/json_out.h"

#include <string.h>

enum {
	DRAFT_BODY_MAX = 32 << 10,
	SOURCE_MAX = 63,
	KEY_MAX = 200,
	TITLE_MAX = 200,
	SERVICE_MAX = 63,
	ADDRESS_MAX = 2000,
	NAME_MAX = 100,
	DAY_CHARS = 10,
};

struct draft {
	const char *source;
	const char *external_id;
	const char *external_url;
	const char *service;
	const char *title;
	const char *assignee;
	const char *due;
	const char *evidence;
};

static const struct field draft_fields[] = {
	FIELD(TEXT, struct draft, source, "source", .required = true, .min = 1,
              .max = SOURCE_MAX),
	FIELD(TEXT, struct draft, external_id, "externalID", .required = true,
              .min = 1, .max = KEY_MAX),
	FIELD(TEXT, struct draft, external_url, "externalUrl", .min = 1,
              .max = ADDRESS_MAX),
	FIELD(TEXT, struct draft, service, "serviceID", .required = true,
              .min = 1, .max = SERVICE_MAX),
	FIELD(TEXT, struct draft, title, "title", .required = true, .min = 1,
              .max = TITLE_MAX),
	FIELD(TEXT, struct draft, assignee, "assignee", .min = 1,
              .max = NAME_MAX),
	FIELD(TEXT, struct draft, due, "due", .max = DAY_CHARS),
	FIELD(TEXT, struct draft, evidence, "evidence", .min = 1,
              .max = ADDRESS_MAX),
	FIELD_END,
};

static void
check(struct req *req, const struct draft *draft)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	static const char more[] = "abcdefghijklmnopqrstuvwxyz0123456789-";

	if (strchr(letters, draft->source[0]) == NULL ||
	    strspn(draft->source, more) != strlen(draft->source))
		faults_add(&req->faults, "#/source", 0, 0, "format",
		           "must be of a-z, 0-9 and hyphens, and begin with a "
		           "letter");
	check_line(req, "#/externalID", draft->external_id);
	check_address(req, "#/externalUrl", draft->external_url);
	check_line(req, "#/title", draft->title);
	check_principal(req, "#/assignee", draft->assignee);
	check_day(req, "#/due", draft->due);
	check_address(req, "#/evidence", draft->evidence);
}

static const char *
draft_text(struct req *req, const struct draft *draft)
{
	struct buf buf = {.arena = req->arena};
	struct json_out out = {.buf = &buf};

	json_open(&out, '{');
	json_pair_text(&out, "source", draft->source);
	json_pair_text(&out, "externalID", draft->external_id);
	json_pair_text(&out, "externalUrl", draft->external_url);
	json_pair_text(&out, "serviceID", draft->service);
	json_pair_text(&out, "title", draft->title);
	json_pair_text(&out, "assignee", draft->assignee);
	json_pair_text(&out, "due", draft->due);
	json_pair_text(&out, "evidence", draft->evidence);
	json_close(&out, '}');
	return buf_text(&buf);
}

static enum db_result
create(struct req *req, const char *text, struct todo_answer *ret)
{
	return todo_create(req->db, req->arena, text, &req->who, ret);
}

enum http_status
create_todo(struct req *req)
{
	struct draft draft = {.source = NULL};
	enum http_status answered;

	if (!body_fields(req, DRAFT_BODY_MAX, draft_fields, &draft, &answered))
		return answered;
	check(req, &draft);
	if (faults_any(&req->faults))
		return problem_faults(req, PROBLEM_INVALID_FIELDS,
		                      "the item is not valid", &req->faults);
	return do_once(req, draft_text(req, &draft), create);
}
