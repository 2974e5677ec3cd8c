/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "base/attr.h"
#include "wire/descriptor.h"

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The values of an enum, by number and name. */

struct numbered_value {
	const Proto__EnumValue *value;
	const char *name; /* "" for none */
	size_t index;     /* in the enum */
};

struct values {
	struct numbered_value *items;
	size_t count;
	size_t at;
};

/* All of one number: more than one where there are aliases. */
struct value_group {
	const struct numbered_value *items; /* by name */
	size_t count;
	bool deprecated; /* all of them */
};

struct values values_of(struct arena *arena, const Proto__Enum *of);

/* The values of the next higher number; none at the end. */
struct value_group values_next(struct values *values);

/* Their names, with commas between. */
const char *value_names(struct arena *arena, const struct value_group *group);

/* Are all names of the one among those of the other? */
bool value_names_include(const struct value_group *all,
                         const struct value_group *some);

/* Does an enum have all values of another, by name and number? */
bool values_include(const Proto__Enum *all, const Proto__Enum *some);
