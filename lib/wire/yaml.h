/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/tree.h"

#include <stddef.h>

struct arena;
struct faults;

/*
 * Reads the documents of a YAML stream one after the other, by the events of
 * libyaml, as what JSON can say. Refused besides what goes past the limits of
 * wire/limits.h: tags, merge keys, keys that are no text, keys given twice,
 * aliases to what is around them. Plain scalars: wire/yaml_scalar.h.
 */
struct yaml;

/* The text must be valid UTF-8 and stay until the arena is reset. */
struct yaml *yaml_open(const char *bytes, size_t len, struct arena *arena);

/*
 * The next document; pointers of faults begin with `pointer`. TREE_READ also
 * when there were faults that leave a tree to look at; after TREE_REFUSED and
 * TREE_MALFORMED, which come with one fault, the stream has ended.
 */
MUST_USE enum tree_result yaml_next(struct yaml *yaml, const char *pointer,
                                    struct faults *faults, struct tree *ret,
                                    struct extent *ret_extent);
