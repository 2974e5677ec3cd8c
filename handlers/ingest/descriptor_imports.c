/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the documents of a file depend on besides the file: the custom options
 * that it can use. Those are declared in files that it imports, directly or
 * through others, and their types in files that these import. All such files
 * are *registered*; the key of a file is a hash over its own hash and those of
 * the registered files that it reaches.
 */
#include "descriptor.h"

#include "base/arena.h"
#include "base/buf.h"
#include "wire/descriptor.h"
#include "wire/descriptor_options.h"
#include "wire/limits.h"

#include <string.h>

enum {
	BITS = 64,
};

/* --- the order ------------------------------------------------------------ */

enum color {
	WHITE, /* not come to */
	GREY,  /* on the way */
	BLACK, /* done */
};

struct visit {
	struct set_file *file;
	size_t next; /* import to go to */
};

struct order {
	struct descriptor_set *set;
	struct set_file **files; /* each after those it imports */
	size_t count;
	char *colors;
	struct visit *way;
};

static bool
refuse_circle(const struct order *order, const struct set_file *from,
              const struct set_file *to)
{
	faults_add(&order->set->req->faults, NULL, 0, 0, "circle",
	           "%s and %s import each other, directly or through others",
	           to->head.path, from->head.path);
	return false;
}

/* From one file on, without recursion: chains of imports may be long. */
static bool
visit(struct order *order, struct set_file *first)
{
	struct descriptor_set *set = order->set;
	size_t depth = 0;

	order->way[depth++] = (struct visit){.file = first};
	while (depth > 0) {
		struct visit *here = &order->way[depth - 1];
		const struct proto_head *head = &here->file->head;

		if (here->next == head->import_count) {
			order->colors[here->file - set->files] = BLACK;
			order->files[order->count++] = here->file;
			depth--;
			continue;
		}
		order->colors[here->file - set->files] = GREY;
		struct set_file *to =
			set_find(set, head->imports[here->next++]);
		switch ((enum color)order->colors[to - set->files]) {
		case WHITE:
			order->way[depth++] = (struct visit){.file = to};
			break;
		case GREY:
			return refuse_circle(order, here->file, to);
		case BLACK:
			break;
		}
	}
	return true;
}

static bool
put_in_order(struct descriptor_set *set, struct order *ret)
{
	struct arena *arena = set->req->arena;

	*ret = (struct order){
		.set = set,
		.files = arena_array(arena, set->count, sizeof(*ret->files)),
		.colors = arena_alloc(arena, set->count),
		.way = arena_array(arena, set->count, sizeof(*ret->way)),
	};
	for (size_t i = 0; i < set->count; i++) {
		if (ret->colors[i] == WHITE && !visit(ret, &set->files[i]))
			return false;
	}
	return true;
}

/* --- registering ---------------------------------------------------------- */

/* Who is registered hands it on to its imports. Options of options are not
 * shown, so descriptor.proto itself is none of them. */
static size_t
register_files(const struct order *order)
{
	static const char descriptor_proto[] =
		"google/protobuf/descriptor.proto";
	size_t count = 0;

	for (size_t i = order->count; i-- > 0;) {
		struct set_file *file = order->files[i];

		file->registered |= file->head.extends;
		count += file->registered;
		for (size_t k = 0;
		     file->registered && k < file->head.import_count; k++) {
			const char *path = file->head.imports[k];

			if (strcmp(path, descriptor_proto) != 0)
				set_find(order->set, path)->registered = true;
		}
	}
	return count;
}

enum db_result
set_bytes(struct descriptor_set *set, struct arena *arena,
          const struct set_file *file, struct wire_bytes *ret)
{
	const void *bytes = NULL;
	size_t len = 0;
	char hex[SHA256_HEX];

	if (!file->completed) {
		*ret = file->bytes;
		return DB_ROW;
	}
	hash_hex(file->sha256, SHA256_BYTES, hex);
	enum db_result result =
		proto_bytes(set->req->db, arena,
	                    arena_printf(arena, "\\x%s", hex), &bytes, &len);
	*ret = (struct wire_bytes){.bytes = bytes, .len = len};
	return result;
}

