/* SPDX-License-Identifier: Apache-2.0 */
#include "store/api_diff.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/spool.h"
#include "db/sql.h"
#include "store/api_policy.h"
#include "store/proto.h"

enum {
	BATCH = 64, /* files that are fetched together */
};

struct comparison {
	struct db *db;
	struct arena *arena; /* of the result */
	struct arena *work;
	const char *spool_dir;
	int64_t repository;
	int64_t from;
	int64_t to;
	enum db_result failure; /* of find_enum() */
};

/* --- the files ------------------------------------------------------------ */

static const char *
bytea(struct arena *arena, const char *hex)
{
	return arena_printf(arena, "\\x%s", hex);
}

/* Of some files: only lengths are set. */
static enum db_result
fetch_batch(struct comparison *c, const char *const *hashes, size_t count,
            struct spool *spool, struct wire_bytes *ret)
{
	AUTO(arena_free) struct arena *rows_arena = arena_new();
	const struct arg args[] = {
		ARG_TEXT(db_text_array(rows_arena, hashes, count)),
		ARGS_END,
	};
	struct rows rows = {0};
	enum db_result result =
		db_rows_bytes(c->db, rows_arena, &sql_api_blobs, args, &rows);

	if (result != DB_ROW)
		return result;
	for (int i = 0; i < rows.count; i++) {
		const void *bytes = rows_bytes(&rows, i, 0, &ret[i].len);

		if (!spool_add(spool, bytes, ret[i].len))
			return DB_ERROR;
	}
	return (size_t)rows.count == count ? DB_ROW : DB_ERROR;
}

/*
 * Files that are read in part, names but not comments: from a spool only those
 * pages are held that were looked at.
 */
static enum db_result
fetch(struct comparison *c, const char *const *hashes, size_t count,
      struct wire_bytes *ret)
{
	struct spool *spool = spool_new(c->work, c->spool_dir);
	enum db_result result = spool == NULL ? DB_ERROR : DB_ROW;

	for (size_t i = 0; i < count && result == DB_ROW; i += BATCH) {
		size_t some = count - i < BATCH ? count - i : BATCH;

		result = fetch_batch(c, hashes + i, some, spool, ret + i);
	}
	if (result != DB_ROW)
		return result;
	const unsigned char *bytes = spool_map(spool);
	if (bytes == NULL)
		return DB_ERROR;
	for (size_t i = 0; i < count; i++) {
		ret[i].bytes = bytes;
		bytes += ret[i].len;
	}
	return DB_ROW;
}

/* Columns of api_diff_files.sql. */
enum {
	FILE_HASH_BEFORE,
	FILE_HASH_AFTER,
};

/* Files that are the same but may mean something else: they are compared, too.
 */
static enum db_result
find_readers(struct comparison *c, struct rows *ret)
{
	const struct arg args[] = {ARG_INT(c->repository), ARG_INT(c->from),
	                           ARG_INT(c->to), ARGS_END};
	enum db_result result =
		db_rows(c->db, c->work, &sql_api_diff_readers, args, ret);

	return result == DB_NONE ? DB_ROW : result;
}

static enum db_result
fetch_side(struct comparison *c, const struct rows *files, int column,
           const struct rows *readers, struct breaking_side *ret)
{
	size_t most = (size_t)files->count + (size_t)readers->count;
	const char **hashes = arena_array(c->work, most + 1, sizeof(*hashes));
	struct wire_bytes *bytes =
		arena_array(c->work, most + 1, sizeof(*bytes));
	size_t count = 0;

	for (int i = 0; i < files->count; i++) {
		const char *hash = rows_text(files, i, column);

		if (hash != NULL)
			hashes[count++] = bytea(c->work, hash);
	}
	for (int i = 0; i < readers->count; i++)
		hashes[count++] = bytea(c->work, rows_text(readers, i, 0));
	*ret = (struct breaking_side){.files = bytes, .count = count};
	return fetch(c, hashes, count, bytes);
}

