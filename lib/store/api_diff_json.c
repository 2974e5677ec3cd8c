/* SPDX-License-Identifier: Apache-2.0 */
/* Differences in answers; shapes: doc/openapi.yaml. */
#include "store/api_diff.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/api_policy.h"
#include "wire/json_out.h"

#include <stdlib.h>
#include <string.h>

static void
write_number(struct json_out *out, const char *key, unsigned number)
{
	json_key(out, key);
	if (number > 0)
		json_int(out, number);
	else
		json_text(out, NULL);
}

static void
write_categories(struct json_out *out, unsigned categories)
{
	json_key(out, "categories");
	json_open(out, '[');
	for (unsigned bit = 1; bit <= BREAKING_ALL; bit <<= 1) {
		if ((categories & bit) != 0)
			json_text(out, breaking_category_name(bit));
	}
	json_close(out, ']');
}

static void
write_peers(struct json_out *out, unsigned peers)
{
	json_key(out, "peers");
	json_open(out, '[');
	if ((peers & BREAKING_PEER_WIRE) != 0)
		json_text(out, "wire");
	if ((peers & BREAKING_PEER_JSON) != 0)
		json_text(out, "json");
	if ((peers & BREAKING_PEER_SOURCE) != 0)
		json_text(out, "source");
	json_close(out, ']');
}

/* Names, of which the same may come more than once. */
static void
write_rpcs(struct json_out *out, const char *const *names, size_t count)
{
	json_key(out, "rpcs");
	json_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		if (i == 0 || strcmp(names[i - 1], names[i]) != 0)
			json_text(out, names[i]);
	}
	json_close(out, ']');
}

static void
write_hit(struct json_out *out, const struct api_hit *hit,
          const char *const *names, size_t count)
{
	json_open(out, '{');
	json_pair_text(out, "service", hit->service);
	json_pair_text(out, "team", hit->team);
	json_pair_text(out, "role", hit->role);
	write_rpcs(out, names, count);
	json_close(out, '}');
}

/* --- findings and changes ------------------------------------------------- */

void
api_write_verdicts(struct json_out *out,
                   const size_t counts[BREAKING_VERDICT_END])
{
	json_pair_int(out, "breaking", (int64_t)counts[BREAKING_BREAKS]);
	json_pair_int(out, "allowed", (int64_t)counts[BREAKING_ALLOWED]);
	json_pair_int(out, "waived", (int64_t)counts[BREAKING_WAIVED]);
}

static void
write_verdict(struct json_out *out, const struct api_verdict *verdict)
{
	const struct api_waiver *waiver = verdict->waiver;

	json_pair_text(out, "verdict", breaking_verdict_name(verdict->verdict));
	json_key(out, "waiver");
	if (waiver == NULL) {
		json_text(out, NULL);
		return;
	}
	json_open(out, '{');
	json_pair_int(out, "id", waiver->id);
	json_pair_text(out, "reason", waiver->reason);
	json_pair_text(out, "until", waiver->until);
	json_pair_text(out, "grantedBy", waiver->granted_by);
	json_close(out, '}');
}

/* The first hit of a finding, or of a later one: they are in order. */
static size_t
first_hit(const struct api_diff *diff, size_t finding)
{
	size_t low = 0;
	size_t high = diff->hit_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (diff->hits[middle].finding < finding)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
api_write_finding(struct json_out *out, const struct api_diff *diff,
                  size_t finding)
{
	const struct breaking_finding *f = &diff->result.findings[finding];

	json_open(out, '{');
	json_pair_text(out, "rule", f->rule);
	write_categories(out, f->categories);
	json_pair_text(out, "path", f->path);
	write_number(out, "line", f->line);
	write_number(out, "column", f->column);
	json_pair_text(out, "package", f->package == NULL ? "" : f->package);
	json_pair_text(out, "fullName", f->full_name);
	json_pair_text(out, "detail", f->detail);
	json_pair_text(out, "before", f->before);
	json_pair_text(out, "after", f->after);
	write_peers(out, f->peers);
	json_pair_text(out, "fix", f->fix);
	write_verdict(out, &diff->verdicts[finding]);
	json_key(out, "impact");
	json_open(out, '[');
	for (size_t i = first_hit(diff, finding);
	     i < diff->hit_count && diff->hits[i].finding == finding; i++)
		write_hit(out, &diff->hits[i], diff->hits[i].rpcs,
		          diff->hits[i].rpc_count);
	json_close(out, ']');
	json_close(out, '}');
}

void
api_write_change(struct json_out *out, const struct breaking_change *change)
{
	static const char *const hows[] = {
		[BREAKING_ADDED] = "added",
		[BREAKING_REMOVED] = "removed",
		[BREAKING_CHANGED] = "changed",
	};

	json_open(out, '{');
	json_pair_text(out, "how", hows[change->how]);
	json_pair_text(out, "kind", symbol_kind_name(change->kind));
	json_pair_text(out, "fullName", change->full_name);
	json_pair_text(out, "path", change->path);
	write_number(out, "line", change->line);
	json_pair_text(out, "before", change->before);
	json_pair_text(out, "after", change->after);
	json_pair_bool(out, "onlyComment", change->only_comment);
	json_close(out, '}');
}

/* --- impact --------------------------------------------------------------- */

static int
compare_hits(const void *a, const void *b)
{
	const struct api_hit *left = *(const struct api_hit *const *)a;
	const struct api_hit *right = *(const struct api_hit *const *)b;
	int order = strcmp(left->role, right->role);

	return order != 0 ? order : strcmp(left->service, right->service);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of hits of one service, in order. */
static const char *const *
all_rpcs(struct arena *arena, const struct api_hit *const *hits, size_t count,
         size_t *ret_count)
{
	size_t total = 0;

	for (size_t i = 0; i < count; i++)
		total += hits[i]->rpc_count;
	const char **names = arena_array(arena, total + 1, sizeof(*names));
	*ret_count = 0;
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < hits[i]->rpc_count; k++)
			names[(*ret_count)++] = hits[i]->rpcs[k];
	}
	qsort(names, total, sizeof(*names), compare_texts);
	return names;
}

void
api_write_impact(struct json_out *out, struct arena *arena,
                 const struct api_diff *diff)
{
	const struct api_hit **hits =
		arena_array(arena, diff->hit_count + 1, sizeof(*hits));

	for (size_t i = 0; i < diff->hit_count; i++)
		hits[i] = &diff->hits[i];
	if (diff->hit_count > 1)
		qsort(hits, diff->hit_count, sizeof(*hits), compare_hits);
	json_key(out, "impact");
	json_open(out, '[');
	for (size_t i = 0; i < diff->hit_count;) {
		size_t to = i + 1;
		size_t count = 0;

		while (to < diff->hit_count &&
		       compare_hits(&hits[i], &hits[to]) == 0)
			to++;
		const char *const *names =
			all_rpcs(arena, hits + i, to - i, &count);
		write_hit(out, hits[i], names, count);
		i = to;
	}
	json_close(out, ']');
}
