/* SPDX-License-Identifier: Apache-2.0 */
/* Messages, and their fields, which are known by number. */
#include "base/arena.h"
#include "breaking/comparison.h"
#include "breaking/field.h"
#include "breaking/ranges.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	MESSAGE_OPTIONS = 7,
	OPTIONS_NO_ACCESSOR = 2,
	OPTIONS_FEATURES = 12,
	FEATURES_JSON_FORMAT = 6,
};

struct message_pair {
	struct comparison *comparison;
	const struct declaration *before;
	const struct declaration *after;
	struct spot spot; /* of the message after */
	struct ranges reserved_ranges;
	struct names reserved_names;
};

/* --- fields by number ----------------------------------------------------- */

struct numbered {
	int32_t number;
	size_t index;
};

static int
compare_numbers(const void *a, const void *b)
{
	const struct numbered *left = a;
	const struct numbered *right = b;

	if (left->number != right->number)
		return left->number < right->number ? -1 : 1;
	return (left->index > right->index) - (left->index < right->index);
}

static struct numbered *
numbers_of(struct arena *arena, const Proto__Message *message)
{
	size_t count = message->n_field;
	struct numbered *ret = arena_array(arena, count, sizeof(*ret));

	for (size_t i = 0; i < count; i++)
		ret[i] = (struct numbered){
			.number = message->field[i]->number,
			.index = i,
		};
	if (count > 1)
		qsort(ret, count, sizeof(*ret), compare_numbers);
	return ret;
}

static void
required_changed(struct message_pair *pair, const struct spot *spot,
                 const struct field_side *field, const char *how)
{
	report(pair->comparison,
	       &(struct report){
		       .rule = RULE_MESSAGE_SAME_REQUIRED_FIELDS,
		       .spot = spot,
		       .scope = pair->after->full_name,
		       .name = field->name,
	       },
	       "%s is %s a required field %s (%" PRId32
	       "), which all peers must know",
	       pair->after->full_name, how, field->name, field->field->number);
}

static void
field_removed(struct message_pair *pair, size_t index)
{
	struct comparison *comparison = pair->comparison;
	struct field_side gone =
		field_side_of(&comparison->before, pair->before, index);
	int32_t number = gone.field->number;
	const char *full_name = pair->after->full_name;
	struct report found = {
		.rule = RULE_FIELD_NO_DELETE,
		.spot = &pair->spot,
		.scope = full_name,
		.name = gone.name,
		.before = arena_printf(comparison->scratch, "%s = %" PRId32,
	                               gone.name, number),
	};

	report(comparison, &found, "the field %s (%" PRId32 ") of %s is gone",
	       gone.name, number, full_name);
	found.rule = RULE_FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED;
	if (!ranges_hold(&pair->reserved_ranges, number))
		report(comparison, &found,
		       "the field %s of %s is gone and its number %" PRId32
		       " is not reserved",
		       gone.name, full_name, number);
	found.rule = RULE_FIELD_NO_DELETE_UNLESS_NAME_RESERVED;
	if (!names_hold(&pair->reserved_names, gone.name))
		report(comparison, &found,
		       "the field %" PRId32 " of %s is gone and its name %s is "
		       "not reserved",
		       number, full_name, gone.name);
	if (gone.field->label == FIELD_REQUIRED)
		required_changed(pair, &pair->spot, &gone, "without");
	if (gone.in_map_entry)
		return;
	report_unannounced(
		comparison, &pair->spot, "field", full_name, gone.name,
		field_deprecated(&gone) || is_deprecated(pair->before));

	struct spot spot = field_spot(&gone);
	change_add(comparison, BREAKING_REMOVED, SYMBOL_FIELD, &spot,
	           pair->before->full_name, gone.name);
}

static void
field_added(struct message_pair *pair, size_t index)
{
	struct comparison *comparison = pair->comparison;
	struct field_side new =
		field_side_of(&comparison->after, pair->after, index);
	struct spot spot = field_spot(&new);

	if (new.field->label == FIELD_REQUIRED)
		required_changed(pair, &spot, &new, "with");
	if (!new.in_map_entry)
		change_add(comparison, BREAKING_ADDED, SYMBOL_FIELD, &spot,
		           pair->after->full_name, new.name);
}

