/* SPDX-License-Identifier: Apache-2.0 */
#include "http/problem.h"

#include "fcgi_fake.h"
#include "process.h"
#include "text.h"
#include "unit.h"

#include <jansson.h>

static void
release(void *value)
{
	json_decref(value);
}

/* The document that was answered. */
static json_t *
document(struct req *req)
{
	json_t *value =
		json_loads(fake_answer_body(req), JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(value);
	arena_defer(req->arena, release, value);
	assert_string_equal(fake_header(req, "Content-Type"),
	                    "application/problem+json");
	assert_int_equal(json_integer_value(json_object_get(value, "status")),
	                 fake_status(req));
	return value;
}

static const char *
member(struct req *req, const char *key)
{
	return json_string_value(json_object_get(document(req), key));
}

static void
kinds(void **state)
{
	static const struct {
		enum problem kind;
		int status;
		const char *type;
	} cases[] = {
		{PROBLEM_BAD_REQUEST, 400, "/problems/bad-request"},
		{PROBLEM_UNAUTHORIZED, 401, "/problems/unauthorized"},
		{PROBLEM_FORBIDDEN, 403, "/problems/forbidden"},
		{PROBLEM_NOT_FOUND, 404, "/problems/not-found"},
		{PROBLEM_METHOD_NOT_ALLOWED, 405,
	         "/problems/method-not-allowed"},
		{PROBLEM_CONFLICT, 409, "/problems/conflict"},
		{PROBLEM_GONE, 410, "/problems/gone"},
		{PROBLEM_STALE, 412, "/problems/stale"},
		{PROBLEM_TOO_LARGE, 413, "/problems/too-large"},
		{PROBLEM_UNSUPPORTED_MEDIA_TYPE, 415,
	         "/problems/unsupported-media-type"},
		{PROBLEM_INVALID_FIELDS, 422, "/problems/invalid-fields"},
		{PROBLEM_PRECONDITION_REQUIRED, 428,
	         "/problems/precondition-required"},
		{PROBLEM_TOO_MANY_REQUESTS, 429, "/problems/too-many-requests"},
		{PROBLEM_INTERNAL, 500, "/problems/internal"},
		{PROBLEM_UNAVAILABLE, 503, "/problems/unavailable"},
	};

	assert_int_equal(ARRAY_LEN(cases), PROBLEM_END);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);
		const char *row = cases[i].type;

		req->who.request_id = "5f0c";
		row_int(row, problem(req, cases[i].kind, "\"%s\" is bad", "x"),
		        cases[i].status);
		row_int(row, fake_status(req), cases[i].status);
		row_int(row, problem_of(cases[i].status), cases[i].kind);
		row_text(row, member(req, "type"), row);
		row_true(row, strlen(member(req, "title")) > 0);
		row_text(row, member(req, "detail"), "\"x\" is bad");
		row_text(row, member(req, "instance"), "5f0c");
		row_text(row, fake_header(req, "Retry-After"),
		         cases[i].status == 503 ? "1" : NULL);
		row_text(row, fake_header(req, "WWW-Authenticate"),
		         cases[i].status == 401 ? "Bearer" : NULL);
		row_true(row, fake_header(req, "ETag") == NULL);
	}
}

static void
extra(void **state)
{
	struct req *req = fake_req(*state);

	assert_int_equal(problem_with(req, PROBLEM_NOT_FOUND, "none",
	                              "\"nearest\":[\"a\"]"),
	                 HTTP_NOT_FOUND);
	assert_int_equal(
		json_array_size(json_object_get(document(req), "nearest")), 1);
	assert_string_equal(member(req, "instance"), "");

	req = fake_req(*state);
	assert_int_equal(problem_with(req, PROBLEM_NOT_FOUND, "none", ""),
	                 HTTP_NOT_FOUND);
	assert_int_equal(json_object_size(document(req)), 5);
}

