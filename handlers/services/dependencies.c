/* SPDX-License-Identifier: Apache-2.0 */
/* The dependency graph: around one service, and as a list. */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "store/dependency.h"
#include "wire/json_out.h"

#include <inttypes.h>
#include <string.h>

enum {
	HOPS_DEFAULT = 1,
	NODES_DRAWN = 150, /* more is no picture any more */
	EDGES_DRAWN = 1000,
};

/* No team is called so: names are not of hyphens alone. */
const char dependency_no_team[] = "-";
const char dependency_unknown_team[] = "--";

/* --- around one service --------------------------------------------------- */

struct around {
	const char *center;
	struct query_int hops;
	const char *direction;
};

#define QUERY_AROUND(struct_, member)                                       \
	QUERY(TEXT, struct_, member.center, "center", .min = 1, .max = 63), \
		QUERY(INT, struct_, member.hops, "hops", .min = 1,          \
	              .max = DEPENDENCY_HOPS_MAX),                          \
		QUERY(WORD, struct_, member.direction, "direction",         \
	              .words = "both dependencies dependents")

static int64_t
hops_of(const struct around *around)
{
	return around->hops.given ? around->hops.value : HOPS_DEFAULT;
}

static const char *
direction_of(const struct around *around)
{
	return around->direction != NULL ? around->direction : "both";
}

static bool
is_text(const char *text, const char *other)
{
	return text != NULL && strcmp(text, other) == 0;
}

/* False when it has been answered: there is no such service, or it goes by
 * another id today. */
static bool
read_reach(struct req *req, const struct around *around,
           struct dependency_reach *ret, enum http_status *answered)
{
	if (!service_centered(req, around->center, answered))
		return false;

	enum db_result result = dependency_reach(
		req->db, req->arena, around->center, hops_of(around),
		!is_text(around->direction, "dependents"),
		!is_text(around->direction, "dependencies"), ret);
	if (result == DB_ROW)
		return true;
	*answered = problem_db(req, result, "service");
	return false;
}

static int64_t
hop_of(const struct dependency_reach *reach, size_t place)
{
	int64_t hop = 0;

	while (place >= reach->ends[hop])
		hop++;
	return hop;
}

static void
write_nodes(struct json_out *out, const struct dependency_reach *reach,
            const struct rows *rows)
{
	json_key(out, "nodes");
	json_open(out, '[');
	for (int i = 0; i < rows->count; i++) {
		json_open(out, '{');
		json_pair_text(out, "id",
		               rows_text(rows, i, DEPENDENCY_NODE_KEY));
		json_pair_text(out, "kind",
		               rows_text(rows, i, DEPENDENCY_NODE_KIND));
		json_pair_int(out, "hop", hop_of(reach, (size_t)i));
		json_pair_text(out, "team",
		               rows_text(rows, i, DEPENDENCY_NODE_TEAM));
		const char *tier = rows_text(rows, i, DEPENDENCY_NODE_TIER);
		json_pair_raw(out, "tier", tier != NULL ? tier : "null");
		json_pair_text(out, "lifecycle",
		               rows_text(rows, i, DEPENDENCY_NODE_LIFECYCLE));
		json_pair_bool(out, "tombstoned",
		               rows_bool(rows, i, DEPENDENCY_NODE_GONE));
		json_close(out, '}');
	}
	json_close(out, ']');
}

static int64_t
total_of(const struct rows *rows, int column)
{
	return rows->count == 0 ? 0 : rows_int(rows, 0, column);
}

/* What there is and is not in the picture; null when all is. */
static void
write_truncated(struct json_out *out, const struct dependency_reach *reach,
                int64_t hops, size_t drawn, int64_t edges_left)
{
	json_key(out, "truncated");
	if (drawn == reach->count && edges_left == 0) {
		json_raw(out, "null", strlen("null"));
		return;
	}
	json_open(out, '{');
	json_pair_int(out, "nodes", (int64_t)(reach->count - drawn));
	json_key(out, "byHop");
	json_open(out, '[');
	for (int64_t hop = 1; hop <= hops; hop++) {
		size_t from = reach->ends[hop - 1];
		size_t to = reach->ends[hop];

		if (from < drawn)
			from = to < drawn ? to : drawn;
		json_int(out, (int64_t)(to - from));
	}
	json_close(out, ']');
	json_pair_int(out, "edges", edges_left);
	json_close(out, '}');
}

