/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/yaml_build.h"

#include "base/arena.h"
#include "base/fault.h"
#include "wire/yaml_scalar.h"

#include <string.h>

void
build_init(struct build *build)
{
	*build = (struct build){.arena = arena_new()};
}

void
build_fini(struct build *build)
{
	json_decref(build->anchor_names);
	build->anchor_names = NULL;
	arena_free(&build->arena);
}

void
build_start(struct build *build, struct tree *tree, const char *pointer,
            struct faults *faults)
{
	struct arena *arena = build->arena;

	json_decref(build->anchor_names);
	arena_reset(arena);
	tree_clear(tree);
	*build = (struct build){
		.tree = tree,
		.faults = faults,
		.pointer = pointer,
		.arena = arena,
	};
}

/* --- faults --------------------------------------------------------------- */

/* The pointer of the value that comes next. */
static const char *
pointer_here(struct build *build)
{
	const char *pointer = build->pointer;

	for (size_t i = 0; i < build->depth; i++) {
		struct build_frame *f = &build->frames[i];
		bool inner = i + 1 < build->depth;

		if (f->pointer == NULL)
			f->pointer = pointer;
		if (f->key != NULL)
			pointer = pointer_member(build->arena, f->pointer,
			                         f->key);
		else if (json_is_array(f->container))
			pointer = pointer_item(build->arena, f->pointer,
			                       json_array_size(f->container) -
			                               inner);
		else
			pointer = f->pointer;
	}
	return pointer;
}

static void
fault(struct build *build, const char *code, const char *detail)
{
	/* Past the last that is kept no pointer is needed. */
	const char *pointer =
		build->faults->count == FAULTS_MAX ? NULL : pointer_here(build);

	faults_add(build->faults, pointer, build->place.line,
	           build->place.column, code, "%s", detail);
}

enum tree_result
build_refuse(struct build *build, const char *code, const char *detail)
{
	fault(build, code, detail);
	return TREE_REFUSED;
}

/* --- values --------------------------------------------------------------- */

static struct build_frame *
top(struct build *build)
{
	return build->depth == 0 ? NULL : &build->frames[build->depth - 1];
}

static bool
wants_key(const struct build_frame *frame)
{
	return frame != NULL && json_is_object(frame->container) &&
	       frame->key == NULL;
}

/* Gives the value to the container in hand, which takes the reference. */
static void
add(struct build *build, json_t *value)
{
	struct build_frame *f = top(build);
	struct spot spot = {.key = build->place, .value = build->place};

	if (f == NULL) {
		tree_add(build->tree, NULL, NULL, 0, value, spot);
		return;
	}
	if (f->key != NULL)
		spot.key = f->key_place;
	tree_add(build->tree, f->container, f->key, f->key_len, value, spot);
}

/* A value is complete: the next thing in an object is a key. */
static void
finish_value(struct build *build, unsigned height)
{
	struct build_frame *f = top(build);

	if (f == NULL)
		return;
	f->key = NULL;
	if (f->height < height + 1)
		f->height = height + 1;
}

static enum tree_result
count_node(struct build *build)
{
	if (++build->nodes - build->alias_nodes > LIMIT_NODES)
		return build_refuse(build, "too-many",
		                    "the document has more than 200,000 "
		                    "values");
	return TREE_READ;
}

/* A new anchor, open; 0 when the value has none. */
static size_t
remember(struct build *build, const char *name)
{
	if (name == NULL)
		return 0;
	if (build->anchor_count == build->anchor_cap) {
		size_t size = sizeof(*build->anchors);
		size_t cap = build->anchor_cap * 2 + 16;

		build->anchors =
			arena_grow(build->arena, build->anchors,
		                   build->anchor_cap * size, cap * size);
		build->anchor_cap = cap;
	}
	build->anchors[build->anchor_count++] = (struct build_anchor){0};
	if (build->anchor_names == NULL)
		build->anchor_names = arena_must(json_object());
	if (json_object_set_new_nocheck(
		    build->anchor_names, name,
		    json_integer((json_int_t)build->anchor_count)) != 0)
		(void)arena_must(NULL);
	return build->anchor_count;
}

