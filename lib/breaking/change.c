/* SPDX-License-Identifier: Apache-2.0 */
/* Symbols that came, went or differ. */
#include "base/arena.h"
#include "base/str.h"
#include "breaking/comparison.h"

#include <string.h>

/* --- what differs --------------------------------------------------------- */

struct difference
difference_new(struct comparison *comparison)
{
	return (struct difference){
		.before = {.arena = comparison->scratch},
		.after = {.arena = comparison->scratch},
	};
}

static void
add_piece(struct buf *out, const char *what, const char *text)
{
	if (text == NULL)
		return;
	if (out->len > 0)
		buf_adds(out, ", ");
	buf_adds(out, what);
	if (*text != '\0')
		buf_printf(out, " %s", text);
}

void
difference_add(struct difference *difference, const char *what,
               const char *before, const char *after)
{
	if (before == NULL || after == NULL ? before == after
	                                    : strcmp(before, after) == 0)
		return;
	add_piece(&difference->before, what, before);
	add_piece(&difference->after, what, after);
}

void
difference_add_flag(struct difference *difference, const char *what,
                    bool before, bool after)
{
	difference_add(difference, what, before ? "" : NULL, after ? "" : NULL);
}

static size_t
unknown_count(const ProtobufCMessage *message)
{
	return message == NULL ? 0 : message->n_unknown_fields;
}

static bool
same_options(const ProtobufCMessage *before, const ProtobufCMessage *after)
{
	if (unknown_count(before) != unknown_count(after))
		return false;
	for (size_t i = 0; i < unknown_count(before); i++) {
		const ProtobufCMessageUnknownField *left =
			&before->unknown_fields[i];
		const ProtobufCMessageUnknownField *right =
			&after->unknown_fields[i];

		if (left->tag != right->tag || left->len != right->len ||
		    (left->len > 0 &&
		     memcmp(left->data, right->data, left->len) != 0))
			return false;
	}
	return true;
}

void
difference_add_options(struct difference *difference,
                       const ProtobufCMessage *before,
                       const ProtobufCMessage *after)
{
	if (same_options(before, after))
		return;
	if (unknown_count(before) > 0)
		add_piece(&difference->before, "custom options", "");
	if (unknown_count(after) > 0)
		add_piece(&difference->after,
		          unknown_count(before) > 0 ? "other custom options"
		                                    : "custom options",
		          "");
}

/* --- the list ------------------------------------------------------------- */

enum {
	CHUNK_CHANGES = 500,
};

/* There may be hundreds of thousands: an array that grows would leave as much
 * memory behind as it takes in the end. */
struct change_chunk {
	struct change_chunk *older;
	size_t count;
	struct breaking_change items[CHUNK_CHANGES];
};

static struct breaking_change *
add_change(struct comparison *comparison)
{
	struct change_chunk *chunk = comparison->changes;

	if (chunk == NULL || chunk->count == CHUNK_CHANGES) {
		chunk = arena_alloc(comparison->work, sizeof(*chunk));
		chunk->older = comparison->changes;
		comparison->changes = chunk;
	}
	comparison->result->change_count++;
	return &chunk->items[chunk->count++];
}

void
change_finish(struct comparison *comparison)
{
	struct breaking_result *result = comparison->result;
	size_t at = result->change_count;

	result->changes =
		arena_array(comparison->arena, at, sizeof(*result->changes));
	for (struct change_chunk *c = comparison->changes; c != NULL;
	     c = c->older) {
		at -= c->count;
		memcpy(result->changes + at, c->items,
		       c->count * sizeof(*c->items));
	}
}

/* Of a file of the pair at hand; of others nothing is known. */
static struct place
place_of(struct comparison *comparison, const struct spot *spot)
{
	struct file_pair *pair = &comparison->pair;
	bool is_before = spot->file == pair->before;
	const struct places **places =
		is_before ? &pair->before_places : &pair->after_places;

	if (!is_before && spot->file != pair->after)
		return (struct place){0};
	if (*places == NULL)
		*places = places_of(comparison->scratch, spot->file->bytes);
	return places_find(*places, spot->path, spot->len);
}

/* NULL when there is to be no more. */
static struct breaking_change *
make_change(struct comparison *comparison, enum breaking_how how,
            enum symbol_kind kind, const struct spot *spot, const char *scope,
            const char *name)
{
	struct breaking_change *made;

	if (!comparison->failed)
		comparison->failed = !memory_left(&comparison->memory, NULL,
		                                  comparison->fault);
	if (comparison->failed)
		return NULL;
	made = add_change(comparison);
	*made = (struct breaking_change){
		.how = how,
		.kind = kind,
		.full_name = side_join(comparison->arena, scope, name),
		.package = spot->file->package,
		.path = spot->file->path,
		.line = place_of(comparison, spot).line,
	};
	return made;
}

void
change_add(struct comparison *comparison, enum breaking_how how,
           enum symbol_kind kind, const struct spot *spot, const char *scope,
           const char *name)
{
	(void)make_change(comparison, how, kind, spot, scope, name);
}

static const char *
text_or_null(struct arena *arena, const struct buf *buf)
{
	return buf->len == 0 ? NULL : arena_strdup(arena, buf->data);
}

void
change_compare(struct comparison *comparison, enum symbol_kind kind,
               const struct spot *before, const struct spot *after,
               const char *scope, const char *name,
               const struct difference *difference)
{
	struct breaking_change *made;
	bool differs = difference->before.len > 0 || difference->after.len > 0;
	bool moved = before->file != comparison->pair.before ||
	             after->file != comparison->pair.after;

	if (comparison->failed)
		return;
	if (!differs && (moved || place_of(comparison, before).comments ==
	                                  place_of(comparison, after).comments))
		return;
	made = make_change(comparison, BREAKING_CHANGED, kind, after, scope,
	                   name);
	if (made == NULL)
		return;
	made->only_comment = !differs;
	made->before = text_or_null(comparison->arena, &difference->before);
	made->after = text_or_null(comparison->arena, &difference->after);
}
