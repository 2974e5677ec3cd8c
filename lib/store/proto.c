/* SPDX-License-Identifier: Apache-2.0 */
#include "store/proto.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/sql.h"
#include "store/publish.h"

#include <inttypes.h>
#include <string.h>

/* A bytea as an argument. */
static const char *
bytea_text(struct arena *arena, const unsigned char hash[SHA256_BYTES])
{
	char hex[SHA256_HEX];

	hash_hex(hash, SHA256_BYTES, hex);
	return arena_printf(arena, "\\x%s", hex);
}

/* --- the decision --------------------------------------------------------- */

enum db_result
proto_plan(struct db *db, struct arena *arena, const char *repository,
           const unsigned char set[SHA256_BYTES],
           const struct publish_options *options, const struct identity *who,
           struct proto_plan *ret)
{
	static const struct column columns[] = {
		COL_INT(struct proto_plan, status),
		COL_TEXT(struct proto_plan, detail),
		COL_TEXT(struct proto_plan, extra),
		COL_TEXT(struct proto_plan, result),
		COL_INT(struct proto_plan, number),
		COL_INT(struct proto_plan, current),
		COLS_END,
	};
	const struct arg args[] = {
		ARG_TEXT(repository),
		ARG_TEXT(bytea_text(arena, set)),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_one(db, arena, &sql_proto_plan, args, columns, ret);
}

enum db_result
proto_seen(struct db *db, struct arena *arena, const char *repository,
           const struct publish_options *options, const struct identity *who,
           const char **ret_counts)
{
	const struct arg args[] = {
		ARG_TEXT(repository),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};
	struct rows rows = {0};
	enum db_result result =
		db_rows(db, arena, &sql_proto_seen, args, &rows);

	if (result == DB_ROW)
		*ret_counts = rows_text(&rows, 0, 0);
	return result;
}

/* --- what is stored already ----------------------------------------------- */

struct head_row {
	const char *sha256;
	const char *path;
	const char *package;
	const char *syntax;
	const char *imports;
	bool extends;
	bool source_info;
};

static const struct column head_columns[] = {
	COL_TEXT(struct head_row, sha256),
	COL_TEXT(struct head_row, path),
	COL_TEXT(struct head_row, package),
	COL_TEXT(struct head_row, syntax),
	COL_TEXT(struct head_row, imports),
	COL_BOOL(struct head_row, extends),
	COL_BOOL(struct head_row, source_info),
	COLS_END,
};

const char *const *
proto_lines(struct arena *arena, const char *text, size_t *ret_count)
{
	size_t count = *text != '\0';

	for (const char *p = text; *p != '\0'; p++)
		count += *p == '\n';
	const char **lines = arena_array(arena, count + 1, sizeof(*lines));
	for (size_t i = 0; i < count; i++) {
		size_t len = strcspn(text, "\n");

		lines[i] = arena_strndup(arena, text, len);
		text += len + 1;
	}
	*ret_count = count;
	return lines;
}

static enum db_result
read_heads(struct db *db, struct arena *arena,
           const struct statement *statement, const struct arg *args,
           struct proto_stored **ret, size_t *ret_count)
{
	struct rows rows = {0};
	enum db_result result = db_rows(db, arena, statement, args, &rows);

