/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with the dependency graph: cycles, services without an edge,
 * and what is needed and not there. */
#include "services.h"

#include "base/arena.h"
#include "base/buf.h"
#include "store/cycle.h"
#include "store/dependency_all.h"
#include "wire/json_out.h"

#include <stdlib.h>
#include <string.h>

enum {
	UNKNOWN_MAX = 1000,
	RPCS_MAX = 100,
	NAMED_BY_MAX = 20,
};

static int
compare_texts(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;

	return strcmp(*left, *right);
}

static void
write_sorted(struct json_out *out, const char **ids, size_t count)
{
	if (count > 0)
		qsort(ids, count, sizeof(*ids), compare_texts);
	json_open(out, '[');
	for (size_t i = 0; i < count; i++)
		json_text(out, ids[i]);
	json_close(out, ']');
}

static void
write_cycles(struct req *req, struct json_out *out,
             const struct dependency_all *all)
{
	const struct cycle *cycles;
	struct cycle_edge *edges =
		arena_array(req->arena, all->pair_count + 1, sizeof(*edges));
	const char **ids =
		arena_array(req->arena, all->service_count + 1, sizeof(*ids));

	for (size_t i = 0; i < all->pair_count; i++)
		edges[i] = (struct cycle_edge){all->pairs[i].from,
		                               all->pairs[i].to};
	size_t count = cycles_find(req->arena, edges, all->pair_count, &cycles);

	json_key(out, "cycles");
	json_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < cycles[i].count; j++)
			ids[j] = all->services[cycles[i].members[j]].id;
		write_sorted(out, ids, cycles[i].count);
	}
	json_close(out, ']');
}

static void
write_orphans(struct req *req, struct json_out *out,
              const struct dependency_all *all)
{
	size_t count = 0;
	const char **ids =
		arena_array(req->arena, all->service_count + 1, sizeof(*ids));

	for (size_t i = 0; i < all->service_count; i++) {
		if (all->services[i].alone)
			ids[count++] = all->services[i].id;
	}
	json_key(out, "orphans");
	write_sorted(out, ids, count);
}

/* All rows of one key, which stand beside each other. */
struct unknown {
	const struct dependency_unmet *rows;
	size_t count;
	size_t services; /* that name it */
};

static int
compare_unknown(const void *a, const void *b)
{
	const struct unknown *left = a;
	const struct unknown *right = b;

	if (left->services != right->services)
		return left->services < right->services ? 1 : -1;
	return strcmp(left->rows->key, right->rows->key);
}

static size_t
gather(const struct dependency_all *all, struct unknown *unknown)
{
	size_t count = 0;

	for (size_t i = 0; i < all->unmet_count; i++) {
		const struct dependency_unmet *row = &all->unmet[i];
		bool begins = i == 0 || strcmp(row[-1].key, row->key) != 0;

		if (begins)
			unknown[count++].rows = row;
		unknown[count - 1].count++;
		unknown[count - 1].services +=
			begins || row[-1].from != row->from;
	}
	if (count > 0)
		qsort(unknown, count, sizeof(*unknown), compare_unknown);
	return count;
}

static void
write_unknown(struct req *req, struct json_out *out,
              const struct dependency_all *all, const struct unknown *unknown)
{
	size_t rpcs = 0;
	size_t names = 0;
	const char **texts =
		arena_array(req->arena, unknown->count + 1, sizeof(*texts));

	for (size_t i = 0; i < unknown->count; i++) {
		if (unknown->rows[i].rpc != NULL)
			texts[rpcs++] = unknown->rows[i].rpc;
	}
	if (rpcs > 0)
		qsort(texts, rpcs, sizeof(*texts), compare_texts);
	size_t different = 0;
	for (size_t i = 0; i < rpcs; i++) {
		if (i == 0 || strcmp(texts[i], texts[different - 1]) != 0)
			texts[different++] = texts[i];
	}
	json_open(out, '{');
	json_pair_text(out, "id", unknown->rows->key);
	json_key(out, "rpcs");
	write_sorted(out, texts, different < RPCS_MAX ? different : RPCS_MAX);
	json_pair_int(out, "rpcCount", (int64_t)different);

	for (size_t i = 0; i < unknown->count; i++) {
		const struct dependency_unmet *row = &unknown->rows[i];

		if (i == 0 || row[-1].from != row->from)
			texts[names++] = all->services[row->from].id;
	}
	if (names > 0)
		qsort(texts, names, sizeof(*texts), compare_texts);
	json_key(out, "namedBy");
	write_sorted(out, texts, names < NAMED_BY_MAX ? names : NAMED_BY_MAX);
	json_pair_int(out, "namedByCount", (int64_t)names);
	json_close(out, '}');
}

static void
write_unknowns(struct req *req, struct json_out *out,
               const struct dependency_all *all)
{
	struct unknown *unknown =
		arena_array(req->arena, all->unmet_count + 1, sizeof(*unknown));
	size_t count = gather(all, unknown);
	size_t shown = count < UNKNOWN_MAX ? count : UNKNOWN_MAX;

	json_key(out, "unknown");
	json_open(out, '[');
	for (size_t i = 0; i < shown; i++)
		write_unknown(req, out, all, &unknown[i]);
	json_close(out, ']');
	json_pair_int(out, "unknownLeftOut", (int64_t)(count - shown));
}

enum http_status
report_dependencies(struct req *req)
{
	struct buf body = {.arena = req->arena};
	struct json_out out = {.buf = &body};
	struct dependency_all all;

	if (!query_none(req))
		return problem_query(req);
	enum db_result result = dependency_all(req->db, req->arena, &all);
	if (result != DB_ROW)
		return problem_db(req, result, "service");

	json_open(&out, '{');
	json_pair_int(&out, "edges", (int64_t)all.pair_count);
	write_cycles(req, &out, &all);
	write_orphans(req, &out, &all);
	write_unknowns(req, &out, &all);
	json_close(&out, '}');
	return reply_json(req, HTTP_OK, &body);
}
