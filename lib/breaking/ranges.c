/* SPDX-License-Identifier: Apache-2.0 */
#include "breaking/ranges.h"

#include "base/arena.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- ranges --------------------------------------------------------------- */

static int
compare_starts(const void *a, const void *b)
{
	const struct range *left = a;
	const struct range *right = b;

	return (left->start > right->start) - (left->start < right->start);
}

static struct range
range_of(const Proto__Range *range, int after_end)
{
	return (struct range){
		.start = range->start,
		.end = (int64_t)range->end - after_end,
	};
}

/* Hostile files have ranges that end before they start: they hold nothing. */
struct ranges
ranges_of(struct arena *arena, Proto__Range *const *ranges, size_t count,
          int after_end)
{
	struct range *items = arena_array(arena, count, sizeof(*items));
	struct ranges ret = {.items = items};
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		struct range range = range_of(ranges[i], after_end);

		if (range.start <= range.end)
			items[used++] = range;
	}
	if (used > 1)
		qsort(items, used, sizeof(*items), compare_starts);
	for (size_t i = 0; i < used; i++) {
		struct range *last =
			ret.count == 0 ? NULL : &items[ret.count - 1];

		if (last == NULL || items[i].start > last->end + 1)
			items[ret.count++] = items[i];
		else if (items[i].end > last->end)
			last->end = items[i].end;
	}
	return ret;
}

bool
ranges_cover(const struct ranges *ranges, struct range range)
{
	size_t from = 0;
	size_t to = ranges->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (ranges->items[middle].end < range.start)
			from = middle + 1;
		else
			to = middle;
	}
	return from < ranges->count &&
	       ranges->items[from].start <= range.start &&
	       ranges->items[from].end >= range.end;
}

bool
ranges_hold(const struct ranges *ranges, int64_t number)
{
	return ranges_cover(ranges,
	                    (struct range){.start = number, .end = number});
}

/* --- names ---------------------------------------------------------------- */

static int
compare_texts(const void *a, const void *b)
{
	const char *const *left = a;
	const char *const *right = b;

	return strcmp(*left, *right);
}

struct names
names_of(struct arena *arena, char *const *names, size_t count)
{
	struct names ret = {.count = count};

	ret.items = arena_array(arena, count, sizeof(*ret.items));
	for (size_t i = 0; i < count; i++)
		ret.items[i] = side_text(names[i]);
	if (count > 1)
		qsort(ret.items, count, sizeof(*ret.items), compare_texts);
	return ret;
}

bool
names_hold(const struct names *names, const char *name)
{
	return names->count > 0 &&
	       bsearch(&name, names->items, names->count, sizeof(*names->items),
	               compare_texts) != NULL;
}

/* --- as text -------------------------------------------------------------- */

static const char *
range_text(struct arena *arena, struct range range)
{
	if (range.start == range.end)
		return arena_printf(arena, "%" PRId64, range.start);
	return arena_printf(arena, "%" PRId64 " to %" PRId64, range.start,
	                    range.end);
}

const char *
reserved_text(struct arena *arena, Proto__Range *const *ranges,
              size_t range_count, int after_end, char *const *names,
              size_t name_count)
{
	struct ranges sorted = ranges_of(arena, ranges, range_count, after_end);
	struct buf out = {.arena = arena};

	if (range_count + name_count == 0)
		return NULL;
	for (size_t i = 0; i < sorted.count; i++)
		buf_printf(&out, "%s%s", i == 0 ? "" : ", ",
		           range_text(arena, sorted.items[i]));

	struct names by_name = names_of(arena, names, name_count);
	for (size_t i = 0; i < name_count; i++)
		buf_printf(&out, "%s%s", out.len == 0 ? "" : ", ",
		           quoted(arena, by_name.items[i], false));
	return buf_text(&out);
}

/* --- comparing ------------------------------------------------------------ */

void
compare_ranges(struct comparison *comparison, enum breaking_rule rule,
               const struct reserved *reserved, const char *what)
{
	for (size_t i = 0; i < reserved->before_range_count; i++) {
		struct range range = range_of(reserved->before_ranges[i],
		                              reserved->after_end);

		if (range.end < range.start ||
		    ranges_cover(reserved->after_ranges, range))
			continue;

		const char *text = range_text(comparison->scratch, range);
		report(comparison,
		       &(struct report){
			       .rule = rule,
			       .spot = reserved->spot,
			       .scope = reserved->full_name,
			       .before = text,
		       },
		       "%s is not %s any more in %s, or not all of it", text,
		       what, reserved->full_name);
	}
}

void
compare_reserved(struct comparison *comparison, enum breaking_rule rule,
                 const struct reserved *reserved)
{
	compare_ranges(comparison, rule, reserved, "reserved");
	for (size_t i = 0; i < reserved->before_name_count; i++) {
		const char *name = side_text(reserved->before_names[i]);

		if (names_hold(reserved->after_names, name))
			continue;
		report(comparison,
		       &(struct report){
			       .rule = rule,
			       .spot = reserved->spot,
			       .scope = reserved->full_name,
			       .before = name,
		       },
		       "the name %s is not reserved any more in %s",
		       quoted(comparison->scratch, name, false),
		       reserved->full_name);
	}
}
