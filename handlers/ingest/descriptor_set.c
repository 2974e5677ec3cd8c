/* SPDX-License-Identifier: Apache-2.0 */
/* The files of a descriptor set, and those that it imports from the store. */
#include "descriptor.h"

#include "base/arena.h"
#include "base/spool.h"
#include "base/str.h"
#include "wire/descriptor.h"
#include "wire/descriptor_options.h"
#include "wire/limits.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	FORGET_BYTES = 4 << 20, /* of the body, looked at one after the other */
	ROUNDS_MAX = 100,       /* of imports of imports, from the store */
};

/* --- walking -------------------------------------------------------------- */

static struct set_file *
add_file(struct descriptor_set *set)
{
	if (set->count == set->cap) {
		set->cap = set->cap == 0 ? 256 : 2 * set->cap;
		set->files = arena_grow(set->req->arena, set->files,
		                        set->count * sizeof(*set->files),
		                        set->cap * sizeof(*set->files));
	}
	return &set->files[set->count++];
}

static int
compare_hashes(const void *a, const void *b)
{
	const struct set_file *left = a;
	const struct set_file *right = b;

	return memcmp(left->sha256, right->sha256, SHA256_BYTES);
}

void
set_was_read(struct descriptor_set *set, size_t len)
{
	set->read += len;
	if (set->spool != NULL && set->read > FORGET_BYTES) {
		spool_forget(set->spool);
		set->read = 0;
	}
}

/* The same bytes twice are one file. */
static void
hash_set(struct descriptor_set *set)
{
	struct arena *arena = set->req->arena;
	unsigned char *all = arena_array(arena, set->count + 1, SHA256_BYTES);
	size_t kept = 0;

	qsort(set->files, set->count, sizeof(*set->files), compare_hashes);
	for (size_t i = 0; i < set->count; i++) {
		if (kept > 0 &&
		    compare_hashes(&set->files[kept - 1], &set->files[i]) == 0)
			continue;
		memcpy(all + kept * SHA256_BYTES, set->files[i].sha256,
		       SHA256_BYTES);
		set->files[kept++] = set->files[i];
	}
	set->count = kept;
	hash_sha256(all, kept * SHA256_BYTES, set->sha256);
}

bool
set_walk(struct descriptor_set *set)
{
	struct descriptor_walk walk = {.set = set->body};
	struct fault fault = {0};
	struct wire_bytes bytes;

	for (;;) {
		switch (descriptor_next(&walk, &bytes, &fault)) {
		case DESCRIPTOR_FILE: {
			struct set_file *file = add_file(set);

			*file = (struct set_file){.bytes = bytes};
			hash_sha256(bytes.bytes, bytes.len, file->sha256);
			set_was_read(set, bytes.len);
			continue;
		}
		case DESCRIPTOR_MALFORMED:
			faults_add(&set->req->faults, NULL, 0, 0, fault.code,
			           "%s", fault.detail);
			return false;
		case DESCRIPTOR_END:
			break;
		}
		break;
	}
	if (set->count == 0) {
		faults_add(&set->req->faults, NULL, 0, 0, "empty",
		           "has no file");
		return false;
	}
	hash_set(set);
	return true;
}

void
set_refuse(struct descriptor_set *set, const struct set_file *file,
           const struct fault *fault)
{
	const char *path = file->head.path == NULL ? "a file without name"
	                                           : file->head.path;

	faults_add(&set->req->faults, fault->pointer, fault->line,
	           fault->column, fault->code, "%s: %s", path, fault->detail);
}

/* --- heads ---------------------------------------------------------------- */

/* Paths become keys, lines of lists and parts of addresses. */
static bool
is_path(const char *path)
{
	return *path != '\0' && strlen(path) <= LIMIT_DESCRIPTOR_PATH &&
	       str_is_line(path);
}

/* Editions by the word that a file names them by. */
static const char *
edition_of(struct arena *arena, int32_t edition)
{
	switch (edition) {
	case 998:
		return "proto2";
	case 999:
		return "proto3";
	case 1000:
		return "2023";
	case 1001:
		return "2024";
	default:
		/* One that is newer than this program. */
		return arena_printf(arena, "%" PRId32, edition);
	}
}

