/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

struct arena;
struct faults;

/*
 * What a route takes from a JSON object: a table with one row per member, read
 * into a struct. All faults are gathered, each with the pointer of its member.
 *
 *	static const struct field fields[] = {
 *		FIELD(TEXT, struct draft, name, "name", .required = true,
 *	              .min = 1, .max = 64),
 *		FIELD(TEXTS, struct draft, scopes, "scopes", .max = 8,
 *	              .words = "catalog:read events:read"),
 *		FIELD_END,
 *	};
 */

enum field_type {
	FIELD_TYPE_END,
	FIELD_TYPE_TEXT,  /* const char *, no control characters but tab and
	                   * line breaks */
	FIELD_TYPE_INT,   /* int64_t */
	FIELD_TYPE_BOOL,  /* bool */
	FIELD_TYPE_TEXTS, /* struct texts, each as TEXT and none twice */
	FIELD_TYPE_JSON,  /* json_t *, borrowed from the object */
};

struct texts {
	size_t count;
	const char **items;
};

enum {
	FIELD_ITEM_MAX = 255, /* characters of one item of TEXTS */
};

struct field {
	enum field_type type;
	const char *name;
	size_t offset;
	bool required;
	int64_t min;       /* characters, value, or count of items */
	int64_t max;       /* likewise; 0 = no limit */
	const char *words; /* allowed values, separated by spaces; NULL = any */
};

#define FIELD(type_, struct_, member, name_, ...)                \
	{                                                        \
		.type = FIELD_TYPE_##type_, .name = (name_),     \
		.offset = offsetof(struct_, member), __VA_ARGS__ \
	}
#define FIELD_END                      \
	{                              \
		.type = FIELD_TYPE_END \
	}

/* Are unknown members faults, or left alone? */
enum {
	FIELDS_CLOSED = 0,
	FIELDS_OPEN = 1,
};

/*
 * Reads an object; `pointer` is its own ("#"). A member that is absent or null
 * leaves `ret` as it was: put defaults there. False when a fault was added.
 * Texts live in the object, lists in the arena.
 */
bool fields_read(const json_t *object, const struct field *fields, bool open,
                 const char *pointer, struct arena *arena,
                 struct faults *faults, void *ret);
