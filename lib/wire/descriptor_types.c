/* SPDX-License-Identifier: Apache-2.0 */
#include "wire/descriptor_types.h"

#include "base/arena.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

#define OPTIONS_PACKAGE ".google.protobuf."

struct options {
	struct arena *arena;
	struct options_entry *entries; /* by full name */
	size_t count;
	size_t cap;
};

struct options *
options_new(struct arena *arena)
{
	struct options *options = arena_alloc(arena, sizeof(*options));

	options->arena = arena;
	return options;
}

static bool
extends_options(Proto__Field *const *extensions, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *extendee = extensions[i]->extendee;

		if (extendee != NULL && str_starts(extendee, OPTIONS_PACKAGE))
			return true;
	}
	return false;
}

static bool
declared_in(const Proto__Message *message)
{
	if (extends_options(message->extension, message->n_extension))
		return true;
	for (size_t i = 0; i < message->n_nested_type; i++) {
		if (declared_in(message->nested_type[i]))
			return true;
	}
	return false;
}

bool
options_declared(const Proto__File *file)
{
	if (extends_options(file->extension, file->n_extension))
		return true;
	for (size_t i = 0; i < file->n_message_type; i++) {
		if (declared_in(file->message_type[i]))
			return true;
	}
	return false;
}

static const char *
add(struct options *options, const char *scope, const char *name,
    struct options_entry entry)
{
	if (options->count == options->cap) {
		options->cap = options->cap == 0 ? 64 : 2 * options->cap;
		options->entries = arena_grow(options->arena, options->entries,
		                              options->count * sizeof(entry),
		                              options->cap * sizeof(entry));
	}
	entry.full_name = str_empty(scope) ? name
	                                   : arena_printf(options->arena,
	                                                  "%s.%s", scope, name);
	options->entries[options->count++] = entry;
	return entry.full_name;
}

static void
add_extensions(struct options *options, const char *scope,
               Proto__Field *const *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fields[i]->name != NULL && fields[i]->extendee != NULL)
			(void)add(
				options, scope, fields[i]->name,
				(struct options_entry){.extension = fields[i]});
	}
}

static void
add_enums(struct options *options, const char *scope, Proto__Enum *const *enums,
          size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (enums[i]->name != NULL)
			(void)add(options, scope, enums[i]->name,
			          (struct options_entry){.one = enums[i]});
	}
}

static void
add_messages(struct options *options, const char *scope,
             Proto__Message *const *messages, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const Proto__Message *message = messages[i];

		if (message->name == NULL)
			continue;
		const char *name =
			add(options, scope, message->name,
		            (struct options_entry){.message = message});
		add_messages(options, name, message->nested_type,
		             message->n_nested_type);
		add_enums(options, name, message->enum_type,
		          message->n_enum_type);
		add_extensions(options, name, message->extension,
		               message->n_extension);
	}
}

static int
compare(const void *a, const void *b)
{
	const struct options_entry *left = a;
	const struct options_entry *right = b;

	return strcmp(left->full_name, right->full_name);
}

void
options_add(struct options *options, const Proto__File *file)
{
	add_messages(options, file->package, file->message_type,
	             file->n_message_type);
	add_enums(options, file->package, file->enum_type, file->n_enum_type);
	add_extensions(options, file->package, file->extension,
	               file->n_extension);
	if (options->count > 1)
		qsort(options->entries, options->count,
		      sizeof(*options->entries), compare);
}

const struct options_entry *
options_find(const struct options *options, const char *type_name)
{
	const struct options_entry key = {.full_name = type_name + 1};

	if (type_name[0] != '.' || options->count == 0)
		return NULL;
	return bsearch(&key, options->entries, options->count, sizeof(key),
	               compare);
}

const struct options_entry *
options_find_extension(const struct options *options, const char *extendee,
                       uint32_t number)
{
	static const size_t package = sizeof(OPTIONS_PACKAGE) - 1;

	for (size_t i = 0; i < options->count; i++) {
		const struct options_entry *entry = &options->entries[i];
		const Proto__Field *field = entry->extension;

		if (field != NULL && field->number == (int32_t)number &&
		    str_starts(field->extendee, OPTIONS_PACKAGE) &&
		    strcmp(field->extendee + package, extendee) == 0)
			return entry;
	}
	return NULL;
}
