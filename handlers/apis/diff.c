/* SPDX-License-Identifier: Apache-2.0 */
/* What changed between two revisions, by package, and what that breaks. */
#include "apis.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/settings.h"
#include "store/api_diff.h"
#include "wire/json_out.h"
#include "wire/limits.h"

#include <stdlib.h>
#include <string.h>

enum {
	FINDINGS_MAX = 2000, /* in an answer */
	CHANGES_MAX = 5000,
};

struct diff_query {
	struct query_int from;
	struct query_int to;
	const char *package; /* NULL = all */
};

/* --- by package ----------------------------------------------------------- */

/* A finding or a change in the order of packages. */
struct entry {
	const char *package;
	unsigned rank; /* in its package: what breaks comes first */
	size_t number;
};

struct package {
	const char *name;
	const struct entry *findings;
	const struct entry *changes;
	size_t finding_count;
	size_t change_count;
};

/* A difference as it is told. */
struct listing {
	const struct api_diff *diff;
	struct package *packages;
	size_t count;
	size_t findings_left; /* that there is room for */
	size_t changes_left;
};

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *left = a;
	const struct entry *right = b;
	int order = strcmp(left->package, right->package);

	if (order == 0)
		order = (left->rank > right->rank) - (left->rank < right->rank);
	return order != 0 ? order
	                  : (left->number > right->number) -
	                            (left->number < right->number);
}

static const char *
package_text(const char *package)
{
	return package == NULL ? "" : package;
}

static const struct entry *
sort_findings(struct arena *arena, const struct api_diff *diff)
{
	size_t count = diff->result.finding_count;
	struct entry *ret = arena_array(arena, count + 1, sizeof(*ret));

	for (size_t i = 0; i < count; i++)
		ret[i] = (struct entry){
			.package =
				package_text(diff->result.findings[i].package),
			.rank = diff->verdicts[i].verdict,
			.number = i,
		};
	qsort(ret, count, sizeof(*ret), compare_entries);
	return ret;
}

static const struct entry *
sort_changes(struct arena *arena, const struct api_diff *diff)
{
	size_t count = diff->result.change_count;
	struct entry *ret = arena_array(arena, count + 1, sizeof(*ret));

	for (size_t i = 0; i < count; i++)
		ret[i] = (struct entry){
			.package =
				package_text(diff->result.changes[i].package),
			.number = i,
		};
	qsort(ret, count, sizeof(*ret), compare_entries);
	return ret;
}

static size_t
count_packages(const struct entry *entries, size_t count)
{
	size_t ret = count > 0;

	for (size_t i = 1; i < count; i++)
		ret += strcmp(entries[i - 1].package, entries[i].package) != 0;
	return ret;
}

/* How many of the entries are of this package. */
static size_t
run_of(const struct entry *entries, const struct entry *end, const char *name)
{
	size_t len = 0;

	while (entries + len < end && strcmp(entries[len].package, name) == 0)
		len++;
	return len;
}

/* The package that comes next in either of two lists. */
static const char *
next_name(const struct entry *one, const struct entry *one_end,
          const struct entry *two, const struct entry *two_end)
{
	if (one == one_end || two == two_end)
		return one == one_end ? two->package : one->package;
	return strcmp(one->package, two->package) < 0 ? one->package
	                                              : two->package;
}

/* The first finding tells, since those that break come first. */
static bool
has_breaking(const struct package *package)
{
	return package->finding_count > 0 &&
	       package->findings[0].rank == BREAKING_BREAKS;
}

static int
compare_packages(const void *a, const void *b)
{
	const struct package *left = a;
	const struct package *right = b;
	int order = has_breaking(right) - has_breaking(left);

	return order != 0 ? order : strcmp(left->name, right->name);
}

