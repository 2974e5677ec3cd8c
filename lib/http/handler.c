/* SPDX-License-Identifier: Apache-2.0 */
#include "http/handler.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/str.h"
#include "db/schema.h"
#include "http/fcgi.h"
#include "http/list.h"
#include "http/metrics.h"

#include <inttypes.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	SLOW_US = 500 * 1000,  /* longer is worth a line in the log */
	LARGE_BYTES = 4 << 20, /* a request that needs more is a rare one */
	MAPPED_BYTES =
		1 << 20, /* and more is given back as soon as it is free */
};

/* Of the process. */
static struct {
	const struct handler *handler;
	struct settings settings;
	struct metrics *metrics;
	uint64_t checked_generation; /* connection whose schema was looked at */
	int64_t schema;
} process;

/*
 * An older or newer schema means wrong answers at best: nothing is answered
 * until mdash-migrate has run. Looked at once per connection.
 */
static enum db_result
check_schema(struct req *req)
{
	enum db_result result = db_connect(req->db);

	if (result != DB_ROW ||
	    process.checked_generation == db_generation(req->db))
		return result;
	result = schema_number(req->db, req->arena, &process.schema);
	if (result == DB_ROW) {
		process.checked_generation = db_generation(req->db);
		metrics_connection(process.metrics);
	}
	return result;
}

static enum http_status
reply_health(struct req *req)
{
	static char body[] = "{\"status\":\"ok\"}";

	return reply_bytes(req, HTTP_OK, "application/json", body,
	                   strlen(body));
}

static enum http_status
problem_schema(struct req *req)
{
	return problem(req, PROBLEM_UNAVAILABLE,
	               "the database has schema %" PRId64
	               ", this program needs %d: run mdash-migrate",
	               process.schema, SCHEMA_NUMBER);
}

static enum http_status
reply_ready(struct req *req)
{
	enum db_result result = check_schema(req);

	if (result != DB_ROW)
		return problem_db(req, result, "schema");
	if (process.schema != SCHEMA_NUMBER)
		return problem_schema(req);
	return reply_health(req);
}

static enum http_status
reply_metrics(struct req *req)
{
	struct buf text = {.arena = req->arena};

	metrics_print(process.settings.metrics_dir, &text);
	return reply_bytes(req, HTTP_OK, "text/plain; version=0.0.4",
	                   buf_text(&text), text.len);
}

/* nginx decides who reaches these: /metrics is on its internal server only. */
static const struct route common_routes[] = {
	{GET, "/healthz", reply_health, SCOPE_PUBLIC},
	{GET, "/readyz", reply_ready, SCOPE_PUBLIC},
	{GET, "/metrics", reply_metrics, SCOPE_PUBLIC},
	ROUTES_END,
};

static enum http_status
problem_method(struct req *req, unsigned allow)
{
	struct buf list = {.arena = req->arena};

	for (int i = 0; i < METHOD_END; i++) {
		if ((allow & 1u << i) == 0)
			continue;
		buf_printf(&list, "%s%s", list.len > 0 ? ", " : "",
		           method_name((enum method)i));
		if (i == GET)
			buf_adds(&list, ", HEAD");
	}
	reply_header(req, "Allow", "%s", buf_text(&list));
	return problem(req, PROBLEM_METHOD_NOT_ALLOWED, "this address takes %s",
	               buf_text(&list));
}

static enum http_status
problem_scope(struct req *req, const char *scope)
{
	if (strcmp(scope, SCOPE_ADMIN) == 0)
		return problem_needs(req, "this is for admins", NULL, NULL,
		                     SCOPE_ADMIN);
	return problem_needs(
		req, arena_printf(req->arena, "this needs the scope %s", scope),
		scope, NULL, NULL);
}

static bool
takes_query(const struct route *route)
{
	route_run *const *run = process.handler->queried;

	if (route->method == GET)
		return true;
	while (run != NULL && *run != NULL && *run != route->run)
		run++;
	return run != NULL && *run != NULL;
}

static enum http_status
dispatch(struct req *req)
{
	if (route_find(common_routes, req->method, req->path, req->arena,
	               &req->match))
		return req->match.route->run(req);
	unsigned allow = req->match.allow;
	if (!route_find(process.handler->routes, req->method, req->path,
	                req->arena, &req->match)) {
		allow |= req->match.allow;
		if (allow != 0)
			return problem_method(req, allow);
		return problem(req, PROBLEM_NOT_FOUND,
		               "nothing is served at this address");
	}

	const char *scope = req->match.route->scope;
	if (scope != SCOPE_PUBLIC && req->who.subject == NULL)
		return problem(req, PROBLEM_UNAUTHORIZED,
		               "nobody is signed in");
	if (scope != SCOPE_PUBLIC && *scope != '\0' &&
	    !identity_may(&req->who, scope))
		return problem_scope(req, scope);

	enum db_result schema = check_schema(req);
	if (schema != DB_ROW)
		return problem_db(req, schema, "schema");
	if (process.schema != SCHEMA_NUMBER)
		return problem_schema(req);
	if (!takes_query(req->match.route) && !query_none(req))
		return problem_query(req);
	return req->match.route->run(req);
}

