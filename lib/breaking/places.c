/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/places.h"

#include "base/arena.h"
#include "wire/descriptor.h"
#include "wire/limits.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	INFO_LOCATION = 1,
	LOCATION_PATH = 1,
	LOCATION_SPAN = 2,
	LOCATION_LEADING = 3,
	LOCATION_TRAILING = 4,
	LOCATION_DETACHED = 6,

	PATH_BYTES = 5 * (2 * (LIMIT_DESCRIPTOR_DEPTH + 2) + 8),
};

struct entry {
	uint64_t begin; /* the first bytes of the path, for a fast order */
	const unsigned char *path;
	size_t len;
	struct place place;
};

struct places {
	struct entry *entries; /* by path */
	size_t count;
};

/* --- reading -------------------------------------------------------------- */

/* FNV-1a, over the number of the field and its bytes. */
static uint64_t
digest(uint64_t digest, uint32_t number, struct wire_bytes bytes)
{
	static const uint64_t prime = 0x100000001b3;

	if (digest == 0)
		digest = 0xcbf29ce484222325;
	digest = (digest ^ number) * prime;
	for (size_t i = 0; i < bytes.len; i++)
		digest = (digest ^ bytes.bytes[i]) * prime;
	return digest;
}

/* Line and column are the first two numbers, both from 0. */
static void
read_span(struct wire_bytes span, struct place *place)
{
	struct wire_reader in = wire_reader_of(span);
	struct wire_item line = {.type = WIRE_VARINT};
	struct wire_item column = {.type = WIRE_VARINT};

	if (!wire_read_value(&in, &line) || !wire_read_value(&in, &column) ||
	    line.bits >= INT32_MAX || column.bits >= INT32_MAX)
		return;
	place->line = (unsigned)line.bits + 1;
	place->column = (unsigned)column.bits + 1;
}

static uint64_t
begin_of(const unsigned char *path, size_t len)
{
	uint64_t begin = 0;

	for (size_t i = 0; i < sizeof(begin); i++)
		begin = begin << 8 | (i < len ? path[i] : 0);
	return begin;
}

/* False when it says nothing of where it is. */
static bool
read_location(struct wire_bytes location, struct entry *ret)
{
	struct wire_reader in = wire_reader_of(location);
	struct wire_item item = {0};
	struct entry entry = {0};

	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.type != WIRE_BYTES)
			continue;
		switch (item.number) {
		case LOCATION_PATH:
			entry.path = item.bytes.bytes;
			entry.len = item.bytes.len;
			break;
		case LOCATION_SPAN:
			read_span(item.bytes, &entry.place);
			break;
		case LOCATION_LEADING:
		case LOCATION_TRAILING:
		case LOCATION_DETACHED:
			entry.place.comments = digest(entry.place.comments,
			                              item.number, item.bytes);
			break;
		default:
			break;
		}
	}
	if (entry.path == NULL || entry.place.line == 0)
		return false;
	entry.begin = begin_of(entry.path, entry.len);
	*ret = entry;
	return true;
}

static size_t
count_locations(struct wire_bytes info)
{
	struct wire_reader in = wire_reader_of(info);
	struct wire_item item = {0};
	size_t count = 0;

	while (in.at < in.end && wire_read_item(&in, &item))
		count +=
			item.number == INFO_LOCATION && item.type == WIRE_BYTES;
	return count;
}

static void
read_info(struct arena *arena, struct wire_bytes info, struct places *places)
{
	struct wire_reader in = wire_reader_of(info);
	struct wire_item item = {0};
	size_t more = count_locations(info);

	places->entries =
		arena_grow(arena, places->entries,
	                   places->count * sizeof(*places->entries),
	                   (places->count + more) * sizeof(*places->entries));
	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.number == INFO_LOCATION && item.type == WIRE_BYTES &&
		    read_location(item.bytes, &places->entries[places->count]))
			places->count++;
	}
}

/* --- searching ------------------------------------------------------------ */

static int
compare_paths(const struct entry *a, const struct entry *b)
{
	size_t common = a->len < b->len ? a->len : b->len;

	if (a->begin != b->begin)
		return a->begin < b->begin ? -1 : 1;

	int order = common == 0 ? 0 : memcmp(a->path, b->path, common);
	return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

/* Equal paths stay in the order of the file, which is that of the bytes. */
static int
compare(const void *a, const void *b)
{
	const struct entry *left = a;
	const struct entry *right = b;
	int order = compare_paths(left, right);

	return order != 0 ? order
	                  : (left->path > right->path) -
	                            (left->path < right->path);
}

const struct places *
places_of(struct arena *arena, struct wire_bytes file)
{
	struct places *places = arena_alloc(arena, sizeof(*places));
	struct wire_reader in = wire_reader_of(file);
	struct wire_item item = {0};

	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.number == DESCRIPTOR_SOURCE_INFO &&
		    item.type == WIRE_BYTES)
			read_info(arena, item.bytes, places);
	}
	if (places->count > 1)
		qsort(places->entries, places->count, sizeof(*places->entries),
		      compare);
	return places;
}

struct place
places_find(const struct places *places, const int32_t *path, size_t len)
{
	unsigned char bytes[PATH_BYTES];
	struct entry wanted = {.path = bytes};
	size_t from = 0;
	size_t to = places->count;

	for (size_t i = 0; i < len && wanted.len + 5 <= sizeof(bytes); i++) {
		uint32_t value = (uint32_t)path[i];

		for (; value >= 0x80; value >>= 7)
			bytes[wanted.len++] = (unsigned char)(value | 0x80);
		bytes[wanted.len++] = (unsigned char)value;
	}
	wanted.begin = begin_of(bytes, wanted.len);

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_paths(&places->entries[middle], &wanted) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == places->count ||
	    compare_paths(&places->entries[from], &wanted) != 0)
		return (struct place){0};
	return places->entries[from].place;
}
