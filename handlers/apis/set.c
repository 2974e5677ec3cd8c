/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The descriptor set of a revision again, or the part of it that a symbol
 * needs. Each file comes after those it imports, since many readers want it so,
 * and the set is sent file by file, since it may be larger than a process
 * should hold.
 */
#include "apis.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "store/proto.h"
#include "wire/protobuf_wire.h"

#include <stdlib.h>
#include <string.h>

enum {
	ETAG_CHARS = 32, /* of the hash */
};

struct set_query {
	struct query_int revision;
	const char *symbol;
};

struct visit {
	size_t file;
	size_t next;
};

struct set {
	struct api_set_file *files; /* by path */
	size_t count;
	size_t *order; /* numbers of files */
	size_t ordered;
	char *seen;
	struct visit *way;
};

static int
compare_paths(const void *a, const void *b)
{
	const struct api_set_file *left = a;
	const struct api_set_file *right = b;

	return strcmp(left->path, right->path);
}

/* The number of a file; `count` when there is none. */
static size_t
file_number(const struct set *set, const char *path)
{
	const struct api_set_file wanted = {.path = path};
	const struct api_set_file *file =
		bsearch(&wanted, set->files, set->count, sizeof(*set->files),
	                compare_paths);

	return file == NULL ? set->count : (size_t)(file - set->files);
}

/* Puts a file and what it imports in order, without recursion. */
static void
add_file(struct set *set, size_t first)
{
	size_t depth = 0;

	if (first == set->count || set->seen[first])
		return;
	set->seen[first] = true;
	set->way[depth++] = (struct visit){.file = first};
	while (depth > 0) {
		struct visit *here = &set->way[depth - 1];
		const struct api_set_file *file = &set->files[here->file];

		if (here->next == file->import_count) {
			set->order[set->ordered++] = here->file;
			depth--;
			continue;
		}
		size_t to = file_number(set, file->imports[here->next++]);
		if (to == set->count || set->seen[to])
			continue;
		set->seen[to] = true;
		set->way[depth++] = (struct visit){.file = to};
	}
}

static enum db_result
read_set(struct req *req, const struct api_revision *at, struct set *ret)
{
	*ret = (struct set){0};
	enum db_result result = api_set_files(req->db, req->arena, at,
	                                      &ret->files, &ret->count);
	if (result != DB_ROW)
		return result;
	ret->order = arena_array(req->arena, ret->count, sizeof(*ret->order));
	ret->seen = arena_alloc(req->arena, ret->count);
	ret->way = arena_array(req->arena, ret->count, sizeof(*ret->way));
	return DB_ROW;
}

static size_t
set_length(const struct set *set)
{
	size_t length = 0;

	for (size_t i = 0; i < set->ordered; i++) {
		size_t bytes = (size_t)set->files[set->order[i]].length;

		length += 1 + wire_varint_len(bytes) + bytes;
	}
	return length;
}

/* Field 1 of the set: the file. */
static bool
send_file(struct req *req, struct arena *scratch,
          const struct api_set_file *file)
{
	struct buf head = {.arena = scratch};
	const void *bytes = NULL;
	size_t len = 0;

	if (proto_bytes(req->db, scratch,
	                arena_printf(scratch, "\\x%s", file->sha256), &bytes,
	                &len) != DB_ROW ||
	    len != (size_t)file->length)
		return false;
	buf_addc(&head, 1 << 3 | WIRE_BYTES);
	wire_add_varint(&head, len);
	reply_piece(req, head.data, head.len);
	reply_piece(req, bytes, len);
	return true;
}

static enum http_status
send_set(struct req *req, const struct api_revision *at, const struct set *set,
         const char *symbol)
{
	char tag[SHA256_HEX];
	const char *whole = arena_printf(req->arena, "%s %s", at->hash,
	                                 symbol == NULL ? "" : symbol);
	struct arena *scratch = arena_new();
	bool ok = true;

	hash_sha256_hex(whole, strlen(whole), tag);
	tag[ETAG_CHARS] = '\0';
	reply_header(req, "Content-Disposition",
	             "attachment; filename=\"%s-%lld.binpb\"",
	             req_path(req, "repository"), (long long)at->number);
	enum http_status status = reply_begin(req, "application/x-protobuf",
	                                      tag, set_length(set));
	/* Where a file cannot be had the answer ends too early, which the
	 * length tells. */
	for (size_t i = 0; ok && status == HTTP_OK && i < set->ordered; i++) {
		ok = send_file(req, scratch, &set->files[set->order[i]]);
		arena_reset(scratch);
	}
	arena_free(&scratch);
	return status;
}

enum http_status
get_descriptor_set(struct req *req)
{
	static const struct query_field fields[] = {
		QUERY_REVISION(struct set_query, revision),
		QUERY(TEXT, struct set_query, symbol, "symbol", .min = 1,
	              .max = 500),
		QUERY_END,
	};
	struct set_query query = {0};
	struct api_revision at;
	struct api_symbol symbol;
	struct set set;
	enum http_status answered;

	if (!query_read(req, fields, &query))
		return problem_query(req);
	if (!revision_read(req, &query.revision, &at, &answered))
		return answered;
	enum db_result result = read_set(req, &at, &set);
	if (result == DB_ROW && query.symbol != NULL)
		result = api_symbol_find(req->db, req->arena, &at, query.symbol,
		                         &symbol);
	if (result == DB_NONE)
		return problem_symbol(req, &at, query.symbol);
	if (result != DB_ROW)
		return problem_db(req, result, "descriptor set");
	if (query.symbol != NULL)
		add_file(&set, file_number(&set, symbol.path));
	else
		for (size_t i = 0; i < set.count; i++)
			add_file(&set, i);
	return send_set(req, &at, &set, query.symbol);
}