static void
serve(struct fcgi *fcgi, struct arena *arena, struct db *db)
{
	struct buf headers = {.arena = arena};
	const char *method = fcgi_param(fcgi, "REQUEST_METHOD");
	const char *path = fcgi_param(fcgi, "MD_PATH");
	struct req req = {
		.arena = arena,
		.db = db,
		.settings = &process.settings,
		.fcgi = fcgi,
		.headers = &headers,
		.path = path == NULL ? "" : path,
		.faults = {.arena = arena},
	};
	int64_t start_us = clock_monotonic_us();

	req_identify(&req.who, fcgi);
	/* Still wanted when libfcgi has freed the request. */
	req.who.request_id = arena_strdup(arena, req.who.request_id);
	log_request(req.who.request_id);
	req.method = method_read(method == NULL ? "" : method);
	req.head = method != NULL && strcmp(method, "HEAD") == 0;

	enum http_status status = dispatch(&req);
	db_rollback(db);
	fcgi_finish(fcgi);

	int64_t took_us = clock_monotonic_us() - start_us;
	const struct route *route = req.match.route;
	bool own = route != NULL && route->run != reply_health &&
	           route->run != reply_ready && route->run != reply_metrics;
	metrics_count(process.metrics, own ? route : NULL, status, took_us);
	if (status >= 500 || took_us > SLOW_US)
		log_warn("request",
		         LOG_STR("route", own ? route->pattern : "none"),
		         LOG_INT("status", status), LOG_INT("us", took_us));
	log_request(NULL);
}

static int64_t
resident_bytes(void)
{
	long total;
	long resident = 0;
	FILE *in = fopen("/proc/self/statm", "re");

	if (in == NULL)
		return 0;
	if (fscanf(in, "%ld %ld", &total, &resident) != 2)
		resident = 0;
	(void)fclose(in);
	return (int64_t)resident * sysconf(_SC_PAGESIZE);
}

static bool
worn_out(int64_t requests)
{
	const struct settings *s = &process.settings;

	if (s->recycle_requests > 0 && requests >= s->recycle_requests)
		return true;
	return s->recycle_bytes > 0 && requests % 256 == 0 &&
	       resident_bytes() > s->recycle_bytes;
}

static const char *
config_path(int argc, char **argv)
{
	for (int i = 1; i + 1 < argc; i++) {
		if (strcmp(argv[i], "--config") == 0)
			return argv[i + 1];
	}
	return NULL;
}

static int
start(int argc, char **argv, struct arena *arena)
{
	struct fault fault;

	if (settings_load(&process.settings, config_path(argc, argv), arena,
	                  &fault) != 0) {
		log_error("settings", LOG_STR("reason", fault.detail),
		          LOG_INT("line", fault.line));
		return -1;
	}
	if (!log_init(arena_printf(arena, "mdash-%s", process.handler->name),
	              process.settings.log_level)) {
		log_error("settings", LOG_STR("reason", "unknown log_level"));
		return -1;
	}
	process.metrics =
		metrics_open(process.settings.metrics_dir,
	                     process.handler->name, process.handler->routes);
	if (process.metrics == NULL)
		log_warn("metrics.none",
		         LOG_STR("folder", process.settings.metrics_dir));
	return 0;
}

/* What a large request needed goes back to the system. libpq and malloc() would
 * keep it for one that may never come, besides what the next large one needs.
 */
static void
end_request(struct arena *arena, struct db *db)
{
	bool large = arena_used(arena) > LARGE_BYTES;

	arena_reset(arena);
	if (large) {
		db_disconnect(db);
		(void)malloc_trim(0);
	}
}

int
handler_main(int argc, char **argv, const struct handler *handler)
{
	struct arena *forever AUTO(arena_free) = arena_new();
	struct arena *arena AUTO(arena_free) = arena_new();

	/* Fixed, or malloc() would raise it and keep what is large in a heap
	 * that then has gaps. */
	(void)mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
	process.handler = handler;
	if (start(argc, argv, forever) != 0)
		return EXIT_FAILURE;

	struct fcgi *fcgi = fcgi_open();
	if (fcgi == NULL) {
		log_error("socket",
		          LOG_STR("reason", "fd 0 is no listening socket: "
		                            "start me by spawn-fcgi"));
		return EXIT_FAILURE;
	}

	const struct db_settings db_settings = {
		.conninfo = process.settings.database,
		.program = handler->name,
		.statement_timeout_ms =
			handler->publishes
				? process.settings.publish_timeout_ms
				: process.settings.statement_timeout_ms,
		.connect_timeout_ms = process.settings.connect_timeout_ms,
		.team_limit = process.settings.todos_team_limit,
	};
	struct db *db AUTO(db_free) = db_new(&db_settings);
	log_info("start");

	int64_t requests = 0;
	while (!worn_out(requests) && fcgi_next(fcgi)) {
		serve(fcgi, arena, db);
		end_request(arena, db);
		requests++;
	}
	log_info("end", LOG_INT("requests", requests));
	return EXIT_SUCCESS;
}
