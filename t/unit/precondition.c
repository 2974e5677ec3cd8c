/* SPDX-License-Identifier: Apache-2.0 */
#include "http/precondition.h"

#include "base/buf.h"
#include "fcgi_fake.h"
#include "http/reply.h"
#include "unit.h"

static void
read(void **state)
{
	static const struct {
		const char *header;
		int status; /* 0 = it is read */
		int64_t version;
	} cases[] = {
		{"\"3\"", 0, 3},
		{"W/\"3\"", 0, 3},
		{"\"3.5f0c\"", 0, 3},
		{"W/\"12.2d711642b726b04401627ca9fbac32f5\"", 0, 12},
		{"\"0\"", 0, 0},
		{"\"9223372036854775807\"", 0, INT64_MAX},
		{NULL, 428, -1},
		{"", 428, -1},
		{"*", 400, -1},
		{"3", 400, -1},
		{"\"", 400, -1},
		{"\"\"", 400, -1},
		{"\"3", 400, -1},
		{"\"3\" ", 400, -1},
		{"\"3\", \"4\"", 400, -1},
		{"w/\"3\"", 400, -1},
		{"\"-3\"", 400, -1},
		{"\"3.x\"", 400, -1},
		{"\".3\"", 400, -1},
		{"\"9223372036854775808\"", 400, -1},
		{"\"2d711642b726b04401627ca9fbac32f5\"", 400, -1},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);
		const char *header = cases[i].header;
		const char *row = header == NULL ? "no header" : header;
		enum http_status answered = 0;
		int64_t version = -1;

		if (header != NULL)
			fake_param(req, "HTTP_IF_MATCH", header);
		row_true(row, if_match_read(req, &version, &answered) ==
		                      (cases[i].status == 0));
		row_int(row, answered, cases[i].status);
		if (cases[i].status == 0)
			row_int(row, version, cases[i].version);
		else
			row_int(row, fake_status(req), cases[i].status);
	}
}

static void
stale(void **state)
{
	struct req *req = fake_req(*state);

	assert_int_equal(problem_stale(req, "item 7", 3, 5), 412);
	assert_non_null(strstr(fake_answer_body(req),
	                       "version 3 of item 7 is not the current one, "
	                       "which is 5: somebody else has changed it"));

	static const int64_t never[] = {0, 6};
	for (size_t i = 0; i < ARRAY_LEN(never); i++) {
		req = fake_req(*state);
		assert_int_equal(problem_stale(req, "item 7", never[i], 5),
		                 412);
		assert_non_null(strstr(
			fake_answer_body(req),
			arena_printf(*state,
		                     "there is no version %d of item 7: the "
		                     "current one is 5\"",
		                     (int)never[i])));
	}
}

/* What is answered can be given back. */
static void
round_trip(void **state)
{
	struct buf buf = {.arena = *state};
	struct req *req = fake_req(*state);
	enum http_status answered;
	int64_t version;

	buf_adds(&buf, "{}");
	req->method = GET;
	assert_int_equal(reply_version(req, 42, &buf), HTTP_OK);
	const char *etag = fake_header(req, "ETag");
	assert_int_equal(strncmp(etag, "W/\"42.", 6), 0);

	req = fake_req(*state);
	req->method = GET;
	fake_param(req, "HTTP_IF_NONE_MATCH", etag);
	fake_param(req, "HTTP_IF_MATCH", etag);
	assert_true(if_match_read(req, &version, &answered));
	assert_int_equal(version, 42);
	assert_int_equal(reply_version(req, 42, &buf), HTTP_NOT_MODIFIED);

	req = fake_req(*state);
	req->method = GET;
	fake_param(req, "HTTP_IF_NONE_MATCH", etag);
	assert_int_equal(reply_version(req, 2, &buf), HTTP_OK);
	assert_string_equal(fake_header(req, "Content-Type"),
	                    "application/json");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("If-Match names one version", read),
		CHECK("a stale one is told which is current", stale),
		CHECK("an ETag is taken back", round_trip),
	};

	return unit_run(tests);
}
