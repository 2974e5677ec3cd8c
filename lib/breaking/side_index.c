/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/side.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

/* --- orders ------------------------------------------------ */

/* A full name against one in two pieces, which are joined by a dot; as
 * strcmp(), without a copy. */
static int
compare_text(const char *full_name, const char *scope, const char *name)
{
	size_t len = strlen(scope);

	if (len > 0) {
		int order = strncmp(full_name, scope, len);

		if (order != 0)
			return order;
		if (full_name[len] != '.')
			return (unsigned char)full_name[len] < '.' ? -1 : 1;
		full_name += len + 1;
	}
	return strcmp(full_name, name);
}

static int
compare_kinds(const struct declaration *a, enum declared kind,
              const char *scope, const char *name)
{
	int order = compare_text(a->full_name, scope, name);

	return order != 0 ? order : (int)a->kind - (int)kind;
}

/* Files and declarations lie in arrays, in their order. */
static int
compare_places(const struct declaration *a, const struct declaration *b)
{
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a > b) - (a < b);
}

static int
compare_names(const void *a, const void *b)
{
	const struct declaration *const *left = a;
	const struct declaration *const *right = b;
	int order =
		compare_kinds(*left, (*right)->kind, "", (*right)->full_name);

	return order != 0 ? order : compare_places(*left, *right);
}

static int
compare_extended(const struct declaration *a, const char *extendee,
                 int32_t number)
{
	int order = strcmp(side_text(a->extension->extendee), extendee);

	if (order != 0)
		return order;
	return (a->extension->number > number) -
	       (a->extension->number < number);
}

static int
compare_extensions(const void *a, const void *b)
{
	const struct declaration *const *left = a;
	const struct declaration *const *right = b;
	const Proto__Field *field = (*right)->extension;
	int order = compare_extended(*left, side_text(field->extendee),
	                             field->number);

	return order != 0 ? order : compare_places(*left, *right);
}

static void
index_declarations(struct arena *work, struct side *side)
{
	for (size_t i = 0; i < side->file_count; i++)
		side->count += side->files[i].count;
	side->by_name = arena_array(work, side->count, sizeof(*side->by_name));
	side->extensions =
		arena_array(work, side->count, sizeof(*side->extensions));

	size_t count = 0;
	for (size_t i = 0; i < side->file_count; i++) {
		for (size_t j = 0; j < side->files[i].count; j++) {
			struct declaration *one =
				&side->files[i].declarations[j];

			side->by_name[count++] = one;
			if (one->kind == DECLARED_EXTENSION)
				side->extensions[side->extension_count++] = one;
		}
	}
	if (count > 1)
		qsort(side->by_name, count, sizeof(*side->by_name),
		      compare_names);
	if (side->extension_count > 1)
		qsort(side->extensions, side->extension_count,
		      sizeof(*side->extensions), compare_extensions);
	for (size_t i = 1; i < count; i++) {
		const struct declaration *first = side->by_name[i - 1];
		struct declaration *one = side->by_name[i];

		one->shadowed = compare_kinds(first, one->kind, "",
		                              one->full_name) == 0;
	}
}

static int
compare_packages(const void *a, const void *b)
{
	const struct breaking_package *left = a;
	const struct breaking_package *right = b;

	return strcmp(left->name, right->name);
}

unsigned
side_kinds(const struct side_file *file)
{
	static const unsigned masks[] = {
		[DECLARED_MESSAGE] = BREAKING_MESSAGES,
		[DECLARED_ENUM] = BREAKING_ENUMS,
		[DECLARED_SERVICE] = 0,
		[DECLARED_EXTENSION] = BREAKING_EXTENSIONS,
	};
	unsigned mask = 0;

	for (size_t i = 0; i < file->count; i++)
		mask |= masks[file->declarations[i].kind];
	return mask;
}

static void
index_packages(struct arena *work, const struct breaking_package *same,
               size_t same_count, struct side *side)
{
	size_t all = side->file_count + same_count;
	struct breaking_package *packages =
		arena_array(work, all, sizeof(*packages));
	size_t kept = 0;

	for (size_t i = 0; i < side->file_count; i++) {
		packages[i].name = side->files[i].package;
		packages[i].declares = side_kinds(&side->files[i]);
	}
	for (size_t i = 0; i < same_count; i++)
		packages[side->file_count + i] = same[i];
	if (all > 1)
		qsort(packages, all, sizeof(*packages), compare_packages);
	for (size_t i = 0; i < all; i++) {
		if (kept > 0 &&
		    compare_packages(&packages[kept - 1], &packages[i]) == 0)
			packages[kept - 1].declares |= packages[i].declares;
		else
			packages[kept++] = packages[i];
	}
	side->packages = packages;
	side->package_count = kept;
}