static enum db_result
fetch_packages(struct comparison *c, struct breaking_input *input)
{
	const struct arg args[] = {ARG_INT(c->repository), ARG_INT(c->from),
	                           ARG_INT(c->to), ARGS_END};
	struct rows rows = {0};
	enum db_result result =
		db_rows(c->db, c->work, &sql_api_diff_packages, args, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return result;
	struct breaking_package *packages =
		arena_array(c->work, (size_t)rows.count + 1, sizeof(*packages));
	for (int i = 0; i < rows.count; i++) {
		static const unsigned masks[] = {
			BREAKING_MESSAGES,
			BREAKING_ENUMS,
			BREAKING_EXTENSIONS,
		};

		packages[i].name = rows_text(&rows, i, 0);
		for (int k = 0; k < (int)ARRAY_LEN(masks); k++) {
			if (rows_bool(&rows, i, k + 1))
				packages[i].declares |= masks[k];
		}
	}
	input->same_packages = packages;
	input->same_package_count = (size_t)rows.count;
	return DB_ROW;
}

/* Of a file that is the same in both. */
static bool
find_enum(void *context, const char *full_name, struct wire_bytes *ret)
{
	struct comparison *c = context;
	const struct arg args[] = {ARG_INT(c->repository), ARG_INT(c->to),
	                           ARG_TEXT(full_name), ARGS_END};
	struct rows rows = {0};
	enum db_result result =
		db_rows(c->db, c->work, &sql_api_enum_hash, args, &rows);

	if (result == DB_ROW) {
		const char *hash = bytea(c->work, rows_text(&rows, 0, 0));

		result = fetch(c, &hash, 1, ret);
	}
	if (result != DB_ROW && result != DB_NONE)
		c->failure = result;
	return result == DB_ROW;
}

/* --- who is hit ----------------------------------------------------------- */

static enum db_result
find_hits(struct comparison *c, struct api_diff *diff)
{
	size_t count = diff->result.finding_count;
	const char **names = arena_array(c->work, count + 1, sizeof(*names));
	const char **paths = arena_array(c->work, count + 1, sizeof(*paths));
	struct rows rows = {0};

	if (count == 0)
		return DB_ROW;
	for (size_t i = 0; i < count; i++) {
		const struct breaking_finding *f = &diff->result.findings[i];

		names[i] = f->full_name == NULL ? "" : f->full_name;
		paths[i] = f->path;
	}
	const struct arg args[] = {
		ARG_INT(c->repository),
		ARG_INT(c->from),
		ARG_TEXT(db_text_array(c->work, names, count)),
		ARG_TEXT(db_text_array(c->work, paths, count)),
		ARGS_END,
	};
	enum db_result result =
		db_rows(c->db, c->arena, &sql_api_impact, args, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return result;

	diff->hit_count = (size_t)rows.count;
	diff->hits =
		arena_array(c->arena, diff->hit_count + 1, sizeof(*diff->hits));
	for (int i = 0; i < rows.count; i++) {
		struct api_hit *hit = &diff->hits[i];

		*hit = (struct api_hit){
			.finding = (size_t)rows_int(&rows, i, 0) - 1,
			.service = rows_text(&rows, i, 1),
			.team = rows_text(&rows, i, 2),
			.role = rows_text(&rows, i, 3),
		};
		hit->rpcs = proto_lines(c->arena, rows_text(&rows, i, 4),
		                        &hit->rpc_count);
	}
	return DB_ROW;
}

/* --- verdicts ------------------------------------------------------------- */

static enum db_result
judge(struct comparison *c, struct api_diff *diff)
{
	size_t count = diff->result.finding_count;
	struct api_policy policy = {.waivers = NULL};

	if (count == 0)
		return DB_ROW;
	enum db_result result =
		api_policy_read(c->db, c->arena, c->repository, &policy);
	if (result != DB_ROW)
		return result;
	diff->verdicts = arena_array(c->arena, count, sizeof(*diff->verdicts));
	for (size_t i = 0; i < count; i++) {
		struct api_verdict *verdict = &diff->verdicts[i];
		size_t waiver;

		verdict->verdict = breaking_judge(
			&policy.policy, &diff->result.findings[i], &waiver);
		if (verdict->verdict == BREAKING_WAIVED)
			verdict->waiver = &policy.waivers[waiver];
		diff->counts[verdict->verdict]++;
	}
	return DB_ROW;
}

/* --- the comparison ------------------------------------------------------- */

static enum db_result
compare(struct comparison *c, struct api_diff *ret, struct fault *fault)
{
	const struct arg args[] = {ARG_INT(c->repository), ARG_INT(c->from),
	                           ARG_INT(c->to), ARGS_END};
	struct breaking_input input = {
		.find = find_enum,
		.context = c,
		.categories = BREAKING_ALL,
	};
	struct rows files = {0};
	struct rows readers = {0};
	enum db_result result =
		db_rows(c->db, c->work, &sql_api_diff_files, args, &files);

	if (result != DB_ROW && result != DB_NONE)
		return result;
	ret->files = (size_t)files.count;
	result = find_readers(c, &readers);
	if (result == DB_ROW)
		result = fetch_side(c, &files, FILE_HASH_BEFORE, &readers,
		                    &input.before);
	if (result == DB_ROW)
		result = fetch_side(c, &files, FILE_HASH_AFTER, &readers,
		                    &input.after);
	if (result == DB_ROW)
		result = fetch_packages(c, &input);
	if (result != DB_ROW)
		return result;
	if (!breaking_compare(c->arena, &input, &ret->result, fault))
		return c->failure == DB_ROW ? DB_NONE : c->failure;
	if (c->failure != DB_ROW)
		return c->failure;
	result = judge(c, ret);
	return result == DB_ROW ? find_hits(c, ret) : result;
}

enum db_result
api_diff(struct db *db, struct arena *arena, int64_t repository, int64_t from,
         int64_t to, const char *spool_dir, struct api_diff *ret,
         struct fault *fault)
{
	AUTO(arena_free) struct arena *work = arena_new();
	struct comparison c = {
		.db = db,
		.arena = arena,
		.work = work,
		.spool_dir = spool_dir,
		.repository = repository,
		.from = from,
		.to = to,
		.failure = DB_ROW,
	};

	*ret = (struct api_diff){.files = 0};
	return compare(&c, ret, fault);
}

enum db_result
api_diff_hits(struct db *db, struct arena *arena, int64_t repository,
              int64_t from, struct api_diff *diff)
{
	AUTO(arena_free) struct arena *work = arena_new();
	struct comparison c = {
		.db = db,
		.arena = arena,
		.work = work,
		.repository = repository,
		.from = from,
	};

	return find_hits(&c, diff);
}
