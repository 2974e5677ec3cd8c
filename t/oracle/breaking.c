/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib/breaking on two FileDescriptorSets, for tests that hold it against
 *another program, and for measurements:
 *
 *	breaking BEFORE AFTER [CATEGORY] [changes]
 *
 * prints one JSON object per finding, of all categories or of one ("WIRE"), or
 * per change.
 */
#include "breaking/breaking.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "wire/json_out.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct named_file {
	struct wire_bytes bytes;
	const char *path;
};

struct set {
	struct named_file *files; /* by path */
	size_t count;
};

/* Files that are the same, and the enums they declare. */
struct same {
	struct arena *arena;
	struct named_file *files;
	size_t count;
	struct named_file
		*enums; /* the path is the full name; made when asked */
	size_t enum_count;
	size_t enum_cap;
	bool read;
};

static _Noreturn void
fail(const char *what, const struct fault *fault)
{
	fprintf(stderr, "%s: %s%s\n", what,
	        fault->pointer == NULL ? "" : fault->pointer, fault->detail);
	exit(2);
}

/* --- sets ----------------------------------------------------------------- */

static struct wire_bytes
map_file(const char *path)
{
	struct stat info;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &info) != 0) {
		perror(path);
		exit(2);
	}
	void *bytes =
		mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes == MAP_FAILED) {
		perror(path);
		exit(2);
	}
	(void)close(fd);
	return (struct wire_bytes){.bytes = bytes, .len = (size_t)info.st_size};
}

static const char *
path_of(struct arena *arena, struct wire_bytes file)
{
	struct wire_reader in = wire_reader_of(file);
	struct wire_item item = {0};

	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.number == 1 && item.type == WIRE_BYTES)
			return arena_strndup(arena,
			                     (const char *)item.bytes.bytes,
			                     item.bytes.len);
	}
	return "";
}

static int
compare_paths(const void *a, const void *b)
{
	const struct named_file *left = a;
	const struct named_file *right = b;

	return strcmp(left->path, right->path);
}

static struct set
read_set(struct arena *arena, const char *path)
{
	struct descriptor_walk walk = {.set = map_file(path)};
	struct set set = {0};
	struct wire_bytes file;
	struct fault fault = {0};
	enum descriptor_result found;
	size_t cap = 0;

	while ((found = descriptor_next(&walk, &file, &fault)) ==
	       DESCRIPTOR_FILE) {
		if (set.count == cap) {
			cap = cap == 0 ? 64 : 2 * cap;
			set.files = arena_grow(arena, set.files,
			                       set.count * sizeof(*set.files),
			                       cap * sizeof(*set.files));
		}
		set.files[set.count++] = (struct named_file){
			.bytes = file,
			.path = path_of(arena, file),
		};
	}
	if (found == DESCRIPTOR_MALFORMED)
		fail(path, &fault);
	if (set.count > 1)
		qsort(set.files, set.count, sizeof(*set.files), compare_paths);
	return set;
}

static bool
is_same(struct wire_bytes a, struct wire_bytes b)
{
	return a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0;
}

static const struct named_file *
find_path(const struct set *set, const char *path)
{
	const struct named_file wanted = {.path = path};

	return set->count == 0 ? NULL
	                       : bsearch(&wanted, set->files, set->count,
	                                 sizeof(*set->files), compare_paths);
}

static bool
is_changed(const struct set *before, const struct set *after, const char *path)
{
	const struct named_file *was = find_path(before, path);
	const struct named_file *now = find_path(after, path);

	return was == NULL || now == NULL || !is_same(was->bytes, now->bytes);
}

/* May a file that is the same have fields of enums of one that is not, by
 * which they have another default? */
