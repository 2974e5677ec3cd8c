/* SPDX-License-Identifier: Apache-2.0 */
/* What changed between two revisions, by package, and what that breaks. */
#include "apis.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/settings.h"
#include "store/api_diff.h"
#include "wire/json_out.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHANGES_MAX = 500, /* of one package in an answer */
};

struct diff_query {
	struct query_int from;
	struct query_int to;
};

/* A finding or a change in the order of packages. */
struct entry {
	const char *package;
	size_t number;
};

struct entries {
	struct entry *items;
	size_t count;
	size_t at;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *left = a;
	const struct entry *right = b;
	int order = strcmp(left->package, right->package);

	return order != 0 ? order
	                  : (left->number > right->number) -
	                            (left->number < right->number);
}

static const char *
package_text(const char *package)
{
	return package == NULL ? "" : package;
}

static void
sort_entries(struct entries *entries)
{
	if (entries->count > 1)
		qsort(entries->items, entries->count, sizeof(*entries->items),
		      compare_entries);
}

static struct entries
sort_findings(struct arena *arena, const struct breaking_result *result)
{
	struct entries ret = {.count = result->finding_count};

	ret.items = arena_array(arena, ret.count + 1, sizeof(*ret.items));
	for (size_t i = 0; i < ret.count; i++)
		ret.items[i] = (struct entry){
			.package = package_text(result->findings[i].package),
			.number = i,
		};
	sort_entries(&ret);
	return ret;
}

static struct entries
sort_changes(struct arena *arena, const struct breaking_result *result)
{
	struct entries ret = {.count = result->change_count};

	ret.items = arena_array(arena, ret.count + 1, sizeof(*ret.items));
	for (size_t i = 0; i < ret.count; i++)
		ret.items[i] = (struct entry){
			.package = package_text(result->changes[i].package),
			.number = i,
		};
	sort_entries(&ret);
	return ret;
}

/* The next one of a package, or NULL. */
static const struct entry *
next_of(struct entries *entries, const char *package)
{
	if (entries->at == entries->count ||
	    strcmp(entries->items[entries->at].package, package) != 0)
		return NULL;
	return &entries->items[entries->at++];
}

/* The package that comes next in either of two lists, or NULL. */
static const char *
next_package(const struct entries *one, const struct entries *two)
{
	const char *left =
		one->at < one->count ? one->items[one->at].package : NULL;
	const char *right =
		two->at < two->count ? two->items[two->at].package : NULL;

	if (left == NULL || right == NULL)
		return left == NULL ? right : left;
	return strcmp(left, right) < 0 ? left : right;
}

static void
write_package(struct json_out *out, const struct api_diff *diff,
              const char *package, struct entries *findings,
              struct entries *changes)
{
	const struct entry *entry;
	int64_t left_out = 0;
	size_t shown = 0;

	json_open(out, '{');
	json_pair_text(out, "package", package);
	json_key(out, "findings");
	json_open(out, '[');
	while ((entry = next_of(findings, package)) != NULL)
		api_write_finding(out, diff, entry->number);
	json_close(out, ']');
	json_key(out, "changes");
	json_open(out, '[');
	while ((entry = next_of(changes, package)) != NULL) {
		if (shown == CHANGES_MAX) {
			left_out++;
			continue;
		}
		shown++;
		api_write_change(out, &diff->result.changes[entry->number]);
	}
	json_close(out, ']');
	json_pair_int(out, "changesLeftOut", left_out);
	json_close(out, '}');
}

static void
write_counts(struct json_out *out, const struct api_diff *diff)
{
	int64_t counts[3] = {0};

	for (size_t i = 0; i < diff->result.change_count; i++)
		counts[diff->result.changes[i].how]++;
	json_key(out, "counts");
	json_open(out, '{');
	json_pair_int(out, "findings", (int64_t)diff->result.finding_count);
	json_pair_int(out, "added", counts[BREAKING_ADDED]);
	json_pair_int(out, "removed", counts[BREAKING_REMOVED]);
	json_pair_int(out, "changed", counts[BREAKING_CHANGED]);
	json_pair_int(out, "files", (int64_t)diff->files);
	json_close(out, '}');
}

static enum http_status
reply_diff(struct req *req, const struct api_revision *from,
           const struct api_revision *to, const struct api_diff *diff)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct entries findings = sort_findings(req->arena, &diff->result);
	struct entries changes = sort_changes(req->arena, &diff->result);
	const char *package;

	json_open(&out, '{');
	json_pair_text(&out, "repository", req_path(req, "repository"));
	json_pair_raw(&out, "from", from->revision);
	json_pair_raw(&out, "to", to->revision);
	write_counts(&out, diff);
	json_key(&out, "packages");
	json_open(&out, '[');
	while ((package = next_package(&findings, &changes)) != NULL)
		write_package(&out, diff, package, &findings, &changes);
	json_close(&out, ']');
	api_write_impact(&out, req->arena, diff);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}

enum http_status
diff_revisions(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY(INT, struct diff_query, from, "from", .required = true,
	              .min = 1, .max = API_REVISION_MAX),
		QUERY(INT, struct diff_query, to, "to", .required = true,
	              .min = 1, .max = API_REVISION_MAX),
		QUERY_END,
	};
	struct diff_query query = {0};
	struct fault fault = {0};
	struct api_revision from;
	struct api_revision to;
	struct api_diff diff;
	enum http_status answered;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (!revision_read(req, &query.from, &from, &answered) ||
	    !revision_read(req, &query.to, &to, &answered))
		return answered;
	enum db_result result =
		api_diff(req->db, req->arena, from.id, from.number, to.number,
	                 req->settings->spool_dir, &diff, &fault);
	if (result == DB_NONE)
		return problem(req, PROBLEM_INVALID_FIELDS,
		               "the revisions cannot be compared: %s",
		               fault.detail);
	if (result != DB_ROW)
		return problem_db(req, result, "revision");
	return reply_diff(req, &from, &to, &diff);
}
