/* SPDX-License-Identifier: Apache-2.0 */
#include "store/api.h"

#include "base/arena.h"
#include "db/sql.h"
#include "store/proto.h"

struct text {
	const char *document;
};

static const struct column text_columns[] = {
	COL_TEXT(struct text, document),
	COLS_END,
};

static enum db_result
find_text(struct db *db, struct arena *arena, const struct statement *statement,
          const struct arg *args, const char **ret)
{
	struct text row = {0};
	enum db_result result =
		db_one(db, arena, statement, args, text_columns, &row);

	if (result == DB_ROW)
		*ret = row.document;
	return result;
}

/* --- revisions ------------------------------------------------------------ */

enum db_result
api_revision_find(struct db *db, struct arena *arena, const char *repository,
                  int64_t number, struct api_revision *ret)
{
	static const struct column columns[] = {
		COL_INT(struct api_revision, id),
		COL_INT(struct api_revision, number),
		COL_TEXT(struct api_revision, repository),
		COL_TEXT(struct api_revision, revision),
		COL_TEXT(struct api_revision, hash),
		COLS_END,
	};
	const struct arg current[] = {ARG_TEXT(repository), ARG_NULL, ARGS_END};
	const struct arg one[] = {ARG_TEXT(repository), ARG_INT(number),
	                          ARGS_END};

	return db_one(db, arena, &sql_api_revision_find,
	              number == 0 ? current : one, columns, ret);
}

enum db_result
api_repository_list(struct db *db, struct arena *arena, struct rows *ret)
{
	return db_rows(db, arena, &sql_api_repository_list, NULL, ret);
}

enum db_result
api_packages(struct db *db, struct arena *arena, const struct api_revision *at,
             const char **ret)
{
	const struct arg args[] = {ARG_INT(at->id), ARG_INT(at->number),
	                           ARGS_END};

	return find_text(db, arena, &sql_api_packages, args, ret);
}

enum db_result
api_revision_list(struct db *db, struct arena *arena,
                  const struct api_revision *at, int64_t before, int64_t limit,
                  struct rows *ret)
{
	const struct arg args[] = {ARG_INT(at->id), ARG_INT(before),
	                           ARG_INT(limit), ARGS_END};

	return db_rows(db, arena, &sql_api_revision_list, args, ret);
}

/* --- symbols -------------------------------------------------------------- */

/* Rows of a revision for one name. */
static enum db_result
rows_at(struct db *db, struct arena *arena, const struct statement *statement,
        const struct api_revision *at, const char *name, struct rows *ret)
{
	const struct arg args[] = {ARG_INT(at->id), ARG_INT(at->number),
	                           ARG_TEXT(name), ARGS_END};

	return db_rows(db, arena, statement, args, ret);
}

enum db_result
api_symbol_find(struct db *db, struct arena *arena,
                const struct api_revision *at, const char *name,
                struct api_symbol *ret)
{
	static const struct column columns[] = {
		COL_TEXT(struct api_symbol, kind),
		COL_TEXT(struct api_symbol, name),
		COL_TEXT(struct api_symbol, full_name),
		COL_TEXT(struct api_symbol, package),
		COL_TEXT(struct api_symbol, parent),
		COL_TEXT(struct api_symbol, path),
		COL_TEXT(struct api_symbol, syntax),
		COL_TEXT(struct api_symbol, line),
		COL_BOOL(struct api_symbol, deprecated),
		COL_INT(struct api_symbol, file),
		COL_TEXT(struct api_symbol, document),
		COLS_END,
	};
	const struct arg args[] = {ARG_INT(at->id), ARG_INT(at->number),
	                           ARG_TEXT(name), ARGS_END};

	return db_one(db, arena, &sql_api_symbol_find, args, columns, ret);
}

enum db_result
api_part_find(struct db *db, struct arena *arena, const struct api_symbol *in,
              const char *name)
{
	const struct arg args[] = {ARG_INT(in->file), ARG_TEXT(in->full_name),
	                           ARG_TEXT(name), ARGS_END};
	struct rows rows;

	return db_rows(db, arena, &sql_api_part_find, args, &rows);
}

enum db_result
api_nested(struct db *db, struct arena *arena, const struct api_symbol *in,
           struct rows *ret)
{
	const struct arg args[] = {ARG_INT(in->file), ARG_TEXT(in->full_name),
	                           ARGS_END};

	return db_rows(db, arena, &sql_api_nested, args, ret);
}

enum db_result
api_package_items(struct db *db, struct arena *arena,
                  const struct api_revision *at, const char *package,
                  struct rows *ret)
{
	return rows_at(db, arena, &sql_api_package_items, at, package, ret);
}

enum db_result
api_package_files(struct db *db, struct arena *arena,
                  const struct api_revision *at, const char *package,
                  struct rows *ret)
{
	return rows_at(db, arena, &sql_api_package_files, at, package, ret);
}

