/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/side.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of descriptor.proto, as steps of a path. */
enum {
	FILE_MESSAGE = 4,
	FILE_ENUM = 5,
	FILE_SERVICE = 6,
	FILE_EXTENSION = 7,
	MESSAGE_MESSAGE = 3,
	MESSAGE_ENUM = 4,
	MESSAGE_EXTENSION = 6,
};

const char *
side_text(const char *text)
{
	return text == NULL ? "" : text;
}

/* Names may be megabytes long, which printf() goes through byte by byte. */
const char *
side_join(struct arena *arena, const char *scope, const char *name)
{
	size_t scope_len = strlen(side_text(scope));
	size_t name_len = strlen(side_text(name));
	char *ret = arena_alloc(arena, scope_len + 1 + name_len + 1);
	char *at = ret;

	if (scope_len > 0) {
		memcpy(at, scope, scope_len);
		at += scope_len;
		if (name != NULL)
			*at++ = '.';
	}
	if (name_len > 0)
		memcpy(at, name, name_len);
	return ret;
}

static size_t
used(const struct arena *arena)
{
	return arena == NULL ? 0 : arena_used(arena);
}

struct memory
memory_of(struct arena *arena, struct arena *work)
{
	return (struct memory){
		.arena = arena,
		.work = work,
		.before = used(arena) + used(work),
	};
}

bool
memory_left(const struct memory *memory, const struct arena *scratch,
            struct fault *fault)
{
	size_t now = used(memory->arena) + used(memory->work) + used(scratch);

	if (now - memory->before <= LIMIT_BREAKING_MEMORY)
		return true;
	(void)fault_set(fault, "too-large",
	                "the comparison needs more than %d MiB of memory",
	                LIMIT_BREAKING_MEMORY >> 20);
	return false;
}

/* --- declarations --------------------------------------------------------- */

struct reading {
	const struct memory *memory;
	struct side_file *file;
	struct fault *fault;
};

static size_t
count_message(const Proto__Message *message)
{
	size_t count = 1 + message->n_enum_type + message->n_extension;

	for (size_t i = 0; i < message->n_nested_type; i++)
		count += count_message(message->nested_type[i]);
	return count;
}

static size_t
count_file(const Proto__File *file)
{
	size_t count = file->n_enum_type + file->n_service + file->n_extension;

	for (size_t i = 0; i < file->n_message_type; i++)
		count += count_message(file->message_type[i]);
	return count;
}

static void
set_features(struct declaration *made, const Proto__Features *own)
{
	made->features = features_with(made->features, own);
	made->languages = languages_with(made->languages, own);
}

/* Long names of what is outside are copied into each name inside: so the limit
 * of memory is looked at for each of them. */
static struct declaration *
add(struct reading *reading, const struct declaration *parent,
    enum declared kind, const char *name, int32_t number, size_t index)
{
	struct side_file *file = reading->file;
	const char *scope = parent == NULL ? file->package : parent->full_name;
	struct declaration *ret = &file->declarations[file->count];

	if (!memory_left(reading->memory, NULL, reading->fault))
		return NULL;
	file->count++;
	ret->file = file;
	ret->parent = parent;
	ret->kind = kind;
	ret->full_name =
		side_join(reading->memory->work, scope, side_text(name));
	ret->step[0] = number;
	ret->step[1] = (int32_t)index;
	ret->map_field = -1;
	ret->features = parent == NULL ? file->features : parent->features;
	ret->languages = parent == NULL ? file->languages : parent->languages;
	return ret;
}

static bool
add_enums(struct reading *reading, const struct declaration *parent,
          Proto__Enum *const *enums, size_t count, int32_t number)
{
	for (size_t i = 0; i < count; i++) {
		struct declaration *made = add(reading, parent, DECLARED_ENUM,
		                               enums[i]->name, number, i);

		if (made == NULL)
			return false;
		made->enumeration = enums[i];
		if (enums[i]->options != NULL)
			set_features(made, enums[i]->options->features);
	}
	return true;
}

static bool
add_extensions(struct reading *reading, const struct declaration *parent,
               Proto__Field *const *fields, size_t count, int32_t number)
{
	for (size_t i = 0; i < count; i++) {
		struct declaration *made =
			add(reading, parent, DECLARED_EXTENSION,
		            fields[i]->name, number, i);

		if (made == NULL)
			return false;
		made->extension = fields[i];
	}
	return true;
}

