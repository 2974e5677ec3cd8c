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

static struct breaking_change *
add_change(struct comparison *comparison)
{
	struct breaking_result *result = comparison->result;
	size_t count = result->change_count;
	size_t size = sizeof(*result->changes);

	if (count == comparison->change_cap) {
		comparison->change_cap = count == 0 ? 256 : 2 * count;
		result->changes =
			arena_grow(comparison->arena, result->changes,
		                   count * size, comparison->change_cap * size);
	}
	comparison->failed |= !side_may_hold(
		comparison->arena, comparison->work, comparison->fault);
	return &result->changes[result->change_count++];
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

void
change_add(struct comparison *comparison, enum breaking_how how,
           enum symbol_kind kind, const struct spot *spot, const char *scope,
           const char *name)
{
	if (comparison->failed)
		return;

	struct place place = place_of(comparison, spot);
	*add_change(comparison) = (struct breaking_change){
		.how = how,
		.kind = kind,
		.full_name = join_name(comparison->arena, scope, name),
		.package = spot->file->package,
		.path = spot->file->path,
		.line = place.line,
	};
}

void
change_compare(struct comparison *comparison, enum symbol_kind kind,
               const struct spot *before, const struct spot *after,
               const char *scope, const char *name,
               const struct difference *difference)
{
	struct arena *arena = comparison->arena;
	bool differs = difference->before.len > 0 || difference->after.len > 0;
	bool moved = before->file != comparison->pair.before ||
	             after->file != comparison->pair.after;

	if (comparison->failed)
		return;
	if (!differs && (moved || place_of(comparison, before).comments ==
	                                  place_of(comparison, after).comments))
		return;
	change_add(comparison, BREAKING_CHANGED, kind, after, scope, name);
	if (comparison->failed)
		return;

	struct breaking_change *made =
		&comparison->result
			 ->changes[comparison->result->change_count - 1];
	made->only_comment = !differs;
	if (difference->before.len > 0)
		made->before = arena_strdup(arena, difference->before.data);
	if (difference->after.len > 0)
		made->after = arena_strdup(arena, difference->after.data);
}
