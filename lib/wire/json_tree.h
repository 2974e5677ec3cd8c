/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/tree.h"

#include <stdbool.h>
#include <stddef.h>

struct faults;

/*
 * JSON as a tree with the places of all members and items: one value, or the
 * items of one array after the other without holding more than one.
 */

/* Reads the value at `extent`; never TREE_END. Faults get `pointer`. */
MUST_USE enum tree_result
json_tree_read(const char *bytes, const struct extent *extent,
               const char *pointer, struct faults *faults, struct tree *ret);

/* Steps through an array. Zero-initialise all but the text. */
struct json_items {
	const char *bytes;
	size_t len;
	struct extent item; /* the one found last, or what is malformed */
	bool begun;
	bool ended;
};

/*
 * Finds the next item: TREE_READ, TREE_END, or TREE_MALFORMED with a fault.
 * What is inside the item has not been looked at.
 */
MUST_USE enum tree_result json_items_next(struct json_items *items,
                                          struct faults *faults);
