/* SPDX-License-Identifier: Apache-2.0 */
/* Reads what new files declare, and writes it. */
#include "descriptor.h"

#include "base/arena.h"
#include "wire/descriptor.h"
#include "wire/descriptor_symbol.h"

#include <stdlib.h>
#include <string.h>

static const char *
bytea(struct arena *arena, const unsigned char hash[SHA256_BYTES])
{
	char hex[SHA256_HEX];

	hash_hex(hash, SHA256_BYTES, hex);
	return arena_printf(arena, "\\x%s", hex);
}

struct keyed {
	const char *key;
	struct set_file *file;
};

static int
compare_keyed(const void *a, const void *b)
{
	const struct keyed *left = a;
	const struct keyed *right = b;

	return strcmp(left->key, right->key);
}

/* Files that are stored get their ids. */
static enum db_result
find_ids(struct descriptor_set *set)
{
	struct req *req = set->req;
	struct keyed *keyed =
		arena_array(req->arena, set->count, sizeof(*keyed));
	const char **keys = arena_array(req->arena, set->count, sizeof(*keys));
	struct rows rows = {0};

	for (size_t i = 0; i < set->count; i++)
		keyed[i] = (struct keyed){
			.key = bytea(req->arena, set->files[i].key),
			.file = &set->files[i],
		};
	qsort(keyed, set->count, sizeof(*keyed), compare_keyed);
	for (size_t i = 0; i < set->count; i++)
		keys[i] = keyed[i].key;
	enum db_result result =
		proto_ids(req->db, req->arena, keys, set->count, &rows);
	if (result != DB_ROW && result != DB_NONE)
		return result;

	/* Both in the order of keys. */
	int row = 0;
	for (size_t i = 0; i < set->count && row < rows.count; i++) {
		if (strcmp(keyed[i].key + 2, rows_text(&rows, row, 0)) == 0)
			keyed[i].file->id = rows_int(&rows, row++, 1);
	}
	return DB_ROW;
}

static enum db_result
write_file(struct descriptor_set *set, struct arena *scratch,
           struct proto_writer *writer, const struct set_file *file)
{
	struct fault fault = {0};
	struct symbols symbols;
	struct wire_bytes bytes;
	enum db_result result = set_bytes(set, scratch, file, &bytes);

	if (result != DB_ROW)
		return result;
	const Proto__File *decoded = descriptor_read(scratch, bytes, &fault);
	if (decoded == NULL ||
	    !symbols_read(scratch, decoded, set->options, &symbols, &fault)) {
		set_refuse(set, file, &fault);
		return DB_ROW; /* there may be more */
	}
	if (faults_any(&set->req->faults))
		return DB_ROW; /* it is not going to be kept */

	struct proto_new made = {
		.id = file->id,
		.head = &file->head,
		.bytes = file->bytes_stored ? NULL : bytes.bytes,
		.len = bytes.len,
		.symbols = &symbols,
	};
	memcpy(made.key, file->key, SHA256_BYTES);
	memcpy(made.sha256, file->sha256, SHA256_BYTES);
	return proto_write(writer, &made);
}

enum db_result
set_write(struct descriptor_set *set)
{
	struct arena *scratch = arena_new();
	struct proto_writer *writer = proto_writer_new(set->req->db);
	size_t count = 0;
	int64_t id = 0;
	enum db_result result = find_ids(set);

	for (size_t i = 0; i < set->count; i++)
		count += set->files[i].id == 0;
	if (result == DB_ROW && count > 0)
		result = proto_reserve(set->req->db, set->req->arena, count,
		                       &id);
	for (size_t i = 0; i < set->count && result == DB_ROW; i++) {
		if (set->files[i].id != 0)
			continue;
		set->files[i].id = id++;
		result = write_file(set, scratch, writer, &set->files[i]);
		arena_reset(scratch);
		set_was_read(set, set->files[i].bytes.len);
	}
	if (result == DB_ROW && !faults_any(&set->req->faults))
		result = proto_write_end(writer);
	proto_writer_free(&writer);
	arena_free(&scratch);
	return result == DB_ROW && faults_any(&set->req->faults) ? DB_NONE
	                                                         : result;
}
