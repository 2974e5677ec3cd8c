/* SPDX-License-Identifier: Apache-2.0 */
/* What is gone from its file or its package, and whether that was announced;
 * and the symbols that came or went as a whole. */
#include "base/arena.h"
#include "breaking/comparison.h"

#include <string.h>

/* Numbers of descriptor.proto. */
enum {
	MESSAGE_FIELD = 2,
	ENUM_VALUE = 2,
	SERVICE_METHOD = 2,
};

/* --- kinds ---------------------------------------------------------------- */

static const struct kind {
	const char *name;
	enum symbol_kind symbol;
	enum breaking_rule in_file;
	enum breaking_rule in_package;
	unsigned mask; /* that a package still has some of the kind */
} kinds[] = {
	[DECLARED_MESSAGE] = {"message", SYMBOL_MESSAGE, RULE_MESSAGE_NO_DELETE,
                              RULE_PACKAGE_MESSAGE_NO_DELETE,
                              BREAKING_MESSAGES},
	[DECLARED_ENUM] = {"enum", SYMBOL_ENUM, RULE_ENUM_NO_DELETE,
                           RULE_PACKAGE_ENUM_NO_DELETE, BREAKING_ENUMS},
	[DECLARED_SERVICE] = {"service", SYMBOL_SERVICE, RULE_SERVICE_NO_DELETE,
                              RULE_PACKAGE_SERVICE_NO_DELETE, 0},
	[DECLARED_EXTENSION] = {"extension", SYMBOL_EXTENSION,
                                RULE_EXTENSION_NO_DELETE,
                                RULE_PACKAGE_EXTENSION_NO_DELETE,
                                BREAKING_EXTENSIONS},
};

/* --- deprecation ---------------------------------------------------------- */

static bool
says_deprecated(const struct declaration *d)
{
	switch (d->kind) {
	case DECLARED_MESSAGE:
		return d->message->options != NULL &&
		       d->message->options->deprecated;
	case DECLARED_ENUM:
		return d->enumeration->options != NULL &&
		       d->enumeration->options->deprecated;
	case DECLARED_SERVICE:
		return d->service->options != NULL &&
		       d->service->options->deprecated;
	case DECLARED_EXTENSION:
		return d->extension->options != NULL &&
		       d->extension->options->deprecated;
	}
	return false;
}

bool
is_deprecated(const struct declaration *declaration)
{
	const Proto__FileOptions *options = declaration->file->proto->options;

	for (const struct declaration *d = declaration; d != NULL;
	     d = d->parent) {
		if (says_deprecated(d))
			return true;
	}
	return options != NULL && options->deprecated;
}

void
report_unannounced(struct comparison *comparison, const struct spot *spot,
                   const char *kind, const char *scope, const char *name,
                   bool deprecated)
{
	if (deprecated)
		return;
	report(comparison,
	       &(struct report){
		       .rule = RULE_REMOVED_WITHOUT_DEPRECATION,
		       .spot = spot,
		       .scope = scope,
		       .name = name,
	       },
	       "the %s %s%s%s was removed and had not been deprecated before",
	       kind, side_text(scope), name == NULL ? "" : ".",
	       side_text(name));
}

/* --- from a file, from a package ------------------------------------------ */

static const struct declaration *
find_nested(struct comparison *comparison, const struct side_file *file,
            const struct declaration *wanted)
{
	return side_find_in(&comparison->after, file, wanted->kind,
	                    side_nested_name(wanted));
}

/* The closest message around it that is still there, or the file. */
static struct spot
spot_around(struct comparison *comparison, const struct declaration *gone,
            const struct side_file *after)
{
	for (const struct declaration *d = gone->parent; d != NULL;
	     d = d->parent) {
		const struct declaration *found =
			find_nested(comparison, after, d);

		if (found != NULL)
			return spot_of(found);
	}
	return spot_of_file(after);
}

/* The same, wherever in the package the message is now. */
static struct spot
spot_in_package(struct comparison *comparison, const struct declaration *gone,
                const struct side_file *after)
{
	for (const struct declaration *d = gone->parent;
	     d != NULL && gone->kind == DECLARED_MESSAGE; d = d->parent) {
		const struct declaration *found = side_find(
			&comparison->after, DECLARED_MESSAGE, d->full_name);

		if (found != NULL)
			return spot_of(found);
	}
	return spot_around(comparison, gone, after);
}

