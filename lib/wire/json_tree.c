/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/json_tree.h"

#include "base/arena.h"
#include "base/fault.h"
#include "wire/json_in.h"

#include <assert.h>
#include <string.h>

/* Walks a text that jansson took, so only its shape is looked at. */
struct walk {
	const char *bytes;
	size_t len;
	size_t at;
	size_t placed; /* `place` is that of this byte */
	struct place place;
	struct tree *tree;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
skip_blanks(struct walk *w)
{
	while (w->at < w->len && is_blank(w->bytes[w->at]))
		w->at++;
}

/* Past blanks and one sign. */
static void
skip_sign(struct walk *w)
{
	skip_blanks(w);
	w->at += w->at < w->len;
}

static void
skip_string(struct walk *w)
{
	w->at++;
	while (w->at < w->len && w->bytes[w->at] != '"')
		w->at += w->bytes[w->at] == '\\' ? 2 : 1;
	w->at++;
}

static void
skip_scalar(struct walk *w)
{
	if (w->at < w->len && w->bytes[w->at] == '"') {
		skip_string(w);
		return;
	}
	while (w->at < w->len && !is_blank(w->bytes[w->at]) &&
	       memchr(",]}", w->bytes[w->at], 3) == NULL)
		w->at++;
}

static struct place
here(struct walk *w)
{
	skip_blanks(w);
	place_move(&w->place, w->bytes + w->placed, w->at - w->placed);
	w->placed = w->at;
	return w->place;
}

static void walk_value(struct walk *w, json_t *value);

/* jansson keeps the members of an object in the order of the text. */
static void
walk_object(struct walk *w, json_t *object)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		struct spot spot;

		skip_sign(w); /* { or , */
		spot.key = here(w);
		skip_string(w);
		skip_sign(w); /* : */
		spot.value = here(w);
		tree_mark(w->tree, object, key, 0, spot);
		walk_value(w, value);
	}
	if (json_object_size(object) == 0)
		skip_sign(w);
	skip_sign(w);
}

static void
walk_value(struct walk *w, json_t *value)
{
	size_t i;
	json_t *item;

	skip_blanks(w);
	if (json_is_object(value)) {
		walk_object(w, value);
		return;
	}
	if (!json_is_array(value)) {
		skip_scalar(w);
		return;
	}
	json_array_foreach(value, i, item)
	{
		skip_sign(w); /* [ or , */
		struct place place = here(w);
		tree_mark(w->tree, value, NULL, i, (struct spot){place, place});
		walk_value(w, item);
	}
	if (json_array_size(value) == 0)
		skip_sign(w);
	skip_sign(w);
}

enum tree_result
json_tree_read(const char *bytes, const struct extent *extent,
               const char *pointer, struct faults *faults, struct tree *ret)
{
	struct walk w = {
		.bytes = bytes + extent->from,
		.len = extent->to - extent->from,
		.place = extent->start,
		.tree = ret,
	};
	bool malformed = false;

	tree_clear(ret);
	ret->root = json_load_at(w.bytes, w.len, extent->start, pointer, faults,
	                         &malformed);
	if (ret->root == NULL)
		return malformed ? TREE_MALFORMED : TREE_REFUSED;

	struct place place = here(&w);
	tree_mark(ret, NULL, NULL, 0, (struct spot){place, place});
	walk_value(&w, ret->root);
	return TREE_READ;
}

/* Where the item that begins at `w->at` ends: at a comma or bracket of the
 * array around it. */
static void
skip_item(struct walk *w)
{
	size_t depth = 0;

	while (w->at < w->len) {
		char c = w->bytes[w->at];

		if (c == '"') {
			skip_string(w);
			continue;
		}
		if (depth == 0 && (c == ',' || c == ']'))
			break;
		if (c == '[' || c == '{')
			depth++;
		else if ((c == ']' || c == '}') && depth > 0)
			depth--;
		w->at++;
	}
	if (w->at > w->len)
		w->at = w->len;
}

static enum tree_result
malformed(struct json_items *items, struct walk *w, struct faults *faults,
          const char *detail)
{
	struct place place = here(w);

	items->ended = true;
	items->item = (struct extent){w->at, w->len, place};
	faults_add(faults, NULL, place.line, place.column, "syntax", "%s",
	           detail);
	return TREE_MALFORMED;
}

/* What follows the array: nothing but blanks. */
static enum tree_result
finish(struct json_items *items, struct walk *w, struct faults *faults)
{
	w->at++;
	skip_blanks(w);
	items->ended = true;
	if (w->at < w->len)
		return malformed(items, w, faults,
		                 "something follows the end of the list");
	return TREE_END;
}

enum tree_result
json_items_next(struct json_items *items, struct faults *faults)
{
	struct walk w = {
		.bytes = items->bytes,
		.len = items->len,
		.at = items->item.to,
		.placed = items->item.from,
		.place =
			items->begun ? items->item.start : (struct place){1, 1},
	};
	bool first = !items->begun;

	if (items->ended)
		return TREE_END;
	skip_blanks(&w);
	items->begun = true;
	if (w.at == w.len || (first && w.bytes[w.at] != '['))
		return malformed(items, &w, faults,
		                 first ? "must be a list of specs: [ … ]"
		                       : "the list is not closed");
	if (!first && w.bytes[w.at] == ']')
		return finish(items, &w, faults);

	skip_sign(&w); /* [ or , */
	skip_blanks(&w);
	if (first && w.at < w.len && w.bytes[w.at] == ']')
		return finish(items, &w, faults);
	items->item.start = here(&w);
	items->item.from = w.at;
	skip_item(&w);
	if (w.at == items->item.from)
		return malformed(items, &w, faults,
		                 "an item of the list is missing here");
	while (is_blank(w.bytes[w.at - 1]))
		w.at--;
	items->item.to = w.at;
	return TREE_READ;
}
