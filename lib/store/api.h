/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Reading gRPC APIs: what the current revision of a proto repository declares,
 * or an earlier one. Documents come out as they were rendered when they were
 * written; rows live as long as the arena.
 */

enum {
	API_REVISION_MAX = INT32_MAX,
};

/* A revision that a request is about. */
struct api_revision {
	int64_t id;             /* of the repository */
	int64_t number;         /* 0: the repository has no such revision */
	const char *repository; /* ApiRepositoryItem */
	const char *revision;   /* ApiRevision */
	const char *hash;       /* of the set, hexadecimal */
};

/* `number` 0 is the current one. */
MUST_USE enum db_result api_revision_find(struct db *db, struct arena *arena,
                                          const char *repository,
                                          int64_t number,
                                          struct api_revision *ret);

/* Column 0: ApiRepositoryItem. */
MUST_USE enum db_result api_repository_list(struct db *db, struct arena *arena,
                                            struct rows *ret);

/* Array of ApiPackageItem. */
MUST_USE enum db_result api_packages(struct db *db, struct arena *arena,
                                     const struct api_revision *at,
                                     const char **ret);

/* Columns of api_revision_list(). */
enum {
	API_REVISION_LIST_JSON, /* ApiRevision */
	API_REVISION_LIST_NUMBER,
};
MUST_USE enum db_result api_revision_list(struct db *db, struct arena *arena,
                                          const struct api_revision *at,
                                          int64_t before, int64_t limit,
                                          struct rows *ret);

/* --- symbols -------------------------------------------------------------- */

struct api_symbol {
	const char *kind;
	const char *name;
	const char *full_name;
	const char *package;
	const char *parent; /* or NULL */
	const char *path;
	const char *syntax; /* proto2, proto3 or the edition */
	const char *line;   /* or NULL */
	bool deprecated;
	int64_t file;
	const char *document; /* Api…Document */
};

MUST_USE enum db_result api_symbol_find(struct db *db, struct arena *arena,
                                        const struct api_revision *at,
                                        const char *name,
                                        struct api_symbol *ret);

/* Has a message or enum such a field or value? DB_ROW or DB_NONE. */
MUST_USE enum db_result api_part_find(struct db *db, struct arena *arena,
                                      const struct api_symbol *in,
                                      const char *name);

/* Column 0: ApiItem. */
MUST_USE enum db_result api_nested(struct db *db, struct arena *arena,
                                   const struct api_symbol *in,
                                   struct rows *ret);

/* Column 0: ApiItem, a path or the name of a package. */
MUST_USE enum db_result api_package_items(struct db *db, struct arena *arena,
                                          const struct api_revision *at,
                                          const char *package,
                                          struct rows *ret);
MUST_USE enum db_result api_package_files(struct db *db, struct arena *arena,
                                          const struct api_revision *at,
                                          const char *package,
                                          struct rows *ret);
MUST_USE enum db_result api_package_below(struct db *db, struct arena *arena,
                                          const struct api_revision *at,
                                          const char *package,
                                          struct rows *ret);
MUST_USE enum db_result api_package_siblings(struct db *db, struct arena *arena,
                                             const struct api_revision *at,
                                             const char *package,
                                             struct rows *ret);

/* Column 0: ApiParty. `method` NULL stands for all; `role` is "provides" or
 * "consumes". */
MUST_USE enum db_result api_party_list(struct db *db, struct arena *arena,
                                       const char *grpc_service,
                                       const char *method, const char *role,
                                       struct rows *ret);

/* Columns of api_use_list(). */
enum {
	API_USE_JSON, /* ApiUse */
	API_USE_NAME,
};
MUST_USE enum db_result api_use_list(struct db *db, struct arena *arena,
                                     const struct api_revision *at,
                                     const char *type, const char *after,
                                     int64_t limit, struct rows *ret);

/* Columns of api_method_types(). */
enum {
	API_TYPE_NAME,
	API_TYPE_DOCUMENT,
};
MUST_USE enum db_result api_method_types(struct db *db, struct arena *arena,
                                         const struct api_revision *at,
                                         const char *method, struct rows *ret);

/* At most 5 names that look like this one; column 0. */
MUST_USE enum db_result api_nearest(struct db *db, struct arena *arena,
                                    const struct api_revision *at,
                                    const char *name, struct rows *ret);

/* --- files ---------------------------------------------------------------- */

struct api_file {
	int64_t id;
	const char *path;
	const char *package;
	const char *syntax;
	const char *imports;  /* JSON */
	const char *document; /* ApiFileDocument, or NULL: it is not known */
};

MUST_USE enum db_result api_file_find(struct db *db, struct arena *arena,
                                      const struct api_revision *at,
                                      const char *path, struct api_file *ret);

/* Column 0: ApiFileSymbol. */
MUST_USE enum db_result api_file_symbols(struct db *db, struct arena *arena,
                                         const struct api_file *file,
                                         struct rows *ret);

/* Column 0: a path. */
MUST_USE enum db_result api_file_importers(struct db *db, struct arena *arena,
                                           const struct api_revision *at,
                                           const struct api_file *file,
                                           struct rows *ret);

/* A file of a set without its bytes, for which there is proto_bytes(). */
struct api_set_file {
	const char *path;
	const char *const *imports;
	size_t import_count;
	const char *sha256; /* hexadecimal */
	int64_t length;
};

/* All files of a revision by path. */
MUST_USE enum db_result api_set_files(struct db *db, struct arena *arena,
                                      const struct api_revision *at,
                                      struct api_set_file **ret,
                                      size_t *ret_count);

/* --- services of the catalogue ---------------------------------------------
 */

/* ServiceGrpc of a service. */
MUST_USE enum db_result api_service(struct db *db, struct arena *arena,
                                    const char *service, const char **ret);
