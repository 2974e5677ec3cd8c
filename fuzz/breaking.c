/* SPDX-License-Identifier: Apache-2.0 */
/* Two versions of a set: fields 1 are files before the change, fields 2 are
 * files after it. Whatever is found can be shown, and is in order. */
#include "fuzz.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/str.h"
#include "breaking/breaking.h"

#include <string.h>

enum {
	FILES_MAX = 16, /* of a side */
};

static void
check_value(const char *text)
{
	HOLDS(text == NULL || str_is_utf8(text, strlen(text)));
}

static void
check_finding(const struct breaking_finding *finding)
{
	HOLDS(finding->rule != NULL && finding->fix != NULL);
	HOLDS(finding->categories != 0 && finding->peers != 0);
	HOLDS(*finding->path != '\0' && finding->full_name != NULL);
	HOLDS(!finding->gone || finding->line == 0);
	check_value(finding->path);
	check_value(finding->package);
	check_value(finding->full_name);
	check_value(finding->detail);
	check_value(finding->before);
	check_value(finding->after);
}

static void
check_change(const struct breaking_change *change)
{
	HOLDS(*change->path != '\0' && change->full_name != NULL);
	HOLDS(change->how == BREAKING_CHANGED || !change->only_comment);
	HOLDS(change->how != BREAKING_CHANGED || change->only_comment ||
	      change->before != NULL || change->after != NULL);
	check_value(change->full_name);
	check_value(change->before);
	check_value(change->after);
}

static void
check_result(const struct breaking_result *result)
{
	for (size_t i = 0; i < result->finding_count; i++) {
		check_finding(&result->findings[i]);
		if (i > 0)
			HOLDS(strcmp(result->findings[i - 1].path,
			             result->findings[i].path) <= 0);
	}
	for (size_t i = 0; i < result->change_count; i++)
		check_change(&result->changes[i]);
}

void
fuzz_input(const uint8_t *bytes, size_t len)
{
	struct arena *arena = fuzz_arena();
	struct wire_bytes files[2][FILES_MAX];
	size_t counts[2] = {0};
	struct wire_reader in =
		wire_reader_of((struct wire_bytes){.bytes = bytes, .len = len});
	struct wire_item item = {0};
	struct breaking_result result;
	struct fault fault = {0};

	while (in.at < in.end && wire_read_item(&in, &item)) {
		size_t side = item.number - 1;

		if (item.type == WIRE_BYTES && side < 2 &&
		    counts[side] < FILES_MAX)
			files[side][counts[side]++] = item.bytes;
	}

	const struct breaking_input input = {
		.before = {.files = files[0], .count = counts[0]},
		.after = {.files = files[1], .count = counts[1]},
		.categories = BREAKING_ALL,
	};
	if (breaking_compare(arena, &input, &result, &fault))
		check_result(&result);
	else
		HOLDS(fault.code != NULL && *fault.detail != '\0');

	/* A version is the same as itself. */
	const struct breaking_input same = {
		.before = input.before,
		.after = input.before,
		.categories = BREAKING_ALL,
	};
	if (breaking_compare(arena, &same, &result, &fault)) {
		HOLDS(result.finding_count == 0);
		HOLDS(result.change_count == 0);
	}
}
