/* SPDX-License-Identifier: Apache-2.0 */
#include "report.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	CHANGES_MAX = 20, /* printed for one service */
	VALUE_MAX = 60,   /* bytes of a value before and after */
};

/*
 * "#/3/tier" of a set is "#/tier" of its document, which the line names.
 * Without the "#", which every pointer into a document has.
 */
static const char *
pointer_of(const struct origin *origin, const struct fault *fault)
{
	const char *p = fault->pointer == NULL ? "#" : fault->pointer;

	if (*p == '#')
		p++;
	if (!origin->set || fault->line == 0 || *p != '/')
		return p;
	const char *rest = p + 1 + strspn(p + 1, "0123456789");
	return *rest == '/' || *rest == '\0' ? rest : p;
}

static void
print_place(const struct origin *origin, const struct fault *fault)
{
	const char *name = origin->name;
	unsigned line = fault->line;
	const struct source *source = sources_find(origin->sources, line);

	if (name != NULL && line > 0) {
		line += origin->offset;
	} else if (name == NULL && source != NULL) {
		name = source->name;
		line -= source->first - 1;
	}
	if (name != NULL)
		(void)printf("%s:", name);
	if (line > 0)
		(void)printf("%u:", line);
	if (line > 0 && fault->column > 0)
		(void)printf("%u:", fault->column);
	if (name != NULL || line > 0)
		(void)putchar(' ');
}

void
report_fault(const struct origin *origin, const struct fault *fault,
             bool warning)
{
	bool query = fault->pointer != NULL && *fault->pointer == '?';

	print_place(origin, fault);
	(void)printf("%s%s%s: %s\n", warning ? "warning: " : "",
	             query ? "" : "#", pointer_of(origin, fault),
	             fault->detail);
}

static const char *
text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? "" : text;
}

static json_int_t
number(const json_t *result, const char *key)
{
	return json_integer_value(json_object_get(result, key));
}

static void
report_faults(const json_t *array, const struct origin *origin, bool warning)
{
	size_t i;
	const json_t *item;

	json_array_foreach(array, i, item)
	{
		const struct fault fault = {
			.pointer = text_of(item, "pointer"),
			.line = (unsigned)json_integer_value(
				json_object_get(item, "line")),
			.column = (unsigned)json_integer_value(
				json_object_get(item, "column")),
			.detail = text_of(item, "detail"),
		};

		report_fault(origin, &fault, warning);
	}
}

/* A JSON value in one line that is not too long; UTF-8 stays whole. */
static void
print_value(const json_t *value)
{
	char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

	if (text == NULL)
		return;
	size_t len = strlen(text);
	if (len > VALUE_MAX) {
		len = VALUE_MAX;
		while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
	}
	(void)printf("%.*s%s", (int)len, text, text[len] == '\0' ? "" : "…");
	free(text);
}

static void
print_values(const char *name, const json_t *before, const json_t *after)
{
	(void)printf("    %s: ", name);
	if (before != NULL)
		print_value(before);
	else
		(void)printf("(none)");
	(void)printf(" -> ");
	if (after != NULL)
		print_value(after);
	else
		(void)printf("(none)");
	(void)putchar('\n');
}

static void
print_change(const json_t *change)
{
	print_values(text_of(change, "path"), json_object_get(change, "before"),
	             json_object_get(change, "after"));
}

static void
print_changes(const json_t *changes)
{
	size_t count = json_array_size(changes);

	for (size_t i = 0; i < count && i < CHANGES_MAX; i++)
		print_change(json_array_get(changes, i));
	if (count > CHANGES_MAX)
		(void)printf("    and %zu more\n", count - CHANGES_MAX);
}

/* NULL for a fact that is not known. */
static const json_t *
fact_of(const json_t *facts, const char *key)
{
	const json_t *value = json_object_get(facts, key);

	return json_is_null(value) ? NULL : value;
}

