/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/tree.h"

#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_CAP = 256,
	KEPT_CAP = 4096, /* a larger table is not kept for the next document */
};

/* A hash table keyed by addresses, which no sender chooses: that of the array
 * and the index in it, or that of the object's own entry for the member. */
struct tree_entry {
	const void *address; /* NULL = free */
	size_t index;
	struct spot spot;
};

/* Stands for the container of the root. */
static const char root_address;

static struct tree_entry *
find(struct tree_entry *entries, size_t cap, const void *address, size_t index)
{
	uint64_t hash = (uintptr_t)address;

	hash = (hash >> 4) + index * UINT64_C(0x9e3779b97f4a7c15);
	hash *= UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = (size_t)(hash >> 20);; i++) {
		struct tree_entry *e = &entries[i & (cap - 1)];

		if (e->address == NULL ||
		    (e->address == address && e->index == index))
			return e;
	}
}

static void
enlarge(struct tree *tree)
{
	size_t cap = tree->cap == 0 ? FIRST_CAP : tree->cap * 2;
	struct tree_entry *entries = arena_must(calloc(cap, sizeof(*entries)));

	for (size_t i = 0; i < tree->cap; i++) {
		const struct tree_entry *e = &tree->entries[i];

		if (e->address != NULL)
			*find(entries, cap, e->address, e->index) = *e;
	}
	free(tree->entries);
	tree->entries = entries;
	tree->cap = cap;
}

static void
put(struct tree *tree, const void *address, size_t index, struct spot spot)
{
	if (tree->count * 2 >= tree->cap)
		enlarge(tree);

	struct tree_entry *e = find(tree->entries, tree->cap, address, index);
	tree->count += e->address == NULL;
	*e = (struct tree_entry){address, index, spot};
}

/* Looking a member up changes nothing, but jansson asks for a mutable object.
 */
static const void *
member_address(const json_t *object, const char *key)
{
	union {
		const json_t *given;
		json_t *asked;
	} it = {.given = object};

	return json_object_iter_at(it.asked, key);
}

static const void *
address_of(const json_t *container, const char *key)
{
	if (container == NULL)
		return &root_address;
	return key == NULL ? container : member_address(container, key);
}

void
tree_mark(struct tree *tree, const json_t *container, const char *key,
          size_t index, struct spot spot)
{
	put(tree, address_of(container, key), index, spot);
}

void
tree_add(struct tree *tree, json_t *container, const char *key, size_t len,
         json_t *value, struct spot spot)
{
	int failed = 0;

	(void)arena_must(value);
	if (container == NULL) {
		tree->root = value;
		tree_mark(tree, NULL, NULL, 0, spot);
	} else if (json_is_array(container)) {
		tree_mark(tree, container, NULL, json_array_size(container),
		          spot);
		failed = json_array_append_new(container, value);
	} else if (json_object_getn(container, key, len) == NULL) {
		failed = json_object_setn_new_nocheck(container, key, len,
		                                      value);
		tree_mark(tree, container, key, 0, spot);
	} else {
		/* Kept, since a YAML alias may mean it and so that no other
		 * value gets its address. */
		if (tree->dropped == NULL)
			tree->dropped = arena_must(json_array());
		failed = json_array_append_new(tree->dropped, value);
	}
	if (failed != 0)
		(void)arena_must(NULL);
}

struct spot
tree_spot(const struct tree *tree, const json_t *container, const char *key,
          size_t index)
{
	const void *address = address_of(container, key);

	if (tree->cap == 0 || address == NULL)
		return (struct spot){0};
	return find(tree->entries, tree->cap, address, index)->spot;
}

void
tree_clear(struct tree *tree)
{
	json_decref(tree->root);
	json_decref(tree->dropped);
	tree->root = NULL;
	tree->dropped = NULL;
	tree->count = 0;
	if (tree->cap > KEPT_CAP) {
		free(tree->entries);
		tree->entries = NULL;
		tree->cap = 0;
	} else if (tree->cap > 0) {
		memset(tree->entries, 0, tree->cap * sizeof(*tree->entries));
	}
}

void
tree_fini(struct tree *tree)
{
	tree_clear(tree);
	free(tree->entries);
	*tree = (struct tree){0};
}