static enum tree_result
read_key(struct build *build, const struct build_scalar *scalar, size_t len)
{
	struct build_frame *f = top(build);
	const char *text = scalar->text;

	if (++f->members > LIMIT_KEYS)
		return build_refuse(build, "too-many",
		                    "an object has more than 10,000 members");
	f->key = arena_strndup(build->arena, text, len);
	f->key_len = len;
	f->key_place = build->place;
	if (scalar->plain && strcmp(text, "<<") == 0)
		fault(build, "merge-key",
		      "merge keys are not taken; write the members out");
	else if (scalar->plain &&
	         yaml_scalar_type(text, len) != YAML_SCALAR_TEXT)
		fault(build, "key-type",
		      "a key must be a text; put it in quotes");
	else if (json_object_getn(f->container, text, len) != NULL)
		fault(build, "duplicate-key", "this key is given twice");
	return TREE_READ;
}

static enum tree_result
read_value(struct build *build, const struct build_scalar *scalar, size_t len)
{
	json_t *value;

	if (count_node(build) != TREE_READ)
		return TREE_REFUSED;
	value = scalar->plain ? yaml_scalar_value(scalar->text, len)
	                      : json_stringn_nocheck(scalar->text, len);
	if (value == NULL) {
		fault(build, "number",
		      "the number cannot be kept; put it in quotes");
		value = json_null();
	}
	add(build, value);

	size_t anchor = remember(build, scalar->anchor);
	if (anchor > 0)
		build->anchors[anchor - 1] = (struct build_anchor){
			.value = value, .nodes = 1, .bytes = len};
	finish_value(build, 0);
	return TREE_READ;
}

enum tree_result
build_scalar(struct build *build, const struct build_scalar *scalar)
{
	size_t len = strlen(scalar->text);

	if (scalar->len > LIMIT_SCALAR)
		return build_refuse(build, "too-long",
		                    "a text is longer than 256 KiB");
	if (scalar->tag != NULL)
		fault(build, "tag",
		      "tags are not taken; a text goes in quotes");
	if (scalar->len != len)
		fault(build, "nul", "a text may not contain the character NUL");
	build->bytes += len;
	return wants_key(top(build)) ? read_key(build, scalar, len)
	                             : read_value(build, scalar, len);
}

enum tree_result
build_alias(struct build *build, const char *name)
{
	const json_t *number = json_object_get(build->anchor_names, name);

	if (wants_key(top(build)))
		return build_refuse(build, "key-type",
		                    "an alias cannot be a key");
	if (number == NULL)
		return build_refuse(build, "alias",
		                    "no value with this anchor stands before "
		                    "it");

	const struct build_anchor *anchor =
		&build->anchors[json_integer_value(number) - 1];
	if (anchor->value == NULL)
		return build_refuse(build, "alias",
		                    "a value cannot contain itself");
	build->nodes += anchor->nodes;
	build->bytes += anchor->bytes;
	build->alias_nodes += anchor->nodes;
	build->alias_bytes += anchor->bytes;
	if (build->alias_nodes > LIMIT_ALIAS_NODES ||
	    build->alias_bytes > LIMIT_ALIAS_BYTES)
		return build_refuse(build, "alias",
		                    "aliases repeat more than 1,000 values or "
		                    "256 KiB of text");
	if (build->depth + anchor->height > LIMIT_DEPTH)
		return build_refuse(build, "too-deep",
		                    "is nested deeper than 64 levels");
	add(build, json_incref(anchor->value));
	finish_value(build, anchor->height);
	return TREE_READ;
}

enum tree_result
build_open(struct build *build, bool object, const char *anchor,
           const char *tag)
{
	size_t nodes_before = build->nodes;

	if (wants_key(top(build)))
		return build_refuse(build, "key-type",
		                    "a list or an object cannot be a key");
	if (build->depth == LIMIT_DEPTH)
		return build_refuse(build, "too-deep",
		                    "is nested deeper than 64 levels");
	if (tag != NULL)
		fault(build, "tag", "tags are not taken");
	if (count_node(build) != TREE_READ)
		return TREE_REFUSED;

	json_t *container = arena_must(object ? json_object() : json_array());
	add(build, container);
	build->frames[build->depth++] = (struct build_frame){
		.container = container,
		.anchor = remember(build, anchor),
		.nodes_before = nodes_before,
		.bytes_before = build->bytes,
		.height = 1,
	};
	return TREE_READ;
}

void
build_close(struct build *build)
{
	const struct build_frame *f = &build->frames[--build->depth];

	if (f->anchor > 0)
		build->anchors[f->anchor - 1] = (struct build_anchor){
			.value = f->container,
			.nodes = build->nodes - f->nodes_before,
			.bytes = build->bytes - f->bytes_before,
			.height = f->height,
		};
	finish_value(build, f->height);
}