static void
gone_from_package(struct comparison *comparison, const struct declaration *gone,
                  const struct side_file *after)
{
	const struct kind *kind = &kinds[gone->kind];
	const struct declaration *now =
		side_find(&comparison->after, gone->kind, gone->full_name);
	unsigned declares;

	if (!wants(comparison, kind->in_package) ||
	    !side_package(&comparison->after, gone->file->package, &declares) ||
	    (declares & kind->mask) != kind->mask ||
	    (now != NULL &&
	     strcmp(now->file->package, gone->file->package) == 0))
		return;

	struct spot spot = after == NULL
	                           ? spot_of_file(gone->file)
	                           : spot_in_package(comparison, gone, after);
	report(comparison,
	       &(struct report){
		       .rule = kind->in_package,
		       .spot = &spot,
		       .package = gone->file->package,
		       .scope = gone->full_name,
	       },
	       "the %s %s is gone from the package %s", kind->name,
	       side_nested_name(gone), gone->file->package);
}

static void
gone_from_file(struct comparison *comparison, const struct declaration *gone,
               const struct side_file *after)
{
	const struct kind *kind = &kinds[gone->kind];

	if (!wants(comparison, kind->in_file) ||
	    find_nested(comparison, after, gone) != NULL)
		return;

	struct spot spot = spot_around(comparison, gone, after);
	report(comparison,
	       &(struct report){
		       .rule = kind->in_file,
		       .spot = &spot,
		       .package = gone->file->package,
		       .scope = gone->full_name,
	       },
	       "the %s %s is gone from the file", kind->name,
	       side_nested_name(gone));
}

void
compare_removed(struct comparison *comparison, const struct declaration *before,
                const struct side_file *after)
{
	gone_from_package(comparison, before, after);
	if (after != NULL)
		gone_from_file(comparison, before, after);
	if (counterpart(&comparison->after, before) != NULL)
		return;
	change_whole(comparison, BREAKING_REMOVED, before);
	/* What is inside of something goes with it. */
	if (side_is_map_entry(before) || before->kind == DECLARED_EXTENSION ||
	    (before->parent != NULL &&
	     counterpart(&comparison->after, before->parent) == NULL))
		return;

	struct spot spot = after == NULL
	                           ? spot_of_file(before->file)
	                           : spot_around(comparison, before, after);
	report_unannounced(comparison, &spot, kinds[before->kind].name,
	                   before->full_name, NULL, is_deprecated(before));
}

/* --- whole symbols -------------------------------------------------------- */

static void
add_inside(struct comparison *comparison, enum breaking_how how,
           enum symbol_kind kind, const struct declaration *d, int32_t number,
           size_t index, const char *name)
{
	struct spot spot = spot_of(d);

	spot_add(&spot, number);
	spot_add(&spot, (int32_t)index);
	change_add(comparison, how, kind, &spot, d->full_name, side_text(name));
}

void
change_whole(struct comparison *comparison, enum breaking_how how,
             const struct declaration *d)
{
	struct spot spot = spot_of(d);

	if (side_is_map_entry(d))
		return;
	change_add(comparison, how, kinds[d->kind].symbol, &spot, d->full_name,
	           NULL);
	for (size_t i = 0;
	     d->kind == DECLARED_MESSAGE && i < d->message->n_field; i++)
		add_inside(comparison, how, SYMBOL_FIELD, d, MESSAGE_FIELD, i,
		           d->message->field[i]->name);
	for (size_t i = 0;
	     d->kind == DECLARED_ENUM && i < d->enumeration->n_value; i++)
		add_inside(comparison, how, SYMBOL_VALUE, d, ENUM_VALUE, i,
		           d->enumeration->value[i]->name);
	for (size_t i = 0;
	     d->kind == DECLARED_SERVICE && i < d->service->n_method; i++)
		add_inside(comparison, how, SYMBOL_METHOD, d, SERVICE_METHOD, i,
		           d->service->method[i]->name);
}
