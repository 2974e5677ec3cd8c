/* SPDX-License-Identifier: Apache-2.0 */
#include "http/metrics.h"

#include "base/buf.h"
#include "http/route.h"
#include "process.h"
#include "unit.h"

#include <stdio.h>
#include <sys/stat.h>

static const struct route routes[] = {
	{GET, "/services", NULL, SCOPE_ANY},
	{PUT, "/services/{id}", NULL, SCOPE_ANY},
	ROUTES_END,
};

static const char *
printed(struct arena *arena, const char *folder)
{
	struct buf out = {.arena = arena};

	metrics_print(folder, &out);
	return buf_text(&out);
}

/* Is this a whole line of the text? */
static bool
has_line(struct arena *arena, const char *text, const char *line)
{
	return strstr(text, arena_printf(arena, "\n%s\n", line)) != NULL;
}

static void
answers(void **state)
{
	static const char *const lines[] = {
		"# TYPE mdash_requests_total counter",
		"# TYPE mdash_request_seconds histogram",
		"# TYPE mdash_db_connections_total counter",
		"mdash_requests_total{program=\"one\",method=\"GET\","
		"route=\"/services\",status=\"2xx\"} 2",
		"mdash_requests_total{program=\"one\",method=\"GET\","
		"route=\"/services\",status=\"5xx\"} 1",
		"mdash_requests_total{program=\"one\",method=\"PUT\","
		"route=\"/services/{id}\",status=\"4xx\"} 1",
		"mdash_requests_total{program=\"one\",method=\"none\","
		"route=\"none\",status=\"4xx\"} 1",
		"mdash_requests_total{program=\"one\",method=\"none\","
		"route=\"none\",status=\"5xx\"} 2",
		"mdash_db_connections_total{program=\"one\"} 1",
	};
	const char *folder = process_folder(*state);
	struct metrics *metrics = metrics_open(folder, "one", routes);

	assert_non_null(metrics);
	metrics_count(metrics, &routes[0], 200, 10);
	metrics_count(metrics, &routes[0], 204, 10);
	metrics_count(metrics, &routes[0], 503, 10);
	metrics_count(metrics, &routes[1], 422, 10);
	metrics_count(metrics, NULL, 404, 10);
	/* No status at all is a failure. */
	metrics_count(metrics, NULL, 0, 10);
	metrics_count(metrics, NULL, 999, 10);
	metrics_connection(metrics);

	const char *text = printed(*state, folder);
	for (size_t i = 0; i < ARRAY_LEN(lines); i++)
		row_true(lines[i], has_line(*state, text, lines[i]));
}

/* Each edge of a bucket belongs to it; the buckets are cumulative. */
static void
buckets(void **state)
{
	static const int64_t took_us[] = {
		0,     1000,   1001,    2500,    5000,    10000,
		50000, 250000, 1000000, 5000000, 5000001,
	};
	static const char *const ends[] = {
		"le=\"0.001\"} 2", "le=\"0.0025\"} 4", "le=\"0.005\"} 5",
		"le=\"0.01\"} 6",  "le=\"0.05\"} 7",   "le=\"0.25\"} 8",
		"le=\"1\"} 9",     "le=\"5\"} 10",     "le=\"+Inf\"} 11",
	};
	const char *folder = process_folder(*state);
	struct metrics *metrics = metrics_open(folder, "one", routes);

	for (size_t i = 0; i < ARRAY_LEN(took_us); i++)
		metrics_count(metrics, &routes[0], 200, took_us[i]);
	const char *text = printed(*state, folder);
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		row_true(ends[i],
		         has_line(*state, text,
		                  arena_printf(*state,
		                               "mdash_request_seconds_bucket{"
		                               "program=\"one\",method=\"GET\","
		                               "route=\"/services\",%s",
		                               ends[i])));
	assert_true(has_line(*state, text,
	                     "mdash_request_seconds_count{program=\"one\","
	                     "method=\"GET\",route=\"/services\"} 11"));
	assert_true(has_line(*state, text,
	                     "mdash_request_seconds_sum{program=\"one\","
	                     "method=\"GET\",route=\"/services\"} 11.319502"));
}

