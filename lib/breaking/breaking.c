/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/breaking.h"

#include "base/arena.h"
#include "base/fault.h"
#include "breaking/comparison.h"

#include <string.h>

/* --- enums of files that are the same ------------------------------------- */

/* Each is decoded once. */
struct known_file {
	struct known_file *next;
	const unsigned char *bytes;
	const struct side *side; /* this file only; NULL: it is malformed */
};

static const struct side *
read_known(struct comparison *comparison, struct wire_bytes bytes)
{
	struct side *side = arena_alloc(comparison->work, sizeof(*side));
	const struct breaking_side input = {.files = &bytes, .count = 1};
	struct fault fault;

	return side_read(&comparison->memory, &input, NULL, 0, side, &fault)
	               ? side
	               : NULL;
}

static const struct side *
known_side(struct comparison *comparison, struct wire_bytes bytes)
{
	/* There may be thousands, but no two at one address. */
	struct known_file **bucket =
		&comparison->known[(uintptr_t)bytes.bytes / 16 % KNOWN_BUCKETS];
	struct known_file *made;

	for (struct known_file *k = *bucket; k != NULL; k = k->next) {
		if (k->bytes == bytes.bytes)
			return k->side;
	}
	made = arena_alloc(comparison->work, sizeof(*made));
	made->bytes = bytes.bytes;
	made->side = read_known(comparison, bytes);
	made->next = *bucket;
	*bucket = made;
	return made->side;
}

const Proto__Enum *
comparison_find_enum(struct comparison *comparison, const struct side *side,
                     const char *full_name)
{
	const struct breaking_input *input = comparison->input;
	const struct declaration *found =
		side_find(side, DECLARED_ENUM, full_name);
	struct wire_bytes bytes;

	if (found == NULL && input->find != NULL &&
	    input->find(input->context, full_name, &bytes)) {
		side = known_side(comparison, bytes);
		if (side != NULL)
			found = side_find(side, DECLARED_ENUM, full_name);
	}
	return found == NULL ? NULL : found->enumeration;
}

bool
comparison_may_search(struct comparison *comparison, size_t values)
{
	comparison->searched += values;
	if (comparison->searched <= LIMIT_BREAKING_VALUES)
		return true;
	if (!comparison->failed)
		(void)fault_set(comparison->fault, "too-large",
		                "more than %d values of enums would have to "
		                "be compared for single fields",
		                LIMIT_BREAKING_VALUES);
	comparison->failed = true;
	return false;
}

/* --- declarations --------------------------------------------------------- */

const struct declaration *
counterpart(const struct side *side, const struct declaration *declaration)
{
	if (declaration->kind == DECLARED_EXTENSION)
		return side_find_extension(
			side, side_text(declaration->extension->extendee),
			declaration->extension->number);
	return side_find(side, declaration->kind, declaration->full_name);
}

static void
compare_declarations(struct comparison *comparison,
                     const struct declaration *before,
                     const struct declaration *after)
{
	switch (after->kind) {
	case DECLARED_MESSAGE:
		compare_messages(comparison, before, after);
		break;
	case DECLARED_ENUM:
		compare_enums(comparison, before, after);
		break;
	case DECLARED_SERVICE:
		compare_services(comparison, before, after);
		break;
	case DECLARED_EXTENSION:
		compare_extensions(comparison, before, after);
		break;
	}
}

/* Only the first of a name is compared: otherwise a file with many of one name
 * would be compared with one large message as many times. */
static bool
is_first(const struct side *side, const struct declaration *declaration)
{
	return declaration->kind == DECLARED_EXTENSION
	               ? counterpart(side, declaration) == declaration
	               : !declaration->shadowed;
}

/* --- files ---------------------------------------------------------------- */

static bool
go_on(struct comparison *comparison)
{
	if (!comparison->failed)
		comparison->failed =
			!memory_left(&comparison->memory, comparison->scratch,
		                     comparison->fault);
	return !comparison->failed;
}

static void
compare_after(struct comparison *comparison, const struct side_file *file)
{
	for (size_t i = 0; i < file->count && go_on(comparison); i++) {
		const struct declaration *after = &file->declarations[i];
		const struct declaration *before;

		if (!is_first(&comparison->after, after))
			continue;
		before = counterpart(&comparison->before, after);
		if (before == NULL)
			change_whole(comparison, BREAKING_ADDED, after);
		else
			compare_declarations(comparison, before, after);
	}
}