static void
field_stayed(struct message_pair *pair, size_t before, size_t after)
{
	struct comparison *comparison = pair->comparison;
	struct field_pair fields = {
		.comparison = comparison,
		.before = field_side_of(&comparison->before, pair->before,
	                                before),
		.after = field_side_of(&comparison->after, pair->after, after),
	};

	fields.spot = field_spot(&fields.after);
	if (fields.before.field->label != FIELD_REQUIRED &&
	    fields.after.field->label == FIELD_REQUIRED)
		required_changed(pair, &fields.spot, &fields.after, "with");
	if (fields.before.field->label == FIELD_REQUIRED &&
	    fields.after.field->label != FIELD_REQUIRED)
		required_changed(pair, &pair->spot, &fields.before, "without");
	compare_fields(&fields);
}

static void
compare_numbered(struct message_pair *pair)
{
	struct arena *scratch = pair->comparison->scratch;
	const Proto__Message *before = pair->before->message;
	const Proto__Message *after = pair->after->message;
	struct numbered *old = numbers_of(scratch, before);
	struct numbered *new = numbers_of(scratch, after);
	size_t i = 0;
	size_t j = 0;

	while (i < before->n_field || j < after->n_field) {
		if (j == after->n_field ||
		    (i < before->n_field && old[i].number < new[j].number)) {
			field_removed(pair, old[i++].index);
		} else if (i == before->n_field ||
		           new[j].number < old[i].number) {
			field_added(pair, new[j++].index);
		} else {
			field_stayed(pair, old[i].index, new[j].index);
			i++;
			j++;
		}
	}
}

/* --- oneofs --------------------------------------------------------------- */

/* Those that protoc makes for proto3_optional are none; NULL in their place. */
static char **
oneof_names(struct arena *arena, const Proto__Message *message)
{
	char **names =
		arena_array(arena, message->n_oneof_decl, sizeof(*names));

	for (size_t i = 0; i < message->n_oneof_decl; i++)
		names[i] = message->oneof_decl[i]->name;
	for (size_t i = 0; i < message->n_field; i++) {
		const Proto__Field *field = message->field[i];

		if (field->proto3_optional && field->has_oneof_index &&
		    field->oneof_index >= 0 &&
		    (size_t)field->oneof_index < message->n_oneof_decl)
			names[field->oneof_index] = NULL;
	}
	return names;
}

static void
compare_oneofs(struct message_pair *pair)
{
	struct comparison *comparison = pair->comparison;
	const Proto__Message *before = pair->before->message;
	const Proto__Message *after = pair->after->message;

	if (before->n_oneof_decl == 0 ||
	    !wants(comparison, RULE_ONEOF_NO_DELETE))
		return;

	char **old = oneof_names(comparison->scratch, before);
	char **all = arena_array(comparison->scratch, after->n_oneof_decl,
	                         sizeof(*all));
	for (size_t i = 0; i < after->n_oneof_decl; i++)
		all[i] = after->oneof_decl[i]->name;

	struct names new =
		names_of(comparison->scratch, all, after->n_oneof_decl);
	for (size_t i = 0; i < before->n_oneof_decl; i++) {
		if (old[i] == NULL || names_hold(&new, old[i]))
			continue;
		report(comparison,
		       &(struct report){
			       .rule = RULE_ONEOF_NO_DELETE,
			       .spot = &pair->spot,
			       .scope = pair->after->full_name,
			       .name = old[i],
		       },
		       "the oneof %s of %s is gone", old[i],
		       pair->after->full_name);
	}
}

/* --- the message ---------------------------------------------------------- */

static bool
no_accessor(const Proto__Message *message)
{
	return message->options != NULL &&
	       message->options->no_standard_descriptor_accessor;
}

