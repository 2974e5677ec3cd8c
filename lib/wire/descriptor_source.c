/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor_source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct source_index {
	struct arena *arena;
	const Proto__Location **sorted; /* by path */
	size_t count;
};

static int
compare_paths(const int32_t *a, size_t a_len, const int32_t *b, size_t b_len)
{
	for (size_t i = 0; i < a_len && i < b_len; i++) {
		if (a[i] != b[i])
			return a[i] < b[i] ? -1 : 1;
	}
	return (a_len > b_len) - (a_len < b_len);
}

static int
compare(const void *a, const void *b)
{
	const Proto__Location *const *left = a;
	const Proto__Location *const *right = b;

	return compare_paths((*left)->path, (*left)->n_path, (*right)->path,
	                     (*right)->n_path);
}

const struct source_index *
source_index(struct arena *arena, const Proto__File *file)
{
	const Proto__SourceInfo *info = file->source_code_info;
	struct source_index *index = arena_alloc(arena, sizeof(*index));

	index->arena = arena;
	if (info == NULL)
		return index;

	/* Messages, fields and so on have pairs of a kind and a number; paths
	 * of odd length are names, types and options, which is the most. */
	index->sorted = arena_array(arena, info->n_location,
	                            sizeof(const Proto__Location *));
	for (size_t i = 0; i < info->n_location; i++) {
		const Proto__Location *location = info->location[i];

		if (location->n_path > 0 &&
		    (location->n_path % 2 == 0 || location->n_path == 1))
			index->sorted[index->count++] = location;
	}
	if (index->count > 1)
		qsort(index->sorted, index->count, sizeof(*index->sorted),
		      compare);
	return index;
}

/* Old files hold Latin-1 where UTF-8 was not asked for. */
static void
add_character(struct buf *out, unsigned char c)
{
	if (c == '\0') {
		buf_adds(out, "\xef\xbf\xbd"); /* U+FFFD */
	} else if (c < 0x80) {
		buf_addc(out, (char)c);
	} else {
		buf_addc(out, (char)(0xc0 | c >> 6));
		buf_addc(out, (char)(0x80 | (c & 0x3f)));
	}
}

static const char *
comment_text(struct arena *arena, ProtobufCBinaryData comment)
{
	struct buf out = {.arena = arena};
	const char *bytes = (const char *)comment.data;
	size_t len = comment.len;

	while (len > 0 && (bytes[len - 1] == '\n' || bytes[len - 1] == ' '))
		len--;
	if (len == 0)
		return NULL;

	bool utf8 = str_is_utf8(bytes, len);
	for (size_t i = 0; i < len; i++) {
		bool begins = i == 0 || bytes[i - 1] == '\n';

		if (begins && bytes[i] == ' ')
			continue;
		if (utf8)
			buf_addc(&out, bytes[i]);
		else
			add_character(&out, comment.data[i]);
	}
	return buf_text(&out);
}

static struct source_note
note_of(struct arena *arena, const Proto__Location *location)
{
	struct source_note note = {0};
	size_t count = location->n_leading_detached_comments;
	const char **detached = arena_array(arena, count, sizeof(*detached));

	/* Three or four numbers: line, column, [last line,] last column. The
	 * last line that can be counted to has no number from 1 on. */
	if (location->n_span >= 3 && location->span[0] >= 0 &&
	    location->span[0] < INT32_MAX)
		note.line = (unsigned)location->span[0] + 1;
	if (location->has_leading_comments)
		note.leading = comment_text(arena, location->leading_comments);
	if (location->has_trailing_comments)
		note.trailing =
			comment_text(arena, location->trailing_comments);
	for (size_t i = 0; i < count; i++) {
		const char *text = comment_text(
			arena, location->leading_detached_comments[i]);

		if (text != NULL)
			detached[note.detached_count++] = text;
	}
	note.detached = detached;
	return note;
}

struct source_note
source_find(const struct source_index *index, const int32_t *path, size_t len)
{
	size_t from = 0;
	size_t to = index->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const Proto__Location *location = index->sorted[middle];
		int order = compare_paths(location->path, location->n_path,
		                          path, len);

		if (order == 0)
			return note_of(index->arena, location);
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return (struct source_note){0};
}