static void
several(void **state)
{
	const char *folder = process_folder(*state);

	metrics_count(metrics_open(folder, "one", routes), NULL, 200, 1);
	metrics_count(metrics_open(folder, "two", routes), NULL, 200, 1);
	/* The next process of a program goes on. */
	metrics_count(metrics_open(folder, "one", routes), NULL, 200, 1);
	(void)process_file(*state, folder, "worker.prom", "mdash_jobs 7\n");
	(void)process_file(*state, folder, "notes.txt", "not this\n");
	(void)process_file(*state, folder, "short.metrics", "cut");

	const char *text = printed(*state, folder);
	assert_non_null(strstr(text, "program=\"one\",method=\"none\","
	                             "route=\"none\",status=\"2xx\"} 2\n"));
	assert_non_null(strstr(text, "program=\"two\",method=\"none\","
	                             "route=\"none\",status=\"2xx\"} 1\n"));
	assert_true(has_line(*state, text, "mdash_jobs 7"));
	assert_null(strstr(text, "not this"));
	assert_null(strstr(text, "short"));
}

/* An upgrade changed the table: counts stay with the routes that stayed. */
static void
upgraded(void **state)
{
	static const struct route newer[] = {
		{GET, "/services", NULL, SCOPE_ANY},
		{GET, "/teams", NULL, SCOPE_ANY},
		{PUT, "/services/{id}", NULL, SCOPE_ANY},
		ROUTES_END,
	};
	const char *folder = process_folder(*state);
	struct metrics *metrics = metrics_open(folder, "one", routes);

	for (size_t i = 0; i < 2; i++)
		metrics_count(metrics, &routes[i], 200, 1);
	metrics_count(metrics, NULL, 200, 1);
	metrics = metrics_open(folder, "one", newer);
	metrics_count(metrics, &newer[0], 200, 1);

	const char *text = printed(*state, folder);
	assert_non_null(strstr(text, "route=\"/services\",status=\"2xx\"} 2"));
	assert_null(strstr(text, "/teams"));
	assert_null(strstr(text, "/services/{id}"));
	assert_null(strstr(text, "route=\"none\",status"));
}

/* A file of another layout and the same size. */
static void
foreign_layout(void **state)
{
	const char *folder = process_folder(*state);
	const char *path = arena_printf(*state, "%s/one.metrics", folder);
	struct stat file;

	metrics_count(metrics_open(folder, "one", routes), NULL, 200, 1);
	assert_int_equal(stat(path, &file), 0);
	FILE *out = fopen(path, "we");
	for (off_t i = 0; i < file.st_size; i++)
		(void)fputc('x', out);
	assert_int_equal(fclose(out), 0);
	assert_null(strstr(printed(*state, folder), "program="));

	metrics_count(metrics_open(folder, "one", routes), NULL, 200, 1);
	assert_non_null(strstr(printed(*state, folder),
	                       "route=\"none\",status=\"2xx\"} 1\n"));
}

static void
no_folder(void **state)
{
	const char *missing =
		arena_printf(*state, "%s/none", process_folder(*state));

	assert_null(metrics_open(missing, "one", routes));
	metrics_count(NULL, &routes[0], 200, 1);
	metrics_connection(NULL);
	assert_null(strstr(printed(*state, missing), "program="));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHECK("answers are counted by route and class", answers),
		CHECK("times fall into buckets", buckets),
		CHECK("programs and processes are told together", several),
		CHECK("another table of routes starts new counts", upgraded),
		CHECK("a file of another layout is begun anew", foreign_layout),
		CHECK("without a folder nothing is counted", no_folder),
	};

	return unit_run(tests);
}
