/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/field.h"

#include "base/arena.h"
#include "breaking/http.h"

#include <inttypes.h>
#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	MESSAGE_FIELD = 2,
	FIELD_NAME = 1,
	FIELD_JSON_NAME = 10,
};

/* --- what a field is ------------------------------------------------------ */

static bool
is_map(const struct side *side, const Proto__Field *field)
{
	return field->label == FIELD_REPEATED && field->type == FIELD_MESSAGE &&
	       side_is_map_entry(side_find(side, DECLARED_MESSAGE,
	                                   type_text(field->type_name)));
}

static enum cardinality
cardinality_of(const struct field_side *field, bool map, bool extension)
{
	const Proto__Field *proto = field->field;

	if (map)
		return CARDINALITY_MAP;
	if (proto->label == FIELD_REPEATED)
		return CARDINALITY_REPEATED;
	if (proto->label == FIELD_REQUIRED ||
	    field->features.presence == FEATURES_PRESENCE_REQUIRED)
		return CARDINALITY_REQUIRED;
	if (extension || proto->has_oneof_index ||
	    proto->type == FIELD_MESSAGE || proto->type == FIELD_GROUP ||
	    field->features.presence != FEATURES_PRESENCE_IMPLICIT)
		return CARDINALITY_EXPLICIT;
	return CARDINALITY_IMPLICIT;
}

static void
work_out(const struct side *side, struct field_side *field, bool extension)
{
	const Proto__Field *proto = field->field;
	bool map = is_map(side, proto);

	field->features = features_with(
		field->of->features,
		proto->options == NULL ? NULL : proto->options->features);
	field->kind = proto->type;
	if (proto->type == FIELD_MESSAGE && !map && !field->in_map_entry &&
	    field->features.message == FEATURES_MESSAGE_DELIMITED)
		field->kind = FIELD_GROUP;
	field->cardinality = cardinality_of(field, map, extension);
}

struct field_side
field_side_of(const struct side *side, const struct declaration *of,
              size_t index)
{
	const Proto__Message *message = of->message;
	struct field_side ret = {
		.of = of,
		.field = message->field[index],
		.name = side_text(message->field[index]->name),
		.in_map_entry = side_is_map_entry(of),
		.index = index,
	};
	int32_t oneof = ret.field->oneof_index;

	if (ret.field->has_oneof_index && !ret.field->proto3_optional &&
	    oneof >= 0 && (size_t)oneof < message->n_oneof_decl)
		ret.oneof = side_text(message->oneof_decl[oneof]->name);
	work_out(side, &ret, false);
	return ret;
}

struct field_side
extension_side_of(const struct side *side, const struct declaration *extension)
{
	struct field_side ret = {
		.of = extension,
		.field = extension->extension,
		.name = extension->full_name,
	};

	work_out(side, &ret, true);
	return ret;
}

struct spot
field_spot(const struct field_side *field)
{
	struct spot spot = spot_of(field->of);

	if (field->of->kind == DECLARED_MESSAGE) {
		spot_add(&spot, MESSAGE_FIELD);
		spot_add(&spot, (int32_t)field->index);
	}
	return spot;
}

/* --- as text -------------------------------------------------------------- */

const char *
cardinality_text(enum cardinality cardinality)
{
	static const char *const names[] = {
		[CARDINALITY_EXPLICIT] = "optional with presence",
		[CARDINALITY_IMPLICIT] = "optional without presence",
		[CARDINALITY_REQUIRED] = "required",
		[CARDINALITY_REPEATED] = "repeated",
		[CARDINALITY_MAP] = "map",
	};

	return names[cardinality];
}

static const char *
plain_type_text(const Proto__Field *field, int kind)
{
	const char *name = field_type_name(kind);

	if (field->type_name != NULL && *field->type_name != '\0')
		return type_text(field->type_name);
	return name == NULL ? "unknown" : name;
}

const char *
field_type_text(struct arena *arena, const struct side *side,
                const struct field_side *field)
{
	const struct declaration *entry =
		field->cardinality != CARDINALITY_MAP
			? NULL
			: side_find(side, DECLARED_MESSAGE,
	                            type_text(field->field->type_name));

	if (entry == NULL || entry->message->n_field != 2)
		return plain_type_text(field->field, field->kind);

	const Proto__Field *key = entry->message->field[0];
	const Proto__Field *value = entry->message->field[1];
	return arena_printf(arena, "map<%s, %s>",
	                    plain_type_text(key, key->type),
	                    plain_type_text(value, value->type));
}

bool
field_deprecated(const struct field_side *field)
{
	return field->field->options != NULL &&
	       field->field->options->deprecated;
}

/* --- rules ---------------------------------------------------------------- */

void
report_field(struct field_pair *pair, enum breaking_rule rule,
             const struct spot *spot, const char *before, const char *after,
             const char *fmt, ...)
{
	struct arena *scratch = pair->comparison->scratch;
	const struct field_side *field = &pair->after;
	va_list args;

	if (!wants(pair->comparison, rule))
		return;
	va_start(args, fmt);
	const char *what = arena_vprintf(scratch, fmt, args);
	va_end(args);
	report(pair->comparison,
	       &(struct report){
		       .rule = rule,
		       .peers = pair->peers,
		       .spot = spot,
		       .scope = pair->extension ? NULL : field->of->full_name,
		       .name = field->name,
		       .before = before,
		       .after = after,
	       },
	       "the %s %s (%" PRId32 ") of %s %s",
	       pair->extension ? "extension" : "field", field->name,
	       field->field->number,
	       pair->extension ? type_text(field->field->extendee)
	                       : field->of->full_name,
	       what);
}

