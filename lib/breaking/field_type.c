/* SPDX-License-Identifier: Apache-2.0 */
/* The type of a field, and who can read the one as the other. */
#include "base/arena.h"
#include "breaking/field.h"
#include "breaking/values.h"

#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	FIELD_TYPE = 5,
	FIELD_TYPE_NAME = 6,
};

/* --- types ---------------------------------------------------------------- */

/* Which types read what the others write, in binary, and also as JSON. */
static const int wire_groups[FIELD_TYPE_END] = {
	[FIELD_INT32] = 1,    [FIELD_INT64] = 1,    [FIELD_UINT32] = 1,
	[FIELD_UINT64] = 1,   [FIELD_BOOL] = 1,     [FIELD_SINT32] = 2,
	[FIELD_SINT64] = 2,   [FIELD_STRING] = 3,   [FIELD_BYTES] = 4,
	[FIELD_FIXED32] = 5,  [FIELD_SFIXED32] = 5, [FIELD_FIXED64] = 6,
	[FIELD_SFIXED64] = 6, [FIELD_DOUBLE] = 7,   [FIELD_FLOAT] = 8,
	[FIELD_GROUP] = 9,    [FIELD_MESSAGE] = 10, [FIELD_ENUM] = 11,
};

static const int json_groups[FIELD_TYPE_END] = {
	[FIELD_INT32] = 1,   [FIELD_UINT32] = 1,   [FIELD_INT64] = 2,
	[FIELD_UINT64] = 2,  [FIELD_FIXED32] = 3,  [FIELD_SFIXED32] = 3,
	[FIELD_FIXED64] = 4, [FIELD_SFIXED64] = 4, [FIELD_BOOL] = 5,
	[FIELD_SINT32] = 6,  [FIELD_SINT64] = 7,   [FIELD_STRING] = 8,
	[FIELD_BYTES] = 9,   [FIELD_DOUBLE] = 10,  [FIELD_FLOAT] = 11,
	[FIELD_GROUP] = 12,  [FIELD_MESSAGE] = 13, [FIELD_ENUM] = 14,
};

static int
group_of(const int *groups, int kind)
{
	return kind < 0 || kind >= FIELD_TYPE_END ? 0 : groups[kind];
}

static bool
is_named(int kind)
{
	return kind == FIELD_MESSAGE || kind == FIELD_GROUP ||
	       kind == FIELD_ENUM;
}

static void
report_type(struct field_pair *pair, enum breaking_rule rule)
{
	struct comparison *comparison = pair->comparison;
	struct arena *scratch = comparison->scratch;
	struct spot spot = pair->spot;

	if (!wants(comparison, rule))
		return;

	const char *before =
		field_type_text(scratch, &comparison->before, &pair->before);
	const char *after =
		field_type_text(scratch, &comparison->after, &pair->after);

	/* The two are the same where only the encoding differs. */
	if (strcmp(before, after) == 0) {
		before = field_type_name(pair->before.kind);
		after = field_type_name(pair->after.kind);
	}
	spot_add(&spot,
	         is_named(pair->after.kind) ? FIELD_TYPE_NAME : FIELD_TYPE);
	report_field(pair, rule, &spot, before, after,
	             "changed its type from %s to %s", side_text(before),
	             side_text(after));
}

static const char *
last_name(const char *full_name)
{
	const char *dot = strrchr(full_name, '.');

	return dot == NULL ? full_name : dot + 1;
}

/* An enum may be replaced by one of the same name that has all its values. */
static bool
same_enum(struct field_pair *pair)
{
	struct comparison *comparison = pair->comparison;
	const char *before = type_text(pair->before.field->type_name);
	const char *after = type_text(pair->after.field->type_name);

	if (strcmp(last_name(before), last_name(after)) != 0)
		return false;

	const Proto__Enum *old =
		comparison_find_enum(comparison, &comparison->before, before);
	const Proto__Enum *new =
		comparison_find_enum(comparison, &comparison->after, after);
	if (old == NULL || new == NULL || old->n_value > new->n_value)
		return false;
	return comparison_may_search(comparison, old->n_value + new->n_value) &&
	       values_include(new, old);
}

void
compare_types(struct field_pair *pair)
{
	int before = pair->before.kind;
	int after = pair->after.kind;
	bool renamed = before == after && is_named(after) &&
	               strcmp(type_text(pair->before.field->type_name),
	                      type_text(pair->after.field->type_name)) != 0;

	if (before == after && !renamed)
		return;

	bool same = renamed && after == FIELD_ENUM && same_enum(pair);
	bool json = !same && (renamed || group_of(json_groups, before) !=
	                                         group_of(json_groups, after));
	/* All strings are bytes, but not all bytes are strings. */
	bool wire =
		!same && (renamed ||
	                  (group_of(wire_groups, before) !=
	                           group_of(wire_groups, after) &&
	                   !(before == FIELD_STRING && after == FIELD_BYTES)));
	pair->peers = BREAKING_PEER_SOURCE | (json ? BREAKING_PEER_JSON : 0) |
	              (wire ? BREAKING_PEER_WIRE : 0);
	report_type(pair, RULE_FIELD_SAME_TYPE);
	pair->peers = 0;
	if (json)
		report_type(pair, RULE_FIELD_WIRE_JSON_COMPATIBLE_TYPE);
	if (wire)
		report_type(pair, RULE_FIELD_WIRE_COMPATIBLE_TYPE);
}
