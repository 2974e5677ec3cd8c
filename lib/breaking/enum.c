/* SPDX-License-Identifier: Apache-2.0 */
/* Enums and their values, which are known by number and may have aliases. */
#include "base/arena.h"
#include "breaking/comparison.h"
#include "breaking/ranges.h"
#include "breaking/values.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	ENUM_VALUE = 2,
	ENUM_OPTIONS = 3,
	ENUM_OPTIONS_FEATURES = 7,
	VALUE_NUMBER = 2,
	FEATURES_ENUM_TYPE = 2,
	FEATURES_JSON_FORMAT = 6,
};

struct enum_pair {
	struct comparison *comparison;
	const struct declaration *before;
	const struct declaration *after;
	struct spot spot; /* of the enum after */
	struct ranges reserved_ranges;
	struct names reserved_names;
};

/* --- one number ----------------------------------------------------------- */

static void
value_removed(struct enum_pair *pair, const struct value_group *gone)
{
	struct comparison *comparison = pair->comparison;
	const char *full_name = pair->after->full_name;
	const char *name = gone->items[0].name;
	int32_t number = gone->items[0].value->number;
	struct report found = {
		.rule = RULE_ENUM_VALUE_NO_DELETE,
		.spot = &pair->spot,
		.scope = full_name,
		.name = name,
		.before = arena_printf(comparison->scratch, "%s = %" PRId32,
	                               name, number),
	};
	bool named = true;

	report(comparison, &found, "the value %s (%" PRId32 ") of %s is gone",
	       name, number, full_name);
	found.rule = RULE_ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED;
	if (!ranges_hold(&pair->reserved_ranges, number))
		report(comparison, &found,
		       "the value %s of %s is gone and its number %" PRId32
		       " is not reserved",
		       name, full_name, number);
	for (size_t i = 0; i < gone->count; i++)
		named &= names_hold(&pair->reserved_names, gone->items[i].name);
	found.rule = RULE_ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED;
	if (!named)
		report(comparison, &found,
		       "the value %" PRId32 " of %s is gone and not all of its "
		       "names are reserved: %s",
		       number, full_name,
		       value_names(comparison->scratch, gone));
	report_unannounced(comparison, &pair->spot, "value", full_name, name,
	                   gone->deprecated || is_deprecated(pair->before));
}

static void
value_renamed(struct enum_pair *pair, const struct value_group *before,
              const struct value_group *after)
{
	struct arena *scratch = pair->comparison->scratch;
	const char *old = value_names(scratch, before);
	const char *new = value_names(scratch, after);

	if (!wants(pair->comparison, RULE_ENUM_VALUE_SAME_NAME) ||
	    value_names_include(after, before))
		return;
	for (size_t i = 0; i < after->count; i++) {
		struct spot spot = pair->spot;

		spot_add(&spot, ENUM_VALUE);
		spot_add(&spot, (int32_t)after->items[i].index);
		spot_add(&spot, VALUE_NUMBER);
		report(pair->comparison,
		       &(struct report){
			       .rule = RULE_ENUM_VALUE_SAME_NAME,
			       .spot = &spot,
			       .scope = pair->after->full_name,
			       .name = after->items[i].name,
			       .before = old,
			       .after = new,
		       },
		       "the value %" PRId32 " of %s was called %s and is "
		       "called %s now",
		       after->items[i].value->number, pair->after->full_name,
		       old, new);
	}
}

/* --- changes -------------------------------------------------------------- */

static struct spot
value_spot(const struct declaration *of, const struct numbered_value *value)
{
	struct spot spot = spot_of(of);

	spot_add(&spot, ENUM_VALUE);
	spot_add(&spot, (int32_t)value->index);
	return spot;
}

static void
change_value(struct enum_pair *pair, const struct numbered_value *before,
             const struct numbered_value *after)
{
	struct difference difference = difference_new(pair->comparison);
	struct spot old = value_spot(pair->before, before);
	struct spot new = value_spot(pair->after, after);
	const Proto__EnumValueOptions *left = before->value->options;
	const Proto__EnumValueOptions *right = after->value->options;

	difference_add(&difference, "name", before->name, after->name);
	difference_add_flag(&difference, "deprecated",
	                    left != NULL && left->deprecated,
	                    right != NULL && right->deprecated);
	difference_add_options(&difference, BASE(left), BASE(right));
	change_compare(pair->comparison, SYMBOL_VALUE, &old, &new,
	               pair->after->full_name, after->name, &difference);
}

static void
change_one(struct enum_pair *pair, enum breaking_how how,
           const struct numbered_value *value)
{
	const struct declaration *of =
		how == BREAKING_ADDED ? pair->after : pair->before;
	struct spot spot = value_spot(of, value);

	change_add(pair->comparison, how, SYMBOL_VALUE, &spot, of->full_name,
	           value->name);
}

/* Of one number: the same names belong together, the others in their order. */
static void
change_values(struct enum_pair *pair, const struct value_group *before,
              const struct value_group *after)
{
	size_t i = 0;
	size_t j = 0;

	if (before->count == 1 && after->count == 1) {
		change_value(pair, before->items, after->items);
		return;
	}
	while (i < before->count || j < after->count) {
		int order = i == before->count  ? 1
		            : j == after->count ? -1
		                                : strcmp(before->items[i].name,
		                                         after->items[j].name);

		if (order == 0)
			change_value(pair, &before->items[i++],
			             &after->items[j++]);
		else if (order < 0)
			change_one(pair, BREAKING_REMOVED, &before->items[i++]);
		else
			change_one(pair, BREAKING_ADDED, &after->items[j++]);
	}
}