static void
compare_before(struct comparison *comparison, const struct side_file *before,
               const struct side_file *after)
{
	for (size_t i = 0; i < before->count && go_on(comparison); i++)
		compare_removed(comparison, &before->declarations[i], after);
	if (after != NULL)
		return;

	struct spot spot = spot_of_file(before);
	report(comparison,
	       &(struct report){
		       .rule = RULE_FILE_NO_DELETE,
		       .spot = &spot,
		       .scope = before->package,
		       .before = before->path,
	       },
	       "the file %s is gone", before->path);
}

static void
compare_pair(struct comparison *comparison, const struct side_file *before,
             const struct side_file *after)
{
	arena_reset(comparison->scratch);
	comparison->pair = (struct file_pair){.before = before, .after = after};
	if (before != NULL && after != NULL)
		compare_files(comparison, before, after);
	if (after != NULL)
		compare_after(comparison, after);
	if (before != NULL)
		compare_before(comparison, before, after);
}

/* Both lists of files are sorted by path. */
static void
compare_all(struct comparison *comparison)
{
	const struct side *before = &comparison->before;
	const struct side *after = &comparison->after;
	size_t i = 0;
	size_t j = 0;

	while ((i < before->file_count || j < after->file_count) &&
	       !comparison->failed) {
		const struct side_file *old =
			i < before->file_count ? &before->files[i] : NULL;
		const struct side_file *new =
			j < after->file_count ? &after->files[j] : NULL;
		int order = old == NULL   ? 1
		            : new == NULL ? -1
		                          : strcmp(old->path, new->path);

		compare_pair(comparison, order <= 0 ? old : NULL,
		             order >= 0 ? new : NULL);
		i += order <= 0;
		j += order >= 0;
	}
}

/* --- packages ------------------------------------------------------------- */

/* Said once, of the first file that the package had. */
static void
compare_packages(struct comparison *comparison)
{
	const struct side *before = &comparison->before;
	unsigned declares;

	if (!wants(comparison, RULE_PACKAGE_NO_DELETE))
		return;

	bool *said = arena_array(comparison->work, before->package_count,
	                         sizeof(*said));
	for (size_t i = 0; i < before->file_count && !comparison->failed; i++) {
		const struct side_file *file = &before->files[i];
		struct spot spot = spot_of_file(file);
		size_t at = side_package_index(before, file);

		if (said[at] ||
		    side_package(&comparison->after, file->package, &declares))
			continue;
		said[at] = true;
		report(comparison,
		       &(struct report){
			       .rule = RULE_PACKAGE_NO_DELETE,
			       .spot = &spot,
			       .scope = file->package,
			       .before = file->package,
		       },
		       "the package %s is gone", file->package);
	}
}

/* --- the whole ------------------------------------------------------------ */

static bool
compare(struct comparison *comparison)
{
	const struct breaking_input *input = comparison->input;

	if (!side_read(&comparison->memory, &input->before,
	               input->same_packages, input->same_package_count,
	               &comparison->before, comparison->fault) ||
	    !side_read(&comparison->memory, &input->after, input->same_packages,
	               input->same_package_count, &comparison->after,
	               comparison->fault))
		return false;
	compare_all(comparison);
	compare_packages(comparison);
	if (comparison->failed)
		return false;
	report_finish(comparison);
	change_finish(comparison);
	return true;
}

bool
breaking_compare(struct arena *arena, const struct breaking_input *input,
                 struct breaking_result *ret, struct fault *fault)
{
	AUTO(arena_free) struct arena *work = arena_new();
	AUTO(arena_free) struct arena *scratch = arena_new();
	struct breaking_result result = {0};
	struct comparison comparison = {
		.input = input,
		.arena = arena,
		.work = work,
		.scratch = scratch,
		.memory = memory_of(arena, work),
		.result = &result,
		.fault = fault,
	};

	if (!compare(&comparison))
		return false;
	*ret = result;
	return true;
}

bool
breaking_package_of(struct arena *arena, struct wire_bytes file,
                    struct breaking_package *ret, struct fault *fault)
{
	AUTO(arena_free) struct arena *work = arena_new();
	const struct breaking_side input = {.files = &file, .count = 1};
	const struct memory memory = memory_of(arena, work);
	struct side side;

	if (!side_read(&memory, &input, NULL, 0, &side, fault))
		return false;
	*ret = (struct breaking_package){
		.name = side.files[0].package,
		.declares = side_kinds(&side.files[0]),
	};
	return true;
}