static bool
is_reader(struct arena *arena, struct wire_bytes file, const struct set *before,
          const struct set *after)
{
	enum { IMPORT = 3, SYNTAX = 12 };
	struct wire_reader in = wire_reader_of(file);
	struct wire_item item = {0};
	bool imports = false;
	bool proto3 = false;

	while (in.at < in.end && wire_read_item(&in, &item)) {
		if (item.type != WIRE_BYTES)
			continue;
		const char *text = arena_strndup(
			arena, (const char *)item.bytes.bytes, item.bytes.len);
		if (item.number == IMPORT)
			imports |= is_changed(before, after, text);
		else if (item.number == SYNTAX)
			proto3 = strcmp(text, "proto3") == 0;
	}
	return imports && !proto3;
}

/* Files that differ go to the input, and those that read them; the others to
 * `same`. */
static void
split(struct arena *arena, const struct set *before, const struct set *after,
      struct breaking_input *input, struct same *same)
{
	struct wire_bytes *old =
		arena_array(arena, before->count, sizeof(*old));
	struct wire_bytes *new = arena_array(arena, after->count, sizeof(*new));
	size_t i = 0;
	size_t j = 0;

	same->files = arena_array(arena, after->count, sizeof(*same->files));
	while (i < before->count || j < after->count) {
		int order = i == before->count ? 1
		            : j == after->count
		                    ? -1
		                    : compare_paths(&before->files[i],
		                                    &after->files[j]);

		if (order == 0 &&
		    is_same(before->files[i].bytes, after->files[j].bytes) &&
		    !is_reader(arena, after->files[j].bytes, before, after)) {
			same->files[same->count++] = after->files[j];
		} else {
			if (order <= 0)
				old[input->before.count++] =
					before->files[i].bytes;
			if (order >= 0)
				new[input->after.count++] =
					after->files[j].bytes;
		}
		i += order <= 0;
		j += order >= 0;
	}
	input->before.files = old;
	input->after.files = new;
}

/* --- files that are the same ---------------------------------------------- */

static void
add_enums(struct same *same, struct wire_bytes file, const char *scope,
          Proto__Enum *const *enums, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t size = sizeof(*same->enums);

		if (same->enum_count == same->enum_cap) {
			same->enum_cap =
				same->enum_cap == 0 ? 64 : 2 * same->enum_cap;
			same->enums = arena_grow(same->arena, same->enums,
			                         same->enum_count * size,
			                         same->enum_cap * size);
		}
		same->enums[same->enum_count++] = (struct named_file){
			.bytes = file,
			.path = arena_printf(same->arena, "%s%s%s", scope,
		                             *scope == '\0' ? "" : ".",
		                             enums[i]->name),
		};
	}
}

static void
add_messages(struct same *same, struct wire_bytes file, const char *scope,
             Proto__Message *const *messages, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *full_name = arena_printf(
			same->arena, "%s%s%s", scope, *scope == '\0' ? "" : ".",
			messages[i]->name);

		add_enums(same, file, full_name, messages[i]->enum_type,
		          messages[i]->n_enum_type);
		add_messages(same, file, full_name, messages[i]->nested_type,
		             messages[i]->n_nested_type);
	}
}

static void
read_enums(struct same *same)
{
	for (size_t i = 0; i < same->count; i++) {
		AUTO(arena_free) struct arena *arena = arena_new();
		AUTO(arena_free) struct arena *scratch = arena_new();
		struct wire_bytes bytes = same->files[i].bytes;
		struct fault fault = {0};
		const Proto__File *file = descriptor_read_declarations(
			arena, scratch, bytes, &fault);
		const char *scope;

		if (file == NULL)
			fail(same->files[i].path, &fault);
		scope = file->package == NULL ? "" : file->package;
		add_enums(same, bytes, scope, file->enum_type,
		          file->n_enum_type);
		add_messages(same, bytes, scope, file->message_type,
		             file->n_message_type);
	}
	if (same->enum_count > 1)
		qsort(same->enums, same->enum_count, sizeof(*same->enums),
		      compare_paths);
}

static bool
find(void *context, const char *full_name, struct wire_bytes *ret)
{
	struct same *same = context;
	const struct named_file wanted = {.path = full_name};

	if (!same->read)
		read_enums(same);
	same->read = true;
	if (same->enum_count == 0)
		return false;

	const struct named_file *found =
		bsearch(&wanted, same->enums, same->enum_count,
	                sizeof(*same->enums), compare_paths);
	if (found != NULL)
		*ret = found->bytes;
	return found != NULL;
}