static void
compare_options(struct message_pair *pair)
{
	const char *full_name = pair->after->full_name;
	struct spot spot = pair->spot;
	struct report found = {
		.rule = RULE_MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR,
		.spot = &spot,
		.scope = full_name,
		.before = "false",
		.after = "true",
	};

	spot_add(&spot, MESSAGE_OPTIONS);
	spot_add(&spot, OPTIONS_NO_ACCESSOR);
	if (!no_accessor(pair->before->message) &&
	    no_accessor(pair->after->message))
		report(pair->comparison, &found,
		       "%s has no standard descriptor accessor any more",
		       full_name);

	spot = pair->spot;
	spot.backup = spot.len;
	spot_add(&spot, MESSAGE_OPTIONS);
	spot_add(&spot, OPTIONS_FEATURES);
	spot_add(&spot, FEATURES_JSON_FORMAT);
	found.rule = RULE_MESSAGE_SAME_JSON_FORMAT;
	found.before = "ALLOW";
	found.after = "LEGACY_BEST_EFFORT";
	if (pair->before->features.json == FEATURES_JSON_ALLOW &&
	    pair->after->features.json != FEATURES_JSON_ALLOW)
		report(pair->comparison, &found,
		       "%s does not promise JSON any more", full_name);
}

static void
compare_numbers_kept(struct message_pair *pair)
{
	struct arena *scratch = pair->comparison->scratch;
	const Proto__Message *before = pair->before->message;
	const Proto__Message *after = pair->after->message;
	struct ranges extensions = ranges_of(scratch, after->extension_range,
	                                     after->n_extension_range, 1);
	struct reserved reserved = {
		.spot = &pair->spot,
		.full_name = pair->after->full_name,
		.before_ranges = before->extension_range,
		.before_range_count = before->n_extension_range,
		.after_end = 1,
		.after_ranges = &extensions,
	};

	compare_ranges(pair->comparison, RULE_EXTENSION_MESSAGE_NO_DELETE,
	               &reserved, "left to extensions");
	reserved.before_ranges = before->reserved_range;
	reserved.before_range_count = before->n_reserved_range;
	reserved.before_names = before->reserved_name;
	reserved.before_name_count = before->n_reserved_name;
	reserved.after_ranges = &pair->reserved_ranges;
	reserved.after_names = &pair->reserved_names;
	compare_reserved(pair->comparison, RULE_RESERVED_MESSAGE_NO_DELETE,
	                 &reserved);
}

static const char *
message_reserved(struct arena *arena, const Proto__Message *message)
{
	return reserved_text(arena, message->reserved_range,
	                     message->n_reserved_range, 1,
	                     message->reserved_name, message->n_reserved_name);
}

static void
change_message(struct message_pair *pair)
{
	struct arena *scratch = pair->comparison->scratch;
	struct difference difference = difference_new(pair->comparison);
	const Proto__Message *old = pair->before->message;
	const Proto__Message *new = pair->after->message;
	const Proto__MessageOptions *left = old->options;
	const Proto__MessageOptions *right = new->options;
	struct spot before = spot_of(pair->before);

	difference_add(&difference, "file", pair->before->file->path,
	               pair->after->file->path);
	difference_add_flag(&difference, "deprecated",
	                    left != NULL && left->deprecated,
	                    right != NULL && right->deprecated);
	difference_add(&difference, "reserved", message_reserved(scratch, old),
	               message_reserved(scratch, new));
	difference_add(&difference, "extensions",
	               reserved_text(scratch, old->extension_range,
	                             old->n_extension_range, 1, NULL, 0),
	               reserved_text(scratch, new->extension_range,
	                             new->n_extension_range, 1, NULL, 0));
	difference_add_options(&difference, BASE(left), BASE(right));
	change_compare(pair->comparison, SYMBOL_MESSAGE, &before, &pair->spot,
	               pair->after->full_name, NULL, &difference);
}

void
compare_messages(struct comparison *comparison,
                 const struct declaration *before,
                 const struct declaration *after)
{
	struct arena *scratch = comparison->scratch;
	const Proto__Message *new = after->message;
	struct message_pair pair = {
		.comparison = comparison,
		.before = before,
		.after = after,
		.spot = spot_of(after),
		.reserved_ranges = ranges_of(scratch, new->reserved_range,
	                                     new->n_reserved_range, 1),
		.reserved_names = names_of(scratch, new->reserved_name,
	                                   new->n_reserved_name),
	};

	if (!side_is_map_entry(after))
		change_message(&pair);
	compare_numbers_kept(&pair);
	compare_options(&pair);
	compare_oneofs(&pair);
	compare_numbered(&pair);
}
