/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stddef.h>

struct arena;

/*
 * Where something stands: in a text by line and column (both from 1, columns in
 * characters), in a value by JSON Pointer (RFC 6901) after a "#".
 */

struct place {
	unsigned line; /* 0 = not known */
	unsigned column;
};

/* The place of the byte `at` of a text; `at` may be its end. */
struct place place_of(const char *bytes, size_t at);

/* Moves a place over some text. */
void place_move(struct place *place, const char *bytes, size_t len);

/*
 * `base` and one step more. A pointer never grows past LIMIT_POINTER bytes: a
 * long key is cut, and told by a final "…".
 */
const char *pointer_member(struct arena *arena, const char *base,
                           const char *key);
const char *pointer_item(struct arena *arena, const char *base, size_t index);