static void
compare_values(struct enum_pair *pair)
{
	struct arena *scratch = pair->comparison->scratch;
	struct values before = values_of(scratch, pair->before->enumeration);
	struct values after = values_of(scratch, pair->after->enumeration);
	struct value_group old = values_next(&before);
	struct value_group new = values_next(&after);

	while (old.count > 0 || new.count > 0) {
		if (new.count == 0 ||
		    (old.count > 0 &&
		     old.items->value->number < new.items->value->number)) {
			value_removed(pair, &old);
			for (size_t i = 0; i < old.count; i++)
				change_one(pair, BREAKING_REMOVED,
				           &old.items[i]);
			old = values_next(&before);
		} else if (old.count == 0 || new.items->value->number <
		                                     old.items->value->number) {
			for (size_t i = 0; i < new.count; i++)
				change_one(pair, BREAKING_ADDED, &new.items[i]);
			new = values_next(&after);
		} else {
			value_renamed(pair, &old, &new);
			change_values(pair, &old, &new);
			old = values_next(&before);
			new = values_next(&after);
		}
	}
}

/* --- the enum ------------------------------------------------------------- */

static const char *
openness(const struct declaration *of)
{
	return of->features.enum_type == FEATURES_ENUM_CLOSED ? "closed"
	                                                      : "open";
}

static void
compare_features(struct enum_pair *pair)
{
	struct comparison *comparison = pair->comparison;
	struct spot spot = pair->spot;
	struct report found = {
		.rule = RULE_ENUM_SAME_TYPE,
		.spot = &spot,
		.scope = pair->after->full_name,
		.before = openness(pair->before),
		.after = openness(pair->after),
	};

	spot.backup = spot.len;
	spot_add(&spot, ENUM_OPTIONS);
	spot_add(&spot, ENUM_OPTIONS_FEATURES);
	spot_add(&spot, FEATURES_ENUM_TYPE);
	if (strcmp(found.before, found.after) != 0)
		report(comparison, &found, "the enum %s was %s and is %s now",
		       pair->after->full_name, found.before, found.after);

	spot.path[spot.len - 1] = FEATURES_JSON_FORMAT;
	found.rule = RULE_ENUM_SAME_JSON_FORMAT;
	found.before = "ALLOW";
	found.after = "LEGACY_BEST_EFFORT";
	if (pair->before->features.json == FEATURES_JSON_ALLOW &&
	    pair->after->features.json != FEATURES_JSON_ALLOW)
		report(comparison, &found,
		       "the enum %s does not promise JSON any more",
		       pair->after->full_name);
}

static void
change_enum(struct enum_pair *pair)
{
	struct arena *scratch = pair->comparison->scratch;
	struct difference difference = difference_new(pair->comparison);
	const Proto__Enum *old = pair->before->enumeration;
	const Proto__Enum *new = pair->after->enumeration;
	const Proto__EnumOptions *left = old->options;
	const Proto__EnumOptions *right = new->options;
	struct spot before = spot_of(pair->before);

	difference_add(&difference, "file", pair->before->file->path,
	               pair->after->file->path);
	difference_add(&difference, "values are", openness(pair->before),
	               openness(pair->after));
	difference_add_flag(&difference, "deprecated",
	                    left != NULL && left->deprecated,
	                    right != NULL && right->deprecated);
	difference_add_flag(&difference, "allow_alias",
	                    left != NULL && left->allow_alias,
	                    right != NULL && right->allow_alias);
	difference_add(&difference, "reserved",
	               reserved_text(scratch, old->reserved_range,
	                             old->n_reserved_range, 0,
	                             old->reserved_name, old->n_reserved_name),
	               reserved_text(scratch, new->reserved_range,
	                             new->n_reserved_range, 0,
	                             new->reserved_name, new->n_reserved_name));
	difference_add_options(&difference, BASE(left), BASE(right));
	change_compare(pair->comparison, SYMBOL_ENUM, &before, &pair->spot,
	               pair->after->full_name, NULL, &difference);
}

void
compare_enums(struct comparison *comparison, const struct declaration *before,
              const struct declaration *after)
{
	struct arena *scratch = comparison->scratch;
	const Proto__Enum *old = before->enumeration;
	const Proto__Enum *new = after->enumeration;
	struct enum_pair pair = {
		.comparison = comparison,
		.before = before,
		.after = after,
		.spot = spot_of(after),
		.reserved_ranges = ranges_of(scratch, new->reserved_range,
	                                     new->n_reserved_range, 0),
		.reserved_names = names_of(scratch, new->reserved_name,
	                                   new->n_reserved_name),
	};

	compare_features(&pair);
	compare_reserved(comparison, RULE_RESERVED_ENUM_NO_DELETE,
	                 &(struct reserved){
				 .spot = &pair.spot,
				 .full_name = after->full_name,
				 .before_ranges = old->reserved_range,
				 .before_range_count = old->n_reserved_range,
				 .before_names = old->reserved_name,
				 .before_name_count = old->n_reserved_name,
				 .after_ranges = &pair.reserved_ranges,
				 .after_names = &pair.reserved_names,
			 });
	change_enum(&pair);
	compare_values(&pair);
}