/* As deep as descriptor_read() allows. */
static bool
add_messages(struct reading *reading, const struct declaration *parent,
             Proto__Message *const *messages, size_t count, int32_t number)
{
	for (size_t i = 0; i < count; i++) {
		const Proto__Message *message = messages[i];
		struct declaration *made =
			add(reading, parent, DECLARED_MESSAGE, message->name,
		            number, i);

		if (made == NULL)
			return false;
		made->message = message;
		if (message->options != NULL)
			set_features(made, message->options->features);
		if (!add_enums(reading, made, message->enum_type,
		               message->n_enum_type, MESSAGE_ENUM) ||
		    !add_extensions(reading, made, message->extension,
		                    message->n_extension, MESSAGE_EXTENSION) ||
		    !add_messages(reading, made, message->nested_type,
		                  message->n_nested_type, MESSAGE_MESSAGE))
			return false;
	}
	return true;
}

static bool
add_services(struct reading *reading)
{
	const Proto__File *proto = reading->file->proto;

	for (size_t i = 0; i < proto->n_service; i++) {
		struct declaration *made =
			add(reading, NULL, DECLARED_SERVICE,
		            proto->service[i]->name, FILE_SERVICE, i);

		if (made == NULL)
			return false;
		made->service = proto->service[i];
	}
	return true;
}

static bool
add_all(struct reading *reading)
{
	struct side_file *file = reading->file;
	const Proto__File *proto = file->proto;

	file->declarations =
		arena_array(reading->memory->work, count_file(proto),
	                    sizeof(*file->declarations));
	return add_messages(reading, NULL, proto->message_type,
	                    proto->n_message_type, FILE_MESSAGE) &&
	       add_enums(reading, NULL, proto->enum_type, proto->n_enum_type,
	                 FILE_ENUM) &&
	       add_services(reading) &&
	       add_extensions(reading, NULL, proto->extension,
	                      proto->n_extension, FILE_EXTENSION);
}

/* --- files ---------------------------------------------------------------- */

static int
compare_files(const void *a, const void *b)
{
	const struct side_file *left = a;
	const struct side_file *right = b;

	return strcmp(left->path, right->path);
}

static bool
read_files(const struct memory *memory, const struct breaking_side *input,
           struct side *side, struct fault *fault)
{
	AUTO(arena_free) struct arena *scratch = arena_new();

	side->files =
		arena_array(memory->work, input->count, sizeof(*side->files));
	for (size_t i = 0; i < input->count; i++) {
		struct side_file *file = &side->files[side->file_count++];

		file->bytes = input->files[i];
		file->proto = descriptor_read_declarations(
			memory->work, scratch, input->files[i], fault);
		arena_reset(scratch);
		if (file->proto == NULL || !memory_left(memory, NULL, fault))
			return false;
		file->path = arena_strdup(memory->arena, file->proto->name);
		file->package = arena_strdup(memory->arena,
		                             side_text(file->proto->package));
		file->features = features_of(file->proto);
		if (file->proto->options != NULL)
			file->languages =
				languages_with(file->languages,
			                       file->proto->options->features);
	}
	if (side->file_count > 1)
		qsort(side->files, side->file_count, sizeof(*side->files),
		      compare_files);
	for (size_t i = 1; i < side->file_count; i++) {
		if (compare_files(&side->files[i - 1], &side->files[i]) == 0) {
			(void)fault_set(fault, "duplicate",
			                "has the file \"%.100s\" twice",
			                side->files[i].path);
			return false;
		}
	}
	return true;
}

/* --- the whole ------------------------------------------------------------ */

bool
side_read(const struct memory *memory, const struct breaking_side *input,
          const struct breaking_package *same, size_t same_count,
          struct side *ret, struct fault *fault)
{
	*ret = (struct side){0};
	if (!read_files(memory, input, ret, fault))
		return false;
	for (size_t i = 0; i < ret->file_count; i++) {
		struct reading reading = {
			.memory = memory,
			.file = &ret->files[i],
			.fault = fault,
		};

		if (!add_all(&reading))
			return false;
	}
	side_index(memory->work, same, same_count, ret);
	return memory_left(memory, NULL, fault);
}
