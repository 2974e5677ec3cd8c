/* SPDX-License-Identifier: Apache-2.0 */
/* Files: their syntax, package and options. */
#include "base/arena.h"
#include "base/attr.h"
#include "breaking/comparison.h"

#include <stddef.h>
#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	FILE_PACKAGE = 2,
	FILE_OPTIONS = 8,
	FILE_SYNTAX = 12,
};

/* --- options -------------------------------------------------------------- */

enum option_kind {
	OPTION_TEXT,
	OPTION_FLAG,
	OPTION_OPTIMIZE,
};

struct file_option {
	enum breaking_rule rule;
	enum option_kind kind;
	const char *name;
	int32_t number; /* in FileOptions */
	size_t at;      /* in the struct */
	size_t has;     /* of what is no text */
	int standard;   /* when it is not given */
};

/* clang-format off */
#define TEXT(rule, name, number) \
	{RULE_FILE_SAME_ ## rule, OPTION_TEXT, #name, number, \
	 offsetof(Proto__FileOptions, name), 0, 0}
#define OTHER(rule, kind, name, number, standard) \
	{RULE_FILE_SAME_ ## rule, OPTION_ ## kind, #name, number, \
	 offsetof(Proto__FileOptions, name), \
	 offsetof(Proto__FileOptions, has_ ## name), standard}

static const struct file_option file_options[] = {
	TEXT(JAVA_PACKAGE, java_package, 1),
	TEXT(JAVA_OUTER_CLASSNAME, java_outer_classname, 8),
	OTHER(OPTIMIZE_FOR, OPTIMIZE, optimize_for, 9, 1),
	OTHER(JAVA_MULTIPLE_FILES, FLAG, java_multiple_files, 10, false),
	TEXT(GO_PACKAGE, go_package, 11),
	OTHER(CC_GENERIC_SERVICES, FLAG, cc_generic_services, 16, false),
	OTHER(JAVA_GENERIC_SERVICES, FLAG, java_generic_services, 17, false),
	OTHER(PY_GENERIC_SERVICES, FLAG, py_generic_services, 18, false),
	OTHER(CC_ENABLE_ARENAS, FLAG, cc_enable_arenas, 31, true),
	TEXT(OBJC_CLASS_PREFIX, objc_class_prefix, 36),
	TEXT(CSHARP_NAMESPACE, csharp_namespace, 37),
	TEXT(SWIFT_PREFIX, swift_prefix, 39),
	TEXT(PHP_CLASS_PREFIX, php_class_prefix, 40),
	TEXT(PHP_NAMESPACE, php_namespace, 41),
	TEXT(PHP_METADATA_NAMESPACE, php_metadata_namespace, 44),
	TEXT(RUBY_PACKAGE, ruby_package, 45),
};
/* clang-format on */

static const char *
optimize_text(struct arena *arena, int value)
{
	static const char *const names[] = {NULL, "SPEED", "CODE_SIZE",
	                                    "LITE_RUNTIME"};

	if (value > 0 && (size_t)value < ARRAY_LEN(names))
		return names[value];
	return arena_printf(arena, "%d", value);
}

static const char *
option_text(struct arena *arena, const struct file_option *option,
            const Proto__FileOptions *options)
{
	const char *base = (const char *)options;
	protobuf_c_boolean has = false;
	int value = option->standard;

	if (option->kind == OPTION_TEXT) {
		char *text = NULL;

		if (options != NULL)
			memcpy(&text, base + option->at, sizeof(text));
		return side_text(text);
	}
	if (options != NULL)
		memcpy(&has, base + option->has, sizeof(has));
	if (option->kind == OPTION_OPTIMIZE) {
		int32_t number = 0;

		if (has)
			memcpy(&number, base + option->at, sizeof(number));
		return optimize_text(arena, has ? number : value);
	}
	if (has) {
		protobuf_c_boolean flag = false;

		memcpy(&flag, base + option->at, sizeof(flag));
		value = flag;
	}
	return value ? "true" : "false";
}

/* --- the file ------------------------------------------------------------- */

static void
same_value(struct comparison *comparison, enum breaking_rule rule,
           const struct spot *spot, const char *what, const char *before,
           const char *after)
{
	if (strcmp(before, after) == 0)
		return;
	report(comparison,
	       &(struct report){
		       .rule = rule,
		       .spot = spot,
		       .scope = spot->file->package,
		       .before = before,
		       .after = after,
	       },
	       "the %s of the file changed from %s to %s", what,
	       quoted(comparison->scratch, before, false),
	       quoted(comparison->scratch, after, false));
}

static const char *
syntax_text(const Proto__File *file)
{
	if (file->has_edition)
		return "editions";
	return file->syntax == NULL || *file->syntax == '\0' ? "proto2"
	                                                     : file->syntax;
}

void
compare_files(struct comparison *comparison, const struct side_file *before,
              const struct side_file *after)
{
	struct spot package = spot_of_file(after);
	struct spot syntax = spot_of_file(after);

	spot_add(&package, FILE_PACKAGE);
	same_value(comparison, RULE_FILE_SAME_PACKAGE, &package, "package",
	           before->package, after->package);
	spot_add(&syntax, FILE_SYNTAX);
	same_value(comparison, RULE_FILE_SAME_SYNTAX, &syntax, "syntax",
	           syntax_text(before->proto), syntax_text(after->proto));

	for (size_t i = 0; i < ARRAY_LEN(file_options); i++) {
		const struct file_option *option = &file_options[i];
		struct spot spot = spot_of_file(after);

		if (!wants(comparison, option->rule))
			continue;
		spot_add(&spot, FILE_OPTIONS);
		spot_add(&spot, option->number);
		same_value(comparison, option->rule, &spot, option->name,
		           option_text(comparison->scratch, option,
		                       before->proto->options),
		           option_text(comparison->scratch, option,
		                       after->proto->options));
	}
}