static const struct breaking_package *
packages_of(const struct same *same)
{
	struct breaking_package *ret =
		arena_array(same->arena, same->count, sizeof(*ret));

	for (size_t i = 0; i < same->count; i++) {
		struct fault fault = {0};

		if (!breaking_package_of(same->arena, same->files[i].bytes,
		                         &ret[i], &fault))
			fail(same->files[i].path, &fault);
	}
	return ret;
}

/* --- output --------------------------------------------------------------- */

static void
print_line(const struct buf *line)
{
	puts(buf_text(line));
}

static void
print_finding(struct arena *arena, const struct breaking_finding *finding)
{
	struct buf line = {.arena = arena};
	struct json_out out = {.buf = &line};

	json_open(&out, '{');
	json_pair_text(&out, "rule", finding->rule);
	json_pair_text(&out, "path", finding->path);
	json_pair_bool(&out, "gone", finding->gone);
	json_pair_int(&out, "line", finding->line);
	json_pair_int(&out, "column", finding->column);
	json_pair_int(&out, "categories", finding->categories);
	json_pair_int(&out, "peers", finding->peers);
	json_pair_text(&out, "package", finding->package);
	json_pair_text(&out, "name", finding->full_name);
	json_pair_text(&out, "detail", finding->detail);
	json_pair_text(&out, "fix", finding->fix);
	json_pair_text(&out, "before", finding->before);
	json_pair_text(&out, "after", finding->after);
	json_close(&out, '}');
	print_line(&line);
}

static void
print_change(struct arena *arena, const struct breaking_change *change)
{
	static const char *const hows[] = {"added", "removed", "changed"};
	struct buf line = {.arena = arena};
	struct json_out out = {.buf = &line};

	json_open(&out, '{');
	json_pair_text(&out, "how", hows[change->how]);
	json_pair_text(&out, "kind", symbol_kind_name(change->kind));
	json_pair_text(&out, "name", change->full_name);
	json_pair_text(&out, "path", change->path);
	json_pair_int(&out, "line", change->line);
	json_pair_text(&out, "before", change->before);
	json_pair_text(&out, "after", change->after);
	json_pair_bool(&out, "onlyComment", change->only_comment);
	json_close(&out, '}');
	print_line(&line);
}

static unsigned
category_of(const char *name)
{
	for (unsigned one = 1; one < BREAKING_ALL; one <<= 1) {
		if (strcmp(breaking_category_name(one), name) == 0)
			return one;
	}
	return BREAKING_ALL;
}

int
main(int argc, char **argv)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	AUTO(arena_free) struct arena *scratch = arena_new();
	struct breaking_input input = {.categories = BREAKING_ALL};
	struct breaking_result result;
	struct same same = {.arena = arena};
	struct fault fault = {0};

	if (argc < 3) {
		fprintf(stderr, "usage: %s BEFORE AFTER [CATEGORY] [changes]\n",
		        argv[0]);
		return 2;
	}
	struct set before = read_set(arena, argv[1]);
	struct set after = read_set(arena, argv[2]);
	if (argc > 3)
		input.categories = category_of(argv[3]);
	split(arena, &before, &after, &input, &same);
	input.same_packages = packages_of(&same);
	input.same_package_count = same.count;
	input.find = find;
	input.context = &same;
	if (!breaking_compare(arena, &input, &result, &fault))
		fail("compare", &fault);

	bool changes = strcmp(argv[argc - 1], "changes") == 0;
	for (size_t i = 0; !changes && i < result.finding_count; i++) {
		print_finding(scratch, &result.findings[i]);
		arena_reset(scratch);
	}
	for (size_t i = 0; changes && i < result.change_count; i++) {
		print_change(scratch, &result.changes[i]);
		arena_reset(scratch);
	}
	return 0;
}