static void
faults(void **state)
{
	struct req *req = fake_req(*state);

	faults_add(&req->faults, "#/tier", 3, 7, "range", "must be %d", 1);
	faults_add(&req->faults, "?q", 0, 0, "enum", "must be \"x\"");
	assert_int_equal(
		problem_faults(req, PROBLEM_INVALID_FIELDS, "no", &req->faults),
		HTTP_INVALID_FIELDS);
	char *errors = json_dumps(json_object_get(document(req), "errors"),
	                          JSON_COMPACT);
	assert_string_equal(errors,
	                    "[{\"pointer\":\"#/tier\",\"line\":3,\"column\":7,"
	                    "\"code\":\"range\",\"detail\":\"must be 1\"},"
	                    "{\"pointer\":\"?q\",\"code\":\"enum\","
	                    "\"detail\":\"must be \\\"x\\\"\"}]");
	free(errors);
	assert_null(json_object_get(document(req), "moreErrors"));
}

static void
more_faults(void **state)
{
	for (int more = 0; more < 2; more++) {
		struct req *req = fake_req(*state);

		for (int i = 0; i < FAULTS_MAX + more; i++)
			faults_add(&req->faults, "#", 0, 0, "x", "x");
		assert_int_equal(problem_faults(req, PROBLEM_INVALID_FIELDS,
		                                "no", &req->faults),
		                 HTTP_INVALID_FIELDS);
		json_t *answer = document(req);
		assert_int_equal(
			json_array_size(json_object_get(answer, "errors")),
			FAULTS_MAX);
		assert_int_equal(json_integer_value(
					 json_object_get(answer, "moreErrors")),
		                 more);
	}
}

static void
needs(void **state)
{
	static const struct {
		const char *scope;
		const char *team;
		const char *role;
		const char *json;
	} cases[] = {
		{"ingest:write", NULL, NULL, "{\"scope\":\"ingest:write\"}"},
		{NULL, "a", "admin", "{\"team\":\"a\",\"role\":\"admin\"}"},
		{NULL, NULL, NULL, "{}"},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);

		row_int(cases[i].json,
		        problem_needs(req, "no", cases[i].scope, cases[i].team,
		                      cases[i].role),
		        HTTP_FORBIDDEN);
		char *json = json_dumps(json_object_get(document(req), "needs"),
		                        JSON_COMPACT);
		row_text(cases[i].json, json, cases[i].json);
		free(json);
	}
}

struct db_case {
	enum db_result result;
	int status;
	const char *detail; /* its beginning */
	struct req *req;
	enum http_status answered;
};

/* It logs what it does not tell. */
static void
answer_db(void *given)
{
	struct db_case *one = given;

	one->answered = problem_db(one->req, one->result, "service");
}

static void
database(void **state)
{
	static const struct db_settings settings = {.conninfo = ""};
	struct db *db AUTO(db_free) = db_new(&settings);
	struct db_case cases[] = {
		{DB_NONE, 404, "there is no such service", NULL, HTTP_OK},
		{DB_CONFLICT, 409, "the service exists already", NULL, HTTP_OK},
		{DB_AGAIN, 503, "the database cannot", NULL, HTTP_OK},
		{DB_DOWN, 503, "the database cannot", NULL, HTTP_OK},
		{DB_TIMEOUT, 503, "the database cannot", NULL, HTTP_OK},
		{DB_ERROR, 500, "the request could not", NULL, HTTP_OK},
		/* Not to be asked about: our mistake as well. */
		{DB_ROW, 500, "the request could not", NULL, HTTP_OK},
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct req *req = fake_req(*state);

		req->db = db;
		cases[i].req = req;
		const char *log = process_stderr(*state, answer_db, &cases[i]);
		row_int(cases[i].detail, cases[i].answered, cases[i].status);
		row_true(cases[i].detail, strstr(member(req, "detail"),
		                                 cases[i].detail) != NULL);
		row_int(cases[i].detail, log[0] != '\0',
		        cases[i].status >= 500);
		row_text(cases[i].detail, fake_header(req, "Retry-After"),
		         cases[i].status == 503 ? "1" : NULL);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("each kind has its status, type and headers", kinds),
		CHECK("members can be added", extra),
		CHECK("faults are told with their places", faults),
		CHECK("a hundred faults are told, more are counted",
	              more_faults),
		CHECK("a refusal names who could", needs),
		CHECK("each result of the database has its answer", database),
	};

	return unit_run(tests);
}