	if (result != DB_ROW && result != DB_NONE)
		return result;
	*ret_count = (size_t)rows.count;
	*ret = arena_array(arena, *ret_count + 1, sizeof(**ret));
	for (size_t i = 0; i < *ret_count; i++) {
		struct proto_stored *stored = &(*ret)[i];
		struct head_row row = {0};

		rows_read(&rows, (int)i, head_columns, &row);
		*stored = (struct proto_stored){
			.sha256 = row.sha256,
			.head = {.path = row.path,
		                 .package = row.package,
		                 .syntax = row.syntax,
		                 .extends = row.extends,
		                 .source_info = row.source_info},
		};
		if (row.imports == NULL)
			continue;
		stored->head.imports = proto_lines(arena, row.imports,
		                                   &stored->head.import_count);
	}
	return DB_ROW;
}

enum db_result
proto_heads(struct db *db, struct arena *arena, const char *const *hashes,
            size_t count, struct proto_stored **ret, size_t *ret_count)
{
	const struct arg args[] = {
		ARG_TEXT(db_text_array(arena, hashes, count)),
		ARGS_END,
	};

	return read_heads(db, arena, &sql_proto_heads, args, ret, ret_count);
}

enum db_result
proto_by_path(struct db *db, struct arena *arena, const char *repository,
              const char *const *paths, size_t count, struct proto_stored **ret,
              size_t *ret_count)
{
	const struct arg args[] = {
		ARG_TEXT(repository),
		ARG_TEXT(db_text_array(arena, paths, count)),
		ARGS_END,
	};

	return read_heads(db, arena, &sql_proto_by_path, args, ret, ret_count);
}

enum db_result
proto_ids(struct db *db, struct arena *arena, const char *const *keys,
          size_t count, struct rows *ret)
{
	const struct arg args[] = {
		ARG_TEXT(db_text_array(arena, keys, count)),
		ARGS_END,
	};

	return db_rows(db, arena, &sql_proto_ids, args, ret);
}

enum db_result
proto_bytes(struct db *db, struct arena *arena, const char *hash,
            const void **ret, size_t *ret_len)
{
	const struct arg args[] = {ARG_TEXT(hash), ARGS_END};
	struct rows rows = {0};
	enum db_result result =
		db_rows_bytes(db, arena, &sql_proto_bytes, args, &rows);

	if (result == DB_ROW)
		*ret = rows_bytes(&rows, 0, 0, ret_len);
	return result;
}

enum db_result
proto_reserve(struct db *db, struct arena *arena, size_t count, int64_t *ret)
{
	const struct arg args[] = {ARG_INT((int64_t)count), ARGS_END};
	struct rows rows = {0};
	enum db_result result =
		db_rows(db, arena, &sql_proto_reserve, args, &rows);

	if (result == DB_ROW)
		*ret = rows_int(&rows, 0, 0);
	return result;
}

/* --- the revision --------------------------------------------------------- */

static const char *
ids_text(struct arena *arena, const int64_t *ids, size_t count)
{
	struct buf out = {.arena = arena};

	buf_addc(&out, '{');
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%s%" PRId64, i > 0 ? "," : "", ids[i]);
	buf_addc(&out, '}');
	return buf_text(&out);
}

enum db_result
proto_apply(struct db *db, struct arena *arena,
            const struct proto_revision *revision,
            const struct publish_options *options, const struct identity *who,
            struct proto_applied *ret)
{
	static const struct column columns[] = {
		COL_INT(struct proto_applied, repository_id),
		COL_INT(struct proto_applied, added),
		COL_INT(struct proto_applied, changed),
		COL_INT(struct proto_applied, removed),
		COL_TEXT(struct proto_applied, counts),
		COL_INT(struct proto_applied, symbols),
		COL_TEXT(struct proto_applied, twice),
		COLS_END,
	};
	const struct arg args[] = {
		ARG_TEXT(revision->repository),
		ARG_TEXT(revision->result),
		ARG_INT(revision->number),
		ARG_TEXT(
			ids_text(arena, revision->files, revision->file_count)),
		ARG_TEXT(bytea_text(arena, revision->set)),
		ARG_INT((int64_t)revision->bytes),
		ARG_BOOL(revision->source_info),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_one(db, arena, &sql_proto_apply, args, columns, ret);
}

enum db_result
proto_turn(struct db *db)
{
	const struct arg none[] = {ARGS_END};

	return db_run(db, &sql_write_turn, none);
}

enum db_result
proto_tell(struct db *db, struct arena *arena,
           const struct proto_revision *revision, size_t breaking,
           const char *const *services, size_t service_count,
           const struct publish_options *options, const struct identity *who)
{
	const struct arg args[] = {
		ARG_TEXT(revision->repository),
		ARG_TEXT(revision->result),
		ARG_INT(revision->number),
		ARG_INT((int64_t)breaking),
		ARG_TEXT(db_text_array(arena, services, service_count)),
		ARG_TEXT(publish_options_text(arena, options)),
		ARG_TEXT(publish_who_text(arena, who)),
		ARGS_END,
	};

	return db_run(db, &sql_proto_tell, args);
}

struct follow {
	int64_t follow;
};

enum db_result
proto_facts(struct db *db, struct arena *arena,
            const struct proto_revision *revision, int64_t before,
            bool only_rules, const struct publish_options *options,
            int64_t *ret_follow)
{
	static const struct column columns[] = {
		COL_INT(struct follow, follow),
		COLS_END,
	};
	const struct arg args[] = {
		ARG_TEXT(revision->repository),
		ARG_INT(before),
		ARG_INT(revision->number),
		ARG_BOOL(only_rules),
		ARG_TEXT(publish_options_text(arena, options)),
		ARGS_END,
	};
	struct follow row;
	enum db_result result =
		db_one(db, arena, &sql_proto_facts, args, columns, &row);

	if (result == DB_ROW)
		*ret_follow = row.follow;
	return result;
}