/* Where the first is that does not come before kind, name and file (or NULL);
 * the count when it is none of this kind and name. */
static size_t
lower_bound(const struct side *side, const struct side_file *file,
            enum declared kind, const char *scope, const char *name)
{
	size_t from = 0;
	size_t to = side->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct declaration *one = side->by_name[middle];
		int order = compare_kinds(one, kind, scope, name);

		if (order < 0 || (order == 0 && one->file < file))
			from = middle + 1;
		else
			to = middle;
	}
	if (from < side->count &&
	    compare_kinds(side->by_name[from], kind, scope, name) != 0)
		return side->count;
	return from;
}

/* --- maps ----------------------------------------------------------------- */

static bool
has_map_entries(const Proto__Message *message)
{
	for (size_t i = 0; i < message->n_nested_type; i++) {
		if (field_is_map_entry(message->nested_type[i]))
			return true;
	}
	return false;
}

/* Entries learn which field they are made for, as nothing stands of them in
 * the file. */
static void
link_map_entries(struct side *side, const struct declaration *parent)
{
	const Proto__Message *message = parent->message;

	if (!has_map_entries(message))
		return;
	for (size_t i = 0; i < message->n_field; i++) {
		const char *type = side_text(message->field[i]->type_name);
		size_t at;

		if (message->field[i]->label != FIELD_REPEATED ||
		    message->field[i]->type != FIELD_MESSAGE)
			continue;
		at = lower_bound(side, parent->file, DECLARED_MESSAGE, "",
		                 *type == '.' ? type + 1 : type);
		if (at < side->count && side->by_name[at]->parent == parent &&
		    side_is_map_entry(side->by_name[at]) &&
		    side->by_name[at]->map_field < 0)
			side->by_name[at]->map_field = (int32_t)i;
	}
}

static void
link_all_map_entries(struct side *side)
{
	for (size_t i = 0; i < side->count; i++) {
		if (side->by_name[i]->kind == DECLARED_MESSAGE)
			link_map_entries(side, side->by_name[i]);
	}
}

void
side_index(struct arena *work, const struct breaking_package *same,
           size_t same_count, struct side *side)
{
	index_declarations(work, side);
	index_packages(work, same, same_count, side);
	link_all_map_entries(side);
}

/* --- look-ups ------------------------------------------------------------- */

const struct side_file *
side_file(const struct side *side, const char *path)
{
	size_t from = 0;
	size_t to = side->file_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		int order = strcmp(side->files[middle].path, path);

		if (order == 0)
			return &side->files[middle];
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

const struct declaration *
side_find(const struct side *side, enum declared kind, const char *full_name)
{
	size_t at = lower_bound(side, NULL, kind, "", full_name);

	return at == side->count ? NULL : side->by_name[at];
}

const struct declaration *
side_find_in(const struct side *side, const struct side_file *file,
             enum declared kind, const char *nested_name)
{
	size_t at = lower_bound(side, file, kind, file->package, nested_name);

	return at == side->count || side->by_name[at]->file != file
	               ? NULL
	               : side->by_name[at];
}

const struct declaration *
side_find_extension(const struct side *side, const char *extendee,
                    int32_t number)
{
	size_t from = 0;
	size_t to = side->extension_count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (compare_extended(side->extensions[middle], extendee,
		                     number) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == side->extension_count ||
	    compare_extended(side->extensions[from], extendee, number) != 0)
		return NULL;
	return side->extensions[from];
}

static const struct breaking_package *
find_package(const struct side *side, const char *name)
{
	const struct breaking_package wanted = {.name = name};

	return side->package_count == 0
	               ? NULL
	               : bsearch(&wanted, side->packages, side->package_count,
	                         sizeof(*side->packages), compare_packages);
}

bool
side_package(const struct side *side, const char *name, unsigned *ret)
{
	const struct breaking_package *found = find_package(side, name);

	if (found == NULL)
		return false;
	*ret = found->declares;
	return true;
}

size_t
side_package_index(const struct side *side, const struct side_file *file)
{
	return (size_t)(find_package(side, file->package) - side->packages);
}

const char *
side_nested_name(const struct declaration *declaration)
{
	size_t len = strlen(declaration->file->package);

	return declaration->full_name + (len == 0 ? 0 : len + 1);
}

bool
side_is_map_entry(const struct declaration *declaration)
{
	return declaration != NULL && declaration->kind == DECLARED_MESSAGE &&
	       field_is_map_entry(declaration->message);
}
