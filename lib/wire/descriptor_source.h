/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Where the parts of a .proto file stand and what its authors wrote beside
 * them, from SourceCodeInfo. All of it is in the arena.
 */

/* Texts are UTF-8, without the blank after the slashes; NULL: there is none. */
struct source_note {
	unsigned line; /* 1-based; 0 = not known */
	const char *leading;
	const char *trailing;
	const char *const *detached; /* comments before, on their own */
	size_t detached_count;
};

struct source_index;

/* Sorts the locations once; a file without them has an index without notes. */
MUST_USE const struct source_index *source_index(struct arena *arena,
                                                 const Proto__File *file);

/*
 * The note of a part by its path in descriptor.proto, as SourceCodeInfo has it:
 * {4, 3, 2, 7} is field 7 of message 3.
 */
MUST_USE struct source_note source_find(const struct source_index *index,
                                        const int32_t *path, size_t len);