static const char *
syntax_of(struct arena *arena, const Proto__File *file)
{
	if (file->has_edition)
		return edition_of(arena, file->edition);
	return str_empty(file->syntax) ? "proto2"
	                               : arena_strdup(arena, file->syntax);
}

/* Comments and lines, which are three quarters of most files, are not read for
 * its head. */
static bool
has_source_info(struct wire_bytes file)
{
	struct wire_reader in = wire_reader_of(file);
	struct wire_item item;

	while (wire_read_item(&in, &item)) {
		if (item.number == DESCRIPTOR_SOURCE_INFO &&
		    item.type == WIRE_BYTES && item.bytes.len > 0)
			return true;
	}
	return false;
}

/* A head out of a decoded file, whose arena is soon reset. */
static bool
copy_head(struct descriptor_set *set, struct wire_bytes bytes,
          const Proto__File *file, struct proto_head *ret, struct fault *fault)
{
	struct arena *arena = set->req->arena;
	const char **imports =
		arena_array(arena, file->n_dependency + 1, sizeof(*imports));

	*ret = (struct proto_head){
		.path = arena_strndup(
			arena, file->name,
			strnlen(file->name, LIMIT_DESCRIPTOR_PATH)),
		.package = str_empty(file->package)
	                           ? ""
	                           : arena_strdup(arena, file->package),
		.syntax = syntax_of(arena, file),
		.imports = imports,
		.import_count = file->n_dependency,
		.extends = options_declared(file),
		.source_info = has_source_info(bytes),
	};
	for (size_t i = 0; i < file->n_dependency; i++)
		imports[i] = arena_strdup(arena, file->dependency[i]);

	bool ok = is_path(file->name) && str_is_line(ret->syntax);
	for (size_t i = 0; i < file->n_dependency; i++)
		ok = ok && is_path(imports[i]);
	if (!ok)
		(void)fault_set(fault, "path",
		                "has a path of its own or of an import that is "
		                "empty, longer than %d bytes or has control "
		                "characters or signs that turn text around",
		                LIMIT_DESCRIPTOR_PATH);
	return ok;
}

static void
read_head(struct descriptor_set *set, struct arena *scratch,
          struct set_file *file)
{
	struct fault fault = {0};
	const Proto__File *decoded = descriptor_read_declarations(
		scratch, scratch, file->bytes, &fault);

	if (decoded == NULL ||
	    !copy_head(set, file->bytes, decoded, &file->head, &fault))
		set_refuse(set, file, &fault);
	set_was_read(set, file->bytes.len);
	arena_reset(scratch);
}

static const char *
bytea(struct arena *arena, const unsigned char hash[SHA256_BYTES])
{
	char hex[SHA256_HEX];

	hash_hex(hash, SHA256_BYTES, hex);
	return arena_printf(arena, "\\x%s", hex);
}

static int
compare_paths(const void *a, const void *b)
{
	const struct set_file *left = a;
	const struct set_file *right = b;

	return strcmp(left->head.path, right->head.path);
}

/* By path; two files of one path are an error, even if they were to agree. */
static void
sort_by_path(struct descriptor_set *set)
{
	qsort(set->files, set->count, sizeof(*set->files), compare_paths);
	for (size_t i = 1; i < set->count; i++) {
		if (compare_paths(&set->files[i - 1], &set->files[i]) == 0)
			faults_add(&set->req->faults, NULL, 0, 0, "duplicate",
			           "%s is there twice with different contents",
			           set->files[i].head.path);
	}
}

enum db_result
set_heads(struct descriptor_set *set)
{
	struct req *req = set->req;
	const char **hashes =
		arena_array(req->arena, set->count + 1, sizeof(*hashes));
	struct proto_stored *stored = NULL;
	size_t stored_count = 0;

	for (size_t i = 0; i < set->count; i++)
		hashes[i] = bytea(req->arena, set->files[i].sha256);
	enum db_result result = proto_heads(req->db, req->arena, hashes,
	                                    set->count, &stored, &stored_count);
	if (result != DB_ROW)
		return result;

	/* Both are in the order of hashes. */
	for (size_t i = 0, k = 0; i < set->count && k < stored_count; i++) {
		if (strcmp(hashes[i] + 2, stored[k].sha256) != 0)
			continue;
		set->files[i].head = stored[k].head;
		set->files[i].read_before = stored[k++].head.path != NULL;
		set->files[i].bytes_stored = true;
	}
	struct arena *scratch = arena_new();
	for (size_t i = 0; i < set->count; i++) {
		if (!set->files[i].read_before)
			read_head(set, scratch, &set->files[i]);
	}
	arena_free(&scratch);
	if (faults_any(&req->faults))
		return DB_NONE;
	sort_by_path(set);
	return faults_any(&req->faults) ? DB_NONE : DB_ROW;
}

