/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "breaking/breaking.h"
#include "breaking/languages.h"
#include "wire/descriptor_field.h"
#include "wire/limits.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Inside of breaking.h: one of the two versions, decoded without source
 * locations, and its declarations by name. Names may be anything that is UTF-8:
 * what has none is called "".
 */

enum declared {
	DECLARED_MESSAGE,
	DECLARED_ENUM,
	DECLARED_SERVICE,
	DECLARED_EXTENSION,
};

struct side_file {
	struct wire_bytes bytes;
	const Proto__File *proto;
	const char *path;    /* in the arena of the result */
	const char *package; /* there too; "" for none */
	struct features features;
	struct languages languages;
	struct declaration *declarations; /* parents before children */
	size_t count;
};

struct declaration {
	const struct side_file *file;
	const struct declaration *parent; /* the message it is in, or NULL */
	const char *full_name;
	enum declared kind;
	bool shadowed; /* one of the same kind and name comes before it */
	union {
		const Proto__Message *message;
		const Proto__Enum *enumeration;
		const Proto__Service *service;
		const Proto__Field *extension;
	};
	struct features features;
	struct languages languages;
	int32_t step[2];   /* from the parent, in SourceCodeInfo */
	int32_t map_field; /* of a map entry: the field it is made for, as an
	                      index in the parent; -1 for others */
};

struct side {
	struct side_file *files; /* by path */
	size_t file_count;
	struct declaration **by_name; /* and by kind, and by file */
	size_t count;
	struct declaration **extensions; /* by extendee and number */
	size_t extension_count;
	struct breaking_package *packages; /* by name, each once */
	size_t package_count;
};

struct memory {
	struct arena *arena; /* of the result: names of files and packages */
	struct arena *work;  /* of what is needed until the end */
	size_t before;       /* how much of them was in use at the beginning */
};

struct memory memory_of(struct arena *arena, struct arena *work);

/* False with a fault when LIMIT_BREAKING_MEMORY is passed; `scratch` counts too
 * and may be NULL. */
MUST_USE bool memory_left(const struct memory *memory,
                          const struct arena *scratch, struct fault *fault);

/* False with a fault. */
MUST_USE bool side_read(const struct memory *memory,
                        const struct breaking_side *input,
                        const struct breaking_package *same, size_t same_count,
                        struct side *ret, struct fault *fault);

/* Used by side_read(): makes what the functions below search. */
void side_index(struct arena *work, const struct breaking_package *same,
                size_t same_count, struct side *side);

/* What a file declares, as a mask. */
unsigned side_kinds(const struct side_file *file);

/* NULL when there is none. */
const struct side_file *side_file(const struct side *side, const char *path);
const struct declaration *side_find(const struct side *side, enum declared kind,
                                    const char *full_name);
/* In one file, by the name within its package. */
const struct declaration *side_find_in(const struct side *side,
                                       const struct side_file *file,
                                       enum declared kind,
                                       const char *nested_name);
const struct declaration *side_find_extension(const struct side *side,
                                              const char *extendee,
                                              int32_t number);

/* The mask of what a package declares; false when there is no such package. */
bool side_package(const struct side *side, const char *name, unsigned *ret);

/* Which of the packages is that of a file of the side. */
size_t side_package_index(const struct side *side,
                          const struct side_file *file);

/* "" for NULL. */
const char *side_text(const char *text);

/* A full name: a dot goes between, unless the scope is empty or NULL; the scope
 * alone when there is no name. */
const char *side_join(struct arena *arena, const char *scope, const char *name);

/* The name within the file: Order.Line of acme.v1.Order.Line. */
const char *side_nested_name(const struct declaration *declaration);

/* A message that protoc makes for a map. */
bool side_is_map_entry(const struct declaration *declaration);
