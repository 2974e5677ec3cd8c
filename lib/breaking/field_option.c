/* SPDX-License-Identifier: Apache-2.0 */
/* Options of fields that decide on generated code, or on what is accepted. */
#include "base/attr.h"
#include "breaking/field.h"

#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	FIELD_OPTIONS = 8,
	OPTIONS_CTYPE = 1,
	OPTIONS_JSTYPE = 6,
	OPTIONS_FEATURES = 21,
	FEATURES_UTF8 = 4,
	FILE_OPTIONS = 8,
	FILE_JAVA_CHECK_UTF8 = 27,
	EDITION_2024 = 1001,
};

/* As the field has them, or inherits them. */
static struct languages
languages_of(const struct field_side *field)
{
	const Proto__FieldOptions *options = field->field->options;

	return options == NULL ? field->of->languages
	                       : languages_with(field->of->languages,
	                                        options->features);
}

/* --- options -------------------------------------------------------------- */

static void
compare_utf8(struct field_pair *pair)
{
	int before = pair->before.features.utf8;
	int after = pair->after.features.utf8;
	struct spot spot = pair->spot;

	if (before == after)
		return;
	spot.backup = spot.len;
	spot_add(&spot, FIELD_OPTIONS);
	spot_add(&spot, OPTIONS_FEATURES);
	spot_add(&spot, FEATURES_UTF8);
	report_field(pair, RULE_FIELD_SAME_UTF8_VALIDATION, &spot,
	             before == FEATURES_UTF8_VERIFY ? "VERIFY" : "NONE",
	             after == FEATURES_UTF8_VERIFY ? "VERIFY" : "NONE",
	             after == FEATURES_UTF8_VERIFY
	                     ? "is checked for UTF-8 now"
	                     : "is not checked for UTF-8 any more");
}

static bool
has_java_option(const struct field_side *field)
{
	const Proto__FileOptions *options = field->of->file->proto->options;

	return options != NULL && options->has_java_string_check_utf8;
}

static bool
java_verifies(const struct field_side *field)
{
	const Proto__File *file = field->of->file->proto;
	bool by_default = field->features.utf8 == FEATURES_UTF8_VERIFY;

	if (!file->has_edition || has_java_option(field))
		return (has_java_option(field) &&
		        file->options->java_string_check_utf8) ||
		       by_default;
	return languages_of(field).java_utf8 == LANGUAGES_JAVA_VERIFY ||
	       by_default;
}

static void
compare_java_utf8(struct field_pair *pair)
{
	bool before = java_verifies(&pair->before);
	bool after = java_verifies(&pair->after);
	struct spot spot = pair->spot;

	if (before == after)
		return;
	if (has_java_option(&pair->after)) {
		spot = spot_of_file(pair->spot.file);
		spot_add(&spot, FILE_OPTIONS);
		spot_add(&spot, FILE_JAVA_CHECK_UTF8);
	} else {
		spot.backup = spot.len;
		spot_add(&spot, FIELD_OPTIONS);
		spot_add(&spot, OPTIONS_FEATURES);
		spot_add(&spot, LANGUAGES_JAVA);
		spot_add(&spot, LANGUAGES_JAVA_UTF8);
	}
	report_field(pair, RULE_FIELD_SAME_JAVA_UTF8_VALIDATION, &spot,
	             before ? "VERIFY" : "DEFAULT",
	             after ? "VERIFY" : "DEFAULT",
	             after ? "is checked for UTF-8 by Java now"
	                   : "is not checked for UTF-8 by Java any more");
}

/* By ctype, or by the feature that took its place; STRING_PIECE is a string
 * that is kept apart. */
static const char *
cpp_string_type(const struct field_side *field)
{
	static const char *const by_ctype[] = {"STRING", "CORD",
	                                       "STRING_PIECE"};
	static const char *const by_feature[] = {NULL, "VIEW", "CORD",
	                                         "STRING"};
	const Proto__File *file = field->of->file->proto;
	const Proto__FieldOptions *options = field->field->options;
	unsigned feature = languages_of(field).cpp_string;

	if (options != NULL && options->has_ctype && options->ctype >= 0 &&
	    (size_t)options->ctype < ARRAY_LEN(by_ctype))
		return by_ctype[options->ctype];
	if (feature > 0 && feature < ARRAY_LEN(by_feature))
		return by_feature[feature];
	return file->has_edition && file->edition >= EDITION_2024 ? "VIEW"
	                                                          : "STRING";
}

static bool
is_string(int kind)
{
	return kind == FIELD_STRING || kind == FIELD_BYTES;
}

static void
compare_cpp_type(struct field_pair *pair)
{
	const char *before = cpp_string_type(&pair->before);
	const char *after = cpp_string_type(&pair->after);
	struct spot spot = pair->spot;

	/* From STRING_PIECE to STRING nothing changes in C++. */
	if (strcmp(before, after) == 0 ||
	    (pair->before.in_map_entry && pair->after.in_map_entry) ||
	    (strcmp(before, "STRING_PIECE") == 0 &&
	     strcmp(after, "STRING") == 0))
		return;
	spot.backup = spot.len;
	spot_add(&spot, FIELD_OPTIONS);
	if (pair->after.field->options != NULL &&
	    pair->after.field->options->has_ctype) {
		spot_add(&spot, OPTIONS_CTYPE);
	} else {
		spot_add(&spot, OPTIONS_FEATURES);
		spot_add(&spot, LANGUAGES_CPP);
		spot_add(&spot, LANGUAGES_CPP_STRING);
	}
	report_field(pair, RULE_FIELD_SAME_CPP_STRING_TYPE, &spot, before,
	             after, "changed its C++ string type from %s to %s", before,
	             after);
}

static bool
is_64_bit(int kind)
{
	return kind == FIELD_INT64 || kind == FIELD_UINT64 ||
	       kind == FIELD_SINT64 || kind == FIELD_FIXED64 ||
	       kind == FIELD_SFIXED64;
}

static const char *
jstype_text(const struct field_side *field)
{
	static const char *const names[] = {"JS_NORMAL", "JS_STRING",
	                                    "JS_NUMBER"};
	int value = field->field->options == NULL
	                    ? 0
	                    : field->field->options->jstype;

	return value < 0 || (size_t)value >= ARRAY_LEN(names) ? "unknown"
	                                                      : names[value];
}

static void
compare_jstype(struct field_pair *pair)
{
	const char *before = jstype_text(&pair->before);
	const char *after = jstype_text(&pair->after);
	struct spot spot = pair->spot;

	if (strcmp(before, after) == 0)
		return;
	spot.backup = spot.len;
	spot_add(&spot, FIELD_OPTIONS);
	spot_add(&spot, OPTIONS_JSTYPE);
	report_field(pair, RULE_FIELD_SAME_JSTYPE, &spot, before, after,
	             "changed jstype from %s to %s", before, after);
}

void
compare_field_options(struct field_pair *pair)
{
	int before = pair->before.kind;
	int after = pair->after.kind;

	if (before == FIELD_STRING && after == FIELD_STRING) {
		compare_utf8(pair);
		compare_java_utf8(pair);
	}
	if (is_string(before) && is_string(after))
		compare_cpp_type(pair);
	if (is_64_bit(before) && is_64_bit(after))
		compare_jstype(pair);
}