static enum db_result
add_options(struct descriptor_set *set, const struct set_file *file)
{
	struct fault fault = {0};
	struct wire_bytes bytes;
	enum db_result result = set_bytes(set, set->keep, file, &bytes);

	if (result != DB_ROW)
		return result;
	const Proto__File *decoded = descriptor_read(set->keep, bytes, &fault);
	if (decoded != NULL &&
	    arena_used(set->keep) > LIMIT_DESCRIPTOR_OPTION_MEMORY)
		(void)fault_set(&fault, "too-large",
		                "is too large together with the other files "
		                "that declare custom options");
	if (fault.code != NULL) {
		set_refuse(set, file, &fault);
		return DB_NONE;
	}
	options_add(set->options, decoded);
	return DB_ROW;
}

static enum db_result
read_options(struct descriptor_set *set, const struct order *order)
{
	enum db_result result = DB_ROW;

	set->options = options_new(set->keep);
	for (size_t i = 0; i < order->count && result == DB_ROW; i++) {
		if (order->files[i]->registered)
			result = add_options(set, order->files[i]);
	}
	return result;
}

/* --- keys ----------------------------------------------------------------- */

static void
find_needs(const struct order *order, size_t words)
{
	struct descriptor_set *set = order->set;
	uint64_t *bits = arena_array(set->req->arena, set->count * words + 1,
	                             sizeof(*bits));

	for (size_t i = 0; i < order->count; i++) {
		struct set_file *file = order->files[i];

		file->needs = bits + i * words;
		for (size_t k = 0; k < file->head.import_count; k++) {
			const struct set_file *to =
				set_find(set, file->head.imports[k]);

			for (size_t w = 0; w < words; w++)
				file->needs[w] |= to->needs[w];
		}
		if (file->registered)
			file->needs[file->number / BITS] |=
				UINT64_C(1) << (file->number % BITS);
	}
}

static void
make_key(struct set_file *file, const unsigned char *registered, size_t count,
         struct buf *scratch)
{
	scratch->len = 0;
	buf_add(scratch, file->sha256, SHA256_BYTES);
	for (size_t i = 0; i < count; i++) {
		if ((file->needs[i / BITS] >> (i % BITS) & 1) != 0)
			buf_add(scratch, registered + i * SHA256_BYTES,
			        SHA256_BYTES);
	}
	hash_sha256(scratch->data, scratch->len, file->key);
}

/* Registered files are numbered by path, so that a key does not change when a
 * file comes to the set that has nothing to do with it. */
static void
make_keys(const struct order *order, size_t count)
{
	struct descriptor_set *set = order->set;
	unsigned char *hashes =
		arena_array(set->req->arena, count + 1, SHA256_BYTES);
	struct buf scratch = {.arena = set->req->arena};
	size_t number = 0;

	for (size_t i = 0; i < set->count; i++) {
		if (!set->files[i].registered)
			continue;
		memcpy(hashes + number * SHA256_BYTES, set->files[i].sha256,
		       SHA256_BYTES);
		set->files[i].number = number++;
	}
	find_needs(order, count / BITS + 1);
	for (size_t i = 0; i < set->count; i++)
		make_key(&set->files[i], hashes, count, &scratch);
}

enum db_result
set_keys(struct descriptor_set *set)
{
	struct order order;

	if (!put_in_order(set, &order))
		return DB_NONE;
	size_t count = register_files(&order);
	if (count > LIMIT_DESCRIPTOR_OPTION_FILES) {
		faults_add(&set->req->faults, NULL, 0, 0, "too-many",
		           "needs more than %d files for its custom options",
		           LIMIT_DESCRIPTOR_OPTION_FILES);
		return DB_NONE;
	}
	make_keys(&order, count);
	return read_options(set, &order);
}
