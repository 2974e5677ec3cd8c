/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

#include "breaking/comparison.h"

/*
 * Two fields of one number, or two extensions of one number of one message.
 * What they are is worked out once for all rules.
 */

enum cardinality {
	CARDINALITY_EXPLICIT, /* it can be told whether it is set */
	CARDINALITY_IMPLICIT,
	CARDINALITY_REQUIRED,
	CARDINALITY_REPEATED,
	CARDINALITY_MAP,
};

struct field_side {
	const struct declaration *of; /* the message, or the extension */
	const Proto__Field *field;
	const char *name;  /* with its scope for an extension */
	const char *oneof; /* NULL: in none, or in that of proto3_optional */
	struct features features;
	int kind; /* the type; FIELD_GROUP if it is encoded as one */
	enum cardinality cardinality;
	bool in_map_entry;
	size_t index; /* in the message */
};

struct field_pair {
	struct comparison *comparison;
	bool extension;
	unsigned peers; /* of the next finding; 0: those of its rule */
	struct field_side before;
	struct field_side after;
	struct spot spot; /* of the field after */
};

struct field_side field_side_of(const struct side *side,
                                const struct declaration *of, size_t index);
struct field_side extension_side_of(const struct side *side,
                                    const struct declaration *extension);

struct spot field_spot(const struct field_side *field);

/* "map<string, acme.v1.Line>", "acme.v1.Line", "int32" */
const char *field_type_text(struct arena *arena, const struct side *side,
                            const struct field_side *field);

const char *cardinality_text(enum cardinality cardinality);
bool field_deprecated(const struct field_side *field);

/* Runs the rules, and adds what differs to the changes. */
void compare_fields(struct field_pair *pair);

/* One finding about the pair at this spot; the fields are named before. */
void report_field(struct field_pair *pair, enum breaking_rule rule,
                  const struct spot *spot, const char *before,
                  const char *after, const char *fmt, ...) PRINTF(6, 7);

/* In files of their own. */
void compare_types(struct field_pair *pair);
void compare_defaults(struct field_pair *pair);
void compare_field_options(struct field_pair *pair);