static enum http_status
graph_around(struct req *req, const struct around *around)
{
	static const struct dependency_page all = {
		.after_from = "", .after_to = "", .limit = EDGES_DRAWN};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct dependency_reach reach;
	struct rows nodes = {0};
	struct rows edges = {0};
	enum http_status answered;

	if (!read_reach(req, around, &reach, &answered))
		return answered;
	size_t drawn = reach.count < NODES_DRAWN ? reach.count : NODES_DRAWN;
	enum db_result result = dependency_nodes(req->db, req->arena,
	                                         reach.keys, drawn, &nodes);
	if (result == DB_ROW)
		result = dependency_edges(req->db, req->arena, reach.keys,
		                          drawn, &all, &edges);
	if (result != DB_ROW && result != DB_NONE)
		return problem_db(req, result, "service");

	json_open(&out, '{');
	json_pair_text(&out, "center", around->center);
	json_pair_int(&out, "hops", hops_of(around));
	json_pair_text(&out, "direction", direction_of(around));
	write_nodes(&out, &reach, &nodes);
	write_items(&out, "edges", &edges, edges.count);
	write_truncated(&out, &reach, hops_of(around), drawn,
	                total_of(&edges, DEPENDENCY_EDGE_TOTAL) - edges.count);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

/* --- routes --------------------------------------------------------------- */

struct graph_query {
	struct around around;
	const char *by;
};

static const struct query_field graph_fields[] = {
	QUERY_AROUND(struct graph_query, around),
	QUERY(WORD, struct graph_query, by, "by", .words = "team"),
	QUERY_END,
};

enum http_status
get_dependencies(struct req *req)
{
	struct graph_query query = {0};

	if (!query_read(req, graph_fields, &query))
		return problem_query(req);
	if ((query.by == NULL) == (query.around.center == NULL)) {
		faults_add(&req->faults, "?center", 0, 0, "one",
		           "give either a service as center or by=team");
		return problem_query(req);
	}
	return query.by != NULL ? dependencies_of_teams(req)
	                        : graph_around(req, &query.around);
}

struct edges_query {
	struct around around;
	const char *from;
	const char *to;
	struct paging page;
};

static const struct query_field edges_fields[] = {
	QUERY_AROUND(struct edges_query, around),
	QUERY(TEXT, struct edges_query, from, "fromTeam", .min = 1, .max = 63),
	QUERY(TEXT, struct edges_query, to, "toTeam", .min = 1, .max = 63),
	QUERY_PAGING(struct edges_query, page),
	QUERY_END,
};

static bool
edges_are_asked_for(struct req *req, const struct edges_query *query)
{
	bool teams = query->from != NULL && query->to != NULL;
	bool some = query->from != NULL || query->to != NULL;

	if (query->around.center != NULL ? !some : teams)
		return true;
	faults_add(&req->faults, "?center", 0, 0, "one",
	           "give either a service as center or fromTeam and toTeam");
	return false;
}

/* What a cursor is good for. */
static const char *
edges_name(struct req *req, const struct edges_query *query)
{
	if (query->around.center == NULL)
		return arena_printf(req->arena, "dependencies %s %s",
		                    query->from, query->to);
	return arena_printf(req->arena, "dependencies of %s %" PRId64 " %s",
	                    query->around.center, hops_of(&query->around),
	                    direction_of(&query->around));
}

static const char *
next_edge(struct req *req, const void *list, const struct rows *rows, int row)
{
	return cursor_text(req, list,
	                   rows_text(rows, row, DEPENDENCY_EDGE_FROM),
	                   rows_text(rows, row, DEPENDENCY_EDGE_TO));
}

static const char *
team_of(const char *id)
{
	if (strcmp(id, dependency_unknown_team) == 0)
		return NULL;
	return strcmp(id, dependency_no_team) == 0 ? "" : id;
}

static bool
read_edges(struct req *req, const struct edges_query *query,
           const struct dependency_page *page, struct rows *ret,
           enum http_status *answered)
{
	struct dependency_reach reach;
	enum db_result result;

	if (query->around.center == NULL)
		result = dependency_team_pairs(
			req->db, req->arena,
			strcmp(query->from, dependency_no_team) == 0
				? ""
				: query->from,
			team_of(query->to), page, ret);
	else if (!read_reach(req, &query->around, &reach, answered))
		return false;
	else
		result = dependency_edges(req->db, req->arena, reach.keys,
		                          reach.count, page, ret);
	if (result == DB_ROW || result == DB_NONE)
		return true;
	*answered = problem_db(req, result, "service");
	return false;
}

enum http_status
list_dependencies(struct req *req)
{
	struct edges_query query = {0};
	struct dependency_page page = {0};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct rows rows = {0};
	enum http_status answered;

	if (!query_read(req, edges_fields, &query) ||
	    !edges_are_asked_for(req, &query))
		return problem_query(req);
	const char *list = edges_name(req, &query);
	if (!cursor_read(req, list, query.page.after, &page.after_from,
	                 &page.after_to))
		return problem_query(req);

	int64_t limit = paging_limit(&query.page);
	page.limit = limit + 1;
	if (!read_edges(req, &query, &page, &rows, &answered))
		return answered;

	json_open(&out, '{');
	write_page(req, &out, &rows, limit, next_edge, list);
	json_pair_int(&out, "total", total_of(&rows, DEPENDENCY_EDGE_TOTAL));
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
