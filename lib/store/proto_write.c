/* SPDX-License-Identifier: Apache-2.0 */
/* New files and what they declare, as rows of COPY. */
#include "store/proto.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/copy.h"
#include "db/sql.h"
#include "wire/descriptor_symbol.h"

#include <stdlib.h>
#include <string.h>

enum {
	SEND_BYTES = 2 << 20, /* rows that are sent together, about */
	SUMMARY_BYTES = 300,  /* of a comment */
};

struct proto_writer {
	struct db *db;
	struct arena *arena;
	struct arena *sent; /* rows that may still be on their way */
	struct buf blobs;
	struct buf files;
	struct buf symbols;
	struct buf references;
};

static void
clear(struct proto_writer *writer)
{
	struct arena *sent = writer->arena;

	writer->arena = writer->sent;
	writer->sent = sent;
	arena_reset(writer->arena);
	writer->blobs = (struct buf){.arena = writer->arena};
	writer->files = (struct buf){.arena = writer->arena};
	writer->symbols = (struct buf){.arena = writer->arena};
	writer->references = (struct buf){.arena = writer->arena};
}

struct proto_writer *
proto_writer_new(struct db *db)
{
	struct proto_writer *writer = arena_must(calloc(1, sizeof(*writer)));

	writer->db = db;
	writer->arena = arena_new();
	writer->sent = arena_new();
	clear(writer);
	return writer;
}

void
proto_writer_free(struct proto_writer **writer)
{
	if (*writer == NULL)
		return;
	(void)db_copy_finish((*writer)->db);
	arena_free(&(*writer)->arena);
	arena_free(&(*writer)->sent);
	free(*writer);
	*writer = NULL;
}

/* The first paragraph of a comment, of whole characters. */
static const char *
summary_of(struct arena *arena, const char *comment)
{
	if (comment == NULL)
		return NULL;
	comment += strspn(comment, " \t\r\n");
	const char *end = strstr(comment, "\n\n");
	size_t len = end == NULL ? strlen(comment) : (size_t)(end - comment);
	char *text = arena_strndup(arena, comment,
	                           len > SUMMARY_BYTES ? SUMMARY_BYTES : len);

	str_drop_partial(text);
	return *text == '\0' ? NULL : text;
}

/* How many methods, fields or values each symbol has, by its number. */
static unsigned *
count_parts(struct arena *arena, const struct symbols *symbols)
{
	unsigned *parts =
		arena_array(arena, symbols->count + 1, sizeof(*parts));
	size_t owner = 0;

	/* The parts of a symbol follow it at once. */
	for (size_t i = 0; i < symbols->count; i++) {
		const struct symbol *symbol = &symbols->items[i];

		if (symbol->document != NULL)
			owner = i;
		else
			parts[owner]++;
	}
	return parts;
}

static void
add_symbols(struct proto_writer *writer, int64_t id,
            const struct symbols *symbols)
{
	const unsigned *parts = count_parts(writer->arena, symbols);
	struct buf *rows = &writer->symbols;

	for (size_t i = 0; i < symbols->count; i++) {
		const struct symbol *symbol = &symbols->items[i];

		copy_int(rows, id);
		copy_int(rows, (int64_t)i);
		copy_text(rows, symbol_kind_name(symbol->kind));
		copy_text(rows, symbol->full_name);
		copy_text(rows, symbol->name);
		copy_text(rows, symbol->parent);
		if (symbol->line > 0)
			copy_int(rows, symbol->line);
		else
			copy_text(rows, NULL);
		copy_bool(rows, symbol->deprecated);
		copy_int(rows, parts[i]);
		copy_text(rows, summary_of(writer->arena, symbol->comment));
		copy_text(rows, symbol->document);
		copy_end(rows);
	}
	for (size_t i = 0; i < symbols->reference_count; i++) {
		const struct reference *reference = &symbols->references[i];

		rows = &writer->references;
		copy_int(rows, id);
		copy_text(rows, symbol_kind_name(reference->kind));
		copy_text(rows, reference->from);
		copy_text(rows, reference->owner);
		copy_text(rows, reference->to);
		if (reference->line > 0)
			copy_int(rows, reference->line);
		else
			copy_text(rows, NULL);
		copy_end(rows);
	}
}

static void
add_file(struct proto_writer *writer, const struct proto_new *file)
{
	static const enum symbol_kind kinds[] = {
		SYMBOL_SERVICE, SYMBOL_METHOD, SYMBOL_MESSAGE,   SYMBOL_FIELD,
		SYMBOL_ENUM,    SYMBOL_VALUE,  SYMBOL_EXTENSION,
	};
	const struct proto_head *head = file->head;
	struct buf *rows = &writer->files;
	int64_t counts[SYMBOL_KIND_END] = {0};

	for (size_t i = 0; i < file->symbols->count; i++)
		counts[file->symbols->items[i].kind]++;
	copy_int(rows, file->id);
	copy_bytes(rows, file->key, SHA256_BYTES);
	copy_bytes(rows, file->sha256, SHA256_BYTES);
	copy_text(rows, head->path);
	copy_text(rows, head->package);
	copy_text(rows, head->syntax);
	copy_text(rows, db_text_array(writer->arena, head->imports,
	                              head->import_count));
	copy_bool(rows, head->extends);
	copy_bool(rows, head->source_info);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		copy_int(rows, counts[kinds[i]]);
	copy_text(rows, file->symbols->document);
	copy_end(rows);
}

/* Most of it last, for that is taken while the next rows are made. */
static enum db_result
send_all(struct proto_writer *writer)
{
	struct db *db = writer->db;
	enum db_result result =
		db_copy(db, &sql_proto_copy_blob, &writer->blobs);

	if (result == DB_ROW)
		result = db_copy(db, &sql_proto_copy_file, &writer->files);
	if (result == DB_ROW)
		result = db_copy(db, &sql_proto_copy_reference,
		                 &writer->references);
	if (result == DB_ROW)
		result = db_copy(db, &sql_proto_copy_symbol, &writer->symbols);
	clear(writer);
	return result;
}

enum db_result
proto_write(struct proto_writer *writer, const struct proto_new *file)
{
	if (file->bytes != NULL) {
		copy_bytes(&writer->blobs, file->sha256, SHA256_BYTES);
		copy_bytes(&writer->blobs, file->bytes, file->len);
		copy_end(&writer->blobs);
	}
	add_file(writer, file);
	add_symbols(writer, file->id, file->symbols);
	return writer->blobs.len + writer->symbols.len < SEND_BYTES
	               ? db_copy_go_on(writer->db)
	               : send_all(writer);
}

enum db_result
proto_write_end(struct proto_writer *writer)
{
	enum db_result result = send_all(writer);

	return result == DB_ROW ? db_copy_finish(writer->db) : result;
}
