/* SPDX-License-Identifier: Apache-2.0 */
#include "http/req.h"

#include "fcgi_fake.h"
#include "process.h"
#include "unit.h"

static void
headers(void **state)
{
	struct req *req = fake_req(*state);

	fake_param(req, "HTTP_IF_MATCH", "\"x\"");
	fake_param(req, "HTTP_ACCEPT", "");
	fake_param(req, "MD_NEED", "");
	assert_string_equal(req_header(req, "HTTP_IF_MATCH"), "\"x\"");
	assert_null(req_header(req, "HTTP_ACCEPT"));
	assert_null(req_header(req, "HTTP_COOKIE"));
	assert_string_equal(req_param(req, "MD_NEED"), "");
	assert_null(req_param(req, "MD_SUB"));
}

/* Asking for a parameter of nginx as if a client could send it is our bug. */
static void
ask_for_param(void *req)
{
	(void)req_header(req, "MD_SUB");
}

static void
ask_for_path(void *req)
{
	(void)req_path(req, "none");
}

static void
our_bugs(void **state)
{
	struct req *req = fake_req(*state);

	assert_int_equal(process_end_of(ask_for_param, req), -6);
	assert_int_equal(process_end_of(ask_for_path, req), -6);
}

static void
path(void **state)
{
	static const struct route routes[] = {
		{GET, "/{name}/{name2}", NULL, SCOPE_ANY},
		ROUTES_END,
	};
	static const struct {
		const char *path;
		int64_t number; /* -1 = refused */
	} cases[] = {
		{"/a/0", 0},
		{"/a/42", 42},
		{"/a/9223372036854775807", INT64_MAX},
		{"/a/9223372036854775808", -1},
		{"/a/-1", -1},
		{"/a/+1", -1},
		{"/a/1a", -1},
		{"/a/%201", -1},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);
		int64_t number;

		row_true(cases[i].path, route_find(routes, GET, cases[i].path,
		                                   *state, &req->match));
		row_text(cases[i].path, req_path(req, "name"), "a");
		row_int(cases[i].path, req_path_int(req, "name2", &number),
		        cases[i].number >= 0);
		if (cases[i].number >= 0)
			row_int(cases[i].path, number, cases[i].number);
	}
}

static void
body(void **state)
{
	static const struct {
		const char *length; /* NULL = not sent */
		const char *bytes;
		size_t max;
		enum body_result result;
		const char *want;
	} cases[] = {
		{NULL, "", 10, BODY_READ, ""},
		{"", "", 10, BODY_READ, ""},
		{"0", "", 0, BODY_READ, ""},
		{"5", "hello", 5, BODY_READ, "hello"},
		{"5", "hello world", 10, BODY_READ, "hello"},
		{"5", "hello", 4, BODY_TOO_LARGE, NULL},
		{"99999999999", "x", 10, BODY_TOO_LARGE, NULL},
		{"9223372036854775807", "x", 10, BODY_TOO_LARGE, NULL},
		{"6", "hello", 10, BODY_BROKEN, NULL},
		{"1", "", 10, BODY_BROKEN, NULL},
		{"-1", "x", 10, BODY_BROKEN, NULL},
		{"5x", "hello", 10, BODY_BROKEN, NULL},
		{"5, 5", "hello", 10, BODY_BROKEN, NULL},
		{"9223372036854775808", "x", 10, BODY_BROKEN, NULL},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);
		const char *row =
			cases[i].length == NULL ? "none" : cases[i].length;
		char *text = NULL;
		size_t len = 99;

		if (cases[i].length != NULL)
			fake_body(req, cases[i].bytes, cases[i].length);
		row_int(row, req_body(req, cases[i].max, &text, &len),
		        cases[i].result);
		row_text(row, text, cases[i].want);
		row_int(row, len,
		        cases[i].want == NULL ? 99 : strlen(cases[i].want));
	}
}

static void
media_type(void **state)
{
	static const struct {
		const char *header; /* NULL = not sent */
		const char *type;
	} cases[] = {
		{NULL, ""},
		{"", ""},
		{"application/json", "application/json"},
		{"Application/JSON", "application/json"},
		{"application/json;charset=utf-8", "application/json"},
		{"application/json \t; charset=utf-8", "application/json"},
		{"application/cloudevents+json",
	         "application/cloudevents+json"},
		{";", ""},
		{"text/plain, application/json",
	         "text/plain, application/json"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);
		const char *row = cases[i].header;

		if (row != NULL)
			fake_param(req, "CONTENT_TYPE", row);
		row_text(row == NULL ? "none" : row, req_media_type(req),
		         cases[i].type);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("an empty header was not sent", headers),
		CHECK("what no request can have ends the process", our_bugs),
		CHECK("path parameters are texts or numbers from 0", path),
		CHECK("a body is read whole or not at all", body),
		CHECK("media types are told without case and parameters",
	              media_type),
	};

	return unit_run(tests);
}