static void
compare_names(struct field_pair *pair)
{
	struct arena *scratch = pair->comparison->scratch;
	const char *before = pair->before.name;
	const char *after = pair->after.name;
	struct spot spot = pair->spot;

	spot_add(&spot, FIELD_NAME);
	if (strcmp(before, after) != 0)
		report_field(pair, RULE_FIELD_SAME_NAME, &spot, before, after,
		             "was called %s", before);
	if (pair->extension)
		return;

	spot.backup = pair->spot.len;
	spot.path[pair->spot.len] = FIELD_JSON_NAME;
	before = field_json_name(scratch, pair->before.field);
	after = field_json_name(scratch, pair->after.field);
	if (strcmp(before, after) != 0)
		report_field(pair, RULE_FIELD_SAME_JSON_NAME, &spot, before,
		             after, "changed its JSON name from %s to %s",
		             before, after);
}

static void
compare_oneofs(struct field_pair *pair)
{
	const char *before = pair->before.oneof;
	const char *after = pair->after.oneof;

	if (pair->extension || (before == NULL && after == NULL))
		return;
	if (before == NULL)
		report_field(pair, RULE_FIELD_SAME_ONEOF, &pair->spot, before,
		             after, "moved into the oneof %s", after);
	else if (after == NULL)
		report_field(pair, RULE_FIELD_SAME_ONEOF, &pair->spot, before,
		             after, "moved out of the oneof %s", before);
	else if (strcmp(before, after) != 0)
		report_field(pair, RULE_FIELD_SAME_ONEOF, &pair->spot, before,
		             after, "moved from the oneof %s to the oneof %s",
		             before, after);
}

static void
compare_cardinality(struct field_pair *pair)
{
	/* Which of them understand each other on the wire, and as JSON. */
	static const int wire[] = {1, 1, 2, 3, 3};
	static const int json[] = {1, 1, 2, 3, 4};
	enum cardinality old = pair->before.cardinality;
	enum cardinality new = pair->after.cardinality;
	const char *before = cardinality_text(old);
	const char *after = cardinality_text(new);

	/* Entries of maps are not written by people. */
	if (old == new ||
	    (pair->before.in_map_entry && pair->after.in_map_entry))
		return;
	pair->peers = BREAKING_PEER_SOURCE |
	              (json[old] == json[new] ? 0 : BREAKING_PEER_JSON) |
	              (wire[old] == wire[new] ? 0 : BREAKING_PEER_WIRE);
	report_field(pair, RULE_FIELD_SAME_CARDINALITY, &pair->spot, before,
	             after, "was %s and is %s now", before, after);
	pair->peers = 0;
	if (json[old] != json[new])
		report_field(pair, RULE_FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY,
		             &pair->spot, before, after, "was %s and is %s now",
		             before, after);
	if (wire[old] != wire[new])
		report_field(pair, RULE_FIELD_WIRE_COMPATIBLE_CARDINALITY,
		             &pair->spot, before, after, "was %s and is %s now",
		             before, after);
}

static void
compare_behavior(struct field_pair *pair)
{
	if (wants(pair->comparison, RULE_FIELD_BECAME_REQUIRED) &&
	    field_behavior_required(pair->after.field) &&
	    !field_behavior_required(pair->before.field))
		report_field(pair, RULE_FIELD_BECAME_REQUIRED, &pair->spot,
		             NULL, "REQUIRED",
		             "must be given now (google.api.field_behavior)");
}

/* --- changes -------------------------------------------------------------- */

static void
change_field(struct field_pair *pair)
{
	struct comparison *comparison = pair->comparison;
	struct arena *scratch = comparison->scratch;
	struct difference difference = difference_new(comparison);
	const struct field_side *old = &pair->before;
	const struct field_side *new = &pair->after;
	struct spot before = field_spot(old);

	difference_add(&difference, "name", old->name, new->name);
	difference_add(&difference, "type",
	               field_type_text(scratch, &comparison->before, old),
	               field_type_text(scratch, &comparison->after, new));
	difference_add(&difference, "is", cardinality_text(old->cardinality),
	               cardinality_text(new->cardinality));
	difference_add_flag(&difference, "delimited", old->kind == FIELD_GROUP,
	                    new->kind == FIELD_GROUP);
	difference_add(&difference, "oneof", old->oneof, new->oneof);
	difference_add(&difference, "json_name",
	               field_json_name(scratch, old->field),
	               field_json_name(scratch, new->field));
	difference_add(&difference, "default", old->field->default_value,
	               new->field->default_value);
	difference_add_flag(&difference, "deprecated", field_deprecated(old),
	                    field_deprecated(new));
	difference_add_options(&difference, BASE(old->field->options),
	                       BASE(new->field->options));
	change_compare(comparison,
	               pair->extension ? SYMBOL_EXTENSION : SYMBOL_FIELD,
	               &before, &pair->spot,
	               pair->extension ? NULL : new->of->full_name, new->name,
	               &difference);
}

void
compare_fields(struct field_pair *pair)
{
	compare_names(pair);
	compare_oneofs(pair);
	compare_cardinality(pair);
	compare_types(pair);
	compare_defaults(pair);
	compare_field_options(pair);
	compare_behavior(pair);
	if (!pair->after.in_map_entry)
		change_field(pair);
}

void
compare_extensions(struct comparison *comparison,
                   const struct declaration *before,
                   const struct declaration *after)
{
	struct field_pair pair = {
		.comparison = comparison,
		.extension = true,
		.before = extension_side_of(&comparison->before, before),
		.after = extension_side_of(&comparison->after, after),
		.spot = spot_of(after),
	};

	compare_fields(&pair);
}
