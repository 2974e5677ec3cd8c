/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor_walk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Inside of descriptor_symbol.h: fields and extensions, and the features of
 * editions, which are about them above all.
 */

struct json_out;

enum {
	FEATURES_ENUM_OPEN = 1,
	FEATURES_ENUM_CLOSED = 2,
};

/* What an edition decides, all of it known; numbers of descriptor.proto. */
struct features {
	int presence;
	int enum_type;
	int repeated;
	int message;
};

struct features features_of(const Proto__File *file);

/* What is decided here, where `own` (or NULL) says otherwise than above. */
struct features features_with(struct features above,
                              const Proto__Features *own);

/* A message that stands for an entry of a map, which is no symbol. */
bool field_is_map_entry(const Proto__Message *message);

/* Field `index` of the message `scope`, into the document of that. False with a
 * fault, as below. */
MUST_USE bool field_write(struct walk *walk, struct json_out *out,
                          const Proto__Message *message, const char *scope,
                          size_t index, const struct features *features);

/* Extensions, in parts of this kind; each has a document of its own. */
MUST_USE bool field_add_extensions(struct walk *walk, int32_t kind,
                                   Proto__Field *const *fields, size_t count,
                                   const char *scope, const char *parent,
                                   const struct features *features);
