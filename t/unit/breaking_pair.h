/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "breaking/breaking.h"

/* Two versions of a set, as protoc has written them beside the test program, or
 * as a test writes them itself. */

struct arena;

struct pair {
	struct wire_bytes *before;
	size_t before_count;
	struct wire_bytes *after;
	size_t after_count;
};

/* By the name of its folder in t/unit/breaking_pairs; all files, same ones too.
 */
struct pair pair_read(struct arena *arena, const char *program,
                      const char *name);

struct breaking_input pair_input(const struct pair *pair);

/* "FIELD_NO_DELETE a.proto:3 acme.Order.id" */
const char *pair_finding(struct arena *arena,
                         const struct breaking_finding *finding);

/* "changed field acme.Order.id a.proto:4 | type int32 | type string" */
const char *pair_change(struct arena *arena,
                        const struct breaking_change *change);
