/* SPDX-License-Identifier: Apache-2.0 */
/* JSON bodies: what is read reads the same in each way of reading, and what a
 * table of fields takes is as the table says. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/str.h"
#include "wire/field.h"
#include "wire/json_in.h"
#include "wire/json_out.h"
#include "wire/json_scan.h"
#include "wire/json_tree.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

enum {
	TEXT_MAX = 20,
	COUNT_MIN = -3,
	COUNT_MAX = 9,
	ITEMS_MAX = 4,
};

struct body {
	const char *name;
	const char *kind;
	int64_t count;
	bool yes;
	struct texts words;
	struct texts names;
	json_t *rest;
};

static const char kinds[] = "personal ci";

static const struct field fields[] = {
	FIELD(TEXT, struct body, name, "name", .required = true, .min = 1,
              .max = TEXT_MAX),
	FIELD(TEXT, struct body, kind, "kind", .words = kinds),
	FIELD(INT, struct body, count, "count", .min = COUNT_MIN,
              .max = COUNT_MAX),
	FIELD(BOOL, struct body, yes, "yes"),
	FIELD(TEXTS, struct body, words, "words", .min = 1, .max = ITEMS_MAX,
              .words = kinds),
	FIELD(TEXTS, struct body, names, "names"),
	FIELD(JSON, struct body, rest, "rest"),
	FIELD_END,
};

static void
check_body(const struct body *body)
{
	fuzz_check_text(body->name);
	HOLDS(str_chars(body->name) >= 1 && str_chars(body->name) <= TEXT_MAX);
	HOLDS(body->kind == NULL || str_has_word(kinds, body->kind));
	HOLDS(body->count >= COUNT_MIN && body->count <= COUNT_MAX);
	HOLDS(body->words.count <= ITEMS_MAX);
	for (size_t i = 0; i < body->words.count; i++)
		HOLDS(str_has_word(kinds, body->words.items[i]));
	for (size_t i = 0; i < body->names.count; i++) {
		fuzz_check_text(body->names.items[i]);
		HOLDS(str_chars(body->names.items[i]) <= FIELD_ITEM_MAX);
		for (size_t j = 0; j < i; j++)
			HOLDS(strcmp(body->names.items[i],
			             body->names.items[j]) != 0);
	}
}

static void
check_fields(const json_t *value, bool open, struct arena *arena)
{
	struct faults faults = {.arena = arena};
	struct body body = {0};
	bool good =
		fields_read(value, fields, open, "#", arena, &faults, &body);

	HOLDS(good == !faults_any(&faults));
	fuzz_check_faults(&faults, "", 0);
	if (good)
		check_body(&body);
}

/* Texts and keys, written by json_out, are what they were. */
static void
check_texts(const json_t *value, struct arena *arena)
{
	union {
		const json_t *given;
		json_t *asked; /* by jansson, to change nothing */
	} it = {.given = value};
	const char *key;
	json_t *inner;
	size_t i;

	json_object_foreach(it.asked, key, inner)
	{
		struct buf buf = {.arena = arena};
		struct json_out out = {.buf = &buf};

		json_open(&out, '{');
		json_pair_text(&out, key, json_string_value(inner));
		json_close(&out, '}');
		json_t *again = json_loadb(buf.data, buf.len, 0, NULL);
		HOLDS(again != NULL && json_object_size(again) == 1);
		json_t *text = json_object_get(again, key);
		HOLDS(text != NULL);
		HOLDS(json_is_string(inner) ? json_equal(text, inner)
		                            : json_is_null(text));
		json_decref(again);
		check_texts(inner, arena);
	}
	json_array_foreach(value, i, inner)
	{
		check_texts(inner, arena);
	}
}

static void
check_tree(const json_t *value, const char *text, size_t len,
           struct arena *arena)
{
	const struct extent extent = {0, len, {1, 1}};
	struct faults faults = {.arena = arena};
	struct tree tree = {0};

	HOLDS(json_tree_read(text, &extent, "#", &faults, &tree) == TREE_READ);
	HOLDS(json_equal(tree.root, value));
	HOLDS(tree_spot(&tree, NULL, NULL, 0).value.line >= 1);
	tree_fini(&tree);
}

/* Steps through the items of an array; `value` is NULL for what is none. */
static void
check_items(const json_t *value, const char *text, size_t len,
            struct arena *arena)
{
	struct json_items items = {.bytes = text, .len = len};
	struct faults faults = {.arena = arena};
	struct tree tree = {0};
	enum tree_result result;
	size_t count = 0;
	size_t end = 0;

	while ((result = json_items_next(&items, &faults)) == TREE_READ) {
		HOLDS(items.item.from >= end);
		HOLDS(items.item.from < items.item.to && items.item.to <= len);
		end = items.item.to;

		enum tree_result read =
			json_tree_read(text, &items.item, "#", &faults, &tree);
		if (value != NULL) {
			HOLDS(read == TREE_READ);
			HOLDS(json_equal(tree.root,
			                 json_array_get(value, count)));
		}
		count++;
	}
	HOLDS(value == NULL ||
	      (result == TREE_END && count == json_array_size(value)));
	HOLDS(result == TREE_END || faults_any(&faults));
	HOLDS(items.item.from <= items.item.to && items.item.to <= len);
	fuzz_check_faults(&faults, text, len);
	tree_fini(&tree);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	const char *text = (const char *)bytes;
	struct faults faults = {.arena = arena};
	size_t at;

	json_t *value = json_read(text, len, arena, &faults);
	fuzz_check_faults(&faults, bytes, len);
	HOLDS(faults.total == (value == NULL));
	check_items(json_is_array(value) ? value : NULL, text, len, arena);
	if (value == NULL)
		return;

	HOLDS(json_scan(text, len, &at) == JSON_BREACH_NONE);
	check_tree(value, text, len, arena);
	check_fields(value, FIELDS_OPEN, arena);
	check_fields(value, FIELDS_CLOSED, arena);
	check_texts(value, arena);
}
