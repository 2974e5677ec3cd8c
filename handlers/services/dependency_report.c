/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with the dependency graph: cycles, services without an edge,
 * and what is needed and not there. */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/cycle.h"
#include "store/dependency.h"
#include "wire/json_out.h"

#include <assert.h>
#include <stdlib.h>

enum {
	UNKNOWN_MAX = 1000,
};

struct report {
	const struct cycle *cycles;
	size_t cycle_count;
	struct rows pairs;
	struct rows names; /* of all members of cycles */
	struct rows orphans;
	struct rows unknown;
};

/* A name and the cycle it is in; every service is in one at most. */
struct member {
	int64_t number;
	size_t cycle;
};

static int
compare_members(const void *a, const void *b)
{
	const struct member *left = a;
	const struct member *right = b;

	return (left->number > right->number) - (left->number < right->number);
}

static size_t
member_count(const struct report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->cycle_count; i++)
		count += report->cycles[i].count;
	return count;
}

static enum db_result
read_cycles(struct req *req, struct report *report)
{
	enum db_result result =
		dependency_pairs(req->db, req->arena, &report->pairs);
	if (result != DB_ROW)
		return result;

	size_t count = (size_t)report->pairs.count;
	struct cycle_edge *edges =
		arena_array(req->arena, count, sizeof(*edges));
	for (int i = 0; i < report->pairs.count; i++)
		edges[i] = (struct cycle_edge){
			.from = rows_int(&report->pairs, i, 0),
			.to = rows_int(&report->pairs, i, 1),
		};
	report->cycle_count =
		cycles_find(req->arena, edges, count, &report->cycles);

	size_t members = 0;
	int64_t *numbers = arena_array(req->arena, member_count(report) + 1,
	                               sizeof(*numbers));
	for (size_t i = 0; i < report->cycle_count; i++) {
		for (size_t j = 0; j < report->cycles[i].count; j++)
			numbers[members++] = report->cycles[i].members[j];
	}
	return dependency_names(req->db, req->arena, numbers, members,
	                        &report->names);
}

static enum db_result
read_report(struct req *req, struct report *ret)
{
	enum db_result result = read_cycles(req, ret);

	if (result == DB_ROW || result == DB_NONE)
		result = dependency_orphans(req->db, req->arena, &ret->orphans);
	if (result == DB_ROW || result == DB_NONE)
		result = dependency_unknown(req->db, req->arena, UNKNOWN_MAX,
		                            &ret->unknown);
	return result == DB_NONE ? DB_ROW : result;
}

/* Rows of `names` by cycle, in the order of their ids: a list for each cycle
 * that begins at heads[cycle] and goes on at next[row]; -1 ends it. */
static void
sort_out(struct req *req, const struct report *report, int *heads, int *next)
{
	size_t count = 0;
	struct member *members = arena_array(
		req->arena, member_count(report) + 1, sizeof(*members));

	for (size_t i = 0; i < report->cycle_count; i++) {
		heads[i] = -1;
		for (size_t j = 0; j < report->cycles[i].count; j++)
			members[count++] = (struct member){
				report->cycles[i].members[j], i};
	}
	qsort(members, count, sizeof(*members), compare_members);
	for (int row = report->names.count - 1; row >= 0; row--) {
		const struct member wanted = {
			.number = rows_int(&report->names, row, 0)};
		const struct member *found =
			bsearch(&wanted, members, count, sizeof(wanted),
		                compare_members);

		assert(found != NULL); /* only these were asked for */
		next[row] = heads[found->cycle];
		heads[found->cycle] = row;
	}
}

static void
write_cycles(struct req *req, struct json_out *out, const struct report *report)
{
	int *heads = arena_array(req->arena, report->cycle_count + 1,
	                         sizeof(*heads));
	int *next = arena_array(req->arena, (size_t)report->names.count + 1,
	                        sizeof(*next));

	sort_out(req, report, heads, next);
	json_key(out, "cycles");
	json_open(out, '[');
	for (size_t i = 0; i < report->cycle_count; i++) {
		json_open(out, '[');
		for (int row = heads[i]; row >= 0; row = next[row])
			json_text(out, rows_text(&report->names, row, 1));
		json_close(out, ']');
	}
	json_close(out, ']');
}

enum http_status
report_dependencies(struct req *req)
{
	static const struct query_field none[] = {QUERY_END};
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct report report = {0};

	if (!query_read(req, none, NULL))
		return problem_query(req);
	enum db_result result = read_report(req, &report);
	if (result != DB_ROW)
		return problem_db(req, result, "service");

	json_open(&out, '{');
	json_pair_int(&out, "edges", report.pairs.count);
	write_cycles(req, &out, &report);
	json_key(&out, "orphans");
	json_open(&out, '[');
	for (int i = 0; i < report.orphans.count; i++)
		json_text(&out, rows_text(&report.orphans, i, 0));
	json_close(&out, ']');
	write_items(&out, "unknown", &report.unknown, report.unknown.count);
	json_pair_int(&out, "unknownLeftOut",
	              report.unknown.count == 0
	                      ? 0
	                      : rows_int(&report.unknown, 0, 1) -
	                                report.unknown.count);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
