/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/place.h"

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/*
 * One document, of YAML or JSON, as a jansson value, and where each member and
 * item of it stands in the text. A tree is used for one document after the
 * other: tree_clear() between them, tree_fini() at the end.
 */

struct spot {
	struct place key; /* of a member; of an item or the root as `value` */
	struct place value;
};

struct tree {
	json_t *root;
	json_t *dropped; /* members that were given twice */
	struct tree_entry *entries;
	size_t cap; /* a power of two */
	size_t count;
};

/* What became of a document. */
enum tree_result {
	TREE_READ,      /* faults may have been added all the same */
	TREE_REFUSED,   /* past a limit: the document is not read further */
	TREE_MALFORMED, /* nothing more can be read */
	TREE_END,       /* there are no more documents */
};

/* Which part of a text a document is. */
struct extent {
	size_t from;
	size_t to;
	struct place start; /* of `from` */
};

void tree_clear(struct tree *tree);
void tree_fini(struct tree *tree);

/* Puts the value at its place in a container, or NULL for the root. It takes
 * the reference to `value`; `key` is for objects. */
void tree_add(struct tree *tree, json_t *container, const char *key, size_t len,
              json_t *value, struct spot spot);

/* The spot of a value that is in its container already. */
void tree_mark(struct tree *tree, const json_t *container, const char *key,
               size_t index, struct spot spot);

/* The spot of a member (`key`), of an item (`index`, with key NULL), or with
 * the container NULL of the root. */
struct spot tree_spot(const struct tree *tree, const json_t *container,
                      const char *key, size_t index);