/* An item that opens or closes, and the facts that make it so. */
static void
print_todo(const json_t *todo)
{
	const json_t *before = json_object_get(todo, "factsBefore");
	json_t *after = json_object_get(todo, "facts");
	const char *key;
	json_t *value;

	(void)printf("todo %-9s  %s: %s\n", text_of(todo, "happened"),
	             text_of(todo, "serviceID"), text_of(todo, "campaign"));
	if (!json_is_object(before))
		return;
	json_object_foreach(after, key, value)
	{
		if (!json_equal(value, json_object_get(before, key)))
			print_values(key, fact_of(before, key),
			             fact_of(after, key));
	}
}

void
report_todos(const json_t *result)
{
	json_int_t more = number(result, "todosLeftOut");
	size_t i;
	const json_t *todo;

	json_array_foreach(json_object_get(result, "todos"), i, todo)
	{
		print_todo(todo);
	}
	if (more > 0)
		(void)printf("and %" JSON_INTEGER_FORMAT " more todos\n", more);
	(void)fflush(stdout);
	if (json_is_true(json_object_get(result, "todosPending")))
		(void)fprintf(stderr,
		              "todos follow later: the rule of a campaign "
		              "failed or took too long\n");
}

void
report_result(const json_t *result, const struct origin *origin)
{
	size_t i;
	const json_t *item;

	json_array_foreach(json_object_get(result, "items"), i, item)
	{
		const char *what = text_of(item, "result");

		(void)printf("%-11s %s\n", what, text_of(item, "serviceID"));
		/* Of a new service everything is a change. */
		if (strcmp(what, "created") != 0)
			print_changes(json_object_get(item, "changes"));
	}
	report_todos(result);
	report_faults(json_object_get(result, "warnings"), origin, true);
}

void
totals_add(struct totals *totals, const json_t *result)
{
	totals->created += number(result, "created");
	totals->updated += number(result, "updated");
	totals->unchanged += number(result, "unchanged");
	totals->superseded += number(result, "superseded");
	totals->restored += number(result, "restored");
	totals->tombstoned += number(result, "tombstoned");
	totals->held += number(result, "held");
}

const char *
totals_text(struct arena *arena, const struct totals *totals)
{
	const struct {
		const char *name;
		json_int_t count;
	} rows[] = {
		{"created", totals->created},
		{"updated", totals->updated},
		{"restored", totals->restored},
		{"superseded", totals->superseded},
		{"tombstoned", totals->tombstoned},
		{"held", totals->held},
		{"unchanged", totals->unchanged},
		{"refused", totals->refused},
	};
	struct buf out = {.arena = arena};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		if (rows[i].count > 0)
			buf_printf(&out, "%s%" JSON_INTEGER_FORMAT " %s",
			           out.len > 0 ? ", " : "", rows[i].count,
			           rows[i].name);
	}
	return buf_text(&out);
}

static void
print_needs(const json_t *needs)
{
	static const char *const kinds[] = {"scope", "team", "role"};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const char *name = text_of(needs, kinds[i]);

		if (*name != '\0')
			(void)fprintf(stderr, "  needed: %s %s\n", kinds[i],
			              name);
	}
}

/* Names that are close to one that there is not. */
static void
print_nearest(const json_t *nearest)
{
	size_t count = json_array_size(nearest);

	for (size_t i = 0; i < count; i++) {
		const json_t *name = json_array_get(nearest, i);

		if (json_is_string(name))
			(void)fprintf(stderr, "%s%s",
			              i == 0 ? "  did you mean " : ", ",
			              json_string_value(name));
	}
	if (count > 0)
		(void)fprintf(stderr, "?\n");
}

void
report_problem(const json_t *problem, int status, const struct origin *origin)
{
	const char *detail = text_of(problem, "detail");
	json_int_t more = number(problem, "moreErrors");

	if (*detail == '\0')
		detail = text_of(problem, "title");
	(void)fprintf(stderr, "refused (%d): %s\n", status, detail);
	print_needs(json_object_get(problem, "needs"));
	print_nearest(json_object_get(problem, "nearest"));
	(void)fflush(stderr);
	report_faults(json_object_get(problem, "errors"), origin, false);
	if (more > 0)
		(void)printf("and %" JSON_INTEGER_FORMAT " more faults\n",
		             more);
	print_changes(json_object_get(problem, "changes"));
	if (status >= 500)
		(void)fprintf(stderr, "  request %s\n",
		              text_of(problem, "instance"));
}
