/* SPDX-License-Identifier: Apache-2.0 */
#include "http/reply.h"

#include "base/buf.h"
#include "fcgi_fake.h"
#include "process.h"
#include "unit.h"

static void
bytes(void **state)
{
	struct req *req = fake_req(*state);

	reply_header(req, "X-One", "%d%%", 1);
	reply_header(req, "X-Two", "%s", "");
	assert_int_equal(
		reply_bytes(req, HTTP_CREATED, "text/plain", "a\0b", 3),
		HTTP_CREATED);
	assert_int_equal(fake_status(req), 201);
	assert_string_equal(fake_header(req, "X-One"), "1%");
	assert_string_equal(fake_header(req, "X-Two"), "");
	assert_string_equal(fake_header(req, "Content-Type"), "text/plain");
	assert_string_equal(fake_header(req, "Content-Length"), "3");
	assert_null(fake_header(req, "ETag"));
	assert_memory_equal(fake_answer_body(req), "a\0b", 4);
}

static void
json(void **state)
{
	struct req *req = fake_req(*state);
	struct buf buf = {.arena = *state};

	assert_int_equal(reply_json(req, HTTP_OK, &buf), HTTP_OK);
	assert_string_equal(fake_header(req, "Content-Length"), "0");

	req = fake_req(*state);
	buf_adds(&buf, "{}");
	assert_int_equal(reply_json(req, HTTP_OK, &buf), HTTP_OK);
	assert_string_equal(fake_header(req, "Content-Type"),
	                    "application/json");
	assert_string_equal(fake_answer_body(req), "{}");
}

static const char *
etag_of(struct arena *arena, enum method method, enum http_status status,
        const char *text)
{
	struct req *req = fake_req(arena);

	req->method = method;
	assert_int_equal(reply_bytes(req, status, "t/t", text, strlen(text)),
	                 status);
	return fake_header(req, "ETag");
}

static void
etags(void **state)
{
	struct arena *a = *state;
	const char *etag = etag_of(a, GET, HTTP_OK, "x");

	/* Half of the SHA-256 of "x". */
	assert_string_equal(etag, "W/\"2d711642b726b04401627ca9fbac32f5\"");
	assert_string_equal(etag_of(a, GET, HTTP_OK, "x"), etag);
	assert_string_not_equal(etag_of(a, GET, HTTP_OK, "y"), etag);
	assert_null(etag_of(a, POST, HTTP_OK, "x"));
	assert_null(etag_of(a, GET, HTTP_NOT_FOUND, "x"));
}

static void
conditional(void **state)
{
	static const struct {
		const char *list;
		int status;
	} cases[] = {
		{"W/\"2d711642b726b04401627ca9fbac32f5\"", 304},
		{"\"2d711642b726b04401627ca9fbac32f5\"", 304},
		{"\"a\", W/\"2d711642b726b04401627ca9fbac32f5\" , \"b\"", 304},
		{"*", 304},
		{"W/\"3d711642b726b04401627ca9fbac32f5\"", 200},
		{"W/\"2d711642b726b04401627ca9fbac32f\"", 200},
		{"\"*\"", 200},
		{"", 200},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);

		fake_param(req, "HTTP_IF_NONE_MATCH", cases[i].list);
		row_int(cases[i].list, reply_bytes(req, HTTP_OK, "t/t", "x", 1),
		        cases[i].status);
		row_int(cases[i].list, fake_status(req), cases[i].status);
		row_true(cases[i].list, fake_header(req, "ETag") != NULL);
		row_text(cases[i].list, fake_header(req, "Content-Length"),
		         cases[i].status == 304 ? NULL : "1");
		row_text(cases[i].list, fake_answer_body(req),
		         cases[i].status == 304 ? "" : "x");
	}
}

static void
head(void **state)
{
	struct req *req = fake_req(*state);

	req->head = true;
	assert_int_equal(reply_bytes(req, HTTP_OK, "t/t", "12345", 5), HTTP_OK);
	assert_string_equal(fake_header(req, "Content-Length"), "5");
	assert_non_null(fake_header(req, "ETag"));
	assert_string_equal(fake_answer_body(req), "");
}

static void
without_body(void **state)
{
	struct req *req = fake_req(*state);

	assert_int_equal(reply_no_content(req), HTTP_NO_CONTENT);
	assert_int_equal(fake_status(req), 204);
	assert_null(fake_header(req, "Content-Length"));
	assert_null(fake_header(req, "Content-Type"));

	req = fake_req(*state);
	assert_int_equal(
		reply_redirect(req, HTTP_PERMANENT_REDIRECT, "/services/a?b"),
		HTTP_PERMANENT_REDIRECT);
	assert_int_equal(fake_status(req), 308);
	assert_string_equal(fake_header(req, "Location"), "/services/a?b");
	assert_string_equal(fake_answer_body(req), "");
}

static const char *value;

static void
split(void *req)
{
	reply_header(req, "Location", "%s", value);
}

static void
splitting(void **state)
{
	static const char *const values[] = {
		"/a\r\nSet-Cookie: x=1", "/a\nb", "/a\rb", "\n", "/a\r",
	};

	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		value = values[i];
		row_int(values[i], process_end_of(split, fake_req(*state)), -6);
	}
	value = "/a b";
	assert_int_equal(process_end_of(split, fake_req(*state)), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("bytes are answered with their headers", bytes),
		CHECK("JSON has its media type", json),
		CHECK("the ETag of a 200 to GET is that of its bytes", etags),
		CHECK("who has it already gets 304", conditional),
		CHECK("HEAD gets the headers alone", head),
		CHECK("some answers have no body", without_body),
		CHECK("a line break in a header ends the process", splitting),
	};

	return unit_run(tests);
}