static struct listing
listing_of(struct arena *arena, const struct api_diff *diff, const char *only)
{
	const struct breaking_result *result = &diff->result;
	const struct entry *finding = sort_findings(arena, diff);
	const struct entry *change = sort_changes(arena, diff);
	const struct entry *findings_end = finding + result->finding_count;
	const struct entry *changes_end = change + result->change_count;
	struct listing ret = {
		.diff = diff,
		.findings_left = FINDINGS_MAX,
		.changes_left = CHANGES_MAX,
	};

	ret.packages = arena_array(
		arena,
		count_packages(finding, result->finding_count) +
			count_packages(change, result->change_count) + 1,
		sizeof(*ret.packages));
	while (finding < findings_end || change < changes_end) {
		struct package package = {
			.name = next_name(finding, findings_end, change,
		                          changes_end),
			.findings = finding,
			.changes = change,
		};

		package.finding_count =
			run_of(finding, findings_end, package.name);
		package.change_count =
			run_of(change, changes_end, package.name);
		finding += package.finding_count;
		change += package.change_count;
		if (only == NULL || strcmp(package.name, only) == 0)
			ret.packages[ret.count++] = package;
	}
	qsort(ret.packages, ret.count, sizeof(*ret.packages), compare_packages);
	return ret;
}

/* --- the answer ----------------------------------------------------------- */

static void
write_hows(struct json_out *out, const int64_t counts[3])
{
	json_pair_int(out, "added", counts[BREAKING_ADDED]);
	json_pair_int(out, "removed", counts[BREAKING_REMOVED]);
	json_pair_int(out, "changed", counts[BREAKING_CHANGED]);
}

static void
write_package_counts(struct json_out *out, const struct api_diff *diff,
                     const struct package *package)
{
	size_t verdicts[BREAKING_VERDICT_END] = {0};
	int64_t hows[3] = {0};

	for (size_t i = 0; i < package->finding_count; i++)
		verdicts[package->findings[i].rank]++;
	for (size_t i = 0; i < package->change_count; i++)
		hows[diff->result.changes[package->changes[i].number].how]++;
	json_key(out, "counts");
	json_open(out, '{');
	api_write_verdicts(out, verdicts);
	write_hows(out, hows);
	json_close(out, '}');
}

/* How many are shown; there is room for so many less. */
static size_t
take(size_t *left, size_t count)
{
	size_t shown = count < *left ? count : *left;

	*left -= shown;
	return shown;
}

static void
write_package(struct json_out *out, struct listing *listing,
              const struct package *package)
{
	const struct api_diff *diff = listing->diff;
	size_t findings = take(&listing->findings_left, package->finding_count);
	size_t changes = take(&listing->changes_left, package->change_count);

	json_open(out, '{');
	json_pair_text(out, "package", package->name);
	write_package_counts(out, diff, package);
	json_key(out, "findings");
	json_open(out, '[');
	for (size_t i = 0; i < findings; i++)
		api_write_finding(out, diff, package->findings[i].number);
	json_close(out, ']');
	json_pair_int(out, "findingsLeftOut",
	              (int64_t)(package->finding_count - findings));
	json_key(out, "changes");
	json_open(out, '[');
	for (size_t i = 0; i < changes; i++)
		api_write_change(
			out, &diff->result.changes[package->changes[i].number]);
	json_close(out, ']');
	json_pair_int(out, "changesLeftOut",
	              (int64_t)(package->change_count - changes));
	json_close(out, '}');
}

static void
write_counts(struct json_out *out, const struct api_diff *diff)
{
	int64_t hows[3] = {0};

	for (size_t i = 0; i < diff->result.change_count; i++)
		hows[diff->result.changes[i].how]++;
	json_key(out, "counts");
	json_open(out, '{');
	json_pair_int(out, "findings", (int64_t)diff->result.finding_count);
	api_write_verdicts(out, diff->counts);
	write_hows(out, hows);
	json_pair_int(out, "files", (int64_t)diff->files);
	json_close(out, '}');
}

static enum http_status
reply_diff(struct req *req, const struct api_revision *from,
           const struct api_revision *to, const struct api_diff *diff,
           const char *only)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct listing listing = listing_of(req->arena, diff, only);

	json_open(&out, '{');
	json_pair_text(&out, "repository", req_path(req, "repository"));
	json_pair_raw(&out, "from", from->revision);
	json_pair_raw(&out, "to", to->revision);
	write_counts(&out, diff);
	json_key(&out, "packages");
	json_open(&out, '[');
	for (size_t i = 0; i < listing.count; i++)
		write_package(&out, &listing, &listing.packages[i]);
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
		QUERY(TEXT, struct diff_query, package, "package",
	              .max = LIMIT_DESCRIPTOR_NAME),
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
	return reply_diff(req, &from, &to, &diff, query.package);
}
