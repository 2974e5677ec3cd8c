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

/* Numbers of descriptor.proto. */
enum {
	FIELD_OPTIONAL = 1, /* labels */
	FIELD_REQUIRED = 2,
	FIELD_REPEATED = 3,

	FIELD_DOUBLE = 1, /* types */
	FIELD_FLOAT = 2,
	FIELD_INT64 = 3,
	FIELD_UINT64 = 4,
	FIELD_INT32 = 5,
	FIELD_FIXED64 = 6,
	FIELD_FIXED32 = 7,
	FIELD_BOOL = 8,
	FIELD_STRING = 9,
	FIELD_GROUP = 10,
	FIELD_MESSAGE = 11,
	FIELD_BYTES = 12,
	FIELD_UINT32 = 13,
	FIELD_ENUM = 14,
	FIELD_SFIXED32 = 15,
	FIELD_SFIXED64 = 16,
	FIELD_SINT32 = 17,
	FIELD_SINT64 = 18,
	FIELD_TYPE_END = 19,

	FEATURES_PRESENCE_EXPLICIT = 1,
	FEATURES_PRESENCE_IMPLICIT = 2,
	FEATURES_PRESENCE_REQUIRED = 3,
	FEATURES_ENUM_OPEN = 1,
	FEATURES_ENUM_CLOSED = 2,
	FEATURES_UTF8_VERIFY = 2,
	FEATURES_UTF8_NONE = 3,
	FEATURES_MESSAGE_DELIMITED = 2,
	FEATURES_JSON_ALLOW = 1,
	FEATURES_JSON_BEST_EFFORT = 2,
};

/* What an edition decides, all of it known; numbers of descriptor.proto. */
struct features {
	int presence;
	int enum_type;
	int repeated;
	int message;
	int utf8;
	int json;
};

struct features features_of(const Proto__File *file);

/* What is decided here, where `own` (or NULL) says otherwise than above. */
struct features features_with(struct features above,
                              const Proto__Features *own);

/* "int32", "message" and so on; NULL of a number that is none of a type. */
const char *field_type_name(int type);

/* lowerCamelCase, as protoc makes it, or what the author gave. */
const char *field_json_name(struct arena *arena, const Proto__Field *field);

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
