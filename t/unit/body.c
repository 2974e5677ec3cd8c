/* SPDX-License-Identifier: Apache-2.0 */
#include "http/body.h"

#include "fcgi_fake.h"
#include "unit.h"
#include "wire/field.h"

struct draft {
	const char *name;
	int64_t days;
};

static const struct field fields[] = {
	FIELD(TEXT, struct draft, name, "name", .required = true, .max = 8),
	FIELD(INT, struct draft, days, "days", .min = 1, .max = 365),
	FIELD_END,
};

static void
read_or_answered(void **state)
{
	static const struct {
		const char *type;   /* NULL = not sent */
		const char *length; /* NULL = right */
		const char *bytes;
		int status; /* 0 = read */
	} cases[] = {
		{"application/json", NULL, "{\"name\":\"x\"}", 0},
		{"Application/JSON; charset=utf-8", NULL,
	         "{\"name\":\"x\",\"days\":7}", 0},
		{NULL, NULL, "{\"name\":\"x\"}", 415},
		{"text/json", NULL, "{\"name\":\"x\"}", 415},
		{"application/x-www-form-urlencoded", NULL, "name=x", 415},
		{"application/json", "101", "{\"name\":\"x\"}", 413},
		{"application/json", "100", "{\"name\":\"x\"}", 400},
		{"application/json", "x", "{\"name\":\"x\"}", 400},
		{"application/json", NULL, "", 400},
		{"application/json", NULL, "{\"name\":\"x\"", 400},
		{"application/json", NULL, "{\"name\":\"\xff\"}", 400},
		{"application/json", NULL, "[]", 422},
		{"application/json", NULL, "{}", 422},
		{"application/json", NULL, "{\"name\":\"x\",\"name\":\"y\"}",
	         422},
		{"application/json", NULL, "{\"name\":\"x\",\"more\":1}", 422},
		{"application/json", NULL, "{\"name\":\"123456789\"}", 422},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);
		struct draft draft = {.days = 90};
		enum http_status answered = HTTP_OK;
		const char *row = cases[i].bytes;

		if (cases[i].type != NULL)
			fake_param(req, "CONTENT_TYPE", cases[i].type);
		fake_body(req, row,
		          cases[i].length != NULL
		                  ? cases[i].length
		                  : arena_printf(*state, "%zu", strlen(row)));
		row_int(row, body_fields(req, 100, fields, &draft, &answered),
		        cases[i].status == 0);
		row_int(row, fake_status(req), cases[i].status);
		if (cases[i].status == 0)
			row_text(row, draft.name, "x");
		else
			row_int(row, answered, cases[i].status);
		row_text(row, fake_header(req, "Accept"),
		         cases[i].status == 415 ? "application/json" : NULL);
		row_int(row,
		        cases[i].status == 422 &&
		                strstr(fake_answer(req), "\"errors\":[{"),
		        cases[i].status == 422);
	}
}

static void
at_the_limit(void **state)
{
	static const char text[] = "{\"name\":\"x\"}";
	const size_t len = sizeof(text) - 1;

	for (size_t max = len - 1; max <= len; max++) {
		struct req *req = fake_req(*state);
		struct draft draft = {0};
		enum http_status answered = HTTP_OK;

		fake_param(req, "CONTENT_TYPE", "application/json");
		fake_body(req, text, arena_printf(*state, "%zu", len));
		assert_int_equal(
			body_fields(req, max, fields, &draft, &answered),
			max == len);
		assert_int_equal(answered,
		                 max == len ? HTTP_OK : HTTP_TOO_LARGE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("a body is read by its fields, or it is answered",
	              read_or_answered),
		CHECK("as many bytes as said are taken, not one more",
	              at_the_limit),
	};

	return unit_run(tests);
}