enum db_result
api_package_below(struct db *db, struct arena *arena,
                  const struct api_revision *at, const char *package,
                  struct rows *ret)
{
	return rows_at(db, arena, &sql_api_package_below, at, package, ret);
}

enum db_result
api_package_siblings(struct db *db, struct arena *arena,
                     const struct api_revision *at, const char *package,
                     struct rows *ret)
{
	return rows_at(db, arena, &sql_api_package_siblings, at, package, ret);
}

enum db_result
api_party_list(struct db *db, struct arena *arena, const char *grpc_service,
               const char *method, const char *role, struct rows *ret)
{
	const struct arg args[] = {ARG_TEXT(grpc_service), ARG_TEXT(method),
	                           ARG_TEXT(role), ARGS_END};

	return db_rows(db, arena, &sql_api_party_list, args, ret);
}

enum db_result
api_use_list(struct db *db, struct arena *arena, const struct api_revision *at,
             const char *type, const char *after, int64_t limit,
             struct rows *ret)
{
	const struct arg args[] = {
		ARG_INT(at->id), ARG_INT(at->number), ARG_TEXT(type),
		ARG_TEXT(after), ARG_INT(limit),      ARGS_END,
	};

	return db_rows(db, arena, &sql_api_use_list, args, ret);
}

enum db_result
api_method_types(struct db *db, struct arena *arena,
                 const struct api_revision *at, const char *method,
                 struct rows *ret)
{
	return rows_at(db, arena, &sql_api_method_types, at, method, ret);
}

enum db_result
api_nearest(struct db *db, struct arena *arena, const struct api_revision *at,
            const char *name, struct rows *ret)
{
	const struct arg args[] = {ARG_INT(at->id), ARG_TEXT(name), ARGS_END};

	return db_rows(db, arena, &sql_api_nearest, args, ret);
}

/* --- files ---------------------------------------------------------------- */

enum db_result
api_file_find(struct db *db, struct arena *arena, const struct api_revision *at,
              const char *path, struct api_file *ret)
{
	static const struct column columns[] = {
		COL_INT(struct api_file, id),
		COL_TEXT(struct api_file, path),
		COL_TEXT(struct api_file, package),
		COL_TEXT(struct api_file, syntax),
		COL_TEXT(struct api_file, imports),
		COL_TEXT(struct api_file, document),
		COLS_END,
	};
	const struct arg args[] = {ARG_INT(at->id), ARG_INT(at->number),
	                           ARG_TEXT(path), ARGS_END};

	return db_one(db, arena, &sql_api_file_find, args, columns, ret);
}

enum db_result
api_file_symbols(struct db *db, struct arena *arena,
                 const struct api_file *file, struct rows *ret)
{
	const struct arg args[] = {ARG_INT(file->id), ARGS_END};

	return db_rows(db, arena, &sql_api_file_symbols, args, ret);
}

enum db_result
api_file_importers(struct db *db, struct arena *arena,
                   const struct api_revision *at, const struct api_file *file,
                   struct rows *ret)
{
	return rows_at(db, arena, &sql_api_file_importers, at, file->path, ret);
}

struct set_row {
	const char *path;
	const char *imports;
	const char *sha256;
	int64_t length;
};

enum db_result
api_set_files(struct db *db, struct arena *arena, const struct api_revision *at,
              struct api_set_file **ret, size_t *ret_count)
{
	static const struct column columns[] = {
		COL_TEXT(struct set_row, path),
		COL_TEXT(struct set_row, imports),
		COL_TEXT(struct set_row, sha256),
		COL_INT(struct set_row, length),
		COLS_END,
	};
	const struct arg args[] = {ARG_INT(at->id), ARG_INT(at->number),
	                           ARGS_END};
	struct rows rows = {0};
	enum db_result result =
		db_rows(db, arena, &sql_api_set_heads, args, &rows);

	if (result != DB_ROW)
		return result;
	*ret_count = (size_t)rows.count;
	*ret = arena_array(arena, *ret_count, sizeof(**ret));
	for (size_t i = 0; i < *ret_count; i++) {
		struct api_set_file *file = &(*ret)[i];
		struct set_row row = {0};

		rows_read(&rows, (int)i, columns, &row);
		file->path = row.path;
		file->sha256 = row.sha256;
		file->length = row.length;
		file->imports =
			proto_lines(arena, row.imports, &file->import_count);
	}
	return DB_ROW;
}

/* --- services of the catalogue ---------------------------------------------
 */

enum db_result
api_service(struct db *db, struct arena *arena, const char *service,
            const char **ret)
{
	const struct arg args[] = {ARG_TEXT(service), ARGS_END};

	return find_text(db, arena, &sql_service_grpc_find, args, ret);
}