/* --- imports that the set lacks ------------------------------------------- */

struct set_file *
set_find(const struct descriptor_set *set, const char *path)
{
	const struct set_file wanted = {.head = {.path = path}};

	return bsearch(&wanted, set->files, set->count, sizeof(*set->files),
	               compare_paths);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Each missing path once. */
static size_t
missing_paths(const struct descriptor_set *set, const char ***ret)
{
	struct arena *arena = set->req->arena;
	const char **paths = NULL;
	size_t count = 0;
	size_t cap = 0;
	size_t kept = 0;

	for (size_t i = 0; i < set->count; i++) {
		const struct proto_head *head = &set->files[i].head;

		for (size_t k = 0; k < head->import_count; k++) {
			if (set_find(set, head->imports[k]) != NULL)
				continue;
			if (count == cap) {
				size_t size = cap * sizeof(*paths);

				cap = cap == 0 ? 64 : 2 * cap;
				paths = arena_grow(arena, paths, size,
				                   cap * sizeof(*paths));
			}
			paths[count++] = head->imports[k];
		}
	}
	if (count > 0)
		qsort(paths, count, sizeof(*paths), compare_texts);
	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || strcmp(paths[kept - 1], paths[i]) != 0)
			paths[kept++] = paths[i];
	}
	*ret = paths;
	return kept;
}

static void
refuse_missing(struct descriptor_set *set, const char *const *paths,
               size_t count, const struct proto_stored *stored,
               size_t stored_count)
{
	/* Both by path. */
	for (size_t i = 0, k = 0; i < count; i++) {
		while (k < stored_count &&
		       strcmp(stored[k].head.path, paths[i]) < 0)
			k++;
		if (k < stored_count &&
		    strcmp(stored[k].head.path, paths[i]) == 0)
			continue;
		faults_add(&set->req->faults, NULL, 0, 0, "missing-import",
		           "%s is imported but neither in the set nor stored; "
		           "make the set with its imports",
		           paths[i]);
	}
}

/* Hexadecimal of our own making. */
static void
hash_of(const char *hex, unsigned char ret[SHA256_BYTES])
{
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		char pair[] = {hex[2 * i], hex[2 * i + 1], '\0'};

		ret[i] = (unsigned char)strtoul(pair, NULL, 16);
	}
}

enum db_result
set_complete(struct descriptor_set *set)
{
	struct req *req = set->req;
	const char **paths;
	size_t count;

	for (int round = 0; (count = missing_paths(set, &paths)) > 0; round++) {
		struct proto_stored *stored = NULL;
		size_t stored_count = 0;
		enum db_result result =
			proto_by_path(req->db, req->arena, set->repository,
		                      paths, count, &stored, &stored_count);

		if (result != DB_ROW)
			return result;
		if (round == ROUNDS_MAX)
			faults_add(&req->faults, NULL, 0, 0, "too-deep",
			           "imports more than %d levels of files that "
			           "it lacks",
			           ROUNDS_MAX);
		else if (stored_count < count)
			refuse_missing(set, paths, count, stored, stored_count);
		if (faults_any(&req->faults))
			return DB_NONE;
		for (size_t i = 0; i < stored_count; i++) {
			struct set_file *file = add_file(set);

			*file = (struct set_file){
				.head = stored[i].head,
				.read_before = true,
				.bytes_stored = true,
				.completed = true,
			};
			hash_of(stored[i].sha256, file->sha256);
		}
		qsort(set->files, set->count, sizeof(*set->files),
		      compare_paths);
	}
	return DB_ROW;
}
