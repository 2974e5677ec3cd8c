/* SPDX-License-Identifier: Apache-2.0 */
/* Findings, and where they stand. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "breaking/comparison.h"

#include <stdlib.h>
#include <string.h>

/* --- places --------------------------------------------------------------- */

struct spot
spot_of_file(const struct side_file *file)
{
	return (struct spot){.file = file};
}

void
spot_add(struct spot *spot, int32_t step)
{
	if (!spot->fixed && spot->len < SPOT_STEPS)
		spot->path[spot->len++] = step;
}

/* Numbers of descriptor.proto. */
enum {
	MESSAGE_FIELD = 2,
	FIELD_TYPE_NAME = 6,
};

struct spot
spot_of(const struct declaration *declaration)
{
	bool entry = declaration->map_field >= 0;
	const struct declaration *from =
		entry ? declaration->parent : declaration;
	struct spot spot = {.file = declaration->file};
	size_t len = 0;

	for (const struct declaration *d = from; d != NULL; d = d->parent)
		len += 2;
	if (len > SPOT_STEPS) /* deeper than descriptor_read() allows */
		return spot;
	spot.len = len;
	for (const struct declaration *d = from; d != NULL; d = d->parent) {
		len -= 2;
		spot.path[len] = d->step[0];
		spot.path[len + 1] = d->step[1];
	}
	if (entry) {
		spot_add(&spot, MESSAGE_FIELD);
		spot_add(&spot, declaration->map_field);
		spot_add(&spot, FIELD_TYPE_NAME);
		spot.fixed = true;
	}
	return spot;
}

const char *
type_text(const char *type_name)
{
	const char *text = side_text(type_name);

	return *text == '.' ? text + 1 : text;
}

/* --- reporting ------------------------------------------------------------ */

bool
wants(const struct comparison *comparison, enum breaking_rule rule)
{
	return !comparison->failed &&
	       (rule_of(rule)->categories & comparison->input->categories) != 0;
}

static struct pending *
add_pending(struct comparison *comparison)
{
	size_t count = comparison->pending_count;
	size_t size = sizeof(*comparison->pending);

	if (count == comparison->pending_cap) {
		comparison->pending_cap = count == 0 ? 64 : 2 * count;
		comparison->pending = arena_grow(
			comparison->work, comparison->pending, count * size,
			comparison->pending_cap * size);
	}
	comparison->failed |=
		!memory_left(&comparison->memory, NULL, comparison->fault);
	return &comparison->pending[comparison->pending_count++];
}

static const char *
copy(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : arena_strdup(arena, text);
}

const char *
quoted(struct arena *arena, const char *text, bool escaped)
{
	struct buf out = {.arena = arena};

	buf_addc(&out, '"');
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (escaped && c == '\\' && text[1] >= ' ' && text[1] <= '~') {
			buf_add(&out, text++, 2);
		} else if (c == '"' || c == '\\') {
			buf_addc(&out, '\\');
			buf_addc(&out, *text);
		} else if (c == '\n') {
			buf_adds(&out, "\\n");
		} else if (c < ' ' || c == 0x7f) {
			buf_printf(&out, "\\%03o", c);
		} else {
			buf_addc(&out, *text);
		}
	}
	buf_addc(&out, '"');
	return buf_text(&out);
}

void
report(struct comparison *comparison, const struct report *report,
       const char *fmt, ...)
{
	const struct rule *rule = rule_of(report->rule);
	const struct spot *spot = report->spot;
	struct arena *arena = comparison->arena;
	va_list args;

	if (!wants(comparison, report->rule))
		return;

	struct pending *made = add_pending(comparison);
	va_start(args, fmt);
	made->finding = (struct breaking_finding){
		.rule = rule->name,
		.categories = rule->categories,
		.peers = report->peers != 0 ? report->peers : rule->peers,
		.path = spot->file->path,
		.package = report->package == NULL ? spot->file->package
	                                           : report->package,
		.full_name = side_join(arena, report->scope, report->name),
		.detail = arena_vprintf(arena, fmt, args),
		.fix = rule->fix,
		.before = copy(arena, report->before),
		.after = copy(arena, report->after),
	};
	va_end(args);
	made->finding.gone =
		side_file(&comparison->after, spot->file->path) != spot->file;
	made->file = spot->file;
	made->backup = spot->backup;
	if (!made->finding.gone && spot->len > 0) {
		int32_t *path =
			arena_array(comparison->work, spot->len, sizeof(*path));

		memcpy(path, spot->path, spot->len * sizeof(*path));
		made->path = path;
		made->len = spot->len;
	}
}

/* --- the end -------------------------------------------------------------- */

static int
compare_pending(const void *a, const void *b)
{
	const struct pending *left = a;
	const struct pending *right = b;

	return strcmp(left->finding.path, right->finding.path);
}

static int
compare_findings(const void *a, const void *b)
{
	const struct breaking_finding *left = a;
	const struct breaking_finding *right = b;
	int order = strcmp(left->path, right->path);

	if (order == 0)
		order = (left->line > right->line) - (left->line < right->line);
	if (order == 0)
		order = (left->column > right->column) -
		        (left->column < right->column);
	if (order == 0)
		order = strcmp(left->rule, right->rule);
	if (order == 0)
		order = strcmp(left->full_name, right->full_name);
	return order != 0 ? order : strcmp(left->detail, right->detail);
}

/* The findings that follow on each other in one file. */
static size_t
place_findings(struct comparison *comparison, size_t from)
{
	const struct side_file *file = comparison->pending[from].file;
	const struct places *places = NULL;
	size_t i = from;

	arena_reset(comparison->scratch);
	for (; i < comparison->pending_count; i++) {
		struct pending *one = &comparison->pending[i];
		struct place place = {0};

		if (strcmp(one->finding.path, file->path) != 0)
			break;
		if (one->path == NULL)
			continue;
		if (places == NULL)
			places = places_of(comparison->scratch,
			                   one->file->bytes);
		place = places_find(places, one->path, one->len);
		if (place.line == 0 && one->backup > 0)
			place = places_find(places, one->path, one->backup);
		one->finding.line = place.line;
		one->finding.column = place.column;
	}
	return i;
}

void
report_finish(struct comparison *comparison)
{
	struct breaking_result *result = comparison->result;
	size_t count = comparison->pending_count;

	if (count > 1)
		qsort(comparison->pending, count, sizeof(struct pending),
		      compare_pending);
	for (size_t i = 0; i < count;)
		i = place_findings(comparison, i);

	result->findings = arena_array(comparison->arena, count,
	                               sizeof(*result->findings));
	for (size_t i = 0; i < count; i++)
		result->findings[i] = comparison->pending[i].finding;
	result->finding_count = count;
	if (count > 1)
		qsort(result->findings, count, sizeof(*result->findings),
		      compare_findings);
}
