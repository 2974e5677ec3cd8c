/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "breaking/comparison.h"

/*
 * Numbers and names that are reserved, and numbers that are left to extensions.
 */

/* Both ends included. */
struct range {
	int64_t start;
	int64_t end;
};

/* Sorted, joined where they touch. */
struct ranges {
	struct range *items;
	size_t count;
};

struct names {
	const char **items; /* sorted */
	size_t count;
};

/* `after_end` is 1 when the end of a range is not part of it, as in messages,
 * and 0 for the reserved ranges of enums. */
struct ranges ranges_of(struct arena *arena, Proto__Range *const *ranges,
                        size_t count, int after_end);
bool ranges_hold(const struct ranges *ranges, int64_t number);
/* All of the range? */
bool ranges_cover(const struct ranges *ranges, struct range range);

struct names names_of(struct arena *arena, char *const *names, size_t count);
bool names_hold(const struct names *names, const char *name);

/* What is the same for messages and enums. */
struct reserved {
	const struct spot *spot;
	const char *full_name;
	Proto__Range *const *before_ranges;
	size_t before_range_count;
	int after_end;
	char *const *before_names;
	size_t before_name_count;
	const struct ranges *after_ranges;
	const struct names *after_names;
};

/* Reports what of the ranges and names is reserved no more. */
void compare_reserved(struct comparison *comparison, enum breaking_rule rule,
                      const struct reserved *reserved);

/* Reports ranges that are not all there any more; `what` they are of. */
void compare_ranges(struct comparison *comparison, enum breaking_rule rule,
                    const struct reserved *reserved, const char *what);

/* As it is written: 2, 4 to 6, "name"; NULL when nothing is reserved. */
const char *reserved_text(struct arena *arena, Proto__Range *const *ranges,
                          size_t range_count, int after_end, char *const *names,
                          size_t name_count);
