/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/protobuf_wire.h"

#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * Where the parts of one file stand, read from the bytes of its SourceCodeInfo
 * without decoding it: of 100 locations perhaps one is asked for, and comments
 * are only compared.
 */

struct places;

struct place {
	unsigned line; /* 1-based; 0: nothing is said of the part */
	unsigned column;
	uint64_t comments; /* a digest of them; 0: none */
};

/* The bytes must stay as long as the places; the file is well formed. */
MUST_USE const struct places *places_of(struct arena *arena,
                                        struct wire_bytes file);

/* By a path of SourceCodeInfo; of several places of one part the first. */
struct place places_find(const struct places *places, const int32_t *path,
                         size_t len);
