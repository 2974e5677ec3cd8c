/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking_pair.h"

#include "base/buf.h"
#include "base/fault.h"
#include "unit.h"

#include <libgen.h>
#include <stdio.h>

static struct wire_bytes *
read_set(struct arena *arena, const char *path, size_t *ret_count)
{
	enum { FILES_MAX = 20 };
	struct wire_bytes *files =
		arena_array(arena, FILES_MAX, sizeof(*files));
	struct buf bytes = {.arena = arena};
	struct fault fault = {0};
	char chunk[4096];
	size_t got;
	size_t count = 0;

	FILE *in = fopen(path, "rb");
	assert_non_null(in);
	while ((got = fread(chunk, 1, sizeof(chunk), in)) > 0)
		buf_add(&bytes, chunk, got);
	assert_int_equal(fclose(in), 0);

	struct descriptor_walk walk = {
		.set = {.bytes = (const unsigned char *)bytes.data,
	                .len = bytes.len},
	};
	while (count < FILES_MAX &&
	       descriptor_next(&walk, &files[count], &fault) == DESCRIPTOR_FILE)
		count++;
	assert_true(count > 0 && count < FILES_MAX);
	*ret_count = count;
	return files;
}

struct pair
pair_read(struct arena *arena, const char *program, const char *name)
{
	const char *folder = dirname(arena_strdup(arena, program));
	struct pair pair = {0};

	pair.before =
		read_set(arena,
	                 arena_printf(arena, "%s/breaking_pairs/%s-before.pb",
	                              folder, name),
	                 &pair.before_count);
	pair.after =
		read_set(arena,
	                 arena_printf(arena, "%s/breaking_pairs/%s-after.pb",
	                              folder, name),
	                 &pair.after_count);
	return pair;
}

struct breaking_input
pair_input(const struct pair *pair)
{
	return (struct breaking_input){
		.before = {.files = pair->before, .count = pair->before_count},
		.after = {.files = pair->after, .count = pair->after_count},
		.categories = BREAKING_ALL,
	};
}

const char *
pair_finding(struct arena *arena, const struct breaking_finding *finding)
{
	return arena_printf(arena, "%s %s%s:%u %s", finding->rule,
	                    finding->gone ? "gone " : "", finding->path,
	                    finding->line, finding->full_name);
}

const char *
pair_change(struct arena *arena, const struct breaking_change *change)
{
	static const char *const hows[] = {"added", "removed", "changed"};

	return arena_printf(arena, "%s %s %s %s:%u | %s | %s%s",
	                    hows[change->how], symbol_kind_name(change->kind),
	                    change->full_name, change->path, change->line,
	                    change->before == NULL ? "-" : change->before,
	                    change->after == NULL ? "-" : change->after,
	                    change->only_comment ? " comment" : "");
}
