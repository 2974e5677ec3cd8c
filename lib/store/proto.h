/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "base/hash.h"
#include "db/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct publish_options;
struct identity;
struct symbols;

/*
 * Publishing descriptor sets: the tables proto_* but for what reads them
 * (store/api.h). All of it happens in the caller's transaction, begun by
 * proto_plan(), which holds the lock of the repository until the end.
 */

/* What is known of a file without reading what it declares. Texts are borrowed.
 */
struct proto_head {
	const char *path;
	const char *package; /* "" = none */
	const char *syntax;  /* proto2, proto3 or the edition */
	const char *const *imports;
	size_t import_count;
	bool extends;     /* it declares custom options */
	bool source_info; /* it has comments and lines */
};

/* --- 1. the decision ------------------------------------------------------ */

struct proto_plan {
	int64_t status; /* 200, 403 or 409 */
	const char *detail;
	const char *extra;  /* JSON members for the answer, or NULL */
	const char *result; /* created, updated, unchanged, superseded */
	int64_t number;     /* of the revision */
	int64_t current;    /* the revision before; 0 = none */
};

MUST_USE enum db_result proto_plan(struct db *db, struct arena *arena,
                                   const char *repository,
                                   const unsigned char set[SHA256_BYTES],
                                   const struct publish_options *options,
                                   const struct identity *who,
                                   struct proto_plan *ret);

/* An unchanged set was seen. ApiCounts of the current revision. */
MUST_USE enum db_result proto_seen(struct db *db, struct arena *arena,
                                   const char *repository,
                                   const struct publish_options *options,
                                   const struct identity *who,
                                   const char **ret_counts);

/* --- 2. what is stored already -------------------------------------------- */

/* A row of the three below; `sha256` and `key` are lower-case hexadecimal. */
struct proto_stored {
	const char *sha256;
	struct proto_head head;
};

/* What is there by content; `hashes` are "\\x…" texts. The path is NULL where
 * only the bytes are there and no file was ever read from them. */
MUST_USE enum db_result proto_heads(struct db *db, struct arena *arena,
                                    const char *const *hashes, size_t count,
                                    struct proto_stored **ret,
                                    size_t *ret_count);

/* Current files by path, of this repository rather than of another. */
MUST_USE enum db_result proto_by_path(struct db *db, struct arena *arena,
                                      const char *repository,
                                      const char *const *paths, size_t count,
                                      struct proto_stored **ret,
                                      size_t *ret_count);

/* Column 0 is the key in hexadecimal, column 1 the id; in order of keys. */
MUST_USE enum db_result proto_ids(struct db *db, struct arena *arena,
                                  const char *const *keys, size_t count,
                                  struct rows *ret);

/* The lines of a text, which is how lists of paths come. */
const char *const *proto_lines(struct arena *arena, const char *text,
                               size_t *ret_count);

/* The bytes of a file, in the arena. */
MUST_USE enum db_result proto_bytes(struct db *db, struct arena *arena,
                                    const char *hash, const void **ret,
                                    size_t *ret_len);

/* --- 3. what is new ------------------------------------------------------- */

/* The first of `count` ids that belong to the caller from now on. */
MUST_USE enum db_result proto_reserve(struct db *db, struct arena *arena,
                                      size_t count, int64_t *ret);

struct proto_new {
	int64_t id;
	unsigned char key[SHA256_BYTES];
	unsigned char sha256[SHA256_BYTES];
	const struct proto_head *head;
	const void *bytes; /* NULL: they are stored already */
	size_t len;
	const struct symbols *symbols;
};

/* Gathers rows in an arena of its own and sends them as they grow many. */
struct proto_writer;
struct proto_writer *proto_writer_new(struct db *db);
void proto_writer_free(struct proto_writer **writer);
MUST_USE enum db_result proto_write(struct proto_writer *writer,
                                    const struct proto_new *file);
MUST_USE enum db_result proto_write_end(struct proto_writer *writer);

/* --- 4. the revision ------------------------------------------------------ */

struct proto_revision {
	const char *repository;
	const char *result;
	int64_t number;
	const int64_t *files; /* ids */
	size_t file_count;
	unsigned char set[SHA256_BYTES];
	size_t bytes;
	bool source_info;
};

/* What an answer tells of it, all but the lists of the caller. */
struct proto_applied {
	int64_t repository_id;
	int64_t added; /* files */
	int64_t changed;
	int64_t removed;
	const char *counts; /* ApiCounts */
	int64_t symbols;
	const char *twice; /* a name that two files declare: roll back */
};

MUST_USE enum db_result proto_apply(struct db *db, struct arena *arena,
                                    const struct proto_revision *revision,
                                    const struct publish_options *options,
                                    const struct identity *who,
                                    struct proto_applied *ret);

/* Waits for other writers; what is read after it stays so until the end. */
MUST_USE enum db_result proto_turn(struct db *db);

/* Event and audit; late, since all writers wait from here on. */
MUST_USE enum db_result proto_tell(struct db *db, struct arena *arena,
                                   const struct proto_revision *revision,
                                   size_t breaking, const char *const *services,
                                   size_t service_count,
                                   const struct publish_options *options,
                                   const struct identity *who);

/*
 * What a revision, against the one `before` it, says of services that call its
 * RPCs: facts. Of how many services rules have to look; with `only_rules`
 * nothing else is asked, and without a campaign nothing is done.
 */
MUST_USE enum db_result proto_facts(struct db *db, struct arena *arena,
                                    const struct proto_revision *revision,
                                    int64_t before, bool only_rules,
                                    const struct publish_options *options,
                                    int64_t *ret_follow);
